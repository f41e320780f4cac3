/* SPDX-License-Identifier: EUPL-1.2 */
#include "rules/duo_checks.h"

#include "tables.h"

/* ---- duo-pip ---- */

static const struct field duo_bezwaar_fields[] = {
	FIELD(struct bezwaar, code, F_TEXT, REQUIRED, "Kenmerk"),
	FIELD(struct bezwaar, uitleg, F_TEXT, REQUIRED, "Uitleg"),
	FIELD_END,
};

static const struct field duo_pip_in[] = {
	AT(struct duo_pip_io, in.dagtekening, "dagtekening", F_DATE, REQUIRED,
		"Dagtekening van dit PIP"),
	AT_ENUM(struct duo_pip_io, in.leerroute, "leerroute", leerroute_values, REQUIRED,
		"Leerroute"),
	AT_ENUM(struct duo_pip_io, in.niveau, "niveau", niveau_values, OPTIONAL, "Niveau"),
	AT_ENUM(struct duo_pip_io, in.doelgroep, "doelgroep", doelgroep_values, REQUIRED,
		"Doelgroep"),
	AT_UNIT(struct duo_pip_io, in.geschatte_intensiteit_b1_route,
		"geschatte_intensiteit_b1_route", "uur", OPTIONAL, 0, 0,
		"Geschatte uren in de B1-route"),
	AT(struct duo_pip_io, in.eerste_pip, "eerste_pip", F_BOOL, REQUIRED,
		"Is dit het eerste PIP? Van welke gemeente ook"),
	AT(struct duo_pip_io, in.begin_plicht, "begin_plicht", F_DATE, OPTIONAL,
		"Begin van de plicht"),
	AT(struct duo_pip_io, in.vorige_dagtekening, "vorige_dagtekening", F_DATE, OPTIONAL,
		"De laatste dagtekening van het eerste en het huidige PIP"),
	AT(struct duo_pip_io, in.vestiging, "vestiging", F_DATE, OPTIONAL,
		"Vestiging in de gemeente"),
	FIELD_END,
};

static const struct field duo_pip_out[] = {
	AT(struct duo_pip_io, out.toegestaan, "toegestaan", F_BOOL, REQUIRED, "Neemt DUO dit aan?"),
	FIELD_LIST(struct duo_pip_io, bezwaren, struct bezwaar, duo_bezwaar_fields, REQUIRED,
		"Waarom DUO het weigert"),
	ANSWER(struct duo_pip_io),
	FIELD_END,
};

static void decide_duo_pip(struct arena *a, void *p)
{
	struct duo_pip_io *io = p;

	(void)a;
	duo_pip(&io->in, &io->out);
	io->bezwaren = (struct list){ io->out.bezwaren, (size_t)io->out.bezwaar_count };
	rule_explain(&io->base, &io->out.basis);
}

const struct rule rule_duo_pip = {
	.name = "duo-pip",
	.version = 1,
	.articles = "DUO PIP",
	.doc = "Neemt DUO de melding van dit PIP aan?",
	.in = duo_pip_in,
	.out = duo_pip_out,
	.size = sizeof(struct duo_pip_io),
	.decide = decide_duo_pip,
};
