/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/service.h"
#include "handlers.h"
#include "intake_queries.h"
#include "jobs.h"

#define PERSOON "/inburgeraars/{id}"

static const struct route routes[] = {
	{ .method = POST, .path = "/inburgeraars", .scope = SCOPE_CASEWORK,
		.flags = R_CREATES | R_CONFLICT, .in = &inburgeraar_resource,
		.out = &inburgeraar_resource, .handler = inburgeraar_maken,
		.summary = "Maak een dossier" },
	{ .method = GET, .path = "/inburgeraars", .scope = SCOPE_DOSSIER_OR_SELF, .flags = R_LIST,
		.query = &filter_resource, .out = &inburgeraar_resource, .handler = inburgeraars_tonen,
		.order = { "naam", "id" }, .summary = "Dossiers op naam" },
	{ .method = POST, .path = "/inburgeraars/_zoek", .scope = SCOPE_DOSSIER, .in = &zoekvraag_resource,
		.flags = R_LIST, .out = &inburgeraar_resource, .handler = inburgeraars_zoeken,
		.order = { "naam", "id" }, .summary = "Zoek op BSN, V-nummer of naam" },
	{ .method = GET, .path = PERSOON, .scope = SCOPE_DOSSIER_OR_SELF, .out = &inburgeraar_resource,
		.handler = inburgeraar_tonen, .summary = "Een dossier" },
	{ .method = PATCH, .path = PERSOON, .scope = SCOPE_CASEWORK, .flags = R_IF_MATCH,
		.in = &wijziging_resource, .out = &inburgeraar_resource,
		.handler = inburgeraar_wijzigen, .summary = "Wijzig een dossier" },

	{ .method = GET, .path = PERSOON "/pip-klok", .scope = SCOPE_DOSSIER_OR_SELF,
		.out = &pip_klok_resource, .handler = pip_klok_tonen,
		.summary = "De tien weken voor het PIP" },
	{ .method = POST, .path = PERSOON "/klok-redenen", .scope = SCOPE_CASEWORK, .flags = R_CREATES,
		.in = &klok_reden_resource, .out = &klok_reden_resource, .handler = klok_reden_maken,
		.summary = "Leg vast waarom het langer duurt" },
	{ .method = GET, .path = "/klok-redenen/{id}", .scope = SCOPE_DOSSIER_OR_SELF,
		.out = &klok_reden_resource, .handler = klok_reden_tonen, .summary = "Een reden" },

	{ .method = POST, .path = PERSOON "/oproepen", .scope = SCOPE_CASEWORK,
		.flags = R_CREATES | R_CONFLICT, .in = &oproep_resource, .out = &oproep_resource,
		.handler = oproep_maken, .summary = "Plan een oproep" },
	{ .method = GET, .path = PERSOON "/oproepen", .scope = SCOPE_DOSSIER_OR_SELF, .flags = R_LIST,
		.out = &oproep_resource, .handler = oproepen_tonen, .order = { "volgnummer", "id" },
		.summary = "De oproepen" },
	{ .method = GET, .path = "/oproepen/{id}", .scope = SCOPE_DOSSIER_OR_SELF,
		.out = &oproep_resource, .handler = oproep_tonen, .summary = "Een oproep" },
	{ .method = POST, .path = "/oproepen/{id}/verzending", .scope = SCOPE_CASEWORK,
		.flags = R_IF_MATCH | R_CONFLICT, .in = &verzending_resource, .out = &oproep_resource,
		.handler = oproep_verzenden, .summary = "Leg de verzending vast" },
	{ .method = POST, .path = "/oproepen/{id}/uitkomst", .scope = SCOPE_CASEWORK,
		.flags = R_IF_MATCH | R_CONFLICT, .in = &uitkomst_resource, .out = &oproep_resource,
		.handler = oproep_uitkomst_vastleggen, .summary = "Leg de uitkomst vast" },
	{ .method = GET, .path = PERSOON "/intake-stap", .scope = SCOPE_DOSSIER, .out = &stap_resource,
		.handler = intake_stap_tonen, .summary = "Wat er nu volgt volgens de wet" },

	{ .method = GET, .path = PERSOON "/brede-intake", .scope = SCOPE_DOSSIER_OR_SELF,
		.flags = R_LIST, .out = &onderwerp_resource, .handler = brede_intake_tonen,
		.order = { "onderwerp", "id" }, .summary = "Antwoorden van de brede intake" },
	{ .method = PUT, .path = PERSOON "/brede-intake/{onderwerp}", .scope = SCOPE_CASEWORK,
		.flags = R_CONFLICT, .in = &onderwerp_resource, .out = &onderwerp_resource,
		.handler = onderwerp_vastleggen, .summary = "Bewaar de antwoorden over een onderwerp" },
	{ .method = POST, .path = PERSOON "/brede-intake/afronding", .scope = SCOPE_CASEWORK,
		.flags = R_CONFLICT, .in = &afronding_resource, .out = &inburgeraar_resource,
		.handler = intake_afronden, .summary = "Rond de brede intake af" },

	{ .method = POST, .path = PERSOON "/leerbaarheidstoetsen", .scope = SCOPE_CASEWORK,
		.flags = R_CREATES | R_CONFLICT, .in = &lbt_resource, .out = &lbt_resource,
		.handler = lbt_maken, .summary = "Leg een uitslag of ontheffing vast" },
	{ .method = GET, .path = PERSOON "/leerbaarheidstoetsen", .scope = SCOPE_DOSSIER_OR_SELF,
		.flags = R_LIST, .out = &lbt_resource, .handler = lbts_tonen,
		.order = { "datum_afname", "id" }, .summary = "Uitslagen van de leerbaarheidstoets" },
	{ .method = GET, .path = "/leerbaarheidstoetsen/{id}", .scope = SCOPE_DOSSIER_OR_SELF,
		.out = &lbt_resource, .handler = lbt_tonen, .summary = "Een uitslag" },

	{ .method = GET, .path = "/taken", .scope = SCOPE_DOSSIER, .flags = R_LIST,
		.query = &taakfilter_resource, .out = &taak_resource, .handler = taken_tonen,
		.order = { "uiterlijk", "id" }, .summary = "De werkvoorraad op uiterste datum" },
	ROUTE_END,
};

#define DOSSIER(type_, doc_)                                                                       \
	{                                                                                          \
		.type = type_, .event = job_dossier, .doc = doc_                                   \
	}

static const struct job jobs[] = {
	DOSSIER("kennisgeving-ontvangen", "make or update the dossier"),
	DOSSIER("lbt-uitslag", "store the LBT result"),
	DOSSIER("oproep-verstuurd", "tasks and phase"),
	DOSSIER("oproep-verschenen", "tasks"),
	DOSSIER("oproep-niet-verschenen", "tasks"),
	DOSSIER("intake-afgerond", "tasks"),
	DOSSIER("pip-vastgesteld", "leerroute, phase, tasks"),
	DOSSIER("aanbod-vastgelegd", "tasks"),
	DOSSIER("termijn-vastgesteld", "term of the dossier"),
	DOSSIER("plicht-beeindigd", "phase, tasks"),
	DOSSIER("gesprek-gepland", "tasks"),
	DOSSIER("gesprek-gehouden", "tasks"),
	DOSSIER("gesprek-gemist", "tasks"),
	DOSSIER("gesprek-afgezegd", "tasks"),
	DOSSIER("overtreding-vastgesteld", "tasks"),
	DOSSIER("boete-opgelegd", "the ladder goes on"),
	DOSSIER("melding-geweigerd", "tasks"),
	DOSSIER("melding-geaccepteerd", "tasks"),
	DOSSIER("duo-signaal", "tasks"),
	DOSSIER("traject-voltooid", "tasks"),
	JOB_END,
};

static const struct service intake = {
	.name = "intake",
	.title = "Intake",
	.description = "Het dossier, de oproepen, de brede intake, de leerbaarheidstoets, de tien weken voor"
		" het PIP en de werkvoorraad.",
	.version = "1.0.0",
	.base = "/api/intake/v1",
	.routes = routes,
	.jobs = jobs,
	.statements = intake_statements,
	.statement_count = QUERY_COUNT,
};

int main(int argc, char **argv)
{
	return service_main(argc, argv, &intake);
}
