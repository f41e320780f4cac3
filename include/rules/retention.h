/* SPDX-License-Identifier: EUPL-1.2
 *
 * How long a file is kept: bewaren.
 */
#ifndef RULES_RETENTION_H
#define RULES_RETENTION_H

#include "law/retention.h"
#include "rules/rule.h"

struct bewaren_io {
	struct rule_base base;
	struct bewaren_facts in;
	struct bewaren out;
};

extern const struct rule rule_bewaren;

#endif
