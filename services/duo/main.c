/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/service.h"
#include "document.h"
#include "duo_queries.h"
#include "handlers.h"
#include "jobs.h"
#include "store.h"
#include "upkeep.h"

static const struct route routes[] = {
	/* nginx brings POST /v1/notificaties of the TLS port here */
	{ .method = POST,
		.path = "/notificaties",
		.scope = SCOPE_OPEN,
		.flags = R_RAW | R_HIDDEN,
		.handler = notificatie_ontvangen,
		.summary = "Notificatie van DUO" },
	{ .method = GET,
		.path = "/inburgeraars/{id}/berichten",
		.scope = SCOPE_DOSSIER,
		.flags = R_LIST,
		.out = &bericht_resource,
		.handler = berichten_tonen,
		.order = { "volgorde", "id" },
		.summary = "Berichten van en naar DUO over een inburgeraar" },
	{ .method = GET,
		.path = "/meldingen/{id}",
		.scope = SCOPE_DOSSIER,
		.out = &bericht_resource,
		.handler = melding_tonen,
		.summary = "Een melding aan DUO" },
	{ .method = POST,
		.path = "/meldingen/{id}/herzending",
		.scope = SCOPE_CASEWORK,
		.flags = R_IF_MATCH | R_NO_BODY | R_CONFLICT,
		.out = &bericht_resource,
		.handler = melding_herzenden,
		.summary = "Verzend een geweigerde melding opnieuw" },
	{ .method = GET,
		.path = "/certificaten",
		.scope = ROL_BEHEERDER | ROL_TEAMLEIDER,
		.flags = R_LIST,
		.out = &certificaat_resource,
		.handler = certificaten_tonen,
		.order = { "naam" },
		.summary = "Certificaten en intrekkingslijsten van de verbinding met DUO, en tot "
			   "wanneer ze gelden" },
	ROUTE_END,
};

static const struct job jobs[] = {
	{ .type = "notificatie-ontvangen",
		.event = job_notificatie,
		.doc = "fetch what DUO reports" },
	{ .type = "pip-vastgesteld", .event = job_pip, .doc = "report the PIP" },
	{ .type = "aanbod-vastgelegd", .event = job_aanbod, .doc = "report the offer" },
	{ .type = "pvt-ondertekend", .event = job_afronding, .doc = "report the PVT" },
	{ .type = "map-afgerond", .event = job_afronding, .doc = "report the MAP" },
	{ .type = "z-eindgesprek", .event = job_afronding, .doc = "report the Z-route" },
	{ .every = 1, .task = job_ophalen, .doc = "fetch what could not be had before" },
	{ .every = 1, .task = job_verzenden, .doc = "send what is due to DUO" },
	{ .every = 86400, .task = job_opruimen, .doc = "delete messages that are not needed" },
	{ .every = 86400, .task = job_certificaten, .doc = "tell of certificates that end" },
	JOB_END,
};

static const struct service duo = {
	.name = "duo",
	.title = "DUO",
	.description =
		"De uitwisseling met DUO: notificaties binnen, meldingen en raadplegingen buiten.",
	.version = "1.0.0",
	.base = "/api/duo/v1",
	.routes = routes,
	.jobs = jobs,
	.statements = duo_statements,
	.statement_count = QUERY_COUNT,
	.document = document_print,
};

int main(int argc, char **argv)
{
	return service_main(argc, argv, &duo);
}
