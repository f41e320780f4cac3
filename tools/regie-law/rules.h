/* SPDX-License-Identifier: EUPL-1.2
 *
 * The rules that regie-law can run: a row each, with the field tables of question and answer.
 */
#ifndef REGIE_LAW_RULES_H
#define REGIE_LAW_RULES_H

#include <stdbool.h>
#include "app/arena.h"
#include "app/field.h"

struct rule {
	const char *name;
	const char *articles;
	const char *doc; /* Dutch */
	const struct field *in, *out;
	size_t size; /* of the struct that both tables describe */
	/* Answers within `io`; lists may be taken from the arena. */
	void (*decide)(struct arena *a, void *io);
	/* What a table cannot say: false with the path and the reason (Dutch). May be NULL. */
	bool (*check)(const void *io, const char **field, const char **reason);
};

extern const struct rule rules[]; /* ends with a row without a name */

const struct rule *rule_find(const char *name);

#endif
