/* SPDX-License-Identifier: EUPL-1.2 */
#include "request.h"

#include <fcgiapp.h>
#include <string.h>

#include "app/log.h"

#define LINES_MAX 200
#define REPLY_SIZE 4096

/* ---- instead of Redis and stderr (ld --wrap) ---- */

enum status __wrap_session_load(struct req *req);
enum status __wrap_queue_get(struct req *req, const char *key, const char **value);
void __wrap_log_line(const struct req *req, enum log_level level, const char *message, ...);

/* Somebody with a token is a caseworker of one gemeente. */
enum status __wrap_session_load(struct req *req)
{
	req->session = (struct session){ 0 };
	if (req->bearer)
		req->session = (struct session){
			.roles = ROL_REGISSEUR, .gebruiker = "iemand", .gemeenten = "0599"
		};
	return OK;
}

enum status __wrap_queue_get(struct req *req, const char *key, const char **value)
{
	(void)key, (void)value;
	return fail(req, ERR_NOT_FOUND, "Deze sleutel is er niet");
}

void __wrap_log_line(const struct req *req, enum log_level level, const char *message, ...)
{
	(void)req, (void)level, (void)message;
}

/* ---- streams in memory ---- */

static void no_more(struct FCGX_Stream *s)
{
	s->isClosed = 1;
}

struct written {
	FCGX_Stream stream;
	unsigned char room[REPLY_SIZE];
	size_t len;
	char head[REPLY_SIZE]; /* the beginning of the answer */
};

static void take_written(struct FCGX_Stream *s, int closing)
{
	struct written *w = s->data;
	size_t n = (size_t)(s->wrNext - w->room), free_room = sizeof(w->head) - 1 - w->len;

	(void)closing;
	memcpy(w->head + w->len, w->room, n < free_room ? n : free_room);
	w->len += n < free_room ? n : free_room;
	s->wrNext = w->room;
}

static void open_reader(FCGX_Stream *s, unsigned char *body, size_t len)
{
	*s = (FCGX_Stream){ .rdNext = body,
		.stop = body + len,
		.stopUnget = body,
		.isReader = 1,
		.fillBuffProc = no_more };
}

static void open_writer(struct written *w)
{
	memset(w, 0, sizeof(*w));
	w->stream = (FCGX_Stream){ .wrNext = w->room,
		.stop = w->room + sizeof(w->room),
		.emptyBuffProc = take_written,
		.data = w };
}

/* Cuts the lines in front of the body off `text`; returns where the body begins. */
static char *cut_lines(char *text, char *end, char *envp[LINES_MAX + 1])
{
	int n = 0;

	while (text < end && n < LINES_MAX) {
		char *newline = memchr(text, '\n', (size_t)(end - text));

		if (newline)
			*newline = '\0';
		if (newline == text) {
			text++;
			break;
		}
		envp[n++] = text;
		text = newline ? newline + 1 : end;
	}
	envp[n] = NULL;
	return text;
}

/* The head is lines that each have a name and a value; nothing of the request breaks out of one. */
static void check_reply(struct req *req, struct written *w)
{
	char expected[32];
	char *body, *line;

	take_written(&w->stream, 0);
	snprintf(expected, sizeof(expected), "Status: %d\r\n", req->reply_status);
	MUST(strncmp(w->head, expected, strlen(expected)) == 0);
	body = strstr(w->head, "\r\n\r\n");
	if (!body)
		return; /* a head longer than we keep */
	body[2] = '\0';
	for (line = w->head; *line; line = strstr(line, "\r\n") + 2) {
		size_t n = strcspn(line, ":\r\n");

		MUST(n > 0 && line[n] == ':');
		MUST(line[strcspn(line, "\r\n")] == '\r');
	}
}

/* A problem is JSON whatever the request was. */
static void check_problem(struct req *req)
{
	json_t *problem;

	if (!req->reply_type || strcmp(req->reply_type, "application/problem+json") != 0)
		return;
	problem =
		json_loadb(req->reply_body.data, req->reply_body.len, JSON_REJECT_DUPLICATES, NULL);
	MUST(json_integer_value(json_object_get(problem, "status")) == req->reply_status);
	MUST(req->reply_status >= 400 && req->reply_status < 500);
	json_decref(problem);
}

int request_answer(struct req *req, struct app *app, const uint8_t *data, size_t size)
{
	char *text = arena_strndup(req->arena, (const char *)data, size);
	char *envp[LINES_MAX + 1], *body = cut_lines(text, text + size, envp);
	FCGX_Stream in;
	struct written out;
	FCGX_Request fcgi = { .in = &in, .out = &out.stream, .envp = envp };

	open_reader(&in, (unsigned char *)body, (size_t)(text + size - body));
	open_writer(&out);
	req_init(req, app, req->arena);
	http_read(req, &fcgi);
	dispatch(req);
	http_write(req, &fcgi);
	MUST(req->reply_status >= 200 && req->reply_status < 600);
	check_reply(req, &out);
	check_problem(req);
	return req->reply_status;
}
