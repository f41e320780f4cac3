/* SPDX-License-Identifier: EUPL-1.2
 *
 * Events between services. A handler adds the event to the same batch as its change: it is a row of
 * core.gebeurtenis (the outbox) and reaches every service whose job table names its type, at least
 * once; in effect exactly once, because the delivery is marked in the same transaction as
 * the handler's work (batch_claim). An event carries ids, codes and dates, never a BSN or a name.
 */
#ifndef APP_EVENT_H
#define APP_EVENT_H

#include <jansson.h>
#include "app/db.h"

struct event {
	const char *id; /* uuid */
	const char *type; /* nl.inburgering.<…>, without that prefix: "pip-vastgesteld" */
	const char *gemeente;
	const char *inburgeraar; /* uuid or NULL */
	const char *onderwerp; /* id of the thing it is about, or NULL */
	const char *tijdstip;
	json_t *data; /* object, maybe empty */
};

/* Adds the event to the batch. `data` (new reference, taken over; may be NULL) is a flat object. */
void event_add(struct batch *b, const char *type, const char *gemeente, const char *inburgeraar,
	const char *onderwerp, json_t *data);
/* Text or date member of an event's data; NULL / DATE_NONE when absent. */
const char *event_text(const struct event *ev, const char *name);
struct date event_date(const struct event *ev, const char *name);

#endif
