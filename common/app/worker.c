/* SPDX-License-Identifier: EUPL-1.2
 * A master that only forks and waits, and workers with many requests in hand: one event loop each,
 * one coroutine per request. */
#include "kit.h"

#include <errno.h>
#include <fcgiapp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/log.h"
#include "loop.h"

#define BACKLOG 511
#define RESPAWN_MAX_MS 2000
#define GIVE_MS 2000
#define STOP_TURN_MS 10

static void sleep_ms(long ms)
{
	const struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

void req_pause(struct req *req, int64_t ms)
{
	(void)req;
	wait_ms(ms);
}

/* ---- the worker ---- */

/* What the workers of a service share. A worker that stops hands its idle connections to the others
 * through `hand_over`, so that a request that nginx is just sending on one is answered. */
struct door {
	int listener;
	int hand_over[2]; /* 0: take, 1: give */
};

struct worker {
	struct app app;
	const struct door *door;
	struct watch listener, adoption, signals;
	struct conn *idle; /* connections of nginx without a request */
	struct conn *waiting, **waiting_end; /* with a request, while there is no room for it */
	int64_t in_hand, served;
	bool stopping;
	int64_t give_until; /* then nobody is left to take a connection */
};

struct conn {
	struct worker *worker;
	struct watch watch;
	FCGX_Request fcgi;
	struct conn *next, **at; /* in worker->idle or ->waiting; `at` NULL: in neither */
};

static void conn_take_out(struct conn *c)
{
	if (!c->at)
		return;
	*c->at = c->next;
	if (c->next)
		c->next->at = c->at;
	c->at = NULL;
}

static void conn_free(struct conn *c)
{
	conn_take_out(c);
	loop_unwatch(&c->watch);
	FCGX_Free(&c->fcgi, 1);
	free(c);
}

static void conn_rest(struct conn *c)
{
	struct worker *w = c->worker;

	c->next = w->idle;
	c->at = &w->idle;
	if (c->next)
		c->next->at = &c->next;
	w->idle = c;
	loop_watch(&c->watch);
}

static void conn_ready(struct watch *watch, uint32_t events);

/* A connection of nginx, new or from a worker that stops. libfcgi reads from `ipcFd` when it is
 * set, and accepts nothing by itself on listen_sock -1. */
static void conn_new(struct worker *w, int fd)
{
	struct conn *c = calloc(1, sizeof(*c));

	if (!c)
		abort();
	c->worker = w;
	c->watch = (struct watch){ .fd = fd,
		.events = EPOLLIN | EPOLLRDHUP | EPOLLONESHOT,
		.ready = conn_ready,
		.owner = c };
	FCGX_InitRequest(&c->fcgi, -1, FCGI_FAIL_ACCEPT_ON_INTR);
	c->fcgi.ipcFd = fd;
	c->fcgi.keepConnection = 1;
	conn_rest(c);
}

static bool has_room(const struct worker *w)
{
	return w->in_hand < w->app.config.in_hand;
}

static void answer(struct worker *w, FCGX_Request *fcgi)
{
	struct arena arena;
	struct req req;

	arena_init(&arena);
	req_init(&req, &w->app, &arena);
	http_read(&req, fcgi);
	dispatch(&req);
	http_write(&req, fcgi);
	FCGX_Finish_r(fcgi);
	arena_finish(&arena);
}

static void stop(struct worker *w);
static void conn_begin(struct conn *c);

/* Room came free: what waited longest goes first. */
static void next_one(struct worker *w)
{
	struct conn *c = w->waiting;

	if (!has_room(w))
		return;
	if (c) {
		conn_take_out(c);
		if (!w->waiting)
			w->waiting_end = &w->waiting;
		conn_begin(c);
	} else if (!w->stopping && !w->listener.watched) {
		loop_watch(&w->listener);
		loop_watch(&w->adoption);
	}
}

static void serve_one(void *arg)
{
	struct conn *c = arg;
	struct worker *w = c->worker;

	if (FCGX_Accept_r(&c->fcgi) == 0) {
		answer(w, &c->fcgi);
		w->served++;
	}
	w->in_hand--;
	if (c->fcgi.ipcFd < 0) {
		c->watch.fd = -1; /* closed already */
		conn_free(c);
	} else {
		conn_rest(c);
	}
	if (w->app.config.max_requests > 0 && w->served >= w->app.config.max_requests)
		stop(w);
}

static void conn_begin(struct conn *c)
{
	struct worker *w = c->worker;

	w->in_hand++;
	if (!has_room(w)) {
		loop_unwatch(&w->listener);
		loop_unwatch(&w->adoption);
	}
	coro_start(serve_one, c);
}

static void conn_ready(struct watch *watch, uint32_t events)
{
	struct conn *c = watch->owner;
	struct worker *w = c->worker;

	(void)events;
	conn_take_out(c);
	if (has_room(w)) {
		conn_begin(c);
		return;
	}
	c->next = NULL;
	c->at = w->waiting_end;
	*w->waiting_end = c;
	w->waiting_end = &c->next;
}

static void listener_ready(struct watch *watch, uint32_t events)
{
	int fd = accept4(watch->fd, NULL, NULL, SOCK_CLOEXEC);

	(void)events;
	if (fd >= 0)
		conn_new(watch->owner, fd);
}

/* ---- handing over ---- */

union rights {
	struct cmsghdr header;
	char room[CMSG_SPACE(sizeof(int))];
};

/* Gives the connection to whichever worker takes it. Nothing was read from it, so nothing is lost.
 * False while the others have not taken enough. */
static bool give(const struct door *door, int fd)
{
	union rights rights = { .header = { .cmsg_len = CMSG_LEN(sizeof(int)),
					.cmsg_level = SOL_SOCKET,
					.cmsg_type = SCM_RIGHTS } };
	char byte = 0;
	struct iovec data = { &byte, 1 };
	struct msghdr message = { .msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = &rights,
		.msg_controllen = sizeof(rights) };

	memcpy(CMSG_DATA(&rights.header), &fd, sizeof(fd));
	return sendmsg(door->hand_over[1], &message, MSG_NOSIGNAL) > 0;
}

static void adoption_ready(struct watch *watch, uint32_t events)
{
	union rights rights;
	char byte;
	struct iovec data = { &byte, 1 };
	struct msghdr message = { .msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = &rights,
		.msg_controllen = sizeof(rights) };
	int fd;

	(void)events;
	if (recvmsg(watch->fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) < 0 ||
		message.msg_controllen < sizeof(rights.header))
		return;
	memcpy(&fd, CMSG_DATA(&rights.header), sizeof(fd));
	conn_new(watch->owner, fd);
}

/* No new connections; the idle ones go to other workers; what is in hand is finished. */
static void stop(struct worker *w)
{
	struct conn *next;

	if (!w->stopping)
		w->give_until = loop_now() + GIVE_MS;
	w->stopping = true;
	loop_unwatch(&w->listener);
	loop_unwatch(&w->adoption);
	for (struct conn *c = w->idle; c; c = next) {
		if (!give(w->door, c->watch.fd) && loop_now() <= w->give_until)
			break;
		next = c->next;
		/* libfcgi would shut the connection down, also for who has it now */
		FCGX_Detach(&c->fcgi);
		conn_free(c);
	}
}

static void signals_ready(struct watch *watch, uint32_t events)
{
	struct signalfd_siginfo info;

	(void)events;
	if (read(watch->fd, &info, sizeof(info)) == sizeof(info))
		stop(watch->owner);
}

static void open_watches(struct worker *w, const sigset_t *stops)
{
	w->waiting_end = &w->waiting;
	w->listener = (struct watch){ .fd = w->door->listener,
		.events = EPOLLIN | EPOLLEXCLUSIVE,
		.ready = listener_ready,
		.owner = w };
	w->adoption = (struct watch){ .fd = w->door->hand_over[0],
		.events = EPOLLIN | EPOLLEXCLUSIVE,
		.ready = adoption_ready,
		.owner = w };
	w->signals = (struct watch){ .fd = signalfd(-1, stops, SFD_CLOEXEC),
		.events = EPOLLIN,
		.ready = signals_ready,
		.owner = w };
	loop_watch(&w->listener);
	loop_watch(&w->adoption);
	loop_watch(&w->signals);
}

static void worker_run(
	const struct door *door, const struct service *svc, const struct config *config)
{
	struct worker w = { .door = door };
	sigset_t stops;

	FCGX_Init(); /* installs handlers of its own; ours come after */
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&stops);
	sigaddset(&stops, SIGTERM);
	sigaddset(&stops, SIGINT);
	sigprocmask(SIG_SETMASK, &stops, NULL);
	if (!app_open(&w.app, svc, config))
		return;
	open_watches(&w, &stops);
	while (!w.stopping || w.in_hand > 0 || w.waiting || w.idle) {
		loop_turn(w.stopping ? STOP_TURN_MS : -1);
		next_one(&w);
		if (w.stopping)
			stop(&w);
	}
	app_close(&w.app);
}

/* ---- the master ---- */

static int listen_on(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0 || strlen(path) >= sizeof(address.sun_path)) {
		fprintf(stderr, "REGIE_RUN: socket path %s is too long\n", path);
		exit(2);
	}
	strcpy(address.sun_path, path);
	unlink(path);
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 || chmod(path, 0660) < 0 ||
		listen(fd, BACKLOG) < 0) {
		fprintf(stderr, "REGIE_RUN: cannot listen on %s: %s\n", path, strerror(errno));
		exit(2);
	}
	return fd;
}

static pid_t spawn(const struct door *door, const struct service *svc, const struct config *config)
{
	pid_t master = getpid();
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	/* a master that is killed takes its workers along: a new one starts with a new socket */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != master)
		_exit(0);
	worker_run(door, svc, config);
	exit(0);
}

struct master {
	const struct service *svc;
	const struct config *config;
	struct door door;
	pid_t *workers;
	long pause; /* milliseconds before the next worker, after one that died young */
};

static void replace(struct master *m, pid_t dead, int status)
{
	char text[32];

	if (WIFSIGNALED(status)) {
		snprintf(text, sizeof(text), "%d", WTERMSIG(status));
		log_line(NULL, LOG_FOUT, "werker gestopt door signaal", "signaal", text, NULL);
		sleep_ms(m->pause);
		m->pause = m->pause ? 2 * m->pause : 50;
		if (m->pause > RESPAWN_MAX_MS)
			m->pause = RESPAWN_MAX_MS;
	} else {
		m->pause = 0;
	}
	for (int64_t i = 0; i < m->config->workers; i++)
		if (m->workers[i] == dead)
			m->workers[i] = spawn(&m->door, m->svc, m->config);
}

static void reap(struct master *m)
{
	int status;
	pid_t dead;

	while ((dead = waitpid(-1, &status, WNOHANG)) > 0)
		replace(m, dead, status);
}

/* Every worker is replaced by a new one, first the new, then the old: nobody waits. */
static void renew(struct master *m)
{
	for (int64_t i = 0; i < m->config->workers; i++) {
		pid_t old = m->workers[i];

		m->workers[i] = spawn(&m->door, m->svc, m->config);
		kill(old, SIGTERM);
	}
}

static void stop_workers(const struct master *m)
{
	for (int64_t i = 0; i < m->config->workers; i++)
		if (m->workers[i] > 0)
			kill(m->workers[i], SIGTERM);
	while (wait(NULL) > 0)
		;
}

int serve(const struct service *svc, const struct config *config)
{
	char path[512];
	struct master m = { .svc = svc, .config = config };
	sigset_t awaited;
	int sig = 0;

	snprintf(path, sizeof(path), "%s/%s.sock", config->run_dir, svc->name);
	m.door.listener = listen_on(path);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0,
		    m.door.hand_over) < 0)
		abort();
	m.workers = calloc((size_t)config->workers, sizeof(pid_t));
	if (!m.workers)
		abort();
	/* signals are waited for, not handled: none can fall between a look and a sleep */
	sigemptyset(&awaited);
	sigaddset(&awaited, SIGTERM);
	sigaddset(&awaited, SIGINT);
	sigaddset(&awaited, SIGCHLD);
	sigaddset(&awaited, SIGHUP);
	sigprocmask(SIG_BLOCK, &awaited, NULL);
	log_line(NULL, LOG_INFO, "dienst gestart", "versie", svc->version, NULL);
	for (int64_t i = 0; i < config->workers; i++)
		m.workers[i] = spawn(&m.door, svc, config);
	while (sigwait(&awaited, &sig) == 0 && (sig == SIGCHLD || sig == SIGHUP)) {
		if (sig == SIGHUP)
			renew(&m);
		else
			reap(&m);
	}
	stop_workers(&m);
	unlink(path);
	free(m.workers);
	return 0;
}
