/* SPDX-License-Identifier: EUPL-1.2
 *
 * Financieel ontzorgen: ontzorgen.
 */
#ifndef RULES_SUPPORT_H
#define RULES_SUPPORT_H

#include "law/support.h"
#include "rules/rule.h"

struct ontzorgen_io {
	struct rule_base base;
	struct ontzorgen_facts in;
	struct ontzorgen out;
	struct list posten;
};

extern const struct rule rule_ontzorgen;

#endif
