/* SPDX-License-Identifier: EUPL-1.2 */
#include "jobs.h"

#include <stdlib.h>
#include <string.h>

#include "app/crypto.h"
#include "app/service.h"
#include "duo_queries.h"
#include "events.h"
#include "store.h"

/* ---- notifications in ---- */

/* Asks all that the event's row names, side by side. */
static enum status fetch(
	struct req *req, const struct gebeurtenis_row *row, const char *bsn, struct notice *n)
{
	const struct duo_subject about = { .gemeente = n->gemeente, .oin = n->oin, .bsn = bsn };
	struct client_call calls[OP_ASK_COUNT];
	const char *ids[OP_ASK_COUNT];
	enum operation asked[OP_ASK_COUNT];
	int count = 0;

	for (int op = 0; op < OP_ASK_COUNT; op++) {
		if (!(row->ask & ASKS(op)))
			continue;
		asked[count] = (enum operation)op;
		ids[count] = req_uuid(req);
		calls[count] = duo_call(req, asked[count], &about, ids[count], NULL);
		count++;
	}
	TRY(client_run(req, calls, count));
	for (int i = 0; i < count; i++) {
		duo_log(req, asked[i], ids[i], calls[i].status);
		TRY(duo_take(req, asked[i], &calls[i], &n->answer[asked[i]], NULL));
	}
	return OK;
}

/* All that is needed to work the notification off; ERR_UPSTREAM: not to be had yet. */
static enum status gather(
	struct req *req, const struct gebeurtenis_row *row, const char *bsn, struct notice *n)
{
	if (!gebeurtenis_makes_dossier(row) && !n->inburgeraar)
		return fail(req, ERR_UPSTREAM, "Het dossier is er nog niet");
	if (row->ask)
		TRY(fetch(req, row, bsn, n));
	if (gebeurtenis_makes_dossier(row) && n->answer[OP_PLICHT] && !notice_doelgroep(n))
		return fail(req, ERR_UPSTREAM, "DUO noemt geen doelgroep");
	return OK;
}

/* Into the batch what the notification comes to. Only the dossier is made at first, when there is
 * none: the rest waits for it. */
static void answer_notice(
	struct batch *b, const struct gebeurtenis_row *row, const char *bsn, const struct notice *n)
{
	store_notice_first(b, n);
	if (n->herhaald) {
		store_notice_done(b, n, "verwerkt");
	} else if (!row || !bsn || !notice_is_told(row, n)) {
		emit_signaal(b, n);
		store_notice_done(b, n, row ? "verwerkt" : "onbekend");
	} else if (notice_tell(b, row, n)) {
		store_notice_done(b, n, "verwerkt");
	} else {
		store_notice_awaits_dossier(b, n);
	}
}

/* In one batch with the event's claim, when it comes of an event. */
static enum status settle_notice(struct req *req, const struct gebeurtenis_row *row,
	const char *bsn, const struct notice *n, const char *wait)
{
	struct batch b;

	batch_init(&b, req);
	if (req->event)
		batch_claim(&b);
	if (wait)
		store_notice_later(&b, n, wait);
	else
		answer_notice(&b, row, bsn, n);
	return batch_run(&b);
}

/* DUO was asked before something else about the person was settled: what it said may be old. */
static bool is_outdated(const struct req *req, enum status s)
{
	return s == ERR_CONFLICT && req->error.detail &&
	       strcmp(req->error.detail, NOTICE_OUTDATED) == 0;
}

/* *away: DUO gave no answer that could be used. What is outdated is asked again, `tries` times at
 * once and then later. */
static enum status attempt(struct req *req, const char *id, int tries, bool *away)
{
	const struct gebeurtenis_row *row;
	const char *bsn, *wait = NULL;
	struct notice n;
	enum status s;

	TRY(store_notice(req, id, &n));
	*away = false;
	if (strcmp(n.status, "ontvangen") != 0)
		return OK;
	row = gebeurtenis_find(n.gebeurtenis_id);
	bsn = n.bsn_enc ? text_open(req->arena, n.bsn_enc) : NULL;
	if (n.bsn_enc && !bsn)
		wait = "De BSN-sleutel past niet";
	else if (row && bsn && !n.herhaald && gather(req, row, bsn, &n) != OK) {
		wait = req->error.detail;
		*away = gebeurtenis_makes_dossier(row) || n.inburgeraar;
		req->error = (struct error){ 0 };
	}
	s = settle_notice(req, row, bsn, &n, wait);
	if (!is_outdated(req, s))
		return s;
	req->error = (struct error){ 0 };
	return tries > 0 ? attempt(req, id, tries - 1, away)
			 : settle_notice(req, row, bsn, &n, NOTICE_OUTDATED);
}

static enum status work_off(struct req *req, const char *id, bool *away)
{
	return attempt(req, id, 2, away);
}

enum status job_notificatie(struct req *req, const struct event *ev)
{
	bool away;

	return work_off(req, ev->onderwerp, &away);
}

/* The other notifications that are due. */
static enum status offer_the_rest(struct req *req)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_NOTIFICATIES_AANBIEDEN, NULL, NULL);
	batch_bind(&b, op, "trace", req->trace_id);
	return batch_run(&b);
}

/* Of those that waited one goes ahead: while DUO is away one attempt a second is enough. */
enum status job_ophalen(struct req *req)
{
	const char *all = req->session.gemeenten;
	struct batch b;
	bool away = false;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_NOTIFICATIE_TE_HALEN, NULL, NULL);
	TRY(batch_run(&b));
	if (batch_rows(&b, op) == 0)
		return OK;
	req->gemeente = req->session.gemeenten = batch_text(&b, op, 0, "gemeente");
	TRY(work_off(req, batch_text(&b, op, 0, "id"), &away));
	req->gemeente = NULL;
	req->session.gemeenten = all;
	return away ? OK : offer_the_rest(req);
}

enum status job_dossier_er(struct req *req, const struct event *ev)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	batch_claim(&b);
	op = batch_add(&b, Q_NOTIFICATIES_VAN_DOSSIER, NULL, NULL);
	batch_bind(&b, op, "dossier", ev->inburgeraar);
	batch_bind(&b, op, "trace", req->trace_id);
	return batch_run(&b);
}
