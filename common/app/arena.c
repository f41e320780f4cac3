/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/arena.h"

#include <jansson.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)16 * 1024)

struct arena_block {
	struct arena_block *next;
	size_t size, used;
	alignas(max_align_t) char data[];
};

struct arena_release {
	struct arena_release *next;
	void (*release)(void *p);
	void *p;
};

static struct arena_block *block_new(size_t size)
{
	struct arena_block *b = malloc(sizeof(*b) + size);

	if (!b)
		abort();
	*b = (struct arena_block){ .size = size };
	return b;
}

void arena_init(struct arena *a)
{
	*a = (struct arena){ .head = block_new(BLOCK_SIZE) };
}

/* The first block that was taken stays; it stands at the end of the list. */
void arena_reset(struct arena *a)
{
	for (struct arena_release *r = a->releases; r; r = r->next)
		r->release(r->p);
	a->releases = NULL;
	while (a->head->next) {
		struct arena_block *b = a->head;

		a->head = b->next;
		free(b);
	}
	a->head->used = 0;
}

void arena_finish(struct arena *a)
{
	arena_reset(a);
	free(a->head);
	a->head = NULL;
}

void *arena_take(struct arena *a, size_t size)
{
	size_t need = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	struct arena_block *b = a->head;

	if (need < size)
		abort();
	if (b->size - b->used < need) {
		b = block_new(need > BLOCK_SIZE ? need : BLOCK_SIZE);
		b->next = a->head;
		a->head = b;
	}
	b->used += need;
	return b->data + b->used - need;
}

void arena_on_reset(struct arena *a, void (*release)(void *p), void *p)
{
	struct arena_release *r = arena_take(a, sizeof(*r));

	*r = (struct arena_release){ a->releases, release, p };
	a->releases = r;
}

static void release_json(void *v)
{
	json_decref(v);
}

json_t *arena_json(struct arena *a, json_t *v)
{
	if (v)
		arena_on_reset(a, release_json, v);
	return v;
}

void *arena_alloc(struct arena *a, size_t size)
{
	return memset(arena_take(a, size), 0, size);
}

char *arena_strndup(struct arena *a, const char *s, size_t len)
{
	char *out = arena_take(a, len + 1);

	memcpy(out, s, len);
	out[len] = '\0';
	return out;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	char *out;
	int len;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, ap);
	if (len < 0)
		abort();
	out = arena_take(a, (size_t)len + 1);
	vsnprintf(out, (size_t)len + 1, fmt, again);
	va_end(again);
	return out;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *out;

	va_start(ap, fmt);
	out = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return out;
}

void buffer_init(struct buffer *b, struct arena *a)
{
	*b = (struct buffer){ .arena = a, .data = arena_take(a, 256), .size = 256 };
	b->data[0] = '\0';
}

/* Room for `len` bytes and the end. */
static void make_room(struct buffer *b, size_t len)
{
	size_t size = 2 * b->size + len + 1;
	char *grown;

	if (b->size - b->len > len)
		return;
	grown = arena_take(b->arena, size);
	memcpy(grown, b->data, b->len);
	b->data = grown;
	b->size = size;
}

void buffer_add(struct buffer *b, const char *data, size_t len)
{
	make_room(b, len);
	memcpy(b->data + b->len, data, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void buffer_puts(struct buffer *b, const char *s)
{
	buffer_add(b, s, strlen(s));
}

void buffer_putc(struct buffer *b, char c)
{
	make_room(b, 1);
	b->data[b->len++] = c;
	b->data[b->len] = '\0';
}

void buffer_printf(struct buffer *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buffer_puts(b, arena_vprintf(b->arena, fmt, ap));
	va_end(ap);
}

/* Bytes that a JSON string writes otherwise; the end is one of them. */
static const bool is_escaped[256] = { [0 ... 0x1f] = true, ['"'] = true, ['\\'] = true };

/* The escape of a character that does not stand for itself. */
static const char *escape(unsigned char c, char code[7])
{
	switch (c) {
	case '"':
		return "\\\"";
	case '\\':
		return "\\\\";
	case '\n':
		return "\\n";
	case '\r':
		return "\\r";
	case '\t':
		return "\\t";
	default:
		snprintf(code, 7, "\\u%04x", c);
		return code;
	}
}

size_t text_cut(const char *s, size_t max)
{
	size_t n = strnlen(s, max);

	while (n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80)
		n--;
	return n;
}

void buffer_json(struct buffer *b, const char *s)
{
	const char *from = s;
	char code[7];

	buffer_putc(b, '"');
	for (;; s++) {
		if (!is_escaped[(unsigned char)*s])
			continue;
		buffer_add(b, from, (size_t)(s - from));
		if (!*s)
			break;
		buffer_puts(b, escape((unsigned char)*s, code));
		from = s + 1;
	}
	buffer_putc(b, '"');
}
