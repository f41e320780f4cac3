/* SPDX-License-Identifier: EUPL-1.2
 *
 * How long a file is kept: Bi art. 9.9. All of it until five years after the end of the plicht, or
 * the death; a few core facts (BSN, name, address, birth date, exemption, dispensation, date and
 * way of fulfilment) at most fifty years.
 *
 * Choices where the law is silent: the file goes on the day with the same number, or on the day of
 * the death when that is earlier; the fifty years count from the end of the plicht, and from the
 * death when the plicht did not end before. They are a maximum: a gemeente may keep less. What
 * remains of a loan (DUO's) is not part of this.
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
