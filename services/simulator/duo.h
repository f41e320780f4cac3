/* SPDX-License-Identifier: EUPL-1.2
 *
 * DUO as the municipality sees it, /duo/v1: the same paths, headers, codes and rules as DUO's own
 * machine interface. Written apart from the law library on purpose: it checks what that sends.
 */
#ifndef SIMULATOR_DUO_H
#define SIMULATOR_DUO_H

#include "app/http.h"

/* GET of a document: /personen/{bsn}/{onderdeel} and, one level deeper, /examens/resultaten. */
enum status duo_lezen(struct req *req);
enum status duo_lezen_diep(struct req *req);
enum status duo_pip_ontvangen(struct req *req);
/* PUT of map, pvt and zroute; leaving the date out withdraws it. */
enum status duo_afronding_ontvangen(struct req *req);
enum status duo_aanbod_ontvangen(struct req *req);
enum status duo_instellingen(struct req *req);

#endif
