/* SPDX-License-Identifier: EUPL-1.2 */
#include "control.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "app/queue.h"
#include "brp.h"
#include "duo.h"
#include "faults.h"
#include "simulator_queries.h"

#define KEY_TODAY "regie:vandaag"
#define TEN_YEARS (10L * 365 * 24 * 3600)
#define LOAD_MAX 10000 /* people made in one call */
#define LOAD_FROM "910000000"
#define DRAWS_MAX 20 /* of a number that nobody has */

const char *const doelgroepen[] = { "Asielstatushouder", "Gezinsmigrant en overige migrant", NULL };
static const char *const soorten[] = { "inburgeringsplicht", "doelgroep", "inburgeringstermijn",
	"examens/resultaten", "examens/gratispogingen", "lbt/resultaten", "lbt/examennummer",
	"vrijstellingen", "ontheffingen", "boetes", "verlengingen", "uren", "map", "pvt", NULL };
static const char *const moments[] = { "voor", "na", NULL };

static const struct field vandaag_fields[] = {
	FIELD(struct sim_vandaag, datum, F_DATE, REQUIRED,
		"De dag die overal voor vandaag doorgaat"),
	FIELD_END,
};

static const struct field persoon_fields[] = {
	FIELD(struct sim_persoon, id, F_UUID, READONLY, "Aanduiding in de simulator"),
	FIELD_RANGE(struct sim_persoon, bsn, F_TEXT, OPTIONAL, 9, 9,
		"BSN; zonder wordt er een gemaakt"),
	FIELD(struct sim_persoon, naam, F_TEXT, OPTIONAL, "Naam op de inlogpagina"),
	FIELD_RANGE(
		struct sim_persoon, gemeentecode, F_TEXT, REQUIRED, 4, 4, "Gemeente van vestiging"),
	FIELD_RANGE(
		struct sim_persoon, v_nummer, F_INT, OPTIONAL, 0, 9999999999, "Vreemdelingnummer"),
	FIELD_ENUM(struct sim_persoon, doelgroep, doelgroepen, REQUIRED, "Doelgroep zoals bij DUO"),
	FIELD(struct sim_persoon, coa, F_BOOL, OPTIONAL, "Verblijft op een locatie van het COA"),
	FIELD_RANGE(struct sim_persoon, koppelgemeente, F_TEXT, OPTIONAL, 4, 4,
		"Gemeente waaraan het COA heeft gekoppeld"),
	FIELD(struct sim_persoon, vestiging, F_DATE, OPTIONAL, "Dag van vestiging in de gemeente"),
	FIELD(struct sim_persoon, wi2021, F_BOOL, OPTIONAL, "Valt onder de Wi2021"),
	FIELD_RANGE(struct sim_persoon, contactpersoon, F_INT, READONLY, 1, 99999,
		"Gekoppelde contactpersoon"),
	FIELD(struct sim_persoon, documenten, F_JSON, READONLY, "Wat DUO van de persoon weet"),
	FIELD_END,
};

static const struct field notificatie_fields[] = {
	FIELD_RANGE(struct sim_notificatie, gebeurtenis_id, F_TEXT, REQUIRED, 1, 6,
		"Code, zoals SS139"),
	FIELD_END,
};

static const struct field document_fields[] = {
	FIELD_ENUM(struct sim_document, soort, soorten, REQUIRED, "Welk antwoord van DUO"),
	FIELD(struct sim_document, document, F_JSON, REQUIRED, "Het antwoord zelf"),
	FIELD_END,
};

static const struct field brp_fields[] = {
	FIELD(struct sim_brp, persoon, F_JSON, REQUIRED,
		"Wat anders is dan de verzonnen BRP-gegevens, zoals de BRP het schrijft"),
	FIELD_END,
};

static const struct field zoek_fields[] = {
	FIELD(struct sim_zoek, bsn, F_BSN, REQUIRED, "BSN"),
	FIELD_END,
};

static const struct field lading_fields[] = {
	FIELD(struct sim_lading, personen, F_JSON, OPTIONAL,
		"Lijst van personen met bsn, en wat verder bekend is"),
	FIELD_RANGE(struct sim_lading, aantal, F_INT, OPTIONAL, 1, LOAD_MAX,
		"Zoveel personen met nieuwe nummers"),
	FIELD_RANGE(struct sim_lading, gemeentecode, F_TEXT, OPTIONAL, 4, 4, "Hun gemeente"),
	FIELD_ENUM(struct sim_lading, doelgroep, doelgroepen, OPTIONAL, "Hun doelgroep"),
	FIELD_RANGE(struct sim_lading, vanaf, F_TEXT, OPTIONAL, 9, 9,
		"Eerste nummer; de volgende die vrij zijn"),
	FIELD(struct sim_lading, documenten, F_JSON, OPTIONAL, "Wat DUO van hen weet"),
	FIELD(struct sim_lading, notificaties, F_JSON, OPTIONAL,
		"Lijst van bsn en gebeurtenisId, op volgorde te verzenden"),
	FIELD_END,
};

static const struct field fout_fields[] = {
	FIELD(struct sim_fout, id, F_UUID, READONLY, "Aanduiding"),
	FIELD(struct sim_fout, operatie, F_TEXT, OPTIONAL,
		"Methode en pad, zoals GET /personen/{bsn}/PIP; zonder: alle"),
	FIELD_ENUM(struct sim_fout, soort, fault_kinds, REQUIRED, "Wat er misgaat"),
	FIELD_ENUM(struct sim_fout, moment, moments, OPTIONAL,
		"Voordat of nadat DUO het werk heeft gedaan"),
	FIELD_RANGE(struct sim_fout, procent, F_INT, OPTIONAL, 1, 100, "Kans; zonder: altijd"),
	FIELD_RANGE(struct sim_fout, zaad, F_INT, OPTIONAL, 1, 1000000, "Begin van de kansreeks"),
	FIELD_RANGE(struct sim_fout, aantal, F_INT, OPTIONAL, 0, 1000000, "Hoogstens zo vaak"),
	FIELD_RANGE(struct sim_fout, ms, F_INT, OPTIONAL, 1, 60000, "Wachttijd"),
	FIELD_RANGE(struct sim_fout, status, F_INT, OPTIONAL, 400, 599, "Bij soort status"),
	FIELD(struct sim_fout, gezien, F_INT, READONLY, "Zo vaak kwam een verzoek voorbij"),
	FIELD(struct sim_fout, geraakt, F_INT, READONLY, "Zo vaak ging het mis"),
	FIELD_END,
};

struct sim_teller {
	const char *operatie;
	int64_t gevraagd, aangenomen, geweigerd, fout, herhaald, dubbel;
};

static const struct field teller_fields[] = {
	FIELD(struct sim_teller, operatie, F_TEXT, READONLY, "Methode en pad"),
	FIELD(struct sim_teller, gevraagd, F_INT, READONLY, "Verzoeken die aankwamen"),
	FIELD(struct sim_teller, aangenomen, F_INT, READONLY, "Met antwoord of uitgevoerd"),
	FIELD(struct sim_teller, geweigerd, F_INT, READONLY, "Door regels of contract"),
	FIELD(struct sim_teller, fout, F_INT, READONLY, "Met een fout op verzoek"),
	FIELD(struct sim_teller, herhaald, F_INT, READONLY,
		"Met een berichtId dat al was aangenomen; zonder tweede gevolg"),
	FIELD(struct sim_teller, dubbel, F_INT, READONLY,
		"Aangenomen, met dezelfde inhoud als het vorige onder een ander berichtId"),
	FIELD_END,
};

static const struct field gedrag_fields[] = {
	FIELD(struct sim_gedrag, verkeer, F_BOOL, OPTIONAL, "Bewaar verzoeken en antwoorden"),
	FIELD(struct sim_gedrag, termijn, F_BOOL, OPTIONAL,
		"Het eerste PIP stelt meteen de termijn vast"),
	FIELD_RANGE(struct sim_gedrag, vertraging_ms, F_INT, OPTIONAL, 0, 86400000,
		"Zo lang wacht DUO met een notificatie"),
	FIELD_END,
};

struct sim_stand {
	struct date vandaag;
	int64_t personen, notificaties_wachten, notificaties_verzonden, berichten, berichten_dubbel,
		contactpersonen, fouten, verkeer;
};

static const struct field stand_fields[] = {
	FIELD(struct sim_stand, vandaag, F_DATE, READONLY, "De dag"),
	FIELD(struct sim_stand, personen, F_INT, READONLY, "Personen bij DUO"),
	FIELD(struct sim_stand, notificaties_wachten, F_INT, READONLY, "Nog niet aangenomen"),
	FIELD(struct sim_stand, notificaties_verzonden, F_INT, READONLY, "Aangenomen"),
	FIELD(struct sim_stand, berichten, F_INT, READONLY, "Aangenomen meldingen"),
	FIELD(struct sim_stand, berichten_dubbel, F_INT, READONLY, "Met de inhoud van het vorige"),
	FIELD(struct sim_stand, contactpersonen, F_INT, READONLY, "Contactpersonen"),
	FIELD(struct sim_stand, fouten, F_INT, READONLY, "Fouten die nu optreden"),
	FIELD(struct sim_stand, verkeer, F_INT, READONLY, "Bewaarde verzoeken"),
	FIELD_END,
};

#define RESOURCE(name_, st_, text_)                                                                \
	{                                                                                          \
		text_, sizeof(struct st_), name_##_fields, ""                                      \
	}

const struct resource vandaag_resource = RESOURCE(vandaag, sim_vandaag, "Vandaag");
const struct resource persoon_resource = RESOURCE(persoon, sim_persoon, "Persoon");
const struct resource notificatie_resource = RESOURCE(notificatie, sim_notificatie, "Notificatie");
const struct resource document_resource = RESOURCE(document, sim_document, "Document");
const struct resource brp_resource = RESOURCE(brp, sim_brp, "BrpPersoon");
const struct resource zoek_resource = RESOURCE(zoek, sim_zoek, "Zoekvraag");
const struct resource lading_resource = RESOURCE(lading, sim_lading, "Lading");
const struct resource fout_resource = RESOURCE(fout, sim_fout, "Fout");
const struct resource gedrag_resource = RESOURCE(gedrag, sim_gedrag, "Gedrag");
const struct resource stand_resource = RESOURCE(stand, sim_stand, "Stand");
static const struct resource teller_resource = RESOURCE(teller, sim_teller, "Teller");

/* ---- the date ---- */

enum status vandaag_zetten(struct req *req)
{
	const struct sim_vandaag *in = req->in;
	char day[DATE_TEXT];

	TRY(queue_put(req, KEY_TODAY, date_format(in->datum, day), TEN_YEARS));
	return reply_none(req);
}

/* ---- people ---- */

/* A random number of the test range (999…) that passes the eleven-test. */
static const char *random_bsn(struct req *req)
{
	char text[10];

	do {
		unsigned n = randombytes_uniform(1000000);

		snprintf(text, sizeof(text), "999%06u", n);
	} while (!bsn_is_valid(text));
	return arena_strdup(req->arena, text);
}

int persoon_toevoegen(struct batch *b, const struct sim_persoon *in)
{
	int op = batch_add(b, Q_PERSOON_TOEVOEGEN, persoon_fields, in);

	batch_bind(b, op, "id_nieuw", req_uuid(b->req));
	return op;
}

static enum status add_person(struct req *req, const struct sim_persoon *in)
{
	struct sim_persoon out;
	struct batch b;
	int op;

	batch_init(&b, req);
	op = persoon_toevoegen(&b, in);
	TRY(batch_run(&b));
	TRY(batch_one(&b, op, &persoon_resource, &out));
	TRY(reply_one(req, &persoon_resource, &out));
	req->reply_status = 201;
	return OK;
}

enum status persoon_maken(struct req *req)
{
	struct sim_persoon *in = req->in;
	bool given = in->bsn;
	enum status s;

	if (given && !bsn_is_valid(in->bsn))
		return fail_param(req, "bsn", "bsn", "Dit is geen geldig burgerservicenummer");
	for (int i = 0; i < DRAWS_MAX; i++) {
		if (!given)
			in->bsn = random_bsn(req);
		s = add_person(req, in);
		if (s != ERR_CONFLICT || given)
			return s;
		req->error = (struct error){ 0 };
	}
	return fail(req, ERR_CONFLICT, "Er is geen vrij burgerservicenummer gevonden");
}

enum status persoon_antwoorden(struct req *req, const char *id)
{
	struct sim_persoon out;
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_PERSOON_TONEN, NULL, NULL);
	batch_bind(&b, op, "id", id);
	TRY(batch_run(&b));
	TRY(batch_one(&b, op, &persoon_resource, &out));
	return reply_one(req, &persoon_resource, &out);
}

enum status persoon_tonen(struct req *req)
{
	return persoon_antwoorden(req, req->param[0]);
}

enum status persoon_zoeken(struct req *req)
{
	const struct sim_zoek *in = req->in;
	struct sim_persoon out;
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_PERSOON_ZOEKEN, NULL, NULL);
	batch_bind(&b, op, "bsn", in->bsn);
	TRY(batch_run(&b));
	TRY(batch_one(&b, op, &persoon_resource, &out));
	return reply_one(req, &persoon_resource, &out);
}

/* Runs a statement that changes the person of the path. */
static enum status change(struct req *req, int query, const struct resource *r)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, query, r->fields, req->in);
	TRY(batch_run(&b));
	if (batch_rows(&b, op) == 0)
		return fail(req, ERR_NOT_FOUND, "Deze persoon kent de simulator niet");
	return reply_none(req);
}

enum status document_zetten(struct req *req)
{
	return change(req, Q_DOCUMENT_ZETTEN, &document_resource);
}

enum status brp_zetten(struct req *req)
{
	return change(req, Q_BRP_ZETTEN, &brp_resource);
}

enum status notificatie_maken(struct req *req)
{
	return change(req, Q_NOTIFICATIE_TOEVOEGEN, &notificatie_resource);
}

/* ---- many at once ---- */

static void add_bsns(struct buffer *out, const struct batch *b, int op)
{
	for (int i = 0; op >= 0 && i < batch_rows(b, op); i++) {
		buffer_puts(out, i ? ",\"" : "\"");
		buffer_puts(out, batch_text(b, op, i, "bsn"));
		buffer_putc(out, '"');
	}
}

static enum status reply_loaded(
	struct req *req, const struct batch *b, int loaded, int made, int notices)
{
	struct buffer out;

	buffer_init(&out, req->arena);
	buffer_printf(&out, "{\"personen\":%d,\"notificaties\":%d,\"bsns\":[",
		(loaded < 0 ? 0 : batch_rows(b, loaded)) + (made < 0 ? 0 : batch_rows(b, made)),
		notices < 0 ? 0 : batch_rows(b, notices));
	add_bsns(&out, b, made);
	buffer_puts(&out, "]}");
	return reply_raw(req, 200, "application/json", out.data, out.len);
}

enum status laden(struct req *req)
{
	const struct sim_lading *in = req->in;
	int loaded = -1, made = -1, notices = -1;
	struct batch b;

	if (in->aantal != NUMBER_NONE && !in->gemeentecode)
		return fail_param(req, "gemeentecode", "verplicht", "In welke gemeente wonen zij?");
	batch_init(&b, req);
	if (in->personen)
		loaded = batch_add(&b, Q_PERSONEN_LADEN, lading_fields, in);
	if (in->aantal != NUMBER_NONE) {
		made = batch_add(&b, Q_PERSONEN_MAKEN, lading_fields, in);
		batch_bind(&b, made, "vanaf", in->vanaf ? in->vanaf : LOAD_FROM);
	}
	if (in->notificaties)
		notices = batch_add(&b, Q_NOTIFICATIES_LADEN, lading_fields, in);
	TRY(batch_run(&b));
	return reply_loaded(req, &b, loaded, made, notices);
}

/* ---- faults ---- */

enum status fout_maken(struct req *req)
{
	struct sim_fout *in = req->in, out;
	bool notices = in->operatie && strcmp(in->operatie, NOTIFICATIONS) == 0;

	if (in->operatie && !notices && strcmp(in->operatie, BRP_OPERATION) != 0 &&
		!duo_knows(in->operatie))
		return fail_param(req, "operatie", "onbekend",
			"Methode en pad van DUO, van de BRP, of " NOTIFICATIONS);
	if (!notices && in->soort >= FAULT_DUBBEL)
		return fail_param(
			req, "operatie", "verplicht", "Dit kan alleen bij " NOTIFICATIONS);
	if (in->soort == FAULT_STATUS && (notices || in->status == NUMBER_NONE))
		return fail_param(req, "status", "verplicht", "Met welke status antwoordt DUO?");
	if (in->soort == FAULT_VERTRAGING && in->ms == NUMBER_NONE)
		return fail_param(req, "ms", "verplicht", "Hoelang duurt het?");
	TRY(db_one(req, Q_FOUT_TOEVOEGEN, fout_fields, in, &fout_resource, &out));
	TRY(reply_one(req, &fout_resource, &out));
	req->reply_status = 201;
	return OK;
}

static enum status all(struct req *req, int query, const struct resource *r)
{
	struct list rows;

	TRY(db_list(req, query, NULL, NULL, r, &rows));
	return reply_list(req, r, &rows);
}

enum status fouten_tonen(struct req *req)
{
	return all(req, Q_FOUTEN_TONEN, &fout_resource);
}

/* Runs a statement that leaves nothing to tell. */
static enum status run(struct req *req, int query)
{
	struct batch b;

	batch_init(&b, req);
	batch_add(&b, query, NULL, NULL);
	TRY(batch_run(&b));
	return reply_none(req);
}

enum status fout_verwijderen(struct req *req)
{
	return run(req, Q_FOUT_VERWIJDEREN);
}

enum status fouten_verwijderen(struct req *req)
{
	return run(req, Q_FOUTEN_VERWIJDEREN);
}

/* ---- figures and behaviour ---- */

enum status tellers_tonen(struct req *req)
{
	return all(req, Q_TELLERS_TONEN, &teller_resource);
}

enum status tellers_wissen(struct req *req)
{
	return run(req, Q_TELLERS_WISSEN);
}

enum status gedrag_tonen(struct req *req)
{
	struct sim_gedrag out;

	TRY(db_one(req, Q_GEDRAG_TONEN, NULL, NULL, &gedrag_resource, &out));
	return reply_one(req, &gedrag_resource, &out);
}

enum status gedrag_zetten(struct req *req)
{
	struct sim_gedrag out;

	TRY(db_one(req, Q_GEDRAG_ZETTEN, gedrag_fields, req->in, &gedrag_resource, &out));
	return reply_one(req, &gedrag_resource, &out);
}

enum status stand_tonen(struct req *req)
{
	struct sim_stand out;

	TRY(db_one(req, Q_STAND_TONEN, NULL, NULL, &stand_resource, &out));
	return reply_one(req, &stand_resource, &out);
}

/* ---- traffic ---- */

static void set_json(json_t *o, const char *name, const char *text)
{
	if (text)
		json_object_set_new(o, name, json_loads(text, JSON_DECODE_ANY, NULL));
}

enum status verkeer_tonen(struct req *req)
{
	struct batch b;
	json_t *list = json_array();
	char *text;
	const char *copy;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_VERKEER_TONEN, NULL, NULL);
	TRY(batch_run(&b));
	for (int i = 0; i < batch_rows(&b, op); i++) {
		json_t *row = json_pack("{ss ss sI}", "methode", batch_text(&b, op, i, "methode"),
			"pad", batch_text(&b, op, i, "pad"), "status",
			(json_int_t)batch_int(&b, op, i, "status"));

		set_json(row, "verzoek", batch_text(&b, op, i, "verzoek"));
		set_json(row, "antwoord", batch_text(&b, op, i, "antwoord"));
		json_array_append_new(list, row);
	}
	text = json_dumps(list, JSON_COMPACT);
	copy = arena_strdup(req->arena, text);
	free(text);
	json_decref(list);
	return reply_raw(req, 200, "application/json", copy, strlen(copy));
}
