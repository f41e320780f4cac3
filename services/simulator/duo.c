/* SPDX-License-Identifier: EUPL-1.2 */
#include "duo.h"

#include <stdlib.h>
#include <string.h>

#include "app/client.h"
#include "app/service.h"
#include "faults.h"
#include "messages.h"
#include "simulator_queries.h"

#define OIN_LENGTH 20
#define BSN_LENGTH 9
#define INSTITUTION_LENGTH 10
#define CONTACT_MAX 99999
#define RACES_MAX 20 /* another message about the same person was first */

enum refusal { BARE, TEXTS, NEVER };

struct operation {
	enum method method;
	const char *name; /* method and path: what counters and faults call it */
	const char *path, *version;
	enum refusal refusal; /* what a 403 carries */
	const char *document; /* GET: what it reads */
	const char *otherwise; /* GET: without a document, or when there is none; NULL: 404 */
	apply_fn *apply; /* NULL for a GET */
};

#define OPERATION(method_, path_, version_, refusal_, document_, otherwise_, apply_)               \
	{ method_, #method_ " " path_, path_, version_, refusal_, document_, otherwise_, apply_ },
static const struct operation operations[] = {
#include "operations.def"
};
#undef OPERATION

#define OPERATION_COUNT (sizeof(operations) / sizeof(*operations))

static const struct operation *operation_of(const struct req *req)
{
	const char *path = req->route->path + strlen(DUO_BASE);
	size_t i = 0;

	while (operations[i].method != req->method || strcmp(operations[i].path, path) != 0)
		i++; /* the routes are made from the same rows */
	return &operations[i];
}

bool duo_knows(const char *operation)
{
	for (size_t i = 0; i < OPERATION_COUNT; i++)
		if (strcmp(operations[i].name, operation) == 0)
			return true;
	return false;
}

/* ---- the request ---- */

static bool is_uuid(const char *s)
{
	if (!s || strlen(s) != 36)
		return false;
	for (int i = 0; i < 36; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? s[i] != '-' : !strchr("0123456789abcdefABCDEF", s[i]))
			return false;
	}
	return true;
}

static bool has_digits(const char *s, size_t count)
{
	return s && strlen(s) == count && strspn(s, "0123456789") == count;
}

int duo_check_caller(const struct req *req)
{
	if (!req->client_verify || strcmp(req->client_verify, "SUCCESS") != 0 ||
		!req->client_serial)
		return 401;
	if (!has_digits(req->bron, OIN_LENGTH) || !has_digits(req->doel, OIN_LENGTH) ||
		!is_uuid(req->bericht_id))
		return 400;
	if (strcmp(req->bron, req->client_serial) != 0 ||
		strcmp(req->doel, req->app->config.duo_oin) != 0)
		return 403;
	return 0;
}

/* What stands in the path in the place of `{name}`, or NULL. */
static const char *in_path(const struct req *req, const struct operation *op, const char *name)
{
	const char *at = strstr(op->path, name);
	int n = 0;

	if (!at)
		return NULL;
	for (const char *p = op->path; p < at; p++)
		n += *p == '{';
	return req->param[n];
}

static bool is_contact_number(const char *s)
{
	long n = has_digits(s, strlen(s)) ? strtol(s, NULL, 10) : 0;

	return n >= 1 && n <= CONTACT_MAX;
}

static bool path_is_right(const struct req *req, const struct operation *op)
{
	const char *bsn = in_path(req, op, "{bsn}");
	const char *contact = in_path(req, op, "{nummer}");
	const char *institution = in_path(req, op, "{instellingsnummer}");

	return (!bsn || has_digits(bsn, BSN_LENGTH)) && (!contact || is_contact_number(contact)) &&
	       (!institution || strlen(institution) == INSTITUTION_LENGTH);
}

static int check_request(const struct req *req, const struct operation *op)
{
	int status = duo_check_caller(req);

	if (!status && !path_is_right(req, op))
		return 400;
	return status == 403 && op->refusal == NEVER ? 400 : status;
}

/* ---- the answer ---- */

/* What one request came to. */
struct outcome {
	int status;
	const char *body; /* JSON or NULL */
	struct fault fault; /* that spoils the answer; kind 0: none */
	bool repeated; /* taken before under this berichtId */
	bool recorded; /* DUO keeps its traffic */
};

static void add_count(struct batch *b, const char *operation, const struct outcome *o)
{
	int op = batch_add(b, Q_TELLEN, NULL, NULL);
	bool taken = o->status < 300 && !o->repeated && !(o->fault.kind && !o->fault.afterwards);

	batch_bind(b, op, "operatie", operation);
	batch_bind_int(b, op, "gevraagd", 1);
	batch_bind_int(b, op, "aangenomen", taken);
	batch_bind_int(b, op, "geweigerd", !o->fault.kind && o->status >= 300);
	batch_bind_int(b, op, "fout", o->fault.kind != 0);
	batch_bind_int(b, op, "herhaald", o->repeated);
}

static void add_record(struct batch *b, const struct outcome *o)
{
	const struct req *req = b->req;
	int op = batch_add(b, Q_VERKEER_BEWAREN, NULL, NULL);

	batch_bind(b, op, "methode", method_name(req->method));
	batch_bind(b, op, "pad", req->route->path);
	batch_bind(b, op, "verzoek", req->body ? req->raw_body : NULL);
	batch_bind_int(b, op, "status", o->status);
	batch_bind(b, op, "antwoord", o->body);
}

static const char *texts_json(struct req *req, const char *const *texts, int count)
{
	struct buffer b;

	buffer_init(&b, req->arena);
	for (int i = 0; i < count; i++) {
		buffer_puts(&b, i ? ",{\"fouttekst\":" : "[{\"fouttekst\":");
		buffer_json(&b, texts[i]);
		buffer_putc(&b, '}');
	}
	buffer_putc(&b, ']');
	return b.data;
}

/* A 403 that no rule of DUO gave. */
static const char *bare_refusal(struct req *req, const struct operation *op, int status)
{
	static const char *const text[] = { "De afzender is hiervoor niet geautoriseerd." };

	return status == 403 && op->refusal == TEXTS ? texts_json(req, text, 1) : NULL;
}

static enum status reply(struct req *req, const struct operation *op, const struct outcome *o)
{
	const char *body = o->body;
	int status = o->status;

	reply_header(req, "API-Version", op->version);
	if (o->fault.kind == FAULT_STATUS) {
		status = (int)o->fault.status;
		body = bare_refusal(req, op, status);
	} else if (o->fault.kind) {
		return fault_answer(req, &o->fault, status, body);
	}
	return reply_raw(req, status, body ? "application/json" : NULL, body ? body : "",
		body ? strlen(body) : 0);
}

/* Counts what was not taken, and answers. */
static enum status finish(struct req *req, const struct operation *op, const struct outcome *o)
{
	struct batch b;

	batch_init(&b, req);
	add_count(&b, op->name, o);
	if (o->recorded)
		add_record(&b, o);
	TRY(batch_run(&b));
	return reply(req, op, o);
}

/* ---- reading ---- */

static enum status record(struct req *req, const struct outcome *o)
{
	struct batch b;

	batch_init(&b, req);
	add_record(&b, o);
	return batch_run(&b);
}

static void look_up(const struct operation *op, const struct batch *b, int at, bool of_person,
	struct outcome *o)
{
	if (*batch_text(b, at, 0, "gemeente_bekend") != 't') {
		o->status = op->refusal == NEVER ? 400 : 403;
		return;
	}
	o->body = batch_text(b, at, 0, "document");
	if (!o->body && (!of_person || *batch_text(b, at, 0, "bekend") == 't'))
		o->body = op->otherwise;
	o->status = o->body ? 200 : 404;
}

static enum status answer_question(struct req *req, const struct operation *op)
{
	const char *bsn = in_path(req, op, "{bsn}");
	struct outcome o = { 0 };
	int64_t delay;
	struct batch b;
	int at;

	batch_init(&b, req);
	at = batch_add(&b, Q_DUO_LEZEN, NULL, NULL);
	batch_bind(&b, at, "operatie", op->name);
	batch_bind(&b, at, "bsn", bsn);
	batch_bind(&b, at, "bron", req->bron);
	batch_bind(&b, at, "document", op->document);
	batch_bind(&b, at, "altijd", op->otherwise);
	TRY(batch_run(&b));
	look_up(op, &b, at, bsn != NULL, &o);
	o.fault = fault_read(req, batch_text(&b, at, 0, "fouten"), &delay);
	o.recorded = *batch_text(&b, at, 0, "verkeer") == 't';
	if (delay)
		req_pause(req, delay);
	if (o.recorded)
		TRY(record(req, &o));
	return reply(req, op, &o);
}

/* ---- messages ---- */

/* What a message of a gemeente is judged by. */
struct situation {
	struct message message;
	struct fault fault;
	int64_t delay; /* of the answer */
	bool recorded;
	const char *earlier; /* operation that was taken under this berichtId, or NULL */
	int earlier_status;
	const char *earlier_answer;
};

static void take_situation(const struct batch *b, int at, struct situation *s)
{
	struct message *m = &s->message;
	long long next = batch_int(b, at, 0, "nieuw_contact");

	m->gemeente = batch_text(b, at, 0, "gemeente");
	m->contact = next == NUMBER_NONE ? batch_int(b, at, 0, "contact") : next;
	m->fixes_term = *batch_text(b, at, 0, "termijn") == 't';
	m->delay_ms = batch_int(b, at, 0, "vertraging_ms");
	person_get(b, at, &m->person);
	s->recorded = *batch_text(b, at, 0, "verkeer") == 't';
	s->earlier = batch_text(b, at, 0, "eerder");
	s->earlier_status = s->earlier ? (int)batch_int(b, at, 0, "eerder_status") : 0;
	s->earlier_answer = batch_text(b, at, 0, "eerder_antwoord");
}

static enum status load_situation(struct req *req, const struct operation *op, struct situation *s)
{
	const char *contact = in_path(req, op, "{nummer}");
	struct batch b;
	int at;

	*s = (struct situation){ .message = { .req = req } };
	s->message.number = contact ? contact : in_path(req, op, "{instellingsnummer}");
	batch_init(&b, req);
	at = batch_add(&b, Q_DUO_STAND, NULL, NULL);
	batch_bind(&b, at, "operatie", op->name);
	batch_bind(&b, at, "bericht_id", req->bericht_id);
	batch_bind(&b, at, "bsn", in_path(req, op, "{bsn}"));
	batch_bind(&b, at, "bron", req->bron);
	batch_bind(&b, at, "contact", contact);
	TRY(batch_run(&b));
	take_situation(&b, at, s);
	s->fault = fault_read(req, batch_text(&b, at, 0, "fouten"), &s->delay);
	return OK;
}

static bool has_body(const struct operation *op)
{
	return op->method != DELETE && op->apply != apply_link;
}

/* False: 400. */
static bool read_body(struct req *req, const struct operation *op, struct message *m)
{
	struct client_call sent = { .reply = req->raw_body, .reply_len = req->body_len };

	if (!has_body(op))
		return true;
	if (!req->content_type || strncasecmp(req->content_type, "application/json", 16) != 0)
		return false;
	m->body = client_json(req, &sent);
	req->body = m->body;
	return m->body;
}

static void add_message(struct batch *b, const struct operation *op, const struct message *m,
	const struct outcome *o)
{
	int at = batch_add(b, Q_BERICHT_BEWAREN, NULL, NULL);
	char *text = m->body ? json_dumps(m->body, JSON_COMPACT) : NULL;

	batch_bind(b, at, "bericht_id", b->req->bericht_id);
	batch_bind(b, at, "operatie", op->name);
	batch_bind(b, at, "gemeentecode", m->gemeente);
	batch_bind(b, at, "over", m->person.id ? m->person.id : m->gemeente);
	batch_bind(b, at, "onderwerp", m->number);
	batch_bind(b, at, "inhoud", text);
	batch_bind_int(b, at, "status", o->status);
	batch_bind(b, at, "antwoord", o->body);
	free(text);
}

/* Judges and, when it is taken, stores. ERR_CONFLICT: somebody was first, look again. */
static enum status apply(
	struct req *req, const struct operation *op, struct message *m, struct outcome *o)
{
	struct batch b;

	batch_init(&b, req);
	if (!m->gemeente)
		o->status = 403;
	else if (in_path(req, op, "{bsn}") && !m->person.id)
		o->status = 404;
	else
		o->status = read_body(req, op, m) ? op->apply(m, &b) : 400;
	o->body = o->status == 403 && m->text_count ? texts_json(req, m->texts, m->text_count)
						    : bare_refusal(req, op, o->status);
	if (o->status >= 300)
		return OK;
	o->body = m->reply;
	if (m->person.id)
		person_store(&b, &m->person);
	add_message(&b, op, m, o);
	add_count(&b, op->name, o);
	if (o->recorded)
		add_record(&b, o);
	return batch_run(&b);
}

/* As often as another was first, from the start. */
static enum status apply_again(
	struct req *req, const struct operation *op, struct situation *s, struct outcome *o)
{
	enum status status = apply(req, op, &s->message, o);

	for (int i = 0; status == ERR_CONFLICT && i < RACES_MAX; i++) {
		struct fault fault = s->fault;

		req->error = (struct error){ 0 };
		TRY(load_situation(req, op, s));
		s->fault = fault;
		if (s->earlier)
			return OK;
		status = apply(req, op, &s->message, o);
	}
	return status;
}

static enum status answer_repeated(
	struct req *req, const struct operation *op, const struct situation *s, struct outcome *o)
{
	bool same = strcmp(s->earlier, op->name) == 0;

	o->repeated = same;
	o->status = same ? s->earlier_status : 400;
	o->body = same ? s->earlier_answer : NULL;
	return finish(req, op, o);
}

static enum status answer_message(struct req *req, const struct operation *op)
{
	struct outcome o = { 0 };
	struct situation s;

	TRY(load_situation(req, op, &s));
	o.fault = s.fault;
	o.recorded = s.recorded;
	if (s.delay)
		req_pause(req, s.delay);
	if (o.fault.kind && !o.fault.afterwards) {
		o.status = 200;
		return finish(req, op, &o);
	}
	if (!s.earlier)
		TRY(apply_again(req, op, &s, &o));
	if (s.earlier)
		return answer_repeated(req, op, &s, &o);
	return o.status < 300 ? reply(req, op, &o) : finish(req, op, &o);
}

enum status duo_answer(struct req *req)
{
	const struct operation *op = operation_of(req);
	struct outcome o = { .status = check_request(req, op) };

	if (!o.status)
		return op->apply ? answer_message(req, op) : answer_question(req, op);
	o.body = bare_refusal(req, op, o.status);
	return finish(req, op, &o);
}
