/* SPDX-License-Identifier: EUPL-1.2
 *
 * Who a verified subject is with us. Both fill `s` (roles aside).
 */
#ifndef IDENTITY_STORE_H
#define IDENTITY_STORE_H

#include "app/auth.h"
#include "app/db.h"

/* ERR_NOT_FOUND: no dossier with this BSN in any gemeente. */
enum status store_burger(struct req *req, const char *bsn, struct session *s);
/* ERR_NOT_FOUND: not a known medewerker, or of no gemeente. */
enum status store_medewerker(struct req *req, const char *sub, struct session *s);
/* Records the login. */
enum status store_aanmelding(struct req *req, const struct session *s, const char *acr);

#endif
