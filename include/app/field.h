/* SPDX-License-Identifier: EUPL-1.2
 *
 * Field tables: the one description of a resource. A table names the members of a C struct and from
 * it the kit reads a request body (json → struct, all errors at once), binds SQL parameters by name
 * (`:dagtekening` in queries.sql), fills the struct from a result row (by column name), writes the
 * reply and prints the OpenAPI schema. Member and column are snake_case; JSON is the same name in
 * lowerCamelCase.
 *
 * "No value" of each type: pointers NULL, F_DATE DATE_NONE, F_PARTIAL_DATE DATE_ABSENT, F_ENUM 0,
 * F_INT and F_CENTS NUMBER_NONE, F_BOOL BOOL_NONE, an OPTIONAL F_LIST without items (one that was
 * given as [] has them). fields_clear() sets a struct to no value everywhere.
 */
#ifndef APP_FIELD_H
#define APP_FIELD_H

#include <stddef.h>
#include <stdint.h>
#include <jansson.h>
#include "app/date.h"
#include "app/arena.h"
#include "app/error.h"

#define NUMBER_NONE INT64_MIN
#define BOOL_NONE (-1)

enum field_type {
	F_TEXT, /* const char *; `max` is the longest number of characters (default 200) */
	F_UUID, /* const char *, lower case */
	F_DATE, /* struct date; JSON and SQL YYYY-MM-DD */
	F_PARTIAL_DATE, /* struct partial_date; JSON and SQL (text) 1990-05-04, 1990-05, 1990 or
			 * onbekend */
	F_TIJDSTIP, /* const char *, RFC 3339 in UTC (`2026-01-31T12:00:00Z`); SQL timestamptz */
	F_INT, /* int64_t; `min`..`max` */
	F_BOOL, /* int: 0, 1 or BOOL_NONE */
	F_ENUM, /* int: 1-based index in `values`, 0 is no value; text in JSON and SQL (a whole
		 * number is read as its digits) */
	F_CENTS, /* int64_t euro cents; JSON number of euros (12.5), SQL bigint of cents */
	F_BSN, /* const char *, nine digits that pass the eleven-test; never bound to SQL as is */
	F_JSON, /* json_t * (borrowed from the arena's owner); SQL jsonb */
	F_LIST, /* struct list of `items` structs; SQL jsonb array of objects. An OPTIONAL one
		 * without `items` has no value, which is not the same as an empty list */
	F_OBJECT, /* a struct by value, described by `items`; SQL jsonb object. An absent one is
		   * cleared; an OPTIONAL one has a value when one of its members has */
};

enum field_need {
	OPTIONAL,
	REQUIRED,
	READONLY, /* set by us: in replies only, a 400 when sent */
	WRITEONLY, /* in requests only, optional (BSN) */
	WRITEONLY_REQUIRED,
};

/* Text values of an enumeration, NULL-terminated; value n is values[n - 1]. */
typedef const char *const *enum_values;

struct field {
	const char *name; /* member, column and parameter name: snake_case */
	size_t offset;
	enum field_type type;
	enum field_need need;
	const char *doc; /* Dutch; the OpenAPI description */
	int64_t min, max; /* 0, 0: the type's default bounds */
	enum_values values; /* F_ENUM */
	int (*read_enum)(const char *text); /* F_ENUM: other ways to write a value; 0: none */
	const struct field *items; /* F_LIST: table of the element */
	size_t item_size; /* F_LIST */
	const char *unit; /* F_INT, for people: "uur", "maanden", "procent"; NULL: none */
};

/* A list of plain values (["rapport", "zienswijze"]) has a table of one field without a name,
 * FIELD_PLAIN. */
struct list {
	void *items;
	size_t count;
};

/* A resource: a struct, its table and what the OpenAPI text calls it (UpperCamelCase). */
struct resource {
	const char *name;
	size_t size;
	const struct field *fields;
	const char *doc;
};

#define FIELD(st, member, type_, need_, doc_)                                                      \
	{                                                                                          \
		.name = #member, .offset = offsetof(st, member), .type = type_, .need = need_,     \
		.doc = doc_                                                                        \
	}
/* Bounds: characters for F_TEXT, value for F_INT and F_CENTS (cents). */
#define FIELD_RANGE(st, member, type_, need_, min_, max_, doc_)                                    \
	{                                                                                          \
		.name = #member, .offset = offsetof(st, member), .type = type_, .need = need_,     \
		.min = min_, .max = max_, .doc = doc_                                              \
	}
#define FIELD_ENUM(st, member, values_, need_, doc_)                                               \
	{                                                                                          \
		.name = #member, .offset = offsetof(st, member), .type = F_ENUM, .need = need_,    \
		.values = values_, .doc = doc_                                                     \
	}
#define FIELD_LIST(st, member, item_st, items_, need_, doc_)                                       \
	{                                                                                          \
		.name = #member, .offset = offsetof(st, member), .type = F_LIST, .need = need_,    \
		.items = items_, .item_size = sizeof(item_st), .doc = doc_                         \
	}
#define FIELD_OBJECT(st, member, items_, need_, doc_)                                              \
	{                                                                                          \
		.name = #member, .offset = offsetof(st, member), .type = F_OBJECT, .need = need_,  \
		.items = items_, .doc = doc_                                                       \
	}
#define FIELD_PLAIN(type_, values_)                                                                \
	{                                                                                          \
		.name = "", .type = type_, .need = REQUIRED, .values = values_                     \
	}
#define FIELD_END                                                                                  \
	{                                                                                          \
		.name = NULL                                                                       \
	}

void fields_clear(const struct field *fields, void *obj);
/* Index of `text` in `values` (1-based), 0 when absent. */
int enum_index(enum_values values, const char *text);
/* Text of `value`, NULL for 0. */
const char *enum_text(enum_values values, int value);
/* snake_case → lowerCamelCase into `out` of `size` bytes; returns `out`. */
char *field_json_name(const char *name, char *out, size_t size);
/* True for nine digits that pass the eleven-test (Wabb). */
bool bsn_is_valid(const char *s);

/* Reads `body` into `obj` (cleared first). Unknown members, READONLY members, missing REQUIRED ones
 * and wrong values each give a row in invalidParams. */
enum status fields_from_json(struct req *req, const struct field *fields, json_t *body, void *obj);
/* Same, without a request: for programs (regie-law). On error writes the JSON name of the first
 * wrong field and a Dutch reason; `a` owns the strings. */
bool fields_read_json(struct arena *a, const struct field *fields, json_t *body, void *obj,
	const char **field, const char **reason);
/* Same for an answer of another system: members that the table does not have are passed over. */
bool fields_read_reply(struct arena *a, const struct field *fields, json_t *body, void *obj,
	const char **field, const char **reason);
/* Appends `obj` as a JSON object, without WRITEONLY fields and without fields that have no value.
 */
void fields_write_json(struct buffer *out, const struct field *fields, const void *obj);
bool field_has_value(const struct field *f, const void *obj);
/* Text form for SQL of field `f` of `obj`, or NULL for no value; lives in the arena. */
const char *field_sql_text(struct arena *a, const struct field *f, const void *obj);
/* Sets field `f` of `obj` from the text form that PostgreSQL sends (NULL: no value). */
void field_from_sql(struct arena *a, const struct field *f, void *obj, const char *text);
const struct field *field_find(const struct field *fields, const char *name);
/* Appends the OpenAPI (3.0.3) schema object of the table. `input` leaves out READONLY fields,
 * otherwise WRITEONLY ones are left out. */
void fields_write_schema(struct buffer *out, const struct field *fields, bool input);

#endif
