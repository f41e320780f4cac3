/* SPDX-License-Identifier: EUPL-1.2
 *
 * By when the college's own work should be done: the law or the policy behind a deadline of the
 * work list. No person's right depends on it.
 */
#ifndef LAW_PLANNING_H
#define LAW_PLANNING_H

#include "law/basis.h"

/* The first oproep for the brede intake of a dossier that came in on `d`: policy. */
struct date planning_eerste_oproep(struct date d);
/* The PIP of a dossier whose ten weeks do not run yet, seen from `d`: Bi art. 5.3. */
struct date planning_pip(struct date d);
/* The inburgeringsaanbod after the PIP, before its absence gives a longer term: Ri art. 4.1. */
struct date planning_aanbod(struct date dagtekening, int leerroute);
/* What the gemeente arranges itself: `days` after `d`. */
struct date planning_dagen(struct date d, int days);

#endif
