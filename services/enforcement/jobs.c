/* SPDX-License-Identifier: EUPL-1.2 */
#include "jobs.h"

#include "store.h"

/* A fact that a fine may rest on. A person decides whether it leads to one. */
static enum status signaal(struct req *req, const struct event *ev)
{
	struct date day = event_date(ev, "datum");

	return store_signaal(req, ev, date_is_set(day) ? day : req->today);
}

const struct job enforcement_jobs[] = {
	{ .type = "oproep-niet-verschenen", .event = signaal, .doc = "Notes a missed oproep" },
	{ .type = "gesprek-gemist", .event = signaal, .doc = "Notes a missed voortgangsgesprek" },
	{ .type = "overdracht-geaccepteerd",
		.event = store_overdracht,
		.doc = "Copies the fines of another gemeente" },
	JOB_END,
};
