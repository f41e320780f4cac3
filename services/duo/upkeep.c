/* SPDX-License-Identifier: EUPL-1.2 */
#include "upkeep.h"

#include <stdlib.h>
#include <string.h>

#include "app/certificate.h"
#include "app/log.h"
#include "app/service.h"
#include "duo_queries.h"

/* ---- certificates ---- */

static void warn(struct req *req, const char *name, struct date end)
{
	char day[DATE_TEXT];
	int days;

	if (!date_is_set(end)) {
		log_line(req, LOG_FOUT, "certificaat niet leesbaar", "bestand", name, NULL);
		return;
	}
	days = end.day - req->today.day;
	if (days > CERTIFICATE_DAYS)
		return;
	log_line(req, days < 0 ? LOG_FOUT : LOG_LET_OP,
		days < 0 ? "certificaat verlopen" : "certificaat verloopt", "bestand", name,
		"vervalt", date_format(end, day), "dagen", arena_printf(req->arena, "%d", days),
		NULL);
}

static void look_at(struct req *req, json_t *list, const char *kind, const char *file)
{
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
	struct date end = DATE_NONE;
	char day[DATE_TEXT];

	certificate_last_day(file, &end);
	warn(req, name, end);
	json_array_append_new(list, json_pack("{ss ss ss*}", "naam", name, "soort", kind, "vervalt",
					    date_is_set(end) ? date_format(end, day) : NULL));
}

static void look_at_gemeenten(struct req *req, json_t *list)
{
	for (const char *g = req->session.gemeenten; *g; g += strspn(g, ",")) {
		int n = (int)strcspn(g, ",");

		look_at(req, list, "gemeente",
			arena_printf(
				req->arena, "%s/%.*s.crt", req->app->config.duo_cert_dir, n, g));
		g += n;
	}
}

enum status job_certificaten(struct req *req)
{
	const struct config *c = &req->app->config;
	json_t *list = json_array();
	struct batch b;
	char *dumped;
	int op;

	look_at_gemeenten(req, list);
	look_at(req, list, "server", c->tls_cert);
	look_at(req, list, "anker", c->duo_ca);
	if (strcmp(c->duo_ca, c->duo_client_ca) != 0)
		look_at(req, list, "anker", c->duo_client_ca);
	look_at(req, list, "intrekkingslijst", c->duo_crl);
	dumped = json_dumps(list, JSON_COMPACT);
	batch_init(&b, req);
	op = batch_add(&b, Q_CERTIFICATEN_BEWAREN, NULL, NULL);
	batch_bind(&b, op, "lijst", dumped);
	free(dumped);
	json_decref(list);
	return batch_run(&b);
}

/* ---- messages that are not needed any more ---- */

enum status job_opruimen(struct req *req)
{
	long long total = 0;
	struct batch b;
	int op, rows;

	do {
		batch_init(&b, req);
		op = batch_add(&b, Q_NOTIFICATIES_OPRUIMEN, NULL, NULL);
		batch_bind_int(&b, op, "dagen", req->app->config.duo_raw_days);
		TRY(batch_run(&b));
		rows = batch_rows(&b, op);
		total += rows;
	} while (rows > 0);
	if (total > 0)
		log_line(req, LOG_INFO, "teksten van notificaties gewist", "aantal",
			arena_printf(req->arena, "%lld", total), NULL);
	return OK;
}
