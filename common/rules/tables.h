/* SPDX-License-Identifier: EUPL-1.2
 *
 * What the tables of the rules share.
 */
#ifndef RULES_TABLES_H
#define RULES_TABLES_H

#include "law/basis.h"
#include "rules/rule.h"

/* The tables address members of the law's structs: its numbers are long long, the kit's int64_t. */
_Static_assert(
	sizeof(long long) == sizeof(int64_t) && (int64_t)LAW_NONE == NUMBER_NONE, "same numbers");
_Static_assert((int)ONBEKEND == BOOL_NONE, "same unknown");

#define HOURS_MAX 100000
#define EUROS_MAX 100000000 /* cents */

/* A member of a nested struct under its own name in JSON. */
#define AT(st, path, name_, type_, need_, doc_)                                                    \
	{                                                                                          \
		.name = name_, .offset = offsetof(st, path), .type = type_, .need = need_,         \
		.doc = doc_                                                                        \
	}
#define AT_RANGE(st, path, name_, type_, need_, min_, max_, doc_)                                  \
	{                                                                                          \
		.name = name_, .offset = offsetof(st, path), .type = type_, .need = need_,         \
		.min = min_, .max = max_, .doc = doc_                                              \
	}
/* A number with its unit; min and max 0: no bounds. */
#define AT_UNIT(st, path, name_, unit_, need_, min_, max_, doc_)                                   \
	{                                                                                          \
		.name = name_, .offset = offsetof(st, path), .type = F_INT, .need = need_,         \
		.min = min_, .max = max_, .unit = unit_, .doc = doc_                               \
	}
#define AT_ENUM(st, path, name_, values_, need_, doc_)                                             \
	{                                                                                          \
		.name = name_, .offset = offsetof(st, path), .type = F_ENUM, .need = need_,        \
		.values = values_, .doc = doc_                                                     \
	}
#define AT_OBJECT(st, path, name_, items_, need_, doc_)                                            \
	{                                                                                          \
		.name = name_, .offset = offsetof(st, path), .type = F_OBJECT, .need = need_,      \
		.items = items_, .doc = doc_                                                       \
	}

/* What every answer ends with. */
#define ANSWER(st)                                                                                 \
	{ .name = "grondslag",                                                                     \
		.offset = offsetof(st, base.grondslag),                                            \
		.type = F_LIST,                                                                    \
		.need = REQUIRED,                                                                  \
		.items = rule_text_item,                                                           \
		.item_size = sizeof(const char *),                                                 \
		.doc = "Artikelen en beleid" },                                                    \
	{                                                                                          \
		.name = "uitleg", .offset = offsetof(st, base.uitleg), .type = F_TEXT,             \
		.need = REQUIRED, .doc = "Uitleg in gewone taal"                                   \
	}

/* Items of a list of texts; of a list of struct bezwaar with its article. */
extern const struct field rule_text_item[];
extern const struct field rule_bezwaar_fields[];

/* The basis of the law's decision becomes that of the answer. `b` must live as long as `base`. */
void rule_explain(struct rule_base *base, struct basis *b);
/* The constant texts (NULL-terminated) as a list, empty unless `any`. */
struct list rule_texts(struct arena *a, const char *const *texts, bool any);

#endif
