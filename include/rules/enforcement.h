/* SPDX-License-Identifier: EUPL-1.2
 *
 * The terms in the procedure of a fine: zienswijze-termijn, nieuwe-termijn-toets, onherroepelijk.
 */
#ifndef RULES_ENFORCEMENT_H
#define RULES_ENFORCEMENT_H

#include "law/enforcement.h"
#include "rules/rule.h"

struct zienswijze_io {
	struct rule_base base;
	struct zienswijze_termijn_facts in;
	struct zienswijze_termijn out;
};

struct nieuwe_termijn_toets_io {
	struct rule_base base;
	struct nieuwe_termijn_toets_facts in;
	struct nieuwe_termijn_toets out;
};

struct onherroepelijk_io {
	struct rule_base base;
	struct onherroepelijk_facts in;
	struct onherroepelijk out;
};

extern const struct rule rule_zienswijze_termijn;
extern const struct rule rule_nieuwe_termijn_toets;
extern const struct rule rule_onherroepelijk;

#endif
