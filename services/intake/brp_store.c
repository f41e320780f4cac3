/* SPDX-License-Identifier: EUPL-1.2 */
#include "brp_store.h"

#include <string.h>

#include "app/crypto.h"
#include "app/service.h"
#include "brp.h"
#include "intake_queries.h"
#include "store.h"
#include "law/planning.h"

const char *const persoon_bronnen[] = { "gemeente", "brp", NULL };
const char *const opschortingen[] = { "overlijden", "emigratie", "ministerieel-besluit",
	"niet-ingezetene", "fout", "anders", NULL };
const char *const brp_doel_values[] = { "dossier-aanleggen", "dossier-bijhouden",
	"adres-voor-brief", "verblijf", "gezin", "overlijden", NULL };
static const char *const delen[] = { "persoon", "adres", "verblijf", "gezin", "overlijden", NULL };
static const char *const adres_soorten[] = { "adres", "buitenland", "onbekend", "locatie", NULL };
static const char *const relatie_soorten[] = { "partner", "kind", "ouder", NULL };
static const char *const aanleidingen[] = { "dossier", "medewerker", "bijhouden", "opschorting",
	NULL };
static const char *const raadpleging_statussen[] = { "wacht", "klaar", "onbekend", "geweigerd",
	NULL };
static const char *const gegeven_values[] = { "naam", "geboortedatum", "adres", "inschrijving",
	"verblijfstitel", "gezin", "overlijden", "geheimhouding", "anders", NULL };
static const char *const terugmelding_statussen[] = { "open", "gemeld", "afgehandeld", NULL };

/* ---- what people see; of a part also what is stored ---- */

static const struct field dag_fields[] = {
	FIELD(struct dag, waarde, F_PARTIAL_DATE, OPTIONAL,
		"De datum, zo volledig als de BRP die kent"),
	FIELD(struct dag, in_woorden, F_TEXT, OPTIONAL, "De datum in woorden"),
	FIELD_END,
};

#define BRON(st)                                                                                   \
	FIELD_ENUM(st, bron, persoon_bronnen, OPTIONAL, "Waar dit vandaan komt"),                  \
		FIELD(st, peildatum, F_DATE, OPTIONAL, "Wanneer de BRP dit antwoordde")
#define IN_ONDERZOEK(st)                                                                           \
	FIELD(st, in_onderzoek, F_BOOL, OPTIONAL, "Wordt nu onderzocht: kan onjuist zijn")

static const struct field persoon_fields[] = {
	BRON(struct gegevens_persoon),
	FIELD(struct gegevens_persoon, voornamen, F_TEXT, OPTIONAL, "Voornamen"),
	FIELD(struct gegevens_persoon, voorvoegsel, F_TEXT, OPTIONAL, "Voorvoegsel"),
	FIELD(struct gegevens_persoon, geslachtsnaam, F_TEXT, OPTIONAL, "Geslachtsnaam"),
	FIELD_OBJECT(struct gegevens_persoon, geboorte, dag_fields, OPTIONAL, "Geboren"),
	FIELD(struct gegevens_persoon, gemeentecode, F_TEXT, OPTIONAL,
		"Gemeente waar de persoon staat ingeschreven"),
	FIELD(struct gegevens_persoon, gemeentenaam, F_TEXT, OPTIONAL, "Naam van die gemeente"),
	FIELD_OBJECT(
		struct gegevens_persoon, ingeschreven, dag_fields, OPTIONAL, "Ingeschreven sinds"),
	IN_ONDERZOEK(struct gegevens_persoon),
	FIELD_END,
};

static const struct field adres_fields[] = {
	BRON(struct gegevens_adres),
	FIELD_ENUM(struct gegevens_adres, soort, adres_soorten, OPTIONAL,
		"Adres, buitenland, onbekend of een plek zonder adres"),
	FIELD(struct gegevens_adres, afgeschermd, F_BOOL, OPTIONAL,
		"Het adres is er, maar wordt u niet getoond"),
	FIELD(struct gegevens_adres, regel1, F_TEXT, OPTIONAL, "Straat en huisnummer"),
	FIELD(struct gegevens_adres, regel2, F_TEXT, OPTIONAL, "Postcode en woonplaats"),
	FIELD(struct gegevens_adres, regel3, F_TEXT, OPTIONAL, "Gebied in het buitenland"),
	FIELD(struct gegevens_adres, land, F_TEXT, OPTIONAL, "Land"),
	FIELD_RANGE(
		struct gegevens_adres, aanhef, F_TEXT, OPTIONAL, 1, 650, "Aanhef van een brief"),
	FIELD_RANGE(struct gegevens_adres, naam_op_brief, F_TEXT, OPTIONAL, 1, 650,
		"Naam boven het adres"),
	FIELD_OBJECT(struct gegevens_adres, sinds, dag_fields, OPTIONAL, "Woont er sinds"),
	FIELD(struct gegevens_adres, woont_er_niet, F_BOOL, OPTIONAL,
		"Vastgesteld is dat de persoon er niet meer woont"),
	IN_ONDERZOEK(struct gegevens_adres),
	FIELD_END,
};

static const struct field verblijf_fields[] = {
	BRON(struct gegevens_verblijf),
	FIELD(struct gegevens_verblijf, verblijfstitel, F_TEXT, OPTIONAL, "Verblijfstitel"),
	FIELD_OBJECT(struct gegevens_verblijf, ingang, dag_fields, OPTIONAL, "Vanaf"),
	FIELD_OBJECT(struct gegevens_verblijf, einde, dag_fields, OPTIONAL, "Tot"),
	IN_ONDERZOEK(struct gegevens_verblijf),
	FIELD_END,
};

static const struct field overlijden_fields[] = {
	BRON(struct gegevens_overlijden),
	FIELD_OBJECT(struct gegevens_overlijden, overleden, dag_fields, OPTIONAL, "Overleden op"),
	FIELD_END,
};

static const struct field gezin_fields[] = {
	BRON(struct gegevens_gezin),
	FIELD_END,
};

const struct field relatie_naam_fields[] = {
	FIELD(struct relatie, voornamen, F_TEXT, OPTIONAL, "Voornamen"),
	FIELD(struct relatie, voorvoegsel, F_TEXT, OPTIONAL, "Voorvoegsel"),
	FIELD(struct relatie, geslachtsnaam, F_TEXT, OPTIONAL, "Geslachtsnaam"),
	FIELD_END,
};

static const struct field relatie_fields[] = {
	FIELD(struct relatie, id, F_UUID, READONLY, "Aanduiding"),
	FIELD_ENUM(struct relatie, soort, relatie_soorten, READONLY, "Partner, kind of ouder"),
	FIELD(struct relatie, voornamen, F_TEXT, READONLY, "Voornamen"),
	FIELD(struct relatie, voorvoegsel, F_TEXT, READONLY, "Voorvoegsel"),
	FIELD(struct relatie, geslachtsnaam, F_TEXT, READONLY, "Geslachtsnaam"),
	FIELD(struct relatie, bsn_masker, F_TEXT, READONLY, "Laatste vier cijfers van het BSN"),
	FIELD_OBJECT(struct relatie, geboorte, dag_fields, OPTIONAL, "Geboren"),
	FIELD(struct relatie, verbintenis, F_TEXT, READONLY, "Huwelijk of partnerschap"),
	FIELD_OBJECT(struct relatie, sinds, dag_fields, OPTIONAL, "Begin van de verbintenis"),
	FIELD_OBJECT(struct relatie, tot, dag_fields, OPTIONAL, "Einde van de verbintenis"),
	FIELD_END,
};

static const struct field persoonsgegevens_fields[] = {
	FIELD(struct persoonsgegevens, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD(struct persoonsgegevens, geheimhouding, F_BOOL, READONLY,
		"De persoon wil niet dat de BRP gegevens aan derden geeft"),
	FIELD_RANGE(struct persoonsgegevens, waarschuwing, F_TEXT, READONLY, 1, 500,
		"Wat u met deze gegevens niet mag doen"),
	FIELD_ENUM(struct persoonsgegevens, opschorting, opschortingen, READONLY,
		"Waarom de BRP de gegevens niet meer bijhoudt"),
	FIELD_OBJECT(struct persoonsgegevens, persoon, persoon_fields, OPTIONAL,
		"Naam, geboorte, inschrijving"),
	FIELD_OBJECT(struct persoonsgegevens, adres, adres_fields, OPTIONAL, "Adres"),
	FIELD_OBJECT(
		struct persoonsgegevens, verblijf, verblijf_fields, OPTIONAL, "Verblijfstitel"),
	FIELD_OBJECT(
		struct persoonsgegevens, overlijden, overlijden_fields, OPTIONAL, "Overlijden"),
	FIELD_OBJECT(struct persoonsgegevens, gezin, gezin_fields, OPTIONAL,
		"Waar de relaties vandaan komen"),
	FIELD_LIST(struct persoonsgegevens, relaties, struct relatie, relatie_fields, READONLY,
		"Partners, kinderen en ouders"),
	FIELD_END,
};
const struct resource persoonsgegevens_resource = { "Persoonsgegevens",
	sizeof(struct persoonsgegevens), persoonsgegevens_fields,
	"Wat de BRP van de persoon zegt, met bron en peildatum" };

static const struct field veld_item[] = { FIELD_PLAIN(F_TEXT, NULL), FIELD_END };

static const struct field raadpleging_fields[] = {
	FIELD(struct raadpleging, id, F_UUID, READONLY, "Aanduiding"),
	FIELD(struct raadpleging, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD_ENUM(struct raadpleging, doel, brp_doel_values, REQUIRED, "Waarvoor het nodig is"),
	FIELD_ENUM(struct raadpleging, aanleiding, aanleidingen, READONLY, "Wat de vraag opriep"),
	FIELD_RANGE(struct raadpleging, grondslag, F_TEXT, READONLY, 1, 500, "Waarom het mag"),
	FIELD_LIST(struct raadpleging, velden, const char *, veld_item, READONLY,
		"Welke gegevens zijn gevraagd"),
	FIELD_ENUM(struct raadpleging, status, raadpleging_statussen, READONLY,
		"wacht, klaar, onbekend bij de BRP, of geweigerd"),
	FIELD(struct raadpleging, pogingen, F_INT, READONLY, "Hoe vaak is gevraagd"),
	FIELD(struct raadpleging, fout, F_TEXT, READONLY, "Waarom er nog geen antwoord is"),
	FIELD(struct raadpleging, tijdstip, F_TIJDSTIP, READONLY, "Wanneer de vraag opkwam"),
	FIELD(struct raadpleging, versie, F_INT, READONLY, "Versie"),
	FIELD_END,
};
const struct resource raadpleging_resource = { "BrpRaadpleging", sizeof(struct raadpleging),
	raadpleging_fields, "Een vraag aan de BRP, met doel en grondslag" };

static const struct field terugmelding_fields[] = {
	FIELD(struct terugmelding, id, F_UUID, READONLY, "Aanduiding"),
	FIELD(struct terugmelding, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD_ENUM(struct terugmelding, gegeven, gegeven_values, REQUIRED,
		"Het gegeven van de BRP waar u aan twijfelt"),
	FIELD_RANGE(struct terugmelding, twijfel, F_TEXT, REQUIRED, 1, 1000,
		"Wat er volgens u niet klopt"),
	FIELD_RANGE(struct terugmelding, reden, F_TEXT, REQUIRED, 1, 1000, "Waarom u dat denkt"),
	FIELD_ENUM(struct terugmelding, status, terugmelding_statussen, READONLY,
		"open, gemeld bij de BRP of afgehandeld"),
	FIELD(struct terugmelding, gemeld_op, F_DATE, READONLY, "Gemeld bij de BRP op"),
	FIELD_RANGE(struct terugmelding, uitkomst, F_TEXT, READONLY, 1, 1000, "Wat de BRP deed"),
	FIELD(struct terugmelding, tijdstip, F_TIJDSTIP, READONLY, "Wanneer"),
	FIELD(struct terugmelding, versie, F_INT, READONLY, "Versie"),
	FIELD_END,
};
const struct resource terugmelding_resource = { "Terugmelding", sizeof(struct terugmelding),
	terugmelding_fields, "Twijfel over een gegeven van de BRP" };

static const struct field terugmelding_stap_fields[] = {
	FIELD_ENUM(struct terugmelding_stap, status, terugmelding_statussen, REQUIRED,
		"gemeld of afgehandeld"),
	FIELD(struct terugmelding_stap, gemeld_op, F_DATE, OPTIONAL,
		"Gemeld bij de BRP op; zonder: vandaag"),
	FIELD_RANGE(
		struct terugmelding_stap, uitkomst, F_TEXT, OPTIONAL, 1, 1000, "Wat de BRP deed"),
	FIELD_END,
};
const struct resource terugmelding_stap_resource = { "TerugmeldingStap",
	sizeof(struct terugmelding_stap), terugmelding_stap_fields,
	"Hoe het verder ging met een terugmelding" };

/* ---- the queue ---- */

static int want(struct batch *b, int query, enum brp_doel_nr doel, const char *aanleiding,
	const char *gebruiker)
{
	int op = batch_add(b, query, NULL, NULL);

	batch_bind(b, op, "nieuw_id", req_uuid(b->req));
	batch_bind(b, op, "doel", enum_text(brp_doel_values, doel));
	batch_bind(b, op, "aanleiding", aanleiding);
	batch_bind(b, op, "gebruiker", gebruiker);
	return op;
}

void brp_vraag_add(struct batch *b, const char *dossier, enum brp_doel_nr doel,
	const char *aanleiding, const char *gebruiker)
{
	batch_bind(b, want(b, Q_BRP_VRAAG, doel, aanleiding, gebruiker), "dossier", dossier);
}

void brp_vraag_van_persoon_add(struct batch *b, const char *persoon)
{
	int op = want(b, Q_BRP_VRAAG_VAN_PERSOON, DOEL_DOSSIER_AANLEGGEN, "dossier",
		b->req->session.gebruiker);

	batch_bind(b, op, "persoon", persoon);
}

enum status store_brp_beurt(struct req *req, struct brp_beurt *out)
{
	struct batch b;
	int op;

	*out = (struct brp_beurt){ 0 };
	batch_init(&b, req);
	op = batch_add(&b, Q_BRP_BEURT, NULL, NULL);
	TRY(batch_run(&b));
	out->gemeente = batch_text(&b, op, 0, "gemeente");
	out->doel = batch_text(&b, op, 0, "doel");
	out->gebruiker = batch_text(&b, op, 0, "gebruiker");
	out->begin = batch_text(&b, op, 0, "begin");
	for (int i = 0; i < batch_rows(&b, op) && i < BRP_PERSONEN_MAX; i++)
		out->rijen[out->count++] = (struct brp_vraag_rij){
			.id = batch_text(&b, op, i, "id"),
			.inburgeraar = batch_text(&b, op, i, "inburgeraar_id"),
			.bsn = text_open(req->arena, batch_text(&b, op, i, "bsn_enc")),
			.bsn_hash = batch_text(&b, op, i, "bsn_hash"),
		};
	return OK;
}

/* A line of the log of the processing: who, for what, which fields; `status` as the standard has
 * it.
 */
static void log_processing(
	struct batch *b, const struct brp_beurt *turn, int row, const char *status)
{
	const struct brp_doel *doel = brp_doel_find(turn->doel);
	int op = batch_add(b, Q_VERWERKING, NULL, NULL);

	batch_bind(b, op, "gemeente", turn->gemeente);
	batch_bind(b, op, "dossier", turn->rijen[row].inburgeraar);
	batch_bind(b, op, "raadpleging", turn->rijen[row].id);
	batch_bind(b, op, "trace", b->req->trace_id);
	batch_bind(b, op, "span", b->req->span_id);
	batch_bind(b, op, "status", status);
	batch_bind(b, op, "naam", doel->omschrijving);
	batch_bind(b, op, "begin", turn->begin);
	batch_bind(b, op, "activiteit", doel->activiteit);
	batch_bind(b, op, "betrokkene", turn->rijen[row].bsn_hash);
	batch_bind(b, op, "gebruiker", turn->gebruiker);
	batch_bind(b, op, "doel", turn->doel);
	batch_bind(b, op, "grondslag", doel->grondslag);
	batch_bind(b, op, "velden", brp_velden_sql(b->req->arena, doel));
	batch_bind(b, op, "familie",
		doel->deel == DEEL_GEZIN && strcmp(status, "Ok") == 0 ? "true" : "false");
}

enum status store_brp_later(
	struct req *req, const struct brp_beurt *turn, int row, bool storing, const char *why)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_BRP_LATER, NULL, NULL);
	batch_bind(&b, op, "raadpleging", turn->rijen[row].id);
	batch_bind(&b, op, "storing", storing ? "true" : "false");
	batch_bind(&b, op, "fout", why);
	batch_bind_int(&b, op, "hoogstens", req->app->config.brp_retry_max);
	log_processing(&b, turn, row, "Error");
	return batch_run(&b);
}

enum status store_brp_hervat(struct req *req, const char *gemeente)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_BRP_HERVAT, NULL, NULL);
	batch_bind(&b, op, "van_gemeente", gemeente);
	return batch_run(&b);
}

/* ---- signals: what the answer asks of people ---- */

enum signaal {
	SIGNAAL_OVERLEDEN,
	SIGNAAL_VERTROKKEN,
	SIGNAAL_ELDERS,
	SIGNAAL_ONBEKEND,
	SIGNAAL_GEWEIGERD,
	SIGNAAL_COUNT
};

static const struct {
	const char *soort;
	int days; /* how the gemeente arranges its work */
	const char *omschrijving;
} signalen[SIGNAAL_COUNT] = {
	[SIGNAAL_OVERLEDEN] = { "brp-overleden", 7,
		"De BRP meldt dat de persoon is overleden; sluit het dossier af" },
	[SIGNAAL_VERTROKKEN] = { "brp-vertrokken", 14,
		"De BRP meldt dat de persoon naar het buitenland is vertrokken; ga na of de plicht "
		"doorloopt" },
	[SIGNAAL_ELDERS] = { "brp-andere-gemeente", 14,
		"De persoon staat in een andere gemeente ingeschreven; ga na wie het dossier "
		"heeft" },
	[SIGNAAL_ONBEKEND] = { "brp-onbekend", 7,
		"De BRP kent dit burgerservicenummer niet; controleer het dossier" },
	[SIGNAAL_GEWEIGERD] = { "brp-geweigerd", 7,
		"De BRP weigert de vraag; vraag de beheerder naar de autorisatie" },
};

static void raise_signal(struct batch *b, const char *dossier, enum signaal which)
{
	store_taak_openen(
		b, &(struct nieuwe_taak){
			   .dossier = dossier,
			   .soort = signalen[which].soort,
			   .rol = "regisseur",
			   .omschrijving = signalen[which].omschrijving,
			   .uiterlijk = planning_dagen(b->req->today, signalen[which].days),
			   .zonder_klok = DATE_NONE,
		   });
}

static void drop_signal(struct batch *b, const char *dossier, enum signaal which)
{
	int op = batch_add(b, Q_TAAK_SLUITEN, NULL, NULL);

	batch_bind(b, op, "dossier", dossier);
	batch_bind(b, op, "soort", signalen[which].soort);
	batch_bind(b, op, "onderwerp", NULL);
}

static void signal_is(struct batch *b, const char *dossier, enum signaal which, bool holds)
{
	(holds ? raise_signal : drop_signal)(b, dossier, which);
}

static void add_signals(
	struct batch *b, const struct brp_beurt *turn, int row, const struct brp_stand *s)
{
	const char *dossier = turn->rijen[row].inburgeraar;
	bool dead = s->opschorting == OPSCHORTING_OVERLIJDEN;

	signal_is(b, dossier, SIGNAAL_ONBEKEND, false);
	signal_is(b, dossier, SIGNAAL_GEWEIGERD, false);
	signal_is(b, dossier, SIGNAAL_OVERLEDEN, dead);
	signal_is(b, dossier, SIGNAAL_VERTROKKEN, s->opschorting == OPSCHORTING_EMIGRATIE);
	if (s->gemeentecode && !s->opschorting)
		signal_is(b, dossier, SIGNAAL_ELDERS, strcmp(s->gemeentecode, turn->gemeente) != 0);
	if (dead && strcmp(turn->doel, enum_text(brp_doel_values, DOEL_OVERLIJDEN)) != 0)
		brp_vraag_add(b, dossier, DOEL_OVERLIJDEN, "opschorting", turn->gebruiker);
}

/* ---- the answer ---- */

static const struct field relatie_rij_fields[] = {
	FIELD(struct relatie_rij, soort, F_TEXT, REQUIRED, "Soort"),
	FIELD(struct relatie_rij, bsn_enc, F_TEXT, OPTIONAL, "BSN, versleuteld"),
	FIELD(struct relatie_rij, bsn_hash, F_TEXT, OPTIONAL, "Om het BSN te vinden"),
	FIELD(struct relatie_rij, naam_enc, F_TEXT, OPTIONAL, "Naam, versleuteld"),
	FIELD(struct relatie_rij, verbintenis, F_TEXT, OPTIONAL, "Verbintenis"),
	FIELD(struct relatie_rij, geboortedatum, F_PARTIAL_DATE, OPTIONAL, "Geboren"),
	FIELD(struct relatie_rij, sinds, F_PARTIAL_DATE, OPTIONAL, "Begin"),
	FIELD(struct relatie_rij, tot, F_PARTIAL_DATE, OPTIONAL, "Einde"),
	FIELD_END,
};

static const struct field stand_fields[] = {
	FIELD_LIST(struct brp_stand, relaties, struct relatie_rij, relatie_rij_fields, REQUIRED,
		"Relaties"),
	FIELD_END,
};

static void keep_part(
	struct batch *b, const struct brp_beurt *turn, int row, const struct brp_stand *s)
{
	enum brp_deel deel = brp_doel_find(turn->doel)->deel;
	int op = batch_add(b, Q_BRP_DEEL, NULL, NULL);

	batch_bind(b, op, "nieuw_id", req_uuid(b->req));
	batch_bind(b, op, "dossier", turn->rijen[row].inburgeraar);
	batch_bind(b, op, "deel", enum_text(delen, deel));
	batch_bind(b, op, "inhoud_enc", text_seal(b->req->arena, s->inhoud));
	batch_bind(b, op, "doel", turn->doel);
	if (deel != DEEL_GEZIN)
		return;
	op = batch_add(b, Q_BRP_RELATIES_WEG, NULL, NULL);
	batch_bind(b, op, "dossier", turn->rijen[row].inburgeraar);
	op = batch_add(b, Q_BRP_RELATIES, stand_fields, s);
	batch_bind(b, op, "dossier", turn->rijen[row].inburgeraar);
}

static void keep_dossier(
	struct batch *b, const struct brp_beurt *turn, int row, const struct brp_stand *s)
{
	bool person = brp_doel_find(turn->doel)->deel == DEEL_PERSOON;
	int op = batch_add(b, Q_BRP_DOSSIER, NULL, NULL);

	batch_bind(b, op, "dossier", turn->rijen[row].inburgeraar);
	batch_bind(b, op, "geheimhouding", s->geheimhouding ? "true" : "false");
	batch_bind(b, op, "opschorting", enum_text(opschortingen, s->opschorting));
	batch_bind(b, op, "persoon", person ? "true" : "false");
	batch_bind(b, op, "voornamen", s->voornamen);
	batch_bind(b, op, "achternaam", s->achternaam);
	batch_bind_date(b, op, "geboortedatum", s->geboortedatum);
}

enum status store_brp_antwoord(struct req *req, const struct brp_beurt *turn, int row,
	const struct brp_stand *stand, const char *refused)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_BRP_AFGEHANDELD, NULL, NULL);
	batch_bind(&b, op, "raadpleging", turn->rijen[row].id);
	batch_bind(&b, op, "status", stand ? "klaar" : refused ? "geweigerd" : "onbekend");
	batch_bind(&b, op, "fout", refused);
	if (stand) {
		keep_dossier(&b, turn, row, stand);
		keep_part(&b, turn, row, stand);
		add_signals(&b, turn, row, stand);
	} else {
		raise_signal(&b, turn->rijen[row].inburgeraar,
			refused ? SIGNAAL_GEWEIGERD : SIGNAAL_ONBEKEND);
	}
	log_processing(&b, turn, row, stand ? "Ok" : refused ? "Error" : "Unset");
	return batch_run(&b);
}

enum status store_brp_bijhouden(struct req *req, struct date voor)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_BRP_BIJHOUDEN, NULL, NULL);
	batch_bind(&b, op, "doel", enum_text(brp_doel_values, DOEL_DOSSIER_BIJHOUDEN));
	batch_bind(&b, op, "gebruiker", req->session.gebruiker);
	batch_bind_date(&b, op, "voor", voor);
	return batch_run(&b);
}

/* ---- for people ---- */

/* The parts that there are; one that our key does not open is as one that is not there. */
static void take_parts(const struct batch *b, int op, struct persoonsgegevens *out)
{
	for (int i = 0; i < batch_rows(b, op); i++) {
		const struct field *part =
			field_find(persoonsgegevens_fields, batch_text(b, op, i, "deel"));
		const char *text = text_open(b->req->arena, batch_text(b, op, i, "inhoud_enc"));
		json_t *json = text ? arena_json(b->req->arena, json_loads(text, 0, NULL)) : NULL;
		void *to = (char *)out + part->offset;
		const char *field, *reason;

		if (!json ||
			!fields_read_json(b->req->arena, part->items, json, to, &field, &reason)) {
			fields_clear(part->items, to);
			continue;
		}
		/* bron and peildatum: the first two members of every part */
		*(int *)((char *)to + part->items[0].offset) = BRON_BRP;
		field_from_sql(
			b->req->arena, &part->items[1], to, batch_text(b, op, i, "peildatum"));
	}
}

static struct dag day_of_column(const struct batch *b, int op, int row, const char *column)
{
	struct dag out = { 0 };
	char words[PARTIAL_WORDS];

	if (!partial_date_parse(batch_text(b, op, row, column), &out.waarde))
		return (struct dag){ 0 };
	out.in_woorden = arena_strdup(b->req->arena, partial_date_words(out.waarde, words));
	return out;
}

static void take_relative(const struct batch *b, int op, int row, struct relatie *out)
{
	struct arena *a = b->req->arena;
	const char *sealed = batch_text(b, op, row, "naam_enc");
	const char *name = sealed ? text_open(a, sealed) : NULL;
	const char *bsn_enc = batch_text(b, op, row, "bsn_enc");
	const char *bsn = bsn_enc ? text_open(a, bsn_enc) : NULL, *field, *reason;

	fields_clear(relatie_fields, out);
	if (name)
		fields_read_json(a, relatie_naam_fields, arena_json(a, json_loads(name, 0, NULL)),
			out, &field, &reason);
	batch_get(b, op, row, relatie_fields, out);
	out->bsn_masker = bsn ? arena_printf(a, "*****%s", bsn + 5) : NULL;
	out->geboorte = day_of_column(b, op, row, "geboortedatum");
	out->sinds = day_of_column(b, op, row, "sinds");
	out->tot = day_of_column(b, op, row, "tot");
}

/* Without the BRP: what was typed, and that it was. */
static void take_typed(const struct batch *b, int op, struct gegevens_persoon *out)
{
	char words[PARTIAL_WORDS];

	if (out->bron)
		return;
	out->bron = BRON_GEMEENTE;
	out->voornamen = batch_text(b, op, 0, "voornamen");
	out->geslachtsnaam = batch_text(b, op, 0, "achternaam");
	if (partial_date_parse(batch_text(b, op, 0, "geboortedatum"), &out->geboorte.waarde))
		out->geboorte.in_woorden = arena_strdup(
			b->req->arena, partial_date_words(out->geboorte.waarde, words));
}

enum status store_persoonsgegevens(struct req *req, struct persoonsgegevens *out)
{
	struct batch b;
	struct relatie *people;
	int dossier, parts, relatives;

	batch_init(&b, req);
	dossier = batch_add(&b, Q_INBURGERAAR_LEZEN, NULL, NULL);
	parts = batch_add(&b, Q_BRP_DELEN, NULL, NULL);
	relatives = batch_add(&b, Q_BRP_RELATIES_LEZEN, NULL, NULL);
	TRY(batch_run(&b));
	if (batch_rows(&b, dossier) == 0)
		return fail(req, ERR_NOT_FOUND, "Inburgeraar niet gevonden");
	fields_clear(persoonsgegevens_fields, out);
	out->inburgeraar_id = batch_text(&b, dossier, 0, "id");
	field_from_sql(req->arena, field_find(persoonsgegevens_fields, "geheimhouding"), out,
		batch_text(&b, dossier, 0, "geheimhouding"));
	out->opschorting = enum_index(opschortingen, batch_text(&b, dossier, 0, "brp_opschorting"));
	take_parts(&b, parts, out);
	take_typed(&b, dossier, &out->persoon);
	out->relaties.count = (size_t)batch_rows(&b, relatives);
	out->relaties.items =
		arena_alloc(req->arena, (out->relaties.count + 1) * sizeof(struct relatie));
	people = out->relaties.items;
	for (int i = 0; i < batch_rows(&b, relatives); i++)
		take_relative(&b, relatives, i, &people[i]);
	return OK;
}

/* The basis and the fields stand in the table of purposes. */
static void fill_purpose(struct req *req, struct raadpleging *r)
{
	const struct brp_doel *doel = brp_doel_get((enum brp_doel_nr)r->doel);

	r->grondslag = doel->grondslag;
	r->velden = brp_velden(req->arena, doel);
}

enum status store_raadpleging_toevoegen(
	struct req *req, const struct raadpleging *in, struct raadpleging *out)
{
	const char *id = req_uuid(req);
	struct batch b;
	int exists, op;

	batch_init(&b, req);
	batch_creates(&b, id);
	exists = batch_add(&b, Q_PERSOON_BESTAAT, NULL, NULL);
	op = batch_add(&b, Q_BRP_RAADPLEGING_WACHT_NIET, NULL, NULL);
	batch_bind(&b, op, "doel", enum_text(brp_doel_values, in->doel));
	op = batch_add(&b, Q_BRP_RAADPLEGING_TOEVOEGEN, NULL, NULL);
	batch_bind(&b, op, "nieuw_id", id);
	batch_bind(&b, op, "doel", enum_text(brp_doel_values, in->doel));
	batch_bind(&b, op, "gebruiker", req->session.gebruiker);
	TRY(batch_run(&b));
	if (batch_rows(&b, exists) == 0)
		return fail(req, ERR_NOT_FOUND, "Inburgeraar niet gevonden");
	TRY(batch_one(&b, op, &raadpleging_resource, out));
	fill_purpose(req, out);
	return OK;
}

enum status store_raadpleging(struct req *req, struct raadpleging *out)
{
	TRY(db_one(req, Q_BRP_RAADPLEGING_LEZEN, NULL, NULL, &raadpleging_resource, out));
	fill_purpose(req, out);
	return OK;
}

enum status store_raadplegingen(struct req *req, struct list *rows)
{
	struct raadpleging *all;

	TRY(db_list_of(req, Q_PERSOON_BESTAAT, "Inburgeraar", Q_BRP_RAADPLEGINGEN,
		&raadpleging_resource, rows));
	all = rows->items;
	for (size_t i = 0; i < rows->count; i++)
		fill_purpose(req, &all[i]);
	return OK;
}

enum status store_terugmelding_toevoegen(
	struct req *req, const struct terugmelding *in, struct terugmelding *out)
{
	const char *id = req_uuid(req);
	struct batch b;
	int op;

	batch_init(&b, req);
	batch_creates(&b, id);
	op = batch_add(&b, Q_TERUGMELDING_TOEVOEGEN, terugmelding_fields, in);
	batch_bind(&b, op, "nieuw_id", id);
	store_taak_openen(&b, &(struct nieuwe_taak){
				      .dossier = req->param[0],
				      .soort = "terugmelding",
				      .rol = "regisseur",
				      .onderwerp = id,
				      .omschrijving = arena_printf(req->arena,
					      "Meld de twijfel over een gegeven bij de BRP: %s",
					      enum_text(gegeven_values, in->gegeven)),
				      .uiterlijk = planning_dagen(req->today, 5),
				      .zonder_klok = DATE_NONE,
			      });
	TRY(batch_run(&b));
	return batch_one(&b, op, &terugmelding_resource, out);
}

enum status store_terugmelding(struct req *req, struct terugmelding *out)
{
	return db_one(req, Q_TERUGMELDING_LEZEN, NULL, NULL, &terugmelding_resource, out);
}

enum status store_terugmelding_wijzigen(
	struct req *req, const struct terugmelding_stap *in, struct terugmelding *out)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	batch_add(&b, Q_TERUGMELDING_NOG_ZO, NULL, NULL);
	op = batch_add(&b, Q_TERUGMELDING_WIJZIGEN, terugmelding_stap_fields, in);
	batch_add(&b, Q_TERUGMELDING_TAAK_KLAAR, NULL, NULL);
	TRY(batch_run(&b));
	return batch_one(&b, op, &terugmelding_resource, out);
}
