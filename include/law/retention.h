/* SPDX-License-Identifier: EUPL-1.2
 *
 * How long a file is kept: Bi art. 9.9. All of it until five years after the end of the plicht, or
 * the death; a few core facts (BSN, name, address, birth date, exemption, dispensation, date and
 * way of fulfilment) at most fifty years.
 *
 * Where the law is open: bewaren-… in common/law/readings.def.
 */
#ifndef LAW_RETENTION_H
#define LAW_RETENTION_H

#include "law/basis.h"

struct bewaren_facts {
	struct date einde_plicht, overleden_op; /* may be DATE_NONE */
};

struct bewaren {
	struct date vernietigen_op; /* DATE_NONE: no end yet */
	struct date kernset_tot; /* at most */
	struct basis basis;
};

void bewaren(const struct bewaren_facts *f, struct bewaren *out);

#endif
