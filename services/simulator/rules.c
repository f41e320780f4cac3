/* SPDX-License-Identifier: EUPL-1.2 */
#include "rules.h"

#include <stddef.h>
#include <string.h>

#define NEE_MONTHS 2 /* `Nee` only when the term ends within these */

/* True when DUO refuses. */
typedef bool objection(const struct message *m, const void *in);

struct rule {
	objection *objects;
	const char *text;
};

static bool judge(struct message *m, const void *in, const struct rule *rules)
{
	for (; rules->objects; rules++)
		if (m->text_count < TEXTS_MAX && rules->objects(m, in))
			m->texts[m->text_count++] = rules->text;
	return m->text_count == 0;
}

static bool before(struct date day, struct date other)
{
	return date_is_set(day) && date_is_set(other) && date_compare(day, other) < 0;
}

static struct date pip_day(json_t *pip)
{
	return json_date(json_object_get(pip, "pip"), "dagtekeningPip");
}

static struct date term_start(const struct message *m)
{
	return person_date(&m->person, "inburgeringstermijn", "startdatum");
}

static struct date term_end(const struct message *m)
{
	return person_date(&m->person, "inburgeringstermijn", "einddatum");
}

/* ---- PIP ---- */

static bool pip_before_plicht(const struct message *m, const void *in)
{
	const struct pip_message *p = in;

	return before(
		p->dagtekening_pip, person_date(&m->person, "inburgeringsplicht", "begindatum"));
}

static bool pip_before_first(const struct message *m, const void *in)
{
	const struct pip_message *p = in;

	return before(p->dagtekening_pip, pip_day(person_first_pip(&m->person)));
}

static bool pip_before_current(const struct message *m, const void *in)
{
	const struct pip_message *p = in;

	return before(p->dagtekening_pip, pip_day(person_pip(&m->person)));
}

static bool pip_before_settlement(const struct message *m, const void *in)
{
	const struct pip_message *p = in;
	const char *home = m->person.gemeentecode;

	return home && strcmp(home, m->gemeente) == 0 &&
	       before(p->dagtekening_pip, m->person.vestiging);
}

static bool pip_a2_with_o(const struct message *m, const void *in)
{
	const struct pip_message *p = in;

	(void)m;
	return p->niveau == LEVEL_A2 && p->leerroute == ROUTE_O;
}

static bool pip_b1_with_z(const struct message *m, const void *in)
{
	const struct pip_message *p = in;

	(void)m;
	return p->niveau == LEVEL_B1 && p->leerroute == ROUTE_Z;
}

static bool pip_a2_in_first(const struct message *m, const void *in)
{
	const struct pip_message *p = in;

	return p->niveau == LEVEL_A2 && p->leerroute == ROUTE_B && !person_first_pip(&m->person);
}

static bool pip_intensity(const struct message *m, const void *in)
{
	const struct pip_message *p = in;

	return p->geschatte_intensiteit_b1_route != NUMBER_NONE &&
	       (p->leerroute != ROUTE_B || !person_is_asylum(&m->person));
}

bool rules_pip(struct message *m, const struct pip_message *in)
{
	static const struct rule rules[] = {
		{ pip_before_plicht,
			"De dagtekening ligt voor de start van de inburgeringsplicht." },
		{ pip_before_first,
			"De dagtekening ligt voor de dagtekening van het initiële PIP." },
		{ pip_before_current,
			"De dagtekening ligt voor de dagtekening van het huidige PIP." },
		{ pip_before_settlement, "De dagtekening ligt voor de vestiging in de gemeente." },
		{ pip_a2_with_o, "Niveau A2 is niet toegestaan bij de onderwijsroute." },
		{ pip_b1_with_z, "Niveau B1 is niet toegestaan bij de Z-route." },
		{ pip_a2_in_first,
			"Niveau A2 is niet toegestaan bij een eerste PIP met de B1-route." },
		{ pip_intensity,
			"De geschatte intensiteit is alleen toegestaan bij de B1-route van een "
			"asielstatushouder." },
		{ NULL, NULL },
	};

	return judge(m, in, rules);
}

static bool withdrawal_with_term(const struct message *m, const void *in)
{
	(void)in;
	return person_document(&m->person, "inburgeringstermijn");
}

static bool withdrawal_with_hours(const struct message *m, const void *in)
{
	json_t *each;
	size_t i;

	(void)in;
	json_array_foreach(person_document(&m->person, "uren"), i, each)
	{
		json_t *course = json_object_get(each, "ParticipatieAlsTaalles");

		if (json_integer_value(json_object_get(course, "uren")) > 0)
			return true;
	}
	return false;
}

bool rules_pip_withdrawal(struct message *m)
{
	static const struct rule rules[] = {
		{ withdrawal_with_term, "Het PIP kan niet worden verwijderd: de "
					"inburgeringstermijn is vastgesteld." },
		{ withdrawal_with_hours,
			"Het PIP kan niet worden verwijderd: er zijn cursusuren geregistreerd." },
		{ NULL, NULL },
	};

	return judge(m, NULL, rules);
}

/* ---- Inburgeringsaanbod ---- */

static bool offer_no_asylum(const struct message *m, const void *in)
{
	(void)in;
	return !person_is_asylum(&m->person);
}

static bool offer_no_pip(const struct message *m, const void *in)
{
	(void)in;
	return !person_pip(&m->person);
}

static bool offer_unknown_institution(const struct message *m, const void *in)
{
	(void)in;
	return !institution_find(m->number);
}

static bool for_onderwijsroute(const struct message *m)
{
	const char *route = json_string_value(
		json_object_get(json_object_get(person_pip(&m->person), "pip"), "leerroute"));

	return route && strcmp(route, "O") == 0;
}

static bool offer_no_bow(const struct message *m, const void *in)
{
	const struct institution *at = institution_find(m->number);

	(void)in;
	return at && !at->bow && person_pip(&m->person) && !for_onderwijsroute(m);
}

static bool offer_no_tst(const struct message *m, const void *in)
{
	const struct institution *at = institution_find(m->number);

	(void)in;
	return at && !at->tst && for_onderwijsroute(m);
}

static bool offer_before_pip(const struct message *m, const void *in)
{
	const struct offer_message *o = in;

	return before(o->datum_inburgeringsaanbod, pip_day(person_pip(&m->person)));
}

static bool offer_not_ordered(const struct message *m, const void *in)
{
	const struct offer_message *o = in;

	(void)m;
	return before(o->verwachte_einddatum_opleiding, o->verwachte_startdatum_opleiding);
}

static bool offer_start_outside(const struct message *m, const void *in)
{
	const struct offer_message *o = in;
	struct date start = o->verwachte_startdatum_opleiding;

	return before(start, term_start(m)) ||
	       (date_is_set(start) && date_is_set(term_end(m)) && !before(start, term_end(m)));
}

static bool offer_end_outside(const struct message *m, const void *in)
{
	const struct offer_message *o = in;
	struct date end = o->verwachte_einddatum_opleiding;

	return before(end, term_start(m)) || before(term_end(m), end);
}

bool rules_offer(struct message *m, const struct offer_message *in)
{
	static const struct rule rules[] = {
		{ offer_no_asylum, "Een aanbod is er alleen voor een asielstatushouder." },
		{ offer_no_pip, "Er is geen PIP." },
		{ offer_unknown_institution, "De cursusinstelling is niet bekend." },
		{ offer_no_bow, "De cursusinstelling heeft geen keurmerk van Blik op Werk." },
		{ offer_no_tst, "De cursusinstelling is niet erkend voor het taalschakeltraject." },
		{ offer_before_pip,
			"De datum van het aanbod ligt voor de dagtekening van het huidige PIP." },
		{ offer_not_ordered, "De einddatum ligt voor de startdatum." },
		{ offer_start_outside, "De startdatum ligt buiten de inburgeringstermijn." },
		{ offer_end_outside, "De einddatum ligt buiten de inburgeringstermijn." },
		{ NULL, NULL },
	};

	return judge(m, in, rules);
}

/* ---- MAP, PVT, Z-route ---- */

static bool result_no_pip(const struct message *m, const void *in)
{
	(void)in;
	return !person_has_pip_of(&m->person, m->gemeente);
}

static bool result_no_term(const struct message *m, const void *in)
{
	(void)in;
	return !date_is_set(term_start(m));
}

static bool result_fulfilled(const struct message *m, const void *in)
{
	json_t *plicht = person_document(&m->person, "inburgeringsplicht");
	const char *why = json_string_value(json_object_get(plicht, "redenGeenInburgeringsplicht"));

	(void)in;
	return person_document(&m->person, "zroute") && why &&
	       strcmp(why, "Inburgeringsplicht voldaan") == 0;
}

static bool result_before_term(const struct message *m, const void *in)
{
	const struct result_message *r = in;

	return before(r->datum, term_start(m));
}

static bool result_in_future(const struct message *m, const void *in)
{
	const struct result_message *r = in;

	return before(m->req->today, r->datum);
}

static struct date completion(const struct message *m)
{
	return person_date(&m->person, "zroute", "datumAfrondingZroute");
}

static bool result_after_completion(const struct message *m, const void *in)
{
	const struct result_message *r = in;

	return before(completion(m), r->datum);
}

static bool result_withdrawn_late(const struct message *m, const void *in)
{
	const struct result_message *r = in;

	return !date_is_set(r->datum) && date_is_set(completion(m));
}

static bool result_of_another(const struct message *m, const void *in)
{
	const struct result_message *r = in;
	struct date earlier = person_date(&m->person, r->document, r->member);
	const char *sender = person_text(&m->person, "afzender", r->document);

	if (!date_is_set(earlier) || !sender || strcmp(sender, m->gemeente) == 0)
		return false;
	return !date_is_set(r->datum) || date_compare(r->datum, earlier) != 0;
}

static bool is_overrun(const struct message *m, const struct result_message *r)
{
	struct date day = date_is_set(r->datum) ? r->datum : m->req->today;

	return date_is_set(term_end(m)) && !before(day, term_end(m));
}

static bool result_blame_missing(const struct message *m, const void *in)
{
	const struct result_message *r = in;

	return !r->verwijtbaar && is_overrun(m, r);
}

static bool result_blame_within_term(const struct message *m, const void *in)
{
	const struct result_message *r = in;

	return r->verwijtbaar && before(r->datum, term_end(m));
}

static bool result_nee_too_early(const struct message *m, const void *in)
{
	const struct result_message *r = in;

	return r->verwijtbaar == BLAME_NEE &&
	       before(date_add_months(m->req->today, NEE_MONTHS), term_end(m));
}

static bool result_ja_too_early(const struct message *m, const void *in)
{
	const struct result_message *r = in;

	return r->verwijtbaar == BLAME_JA && !is_overrun(m, r);
}

#define FOR_ALL_RESULTS                                                                            \
	{ result_no_pip, "De gemeente heeft niet het huidige PIP." },                              \
		{ result_no_term, "De inburgeringstermijn is nog niet gestart." },                 \
		{ result_fulfilled, "De inburgeringsplicht is al voldaan met de Z-route." },       \
		{ result_before_term, "De datum ligt voor de start van de inburgeringstermijn." }, \
		{ result_in_future, "De datum ligt in de toekomst." },                             \
	{                                                                                          \
		result_of_another,                                                                 \
			"De datum is door een andere gemeente aangeleverd en kan niet worden "     \
			"gewijzigd."                                                               \
	}

bool rules_map_pvt(struct message *m, const struct result_message *in)
{
	static const struct rule rules[] = {
		FOR_ALL_RESULTS,
		{ result_after_completion, "De datum ligt na de afronding van de Z-route." },
		{ result_withdrawn_late,
			"De datum kan niet worden ingetrokken: de Z-route is afgerond." },
		{ result_blame_missing,
			"De inburgeringstermijn is overschreden: verwijtbaar is verplicht." },
		{ result_blame_within_term, "De datum ligt voor het einde van de termijn: "
					    "verwijtbaar is niet toegestaan." },
		{ result_nee_too_early,
			"Niet verwijtbaar is pas toegestaan als de termijn binnen twee "
			"maanden eindigt." },
		{ result_ja_too_early,
			"Verwijtbaar is alleen toegestaan als de termijn is overschreden." },
		{ NULL, NULL },
	};

	return judge(m, in, rules);
}

static bool zroute_other_route(const struct message *m, const void *in)
{
	const char *route = json_string_value(
		json_object_get(json_object_get(person_pip(&m->person), "pip"), "leerroute"));

	(void)in;
	return route && strcmp(route, "Z") != 0;
}

static bool zroute_before_map(const struct message *m, const void *in)
{
	const struct result_message *r = in;

	return before(r->datum, person_date(&m->person, "map", "datumEindgesprekMap"));
}

static bool zroute_before_pvt(const struct message *m, const void *in)
{
	const struct result_message *r = in;

	return before(r->datum, person_date(&m->person, "pvt", "datumOndertekeningPvt"));
}

bool rules_zroute(struct message *m, const struct result_message *in)
{
	static const struct rule rules[] = {
		FOR_ALL_RESULTS,
		{ zroute_other_route, "De leerroute in het huidige PIP is niet de Z-route." },
		{ zroute_before_map, "De afronding ligt voor het eindgesprek van de MAP." },
		{ zroute_before_pvt, "De afronding ligt voor de ondertekening van het PVT." },
		{ NULL, NULL },
	};

	return judge(m, in, rules);
}
