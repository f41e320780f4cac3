/* SPDX-License-Identifier: EUPL-1.2
 *
 * What the played DUO holds of one person. `documenten` has, by the path of the GET below the
 * person, what DUO answers; and under names that no GET has what DUO itself remembers:
 * pips        all PIPs, oldest first, as { gemeentecode, pip }; the last one is the current
 * zroute      the completion of the Z-route
 * aanbod      by institution: the offer and `gemeentecode`
 * afzender    of map, pvt and zroute: which gemeente delivered it
 * verwijtbaar of map and pvt: Ja or Nee
 */
#ifndef SIMULATOR_PERSON_H
#define SIMULATOR_PERSON_H

#include "app/db.h"
#include "app/http.h"

struct person {
	const char *id; /* NULL: nobody */
	const char *bsn, *gemeentecode, *koppelgemeente, *vorige_pip;
	int64_t versie, contactpersoon; /* NUMBER_NONE: none */
	int coa, wi2021;
	struct date vestiging;
	json_t *brp, *documenten;
};

/* From row 0 of `op`; a row without a person leaves out->id NULL. */
void person_get(const struct batch *b, int op, struct person *out);
/* Adds the store of all of it; when somebody changed the person meanwhile, the batch is undone with
 * ERR_CONFLICT. */
void person_store(struct batch *b, const struct person *p);
/* Adds a notification to the gemeente (NULL: to whom the person belongs; nobody: none). */
void person_notify(struct batch *b, const struct person *p, const char *gemeente, const char *event,
	int64_t delay_ms, bool loose);
/* The gemeente the person belongs to: linked by COA, else of residence; NULL abroad. */
const char *person_gemeente(const struct person *p);

/* Documents: NULL when absent. */
json_t *person_document(const struct person *p, const char *name);
/* Takes over `document`; NULL takes it away. */
void person_set(struct person *p, const char *name, json_t *document);
/* The list of that name, made when it is absent. */
json_t *person_list(struct person *p, const char *name);
/* The object of that name, made when it is absent. */
json_t *person_object(struct person *p, const char *name);

const char *person_text(const struct person *p, const char *document, const char *member);
struct date person_date(const struct person *p, const char *document, const char *member);
struct date json_date(json_t *o, const char *member);
json_t *json_of_date(struct date day);

bool person_is_asylum(const struct person *p);
/* The current PIP as { gemeentecode, pip }, and the first there ever was; NULL: none. */
json_t *person_pip(const struct person *p);
json_t *person_first_pip(const struct person *p);
bool person_has_pip_of(const struct person *p, const char *gemeente);

/* Changes that keep their history. */
void person_set_plicht(struct person *p, json_t *plicht, struct date day);
void person_set_doelgroep(struct person *p, const char *indeling, struct date day);
/* `code` and `grond` may be NULL. */
void person_set_term(struct person *p, struct date start, struct date end, struct date day,
	const char *code, const char *grond);
/* The current PIP becomes this one; the one before is remembered. */
void person_add_pip(struct person *p, const char *gemeente, json_t *pip);
/* The current PIP goes; the one before is current again. */
void person_drop_pip(struct person *p);

#endif
