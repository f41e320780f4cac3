/* SPDX-License-Identifier: EUPL-1.2
 *
 * The PIP as a machine (Wi art. 15): a concept until it is set, then a decision until a newer one
 * takes its place. A renewed PIP does not move the term (Wi art. 11 lid 3). A PIP that was set by
 * mistake is withdrawn while nothing rests on it; then the one before holds again.
 */
#ifndef LAW_PIP_H
#define LAW_PIP_H

#include "law/moves.h"

enum pip_status { PIP_CONCEPT = 1, PIP_VASTGESTELD, PIP_VERVANGEN, PIP_INGETROKKEN };
extern const char *const pip_status_values[];

enum pip_zet { PIP_WIJZIGING = 1, PIP_VASTSTELLING, PIP_VERVANGING, PIP_INTREKKING, PIP_HERLEVING };
extern const char *const pip_zet_values[];

extern const struct law_machine machine_pip;

#endif
