/* SPDX-License-Identifier: EUPL-1.2
 *
 * Who is asking. A session is JSON in Redis under `sessie:<sha256 of the token>`; the token itself
 * is known to the browser (portal cookie) or API client only (`Authorization: Bearer`). One round
 * trip. Roles are bits; a route's scope is the set of roles that may call it. Roles come from the
 * OpenID claims at login.
 */
#ifndef APP_AUTH_H
#define APP_AUTH_H

#include <stdbool.h>
#include <stdint.h>
#include "app/error.h"

struct req;

enum role {
	ROL_INBURGERAAR = 1 << 0,
	ROL_REGISSEUR = 1 << 1,
	ROL_TEAMLEIDER = 1 << 2,
	ROL_HANDHAVER = 1 << 3,
	ROL_BELEIDSADVISEUR = 1 << 4,
	ROL_RAAD = 1 << 5,
	ROL_BEHEERDER = 1 << 6,
	ROL_PRIVACY_OFFICER = 1 << 7,
	ROL_AANBIEDER = 1 << 8,
	ROL_KETENPARTNER = 1 << 9, /* DUO: by client certificate, never by session */
	ROL_SYSTEEM = 1 << 10, /* jobs */
};

#define SESSION_COOKIE "regie"

#define SCOPE_OPEN 0u /* no session needed */
#define SCOPE_CASEWORK (ROL_REGISSEUR | ROL_TEAMLEIDER)
#define SCOPE_STAFF                                                                                \
	(ROL_REGISSEUR | ROL_TEAMLEIDER | ROL_HANDHAVER | ROL_BELEIDSADVISEUR | ROL_BEHEERDER |    \
		ROL_PRIVACY_OFFICER)
#define SCOPE_DOSSIER (ROL_REGISSEUR | ROL_TEAMLEIDER | ROL_HANDHAVER)
#define SCOPE_DOSSIER_OR_SELF (SCOPE_DOSSIER | ROL_INBURGERAAR)
#define SCOPE_ANY 0x1ffu /* whoever has a session */

struct session {
	unsigned roles; /* enum role bits; 0: no session */
	const char
		*gebruiker; /* stable id for the audit: medewerker id, inburgeraar id or service */
	const char *naam; /* shown on screen */
	const char *gemeenten; /* gemeente codes, comma separated: "0363" or "0363,0384" */
	const char *medewerker; /* uuid, staff only */
	const char *inburgeraar; /* uuid, citizens only */
	const char *csrf; /* for the portal's forms */
	const char *taal; /* language of the screens, may be NULL */
	const char *token_hash; /* key of the session */
};

/* Names of the roles as they stand in sessions and documents, in bit order, NULL-terminated. */
extern const char *const role_names[];
unsigned role_from_name(const char *name);

/* Loads the session of the request's bearer token and prolongs it; no or unknown token leaves
 * roles 0 and is OK. Redis gone: ERR_UNAVAILABLE. */
enum status session_load(struct req *req);
/* Starts a session: stores it and returns the token (44 characters: b or m, for burger or
 * medewerker, and base64url). `idle`: seconds it lives unused at first. Every use prolongs: a
 * citizen's by config.session_idle, others' by config.session_max; never beyond config.session_max
 * from now. */
enum status session_start(
	struct req *req, const struct session *s, int64_t idle, const char **token);
/* Ends the session of the request's token. */
enum status session_end(struct req *req);

#endif
