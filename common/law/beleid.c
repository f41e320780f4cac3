/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/beleid.h"

#include <stdio.h>
#include <string.h>

#define WET_VANAF date_make(2022, 1, 1) /* Wi, Stb. 2021, 38 */
#define COUNT(rows) (sizeof(rows) / sizeof(*(rows)))

/* ---- the default ---- */

static const long long ritme[] = { 3, 6, 12, 18, 24, 30 };
static const long long termijn_einde[] = { 12, 6, 3 };

static const struct omstandigheid omstandigheden[] = {
	{ "ziekte", "Ziekte van de persoon, de partner of een naast familielid", GEEN_VERWIJT },
	{ "overlijden", "Overlijden van de partner of een naast familielid", GEEN_VERWIJT },
	{ "bevalling", "Zwangerschap en bevalling", GEEN_VERWIJT },
	{ "opvang", "Verblijf in een opvanghuis na geweld", GEEN_VERWIJT },
	{ "dakloos", "Geen vaste woonplek", GEEN_VERWIJT },
	{ "fout-ander", "Fout van de gemeente, DUO of de cursusinstelling", GEEN_VERWIJT },
	{ "niet-bereikt", "De oproep of brief is niet aangekomen of niet begrepen", GEEN_VERWIJT },
	{ "geen-opvang-kind", "Er was geen opvang voor de kinderen", GEEN_VERWIJT },
	{ "klachten", "Psychische of lichamelijke klachten die deelname moeilijk maken",
		VERMINDERD },
	{ "zorgtaken", "Zware zorg voor kinderen of familie", VERMINDERD },
	{ "werk", "De les of het gesprek viel samen met betaald werk", VERMINDERD },
	{ "geldzorgen", "Schulden, of geen geld voor vervoer", VERMINDERD },
	{ "zonder-reden", "Niet gekomen zonder reden en zonder bericht", NORMAAL },
	{ "na-aanbod-van-hulp", "Weer niet gekomen nadat hulp was aangeboden", NORMAAL },
	{ "na-waarschuwing-en-hulp",
		"Keer op keer niet gekomen, na een waarschuwing en hulp, terwijl het wel kon",
		GROVE_SCHULD },
	{ "weigering", "Zegt bewust en herhaald niet te willen meewerken", OPZET },
};

static const struct excuus excuses[] = {
	{ "ziekte", "Ziek, of naar arts of ziekenhuis", NEE },
	{ "overlijden", "Overlijden of uitvaart van een naast familielid", NEE },
	{ "bevalling", "Bevalling van de persoon of de partner", NEE },
	{ "ziek-kind", "Het kind is ziek, of er is geen opvang", NEE },
	{ "niet-bereikt", "De oproep is niet aangekomen", NEE },
	{ "examen", "Examen of toets op die dag", JA },
	{ "overheid", "Afspraak bij IND, rechtbank of andere overheid", JA },
	{ "werk-vast", "Werk of sollicitatie die niet kon worden verzet", JA },
	{ "verhuizing", "Verhuizing op die dag", JA },
};

/* The law's own figure on the newest day. */
static long long law(enum law_figure figure)
{
	return law_value(figure, DATE_NONE);
}

void beleid_default(struct beleid *out)
{
	*out = (struct beleid){
		.naam = "Standaard van Regie: beleid, geen wet",
		.toelichting =
			"Dit is wat geldt zolang de gemeente zelf niets vaststelt. Grenzen en "
			"vaste "
			"bedragen komen uit de wet; al het andere is een keuze, waar de wet niets "
			"zegt in het voordeel van de inburgeraar.",
		.geldig_van = DATE_NONE,
		.geldig_tot = DATE_NONE,
		.pip = { law(PIP_WEKEN), law(PIP_WEKEN_VERHUIZING), law(PIP_WEKEN_DERDE) },
		.gesprekken = { COUNT(ritme), ritme, COUNT(ritme) },
		.handhaving = { .waarschuwing_vooraf = NEE, /* the law asks for neither */
			.hulp_eerst = NEE,
			.handhaving_asiel = HANDHAVING_BIJ_ONWIL,
			.tweede_lezer = JA,
			.verhoging_over = VERHOGING_TREDE,
			.zienswijze_weken = 2,
			.nieuwe_termijn_maanden = law(BOETE_22_TERMIJN) },
		.boetes = { .artikel_22 = law(BOETE_22_BEDRAG),
			.artikel_23_basis = law(BOETE_23_BASIS),
			.artikel_23_maximum = law(BOETE_23_MAX),
			.procent_opzet = law(PROCENT_OPZET),
			.procent_grove_schuld = law(PROCENT_GROVE_SCHULD),
			.procent_normaal = law(PROCENT_NORMAAL),
			.procent_verminderd = law(PROCENT_VERMINDERD),
			.recidive_maanden = law(RECIDIVE_MAANDEN),
			.plafond_eerste_termijn = law(PLAFOND_EERSTE),
			.plafond_nieuw_per_halfjaar = law(PLAFOND_NIEUW_PER_HALFJAAR) },
		.omstandigheden = omstandigheden,
		.omstandigheid_count = COUNT(omstandigheden),
		.excuses = excuses,
		.excuus_count = COUNT(excuses),
		.signalen = { .geen_les_weken = 4,
			.verzuim_procent = 20,
			.termijn_einde_maanden = termijn_einde,
			.termijn_einde_count = COUNT(termijn_einde),
			.geen_gesprek_weken = 30,
			.geen_aanbod_maanden = law(VERLENGING_G_DREMPEL),
			.geen_taalschakeltraject_maanden = law(VERLENGING_G_DREMPEL_O) },
		.taken = { .oproep_sturen = 14,
			.oproep_uitkomst = 1,
			.oproep_herhalen = 7,
			.oproep_opnieuw = 7,
			.oproep_na_boete = 7,
			.boete_overwegen = 14,
			.aanbod_doen = 84,
			.gesprek_gemist = 14,
			.duo_weigert = 3,
			.duo_signaal = 14,
			.traject_afronden = 28 },
		.bewaren_jaren = law(BEWAREN_JAREN),
	};
}

/* ---- the bounds ---- */

/* One bound. Either numbers that are held against a figure of the law (figuur, eenheid, and offset
 * for a single one; the article is the figure's), or a demand with an article of its own. */
struct grens {
	const char *veld, *code;
	bool (*breekt)(const struct beleid *b, const struct grens *g, long long grens);
	size_t offset;
	enum law_figure figuur;
	const char *grondslag; /* NULL: the figure's */
	const char *uitleg;
	const char *eenheid; /* follows the figure at the end of the uitleg; NULL: a sentence */
};

static long long number(const struct beleid *b, const struct grens *g)
{
	return *(const long long *)((const char *)b + g->offset);
}

static bool boven(const struct beleid *b, const struct grens *g, long long grens)
{
	return number(b, g) > grens;
}

static bool onder(const struct beleid *b, const struct grens *g, long long grens)
{
	return number(b, g) < grens;
}

static bool niet_onder(const struct beleid *b, const struct grens *g, long long grens)
{
	return number(b, g) >= grens;
}

static bool anders(const struct beleid *b, const struct grens *g, long long grens)
{
	return number(b, g) != grens;
}

/* Days against a figure in weeks. */
static bool dagen_boven_weken(const struct beleid *b, const struct grens *g, long long grens)
{
	return number(b, g) > 7 * grens;
}

static bool any_above(const long long *months, size_t count, long long grens)
{
	for (size_t i = 0; i < count; i++)
		if (months[i] > grens)
			return true;
	return false;
}

static bool ritme_na_termijn(const struct beleid *b, const struct grens *g, long long grens)
{
	(void)g;
	return any_above(b->gesprekken.ritme_maanden, b->gesprekken.ritme_count, grens);
}

static bool signaal_voor_termijn(const struct beleid *b, const struct grens *g, long long grens)
{
	(void)g;
	return any_above(b->signalen.termijn_einde_maanden, b->signalen.termijn_einde_count, grens);
}

static bool ritme_langer_dan_aantal(const struct beleid *b, const struct grens *g, long long grens)
{
	(void)g, (void)grens;
	return (long long)b->gesprekken.ritme_count > b->gesprekken.aantal;
}

static bool ritme_loopt_niet_op(const struct beleid *b, const struct grens *g, long long grens)
{
	const long long *m = b->gesprekken.ritme_maanden;

	(void)g, (void)grens;
	for (size_t i = 1; i < b->gesprekken.ritme_count; i++)
		if (m[i] <= m[i - 1])
			return true;
	return false;
}

static bool zonder_tweede_lezer(const struct beleid *b, const struct grens *g, long long grens)
{
	(void)g, (void)grens;
	return b->handhaving.handhaving_asiel != HANDHAVING_UIT && b->handhaving.tweede_lezer != JA;
}

static bool voor_de_wet(const struct beleid *b, const struct grens *g, long long grens)
{
	(void)g, (void)grens;
	return date_is_set(b->geldig_van) && date_compare(b->geldig_van, WET_VANAF) < 0;
}

static bool einde_voor_begin(const struct beleid *b, const struct grens *g, long long grens)
{
	(void)g, (void)grens;
	return date_is_set(b->geldig_van) && date_is_set(b->geldig_tot) &&
	       date_compare(b->geldig_tot, b->geldig_van) < 0;
}

static bool omstandigheid_dubbel(const struct beleid *b, const struct grens *g, long long grens)
{
	(void)g, (void)grens;
	for (size_t i = 1; i < b->omstandigheid_count; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(b->omstandigheden[i].code, b->omstandigheden[j].code) == 0)
				return true;
	return false;
}

static bool excuus_dubbel(const struct beleid *b, const struct grens *g, long long grens)
{
	(void)g, (void)grens;
	for (size_t i = 1; i < b->excuus_count; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(b->excuses[i].code, b->excuses[j].code) == 0)
				return true;
	return false;
}

static const struct omstandigheid *find(const struct beleid *b, const char *code)
{
	for (size_t i = 0; i < b->omstandigheid_count; i++)
		if (strcmp(b->omstandigheden[i].code, code) == 0)
			return &b->omstandigheden[i];
	return NULL;
}

static bool excuus_met_verwijt(const struct beleid *b, const struct grens *g, long long grens)
{
	(void)g, (void)grens;
	for (size_t i = 0; i < b->excuus_count; i++) {
		const struct omstandigheid *o = find(b, b->excuses[i].code);

		if (o && o->verwijtbaarheid != GEEN_VERWIJT)
			return true;
	}
	return false;
}

#define VORM "vorm van het document"

#define GETAL(veld_, lid, breekt_, figuur_, code_, uitleg_, eenheid_)                              \
	{                                                                                          \
		.veld = (veld_), .code = (code_), .breekt = (breekt_),                             \
		.offset = offsetof(struct beleid, lid), .figuur = (figuur_), .uitleg = (uitleg_),  \
		.eenheid = (eenheid_)                                                              \
	}
#define LIJST(veld_, breekt_, figuur_, code_, uitleg_, eenheid_)                                   \
	{                                                                                          \
		.veld = (veld_), .code = (code_), .breekt = (breekt_), .figuur = (figuur_),        \
		.uitleg = (uitleg_), .eenheid = (eenheid_)                                         \
	}
#define EIS(veld_, breekt_, code_, grondslag_, uitleg_)                                            \
	{                                                                                          \
		.veld = (veld_), .code = (code_), .breekt = (breekt_), .grondslag = (grondslag_),  \
		.uitleg = (uitleg_)                                                                \
	}
#define VAST(veld_, lid, figuur_, eenheid_)                                                        \
	GETAL(veld_, lid, anders, figuur_, "ligt-vast", "Dit ligt vast in de wet en blijft",       \
		eenheid_)

/* clang-format off: rows are read as rows */
static const struct grens grenzen[] = {
	EIS("geldigVan", voor_de_wet, "voor-de-wet", "Wi (in werking op 1 januari 2022)",
		"Dit beleid begint voor de dag waarop de wet begon."),
	EIS("geldigTot", einde_voor_begin, "einde-voor-begin", VORM,
		"De laatste dag ligt voor de eerste dag."),

	GETAL("pip.weken", pip.weken, boven, PIP_WEKEN, "boven-maximum",
		"Het PIP is er op tijd: hoogstens", "weken"),
	GETAL("pip.wekenVerhuizing", pip.weken_verhuizing, boven, PIP_WEKEN_VERHUIZING,
		"boven-maximum", "Na een verhuizing is het PIP er op tijd: hoogstens", "weken"),
	GETAL("pip.wekenDerde", pip.weken_derde, boven, PIP_WEKEN_DERDE, "boven-maximum",
		"Na de informatie van een ander is het PIP er op tijd: hoogstens", "weken"),

	GETAL("gesprekken.aantal", gesprekken.aantal, onder, GESPREKKEN_MIN, "onder-minimum",
		"In het PIP staat het aantal voortgangsgesprekken: minstens", "gesprek"),
	EIS("gesprekken.ritmeMaanden", ritme_langer_dan_aantal, "meer-dan-aantal",
		"Bi art. 5.3 lid 4",
		"Het ritme heeft meer gesprekken dan het aantal dat in het PIP komt."),
	LIJST("gesprekken.ritmeMaanden", ritme_na_termijn, TERMIJN_MAANDEN, "na-termijn",
		"De gesprekken vallen binnen de termijn: hoogstens", "maanden"),
	EIS("gesprekken.ritmeMaanden", ritme_loopt_niet_op, "volgorde", VORM,
		"De maanden lopen niet op."),

	EIS("handhaving.tweedeLezer", zonder_tweede_lezer, "tweede-lezer-verplicht",
		"HvJEU C-158/23 (beleid)",
		"Zolang een boete voor een asielstatushouder kan, leest een tweede persoon mee."),
	GETAL("handhaving.zienswijzeWeken", handhaving.zienswijze_weken, onder, ZIENSWIJZE_WEKEN,
		"onder-minimum", "De tijd voor een zienswijze is redelijk: minstens", "weken"),
	GETAL("handhaving.zienswijzeWeken", handhaving.zienswijze_weken, niet_onder,
		BESLISSEN_WEKEN_23, "na-beslistermijn",
		"De zienswijze is er voor het besluit, dus eerder dan na", "weken"),
	GETAL("handhaving.nieuweTermijnMaanden", handhaving.nieuwe_termijn_maanden, boven,
		BOETE_22_TERMIJN, "boven-maximum",
		"De nieuwe termijn bij een boete voor de intake duurt hoogstens", "maanden"),

	VAST("boetes.artikel22", boetes.artikel_22, BOETE_22_BEDRAG, "euro"),
	VAST("boetes.artikel23Basis", boetes.artikel_23_basis, BOETE_23_BASIS, "euro"),
	GETAL("boetes.artikel23Maximum", boetes.artikel_23_maximum, boven, BOETE_23_MAX,
		"boven-maximum", "Een boete van artikel 23 is hoogstens", "euro"),
	GETAL("boetes.artikel23Maximum", boetes.artikel_23_maximum, onder, BOETE_23_BASIS,
		"onder-basisbedrag", "Het maximum is niet lager dan het vaste basisbedrag van",
		"euro"),
	VAST("boetes.procentOpzet", boetes.procent_opzet, PROCENT_OPZET, "procent"),
	VAST("boetes.procentGroveSchuld", boetes.procent_grove_schuld, PROCENT_GROVE_SCHULD,
		"procent"),
	VAST("boetes.procentNormaal", boetes.procent_normaal, PROCENT_NORMAAL, "procent"),
	VAST("boetes.procentVerminderd", boetes.procent_verminderd, PROCENT_VERMINDERD, "procent"),
	VAST("boetes.recidiveMaanden", boetes.recidive_maanden, RECIDIVE_MAANDEN, "maanden"),
	GETAL("boetes.plafondEersteTermijn", boetes.plafond_eerste_termijn, boven, PLAFOND_EERSTE,
		"boven-maximum", "Alle boetes in de eerste termijn samen zijn hoogstens", "euro"),
	GETAL("boetes.plafondNieuwPerHalfjaar", boetes.plafond_nieuw_per_halfjaar, boven,
		PLAFOND_NIEUW_PER_HALFJAAR, "boven-maximum",
		"Alle boetes per half jaar van een nieuwe termijn samen zijn hoogstens", "euro"),

	EIS("omstandigheden", omstandigheid_dubbel, "dubbel", VORM,
		"Een code staat er twee keer in."),
	EIS("excuses", excuus_dubbel, "dubbel", VORM, "Een code staat er twee keer in."),
	EIS("excuses", excuus_met_verwijt, "verwijt-bij-excuus", "Awb art. 5:41",
		"Wie een reden heeft die telt, treft geen verwijt: dezelfde code staat bij de"
		" omstandigheden met een verwijt."),

	LIJST("signalen.termijnEindeMaanden", signaal_voor_termijn, TERMIJN_MAANDEN, "voor-termijn",
		"Een signaal voor het einde van de termijn komt hoogstens zo lang ervoor:",
		"maanden"),
	GETAL("signalen.geenAanbodMaanden", signalen.geen_aanbod_maanden, boven,
		VERLENGING_G_DREMPEL, "boven-maximum",
		"Zonder aanbod kan de termijn worden verlengd na", "maanden"),
	GETAL("signalen.geenTaalschakeltrajectMaanden", signalen.geen_taalschakeltraject_maanden,
		boven, VERLENGING_G_DREMPEL_O, "boven-maximum",
		"Zonder taalschakeltraject kan de termijn worden verlengd na", "maanden"),

	GETAL("taken.oproepSturen", taken.oproep_sturen, dagen_boven_weken, PIP_WEKEN,
		"boven-maximum",
		"De eerste oproep gaat eruit voor het PIP er moet zijn, dus binnen", "weken"),

	GETAL("bewarenJaren", bewaren_jaren, boven, BEWAREN_JAREN, "boven-maximum",
		"Gegevens gaan weg na het einde van de plicht, na hoogstens", "jaar"),
};
/* clang-format on */

_Static_assert(COUNT(grenzen) <= BELEID_BEZWAREN_MAX, "room for every bound");

static bool has_figure(const struct grens *g)
{
	return !g->grondslag;
}

static void object(
	const struct grens *g, long long grens, struct date day, struct beleid_toets *out)
{
	struct beleid_bezwaar *b = &out->bezwaren[out->bezwaar_count++];
	bool euros = g->eenheid && strcmp(g->eenheid, "euro") == 0;

	b->veld = g->veld;
	b->code = g->code;
	b->grondslag = has_figure(g) ? law_article(g->figuur, day) : g->grondslag;
	if (has_figure(g))
		snprintf(b->uitleg, sizeof(b->uitleg), "%s %lld %s.", g->uitleg,
			euros ? grens / 100 : grens, g->eenheid);
	else
		snprintf(b->uitleg, sizeof(b->uitleg), "%s", g->uitleg);
	basis_add(&out->basis, b->grondslag);
}

void beleid_toets(const struct beleid *b, struct beleid_toets *out)
{
	struct date day = b->geldig_van;

	out->bezwaar_count = 0;
	basis_init(&out->basis);
	for (size_t i = 0; i < COUNT(grenzen); i++) {
		const struct grens *g = &grenzen[i];
		long long grens = has_figure(g) ? law_value(g->figuur, day) : LAW_NONE;

		if (g->breekt(b, g, grens))
			object(g, grens, day, out);
	}
	out->toegestaan = out->bezwaar_count == 0;
	if (!out->toegestaan) {
		basis_say(&out->basis, "Dit beleid kan zo niet: %d keer past het niet. %s",
			out->bezwaar_count, out->bezwaren[0].uitleg);
		return;
	}
	basis_add(&out->basis, "Bi art. 5.3");
	basis_add(&out->basis, "Bi art. 7.1");
	basis_add(&out->basis, "Wi art. 26");
	basis_say(&out->basis, "Dit beleid blijft binnen de grenzen van de wet.");
}

/* ---- the policy as a parameter ---- */

void beleid_boete_22(const struct beleid *b, struct boete_22_facts *f)
{
	f->plafond_eerste_termijn = b->boetes.plafond_eerste_termijn;
	f->plafond_nieuw_per_halfjaar = b->boetes.plafond_nieuw_per_halfjaar;
}

void beleid_boete_23(const struct beleid *b, struct boete_23_facts *f)
{
	f->handhaving_asiel = b->handhaving.handhaving_asiel;
	f->verhoging_over = b->handhaving.verhoging_over;
	f->waarschuwing_vooraf = b->handhaving.waarschuwing_vooraf;
	f->hulp_eerst = b->handhaving.hulp_eerst;
	f->tweede_lezer = b->handhaving.tweede_lezer;
	f->artikel_23_maximum = b->boetes.artikel_23_maximum;
	f->plafond_eerste_termijn = b->boetes.plafond_eerste_termijn;
	f->plafond_nieuw_per_halfjaar = b->boetes.plafond_nieuw_per_halfjaar;
}
