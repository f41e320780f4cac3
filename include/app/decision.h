/* SPDX-License-Identifier: EUPL-1.2
 *
 * A decision by a rule of the law, kept for good: with which facts, by which version of the rule,
 * what came out and how that is told (core.beslissing, append-only). rules/rule.h fills it.
 */
#ifndef APP_DECISION_H
#define APP_DECISION_H

#include "app/db.h"

struct decision {
	const char *gemeente, *inburgeraar;
	const char *onderwerp; /* id of the record that rests on it, or NULL */
	const char *regel;
	int versie;
	struct date peildatum; /* whose figures held; DATE_NONE: the newest */
	const char *feiten, *antwoord; /* JSON objects */
	const char *verslag; /* the account, Dutch */
};

/* Adds it to the batch: stored with the change that rests on it, or not at all. */
void decision_store(struct batch *b, const struct decision *d);

#endif
