/* SPDX-License-Identifier: EUPL-1.2
 *
 * Specifieke uitkering (SPUK) of the gemeente, for its budget: amounts per person of Ri art. 10.2
 * and 10.3, for the years whose amounts are in the table. Information only: the Minister sets it,
 * and shares the part for asielstatushouders out by weights (Ri art. 10.4) that count completed
 * trajects (d) too; d has no amount per person.
 *
 * Where the law is open: spuk-onderdelen in common/law/readings.def; check it before a budget rests
 * on the amounts.
 */
#ifndef LAW_BUDGET_H
#define LAW_BUDGET_H

#include <stdbool.h>
#include "law/basis.h"

enum { SPUK_COMPONENTEN = 5 };

struct spuk_facts {
	int jaar;
	/* Persons per component, in the order of the table: gezinsmigrant-overig, asiel-a …
	 * asiel-d. LAW_NONE: not asked. */
	long long aantallen[SPUK_COMPONENTEN];
};

struct spuk_component {
	const char *naam;
	long long aantal;
	long long bedrag_per_persoon, bedrag; /* cents */
};

struct spuk {
	struct spuk_component
		componenten[SPUK_COMPONENTEN]; /* that were asked and have an amount */
	int component_count;
	long long totaal; /* cents */
	struct basis basis;
};

/* Are there amounts of this year? */
bool spuk_is_known(int jaar);
void spuk(const struct spuk_facts *f, struct spuk *out);

#endif
