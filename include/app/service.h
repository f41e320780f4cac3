/* SPDX-License-Identifier: EUPL-1.2
 *
 * A service is one binary: `--serve` (master and workers behind a FastCGI socket), `--jobs`
 * (dispatcher and consumer), `--openapi`, `--routes`, `--config`, `--document`. main.c holds the
 * tables and one call.
 */
#ifndef APP_SERVICE_H
#define APP_SERVICE_H

#include "app/config.h"
#include "app/db.h"
#include "app/job.h"
#include "app/queue.h"
#include "app/route.h"

struct service {
	const char *name; /* "intake": socket intake.sock, database role regie_intake */
	const char *title; /* Dutch, OpenAPI info.title */
	const char *description; /* Dutch */
	const char *version; /* semver of the API; API-Version on every reply */
	const char *base; /* "/api/intake/v1"; "" for the portal */
	const struct route *routes;
	const struct job *jobs; /* NULL: no --jobs */
	const struct statement *statements;
	int statement_count; /* 0: no database */
	/* Called once in every worker and in the job process after connecting, may be NULL. */
	enum status (*start)(struct app *app);
	/* Prints tables of its own as Markdown (`--document`), may be NULL. */
	void (*document)(void);
	/* Makes an error page instead of problem+json (portal), may be NULL. */
	enum status (*error_page)(struct req *req);
};

/* What a worker owns. */
struct app {
	const struct service *service;
	struct config config;
	struct db *db;
	struct queue *queue;
	void *client; /* client.c's */
	void *own; /* the service's, set by start */
};

/* Parses the command line and does not return before the work is done. */
int service_main(int argc, char **argv, const struct service *svc);

#endif
