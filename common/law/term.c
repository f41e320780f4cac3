/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/term.h"

#include "law/date_rules.h"

const char *const besluit_artikel_values[] = { "22", "23", "pip", NULL };

/* DATE_NONE is before every day. */
static struct date later(struct date a, struct date b)
{
	return date_compare(b, a) > 0 ? b : a;
}

/* Bi art. 5.3 lid 1: the notice, or for an asielstatushouder a later registration in the gemeente
 * of housing; DATE_NONE while there is none. */
static struct date first_start(const struct pip_termijn_facts *f)
{
	if (f->doelgroep == DOELGROEP_ASIEL && !date_is_set(f->datum_inschrijving_brp))
		return DATE_NONE;
	return f->doelgroep == DOELGROEP_ASIEL
		       ? later(f->datum_kennisgeving, f->datum_inschrijving_brp)
		       : f->datum_kennisgeving;
}

/* The day that starts the ten weeks. A move counts when it is later than what started them. */
static struct date pip_start(const struct pip_termijn_facts *f, enum law_figure *weeks)
{
	struct date first = first_start(f), moved = f->datum_inschrijving_nieuwe_gemeente;

	*weeks = PIP_WEKEN;
	if (!date_is_set(f->datum_kennisgeving))
		return DATE_NONE;
	if (!date_is_set(moved))
		return first;
	first = later(first, f->datum_kennisgeving);
	if (date_compare(moved, first) <= 0)
		return first;
	*weeks = PIP_WEKEN_VERHUIZING;
	return moved;
}

/* Bi art. 5.3 lid 2: two weeks after the receipt, when that is later than the ten weeks. */
static void third_party(const struct pip_termijn_facts *f, struct pip_termijn *out)
{
	long long weeks = law_value(PIP_WEKEN_DERDE, f->datum_ontvangst_derde);
	struct date end = date_add_days(f->datum_ontvangst_derde, (int)(7 * weeks));

	if (date_compare(end, out->uiterlijk_voor_verlenging) <= 0)
		return;
	basis_add(&out->basis, law_article(PIP_WEKEN_DERDE, f->datum_ontvangst_derde));
	basis_say(&out->basis,
		"Informatie van een ander kwam later: daarna zijn er nog %lld weken.", weeks);
	out->uiterlijk_voor_verlenging = end;
}

void pip_termijn(const struct pip_termijn_facts *f, struct pip_termijn *out)
{
	struct basis *b = &out->basis;
	enum law_figure figure;
	struct date start = pip_start(f, &figure);
	char words[DATE_WORDS];
	long long weeks;

	*out = (struct pip_termijn){ .loopt = NEE,
		.begin = DATE_NONE,
		.uiterlijk = DATE_NONE,
		.uiterlijk_voor_verlenging = DATE_NONE };
	basis_init(b);
	weeks = basis_value(b, figure, start);
	if (!date_is_set(f->datum_kennisgeving)) {
		basis_say(b, "De termijn loopt nog niet: DUO heeft de plicht nog niet gemeld.");
		return;
	}
	if (!date_is_set(start)) {
		basis_say(b,
			"De termijn voor het PIP loopt nog niet. De %lld weken beginnen na de "
			"inschrijving in"
			" de gemeente waar de persoon gaat wonen.",
			weeks);
		return;
	}
	out->loopt = JA;
	out->begin = date_add_days(start, 1);
	out->uiterlijk_voor_verlenging = date_add_days(start, (int)(7 * weeks));
	basis_say(b, "De %lld weken voor het PIP beginnen op %s.", weeks,
		date_in_words(out->begin, words));
	if (date_is_set(f->datum_ontvangst_derde))
		third_party(f, out);
	out->uiterlijk = term_end(out->uiterlijk_voor_verlenging);
	basis_say(b, "Het PIP moet er uiterlijk op %s zijn.", date_in_words(out->uiterlijk, words));
	if (date_compare(out->uiterlijk, out->uiterlijk_voor_verlenging) == 0)
		return;
	basis_add(b, "Atw art. 1");
	basis_say(b, "De laatste dag viel in een weekend of op een feestdag en schuift daarom op.");
}

long long pip_termijn_dagen_over(const struct pip_termijn *t, struct date vandaag)
{
	return t->loopt == JA ? t->uiterlijk.day - vandaag.day : LAW_NONE;
}

void inburgeringstermijn(const struct inburgeringstermijn_facts *f, struct inburgeringstermijn *out)
{
	char words[2][DATE_WORDS];
	long long months;

	*out = (struct inburgeringstermijn){ .begin = date_add_days(f->dagtekening_pip, 1) };
	basis_init(&out->basis);
	basis_add(&out->basis, "Wi art. 11 lid 2");
	months = basis_value(&out->basis, TERMIJN_MAANDEN, out->begin);
	out->einde = date_add_months(out->begin, (int)months);
	for (size_t i = 0; i < f->verlenging_count; i++) {
		const struct verlenging *v = &f->verlengingen[i];

		basis_add(&out->basis, "Wi art. 12");
		if (v->maanden != LAW_NONE)
			out->einde = date_add_months(out->einde, (int)v->maanden);
		if (v->dagen != LAW_NONE)
			out->einde = date_add_days(out->einde, (int)v->dagen);
	}
	out->laatste_dag = date_add_days(out->einde, -1);
	basis_say(&out->basis,
		"De termijn begint op %s, de dag na de dagtekening van het PIP. De laatste dag"
		" is %s.",
		date_in_words(out->begin, words[0]), date_in_words(out->laatste_dag, words[1]));
}

/* The longest term, less a step for each of the first `steps` that are done. */
static long long less_steps(const struct nieuwe_termijn_facts *f, struct basis *b, long long steps)
{
	long long step = basis_value(b, NIEUWE_TERMIJN_TREDE, f->vandaag);
	long long most = basis_value(b, NIEUWE_TERMIJN_MAX, f->vandaag);

	return steps * step < most ? most - steps * step : step;
}

/* Every step takes as many hours; all of them together are the norm of the route. */
static long long for_hours(const struct nieuwe_termijn_facts *f, struct basis *b)
{
	enum law_figure figure = f->doelgroep == DOELGROEP_ASIEL ? NIEUWE_TERMIJN_UREN_ASIEL
								 : NIEUWE_TERMIJN_UREN_GEZIN;
	long long hours = basis_value(b, figure, f->vandaag);
	long long steps = law_value(NIEUWE_TERMIJN_MAX, f->vandaag) /
			  law_value(NIEUWE_TERMIJN_TREDE, f->vandaag);

	return f->uren_behaald >= steps * hours
		       ? 0
		       : less_steps(f, b, f->uren_behaald > 0 ? (f->uren_behaald - 1) / hours : 0);
}

static long long for_route(const struct nieuwe_termijn_facts *f, struct basis *b)
{
	if (f->leerroute == ROUTE_Z)
		return f->uren_behaald == LAW_NONE ? 0 : for_hours(f, b);
	return f->onderdelen_behaald == LAW_NONE ? 0 : less_steps(f, b, f->onderdelen_behaald);
}

static long long for_pvt_and_map(const struct nieuwe_termijn_facts *f, struct basis *b)
{
	int missing =
		(f->ontbreekt_pvt == JA) + (f->ontbreekt_map == JA && f->leerroute != ROUTE_O);

	if (f->ontbreekt_map == JA && f->leerroute == ROUTE_O)
		basis_add(b, "Wi art. 8 lid 3");
	return missing ? missing * basis_value(b, NIEUWE_TERMIJN_PVT_MAP, f->vandaag) : 0;
}

void nieuwe_termijn(const struct nieuwe_termijn_facts *f, struct nieuwe_termijn *out)
{
	struct basis *b = &out->basis;
	long long route, others;

	basis_init(b);
	route = for_route(f, b);
	others = for_pvt_and_map(f, b);
	out->maanden = route > others ? route : others;
	basis_add(b, "Ri art. 7.4 lid 6");
	if (out->maanden > 0)
		basis_say(b,
			"Als de termijn door eigen schuld is overschreden, stelt DUO een nieuwe "
			"termijn vast van %lld maanden. Dit is ter informatie: DUO beslist.",
			out->maanden);
	else
		basis_say(b, "Er ontbreekt niets. Er hoort geen nieuwe termijn bij.");
}

void termijn_stand(
	struct date begin, struct date einde, struct date vandaag, struct termijn_stand *out)
{
	const struct inburgeringstermijn_facts facts = { .dagtekening_pip =
								 date_add_days(begin, -1) };
	struct inburgeringstermijn law;
	char words[2][DATE_WORDS];
	int left = einde.day - vandaag.day;

	inburgeringstermijn(&facts, &law);
	*out = (struct termijn_stand){ .laatste_dag = date_add_days(einde, -1),
		.dagen_over = left > 0 ? left : 0,
		.basis = law.basis };
	if (date_compare(einde, law.einde) == 0)
		return;
	basis_init(&out->basis); /* an extension, or a new term: DUO decides and tells */
	basis_add(&out->basis, "Bi art. 9.3 lid 3");
	basis_add(&out->basis, "Wi art. 11 lid 1");
	basis_say(&out->basis, "DUO heeft de termijn vastgesteld van %s tot en met %s.",
		date_in_words(begin, words[0]), date_in_words(out->laatste_dag, words[1]));
}

static void bezwaar_term(const struct besluit_termijnen_facts *f, struct besluit_termijnen *out)
{
	long long weeks = basis_value(&out->basis, BEZWAAR_WEKEN, f->datum_bekendmaking);
	char words[DATE_WORDS];

	basis_add(&out->basis, "Awb art. 6:8");
	basis_add(&out->basis, "Atw art. 1");
	out->bezwaar_tot = term_weeks(f->datum_bekendmaking, weeks);
	basis_say(&out->basis, "Bezwaar maken kan tot en met %s.",
		date_in_words(out->bezwaar_tot, words));
}

void besluit_termijnen(const struct besluit_termijnen_facts *f, struct besluit_termijnen *out)
{
	enum law_figure expiry = f->artikel == BESLUIT_22 ? VERVAL_JAREN_22 : VERVAL_JAREN_23;
	char words[DATE_WORDS];

	*out = (struct besluit_termijnen){ DATE_NONE, DATE_NONE, DATE_NONE,
		{ .grondslag_count = 0 } };
	basis_init(&out->basis);
	if (date_is_set(f->datum_bekendmaking))
		bezwaar_term(f, out);
	if (f->artikel == BESLUIT_23 && date_is_set(f->datum_rapport)) {
		out->beslissen_voor = term_weeks(f->datum_rapport,
			basis_value(&out->basis, BESLISSEN_WEKEN_23, f->datum_rapport));
		basis_say(&out->basis, "Het besluit hoort er uiterlijk op %s te zijn.",
			date_in_words(out->beslissen_voor, words));
	}
	if (f->artikel != BESLUIT_PIP && date_is_set(f->datum_overtreding)) {
		out->vervalt_op = date_add_months(f->datum_overtreding,
			12 * (int)basis_value(&out->basis, expiry, f->datum_overtreding));
		basis_say(&out->basis, "Vanaf %s mag er geen boete meer komen.",
			date_in_words(out->vervalt_op, words));
	}
	if (out->basis.uitleg[0])
		return;
	basis_value(&out->basis, f->artikel == BESLUIT_PIP ? BEZWAAR_WEKEN : expiry, DATE_NONE);
	basis_say(&out->basis, "Er is nog geen datum waaruit een termijn volgt.");
}
