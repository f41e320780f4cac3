/* SPDX-License-Identifier: EUPL-1.2
 *
 * One request, and the answers a handler can give. Everything of a request hangs on struct req, so
 * that many can be in hand at once later. Handlers are straight-line: read req->in, ask the
 * store, decide, answer with one reply_… call, return its status.
 * Jobs get a struct req as well: with a session of ROL_SYSTEEM and without a route.
 */
#ifndef APP_HTTP_H
#define APP_HTTP_H

#include <stdbool.h>
#include <stdint.h>
#include <jansson.h>
#include "app/arena.h"
#include "app/auth.h"
#include "app/date.h"
#include "app/error.h"
#include "app/field.h"

struct app; /* what a worker owns: configuration, database, Redis (service.h) */
struct route;

enum method { GET = 1, POST, PUT, PATCH, DELETE };

const char *method_name(enum method m);

#define PATH_PARAMS_MAX 3

struct header {
	const char *name;
	const char *value;
};

struct req {
	struct app *app;
	struct arena *arena;
	struct error error;
	const struct route *route; /* NULL in a job */
	struct session session;
	struct date today; /* calendar day in Europe/Amsterdam (or the demo's) */
	char trace_id[33], span_id[17]; /* W3C Trace Context, lower case hex */

	enum method method;
	const char *path; /* below /api/<service>/v1, or the whole path for the portal */
	const char
		*param[PATH_PARAMS_MAX]; /* values of {…} in order; {id} is checked to be a UUID */
	const char *query_string;
	const char *content_type;
	const char *raw_body; /* body_len bytes and '\0' */
	size_t body_len;
	json_t *body; /* parsed body, NULL without one */
	void *in; /* struct of route->in, filled and checked */
	void *query; /* struct of route->query, filled and checked */
	int64_t limit; /* R_LIST: rows asked for */
	const char *after[2]; /* R_LIST: order values of the last row that was seen, or NULL */
	int64_t if_match; /* version, NUMBER_NONE without If-Match */
	const char *idempotency_key;
	const char *bearer; /* token, NULL without one */
	const char *cookie; /* whole Cookie header */
	const char *accept_language;
	const char
		*client_serial; /* subject.serialNumber of a verified client certificate, or NULL */
	const char *client_verify; /* nginx' $ssl_client_verify */
	const char *refused_by_nginx; /* the status nginx would give what it hands on, or NULL */
	const char *bron, *doel, *bericht_id; /* DUO's headers */
	const char *fsc_transaction; /* Fsc-Transaction-Id, as sent */
	const char *remote_addr;
	const char *accept;
	const char *if_match_text; /* as sent */
	const char *gemeente; /* job: the event's; else the session's when it has just one */

	/* the answer */
	int reply_status; /* 0: none yet */
	bool head; /* HEAD: headers only */
	int64_t started; /* monotonic clock, microseconds */
	const char *reply_type;
	struct buffer reply_body;
	struct header reply_headers[12];
	int reply_header_count;
	bool event_claimed; /* job: the event's delivery is part of a batch that was stored */
	const struct event *event; /* job: what is being handled */
};

/* Query parameter as text, NULL when absent. For what route->query does not describe. */
const char *req_query(struct req *req, const char *name);
/* Value of a cookie that reply_cookie() set, NULL when absent. */
const char *req_cookie(struct req *req, const char *name);
bool req_has_role(const struct req *req, unsigned roles);
/* A new random UUID (version 4), in the arena. */
const char *req_uuid(struct req *req);
/* A new UUID that begins with the moment (version 7), in the arena. */
const char *req_uuid7(struct req *req);
/* Waits so long. Only the played outside world does: whoever works for people never waits for time
 * to pass. */
void req_pause(struct req *req, int64_t ms);
/* The gemeente this request works for: the session's only one; ERR_INVALID when it has several and
 * none was chosen. */
enum status req_gemeente(struct req *req, const char **out);
/* For a PUT that makes or changes; `now` is the version that is there, NUMBER_NONE without one. The
 * first time goes without If-Match, a change only of the version that the caller saw: 428, 412. */
enum status req_match(struct req *req, int64_t now);

/* 200 with one resource; ETag from its field `versie` when the table has one. */
enum status reply_one(struct req *req, const struct resource *r, const void *obj);
/* 201 with Location: <the route's own path>/<id>, where id is the resource's field `id`. */
enum status reply_created(struct req *req, const struct resource *r, const void *obj);
/* 200 with {"<plural>": […]} … an array under the key `items`; Link: rel="next" when a page was cut
 * (route->page says how). `rows` may hold one row more than the limit. */
enum status reply_list(struct req *req, const struct resource *r, const struct list *rows);
/* 204 */
enum status reply_none(struct req *req);
/* Any other answer: takes `status`, type and body as they are (arena strings). */
enum status reply_raw(struct req *req, int status, const char *type, const char *body, size_t len);
/* 303 */
enum status reply_see_other(struct req *req, const char *location);
void reply_header(struct req *req, const char *name, const char *value);
/* Set-Cookie for the whole site, hidden from scripts; over https for this host only (__Host-).
 * `seconds` 0 takes it away, < 0 keeps it until the browser closes. */
void reply_cookie(struct req *req, const char *name, const char *value, long seconds);

#endif
