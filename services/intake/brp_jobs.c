/* SPDX-License-Identifier: EUPL-1.2 */
#include "brp_jobs.h"

#include "app/log.h"
#include "app/service.h"
#include "brp.h"
#include "law/planning.h"

#define TURNS_MAX 10 /* then events have their turn */

/* One question of the turn, with the answer to all. */
static enum status settle(struct req *req, const struct brp_beurt *turn, int row,
	enum brp_uitkomst outcome, const struct brp_antwoord *answer, const char *why)
{
	const struct brp_persoon *p;
	struct brp_stand stand;

	if (!turn->rijen[row].bsn)
		return store_brp_later(req, turn, row, false, "De BSN-sleutel past niet");
	if (outcome == BRP_LATER)
		return store_brp_later(req, turn, row, true, why);
	if (outcome == BRP_GEWEIGERD)
		return store_brp_antwoord(req, turn, row, NULL, why);
	p = brp_find(answer, turn->rijen[row].bsn);
	if (!p)
		return store_brp_antwoord(req, turn, row, NULL, NULL);
	brp_take(req, brp_doel_find(turn->doel), p, &stand);
	return store_brp_antwoord(req, turn, row, &stand, NULL);
}

/* An answer that cannot be stored is in nobody's way but its own. */
static void settle_all(struct req *req, const struct brp_beurt *turn, enum brp_uitkomst outcome,
	const struct brp_antwoord *answer, const char *why)
{
	for (int i = 0; i < turn->count; i++) {
		enum status s = settle(req, turn, i, outcome, answer, why);

		if (s == OK)
			continue;
		log_line(req, LOG_FOUT, "antwoord van de BRP niet bewaard", "raadpleging",
			turn->rijen[i].id, "oorzaak",
			req->error.detail ? req->error.detail : status_title(s), NULL);
		req->error = (struct error){ 0 };
		store_brp_later(req, turn, i, false, "Het antwoord kon niet worden bewaard");
		req->error = (struct error){ 0 };
	}
}

static bool has_bsn(const struct brp_beurt *turn)
{
	for (int i = 0; i < turn->count; i++)
		if (turn->rijen[i].bsn)
			return true;
	return false;
}

static enum status take_turn(struct req *req, bool *more)
{
	enum brp_uitkomst outcome = BRP_LATER;
	struct brp_antwoord answer;
	const char *why = NULL;
	struct brp_beurt turn;
	struct client_call call;

	TRY(store_brp_beurt(req, &turn));
	*more = turn.count > 0;
	if (!*more)
		return OK;
	if (has_bsn(&turn)) {
		call = brp_call(req, &turn);
		TRY(client_run(req, &call, 1));
		brp_log(req, &turn, call.status);
		outcome = brp_read(req, &call, &answer, &why);
		*more = outcome == BRP_GOED;
	}
	settle_all(req, &turn, outcome, &answer, why);
	return outcome == BRP_GOED ? store_brp_hervat(req, turn.gemeente) : OK;
}

enum status job_brp_vragen(struct req *req)
{
	bool more = true;

	for (int i = 0; i < TURNS_MAX && more; i++)
		TRY(take_turn(req, &more));
	return OK;
}

enum status job_brp_bijhouden(struct req *req)
{
	int days = (int)req->app->config.brp_refresh_days;

	return store_brp_bijhouden(req, planning_dagen(req->today, -days));
}
