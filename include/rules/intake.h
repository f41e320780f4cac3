/* SPDX-License-Identifier: EUPL-1.2
 *
 * The ladder of the brede intake: intake-stap.
 */
#ifndef RULES_INTAKE_H
#define RULES_INTAKE_H

#include "law/intake.h"
#include "rules/rule.h"

struct intake_stap_io {
	struct rule_base base;
	struct intake_stap_facts in;
	struct list oproepen, boetes;
	struct intake_stap out;
};

extern const struct rule rule_intake_stap;

#endif
