/* SPDX-License-Identifier: EUPL-1.2
 *
 * An OpenID provider for demo and tests: issuers <public url>/oidc/burgers and /oidc/medewerkers.
 * Anyone may become anyone here; the simulator does not start in production. Code flow with PKCE
 * S256 demanded, RS256 ID tokens; a code works once and for a minute. It does not check the client
 * secret.
 */
#ifndef SIMULATOR_OIDC_H
#define SIMULATOR_OIDC_H

#include "app/http.h"

enum status oidc_discovery(struct req *req);
enum status oidc_jwks(struct req *req);
/* GET: the page with people to choose from. POST: the choice; back to the client with a code. */
enum status oidc_authorize_page(struct req *req);
enum status oidc_authorize(struct req *req);
enum status oidc_token(struct req *req);

#endif
