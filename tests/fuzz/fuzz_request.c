/* SPDX-License-Identifier: EUPL-1.2
 *
 * A request to a service with a list, a form and a change: parameters, headers, query, cursor and
 * body.
 */
#include <string.h>

#include "request.h"

struct proef {
	const char *id, *naam;
	struct date dag;
	int64_t aantal, versie;
	int mag;
};

static const struct field proef_fields[] = {
	FIELD(struct proef, id, F_UUID, READONLY, ""),
	FIELD(struct proef, naam, F_TEXT, REQUIRED, ""),
	FIELD(struct proef, dag, F_DATE, OPTIONAL, ""),
	FIELD_RANGE(struct proef, aantal, F_INT, OPTIONAL, 0, 100, ""),
	FIELD(struct proef, mag, F_BOOL, OPTIONAL, ""),
	FIELD(struct proef, versie, F_INT, READONLY, ""),
	FIELD_END,
};

static const struct field zoek_fields[] = {
	FIELD(struct proef, naam, F_TEXT, OPTIONAL, ""),
	FIELD(struct proef, dag, F_DATE, OPTIONAL, ""),
	FIELD(struct proef, aantal, F_INT, OPTIONAL, ""),
	FIELD(struct proef, mag, F_BOOL, OPTIONAL, ""),
	FIELD_END,
};

static const struct resource proef_resource = { "Proef", sizeof(struct proef), proef_fields, "" };
static const struct resource zoek_resource = { "Zoek", sizeof(struct proef), zoek_fields, "" };

/* A page of one row more than was asked, so that Link is written with the query of the request. */
static enum status lijst(struct req *req)
{
	size_t count = (size_t)req->limit + 1;
	struct proef *rows = arena_alloc(req->arena, count * sizeof(*rows));

	MUST(req->limit >= 1 && req->limit <= 100 && req->query);
	for (size_t i = 0; i < count; i++) {
		fields_clear(proef_fields, &rows[i]);
		rows[i].naam = req->after[0] ? req->after[0] : "naam";
		rows[i].id = req->after[1] ? req->after[1] : "id";
	}
	return reply_list(req, &proef_resource, &(struct list){ rows, count });
}

static enum status maken(struct req *req)
{
	struct proef *p = req->in;

	MUST(p && p->naam && (p->aantal == NUMBER_NONE || p->aantal <= 100));
	p->id = req_uuid(req);
	p->versie = 1;
	return req->idempotency_key ? fail(req, ERR_CONFLICT, "Deze sleutel is gebruikt")
				    : reply_created(req, &proef_resource, p);
}

static enum status wijzigen(struct req *req)
{
	struct proef *p = req->in;

	MUST(strlen(req->param[0]) == 36 && req->if_match != NUMBER_NONE);
	p->id = req->param[0];
	p->versie = req->if_match;
	return reply_one(req, &proef_resource, p);
}

/* As the portal: its own body and query, any text in the path, a way on. */
static enum status pagina(struct req *req)
{
	const char *to = req_query(req, "naar"), *cookie = req_cookie(req, "regie");

	MUST(req->param[0] && strlen(req->param[0]) <= 100);
	if (cookie)
		return reply_raw(req, 200, "text/plain", cookie, strlen(cookie));
	return to ? reply_see_other(req, to) : reply_none(req);
}

static const struct route routes[] = {
	{ .method = GET,
		.path = "/proeven",
		.scope = SCOPE_OPEN,
		.flags = R_LIST,
		.handler = lijst,
		.query = &zoek_resource,
		.out = &proef_resource,
		.order = { "naam", "id" } },
	{ .method = POST,
		.path = "/proeven",
		.scope = SCOPE_OPEN,
		.flags = 0,
		.handler = maken,
		.in = &proef_resource,
		.out = &proef_resource },
	{ .method = PUT,
		.path = "/proeven/{id}",
		.scope = ROL_REGISSEUR,
		.flags = R_IF_MATCH,
		.handler = wijzigen,
		.in = &proef_resource,
		.out = &proef_resource },
	{ .method = GET,
		.path = "/pagina/{wat}",
		.scope = SCOPE_OPEN,
		.flags = R_RAW,
		.handler = pagina },
	ROUTE_END,
};

static const struct service proef = { .name = "proef",
	.title = "Proef",
	.description = "",
	.version = "1.0.0",
	.base = "/api/proef/v1",
	.routes = routes };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct app app = { .service = &proef,
		.config = { .mode = MODE_PRODUCTIE, .public_url = "https://regie.example" } };
	struct arena a;
	struct req req = { .arena = &a };

	arena_init(&a);
	request_answer(&req, &app, data, size);
	arena_finish(&a);
	return 0;
}
