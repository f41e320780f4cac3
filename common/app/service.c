/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/service.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/client.h"
#include "app/crypto.h"
#include "app/log.h"
#include "kit.h"

/* Between two attempts to reach PostgreSQL and Redis at the start. */
#define OPEN_FIRST_US 100000
#define OPEN_MAX_US 900000

/* The role of a service: regie_learning_routes. */
static void role_name(const struct service *svc, char out[64])
{
	snprintf(out, 64, "regie_%s", svc->name);
	for (char *p = out; *p; p++)
		if (*p == '-')
			*p = '_';
}

static enum status try_open(struct app *app, const struct service *svc, const struct config *config)
{
	char role[64];

	*app = (struct app){ .service = svc, .config = *config };
	role_name(svc, role);
	if (svc->statement_count > 0 && db_open(&app->db, config->database, role, svc->statements,
						svc->statement_count) != OK)
		return ERR_UNAVAILABLE;
	if (queue_open(&app->queue, config->redis) != OK || (svc->start && svc->start(app) != OK)) {
		app_close(app);
		return ERR_UNAVAILABLE;
	}
	return OK;
}

bool app_open(struct app *app, const struct service *svc, const struct config *config)
{
	sigset_t pending;

	for (useconds_t pause = OPEN_FIRST_US; try_open(app, svc, config) != OK;
		pause = pause < OPEN_MAX_US / 2 ? 2 * pause : OPEN_MAX_US) {
		usleep(pause);
		sigpending(&pending);
		if (sigismember(&pending, SIGTERM))
			return false;
	}
	return true;
}

void app_close(struct app *app)
{
	client_close(app);
	queue_close(app->queue);
	db_close(app->db);
	*app = (struct app){ 0 };
}

static int run_jobs(const struct service *svc, const struct config *config)
{
	struct app app;
	int result;

	if (!svc->jobs) {
		fprintf(stderr, "%s has no jobs\n", svc->name);
		return 2;
	}
	if (!app_open(&app, svc, config))
		return 0;
	log_line(NULL, LOG_INFO, "taken gestart", NULL);
	result = jobs_main(&app, svc);
	app_close(&app);
	return result;
}

static int print_openapi(const struct service *svc)
{
	struct arena arena;

	arena_init(&arena);
	puts(openapi_document(&arena, svc));
	arena_finish(&arena);
	return 0;
}

static int run(const struct service *svc, bool jobs)
{
	struct config config;
	const char *wrong;

	/* `today` is a calendar day here (design: time) */
	setenv("TZ", "Europe/Amsterdam", 1);
	tzset();
	log_open(svc->name);
	config_load(&config, svc->name);
	wrong = crypto_init(config.keys_file);
	if (wrong) {
		fprintf(stderr, "REGIE_KEYS: %s\n", wrong);
		return 2;
	}
	return jobs ? run_jobs(svc, &config) : serve(svc, &config);
}

int service_main(int argc, char **argv, const struct service *svc)
{
	const char *what = argc == 2 ? argv[1] : "";

	if (strcmp(what, "--serve") == 0)
		return run(svc, false);
	if (strcmp(what, "--jobs") == 0)
		return run(svc, true);
	if (strcmp(what, "--openapi") == 0)
		return print_openapi(svc);
	if (strcmp(what, "--routes") == 0) {
		routes_print(svc);
		return 0;
	}
	if (strcmp(what, "--config") == 0) {
		config_print_markdown();
		return 0;
	}
	if (svc->document && strcmp(what, "--document") == 0) {
		svc->document();
		return 0;
	}
	fprintf(stderr, "usage: regie-%s --serve | --jobs | --openapi | --routes | --config%s\n",
		svc->name, svc->document ? " | --document" : "");
	return 2;
}
