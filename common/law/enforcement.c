/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/enforcement.h"

#include "law/date_rules.h"
#include "law/term.h"

/* ---- the machine ---- */

const char *const overtreding_status_values[] = { "geconstateerd", "gerapporteerd", "zienswijze",
	"voorgesteld", "besloten", "bekendgemaakt", "bezwaar", "onherroepelijk", "geseponeerd",
	NULL };
const char *const zet_values[] = { "rapport", "zienswijze", "voorstel", "tweede-lezing", "besluit",
	"bekendmaking", "bezwaar", "ongegrondverklaring", "herroeping", "onherroepelijk",
	"seponering", NULL };
static const char *const voorwaarden[] = { "alleen bij artikel 22",
	"gegeven, of de termijn is voorbij", "door een ander dan rapporteur en voorsteller",
	"door een ander dan rapporteur en voorsteller", "door een ander dan de beslisser",
	"de bezwaartermijn is voorbij", "de beroepstermijn is voorbij", NULL };

static const struct law_move moves[] = {
	{ GECONSTATEERD, ZET_RAPPORT, 0, GERAPPORTEERD, WIE_BEREIDT_VOOR,
		"Awb art. 5:48, 5:53 lid 2", "verplicht bij artikel 23" },
	{ GECONSTATEERD, ZET_ZIENSWIJZE, BIJ_ARTIKEL_22, ZIENSWIJZE, WIE_BEREIDT_VOOR,
		"Awb art. 4:8", "zonder rapport; gegeven, of de termijn is voorbij" },
	{ GERAPPORTEERD, ZET_ZIENSWIJZE, ZIENSWIJZE_GEGEVEN, ZIENSWIJZE, WIE_BEREIDT_VOOR,
		"Awb art. 5:53 lid 3", NULL },
	{ ZIENSWIJZE, ZET_VOORSTEL, 0, VOORGESTELD, WIE_BEREIDT_VOOR, "Bi art. 7.1",
		"bedrag en grondslag uit de wet" },
	{ VOORGESTELD, ZET_VOORSTEL, 0, VOORGESTELD, WIE_BEREIDT_VOOR, "Bi art. 7.1",
		"opnieuw berekend" },
	{ VOORGESTELD, ZET_TWEEDE_LEZING, ANDERE_LEZER, VOORGESTELD, WIE_BEREIDT_VOOR,
		"beleid van de gemeente; HvJEU C-158/23", "een ander dan wie daarna beslist" },
	{ VOORGESTELD, ZET_BESLUIT, ANDERE_BESLISSER, BESLOTEN, WIE_BESLIST,
		"Awb art. 10:3 lid 4; Wi art. 22, 23", "zolang de bevoegdheid niet is vervallen" },
	{ BESLOTEN, ZET_BEKENDMAKING, 0, BEKENDGEMAAKT, WIE_BEREIDT_VOOR,
		"Awb art. 3:41; Wi art. 22 lid 2", "begin van de bezwaartermijn" },
	{ BEKENDGEMAAKT, ZET_BEZWAAR, 0, BEZWAAR, WIE_BEREIDT_VOOR, "Awb art. 6:4, 6:7",
		"te laat bezwaar beoordeelt wie erop beslist (6:11)" },
	{ BEZWAAR, ZET_ONGEGROND, ANDERE_BESLISSER_OP_BEZWAAR, BEZWAAR, WIE_BESLIST,
		"Awb art. 7:11, 10:3 lid 3", "het besluit blijft; beroep staat open" },
	{ BEZWAAR, ZET_HERROEPING, ANDERE_BESLISSER_OP_BEZWAAR, GESEPONEERD, WIE_BESLIST,
		"Awb art. 7:11 lid 2, 10:3 lid 3", "het besluit vervalt" },
	{ BEKENDGEMAAKT, ZET_ONHERROEPELIJK, BEZWAARTERMIJN_VOORBIJ, ONHERROEPELIJK,
		WIE_BEREIDT_VOOR, "Awb art. 6:7", "geen bezwaar gemaakt" },
	{ BEZWAAR, ZET_ONHERROEPELIJK, BEROEPSTERMIJN_VOORBIJ, ONHERROEPELIJK, WIE_BEREIDT_VOOR,
		"Awb art. 6:7", "geen beroep ingesteld" },
	{ GECONSTATEERD, ZET_SEPONERING, 0, GESEPONEERD, WIE_BEREIDT_VOOR, "Awb art. 5:41",
		"geen boete" },
	{ GERAPPORTEERD, ZET_SEPONERING, 0, GESEPONEERD, WIE_BEREIDT_VOOR,
		"Awb art. 5:41, 5:50 lid 2", "geen boete" },
	{ ZIENSWIJZE, ZET_SEPONERING, 0, GESEPONEERD, WIE_BEREIDT_VOOR, "Awb art. 5:41, 5:50 lid 2",
		"geen boete" },
	{ VOORGESTELD, ZET_SEPONERING, 0, GESEPONEERD, WIE_BESLIST, "Awb art. 5:41, 5:50 lid 2",
		"het voorstel wordt niet gevolgd" },
	{ BESLOTEN, ZET_SEPONERING, 0, GESEPONEERD, WIE_BESLIST, "Awb art. 3:40",
		"het besluit werkte nog niet" },
	{ BEKENDGEMAAKT, ZET_SEPONERING, 0, GESEPONEERD, WIE_BESLIST, "bevoegdheid tot intrekken",
		"het besluit wordt ingetrokken" },
	{ BEZWAAR, ZET_SEPONERING, 0, GESEPONEERD, WIE_BESLIST, "Awb art. 6:19",
		"het besluit wordt ingetrokken" },
};

const struct law_machine machine_enforcement = {
	.name = "enforcement",
	.doc = "Een overtreding en de weg naar een boete van het college",
	.states = overtreding_status_values,
	.events = zet_values,
	.conditions = voorwaarden,
	.finals = (const int[]){ ONHERROEPELIJK, GESEPONEERD, 0 },
	.start = GECONSTATEERD,
	.moves = moves,
	.count = sizeof(moves) / sizeof(*moves),
};

/* ---- its terms ---- */

void zienswijze_termijn(const struct zienswijze_termijn_facts *f, struct zienswijze_termijn *out)
{
	struct basis *b = &out->basis;
	char words[DATE_WORDS];
	long long weeks;

	basis_init(b);
	basis_add(b, f->artikel == BESLUIT_22 ? "Awb art. 4:8" : "Awb art. 5:53 lid 3");
	weeks = basis_value(b, ZIENSWIJZE_WEKEN, f->datum_uitnodiging);
	out->uiterlijk = term_weeks(f->datum_uitnodiging, f->weken == LAW_NONE ? weeks : f->weken);
	basis_say(b, "De persoon kan tot en met %s een zienswijze geven.",
		date_in_words(out->uiterlijk, words));
}

const char *const boete_artikel_values[] = { "22-1", "22-3", "23", NULL };

struct date nieuwe_termijn_uiterlijk(struct date d)
{
	return term_months(d, law_value(BOETE_22_TERMIJN, d));
}

static const char *objection_to_term(struct date first, struct date last, struct date d)
{
	if (!date_is_set(last))
		return date_is_set(d) ? "hoort-niet" : NULL;
	if (!date_is_set(d))
		return "ontbreekt";
	if (date_compare(d, first) <= 0)
		return "te-vroeg";
	return date_compare(d, last) > 0 ? "te-lang" : NULL;
}

void nieuwe_termijn_toets(
	const struct nieuwe_termijn_toets_facts *f, struct nieuwe_termijn_toets *out)
{
	struct basis *b = &out->basis;
	char words[DATE_WORDS];

	*out = (struct nieuwe_termijn_toets){ .uiterlijk = DATE_NONE };
	basis_init(b);
	if (f->artikel == BOETE_22_1)
		out->uiterlijk = nieuwe_termijn_uiterlijk(f->datum_bekendmaking);
	out->reden = objection_to_term(f->datum_bekendmaking, out->uiterlijk, f->termijn);
	out->toegestaan = out->reden ? NEE : JA;
	if (f->artikel != BOETE_22_1) {
		basis_add(b, "Wi art. 22 lid 2");
		basis_say(b, "Alleen bij een boete van artikel 22 lid 1 hoort een nieuwe termijn.");
		return;
	}
	basis_say(b,
		"Bij deze boete hoort een nieuwe termijn. Die begint na de bekendmaking en duurt "
		"hoogstens %lld maanden: tot en met %s.",
		basis_value(b, BOETE_22_TERMIJN, f->datum_bekendmaking),
		date_in_words(out->uiterlijk, words));
}

/* The day whose term decides: of the decision on the bezwaar, or of the bekendmaking; DATE_NONE
 * while a bezwaar is open. */
static struct date start_of_last_term(const struct onherroepelijk_facts *f)
{
	if (date_is_set(f->bezwaar_beslist_op))
		return f->bezwaar_beslist_op;
	return date_is_set(f->bezwaar_ingediend_op) ? DATE_NONE : f->datum_bekendmaking;
}

void onherroepelijk_dag(const struct onherroepelijk_facts *f, struct onherroepelijk *out)
{
	struct date start = start_of_last_term(f);
	struct basis *b = &out->basis;
	char words[DATE_WORDS];

	*out = (struct onherroepelijk){ .laatste_dag = DATE_NONE, .op = DATE_NONE };
	basis_init(b);
	if (!date_is_set(start)) {
		basis_add(b, "Awb art. 7:11");
		basis_say(b, "Op het bezwaar is nog niet beslist.");
		return;
	}
	out->laatste_dag = term_weeks(start, basis_value(b, BEZWAAR_WEKEN, start));
	basis_add(b, "Awb art. 6:8");
	basis_add(b, "Atw art. 1");
	out->op = date_add_days(out->laatste_dag, 1);
	out->onherroepelijk = date_compare(f->vandaag, out->op) >= 0 ? JA : NEE;
	basis_say(b, "%s kan tot en met %s. Daarna staat het besluit vast.",
		date_is_set(f->bezwaar_beslist_op) ? "Beroep instellen" : "Bezwaar maken",
		date_in_words(out->laatste_dag, words));
}
