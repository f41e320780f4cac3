/* SPDX-License-Identifier: EUPL-1.2 */
#include "jobs.h"

#include <stdio.h>

#include "app/client.h"
#include "app/log.h"
#include "app/service.h"
#include "simulator_queries.h"

static enum status send_one(struct req *req, const struct batch *list, int op, int row)
{
	const struct config *c = &req->app->config;
	const char *number = batch_text(list, op, row, "v_nummer");
	struct client_call call = { .method = POST,
		.url = c->sim_notify_url,
		.ca = c->sim_ca,
		.cert = c->sim_cert,
		.key = c->sim_key,
		.content_type = "application/json" };
	struct batch done;
	int sent;

	call.headers[0] = arena_printf(req->arena, "bron: %s", c->duo_oin);
	call.headers[1] = arena_printf(req->arena, "doel: %s", batch_text(list, op, row, "oin"));
	call.headers[2] =
		arena_printf(req->arena, "berichtId: %s", batch_text(list, op, row, "id"));
	call.body = arena_printf(req->arena,
		"{\"registratieDatumTijd\":\"%s\",\"bsn\":\"%s\",%s%s%s\"gebeurtenisId\":\"%s\"}",
		batch_text(list, op, row, "tijdstip"), batch_text(list, op, row, "bsn"),
		number ? "\"vNummer\":" : "", number ? number : "", number ? "," : "",
		batch_text(list, op, row, "gebeurtenis_id"));
	TRY(client_run(req, &call, 1));
	if (call.status != 201) {
		char text[12];

		snprintf(text, sizeof(text), "%ld", call.status);
		log_line(req, LOG_LET_OP, "notificatie niet aangenomen", "status", text, NULL);
		return OK; /* stays, and is sent again */
	}
	batch_init(&done, req);
	sent = batch_add(&done, Q_VERZONDEN, NULL, NULL);
	batch_bind(&done, sent, "bericht", batch_text(list, op, row, "id"));
	return batch_run(&done);
}

enum status job_notificeren(struct req *req)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_TE_VERZENDEN, NULL, NULL);
	TRY(batch_run(&b));
	for (int i = 0; i < batch_rows(&b, op); i++)
		TRY(send_one(req, &b, op, i));
	return OK;
}
