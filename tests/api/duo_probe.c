/* SPDX-License-Identifier: EUPL-1.2
 *
 * Every operation as the service speaks it, without what sets it off: sends by duo_call(), takes
 * the answer by duo_answer(), tells what it understood. Line by line on stdin: name of the
 * operation, berichtId, body (or nothing), separated by tabs; a body is read by the operation's own
 * table and written again, so that what is sent is what the table can say. One JSON object per line
 * on stdout. Usage: duo_probe URL CA FOLDER_OF_CERTIFICATES DUO_OIN OUR_OIN
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "app/service.h"
#include "kit.h"
#include "operations.h"

static const char *url;

/* In the place of address.c, which asks the database. */
const char *address_of(struct req *req, const char *gemeente)
{
	(void)req, (void)gemeente;
	return url;
}

/* The body as the table of `op` says it, NULL when that table cannot read it. */
static const char *rewrite(struct req *req, enum operation op, const char *body)
{
	const struct resource *r = operations[op].in;
	void *object = arena_alloc(req->arena, r->size);
	const char *field, *reason;
	struct buffer b;

	if (!fields_read_reply(req->arena, r->fields,
		    arena_json(req->arena, json_loads(body, 0, NULL)), object, &field, &reason))
		return NULL;
	buffer_init(&b, req->arena);
	fields_write_json(&b, r->fields, object);
	return b.data;
}

static void write_items(struct buffer *b, enum operation op, const void *answer)
{
	const struct resource *r = operations[op].out;
	const struct list *list = answer;

	if (!operations[op].is_list) {
		fields_write_json(b, r->fields, answer);
		return;
	}
	buffer_putc(b, '[');
	for (size_t i = 0; i < list->count; i++) {
		buffer_puts(b, i ? "," : "");
		fields_write_json(b, r->fields, (const char *)list->items + i * r->size);
	}
	buffer_putc(b, ']');
}

/* {"status", "answer" as understood, or "wrong"; "fault" of a refusal} */
static void tell(struct req *req, enum operation op, const struct client_call *call)
{
	const struct operation_row *row = &operations[op];
	size_t size = row->is_list ? sizeof(struct list) : row->out ? row->out->size : 1;
	void *answer = arena_alloc(req->arena, size);
	struct buffer b;

	buffer_init(&b, req->arena);
	buffer_printf(&b, "{\"status\":%ld", call->status);
	if (call->status != row->success) {
		buffer_puts(&b, ",\"fault\":");
		buffer_json(&b, duo_fault(req, call));
	} else if (row->out && duo_answer(req, op, call, answer) == OK) {
		buffer_puts(&b, ",\"answer\":");
		write_items(&b, op, answer);
	} else if (row->out) {
		buffer_puts(&b, ",\"wrong\":");
		buffer_json(&b, req->error.detail);
	}
	buffer_puts(&b, "}");
	puts(b.data);
	fflush(stdout);
}

static void work(struct app *app, const char *oin, char *line)
{
	struct arena arena;
	struct req req;
	char *name = strsep(&line, "\t"), *id = strsep(&line, "\t");
	enum operation op = operation_find(name);
	struct duo_subject about = { .gemeente = "9901", .oin = oin, .bsn = "999990019" };
	struct client_call call;
	const char *body = NULL;

	arena_init(&arena);
	req_init(&req, app, &arena);
	req_new_trace(&req);
	if (op == OP_COUNT)
		exit(3);
	/* of an institution, or of a contact person */
	about.nummer = operations[op].in == &duo_aanbod_resource || op == OP_AANBOD_INTREKKEN
			       ? "1000000001"
			       : "12345";
	if (line && *line)
		body = rewrite(&req, op, line);
	call = duo_call(&req, op, &about, id, body);
	if (client_run(&req, &call, 1) != OK)
		exit(4);
	tell(&req, op, &call);
	arena_finish(&arena);
}

int main(int argc, char **argv)
{
	struct app app = { 0 };
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	if (argc != 6)
		return 2;
	url = argv[1];
	app.config = (struct config){ .mode = MODE_TEST,
		.today = "",
		.duo_ca = argv[2],
		.duo_cert_dir = argv[3],
		.duo_oin = argv[4] };
	while ((n = getline(&line, &room, stdin)) > 0) {
		if (line[n - 1] == '\n')
			line[n - 1] = '\0';
		work(&app, argv[5], line);
	}
	free(line);
	client_close(&app);
	return 0;
}
