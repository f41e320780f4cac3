/* SPDX-License-Identifier: EUPL-1.2
 *
 * Fines: boete-22, boete-23.
 */
#ifndef RULES_BOETE_H
#define RULES_BOETE_H

#include "law/boete.h"
#include "rules/rule.h"

struct boete_22_io {
	struct rule_base base;
	struct boete_22_facts in;
	int stap; /* enum: lid 1 or 3 */
	struct boete_22 out;
};

struct boete_23_io {
	struct rule_base base;
	struct boete_23_facts in;
	struct list eerdere;
	struct boete_23 out;
	struct list vereist;
};

extern const struct rule rule_boete_22;
extern const struct rule rule_boete_23;

#endif
