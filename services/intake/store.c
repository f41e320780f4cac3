/* SPDX-License-Identifier: EUPL-1.2 */
#include "store.h"

#include <string.h>

#include "app/crypto.h"
#include "app/event.h"
#include "app/http.h"
#include "app/route.h"
#include "brp_store.h"
#include "intake_queries.h"
#include "law/planning.h"

static const char *const fasen[] = { "aangemeld", "intake", "pip", "traject", "voldaan",
	"beeindigd", NULL };
static const char *const wijzen[] = { "gesprek", "bij-verstek", NULL };
static const char *const oorzaken[] = { "informatie-derde", "niet-verschenen", "capaciteit",
	"ziekte", "overig", NULL };
static const char *const oproep_soorten[] = { "oproep", "herhaalde-oproep", "oproep-na-boete",
	NULL };
static const char *const oproep_statussen[] = { "gepland", "verzonden", "afgerond", NULL };
static const char *const gesprekswijzen[] = { "gesprek", "telefoon", "beeldbellen", "dossier",
	NULL };
static const char *const lbt_uitslagen[] = { "b1-haalbaar", "b1-niet-haalbaar", "onbekend",
	"ontheffing", NULL };
static const char *const lbt_bronnen[] = { "gemeente", "duo", NULL };
static const char *const taak_rollen[] = { "regisseur", "teamleider", "handhaver", NULL };
static const char *const taak_statussen[] = { "open", "klaar", NULL };
const char *const oproep_uitkomsten[] = { "verschenen", "niet-verschenen", "onvoldoende-meegewerkt",
	NULL };
const char *const onderwerpen[] = { "opleiding-en-werk", "gezondheid", "taal", "werkmogelijkheden",
	"zelfredzaamheid", "kinderen-en-vve", "motivatie", "digitale-vaardigheden", "huishouden",
	NULL };

static const struct field inburgeraar_fields[] = {
	FIELD(struct inburgeraar, id, F_UUID, READONLY, "Aanduiding van het dossier"),
	FIELD_RANGE(struct inburgeraar, gemeente, F_TEXT, OPTIONAL, 4, 4,
		"Gemeentecode; nodig als u voor meer gemeenten werkt"),
	FIELD(struct inburgeraar, bsn, F_BSN, WRITEONLY_REQUIRED, "Burgerservicenummer"),
	FIELD(struct inburgeraar, bsn_masker, F_TEXT, READONLY, "Laatste vier cijfers van het BSN"),
	FIELD_RANGE(struct inburgeraar, v_nummer, F_TEXT, OPTIONAL, 1, 10, "Vreemdelingnummer"),
	FIELD(struct inburgeraar, voornamen, F_TEXT, OPTIONAL, "Voornamen"),
	FIELD(struct inburgeraar, achternaam, F_TEXT, OPTIONAL, "Achternaam"),
	FIELD_RANGE(struct inburgeraar, naam, F_TEXT, READONLY, 1, 500, "Naam voor op het scherm"),
	FIELD(struct inburgeraar, geboortedatum, F_DATE, OPTIONAL, "Geboortedatum"),
	FIELD_ENUM(struct inburgeraar, doelgroep, doelgroep_values, REQUIRED, "Doelgroep"),
	FIELD_RANGE(
		struct inburgeraar, taal, F_TEXT, OPTIONAL, 2, 35, "Taal van de persoon (BCP 47)"),
	FIELD_RANGE(struct inburgeraar, telefoon, F_TEXT, OPTIONAL, 3, 20, "Telefoonnummer"),
	FIELD(struct inburgeraar, email, F_TEXT, OPTIONAL, "E-mailadres"),
	FIELD(struct inburgeraar, regisseur_id, F_UUID, OPTIONAL, "De regisseur van de persoon"),
	FIELD(struct inburgeraar, regisseur_naam, F_TEXT, READONLY, "Naam van de regisseur"),
	FIELD_ENUM(struct inburgeraar, fase, fasen, READONLY, "Waar de persoon is"),
	FIELD_ENUM(
		struct inburgeraar, leerroute, leerroute_values, READONLY, "Leerroute van het PIP"),
	FIELD(struct inburgeraar, datum_kennisgeving, F_DATE, OPTIONAL,
		"Dag waarop DUO de persoon schriftelijk op de plicht wees"),
	FIELD(struct inburgeraar, datum_inschrijving_brp, F_DATE, OPTIONAL,
		"Inschrijving in de BRP van de gemeente"),
	FIELD(struct inburgeraar, datum_vestiging, F_DATE, READONLY,
		"Na een verhuizing: inschrijving in deze gemeente"),
	FIELD(struct inburgeraar, vertrokken_op, F_DATE, READONLY,
		"Dag waarop DUO het vertrek uit de gemeente meldde"),
	FIELD(struct inburgeraar, overgedragen_op, F_DATE, READONLY,
		"Dag waarop de nieuwe gemeente het dossier overnam"),
	FIELD(struct inburgeraar, lbt_examennummer, F_TEXT, READONLY,
		"Examennummer van de leerbaarheidstoets"),
	FIELD(struct inburgeraar, pip_uiterlijk, F_DATE, READONLY,
		"Dag waarop het PIP er moet zijn"),
	FIELD(struct inburgeraar, intake_afgerond_op, F_DATE, READONLY,
		"Einde van de brede intake"),
	FIELD_ENUM(struct inburgeraar, intake_wijze, wijzen, READONLY, "Hoe de intake is afgerond"),
	FIELD(struct inburgeraar, pip_dagtekening, F_DATE, READONLY, "Dagtekening van het PIP"),
	FIELD(struct inburgeraar, termijn_einde, F_DATE, READONLY,
		"Eerste dag na de inburgeringstermijn, zoals DUO telt"),
	FIELD(struct inburgeraar, plicht_einde, F_DATE, READONLY,
		"Einde van de inburgeringsplicht"),
	FIELD_ENUM(struct inburgeraar, persoon_bron, persoon_bronnen, READONLY,
		"Waar naam en geboortedatum vandaan komen"),
	FIELD(struct inburgeraar, geheimhouding, F_BOOL, READONLY,
		"Geef niets van deze persoon aan derden"),
	FIELD(struct inburgeraar, versie, F_INT, READONLY, "Versie"),
	FIELD_END,
};
const struct resource inburgeraar_resource = { "Inburgeraar", sizeof(struct inburgeraar),
	inburgeraar_fields, "Dossier van een inburgeringsplichtige" };

static const struct field wijziging_fields[] = {
	FIELD_RANGE(struct wijziging, v_nummer, F_TEXT, OPTIONAL, 1, 10, "Vreemdelingnummer"),
	FIELD(struct wijziging, voornamen, F_TEXT, OPTIONAL, "Voornamen"),
	FIELD(struct wijziging, achternaam, F_TEXT, OPTIONAL, "Achternaam"),
	FIELD(struct wijziging, geboortedatum, F_DATE, OPTIONAL, "Geboortedatum"),
	FIELD_RANGE(
		struct wijziging, taal, F_TEXT, OPTIONAL, 2, 35, "Taal van de persoon (BCP 47)"),
	FIELD_RANGE(struct wijziging, telefoon, F_TEXT, OPTIONAL, 3, 20, "Telefoonnummer"),
	FIELD(struct wijziging, email, F_TEXT, OPTIONAL, "E-mailadres"),
	FIELD(struct wijziging, regisseur_id, F_UUID, OPTIONAL, "De regisseur van de persoon"),
	FIELD(struct wijziging, datum_inschrijving_brp, F_DATE, OPTIONAL,
		"Inschrijving in de BRP van de gemeente"),
	FIELD(struct wijziging, datum_vestiging, F_DATE, OPTIONAL,
		"Na een verhuizing: inschrijving in deze gemeente"),
	FIELD_END,
};
const struct resource wijziging_resource = { "Wijziging", sizeof(struct wijziging),
	wijziging_fields, "Wat er aan een dossier verandert" };

static const struct field filter_fields[] = {
	FIELD_ENUM(struct filter, fase, fasen, OPTIONAL, "Alleen deze fase"),
	FIELD_ENUM(struct filter, doelgroep, doelgroep_values, OPTIONAL, "Alleen deze doelgroep"),
	FIELD(struct filter, regisseur_id, F_UUID, OPTIONAL, "Alleen van deze regisseur"),
	FIELD_END,
};
const struct resource filter_resource = { "Filter", sizeof(struct filter), filter_fields,
	"Filter" };

static const struct field zoekvraag_fields[] = {
	FIELD(struct zoekvraag, bsn, F_BSN, WRITEONLY, "Burgerservicenummer"),
	FIELD_RANGE(struct zoekvraag, v_nummer, F_TEXT, OPTIONAL, 1, 10, "Vreemdelingnummer"),
	FIELD_RANGE(struct zoekvraag, naam, F_TEXT, OPTIONAL, 2, 100, "Begin van de achternaam"),
	FIELD_END,
};
const struct resource zoekvraag_resource = { "Zoekvraag", sizeof(struct zoekvraag),
	zoekvraag_fields, "Zoeken op een van drie gegevens" };

static const struct field klok_reden_fields[] = {
	FIELD(struct klok_reden, id, F_UUID, READONLY, "Aanduiding"),
	FIELD_ENUM(struct klok_reden, oorzaak, oorzaken, REQUIRED, "Waarom het langer duurt"),
	FIELD_RANGE(struct klok_reden, toelichting, F_TEXT, REQUIRED, 1, 1000, "Toelichting"),
	FIELD(struct klok_reden, van, F_DATE, REQUIRED, "Vanaf"),
	FIELD(struct klok_reden, tot, F_DATE, OPTIONAL,
		"Tot; bij informatie van een derde: de dag waarop die binnenkwam"),
	FIELD(struct klok_reden, versie, F_INT, READONLY, "Versie"),
	FIELD_END,
};
const struct resource klok_reden_resource = { "KlokReden", sizeof(struct klok_reden),
	klok_reden_fields, "Reden van een pauze of overschrijding van de tien weken" };

static const struct field pip_klok_fields[] = {
	FIELD(struct pip_klok, loopt, F_BOOL, READONLY, "Is de termijn begonnen"),
	FIELD(struct pip_klok, begin, F_DATE, READONLY, "Eerste dag"),
	FIELD(struct pip_klok, uiterlijk, F_DATE, READONLY,
		"Laatste dag (Algemene termijnenwet toegepast)"),
	FIELD(struct pip_klok, uiterlijk_voor_verlenging, F_DATE, READONLY,
		"Laatste dag zonder Algemene termijnenwet"),
	FIELD(struct pip_klok, gezet_op, F_DATE, READONLY, "Dagtekening van het PIP"),
	FIELD(struct pip_klok, dagen_over, F_INT, READONLY, "Dagen tot en met de laatste dag"),
	FIELD(struct pip_klok, grondslag, F_JSON, READONLY, "Artikelen"),
	FIELD_RANGE(struct pip_klok, uitleg, F_TEXT, READONLY, 1, 600, "Uitleg in woorden"),
	FIELD_LIST(struct pip_klok, redenen, struct klok_reden, klok_reden_fields, READONLY,
		"Waarom het langer duurt"),
	FIELD_END,
};
const struct resource pip_klok_resource = { "PipKlok", sizeof(struct pip_klok), pip_klok_fields,
	"De tien weken voor het PIP (Besluit inburgering art. 5.3)" };

static const struct field oproep_fields[] = {
	FIELD(struct oproep, id, F_UUID, READONLY, "Aanduiding van de oproep"),
	FIELD(struct oproep, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD(struct oproep, volgnummer, F_INT, READONLY, "Eerste, tweede … oproep"),
	FIELD_ENUM(
		struct oproep, soort, oproep_soorten, READONLY, "Volgt uit wat eraan voorafging"),
	FIELD(struct oproep, datum, F_DATE, REQUIRED, "Dag van de afspraak"),
	FIELD_RANGE(struct oproep, tijd, F_TEXT, REQUIRED, 5, 5, "Tijd van de afspraak, UU:MM"),
	FIELD(struct oproep, plaats, F_TEXT, REQUIRED, "Waar de afspraak is"),
	FIELD(struct oproep, termijn, F_DATE, REQUIRED, "Laatste dag om te verschijnen"),
	FIELD(struct oproep, waarschuwing, F_BOOL, READONLY,
		"Bevat de waarschuwing (Wi art. 14 lid 1)"),
	FIELD_ENUM(struct oproep, status, oproep_statussen, READONLY,
		"gepland, verzonden of afgerond"),
	FIELD(struct oproep, verzonden_op, F_DATE, READONLY, "Dag van verzending"),
	FIELD_RANGE(struct oproep, bewijs, F_TEXT, READONLY, 1, 500, "Bewijs van verzending"),
	FIELD_ENUM(struct oproep, uitkomst, oproep_uitkomsten, READONLY, "Wat eruit kwam"),
	FIELD(struct oproep, verwijtbaar, F_BOOL, READONLY, "Kon de persoon er iets aan doen"),
	FIELD_RANGE(struct oproep, toelichting, F_TEXT, READONLY, 1, 2000, "Toelichting"),
	FIELD(struct oproep, grondslag, F_JSON, READONLY, "Artikelen"),
	FIELD_RANGE(struct oproep, uitleg, F_TEXT, READONLY, 1, 600, "Waarom deze oproep"),
	FIELD(struct oproep, versie, F_INT, READONLY, "Versie"),
	FIELD_END,
};
const struct resource oproep_resource = { "Oproep", sizeof(struct oproep), oproep_fields,
	"Oproep voor de brede intake (Wi art. 14)" };

static const struct field verzending_fields[] = {
	FIELD(struct verzending, verzonden_op, F_DATE, REQUIRED, "Dag van verzending"),
	FIELD_RANGE(struct verzending, bewijs, F_TEXT, REQUIRED, 1, 500,
		"Bewijs van verzending, bijvoorbeeld het nummer van de aangetekende brief"),
	FIELD_END,
};
const struct resource verzending_resource = { "Verzending", sizeof(struct verzending),
	verzending_fields, "Verzending van een oproep" };

static const struct field uitkomst_fields[] = {
	FIELD_ENUM(struct uitkomst, uitkomst, oproep_uitkomsten, REQUIRED, "Wat eruit kwam"),
	FIELD(struct uitkomst, verwijtbaar, F_BOOL, OPTIONAL,
		"Kon de persoon er iets aan doen; nodig als die niet verscheen of niet meewerkte"),
	FIELD_RANGE(struct uitkomst, toelichting, F_TEXT, OPTIONAL, 1, 2000, "Toelichting"),
	FIELD_END,
};
const struct resource uitkomst_resource = { "Uitkomst", sizeof(struct uitkomst), uitkomst_fields,
	"Uitkomst van een oproep" };

static const struct field stap_fields[] = {
	FIELD_ENUM(struct stap, volgende, intake_volgende_values, READONLY, "De volgende stap"),
	FIELD(struct stap, bedrag, F_CENTS, READONLY, "Bedrag van de boete die mogelijk is"),
	FIELD(struct stap, nieuwe_termijn_uiterlijk, F_DATE, READONLY,
		"Uiterste nieuwe termijn bij de boete"),
	FIELD(struct stap, grondslag, F_JSON, READONLY, "Artikelen"),
	FIELD_RANGE(struct stap, uitleg, F_TEXT, READONLY, 1, 600, "Uitleg in woorden"),
	FIELD_END,
};
const struct resource stap_resource = { "IntakeStap", sizeof(struct stap), stap_fields,
	"Wat volgt op de oproepen tot nu toe (Wi art. 14 en 22)" };

static const struct field onderwerp_fields[] = {
	FIELD(struct onderwerp, id, F_UUID, READONLY, "Aanduiding"),
	FIELD(struct onderwerp, onderwerp, F_TEXT, READONLY, "Onderwerp van de brede intake"),
	FIELD(struct onderwerp, antwoorden, F_JSON, REQUIRED, "Antwoorden per vraag"),
	FIELD_RANGE(struct onderwerp, afspraak, F_TEXT, OPTIONAL, 1, 2000, "Wat is afgesproken"),
	FIELD_ENUM(struct onderwerp, wijze, gesprekswijzen, REQUIRED, "Hoe het is besproken"),
	FIELD_RANGE(struct onderwerp, taal, F_TEXT, OPTIONAL, 2, 35, "Taal van het gesprek"),
	FIELD(struct onderwerp, versie, F_INT, READONLY, "Versie"),
	FIELD_END,
};
const struct resource onderwerp_resource = { "IntakeOnderwerp", sizeof(struct onderwerp),
	onderwerp_fields, "Antwoorden over een onderwerp van de brede intake" };

static const struct field afronding_fields[] = {
	FIELD(struct afronding, datum, F_DATE, REQUIRED, "Dag waarop de intake klaar is"),
	FIELD_ENUM(struct afronding, wijze, wijzen, REQUIRED,
		"In gesprek, of bij verstek (Wi art. 14 lid 2)"),
	FIELD_END,
};
const struct resource afronding_resource = { "Afronding", sizeof(struct afronding),
	afronding_fields, "Einde van de brede intake" };

static const struct field lbt_fields[] = {
	FIELD(struct lbt, id, F_UUID, READONLY, "Aanduiding"),
	FIELD(struct lbt, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD(struct lbt, datum_afname, F_DATE, REQUIRED, "Dag van de toets"),
	FIELD_ENUM(struct lbt, uitslag, lbt_uitslagen, REQUIRED,
		"Uitslag; ontheffing verleent de gemeente zelf (Wi art. 14 lid 6)"),
	FIELD_RANGE(struct lbt, behaalde_score, F_INT, OPTIONAL, 0, 99999, "Score in honderdsten"),
	FIELD_RANGE(struct lbt, benodigde_score, F_INT, OPTIONAL, 0, 99999, "Norm in honderdsten"),
	FIELD_RANGE(struct lbt, toelichting, F_TEXT, OPTIONAL, 1, 1000, "Toelichting"),
	FIELD_ENUM(struct lbt, bron, lbt_bronnen, READONLY, "Waar de uitslag vandaan komt"),
	FIELD(struct lbt, versie, F_INT, READONLY, "Versie"),
	FIELD_END,
};
const struct resource lbt_resource = { "Leerbaarheidstoets", sizeof(struct lbt), lbt_fields,
	"Uitslag van de leerbaarheidstoets" };

static const struct field taakfilter_fields[] = {
	FIELD(struct taakfilter, regisseur_id, F_UUID, OPTIONAL, "Alleen van deze regisseur"),
	FIELD_ENUM(struct taakfilter, rol, taak_rollen, OPTIONAL, "Alleen voor deze rol"),
	FIELD(struct taakfilter, tot, F_DATE, OPTIONAL, "Uiterlijk op deze dag"),
	FIELD_END,
};
const struct resource taakfilter_resource = { "Taakfilter", sizeof(struct taakfilter),
	taakfilter_fields, "Filter" };

static const struct field taak_fields[] = {
	FIELD(struct taak, id, F_UUID, READONLY, "Aanduiding"),
	FIELD(struct taak, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD_RANGE(struct taak, inburgeraar_naam, F_TEXT, READONLY, 1, 500, "Naam"),
	FIELD(struct taak, soort, F_TEXT, READONLY, "Soort taak"),
	FIELD_ENUM(struct taak, rol, taak_rollen, READONLY, "Voor wie de taak is"),
	FIELD_RANGE(struct taak, omschrijving, F_TEXT, READONLY, 1, 500, "Wat er moet gebeuren"),
	FIELD(struct taak, uiterlijk, F_DATE, READONLY, "Uiterlijk op"),
	FIELD(struct taak, regisseur_id, F_UUID, READONLY, "Wie het doet"),
	FIELD_ENUM(struct taak, status, taak_statussen, READONLY, "open of klaar"),
	FIELD_ENUM(struct taak, fase, fasen, READONLY, "Waar de persoon is"),
	FIELD_ENUM(struct taak, doelgroep, doelgroep_values, READONLY, "Doelgroep"),
	FIELD_ENUM(struct taak, leerroute, leerroute_values, READONLY, "Leerroute"),
	FIELD(struct taak, versie, F_INT, READONLY, "Versie"),
	FIELD_END,
};
const struct resource taak_resource = { "Taak", sizeof(struct taak), taak_fields,
	"Iets dat om actie vraagt" };

static const char *const volgorden[] = { "oud-nieuw", "nieuw-oud", NULL };

static const struct field beslissing_fields[] = {
	FIELD(struct beslissing, id, F_UUID, READONLY, "Aanduiding"),
	FIELD(struct beslissing, dienst, F_TEXT, READONLY, "De dienst die besliste"),
	FIELD(struct beslissing, onderwerp, F_UUID, READONLY,
		"Wat op de beslissing rust: een PIP, oproep, traject of overtreding"),
	FIELD(struct beslissing, regel, F_TEXT, READONLY, "De regel van de wet"),
	FIELD(struct beslissing, versie, F_INT, READONLY, "Versie van de regel"),
	FIELD(struct beslissing, peildatum, F_DATE, READONLY, "Dag waarop is getoetst"),
	FIELD(struct beslissing, feiten, F_JSON, READONLY, "De feiten van toen"),
	FIELD(struct beslissing, antwoord, F_JSON, READONLY, "Het antwoord van de regel"),
	FIELD_RANGE(struct beslissing, verslag, F_TEXT, READONLY, 1, 100000,
		"Feiten, regel, uitkomst en artikelen in woorden"),
	FIELD(struct beslissing, tijdstip, F_TIJDSTIP, READONLY, "Wanneer"),
	FIELD_END,
};
const struct resource beslissing_resource = { "Beslissing", sizeof(struct beslissing),
	beslissing_fields, "Een beslissing volgens een regel van de wet, zoals die is bewaard" };

static const struct field beslissingfilter_fields[] = {
	FIELD_ENUM(struct beslissingfilter, volgorde, volgorden, OPTIONAL,
		"Welke eerst; zonder: de oudste"),
	FIELD_END,
};
const struct resource beslissingfilter_resource = { "Beslissingfilter",
	sizeof(struct beslissingfilter), beslissingfilter_fields, "Volgorde" };

/* ---- helpers ---- */

/* Only the last four digits are shown. */
static void mask_bsn(struct req *req, struct inburgeraar *i, const char *sealed)
{
	const char *bsn = sealed ? text_open(req->arena, sealed) : NULL;

	i->bsn_masker = bsn ? arena_printf(req->arena, "*****%s", bsn + 5) : NULL;
}

static void take_inburgeraar(const struct batch *b, int op, int row, struct inburgeraar *out)
{
	fields_clear(inburgeraar_fields, out);
	batch_get(b, op, row, inburgeraar_fields, out);
	mask_bsn(b->req, out, batch_text(b, op, row, "bsn_enc"));
}

static enum status one_inburgeraar(const struct batch *b, int op, struct inburgeraar *out)
{
	if (batch_rows(b, op) == 0)
		return fail(b->req, ERR_NOT_FOUND, "Inburgeraar niet gevonden");
	take_inburgeraar(b, op, 0, out);
	return OK;
}

static void take_rows(const struct batch *b, int op, const struct resource *r, struct list *rows)
{
	struct inburgeraar *people;

	batch_list(b, op, r, rows);
	people = rows->items;
	for (size_t i = 0; r == &inburgeraar_resource && i < rows->count; i++)
		mask_bsn(b->req, &people[i], batch_text(b, op, (int)i, "bsn_enc"));
}

/* ---- dossier ---- */

enum status store_inburgeraar(struct req *req, struct inburgeraar *out)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_INBURGERAAR_LEZEN, NULL, NULL);
	TRY(batch_run(&b));
	return one_inburgeraar(&b, op, out);
}

void store_taak_openen(struct batch *b, const struct nieuwe_taak *t)
{
	int op = batch_add(b, Q_TAAK_OPENEN, NULL, NULL);

	batch_bind(b, op, "nieuw_id", req_uuid(b->req));
	batch_bind(b, op, "dossier", t->dossier);
	batch_bind(b, op, "soort", t->soort);
	batch_bind(b, op, "rol", t->rol);
	batch_bind(b, op, "wanneer", t->wanneer);
	batch_bind(b, op, "onderwerp", t->onderwerp);
	batch_bind(b, op, "omschrijving", t->omschrijving);
	batch_bind_date(b, op, "uiterlijk", t->uiterlijk);
	batch_bind_date(b, op, "zonder_klok", t->zonder_klok);
}

static void add_first_task(struct batch *b, const char *id)
{
	store_taak_openen(b, &(struct nieuwe_taak){
				     .dossier = id,
				     .soort = "oproep-sturen",
				     .rol = "regisseur",
				     .omschrijving = "Roep de persoon op voor de brede intake",
				     .uiterlijk = planning_eerste_oproep(b->req->today),
				     .zonder_klok = DATE_NONE,
			     });
}

void store_klok_houden(struct batch *b, const struct pip_termijn_io *klok, const char *gemeente,
	const char *inburgeraar)
{
	if (!date_is_set(klok->in.datum_kennisgeving))
		return;
	rule_keep(b, &rule_pip_termijn, klok,
		(struct decision){ .gemeente = gemeente,
			.inburgeraar = inburgeraar,
			.onderwerp = inburgeraar });
}

/* `was`: the regisseur until now, or NULL. */
static void tell_regisseur(struct batch *b, const char *dossier, const char *was)
{
	int op = batch_add(b, Q_REGISSEUR_MELDEN, NULL, NULL);

	batch_bind(b, op, "over", dossier);
	batch_bind(b, op, "was", was);
	batch_bind(b, op, "trace", b->req->trace_id);
}

enum status store_inburgeraar_toevoegen(struct req *req, const struct inburgeraar *in,
	const char *gemeente, const struct pip_termijn_io *klok, struct inburgeraar *out)
{
	static const struct field *const fields = wijziging_fields;
	const struct wijziging w = { in->v_nummer, in->voornamen, in->achternaam, in->taal,
		in->telefoon, in->email, in->regisseur_id, in->geboortedatum,
		in->datum_inschrijving_brp, DATE_NONE };
	const char *id = req_uuid(req);
	struct batch b;
	int op;

	batch_init(&b, req);
	batch_creates(&b, id);
	op = batch_add(&b, Q_INBURGERAAR_TOEVOEGEN, fields, &w);
	batch_bind(&b, op, "nieuw_id", id);
	batch_bind(&b, op, "gemeente", gemeente);
	batch_bind(&b, op, "bsn_enc", text_seal(req->arena, in->bsn));
	batch_bind(&b, op, "bsn_hash", bsn_hash(req->arena, in->bsn));
	batch_bind(&b, op, "doelgroep", enum_text(doelgroep_values, in->doelgroep));
	batch_bind_date(&b, op, "datum_kennisgeving", in->datum_kennisgeving);
	batch_bind_date(&b, op, "pip_uiterlijk", klok->out.uiterlijk);
	store_klok_houden(&b, klok, gemeente, id);
	add_first_task(&b, id);
	brp_vraag_add(&b, id, DOEL_DOSSIER_AANLEGGEN, "dossier", req->session.gebruiker);
	event_add(&b, "inburgeraar-aangemaakt", gemeente, id, NULL, NULL);
	tell_regisseur(&b, id, NULL);
	TRY(batch_run(&b));
	return one_inburgeraar(&b, op, out);
}

/* Another fact of the clock, or another answer on the same ones. */
static bool clock_differs(const struct wijziging *in, const struct inburgeraar *now,
	const struct pip_termijn_io *klok)
{
	struct date was = now->pip_uiterlijk, is = klok->out.uiterlijk;

	return date_is_set(in->datum_inschrijving_brp) || date_is_set(in->datum_vestiging) ||
	       date_is_set(was) != date_is_set(is) ||
	       (date_is_set(is) && date_compare(was, is) != 0);
}

enum status store_inburgeraar_wijzigen(struct req *req, const struct wijziging *in,
	const struct inburgeraar *now, const struct pip_termijn_io *klok, struct inburgeraar *out)
{
	struct batch b;
	int change;

	batch_init(&b, req);
	batch_add(&b, Q_DOSSIER_NOG_ZO, NULL, NULL);
	change = batch_add(&b, Q_INBURGERAAR_WIJZIGEN, wijziging_fields, in);
	batch_bind_date(&b, change, "pip_uiterlijk", klok->out.uiterlijk);
	if (clock_differs(in, now, klok))
		store_klok_houden(&b, klok, now->gemeente, now->id);
	batch_add(&b, Q_TAKEN_OVERDRAGEN, NULL, NULL);
	tell_regisseur(&b, now->id, now->regisseur_id);
	TRY(batch_run(&b));
	return one_inburgeraar(&b, change, out);
}

enum status store_regisseur_ontheffen(struct req *req)
{
	struct batch b;
	int event;

	batch_init(&b, req);
	batch_add(&b, Q_DOSSIER_NOG_ZO, NULL, NULL);
	event = batch_add(&b, Q_REGISSEUR_ONTHEVEN_MELDEN, NULL, NULL);
	batch_bind(&b, event, "trace", req->trace_id);
	batch_add(&b, Q_REGISSEUR_ONTHEFFEN, NULL, NULL);
	batch_add(&b, Q_TAKEN_OVERDRAGEN, NULL, NULL);
	return batch_run(&b);
}

enum status store_regisseur(struct req *req, const char *id, const char *gemeente)
{
	struct batch b;
	int op;

	if (!id)
		return OK;
	batch_init(&b, req);
	op = batch_add(&b, Q_REGISSEUR_VAN_GEMEENTE, NULL, NULL);
	batch_bind(&b, op, "regisseur_id", id);
	batch_bind(&b, op, "van_gemeente", gemeente);
	TRY(batch_run(&b));
	if (batch_rows(&b, op) == 0)
		return fail_param(req, "regisseurId", "niet-van-gemeente",
			"Deze medewerker werkt niet voor de gemeente van de persoon");
	return OK;
}

enum status store_zoek(struct req *req, const struct zoekvraag *z, struct list *rows)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b,
		z->bsn        ? Q_ZOEK_BSN
		: z->v_nummer ? Q_ZOEK_V_NUMMER
			      : Q_ZOEK_NAAM,
		NULL, NULL);
	if (z->bsn)
		batch_bind(&b, op, "bsn_hash", bsn_hash(req->arena, z->bsn));
	else if (z->v_nummer)
		batch_bind(&b, op, "v_nummer", z->v_nummer);
	else
		batch_bind(&b, op, "naam", z->naam);
	TRY(batch_run(&b));
	take_rows(&b, op, &inburgeraar_resource, rows);
	return OK;
}

enum status store_lijst(struct req *req, int query, const struct resource *r, struct list *rows)
{
	const struct resource *filter = req->route->query;
	struct batch b;
	int exists = -1, op;

	batch_init(&b, req);
	if (req->param[0])
		exists = batch_add(&b, Q_PERSOON_BESTAAT, NULL, NULL);
	op = batch_add(&b, query, filter ? filter->fields : NULL, filter ? req->query : NULL);
	TRY(batch_run(&b));
	if (exists >= 0 && batch_rows(&b, exists) == 0)
		return fail(req, ERR_NOT_FOUND, "Inburgeraar niet gevonden");
	take_rows(&b, op, r, rows);
	return OK;
}

/* ---- clock ---- */

enum status store_klok(struct req *req, struct inburgeraar *who, struct list *redenen)
{
	struct batch b;
	int person, reasons;

	batch_init(&b, req);
	person = batch_add(&b, Q_INBURGERAAR_LEZEN, NULL, NULL);
	reasons = batch_add(&b, Q_KLOK_REDENEN, NULL, NULL);
	TRY(batch_run(&b));
	TRY(one_inburgeraar(&b, person, who));
	take_rows(&b, reasons, &klok_reden_resource, redenen);
	return OK;
}

enum status store_klok_van_persoon(struct req *req, const struct event *ev, struct date vestiging,
	struct inburgeraar *who, struct list *redenen)
{
	struct batch b;
	int person, reasons;
	const char *day;

	batch_init(&b, req);
	person = batch_add(&b, Q_DOSSIER_VAN_PERSOON, NULL, NULL);
	batch_bind(&b, person, "persoon", ev->onderwerp);
	batch_bind_date(&b, person, "vestiging", vestiging);
	batch_bind(&b, person, "geregistreerd", event_text(ev, "geregistreerd"));
	reasons = batch_add(&b, Q_KLOK_REDENEN_VAN_PERSOON, NULL, NULL);
	batch_bind(&b, reasons, "persoon", ev->onderwerp);
	TRY(batch_run(&b));
	fields_clear(inburgeraar_fields, who);
	who->datum_vestiging = vestiging;
	if (batch_rows(&b, person) > 0) {
		batch_get(&b, person, 0, inburgeraar_fields, who);
		day = batch_text(&b, person, 0, "vestiging");
		if (day)
			date_parse(day, &who->datum_vestiging);
	}
	take_rows(&b, reasons, &klok_reden_resource, redenen);
	return OK;
}

enum status store_klok_reden(struct req *req, const struct klok_reden *in,
	const struct inburgeraar *who, const struct pip_termijn_io *klok, struct klok_reden *out)
{
	const char *id = req_uuid(req);
	struct batch b;
	int op, change, check;

	batch_init(&b, req);
	batch_creates(&b, id);
	check = batch_add(&b, Q_KLOK_NOG_ZO, NULL, NULL);
	batch_bind_int(&b, check, "gezien", who->versie);
	op = batch_add(&b, Q_KLOK_REDEN_TOEVOEGEN, klok_reden_fields, in);
	batch_bind(&b, op, "nieuw_id", id);
	batch_bind(&b, op, "id", req->param[0]);
	change = batch_add(&b, Q_PIP_UITERLIJK_ZETTEN, NULL, NULL);
	batch_bind_date(&b, change, "pip_uiterlijk", klok->out.uiterlijk);
	store_klok_houden(&b, klok, who->gemeente, who->id);
	TRY(batch_run(&b));
	return batch_one(&b, op, &klok_reden_resource, out);
}

/* ---- oproepen ---- */

static void take_step(const struct batch *b, int op, int row, struct ladder *l)
{
	struct oproep o;
	struct intake_oproep *to = &l->oproepen[l->count];

	fields_clear(oproep_fields, &o);
	batch_get(b, op, row, oproep_fields, &o);
	l->ids[l->count++] = o.id;
	*to = (struct intake_oproep){ date_is_set(o.verzonden_op) ? o.verzonden_op : o.datum,
		o.termijn, o.uitkomst ? o.uitkomst + 1 : UITKOMST_OPEN, o.verwijtbaar };
	l->open = o.status != OPROEP_AFGEROND;
	if (o.waarschuwing == JA && date_is_set(o.verzonden_op))
		l->waarschuwing_op = o.verzonden_op;
}

/* The first fine is art. 22 lid 1, what follows lid 3. */
static void take_fine(const struct batch *b, int op, int row, struct ladder *l)
{
	struct date day = DATE_NONE, term = DATE_NONE;

	date_parse(batch_text(b, op, row, "bekendmaking"), &day);
	if (!date_parse(batch_text(b, op, row, "nieuwe_termijn"), &term))
		term = DATE_NONE;
	l->boetes[l->boete_count] =
		(struct intake_boete){ l->boete_count ? ARTIKEL_22_3 : ARTIKEL_22_1, day };
	l->boete_count++;
	l->laatste_boete = day;
	if (date_is_set(term))
		l->nieuwe_termijn = term;
}

enum status store_ladder(struct req *req, bool of_person, struct ladder *out)
{
	struct batch b;
	int person, steps, fines;

	*out = (struct ladder){ .waarschuwing_op = DATE_NONE,
		.nieuwe_termijn = DATE_NONE,
		.laatste_boete = DATE_NONE };
	batch_init(&b, req);
	person = batch_add(&b, Q_LADDER_PERSOON, NULL, NULL);
	steps = batch_add(&b, Q_LADDER, NULL, NULL);
	fines = batch_add(&b, Q_LADDER_BOETES, NULL, NULL);
	TRY(batch_run(&b));
	if (of_person && batch_rows(&b, person) == 0)
		return fail(req, ERR_NOT_FOUND, "Inburgeraar niet gevonden");
	out->inburgeraar_id = batch_text(&b, person, 0, "inburgeraar_id");
	out->gemeente = batch_text(&b, person, 0, "gemeente");
	for (int i = 0; i < batch_rows(&b, steps) && i < LADDER_MAX; i++)
		take_step(&b, steps, i, out);
	for (int i = 0; i < batch_rows(&b, fines) && i < LADDER_MAX; i++)
		take_fine(&b, fines, i, out);
	return OK;
}

enum status store_oproep(struct req *req, struct oproep *out)
{
	return db_one(req, Q_OPROEP_LEZEN, NULL, NULL, &oproep_resource, out);
}

static void keep_step(struct batch *b, const struct ladder *l, const struct intake_stap_io *stap,
	const char *onderwerp)
{
	rule_keep(b, &rule_intake_stap, stap,
		(struct decision){ .gemeente = l->gemeente,
			.inburgeraar = l->inburgeraar_id,
			.onderwerp = onderwerp });
}

enum status store_oproep_toevoegen(struct req *req, const struct oproep *in, const struct ladder *l,
	const struct intake_stap_io *stap, struct oproep *out)
{
	const char *id = req_uuid(req);
	struct batch b;
	int op;

	batch_init(&b, req);
	batch_creates(&b, id);
	op = batch_add(&b, Q_OPROEP_TOEVOEGEN, oproep_fields, in);
	batch_bind(&b, op, "nieuw_id", id);
	batch_bind(&b, op, "id", req->param[0]);
	keep_step(&b, l, stap, id);
	TRY(batch_run(&b));
	return batch_one(&b, op, &oproep_resource, out);
}

enum status store_oproep_wijzigen(struct req *req, const struct oproep *in, struct oproep *out)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	batch_add(&b, Q_OPROEP_NOG_ZO, NULL, NULL);
	op = batch_add(&b, Q_OPROEP_WIJZIGEN, oproep_fields, in);
	batch_bind(&b, op, "id", req->param[0]);
	TRY(batch_run(&b));
	return batch_one(&b, op, &oproep_resource, out);
}

enum status store_oproep_verzonden(struct req *req, const struct verzending *in, struct oproep *out)
{
	struct batch b;
	int change, event;

	batch_init(&b, req);
	batch_add(&b, Q_OPROEP_NOG_ZO, NULL, NULL);
	change = batch_add(&b, Q_OPROEP_VERZONDEN, verzending_fields, in);
	event = batch_add(&b, Q_OPROEP_VERZONDEN_MELDEN, NULL, NULL);
	batch_bind(&b, event, "trace", req->trace_id);
	TRY(batch_run(&b));
	return batch_one(&b, change, &oproep_resource, out);
}

enum status store_oproep_uitkomst(struct req *req, const struct uitkomst *in,
	const struct ladder *l, const struct intake_stap_io *stap, struct oproep *out)
{
	struct batch b;
	int change, event;

	batch_init(&b, req);
	batch_add(&b, Q_OPROEP_NOG_ZO, NULL, NULL);
	change = batch_add(&b, Q_OPROEP_UITKOMST, uitkomst_fields, in);
	event = batch_add(&b, Q_OPROEP_UITKOMST_MELDEN, NULL, NULL);
	batch_bind(&b, event, "trace", req->trace_id);
	batch_bind(&b, event, "volgende", enum_text(intake_volgende_values, stap->out.volgende));
	keep_step(&b, l, stap, req->param[0]);
	TRY(batch_run(&b));
	return batch_one(&b, change, &oproep_resource, out);
}

/* ---- brede intake, LBT ---- */

enum status store_onderwerp_versie(struct req *req, int64_t *versie)
{
	struct batch b;
	int exists, op;

	batch_init(&b, req);
	exists = batch_add(&b, Q_PERSOON_BESTAAT, NULL, NULL);
	op = batch_add(&b, Q_ONDERWERP_VERSIE, NULL, NULL);
	batch_bind(&b, op, "welk", req->param[1]);
	TRY(batch_run(&b));
	if (batch_rows(&b, exists) == 0)
		return fail(req, ERR_NOT_FOUND, "Inburgeraar niet gevonden");
	*versie = batch_int(&b, op, 0, "versie");
	return OK;
}

enum status store_onderwerp(
	struct req *req, const struct onderwerp *in, int64_t gezien, struct onderwerp *out)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	batch_add(&b, Q_INTAKE_NOG_OPEN, NULL, NULL);
	op = batch_add(&b, Q_ONDERWERP_BEWAREN, onderwerp_fields, in);
	batch_bind(&b, op, "nieuw_id", req_uuid(req));
	batch_bind(&b, op, "welk", req->param[1]);
	batch_bind(&b, op, "gezien",
		gezien == NUMBER_NONE ? NULL : arena_printf(req->arena, "%lld", (long long)gezien));
	TRY(batch_run(&b));
	if (batch_rows(&b, op) == 0)
		return fail(
			req, ERR_CHANGED, "Haal het gegeven opnieuw op en probeer het nog eens");
	return batch_one(&b, op, &onderwerp_resource, out);
}

enum status store_afronden(struct req *req, const struct afronding *in, const struct ladder *l,
	const struct intake_stap_io *stap, struct inburgeraar *out)
{
	struct batch b;
	int op, event;

	batch_init(&b, req);
	batch_add(&b, Q_INTAKE_NOG_OPEN, NULL, NULL);
	op = batch_add(&b, Q_INTAKE_AFRONDEN, afronding_fields, in);
	event = batch_add(&b, Q_INTAKE_MELDEN, NULL, NULL);
	batch_bind(&b, event, "trace", req->trace_id);
	if (stap)
		keep_step(&b, l, stap, l->inburgeraar_id);
	TRY(batch_run(&b));
	return one_inburgeraar(&b, op, out);
}

enum status store_lbt(struct req *req, const struct lbt *in, struct lbt *out)
{
	const char *id = req_uuid(req);
	struct batch b;
	int op;

	batch_init(&b, req);
	batch_creates(&b, id);
	op = batch_add(&b, Q_LBT_TOEVOEGEN, lbt_fields, in);
	batch_bind(&b, op, "nieuw_id", id);
	batch_bind(&b, op, "id", req->param[0]);
	TRY(batch_run(&b));
	return batch_one(&b, op, &lbt_resource, out);
}

/* ---- tasks ---- */

enum status store_taak(struct req *req, struct taak *out)
{
	return db_one(req, Q_TAAK_LEZEN, NULL, NULL, &taak_resource, out);
}

enum status store_taak_afronden(struct req *req, struct taak *out)
{
	struct batch b;
	int change, exists;

	batch_init(&b, req);
	change = batch_add(&b, Q_TAAK_AFRONDEN, NULL, NULL);
	exists = batch_add(&b, Q_TAAK_LEZEN, NULL, NULL);
	TRY(batch_run(&b));
	TRY(batch_one(&b, exists, &taak_resource, out));
	if (batch_rows(&b, change) == 0)
		return fail(req, ERR_CHANGED, "Haal de taak opnieuw op en probeer het nog eens");
	return OK;
}
