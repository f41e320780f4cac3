/* SPDX-License-Identifier: EUPL-1.2
 *
 * The routes of progress; main.c lists them.
 */
#ifndef PROGRESS_HANDLERS_H
#define PROGRESS_HANDLERS_H

#include "app/http.h"

extern const struct resource gesprek_uitkomst_resource, voltooiing_resource;

enum status termijn_tonen(struct req *req);
enum status gesprek_plannen(struct req *req);
enum status gesprekken_tonen(struct req *req);
enum status gesprek_tonen(struct req *req);
enum status gesprek_uitkomst_vastleggen(struct req *req);
enum status uren_vastleggen(struct req *req);
enum status uren_lijst(struct req *req);
enum status uren_tonen(struct req *req);
enum status examen_vastleggen(struct req *req);
enum status examens_tonen(struct req *req);
enum status examen_tonen(struct req *req);
enum status beoordelingen_tonen(struct req *req);
enum status pvt_tonen(struct req *req);
enum status pvt_vastleggen(struct req *req);
enum status pvt_intrekken(struct req *req);
enum status map_tonen(struct req *req);
enum status map_vastleggen(struct req *req);
enum status map_intrekken(struct req *req);
enum status z_route_tonen(struct req *req);
enum status z_route_vastleggen(struct req *req);
enum status z_route_intrekken(struct req *req);
enum status tst_tonen(struct req *req);
enum status tst_vastleggen(struct req *req);
enum status voltooiing_tonen(struct req *req);

#endif
