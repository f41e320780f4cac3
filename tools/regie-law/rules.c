/* SPDX-License-Identifier: EUPL-1.2 */
#include "rules.h"

#include <string.h>

#include "law/boete.h"
#include "law/completion.h"
#include "law/duo_checks.h"
#include "law/intake.h"
#include "law/leerroute.h"
#include "law/term.h"

/* The tables address members of the law's structs: its numbers are long long, the kit's int64_t. */
_Static_assert(sizeof(long long) == sizeof(int64_t) && LAW_NONE == NUMBER_NONE, "same numbers");
_Static_assert((int)ONBEKEND == BOOL_NONE, "same unknown");

#define HOURS_MAX 100000
#define EUROS_MAX 100000000 /* cents */

/* A member of a nested struct under its own name in JSON. */
#define AT(st, path, name_, type_, need_, doc_)                                                    \
	{                                                                                          \
		.name = name_, .offset = offsetof(st, path), .type = type_, .need = need_,         \
		.doc = doc_                                                                        \
	}
#define AT_RANGE(st, path, name_, type_, need_, min_, max_, doc_)                                  \
	{                                                                                          \
		.name = name_, .offset = offsetof(st, path), .type = type_, .need = need_,         \
		.min = min_, .max = max_, .doc = doc_                                              \
	}
#define AT_ENUM(st, path, name_, values_, need_, doc_)                                             \
	{                                                                                          \
		.name = name_, .offset = offsetof(st, path), .type = F_ENUM, .need = need_,        \
		.values = values_, .doc = doc_                                                     \
	}
#define AT_OBJECT(st, path, name_, items_, need_, doc_)                                            \
	{                                                                                          \
		.name = name_, .offset = offsetof(st, path), .type = F_OBJECT, .need = need_,      \
		.items = items_, .doc = doc_                                                       \
	}

/* What every answer ends with. */
struct answer {
	struct list grondslag;
	const char *uitleg;
};

static const struct field text_item[] = { FIELD_PLAIN(F_TEXT, NULL), FIELD_END };

#define ANSWER(st)                                                                                 \
	{ .name = "grondslag",                                                                     \
		.offset = offsetof(st, answer.grondslag),                                          \
		.type = F_LIST,                                                                    \
		.need = REQUIRED,                                                                  \
		.items = text_item,                                                                \
		.item_size = sizeof(const char *),                                                 \
		.doc = "Artikelen en beleid" },                                                    \
	{                                                                                          \
		.name = "uitleg", .offset = offsetof(st, answer.uitleg), .type = F_TEXT,           \
		.need = REQUIRED, .doc = "Uitleg in gewone taal"                                   \
	}

static void explain(struct answer *answer, struct basis *b)
{
	answer->grondslag = (struct list){ b->grondslag, (size_t)b->grondslag_count };
	answer->uitleg = b->uitleg;
}

/* ---- pip-termijn ---- */

struct pip_termijn_io {
	struct pip_termijn_facts in;
	struct pip_termijn out;
	struct answer answer;
};

static const struct field pip_termijn_in[] = {
	AT_ENUM(struct pip_termijn_io, in.doelgroep, "doelgroep", doelgroep_values, REQUIRED,
		"Doelgroep"),
	AT(struct pip_termijn_io, in.datum_kennisgeving, "datum_kennisgeving", F_DATE, REQUIRED,
		"Dag waarop DUO de inburgeringsplicht schriftelijk meldde"),
	AT(struct pip_termijn_io, in.datum_inschrijving_brp, "datum_inschrijving_brp", F_DATE,
		OPTIONAL, "Inschrijving in de BRP van de gemeente van huisvesting"),
	AT(struct pip_termijn_io, in.datum_inschrijving_nieuwe_gemeente,
		"datum_inschrijving_nieuwe_gemeente", F_DATE, OPTIONAL,
		"Inschrijving na een verhuizing"),
	AT(struct pip_termijn_io, in.datum_ontvangst_derde, "datum_ontvangst_derde", F_DATE,
		OPTIONAL, "Ontvangst van onmisbare informatie van een ander"),
	FIELD_END,
};

static const struct field pip_termijn_out[] = {
	AT(struct pip_termijn_io, out.loopt, "loopt", F_BOOL, REQUIRED, "Of de termijn loopt"),
	AT(struct pip_termijn_io, out.begin, "begin", F_DATE, OPTIONAL, "Eerste dag"),
	AT(struct pip_termijn_io, out.uiterlijk, "uiterlijk", F_DATE, OPTIONAL,
		"Laatste dag, na de Algemene termijnenwet"),
	AT(struct pip_termijn_io, out.uiterlijk_voor_verlenging, "uiterlijk_voor_verlenging",
		F_DATE, OPTIONAL, "Laatste dag zonder de Algemene termijnenwet"),
	ANSWER(struct pip_termijn_io),
	FIELD_END,
};

static void decide_pip_termijn(struct arena *a, void *p)
{
	struct pip_termijn_io *io = p;

	(void)a;
	pip_termijn(&io->in, &io->out);
	explain(&io->answer, &io->out.basis);
}

/* ---- inburgeringstermijn ---- */

struct inburgeringstermijn_io {
	struct inburgeringstermijn_facts in;
	struct list verlengingen;
	struct inburgeringstermijn out;
	struct answer answer;
};

static const struct field verlenging_fields[] = {
	FIELD_RANGE(struct verlenging, dagen, F_INT, OPTIONAL, 0, 3660, "Dagen"),
	FIELD_RANGE(struct verlenging, maanden, F_INT, OPTIONAL, 0, 120, "Maanden"),
	FIELD_END,
};

static const struct field inburgeringstermijn_in[] = {
	AT(struct inburgeringstermijn_io, in.dagtekening_pip, "dagtekening_pip", F_DATE, REQUIRED,
		"Dagtekening van het eerste PIP"),
	FIELD_LIST(struct inburgeringstermijn_io, verlengingen, struct verlenging,
		verlenging_fields, OPTIONAL, "Verlengingen door DUO, in volgorde"),
	FIELD_END,
};

static const struct field inburgeringstermijn_out[] = {
	AT(struct inburgeringstermijn_io, out.begin, "begin", F_DATE, REQUIRED, "Eerste dag"),
	AT(struct inburgeringstermijn_io, out.einde, "einde", F_DATE, REQUIRED,
		"Dag na de laatste dag, zoals DUO telt"),
	AT(struct inburgeringstermijn_io, out.laatste_dag, "laatste_dag", F_DATE, REQUIRED,
		"Laatste dag"),
	ANSWER(struct inburgeringstermijn_io),
	FIELD_END,
};

static void decide_inburgeringstermijn(struct arena *a, void *p)
{
	struct inburgeringstermijn_io *io = p;

	(void)a;
	io->in.verlengingen = io->verlengingen.items;
	io->in.verlenging_count = io->verlengingen.count;
	inburgeringstermijn(&io->in, &io->out);
	explain(&io->answer, &io->out.basis);
}

/* ---- intake-stap ---- */

struct intake_stap_io {
	struct intake_stap_facts in;
	struct list oproepen, boetes;
	struct intake_stap out;
	struct answer answer;
};

static const struct field intake_oproep_fields[] = {
	FIELD(struct intake_oproep, datum, F_DATE, REQUIRED, "Dag van de oproep"),
	FIELD(struct intake_oproep, termijn, F_DATE, REQUIRED, "Laatste dag om te verschijnen"),
	FIELD_ENUM(struct intake_oproep, uitkomst, oproep_uitkomst_values, REQUIRED, "Uitkomst"),
	FIELD(struct intake_oproep, verwijtbaar, F_BOOL, OPTIONAL,
		"Of het niet verschijnen te verwijten is; zonder: nee"),
	FIELD_END,
};

static const struct field intake_boete_fields[] = {
	FIELD_ENUM(
		struct intake_boete, artikel, boete_22_artikel_values, REQUIRED, "Artikel en lid"),
	FIELD(struct intake_boete, datum, F_DATE, REQUIRED, "Dag van het besluit"),
	FIELD_END,
};

static const struct field intake_stap_in[] = {
	FIELD_LIST(struct intake_stap_io, oproepen, struct intake_oproep, intake_oproep_fields,
		REQUIRED, "De oproepen, in volgorde"),
	AT(struct intake_stap_io, in.waarschuwing_op, "waarschuwing_op", F_DATE, OPTIONAL,
		"Dag van de schriftelijke waarschuwing"),
	FIELD_LIST(struct intake_stap_io, boetes, struct intake_boete, intake_boete_fields,
		OPTIONAL, "Boetes van artikel 22, in volgorde"),
	AT(struct intake_stap_io, in.vandaag, "vandaag", F_DATE, REQUIRED, "De dag van vandaag"),
	FIELD_END,
};

static const struct field intake_stap_out[] = {
	AT_ENUM(struct intake_stap_io, out.volgende, "volgende", intake_volgende_values, REQUIRED,
		"De volgende stap"),
	AT(struct intake_stap_io, out.bedrag, "bedrag", F_CENTS, OPTIONAL, "Bedrag van de boete"),
	AT(struct intake_stap_io, out.nieuwe_termijn_uiterlijk, "nieuwe_termijn_uiterlijk", F_DATE,
		OPTIONAL, "Uiterste dag van de nieuwe termijn"),
	ANSWER(struct intake_stap_io),
	FIELD_END,
};

static void decide_intake_stap(struct arena *a, void *p)
{
	struct intake_stap_io *io = p;

	(void)a;
	io->in.oproepen = io->oproepen.items;
	io->in.oproep_count = io->oproepen.count;
	io->in.boetes = io->boetes.items;
	io->in.boete_count = io->boetes.count;
	intake_stap(&io->in, &io->out);
	explain(&io->answer, &io->out.basis);
}

/* ---- leerroute-toets ---- */

static const struct field bezwaar_fields[] = {
	FIELD(struct bezwaar, code, F_TEXT, REQUIRED, "Kenmerk"),
	FIELD(struct bezwaar, grondslag, F_TEXT, REQUIRED, "Artikel of regel"),
	FIELD(struct bezwaar, uitleg, F_TEXT, REQUIRED, "Uitleg"),
	FIELD_END,
};

struct leerroute_io {
	struct leerroute_facts in;
	struct leerroute_toets out;
	struct list bezwaren;
	struct answer answer;
};

static const struct field leerroute_in[] = {
	AT_ENUM(struct leerroute_io, in.doelgroep, "doelgroep", doelgroep_values, REQUIRED,
		"Doelgroep"),
	AT_ENUM(struct leerroute_io, in.leerroute, "leerroute", leerroute_values, REQUIRED,
		"Leerroute"),
	AT_ENUM(struct leerroute_io, in.niveau, "niveau", niveau_values, OPTIONAL, "Niveau"),
	AT(struct leerroute_io, in.eerste_pip, "eerste_pip", F_BOOL, REQUIRED,
		"Of dit het eerste PIP is"),
	AT(struct leerroute_io, in.geschatte_intensiteit_b1_route, "geschatte_intensiteit_b1_route",
		F_INT, OPTIONAL, "Geschatte uren in de B1-route"),
	AT(struct leerroute_io, in.wenst_opleiding, "wenst_opleiding", F_BOOL, OPTIONAL,
		"Of de persoon een opleiding wil volgen"),
	AT(struct leerroute_io, in.grote_kans_diploma, "grote_kans_diploma", F_BOOL, OPTIONAL,
		"Of de kans op het diploma van het taalschakeltraject groot is"),
	AT(struct leerroute_io, in.redelijkerwijs_haalbaar_b1, "redelijkerwijs_haalbaar_b1", F_BOOL,
		OPTIONAL, "Of niveau B1 haalbaar is"),
	AT_ENUM(struct leerroute_io, in.lbt_uitslag, "lbt_uitslag", lbt_uitslag_values, OPTIONAL,
		"Uitslag van de leerbaarheidstoets"),
	AT_RANGE(struct leerroute_io, in.motivering, "motivering", F_TEXT, OPTIONAL, 1, 20000,
		"Motivering"),
	FIELD_END,
};

static const struct field leerroute_out[] = {
	AT(struct leerroute_io, out.toegestaan, "toegestaan", F_BOOL, REQUIRED, "Of dit zo mag"),
	AT_ENUM(struct leerroute_io, out.niveau, "niveau", niveau_values, OPTIONAL,
		"Het niveau dat geldt"),
	FIELD_LIST(struct leerroute_io, bezwaren, struct bezwaar, bezwaar_fields, REQUIRED,
		"Wat ertegen is"),
	ANSWER(struct leerroute_io),
	FIELD_END,
};

static void decide_leerroute(struct arena *a, void *p)
{
	struct leerroute_io *io = p;

	(void)a;
	io->in.vandaag = DATE_NONE;
	leerroute_toets(&io->in, &io->out);
	io->bezwaren = (struct list){ io->out.bezwaren, (size_t)io->out.bezwaar_count };
	explain(&io->answer, &io->out.basis);
}

/* ---- overstap ---- */

struct overstap_io {
	struct overstap_facts in;
	struct overstap out;
	struct answer answer;
};

static const struct field overstap_in[] = {
	AT(struct overstap_io, in.begin_termijn, "begin_termijn", F_DATE, REQUIRED,
		"Eerste dag van de inburgeringstermijn"),
	AT(struct overstap_io, in.datum, "datum", F_DATE, REQUIRED, "Dag van de overstap"),
	AT_ENUM(struct overstap_io, in.van, "van", leerroute_values, REQUIRED, "Huidige leerroute"),
	AT_ENUM(struct overstap_io, in.naar, "naar", leerroute_values, REQUIRED,
		"Nieuwe leerroute"),
	AT(struct overstap_io, in.bijzonder_geval, "bijzonder_geval", F_BOOL, OPTIONAL,
		"Of het een bijzonder geval is"),
	FIELD_END,
};

static const struct field overstap_out[] = {
	AT(struct overstap_io, out.toegestaan, "toegestaan", F_BOOL, REQUIRED,
		"Of de overstap mag"),
	AT(struct overstap_io, out.uiterlijk, "uiterlijk", F_DATE, OPTIONAL,
		"Laatste dag, als die er is"),
	ANSWER(struct overstap_io),
	FIELD_END,
};

static void decide_overstap(struct arena *a, void *p)
{
	struct overstap_io *io = p;

	(void)a;
	leerroute_overstap(&io->in, &io->out);
	explain(&io->answer, &io->out.basis);
}

/* ---- voltooiing ---- */

/* What may be dispensed with: the parts of the exam and, in the Z-route, participation. */
static const char *const ontheffing_values[] = { "KNM", "LE", "LU", "SC", "SP", "participatie",
	NULL };
#define ONTHEFFING_PARTICIPATIE 6

struct voltooiing_io {
	struct voltooiing_facts in;
	struct list examens, vrijstellingen, ontheffingen;
	struct voltooiing out;
	struct list onderdelen;
	struct answer answer;
};

static const struct field uren_fields[] = {
	AT_RANGE(struct voltooiing_facts, uren_cursus, "cursus", F_INT, OPTIONAL, 0, HOURS_MAX,
		"Cursus"),
	AT_RANGE(struct voltooiing_facts, uren_participatie, "participatie", F_INT, OPTIONAL, 0,
		HOURS_MAX, "Participatie"),
	AT_RANGE(struct voltooiing_facts, uren_pvt, "pvt", F_INT, OPTIONAL, 0, HOURS_MAX, "PVT"),
	AT_RANGE(struct voltooiing_facts, uren_map, "map", F_INT, OPTIONAL, 0, HOURS_MAX, "MAP"),
	FIELD_END,
};

static const struct field examen_fields[] = {
	FIELD_ENUM(struct examen, onderdeel, examenonderdeel_values, REQUIRED, "Onderdeel"),
	FIELD_ENUM(struct examen, niveau, examenniveau_values, OPTIONAL, "Niveau; niet bij KNM"),
	FIELD_ENUM(struct examen, resultaat, examenresultaat_values, REQUIRED, "Resultaat"),
	FIELD_END,
};

static const struct field vrijstelling_item[] = { FIELD_PLAIN(F_ENUM, examenonderdeel_values),
	FIELD_END };
static const struct field ontheffing_item[] = { FIELD_PLAIN(F_ENUM, ontheffing_values), FIELD_END };

static const struct field onderdeel_fields[] = {
	FIELD(struct voltooiing_onderdeel, naam, F_TEXT, REQUIRED, "Onderdeel"),
	FIELD(struct voltooiing_onderdeel, norm, F_INT, OPTIONAL, "Uren die nodig zijn"),
	FIELD(struct voltooiing_onderdeel, behaald, F_INT, OPTIONAL, "Uren tot nu toe"),
	FIELD(struct voltooiing_onderdeel, voldaan, F_BOOL, REQUIRED, "Of het klaar is"),
	FIELD_END,
};

static const struct field voltooiing_in[] = {
	AT_ENUM(struct voltooiing_io, in.leerroute, "leerroute", leerroute_values, REQUIRED,
		"Leerroute"),
	AT_ENUM(struct voltooiing_io, in.doelgroep, "doelgroep", doelgroep_values, REQUIRED,
		"Doelgroep"),
	AT_ENUM(struct voltooiing_io, in.niveau, "niveau", niveau_values, OPTIONAL,
		"Niveau van het PIP"),
	AT_OBJECT(struct voltooiing_io, in, "uren", uren_fields, REQUIRED, "Gevolgde uren"),
	AT(struct voltooiing_io, in.pvt_ondertekend_op, "pvt_ondertekend_op", F_DATE, OPTIONAL,
		"Dag waarop de participatieverklaring is ondertekend"),
	AT(struct voltooiing_io, in.map_eindgesprek_op, "map_eindgesprek_op", F_DATE, OPTIONAL,
		"Dag van het eindgesprek van de MAP"),
	AT(struct voltooiing_io, in.z_eindgesprek_op, "z_eindgesprek_op", F_DATE, OPTIONAL,
		"Dag van het eindgesprek van de Z-route"),
	AT(struct voltooiing_io, in.taalschakeltraject_behaald_op, "taalschakeltraject_behaald_op",
		F_DATE, OPTIONAL, "Dag waarop het taalschakeltraject is behaald"),
	FIELD_LIST(
		struct voltooiing_io, examens, struct examen, examen_fields, REQUIRED, "Examens"),
	FIELD_LIST(struct voltooiing_io, vrijstellingen, int, vrijstelling_item, OPTIONAL,
		"Vrijstellingen"),
	FIELD_LIST(
		struct voltooiing_io, ontheffingen, int, ontheffing_item, OPTIONAL, "Ontheffingen"),
	AT_RANGE(struct voltooiing_io, in.participatie_maximum, "participatie_maximum", F_INT,
		OPTIONAL, 1, HOURS_MAX, "Lagere norm voor participatie door een beperking"),
	FIELD_END,
};

static const struct field voltooiing_out[] = {
	FIELD_LIST(struct voltooiing_io, onderdelen, struct voltooiing_onderdeel, onderdeel_fields,
		REQUIRED, "De onderdelen van de leerroute"),
	AT(struct voltooiing_io, out.voldaan, "voldaan", F_BOOL, REQUIRED, "Of alles klaar is"),
	ANSWER(struct voltooiing_io),
	FIELD_END,
};

static void zero_if_none(long long *n)
{
	if (*n == LAW_NONE)
		*n = 0;
}

/* Exemptions and dispensations of exam parts in one list. */
static void join_exempt(struct arena *a, struct voltooiing_io *io)
{
	const int *exempt = io->vrijstellingen.items, *dispensed = io->ontheffingen.items;
	int *all =
		arena_alloc(a, (io->vrijstellingen.count + io->ontheffingen.count) * sizeof(int));
	size_t n = 0;

	for (size_t i = 0; i < io->vrijstellingen.count; i++)
		all[n++] = exempt[i];
	for (size_t i = 0; i < io->ontheffingen.count; i++) {
		if (dispensed[i] == ONTHEFFING_PARTICIPATIE)
			io->in.participatie_ontheven = JA;
		else
			all[n++] = dispensed[i];
	}
	io->in.vrijgesteld = all;
	io->in.vrijgesteld_count = n;
}

static void decide_voltooiing(struct arena *a, void *p)
{
	struct voltooiing_io *io = p;

	zero_if_none(&io->in.uren_cursus);
	zero_if_none(&io->in.uren_participatie);
	zero_if_none(&io->in.uren_pvt);
	zero_if_none(&io->in.uren_map);
	zero_if_none(&io->in.participatie_maximum);
	io->in.examens = io->examens.items;
	io->in.examen_count = io->examens.count;
	io->in.vandaag = DATE_NONE;
	join_exempt(a, io);
	voltooiing(&io->in, &io->out);
	io->onderdelen = (struct list){ io->out.onderdelen, (size_t)io->out.onderdeel_count };
	explain(&io->answer, &io->out.basis);
}

/* ---- boete-22 and boete-23 ---- */

static const char *const stap_values[] = { "1", "3", NULL };

struct boete_22_io {
	struct boete_22_facts in;
	int stap; /* enum: lid 1 or 3 */
	struct boete_22 out;
	struct answer answer;
};

static const struct field termijn_22_fields[] = {
	AT_ENUM(struct boete_22_facts, termijn_soort, "soort", termijn_soort_values, REQUIRED,
		"De eerste termijn of een nieuwe"),
	AT_RANGE(struct boete_22_facts, termijn_maanden, "maanden", F_INT, OPTIONAL, 6, 24,
		"Maanden van een nieuwe termijn: 6, 12, 18 of 24"),
	FIELD_END,
};

static const struct field boete_22_in[] = {
	FIELD_ENUM(
		struct boete_22_io, stap, stap_values, REQUIRED, "Het lid van artikel 22: 1 of 3"),
	AT(struct boete_22_io, in.verwijtbaar, "verwijtbaar", F_BOOL, REQUIRED,
		"Of het te verwijten is"),
	AT_RANGE(struct boete_22_io, in.reeds_opgelegd, "reeds_opgelegd", F_CENTS, OPTIONAL, 0,
		EUROS_MAX, "Boetes van artikel 22 en 23 in deze termijn"),
	AT_OBJECT(struct boete_22_io, in, "termijn", termijn_22_fields, OPTIONAL, "De termijn"),
	FIELD_END,
};

static const struct field boete_22_out[] = {
	AT(struct boete_22_io, out.opleggen, "opleggen", F_BOOL, REQUIRED, "Of de boete mag"),
	AT(struct boete_22_io, out.bedrag, "bedrag", F_CENTS, REQUIRED, "Bedrag"),
	AT(struct boete_22_io, out.reden, "reden", F_TEXT, OPTIONAL, "Waarom niet"),
	ANSWER(struct boete_22_io),
	FIELD_END,
};

static bool months_are_known(int kind, long long months, const char **field, const char **reason)
{
	if (kind != TERMIJN_NIEUW || months == 6 || months == 12 || months == 18 || months == 24)
		return true;
	*field = "termijn.maanden";
	*reason = "Een nieuwe termijn duurt 6, 12, 18 of 24 maanden";
	return false;
}

static bool check_boete_22(const void *p, const char **field, const char **reason)
{
	const struct boete_22_io *io = p;

	return months_are_known(io->in.termijn_soort, io->in.termijn_maanden, field, reason);
}

static void decide_boete_22(struct arena *a, void *p)
{
	struct boete_22_io *io = p;

	(void)a;
	io->in.stap = io->stap == 1 ? 1 : 3;
	io->in.vandaag = DATE_NONE;
	boete_22(&io->in, &io->out);
	explain(&io->answer, &io->out.basis);
}

struct boete_23_io {
	struct boete_23_facts in;
	struct list eerdere;
	struct boete_23 out;
	struct list vereist;
	struct answer answer;
};

static const struct field eerdere_fields[] = {
	FIELD(struct eerdere_overtreding, datum_constatering, F_DATE, REQUIRED,
		"Dag van constatering"),
	FIELD(struct eerdere_overtreding, datum_onherroepelijk, F_DATE, OPTIONAL,
		"Dag waarop de boete onherroepelijk werd"),
	FIELD_END,
};

static const struct field termijn_23_fields[] = {
	AT_ENUM(struct boete_23_facts, termijn_soort, "soort", termijn_soort_values, REQUIRED,
		"De eerste termijn of een nieuwe"),
	AT_RANGE(struct boete_23_facts, termijn_maanden, "maanden", F_INT, OPTIONAL, 6, 24,
		"Maanden van een nieuwe termijn: 6, 12, 18 of 24"),
	FIELD_END,
};

static const struct field beleid_fields[] = {
	FIELD_ENUM(struct boete_23_facts, handhaving_asiel, handhaving_asiel_values, OPTIONAL,
		"Boetes voor asielstatushouders; zonder: alleen-bij-aanhoudende-onwil"),
	FIELD_ENUM(struct boete_23_facts, verhoging_over, verhoging_over_values, OPTIONAL,
		"Wat wordt verhoogd; zonder: trede"),
	FIELD_END,
};

static const struct field boete_23_in[] = {
	AT_ENUM(struct boete_23_io, in.doelgroep, "doelgroep", doelgroep_values, REQUIRED,
		"Doelgroep"),
	AT_ENUM(struct boete_23_io, in.gedraging, "gedraging", gedraging_values, REQUIRED,
		"Gedraging"),
	AT_ENUM(struct boete_23_io, in.verwijtbaarheid, "verwijtbaarheid", verwijtbaarheid_values,
		REQUIRED, "Mate van verwijt"),
	AT(struct boete_23_io, in.datum_constatering, "datum_constatering", F_DATE, REQUIRED,
		"Dag waarop de overtreding is geconstateerd"),
	FIELD_LIST(struct boete_23_io, eerdere, struct eerdere_overtreding, eerdere_fields,
		OPTIONAL, "Eerdere overtredingen van artikel 23"),
	AT_OBJECT(struct boete_23_io, in, "termijn", termijn_23_fields, REQUIRED, "De termijn"),
	AT_RANGE(struct boete_23_io, in.reeds_opgelegd, "reeds_opgelegd", F_CENTS, OPTIONAL, 0,
		EUROS_MAX, "Boetes van artikel 22 en 23 in deze termijn"),
	AT(struct boete_23_io, in.bijstand_verlaagd, "bijstand_verlaagd", F_BOOL, OPTIONAL,
		"Of de bijstand om hetzelfde gedrag is verlaagd"),
	AT(struct boete_23_io, in.aanhoudende_onwil, "aanhoudende_onwil", F_BOOL, OPTIONAL,
		"Of aanhoudende onwil is bewezen"),
	AT_OBJECT(struct boete_23_io, in, "beleid", beleid_fields, OPTIONAL,
		"Beleid van de gemeente"),
	FIELD_END,
};

static const struct field boete_23_out[] = {
	AT(struct boete_23_io, out.opleggen, "opleggen", F_BOOL, REQUIRED, "Of de boete mag"),
	AT(struct boete_23_io, out.reden, "reden", F_TEXT, OPTIONAL, "Waarom niet"),
	AT(struct boete_23_io, out.trede, "trede", F_INT, REQUIRED, "Trede, 1 tot en met 5"),
	AT(struct boete_23_io, out.basisbedrag, "basisbedrag", F_CENTS, REQUIRED,
		"Bedrag van de trede"),
	AT(struct boete_23_io, out.percentage, "percentage", F_INT, REQUIRED,
		"Deel door de mate van verwijt"),
	AT(struct boete_23_io, out.bedrag, "bedrag", F_CENTS, REQUIRED, "De boete"),
	AT(struct boete_23_io, out.plafond_rest, "plafond_rest", F_CENTS, REQUIRED,
		"Wat in deze termijn nog mag, voor deze boete"),
	FIELD_LIST(struct boete_23_io, vereist, const char *, text_item, REQUIRED,
		"Wat vooraf moet gebeuren"),
	ANSWER(struct boete_23_io),
	FIELD_END,
};

static bool check_boete_23(const void *p, const char **field, const char **reason)
{
	const struct boete_23_io *io = p;

	return months_are_known(io->in.termijn_soort, io->in.termijn_maanden, field, reason);
}

static void decide_boete_23(struct arena *a, void *p)
{
	struct boete_23_io *io = p;
	size_t n = 0;

	io->in.eerdere = io->eerdere.items;
	io->in.eerdere_count = io->eerdere.count;
	boete_23(&io->in, &io->out);
	while (boete_23_vereist[n])
		n++;
	io->vereist.items = arena_alloc(a, n * sizeof(const char *));
	io->vereist.count = io->out.opleggen == JA ? n : 0;
	memcpy(io->vereist.items, boete_23_vereist, n * sizeof(const char *));
	explain(&io->answer, &io->out.basis);
}

/* ---- besluit-termijnen ---- */

struct besluit_io {
	struct besluit_termijnen_facts in;
	struct besluit_termijnen out;
	struct answer answer;
};

static const struct field besluit_in[] = {
	AT_ENUM(struct besluit_io, in.artikel, "artikel", besluit_artikel_values, REQUIRED,
		"Soort besluit"),
	AT(struct besluit_io, in.datum_overtreding, "datum_overtreding", F_DATE, OPTIONAL,
		"Dag van de overtreding"),
	AT(struct besluit_io, in.datum_rapport, "datum_rapport", F_DATE, OPTIONAL,
		"Dagtekening van het rapport"),
	AT(struct besluit_io, in.datum_bekendmaking, "datum_bekendmaking", F_DATE, OPTIONAL,
		"Dag van bekendmaking"),
	FIELD_END,
};

static const struct field besluit_out[] = {
	AT(struct besluit_io, out.bezwaar_tot, "bezwaar_tot", F_DATE, OPTIONAL,
		"Laatste dag voor bezwaar"),
	AT(struct besluit_io, out.beslissen_voor, "beslissen_voor", F_DATE, OPTIONAL,
		"Laatste dag voor het besluit (termijn van orde)"),
	AT(struct besluit_io, out.vervalt_op, "vervalt_op", F_DATE, OPTIONAL,
		"Eerste dag waarop geen boete meer mag"),
	ANSWER(struct besluit_io),
	FIELD_END,
};

static void decide_besluit(struct arena *a, void *p)
{
	struct besluit_io *io = p;

	(void)a;
	besluit_termijnen(&io->in, &io->out);
	explain(&io->answer, &io->out.basis);
}

/* ---- duo-pip ---- */

struct duo_pip_io {
	struct duo_pip_facts in;
	struct duo_toets out;
	struct list bezwaren;
	struct answer answer;
};

static const struct field duo_bezwaar_fields[] = {
	FIELD(struct bezwaar, code, F_TEXT, REQUIRED, "Kenmerk"),
	FIELD(struct bezwaar, uitleg, F_TEXT, REQUIRED, "Uitleg"),
	FIELD_END,
};

static const struct field duo_pip_in[] = {
	AT(struct duo_pip_io, in.dagtekening, "dagtekening", F_DATE, REQUIRED,
		"Dagtekening van dit PIP"),
	AT_ENUM(struct duo_pip_io, in.leerroute, "leerroute", leerroute_values, REQUIRED,
		"Leerroute"),
	AT_ENUM(struct duo_pip_io, in.niveau, "niveau", niveau_values, OPTIONAL, "Niveau"),
	AT_ENUM(struct duo_pip_io, in.doelgroep, "doelgroep", doelgroep_values, REQUIRED,
		"Doelgroep"),
	AT(struct duo_pip_io, in.geschatte_intensiteit_b1_route, "geschatte_intensiteit_b1_route",
		F_INT, OPTIONAL, "Geschatte uren in de B1-route"),
	AT(struct duo_pip_io, in.eerste_pip, "eerste_pip", F_BOOL, REQUIRED,
		"Of dit het eerste PIP is, van welke gemeente ook"),
	AT(struct duo_pip_io, in.begin_plicht, "begin_plicht", F_DATE, OPTIONAL,
		"Begin van de plicht"),
	AT(struct duo_pip_io, in.vorige_dagtekening, "vorige_dagtekening", F_DATE, OPTIONAL,
		"De laatste dagtekening van het eerste en het huidige PIP"),
	AT(struct duo_pip_io, in.vestiging, "vestiging", F_DATE, OPTIONAL,
		"Vestiging in de gemeente"),
	FIELD_END,
};

static const struct field duo_pip_out[] = {
	AT(struct duo_pip_io, out.toegestaan, "toegestaan", F_BOOL, REQUIRED,
		"Of DUO dit aanneemt"),
	FIELD_LIST(struct duo_pip_io, bezwaren, struct bezwaar, duo_bezwaar_fields, REQUIRED,
		"Waarom DUO het weigert"),
	ANSWER(struct duo_pip_io),
	FIELD_END,
};

static void decide_duo_pip(struct arena *a, void *p)
{
	struct duo_pip_io *io = p;

	(void)a;
	duo_pip(&io->in, &io->out);
	io->bezwaren = (struct list){ io->out.bezwaren, (size_t)io->out.bezwaar_count };
	explain(&io->answer, &io->out.basis);
}

/* ---- the rules ---- */

const struct rule rules[] = {
	{ "pip-termijn", "Bi art. 5.3 lid 1-3; Atw art. 1, 3 en 4",
		"Tot wanneer het PIP kan worden vastgesteld", pip_termijn_in, pip_termijn_out,
		sizeof(struct pip_termijn_io), decide_pip_termijn, NULL },
	{ "inburgeringstermijn", "Wi art. 11 en 12", "De termijn om in te burgeren",
		inburgeringstermijn_in, inburgeringstermijn_out,
		sizeof(struct inburgeringstermijn_io), decide_inburgeringstermijn, NULL },
	{ "intake-stap", "Wi art. 14 en 22; Bi art. 7.1 lid 1",
		"De volgende stap na de oproepen tot nu toe", intake_stap_in, intake_stap_out,
		sizeof(struct intake_stap_io), decide_intake_stap, NULL },
	{ "leerroute-toets", "Wi art. 6-9, 15 en 17; Bi art. 5.3-5.5",
		"Of deze leerroute en dit niveau vastgesteld kunnen worden", leerroute_in,
		leerroute_out, sizeof(struct leerroute_io), decide_leerroute, NULL },
	{ "overstap", "Wi art. 17 lid 2; Bi art. 5.4", "Of iemand van leerroute mag wisselen",
		overstap_in, overstap_out, sizeof(struct overstap_io), decide_overstap, NULL },
	{ "voltooiing", "Wi art. 6-9; Bi art. 2.7, 3.1, 3.2 en 3.14; Ri art. 3.16",
		"Welke onderdelen van de leerroute klaar zijn", voltooiing_in, voltooiing_out,
		sizeof(struct voltooiing_io), decide_voltooiing, NULL },
	{ "boete-22", "Wi art. 22 en 26; Bi art. 7.1; Awb art. 5:41",
		"De boete bij de brede intake", boete_22_in, boete_22_out,
		sizeof(struct boete_22_io), decide_boete_22, check_boete_22 },
	{ "boete-23", "Wi art. 15, 23, 26 en 27; Bi art. 7.1; Awb art. 5:41, 5:48, 5:53 en 10:3",
		"De boete tijdens het traject", boete_23_in, boete_23_out,
		sizeof(struct boete_23_io), decide_boete_23, check_boete_23 },
	{ "besluit-termijnen", "Awb art. 5:45, 5:51, 6:7 en 6:8; Atw art. 1, 3 en 4",
		"De termijnen rond een besluit", besluit_in, besluit_out, sizeof(struct besluit_io),
		decide_besluit, NULL },
	{ "duo-pip", "DUO PIP", "Of DUO de melding van dit PIP aanneemt", duo_pip_in, duo_pip_out,
		sizeof(struct duo_pip_io), decide_duo_pip, NULL },
	{ .name = NULL },
};

const struct rule *rule_find(const char *name)
{
	for (const struct rule *r = rules; r->name; r++)
		if (strcmp(r->name, name) == 0)
			return r;
	return NULL;
}
