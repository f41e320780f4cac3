/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/service.h"
#include "council_queries.h"
#include "handlers.h"
#include "jobs.h"
#include "store.h"

#define DOCUMENTEN "/beleidsdocumenten"
#define SCOPE_BELEID (ROL_BELEIDSADVISEUR | ROL_BEHEERDER)

static const struct route routes[] = {
	{ .method = POST,
		.path = DOCUMENTEN,
		.scope = SCOPE_BELEID,
		.flags = R_CREATES | R_CONFLICT,
		.in = &beleidsdocument_resource,
		.out = &beleidsdocument_resource,
		.handler = beleidsdocument_maken,
		.summary = "Maak een concept van nieuw beleid" },
	{ .method = GET,
		.path = DOCUMENTEN,
		.scope = SCOPE_STAFF,
		.flags = R_LIST,
		.out = &beleidsdocument_resource,
		.handler = beleidsdocumenten_tonen,
		.order = { "nummer", "id" },
		.summary = "Alle beleidsdocumenten, het nieuwste eerst" },
	{ .method = POST,
		.path = DOCUMENTEN "/_toets",
		.scope = SCOPE_BELEID,
		.in = &beleidsdocument_resource,
		.out = &toets_resource,
		.handler = beleidsdocument_toetsen,
		.summary = "Toets een document aan de wet, zonder het te bewaren" },
	{ .method = GET,
		.path = DOCUMENTEN "/{id}",
		.scope = SCOPE_STAFF,
		.out = &beleidsdocument_resource,
		.handler = beleidsdocument_tonen,
		.summary = "Een beleidsdocument" },
	{ .method = PUT,
		.path = DOCUMENTEN "/{id}",
		.scope = SCOPE_BELEID,
		.flags = R_IF_MATCH | R_CONFLICT,
		.in = &beleidsdocument_resource,
		.out = &beleidsdocument_resource,
		.handler = beleidsdocument_wijzigen,
		.summary = "Wijzig een concept" },
	{ .method = POST,
		.path = DOCUMENTEN "/{id}/vaststelling",
		.scope = SCOPE_BELEID,
		.flags = R_IF_MATCH | R_CONFLICT,
		.in = &vaststelling_resource,
		.out = &beleidsdocument_resource,
		.handler = beleidsdocument_vaststellen,
		.summary = "Leg vast dat het college dit beleid heeft vastgesteld" },
	{ .method = GET,
		.path = "/beleid",
		.scope = SCOPE_ANY,
		.query = &geldend_vraag_resource,
		.out = &geldend_resource,
		.handler = geldend_beleid,
		.summary = "Het beleid dat op een dag geldt" },
	ROUTE_END,
};

static const struct service council = {
	.name = "council",
	.title = "Beleid",
	.description = "Beleid van de gemeente, getoetst aan de grenzen van de wet.",
	.version = "1.0.0",
	.base = "/api/council/v1",
	.routes = routes,
	.jobs = council_jobs,
	.statements = council_statements,
	.statement_count = QUERY_COUNT,
};

int main(int argc, char **argv)
{
	return service_main(argc, argv, &council);
}
