/* SPDX-License-Identifier: EUPL-1.2 */
#include "outgoing.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "app/crypto.h"
#include "app/service.h"
#include "duo_queries.h"

#define ROUND_MAX 64 /* messages under way at once */
#define TURN_MS 1000 /* then other work has its turn */

/* ---- which event tells what ---- */

struct member {
	const char *ours, *theirs; /* of the event's data; in DUO's body */
};

/* Where the body comes from: what the event says, or the facts as they are now. */
#define UIT_GEBEURTENIS "gebeurtenis"
#define UIT_PIP "pip"
#define UIT_AANBOD "aanbod"
#define UIT_UREN "uren"

static const struct tell {
	const char *event;
	const char *part; /* only when the event's `soort` is this; NULL: always */
	enum operation op;
	const char *source;
	struct member members[2]; /* UIT_GEBEURTENIS; none of them there: the thing is withdrawn */
	enum operation counter; /* a withdrawal takes back this; OP_COUNT: it is none */
} tells[] = {
	{ "pip-vastgesteld", NULL, OP_PIP_MELDEN, UIT_PIP, { { 0 } }, OP_COUNT },
	{ "pip-ingetrokken", NULL, OP_PIP_INTREKKEN, UIT_GEBEURTENIS, { { 0 } }, OP_PIP_MELDEN },
	{ "aanbod-vastgelegd", NULL, OP_AANBOD_MELDEN, UIT_AANBOD, { { 0 } }, OP_COUNT },
	{ "aanbod-ingetrokken", NULL, OP_AANBOD_INTREKKEN, UIT_GEBEURTENIS, { { 0 } },
		OP_AANBOD_MELDEN },
	{ "map-afgerond", NULL, OP_MAP_MELDEN, UIT_GEBEURTENIS,
		{ { "datum", "datumEindgesprekMap" }, { "verwijtbaar", "verwijtbaar" } },
		OP_COUNT },
	{ "map-ingetrokken", NULL, OP_MAP_MELDEN, UIT_GEBEURTENIS,
		{ { "verwijtbaar", "verwijtbaar" } }, OP_COUNT },
	{ "pvt-ondertekend", NULL, OP_PVT_MELDEN, UIT_GEBEURTENIS,
		{ { "datum", "datumOndertekeningPvt" }, { "verwijtbaar", "verwijtbaar" } },
		OP_COUNT },
	{ "pvt-ingetrokken", NULL, OP_PVT_MELDEN, UIT_GEBEURTENIS,
		{ { "verwijtbaar", "verwijtbaar" } }, OP_COUNT },
	{ "z-eindgesprek", NULL, OP_ZROUTE_MELDEN, UIT_GEBEURTENIS,
		{ { "datum", "datumAfrondingZroute" } }, OP_COUNT },
	{ "z-eindgesprek-ingetrokken", NULL, OP_ZROUTE_MELDEN, UIT_GEBEURTENIS, { { 0 } },
		OP_COUNT },
	{ "uren-vastgelegd", "cursus", OP_UREN_PARTICIPATIETAALLES_MELDEN, UIT_UREN, { { 0 } },
		OP_COUNT },
	{ "uren-vastgelegd", "participatie", OP_UREN_PARTICIPATIE_MELDEN, UIT_UREN, { { 0 } },
		OP_COUNT },
	{ "uren-vastgelegd", "taalles-intake", OP_UREN_TAALLES_MELDEN, UIT_UREN, { { 0 } },
		OP_COUNT },
};

#define TELL_COUNT (sizeof(tells) / sizeof(*tells))

/* NULL: DUO does not want to know. */
static const struct tell *tell_find(const struct event *ev)
{
	const char *part = event_text(ev, "soort");

	for (size_t i = 0; i < TELL_COUNT; i++)
		if (strcmp(tells[i].event, ev->type) == 0 &&
			(!tells[i].part || (part && strcmp(tells[i].part, part) == 0)))
			return &tells[i];
	return NULL;
}

/* The kind that takes back what `op` tells, or NULL. */
static const char *withdrawal_of(enum operation op)
{
	for (size_t i = 0; i < TELL_COUNT; i++)
		if (tells[i].counter == op)
			return operations[tells[i].op].name;
	return NULL;
}

static const char *body_of_event(struct arena *a, const struct tell *t, const struct event *ev)
{
	struct buffer b;

	buffer_init(&b, a);
	for (int i = 0; i < 2 && t->members[i].ours; i++) {
		const char *value = event_text(ev, t->members[i].ours);

		if (!value)
			continue;
		buffer_printf(&b, "%s\"%s\":", b.len ? "," : "", t->members[i].theirs);
		buffer_json(&b, value);
	}
	return arena_printf(a, "{%s}", b.len ? b.data : "");
}

/* ---- into the queue ---- */

/* A message to be; what is NULL is not known. */
struct message {
	enum operation op;
	const char *inburgeraar, *onderwerp, *instellingsnummer;
	const char *source, *part, *body;
	bool withdraws, again; /* again: also when DUO took the same before */
	enum operation counter;
};

static void bind_common(struct batch *b, int op, const struct message *m)
{
	const char *counter = m->withdraws ? operations[m->counter].name : withdrawal_of(m->op);

	batch_bind(b, op, "persoon", m->inburgeraar);
	batch_bind(b, op, "onderwerp", m->onderwerp);
	batch_bind(b, op, "instellingsnummer", m->instellingsnummer);
	batch_bind(b, op, "soort", operations[m->op].name);
	batch_bind(b, op, "tegen", counter);
	batch_bind(b, op, "trekt_in", m->withdraws ? "true" : "false");
}

static void add_message(struct batch *b, const struct message *m)
{
	int op = batch_add(b, Q_MELDING_VERVANGEN, NULL, NULL);

	bind_common(b, op, m);
	batch_bind(b, op, "trace", b->req->trace_id);
	op = batch_add(b, Q_MELDING_TOEVOEGEN, NULL, NULL);
	bind_common(b, op, m);
	batch_bind(b, op, "melding", req_uuid(b->req));
	batch_bind(b, op, "bericht", req_uuid(b->req));
	batch_bind(b, op, "bron", m->source);
	batch_bind(b, op, "onderdeel", m->part);
	batch_bind(b, op, "inhoud", m->body);
	batch_bind(
		b, op, "vervangt", operations[m->op].method == PUT && !m->again ? "true" : "false");
}

/* PIP and aanbod are told of one by one; all else is one thing of a person, that changes. */
static bool has_subject(const struct tell *t)
{
	return strcmp(t->source, UIT_PIP) == 0 || strcmp(t->source, UIT_AANBOD) == 0 ||
	       t->counter != OP_COUNT;
}

enum status job_melden(struct req *req, const struct event *ev)
{
	const struct tell *t = tell_find(ev);
	struct batch b;

	batch_init(&b, req);
	batch_claim(&b);
	if (t)
		add_message(&b, &(struct message){
					.op = t->op,
					.inburgeraar = ev->inburgeraar,
					.onderwerp = has_subject(t) ? ev->onderwerp : NULL,
					.instellingsnummer = event_text(ev, "instellingsnummer"),
					.source = t->source,
					.part = t->part,
					.body = body_of_event(req->arena, t, ev),
					.withdraws = t->counter != OP_COUNT,
					.counter = t->counter,
				});
	return batch_run(&b);
}

void melding_opnieuw(struct batch *b, enum operation op, const char *inburgeraar,
	const char *onderwerp, const char *instellingsnummer, const char *body)
{
	const struct tell *t = tells;

	while (t->op != op)
		t++;
	add_message(b, &(struct message){ .op = op,
			       .inburgeraar = inburgeraar,
			       .onderwerp = onderwerp,
			       .instellingsnummer = instellingsnummer,
			       .source = t->source,
			       .part = t->part,
			       .body = body,
			       .again = true });
}

enum status melding_lbt_intrekken(struct req *req)
{
	struct batch b;

	batch_init(&b, req);
	batch_add(&b, Q_PERSOON_MOET_BESTAAN, NULL, NULL);
	add_message(&b, &(struct message){ .op = OP_LBT_EXAMENNUMMER_INTREKKEN,
				.inburgeraar = req->param[0],
				.source = UIT_GEBEURTENIS,
				.body = "{}" });
	return batch_run(&b);
}

/* ---- contact persons ---- */

/* The member of staff becomes known to DUO, unless that is so or under way. */
static void introduce(struct batch *b, const char *medewerker)
{
	int op = batch_add(b, Q_CONTACTPERSOON_KENNEN, NULL, NULL);

	batch_bind(b, op, "contactpersoon", req_uuid(b->req));
	batch_bind(b, op, "wie", medewerker);
	op = batch_add(b, Q_CONTACTPERSOON_MAKEN, NULL, NULL);
	batch_bind(b, op, "melding", req_uuid(b->req));
	batch_bind(b, op, "bericht", req_uuid(b->req));
	batch_bind(b, op, "wie", medewerker);
	batch_bind(b, op, "soort", operations[OP_CONTACTPERSOON_MAKEN].name);
}

enum status job_contactpersoon(struct req *req, const struct event *ev)
{
	bool linked = strcmp(ev->type, "regisseur-toegewezen") == 0;
	const char *who = event_text(ev, "medewerker");
	struct batch b;
	int op;

	if (!who)
		return fail(req, ERR_INVALID, "%s zonder medewerker", ev->type);
	batch_init(&b, req);
	batch_claim(&b);
	if (linked)
		introduce(&b, who);
	op = batch_add(&b, Q_KOPPELING_VERVANGEN, NULL, NULL);
	batch_bind(&b, op, "persoon", ev->inburgeraar);
	batch_bind(&b, op, "koppelen", operations[OP_CONTACTPERSOON_KOPPELEN].name);
	batch_bind(&b, op, "ontkoppelen", operations[OP_CONTACTPERSOON_ONTKOPPELEN].name);
	batch_bind(&b, op, "trace", req->trace_id);
	op = batch_add(&b, Q_KOPPELING_MELDEN, NULL, NULL);
	batch_bind(&b, op, "melding", req_uuid(req));
	batch_bind(&b, op, "bericht", req_uuid(req));
	batch_bind(&b, op, "persoon", ev->inburgeraar);
	batch_bind(&b, op, "wie", who);
	batch_bind(&b, op, "koppelen", operations[OP_CONTACTPERSOON_KOPPELEN].name);
	batch_bind(&b, op, "soort",
		operations[linked ? OP_CONTACTPERSOON_KOPPELEN : OP_CONTACTPERSOON_ONTKOPPELEN]
			.name);
	return batch_run(&b);
}

enum status job_medewerkers(struct req *req)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_CONTACTPERSONEN_WIJZIGEN, NULL, NULL);
	batch_bind(&b, op, "maken", operations[OP_CONTACTPERSOON_MAKEN].name);
	batch_bind(&b, op, "wijzigen", operations[OP_CONTACTPERSOON_WIJZIGEN].name);
	op = batch_add(&b, Q_CONTACTPERSONEN_VERWIJDEREN, NULL, NULL);
	batch_bind(&b, op, "verwijderen", operations[OP_CONTACTPERSOON_VERWIJDEREN].name);
	return batch_run(&b);
}

/* ---- to DUO ---- */

/* Messages that are sent together. */
struct round {
	struct batch list;
	int op, count;
	struct client_call calls[ROUND_MAX];
	int row[ROUND_MAX]; /* of the call, in `list` */
	int call_count;
	json_t *results;
};

static const char *text(const struct round *r, int row, const char *column)
{
	return batch_text(&r->list, r->op, row, column);
}

static enum operation kind(const struct round *r, int row)
{
	enum operation op = operation_find(text(r, row, "soort"));

	assert(op < OP_COUNT);
	return op;
}

static enum status take(struct req *req, struct round *r)
{
	batch_init(&r->list, req);
	batch_add(&r->list, Q_MELDINGEN_OM_DE_BEURT, NULL, NULL);
	r->op = batch_add(&r->list, Q_MELDINGEN_NEMEN, NULL, NULL);
	batch_bind_int(&r->list, r->op, "tempo", req->app->config.duo_rate);
	batch_bind_int(&r->list, r->op, "hoogstens", ROUND_MAX);
	TRY(batch_run(&r->list));
	r->count = batch_rows(&r->list, r->op);
	return OK;
}

/* `number`: DUO's of the contact person; 0: none any more; NUMBER_NONE: unchanged. */
static void result(struct round *r, int row, const char *status, const char *fault, int64_t number)
{
	json_t *o = json_pack("{ss ss}", "id", text(r, row, "id"), "uitkomst", status);

	if (fault)
		json_object_set_new(o, "fout", json_string(fault));
	if (number != NUMBER_NONE)
		json_object_set_new(o, "nummer", json_integer(number));
	json_array_append_new(r->results, o);
}

static void address(struct req *req, struct round *r)
{
	for (int i = 0; i < r->count; i++) {
		enum operation op = kind(r, i);
		const char *sealed = text(r, i, "bsn_enc");
		const struct duo_subject about = {
			.gemeente = text(r, i, "gemeente"),
			.oin = text(r, i, "oin"),
			.bsn = sealed ? text_open(req->arena, sealed) : NULL,
			.nummer = text(r, i, "nummer"),
		};

		if (strstr(operations[op].path, "{bsn}") && !about.bsn) {
			result(r, i, "later", "De BSN-sleutel past niet", NUMBER_NONE);
			continue;
		}
		r->row[r->call_count] = i;
		r->calls[r->call_count++] = duo_call(req, op, &about, text(r, i, "bericht_id"),
			operations[op].in ? text(r, i, "inhoud") : NULL);
	}
}

/* What DUO's number of a contact person is after this answer. False: the answer is not DUO's. */
static bool read_number(
	struct req *req, enum operation op, const struct client_call *call, int64_t *number)
{
	struct duo_contactpersoon made;

	*number = op == OP_CONTACTPERSOON_VERWIJDEREN ? 0 : NUMBER_NONE;
	if (op != OP_CONTACTPERSOON_MAKEN)
		return true;
	if (duo_answer(req, op, call, &made) != OK || made.id == NUMBER_NONE) {
		req->error = (struct error){ 0 };
		return false;
	}
	*number = made.id;
	return true;
}

static void judge(struct req *req, struct round *r, const struct client_call *call, int row)
{
	enum operation op = kind(r, row);
	int64_t number;

	duo_log(req, op, text(r, row, "bericht_id"), call->status);
	if (call->status == 400 || call->status == 403 || call->status == 404)
		result(r, row, "geweigerd", duo_fault(req, call), NUMBER_NONE);
	else if (call->status < 200 || call->status >= 300)
		result(r, row, "later", "DUO gaf geen antwoord", NUMBER_NONE);
	else if (!read_number(req, op, call, &number))
		result(r, row, "later", "DUO's antwoord past niet in het contract", NUMBER_NONE);
	else
		result(r, row, "geaccepteerd", NULL, number);
}

static enum status settle(struct req *req, struct round *r)
{
	char *list = json_dumps(r->results, JSON_COMPACT);
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_MELDINGEN_AFHANDELEN, NULL, NULL);
	batch_bind(&b, op, "lijst", list);
	batch_bind_int(&b, op, "grens", req->app->config.duo_attempts);
	batch_bind_int(&b, op, "hoogstens", req->app->config.duo_retry_max);
	batch_bind(&b, op, "trace", req->trace_id);
	free(list);
	return batch_run(&b);
}

/* Two round trips to the database for all that is sent together. */
static enum status send_round(struct req *req, int *count)
{
	struct round r = { .results = arena_json(req->arena, json_array()) };

	TRY(take(req, &r));
	*count = r.count;
	if (r.count == 0)
		return OK;
	address(req, &r);
	TRY(client_run(req, r.calls, r.call_count));
	for (int i = 0; i < r.call_count; i++)
		judge(req, &r, &r.calls[i], r.row[i]);
	return settle(req, &r);
}

enum status job_verzenden(struct req *req)
{
	int64_t begin = job_clock();
	int count;

	do {
		TRY(send_round(req, &count));
	} while (count > 0 && job_clock() - begin < TURN_MS);
	return OK;
}
