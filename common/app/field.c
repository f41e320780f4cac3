/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/field.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/http.h"

#define TEXT_MAX 200 /* characters, when the table says nothing */
#define LIST_MAX 200 /* elements */
#define CENTS_MAX ((int64_t)1000000 * 100)
#define NAME_MAX_JSON 64
#define FIELDS_MAX 96 /* rows of one table */

/* One wrong value; code as in invalidParams, text Dutch. NULL code: all is well. */
struct wrong {
	const char *code;
	const char *reason;
};

static const struct wrong fine = { NULL, NULL };

static void *member(const struct field *f, void *obj)
{
	return (char *)obj + f->offset;
}

static const void *member_const(const struct field *f, const void *obj)
{
	return (const char *)obj + f->offset;
}

static const char *text_of(const struct field *f, const void *obj)
{
	return *(const char *const *)member_const(f, obj);
}

static void set_text(const struct field *f, void *obj, const char *s)
{
	*(const char **)member(f, obj) = s;
}

static int64_t number_of(const struct field *f, const void *obj)
{
	return *(const int64_t *)member_const(f, obj);
}

static int int_of(const struct field *f, const void *obj)
{
	return *(const int *)member_const(f, obj);
}

/* ---- small things ---- */

int enum_index(enum_values values, const char *text)
{
	for (int i = 0; text && values[i]; i++)
		if (strcmp(values[i], text) == 0)
			return i + 1;
	return 0;
}

const char *enum_text(enum_values values, int value)
{
	return value > 0 ? values[value - 1] : NULL;
}

char *field_json_name(const char *name, char *out, size_t size)
{
	size_t n = 0;

	for (; *name && n + 1 < size; name++) {
		if (*name == '_' && name[1]) {
			name++;
			out[n++] = *name >= 'a' && *name <= 'z' ? (char)(*name - 32) : *name;
		} else {
			out[n++] = *name;
		}
	}
	out[n] = '\0';
	return out;
}

bool bsn_is_valid(const char *s)
{
	int sum = 0;

	if (strlen(s) != 9 || strspn(s, "0123456789") != 9 || strcmp(s, "000000000") == 0)
		return false;
	for (int i = 0; i < 8; i++)
		sum += (9 - i) * (s[i] - '0');
	return (sum - (s[8] - '0')) % 11 == 0;
}

const struct field *field_find(const struct field *fields, const char *name)
{
	for (; fields->name; fields++)
		if (strcmp(fields->name, name) == 0)
			return fields;
	return NULL;
}

static void clear_one(const struct field *f, void *obj)
{
	switch (f->type) {
	case F_DATE:
		*(struct date *)member(f, obj) = DATE_NONE;
		break;
	case F_PARTIAL_DATE:
		*(struct partial_date *)member(f, obj) = (struct partial_date){ 0 };
		break;
	case F_INT:
	case F_CENTS:
		*(int64_t *)member(f, obj) = NUMBER_NONE;
		break;
	case F_BOOL:
		*(int *)member(f, obj) = BOOL_NONE;
		break;
	case F_ENUM:
		*(int *)member(f, obj) = 0;
		break;
	case F_JSON:
		*(json_t **)member(f, obj) = NULL;
		break;
	case F_LIST:
		*(struct list *)member(f, obj) = (struct list){ NULL, 0 };
		break;
	case F_OBJECT:
		fields_clear(f->items, member(f, obj));
		break;
	default:
		set_text(f, obj, NULL);
	}
}

void fields_clear(const struct field *fields, void *obj)
{
	for (; fields->name; fields++)
		clear_one(fields, obj);
}

static bool is_uuid(const char *s)
{
	for (int i = 0; i < 36; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? s[i] != '-' : !s[i] || !strchr("0123456789abcdef", s[i]))
			return false;
	}
	return s[36] == '\0';
}

/* RFC 3339 in UTC: what we write ourselves and accept. */
static bool is_tijdstip(const char *s)
{
	size_t n = date_time_length(s);

	return n > 0 && strcmp(s + n, "Z") == 0;
}

/* ---- JSON → struct ---- */

static size_t count_characters(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static bool has_control(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)s[i] < 0x20 && s[i] != '\n' && s[i] != '\t' && s[i] != '\r')
			return true;
	return false;
}

static struct wrong read_text(struct arena *a, const struct field *f, json_t *v, void *obj)
{
	const char *s = json_string_value(v);
	size_t max = f->max ? (size_t)f->max : TEXT_MAX;
	size_t n;

	if (!s)
		return (struct wrong){ "type", "Dit moet tekst zijn" };
	if (has_control(s, json_string_length(v)))
		return (struct wrong){ "teken", "De tekst bevat een teken dat niet mag" };
	n = count_characters(s);
	if (n > max)
		return (struct wrong){ "te-lang", arena_printf(a, "Hoogstens %zu tekens", max) };
	if (n < (size_t)(f->min ? f->min : 1))
		return (struct wrong){ "te-kort", "Vul dit in" };
	if (f->type == F_UUID && !is_uuid(s))
		return (struct wrong){ "uuid", "Dit moet een UUID zijn, in kleine letters" };
	if (f->type == F_BSN && !bsn_is_valid(s))
		return (struct wrong){ "bsn", "Dit is geen geldig burgerservicenummer" };
	if (f->type == F_TIJDSTIP && !is_tijdstip(s))
		return (struct wrong){ "tijdstip",
			"Schrijf een tijdstip als 2026-01-31T12:00:00Z" };
	set_text(f, obj, arena_strdup(a, s));
	return fine;
}

static struct wrong read_date(const struct field *f, json_t *v, void *obj)
{
	struct date d;

	if (!date_parse(json_string_value(v), &d))
		return (struct wrong){ "datum", "Schrijf een bestaande datum als 2026-01-31" };
	*(struct date *)member(f, obj) = d;
	return fine;
}

static struct wrong read_partial_date(const struct field *f, json_t *v, void *obj)
{
	struct partial_date d;

	if (!partial_date_parse(json_string_value(v), &d))
		return (struct wrong){ "datum",
			"Schrijf een datum als 1990-05-04, 1990-05, 1990 of onbekend" };
	*(struct partial_date *)member(f, obj) = d;
	return fine;
}

static struct wrong check_bounds(struct arena *a, const struct field *f, int64_t n)
{
	int64_t scale = f->type == F_CENTS ? 100 : 1;

	if ((f->min || f->max) && (n < f->min || n > f->max))
		return (struct wrong){ "bereik",
			arena_printf(a, "Dit moet tussen %lld en %lld liggen",
				(long long)(f->min / scale), (long long)(f->max / scale)) };
	return fine;
}

static struct wrong read_int(struct arena *a, const struct field *f, json_t *v, void *obj)
{
	struct wrong w;

	if (!json_is_integer(v))
		return (struct wrong){ "type", "Dit moet een geheel getal zijn" };
	w = check_bounds(a, f, json_integer_value(v));
	if (!w.code && json_integer_value(v) == NUMBER_NONE)
		return (struct wrong){ "bereik", "Dit getal is te klein" };
	if (!w.code)
		*(int64_t *)member(f, obj) = json_integer_value(v);
	return w;
}

/* Euros with at most two decimals. */
static struct wrong read_cents(struct arena *a, const struct field *f, json_t *v, void *obj)
{
	double cents = json_number_value(v) * 100;
	int64_t n;
	struct wrong w;

	if (!json_is_number(v))
		return (struct wrong){ "type", "Dit moet een bedrag in euro zijn" };
	if (!(cents <= (double)CENTS_MAX && cents >= -(double)CENTS_MAX))
		return (struct wrong){ "bereik", "Dit bedrag is te groot" };
	n = (int64_t)(cents < 0 ? cents - 0.5 : cents + 0.5);
	if (cents - (double)n > 1e-6 || (double)n - cents > 1e-6)
		return (struct wrong){ "decimalen", "Een bedrag heeft hoogstens twee decimalen" };
	w = check_bounds(a, f, n);
	if (!w.code)
		*(int64_t *)member(f, obj) = n;
	return w;
}

static struct wrong read_enum(struct arena *a, const struct field *f, json_t *v, void *obj)
{
	char digits[24];
	const char *text = json_string_value(v);
	struct buffer b;
	int index;

	if (json_is_integer(v)) {
		snprintf(digits, sizeof(digits), "%lld", (long long)json_integer_value(v));
		text = digits;
	}
	index = enum_index(f->values, text);
	if (index == 0 && text && f->read_enum)
		index = f->read_enum(text);
	if (index > 0) {
		*(int *)member(f, obj) = index;
		return fine;
	}
	buffer_init(&b, a);
	buffer_puts(&b, "Kies uit: ");
	for (int i = 0; f->values[i]; i++)
		buffer_printf(&b, "%s%s", i ? ", " : "", f->values[i]);
	return (struct wrong){ "keuze", b.data };
}

static struct wrong read_value(struct arena *a, const struct field *f, json_t *v, void *obj)
{
	switch (f->type) {
	case F_DATE:
		return read_date(f, v, obj);
	case F_PARTIAL_DATE:
		return read_partial_date(f, v, obj);
	case F_INT:
		return read_int(a, f, v, obj);
	case F_CENTS:
		return read_cents(a, f, v, obj);
	case F_ENUM:
		return read_enum(a, f, v, obj);
	case F_BOOL:
		if (!json_is_boolean(v))
			return (struct wrong){ "type", "Dit moet true of false zijn" };
		*(int *)member(f, obj) = json_is_true(v);
		return fine;
	case F_JSON:
		if (!json_is_object(v) && !json_is_array(v))
			return (struct wrong){ "type", "Dit moet een object of lijst zijn" };
		*(json_t **)member(f, obj) = v;
		return fine;
	default:
		return read_text(a, f, v, obj);
	}
}

/* Where wrong values go: to the request's invalidParams, or (programs) to the first one only. */
struct reader {
	struct arena *arena;
	struct req *req;
	bool lenient; /* unknown members are passed over */
	const char *first_name, *first_reason;
};

/* Where a value stands in the body: a member (of the table, or as it was sent), or an element of a
 * list. The path is only written when it is needed. */
struct place {
	const struct place *up; /* NULL: the body */
	const char *name; /* snake_case; NULL: an element */
	size_t index;
};

static void write_path(struct buffer *out, const struct place *at)
{
	char json_name[NAME_MAX_JSON];

	if (at->up)
		write_path(out, at->up);
	if (!at->name)
		buffer_printf(out, "[%zu]", at->index);
	else
		buffer_printf(out, "%s%s", at->up ? "." : "",
			field_json_name(at->name, json_name, sizeof(json_name)));
}

static bool report_path(struct reader *r, const char *path, struct wrong w)
{
	if (r->req)
		fail_param(r->req, path, w.code, "%s", w.reason);
	r->first_name = path;
	r->first_reason = w.reason;
	return false;
}

/* `at` NULL is the body itself. */
static bool report(struct reader *r, const struct place *at, struct wrong w)
{
	struct buffer path;

	if (!r->req && r->first_name)
		return false;
	if (!at)
		return report_path(r, "body", w);
	buffer_init(&path, r->arena);
	write_path(&path, at);
	return report_path(r, path.data, w);
}

static bool is_plain(const struct field *items)
{
	return items->name && !items->name[0];
}

static bool read_object(struct reader *r, const struct place *at, const struct field *fields,
	json_t *body, void *obj);
static bool read_member(
	struct reader *r, const struct place *at, const struct field *f, json_t *v, void *obj);

static bool read_items(
	struct reader *r, const struct place *list, const struct field *f, json_t *v, void *items)
{
	bool ok = true;

	for (size_t i = 0; i < json_array_size(v); i++) {
		const struct place at = { .up = list, .index = i };
		json_t *item = json_array_get(v, i);
		void *to = (char *)items + i * f->item_size;

		ok = (is_plain(f->items) ? read_member(r, &at, f->items, item, to)
					 : read_object(r, &at, f->items, item, to)) &&
		     ok;
	}
	return ok;
}

static bool read_list(
	struct reader *r, const struct place *at, const struct field *f, json_t *v, void *obj)
{
	struct list list = { NULL, json_array_size(v) };
	bool ok;

	if (!json_is_array(v))
		return report(r, at, (struct wrong){ "type", "Dit moet een lijst zijn" });
	if (list.count > LIST_MAX)
		return report(r, at,
			(struct wrong){ "te-lang",
				arena_printf(r->arena, "Hoogstens %d regels", LIST_MAX) });
	list.items = arena_alloc(r->arena, list.count * f->item_size);
	ok = read_items(r, at, f, v, list.items);
	*(struct list *)member(f, obj) = list;
	return ok;
}

static bool may_be_sent(const struct field *f)
{
	return f->need != READONLY;
}

static bool must_be_sent(const struct field *f)
{
	return f->need == REQUIRED || f->need == WRITEONLY_REQUIRED;
}

static bool read_member(
	struct reader *r, const struct place *at, const struct field *f, json_t *v, void *obj)
{
	struct wrong w;

	if (v && !may_be_sent(f))
		return report(r, at,
			(struct wrong){ "alleen-lezen", "Dit gegeven bepaalt de dienst zelf" });
	if (!v || json_is_null(v))
		return !must_be_sent(f) ||
		       report(r, at, (struct wrong){ "verplicht", "Dit gegeven ontbreekt" });
	if (f->type == F_LIST)
		return read_list(r, at, f, v, obj);
	if (f->type == F_OBJECT)
		return read_object(r, at, f->items, v, member(f, obj));
	w = read_value(r->arena, f, v, obj);
	return w.code ? report(r, at, w) : true;
}

/* Is `json_name` the lowerCamelCase of `name`? */
static bool is_json_name(const char *name, const char *json_name)
{
	for (; *name; name++, json_name++) {
		char c = *name;

		if (c == '_' && name[1]) {
			name++;
			c = *name >= 'a' && *name <= 'z' ? (char)(*name - 32) : *name;
		}
		if (c != *json_name)
			return false;
	}
	return *json_name == '\0';
}

/* Most bodies follow the table: the search for a member goes on after the last one found. NULL: the
 * table does not have it. */
static const struct field *find_member(
	const struct field *fields, const struct field *after, const char *json_name)
{
	const struct field *f;

	for (f = after; f->name; f++)
		if (is_json_name(f->name, json_name))
			return f;
	for (f = fields; f < after; f++)
		if (is_json_name(f->name, json_name))
			return f;
	return NULL;
}

/* values[n]: what `body` has for fields[n], or NULL. Returns the number of members that the table
 * does not have. */
static size_t sort_members(const struct field *fields, json_t *body, json_t **values)
{
	const struct field *after = fields;
	size_t strange = 0;
	const char *key;
	json_t *value;

	for (const struct field *f = fields; f->name; f++) {
		assert(f - fields < FIELDS_MAX);
		values[f - fields] = NULL;
	}
	json_object_foreach(body, key, value)
	{
		const struct field *f = find_member(fields, after, key);

		if (f) {
			values[f - fields] = value;
			after = f + 1;
		} else {
			strange++;
		}
	}
	return strange;
}

/* Members that the table does not have; their names are shown as they came, cut when long. */
static bool refuse_unknown(
	struct reader *r, const struct place *up, const struct field *fields, json_t *body)
{
	const char *key;
	json_t *value;

	json_object_foreach(body, key, value)
	{
		struct buffer path;

		if (find_member(fields, fields, key))
			continue;
		if (!r->req && r->first_name)
			break;
		buffer_init(&path, r->arena);
		if (up)
			write_path(&path, up);
		buffer_printf(&path, "%s%.*s", up ? "." : "", (int)text_cut(key, 100), key);
		report_path(r, path.data,
			(struct wrong){ "onbekend", "Dit gegeven bestaat hier niet" });
	}
	return false;
}

static bool read_object(struct reader *r, const struct place *at, const struct field *fields,
	json_t *body, void *obj)
{
	json_t *values[FIELDS_MAX];
	size_t strange;
	bool ok = true;

	fields_clear(fields, obj);
	if (!json_is_object(body))
		return report(r, at, (struct wrong){ "type", "Dit moet een object zijn" });
	strange = sort_members(fields, body, values);
	for (const struct field *f = fields; f->name; f++) {
		const struct place below = { .up = at, .name = f->name };

		ok = read_member(r, &below, f, values[f - fields], obj) && ok;
	}
	return (r->lenient || strange == 0 || refuse_unknown(r, at, fields, body)) && ok;
}

enum status fields_from_json(struct req *req, const struct field *fields, json_t *body, void *obj)
{
	struct reader r = { .arena = req->arena, .req = req };

	return read_object(&r, NULL, fields, body, obj) ? OK : ERR_INVALID;
}

static bool read_first(struct reader *r, const struct field *fields, json_t *body, void *obj,
	const char **field, const char **reason)
{
	bool ok = read_object(r, NULL, fields, body, obj);

	*field = r->first_name;
	*reason = r->first_reason;
	return ok;
}

bool fields_read_json(struct arena *a, const struct field *fields, json_t *body, void *obj,
	const char **field, const char **reason)
{
	struct reader r = { .arena = a };

	return read_first(&r, fields, body, obj, field, reason);
}

bool fields_read_reply(struct arena *a, const struct field *fields, json_t *body, void *obj,
	const char **field, const char **reason)
{
	struct reader r = { .arena = a, .lenient = true };

	return read_first(&r, fields, body, obj, field, reason);
}

/* ---- struct → JSON ---- */

static void write_number(struct buffer *out, int64_t n)
{
	char text[24];
	char *p = text + sizeof(text);
	uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

	do {
		*--p = (char)('0' + u % 10);
		u /= 10;
	} while (u > 0);
	if (n < 0)
		*--p = '-';
	buffer_add(out, p, (size_t)(text + sizeof(text) - p));
}

static void write_cents(struct buffer *out, int64_t n)
{
	int64_t rest = n % 100 < 0 ? -(n % 100) : n % 100;

	if (n < 0 && n > -100)
		buffer_putc(out, '-');
	write_number(out, n / 100);
	if (rest == 0)
		return;
	buffer_putc(out, '.');
	buffer_putc(out, (char)('0' + rest / 10));
	if (rest % 10)
		buffer_putc(out, (char)('0' + rest % 10));
}

static void write_value(struct buffer *out, const struct field *f, const void *obj);

static void write_list(struct buffer *out, const struct field *f, const struct list *list)
{
	buffer_putc(out, '[');
	for (size_t i = 0; i < list->count; i++) {
		if (i)
			buffer_putc(out, ',');
		if (is_plain(f->items))
			write_value(out, f->items, (const char *)list->items + i * f->item_size);
		else
			fields_write_json(
				out, f->items, (const char *)list->items + i * f->item_size);
	}
	buffer_putc(out, ']');
}

static void write_json_value(struct buffer *out, json_t *v)
{
	char *text = json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY);

	if (!text)
		abort();
	buffer_puts(out, text);
	free(text);
}

static bool has_a_member(const struct field *fields, const void *obj)
{
	for (; fields->name; fields++)
		if (field_has_value(fields, obj))
			return true;
	return false;
}

bool field_has_value(const struct field *f, const void *obj)
{
	switch (f->type) {
	case F_DATE:
		return date_is_set(*(const struct date *)member_const(f, obj));
	case F_PARTIAL_DATE:
		return ((const struct partial_date *)member_const(f, obj))->known != DATE_ABSENT;
	case F_INT:
	case F_CENTS:
		return number_of(f, obj) != NUMBER_NONE;
	case F_BOOL:
		return int_of(f, obj) != BOOL_NONE;
	case F_ENUM:
		return int_of(f, obj) > 0;
	case F_LIST:
		return f->need != OPTIONAL ||
		       ((const struct list *)member_const(f, obj))->items != NULL;
	case F_OBJECT:
		return f->need != OPTIONAL || has_a_member(f->items, member_const(f, obj));
	default:
		return text_of(f, obj) != NULL; /* F_JSON is a pointer too */
	}
}

static void write_value(struct buffer *out, const struct field *f, const void *obj)
{
	char day[DATE_TEXT], part[PARTIAL_TEXT];

	switch (f->type) {
	case F_DATE:
		buffer_json(out, date_format(*(const struct date *)member_const(f, obj), day));
		break;
	case F_PARTIAL_DATE:
		buffer_json(out, partial_date_format(
					 *(const struct partial_date *)member_const(f, obj), part));
		break;
	case F_INT:
		write_number(out, number_of(f, obj));
		break;
	case F_CENTS:
		write_cents(out, number_of(f, obj));
		break;
	case F_BOOL:
		buffer_puts(out, int_of(f, obj) ? "true" : "false");
		break;
	case F_ENUM:
		buffer_json(out, enum_text(f->values, int_of(f, obj)));
		break;
	case F_JSON:
		write_json_value(out, *(json_t *const *)member_const(f, obj));
		break;
	case F_LIST:
		write_list(out, f, member_const(f, obj));
		break;
	case F_OBJECT:
		fields_write_json(out, f->items, member_const(f, obj));
		break;
	default:
		buffer_json(out, text_of(f, obj));
	}
}

static bool is_shown(const struct field *f)
{
	return f->need != WRITEONLY && f->need != WRITEONLY_REQUIRED;
}

void fields_write_json(struct buffer *out, const struct field *fields, const void *obj)
{
	char name[NAME_MAX_JSON];
	char separator = '{';

	for (const struct field *f = fields; f->name; f++) {
		if (!is_shown(f) || !field_has_value(f, obj))
			continue;
		buffer_putc(out, separator);
		buffer_putc(out, '"');
		buffer_puts(out, field_json_name(f->name, name, sizeof(name)));
		buffer_add(out, "\":", 2);
		write_value(out, f, obj);
		separator = ',';
	}
	if (separator == '{')
		buffer_putc(out, '{');
	buffer_putc(out, '}');
}

/* ---- SQL ---- */

const char *field_sql_text(struct arena *a, const struct field *f, const void *obj)
{
	struct buffer b;
	char day[DATE_TEXT], part[PARTIAL_TEXT];

	if (!field_has_value(f, obj))
		return NULL;
	switch (f->type) {
	case F_DATE:
		return arena_strdup(
			a, date_format(*(const struct date *)member_const(f, obj), day));
	case F_PARTIAL_DATE:
		return arena_strdup(
			a, partial_date_format(
				   *(const struct partial_date *)member_const(f, obj), part));
	case F_INT:
	case F_CENTS:
		return arena_printf(a, "%lld", (long long)number_of(f, obj));
	case F_BOOL:
		return int_of(f, obj) ? "true" : "false";
	case F_ENUM:
		return enum_text(f->values, int_of(f, obj));
	case F_JSON:
	case F_LIST:
	case F_OBJECT:
		buffer_init(&b, a);
		write_value(&b, f, obj);
		return b.data;
	default:
		return text_of(f, obj);
	}
}

/* PostgreSQL's timestamptz in UTC (2026-01-31 12:00:00.123+00) as RFC 3339 in whole seconds. */
static const char *tijdstip_from_sql(struct arena *a, const char *text)
{
	char *out;

	if (strlen(text) < 19)
		return arena_strdup(a, text);
	out = arena_printf(a, "%.19sZ", text);
	out[10] = 'T';
	return out;
}

static json_t *json_from_sql(struct arena *a, const char *text)
{
	return arena_json(a, json_loads(text, JSON_DECODE_ANY, NULL));
}

/* jsonb, written by ourselves, so a member that does not fit is left out. */
static void object_from_json(struct arena *a, const struct field *fields, json_t *v, void *obj);

static struct list list_from_json(struct arena *a, const struct field *f, json_t *v)
{
	size_t count = json_array_size(v);
	struct list list = { arena_alloc(a, count * f->item_size + 1), count };

	for (size_t i = 0; i < count; i++)
		object_from_json(
			a, f->items, json_array_get(v, i), (char *)list.items + i * f->item_size);
	return list;
}

static void object_from_json(struct arena *a, const struct field *fields, json_t *v, void *obj)
{
	char name[NAME_MAX_JSON];

	fields_clear(fields, obj);
	for (const struct field *m = fields; m->name; m++) {
		json_t *value = is_plain(m) ? v
					    : json_object_get(v,
						      field_json_name(m->name, name, sizeof(name)));

		if (!value || json_is_null(value))
			continue;
		if (m->type == F_LIST)
			*(struct list *)member(m, obj) = list_from_json(a, m, value);
		else if (m->type == F_OBJECT)
			object_from_json(a, m->items, value, member(m, obj));
		else
			read_value(a, m, value, obj);
	}
}

void field_from_sql(struct arena *a, const struct field *f, void *obj, const char *text)
{
	if (!text) {
		clear_one(f, obj);
		return;
	}
	switch (f->type) {
	case F_DATE:
		if (!date_parse(text, member(f, obj)))
			clear_one(f, obj);
		break;
	case F_PARTIAL_DATE:
		if (!partial_date_parse(text, member(f, obj)))
			clear_one(f, obj);
		break;
	case F_INT:
	case F_CENTS:
		*(int64_t *)member(f, obj) = strtoll(text, NULL, 10);
		break;
	case F_BOOL:
		*(int *)member(f, obj) = text[0] == 't';
		break;
	case F_ENUM:
		*(int *)member(f, obj) = enum_index(f->values, text);
		break;
	case F_JSON:
		*(json_t **)member(f, obj) = json_from_sql(a, text);
		break;
	case F_LIST:
		*(struct list *)member(f, obj) = list_from_json(a, f, json_from_sql(a, text));
		break;
	case F_OBJECT:
		object_from_json(a, f->items, json_from_sql(a, text), member(f, obj));
		break;
	case F_TIJDSTIP:
		set_text(f, obj, tijdstip_from_sql(a, text));
		break;
	default:
		set_text(f, obj, arena_strdup(a, text));
	}
}

/* ---- OpenAPI ---- */

static void write_bounds(struct buffer *out, const struct field *f)
{
	if (f->type == F_INT && (f->min || f->max))
		buffer_printf(out, ",\"minimum\":%lld,\"maximum\":%lld", (long long)f->min,
			(long long)f->max);
	if (f->type == F_CENTS && (f->min || f->max))
		buffer_printf(out, ",\"minimum\":%.2f,\"maximum\":%.2f", (double)f->min / 100,
			(double)f->max / 100);
	if (f->type == F_TEXT)
		buffer_printf(out, ",\"minLength\":%lld,\"maxLength\":%lld",
			(long long)(f->min ? f->min : 1), (long long)(f->max ? f->max : TEXT_MAX));
}

static void write_property(struct buffer *out, const struct field *f, bool input)
{
	static const char *const types[] = {
		[F_TEXT] = "\"type\":\"string\"",
		[F_UUID] = "\"type\":\"string\",\"format\":\"uuid\"",
		[F_DATE] = "\"type\":\"string\",\"format\":\"date\"",
		[F_PARTIAL_DATE] =
			"\"type\":\"string\",\"pattern\":\"^([0-9]{4}(-[0-9]{2}){0,2}|onbekend)"
			"$\"",
		[F_TIJDSTIP] = "\"type\":\"string\",\"format\":\"date-time\"",
		[F_INT] = "\"type\":\"integer\"",
		[F_BOOL] = "\"type\":\"boolean\"",
		[F_ENUM] = "\"type\":\"string\"",
		[F_CENTS] = "\"type\":\"number\",\"multipleOf\":0.01",
		[F_BSN] = "\"type\":\"string\",\"pattern\":\"^[0-9]{9}$\"",
		[F_JSON] = "\"oneOf\":[{\"type\":\"object\"},{\"type\":\"array\",\"items\":{}}]",
		[F_LIST] = "\"type\":\"array\"",
		[F_OBJECT] = "",
	};

	if (f->type == F_OBJECT) {
		fields_write_schema(out, f->items, input);
		return;
	}

	buffer_putc(out, '{');
	buffer_puts(out, types[f->type]);
	write_bounds(out, f);
	if (f->type == F_ENUM) {
		buffer_puts(out, ",\"enum\":[");
		for (int i = 0; f->values[i]; i++) {
			buffer_puts(out, i ? "," : "");
			buffer_json(out, f->values[i]);
		}
		buffer_putc(out, ']');
	}
	if (f->type == F_LIST) {
		buffer_printf(out, ",\"maxItems\":%d,\"items\":", LIST_MAX);
		if (is_plain(f->items))
			write_property(out, f->items, input);
		else
			fields_write_schema(out, f->items, input);
	}
	buffer_puts(out, ",\"description\":");
	buffer_json(out, f->doc ? f->doc : f->name);
	buffer_putc(out, '}');
}

static bool in_schema(const struct field *f, bool input)
{
	return input ? may_be_sent(f) : is_shown(f);
}

static void write_properties(struct buffer *out, const struct field *fields, bool input)
{
	char name[NAME_MAX_JSON];
	const char *separator = "";

	for (const struct field *f = fields; f->name; f++) {
		if (!in_schema(f, input))
			continue;
		buffer_printf(
			out, "%s\"%s\":", separator, field_json_name(f->name, name, sizeof(name)));
		write_property(out, f, input);
		separator = ",";
	}
}

/* `required` may not be empty in OpenAPI 3.0: nothing is written then. */
static void write_required(struct buffer *out, const struct field *fields, bool input)
{
	char name[NAME_MAX_JSON];
	bool any = false;

	for (const struct field *f = fields; f->name; f++) {
		if (!in_schema(f, input) || !must_be_sent(f))
			continue;
		buffer_printf(out, "%s\"%s\"", any ? "," : ",\"required\":[",
			field_json_name(f->name, name, sizeof(name)));
		any = true;
	}
	if (any)
		buffer_putc(out, ']');
}

void fields_write_schema(struct buffer *out, const struct field *fields, bool input)
{
	buffer_puts(out, "{\"type\":\"object\",\"properties\":{");
	write_properties(out, fields, input);
	buffer_putc(out, '}');
	write_required(out, fields, input);
	buffer_puts(out, ",\"additionalProperties\":false}");
}
