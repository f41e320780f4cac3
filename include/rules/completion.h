/* SPDX-License-Identifier: EUPL-1.2
 *
 * What is done and what is left: voltooiing.
 */
#ifndef RULES_COMPLETION_H
#define RULES_COMPLETION_H

#include "law/completion.h"
#include "rules/rule.h"

/* Besides the parts of the exam, in `ontheffingen`: no participation in the Z-route at all. */
#define ONTHEFFING_PARTICIPATIE (EXAMEN_SP + 1)

struct voltooiing_io {
	struct rule_base base;
	struct voltooiing_facts in;
	struct list examens, vrijstellingen, ontheffingen;
	struct voltooiing out;
	struct list onderdelen;
};

extern const struct rule rule_voltooiing;

#endif
