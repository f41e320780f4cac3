/* SPDX-License-Identifier: EUPL-1.2
 *
 * A state machine of the law as a Mermaid diagram: states by their names, moves by event, condition
 * and basis.
 */
#ifndef REGIE_LAW_DIAGRAM_H
#define REGIE_LAW_DIAGRAM_H

#include <stdio.h>
#include "law/moves.h"

void diagram_print(const struct law_machine *m, FILE *out);

#endif
