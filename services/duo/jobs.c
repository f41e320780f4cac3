/* SPDX-License-Identifier: EUPL-1.2 */
#include "jobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/client.h"
#include "app/crypto.h"
#include "app/log.h"
#include "app/service.h"
#include "duo_queries.h"
#include "events.h"
#include "store.h"

/* ---- calls to DUO ---- */

/* A call on behalf of a gemeente: its certificate, its OIN as `bron`. The path holds a BSN: never
 * log it. */
static struct client_call duo_call(struct req *req, enum method method, const char *gemeente,
	const char *oin, const char *bericht, const char *path)
{
	const struct config *c = &req->app->config;
	struct client_call call = { .method = method, .ca = c->duo_ca };

	call.url = arena_printf(req->arena, "%s%s", c->duo_url, path);
	call.cert = arena_printf(req->arena, "%s/%s.crt", c->duo_cert_dir, gemeente);
	call.key = arena_printf(req->arena, "%s/%s.key", c->duo_cert_dir, gemeente);
	call.headers[0] = arena_printf(req->arena, "bron: %s", oin);
	call.headers[1] = arena_printf(req->arena, "doel: %s", c->duo_oin);
	call.headers[2] = arena_printf(req->arena, "berichtId: %s", bericht);
	return call;
}

static void log_call(const struct req *req, const char *template, long status)
{
	char text[12];

	snprintf(text, sizeof(text), "%ld", status);
	log_line(req, LOG_INFO, "duo", "pad", template, "status", text, NULL);
}

/* ---- notifications in ---- */

/* Asks all that the event's row names, side by side. */
static enum status fetch(
	struct req *req, const struct gebeurtenis_row *row, const char *bsn, struct notice *n)
{
	struct client_call calls[OP_COUNT];
	int asked[OP_COUNT], count = 0;

	for (int op = 0; op < OP_COUNT; op++) {
		if (!(row->ask & ASK(op)))
			continue;
		asked[count] = op;
		calls[count++] = duo_call(req, GET, n->gemeente, n->oin, req_uuid(req),
			arena_printf(req->arena, "/personen/%s/%s", bsn, operations[op].path));
	}
	TRY(client_run(req, calls, count));
	for (int i = 0; i < count; i++) {
		json_t **answer = &n->answer[asked[i]];

		log_call(req, operations[asked[i]].path, calls[i].status);
		if (calls[i].status == 404)
			continue;
		if (calls[i].status != 200)
			return fail(req, ERR_UPSTREAM, "DUO gaf geen antwoord op %s",
				operations[asked[i]].path);
		*answer = client_json(req, &calls[i]);
		if (!*answer || !operation_fits(asked[i], *answer))
			return fail(req, ERR_UPSTREAM, "DUO's antwoord op %s past niet",
				operations[asked[i]].path);
	}
	return OK;
}

/* All that is needed to work the notification off; ERR_UPSTREAM: not to be had yet. */
static enum status gather(
	struct req *req, const struct gebeurtenis_row *row, const char *bsn, struct notice *n)
{
	if (row->needs_dossier && !n->inburgeraar)
		return fail(req, ERR_UPSTREAM, "Het dossier is er nog niet");
	if (row->ask)
		TRY(fetch(req, row, bsn, n));
	if (row->ask & ASK(OP_DOELGROEP) && n->answer[OP_PLICHT] && !notice_doelgroep(n))
		return fail(req, ERR_UPSTREAM, "DUO noemt geen doelgroep");
	return OK;
}

/* In one batch with the event's claim, when it comes of an event. */
static enum status settle_notice(struct req *req, const struct gebeurtenis_row *row,
	const char *bsn, const struct notice *n, const char *wait)
{
	struct batch b;

	batch_init(&b, req);
	if (req->event)
		batch_claim(&b);
	if (wait) {
		store_notice_later(&b, n, wait);
		return batch_run(&b);
	}
	if (row && bsn && notice_is_told(row, n))
		row->emit(&b, n);
	else
		emit_signaal(&b, n);
	store_notice_done(&b, n, row ? "verwerkt" : "onbekend");
	return batch_run(&b);
}

/* *away: DUO gave no answer that could be used. */
static enum status work_off(struct req *req, const char *id, bool *away)
{
	const struct gebeurtenis_row *row;
	const char *bsn, *wait = NULL;
	struct notice n;

	TRY(store_notice(req, id, &n));
	*away = false;
	if (strcmp(n.status, "ontvangen") != 0)
		return OK;
	row = gebeurtenis_find(n.gebeurtenis_id);
	bsn = n.bsn_enc ? text_open(req->arena, n.bsn_enc) : NULL;
	if (n.bsn_enc && !bsn)
		wait = "De BSN-sleutel past niet";
	else if (row && bsn && gather(req, row, bsn, &n) != OK) {
		wait = req->error.detail;
		*away = !row->needs_dossier || n.inburgeraar;
		req->error = (struct error){ 0 };
	}
	return settle_notice(req, row, bsn, &n, wait);
}

enum status job_notificatie(struct req *req, const struct event *ev)
{
	bool away;

	return work_off(req, ev->onderwerp, &away);
}

/* Those that waited. While DUO is away one attempt a time is enough. */
enum status job_ophalen(struct req *req)
{
	const char *all = req->session.gemeenten;
	struct batch b;
	bool away = false;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_NOTIFICATIES_TE_HALEN, NULL, NULL);
	TRY(batch_run(&b));
	for (int i = 0; i < batch_rows(&b, op) && !away; i++) {
		req->gemeente = req->session.gemeenten = batch_text(&b, op, i, "gemeente");
		TRY(work_off(req, batch_text(&b, op, i, "id"), &away));
	}
	req->gemeente = NULL;
	req->session.gemeenten = all;
	return OK;
}

/* ---- messages out: into the queue ---- */

static void replace_unsent(struct batch *b, const struct event *ev, const char *kind)
{
	int op = batch_add(b, Q_MELDING_VERVANGEN, NULL, NULL);

	batch_bind(b, op, "inburgeraar_id", ev->inburgeraar);
	batch_bind(b, op, "soort", kind);
	batch_bind(b, op, "instellingsnummer", event_text(ev, "instellingsnummer"));
	batch_bind(b, op, "trace", b->req->trace_id);
}

static void bind_ids(struct batch *b, int op)
{
	batch_bind(b, op, "melding", req_uuid(b->req));
	batch_bind(b, op, "bericht", req_uuid(b->req));
}

enum status job_pip(struct req *req, const struct event *ev)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	batch_claim(&b);
	replace_unsent(&b, ev, "pip");
	op = batch_add(&b, Q_MELDING_PIP, NULL, NULL);
	bind_ids(&b, op);
	batch_bind(&b, op, "inburgeraar_id", ev->inburgeraar);
	return batch_run(&b);
}

enum status job_aanbod(struct req *req, const struct event *ev)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	batch_claim(&b);
	replace_unsent(&b, ev, "aanbod");
	op = batch_add(&b, Q_MELDING_AANBOD, NULL, NULL);
	bind_ids(&b, op);
	batch_bind(&b, op, "onderwerp", ev->onderwerp);
	return batch_run(&b);
}

static const struct afronding {
	const char *event, *kind, *member;
} afrondingen[] = {
	{ "pvt-ondertekend", "pvt", "datumOndertekeningPvt" },
	{ "map-afgerond", "map", "datumEindgesprekMap" },
	{ "z-eindgesprek", "zroute", "datumAfrondingZroute" },
};

enum status job_afronding(struct req *req, const struct event *ev)
{
	const struct afronding *a = afrondingen;
	struct batch b;
	int op;

	while (strcmp(a->event, ev->type) != 0)
		a++;
	batch_init(&b, req);
	batch_claim(&b);
	replace_unsent(&b, ev, a->kind);
	op = batch_add(&b, Q_MELDING_AFRONDING, NULL, NULL);
	bind_ids(&b, op);
	batch_bind(&b, op, "inburgeraar_id", ev->inburgeraar);
	batch_bind(&b, op, "soort", a->kind);
	batch_bind(&b, op, "onderwerp", ev->onderwerp);
	batch_bind(&b, op, "inhoud",
		arena_printf(req->arena, "{\"%s\":\"%s\"}", a->member, event_text(ev, "datum")));
	return batch_run(&b);
}

/* ---- messages out: to DUO ---- */

static const struct kind {
	const char *name;
	enum method method;
	const char *template; /* below /personen/<bsn>; %s: the institution */
} kinds[] = {
	{ "pip", POST, "/PIP" },
	{ "map", PUT, "/map" },
	{ "pvt", PUT, "/pvt" },
	{ "zroute", PUT, "/zroute" },
	{ "aanbod", POST, "/Inburgeringsaanbod/" },
};

static const struct kind *kind_of(const char *name)
{
	const struct kind *k = kinds;

	while (strcmp(k->name, name) != 0)
		k++;
	return k;
}

/* DUO's [{"fouttekst": …}] as one text; the status when there is none. */
static const char *fault_text(struct req *req, const struct client_call *call)
{
	json_t *list = client_json(req, call), *each;
	struct buffer b;
	size_t i;

	buffer_init(&b, req->arena);
	json_array_foreach(list, i, each)
	{
		const char *text = json_string_value(json_object_get(each, "fouttekst"));

		if (text)
			buffer_printf(&b, "%s%s", b.len ? " " : "", text);
	}
	if (b.len == 0)
		buffer_printf(&b, "DUO antwoordde met %ld", call->status);
	return b.data;
}

static enum status settle(struct req *req, const struct batch *list, int op, int row, bool accepted,
	const char *fault)
{
	const char *kind = batch_text(list, op, row, "soort");
	struct batch b;
	int done;
	json_t *data = json_pack("{ss}", "soort", kind);

	if (fault)
		json_object_set_new(data, "fouttekst", json_string(fault));
	batch_init(&b, req);
	done = batch_add(&b, Q_MELDING_AFGEHANDELD, NULL, NULL);
	batch_bind(&b, done, "melding", batch_text(list, op, row, "id"));
	batch_bind(&b, done, "status", accepted ? "geaccepteerd" : "geweigerd");
	batch_bind(&b, done, "fout", fault);
	event_add(&b, accepted ? "melding-geaccepteerd" : "melding-geweigerd",
		batch_text(list, op, row, "gemeente"), batch_text(list, op, row, "inburgeraar_id"),
		batch_text(list, op, row, "onderwerp"), data);
	return batch_run(&b);
}

static enum status postpone(struct req *req, const char *id, const char *why)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_MELDING_LATER, NULL, NULL);
	batch_bind(&b, op, "melding", id);
	batch_bind(&b, op, "fout", why);
	batch_bind_int(&b, op, "hoogstens", req->app->config.duo_retry_max);
	return batch_run(&b);
}

static enum status send_one(struct req *req, const struct batch *list, int op, int row)
{
	const struct kind *k = kind_of(batch_text(list, op, row, "soort"));
	const char *school = batch_text(list, op, row, "instellingsnummer");
	const char *bsn = text_open(req->arena, batch_text(list, op, row, "bsn_enc"));
	struct client_call call;

	if (!bsn)
		return postpone(req, batch_text(list, op, row, "id"), "De BSN-sleutel past niet");
	call = duo_call(req, k->method, batch_text(list, op, row, "gemeente"),
		batch_text(list, op, row, "oin"), batch_text(list, op, row, "bericht_id"),
		arena_printf(
			req->arena, "/personen/%s%s%s", bsn, k->template, school ? school : ""));
	call.body = batch_text(list, op, row, "inhoud");
	call.content_type = "application/json";
	TRY(client_run(req, &call, 1));
	log_call(req, k->template, call.status);
	if (call.status >= 200 && call.status < 300)
		return settle(req, list, op, row, true, NULL);
	if (call.status == 400 || call.status == 403 || call.status == 404)
		return settle(req, list, op, row, false, fault_text(req, &call));
	return postpone(req, batch_text(list, op, row, "id"), "DUO gaf geen antwoord");
}

enum status job_verzenden(struct req *req)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_MELDINGEN_TE_VERZENDEN, NULL, NULL);
	TRY(batch_run(&b));
	for (int i = 0; i < batch_rows(&b, op); i++)
		TRY(send_one(req, &b, op, i));
	return OK;
}
