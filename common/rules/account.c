/* SPDX-License-Identifier: EUPL-1.2
 * The account of a decision: every fact and outcome by the Dutch text of its row. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "law/source.h"
#include "tables.h"

/* Bytes of a text that a person wrote; the whole of it stands in the facts. */
#define TEXT_SHOWN 200
#define NOTHING "niets opgegeven"

/* Codes that are not plain words. Of other codes (grove-schuld) the hyphens become spaces. */
static const struct {
	const char *code, *words;
} wording[] = {
	{ "B", "B1-route" },
	{ "O", "onderwijsroute" },
	{ "Z", "Z-route" },
	{ "gezinsmigrant-overig", "gezinsmigrant of overige migrant" },
	{ "KNM", "Kennis van de Nederlandse Maatschappij (KNM)" },
	{ "knm", "Kennis van de Nederlandse Maatschappij (KNM)" },
	{ "LE", "lezen" },
	{ "LU", "luisteren" },
	{ "SC", "schrijven" },
	{ "SP", "spreken" },
	{ "pvt", "participatieverklaringstraject (PVT)" },
	{ "map", "module arbeidsmarkt en participatie (MAP)" },
	{ "Geslaagd", "geslaagd" },
	{ "Gezakt", "gezakt" },
	{ "Geen", "geen resultaat" },
	{ "begeleiding", "niet meewerken aan ondersteuning en begeleiding" },
	{ "pvt-map", "niet voldoen aan de intensiteit van PVT of MAP" },
	{ "intensiteit-leerroute", "niet voldoen aan de intensiteit van de leerroute" },
	{ "trede", "het bedrag van de trede" },
	{ "opgelegd", "de vorige boete" },
	{ "zienswijze", "zienswijze vragen" },
	{ "andere-beslisser", "een ander beslist dan wie het rapport maakte" },
	{ "22", "boete van artikel 22" },
	{ "22-1", "boete van artikel 22 lid 1" },
	{ "22-3", "boete van artikel 22 lid 3" },
	{ "23", "boete van artikel 23" },
	{ "boete-art-22-1", "boete van artikel 22 lid 1" },
	{ "boete-art-22-3", "boete van artikel 22 lid 3" },
	{ "pip", "PIP" },
	{ "asiel-bepaalde-tijd", "asielvergunning voor bepaalde tijd" },
	{ "energie-water", "energie en water" },
	{ "a", "ziekte (grond a)" },
	{ "b", "overlijden (grond b)" },
	{ "c", "bevalling (grond c)" },
	{ "d", "verblijf in een opvanghuis (grond d)" },
	{ "e", "alfabetisering (grond e)" },
	{ "f", "dakloosheid (grond f)" },
	{ "g", "geen aanbod op tijd (grond g)" },
	{ "h", "schuld van de aanbieder (grond h)" },
	{ "i", "andere omstandigheid (grond i)" },
	{ "j", "omstandigheden samen (grond j)" },
};

static const struct {
	const char *many, *one;
} units[] = {
	{ "dagen", "dag" },
	{ "weken", "week" },
	{ "maanden", "maand" },
};

static const void *member(const struct field *f, const void *obj)
{
	return (const char *)obj + f->offset;
}

static bool is_plain(const struct field *f)
{
	return f->name && !f->name[0];
}

/* Codes in an answer are for programs: `uitleg` says it. */
static bool is_for_programs(const struct field *f)
{
	return f->type == F_TEXT && (strcmp(f->name, "code") == 0 || strcmp(f->name, "reden") == 0);
}

static bool is_told(const struct field *f, const void *obj)
{
	return field_has_value(f, obj) && !is_for_programs(f);
}

/* ---- values ---- */

static void say_code(struct buffer *b, const char *code)
{
	for (size_t i = 0; i < sizeof(wording) / sizeof(*wording); i++) {
		if (strcmp(wording[i].code, code) == 0) {
			buffer_puts(b, wording[i].words);
			return;
		}
	}
	if (code[strspn(code, "abcdefghijklmnopqrstuvwxyz-")]) {
		buffer_puts(b, code);
		return;
	}
	for (; *code; code++)
		buffer_putc(b, *code == '-' ? ' ' : *code);
}

/* On one line, and cut between two characters when it is long. */
static void say_text(struct buffer *b, const char *text)
{
	size_t n = text_cut(text, TEXT_SHOWN);

	if (!text[strspn(text, " \t\r\n")]) {
		buffer_puts(b, NOTHING);
		return;
	}
	for (size_t i = 0; i < n; i++)
		buffer_putc(b, (unsigned char)text[i] < ' ' ? ' ' : text[i]);
	buffer_puts(b, text[n] ? " …" : "");
}

static void say_number(struct buffer *b, int64_t n)
{
	if (n < 1000) {
		buffer_printf(b, "%lld", (long long)n);
		return;
	}
	say_number(b, n / 1000);
	buffer_printf(b, ".%03lld", (long long)(n % 1000));
}

static void say_quantity(struct buffer *b, int64_t n, const char *unit)
{
	if (!unit) { /* a year, or what is counted: as it is */
		buffer_printf(b, "%lld", (long long)n);
		return;
	}
	say_number(b, n);
	for (size_t i = 0; n == 1 && i < sizeof(units) / sizeof(*units); i++)
		unit = strcmp(unit, units[i].many) == 0 ? units[i].one : unit;
	buffer_printf(b, " %s", unit);
}

static void say_cents(struct buffer *b, int64_t cents)
{
	buffer_puts(b, "€ ");
	say_number(b, cents / 100);
	if (cents % 100)
		buffer_printf(b, ",%02lld", (long long)(cents % 100));
}

static void say_list(struct buffer *b, const struct field *f, const struct list *list);
static void say_members(
	struct buffer *b, const struct field *fields, const void *obj, bool first_speaks);

static void say_value(struct buffer *b, const struct field *f, const void *obj)
{
	char words[DATE_WORDS];
	const char *text;

	switch (f->type) {
	case F_DATE:
		buffer_puts(b, date_in_words(*(const struct date *)member(f, obj), words));
		break;
	case F_BOOL:
		buffer_puts(b, *(const int *)member(f, obj) ? "ja" : "nee");
		break;
	case F_INT:
		say_quantity(b, *(const int64_t *)member(f, obj), f->unit);
		break;
	case F_CENTS:
		say_cents(b, *(const int64_t *)member(f, obj));
		break;
	case F_ENUM:
		say_code(b, enum_text(f->values, *(const int *)member(f, obj)));
		break;
	case F_LIST:
		say_list(b, f, member(f, obj));
		break;
	case F_OBJECT:
		say_members(b, f->items, member(f, obj), false);
		break;
	default:
		/* a text of a person has a bound in its row; others are the law's own words */
		text = *(const char *const *)member(f, obj);
		f->max ? say_text(b, text) : say_code(b, text);
	}
}

/* ---- rows ---- */

static bool is_question(const struct field *f)
{
	return f->doc[strcspn(f->doc, ":;?")] == '?';
}

static void say_label(struct buffer *b, const struct field *f, bool within)
{
	size_t n = strcspn(f->doc, ":;?") + is_question(f);
	bool lower = within && f->doc[0] >= 'A' && f->doc[0] <= 'Z' &&
		     (f->doc[1] < 'A' || f->doc[1] > 'Z');

	buffer_putc(b, lower ? (char)(f->doc[0] + ('a' - 'A')) : f->doc[0]);
	buffer_add(b, f->doc + 1, n - 1);
}

/* An objection: what it says, and in brackets where that stands. */
static void say_objection(struct buffer *b, const struct field *fields, const void *obj)
{
	const struct field *basis = field_find(fields, "grondslag");

	buffer_puts(b, *(const char *const *)member(field_find(fields, "uitleg"), obj));
	if (basis)
		buffer_printf(b, " (%s)", *(const char *const *)member(basis, obj));
}

/* "112 dagen" says it all. */
static bool is_its_own_label(const struct field *f)
{
	return f->unit && strcasecmp(f->unit, f->doc) == 0;
}

/* "lezen, niveau B1, resultaat geslaagd": the first needs no label when its words speak. */
static void say_members(
	struct buffer *b, const struct field *fields, const void *obj, bool first_speaks)
{
	bool first = true, speaks;

	for (const struct field *f = fields; f->name; f++) {
		if (!is_told(f, obj))
			continue;
		buffer_puts(b, first ? "" : ", ");
		speaks = first && first_speaks && (f->type == F_TEXT || f->type == F_ENUM);
		if (!speaks && !is_its_own_label(f)) {
			say_label(b, f, true);
			buffer_putc(b, ' ');
		}
		say_value(b, f, obj);
		first = false;
	}
	if (first)
		buffer_puts(b, NOTHING);
}

/* Its items stand on lines of their own, with a number. */
static bool is_enumerated(const struct field *f, const struct list *list)
{
	return list->count > 1 && !is_plain(f->items);
}

static void say_list(struct buffer *b, const struct field *f, const struct list *list)
{
	bool objections = !is_plain(f->items) && field_find(f->items, "uitleg");

	if (list->count == 0)
		buffer_puts(b, "geen");
	for (size_t i = 0; i < list->count; i++) {
		const void *item = (const char *)list->items + i * f->item_size;

		if (is_plain(f->items)) {
			buffer_puts(b, i ? ", " : "");
			say_value(b, f->items, item);
			continue;
		}
		if (is_enumerated(f, list))
			buffer_printf(b, "\n  %zu. ", i + 1);
		if (objections)
			say_objection(b, f->items, item);
		else
			say_members(b, f->items, item, true);
	}
}

static void say_row(
	struct buffer *b, const struct field *group, const struct field *f, const void *obj)
{
	buffer_puts(b, "- ");
	if (group) {
		say_label(b, group, false);
		buffer_puts(b, ", ");
	}
	say_label(b, f, group != NULL);
	buffer_puts(b, is_question(f) ? "" : ":");
	if (f->type != F_LIST || !is_enumerated(f, member(f, obj)))
		buffer_putc(b, ' ');
	say_value(b, f, obj);
	buffer_putc(b, '\n');
}

/* One line for each row that has a value; a group's rows carry its name. */
static void say_rows(struct buffer *b, const struct field *fields, const void *obj)
{
	for (const struct field *f = fields; f->name && strcmp(f->name, "grondslag") != 0; f++) {
		if (!is_told(f, obj))
			continue;
		if (f->type != F_OBJECT) {
			say_row(b, NULL, f, obj);
			continue;
		}
		for (const struct field *m = f->items; m->name; m++)
			if (is_told(m, member(f, obj)))
				say_row(b, f, m, member(f, obj));
	}
}

/* ---- the account ---- */

static void say_rule(struct buffer *b, const struct rule *r, const struct rule_base *base)
{
	char words[DATE_WORDS];

	buffer_printf(b, "\nRegel\n%s (%s, versie %d)\n", r->doc, r->name, base->versie);
	if (date_is_set(base->peildatum))
		buffer_printf(b, "Getoetst op %s.\n", date_in_words(base->peildatum, words));
}

static bool rests_on(const struct list *articles, const char *short_name)
{
	char start[16];

	snprintf(start, sizeof(start), "%s art.", short_name);
	for (size_t i = 0; i < articles->count; i++)
		if (strstr(((const char *const *)articles->items)[i], start))
			return true;
	return false;
}

static void say_articles(struct buffer *b, const struct list *articles)
{
	int explained = 0;

	buffer_puts(b, "\nArtikelen\n");
	for (size_t i = 0; i < articles->count; i++)
		buffer_printf(b, "%s%s", i ? "; " : "", ((const char *const *)articles->items)[i]);
	buffer_putc(b, '.');
	for (const struct law_text *t = law_texts; t->short_name; t++)
		if (rests_on(articles, t->short_name))
			buffer_printf(
				b, "%s%s: %s.", explained++ ? " " : "\n", t->short_name, t->name);
}

const char *rule_account(const struct rule *r, struct arena *a, const void *io)
{
	const struct rule_base *base = io;
	struct buffer b;
	size_t before;

	buffer_init(&b, a);
	buffer_puts(&b, "Feiten\n");
	before = b.len;
	say_rows(&b, r->in, io);
	if (b.len == before)
		buffer_puts(&b, "- geen\n");
	say_rule(&b, r, base);
	buffer_printf(&b, "\nUitkomst\n%s\n", base->uitleg);
	say_rows(&b, r->out, io);
	say_articles(&b, &base->grondslag);
	return b.data;
}
