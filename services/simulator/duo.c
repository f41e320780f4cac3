/* SPDX-License-Identifier: EUPL-1.2 */
#include "duo.h"

#include <stdlib.h>
#include <string.h>

#include "app/client.h"
#include "app/db.h"
#include "app/service.h"
#include "simulator_queries.h"

#define FAULTS_MAX 8

/* The person a request is about. */
struct subject {
	const char *id, *document, *gemeentecode;
	json_t *documents;
};

/* Functional objections; 403 with all of them. */
struct faults {
	const char *text[FAULTS_MAX];
	int count;
};

static void object(struct faults *f, bool wrong, const char *text)
{
	if (wrong && f->count < FAULTS_MAX)
		f->text[f->count++] = text;
}

/* ---- answers ---- */

/* Records request and answer; a failure to record fails the request, so that tests see all. */
static enum status answer(struct req *req, int status, const char *body)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_VERKEER_BEWAREN, NULL, NULL);
	batch_bind(&b, op, "methode",
		req->method == GET   ? "GET"
		: req->method == PUT ? "PUT"
				     : "POST");
	batch_bind(&b, op, "pad", req->route->path);
	batch_bind(&b, op, "verzoek", req->body ? req->raw_body : NULL);
	batch_bind_int(&b, op, "status", status);
	batch_bind(&b, op, "antwoord", body);
	TRY(batch_run(&b));
	reply_header(req, "API-Version", "1.2.0");
	return reply_raw(req, status, body ? "application/json" : NULL, body ? body : "",
		body ? strlen(body) : 0);
}

static enum status refuse(struct req *req, const struct faults *f)
{
	struct buffer b;

	buffer_init(&b, req->arena);
	buffer_putc(&b, '[');
	for (int i = 0; i < f->count; i++) {
		buffer_puts(&b, i ? ",{\"fouttekst\":" : "{\"fouttekst\":");
		buffer_json(&b, f->text[i]);
		buffer_putc(&b, '}');
	}
	buffer_putc(&b, ']');
	return answer(req, 403, b.data);
}

/* ---- who asks, about whom ---- */

static bool is_uuid(const char *s)
{
	return s && strlen(s) == 36 && strspn(s, "0123456789abcdefABCDEF-") == 36;
}

/* 0, or the status DUO refuses the caller with. */
static int check_caller(const struct req *req)
{
	if (!req->client_verify || strcmp(req->client_verify, "SUCCESS") != 0 ||
		!req->client_serial)
		return 401;
	if (!req->bron || !req->doel || !is_uuid(req->bericht_id))
		return 400;
	if (strcmp(req->bron, req->client_serial) != 0 ||
		strcmp(req->doel, req->app->config.duo_oin) != 0)
		return 403;
	return 0;
}

/* *status 0: `s` is filled. Otherwise answer with it. */
static enum status find_subject(struct req *req, const char *kind, struct subject *s, int *status)
{
	struct batch b;
	int op;

	*status = check_caller(req);
	if (*status)
		return OK;
	batch_init(&b, req);
	op = batch_add(&b, Q_DUO_PERSOON, NULL, NULL);
	batch_bind(&b, op, "bsn", req->param[0]);
	batch_bind(&b, op, "bron", req->bron);
	batch_bind(&b, op, "soort", kind);
	TRY(batch_run(&b));
	if (batch_rows(&b, op) == 0) {
		*status = 404;
		return OK;
	}
	s->id = batch_text(&b, op, 0, "id");
	s->document = batch_text(&b, op, 0, "document");
	s->gemeentecode = batch_text(&b, op, 0, "gemeentecode");
	s->documents = client_json(
		req, &(struct client_call){ .reply = batch_text(&b, op, 0, "documenten"),
			     .reply_len = strlen(batch_text(&b, op, 0, "documenten")) });
	return OK;
}

static enum status read_document(struct req *req, const char *kind)
{
	struct subject s;
	int status;

	TRY(find_subject(req, kind, &s, &status));
	if (status)
		return answer(req, status, NULL);
	return s.document ? answer(req, 200, s.document) : answer(req, 404, NULL);
}

enum status duo_lezen(struct req *req)
{
	return read_document(req, req->param[1]);
}

enum status duo_lezen_diep(struct req *req)
{
	return read_document(
		req, arena_printf(req->arena, "%s/%s",
			     strstr(req->route->path, "/lbt/") ? "lbt" : "examens", req->param[1]));
}

/* ---- what was sent ---- */

/* Parses the body against a table of DUO's fields; NULL: 400. */
static void *read_body(struct req *req, const struct field *fields, size_t size)
{
	void *obj = arena_alloc(req->arena, size);

	req->body = client_json(
		req, &(struct client_call){ .reply = req->raw_body, .reply_len = req->body_len });
	if (!req->body || fields_from_json(req, fields, req->body, obj) != OK) {
		req->error = (struct error){ 0 };
		return NULL;
	}
	return obj;
}

static struct date date_in(json_t *documents, const char *kind, const char *name)
{
	struct date d = DATE_NONE;

	if (!date_parse(
		    json_string_value(json_object_get(json_object_get(documents, kind), name)), &d))
		return DATE_NONE;
	return d;
}

static bool before(struct date a, struct date b)
{
	return date_is_set(b) && date_compare(a, b) < 0;
}

static bool is_asylum(json_t *documents)
{
	const char *group = json_string_value(
		json_object_get(json_object_get(documents, "doelgroep"), "indeling"));

	return group && strcmp(group, "Asielstatushouder") == 0;
}

static void add_store(struct batch *b, const char *person, const char *kind, const char *document)
{
	int op = batch_add(b, Q_DUO_BEWAREN, NULL, NULL);

	batch_bind(b, op, "persoon", person);
	batch_bind(b, op, "soort", kind);
	batch_bind(b, op, "document", document);
}

static void add_notice(struct batch *b, const char *person, const char *event)
{
	int op = batch_add(b, Q_DUO_NOTIFICATIE, NULL, NULL);

	batch_bind(b, op, "persoon", person);
	batch_bind(b, op, "gebeurtenis_id", event);
}

/* ---- PIP ---- */

struct duo_pip_body {
	struct date dagtekening_pip;
	int leerroute, niveau, indicator_mag_opleiding_afmaken, indicator_alfabetiseringsonderwijs;
	int64_t geschatte_intensiteit_b1_route;
};

enum { DUO_B = 1, DUO_O, DUO_Z };
enum { DUO_A2 = 1, DUO_B1 };
static const char *const routes[] = { "B", "O", "Z", NULL };
static const char *const levels[] = { "A2", "B1", NULL };
static const char *const literacy[] = { "A", "AA", "NVT", NULL };

static const struct field pip_fields[] = {
	FIELD(struct duo_pip_body, dagtekening_pip, F_DATE, REQUIRED, ""),
	FIELD_ENUM(struct duo_pip_body, leerroute, routes, REQUIRED, ""),
	FIELD_ENUM(struct duo_pip_body, niveau, levels, OPTIONAL, ""),
	FIELD_RANGE(
		struct duo_pip_body, geschatte_intensiteit_b1_route, F_INT, OPTIONAL, 1, 9999, ""),
	FIELD(struct duo_pip_body, indicator_mag_opleiding_afmaken, F_BOOL, OPTIONAL, ""),
	FIELD_ENUM(struct duo_pip_body, indicator_alfabetiseringsonderwijs, literacy, OPTIONAL, ""),
	FIELD_END,
};

static void check_pip(const struct duo_pip_body *p, json_t *documents, struct faults *f)
{
	bool first = !json_object_get(documents, "PIP");
	json_t *current = json_object_get(json_object_get(documents, "PIP"), "pip");
	struct date previous;

	if (!date_parse(json_string_value(json_object_get(current, "dagtekeningPip")), &previous))
		previous = DATE_NONE;
	object(f,
		before(p->dagtekening_pip, date_in(documents, "inburgeringsplicht", "begindatum")),
		"De dagtekening ligt voor de start van de inburgeringsplicht.");
	object(f, before(p->dagtekening_pip, previous),
		"De dagtekening ligt voor de dagtekening van het huidige PIP.");
	object(f, p->niveau == DUO_A2 && p->leerroute == DUO_O,
		"Niveau A2 is niet toegestaan bij de onderwijsroute.");
	object(f, p->niveau == DUO_B1 && p->leerroute == DUO_Z,
		"Niveau B1 is niet toegestaan bij de Z-route.");
	object(f, first && p->niveau == DUO_A2 && p->leerroute == DUO_B,
		"Niveau A2 is niet toegestaan bij een eerste PIP met de B1-route.");
	object(f,
		p->geschatte_intensiteit_b1_route != NUMBER_NONE &&
			(p->leerroute != DUO_B || !is_asylum(documents)),
		"De geschatte intensiteit is alleen toegestaan bij de B1-route van een "
		"asielstatushouder.");
}

/* The first PIP starts the term: the day after the dagtekening, three years, end exclusive. */
static void add_term(struct req *req, struct batch *b, const char *person, struct date signed_on)
{
	struct date begin = date_add_days(signed_on, 1);
	char from[DATE_TEXT], to[DATE_TEXT];

	add_store(b, person, "inburgeringstermijn",
		arena_printf(req->arena, "{\"startdatum\":\"%s\",\"einddatum\":\"%s\"}",
			date_format(begin, from), date_format(date_add_months(begin, 36), to)));
	add_notice(b, person, "SS102");
}

enum status duo_pip_ontvangen(struct req *req)
{
	struct faults f = { .count = 0 };
	struct subject s;
	struct batch b;
	const struct duo_pip_body *p;
	char *level;
	int status;

	TRY(find_subject(req, "PIP", &s, &status));
	if (status)
		return answer(req, status, NULL);
	p = read_body(req, pip_fields, sizeof(*p));
	if (!p)
		return answer(req, 400, NULL);
	check_pip(p, s.documents, &f);
	if (f.count)
		return refuse(req, &f);
	if (!p->niveau && p->leerroute != DUO_Z)
		json_object_set_new(req->body, "niveau", json_string("B1"));
	level = json_dumps(req->body, JSON_COMPACT);
	batch_init(&b, req);
	add_store(&b, s.id, "PIP",
		arena_printf(
			req->arena, "{\"gemeentecode\":\"%s\",\"pip\":%s}", s.gemeentecode, level));
	free(level);
	if (!json_object_get(s.documents, "inburgeringstermijn"))
		add_term(req, &b, s.id, p->dagtekening_pip);
	TRY(batch_run(&b));
	return answer(req, 201, NULL);
}

/* ---- MAP, PVT, Z-route ---- */

struct duo_afronding {
	struct date datum_eindgesprek_map, datum_ondertekening_pvt, datum_afronding_zroute;
	int verwijtbaar;
};

static const char *const yes_no[] = { "Ja", "Nee", NULL };

static const struct field map_fields[] = {
	FIELD(struct duo_afronding, datum_eindgesprek_map, F_DATE, OPTIONAL, ""),
	FIELD_ENUM(struct duo_afronding, verwijtbaar, yes_no, OPTIONAL, ""),
	FIELD_END,
};
static const struct field pvt_fields[] = {
	FIELD(struct duo_afronding, datum_ondertekening_pvt, F_DATE, OPTIONAL, ""),
	FIELD_ENUM(struct duo_afronding, verwijtbaar, yes_no, OPTIONAL, ""),
	FIELD_END,
};
static const struct field zroute_fields[] = {
	FIELD(struct duo_afronding, datum_afronding_zroute, F_DATE, OPTIONAL, ""),
	FIELD_END,
};

static const struct afronding_kind {
	const char *name;
	const struct field *fields;
} kinds[] = { { "map", map_fields }, { "pvt", pvt_fields }, { "zroute", zroute_fields } };

static const struct afronding_kind *kind_of(const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

static void check_afronding(
	const struct req *req, struct date day, json_t *documents, struct faults *f)
{
	struct date start = date_in(documents, "inburgeringstermijn", "startdatum");

	object(f, !json_object_get(documents, "PIP"), "De gemeente heeft niet het huidige PIP.");
	object(f, !date_is_set(start), "De inburgeringstermijn is nog niet gestart.");
	if (!date_is_set(day))
		return;
	object(f, before(day, start), "De datum ligt voor de start van de inburgeringstermijn.");
	object(f, date_compare(day, req->today) > 0, "De datum ligt in de toekomst.");
}

enum status duo_afronding_ontvangen(struct req *req)
{
	const struct afronding_kind *kind = kind_of(req->param[1]);
	struct faults f = { .count = 0 };
	struct duo_afronding *in;
	struct subject s;
	struct batch b;
	struct date day;
	int status;

	if (!kind)
		return answer(req, 404, NULL);
	TRY(find_subject(req, kind->name, &s, &status));
	if (status)
		return answer(req, status, NULL);
	in = read_body(req, kind->fields, sizeof(*in));
	if (!in)
		return answer(req, 400, NULL);
	day = *(struct date *)((char *)in + kind->fields[0].offset);
	check_afronding(req, day, s.documents, &f);
	if (f.count)
		return refuse(req, &f);
	batch_init(&b, req);
	add_store(&b, s.id, kind->name, date_is_set(day) ? req->raw_body : NULL);
	TRY(batch_run(&b));
	return answer(req, 200, NULL);
}

/* ---- aanbod ---- */

struct duo_aanbod {
	struct date datum_inburgeringsaanbod, verwachte_startdatum_opleiding,
		verwachte_einddatum_opleiding;
	int indicator_alfabetiseringsonderwijs;
};

static const struct field aanbod_fields[] = {
	FIELD(struct duo_aanbod, datum_inburgeringsaanbod, F_DATE, OPTIONAL, ""),
	FIELD(struct duo_aanbod, verwachte_startdatum_opleiding, F_DATE, OPTIONAL, ""),
	FIELD(struct duo_aanbod, verwachte_einddatum_opleiding, F_DATE, OPTIONAL, ""),
	FIELD_ENUM(struct duo_aanbod, indicator_alfabetiseringsonderwijs, literacy, REQUIRED, ""),
	FIELD_END,
};

/* Institutions that DUO knows; those of the synthetic caseload. */
#define INSTELLING(number, name, place, tst)                                                       \
	"{\"instellingsnummer\":\"" number "\",\"naam\":\"" name "\",\"postcode\":\"1234AB\","     \
	"\"huisnummer\":1,\"plaatsnaam\":\"" place "\",\"indicatieBowKeurmerk\":true,"             \
	"\"indicatieTstKeurmerk\":" tst "}"

static const char instellingen[] = "[" INSTELLING("1000000001", "Taalhuis Delta", "Waterstad",
	"false") "," INSTELLING("1000000002", "Samen Leren", "Lagedorp",
	"false") "," INSTELLING("1000000003", "Mbo Hogeveld Taal", "Hogeveld",
	"true") "," INSTELLING("1000000004", "Nieuw Begin Taalschool", "Waterstad", "false") "]";

enum status duo_instellingen(struct req *req)
{
	int status = check_caller(req);

	return status ? answer(req, status, NULL) : answer(req, 200, instellingen);
}

enum status duo_aanbod_ontvangen(struct req *req)
{
	struct faults f = { .count = 0 };
	const struct duo_aanbod *in;
	struct subject s;
	struct batch b;
	int status;

	TRY(find_subject(req, "PIP", &s, &status));
	if (status)
		return answer(req, status, NULL);
	in = read_body(req, aanbod_fields, sizeof(*in));
	if (!in)
		return answer(req, 400, NULL);
	object(&f, !is_asylum(s.documents), "Een aanbod is er alleen voor een asielstatushouder.");
	object(&f, !s.document, "Er is geen PIP.");
	object(&f, !strstr(instellingen, req->param[1]), "De cursusinstelling is niet bekend.");
	object(&f,
		date_is_set(in->verwachte_startdatum_opleiding) &&
			date_is_set(in->verwachte_einddatum_opleiding) &&
			before(in->verwachte_einddatum_opleiding,
				in->verwachte_startdatum_opleiding),
		"De einddatum ligt voor de startdatum.");
	if (f.count)
		return refuse(req, &f);
	batch_init(&b, req);
	add_store(&b, s.id, "aanbod", req->raw_body);
	TRY(batch_run(&b));
	return answer(req, 201, NULL);
}
