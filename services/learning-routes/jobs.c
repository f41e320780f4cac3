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
