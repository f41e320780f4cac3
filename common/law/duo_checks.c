/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/duo_checks.h"

#include <stddef.h>

#define INTENSITEIT_MAX 9999 /* hours */

static bool before(struct date day, struct date other)
{
	return date_is_set(other) && date_compare(day, other) < 0;
}

static bool before_plicht(const struct duo_pip_facts *f)
{
	return before(f->dagtekening, f->begin_plicht);
}

static bool before_previous(const struct duo_pip_facts *f)
{
	return before(f->dagtekening, f->vorige_dagtekening);
}

static bool before_settlement(const struct duo_pip_facts *f)
{
	return before(f->dagtekening, f->vestiging);
}

static bool a2_with_o(const struct duo_pip_facts *f)
{
	return f->niveau == NIVEAU_A2 && f->leerroute == ROUTE_O;
}

static bool b1_with_z(const struct duo_pip_facts *f)
{
	return f->niveau == NIVEAU_B1 && f->leerroute == ROUTE_Z;
}

static bool a2_in_first(const struct duo_pip_facts *f)
{
	return f->niveau == NIVEAU_A2 && f->leerroute == ROUTE_B && f->eerste_pip == JA;
}

static bool intensity_not_allowed(const struct duo_pip_facts *f)
{
	return f->geschatte_intensiteit_b1_route != LAW_NONE &&
	       (f->leerroute != ROUTE_B || f->doelgroep != DOELGROEP_ASIEL);
}

static bool intensity_out_of_range(const struct duo_pip_facts *f)
{
	long long hours = f->geschatte_intensiteit_b1_route;

	return hours != LAW_NONE && (hours < 1 || hours > INTENSITEIT_MAX);
}

static const struct {
	bool (*objects)(const struct duo_pip_facts *f);
	struct bezwaar bezwaar;
} rules[] = {
	{ before_plicht,
		{ "dagtekening-voor-plicht", "DUO PIP",
			"De dagtekening ligt voor het begin van de inburgeringsplicht." } },
	{ before_previous, { "dagtekening-voor-vorige-pip", "DUO PIP",
				   "De dagtekening ligt voor die van het vorige PIP." } },
	{ before_settlement, { "dagtekening-voor-vestiging", "DUO PIP",
				     "De dagtekening ligt voor de vestiging in de gemeente." } },
	{ a2_with_o,
		{ "a2-onderwijsroute", "DUO PIP", "Niveau A2 kan niet bij de onderwijsroute." } },
	{ b1_with_z, { "b1-z-route", "DUO PIP", "Niveau B1 kan niet bij de Z-route." } },
	{ a2_in_first, { "a2-eerste-pip", "DUO PIP",
			       "Niveau A2 kan niet bij de B1-route in het eerste PIP." } },
	{ intensity_not_allowed,
		{ "intensiteit-niet-van-toepassing", "DUO PIP",
			"De intensiteit kan alleen bij de B1-route van een asielstatushouder." } },
	{ intensity_out_of_range, { "intensiteit-bereik", "DUO PIP",
					  "De geschatte intensiteit is 1 tot 9999 uur." } },
};

void duo_pip(const struct duo_pip_facts *f, struct duo_toets *out)
{
	*out = (struct duo_toets){ .bezwaar_count = 0 };
	basis_init(&out->basis);
	basis_add(&out->basis, "DUO PIP");
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		if (rules[i].objects(f))
			out->bezwaren[out->bezwaar_count++] = rules[i].bezwaar;
	out->toegestaan = out->bezwaar_count == 0;
	basis_say(&out->basis, "%s",
		out->toegestaan ? "DUO neemt dit PIP aan." : out->bezwaren[0].uitleg);
}
