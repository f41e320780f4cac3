/* SPDX-License-Identifier: EUPL-1.2 */
#include "faults.h"

#include <string.h>

#include "app/client.h"

/* nginx closes the connection there. */
#define BREAK_OFF "/simulator/afbreken"
#define MORE "1000" /* bytes that are announced and do not come */

const char *const fault_kinds[] = { "vertraging", "status", "verbroken", "afgekapt", "geen-json",
	"buiten-contract", "dubbel", "dubbel-anders", "volgorde", "certificaat", NULL };

static int64_t number(json_t *o, const char *name)
{
	json_t *v = json_object_get(o, name);

	return json_is_integer(v) ? json_integer_value(v) : 0;
}

struct fault fault_read(struct req *req, const char *text, int64_t *delay_ms)
{
	struct client_call call = { .reply = text, .reply_len = text ? strlen(text) : 0 };
	json_t *list = client_json(req, &call), *each;
	struct fault first = { 0 };
	size_t i;

	*delay_ms = 0;
	json_array_foreach(list, i, each)
	{
		struct fault f = { .afterwards = json_is_true(json_object_get(each, "na")),
			.ms = number(each, "ms"),
			.status = number(each, "status") };

		f.kind = (enum fault_kind)enum_index(
			fault_kinds, json_string_value(json_object_get(each, "soort")));
		/* who gets a good status with a strange body may think that it was taken */
		f.afterwards |= f.kind == FAULT_GEEN_JSON || f.kind == FAULT_BUITEN_CONTRACT;
		if (f.kind == FAULT_VERTRAGING)
			*delay_ms += f.ms;
		else if (!first.kind)
			first = f;
	}
	return first;
}

static enum status cut(struct req *req, int status, const char *body)
{
	body = body && *body ? body : "{";
	reply_header(req, "Content-Length", MORE);
	return reply_raw(req, status, "application/json", body, strlen(body) / 2 + 1);
}

enum status fault_answer(struct req *req, const struct fault *f, int status, const char *body)
{
	static const char html[] = "<html><body>Storing</body></html>";
	static const char strange[] = "{\"antwoord\":[1,2,3],\"onbekend\":true}";

	switch (f->kind) {
	case FAULT_VERBROKEN:
		reply_header(req, "X-Accel-Redirect", BREAK_OFF);
		return reply_raw(req, status, NULL, "", 0);
	case FAULT_AFGEKAPT:
		return cut(req, status, body);
	case FAULT_GEEN_JSON:
		return reply_raw(req, status, "application/json", html, sizeof(html) - 1);
	default:
		return reply_raw(req, status, "application/json", strange, sizeof(strange) - 1);
	}
}
