/* SPDX-License-Identifier: EUPL-1.2 */
#include "kit.h"

#include <stdlib.h>

void event_add(struct batch *b, const char *type, const char *gemeente, const char *inburgeraar,
	const char *onderwerp, json_t *data)
{
	int op = batch_add(b, KIT_EVENT, NULL, NULL);
	char *text = data ? json_dumps(data, JSON_COMPACT) : NULL;

	batch_bind(b, op, "bron", b->req->app->service->name);
	batch_bind(b, op, "type", type);
	if (gemeente)
		batch_bind(b, op, "gemeente", gemeente);
	batch_bind(b, op, "inburgeraar", inburgeraar);
	batch_bind(b, op, "onderwerp", onderwerp);
	batch_bind(b, op, "data", text ? text : "{}");
	batch_bind(b, op, "trace", b->req->trace_id[0] ? b->req->trace_id : NULL);
	free(text);
	json_decref(data);
}

const char *event_text(const struct event *ev, const char *name)
{
	return json_string_value(json_object_get(ev->data, name));
}

struct date event_date(const struct event *ev, const char *name)
{
	const char *text = event_text(ev, name);
	struct date d;

	return text && date_parse(text, &d) ? d : DATE_NONE;
}
