/* SPDX-License-Identifier: EUPL-1.2
 *
 * Extension of the inburgeringstermijn: verlenging.
 */
#ifndef RULES_EXTENSION_H
#define RULES_EXTENSION_H

#include "law/extension.h"
#include "rules/rule.h"

struct verlenging_io {
	struct rule_base base;
	struct verlenging_vraag {
		struct verlenging_facts facts;
		struct list gronden;
	} in;
	struct verlenging_advies out;
	struct list ontbreekt;
};

extern const struct rule rule_verlenging;

#endif
