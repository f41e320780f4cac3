/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/error.h"

#include <stdarg.h>
#include <string.h>

#include "app/http.h"

static const struct {
	int http;
	const char *type, *title;
} statuses[STATUS_COUNT] = {
	[OK] = { 200, "ok", "OK" },
#define ERROR(name, http_, type_, title_) [name] = { http_, type_, title_ },
#include "error.def"
#undef ERROR
};

#define INVALID_MAX 100 /* wrong fields that one answer names */

int status_http(enum status s)
{
	return statuses[s].http;
}

const char *status_type(enum status s)
{
	return statuses[s].type;
}

const char *status_title(enum status s)
{
	return statuses[s].title;
}

/* In parentheses: not the macro that error.h has for the analyzer. */
enum status(fail)(struct req *req, enum status s, const char *fmt, ...)
{
	va_list ap;

	if (req->error.status != OK)
		return s;
	va_start(ap, fmt);
	req->error.detail = arena_vprintf(req->arena, fmt, ap);
	va_end(ap);
	req->error.status = s;
	return s;
}

enum status(fail_param)(struct req *req, const char *name, const char *code, const char *fmt, ...)
{
	struct error *e = &req->error;
	va_list ap;

	fail(req, ERR_INVALID, "Een of meer gegevens kloppen niet");
	if (!e->invalid)
		e->invalid = arena_alloc(req->arena, INVALID_MAX * sizeof(*e->invalid));
	if (e->invalid_count == INVALID_MAX)
		return ERR_INVALID;
	va_start(ap, fmt);
	e->invalid[e->invalid_count++] = (struct invalid_param){
		.name = arena_strdup(req->arena, name),
		.code = code,
		.reason = arena_vprintf(req->arena, fmt, ap),
	};
	va_end(ap);
	return ERR_INVALID;
}
