/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/retention.h"

static struct date years_after(struct basis *b, struct date day, enum law_figure figure)
{
	return date_add_months(day, 12 * (int)basis_value(b, figure, day));
}

/* The day on which the file goes; one of both days is known. */
static struct date last_day(const struct bewaren_facts *f, struct basis *b)
{
	struct date kept = f->overleden_op;

	if (date_is_set(f->einde_plicht))
		kept = years_after(b, f->einde_plicht, BEWAREN_JAREN);
	return date_is_set(f->overleden_op) && date_compare(f->overleden_op, kept) < 0
		       ? f->overleden_op
		       : kept;
}

void bewaren(const struct bewaren_facts *f, struct bewaren *out)
{
	struct basis *b = &out->basis;
	struct date end = date_is_set(f->einde_plicht) ? f->einde_plicht : f->overleden_op;
	char words[2][DATE_WORDS];

	*out = (struct bewaren){ .vernietigen_op = DATE_NONE, .kernset_tot = DATE_NONE };
	basis_init(b);
	if (!date_is_set(end)) {
		basis_add(b, law_article(BEWAREN_JAREN, end));
		basis_say(
			b, "De inburgeringsplicht is niet geëindigd. Het dossier blijft bewaard.");
		return;
	}
	out->vernietigen_op = last_day(f, b);
	out->kernset_tot = years_after(b, end, BEWAREN_KERNSET_JAREN);
	basis_say(b,
		"Het dossier wordt op %s vernietigd. Een kleine set gegevens mag blijven tot "
		"uiterlijk %s.",
		date_in_words(out->vernietigen_op, words[0]),
		date_in_words(out->kernset_tot, words[1]));
}
