/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/http.h"

static const char *service_name = "regie";
static const char *const level_names[] = { "fout", "let-op", "info" };

void log_open(const char *service)
{
	service_name = service;
}

/* One write per line, so that lines of several processes do not mix. */
static void write_line(struct buffer *b)
{
	const char *p;
	size_t left;

	buffer_putc(b, '\n');
	p = b->data;
	left = b->len;
	while (left > 0) {
		ssize_t n = write(STDERR_FILENO, p, left);

		if (n <= 0)
			return;
		p += n;
		left -= (size_t)n;
	}
}

void log_line(const struct req *req, enum log_level level, const char *message, ...)
{
	struct arena arena;
	struct buffer b;
	struct timespec now;
	struct tm utc;
	char stamp[24];
	const char *name;
	va_list ap;

	arena_init(&arena);
	buffer_init(&b, &arena);
	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &utc);
	strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H:%M:%S", &utc);
	buffer_printf(&b, "{\"tijdstip\":\"%s.%03ldZ\",\"niveau\":\"%s\",\"dienst\":\"%s\"", stamp,
		now.tv_nsec / 1000000, level_names[level], service_name);
	if (req && req->trace_id[0])
		buffer_printf(&b, ",\"traceId\":\"%s\"", req->trace_id);
	buffer_puts(&b, ",\"melding\":");
	buffer_json(&b, message);
	va_start(ap, message);
	while ((name = va_arg(ap, const char *))) {
		const char *value = va_arg(ap, const char *);

		buffer_putc(&b, ',');
		buffer_json(&b, name);
		buffer_putc(&b, ':');
		buffer_json(&b, value ? value : "");
	}
	va_end(ap);
	buffer_putc(&b, '}');
	write_line(&b);
	arena_finish(&arena);
}
