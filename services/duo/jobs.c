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
	int asked[OP_ASK_COUNT], count = 0;

	for (int op = 0; op < OP_ASK_COUNT; op++) {
		if (!(row->ask & ASKS(op)))
			continue;
		asked[count] = op;
		ids[count] = req_uuid(req);
		calls[count] = duo_call(req, op, &about, ids[count], NULL);
		count++;
	}
	TRY(client_run(req, calls, count));
	for (int i = 0; i < count; i++) {
		duo_log(req, asked[i], ids[i], calls[i].status);
		if (calls[i].status == 404)
			continue;
		if (calls[i].status != 200)
			return fail(req, ERR_UPSTREAM, "DUO gaf geen antwoord op %s",
				operations[asked[i]].name);
		n->answer[asked[i]] = client_json(req, &calls[i]);
		TRY(duo_fits(req, asked[i], n->answer[asked[i]]));
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
	if (row->ask & ASKS(OP_DOELGROEP) && n->answer[OP_PLICHT] && !notice_doelgroep(n))
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
