/* SPDX-License-Identifier: EUPL-1.2 */
#include "kit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/log.h"
#include "loop.h"

#define STREAM "stroom:"
#define BLOCK_MS "100" /* also how often the outbox is looked at */
#define STALE_MS "30000" /* a message in hand for so long was left by a process that ended */
#define DISTRIBUTE_MAX 200 /* kit_distribute's limit */
#define SWEEP_MS 2000
#define EAGER_MS 5000 /* kit_distribute makes a delivery due after so long */
#define RECLAIM_MS 10000
#define TODAY_MS 1000
#define PAUSE_MAX_MS 8000
#define NICE 10

/* An event taken out of the database result, so that it outlives it. */
struct work {
	struct event event;
	const char *data;
	const char *trace;
	long long attempts; /* this one counted */
};

struct jobs {
	struct app *app;
	const struct service *svc;
	struct arena round; /* of one turn of the loop */
	struct arena arena; /* of one event or task */
	struct req req;
	struct date today;
	char stream[80], consumer[100];
	struct queue_reader reader;
	int64_t next_sweep, next_reclaim, next_today;
	int64_t eager_until; /* an event waits for an earlier one: sweep every turn */
	int64_t *next_task; /* per row of svc->jobs */
	bool handled; /* events, since the tasks had their turn */
	int64_t pause; /* ms, grows while the database is gone */
	bool redis; /* the last command got an answer */
};

static volatile sig_atomic_t stopping;

static void on_stop(int sig)
{
	(void)sig;
	stopping = 1;
}

int64_t job_clock(void)
{
	return loop_now();
}

static void sleep_ms(int64_t ms)
{
	struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	nanosleep(&t, NULL); /* SIGTERM ends it */
}

/* ---- a request for each event or task ---- */

/* Lower case hex of a UUID without the dashes, from character `from`. */
static void hex_of_uuid(const char *uuid, size_t from, char *out, size_t size)
{
	size_t n = 0, seen = 0;

	for (; *uuid && n + 1 < size; uuid++) {
		if (*uuid != '-' && seen++ >= from)
			out[n++] = *uuid;
	}
	out[n] = '\0';
}

static void make_req(
	const struct jobs *j, struct req *req, struct arena *arena, const char *gemeenten)
{
	const char *uuid;

	arena_reset(arena);
	*req = (struct req){ .app = j->app, .arena = arena, .today = j->today };
	req->if_match = NUMBER_NONE;
	req->session = (struct session){ .roles = ROL_SYSTEEM,
		.gebruiker = j->svc->name,
		.naam = j->svc->title,
		.gemeenten = gemeenten };
	uuid = req_uuid(req);
	hex_of_uuid(uuid, 0, req->trace_id, sizeof(req->trace_id));
	hex_of_uuid(uuid, 16, req->span_id, sizeof(req->span_id));
}

/* The one of the loop itself, and of whatever is handled one after the other. */
static struct req *fresh_req(struct jobs *j, const char *gemeenten)
{
	make_req(j, &j->req, &j->arena, gemeenten);
	return &j->req;
}

/* After a failure: the next failure of the same request has its own message. */
static void forget_error(struct req *req)
{
	req->error = (struct error){ 0 };
}

/* ---- the outbox: events of this service to the streams of their listeners ---- */

static void send_to_streams(struct jobs *j, const struct batch *b, int op)
{
	int count = batch_rows(b, op);
	struct queue_command *commands = calloc((size_t)count, sizeof(*commands));

	if (!commands)
		abort();
	for (int i = 0; i < count; i++) {
		const char *stream =
			arena_printf(&j->arena, STREAM "%s", batch_text(b, op, i, "dienst"));

		commands[i] = (struct queue_command){
			.arg = { "XADD", stream, "MAXLEN", "~", "10000", "*", "id",
				batch_text(b, op, i, "gebeurtenis_id") }
		};
	}
	/* what does not arrive is found by kit_sweep */
	j->redis = queue_run(j->app->queue, commands, count);
	queue_release(commands, count);
	free(commands);
}

/* True when the outbox may hold more. */
static enum status distribute(struct jobs *j, bool *more)
{
	struct req *req = fresh_req(j, "");
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, KIT_DISTRIBUTE, NULL, NULL);
	batch_bind(&b, op, "bron", j->svc->name);
	TRY(batch_run(&b));
	if (batch_rows(&b, op) > 0)
		send_to_streams(j, &b, op);
	*more = batch_rows(&b, op) >= DISTRIBUTE_MAX;
	return OK;
}

/* ---- one event ---- */

static const struct job *find_job(const struct jobs *j, const char *type)
{
	for (const struct job *row = j->svc->jobs; row->doc; row++) {
		if (row->type && strcmp(row->type, type) == 0)
			return row;
	}
	return NULL;
}

static int add_delivery(struct req *req, struct batch *b, int query, const char *id)
{
	int op;

	batch_init(b, req);
	op = batch_add(b, query, NULL, NULL);
	batch_bind(b, op, "gebeurtenis", id);
	batch_bind(b, op, "dienst", req->app->service->name);
	return op;
}

static void mark_done(struct req *req, const char *id)
{
	struct batch b;

	add_delivery(req, &b, KIT_DONE, id);
	batch_run(&b); /* failed: the handler is asked again later */
}

static void mark_failed(struct req *req, const struct work *w, const char *why)
{
	struct batch b;
	int op = add_delivery(req, &b, KIT_FAILED, w->event.id);
	const char *status;

	batch_bind(&b, op, "fout", why);
	batch_bind_int(&b, op, "grens", JOB_ATTEMPTS);
	if (batch_run(&b) != OK)
		return; /* tried again when the 30 seconds of kit_take are over */
	status = batch_text(&b, op, 0, "status");
	log_line(req, LOG_FOUT,
		status && strcmp(status, "dood") == 0 ? "gebeurtenis opgegeven"
						      : "gebeurtenis mislukt",
		"type", w->event.type, "gebeurtenis", w->event.id, "oorzaak", why, NULL);
}

static bool handled_before(const struct req *req, enum status s)
{
	return s == ERR_CONFLICT && req->error.detail &&
	       strcmp(req->error.detail, "reeds verwerkt") == 0;
}

static void run_handler(struct req *req, const struct job *row, struct work *w)
{
	enum status s;

	w->event.data = json_loads(w->data ? w->data : "{}", 0, NULL);
	req->event = &w->event;
	s = row->event(req, &w->event);
	json_decref(w->event.data);
	w->event.data = NULL;
	if (s == OK && !req->event_claimed)
		mark_done(req, w->event.id);
	if (s != OK && !handled_before(req, s)) {
		const char *why = req->error.detail ? req->error.detail : status_title(s);

		forget_error(req);
		mark_failed(req, w, why);
	}
}

/* `req` is fresh. */
static void handle(struct req *req, const struct job *row, struct work *w)
{
	if (w->trace)
		snprintf(req->trace_id, sizeof(req->trace_id), "%s", w->trace);
	req->gemeente = w->event.gemeente;
	if (!row)
		mark_done(req, w->event.id); /* a type this version no longer listens to */
	else if (w->attempts > JOB_ATTEMPTS)
		mark_failed(req, w, "De verwerker viel telkens uit");
	else
		run_handler(req, row, w);
}

/* ---- several events in hand ---- */

/* What is handled side by side of one set: each on a stack and with a request of its own. */
struct hands {
	int busy;
	struct wait idle;
};

struct hand {
	struct jobs *j;
	struct hands *hands;
	const struct job *row;
	struct work *work;
};

static void run_hand(void *arg)
{
	struct hand *h = arg;
	struct arena arena;
	struct req req;

	arena_init(&arena);
	make_req(h->j, &req, &arena, h->work->event.gemeente);
	handle(&req, h->row, h->work);
	arena_finish(&arena);
	if (--h->hands->busy == 0)
		wait_over(&h->hands->idle);
}

static void give_to_hand(
	struct jobs *j, struct hands *hands, const struct job *row, struct work *work)
{
	struct hand *h = arena_alloc(&j->round, sizeof(*h));

	*h = (struct hand){ .j = j, .hands = hands, .row = row, .work = work };
	hands->busy++;
	coro_start(run_hand, h);
}

/* All of the set; returns when all are done. */
static void handle_all(struct jobs *j, struct work *set, int count)
{
	struct hands hands = { .busy = 1 }; /* ours: it is not over before all have begun */

	for (int i = 0; i < count; i++) {
		const struct job *row = find_job(j, set[i].event.type);

		if (row && row->side_by_side)
			give_to_hand(j, &hands, row, &set[i]);
		else
			handle(fresh_req(j, set[i].event.gemeente), row, &set[i]);
	}
	if (--hands.busy > 0)
		wait_for(&hands.idle);
}

/* ---- a set of events, from the stream or from the sweep ---- */

static const char *copy(struct jobs *j, const struct batch *b, int op, int row, const char *column)
{
	const char *text = batch_text(b, op, row, column);

	return text ? arena_strdup(&j->round, text) : NULL;
}

/* Takes those of `ids` ("{uuid,uuid}") in hand that are nobody's, of each inburgeraar the first
 * that waits, and handles them. */
static enum status handle_takable(struct jobs *j, const char *ids, int *count)
{
	struct batch b;
	struct work *set;
	int op;

	batch_init(&b, fresh_req(j, ""));
	op = batch_add(&b, KIT_TAKE, NULL, NULL);
	batch_bind(&b, op, "dienst", j->svc->name);
	batch_bind(&b, op, "ids", ids);
	TRY(batch_run(&b));
	*count = batch_rows(&b, op);
	set = arena_alloc(&j->round, (size_t)*count * sizeof(*set));
	for (int i = 0; i < *count; i++) {
		set[i].event = (struct event){ .id = copy(j, &b, op, i, "id"),
			.type = copy(j, &b, op, i, "type"),
			.gemeente = copy(j, &b, op, i, "gemeente"),
			.inburgeraar = copy(j, &b, op, i, "inburgeraar_id"),
			.onderwerp = copy(j, &b, op, i, "onderwerp"),
			.tijdstip = copy(j, &b, op, i, "tijdstip") };
		set[i].data = copy(j, &b, op, i, "data");
		set[i].trace = copy(j, &b, op, i, "trace_id");
		set[i].attempts = batch_int(&b, op, i, "pogingen");
	}
	j->handled = j->handled || *count > 0;
	handle_all(j, set, *count);
	return OK;
}

/* As long as what was handled may have made room for the next of the same inburgeraar. */
static enum status handle_set(struct jobs *j, const char *ids, int count)
{
	int taken = 1;

	while (count > 0 && taken > 0 && !stopping) {
		TRY(handle_takable(j, ids, &taken));
		count -= taken;
	}
	if (count > 0)
		j->eager_until = loop_now() + EAGER_MS; /* they wait for what others have in hand */
	return OK;
}

/* A sweep finds one event of each inburgeraar; the next may be due as soon as it is done. What is
 * then still due waits for the next turn: there is other work besides. */
static enum status sweep(struct jobs *j)
{
	int64_t end = loop_now() + SWEEP_MS;
	struct batch b;
	int op, taken;

	do {
		batch_init(&b, fresh_req(j, ""));
		op = batch_add(&b, KIT_SWEEP, NULL, NULL);
		batch_bind(&b, op, "dienst", j->svc->name);
		batch_bind(&b, op, "vooruit", loop_now() < j->eager_until ? "5 seconds" : "0");
		TRY(batch_run(&b));
		TRY(handle_takable(j, copy(j, &b, op, 0, "ids"), &taken));
	} while (taken > 0 && loop_now() < end && !stopping);
	j->next_sweep = taken > 0 ? 0 : j->next_sweep;
	return OK;
}

/* ---- the stream ---- */

static enum status handle_messages(struct jobs *j, const struct queue_message *messages, int count)
{
	struct buffer ids;

	if (count == 0)
		return OK;
	buffer_init(&ids, &j->round);
	for (int i = 0; i < count; i++)
		buffer_printf(&ids, "%c%s", i == 0 ? '{' : ',', messages[i].value);
	buffer_putc(&ids, '}');
	TRY(handle_set(j, ids.data, count));
	/* PostgreSQL knows what is not done; the stream need not */
	j->redis = queue_acknowledge(j->app->queue, &j->reader, messages, count);
	return OK;
}

/* Waits a little for new messages and handles them. */
static enum status consume(struct jobs *j)
{
	struct queue_message messages[QUEUE_MESSAGES];
	int count = queue_read(j->app->queue, &j->reader, BLOCK_MS, &j->round, messages);

	j->redis = count >= 0;
	return j->redis ? handle_messages(j, messages, count) : OK;
}

/* Messages in hand of a consumer that ended. */
static enum status reclaim(struct jobs *j)
{
	struct queue_message messages[QUEUE_MESSAGES];
	int count = queue_reclaim(j->app->queue, &j->reader, STALE_MS, &j->round, messages);

	j->redis = count >= 0;
	return j->redis ? handle_messages(j, messages, count) : OK;
}

/* Leaves no trace of this process in the group; all it read has been acknowledged. */
static void leave_group(struct jobs *j)
{
	struct queue_command c = { .arg = { "XGROUP", "DELCONSUMER", j->stream, j->svc->name,
					   j->consumer } };

	if (queue_run(j->app->queue, &c, 1))
		queue_release(&c, 1);
}

/* ---- periodic work ---- */

static const char *all_gemeenten(struct jobs *j)
{
	struct batch b;
	int op;

	batch_init(&b, fresh_req(j, ""));
	op = batch_add(&b, KIT_GEMEENTEN, NULL, NULL);
	if (batch_run(&b) != OK)
		return NULL;
	return copy(j, &b, op, 0, "gemeenten");
}

static void run_task(struct jobs *j, const struct job *row)
{
	const char *gemeenten = all_gemeenten(j);
	struct req *req;
	enum status s;

	if (!gemeenten)
		return; /* no database, or no gemeente yet */
	req = fresh_req(j, gemeenten);
	s = row->task(req);
	if (s != OK)
		log_line(req, LOG_FOUT, "taak mislukt", "taak", row->doc, "oorzaak",
			req->error.detail ? req->error.detail : status_title(s), NULL);
}

static void run_due_tasks(struct jobs *j)
{
	for (int i = 0; j->svc->jobs[i].doc && !stopping; i++) {
		const struct job *row = &j->svc->jobs[i];

		if (!row->task || (loop_now() < j->next_task[i] && !(row->soon && j->handled)))
			continue;
		j->next_task[i] = loop_now() + (int64_t)row->every * 1000;
		run_task(j, row);
	}
	j->handled = false;
}

/* The demo's day; when it moves, everything periodic is due. */
static void look_at_calendar(struct jobs *j)
{
	struct queue_command c = { .arg = { "GET", KEY_TODAY } };
	struct date day = today_default(&j->app->config);

	if (j->app->config.mode != MODE_PRODUCTIE && queue_run(j->app->queue, &c, 1)) {
		if (queue_text(&c))
			date_parse(queue_text(&c), &day);
		queue_release(&c, 1);
	}
	if (date_compare(day, j->today) == 0)
		return;
	j->today = day;
	for (int i = 0; j->svc->jobs[i].doc; i++)
		j->next_task[i] = 0;
}

/* ---- the loop ---- */

static enum status subscribe(struct jobs *j)
{
	struct buffer types;
	struct batch b;
	int op;

	batch_init(&b, fresh_req(j, ""));
	buffer_init(&types, &j->arena);
	buffer_putc(&types, '{');
	for (const struct job *row = j->svc->jobs; row->doc; row++) {
		if (row->type)
			buffer_printf(&types, "%s\"%s\"", types.len > 1 ? "," : "", row->type);
	}
	buffer_putc(&types, '}');
	op = batch_add(&b, KIT_SUBSCRIBE, NULL, NULL);
	batch_bind(&b, op, "dienst", j->svc->name);
	batch_bind(&b, op, "typen", types.data);
	return batch_run(&b);
}

static bool is_due(int64_t *next, int64_t every)
{
	int64_t now = loop_now();

	if (now < *next)
		return false;
	*next = now + every;
	return true;
}

static enum status turn(struct jobs *j)
{
	bool more = true;

	arena_reset(&j->round);
	if (is_due(&j->next_today, TODAY_MS))
		look_at_calendar(j);
	while (more && !stopping)
		TRY(distribute(j, &more));
	run_due_tasks(j);
	if (is_due(&j->next_sweep, SWEEP_MS) || loop_now() < j->eager_until)
		TRY(sweep(j));
	if (j->redis && is_due(&j->next_reclaim, RECLAIM_MS))
		TRY(reclaim(j));
	if (!stopping)
		TRY(consume(j));
	if (!j->redis)
		sleep_ms(500); /* the sweep alone carries on */
	return OK;
}

/* The database is gone: wait longer each time. What failed has logged itself. */
static void pause_a_while(struct jobs *j)
{
	j->pause = j->pause ? 2 * j->pause : 250;
	if (j->pause > PAUSE_MAX_MS)
		j->pause = PAUSE_MAX_MS;
	sleep_ms(j->pause);
}

static void jobs_init(struct jobs *j, struct app *app, const struct service *svc)
{
	struct sigaction stop = { .sa_handler = on_stop };
	char host[64] = "";
	size_t count = 0;

	*j = (struct jobs){ .app = app, .svc = svc, .redis = true };
	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGINT, &stop, NULL);
	gethostname(host, sizeof(host) - 1);
	snprintf(j->stream, sizeof(j->stream), STREAM "%s", svc->name);
	snprintf(j->consumer, sizeof(j->consumer), "%s-%ld", host, (long)getpid());
	j->reader = (struct queue_reader){ j->stream, svc->name, j->consumer };
	while (svc->jobs[count].doc)
		count++;
	j->next_task = calloc(count + 1, sizeof(int64_t));
	if (!j->next_task)
		abort();
	arena_init(&j->round);
	arena_init(&j->arena);
	j->today = today_default(&app->config);
}

int jobs_main(struct app *app, const struct service *svc)
{
	struct jobs j;

	jobs_init(&j, app, svc);
	setpriority(PRIO_PROCESS, 0, NICE); /* people who wait for a page go first */
	while (!stopping && subscribe(&j) != OK)
		pause_a_while(&j);
	log_line(NULL, LOG_INFO, "achtergrondwerk begint", NULL);
	while (!stopping) {
		if (turn(&j) == OK)
			j.pause = 0;
		else
			pause_a_while(&j);
	}
	leave_group(&j);
	arena_finish(&j.round);
	arena_finish(&j.arena);
	free(j.next_task);
	log_line(NULL, LOG_INFO, "achtergrondwerk gestopt", NULL);
	return 0;
}

/* ---- for handlers ---- */

void batch_claim(struct batch *b)
{
	struct req *req = b->req;
	int op = batch_add(b, KIT_CLAIM, NULL, NULL);

	batch_bind(b, op, "gebeurtenis", req->event->id);
	batch_bind(b, op, "dienst", req->app->service->name);
	req->event_claimed = true;
}
