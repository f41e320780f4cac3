/* SPDX-License-Identifier: EUPL-1.2
 *
 * OpenID Connect, relying party: authorisation code with PKCE S256, state and nonce; the ID token
 * is verified against the provider's JWKS (cjose) and checked claim by claim (OIDC-NLGOV 1.0.1).
 * Discovery and JWKS are kept in Redis for ten minutes; a key that is not among them is asked for
 * once more.
 */
#ifndef IDENTITY_OIDC_H
#define IDENTITY_OIDC_H

#include <stdbool.h>
#include "app/http.h"

/* One provider as configured: citizens (DigiD behind an OpenID broker) or staff. */
struct provider {
	const char *doel; /* "burger", "medewerker" */
	const char *issuer, *client, *secret;
	const char *acr; /* lowest level accepted */
};

/* What must come back unchanged between leaving for the provider and returning. */
struct login {
	const char *doel, *nonce, *verifier, *terug, *browser;
};

/* What the browser brought back from the provider. */
struct answer {
	const char *code, *iss; /* iss: RFC 9207, or NULL */
};

/* Address at the provider to send the browser to. */
enum status oidc_authorize_url(struct req *req, const struct provider *p, const char *redirect_uri,
	const char *state, const struct login *login, const char **url);
/* Exchanges the code and returns the checked claims of the ID token. Anything wrong with the answer
 * or the token is ERR_FORBIDDEN; a provider that gives no usable answer is ERR_UPSTREAM. The detail
 * is English, for the log. The level of assurance is the caller's to check (oidc_acr_suffices),
 * because the person gets another message for it. */
enum status oidc_claims(struct req *req, const struct provider *p, const char *redirect_uri,
	const struct answer *answer, const struct login *login, json_t **claims);
/* Is level `acr` at least `required`? basic < low < substantial < high; an unknown level never is.
 */
bool oidc_acr_suffices(const char *acr, const char *required);

#endif
