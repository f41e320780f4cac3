/* SPDX-License-Identifier: EUPL-1.2
 *
 * JSON lines in, JSON lines out. What is asked of each line is one of the questions below.
 */
#ifndef REGIE_LAW_LINES_H
#define REGIE_LAW_LINES_H

#include <stdbool.h>
#include "rules/rule.h"

/* Answers `body` on one line, newline included; the exit code it asks for: 0, or 1 for a replay
 * that differs. Unusable: 2, with field and reason. */
typedef int (*line_question)(const struct rule *rule, struct arena *a, json_t *body,
	struct buffer *out, const char **field, const char **reason);

/* The decision. */
int ask_rule(const struct rule *rule, struct arena *a, json_t *body, struct buffer *out,
	const char **field, const char **reason);
/* The decision's account: {"verslag"}. */
int ask_account(const struct rule *rule, struct arena *a, json_t *body, struct buffer *out,
	const char **field, const char **reason);
/* The record of a decision as a service keeps it, from {"regel","feiten"} and perhaps "peildatum"
 * and "versie". */
int ask_record(const struct rule *rule, struct arena *a, json_t *body, struct buffer *out,
	const char **field, const char **reason);
/* Whether a kept decision (any rule) gets the same answer: {"regel","gelijk"} and, when not,
 * "antwoord". */
int ask_replay(const struct rule *rule, struct arena *a, json_t *body, struct buffer *out,
	const char **field, const char **reason);

/* Appends the answer to one line, a newline included; {"fout","veld"} and 2 for a line that cannot
 * be used. `rule` is NULL for a record and a replay. */
int line_answer(line_question ask, const struct rule *rule, struct arena *a, const char *line,
	size_t len, struct buffer *out);

/* Answers every line of descriptor `in` on descriptor `out`; what is complete is answered before
 * more is read, so that another program can ask line by line. Returns 0, 2 when a line was
 * unusable, else 1 when a replay differed or reading or writing failed. */
int lines_answer(line_question ask, const struct rule *rule, int in, int out);

#endif
