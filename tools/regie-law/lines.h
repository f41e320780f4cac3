/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef REGIE_LAW_LINES_H
#define REGIE_LAW_LINES_H

#include <stdbool.h>
#include "rules.h"

/* Appends the answer to one line of input, a newline included: the decision, or {"fout","veld"} and
 * false for a line that cannot be used. */
bool line_answer(
	struct arena *a, const struct rule *rule, const char *line, size_t len, struct buffer *out);

/* Answers every line of descriptor `in` on descriptor `out`; what is complete is answered before
 * more is read, so that another program can ask line by line. Returns 0, 2 when a line was
 * unusable, 1 when reading or writing failed. */
int lines_answer(const struct rule *rule, int in, int out);

#endif
