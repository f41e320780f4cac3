/* SPDX-License-Identifier: EUPL-1.2
 *
 * DUO as the municipality sees it, /duo/v1: the paths, headers, codes and rules of DUO's own
 * machine interface. operations.def is the table of its operations.
 *
 * A berichtId that was taken before gets the same answer and has no second effect (DUO's contract
 * does not say what DUO does).
 */
#ifndef SIMULATOR_DUO_H
#define SIMULATOR_DUO_H

#include "app/http.h"

#define DUO_BASE "/duo/v1"

/* Every operation of operations.def. */
enum status duo_answer(struct req *req);
/* "GET /personen/{bsn}/PIP": is there such an operation? */
bool duo_knows(const char *operation);

/* 0, or the status a caller is refused with who is not what he claims (certificate, bron, doel,
 * berichtId). */
int duo_check_caller(const struct req *req);

#endif
