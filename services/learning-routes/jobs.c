/* SPDX-License-Identifier: EUPL-1.2 */
#include "jobs.h"

#include <string.h>

#include "learning_routes_queries.h"

enum status job_melding(struct req *req, const struct event *ev)
{
	const char *kind = event_text(ev, "soort");
	bool refused = strcmp(ev->type, "melding-geweigerd") == 0;
	struct batch b;
	int op;

	batch_init(&b, req);
	batch_claim(&b);
	if (kind && (strcmp(kind, "pip") == 0 || strcmp(kind, "aanbod") == 0)) {
		op = batch_add(&b, strcmp(kind, "pip") == 0 ? Q_PIP_DUO : Q_AANBOD_DUO, NULL, NULL);
		batch_bind(&b, op, "onderwerp", ev->onderwerp);
		batch_bind(&b, op, "duo_status", refused ? "geweigerd" : "geaccepteerd");
		batch_bind(&b, op, "duo_fout", event_text(ev, "fouttekst"));
	}
	return batch_run(&b);
}

enum status job_pip_elders(struct req *req, const struct event *ev)
{
	json_t *hours = json_object_get(ev->data, "geschatteIntensiteitB1Route");
	struct batch b;
	int op;

	batch_init(&b, req);
	batch_claim(&b);
	op = batch_add(&b, Q_PIP_VAN_DUO, NULL, NULL);
	batch_bind(&b, op, "van_event", ev->gemeente);
	batch_bind(&b, op, "persoon", ev->inburgeraar);
	batch_bind(&b, op, "gemeentecode", event_text(ev, "gemeentecode"));
	batch_bind(&b, op, "dagtekening", event_text(ev, "dagtekening"));
	batch_bind(&b, op, "leerroute", event_text(ev, "leerroute"));
	batch_bind(&b, op, "niveau", event_text(ev, "niveau"));
	batch_bind(&b, op, "intensiteit", NULL);
	if (json_is_integer(hours))
		batch_bind_int(&b, op, "intensiteit", json_integer_value(hours));
	return batch_run(&b);
}

enum status job_overdracht(struct req *req, const struct event *ev)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	batch_claim(&b);
	op = batch_add(&b, Q_OVERNEMEN, NULL, NULL);
	batch_bind(&b, op, "overdracht", ev->onderwerp);
	batch_bind(&b, op, "van_event", ev->gemeente);
	batch_bind(&b, op, "persoon", ev->inburgeraar);
	batch_bind(&b, op, "trace", req->trace_id);
	return batch_run(&b);
}
