/* SPDX-License-Identifier: EUPL-1.2
 *
 * The name of a rule, a newline and one line of input: the answer is one JSON object on one line,
 * with grondslag and uitleg, or with fout and veld.
 */
#include <string.h>

#include "fuzz.h"
#include "lines.h"

static void check_answer(const struct buffer *out, bool usable)
{
	json_t *answer = json_loadb(out->data, out->len, JSON_REJECT_DUPLICATES, NULL);

	MUST(memchr(out->data, '\n', out->len) == out->data + out->len - 1);
	MUST(json_is_object(answer));
	if (usable) {
		MUST(json_array_size(json_object_get(answer, "grondslag")) > 0);
		MUST(json_string_length(json_object_get(answer, "uitleg")) > 0);
	} else {
		MUST(json_string_length(json_object_get(answer, "fout")) > 0);
		MUST(json_is_string(json_object_get(answer, "veld")));
	}
	json_decref(answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *newline = memchr(data, '\n', size);
	char name[32];
	const struct rule *rule;
	struct arena line, answers;
	struct buffer out;
	bool usable;

	if (!newline)
		return 0;
	snprintf(name, sizeof(name), "%.*s", (int)(newline - data), (const char *)data);
	rule = rule_find(name);
	if (!rule)
		return 0;
	arena_init(&line);
	arena_init(&answers);
	buffer_init(&out, &answers);
	usable = line_answer(ask_rule, rule, &line, (const char *)newline + 1,
			 size - (size_t)(newline + 1 - data), &out) == 0;
	check_answer(&out, usable);
	arena_finish(&line);
	arena_finish(&answers);
	return 0;
}
