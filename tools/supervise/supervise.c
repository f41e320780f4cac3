/* SPDX-License-Identifier: EUPL-1.2
 *
 * regie-supervise TABLE LOGDIR PIDFILE
 *
 * Keeps the processes of one running copy alive. Each row of TABLE is
 * `name<TAB>signal<TAB>command`: a shell command that stays in the foreground, and the signal
 * (TERM, INT, QUIT) that ends it well. Rows start in order; what ends is started again, at once or,
 * if it died young, after a pause that doubles up to one second. SIGHUP reads the table again and
 * starts the rows that are new. SIGTERM stops all, last row first, each before the next. Output of
 * a row goes to LOGDIR/<name>.log. Returns when the first rows are started and PIDFILE is written;
 * exit 1 with one line otherwise.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROWS_MAX 64
#define YOUNG_MS 2000
#define PAUSE_FIRST_MS 50
#define PAUSE_MAX_MS 1000
#define STOP_MS 20000 /* then SIGKILL */

struct row {
	char *name, *command;
	int stop_signal;
	pid_t pid; /* 0: not running */
	long long started; /* milliseconds */
	long long due; /* when to start again */
	long pause;
};

static struct row rows[ROWS_MAX];
static size_t row_count;
static const char *table_path, *log_dir;

static long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static void say(const char *format, ...)
{
	char stamp[32];
	time_t now = time(NULL);
	va_list ap;

	strftime(stamp, sizeof(stamp), "%FT%TZ", gmtime(&now));
	fprintf(stderr, "%s ", stamp);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
}

static int signal_number(const char *name)
{
	static const struct {
		const char *name;
		int number;
	} known[] = {
		{ "TERM", SIGTERM },
		{ "INT", SIGINT },
		{ "QUIT", SIGQUIT },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strcmp(known[i].name, name) == 0)
			return known[i].number;
	return 0;
}

static struct row *row_named(const char *name)
{
	for (size_t i = 0; i < row_count; i++)
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}

/* Adds the rows of the table that are not there yet; false when a row is wrong. */
static bool table_read(void)
{
	char line[4096];
	FILE *f = fopen(table_path, "re");

	if (!f) {
		say("%s: %s", table_path, strerror(errno));
		return false;
	}
	while (fgets(line, sizeof(line), f)) {
		char *save, *name = strtok_r(line, "\t\n", &save);
		char *signal_name = strtok_r(NULL, "\t\n", &save);
		char *command = strtok_r(NULL, "\t\n", &save);

		if (!name)
			continue;
		if (!command || !signal_number(signal_name) || row_count == ROWS_MAX) {
			say("%s: row %s is wrong", table_path, name);
			fclose(f);
			return false;
		}
		if (!row_named(name))
			rows[row_count++] = (struct row){ .name = strdup(name),
				.command = strdup(command),
				.stop_signal = signal_number(signal_name) };
	}
	fclose(f);
	return true;
}

static void redirect(const char *name)
{
	char path[512];
	int in = open("/dev/null", O_RDONLY), out;

	snprintf(path, sizeof(path), "%s/%s.log", log_dir, name);
	out = open(path, O_WRONLY | O_CREAT | O_APPEND, 0640);
	if (in < 0 || out < 0)
		_exit(1);
	dup2(in, 0);
	dup2(out, 1);
	dup2(out, 2);
	close(in);
	close(out);
}

static void start(struct row *r)
{
	pid_t parent = getpid();
	sigset_t none;

	r->started = now_ms();
	r->pid = fork();
	if (r->pid < 0) {
		r->pid = 0;
		r->due = r->started + PAUSE_MAX_MS;
		return;
	}
	if (r->pid > 0) {
		setpgid(r->pid, r->pid);
		return;
	}
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, r->stop_signal); /* without us it would never be stopped */
	if (getppid() != parent)
		_exit(1);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	redirect(r->name);
	execl("/bin/sh", "sh", "-c", r->command, (char *)NULL);
	_exit(127);
}

static void start_due(void)
{
	for (size_t i = 0; i < row_count; i++)
		if (rows[i].pid == 0 && rows[i].due <= now_ms())
			start(&rows[i]);
}

static void ended(struct row *r, int status)
{
	long long now = now_ms();

	if (WIFSIGNALED(status))
		say("%s ended by signal %d", r->name, WTERMSIG(status));
	else
		say("%s ended with status %d", r->name, WEXITSTATUS(status));
	kill(-r->pid, SIGTERM); /* what it left behind would keep its port or socket */
	r->pid = 0;
	if (now - r->started >= YOUNG_MS)
		r->pause = 0;
	r->due = now + r->pause;
	r->pause = r->pause ? 2 * r->pause : PAUSE_FIRST_MS;
	if (r->pause > PAUSE_MAX_MS)
		r->pause = PAUSE_MAX_MS;
}

static void reap(void)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (size_t i = 0; i < row_count; i++)
			if (rows[i].pid == pid)
				ended(&rows[i], status);
}

static void stop(struct row *r)
{
	long long until = now_ms() + STOP_MS;

	if (r->pid == 0)
		return;
	kill(r->pid, r->stop_signal);
	while (waitpid(r->pid, NULL, WNOHANG) == 0) {
		if (now_ms() > until) {
			say("%s does not stop: killed", r->name);
			kill(-r->pid, SIGKILL);
		}
		usleep(5000);
	}
	kill(-r->pid, SIGTERM);
	r->pid = 0;
}

/* Milliseconds until a row is due. */
static long wait_ms(void)
{
	long long wait = 60000, now = now_ms();

	for (size_t i = 0; i < row_count; i++)
		if (rows[i].pid == 0 && rows[i].due - now < wait)
			wait = rows[i].due > now ? rows[i].due - now : 0;
	return (long)wait;
}

static void run(const sigset_t *awaited)
{
	for (;;) {
		long ms = wait_ms();
		struct timespec t = { ms / 1000, ms % 1000 * 1000000 };
		int sig = sigtimedwait(awaited, NULL, &t);

		if (sig == SIGTERM || sig == SIGINT)
			break;
		if (sig == SIGHUP)
			table_read();
		reap();
		start_due();
	}
	for (size_t i = row_count; i-- > 0;)
		stop(&rows[i]);
}

/* Opens and locks the pid file: one supervisor per copy. */
static int claim(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);

	if (fd < 0) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		exit(1);
	}
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		fprintf(stderr, "%s: already running\n", path);
		exit(1);
	}
	return fd;
}

int main(int argc, char **argv)
{
	sigset_t awaited;
	int pid_fd;
	pid_t child;

	if (argc != 4) {
		fprintf(stderr, "usage: regie-supervise TABLE LOGDIR PIDFILE\n");
		return 2;
	}
	table_path = argv[1];
	log_dir = argv[2];
	if (!table_read())
		return 1;
	pid_fd = claim(argv[3]);
	child = fork();
	if (child < 0)
		return 1;
	if (child > 0)
		return ftruncate(pid_fd, 0) < 0 || dprintf(pid_fd, "%d\n", child) < 0;
	setsid();
	redirect("supervise");
	sigemptyset(&awaited);
	sigaddset(&awaited, SIGTERM);
	sigaddset(&awaited, SIGINT);
	sigaddset(&awaited, SIGHUP);
	sigaddset(&awaited, SIGCHLD);
	sigprocmask(SIG_BLOCK, &awaited, NULL);
	start_due();
	run(&awaited);
	unlink(argv[3]);
	return 0;
}
