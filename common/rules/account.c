/* SPDX-License-Identifier: EUPL-1.2
 * The account of a decision: every fact and outcome by the Dutch text of its field table. */
#include <string.h>

#include "tables.h"

static void say_list(struct buffer *b, const struct field *f, const struct list *list);
static void say_fields(struct buffer *b, const struct field *fields, const void *obj,
	const char *before, const char *between);

static const void *member(const struct field *f, const void *obj)
{
	return (const char *)obj + f->offset;
}

static bool is_plain(const struct field *f)
{
	return f->name && !f->name[0];
}

static void say_cents(struct buffer *b, int64_t cents)
{
	buffer_printf(b, "%lld,%02lld euro", (long long)(cents / 100), (long long)(cents % 100));
}

static void say_value(struct buffer *b, const struct field *f, const void *obj)
{
	char words[DATE_WORDS];

	switch (f->type) {
	case F_DATE:
		buffer_puts(b, date_in_words(*(const struct date *)member(f, obj), words));
		break;
	case F_BOOL:
		buffer_puts(b, *(const int *)member(f, obj) ? "ja" : "nee");
		break;
	case F_INT:
		buffer_printf(b, "%lld", (long long)*(const int64_t *)member(f, obj));
		break;
	case F_CENTS:
		say_cents(b, *(const int64_t *)member(f, obj));
		break;
	case F_ENUM:
		buffer_puts(b, enum_text(f->values, *(const int *)member(f, obj)));
		break;
	case F_LIST:
		say_list(b, f, member(f, obj));
		break;
	case F_OBJECT:
		say_fields(b, f->items, member(f, obj), "", "; ");
		break;
	default:
		buffer_puts(b, *(const char *const *)member(f, obj));
	}
}

static void say_list(struct buffer *b, const struct field *f, const struct list *list)
{
	if (list->count == 0)
		buffer_puts(b, "geen");
	for (size_t i = 0; i < list->count; i++) {
		const void *item = (const char *)list->items + i * f->item_size;

		buffer_puts(b, i ? "; " : "");
		if (is_plain(f->items)) {
			say_value(b, f->items, item);
			continue;
		}
		buffer_printf(b, "(%zu) ", i + 1);
		say_fields(b, f->items, item, "", ", ");
	}
}

/* An object none of whose members was given is not worth a line. */
static bool says_nothing(const struct field *f, const void *obj)
{
	if (f->type == F_LIST)
		return ((const struct list *)member(f, obj))->count == 0;
	if (f->type != F_OBJECT)
		return !field_has_value(f, obj);
	for (const struct field *m = f->items; m->name; m++)
		if (!says_nothing(m, member(f, obj)))
			return false;
	return true;
}

static void say_fields(struct buffer *b, const struct field *fields, const void *obj,
	const char *before, const char *between)
{
	bool first = true;

	for (const struct field *f = fields; f->name; f++) {
		if (!field_has_value(f, obj) || (f->type == F_OBJECT && says_nothing(f, obj)))
			continue;
		buffer_printf(b, "%s%s%s: ", first ? "" : between, before, f->doc);
		say_value(b, f, obj);
		first = false;
	}
}

const char *rule_account(const struct rule *r, struct arena *a, const void *io)
{
	const struct rule_base *base = io;
	struct buffer b;

	buffer_init(&b, a);
	buffer_puts(&b, "Feiten:\n");
	say_fields(&b, r->in, io, "- ", "\n");
	buffer_printf(&b, "\nRegel: %s (%s, versie %d).\nUitkomst: %s\n", r->doc, r->name,
		r->version, base->uitleg);
	for (const struct field *f = r->out; f->name && strcmp(f->name, "grondslag") != 0; f++) {
		if (!field_has_value(f, io))
			continue;
		buffer_printf(&b, "- %s: ", f->doc);
		say_value(&b, f, io);
		buffer_putc(&b, '\n');
	}
	buffer_puts(&b, "Grondslag: ");
	for (size_t i = 0; i < base->grondslag.count; i++)
		buffer_printf(
			&b, "%s%s", i ? "; " : "", ((const char *const *)base->grondslag.items)[i]);
	buffer_putc(&b, '.');
	return b.data;
}
