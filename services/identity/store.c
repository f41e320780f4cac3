/* SPDX-License-Identifier: EUPL-1.2 */
#include "store.h"

#include <string.h>

#include "app/crypto.h"
#include "app/http.h"
#include "identity_queries.h"

enum status store_burger(struct req *req, const char *bsn, struct session *s)
{
	struct batch b;
	int found;

	batch_init(&b, req);
	batch_add(&b, Q_ALLE_GEMEENTEN, NULL, NULL);
	found = batch_add(&b, Q_ZOEK_BURGER, NULL, NULL);
	batch_bind(&b, found, "bsn_hash", bsn_hash(req->arena, bsn));
	TRY(batch_run(&b));
	if (batch_rows(&b, found) == 0)
		return fail(req, ERR_NOT_FOUND, "Er is geen dossier bij dit burgerservicenummer");
	s->inburgeraar = batch_text(&b, found, 0, "inburgeraar_id");
	s->gebruiker = s->inburgeraar;
	s->naam = batch_text(&b, found, 0, "naam");
	s->gemeenten = batch_text(&b, found, 0, "gemeente");
	return OK;
}

enum status store_medewerker(struct req *req, const char *sub, struct session *s)
{
	struct batch b;
	int found;

	batch_init(&b, req);
	found = batch_add(&b, Q_ZOEK_MEDEWERKER, NULL, NULL);
	batch_bind(&b, found, "sub", sub);
	TRY(batch_run(&b));
	if (batch_rows(&b, found) == 0)
		return fail(req, ERR_NOT_FOUND, "Deze medewerker is niet bekend");
	s->medewerker = batch_text(&b, found, 0, "id");
	s->gebruiker = s->medewerker;
	s->naam = batch_text(&b, found, 0, "naam");
	s->gemeenten = batch_text(&b, found, 0, "gemeenten");
	if (!s->gemeenten || !*s->gemeenten)
		return fail(req, ERR_NOT_FOUND, "Deze medewerker hoort bij geen gemeente");
	return OK;
}

enum status store_aanmelding(struct req *req, const struct session *s, const char *acr)
{
	size_t first = strcspn(s->gemeenten, ",");
	struct batch b;
	int op;

	req->session.gemeenten = s->gemeenten;
	req->session.gebruiker = s->gebruiker;
	batch_init(&b, req);
	op = batch_add(&b, Q_AANMELDING_TOEVOEGEN, NULL, NULL);
	batch_bind(&b, op, "aanmelding", req_uuid(req));
	batch_bind(&b, op, "gemeente_code", arena_strndup(req->arena, s->gemeenten, first));
	batch_bind(&b, op, "dossier", s->inburgeraar);
	batch_bind(&b, op, "wie", s->gebruiker);
	batch_bind(&b, op, "acr", acr);
	return batch_run(&b);
}
