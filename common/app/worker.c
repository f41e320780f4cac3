/* SPDX-License-Identifier: EUPL-1.2
 * Prefork: a master that only forks and waits, workers that serve one request at a time. */
#include "kit.h"

#include <errno.h>
#include <fcgiapp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/log.h"

#define BACKLOG 511
#define RESPAWN_MAX_MS 2000
#define OPEN_RETRY_MS 200

static volatile sig_atomic_t stopping;

static void on_stop(int sig)
{
	(void)sig;
	stopping = 1;
}

static void sleep_ms(long ms)
{
	const struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

void req_pause(struct req *req, int64_t ms)
{
	(void)req;
	sleep_ms((long)ms);
}

/* ---- the worker ---- */

/* Blocks SIGTERM while a request is in hand: libfcgi takes EINTR for failure. `waiting` is the mask
 * that lets it through, for ppoll. */
static void worker_signals(sigset_t *waiting)
{
	const struct sigaction stop = { .sa_handler = on_stop };
	sigset_t blocked;

	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGINT, &stop, NULL);
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGTERM);
	sigaddset(&blocked, SIGINT);
	sigprocmask(SIG_BLOCK, &blocked, waiting);
	sigdelset(waiting, SIGTERM);
	sigdelset(waiting, SIGINT);
}

static void serve_one(struct app *app, struct arena *arena, FCGX_Request *fcgi)
{
	struct req req;

	req_init(&req, app, arena);
	http_read(&req, fcgi);
	dispatch(&req);
	http_write(&req, fcgi);
	FCGX_Finish_r(fcgi);
	FCGX_Free(fcgi, 1); /* never keep a connection: an idle one would hold the worker */
	db_reset(app->db);
	arena_reset(arena);
}

/* True once a connection is accepted; false after a signal or when another worker was first. */
static bool accept_one(FCGX_Request *fcgi, int listener, const sigset_t *waiting)
{
	struct pollfd p = { .fd = listener, .events = POLLIN };

	if (stopping || ppoll(&p, 1, NULL, waiting) < 1)
		return false;
	return FCGX_Accept_r(fcgi) == 0;
}

static void worker_run(int listener, const struct service *svc, const struct config *config)
{
	struct app app;
	struct arena arena;
	FCGX_Request fcgi;
	sigset_t waiting;

	FCGX_Init(); /* installs handlers of its own; ours come after */
	worker_signals(&waiting);
	while (app_open(&app, svc, config) != OK) {
		sigset_t pending;

		sleep_ms(OPEN_RETRY_MS);
		sigpending(&pending);
		if (sigismember(&pending, SIGTERM))
			return;
	}
	arena_init(&arena);
	FCGX_InitRequest(&fcgi, listener, FCGI_FAIL_ACCEPT_ON_INTR);
	for (int64_t served = 0; !stopping;) {
		if (!accept_one(&fcgi, listener, &waiting))
			continue;
		serve_one(&app, &arena, &fcgi);
		if (config->max_requests > 0 && ++served >= config->max_requests)
			break;
	}
	arena_finish(&arena);
	app_close(&app);
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

static pid_t spawn(int listener, const struct service *svc, const struct config *config)
{
	pid_t master = getpid();
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	/* a master that is killed takes its workers along: a new one starts with a new socket */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != master)
		_exit(0);
	worker_run(listener, svc, config);
	exit(0);
}

struct master {
	const struct service *svc;
	const struct config *config;
	int listener;
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
			m->workers[i] = spawn(m->listener, m->svc, m->config);
}

static void reap(struct master *m)
{
	int status;
	pid_t dead;

	while ((dead = waitpid(-1, &status, WNOHANG)) > 0)
		replace(m, dead, status);
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
	m.listener = listen_on(path);
	m.workers = calloc((size_t)config->workers, sizeof(pid_t));
	if (!m.workers)
		abort();
	/* signals are waited for, not handled: none can fall between a look and a sleep */
	sigemptyset(&awaited);
	sigaddset(&awaited, SIGTERM);
	sigaddset(&awaited, SIGINT);
	sigaddset(&awaited, SIGCHLD);
	sigprocmask(SIG_BLOCK, &awaited, NULL);
	log_line(NULL, LOG_INFO, "dienst gestart", "versie", svc->version, NULL);
	for (int64_t i = 0; i < config->workers; i++)
		m.workers[i] = spawn(m.listener, svc, config);
	while (sigwait(&awaited, &sig) == 0 && sig == SIGCHLD)
		reap(&m);
	stop_workers(&m);
	unlink(path);
	free(m.workers);
	return 0;
}
