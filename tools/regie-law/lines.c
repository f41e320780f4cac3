/* SPDX-License-Identifier: EUPL-1.2 */
#include "lines.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CHUNK 65536
#define UNUSABLE 2
#define LINE_MAX_BYTES (1 << 20)

static int unusable(struct buffer *out, const char *field, const char *reason)
{
	buffer_puts(out, "{\"fout\":");
	buffer_json(out, reason);
	buffer_puts(out, ",\"veld\":");
	buffer_json(out, field);
	buffer_puts(out, "}\n");
	return UNUSABLE;
}

/* The facts of `body` and the rule's decision on them; NULL when they cannot be used. */
static void *decide(const struct rule *rule, struct arena *a, json_t *body, const char **field,
	const char **reason)
{
	void *io = arena_alloc(a, rule->size);

	rule_init(rule, io, DATE_NONE);
	if (!rule_read(rule, a, body, io, field, reason))
		return NULL;
	rule_decide(rule, a, io);
	return io;
}

int ask_rule(const struct rule *rule, struct arena *a, json_t *body, struct buffer *out,
	const char **field, const char **reason)
{
	void *io = decide(rule, a, body, field, reason);

	if (!io)
		return UNUSABLE;
	fields_write_json(out, rule->out, io);
	buffer_putc(out, '\n');
	return 0;
}

int ask_account(const struct rule *rule, struct arena *a, json_t *body, struct buffer *out,
	const char **field, const char **reason)
{
	void *io = decide(rule, a, body, field, reason);

	if (!io)
		return UNUSABLE;
	buffer_puts(out, "{\"verslag\":");
	buffer_json(out, rule_account(rule, a, io));
	buffer_puts(out, "}\n");
	return 0;
}

int ask_record(const struct rule *rule, struct arena *a, json_t *body, struct buffer *out,
	const char **field, const char **reason)
{
	void *io = rule_answer_record(a, body, &rule, field, reason);

	if (!io)
		return UNUSABLE;
	buffer_puts(out, rule_record(rule, a, io));
	buffer_putc(out, '\n');
	return 0;
}

int ask_replay(const struct rule *rule, struct arena *a, json_t *body, struct buffer *out,
	const char **field, const char **reason)
{
	const char *answer;
	bool same;

	(void)rule;
	if (!rule_replay(a, body, &same, &answer, field, reason))
		return UNUSABLE;
	buffer_puts(out, "{\"regel\":");
	buffer_json(out, json_string_value(json_object_get(body, "regel")));
	buffer_puts(out, same ? ",\"gelijk\":true" : ",\"gelijk\":false,\"antwoord\":");
	buffer_puts(out, same ? "" : answer);
	buffer_puts(out, "}\n");
	return same ? 0 : 1;
}

int line_answer(line_question ask, const struct rule *rule, struct arena *a, const char *line,
	size_t len, struct buffer *out)
{
	json_t *body = json_loadb(line, len, JSON_REJECT_DUPLICATES, NULL);
	const char *field = "body", *reason = "Dit is geen geldige JSON";
	int result = body ? ask(rule, a, body, out, &field, &reason) : UNUSABLE;

	if (result == UNUSABLE)
		unusable(out, field, reason);
	json_decref(body);
	return result;
}

static bool write_all(int fd, const char *data, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		data += n;
		len -= (size_t)n;
	}
	return true;
}

struct input {
	char *data;
	size_t len, size;
};

/* Reads more; 0 at the end of the input, negative on failure. */
static ssize_t input_fill(struct input *in, int fd)
{
	ssize_t n;

	if (in->size - in->len < CHUNK) {
		char *more = realloc(in->data, in->size + 2 * CHUNK);

		if (!more)
			return -1;
		in->data = more;
		in->size += 2 * CHUNK;
	}
	do
		n = read(fd, in->data + in->len, CHUNK);
	while (n < 0 && errno == EINTR);
	in->len += n > 0 ? (size_t)n : 0;
	return n;
}

static bool is_blank(const char *line, size_t len)
{
	while (len > 0 && (line[len - 1] == ' ' || line[len - 1] == '\t' || line[len - 1] == '\r'))
		len--;
	return len == 0;
}

struct run {
	line_question ask;
	const struct rule *rule;
	struct arena line, answers; /* memory of one line, and of the answers not yet written */
	struct buffer out;
	bool skip; /* what comes is the rest of a line that was too long */
	int result;
};

static void answer_one(struct run *run, const char *line, size_t len)
{
	int result;

	if (run->skip || (len < LINE_MAX_BYTES && is_blank(line, len)))
		return;
	result = len < LINE_MAX_BYTES
			 ? line_answer(run->ask, run->rule, &run->line, line, len, &run->out)
			 : unusable(&run->out, "body", "De regel is langer dan 1 MiB");
	if (result > run->result)
		run->result = result;
	arena_reset(&run->line);
}

/* Answers the complete lines (at the end also the last one without newline) and keeps the rest. */
static void answer_complete(struct run *run, struct input *in, bool at_end)
{
	size_t done = 0;

	while (done < in->len) {
		const char *line = in->data + done;
		const char *end = memchr(line, '\n', in->len - done);
		size_t len = end ? (size_t)(end - line) : in->len - done;

		if (!end && !at_end && len < LINE_MAX_BYTES)
			break;
		answer_one(run, line, len);
		run->skip = !end;
		done += len + (end != NULL);
	}
	memmove(in->data, in->data + done, in->len - done);
	in->len -= done;
}

/* The buffer keeps its place for the answers that come. */
static bool write_answers(struct run *run, int fd)
{
	bool ok = write_all(fd, run->out.data, run->out.len);

	run->out.len = 0;
	return ok;
}

/* ---- memory of jansson: that of the line in hand, released with it ---- */

static struct arena *json_memory;

static void *json_take(size_t size)
{
	return arena_take(json_memory, size);
}

static void json_keep(void *p)
{
	(void)p;
}

int lines_answer(line_question ask, const struct rule *rule, int in, int out)
{
	struct run run = { .ask = ask, .rule = rule };
	struct input input = { 0 };
	bool broken = false;
	ssize_t n;

	arena_init(&run.line);
	arena_init(&run.answers);
	json_memory = &run.line;
	json_set_alloc_funcs(json_take, json_keep);
	buffer_init(&run.out, &run.answers);
	do {
		n = input_fill(&input, in);
		if (n >= 0 && input.data)
			answer_complete(&run, &input, n == 0);
		broken = n < 0 || !write_answers(&run, out);
	} while (n > 0 && !broken);
	free(input.data);
	arena_finish(&run.line);
	arena_finish(&run.answers);
	return broken ? 1 : run.result;
}
