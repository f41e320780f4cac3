/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef DUO_HANDLERS_H
#define DUO_HANDLERS_H

#include "app/http.h"

/* POST /notificaties exactly as DUO's contract: codes 201, 400, 401, 403, 503; bodies empty but for
 * 503. */
enum status notificatie_ontvangen(struct req *req);
/* Certificates and revocation lists, and when they end. */
enum status certificaten_tonen(struct req *req);
enum status berichten_tonen(struct req *req);

#endif
