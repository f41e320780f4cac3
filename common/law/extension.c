/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/extension.h"

#include <stdbool.h>
#include <stdio.h>

#define GEEN FIGURE_COUNT /* no figure */

const char *const verlenging_grond_values[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j",
	"niet-vrijstellend", "aanzienlijke-inspanning", NULL };
const char *const omstandigheid_values[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", NULL };
const char *const betrokkene_values[] = { "zelf", "partner", "eerste-graad", "ander", NULL };
const char *const zonder_start_values[] = { "dagen-na-zes-maanden", "zes-maanden", NULL };

/* The article of a ground, and for one that lasts what it asks at least and gives at most. */
static const struct ground {
	const char *article;
	enum law_figure least, most;
} grounds[] = {
	[GROND_A] = { "Ri art. 4.1 lid 2 onder a", VERLENGING_A_DREMPEL, GEEN },
	[GROND_B] = { "Ri art. 4.1 lid 1 onder b", GEEN, GEEN },
	[GROND_C] = { "Ri art. 4.1 lid 1 onder c", GEEN, GEEN },
	[GROND_D] = { "Ri art. 4.1 lid 2 onder d", VERLENGING_D_DREMPEL, GEEN },
	[GROND_E] = { "Ri art. 4.1 lid 2 onder e", VERLENGING_E_DREMPEL, VERLENGING_E_MAX },
	[GROND_F] = { "Ri art. 4.1 lid 2 onder f", VERLENGING_F_DREMPEL, VERLENGING_F_MAX },
	[GROND_G] = { "Ri art. 4.1 lid 2 onder g", GEEN, GEEN },
	[GROND_H] = { "Ri art. 4.1 lid 2 onder h", VERLENGING_H_DREMPEL, VERLENGING_H_MAX },
	[GROND_I] = { "Ri art. 4.1 lid 2 onder i", VERLENGING_I_DREMPEL, VERLENGING_I_MAX },
	[GROND_J] = { "Ri art. 4.1 lid 2 onder j", GEEN, GEEN },
	[GROND_NIET_VRIJSTELLEND] = { "Ri art. 4.2 (beleid)", GEEN, GEEN },
	[GROND_INSPANNING] = { "Bi art. 4.4 lid 2", GEEN, GEEN },
};

static void miss(struct verlenging_advies *out, const char *fact)
{
	out->ontbreekt[out->ontbreekt_count++] = fact;
}

static void give_months(struct verlenging_advies *out, long long months)
{
	out->kansrijk = JA;
	out->maanden = months;
}

static void give_days(struct verlenging_advies *out, long long days)
{
	out->kansrijk = JA;
	out->dagen = days;
}

/* [begin, end) has at least a day and reaches the day with the same number `months` later. */
static bool lasts(struct date begin, struct date end, long long months)
{
	return date_compare(begin, end) < 0 &&
	       date_compare(date_add_months(begin, (int)months), end) <= 0;
}

static int days_between(struct date begin, struct date end)
{
	return end.day - begin.day;
}

/* The end, or how far it has come. */
static struct date end_so_far(const struct verlenging_facts *f)
{
	return date_is_set(f->einde) ? f->einde : f->vandaag;
}

/* Names what is missing of the period; true when enough is known to judge it. */
static bool has_period(const struct verlenging_facts *f, struct verlenging_advies *out)
{
	if (!date_is_set(f->begin))
		miss(out, "begin");
	if (!date_is_set(f->einde))
		miss(out, "einde");
	return date_is_set(f->begin) && date_is_set(end_so_far(f));
}

/* ---- a, d, e, f, h, i, niet-vrijstellend: as long as the circumstance lasts ---- */

static void give_length(
	const struct verlenging_facts *f, enum law_figure figure, struct verlenging_advies *out)
{
	long long most = figure == GEEN ? 0 : basis_value(&out->basis, figure, f->vandaag);

	if (figure == GEEN || date_compare(date_add_months(f->begin, (int)most), f->einde) >= 0) {
		give_days(out, days_between(f->begin, f->einde));
		return;
	}
	basis_say(&out->basis, "Meer dan %lld maanden kan niet.", most);
	give_months(out, most);
}

static void lasting(const struct verlenging_facts *f, struct verlenging_advies *out)
{
	const struct ground *g = &grounds[f->grond];
	long long least = g->least == GEEN ? 0 : basis_value(&out->basis, g->least, f->vandaag);
	bool known = has_period(f, out), route = f->grond != GROND_E || f->leerroute;

	if (!route)
		miss(out, "leerroute");
	if (!known || !route)
		return;
	basis_say(&out->basis, "De omstandigheid duurde %s%d dagen.",
		date_is_set(f->einde) ? "" : "tot nu toe ", days_between(f->begin, end_so_far(f)));
	if (lasts(f->begin, end_so_far(f), least)) {
		out->kansrijk = JA;
		if (date_is_set(f->einde))
			give_length(f, g->most, out);
	} else if (g->least != GEEN) {
		basis_say(&out->basis, "Nodig zijn %lld maanden aan een stuk.", least);
	}
}

/* ---- b, c: always the same ---- */

static void of_one_length(const struct verlenging_facts *f, struct verlenging_advies *out)
{
	if (f->grond == GROND_B)
		give_months(out, basis_value(&out->basis, VERLENGING_B_DUUR, f->vandaag));
	else
		give_days(out, 7 * basis_value(&out->basis, VERLENGING_C_DUUR, f->vandaag));
}

/* ---- g: no offer ---- */

/* Months in which the offer must come; the longer when the route is not known. */
static long long offer_months(const struct verlenging_facts *f, struct basis *b)
{
	bool short_term = f->leerroute == ROUTE_B || f->leerroute == ROUTE_Z;

	return basis_value(
		b, short_term ? VERLENGING_G_DREMPEL : VERLENGING_G_DREMPEL_O, f->vandaag);
}

static void give_beyond(
	const struct verlenging_facts *f, struct date due, struct verlenging_advies *out)
{
	if (f->leerroute == ROUTE_O && f->onderwijsroute_zonder_start == ZONDER_START_ZES_MAANDEN)
		give_months(out, basis_value(&out->basis, VERLENGING_G_DUUR_O, f->vandaag));
	else
		give_days(out, days_between(due, f->einde));
}

static void no_offer(const struct verlenging_facts *f, struct verlenging_advies *out)
{
	long long months = offer_months(f, &out->basis);
	bool known = has_period(f, out);
	char words[DATE_WORDS];
	struct date due;

	if (!f->leerroute)
		miss(out, "leerroute");
	if (!known)
		return;
	due = date_add_months(f->begin, (int)months);
	basis_say(&out->basis, "Het aanbod moest er uiterlijk op %s zijn, %lld maanden na het PIP.",
		date_in_words(due, words), months);
	if (date_compare(end_so_far(f), due) <= 0)
		return;
	out->kansrijk = JA;
	if (out->ontbreekt_count == 0)
		give_beyond(f, due, out);
}

/* ---- j: a combination ---- */

/* The days that a circumstance counts for; without days when either is DATE_NONE. */
struct period {
	struct date from, to;
};

static bool has_days(struct period p)
{
	return date_is_set(p.from) && date_is_set(p.to) && date_compare(p.from, p.to) < 0;
}

static struct period period_of(
	const struct verlenging_facts *f, const struct verlenging_omstandigheid *o, struct basis *b)
{
	struct period p = { o->begin, o->einde };

	if (!date_is_set(p.from) ||
		(o->grond == GROND_E && f->leerroute != ROUTE_B && f->leerroute != ROUTE_O))
		return (struct period){ DATE_NONE, DATE_NONE };
	if (o->grond == GROND_G)
		p.from = date_add_months(p.from, (int)offer_months(f, b));
	if (date_is_set(p.to))
		return p;
	p.to = f->vandaag;
	if (o->grond == GROND_B)
		p.to = date_add_months(p.from, (int)basis_value(b, VERLENGING_B_DUUR, f->vandaag));
	if (o->grond == GROND_C)
		p.to = date_add_days(
			p.from, 7 * (int)basis_value(b, VERLENGING_C_DUUR, f->vandaag));
	return p;
}

/* The period with days after `at` that begins first; without days when there is none. */
static struct period next_period(const struct verlenging_facts *f, struct date at, struct basis *b)
{
	struct period first = { DATE_NONE, DATE_NONE };

	for (size_t i = 0; i < f->grond_count; i++) {
		struct period p = period_of(f, &f->gronden[i], b);

		if (has_days(p) && p.to.day > at.day &&
			(!has_days(first) || p.from.day < first.from.day))
			first = p;
	}
	return first;
}

/* Every day once; *long_enough: `least` months of them lie together. */
static int days_together(
	const struct verlenging_facts *f, long long least, bool *long_enough, struct basis *b)
{
	struct period run = { DATE_NONE, DATE_NONE }, p;
	int days = 0;

	*long_enough = false;
	for (p = next_period(f, run.to, b); has_days(p); p = next_period(f, run.to, b)) {
		if (p.from.day > run.to.day)
			run = (struct period){ p.from, p.from };
		days += days_between(run.to, p.to);
		run.to = p.to;
		*long_enough = *long_enough || lasts(run.from, run.to, least);
	}
	return days;
}

static bool has_length_of_its_own(const struct verlenging_omstandigheid *o)
{
	return date_is_set(o->einde) || o->grond == GROND_B || o->grond == GROND_C;
}

static bool asks_route(const struct verlenging_omstandigheid *o)
{
	return o->grond == GROND_E || o->grond == GROND_G;
}

/* How many circumstances count; names what is missing of them. */
static int count_circumstances(const struct verlenging_facts *f, struct verlenging_advies *out)
{
	bool begin = false, end = false, route = false;
	int n = 0;

	for (size_t i = 0; i < f->grond_count; i++) {
		const struct verlenging_omstandigheid *o = &f->gronden[i];

		n += has_days(period_of(f, o, &out->basis));
		begin = begin || !date_is_set(o->begin);
		end = end || !has_length_of_its_own(o);
		route = route || (!f->leerroute && asks_route(o));
	}
	if (f->grond_count < 2)
		miss(out, "feiten.gronden");
	if (begin)
		miss(out, "feiten.gronden.begin");
	if (end)
		miss(out, "feiten.gronden.einde");
	if (route)
		miss(out, "leerroute");
	return n;
}

static void combination(const struct verlenging_facts *f, struct verlenging_advies *out)
{
	long long least = basis_value(&out->basis, VERLENGING_J_DREMPEL, f->vandaag);
	bool long_enough;
	int n = count_circumstances(f, out);
	int days = days_together(f, least, &long_enough, &out->basis);

	basis_say(&out->basis,
		"Samen gaat het om %d omstandigheden en %d dagen; nodig zijn er twee, met %lld "
		"maanden aan een stuk.",
		n, days, least);
	if (n < 2 || !long_enough)
		return;
	out->kansrijk = JA;
	if (out->ontbreekt_count == 0)
		give_days(out, days);
}

/* ---- considerable effort: Bi art. 4.4 ---- */

/* Each answers JA, NEE, or ONBEKEND when the fact is missing; `norm` is the row's figure. */

static int enough(long long done, long long norm)
{
	return done == LAW_NONE ? ONBEKEND : done >= norm;
}

static int b1_route(const struct verlenging_facts *f, long long norm)
{
	(void)norm;
	return f->leerroute ? f->leerroute == ROUTE_B : ONBEKEND;
}

static int doelgroep_known(const struct verlenging_facts *f, long long norm)
{
	(void)norm;
	return f->doelgroep ? JA : ONBEKEND;
}

static int all_lessons(const struct verlenging_facts *f, long long norm)
{
	(void)norm;
	return f->doelgroep == DOELGROEP_ASIEL ? f->alle_lessen_gevolgd : JA;
}

static int enough_hours(const struct verlenging_facts *f, long long norm)
{
	return f->doelgroep == DOELGROEP_GEZIN ? enough(f->gevolgde_uren, norm) : JA;
}

static int enough_parts(const struct verlenging_facts *f, long long norm)
{
	return enough(f->taalonderdelen_behaald, norm);
}

static int knm_passed(const struct verlenging_facts *f, long long norm)
{
	(void)norm;
	return f->knm_behaald;
}

static int pvt_done(const struct verlenging_facts *f, long long norm)
{
	(void)norm;
	return f->pvt_afgerond;
}

static int map_done(const struct verlenging_facts *f, long long norm)
{
	(void)norm;
	return f->map_afgerond;
}

static const struct effort {
	int (*is_met)(const struct verlenging_facts *f, long long norm);
	const char *fact;
	const char *unmet; /* what is said, with the row's figure, when it is not met */
	enum law_figure figure;
} efforts[] = {
	{ b1_route, "leerroute", "Dit kan alleen in de B1-route", GEEN },
	{ doelgroep_known, "feiten.doelgroep", NULL, GEEN },
	{ all_lessons, "feiten.alleLessenGevolgd", "Nog niet alle lessen zijn gevolgd", GEEN },
	{ enough_hours, "feiten.gevolgdeUren", "Er zijn te weinig uren les gevolgd",
		INSPANNING_UREN },
	{ enough_parts, "feiten.taalonderdelenBehaald", "Er zijn te weinig taalonderdelen behaald",
		INSPANNING_ONDERDELEN },
	{ knm_passed, "feiten.knmBehaald", "KNM is nog niet behaald", GEEN },
	{ pvt_done, "feiten.pvtAfgerond", "Het PVT is nog niet klaar", GEEN },
	{ map_done, "feiten.mapAfgerond", "De MAP is nog niet klaar", GEEN },
};

#define EFFORTS (sizeof(efforts) / sizeof(*efforts))
_Static_assert(EFFORTS <= ONTBREEKT_MAX, "all may be missing");

static void say_unmet(
	const struct effort *e, const struct verlenging_facts *f, struct verlenging_advies *out)
{
	out->ontbreekt_count = 0; /* nothing could change the answer */
	if (e->figure == GEEN)
		basis_say(&out->basis, "%s.", e->unmet);
	else
		basis_say(&out->basis, "%s: %lld zijn nodig.", e->unmet,
			basis_value(&out->basis, e->figure, f->vandaag));
}

static void effort(const struct verlenging_facts *f, struct verlenging_advies *out)
{
	const struct effort *unmet = NULL;

	for (size_t i = 0; i < EFFORTS; i++) {
		const struct effort *e = &efforts[i];
		int met = e->is_met(f, e->figure == GEEN ? 0 : law_value(e->figure, f->vandaag));

		if (met == ONBEKEND)
			miss(out, e->fact);
		if (met == NEE && !unmet)
			unmet = e;
	}
	if (unmet)
		say_unmet(unmet, f, out);
	else if (out->ontbreekt_count == 0)
		give_months(out, basis_value(&out->basis, INSPANNING_DUUR, f->vandaag));
}

/* ---- what stands in the way, whatever the ground's own facts are ---- */

static bool is_too_early(const struct verlenging_facts *f, struct basis *b)
{
	char words[DATE_WORDS];
	struct date first;

	if (!date_is_set(f->datum_aanvraag) || !date_is_set(f->einde_termijn))
		return false;
	first = date_add_months(
		f->einde_termijn, -(int)law_value(VERLENGING_AANVRAAG, f->datum_aanvraag));
	if (date_compare(f->datum_aanvraag, first) >= 0)
		return false;
	basis_add(b, law_article(VERLENGING_AANVRAAG, f->datum_aanvraag));
	basis_say(b, "De aanvraag is te vroeg: die kan vanaf %s.", date_in_words(first, words));
	return true;
}

static bool is_to_blame(const struct verlenging_facts *f, struct basis *b)
{
	if (f->verwijtbaar != JA || f->grond == GROND_INSPANNING)
		return false;
	basis_add(b, "Bi art. 4.3 lid 1");
	basis_say(b, "De omstandigheid is de persoon te verwijten.");
	return true;
}

static bool is_about_another(const struct verlenging_facts *f, struct basis *b)
{
	bool other = f->betrokkene == BETROKKENE_ANDER;

	if (f->grond == GROND_A && other) {
		basis_say(
			b, "Het moet gaan om de persoon zelf, de partner, een ouder of een kind.");
		return true;
	}
	if (f->grond == GROND_B && (other || f->betrokkene == BETROKKENE_ZELF)) {
		basis_say(b, "Het moet gaan om de partner, een ouder of een kind.");
		return true;
	}
	return false;
}

static bool is_of_another_route(const struct verlenging_facts *f, struct basis *b)
{
	if (f->grond != GROND_E || f->leerroute != ROUTE_Z)
		return false;
	basis_say(b, "Dit kan alleen in de B1-route en de onderwijsroute.");
	return true;
}

static bool needs_statement(const struct verlenging_facts *f)
{
	for (size_t i = 0; f->grond == GROND_J && i < f->grond_count; i++)
		if (f->gronden[i].grond == GROND_G)
			return true;
	return f->grond == GROND_G;
}

static void advise(const struct verlenging_facts *f, struct verlenging_advies *out)
{
	switch (f->grond) {
	case GROND_B:
	case GROND_C:
		of_one_length(f, out);
		break;
	case GROND_G:
		no_offer(f, out);
		break;
	case GROND_J:
		combination(f, out);
		break;
	case GROND_INSPANNING:
		effort(f, out);
		break;
	default:
		lasting(f, out);
	}
}

static void say_advice(struct verlenging_advies *out)
{
	struct basis *b = &out->basis;
	char length[48] = "";

	if (out->maanden != LAW_NONE)
		snprintf(length, sizeof(length), " van %lld maanden", out->maanden);
	if (out->dagen != LAW_NONE)
		snprintf(length, sizeof(length), " van %lld dagen", out->dagen);
	if (out->kansrijk == JA && out->verklaring_college_nodig)
		basis_say(b,
			"Met een verklaring van het college is een verlenging%s kansrijk; DUO "
			"beslist.",
			length);
	else if (out->kansrijk == JA)
		basis_say(b, "Een verlenging%s is kansrijk; DUO beslist.", length);
	else if (out->ontbreekt_count > 0)
		basis_say(b, "Er zijn nog te weinig gegevens voor een advies; DUO beslist.");
	else
		basis_say(b, "Een verlenging is niet kansrijk; DUO beslist.");
	if (out->kansrijk == JA && !length[0])
		basis_say(b, "Hoe lang is nog niet bekend.");
}

void verlenging_advies(const struct verlenging_facts *f, struct verlenging_advies *out)
{
	struct basis *b = &out->basis;

	*out = (struct verlenging_advies){ .kansrijk = NEE,
		.maanden = LAW_NONE,
		.dagen = LAW_NONE,
		.verklaring_college_nodig = needs_statement(f) };
	basis_init(b);
	basis_add(b, grounds[f->grond].article);
	if (!is_too_early(f, b) && !is_to_blame(f, b) && !is_about_another(f, b) &&
		!is_of_another_route(f, b))
		advise(f, out);
	if (f->grond == GROND_NIET_VRIJSTELLEND)
		basis_add(b, "Bi art. 4.3 lid 2");
	basis_add(b, "Wi art. 12");
	say_advice(out);
	if (f->grond == GROND_NIET_VRIJSTELLEND)
		basis_say(b, "Welke lengte de wet daarbij geeft, is niet bevestigd.");
}
