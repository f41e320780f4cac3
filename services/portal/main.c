/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/service.h"
#include "handlers.h"
#include "page.h"

#define MIJ "/inburgeraars/{mij}"
#define DOSSIER "/inburgeraars/{id}"
#define IDENTITY "/api/identity/v1"
#define INTAKE "/api/intake/v1"
#define ROUTE "/api/learning-routes/v1"
#define PROGRESS "/api/progress/v1"
#define ENFORCEMENT "/api/enforcement/v1"
#define DUO "/api/duo/v1"
#define NEWEST "?volgorde=nieuw-oud&limit=10"

/* clang-format off: rows are read as rows */
const struct page pages[] = {
	{ "/", SCOPE_OPEN, "start", "titel.start", .prepare = NULL },
	{ "/inloggen", SCOPE_OPEN, "inloggen", "titel.inloggen",
		{
			{ "gemeenten", IDENTITY "/gemeenten", true },
		},
		inloggen_prepare },
	{ "/toegankelijkheid", SCOPE_OPEN, "toegankelijkheid", "titel.toegankelijkheid",
		.prepare = NULL },
	{ "/mijn", ROL_INBURGERAAR, "mijn", "titel.mijn",
		{
			{ "ik", INTAKE MIJ, false },
			{ "klok", INTAKE MIJ "/pip-klok", true },
			{ "oproepen", INTAKE MIJ "/oproepen", true },
			{ "pip", ROUTE MIJ "/pip", true },
			{ "termijn", PROGRESS MIJ "/termijn", true },
			{ "gesprekken", PROGRESS MIJ "/voortgangsgesprekken", true },
			{ "examens", PROGRESS MIJ "/examenresultaten", true },
			{ "beslissingen", INTAKE MIJ "/beslissingen" NEWEST, true },
		},
		mijn_prepare },
	/* Where every member of staff lands after the login; who has no tasks sees none. */
	{ "/regie", SCOPE_STAFF, "taken", "titel.taken",
		{
			{ "taken", INTAKE "/taken?limit=25&status=open{?cursor,tot,regisseurId}",
				true },
		},
		taken_prepare },
	{ "/regie/inburgeraars", SCOPE_DOSSIER, "inburgeraars", "titel.inburgeraars",
		{
			{ "lijst", INTAKE "/inburgeraars?limit=25{?cursor,fase}", false },
		},
		NULL },
	{ "/regie/inburgeraars/{id}", SCOPE_DOSSIER, "inburgeraar", "titel.inburgeraar",
		{
			{ "inburgeraar", INTAKE DOSSIER, false },
			{ "gegevens", INTAKE DOSSIER "/persoonsgegevens", true },
			{ "klok", INTAKE DOSSIER "/pip-klok", true },
			{ "oproepen", INTAKE DOSSIER "/oproepen", true },
			{ "stap", INTAKE DOSSIER "/intake-stap", true },
			{ "bredeIntake", INTAKE DOSSIER "/brede-intake", true },
			{ "toetsen", INTAKE DOSSIER "/leerbaarheidstoetsen", true },
			{ "pip", ROUTE DOSSIER "/pip", true },
			{ "aanbiedingen", ROUTE DOSSIER "/aanbiedingen", true },
			{ "termijn", PROGRESS DOSSIER "/termijn", true },
			{ "gesprekken", PROGRESS DOSSIER "/voortgangsgesprekken", true },
			{ "examens", PROGRESS DOSSIER "/examenresultaten", true },
			{ "voltooiing", PROGRESS DOSSIER "/voltooiing", true },
			{ "overtredingen", ENFORCEMENT DOSSIER "/overtredingen", true },
			{ "berichten", DUO DOSSIER "/berichten", true },
			{ "beslissingen", INTAKE DOSSIER "/beslissingen" NEWEST, true },
		},
		inburgeraar_prepare },
	{ "/regie/inburgeraars/{id}/oproep", SCOPE_CASEWORK, "oproep", "titel.oproep",
		{
			{ "inburgeraar", INTAKE DOSSIER, false },
			{ "stap", INTAKE DOSSIER "/intake-stap", true },
		},
		inburgeraar_prepare },
	PAGE_END,
};

const struct form forms[] = {
	/* Searching is a POST: a BSN is never in a URL. */
	{ "/regie/inburgeraars", SCOPE_DOSSIER, POST, INTAKE "/inburgeraars/_zoek",
		{ "bsn", "vNummer", "naam" }, .result = "gevonden" },
	{ "/regie/inburgeraars/{id}/oproep", SCOPE_CASEWORK, POST, INTAKE DOSSIER "/oproepen",
		{ "datum", "tijd", "plaats", "termijn" }, .done = "/regie" DOSSIER,
		.message = "oproep" },
	PAGE_END,
};
/* clang-format on */

#define SPECIAL 2

/* The kit's routes are made from the rows above. */
static struct route
	routes[sizeof(pages) / sizeof(pages[0]) + sizeof(forms) / sizeof(forms[0]) + SPECIAL] = {
		{ .method = GET,
			.path = "/taal",
			.scope = SCOPE_OPEN,
			.flags = R_RAW | R_HIDDEN,
			.handler = taal_kiezen,
			.summary = "De taal van de schermen kiezen" },
		{ .method = POST,
			.path = "/uitloggen",
			.scope = SCOPE_ANY,
			.flags = R_RAW | R_HIDDEN,
			.handler = uitloggen,
			.summary = "Uitloggen" },
	};

static void make_routes(void)
{
	struct route *r = routes + SPECIAL;

	for (const struct page *p = pages; p->path; p++)
		*r++ = (struct route){ .method = GET,
			.path = p->path,
			.scope = p->scope,
			.flags = R_RAW | R_HIDDEN,
			.handler = page_show,
			.summary = p->template };
	for (const struct form *f = forms; f->path; f++)
		*r++ = (struct route){ .method = POST,
			.path = f->path,
			.scope = f->scope,
			.flags = R_RAW | R_HIDDEN,
			.handler = page_post,
			.summary = "Formulier" };
}

static const struct service portal = {
	.name = "portal",
	.title = "Portaal",
	.description = "De webpagina's voor inburgeraars en medewerkers.",
	.version = "1.0.0",
	.base = "",
	.routes = routes,
	.start = portal_start,
	.error_page = page_error,
};

int main(int argc, char **argv)
{
	make_routes();
	return service_main(argc, argv, &portal);
}
