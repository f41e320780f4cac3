/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/support.h"

#include <stddef.h>

const char *const verblijf_values[] = { "asiel-bepaalde-tijd", "anders", NULL };
const char *const ontzorgen_posten[] = { "huur", "energie-water", "zorgverzekering", NULL };

/* The end of the bijstand when that is before `tot`. */
static struct date earlier_end(const struct ontzorgen_facts *f, struct date tot, struct basis *b)
{
	struct date end = f->datum_einde_bijstand;

	if (!date_is_set(end) || date_compare(end, tot) >= 0)
		return tot;
	basis_add(b, "Pw art. 56a: eindigt met de bijstand (beleid)");
	return end;
}

void ontzorgen(const struct ontzorgen_facts *f, struct ontzorgen *out)
{
	struct basis *b = &out->basis;
	struct date van = f->datum_recht_bijstand, tot;
	char words[2][DATE_WORDS];
	long long months;

	*out = (struct ontzorgen){ .van = DATE_NONE, .tot = DATE_NONE, .geldt = NEE };
	basis_init(b);
	months = basis_value(b, ONTZORGEN_MAANDEN, van);
	if (f->verblijf != VERBLIJF_ASIEL) {
		basis_say(b, "Ontzorgen is er alleen voor wie een asielvergunning voor bepaalde "
			     "tijd heeft.");
		return;
	}
	tot = earlier_end(f, date_add_months(van, (int)months), b);
	if (date_compare(tot, van) <= 0) {
		basis_say(b, "De bijstand eindigt voordat het ontzorgen kan beginnen.");
		return;
	}
	out->geldt = JA;
	out->van = van;
	out->tot = tot;
	basis_say(b,
		"De gemeente betaalt de huur, energie en water en de zorgverzekering uit de "
		"bijstand, van %s tot %s. Dat is hoogstens %lld maanden.",
		date_in_words(van, words[0]), date_in_words(tot, words[1]), months);
}
