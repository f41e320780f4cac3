/* SPDX-License-Identifier: EUPL-1.2
 *
 * Clocks: pip-termijn, inburgeringstermijn, nieuwe-termijn, besluit-termijnen.
 */
#ifndef RULES_TERM_H
#define RULES_TERM_H

#include "law/term.h"
#include "rules/rule.h"

struct pip_termijn_io {
	struct rule_base base;
	struct pip_termijn_facts in;
	struct pip_termijn out;
};

struct inburgeringstermijn_io {
	struct rule_base base;
	struct inburgeringstermijn_facts in;
	struct list verlengingen;
	struct inburgeringstermijn out;
};

struct nieuwe_termijn_io {
	struct rule_base base;
	struct nieuwe_termijn_facts in;
	struct nieuwe_termijn out;
};

struct besluit_io {
	struct rule_base base;
	struct besluit_termijnen_facts in;
	struct besluit_termijnen out;
};

extern const struct rule rule_pip_termijn;
extern const struct rule rule_inburgeringstermijn;
extern const struct rule rule_nieuwe_termijn;
extern const struct rule rule_besluit_termijnen;

#endif
