/* SPDX-License-Identifier: EUPL-1.2
 *
 * Memory of one request: everything is taken from the arena and released in one go when the
 * request ends. Nothing in it is freed by hand; what a library owns is tied to it by
 * arena_on_reset(). An arena is used by one request at a time. Out of memory ends the process (the
 * master replaces it).
 */
#ifndef APP_ARENA_H
#define APP_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;
struct arena_release;
struct json_t;

struct arena {
	struct arena_block *head;
	struct arena_release *releases;
};

/* A string that grows in an arena. `data` is always terminated by '\0'; `len` does not count it. */
struct buffer {
	struct arena *arena;
	char *data;
	size_t len;
	size_t size;
};

void arena_init(struct arena *a);
/* Keeps one block for the next request; all pointers handed out become invalid. */
void arena_reset(struct arena *a);
void arena_finish(struct arena *a);

/* Calls release(p) at the reset: for what a library gave us and the request keeps. */
void arena_on_reset(struct arena *a, void (*release)(void *p), void *p);
/* Takes over the caller's reference until the reset; returns `v`, which may be NULL. */
struct json_t *arena_json(struct arena *a, struct json_t *v);

/* Memory aligned for any type; zeroed, or (arena_take) as it is. */
void *arena_alloc(struct arena *a, size_t size);
void *arena_take(struct arena *a, size_t size);
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t len);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap);

/* Bytes of `s` (UTF-8), at most `max`, that end between two characters. */
size_t text_cut(const char *s, size_t max);

void buffer_init(struct buffer *b, struct arena *a);
void buffer_add(struct buffer *b, const char *data, size_t len);
void buffer_puts(struct buffer *b, const char *s);
void buffer_putc(struct buffer *b, char c);
void buffer_printf(struct buffer *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Adds `s` as a JSON string, quotes and escapes included. */
void buffer_json(struct buffer *b, const char *s);

#endif
