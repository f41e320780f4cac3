/* SPDX-License-Identifier: EUPL-1.2 */
#include "jobs.h"

#include "law/completion.h"
#include "law/term.h"
#include "store.h"

/* The term is expected from the PIP until DUO fixes it (Wi2021 art. 11). */
static enum status pip_vastgesteld(struct req *req, const struct event *ev)
{
	struct inburgeringstermijn_facts facts = { .dagtekening_pip =
							   event_date(ev, "dagtekening") };
	struct inburgeringstermijn law;

	if (!date_is_set(facts.dagtekening_pip))
		return fail(req, ERR_INVALID, "pip-vastgesteld zonder dagtekening");
	inburgeringstermijn(&facts, &law);
	return store_traject_uit_pip(req, ev, law.begin, law.einde);
}

static enum status termijn_vastgesteld(struct req *req, const struct event *ev)
{
	return store_traject_uit_duo(req, ev);
}

static enum status examenresultaat(struct req *req, const struct event *ev)
{
	return store_examen_uit_duo(req, ev);
}

static enum status plicht_beeindigd(struct req *req, const struct event *ev)
{
	return store_plicht_einde(req, ev);
}

/* Something that completion depends on has changed: does the law find it complete now? */
static enum status voortgang_gewijzigd(struct req *req, const struct event *ev)
{
	struct voltooiing_facts facts;
	struct voltooiing law;
	struct feiten f;

	TRY(store_feiten(req, ev->inburgeraar, &f));
	if (!f.leerroute || !date_is_set(f.termijn_begin) || date_is_set(f.voltooid_op))
		return OK;
	facts = law_feiten(req, &f);
	voltooiing(&facts, &law);
	return law.voldaan == JA ? store_voltooid(req, ev) : OK;
}

const struct job progress_jobs[] = {
	{ .type = "pip-vastgesteld",
		.event = pip_vastgesteld,
		.doc = "Expects the term from the PIP" },
	{ .type = "termijn-vastgesteld",
		.event = termijn_vastgesteld,
		.doc = "Takes the term from DUO" },
	{ .type = "examenresultaat",
		.event = examenresultaat,
		.doc = "Takes an exam result from DUO" },
	{ .type = "plicht-beeindigd",
		.event = plicht_beeindigd,
		.doc = "Notes the end of the plicht" },
	{ .type = "voortgang-gewijzigd", .event = voortgang_gewijzigd, .doc = "Judges completion" },
	JOB_END,
};
