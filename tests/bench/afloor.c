/* SPDX-License-Identifier: EUPL-1.2
 *
 * The asynchronous floor of the benchmark: what floor.c does, but a process has all requests in
 * hand at once, and they share one Redis pipeline and one PostgreSQL pipeline. nginx's connections
 * stay open. It knows as much of FastCGI as nginx needs for requests without a body, one after the
 * other on a connection, and ends on any trouble.
 * Usage: afloor SOCKET WORKERS REDIS_SOCKET CONNINFO UUID
 */
#include <fcntl.h>
#include <hiredis/hiredis.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define EVENTS 64
#define HEAD 8 /* bytes in front of the content of a FastCGI record */
#define END_REQUEST 3
#define STDIN 5
#define STDOUT 6

struct conn {
	int fd; /* -1: nginx went away while the request was in hand */
	bool in_hand;
	size_t have;
	unsigned char in[16384];
	struct conn *next; /* who waits behind it for the same store */
};

struct line {
	struct conn *first, **end;
};

static int epoll;
static redisContext *redis;
static PGconn *pg;
static struct line at_redis = { .end = &at_redis.first }, at_pg = { .end = &at_pg.first };
static bool sync_due; /* statements were sent in this turn */

static void fail(const char *what)
{
	fprintf(stderr, "afloor: %s: %s %s\n", what, redis ? redis->errstr : "",
		pg ? PQerrorMessage(pg) : "");
	exit(2);
}

static void line_add(struct line *l, struct conn *c)
{
	c->next = NULL;
	*l->end = c;
	l->end = &c->next;
}

static struct conn *line_take(struct line *l)
{
	struct conn *c = l->first;

	if (!c)
		fail("an answer that nobody waits for");
	l->first = c->next;
	if (!l->first)
		l->end = &l->first;
	return c;
}

static void watch(int fd, void *who)
{
	struct epoll_event e = { .events = EPOLLIN, .data.ptr = who };

	if (fd < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e) != 0)
		fail("epoll");
}

/* ---- FastCGI ---- */

/* A request is whole when the empty record of its body is there; what it asks is known. */
static bool is_whole(const struct conn *c)
{
	for (size_t at = 0; at + HEAD <= c->have;) {
		const unsigned char *r = c->in + at;
		size_t content = (size_t)r[4] << 8 | r[5];

		at += HEAD + content + r[6];
		if (r[1] == STDIN && content == 0)
			return at <= c->have;
	}
	return false;
}

static size_t put_record(unsigned char *out, int type, const char *content, size_t n)
{
	const unsigned char head[HEAD] = { 1, (unsigned char)type, 0, 1, (unsigned char)(n >> 8),
		(unsigned char)n };

	memcpy(out, head, HEAD);
	memcpy(out + HEAD, content, n);
	return HEAD + n;
}

static void answer(struct conn *c, const PGresult *row)
{
	unsigned char out[4096];
	char text[2048];
	size_t n = (size_t)snprintf(text, sizeof(text), "Content-Type: application/json\r\n\r\n{");

	for (int i = 0; i < PQnfields(row); i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s\"%s\":\"%s\"", i ? "," : "",
			PQfname(row, i), PQgetvalue(row, 0, i));
	text[n++] = '}';
	n = put_record(out, STDOUT, text, n);
	n += put_record(out + n, END_REQUEST, "\0\0\0\0\0\0\0", HEAD);
	c->have = 0;
	c->in_hand = false;
	if (c->fd < 0)
		free(c);
	else if (write(c->fd, out, n) != (ssize_t)n)
		shutdown(c->fd, SHUT_RDWR);
}

static void read_request(struct conn *c)
{
	ssize_t n = read(c->fd, c->in + c->have, sizeof(c->in) - c->have);

	if (n <= 0) {
		close(c->fd);
		c->fd = -1;
		if (!c->in_hand)
			free(c);
		return;
	}
	c->have += (size_t)n;
	if (!is_whole(c))
		return;
	c->in_hand = true;
	redisAppendCommand(redis, "GET floor:session");
	line_add(&at_redis, c);
}

static void accept_one(int listener)
{
	struct conn *c;
	int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

	if (fd < 0)
		return;
	c = calloc(1, sizeof(*c));
	if (!c)
		fail("memory");
	c->fd = fd;
	watch(fd, c);
}

/* ---- the stores ---- */

static void read_redis(char **argv)
{
	redisReply *reply;

	if (redisBufferRead(redis) != REDIS_OK)
		fail("Redis");
	while (redisGetReplyFromReader(redis, (void **)&reply) == REDIS_OK && reply) {
		const char *id = argv[5];

		if (reply->type != REDIS_REPLY_STRING ||
			!PQsendQueryPrepared(pg, "one", 1, &id, NULL, NULL, 0))
			fail("the statement");
		freeReplyObject(reply);
		line_add(&at_pg, line_take(&at_redis));
		sync_due = true;
	}
}

static void read_pg(void)
{
	bool ended = false; /* NULL comes after every answer; two in a row: nothing is under way */

	if (!PQconsumeInput(pg))
		fail("PostgreSQL");
	while (at_pg.first && !PQisBusy(pg)) {
		PGresult *r = PQgetResult(pg);

		if (!r && ended)
			break;
		ended = !r;
		if (PQresultStatus(r) == PGRES_TUPLES_OK && PQntuples(r) == 1)
			answer(line_take(&at_pg), r);
		else if (r && PQresultStatus(r) != PGRES_PIPELINE_SYNC)
			fail("the row");
		PQclear(r);
	}
}

static void flush(void)
{
	int all = 0;

	while (!all)
		if (redisBufferWrite(redis, &all) != REDIS_OK)
			fail("Redis");
	if (sync_due && !PQpipelineSync(pg))
		fail("PostgreSQL");
	sync_due = false;
	while (PQflush(pg) > 0)
		;
}

static void open_stores(char **argv)
{
	PGresult *prepared;

	redis = redisConnectUnix(argv[3]);
	pg = PQconnectdb(argv[4]);
	prepared = PQprepare(pg, "one",
		"select id, gemeente, v_nummer, voornamen, achternaam, geboortedatum, doelgroep, "
		"fase,"
		" datum_kennisgeving, pip_uiterlijk, versie from intake.inburgeraar where id = "
		"$1::uuid",
		1, NULL);
	if (redis->err || PQresultStatus(prepared) != PGRES_COMMAND_OK || !PQenterPipelineMode(pg))
		fail("no connection");
	PQclear(prepared);
	PQsetnonblocking(pg, 1);
	redis->flags &= ~REDIS_BLOCK;
	fcntl(redis->fd, F_SETFL, O_NONBLOCK);
}

static void serve(int listener, char **argv)
{
	struct epoll_event events[EVENTS];

	signal(SIGPIPE, SIG_IGN);
	epoll = epoll_create1(EPOLL_CLOEXEC);
	open_stores(argv);
	watch(listener, &listener);
	watch(redis->fd, redis);
	watch(PQsocket(pg), pg);
	for (;;) {
		int n = epoll_wait(epoll, events, EVENTS, -1);

		for (int i = 0; i < n; i++) {
			void *who = events[i].data.ptr;

			if (who == &listener)
				accept_one(listener);
			else if (who == redis)
				read_redis(argv);
			else if (who == pg)
				read_pg();
			else
				read_request(who);
		}
		flush();
	}
}

int main(int argc, char **argv)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (argc != 6 || strlen(argv[1]) >= sizeof(address.sun_path)) {
		fprintf(stderr, "usage: afloor SOCKET WORKERS REDIS_SOCKET CONNINFO UUID\n");
		return 2;
	}
	strcpy(address.sun_path, argv[1]);
	if (bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0 ||
		listen(listener, 511) != 0)
		fail(argv[1]);
	for (int i = 0; i < atoi(argv[2]); i++) {
		if (fork() == 0) {
			prctl(PR_SET_PDEATHSIG, SIGTERM);
			serve(listener, argv);
		}
	}
	while (wait(NULL) > 0)
		;
	return 0;
}
