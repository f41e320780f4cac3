/* SPDX-License-Identifier: EUPL-1.2 */
#include "jobs.h"

#include <stdio.h>
#include <string.h>

#include "app/client.h"
#include "app/log.h"
#include "app/service.h"
#include "faults.h"
#include "simulator_queries.h"

#define ROUND 20 /* notifications under way at once; a batch has room for their faults */
#define ROUNDS_MAX 200 /* then the other periodic work has its turn */
#define HOLD_MS 500 /* a notification that is to be overtaken, when its fault does not say */
#define HASTE_MS 5 /* how long a sender waits whose connection breaks */

/* One notification of the round. */
struct parcel {
	const char *id;
	struct fault fault;
	int64_t delay;
	bool held; /* not sent this time */
	int call, second; /* its calls; second -1: none */
};

struct round {
	struct parcel parcels[ROUND];
	int count;
	struct client_call calls[2 * ROUND];
	int call_count;
};

/* ---- what is due ---- */

static enum status load_due(struct req *req, struct batch *b, int *op)
{
	batch_init(b, req);
	*op = batch_add(b, Q_TE_VERZENDEN, NULL, NULL);
	batch_bind_int(b, *op, "hoeveel", ROUND);
	return batch_run(b);
}

static enum status load_faults(struct req *req, struct round *r)
{
	struct batch b;
	int op[ROUND] = { 0 };

	batch_init(&b, req);
	for (int i = 0; i < r->count; i++) {
		op[i] = batch_add(&b, Q_FOUTEN_KIEZEN, NULL, NULL);
		batch_bind(&b, op[i], "operatie", NOTIFICATIONS);
	}
	TRY(batch_run(&b));
	for (int i = 0; i < r->count; i++)
		r->parcels[i].fault =
			fault_read(req, batch_text(&b, op[i], 0, "fouten"), &r->parcels[i].delay);
	return OK;
}

/* ---- sending ---- */

static const char *body_of(struct req *req, const struct batch *list, int op, int row)
{
	const char *number = batch_text(list, op, row, "v_nummer");

	return arena_printf(req->arena,
		"{\"registratieDatumTijd\":\"%s\",\"bsn\":\"%s\",%s%s%s\"gebeurtenisId\":\"%s\"}",
		batch_text(list, op, row, "tijdstip"), batch_text(list, op, row, "bsn"),
		number ? "\"vNummer\":" : "", number ? number : "", number ? "," : "",
		batch_text(list, op, row, "gebeurtenis_id"));
}

static int add_call(struct req *req, struct round *r, const struct batch *list, int op, int row,
	const char *bericht)
{
	const struct config *c = &req->app->config;
	struct client_call *call = &r->calls[r->call_count];

	*call = (struct client_call){ .method = POST,
		.url = c->sim_notify_url,
		.ca = c->sim_ca,
		.cert = c->sim_cert,
		.key = c->sim_key,
		.content_type = "application/json" };
	call->headers[0] = arena_printf(req->arena, "bron: %s", c->duo_oin);
	call->headers[1] = arena_printf(req->arena, "doel: %s", batch_text(list, op, row, "oin"));
	call->headers[2] = arena_printf(req->arena, "berichtId: %s", bericht);
	call->body = body_of(req, list, op, row);
	return r->call_count++;
}

static void spoil(struct req *req, const struct fault *f, struct client_call *call)
{
	const struct config *c = &req->app->config;

	switch (f->kind) {
	case FAULT_CERTIFICAAT:
		call->cert = *c->sim_other_cert ? c->sim_other_cert : NULL;
		call->key = call->cert ? c->sim_other_key : NULL;
		break;
	case FAULT_GEEN_JSON:
	case FAULT_AFGEKAPT:
		call->body = arena_strndup(req->arena, call->body, strlen(call->body) / 2);
		break;
	case FAULT_BUITEN_CONTRACT:
		call->body = "{\"gebeurtenis\":\"onbekend\"}";
		break;
	case FAULT_VERBROKEN:
		call->timeout_ms = f->ms ? (long)f->ms : HASTE_MS;
		break;
	default:
		break;
	}
}

static void prepare(struct req *req, struct round *r, const struct batch *list, int op, int row)
{
	struct parcel *p = &r->parcels[row];
	enum fault_kind kind = p->fault.kind;

	p->second = -1;
	p->held = kind == FAULT_VOLGORDE || p->delay > 0;
	if (p->held)
		return;
	p->call = add_call(req, r, list, op, row, p->id);
	spoil(req, &p->fault, &r->calls[p->call]);
	if (kind == FAULT_DUBBEL || kind == FAULT_DUBBEL_ANDERS)
		p->second = add_call(
			req, r, list, op, row, kind == FAULT_DUBBEL ? p->id : req_uuid(req));
}

/* ---- what became of it ---- */

struct tally {
	int asked, taken, refused, spoilt, repeated;
};

static void add_tally(struct batch *b, const struct tally *t)
{
	int op = batch_add(b, Q_TELLEN, NULL, NULL);

	batch_bind(b, op, "operatie", NOTIFICATIONS);
	batch_bind_int(b, op, "gevraagd", t->asked);
	batch_bind_int(b, op, "aangenomen", t->taken);
	batch_bind_int(b, op, "geweigerd", t->refused);
	batch_bind_int(b, op, "fout", t->spoilt);
	batch_bind_int(b, op, "herhaald", t->repeated);
}

static void hold(struct batch *b, const struct parcel *p)
{
	bool overtaken = p->fault.kind == FAULT_VOLGORDE;
	int64_t ms = p->delay ? p->delay : p->fault.ms ? p->fault.ms : HOLD_MS;
	int op = batch_add(b, Q_OPGEHOUDEN, NULL, NULL);

	batch_bind(b, op, "bericht", p->id);
	batch_bind(b, op, "los", overtaken ? "true" : "false");
	batch_bind_int(b, op, "over_ms", ms);
}

static void tell_refusal(struct req *req, const struct client_call *call)
{
	char text[12];

	snprintf(text, sizeof(text), "%ld", call->status);
	log_line(req, LOG_LET_OP, "notificatie niet aangenomen", "status", text, NULL);
}

static void add_marks(struct batch *b, int query, const struct buffer *ids)
{
	int op;

	if (!ids->len)
		return;
	op = batch_add(b, query, NULL, NULL);
	batch_bind(b, op, "berichten", arena_printf(b->req->arena, "{%s}", ids->data));
}

static void note(struct req *req, const struct round *r, const struct parcel *p, struct tally *t,
	struct buffer *taken, struct buffer *later)
{
	const struct client_call *call = &r->calls[p->call];
	bool ok = call->status == 201;
	struct buffer *ids = ok ? taken : later;

	buffer_printf(ids, "%s%s", ids->len ? "," : "", p->id);
	t->asked += 1 + (p->second >= 0);
	t->taken += ok;
	t->refused += !ok;
	t->spoilt += p->fault.kind != 0;
	t->repeated += p->second >= 0;
	if (!ok)
		tell_refusal(req, call);
}

static enum status settle(struct req *req, const struct round *r)
{
	struct tally t = { 0 };
	struct buffer taken, later;
	struct batch b;

	batch_init(&b, req);
	buffer_init(&taken, req->arena);
	buffer_init(&later, req->arena);
	for (int i = 0; i < r->count; i++) {
		const struct parcel *p = &r->parcels[i];

		if (p->held)
			hold(&b, p);
		else
			note(req, r, p, &t, &taken, &later);
	}
	add_marks(&b, Q_VERZONDEN, &taken);
	add_marks(&b, Q_UITGESTELD, &later);
	add_tally(&b, &t);
	return batch_run(&b);
}

static enum status send_round(struct req *req, int *count)
{
	struct round *r = arena_alloc(req->arena, sizeof(*r));
	struct batch due;
	int op;

	TRY(load_due(req, &due, &op));
	*count = r->count = batch_rows(&due, op);
	for (int i = 0; i < r->count; i++)
		r->parcels[i].id = batch_text(&due, op, i, "id");
	if (r->count && *batch_text(&due, op, 0, "gestoord") == 't')
		TRY(load_faults(req, r));
	for (int i = 0; i < r->count; i++)
		prepare(req, r, &due, op, i);
	if (r->call_count)
		TRY(client_run(req, r->calls, r->call_count));
	return r->count ? settle(req, r) : OK;
}

enum status job_notificeren(struct req *req)
{
	int count = ROUND;

	for (int i = 0; count > 0 && i < ROUNDS_MAX; i++)
		TRY(send_round(req, &count));
	return OK;
}
