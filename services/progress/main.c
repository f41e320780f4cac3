/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/service.h"
#include "handlers.h"
#include "jobs.h"
#include "progress_queries.h"
#include "store.h"

#define PERSOON "/inburgeraars/{id}"

static const struct route routes[] = {
	{ .method = GET, .path = PERSOON "/termijn", .scope = SCOPE_DOSSIER_OR_SELF,
		.out = &termijn_resource, .handler = termijn_tonen,
		.summary = "De inburgeringstermijn en wat ervan over is" },

	{ .method = POST, .path = PERSOON "/voortgangsgesprekken", .scope = SCOPE_CASEWORK,
		.flags = R_CREATES, .in = &gesprek_resource, .out = &gesprek_resource,
		.handler = gesprek_plannen, .summary = "Plan een voortgangsgesprek" },
	{ .method = GET, .path = PERSOON "/voortgangsgesprekken", .scope = SCOPE_DOSSIER_OR_SELF,
		.flags = R_LIST, .out = &gesprek_resource, .handler = gesprekken_tonen,
		.summary = "De voortgangsgesprekken", .order = { "datum", "id" } },
	{ .method = GET, .path = "/voortgangsgesprekken/{id}", .scope = SCOPE_DOSSIER_OR_SELF,
		.out = &gesprek_resource, .handler = gesprek_tonen, .summary = "Een voortgangsgesprek" },
	{ .method = POST, .path = "/voortgangsgesprekken/{id}/uitkomst", .scope = SCOPE_CASEWORK,
		.flags = R_IF_MATCH | R_CONFLICT, .in = &gesprek_uitkomst_resource,
		.out = &gesprek_resource, .handler = gesprek_uitkomst_vastleggen,
		.summary = "Leg vast hoe het gesprek ging" },

	{ .method = POST, .path = PERSOON "/uren", .scope = SCOPE_CASEWORK,
		.flags = R_CREATES | R_CONFLICT, .in = &uren_resource, .out = &uren_resource,
		.handler = uren_vastleggen, .summary = "Leg uren over een periode vast" },
	{ .method = GET, .path = PERSOON "/uren", .scope = SCOPE_DOSSIER_OR_SELF, .flags = R_LIST,
		.out = &uren_resource, .handler = uren_lijst, .summary = "De gevolgde uren",
		.order = { "van", "id" } },
	{ .method = GET, .path = "/uren/{id}", .scope = SCOPE_DOSSIER_OR_SELF, .out = &uren_resource,
		.handler = uren_tonen, .summary = "Uren over een periode" },

	{ .method = POST, .path = PERSOON "/examenresultaten", .scope = SCOPE_CASEWORK,
		.flags = R_CREATES | R_CONFLICT, .in = &examen_resource, .out = &examen_resource,
		.handler = examen_vastleggen, .summary = "Leg een examenresultaat vast" },
	{ .method = GET, .path = PERSOON "/examenresultaten", .scope = SCOPE_DOSSIER_OR_SELF,
		.flags = R_LIST, .out = &examen_resource, .handler = examens_tonen,
		.summary = "De examenresultaten", .order = { "datum", "id" } },
	{ .method = GET, .path = "/examenresultaten/{id}", .scope = SCOPE_DOSSIER_OR_SELF,
		.out = &examen_resource, .handler = examen_tonen, .summary = "Een examenresultaat" },

	{ .method = GET, .path = PERSOON "/pvt", .scope = SCOPE_DOSSIER_OR_SELF, .out = &pvt_resource,
		.handler = pvt_tonen, .summary = "De ondertekening van de participatieverklaring" },
	{ .method = PUT, .path = PERSOON "/pvt", .scope = SCOPE_CASEWORK, .flags = R_CONFLICT,
		.in = &pvt_resource, .out = &pvt_resource, .handler = pvt_vastleggen,
		.summary = "Leg de ondertekening vast; wijzigen met If-Match" },
	{ .method = GET, .path = PERSOON "/map", .scope = SCOPE_DOSSIER_OR_SELF,
		.out = &eindgesprek_resource, .handler = map_tonen,
		.summary = "Het eindgesprek van de MAP" },
	{ .method = PUT, .path = PERSOON "/map", .scope = SCOPE_CASEWORK, .flags = R_CONFLICT,
		.in = &eindgesprek_resource, .out = &eindgesprek_resource, .handler = map_vastleggen,
		.summary = "Leg het eindgesprek van de MAP vast; wijzigen met If-Match" },
	{ .method = GET, .path = PERSOON "/z-route", .scope = SCOPE_DOSSIER_OR_SELF,
		.out = &eindgesprek_resource, .handler = z_route_tonen,
		.summary = "Het eindgesprek van de Z-route" },
	{ .method = PUT, .path = PERSOON "/z-route", .scope = SCOPE_CASEWORK, .flags = R_CONFLICT,
		.in = &eindgesprek_resource, .out = &eindgesprek_resource,
		.handler = z_route_vastleggen,
		.summary = "Leg het eindgesprek van de Z-route vast; wijzigen met If-Match" },
	{ .method = GET, .path = PERSOON "/taalschakeltraject", .scope = SCOPE_DOSSIER_OR_SELF,
		.out = &tst_resource, .handler = tst_tonen,
		.summary = "Het taalschakeltraject van de onderwijsroute" },
	{ .method = PUT, .path = PERSOON "/taalschakeltraject", .scope = SCOPE_CASEWORK,
		.flags = R_CONFLICT, .in = &tst_resource, .out = &tst_resource,
		.handler = tst_vastleggen,
		.summary = "Leg vast dat het taalschakeltraject is behaald; wijzigen met If-Match" },

	{ .method = GET, .path = PERSOON "/voltooiing", .scope = SCOPE_DOSSIER_OR_SELF,
		.out = &voltooiing_resource, .handler = voltooiing_tonen,
		.summary = "Wat is behaald en wat nog ontbreekt" },
	ROUTE_END,
};

static const struct service progress = {
	.name = "progress",
	.title = "Voortgang",
	.description = "De inburgeringstermijn, voortgangsgesprekken, uren, examens, PVT, MAP en Z-route.",
	.version = "1.0.0",
	.base = "/api/progress/v1",
	.routes = routes,
	.jobs = progress_jobs,
	.statements = progress_statements,
	.statement_count = QUERY_COUNT,
};

int main(int argc, char **argv)
{
	return service_main(argc, argv, &progress);
}
