/* SPDX-License-Identifier: EUPL-1.2 */
#include "store.h"

#include "app/http.h"
#include "law/basis.h"
#include "learning_routes_queries.h"
#include "rules/beleid.h"

static const char *const duo_statussen[] = { "onverstuurd", "wacht", "geaccepteerd", "geweigerd",
	NULL };
static const char *const aanbod_statussen[] = { "vastgelegd", "vervangen", "ingetrokken", NULL };
static const char *const alfabetisering[] = { "A", "AA", "NVT", NULL };
static const char *const lbt_uitslagen[] = { "b1-haalbaar", "b1-niet-haalbaar", "onbekend",
	"ontheffing", NULL };

static const struct field bezwaar_fields[] = {
	FIELD(struct bezwaar_regel, code, F_TEXT, READONLY, "Code van het bezwaar"),
	FIELD(struct bezwaar_regel, grondslag, F_TEXT, READONLY, "Artikel"),
	FIELD_RANGE(struct bezwaar_regel, uitleg, F_TEXT, READONLY, 1, 400, "Uitleg"),
	FIELD_END,
};

static const struct field pip_fields[] = {
	FIELD(struct pip, id, F_UUID, READONLY, "Aanduiding van het PIP"),
	FIELD(struct pip, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD(struct pip, volgnummer, F_INT, READONLY, "Eerste, tweede … PIP van deze persoon"),
	FIELD_ENUM(struct pip, status, pip_status_values, READONLY,
		"concept, vastgesteld, vervangen of ingetrokken"),
	FIELD_ENUM(struct pip, leerroute, leerroute_values, REQUIRED, "De leerroute: B, O of Z"),
	FIELD_ENUM(struct pip, niveau, niveau_values, OPTIONAL, "Niveau van de taalonderdelen"),
	FIELD(struct pip, dagtekening, F_DATE, READONLY, "Datum waarop het PIP is vastgesteld"),
	FIELD_RANGE(struct pip, geschatte_intensiteit_b1_route, F_INT, OPTIONAL, 1, 9999,
		"Geschatte uren van de B1-route; alleen bij asielstatushouders"),
	FIELD_RANGE(struct pip, pvt_uren, F_INT, REQUIRED, 0, 999,
		"Uren participatieverklaringstraject"),
	FIELD_RANGE(struct pip, map_uren, F_INT, REQUIRED, 0, 999,
		"Uren module arbeidsmarkt en participatie; 0 in de onderwijsroute"),
	FIELD_RANGE(struct pip, aantal_voortgangsgesprekken, F_INT, OPTIONAL, 1, 99,
		"Aantal voortgangsgesprekken (Besluit inburgering art. 5.3 lid 4); zonder: dat van "
		"het beleid van de gemeente"),
	FIELD_RANGE(
		struct pip, begeleiding, F_TEXT, REQUIRED, 1, 4000, "Ondersteuning en begeleiding"),
	FIELD_RANGE(struct pip, vve_afspraken, F_TEXT, OPTIONAL, 1, 2000,
		"Afspraken over voorschoolse educatie van kinderen"),
	FIELD_ENUM(struct pip, alfabetisering, alfabetisering, OPTIONAL,
		"Alfabetiseringsonderwijs: A, AA (anders gealfabetiseerd) of NVT"),
	FIELD(struct pip, mag_opleiding_afmaken, F_BOOL, OPTIONAL,
		"Mag eerst een niet-vrijstellende opleiding afmaken"),
	FIELD(struct pip, wenst_opleiding, F_BOOL, OPTIONAL, "Wil de persoon een opleiding volgen"),
	FIELD(struct pip, grote_kans_diploma, F_BOOL, OPTIONAL, "Is de kans op een diploma groot"),
	FIELD(struct pip, redelijkerwijs_haalbaar_b1, F_BOOL, OPTIONAL,
		"Is niveau B1 redelijkerwijs haalbaar"),
	FIELD(struct pip, bijzonder_geval, F_BOOL, OPTIONAL,
		"Overstap na anderhalf jaar in een bijzonder geval (Besluit inburgering art. 5.4)"),
	FIELD_RANGE(struct pip, motivering, F_TEXT, REQUIRED, 1, 4000, "Waarom deze route"),
	FIELD(struct pip, lbt_uitslag, F_TEXT, READONLY, "Uitslag van de leerbaarheidstoets toen"),
	FIELD_LIST(struct pip, bezwaren, struct bezwaar_regel, bezwaar_fields, READONLY,
		"Waarom dit PIP zo niet kan worden vastgesteld"),
	FIELD(struct pip, grondslag, F_JSON, READONLY, "Artikelen waarop het PIP rust"),
	FIELD_RANGE(struct pip, uitleg, F_TEXT, READONLY, 1, 600, "Uitleg in woorden"),
	FIELD_ENUM(struct pip, duo_status, duo_statussen, READONLY, "Stand van de melding aan DUO"),
	FIELD_RANGE(struct pip, duo_fout, F_TEXT, READONLY, 1, 2000, "Waarom DUO weigerde"),
	FIELD(struct pip, bezwaar_tot, F_DATE, READONLY, "Laatste dag om bezwaar te maken"),
	FIELD_RANGE(struct pip, intrekking_reden, F_TEXT, READONLY, 1, 500,
		"Waarom het PIP is ingetrokken"),
	FIELD(struct pip, versie, F_INT, READONLY, "Versie"),
	FIELD_END,
};
const struct resource pip_resource = { "Pip", sizeof(struct pip), pip_fields,
	"Persoonlijk plan inburgering en participatie" };

static const struct field vaststelling_fields[] = {
	FIELD(struct vaststelling, dagtekening, F_DATE, REQUIRED, "Dagtekening van het PIP"),
	FIELD_END,
};
const struct resource vaststelling_resource = { "Vaststelling", sizeof(struct vaststelling),
	vaststelling_fields, "Vaststelling van een PIP" };

static const struct field intrekking_fields[] = {
	FIELD_RANGE(struct intrekking, reden, F_TEXT, REQUIRED, 3, 500, "Waarom"),
	FIELD_END,
};
const struct resource intrekking_resource = { "Intrekking", sizeof(struct intrekking),
	intrekking_fields, "Intrekking van een PIP of een aanbod" };

static const struct field aanbod_fields[] = {
	FIELD(struct aanbod, id, F_UUID, READONLY, "Aanduiding van het aanbod"),
	FIELD(struct aanbod, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD_RANGE(struct aanbod, instellingsnummer, F_TEXT, REQUIRED, 10, 10, "Nummer bij DUO"),
	FIELD(struct aanbod, instelling_naam, F_TEXT, READONLY, "Naam van de cursusinstelling"),
	FIELD(struct aanbod, datum_aanbod, F_DATE, REQUIRED, "Datum van het aanbod"),
	FIELD(struct aanbod, datum_start, F_DATE, OPTIONAL, "Verwachte start"),
	FIELD(struct aanbod, datum_einde, F_DATE, OPTIONAL, "Verwacht einde"),
	FIELD_RANGE(struct aanbod, uren_per_week, F_INT, OPTIONAL, 1, 40, "Lesuren per week"),
	FIELD_ENUM(struct aanbod, status, aanbod_statussen, READONLY,
		"vastgelegd, vervangen door een later aanbod van dezelfde instelling, of "
		"ingetrokken"),
	FIELD_RANGE(struct aanbod, intrekking_reden, F_TEXT, READONLY, 1, 500,
		"Waarom het aanbod is ingetrokken"),
	FIELD_ENUM(
		struct aanbod, duo_status, duo_statussen, READONLY, "Stand van de melding aan DUO"),
	FIELD_RANGE(struct aanbod, duo_fout, F_TEXT, READONLY, 1, 2000, "Waarom DUO weigerde"),
	FIELD(struct aanbod, versie, F_INT, READONLY, "Versie"),
	FIELD_END,
};
const struct resource aanbod_resource = { "Aanbod", sizeof(struct aanbod), aanbod_fields,
	"Inburgeringsaanbod: een cursus of taalschakeltraject" };

static const struct field cursusinstelling_fields[] = {
	FIELD(struct cursusinstelling, instellingsnummer, F_TEXT, READONLY, "Nummer bij DUO"),
	FIELD(struct cursusinstelling, naam, F_TEXT, READONLY, "Naam"),
	FIELD(struct cursusinstelling, plaats, F_TEXT, READONLY, "Plaats"),
	FIELD(struct cursusinstelling, bow_keurmerk, F_BOOL, READONLY, "Keurmerk Blik op Werk"),
	FIELD(struct cursusinstelling, tst_keurmerk, F_BOOL, READONLY,
		"Erkend voor het taalschakeltraject"),
	FIELD_END,
};
const struct resource cursusinstelling_resource = { "Cursusinstelling",
	sizeof(struct cursusinstelling), cursusinstelling_fields, "Aanbieder van lessen" };

static const char *const pip_bronnen[] = { "duo", "overdracht", NULL };

static const struct field ontvangen_pip_fields[] = {
	FIELD(struct ontvangen_pip, id, F_UUID, READONLY, "Aanduiding"),
	FIELD(struct ontvangen_pip, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD(struct ontvangen_pip, van_gemeente, F_TEXT, READONLY,
		"Code van de gemeente die het vaststelde"),
	FIELD_ENUM(struct ontvangen_pip, bron, pip_bronnen, READONLY,
		"duo: zoals DUO het meldt; overdracht: van die gemeente zelf"),
	FIELD(struct ontvangen_pip, dagtekening, F_DATE, READONLY, "Dagtekening"),
	FIELD_ENUM(struct ontvangen_pip, leerroute, leerroute_values, READONLY, "De leerroute"),
	FIELD_ENUM(struct ontvangen_pip, niveau, niveau_values, READONLY, "Taalniveau"),
	FIELD(struct ontvangen_pip, geschatte_intensiteit_b1_route, F_INT, READONLY,
		"Geschatte uren in de B1-route"),
	FIELD(struct ontvangen_pip, pvt_uren, F_INT, READONLY, "Uren PVT"),
	FIELD(struct ontvangen_pip, map_uren, F_INT, READONLY, "Uren MAP"),
	FIELD(struct ontvangen_pip, aantal_voortgangsgesprekken, F_INT, READONLY,
		"Aantal voortgangsgesprekken"),
	FIELD_RANGE(struct ontvangen_pip, begeleiding, F_TEXT, READONLY, 1, 5000, "Begeleiding"),
	FIELD_RANGE(struct ontvangen_pip, vve_afspraken, F_TEXT, READONLY, 1, 5000,
		"Afspraken over VVE"),
	FIELD_ENUM(
		struct ontvangen_pip, alfabetisering, alfabetisering, READONLY, "Alfabetisering"),
	FIELD_END,
};
const struct resource ontvangen_pip_resource = { "OntvangenPip", sizeof(struct ontvangen_pip),
	ontvangen_pip_fields, "Een PIP van een gemeente waar de persoon eerder woonde" };

static const struct field persoon_fields[] = {
	FIELD(struct persoon, id, F_UUID, READONLY, "De inburgeraar"),
	FIELD(struct persoon, gemeente, F_TEXT, READONLY, "Gemeentecode"),
	FIELD_ENUM(struct persoon, doelgroep, doelgroep_values, READONLY, "Doelgroep"),
	FIELD_ENUM(struct persoon, lbt, lbt_uitslagen, READONLY, "Uitslag leerbaarheidstoets"),
	FIELD(struct persoon, intake_afgerond_op, F_DATE, READONLY, "Einde van de brede intake"),
	FIELD(struct persoon, datum_kennisgeving, F_DATE, READONLY, "Kennisgeving van DUO"),
	FIELD(struct persoon, datum_inschrijving_brp, F_DATE, READONLY,
		"Inschrijving in de gemeente"),
	FIELD(struct persoon, vorige_dagtekening, F_DATE, READONLY, "Van het vorige PIP"),
	FIELD(struct persoon, vastgestelde_pips, F_INT, READONLY, "Aantal vastgestelde PIP's"),
	FIELD(struct persoon, ontvangen_pips, F_INT, READONLY, "Aantal PIP's van elders"),
	FIELD_ENUM(struct persoon, leerroute, leerroute_values, READONLY, "Leerroute die nu geldt"),
	FIELD_ENUM(struct persoon, ontvangen_leerroute, leerroute_values, READONLY,
		"Leerroute van de vorige gemeente"),
	FIELD(struct persoon, termijn_begin, F_DATE, READONLY, "Begin van de termijn"),
	FIELD(struct persoon, termijn_einde, F_DATE, READONLY, "Einde van de termijn"),
	FIELD(struct persoon, eerste_dagtekening, F_DATE, READONLY, "Van het eerste PIP"),
	FIELD(struct persoon, dagtekening, F_DATE, READONLY, "Van het PIP dat nu geldt"),
	FIELD(struct persoon, cursusuren, F_INT, READONLY, "Cursusuren die zijn vastgelegd"),
	FIELD_END,
};
static const struct resource persoon_resource = { "Inburgeraar", sizeof(struct persoon),
	persoon_fields, "" };

enum status store_persoon(struct req *req, const char *id, struct persoon *out)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_PERSOON, NULL, NULL);
	batch_bind(&b, op, "persoon_id", id);
	TRY(batch_run(&b));
	TRY(batch_one(&b, op, &persoon_resource, out));
	beleid_read(req->arena, batch_text(&b, op, 0, "beleid"), &out->beleid);
	return OK;
}

static void bind_oordeel(struct batch *b, int op, const struct oordeel *o)
{
	batch_bind(b, op, "bezwaren", o->bezwaren_json);
	batch_bind(b, op, "grondslag", o->grondslag_json);
	batch_bind(b, op, "uitleg", o->uitleg);
}

enum status store_pip_toevoegen(
	struct req *req, const struct pip *in, const struct oordeel *o, struct pip *out)
{
	const char *id = req_uuid(req);
	struct batch b;
	int op;

	batch_init(&b, req);
	batch_creates(&b, id);
	op = batch_add(&b, Q_PIP_TOEVOEGEN, pip_fields, in);
	batch_bind(&b, op, "pip_id", id);
	batch_bind(&b, op, "id", req->param[0]);
	bind_oordeel(&b, op, o);
	TRY(batch_run(&b));
	return batch_one(&b, op, &pip_resource, out);
}

enum status store_pip_wijzigen(
	struct req *req, const struct pip *in, const struct oordeel *o, struct pip *out)
{
	struct batch b;
	int change, exists;

	batch_init(&b, req);
	change = batch_add(&b, Q_PIP_WIJZIGEN, pip_fields, in);
	batch_bind(&b, change, "id", req->param[0]);
	bind_oordeel(&b, change, o);
	exists = batch_add(&b, Q_PIP_LEZEN, NULL, NULL);
	TRY(batch_run(&b));
	return batch_changed(&b, change, exists, &pip_resource, out);
}

enum status store_pip_lezen(struct req *req, struct pip *out)
{
	return db_one(req, Q_PIP_LEZEN, NULL, NULL, &pip_resource, out);
}

static void keep_decisions(
	struct batch *b, const struct persoon *who, const struct pip_besluit *besluit)
{
	const struct decision about = {
		.gemeente = who->gemeente, .inburgeraar = who->id, .onderwerp = b->req->param[0]
	};

	rule_keep(b, &rule_leerroute_toets, &besluit->toets, about);
	if (besluit->wisselt)
		rule_keep(b, &rule_overstap, &besluit->overstap, about);
	rule_keep(b, &rule_duo_pip, &besluit->duo, about);
	rule_keep(b, &rule_besluit_termijnen, &besluit->termijnen, about);
}

enum status store_pip_vaststellen(struct req *req, const struct persoon *who,
	const struct pip_besluit *besluit, const struct oordeel *o, struct pip *out)
{
	struct batch b;
	int op, event;

	batch_init(&b, req);
	batch_add(&b, Q_PIP_NOG_CONCEPT, NULL, NULL);
	batch_add(&b, Q_PIP_VERVANGEN, NULL, NULL);
	op = batch_add(&b, Q_PIP_VASTSTELLEN, NULL, NULL);
	batch_bind_date(&b, op, "dagtekening", besluit->duo.in.dagtekening);
	batch_bind_date(&b, op, "bezwaar_tot", besluit->termijnen.out.bezwaar_tot);
	batch_bind(&b, op, "niveau", enum_text(niveau_values, o->niveau));
	batch_bind(&b, op, "grondslag", o->grondslag_json);
	batch_bind(&b, op, "uitleg", o->uitleg);
	keep_decisions(&b, who, besluit);
	event = batch_add(&b, Q_PIP_MELDEN, NULL, NULL);
	batch_bind(&b, event, "trace", req->trace_id);
	TRY(batch_run(&b));
	return batch_one(&b, op, &pip_resource, out);
}

enum status store_pip_intrekken(struct req *req, const struct persoon *who, const char *reden,
	const struct duo_pip_io *duo, struct pip *out)
{
	const struct decision about = {
		.gemeente = who->gemeente, .inburgeraar = who->id, .onderwerp = req->param[0]
	};
	struct batch b;
	int op, event;

	batch_init(&b, req);
	batch_add(&b, Q_PIP_NOG_VASTGESTELD, NULL, NULL);
	op = batch_add(&b, Q_PIP_INTREKKEN, NULL, NULL);
	batch_bind(&b, op, "reden", reden);
	batch_add(&b, Q_PIP_HERLEVEN, NULL, NULL);
	rule_keep(&b, &rule_duo_pip, duo, about);
	event = batch_add(&b, Q_PIP_INTREKKING_MELDEN, NULL, NULL);
	batch_bind(&b, event, "trace", req->trace_id);
	TRY(batch_run(&b));
	return batch_one(&b, op, &pip_resource, out);
}

/* ---- aanbod ---- */

static int marked(const struct batch *b, int op, const char *column)
{
	return *batch_text(b, op, 0, column) == 't' ? JA : NEE;
}

enum status store_aanbod_feiten(struct req *req, const char *instellingsnummer, struct persoon *who,
	struct duo_aanbod_facts *f)
{
	struct batch b;
	int op, school;

	batch_init(&b, req);
	op = batch_add(&b, Q_PERSOON, NULL, NULL);
	batch_bind(&b, op, "persoon_id", req->param[0]);
	school = batch_add(&b, Q_INSTELLING, NULL, NULL);
	batch_bind(&b, school, "instellingsnummer", instellingsnummer);
	TRY(batch_run(&b));
	TRY(batch_one(&b, op, &persoon_resource, who));
	f->instelling_bekend = batch_rows(&b, school) > 0 ? JA : NEE;
	if (f->instelling_bekend == JA) {
		f->indicatie_bow_keurmerk = marked(&b, school, "bow_keurmerk");
		f->indicatie_tst_keurmerk = marked(&b, school, "tst_keurmerk");
	}
	return OK;
}

enum status store_aanbod_toevoegen(struct req *req, const struct persoon *who,
	const struct aanbod *in, const struct duo_aanbod_io *duo, struct aanbod *out)
{
	const char *id = req_uuid(req);
	const struct decision about = {
		.gemeente = who->gemeente, .inburgeraar = who->id, .onderwerp = id
	};
	struct batch b;
	int op, event;

	batch_init(&b, req);
	batch_creates(&b, id);
	op = batch_add(&b, Q_AANBOD_MOGELIJK, NULL, NULL);
	batch_bind_date(&b, op, "dagtekening", who->dagtekening);
	op = batch_add(&b, Q_AANBOD_VERVANGEN, aanbod_fields, in);
	batch_bind(&b, op, "id", req->param[0]);
	op = batch_add(&b, Q_AANBOD_TOEVOEGEN, aanbod_fields, in);
	batch_bind(&b, op, "aanbod_id", id);
	batch_bind(&b, op, "id", req->param[0]);
	rule_keep(&b, &rule_duo_aanbod, duo, about);
	event = batch_add(&b, Q_AANBOD_MELDEN, NULL, NULL);
	batch_bind(&b, event, "aanbod_id", id);
	batch_bind(&b, event, "trace", req->trace_id);
	TRY(batch_run(&b));
	return batch_one(&b, op, &aanbod_resource, out);
}

enum status store_aanbod_intrekken(struct req *req, const char *reden, struct aanbod *out)
{
	struct batch b;
	int op, event;

	batch_init(&b, req);
	batch_add(&b, Q_AANBOD_NOG_ZO, NULL, NULL);
	op = batch_add(&b, Q_AANBOD_INTREKKEN, NULL, NULL);
	batch_bind(&b, op, "reden", reden);
	event = batch_add(&b, Q_AANBOD_INTREKKING_MELDEN, NULL, NULL);
	batch_bind(&b, event, "trace", req->trace_id);
	TRY(batch_run(&b));
	return batch_one(&b, op, &aanbod_resource, out);
}
