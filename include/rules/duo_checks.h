/* SPDX-License-Identifier: EUPL-1.2
 *
 * What DUO refuses: duo-pip, duo-aanbod, duo-map, duo-pvt, duo-zroute.
 */
#ifndef RULES_DUO_CHECKS_H
#define RULES_DUO_CHECKS_H

#include "law/duo_checks.h"
#include "rules/rule.h"

struct duo_pip_io {
	struct rule_base base;
	struct duo_pip_facts in;
	int indicator_mag_opleiding_afmaken, alfabetisering; /* in the message, never refused */
	struct duo_toets out;
	struct list bezwaren;
};

struct duo_aanbod_io {
	struct rule_base base;
	struct duo_aanbod_facts in;
	int alfabetisering; /* in the message, never refused */
	struct duo_toets out;
	struct list bezwaren;
};

/* Of duo-map, duo-pvt and duo-zroute. */
struct duo_resultaat_io {
	struct rule_base base;
	struct duo_resultaat_facts in;
	struct duo_toets out;
	struct list bezwaren;
};

extern const struct rule rule_duo_pip;
extern const struct rule rule_duo_aanbod;
extern const struct rule rule_duo_map;
extern const struct rule rule_duo_pvt;
extern const struct rule rule_duo_zroute;

#endif
