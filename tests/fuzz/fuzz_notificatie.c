/* SPDX-License-Identifier: EUPL-1.2
 *
 * DUO's notification: only what fits the contract comes to the store.
 */
#include <string.h>

#include "handlers.h"
#include "request.h"
#include "store.h"

#define OIN "00000001003214345000"

enum status __wrap_store_notificatie(
	struct req *req, const struct notificatie *n, enum arrival *how);

/* Instead of the database. The gemeente with OIN …0 is ours. */
enum status __wrap_store_notificatie(
	struct req *req, const struct notificatie *n, enum arrival *how)
{
	MUST(strcmp(req->client_serial, OIN) == 0 && strcmp(req->bron, OIN) == 0);
	MUST(strlen(req->doel) == 20 && strlen(req->bericht_id) == 36);
	MUST(n->gebeurtenis_id && strlen(n->gebeurtenis_id) <= 6 && n->registratie_datum_tijd);
	MUST(!n->bsn || (strlen(n->bsn) == 9 && strspn(n->bsn, "0123456789") == 9));
	MUST(n->v_nummer == NUMBER_NONE || (n->v_nummer >= 0 && n->v_nummer <= 9999999999));
	*how = req->doel[19] == '0' ? ARRIVED_NEW : ARRIVED_ASTRAY;
	return OK;
}

static const struct route routes[] = {
	{ .method = POST,
		.path = "/notificaties",
		.scope = SCOPE_OPEN,
		.flags = R_RAW | R_HIDDEN,
		.handler = notificatie_ontvangen },
	ROUTE_END,
};

static const struct service duo = { .name = "duo",
	.title = "DUO",
	.description = "",
	.version = "1.0.0",
	.base = "/api/duo/v1",
	.routes = routes };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct app app = { .service = &duo, .config = { .mode = MODE_PRODUCTIE, .duo_oin = OIN } };
	struct arena a;
	struct req req = { .arena = &a };

	arena_init(&a);
	request_answer(&req, &app, data, size);
	arena_finish(&a);
	return 0;
}
