/* SPDX-License-Identifier: EUPL-1.2 */
#include "store.h"

#include "app/job.h"
#include "enforcement_queries.h"

const char *const artikelen[] = { "22", "23", NULL };
static const char *const gedragingen[] = { "begeleiding", "pvt-map", "intensiteit-leerroute",
	"niet-verschenen", "onvoldoende-meegewerkt", NULL };
const char *const bezwaar_uitkomsten[] = { "ongegrond", "herroepen", NULL };
static const char *const signaal_soorten[] = { "oproep-niet-verschenen", "gesprek-gemist", NULL };

static const struct field overtreding_fields[] = {
	FIELD(struct overtreding, id, F_UUID, READONLY, "De overtreding"),
	FIELD(struct overtreding, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD_ENUM(struct overtreding, artikel, artikelen, REQUIRED,
		"Artikel van de Wet inburgering 2021: 22 (brede intake) of 23 (traject)"),
	FIELD_RANGE(struct overtreding, stap, F_INT, OPTIONAL, 1, 3,
		"Bij artikel 22: lid 1 of 3; volgt uit de ladder van de brede intake"),
	FIELD_ENUM(struct overtreding, gedraging, gedragingen, REQUIRED, "De gedraging"),
	FIELD(struct overtreding, datum_overtreding, F_DATE, REQUIRED, "Dag van de gedraging"),
	FIELD(struct overtreding, datum_constatering, F_DATE, REQUIRED, "Dag van de constatering"),
	FIELD_RANGE(struct overtreding, omschrijving, F_TEXT, REQUIRED, 1, 4000, "Wat er gebeurde"),
	FIELD_ENUM(struct overtreding, verwijtbaarheid, verwijtbaarheid_values, REQUIRED,
		"In welke mate het te verwijten is"),
	FIELD(struct overtreding, bijstand_verlaagd, F_BOOL, OPTIONAL,
		"Of de bijstand om hetzelfde gedrag is verlaagd"),
	FIELD(struct overtreding, gewaarschuwd_op, F_DATE, READONLY,
		"Dag van de waarschuwing, als het beleid die vraagt"),
	FIELD(struct overtreding, aanhoudende_onwil, F_BOOL, OPTIONAL,
		"Of aanhoudende onwil is bewezen (beleid voor asielstatushouders)"),
	FIELD_ENUM(struct overtreding, status, overtreding_status_values, READONLY,
		"Hoe het met de zaak staat"),
	FIELD(struct overtreding, signaal_id, F_UUID, READONLY, "Het feit waarop artikel 22 rust"),
	FIELD(struct overtreding, verjaart_op, F_DATE, READONLY,
		"Eerste dag waarop geen boete meer mag"),
	FIELD(struct overtreding, rapporteur_id, F_UUID, READONLY, "Wie het rapport opmaakte"),
	FIELD(struct overtreding, rapport_datum, F_DATE, READONLY, "Dag van het rapport"),
	FIELD(struct overtreding, rapport, F_TEXT, READONLY, "Het rapport"),
	FIELD(struct overtreding, zienswijze_voor, F_DATE, READONLY,
		"Laatste dag om een zienswijze te geven"),
	FIELD(struct overtreding, zienswijze_op, F_DATE, READONLY,
		"Dag van de zienswijze, of waarop bleek dat zij niet is gegeven"),
	FIELD(struct overtreding, zienswijze, F_TEXT, READONLY, "De zienswijze"),
	FIELD(struct overtreding, voorsteller_id, F_UUID, READONLY, "Wie de boete voorstelde"),
	FIELD(struct overtreding, voorstel_datum, F_DATE, READONLY, "Dag van het voorstel"),
	FIELD(struct overtreding, vereist, F_JSON, READONLY, "Wat voor het besluit nodig is"),
	FIELD(struct overtreding, hulp_aangeboden_op, F_DATE, READONLY,
		"Dag waarop hulp is aangeboden, als het beleid die vraagt"),
	FIELD(struct overtreding, tweede_lezer_id, F_UUID, READONLY, "Wie het voorstel meelas"),
	FIELD(struct overtreding, tweede_lezing_op, F_DATE, READONLY, "Dag van de tweede lezing"),
	FIELD(struct overtreding, tweede_lezing, F_TEXT, READONLY,
		"Wat de tweede lezer ervan vindt"),
	FIELD(struct overtreding, tweede_lezing_akkoord, F_BOOL, READONLY,
		"Of de tweede lezer het voorstel steunt"),
	FIELD(struct overtreding, bedrag, F_CENTS, READONLY, "Bedrag van de boete"),
	FIELD(struct overtreding, basisbedrag, F_CENTS, READONLY, "Basisbedrag van de trede"),
	FIELD(struct overtreding, trede, F_INT, READONLY, "Trede van de recidive"),
	FIELD(struct overtreding, percentage, F_INT, READONLY, "Deel van het basisbedrag"),
	FIELD(struct overtreding, reden, F_TEXT, READONLY, "Toelichting van de voorsteller"),
	FIELD(struct overtreding, grondslag, F_JSON, READONLY,
		"Artikelen waarop het voorstel rust"),
	FIELD_RANGE(struct overtreding, uitleg, F_TEXT, READONLY, 0, 1000, "Uitleg van het bedrag"),
	FIELD(struct overtreding, beslisser_id, F_UUID, READONLY, "Wie besliste"),
	FIELD(struct overtreding, besluit_datum, F_DATE, READONLY, "Dag van het besluit"),
	FIELD(struct overtreding, motivering, F_TEXT, READONLY, "Motivering van het besluit"),
	FIELD(struct overtreding, beslissen_voor, F_DATE, READONLY,
		"Laatste dag om te beslissen (termijn van orde)"),
	FIELD(struct overtreding, bekendmaking_datum, F_DATE, READONLY, "Dag van de bekendmaking"),
	FIELD(struct overtreding, bezwaar_tot, F_DATE, READONLY, "Laatste dag om bezwaar te maken"),
	FIELD(struct overtreding, nieuwe_termijn_uiterlijk, F_DATE, READONLY,
		"Artikel 22: laatste dag om alsnog te verschijnen"),
	FIELD(struct overtreding, bezwaar_ingediend_op, F_DATE, READONLY, "Dag van het bezwaar"),
	FIELD(struct overtreding, bezwaar_beslist_op, F_DATE, READONLY,
		"Dag van de beslissing op bezwaar"),
	FIELD_ENUM(struct overtreding, bezwaar_uitkomst, bezwaar_uitkomsten, READONLY,
		"Beslissing op bezwaar"),
	FIELD(struct overtreding, bezwaar_beslisser_id, F_UUID, READONLY,
		"Wie op bezwaar besliste"),
	FIELD(struct overtreding, beroep_tot, F_DATE, READONLY,
		"Laatste dag om beroep in te stellen"),
	FIELD(struct overtreding, onherroepelijk_op, F_DATE, READONLY,
		"Dag waarop de boete onherroepelijk werd"),
	FIELD(struct overtreding, seponering_datum, F_DATE, READONLY, "Dag van de seponering"),
	FIELD(struct overtreding, seponering_reden, F_TEXT, READONLY, "Waarom is geseponeerd"),
	FIELD(struct overtreding, versie, F_INT, READONLY, "Versie, ook in de ETag"),
	FIELD_END,
};
const struct resource overtreding_resource = { "Overtreding", sizeof(struct overtreding),
	overtreding_fields, "Een overtreding en de weg naar een boete" };

static const struct field signaal_fields[] = {
	FIELD(struct signaal, id, F_UUID, READONLY, "Het signaal"),
	FIELD(struct signaal, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD_ENUM(struct signaal, soort, signaal_soorten, READONLY, "Wat er gebeurde"),
	FIELD(struct signaal, datum, F_DATE, READONLY, "Wanneer"),
	FIELD(struct signaal, verwijtbaar, F_BOOL, READONLY, "Of het te verwijten is"),
	FIELD(struct signaal, volgnummer, F_INT, READONLY, "Nummer van de oproep"),
	FIELD(struct signaal, volgende_stap, F_TEXT, READONLY, "Volgende stap van de ladder"),
	FIELD(struct signaal, onderwerp, F_UUID, READONLY, "De oproep of het gesprek"),
	FIELD_END,
};
const struct resource signaal_resource = { "Signaal", sizeof(struct signaal), signaal_fields,
	"Een feit waarop een overtreding kan rusten" };

static const struct field boete_fields[] = {
	FIELD(struct boete, id, F_UUID, READONLY, "De overtreding"),
	FIELD_ENUM(
		struct boete, artikel, artikelen, READONLY, "Artikel van de Wet inburgering 2021"),
	FIELD(struct boete, stap, F_INT, READONLY, "Bij artikel 22: het lid"),
	FIELD_ENUM(struct boete, gedraging, gedragingen, READONLY, "De gedraging"),
	FIELD(struct boete, bedrag, F_CENTS, READONLY, "Bedrag"),
	FIELD(struct boete, besluit_datum, F_DATE, READONLY, "Dag van het besluit"),
	FIELD(struct boete, bekendmaking_datum, F_DATE, READONLY, "Dag van de bekendmaking"),
	FIELD(struct boete, bezwaar_tot, F_DATE, READONLY, "Laatste dag om bezwaar te maken"),
	FIELD(struct boete, nieuwe_termijn_uiterlijk, F_DATE, READONLY,
		"Laatste dag om alsnog te verschijnen"),
	FIELD(struct boete, onherroepelijk_op, F_DATE, READONLY,
		"Dag waarop de boete onherroepelijk werd"),
	FIELD_ENUM(
		struct boete, status, overtreding_status_values, READONLY, "Hoe het ermee staat"),
	FIELD_END,
};
const struct resource boete_resource = { "Boete", sizeof(struct boete), boete_fields,
	"Een bekendgemaakte boete" };

static const struct field ontvangen_boete_fields[] = {
	FIELD(struct ontvangen_boete, id, F_UUID, READONLY, "Aanduiding"),
	FIELD(struct ontvangen_boete, van_gemeente, F_TEXT, READONLY,
		"Code van de gemeente die de boete oplegde"),
	FIELD_ENUM(struct ontvangen_boete, artikel, artikelen, READONLY,
		"Artikel van de Wet inburgering 2021"),
	FIELD(struct ontvangen_boete, stap, F_INT, READONLY, "Bij artikel 22: het lid"),
	FIELD_ENUM(struct ontvangen_boete, gedraging, gedragingen, READONLY, "De gedraging"),
	FIELD(struct ontvangen_boete, bedrag, F_CENTS, READONLY, "Bedrag"),
	FIELD(struct ontvangen_boete, datum_overtreding, F_DATE, READONLY, "Overtreding"),
	FIELD(struct ontvangen_boete, datum_constatering, F_DATE, READONLY, "Constatering"),
	FIELD(struct ontvangen_boete, besluit_datum, F_DATE, READONLY, "Dag van het besluit"),
	FIELD(struct ontvangen_boete, bekendmaking_datum, F_DATE, READONLY,
		"Dag van de bekendmaking"),
	FIELD(struct ontvangen_boete, onherroepelijk_op, F_DATE, READONLY,
		"Dag waarop de boete onherroepelijk werd"),
	FIELD_ENUM(struct ontvangen_boete, status, overtreding_status_values, READONLY,
		"Hoe het ermee stond bij de overdracht"),
	FIELD_END,
};
const struct resource ontvangen_boete_resource = { "OntvangenBoete", sizeof(struct ontvangen_boete),
	ontvangen_boete_fields, "Een boete van een gemeente waar de persoon eerder woonde" };

static const struct field persoon_fields[] = {
	FIELD(struct persoon, id, F_UUID, READONLY, "De inburgeraar"),
	FIELD(struct persoon, gemeente, F_TEXT, READONLY, "Gemeentecode"),
	FIELD_ENUM(struct persoon, doelgroep, doelgroep_values, READONLY, "Doelgroep"),
	FIELD_END,
};
static const struct resource persoon_resource = { "Inburgeraar", sizeof(struct persoon),
	persoon_fields, "De inburgeraar" };

static const struct field ladder_fields[] = {
	FIELD(struct ladder, id, F_UUID, READONLY, "Het signaal"),
	FIELD(struct ladder, datum, F_DATE, READONLY, "Wanneer"),
	FIELD(struct ladder, verwijtbaar, F_BOOL, READONLY, "Of het te verwijten is"),
	FIELD(struct ladder, volgende_stap, F_TEXT, READONLY, "Volgende stap"),
	FIELD(struct ladder, gebruikt, F_BOOL, READONLY, "Of er een overtreding op rust"),
	FIELD_END,
};

static const struct field eerdere_fields[] = {
	FIELD(struct eerdere, datum_constatering, F_DATE, READONLY, "Constatering"),
	FIELD(struct eerdere, onherroepelijk_op, F_DATE, READONLY, "Onherroepelijk"),
	FIELD(struct eerdere, bedrag, F_CENTS, READONLY, "Bedrag"),
	FIELD_ENUM(struct eerdere, artikel, artikelen, READONLY, "Artikel"),
	FIELD_END,
};

static const struct resource eerdere_resource = { "Eerdere", sizeof(struct eerdere), eerdere_fields,
	"Een eerdere overtreding" };

/* ---- reading ---- */

enum status store_persoon(struct req *req, struct persoon *out, struct ladder *ladder)
{
	struct batch b;
	int person, op;

	batch_init(&b, req);
	person = batch_add(&b, Q_PERSOON, NULL, NULL);
	op = batch_add(&b, Q_LADDER, NULL, NULL);
	TRY(batch_run(&b));
	TRY(batch_one(&b, person, &persoon_resource, out));
	beleid_read(req->arena, batch_text(&b, person, 0, "beleid"), &out->beleid);
	fields_clear(ladder_fields, ladder);
	if (batch_rows(&b, op) > 0)
		batch_get(&b, op, 0, ladder_fields, ladder);
	return OK;
}

enum status store_zaak(struct req *req, struct zaak *out)
{
	struct list earlier;
	struct batch b;
	int op, others;

	batch_init(&b, req);
	op = batch_add(&b, Q_OVERTREDING, NULL, NULL);
	others = batch_add(&b, Q_EERDERE, NULL, NULL);
	TRY(batch_run(&b));
	TRY(batch_one(&b, op, &overtreding_resource, &out->o));
	fields_clear(persoon_fields, &out->persoon);
	batch_get(&b, op, 0, persoon_fields, &out->persoon);
	out->persoon.id = out->o.inburgeraar_id;
	beleid_read(req->arena, batch_text(&b, op, 0, "beleid"), &out->persoon.beleid);
	batch_list(&b, others, &eerdere_resource, &earlier);
	out->eerdere = earlier.items;
	out->eerdere_count = earlier.count;
	out->oordeel_count = 0;
	return OK;
}

/* ---- writing ---- */

static void keep_oordelen(struct batch *b, const struct zaak *z)
{
	for (int i = 0; i < z->oordeel_count; i++)
		rule_keep(b, z->oordelen[i].rule, z->oordelen[i].io,
			(struct decision){ .gemeente = z->persoon.gemeente,
				.inburgeraar = z->persoon.id,
				.onderwerp = z->o.id });
}

enum status store_overtreding_toevoegen(struct req *req, struct zaak *z)
{
	struct overtreding *o = &z->o;
	struct batch b;
	int op;

	o->id = req_uuid(req);
	o->inburgeraar_id = z->persoon.id;
	batch_init(&b, req);
	op = batch_add(&b, Q_OVERTREDING_TOEVOEGEN, overtreding_fields, o);
	batch_bind(&b, op, "van_gemeente", z->persoon.gemeente);
	keep_oordelen(&b, z);
	event_add(&b, "overtreding-vastgesteld", z->persoon.gemeente, z->persoon.id, o->id,
		json_pack("{ss}", "artikel", enum_text(artikelen, o->artikel)));
	batch_creates(&b, o->id);
	TRY(batch_run(&b));
	return batch_one(&b, op, &overtreding_resource, o);
}

enum status store_zaak_bijwerken(struct req *req, struct zaak *z, const char *event, json_t *data)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	batch_add(&b, Q_ONGEWIJZIGD, NULL, NULL);
	op = batch_add(&b, Q_OVERTREDING_BIJWERKEN, overtreding_fields, &z->o);
	keep_oordelen(&b, z);
	if (event)
		event_add(&b, event, z->persoon.gemeente, z->persoon.id, z->o.id, data);
	TRY(batch_run(&b));
	return batch_one(&b, op, &overtreding_resource, &z->o);
}

enum status store_signaal(struct req *req, const struct event *ev, struct date datum)
{
	json_t *number = json_object_get(ev->data, "volgnummer");
	struct batch b;
	int op;

	batch_init(&b, req);
	batch_claim(&b);
	op = batch_add(&b, Q_SIGNAAL_TOEVOEGEN, NULL, NULL);
	batch_bind(&b, op, "signaal", ev->id);
	batch_bind(&b, op, "van_gemeente", ev->gemeente);
	batch_bind(&b, op, "persoon", ev->inburgeraar);
	batch_bind(&b, op, "soort", ev->type);
	batch_bind_date(&b, op, "datum", datum);
	batch_bind(&b, op, "verwijtbaar",
		json_is_true(json_object_get(ev->data, "verwijtbaar")) ? "true" : "false");
	batch_bind(&b, op, "volgnummer",
		json_is_integer(number)
			? arena_printf(req->arena, "%lld", (long long)json_integer_value(number))
			: NULL);
	batch_bind(&b, op, "volgende_stap", event_text(ev, "volgendeStap"));
	batch_bind(&b, op, "onderwerp", ev->onderwerp);
	return batch_run(&b);
}

enum status store_overdracht(struct req *req, const struct event *ev)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	batch_claim(&b);
	op = batch_add(&b, Q_OVERNEMEN, NULL, NULL);
	batch_bind(&b, op, "overdracht", ev->onderwerp);
	batch_bind(&b, op, "van_gemeente", ev->gemeente);
	batch_bind(&b, op, "persoon", ev->inburgeraar);
	batch_bind(&b, op, "trace", req->trace_id);
	return batch_run(&b);
}
