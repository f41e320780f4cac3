/* SPDX-License-Identifier: EUPL-1.2
 *
 * Work that no person waits for: `regie-<service> --jobs`. Rows of two kinds: an event type with
 * its handler, or a period in seconds with a task. PostgreSQL is the truth (core.levering: one row
 * per event and subscriber); Redis Streams only wake the consumers, and what Redis loses is sent
 * again. A failing delivery is tried again after 1, 2, 4 … 300 s and after JOB_ATTEMPTS becomes a
 * dead letter (core.levering, status 'dood') that a person can send again.
 */
#ifndef APP_JOB_H
#define APP_JOB_H

#include "app/event.h"
#include "app/http.h"

#define JOB_ATTEMPTS 8

struct job {
	const char *type; /* event type, or NULL for periodic work */
	int every; /* seconds, periodic work; 0: at every turn, about ten times a second */
	enum status (*event)(struct req *req, const struct event *ev);
	/* event: several in hand at once, for a handler that mostly waits for somebody else. Those
	 * of one inburgeraar still come one after the other; those of nobody in any order. */
	bool side_by_side;
	enum status (*task)(struct req *req);
	bool soon; /* task: also as soon as events were handled, which may have made work for it */
	const char *doc; /* English, one line */
};

#define JOB_END                                                                                    \
	{                                                                                          \
		.doc = NULL                                                                        \
	}

/* Makes the event's delivery part of this batch: stored with it, or not at all. When the event was
 * handled before, batch_run() stores nothing and returns ERR_CONFLICT with req->error.detail
 * "reeds verwerkt", which the job runner takes as done. Call it in the batch that
 * writes; a handler that never does is marked done after it returned OK. */
void batch_claim(struct batch *b);

/* Monotonic milliseconds: for a task that lets other work have its turn. */
int64_t job_clock(void);

#endif
