/* SPDX-License-Identifier: EUPL-1.2 */
#include "kit.h"

#include <assert.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "app/crypto.h"
#include "app/log.h"
#include "loop.h"

/* The kit's own additions to a full batch: the idempotency key. */
#define BATCH_ROOM (BATCH_MAX + 1)

enum source { FROM_NOWHERE, FROM_OBJECT, FROM_BIND };

struct batch_op {
	const struct statement *st;
	const char **values;
	enum source *source;
	PGresult *result;
	int rows;
	/* column n of the result goes to columns[n]; made for the table `mapped` */
	const struct field *mapped;
	const struct field **columns;
};

/* Connections of a worker: the first carries all quick reads, the others one after the other what
 * writes or may take long, so that a disk or a slow statement delays nobody else. Made when first
 * needed. */
#define LANES 4
#define LANE_STUCK_MS 20 /* with the same batch in front: others go elsewhere */
#define LANE_QUIET_MS 8000 /* no answer at all: the connection is given up (statements: 5 s) */
#define RECONNECT_FIRST_MS 100
#define RECONNECT_MAX_MS 2000
#define DRAIN_MS 2000

struct lane {
	struct db *db;
	PGconn *conn; /* NULL: never made */
	bool stale; /* make it again before the next batch */
	struct watch watch;
	struct flight *first, **end; /* batches sent and not answered, in order */
	int flights;
	int64_t moved; /* when the first of them became the first */
	int64_t retry_at; /* after a failure */
	int64_t pause;
};

struct db {
	struct lane lanes[LANES];
	char *conninfo, *role;
	const struct statement *statements;
	int count;
};

/* What went wrong in a batch; state "" is success. */
struct outcome {
	char state[6];
	const char *message;
	const char *constraint;
	const struct statement *st;
	bool lost; /* the connection, while the outcome is not known */
	bool undone; /* certain that nothing was stored */
};

/* A batch under way. */
struct flight {
	struct batch *b;
	struct outcome *o;
	int at; /* op whose answer comes next; -1: the context */
	struct wait wait;
	struct flight *next;
};

static const char *const kit_names[KIT_QUERY_COUNT] = {
	[KIT_CONTEXT] = "kit_context",
	[KIT_EVENT] = "kit_event",
	[KIT_DECISION] = "kit_decision",
	[KIT_CLAIM] = "kit_claim",
	[KIT_IDEMPOTENT] = "kit_idempotent",
	[KIT_IDEMPOTENT_LOOKUP] = "kit_idempotent_lookup",
	[KIT_SUBSCRIBE] = "kit_subscribe",
	[KIT_DISTRIBUTE] = "kit_distribute",
	[KIT_SWEEP] = "kit_sweep",
	[KIT_TAKE] = "kit_take",
	[KIT_DONE] = "kit_done",
	[KIT_FAILED] = "kit_failed",
	[KIT_GEMEENTEN] = "kit_gemeenten",
};

/* What an SQLSTATE (or its beginning) means to the caller. First match wins. */
static const struct sql_error {
	const char *state;
	enum status status;
	enum { SAY = 0, LOG = 1, RETRY = 2, RENEW = 4 } action;
	const char *detail;
} sql_errors[] = {
	{ "23505", ERR_CONFLICT, SAY, "Dit gegeven bestaat al" },
	{ "23P01", ERR_CONFLICT, SAY, "Dit overlapt met een gegeven dat er al is" },
	{ "23503", ERR_INVALID, SAY, "Een gegeven waarnaar wordt verwezen, bestaat niet" },
	{ "23502", ERR_INVALID, SAY, "Een verplicht gegeven ontbreekt" },
	{ "23", ERR_INVALID, SAY, "Een waarde is niet toegestaan" },
	{ "22", ERR_INVALID, SAY, "Een waarde is niet geldig" },
	{ "42501", ERR_FORBIDDEN, LOG, "Dit gegeven valt buiten uw bevoegdheid" },
	{ "40001", ERR_UNAVAILABLE, LOG | RETRY, "Het is even te druk; probeer het opnieuw" },
	{ "40P01", ERR_UNAVAILABLE, LOG | RETRY, "Het is even te druk; probeer het opnieuw" },
	/* a migration changed a table, or a pooler gave us another server connection */
	{ "0A000", ERR_UNAVAILABLE, LOG | RETRY | RENEW, NULL },
	{ "26000", ERR_UNAVAILABLE, LOG | RETRY | RENEW, NULL },
	/* the server became a standby */
	{ "25006", ERR_UNAVAILABLE, LOG | RETRY | RENEW, NULL },
	{ "57014", ERR_UNAVAILABLE, LOG, "De database antwoordt niet op tijd" },
	{ "57P", ERR_UNAVAILABLE, LOG | RETRY | RENEW, NULL },
	{ "08", ERR_UNAVAILABLE, LOG | RENEW, NULL },
	{ "53", ERR_UNAVAILABLE, LOG, NULL },
	{ "", ERR_INTERNAL, LOG, NULL },
};

/* ---- connection ---- */

static void log_sql(const struct req *req, const char *message, const char *statement,
	const char *state, const char *text)
{
	log_line(req, LOG_FOUT, message, "opdracht", statement ? statement : "-", "sqlstate",
		state ? state : "-", "oorzaak", text ? text : "-", NULL);
}

/* Reads answers up to the sync; false, and one log line, for the first statement that is wrong. */
static bool prepare_answers(struct lane *lane)
{
	const struct db *db = lane->db;
	bool ok = true;
	int at = 0;

	for (;;) {
		PGresult *r = PQgetResult(lane->conn);
		ExecStatusType kind = PQresultStatus(r);

		if (!r) {
			if (PQstatus(lane->conn) == CONNECTION_BAD || at++ > db->count)
				return false;
			continue;
		}
		if (kind == PGRES_FATAL_ERROR && ok) {
			ok = false;
			log_sql(NULL, "opdracht niet voorbereid",
				at < db->count ? db->statements[at].name : NULL,
				PQresultErrorField(r, PG_DIAG_SQLSTATE),
				PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY));
		}
		PQclear(r);
		if (kind == PGRES_PIPELINE_SYNC)
			return ok;
	}
}

static bool prepare_all(struct lane *lane)
{
	const struct db *db = lane->db;

	if (!PQenterPipelineMode(lane->conn))
		return false;
	for (int i = 0; i < db->count; i++) {
		const struct statement *st = &db->statements[i];

		if (!PQsendPrepare(lane->conn, st->name, st->sql, 0, NULL))
			return false;
	}
	return PQpipelineSync(lane->conn) && prepare_answers(lane) &&
	       PQsetnonblocking(lane->conn, 1) == 0;
}

static void on_ready(struct watch *w, uint32_t events);

/* Connects, or connects again, and prepares. */
static bool lane_connect(struct lane *lane)
{
	const struct db *db = lane->db;
	const char *const names[] = { "dbname", "user", "application_name", "client_encoding",
		"connect_timeout", "tcp_user_timeout", "options", NULL };
	/* Every statement is prepared and goes by an index. Its plan is made once, and is the same
	 * for a table that was empty then. */
	const char *const values[] = { db->conninfo, db->role, db->role, "UTF8", "3", "10000",
		"-c statement_timeout=5s -c timezone=UTC -c datestyle=ISO"
		" -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c "
		"enable_hashjoin=off"
		" -c enable_mergejoin=off -c jit=off",
		NULL };

	loop_unwatch(&lane->watch);
	if (lane->conn)
		PQreset(lane->conn);
	else
		lane->conn = PQconnectdbParams(names, values, 1);
	if (PQstatus(lane->conn) != CONNECTION_OK) {
		log_sql(NULL, "geen verbinding met de database", NULL, NULL,
			PQerrorMessage(lane->conn));
		return false;
	}
	if (!prepare_all(lane))
		return false;
	lane->stale = false;
	lane->watch = (struct watch){
		.fd = PQsocket(lane->conn), .events = EPOLLIN, .ready = on_ready, .owner = lane
	};
	loop_watch(&lane->watch);
	return true;
}

/* A server that ended while we were idle has left something to read, or the end of the stream. */
static bool died_while_idle(const struct lane *lane)
{
	struct pollfd p = { .fd = PQsocket(lane->conn), .events = POLLIN | POLLRDHUP };

	while (poll(&p, 1, 0) > 0) {
		if (p.revents & (POLLHUP | POLLERR | POLLRDHUP | POLLNVAL))
			return true;
		if (!PQconsumeInput(lane->conn) || PQstatus(lane->conn) == CONNECTION_BAD)
			return true;
		PQisBusy(lane->conn); /* takes in a changed setting or a notice */
	}
	return false;
}

/* Others may still have batches under way on a lane that is to be made again. */
static bool lane_drained(const struct lane *lane)
{
	for (int64_t end = loop_now() + DRAIN_MS; lane->first && loop_now() < end;)
		wait_ms(1);
	return !lane->first;
}

/* Several that waited for the same lane: the first makes the connection. */
static bool lane_again(struct lane *lane)
{
	if (!lane_drained(lane) || loop_now() < lane->retry_at)
		return !lane->stale && lane->conn != NULL;
	if (!lane->stale && lane->conn && PQstatus(lane->conn) == CONNECTION_OK)
		return true;
	if (lane_connect(lane)) {
		lane->pause = 0;
		return true;
	}
	lane->stale = true;
	lane->pause = lane->pause ? 2 * lane->pause : RECONNECT_FIRST_MS;
	if (lane->pause > RECONNECT_MAX_MS)
		lane->pause = RECONNECT_MAX_MS;
	lane->retry_at = loop_now() + lane->pause;
	return false;
}

static bool lane_ready(struct lane *lane)
{
	if (lane->conn && !lane->stale && PQstatus(lane->conn) == CONNECTION_OK &&
		(lane->first || !died_while_idle(lane)))
		return true;
	lane->stale = true;
	return lane_again(lane);
}

enum status db_open(struct db **out, const char *conninfo, const char *role,
	const struct statement *statements, int count)
{
	struct db *db = calloc(1, sizeof(*db));

	for (int i = 0; i < KIT_QUERY_COUNT; i++) {
		if (i < count && strcmp(statements[i].name, kit_names[i]) == 0)
			continue;
		fprintf(stderr, "queries.sql: statement %d is not %s\n", i, kit_names[i]);
		exit(2);
	}
	if (!db)
		abort();
	for (int i = 0; i < LANES; i++)
		db->lanes[i] = (struct lane){ .db = db, .end = &db->lanes[i].first };
	db->conninfo = strdup(conninfo);
	db->role = strdup(role);
	db->statements = statements;
	db->count = count;
	if (!lane_connect(&db->lanes[0])) {
		db_close(db);
		return ERR_UNAVAILABLE;
	}
	*out = db;
	return OK;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	for (int i = 0; i < LANES; i++) {
		loop_unwatch(&db->lanes[i].watch);
		PQfinish(db->lanes[i].conn);
	}
	free(db->conninfo);
	free(db->role);
	free(db);
}

static void release_result(void *r)
{
	PQclear(r);
}

/* ---- building a batch ---- */

void batch_init(struct batch *b, struct req *req)
{
	*b = (struct batch){ .req = req };
	b->ops = arena_alloc(req->arena, BATCH_ROOM * sizeof(struct batch_op));
}

static int add_op(struct batch *b, int query)
{
	const struct db *db = b->req->app->db;
	struct batch_op *op = &b->ops[b->count];

	assert(query >= 0 && query < db->count && b->count < BATCH_ROOM);
	op->st = &db->statements[query];
	if (op->st->param_count > 0) {
		size_t n = (size_t)op->st->param_count;

		op->values = arena_alloc(b->req->arena, n * sizeof(char *));
		op->source = arena_alloc(b->req->arena, n * sizeof(enum source));
	}
	return b->count++;
}

int batch_add(struct batch *b, int query, const struct field *fields, const void *obj)
{
	int number = add_op(b, query);
	struct batch_op *op = &b->ops[number];

	assert(number < BATCH_MAX);
	for (int i = 0; fields && obj && i < op->st->param_count; i++) {
		const struct field *f = field_find(fields, op->st->params[i]);

		if (!f)
			continue;
		assert(f->type != F_BSN);
		op->values[i] = field_sql_text(b->req->arena, f, obj);
		op->source[i] = FROM_OBJECT;
	}
	return number;
}

static void bind(struct batch *b, int number, const char *name, const char *value)
{
	struct batch_op *op = &b->ops[number];

	assert(number >= 0 && number < b->count);
	for (int i = 0; i < op->st->param_count; i++) {
		if (strcmp(op->st->params[i], name) != 0)
			continue;
		op->values[i] = value;
		op->source[i] = FROM_BIND;
		return;
	}
	assert(!"no such parameter");
}

void batch_bind(struct batch *b, int op, const char *name, const char *value)
{
	bind(b, op, name, value ? arena_strdup(b->req->arena, value) : NULL);
}

void batch_bind_int(struct batch *b, int op, const char *name, long long value)
{
	bind(b, op, name, arena_printf(b->req->arena, "%lld", value));
}

void batch_bind_date(struct batch *b, int op, const char *name, struct date value)
{
	char text[DATE_TEXT];

	batch_bind(b, op, name, date_is_set(value) ? date_format(value, text) : NULL);
}

void batch_creates(struct batch *b, const char *resource_id)
{
	b->created = resource_id;
}

static const char *only_gemeente(const struct req *req)
{
	const char *all = req->session.gemeenten;

	if (req->gemeente)
		return req->gemeente;
	return all && *all && !strchr(all, ',') ? all : NULL;
}

/* What the kit knows by itself; false when it does not know the name. */
static bool kit_value(struct req *req, const char *name, const char **out)
{
	char text[DATE_TEXT];

	if (strcmp(name, "id") == 0)
		*out = req->param[0];
	else if (strcmp(name, "gemeente") == 0)
		*out = only_gemeente(req);
	else if (strcmp(name, "medewerker") == 0)
		*out = req->session.medewerker;
	else if (strcmp(name, "inburgeraar") == 0)
		*out = req->session.inburgeraar;
	else if (strcmp(name, "vandaag") == 0)
		*out = arena_strdup(req->arena, date_format(req->today, text));
	else if (strcmp(name, "versie") == 0)
		*out = req->if_match == NUMBER_NONE
			       ? NULL
			       : arena_printf(req->arena, "%lld", (long long)req->if_match);
	else
		return req_param(req, name, out);
	return true;
}

/* Fills what neither batch_bind() nor the object gave. If-Match wins over a version that was loaded
 * in this request: the caller's version counts, not the newest. */
static void resolve(struct req *req, struct batch_op *op)
{
	for (int i = 0; i < op->st->param_count; i++) {
		const char *name = op->st->params[i];
		const char *value = NULL;
		bool has = op->values[i] != NULL;

		if (op->source[i] == FROM_BIND || (has && strcmp(name, "versie") != 0))
			continue;
		if (!kit_value(req, name, &value)) {
			assert(op->source[i] != FROM_NOWHERE);
			continue;
		}
		if (value)
			op->values[i] = value;
	}
}

/* ---- Idempotency-Key ---- */

static const char *text_or(const char *s, const char *otherwise)
{
	return s ? s : otherwise;
}

static void bind_idempotency(struct batch *b, int op)
{
	struct req *req = b->req;
	const char *seen = arena_printf(req->arena, "%s\n%.*s", text_or(req->path, ""),
		(int)req->body_len, text_or(req->raw_body, ""));

	bind(b, op, "gebruiker", text_or(req->session.gebruiker, ""));
	bind(b, op, "sleutel", req->idempotency_key);
	bind(b, op, "route", req->route ? req->route->path : "-");
	bind(b, op, "vingerafdruk", sha256_hex(req->arena, seen, strlen(seen)));
}

static void add_idempotency(struct batch *b)
{
	int op;

	if (!b->created || !b->req->idempotency_key)
		return;
	op = add_op(b, KIT_IDEMPOTENT);
	bind_idempotency(b, op);
	bind(b, op, "resource", b->created);
	b->created = NULL;
}

enum status idempotency_lookup(struct req *req, const char **resource_id)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, KIT_IDEMPOTENT_LOOKUP, NULL, NULL);
	bind_idempotency(&b, op);
	TRY(batch_run(&b));
	if (batch_rows(&b, op) > 0 && batch_int(&b, op, 0, "gelijk") == 0)
		return fail(req, ERR_CONFLICT,
			"Deze Idempotency-Key is eerder gebruikt voor een ander verzoek");
	*resource_id = batch_rows(&b, op) > 0 ? batch_text(&b, op, 0, "resource_id") : NULL;
	return OK;
}

/* ---- running a batch ---- */

static bool send_statement(
	const struct lane *lane, const struct statement *st, const char *const *values)
{
	return PQsendQueryPrepared(lane->conn, st->name, st->param_count, values, NULL, NULL, 0) ==
	       1;
}

/* Tenant and user in front; then the ops. */
static bool send_ops(const struct lane *lane, const struct batch *b)
{
	const struct session *s = &b->req->session;
	const char *context[] = { text_or(s->gemeenten, ""), text_or(s->gebruiker, ""),
		text_or(s->inburgeraar, ""), b->req->trace_id };

	/* without a person a citizen would see the whole gemeente */
	assert(!(s->roles & ROL_INBURGERAAR) || (s->inburgeraar && *s->inburgeraar));
	if (!send_statement(lane, &lane->db->statements[KIT_CONTEXT], context))
		return false;
	for (int i = 0; i < b->count; i++) {
		if (!send_statement(lane, b->ops[i].st, b->ops[i].values))
			return false;
	}
	return true;
}

static void note_error(struct batch *b, const PGresult *r, int at, struct outcome *o)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	const char *message = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
	const char *constraint = PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME);
	bool within = at < b->count;

	if (o->state[0] || !state) /* the first counts; none: the connection broke */
		return;
	snprintf(o->state, sizeof(o->state), "%s", state);
	o->message = arena_strdup(b->req->arena, text_or(message, ""));
	o->constraint = arena_strdup(b->req->arena, text_or(constraint, ""));
	o->st = at >= 0 && within ? b->ops[at].st : NULL;
	/* the commit comes after the last op, so an error before it undoes everything */
	o->undone = within;
}

static void take_result(struct batch *b, PGresult *r, int at, struct outcome *o)
{
	ExecStatusType kind = PQresultStatus(r);
	struct batch_op *op = at >= 0 && at < b->count ? &b->ops[at] : NULL;

	if (kind == PGRES_FATAL_ERROR)
		note_error(b, r, at, o);
	if (!op || (kind != PGRES_TUPLES_OK && kind != PGRES_COMMAND_OK)) {
		PQclear(r);
		return;
	}
	arena_on_reset(b->req->arena, release_result, r);
	op->result = r;
	op->rows = kind == PGRES_TUPLES_OK ? PQntuples(r) : atoi(PQcmdTuples(r));
}

/* The batch in front is answered, or will never be. */
static void land(struct lane *lane)
{
	struct flight *f = lane->first;

	lane->first = f->next;
	if (!lane->first)
		lane->end = &lane->first;
	lane->flights--;
	lane->moved = loop_now();
	wait_over(&f->wait);
}

/* The connection is gone: what was under way has no known end. */
static void lose(struct lane *lane)
{
	loop_unwatch(&lane->watch);
	lane->stale = true;
	while (lane->first) {
		lane->first->o->lost = true;
		land(lane);
	}
}

/* One piece of an answer. Each statement's answer ends with NULL, the batch with the sync. False
 * when nothing more can come. */
static bool take(struct lane *lane, PGresult *r)
{
	struct flight *f = lane->first;

	if (r && PQresultStatus(r) == PGRES_PIPELINE_SYNC) {
		PQclear(r);
		land(lane);
	} else if (r) {
		take_result(f->b, r, f->at, f->o);
	} else if (PQstatus(lane->conn) == CONNECTION_BAD || f->at++ > f->b->count) {
		return false;
	}
	return true;
}

/* Waits for room to write when there is more to send; gives up on a server that says nothing. */
static void set_watch(struct lane *lane)
{
	int more = PQflush(lane->conn);
	uint32_t events = more > 0 ? EPOLLIN | EPOLLOUT : EPOLLIN;
	int64_t due = lane->first ? loop_now() + LANE_QUIET_MS : 0;

	if (lane->watch.watched && events == lane->watch.events &&
		(lane->watch.due != 0) == (due != 0)) {
		lane->watch.due = due;
		return;
	}
	lane->watch.events = events;
	lane->watch.due = due;
	loop_watch(&lane->watch);
}

static void on_ready(struct watch *w, uint32_t events)
{
	struct lane *lane = w->owner;
	bool alive = events != 0 && PQflush(lane->conn) >= 0;

	if (events & (EPOLLIN | EPOLLHUP | EPOLLERR))
		alive = PQconsumeInput(lane->conn) && alive;
	while (lane->first && events && !PQisBusy(lane->conn))
		if (!take(lane, PQgetResult(lane->conn))) {
			alive = false;
			break;
		}
	if (!alive || PQstatus(lane->conn) == CONNECTION_BAD)
		lose(lane);
	else
		set_watch(lane);
}

static void forget_results(struct batch *b)
{
	for (int i = 0; i < b->count; i++) {
		b->ops[i].result = NULL; /* released with the arena */
		b->ops[i].rows = 0;
		b->ops[i].mapped = NULL;
	}
}

static const struct sql_error *find_error(const char *state)
{
	const struct sql_error *e = sql_errors;

	while (strncmp(e->state, state, strlen(e->state)) != 0)
		e++;
	return e;
}

/* `raise exception '…' using errcode = 'RG409'`: the database's own Dutch text for the caller. */
static enum status raised(struct req *req, const struct outcome *o)
{
	int http = atoi(o->state + 2);

	for (enum status s = OK + 1; s < STATUS_COUNT; s++) {
		if (status_http(s) == http)
			return fail(req, s, "%s", o->message);
	}
	return fail(req, ERR_INTERNAL, "%s", o->message);
}

static enum status refuse(struct req *req, const struct outcome *o)
{
	const struct sql_error *e;

	if (o->lost && !o->state[0]) {
		log_sql(req, "verbinding met de database verbroken", NULL, NULL, NULL);
		return fail(req, ERR_UNAVAILABLE, "De database is even niet bereikbaar");
	}
	if (strncmp(o->state, "RG", 2) == 0)
		return raised(req, o);
	if (strcmp(o->constraint, "idempotentie_pkey") == 0)
		return fail(req, ERR_CONFLICT,
			"Een verzoek met deze Idempotency-Key is al in behandeling");
	e = find_error(o->state);
	if (e->action & LOG)
		log_sql(req, "opdracht mislukt", o->st ? o->st->name : NULL, o->state, o->message);
	return fail(req, e->status, "%s", text_or(e->detail, status_title(e->status)));
}

/* One attempt. OK with o->state "" and !o->lost. */
static void attempt(struct lane *lane, struct batch *b, struct outcome *o)
{
	struct flight f = { .b = b, .o = o, .at = -1 };

	*o = (struct outcome){ .state = "" };
	forget_results(b);
	if (!send_ops(lane, b)) {
		/* no sync was sent, so the server cannot have committed */
		*o = (struct outcome){ .lost = true, .undone = true };
		lose(lane);
	} else if (!PQpipelineSync(lane->conn)) {
		o->lost = true;
		lose(lane);
	} else {
		if (!lane->first)
			lane->moved = loop_now();
		*lane->end = &f;
		lane->end = &f.next;
		lane->flights++;
		set_watch(lane);
		wait_for(&f.wait);
	}
	if (find_error(o->state)->action & RENEW)
		lane->stale = true;
	if (o->lost || o->state[0])
		forget_results(b);
}

static bool may_retry(const struct outcome *o)
{
	if (!o->undone)
		return false;
	return !o->state[0] || (find_error(o->state)->action & RETRY);
}

/* Batches that the next one would wait for; one that takes its time counts for many. */
static int crowd(const struct lane *lane)
{
	bool stuck = lane->first && loop_now() - lane->moved > LANE_STUCK_MS;

	return lane->flights + (stuck ? 1000 : 0);
}

/* Quick reads share the first lane, and so does a process that does one thing at a time. */
static struct lane *choose_lane(struct db *db, const struct req *req)
{
	struct lane *best = &db->lanes[1];

	if (!req->route || (req->method == GET && !(req->route->flags & R_SLOW)))
		return &db->lanes[0];
	for (int i = 2; i < LANES; i++) {
		struct lane *lane = &db->lanes[i];
		int more = crowd(lane) - crowd(best);

		if (more < 0 || (more == 0 && lane->conn && !best->conn))
			best = lane;
	}
	return best;
}

enum status batch_run(struct batch *b)
{
	struct req *req = b->req;
	struct outcome o;

	add_idempotency(b);
	for (int i = 0; i < b->count; i++)
		resolve(req, &b->ops[i]);
	for (int tries = 0; tries < 2; tries++) {
		struct lane *lane = choose_lane(req->app->db, req);

		if (!lane_ready(lane))
			return fail(req, ERR_UNAVAILABLE, "De database is even niet bereikbaar");
		attempt(lane, b, &o);
		if (!o.lost && !o.state[0])
			return OK;
		if (!may_retry(&o))
			break;
	}
	return refuse(req, &o);
}

/* ---- reading ---- */

int batch_rows(const struct batch *b, int op)
{
	return b->ops[op].rows;
}

static void map_columns(const struct batch *b, struct batch_op *op, const struct field *fields)
{
	int n = PQnfields(op->result);

	op->columns = arena_alloc(b->req->arena, (size_t)n * sizeof(struct field *));
	for (int i = 0; i < n; i++)
		op->columns[i] = field_find(fields, PQfname(op->result, i));
	op->mapped = fields;
}

void batch_get(const struct batch *b, int number, int row, const struct field *fields, void *obj)
{
	struct batch_op *op = &b->ops[number];
	int n = PQnfields(op->result);

	assert(op->result && row < op->rows);
	if (op->mapped != fields)
		map_columns(b, op, fields);
	for (int i = 0; i < n; i++) {
		const char *text;

		if (!op->columns[i])
			continue;
		text = PQgetisnull(op->result, row, i) ? NULL : PQgetvalue(op->result, row, i);
		field_from_sql(b->req->arena, op->columns[i], obj, text);
	}
}

const char *batch_text(const struct batch *b, int number, int row, const char *column)
{
	const struct batch_op *op = &b->ops[number];
	int n = op->result ? PQnfields(op->result) : 0;

	for (int i = 0; i < n && row < op->rows; i++) {
		if (strcmp(PQfname(op->result, i), column) == 0)
			return PQgetisnull(op->result, row, i) ? NULL
							       : PQgetvalue(op->result, row, i);
	}
	return NULL;
}

long long batch_int(const struct batch *b, int op, int row, const char *column)
{
	const char *text = batch_text(b, op, row, column);

	return text ? strtoll(text, NULL, 10) : NUMBER_NONE;
}

enum status batch_one(const struct batch *b, int op, const struct resource *out, void *obj)
{
	if (batch_rows(b, op) == 0)
		return fail(b->req, ERR_NOT_FOUND, "%s niet gevonden", out->name);
	fields_clear(out->fields, obj);
	batch_get(b, op, 0, out->fields, obj);
	return OK;
}

enum status batch_changed(
	const struct batch *b, int op, int exists_op, const struct resource *out, void *obj)
{
	if (batch_rows(b, op) == 0 && batch_rows(b, exists_op) > 0)
		return fail(
			b->req, ERR_CHANGED, "Haal het gegeven opnieuw op en probeer het nog eens");
	return batch_one(b, op, out, obj);
}

enum status db_one(struct req *req, int query, const struct field *in, const void *arg,
	const struct resource *out, void *obj)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, query, in, arg);
	TRY(batch_run(&b));
	return batch_one(&b, op, out, obj);
}

void batch_list(const struct batch *b, int op, const struct resource *out, struct list *rows)
{
	rows->count = (size_t)batch_rows(b, op);
	rows->items = arena_alloc(b->req->arena, rows->count * out->size);
	for (size_t i = 0; i < rows->count; i++) {
		char *item = (char *)rows->items + i * out->size;

		fields_clear(out->fields, item);
		batch_get(b, op, (int)i, out->fields, item);
	}
}

enum status db_list(struct req *req, int query, const struct field *in, const void *arg,
	const struct resource *out, struct list *rows)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, query, in, arg);
	TRY(batch_run(&b));
	batch_list(&b, op, out, rows);
	return OK;
}

enum status db_list_of(struct req *req, int exists, const char *owner, int query,
	const struct resource *out, struct list *rows)
{
	const struct resource *filter = req->route->query;
	struct batch b;
	int there, op;

	batch_init(&b, req);
	there = batch_add(&b, exists, NULL, NULL);
	op = batch_add(&b, query, filter ? filter->fields : NULL, filter ? req->query : NULL);
	TRY(batch_run(&b));
	if (batch_rows(&b, there) == 0)
		return fail(req, ERR_NOT_FOUND, "%s niet gevonden", owner);
	batch_list(&b, op, out, rows);
	return OK;
}
