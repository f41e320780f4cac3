/* SPDX-License-Identifier: EUPL-1.2 */
#include "control.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "app/db.h"
#include "app/queue.h"
#include "simulator_queries.h"

#define KEY_TODAY "regie:vandaag"
#define TEN_YEARS (10L * 365 * 24 * 3600)

static const char *const doelgroepen[] = { "Asielstatushouder", "Gezinsmigrant en overige migrant",
	NULL };
static const char *const soorten[] = { "inburgeringsplicht", "doelgroep", "inburgeringstermijn",
	"examens/resultaten", "lbt/resultaten", NULL };

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

static const struct field zoek_fields[] = {
	FIELD(struct sim_zoek, bsn, F_BSN, REQUIRED, "BSN"),
	FIELD_END,
};

const struct resource vandaag_resource = { "Vandaag", sizeof(struct sim_vandaag), vandaag_fields,
	"" };
const struct resource persoon_resource = { "Persoon", sizeof(struct sim_persoon), persoon_fields,
	"" };
const struct resource notificatie_resource = { "Notificatie", sizeof(struct sim_notificatie),
	notificatie_fields, "" };
const struct resource document_resource = { "Document", sizeof(struct sim_document),
	document_fields, "" };
const struct resource zoek_resource = { "Zoekvraag", sizeof(struct sim_zoek), zoek_fields, "" };

enum status vandaag_zetten(struct req *req)
{
	const struct sim_vandaag *in = req->in;
	char day[DATE_TEXT];

	TRY(queue_put(req, KEY_TODAY, date_format(in->datum, day), TEN_YEARS));
	return reply_none(req);
}

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

enum status persoon_maken(struct req *req)
{
	struct sim_persoon *in = req->in, out;
	struct batch b;
	int op;

	if (!in->bsn)
		in->bsn = random_bsn(req);
	if (!bsn_is_valid(in->bsn))
		return fail_param(req, "bsn", "bsn", "Dit is geen geldig burgerservicenummer");
	batch_init(&b, req);
	op = batch_add(&b, Q_PERSOON_TOEVOEGEN, persoon_fields, in);
	batch_bind(&b, op, "id_nieuw", req_uuid(req));
	TRY(batch_run(&b));
	TRY(batch_one(&b, op, &persoon_resource, &out));
	TRY(reply_one(req, &persoon_resource, &out));
	req->reply_status = 201;
	return OK;
}

enum status persoon_tonen(struct req *req)
{
	struct sim_persoon out;

	TRY(db_one(req, Q_PERSOON_TONEN, NULL, NULL, &persoon_resource, &out));
	return reply_one(req, &persoon_resource, &out);
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

enum status notificatie_maken(struct req *req)
{
	return change(req, Q_NOTIFICATIE_TOEVOEGEN, &notificatie_resource);
}

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
