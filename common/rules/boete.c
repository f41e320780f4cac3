/* SPDX-License-Identifier: EUPL-1.2 */
#include "rules/boete.h"

#include "tables.h"

/* ---- boete-22 and boete-23 ---- */

static const char *const stap_values[] = { "1", "3", NULL };

static const struct field termijn_22_fields[] = {
	AT_ENUM(struct boete_22_facts, termijn_soort, "soort", termijn_soort_values, REQUIRED,
		"Soort: de eerste of een nieuwe"),
	AT_UNIT(struct boete_22_facts, termijn_maanden, "maanden", "maanden", OPTIONAL, 6, 24,
		"Duur: van een nieuwe 6, 12, 18 of 24 maanden"),
	FIELD_END,
};

/* Policy that may only lower what the law names; names as in a beleidsdocument. */
#define PLAFONDS(st)                                                                               \
	FIELD_RANGE(st, plafond_eerste_termijn, F_CENTS, OPTIONAL, 0, EUROS_MAX,                   \
		"Hoogste totaal in de eerste termijn; als dat lager is dan in de wet"),            \
		FIELD_RANGE(st, plafond_nieuw_per_halfjaar, F_CENTS, OPTIONAL, 0, EUROS_MAX,       \
			"Hoogste totaal per half jaar van een nieuwe termijn; als dat lager is")

static const struct field beleid_22_fields[] = {
	PLAFONDS(struct boete_22_facts),
	FIELD_END,
};

static const struct field boete_22_in[] = {
	FIELD_ENUM(
		struct boete_22_io, stap, stap_values, REQUIRED, "Het lid van artikel 22: 1 of 3"),
	AT(struct boete_22_io, in.verwijtbaar, "verwijtbaar", F_BOOL, REQUIRED,
		"Is het te verwijten?"),
	AT_RANGE(struct boete_22_io, in.reeds_opgelegd, "reeds_opgelegd", F_CENTS, OPTIONAL, 0,
		EUROS_MAX, "Boetes van artikel 22 en 23 in deze termijn"),
	AT_OBJECT(struct boete_22_io, in, "termijn", termijn_22_fields, OPTIONAL, "De termijn"),
	AT_OBJECT(struct boete_22_io, in, "beleid", beleid_22_fields, OPTIONAL,
		"Beleid van de gemeente"),
	FIELD_END,
};

static const struct field boete_22_out[] = {
	AT(struct boete_22_io, out.opleggen, "opleggen", F_BOOL, REQUIRED,
		"Mag de gemeente een boete opleggen?"),
	AT(struct boete_22_io, out.bedrag, "bedrag", F_CENTS, REQUIRED, "De boete"),
	AT(struct boete_22_io, out.reden, "reden", F_TEXT, OPTIONAL, "Waarom niet"),
	ANSWER(struct boete_22_io),
	FIELD_END,
};

static bool months_are_known(int kind, long long months, const char **field, const char **reason)
{
	if (kind != TERMIJN_NIEUW || months == 6 || months == 12 || months == 18 || months == 24)
		return true;
	*field = "termijn.maanden";
	*reason = "Een nieuwe termijn duurt 6, 12, 18 of 24 maanden";
	return false;
}

static bool check_boete_22(const void *p, const char **field, const char **reason)
{
	const struct boete_22_io *io = p;

	return months_are_known(io->in.termijn_soort, io->in.termijn_maanden, field, reason);
}

static void decide_boete_22(struct arena *a, void *p)
{
	struct boete_22_io *io = p;

	(void)a;
	io->in.stap = io->stap == 1 ? 1 : 3;
	io->in.vandaag = io->base.peildatum;
	boete_22(&io->in, &io->out);
	rule_explain(&io->base, &io->out.basis);
}

static const struct field eerdere_fields[] = {
	FIELD(struct eerdere_overtreding, datum_constatering, F_DATE, REQUIRED,
		"Dag van constatering"),
	FIELD(struct eerdere_overtreding, datum_onherroepelijk, F_DATE, OPTIONAL,
		"Dag waarop de boete onherroepelijk werd"),
	FIELD_END,
};

static const struct field termijn_23_fields[] = {
	AT_ENUM(struct boete_23_facts, termijn_soort, "soort", termijn_soort_values, REQUIRED,
		"Soort: de eerste of een nieuwe"),
	AT_UNIT(struct boete_23_facts, termijn_maanden, "maanden", "maanden", OPTIONAL, 6, 24,
		"Duur: van een nieuwe 6, 12, 18 of 24 maanden"),
	FIELD_END,
};

static const struct field beleid_23_fields[] = {
	FIELD_ENUM(struct boete_23_facts, handhaving_asiel, handhaving_asiel_values, OPTIONAL,
		"Boetes voor asielstatushouders; zonder: alleen-bij-aanhoudende-onwil"),
	FIELD_ENUM(struct boete_23_facts, verhoging_over, verhoging_over_values, OPTIONAL,
		"Wat wordt verhoogd; zonder: trede"),
	FIELD(struct boete_23_facts, waarschuwing_vooraf, F_BOOL, OPTIONAL,
		"Is voor de eerste boete van artikel 23 een waarschuwing nodig? Zonder: nee"),
	FIELD(struct boete_23_facts, hulp_eerst, F_BOOL, OPTIONAL,
		"Moet eerst hulp zijn aangeboden? Zonder: nee"),
	FIELD(struct boete_23_facts, tweede_lezer, F_BOOL, OPTIONAL,
		"Is bij een asielstatushouder een tweede lezer nodig? Zonder: nee"),
	FIELD_RANGE(struct boete_23_facts, artikel_23_maximum, F_CENTS, OPTIONAL, 0, EUROS_MAX,
		"Hoogste boete; als dat lager is dan in de wet"),
	PLAFONDS(struct boete_23_facts),
	FIELD_END,
};

static const struct field boete_23_in[] = {
	AT_ENUM(struct boete_23_io, in.doelgroep, "doelgroep", doelgroep_values, REQUIRED,
		"Doelgroep"),
	AT_ENUM(struct boete_23_io, in.gedraging, "gedraging", gedraging_values, REQUIRED,
		"Gedraging"),
	AT_ENUM(struct boete_23_io, in.verwijtbaarheid, "verwijtbaarheid", verwijtbaarheid_values,
		REQUIRED, "Mate van verwijt"),
	AT(struct boete_23_io, in.datum_constatering, "datum_constatering", F_DATE, REQUIRED,
		"Dag waarop de overtreding is geconstateerd"),
	FIELD_LIST(struct boete_23_io, eerdere, struct eerdere_overtreding, eerdere_fields,
		OPTIONAL, "Eerdere overtredingen van artikel 23"),
	AT_OBJECT(struct boete_23_io, in, "termijn", termijn_23_fields, REQUIRED, "De termijn"),
	AT_RANGE(struct boete_23_io, in.reeds_opgelegd, "reeds_opgelegd", F_CENTS, OPTIONAL, 0,
		EUROS_MAX, "Boetes van artikel 22 en 23 in deze termijn"),
	AT(struct boete_23_io, in.bijstand_verlaagd, "bijstand_verlaagd", F_BOOL, OPTIONAL,
		"Is de bijstand om hetzelfde gedrag verlaagd?"),
	AT(struct boete_23_io, in.aanhoudende_onwil, "aanhoudende_onwil", F_BOOL, OPTIONAL,
		"Is aanhoudende onwil bewezen?"),
	AT(struct boete_23_io, in.gewaarschuwd_op, "gewaarschuwd_op", F_DATE, OPTIONAL,
		"Dag van de laatste waarschuwing"),
	AT_OBJECT(struct boete_23_io, in, "beleid", beleid_23_fields, OPTIONAL,
		"Beleid van de gemeente"),
	FIELD_END,
};

static const struct field boete_23_out[] = {
	AT(struct boete_23_io, out.opleggen, "opleggen", F_BOOL, REQUIRED,
		"Mag de gemeente een boete opleggen?"),
	AT(struct boete_23_io, out.reden, "reden", F_TEXT, OPTIONAL, "Waarom niet"),
	AT(struct boete_23_io, out.trede, "trede", F_INT, REQUIRED, "Trede: 1 tot en met 5"),
	AT(struct boete_23_io, out.basisbedrag, "basisbedrag", F_CENTS, REQUIRED,
		"Bedrag van de trede"),
	AT_UNIT(struct boete_23_io, out.percentage, "percentage", "procent", REQUIRED, 0, 0,
		"Deel daarvan door de mate van verwijt"),
	AT(struct boete_23_io, out.bedrag, "bedrag", F_CENTS, REQUIRED, "De boete"),
	AT(struct boete_23_io, out.plafond_rest, "plafond_rest", F_CENTS, REQUIRED,
		"Ruimte voor boetes in deze termijn: voor deze boete"),
	FIELD_LIST(struct boete_23_io, vereist, const char *, rule_text_item, REQUIRED,
		"Wat vooraf moet gebeuren"),
	ANSWER(struct boete_23_io),
	FIELD_END,
};

static bool check_boete_23(const void *p, const char **field, const char **reason)
{
	const struct boete_23_io *io = p;

	return months_are_known(io->in.termijn_soort, io->in.termijn_maanden, field, reason);
}

static void decide_boete_23(struct arena *a, void *p)
{
	struct boete_23_io *io = p;

	(void)a;
	io->in.eerdere = io->eerdere.items;
	io->in.eerdere_count = io->eerdere.count;
	boete_23(&io->in, &io->out);
	io->vereist = (struct list){ io->out.vereist, (size_t)io->out.vereist_count };
	rule_explain(&io->base, &io->out.basis);
}

const struct rule rule_boete_22 = {
	.name = "boete-22",
	.version = 1,
	.articles = "Wi art. 22 en 26; Bi art. 7.1; Awb art. 5:41",
	.doc = "De boete bij de brede intake",
	.in = boete_22_in,
	.out = boete_22_out,
	.size = sizeof(struct boete_22_io),
	.decide = decide_boete_22,
	.check = check_boete_22,
};

const struct rule rule_boete_23 = {
	.name = "boete-23",
	.version = 1,
	.articles = "Wi art. 15, 23, 26 en 27; Bi art. 7.1; Awb art. 5:41, 5:48, 5:53 en 10:3",
	.doc = "De boete tijdens het traject",
	.in = boete_23_in,
	.out = boete_23_out,
	.size = sizeof(struct boete_23_io),
	.decide = decide_boete_23,
	.check = check_boete_23,
};
