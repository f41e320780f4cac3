/* SPDX-License-Identifier: EUPL-1.2 */
#include "kit.h"

#include <fcntl.h>
#include <hiredis/hiredis.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "app/log.h"
#include "loop.h"

#define QUIET_MS 2500 /* no answer at all: the connection is given up (streams block for less) */

/* Commands under way. */
struct call {
	struct queue_command *commands;
	int count, answered;
	bool lost;
	struct wait wait;
	struct call *next;
};

struct queue {
	redisContext *redis; /* NULL or ->err: not connected */
	char *where;
	bool gone; /* said so in the log */
	struct watch watch;
	struct call *first, **end; /* in the order of sending */
};

static void on_ready(struct watch *w, uint32_t events);
static void on_flush(struct watch *w);

static bool queue_connect(struct queue *q)
{
	const struct timeval connect_time = { .tv_sec = 1 };
	char *colon = strrchr(q->where, ':');

	loop_unwatch(&q->watch);
	if (q->redis)
		redisFree(q->redis);
	if (q->where[0] == '/' || !colon) {
		q->redis = redisConnectUnixWithTimeout(q->where, connect_time);
	} else {
		*colon = '\0';
		q->redis = redisConnectWithTimeout(q->where, atoi(colon + 1), connect_time);
		*colon = ':';
	}
	if (!q->redis || q->redis->err) {
		if (!q->gone)
			log_line(NULL, LOG_FOUT, "geen verbinding met Redis", "oorzaak",
				q->redis ? q->redis->errstr : "geen geheugen", NULL);
		q->gone = true;
		return false;
	}
	if (q->gone)
		log_line(NULL, LOG_INFO, "verbinding met Redis hersteld", NULL);
	q->gone = false;
	q->redis->flags &= ~REDIS_BLOCK;
	fcntl(q->redis->fd, F_SETFL, O_NONBLOCK);
	q->watch.fd = q->redis->fd;
	q->watch.events = 0;
	return true;
}

/* The call in front is answered, or will never be. */
static void land(struct queue *q)
{
	struct call *call = q->first;

	q->first = call->next;
	if (!q->first)
		q->end = &q->first;
	wait_over(&call->wait);
}

static void lose(struct queue *q)
{
	loop_unwatch(&q->watch);
	if (!q->redis->err)
		q->redis->err = REDIS_ERR_EOF;
	while (q->first) {
		q->first->lost = true;
		land(q);
	}
}

/* Sends what is left; false when the connection is gone. */
static bool flush(struct queue *q)
{
	int all = 0;
	int64_t due = q->first ? loop_now() + QUIET_MS : 0;
	uint32_t events;

	if (redisBufferWrite(q->redis, &all) != REDIS_OK)
		return false;
	events = all ? EPOLLIN : EPOLLIN | EPOLLOUT;
	if (!q->watch.watched || q->watch.events != events || !q->watch.due) {
		q->watch.events = events;
		q->watch.due = due;
		loop_watch(&q->watch);
	}
	q->watch.due = due;
	return true;
}

static void on_flush(struct watch *w)
{
	struct queue *q = w->owner;

	if (!q->first || flush(q))
		return;
	/* those who wait hear it from on_ready(), in this turn */
	q->watch.due = loop_now();
	loop_watch(&q->watch);
}

static bool take_replies(struct queue *q)
{
	while (q->first) {
		void *reply = NULL;

		if (redisGetReplyFromReader(q->redis, &reply) != REDIS_OK)
			return false;
		if (!reply)
			return true;
		q->first->commands[q->first->answered++].reply = reply;
		if (q->first->answered == q->first->count)
			land(q);
	}
	return true;
}

static void on_ready(struct watch *w, uint32_t events)
{
	struct queue *q = w->owner;
	bool alive = events != 0;

	if (events & (EPOLLIN | EPOLLHUP | EPOLLERR))
		alive = redisBufferRead(q->redis) == REDIS_OK;
	if (!alive || !take_replies(q) || !flush(q))
		lose(q);
}

enum status queue_open(struct queue **out, const char *where)
{
	struct queue *q = calloc(1, sizeof(*q));

	if (!q)
		abort();
	signal(SIGPIPE, SIG_IGN); /* hiredis writes to a socket that Redis may have closed */
	q->end = &q->first;
	q->watch = (struct watch){ .ready = on_ready, .flush = on_flush, .owner = q };
	q->where = strdup(where);
	if (!queue_connect(q)) {
		queue_close(q);
		return ERR_UNAVAILABLE;
	}
	*out = q;
	return OK;
}

void queue_close(struct queue *q)
{
	if (!q)
		return;
	loop_unwatch(&q->watch);
	if (q->redis)
		redisFree(q->redis);
	free(q->where);
	free(q);
}

static bool queue_attempt(struct queue *q, struct queue_command *commands, int count)
{
	struct call call = { .commands = commands, .count = count };

	for (int i = 0; i < count; i++) {
		int argc = 0;

		while (argc < QUEUE_ARGS && commands[i].arg[argc])
			argc++;
		redisAppendCommandArgv(q->redis, argc, (const char **)commands[i].arg, NULL);
	}
	*q->end = &call;
	q->end = &call.next;
	loop_flush_later(&q->watch);
	wait_for(&call.wait);
	if (call.lost)
		queue_release(commands, count);
	return !call.lost;
}

bool queue_run(struct queue *q, struct queue_command *commands, int count)
{
	for (int tries = 0; tries < 2; tries++) {
		if ((!q->redis || q->redis->err) && !queue_connect(q))
			return false;
		if (queue_attempt(q, commands, count))
			return true;
	}
	log_line(NULL, LOG_FOUT, "Redis antwoordt niet", "oorzaak", q->redis->errstr, NULL);
	return false;
}

void queue_release(struct queue_command *commands, int count)
{
	for (int i = 0; i < count; i++) {
		if (commands[i].reply)
			freeReplyObject(commands[i].reply);
		commands[i].reply = NULL;
	}
}

const char *queue_text(const struct queue_command *command)
{
	const redisReply *r = command->reply;

	return r && r->type == REDIS_REPLY_STRING ? r->str : NULL;
}

/* One command; its text, copied to the arena, or NULL for nil and the like. */
static enum status run_one(struct req *req, struct queue_command *command, const char **text)
{
	const redisReply *r;
	enum status s = OK;

	if (!queue_run(req->app->queue, command, 1))
		return fail(req, ERR_UNAVAILABLE, "De wachtrij is even niet bereikbaar");
	r = command->reply;
	if (r->type == REDIS_REPLY_ERROR) {
		log_line(req, LOG_FOUT, "opdracht aan Redis mislukt", "opdracht", command->arg[0],
			"oorzaak", r->str, NULL);
		s = fail(req, ERR_UNAVAILABLE, "De wachtrij is even niet bereikbaar");
	} else if (text) {
		*text = r->type == REDIS_REPLY_STRING ? arena_strdup(req->arena, r->str) : NULL;
	}
	queue_release(command, 1);
	return s;
}

enum status queue_put(struct req *req, const char *key, const char *value, long seconds)
{
	struct queue_command c = {
		.arg = { "SET", key, value, "EX",
			arena_printf(req->arena, "%ld", seconds > 0 ? seconds : 1) }
	};

	return run_one(req, &c, NULL);
}

static enum status fetch(struct req *req, const char *verb, const char *key, const char **value)
{
	struct queue_command c = { .arg = { verb, key } };
	const char *text = NULL;

	TRY(run_one(req, &c, &text));
	if (!text)
		return fail(req, ERR_NOT_FOUND, "Niet gevonden of verlopen");
	*value = text;
	return OK;
}

enum status queue_get(struct req *req, const char *key, const char **value)
{
	return fetch(req, "GET", key, value);
}

enum status queue_take(struct req *req, const char *key, const char **value)
{
	return fetch(req, "GETDEL", key, value);
}

enum status queue_del(struct req *req, const char *key)
{
	struct queue_command c = { .arg = { "DEL", key } };

	return run_one(req, &c, NULL);
}

/* ---- streams ---- */

#define READ_COUNT "32" /* QUEUE_MESSAGES */

/* Rows [number, [name, value]]; a row deleted meanwhile has no pair. */
static int take_rows(const redisReply *rows, struct arena *a, struct queue_message *out)
{
	int n = 0;

	for (size_t i = 0; i < rows->elements && n < QUEUE_MESSAGES; i++) {
		const redisReply *row = rows->element[i];
		const redisReply *pair = row->elements == 2 ? row->element[1] : NULL;

		if (!pair || pair->elements < 2)
			continue;
		out[n].at = arena_strdup(a, row->element[0]->str);
		out[n++].value = arena_strdup(a, pair->element[1]->str);
	}
	return n;
}

static bool make_group(struct queue *q, const struct queue_reader *r)
{
	struct queue_command c = { .arg = { "XGROUP", "CREATE", r->stream, r->group, "0",
					   "MKSTREAM" } };
	bool ok = queue_run(q, &c, 1) && ((const redisReply *)c.reply)->type != REDIS_REPLY_ERROR;

	queue_release(&c, 1);
	return ok;
}

static bool has_rows(const redisReply *r)
{
	return r->type == REDIS_REPLY_ARRAY && r->elements > 0;
}

int queue_read(struct queue *q, const struct queue_reader *r, const char *block_ms, struct arena *a,
	struct queue_message out[QUEUE_MESSAGES])
{
	struct queue_command c = { .arg = { "XREADGROUP", "GROUP", r->group, r->consumer, "COUNT",
					   READ_COUNT, "BLOCK", block_ms, "STREAMS", r->stream,
					   ">" } };
	const redisReply *reply;
	int n = 0;

	if (!queue_run(q, &c, 1))
		return -1;
	reply = c.reply;
	if (reply->type == REDIS_REPLY_ERROR) /* Redis is new or was emptied */
		n = make_group(q, r) ? 0 : -1;
	else if (has_rows(reply) && reply->element[0]->elements == 2)
		n = take_rows(reply->element[0]->element[1], a, out);
	queue_release(&c, 1);
	return n;
}

int queue_reclaim(struct queue *q, const struct queue_reader *r, const char *idle_ms,
	struct arena *a, struct queue_message out[QUEUE_MESSAGES])
{
	struct queue_command c = { .arg = { "XAUTOCLAIM", r->stream, r->group, r->consumer, idle_ms,
					   "0-0", "COUNT", READ_COUNT } };
	const redisReply *reply;
	int n = 0;

	if (!queue_run(q, &c, 1))
		return -1;
	reply = c.reply;
	if (reply->type == REDIS_REPLY_ARRAY && reply->elements >= 2)
		n = take_rows(reply->element[1], a, out);
	queue_release(&c, 1);
	return n;
}

bool queue_acknowledge(struct queue *q, const struct queue_reader *r,
	const struct queue_message *messages, int count)
{
	struct queue_command c[2] = {
		{ .arg = { "XACK", r->stream, r->group } },
		{ .arg = { "XDEL", r->stream } },
	};
	bool ok;

	for (int i = 0; i < count && i < QUEUE_MESSAGES; i++) {
		c[0].arg[3 + i] = messages[i].at;
		c[1].arg[2 + i] = messages[i].at;
	}
	ok = queue_run(q, c, 2);
	queue_release(c, 2);
	return ok;
}
