/* SPDX-License-Identifier: EUPL-1.2
 *
 * Policy as a document: beleid-toets, whose question is the document itself, so that its field
 * table is the schema. And how a service takes the policy in force into a decision:
 *
 *	select …, council.beleid_op(i.gemeente, :vandaag::date) as beleid …      (queries.sql)
 *
 *	beleid_read(req->arena, batch_text(&b, op, 0, "beleid"), &beleid);
 *	beleid_boete_23(&beleid, &facts);
 */
#ifndef RULES_BELEID_H
#define RULES_BELEID_H

#include "law/beleid.h"
#include "rules/rule.h"

/* A document and what the law says of it. The lists of `in` stand beside it, as the tables have
 * them. */
struct beleid_io {
	struct rule_base base;
	struct beleid in;
	struct list ritme_maanden, termijn_einde_maanden; /* long long */
	struct list omstandigheden; /* struct omstandigheid */
	struct list excuses; /* struct excuus */
	struct beleid_toets out;
	struct list bezwaren; /* struct beleid_bezwaar_regel */
};

struct beleid_bezwaar_regel {
	const char *veld, *code, *grondslag, *uitleg;
};

/* The document: members of struct beleid_io. And the answer, members of the same. */
extern const struct field beleid_fields[], beleid_toets_fields[];
extern const struct rule rule_beleid_toets;

/* A document as the database keeps it; NULL is none and gives the default. */
void beleid_read(struct arena *a, const char *document, struct beleid *out);

/* Gives every member of the policy that has no value that of the default; name and explanation are
 * the document's own and stay as they are. */
void beleid_fill(struct beleid_io *document);
/* The policy as a document, to write. */
void beleid_document(const struct beleid *b, struct beleid_io *out);

#endif
