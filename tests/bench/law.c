/* SPDX-License-Identifier: EUPL-1.2
 *
 * What the law costs: every rule, each on the first usable case of its file, as one person. Prints
 * microseconds for all of them together, without JSON and with it.
 * Usage: law FOLDER (of <rule>.csv) [ROUNDS]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "rules/rule.h"

#define RULES_MAX 64
#define FOLDER_MAX 4096

struct question {
	const struct rule *rule;
	const char *line; /* the facts as JSON */
	void *io;
};

static double microseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static bool ask(const struct question *q, struct arena *a, void *io)
{
	json_t *facts = json_loads(q->line, 0, NULL);
	const char *field, *reason;
	bool ok;

	rule_init(q->rule, io, DATE_NONE);
	ok = rule_read(q->rule, a, facts, io, &field, &reason);
	json_decref(facts);
	return ok;
}

/* The second column of a line of cases; false when there is none. */
static bool take_facts(struct arena *a, const char *line, struct question *q)
{
	const char *from = strchr(line, ';');
	const char *to = from ? strchr(from + 1, ';') : NULL;

	if (!to)
		return false;
	q->line = arena_strndup(a, from + 1, (size_t)(to - from - 1));
	q->io = arena_alloc(a, q->rule->size);
	return ask(q, a, q->io);
}

static bool read_case(struct arena *a, const char *folder, struct question *q)
{
	char path[FOLDER_MAX + 64], *line = NULL;
	size_t size = 0;
	bool found = false;
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s.csv", folder, q->rule->name);
	file = fopen(path, "r");
	while (file && !found && getline(&line, &size, file) > 0)
		found = take_facts(a, line, q);
	free(line);
	if (file)
		fclose(file);
	return found;
}

static double time_decisions(const struct question *all, int count, int rounds)
{
	struct arena a;
	double start;

	arena_init(&a);
	start = microseconds();
	for (int i = 0; i < rounds; i++) {
		for (int k = 0; k < count; k++)
			rule_decide(all[k].rule, &a, all[k].io);
		arena_reset(&a);
	}
	start = microseconds() - start;
	arena_finish(&a);
	return start / rounds;
}

static double time_lines(const struct question *all, int count, int rounds)
{
	struct arena a;
	double start;

	arena_init(&a);
	start = microseconds();
	for (int i = 0; i < rounds; i++) {
		for (int k = 0; k < count; k++) {
			void *io = arena_alloc(&a, all[k].rule->size);

			ask(&all[k], &a, io);
			rule_decide(all[k].rule, &a, io);
			rule_answer_json(all[k].rule, &a, io);
			arena_reset(&a);
		}
	}
	start = microseconds() - start;
	arena_finish(&a);
	return start / rounds;
}

int main(int argc, char **argv)
{
	struct question all[RULES_MAX];
	int count = 0, rounds = argc > 2 ? atoi(argv[2]) : 20000;
	struct arena a;

	if (argc < 2 || rounds < 1 || strlen(argv[1]) > FOLDER_MAX) {
		fputs("usage: law FOLDER [ROUNDS]\n", stderr);
		return 2;
	}
	arena_init(&a);
	for (const struct rule *const *r = rules; *r && count < RULES_MAX; r++) {
		all[count] = (struct question){ .rule = *r };
		if (!read_case(&a, argv[1], &all[count++])) {
			fprintf(stderr, "law: no usable case of %s in %s\n", (*r)->name, argv[1]);
			return 1;
		}
	}
	printf("%d rules of one person: %.2f µs, with JSON in and out %.1f µs\n", count,
		time_decisions(all, count, rounds), time_lines(all, count, rounds / 10 + 1));
	arena_finish(&a);
	return 0;
}
