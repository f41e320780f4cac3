/* SPDX-License-Identifier: EUPL-1.2
 *
 * The queue of messages to DUO, for caseworkers: what waits, what DUO said, sending again, letting
 * it be, and the work list of what must be typed into DUO's portal. What DUO refuses is mended
 * where the fact is kept (`verbeteren`): that makes a new message, which takes the place of the
 * refused one.
 */
#ifndef DUO_QUEUE_H
#define DUO_QUEUE_H

#include "app/http.h"

extern const struct resource melding_resource, meldingfilter_resource, wachtrij_resource,
	vervallenverklaring_resource, examennummer_resource;

enum status wachtrij_tonen(struct req *req);
enum status wachtrij_van_persoon_tonen(struct req *req);
enum status meldingen_tonen(struct req *req);
/* What was refused, is dead, or waits for more than config.duo_portal_hours. */
enum status portaalwerk_tonen(struct req *req);
enum status melding_tonen(struct req *req);
enum status melding_herzenden(struct req *req);
enum status melding_laten_vervallen(struct req *req);
enum status melding_overgetypt(struct req *req);
/* Asks DUO while the caller waits: the number is DUO's and is not kept. */
enum status examennummer_tonen(struct req *req);
enum status examennummer_intrekken(struct req *req);

#endif
