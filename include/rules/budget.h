/* SPDX-License-Identifier: EUPL-1.2
 *
 * The specifieke uitkering: spuk.
 */
#ifndef RULES_BUDGET_H
#define RULES_BUDGET_H

#include "law/budget.h"
#include "rules/rule.h"

struct spuk_io {
	struct rule_base base;
	struct spuk_facts in;
	long long jaar;
	struct spuk out;
	struct list componenten;
};

extern const struct rule rule_spuk;

#endif
