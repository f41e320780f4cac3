/* SPDX-License-Identifier: EUPL-1.2
 *
 * The routes of enforcement; main.c lists them. The order of a procedure is the law's
 * machine_enforcement.
 */
#ifndef ENFORCEMENT_HANDLERS_H
#define ENFORCEMENT_HANDLERS_H

#include "app/http.h"

/* Who prepares, and who decides. */
#define SCOPE_VOORBEREIDEN SCOPE_DOSSIER
#define SCOPE_BESLISSEN (ROL_HANDHAVER | ROL_TEAMLEIDER)

extern const struct resource rapport_in, zienswijze_in, voorstel_in, tweede_lezing_in, besluit_in,
	bekendmaking_in, bezwaar_in, seponering_in;

enum status overtreding_vaststellen(struct req *req);
enum status overtredingen_tonen(struct req *req);
enum status overtreding_tonen(struct req *req);
enum status signalen_tonen(struct req *req);
enum status boetes_tonen(struct req *req);
enum status ontvangen_boetes_tonen(struct req *req);

enum status rapport(struct req *req);
enum status zienswijze(struct req *req);
enum status voorstel(struct req *req);
enum status tweede_lezing(struct req *req);
enum status besluit(struct req *req);
enum status bekendmaking(struct req *req);
enum status bezwaar(struct req *req);
enum status onherroepelijk(struct req *req);
enum status seponering(struct req *req);

#endif
