/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/intake.h"

const char *const oproep_uitkomst_values[] = { "open", "verschenen", "niet-verschenen",
	"onvoldoende-meegewerkt", NULL };
const char *const intake_volgende_values[] = { "oproepen", "afwachten", "intake-afnemen",
	"waarschuwing-en-herhaalde-oproep", "boete-art-22-1", "boete-art-22-3", "bij-verstek",
	NULL };
const char *const boete_22_artikel_values[] = { "22-1", "22-3", "22", NULL };

/* Day of the last fine under `artikel`, DATE_NONE without one. */
static struct date last_fine(const struct intake_stap_facts *f, int artikel)
{
	struct date day = DATE_NONE;
	int next = ARTIKEL_22_1;

	for (size_t i = 0; i < f->boete_count; i++) {
		int lid =
			f->boetes[i].artikel == ARTIKEL_22_ONBEPAALD ? next : f->boetes[i].artikel;

		if (lid == artikel)
			day = f->boetes[i].datum;
		next = ARTIKEL_22_3;
	}
	return day;
}

static bool is_culpable_no_show(const struct intake_oproep *o)
{
	return (o->uitkomst == NIET_VERSCHENEN || o->uitkomst == ONVOLDOENDE_MEEGEWERKT) &&
	       o->verwijtbaar == JA;
}

/* Culpable no-shows after the first `skip`, at oproepen of day `from` or later. */
static int count_no_shows(const struct intake_stap_facts *f, int skip, struct date from)
{
	int n = 0;

	for (size_t i = 0; i < f->oproep_count; i++)
		if (is_culpable_no_show(&f->oproepen[i]) && skip-- <= 0 &&
			date_compare(f->oproepen[i].datum, from) >= 0)
			n++;
	return n;
}

static void set_fine(const struct intake_stap_facts *f, struct intake_stap *out, int step)
{
	char words[DATE_WORDS];

	out->volgende = step;
	basis_add(&out->basis, step == STAP_BOETE_22_1 ? "Wi art. 22 lid 1" : "Wi art. 22 lid 3");
	out->bedrag = basis_value(&out->basis, BOETE_22_BEDRAG, f->vandaag);
	basis_say(&out->basis,
		"De persoon is na de waarschuwing weer niet gekomen of werkte niet genoeg mee."
		" Een boete van %lld euro is mogelijk. Een medewerker beslist.",
		out->bedrag / 100);
	if (step != STAP_BOETE_22_1)
		return;
	out->nieuwe_termijn_uiterlijk =
		date_add_days(date_add_months(date_add_days(f->vandaag, 1),
				      (int)basis_value(&out->basis, BOETE_22_TERMIJN, f->vandaag)),
			-1);
	basis_say(&out->basis, "Daarbij hoort een nieuwe termijn tot uiterlijk %s.",
		date_in_words(out->nieuwe_termijn_uiterlijk, words));
}

static void set_step(struct intake_stap *out, int step, const char *article, const char *why)
{
	out->volgende = step;
	basis_add(&out->basis, article);
	basis_say(&out->basis, "%s", why);
}

/* The last oproep was a culpable no-show, or a fine came after it. */
static void after_no_show(const struct intake_stap_facts *f, struct intake_stap *out)
{
	struct date first = last_fine(f, ARTIKEL_22_1), second = last_fine(f, ARTIKEL_22_3);
	bool enough = (long long)f->oproep_count >= law_value(INTAKE_OPROEPEN, f->vandaag);

	if (date_is_set(second) && !enough)
		set_step(out, STAP_OPROEPEN, "Wi art. 14 lid 2",
			"Er zijn nog geen drie oproepen geweest. Roep de persoon op.");
	else if (date_is_set(second))
		set_step(out, STAP_BIJ_VERSTEK, law_article(INTAKE_OPROEPEN, f->vandaag),
			"Na drie oproepen zonder resultaat maakt de gemeente de intake af zonder "
			"de persoon.");
	else if (!date_is_set(f->waarschuwing_op))
		set_step(out, STAP_WAARSCHUWING, "Wi art. 14 lid 1",
			"De persoon is niet gekomen of werkte niet genoeg mee. Stuur een "
			"schriftelijke"
			" waarschuwing en een nieuwe oproep.");
	else if (!date_is_set(first))
		set_fine(f, out, STAP_BOETE_22_1);
	else if (count_no_shows(f, 2, first) > 0)
		set_fine(f, out, STAP_BOETE_22_3);
	else
		set_step(out, STAP_OPROEPEN, "Wi art. 22 lid 2",
			"De boete is opgelegd. Roep de persoon op binnen de nieuwe termijn.");
}

/* After the warning the repeated oproep must have been missed before a fine may come. */
static bool warned_and_missed_again(const struct intake_stap_facts *f)
{
	return !date_is_set(f->waarschuwing_op) || count_no_shows(f, 1, f->waarschuwing_op) > 0;
}

void intake_stap(const struct intake_stap_facts *f, struct intake_stap *out)
{
	const struct intake_oproep *last =
		f->oproep_count ? &f->oproepen[f->oproep_count - 1] : NULL;

	*out = (struct intake_stap){ .bedrag = LAW_NONE, .nieuwe_termijn_uiterlijk = DATE_NONE };
	basis_init(&out->basis);
	if (!last)
		set_step(out, STAP_OPROEPEN, "Wi art. 14 lid 1",
			"Er is nog geen oproep. Roep de persoon op.");
	else if (last->uitkomst == VERSCHENEN)
		set_step(out, STAP_INTAKE_AFNEMEN, "Wi art. 14 lid 3",
			"De persoon is gekomen. Neem de brede intake af.");
	else if (last->uitkomst == UITKOMST_OPEN && date_compare(f->vandaag, last->termijn) <= 0)
		set_step(out, STAP_AFWACHTEN, "Wi art. 14 lid 1",
			"De oproep loopt nog. Wacht de uitkomst af.");
	else if (last->uitkomst == UITKOMST_OPEN)
		set_step(out, STAP_AFWACHTEN, "Wi art. 14 lid 1",
			"De termijn van de oproep is voorbij. Leg vast of de persoon is gekomen.");
	else if (!is_culpable_no_show(last))
		set_step(out, STAP_OPROEPEN, "Wi art. 14 lid 1",
			"De persoon kon er niets aan doen. Roep de persoon opnieuw op.");
	else if (warned_and_missed_again(f))
		after_no_show(f, out);
	else
		set_step(out, STAP_OPROEPEN, "Wi art. 14 lid 1",
			"De waarschuwing is gegeven. Stuur de herhaalde oproep.");
}
