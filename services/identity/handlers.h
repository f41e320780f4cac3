/* SPDX-License-Identifier: EUPL-1.2
 *
 * Login, return, session and logout. A browser that cannot log in is sent to /inloggen?fout=<code>:
 * mislukt, geannuleerd, niveau, geen-dossier, geen-toegang, niet-beschikbaar.
 */
#ifndef IDENTITY_HANDLERS_H
#define IDENTITY_HANDLERS_H

#include "app/http.h"

/* The session as its owner sees it. */
struct sessie {
	const char *gebruiker, *naam, *medewerker, *inburgeraar, *csrf, *taal;
	json_t *rollen, *gemeenten;
};

/* Query of GET /login. */
struct login_vraag {
	int doel;
	const char *terug;
};

enum status login(struct req *req);
enum status terugkeer(struct req *req);
enum status sessie_tonen(struct req *req);
enum status sessie_beeindigen(struct req *req);

extern const char *const doel_values[];
extern const struct field sessie_fields[];
extern const struct resource sessie_resource;

#endif
