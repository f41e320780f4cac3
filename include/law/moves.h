/* SPDX-License-Identifier: EUPL-1.2
 *
 * State machines of the law as tables of moves: from a state, by an event, under a condition, to a
 * state; with who takes the move and on which basis. Pure data: a service looks a move up here and
 * adds only what it demands and writes, and `regie-law diagram` draws it.
 */
#ifndef LAW_MOVES_H
#define LAW_MOVES_H

#include <stdbool.h>
#include <stddef.h>

/* Awb 10:3: who prepares a decision, and who takes it. */
enum law_who { WIE_BEREIDT_VOOR = 1, WIE_BESLIST };

struct law_move {
	int from, event;
	int condition; /* of the machine's conditions; 0: always */
	int to;
	enum law_who who;
	const char *basis;
	const char *note; /* Dutch, or NULL */
};

/* Texts of states, events and conditions are NULL-terminated; value n is the n-th. */
struct law_machine {
	const char *name;
	const char *doc; /* Dutch: what goes through it */
	const char *const *states, *const *events, *const *conditions;
	const int *finals; /* states without a way out, ends with 0 */
	int start;
	int count;
	const struct law_move *moves;
};

/* The three that there are; ends with NULL. */
extern const struct law_machine *const law_machines[];

/* NULL when there is none of that name. */
const struct law_machine *law_machine_find(const char *name);

/* The first move from `state` by `event` whose condition `holds` of `facts`, or NULL. Without
 * `holds` no condition is asked: who uses the table asks it before the move is made. */
const struct law_move *law_move_find(const struct law_machine *m, int state, int event,
	bool (*holds)(int condition, const void *facts), const void *facts);

#endif
