/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/decision.h"

#include "kit.h"

void decision_store(struct batch *b, const struct decision *d)
{
	int op = batch_add(b, KIT_DECISION, NULL, NULL);

	batch_bind(b, op, "bron", b->req->app->service->name);
	if (d->gemeente)
		batch_bind(b, op, "gemeente", d->gemeente);
	batch_bind(b, op, "inburgeraar", d->inburgeraar);
	batch_bind(b, op, "onderwerp", d->onderwerp);
	batch_bind(b, op, "regel", d->regel);
	batch_bind_int(b, op, "regelversie", d->versie);
	batch_bind_date(b, op, "peildatum", d->peildatum);
	batch_bind(b, op, "feiten", d->feiten);
	batch_bind(b, op, "antwoord", d->antwoord);
	batch_bind(b, op, "verslag", d->verslag);
	batch_bind(b, op, "gebruiker", b->req->session.gebruiker);
}
