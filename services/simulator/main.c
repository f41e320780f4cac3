/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/service.h"
#include "control.h"
#include "duo.h"
#include "jobs.h"
#include "oidc.h"
#include "simulator_queries.h"

#define OUTSIDE (R_RAW | R_HIDDEN)

static const struct route routes[] = {
	/* control */
	{ .method = PUT,
		.path = "/simulator/v1/vandaag",
		.flags = R_NO_CONTENT,
		.in = &vandaag_resource,
		.handler = vandaag_zetten,
		.summary = "Verzet de datum" },
	{ .method = POST,
		.path = "/simulator/v1/personen",
		.in = &persoon_resource,
		.out = &persoon_resource,
		.handler = persoon_maken,
		.summary = "Nieuw bij DUO" },
	{ .method = POST,
		.path = "/simulator/v1/personen/_zoek",
		.in = &zoek_resource,
		.out = &persoon_resource,
		.handler = persoon_zoeken,
		.summary = "Zoek op BSN" },
	{ .method = GET,
		.path = "/simulator/v1/personen/{id}",
		.out = &persoon_resource,
		.handler = persoon_tonen,
		.summary = "Wat DUO weet" },
	{ .method = PUT,
		.path = "/simulator/v1/personen/{id}/documenten",
		.flags = R_NO_CONTENT,
		.in = &document_resource,
		.handler = document_zetten,
		.summary = "Wat DUO antwoordt" },
	{ .method = POST,
		.path = "/simulator/v1/personen/{id}/notificaties",
		.flags = R_NO_CONTENT,
		.in = &notificatie_resource,
		.handler = notificatie_maken,
		.summary = "Laat DUO melden" },
	{ .method = GET,
		.path = "/simulator/v1/verkeer",
		.flags = OUTSIDE,
		.handler = verkeer_tonen },
	/* DUO */
	{ .method = GET,
		.path = "/duo/v1/instellingen",
		.flags = OUTSIDE,
		.handler = duo_instellingen },
	{ .method = GET,
		.path = "/duo/v1/personen/{bsn}/{onderdeel}",
		.flags = OUTSIDE,
		.handler = duo_lezen },
	{ .method = GET,
		.path = "/duo/v1/personen/{bsn}/examens/{onderdeel}",
		.flags = OUTSIDE,
		.handler = duo_lezen_diep },
	{ .method = GET,
		.path = "/duo/v1/personen/{bsn}/lbt/{onderdeel}",
		.flags = OUTSIDE,
		.handler = duo_lezen_diep },
	{ .method = POST,
		.path = "/duo/v1/personen/{bsn}/PIP",
		.flags = OUTSIDE,
		.handler = duo_pip_ontvangen },
	{ .method = PUT,
		.path = "/duo/v1/personen/{bsn}/{onderdeel}",
		.flags = OUTSIDE,
		.handler = duo_afronding_ontvangen },
	{ .method = POST,
		.path = "/duo/v1/personen/{bsn}/Inburgeringsaanbod/{instellingsnummer}",
		.flags = OUTSIDE,
		.handler = duo_aanbod_ontvangen },
	/* OpenID provider */
	{ .method = GET,
		.path = "/oidc/{aanbieder}/.well-known/openid-configuration",
		.flags = OUTSIDE,
		.handler = oidc_discovery },
	{ .method = GET, .path = "/oidc/{aanbieder}/jwks", .flags = OUTSIDE, .handler = oidc_jwks },
	{ .method = GET,
		.path = "/oidc/{aanbieder}/authorize",
		.flags = OUTSIDE,
		.handler = oidc_authorize_page },
	{ .method = POST,
		.path = "/oidc/{aanbieder}/authorize",
		.flags = OUTSIDE,
		.handler = oidc_authorize },
	{ .method = POST,
		.path = "/oidc/{aanbieder}/token",
		.flags = OUTSIDE,
		.handler = oidc_token },
	ROUTE_END,
};

static const struct job jobs[] = {
	{ .every = 1, .task = job_notificeren, .doc = "send DUO's notifications" },
	JOB_END,
};

static const struct service simulator = {
	.name = "simulator",
	.title = "Simulator",
	.description = "Speelt DUO en de inlogdiensten, voor demonstratie en tests.",
	.version = "1.0.0",
	.base = "",
	.routes = routes,
	.jobs = jobs,
	.statements = simulator_statements,
	.statement_count = QUERY_COUNT,
};

int main(int argc, char **argv)
{
	return service_main(argc, argv, &simulator);
}
