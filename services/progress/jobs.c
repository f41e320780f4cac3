/* SPDX-License-Identifier: EUPL-1.2 */
#include "jobs.h"

#include "store.h"

/* The term is expected from the first PIP until DUO fixes it; a later PIP does not move it (Wi2021
 * art. 11). */
static enum status pip_vastgesteld(struct req *req, const struct event *ev)
{
	struct inburgeringstermijn_io io;
	bool known;

	TRY(store_traject_bestaat(req, ev->inburgeraar, &known));
	if (known)
		return store_ander_pip(req, ev);
	rule_init(&rule_inburgeringstermijn, &io, req->today);
	io.in.dagtekening_pip = event_date(ev, "dagtekening");
	if (!date_is_set(io.in.dagtekening_pip))
		return fail(req, ERR_INVALID, "pip-vastgesteld zonder dagtekening");
	rule_decide(&rule_inburgeringstermijn, req->arena, &io);
	return store_traject_uit_pip(req, ev, &io);
}

/* DUO deletes a PIP only while it has fixed no term, so what there is was expected. */
static enum status pip_ingetrokken(struct req *req, const struct event *ev)
{
	struct inburgeringstermijn_io io;

	rule_init(&rule_inburgeringstermijn, &io, req->today);
	io.in.dagtekening_pip = event_date(ev, "eersteDagtekening");
	io.out.begin = io.out.einde = DATE_NONE;
	if (date_is_set(io.in.dagtekening_pip))
		rule_decide(&rule_inburgeringstermijn, req->arena, &io);
	return store_pip_weg(req, ev, &io);
}

static enum status termijn_vastgesteld(struct req *req, const struct event *ev)
{
	return store_traject_uit_duo(req, ev);
}

static enum status examenresultaat(struct req *req, const struct event *ev)
{
	return store_examen_uit_duo(req, ev);
}

static enum status duo_beoordeling(struct req *req, const struct event *ev)
{
	return store_beoordeling(req, ev);
}

static enum status overdracht_geaccepteerd(struct req *req, const struct event *ev)
{
	return store_overdracht(req, ev);
}

/* Something that completion depends on has changed: does the law find it complete now? */
static enum status voortgang_gewijzigd(struct req *req, const struct event *ev)
{
	struct voltooiing_io io;
	struct feiten f;

	TRY(store_feiten(req, ev->inburgeraar, &f));
	if (!f.leerroute || !date_is_set(f.termijn_begin) || date_is_set(f.voltooid_op))
		return OK;
	law_voltooiing(req, &f, &io);
	return io.out.voldaan == JA ? store_voltooid(req, ev, &f, &io) : OK;
}

const struct job progress_jobs[] = {
	{ .type = "pip-vastgesteld",
		.event = pip_vastgesteld,
		.doc = "Expects the term from the PIP" },
	{ .type = "pip-ingetrokken",
		.event = pip_ingetrokken,
		.doc = "Expects no term any more, or another" },
	{ .type = "termijn-vastgesteld",
		.event = termijn_vastgesteld,
		.doc = "Takes the term from DUO" },
	{ .type = "examenresultaat",
		.event = examenresultaat,
		.doc = "Takes an exam result from DUO" },
	{ .type = "duo-beoordeling",
		.event = duo_beoordeling,
		.doc = "Takes an exemption, dispensation or extension from DUO" },
	{ .type = "overdracht-geaccepteerd",
		.event = overdracht_geaccepteerd,
		.doc = "Copies the progress made in another gemeente" },
	{ .type = "voortgang-gewijzigd", .event = voortgang_gewijzigd, .doc = "Judges completion" },
	JOB_END,
};
