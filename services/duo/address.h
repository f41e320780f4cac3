/* SPDX-License-Identifier: EUPL-1.2
 *
 * Where a gemeente reaches DUO: its row of duo.aansluiting, else REGIE_DUO_URL. Direct, or through
 * an FSC outway, which is a plain base as well.
 */
#ifndef DUO_ADDRESS_H
#define DUO_ADDRESS_H

#include "app/http.h"

/* The base, without a slash at the end; kept for some seconds. "" while nobody can tell: better no
 * call than one to the wrong place. */
const char *address_of(struct req *req, const char *gemeente);

#endif
