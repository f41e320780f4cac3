/* SPDX-License-Identifier: EUPL-1.2
 *
 * The kit's database, Redis, session and job files against a real PostgreSQL and Redis, which
 * tests/sql/run.sh starts and names in REGIE_DB and REGIE_REDIS.
 */
#include "kit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#undef fail /* the kit has its own */

#include "app/log.h"
#include "proef_queries.h"

#define INBURGERAAR "00000000-0000-4000-8000-0000000000b1"

struct ding {
	const char *id, *inburgeraar_id, *naam, *code;
	int64_t aantal, versie;
};

static const struct field ding_fields[] = {
	FIELD(struct ding, id, F_UUID, READONLY, "Kenmerk"),
	FIELD(struct ding, inburgeraar_id, F_UUID, OPTIONAL, "Van wie"),
	FIELD(struct ding, naam, F_TEXT, REQUIRED, "Naam"),
	FIELD(struct ding, code, F_TEXT, OPTIONAL, "Code"),
	FIELD(struct ding, aantal, F_INT, OPTIONAL, "Aantal"),
	FIELD(struct ding, versie, F_INT, READONLY, "Versie"),
	FIELD_END,
};

static const struct resource ding_resource = {
	"Ding",
	sizeof(struct ding),
	ding_fields,
	"Een ding",
};

/* ---- the service under test ---- */

static enum status store_effect(struct req *req, const char *naam, const char *code, bool claim)
{
	struct ding d;
	struct batch b;

	fields_clear(ding_fields, &d);
	d.id = req_uuid(req);
	d.naam = naam;
	d.code = code;
	batch_init(&b, req);
	if (claim)
		batch_claim(&b);
	batch_add(&b, Q_DING_TOEVOEGEN, ding_fields, &d);
	return batch_run(&b);
}

static enum status on_once(struct req *req, const struct event *ev)
{
	assert_string_equal(req->gemeente, "9801");
	return store_effect(req, "eenmaal", event_text(ev, "code"), true);
}

/* Slow before it stores, so that the test can end the process meanwhile. */
static enum status on_slow(struct req *req, const struct event *ev)
{
	if (strcmp(event_text(ev, "code"), "traag") == 0 && access("/proc/self/fd/99", F_OK) != 0)
		sleep(60);
	return store_effect(req, "traag", event_text(ev, "code"), true);
}

static enum status on_failing(struct req *req, const struct event *ev)
{
	(void)ev;
	return fail(req, ERR_UPSTREAM, "Lukt nooit");
}

/* A chain: each link sends the next and never claims. */
static enum status on_link(struct req *req, const struct event *ev)
{
	int n = atoi(event_text(ev, "nummer"));
	struct batch b;

	if (n == 3)
		return store_effect(req, "keten", "klaar", false);
	batch_init(&b, req);
	event_add(&b, "schakel", NULL, NULL, NULL,
		json_pack("{s:s}", "nummer", arena_printf(req->arena, "%d", n + 1)));
	return batch_run(&b);
}

static const struct job proef_jobs[] = {
	{ .type = "eenmaal", .event = on_once, .doc = "Stores a row with the claim" },
	{ .type = "traag", .event = on_slow, .doc = "Is ended while it works" },
	{ .type = "mislukt", .event = on_failing, .doc = "Never succeeds" },
	{ .type = "schakel", .event = on_link, .doc = "Sends the next event" },
	JOB_END,
};

static struct service proef = { .name = "proef", .title = "Proef", .jobs = proef_jobs };

/* ---- set-up ---- */

static struct app app;
static struct arena arena;
static struct req request;

static void open_app(struct app *a)
{
	*a = (struct app){ .service = &proef };
	a->config.mode = MODE_TEST;
	a->config.database = getenv("REGIE_DB");
	a->config.redis = getenv("REGIE_REDIS");
	a->config.today = "2026-01-15";
	a->config.session_idle = 900;
	a->config.session_max = 28800;
	assert_int_equal(
		db_open(&a->db, a->config.database, "regie_proef", proef_statements, QUERY_COUNT),
		OK);
	assert_int_equal(queue_open(&a->queue, a->config.redis), OK);
}

static struct req *fresh(void)
{
	arena_reset(&arena);
	request = (struct req){ .app = &app, .arena = &arena, .if_match = NUMBER_NONE };
	request.session = (struct session){
		.roles = ROL_REGISSEUR, .gebruiker = "tester", .gemeenten = "9801"
	};
	request.today = date_make(2026, 1, 15);
	return &request;
}

static int set_up(void **state)
{
	(void)state;
	log_open("proef");
	proef.statements = proef_statements;
	proef.statement_count = QUERY_COUNT;
	arena_init(&arena);
	open_app(&app);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	db_close(app.db);
	queue_close(app.queue);
	arena_finish(&arena);
	return 0;
}

static int count_named(const char *naam)
{
	struct ding like = { .naam = naam, .aantal = NUMBER_NONE, .versie = NUMBER_NONE };
	struct list rows;

	assert_int_equal(db_list(fresh(), Q_DINGEN, ding_fields, &like, &ding_resource, &rows), OK);
	return (int)rows.count;
}

static enum status add(struct req *req, const char *naam, const char *code, struct ding *out)
{
	struct ding d = {
		.id = req_uuid(req), .naam = naam, .code = code, .aantal = 3, .versie = NUMBER_NONE
	};

	return db_one(req, Q_DING_TOEVOEGEN, ding_fields, &d, &ding_resource, out);
}

/* ---- db.c ---- */

static void test_one_row(void **state)
{
	struct req *req = fresh();
	struct ding made, read;

	(void)state;
	assert_int_equal(add(req, "rij", "r1", &made), OK);
	assert_int_equal(made.aantal, 3);
	assert_int_equal(made.versie, 1);
	req->param[0] = made.id;
	assert_int_equal(db_one(req, Q_DING, NULL, NULL, &ding_resource, &read), OK);
	assert_string_equal(read.naam, "rij");
	assert_null(read.inburgeraar_id);
	req->param[0] = "00000000-0000-4000-8000-00000000ffff";
	assert_int_equal(db_one(req, Q_DING, NULL, NULL, &ding_resource, &read), ERR_NOT_FOUND);
}

static void test_other_gemeente_sees_nothing(void **state)
{
	struct req *req = fresh();
	struct ding made, read;

	(void)state;
	assert_int_equal(add(req, "muur", "m1", &made), OK);
	req->param[0] = made.id;
	req->session.gemeenten = "9802";
	assert_int_equal(db_one(req, Q_DING, NULL, NULL, &ding_resource, &read), ERR_NOT_FOUND);
	req->session.gemeenten = NULL;
	assert_int_equal(db_one(req, Q_DING, NULL, NULL, &ding_resource, &read), ERR_NOT_FOUND);
}

static enum status change(struct req *req, struct ding *d, struct ding *out)
{
	struct batch b;
	int changed, exists;

	batch_init(&b, req);
	changed = batch_add(&b, Q_DING_WIJZIGEN, ding_fields, d);
	exists = batch_add(&b, Q_DING, ding_fields, d);
	TRY(batch_run(&b));
	return batch_changed(&b, changed, exists, &ding_resource, out);
}

static void test_lost_race_is_412(void **state)
{
	struct req *req = fresh();
	struct ding made, out;

	(void)state;
	assert_int_equal(add(req, "race", "w1", &made), OK);
	req->if_match = 1;
	assert_int_equal(change(req, &made, &out), OK);
	assert_int_equal(out.versie, 2);
	/* the caller saw 1; that the newest was loaded meanwhile does not help */
	assert_int_equal(change(req, &out, &made), ERR_CHANGED);
}

static void test_errors(void **state)
{
	static const struct {
		const char *naam, *code, *gemeente;
		enum status status;
	} rows[] = {
		{ "fout", "f1", "9801", OK }, { "fout", "f1", "9801", ERR_CONFLICT }, /* unique */
		{ "", "f2", "9801", ERR_INVALID }, /* check */
		{ NULL, "f3", "9801", ERR_INVALID }, /* not null */
		{ "fout", "f4", "9802", ERR_FORBIDDEN }, /* another gemeente's row */
	};
	struct req *req;
	struct batch b;
	struct ding out;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		req = fresh();
		req->gemeente = rows[i].gemeente;
		assert_int_equal(add(req, rows[i].naam, rows[i].code, &out), rows[i].status);
	}
	req = fresh();
	batch_init(&b, req);
	batch_add(&b, Q_WEIGER, NULL, NULL);
	assert_int_equal(batch_run(&b), ERR_CONFLICT);
	assert_string_equal(req->error.detail, "Dat kan niet");
	req = fresh();
	batch_init(&b, req);
	batch_bind(&b, batch_add(&b, Q_DING, NULL, NULL), "id", "geen uuid");
	assert_int_equal(batch_run(&b), ERR_INVALID);
	assert_int_equal(count_named("fout"), 1); /* and the connection still works */
}

static void test_batch_is_all_or_nothing(void **state)
{
	struct req *req = fresh();
	struct ding d = { .id = req_uuid(req),
		.naam = "samen",
		.code = "s1",
		.aantal = NUMBER_NONE,
		.versie = NUMBER_NONE };
	struct batch b;

	(void)state;
	batch_init(&b, req);
	batch_add(&b, Q_DING_TOEVOEGEN, ding_fields, &d);
	event_add(&b, "nooit", NULL, NULL, NULL, NULL);
	d.id = req_uuid(req);
	batch_add(&b, Q_DING_TOEVOEGEN, ding_fields, &d); /* the same code */
	assert_int_equal(batch_run(&b), ERR_CONFLICT);
	assert_int_equal(count_named("samen"), 0);
}

static void test_statement_timeout(void **state)
{
	struct req *req = fresh();
	struct batch b;

	(void)state;
	batch_init(&b, req);
	batch_bind(&b, batch_add(&b, Q_SLAAP, NULL, NULL), "seconden", "9");
	assert_int_equal(batch_run(&b), ERR_UNAVAILABLE);
	assert_int_equal(count_named("niets"), 0);
}

static char *backend_pid(void)
{
	struct batch b;
	int op;

	batch_init(&b, fresh());
	op = batch_add(&b, Q_MIJN_PID, NULL, NULL);
	assert_int_equal(batch_run(&b), OK);
	return strdup(batch_text(&b, op, 0, "pid"));
}

static void test_killed_connection_is_made_again(void **state)
{
	char *before = backend_pid(), *after;
	struct app other;
	struct batch b;

	(void)state;
	open_app(&other);
	batch_init(&b, fresh());
	b.req->app = &other;
	batch_bind(&b, batch_add(&b, Q_BEEINDIG, NULL, NULL), "pid", before);
	assert_int_equal(batch_run(&b), OK);
	db_close(other.db);
	queue_close(other.queue);
	after = backend_pid();
	assert_string_not_equal(before, after);
	free(before);
	free(after);
}

static void test_idempotency_key(void **state)
{
	struct req *req = fresh();
	const char *found;
	struct batch b;
	struct ding d = { .id = req_uuid(req),
		.naam = "sleutel",
		.code = "k1",
		.aantal = NUMBER_NONE,
		.versie = NUMBER_NONE };

	(void)state;
	req->idempotency_key = "abc";
	req->path = "/dingen";
	req->raw_body = "{}";
	req->body_len = 2;
	assert_int_equal(idempotency_lookup(req, &found), OK);
	assert_null(found);
	batch_init(&b, req);
	batch_add(&b, Q_DING_TOEVOEGEN, ding_fields, &d);
	batch_creates(&b, d.id);
	assert_int_equal(batch_run(&b), OK);
	assert_int_equal(idempotency_lookup(req, &found), OK);
	assert_string_equal(found, d.id);
	req->raw_body = "{ ";
	assert_int_equal(idempotency_lookup(req, &found), ERR_CONFLICT);
}

/* ---- queue.c, auth.c ---- */

static void test_values(void **state)
{
	struct req *req = fresh();
	const char *value;

	(void)state;
	assert_int_equal(queue_put(req, "proef:a", "één", 60), OK);
	assert_int_equal(queue_get(req, "proef:a", &value), OK);
	assert_string_equal(value, "één");
	assert_int_equal(queue_take(req, "proef:a", &value), OK);
	assert_int_equal(queue_take(req, "proef:a", &value), ERR_NOT_FOUND);
}

static void test_session(void **state)
{
	struct session s = { .roles = ROL_INBURGERAAR,
		.gebruiker = INBURGERAAR,
		.naam = "Naam",
		.gemeenten = "9801",
		.inburgeraar = INBURGERAAR,
		.csrf = "c" };
	struct req *req = fresh();
	const char *token;

	(void)state;
	assert_int_equal(session_start(req, &s, 900, &token), OK);
	assert_int_equal(strlen(token), 44);
	assert_int_equal(queue_put(req, KEY_TODAY, "2027-03-01", 60), OK);
	req->bearer = token;
	assert_int_equal(session_load(req), OK);
	assert_int_equal(req->session.roles, ROL_INBURGERAAR);
	assert_string_equal(req->session.inburgeraar, INBURGERAAR);
	assert_string_equal(req->gemeente, "9801");
	assert_int_equal(date_compare(req->today, date_make(2027, 3, 1)), 0);
	assert_int_equal(session_end(req), OK);
	assert_int_equal(session_load(req), OK);
	assert_int_equal(req->session.roles, 0);
	req->bearer = "onzin";
	assert_int_equal(session_load(req), OK);
	assert_int_equal(req->session.roles, 0);
	assert_int_equal(queue_del(req, KEY_TODAY), OK);
}

/* ---- job.c ---- */

/* `quick`: the slow handler is not slow in this process. */
static pid_t start_jobs(bool quick)
{
	pid_t pid = fork();

	if (pid == 0) {
		struct app own;

		prctl(PR_SET_PDEATHSIG, SIGKILL); /* a failed test leaves nothing behind */
		if (quick)
			dup2(STDERR_FILENO, 99);
		open_app(&own);
		_exit(jobs_main(&own, &proef));
	}
	return pid;
}

static void stop_jobs(pid_t pid)
{
	int status;

	kill(pid, SIGTERM);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void emit(const char *type, const char *name, const char *value)
{
	struct batch b;

	batch_init(&b, fresh());
	event_add(&b, type, NULL, INBURGERAAR, NULL, json_pack("{s:s}", name, value));
	assert_int_equal(batch_run(&b), OK);
}

/* Waits until `type`'s last delivery has this status; returns the attempts it took. */
static long long wait_status(const char *type, const char *status, int tenths)
{
	for (; tenths > 0; tenths--) {
		struct batch b;
		int op;

		batch_init(&b, fresh());
		op = batch_add(&b, Q_LEVERINGEN, NULL, NULL);
		batch_bind(&b, op, "type", type);
		assert_int_equal(batch_run(&b), OK);
		if (batch_rows(&b, op) > 0) {
			int last = batch_rows(&b, op) - 1;
			const char *is = batch_text(&b, op, last, "status");

			if (strcmp(is, status) == 0)
				return batch_int(&b, op, last, "pogingen");
		}
		usleep(100000);
	}
	return -1;
}

static void all_due(void)
{
	struct batch b;

	batch_init(&b, fresh());
	batch_add(&b, Q_NU, NULL, NULL);
	assert_int_equal(batch_run(&b), OK);
}

static void test_event_once(void **state)
{
	pid_t one = start_jobs(false), two = start_jobs(false);

	(void)state;
	usleep(500000);
	for (int i = 0; i < 20; i++) {
		char code[16];

		snprintf(code, sizeof(code), "e%d", i);
		emit("eenmaal", "code", code);
	}
	assert_true(wait_status("eenmaal", "klaar", 100) >= 1);
	assert_int_equal(count_named("eenmaal"), 20);
	stop_jobs(one);
	stop_jobs(two);
}

static void run_one(int query)
{
	struct batch b;
	int op;

	batch_init(&b, fresh());
	op = batch_add(&b, query, NULL, NULL);
	if (query == Q_ELDERS_GEBEURD)
		batch_bind(&b, op, "persoon", INBURGERAAR);
	assert_int_equal(batch_run(&b), OK);
}

/* What another service tells of the same person comes first, also while it is still there. */
static void test_order_of_a_person(void **state)
{
	pid_t pid = start_jobs(false);

	(void)state;
	usleep(500000);
	run_one(Q_ELDERS_GEBEURD);
	emit("eenmaal", "code", "na-elders");
	assert_int_equal(wait_status("eenmaal", "wacht", 60), 0);
	usleep(700000); /* it is there, and nobody takes it */
	assert_int_equal(wait_status("eenmaal", "wacht", 1), 0);
	assert_int_equal(count_named("eenmaal"), 20);
	run_one(Q_ELDERS_VERDEELD);
	assert_true(wait_status("eenmaal", "klaar", 60) >= 1);
	assert_int_equal(count_named("eenmaal"), 21);
	stop_jobs(pid);
}

static void test_chain_is_quick(void **state)
{
	pid_t pid = start_jobs(false);
	int tenths = 0;

	(void)state;
	usleep(500000);
	emit("schakel", "nummer", "1");
	while (count_named("keten") == 0 && tenths++ < 10)
		usleep(100000);
	assert_in_range(tenths, 0, 9);
	assert_true(wait_status("schakel", "klaar", 10) == 1);
	stop_jobs(pid);
}

static void test_killed_consumer(void **state)
{
	pid_t pid = start_jobs(false);

	(void)state;
	usleep(500000);
	emit("traag", "code", "traag");
	emit("traag", "code", "daarna");
	usleep(700000);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	assert_int_equal(count_named("traag"), 0);
	all_due();
	pid = start_jobs(true);
	assert_true(wait_status("traag", "klaar", 100) >= 1);
	assert_int_equal(count_named("traag"), 2);
	stop_jobs(pid);
	assert_int_equal(count_named("traag"), 2);
}

static void test_dead_letter(void **state)
{
	pid_t pid = start_jobs(false);
	long long attempts = -1;

	(void)state;
	usleep(500000);
	emit("mislukt", "code", "x");
	for (int i = 0; i < 60 && attempts < 0; i++) {
		attempts = wait_status("mislukt", "dood", 4);
		all_due();
	}
	assert_int_equal(attempts, JOB_ATTEMPTS);
	stop_jobs(pid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_row),
		cmocka_unit_test(test_other_gemeente_sees_nothing),
		cmocka_unit_test(test_lost_race_is_412),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_batch_is_all_or_nothing),
		cmocka_unit_test(test_statement_timeout),
		cmocka_unit_test(test_killed_connection_is_made_again),
		cmocka_unit_test(test_idempotency_key),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_session),
		cmocka_unit_test(test_event_once),
		cmocka_unit_test(test_order_of_a_person),
		cmocka_unit_test(test_chain_is_quick),
		cmocka_unit_test(test_killed_consumer),
		cmocka_unit_test(test_dead_letter),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
