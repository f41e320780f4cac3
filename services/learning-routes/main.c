/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/service.h"
#include "handlers.h"
#include "jobs.h"
#include "learning_routes_queries.h"
#include "store.h"

#define PERSOON "/inburgeraars/{id}"

static const struct route routes[] = {
	{ .method = POST,
		.path = PERSOON "/pips",
		.scope = SCOPE_CASEWORK,
		.flags = R_CREATES | R_CONFLICT,
		.in = &pip_resource,
		.out = &pip_resource,
		.handler = pip_maken,
		.summary = "Maak een concept-PIP" },
	{ .method = GET,
		.path = PERSOON "/pips",
		.scope = SCOPE_DOSSIER_OR_SELF,
		.flags = R_LIST,
		.out = &pip_resource,
		.handler = pips_tonen,
		.order = { "volgnummer", "id" },
		.summary = "Alle PIP's van een inburgeraar" },
	{ .method = GET,
		.path = PERSOON "/pip",
		.scope = SCOPE_DOSSIER_OR_SELF,
		.out = &pip_resource,
		.handler = pip_geldend,
		.summary = "Het PIP dat nu geldt" },
	{ .method = GET,
		.path = "/pips/{id}",
		.scope = SCOPE_DOSSIER_OR_SELF,
		.out = &pip_resource,
		.handler = pip_tonen,
		.summary = "Een PIP" },
	{ .method = PUT,
		.path = "/pips/{id}",
		.scope = SCOPE_CASEWORK,
		.flags = R_IF_MATCH | R_CONFLICT,
		.in = &pip_resource,
		.out = &pip_resource,
		.handler = pip_wijzigen,
		.summary = "Wijzig een concept-PIP" },
	{ .method = POST,
		.path = "/pips/{id}/vaststelling",
		.scope = SCOPE_CASEWORK,
		.flags = R_IF_MATCH | R_CONFLICT,
		.in = &vaststelling_resource,
		.out = &pip_resource,
		.handler = pip_vaststellen,
		.summary = "Stel het PIP vast" },

	{ .method = POST,
		.path = PERSOON "/aanbiedingen",
		.scope = SCOPE_CASEWORK,
		.flags = R_CREATES | R_CONFLICT,
		.in = &aanbod_resource,
		.out = &aanbod_resource,
		.handler = aanbod_maken,
		.summary = "Leg een inburgeringsaanbod vast" },
	{ .method = GET,
		.path = PERSOON "/aanbiedingen",
		.scope = SCOPE_DOSSIER_OR_SELF,
		.flags = R_LIST,
		.out = &aanbod_resource,
		.handler = aanbiedingen_tonen,
		.order = { "datum_aanbod", "id" },
		.summary = "Het aanbod aan een inburgeraar" },
	{ .method = GET,
		.path = "/aanbiedingen/{id}",
		.scope = SCOPE_DOSSIER_OR_SELF,
		.out = &aanbod_resource,
		.handler = aanbod_tonen,
		.summary = "Een aanbod" },
	{ .method = GET,
		.path = "/cursusinstellingen",
		.scope = SCOPE_STAFF,
		.flags = R_LIST,
		.out = &cursusinstelling_resource,
		.handler = cursusinstellingen_tonen,
		.order = { "instellingsnummer" },
		.summary = "Cursusinstellingen die DUO kent" },
	ROUTE_END,
};

static const struct job jobs[] = {
	{ .type = "melding-geaccepteerd", .event = job_melding, .doc = "DUO accepted a message" },
	{ .type = "melding-geweigerd", .event = job_melding, .doc = "DUO refused a message" },
	JOB_END,
};

static const struct service learning_routes = {
	.name = "learning-routes",
	.title = "Leerroutes",
	.description = "Het PIP met de leerroute, en het inburgeringsaanbod.",
	.version = "1.0.0",
	.base = "/api/learning-routes/v1",
	.routes = routes,
	.jobs = jobs,
	.statements = learning_routes_statements,
	.statement_count = QUERY_COUNT,
};

int main(int argc, char **argv)
{
	return service_main(argc, argv, &learning_routes);
}
