/* SPDX-License-Identifier: EUPL-1.2 */
#include "rules/support.h"

#include "tables.h"

/* ---- ontzorgen ---- */

static const struct field ontzorgen_in[] = {
	AT_ENUM(struct ontzorgen_io, in.verblijf, "verblijf", verblijf_values, REQUIRED,
		"De verblijfsvergunning"),
	AT(struct ontzorgen_io, in.datum_recht_bijstand, "datum_recht_bijstand", F_DATE, REQUIRED,
		"Eerste dag van het recht op bijstand"),
	AT(struct ontzorgen_io, in.datum_einde_bijstand, "datum_einde_bijstand", F_DATE, OPTIONAL,
		"Eerste dag zonder bijstand"),
	FIELD_END,
};

static const struct field ontzorgen_out[] = {
	AT(struct ontzorgen_io, out.van, "van", F_DATE, OPTIONAL, "Eerste dag"),
	AT(struct ontzorgen_io, out.tot, "tot", F_DATE, OPTIONAL,
		"Einde: de dag na de laatste dag"),
	FIELD_LIST(struct ontzorgen_io, posten, const char *, rule_text_item, REQUIRED,
		"Wat de gemeente betaalt"),
	AT(struct ontzorgen_io, out.geldt, "geldt", F_BOOL, REQUIRED, "Geldt het ontzorgen?"),
	ANSWER(struct ontzorgen_io),
	FIELD_END,
};

static void decide_ontzorgen(struct arena *a, void *p)
{
	struct ontzorgen_io *io = p;

	ontzorgen(&io->in, &io->out);
	io->posten = rule_texts(a, ontzorgen_posten, io->out.geldt == JA);
	rule_explain(&io->base, &io->out.basis);
}

const struct rule rule_ontzorgen = {
	.name = "ontzorgen",
	.version = 1,
	.articles = "Pw art. 56a",
	.doc = "Hoe lang de gemeente vaste lasten uit de bijstand betaalt",
	.in = ontzorgen_in,
	.out = ontzorgen_out,
	.size = sizeof(struct ontzorgen_io),
	.decide = decide_ontzorgen,
};
