/* SPDX-License-Identifier: EUPL-1.2 */
#include "rules/retention.h"

#include "tables.h"

/* ---- bewaren ---- */

static const struct field bewaren_in[] = {
	AT(struct bewaren_io, in.einde_plicht, "einde_plicht", F_DATE, OPTIONAL,
		"Einde van de inburgeringsplicht"),
	AT(struct bewaren_io, in.overleden_op, "overleden_op", F_DATE, OPTIONAL,
		"Dag van overlijden"),
	FIELD_END,
};

static const struct field bewaren_out[] = {
	AT(struct bewaren_io, out.vernietigen_op, "vernietigen_op", F_DATE, OPTIONAL,
		"Dag waarop het dossier wordt vernietigd"),
	AT(struct bewaren_io, out.kernset_tot, "kernset_tot", F_DATE, OPTIONAL,
		"Tot wanneer de kleine set gegevens hoogstens blijft"),
	ANSWER(struct bewaren_io),
	FIELD_END,
};

static void decide_bewaren(struct arena *a, void *p)
{
	struct bewaren_io *io = p;

	(void)a;
	bewaren(&io->in, &io->out);
	rule_explain(&io->base, &io->out.basis);
}

const struct rule rule_bewaren = {
	.name = "bewaren",
	.version = 1,
	.articles = "Bi art. 9.9",
	.doc = "Hoe lang het dossier blijft bewaard",
	.in = bewaren_in,
	.out = bewaren_out,
	.size = sizeof(struct bewaren_io),
	.decide = decide_bewaren,
};
