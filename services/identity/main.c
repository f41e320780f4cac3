/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/service.h"
#include "handlers.h"
#include "identity_queries.h"

static const struct field login_fields[] = {
	FIELD_ENUM(struct login_vraag, doel, doel_values, REQUIRED, "Wie logt in"),
	FIELD_RANGE(
		struct login_vraag, terug, F_TEXT, OPTIONAL, 1, 500, "Pad om naar terug te keren"),
	FIELD_END,
};

static const struct resource login_query = {
	"LoginVraag",
	sizeof(struct login_vraag),
	login_fields,
	"Begin van het inloggen",
};

static const struct route routes[] = {
	{ .method = GET,
		.path = "/login",
		.scope = SCOPE_OPEN,
		.flags = R_HIDDEN | R_RAW,
		.query = &login_query,
		.handler = login,
		.summary = "Naar de inlogdienst" },
	{ .method = GET,
		.path = "/terugkeer",
		.scope = SCOPE_OPEN,
		.flags = R_HIDDEN | R_RAW,
		.handler = terugkeer,
		.summary = "Terug van de inlogdienst" },
	{ .method = GET,
		.path = "/sessie",
		.scope = SCOPE_ANY,
		.out = &sessie_resource,
		.handler = sessie_tonen,
		.summary = "De sessie van wie is ingelogd" },
	{ .method = DELETE,
		.path = "/sessie",
		.scope = SCOPE_ANY,
		.flags = R_NO_CONTENT,
		.handler = sessie_beeindigen,
		.summary = "Uitloggen" },
	ROUTE_END,
};

static const struct service identity = {
	.name = "identity",
	.title = "Identiteit",
	.description = "Inloggen met OpenID Connect en de sessie van wie is ingelogd.",
	.version = "1.0.0",
	.base = "/api/identity/v1",
	.routes = routes,
	.statements = identity_statements,
	.statement_count = QUERY_COUNT,
};

int main(int argc, char **argv)
{
	return service_main(argc, argv, &identity);
}
