/* SPDX-License-Identifier: EUPL-1.2
 *
 * The rules of the law as rows: name, articles, and the field tables of question and answer. From a
 * row come `regie-law`, what a service stores of a decision, its account in plain Dutch and its
 * replay. The rules themselves are pure functions in common/law; here is only their form.
 *
 * A caller that stores what it decides fills the rule's struct <name>_io:
 *
 *	struct boete_23_io io;
 *
 *	rule_init(&rule_boete_23, &io, req->today);
 *	io.in.doelgroep = …;
 *	rule_decide(&rule_boete_23, req->arena, &io);
 *	… io.out.bedrag …
 *	rule_keep(&b, &rule_boete_23, &io, about);
 */
#ifndef RULES_RULE_H
#define RULES_RULE_H

#include <stdbool.h>
#include "app/arena.h"
#include "app/decision.h"
#include "app/field.h"
#include "law/basis.h"

/* First member of every <name>_io. */
struct rule_base {
	struct date peildatum; /* whose figures hold; DATE_NONE: the newest */
	int versie; /* of the rule: the newest or, in a replay, that of then */
	struct list grondslag; /* const char *, most specific first */
	const char *uitleg;
};

struct rule {
	const char *name; /* "boete-23" */
	/* One higher whenever the same facts may get another answer; `decide` goes on giving the
	 * answer of an older version when base.versie asks for it. */
	int version;
	const char *articles;
	const char *doc; /* Dutch: the question it answers */
	const struct field *in, *out;
	size_t size; /* of the struct that both tables describe */
	/* Answers within `io`; lists may be taken from the arena. */
	void (*decide)(struct arena *a, void *io);
	/* What a table cannot say: false with the path and the reason (Dutch). May be NULL. */
	bool (*check)(const void *io, const char **field, const char **reason);
};

extern const struct rule *const rules[]; /* ends with NULL */

/* NULL when there is none of that name. */
const struct rule *rule_find(const char *name);
/* No value in any fact. `peildatum`: the day of the decision. */
void rule_init(const struct rule *r, void *io, struct date peildatum);
void rule_decide(const struct rule *r, struct arena *a, void *io);
/* Reads the facts. False with the JSON path of the first wrong field and the reason (Dutch). */
bool rule_read(const struct rule *r, struct arena *a, json_t *facts, void *io, const char **field,
	const char **reason);

/* The facts, or the answer, as a JSON object. */
const char *rule_facts_json(const struct rule *r, struct arena *a, const void *io);
const char *rule_answer_json(const struct rule *r, struct arena *a, const void *io);
/* The articles of a decision as a JSON list, most specific first. */
json_t *rule_articles(struct arena *a, const struct basis *b);
/* Facts used, rule, outcome and articles as a short Dutch text: what letters and screens show. Each
 * row is told by its `doc` up to the first ':' or ';' or to the '?' of a question; without a value
 * it is left out, as is what is for programs (code, reden). */
const char *rule_account(const struct rule *r, struct arena *a, const void *io);
/* What is kept of a decision, as one JSON object: regel, versie, peildatum, feiten, antwoord. */
const char *rule_record(const struct rule *r, struct arena *a, const void *io);

/* Decides on what a record says: regel, feiten and, when they are given, versie (else the newest)
 * and peildatum. The rule's <name>_io; NULL with field and reason when it cannot be used. */
void *rule_answer_record(struct arena *a, json_t *record, const struct rule **rule,
	const char **field, const char **reason);
/* Answers a kept record anew, by the version of then and with the figures of its day: true with
 * *same and that answer as JSON; false with field and reason when the record cannot be used. Words
 * (`uitleg`) may be improved and are not compared: those of then stand in the kept account. */
bool rule_replay(struct arena *a, json_t *record, bool *same, const char **answer,
	const char **field, const char **reason);

/* Keeps the decision with this batch. `about` says for whom: gemeente (NULL: that of the session),
 * inburgeraar, onderwerp; the rest is filled in. */
void rule_keep(struct batch *b, const struct rule *r, const void *io, struct decision about);

#endif
