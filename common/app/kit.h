/* SPDX-License-Identifier: EUPL-1.2
 *
 * What the files of the kit share with each other and with nobody else.
 */
#ifndef KIT_H
#define KIT_H

#include <signal.h>
#include "app/db.h"
#include "app/event.h"
#include "app/http.h"
#include "app/job.h"
#include "app/queue.h"
#include "app/service.h"

/* ---- db.c ---- */

/* The statements of common/app/queries.sql, in its order: the first of every service's table.
 * db_open() compares the names and refuses to start when they differ. */
enum kit_query {
	KIT_CONTEXT,
	KIT_EVENT,
	KIT_DECISION,
	KIT_CLAIM,
	KIT_IDEMPOTENT,
	KIT_IDEMPOTENT_LOOKUP,
	KIT_SUBSCRIBE,
	KIT_DISTRIBUTE,
	KIT_SWEEP,
	KIT_TAKE,
	KIT_DONE,
	KIT_FAILED,
	KIT_GEMEENTEN,
	KIT_QUERY_COUNT
};

/* What an Idempotency-Key of this user has created. OK with *resource_id NULL: the key is new. The
 * same key with another body or path: ERR_CONFLICT. Only when req->idempotency_key is set. */
enum status idempotency_lookup(struct req *req, const char **resource_id);

/* ---- queue.c: Redis commands, one round trip for all; lost connection: once more ---- */

#define QUEUE_ARGS 40

struct redisReply;

struct queue_command {
	const char *arg[QUEUE_ARGS]; /* NULL-terminated */
	struct redisReply *reply; /* filled in; queue_release() frees it */
};

/* False when Redis is gone; then no reply is set. A Redis error (-ERR …) is a reply. */
bool queue_run(struct queue *q, struct queue_command *commands, int count);
void queue_release(struct queue_command *commands, int count);
/* Text of a string reply, NULL for nil and all other kinds. */
const char *queue_text(const struct queue_command *command);

/* Streams: a consumer of a group, and what it reads. */
#define QUEUE_MESSAGES 32

struct queue_reader {
	const char *stream, *group, *consumer;
};

struct queue_message {
	const char *at; /* the stream's own number, for acknowledging */
	const char *value; /* of the message's only member */
};

/* Up to QUEUE_MESSAGES new messages, waiting `block_ms` (a number as text) at most; makes the group
 * when Redis does not have it. The number read, -1 when Redis is gone. Texts live in `a`. */
int queue_read(struct queue *q, const struct queue_reader *r, const char *block_ms, struct arena *a,
	struct queue_message out[QUEUE_MESSAGES]);
/* Same, for messages that a consumer read more than `idle_ms` ago and never acknowledged. */
int queue_reclaim(struct queue *q, const struct queue_reader *r, const char *idle_ms,
	struct arena *a, struct queue_message out[QUEUE_MESSAGES]);
/* They are done with and leave the stream. */
bool queue_acknowledge(struct queue *q, const struct queue_reader *r,
	const struct queue_message *messages, int count);

/* ---- auth.c ---- */

#define KEY_TODAY "regie:vandaag" /* demo and test: the day that everybody takes for today */

/* ---- job.c ---- */

/* The loop of `--jobs`; returns the exit status after SIGTERM. `app` is open (app_open). */
int jobs_main(struct app *app, const struct service *svc);

/* ---- route.c ---- */

/* Answers the request: session, route, checks, handler, problem+json. Always leaves an answer. */
void dispatch(struct req *req);
/* A value that the route gives to SQL (na_1, na_2, limiet); false when it has no such name. */
bool req_param(struct req *req, const char *name, const char **value);

/* ---- openapi.c ---- */

/* The OpenAPI 3.0.3 document of the service's tables. */
const char *openapi_document(struct arena *a, const struct service *svc);
/* `--routes`: method, path, roles, flags; tab separated, one line each. */
void routes_print(const struct service *svc);

/* ---- http.c ---- */

struct FCGX_Request;

/* Reads a FastCGI request. What is wrong with it (too large, too many headers) stands in
 * req->error. */
void http_read(struct req *req, struct FCGX_Request *fcgi);
void http_write(struct req *req, struct FCGX_Request *fcgi);
/* An empty request of this app; the arena must be fresh. */
void req_init(struct req *req, struct app *app, struct arena *arena);
/* New trace and span ids. */
void req_new_trace(struct req *req);
/* The day when Redis names none: config.today in demo and test mode, else the clock's day in
 * Europe/Amsterdam. */
struct date today_default(const struct config *config);

/* ---- worker.c, service.c ---- */

/* Connects to PostgreSQL (when the service has statements) and Redis and calls svc->start, over and
 * over until it succeeds; false when a SIGTERM that is blocked came first. */
bool app_open(struct app *app, const struct service *svc, const struct config *config);
void app_close(struct app *app);
/* The master: makes the socket, forks the workers and replaces those that die, until SIGTERM. */
int serve(const struct service *svc, const struct config *config);

#endif
