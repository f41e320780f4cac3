/* SPDX-License-Identifier: EUPL-1.2
 *
 * A person of the BRP, made up from the number: name, birth with a date that may be incomplete,
 * address, family, nationality, permit, secrecy. Country and permit have no code of the BRP's
 * tables: only words.
 */
#ifndef SIMULATOR_BRP_PERSON_H
#define SIMULATOR_BRP_PERSON_H

#include <stdbool.h>
#include <jansson.h>
#include "app/date.h"

struct brp_facts {
	const char *bsn, *naam; /* naam NULL: made up, too */
	const char *gemeentecode, *gemeentenaam; /* NULL: lives abroad */
	const char *vestiging, *begin_plicht; /* YYYY-MM-DD or NULL */
	const char *doelgroep; /* in DUO's words */
	struct date today;
};

/* New reference. What `set` (NULL: nothing) has of a person wins. */
json_t *brp_person(const struct brp_facts *f, json_t *set);
/* A whole date as the BRP writes it. */
json_t *brp_date(struct date day);
/* May somebody ask for that field? Not for those that come by themselves. */
bool brp_field_exists(const char *path);
/* New reference: of `person` the fields asked for, and those that come by themselves. */
json_t *brp_selected(json_t *person, json_t *fields);

#endif
