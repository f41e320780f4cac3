/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef LEARNING_ROUTES_HANDLERS_H
#define LEARNING_ROUTES_HANDLERS_H

#include "app/http.h"

enum status pip_maken(struct req *req);
/* Changes a concept as a whole. */
enum status pip_wijzigen(struct req *req);
enum status pip_tonen(struct req *req);
enum status pip_geldend(struct req *req);
enum status pips_tonen(struct req *req);
enum status ontvangen_pips_tonen(struct req *req);
/* Wi art. 15 and 17, Bi art. 5.3 and 5.4: refused with all objections of the law and of DUO; what
 * the law said is kept with the PIP. */
enum status pip_vaststellen(struct req *req);
/* A PIP that was set by mistake, while DUO would delete it; the one before holds again. */
enum status pip_intrekken(struct req *req);
/* Wi art. 16; refused with all objections of DUO. */
enum status aanbod_maken(struct req *req);
enum status aanbod_intrekken(struct req *req);
enum status aanbod_tonen(struct req *req);
enum status aanbiedingen_tonen(struct req *req);
enum status cursusinstellingen_tonen(struct req *req);

#endif
