/* SPDX-License-Identifier: EUPL-1.2
 *
 * The leerroute: leerroute-toets, overstap, afschaling.
 */
#ifndef RULES_LEERROUTE_H
#define RULES_LEERROUTE_H

#include "law/leerroute.h"
#include "rules/rule.h"

struct leerroute_io {
	struct rule_base base;
	struct leerroute_facts in;
	struct leerroute_toets out;
	struct list bezwaren;
};

struct overstap_io {
	struct rule_base base;
	struct overstap_facts in;
	struct overstap out;
};

struct afschaling_io {
	struct rule_base base;
	struct afschaling_facts in;
	struct list onderdelen;
	struct afschaling out;
};

extern const struct rule rule_leerroute_toets;
extern const struct rule rule_overstap;
extern const struct rule rule_afschaling;

#endif
