/* SPDX-License-Identifier: EUPL-1.2
 *
 * What DUO refuses: duo-pip.
 */
#ifndef RULES_DUO_CHECKS_H
#define RULES_DUO_CHECKS_H

#include "law/duo_checks.h"
#include "rules/rule.h"

struct duo_pip_io {
	struct rule_base base;
	struct duo_pip_facts in;
	struct duo_toets out;
	struct list bezwaren;
};

extern const struct rule rule_duo_pip;

#endif
