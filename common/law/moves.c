/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/moves.h"

#include <string.h>

#include "law/enforcement.h"
#include "law/intake.h"
#include "law/pip.h"

const struct law_machine *const law_machines[] = { &machine_intake, &machine_enforcement,
	&machine_pip, NULL };

const struct law_machine *law_machine_find(const char *name)
{
	for (const struct law_machine *const *m = law_machines; *m; m++)
		if (strcmp((*m)->name, name) == 0)
			return *m;
	return NULL;
}

const struct law_move *law_move_find(const struct law_machine *m, int state, int event,
	bool (*holds)(int condition, const void *facts), const void *facts)
{
	for (int i = 0; i < m->count; i++) {
		const struct law_move *move = &m->moves[i];

		if (move->from == state && move->event == event &&
			(!move->condition || !holds || holds(move->condition, facts)))
			return move;
	}
	return NULL;
}
