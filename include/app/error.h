/* SPDX-License-Identifier: EUPL-1.2
 *
 * Errors. A function that can fail returns enum status; the message is set once, where the failure
 * is found, with fail(). Callers pass the status on and never overwrite the message. dispatch()
 * alone turns it into application/problem+json (RFC 9457) and logs it.
 */
#ifndef APP_ERROR_H
#define APP_ERROR_H

#include <stddef.h>

struct req;

enum status {
	OK = 0,
#define ERROR(name, http, type, title) name,
#include "../../common/app/error.def"
#undef ERROR
	STATUS_COUNT
};

/* One wrong field of the input; a row of `invalidParams`. `name` is the JSON path
 * (`adres.postcode`). */
struct invalid_param {
	const char *name;
	const char *code;
	const char *reason;
};

struct error {
	enum status status;
	const char *detail; /* Dutch, for the caller; never personal data */
	struct invalid_param *invalid; /* in the arena, or NULL */
	size_t invalid_count;
};

int status_http(enum status s);
const char *status_type(enum status s);
const char *status_title(enum status s);

/* Sets the message of the request (the first one stays) and returns `s`. */
enum status fail(struct req *req, enum status s, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Adds one wrong field and returns ERR_INVALID, so that all wrong fields are reported at once. */
enum status fail_param(struct req *req, const char *name, const char *code, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* The analyzer sees one file at a time, and would think that these may return OK. */
#ifdef __clang_analyzer__
#define fail(req, s, ...) (fail(req, s, __VA_ARGS__), (s))
#define fail_param(req, ...) (fail_param(req, __VA_ARGS__), ERR_INVALID)
#endif

/* Hands a failure up. */
#define TRY(call)                                                                                  \
	do {                                                                                       \
		enum status try_status = (call);                                                   \
		if (try_status != OK)                                                              \
			return try_status;                                                         \
	} while (0)

#endif
