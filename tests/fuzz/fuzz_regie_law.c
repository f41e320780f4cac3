/* SPDX-License-Identifier: EUPL-1.2
 *
 * The name of a rule, a newline and one line of input: the answer is one JSON object on one line,
 * with grondslag and uitleg, or with fout and veld. What is answered can be told, and can be kept
 * and replayed with the same answer. After the name `replay` the line is a kept decision itself.
 */
#include <string.h>

#include "fuzz.h"
#include "lines.h"

struct asked {
	struct arena line, answers;
	struct buffer out;
	int result;
	json_t *answer;
};

static void ask(struct asked *a, line_question question, const struct rule *rule, const char *line,
	size_t len)
{
	arena_init(&a->line);
	arena_init(&a->answers);
	buffer_init(&a->out, &a->answers);
	a->result = line_answer(question, rule, &a->line, line, len, &a->out);
	a->answer = json_loadb(a->out.data, a->out.len, JSON_REJECT_DUPLICATES, NULL);
	MUST(memchr(a->out.data, '\n', a->out.len) == a->out.data + a->out.len - 1);
	MUST(json_is_object(a->answer));
	if (a->result != 2)
		return;
	MUST(json_string_length(json_object_get(a->answer, "fout")) > 0);
	MUST(json_is_string(json_object_get(a->answer, "veld")));
}

static void finish(struct asked *a)
{
	json_decref(a->answer);
	arena_finish(&a->line);
	arena_finish(&a->answers);
}

static void check_account(const struct rule *rule, const char *line, size_t len)
{
	struct asked told;
	const char *text;

	ask(&told, ask_account, rule, line, len);
	text = json_string_value(json_object_get(told.answer, "verslag"));
	MUST(told.result == 0 && text && strncmp(text, "Feiten\n- ", 9) == 0);
	MUST(strstr(text, "\nRegel\n") && strstr(text, "\nUitkomst\n") &&
		strstr(text, "\nArtikelen\n"));
	finish(&told);
}

static void check_replay(const struct rule *rule, const char *line, size_t len)
{
	struct asked kept, again;
	struct arena a;
	struct buffer question;

	arena_init(&a);
	buffer_init(&question, &a);
	buffer_printf(&question, "{\"regel\":\"%s\",\"feiten\":", rule->name);
	buffer_add(&question, line, len);
	buffer_putc(&question, '}');
	ask(&kept, ask_record, NULL, question.data, question.len);
	MUST(kept.result == 0);
	ask(&again, ask_replay, NULL, kept.out.data, kept.out.len);
	MUST(again.result == 0 && json_is_true(json_object_get(again.answer, "gelijk")));
	finish(&again);
	finish(&kept);
	arena_finish(&a);
}

static void check_rule(const struct rule *rule, const char *line, size_t len)
{
	struct asked answered;

	ask(&answered, ask_rule, rule, line, len);
	if (answered.result == 0) {
		MUST(json_array_size(json_object_get(answered.answer, "grondslag")) > 0);
		MUST(json_string_length(json_object_get(answered.answer, "uitleg")) > 0);
		check_account(rule, line, len);
		check_replay(rule, line, len);
	}
	MUST(answered.result == 0 || answered.result == 2);
	finish(&answered);
}

static void check_kept(const char *line, size_t len)
{
	struct asked again;
	bool same;

	ask(&again, ask_replay, NULL, line, len);
	same = json_is_true(json_object_get(again.answer, "gelijk"));
	MUST(again.result == 2 || same == (again.result == 0));
	MUST(again.result != 1 || json_is_object(json_object_get(again.answer, "antwoord")));
	finish(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *newline = memchr(data, '\n', size);
	const struct rule *rule;
	const char *line;
	char name[32];
	size_t len;

	if (!newline)
		return 0;
	line = (const char *)newline + 1;
	len = size - (size_t)(newline + 1 - data);
	snprintf(name, sizeof(name), "%.*s", (int)(newline - data), (const char *)data);
	rule = rule_find(name);
	if (rule)
		check_rule(rule, line, len);
	else if (strcmp(name, "replay") == 0)
		check_kept(line, len);
	return 0;
}
