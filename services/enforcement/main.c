/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/service.h"
#include "enforcement_queries.h"
#include "handlers.h"
#include "jobs.h"
#include "store.h"

#define PERSOON "/inburgeraars/{id}"
#define ZAAK "/overtredingen/{id}"

static const struct route routes[] = {
	{ .method = POST, .path = PERSOON "/overtredingen", .scope = SCOPE_VOORBEREIDEN,
		.flags = R_CREATES | R_CONFLICT, .in = &overtreding_resource,
		.out = &overtreding_resource, .handler = overtreding_vaststellen,
		.summary = "Stel een overtreding vast" },
	{ .method = GET, .path = PERSOON "/overtredingen", .scope = SCOPE_DOSSIER, .flags = R_LIST,
		.out = &overtreding_resource, .handler = overtredingen_tonen,
		.summary = "De overtredingen", .order = { "datum_constatering", "id" } },
	{ .method = GET, .path = ZAAK, .scope = SCOPE_DOSSIER, .out = &overtreding_resource,
		.handler = overtreding_tonen, .summary = "Een overtreding" },
	{ .method = GET, .path = PERSOON "/signalen", .scope = SCOPE_DOSSIER, .flags = R_LIST,
		.out = &signaal_resource, .handler = signalen_tonen,
		.summary = "Feiten waarop een overtreding kan rusten", .order = { "datum", "id" } },
	{ .method = GET, .path = PERSOON "/boetes", .scope = SCOPE_DOSSIER_OR_SELF, .flags = R_LIST,
		.out = &boete_resource, .handler = boetes_tonen, .summary = "De bekendgemaakte boetes",
		.order = { "bekendmaking_datum", "id" } },

	{ .method = POST, .path = ZAAK "/rapport", .scope = SCOPE_VOORBEREIDEN,
		.flags = R_IF_MATCH | R_CONFLICT, .in = &rapport_in, .out = &overtreding_resource,
		.handler = rapport, .summary = "Maak het rapport op" },
	{ .method = POST, .path = ZAAK "/zienswijze", .scope = SCOPE_VOORBEREIDEN,
		.flags = R_IF_MATCH | R_CONFLICT, .in = &zienswijze_in, .out = &overtreding_resource,
		.handler = zienswijze, .summary = "Leg de zienswijze vast, of dat zij niet is gegeven" },
	{ .method = POST, .path = ZAAK "/voorstel", .scope = SCOPE_VOORBEREIDEN,
		.flags = R_IF_MATCH | R_CONFLICT, .in = &voorstel_in, .out = &overtreding_resource,
		.handler = voorstel, .summary = "Bereken en stel een boete voor" },
	{ .method = POST, .path = ZAAK "/besluit", .scope = SCOPE_BESLISSEN,
		.flags = R_IF_MATCH | R_CONFLICT, .in = &besluit_in, .out = &overtreding_resource,
		.handler = besluit, .summary = "Besluit over de voorgestelde boete" },
	{ .method = POST, .path = ZAAK "/bekendmaking", .scope = SCOPE_VOORBEREIDEN,
		.flags = R_IF_MATCH | R_CONFLICT, .in = &bekendmaking_in, .out = &overtreding_resource,
		.handler = bekendmaking, .summary = "Leg de bekendmaking vast" },
	{ .method = POST, .path = ZAAK "/bezwaar", .scope = SCOPE_VOORBEREIDEN,
		.flags = R_IF_MATCH | R_CONFLICT, .in = &bezwaar_in, .out = &overtreding_resource,
		.handler = bezwaar, .summary = "Leg een bezwaar vast, of de beslissing erop" },
	{ .method = POST, .path = ZAAK "/onherroepelijk", .scope = SCOPE_VOORBEREIDEN,
		.flags = R_IF_MATCH | R_CONFLICT | R_NO_BODY, .out = &overtreding_resource,
		.handler = onherroepelijk, .summary = "Leg vast dat de boete onherroepelijk is" },
	{ .method = POST, .path = ZAAK "/seponering", .scope = SCOPE_VOORBEREIDEN,
		.flags = R_IF_MATCH | R_CONFLICT, .in = &seponering_in, .out = &overtreding_resource,
		.handler = seponering, .summary = "Beëindig de zaak zonder boete" },
	ROUTE_END,
};

static const struct service enforcement = {
	.name = "enforcement",
	.title = "Handhaving",
	.description = "Overtredingen en boetes van het college (Wet inburgering 2021, artikel 22 en 23).",
	.version = "1.0.0",
	.base = "/api/enforcement/v1",
	.routes = routes,
	.jobs = enforcement_jobs,
	.statements = enforcement_statements,
	.statement_count = QUERY_COUNT,
};

int main(int argc, char **argv)
{
	return service_main(argc, argv, &enforcement);
}
