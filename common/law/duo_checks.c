/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/duo_checks.h"

#include <stddef.h>

#define INTENSITEIT_MAX 9999 /* hours */
#define NEE_MAANDEN 2 /* `Nee` only when the term ends within these months */

const char *const duo_ja_nee_values[] = { "Ja", "Nee", NULL };

/* One of DUO's rules: true when DUO would refuse. The facts are those of its table. */
struct check {
	bool (*objects)(const void *facts);
	struct bezwaar bezwaar;
};

static void judge(const struct check *checks, size_t count, const void *facts, const char *source,
	const char *accepted, struct duo_toets *out)
{
	*out = (struct duo_toets){ .bezwaar_count = 0 };
	basis_init(&out->basis);
	basis_add(&out->basis, source);
	for (size_t i = 0; i < count; i++)
		if (checks[i].objects(facts))
			out->bezwaren[out->bezwaar_count++] = checks[i].bezwaar;
	out->toegestaan = out->bezwaar_count == 0;
	basis_say(&out->basis, "%s", out->toegestaan ? accepted : out->bezwaren[0].uitleg);
}

#define COUNT(checks) (sizeof(checks) / sizeof(*(checks)))

static bool before(struct date day, struct date other)
{
	return date_is_set(day) && date_is_set(other) && date_compare(day, other) < 0;
}

/* ---- PIP ---- */

#define PIP "DUO PIP"

static bool pip_before_plicht(const void *p)
{
	const struct duo_pip_facts *f = p;

	return before(f->dagtekening, f->begin_plicht);
}

static bool pip_before_previous(const void *p)
{
	const struct duo_pip_facts *f = p;

	return before(f->dagtekening, f->vorige_dagtekening);
}

static bool pip_before_settlement(const void *p)
{
	const struct duo_pip_facts *f = p;

	return before(f->dagtekening, f->vestiging);
}

static bool pip_a2_with_o(const void *p)
{
	const struct duo_pip_facts *f = p;

	return f->niveau == NIVEAU_A2 && f->leerroute == ROUTE_O;
}

static bool pip_b1_with_z(const void *p)
{
	const struct duo_pip_facts *f = p;

	return f->niveau == NIVEAU_B1 && f->leerroute == ROUTE_Z;
}

static bool pip_a2_in_first(const void *p)
{
	const struct duo_pip_facts *f = p;

	return f->niveau == NIVEAU_A2 && f->leerroute == ROUTE_B && f->eerste_pip == JA;
}

static bool pip_intensity_not_allowed(const void *p)
{
	const struct duo_pip_facts *f = p;

	return f->geschatte_intensiteit_b1_route != LAW_NONE &&
	       (f->leerroute != ROUTE_B || f->doelgroep == DOELGROEP_GEZIN);
}

static bool pip_intensity_out_of_range(const void *p)
{
	const struct duo_pip_facts *f = p;
	long long hours = f->geschatte_intensiteit_b1_route;

	return hours != LAW_NONE && (hours < 1 || hours > INTENSITEIT_MAX);
}

static const struct check pip_checks[] = {
	{ pip_before_plicht, { "dagtekening-voor-plicht", PIP,
				     "De dagtekening ligt voor het begin van de "
				     "inburgeringsplicht." } },
	{ pip_before_previous, { "dagtekening-voor-vorige-pip", PIP,
				       "De dagtekening ligt voor die van het vorige PIP." } },
	{ pip_before_settlement,
		{ "dagtekening-voor-vestiging", PIP,
			"De dagtekening ligt voor de vestiging in de gemeente." } },
	{ pip_a2_with_o,
		{ "a2-onderwijsroute", PIP, "Niveau A2 kan niet bij de onderwijsroute." } },
	{ pip_b1_with_z, { "b1-z-route", PIP, "Niveau B1 kan niet bij de Z-route." } },
	{ pip_a2_in_first,
		{ "a2-eerste-pip", PIP, "Niveau A2 kan niet bij de B1-route in het eerste PIP." } },
	{ pip_intensity_not_allowed,
		{ "intensiteit-niet-van-toepassing", PIP,
			"De intensiteit kan alleen bij de B1-route van een asielstatushouder." } },
	{ pip_intensity_out_of_range,
		{ "intensiteit-bereik", PIP, "De geschatte intensiteit is 1 tot 9999 uur." } },
};

static bool pip_has_term(const void *p)
{
	const struct duo_pip_facts *f = p;

	return f->termijn_vastgesteld == JA;
}

static bool pip_has_hours(const void *p)
{
	const struct duo_pip_facts *f = p;

	return f->cursusuren_geregistreerd == JA;
}

static const struct check pip_deletion_checks[] = {
	{ pip_has_term,
		{ "termijn-vastgesteld", PIP,
			"De inburgeringstermijn is al vastgesteld. Verwijderen kan niet meer." } },
	{ pip_has_hours, { "cursusuren-geregistreerd", PIP,
				 "Er zijn al cursusuren geregistreerd. Verwijderen kan niet "
				 "meer." } },
};

void duo_pip(const struct duo_pip_facts *f, struct duo_toets *out)
{
	if (f->verwijderen == JA)
		judge(pip_deletion_checks, COUNT(pip_deletion_checks), f, PIP,
			"DUO verwijdert dit PIP.", out);
	else
		judge(pip_checks, COUNT(pip_checks), f, PIP, "DUO neemt dit PIP aan.", out);
}

/* ---- Inburgeringsaanbod ---- */

#define AANBOD "DUO Inburgeringsaanbod"

static bool offer_to_another_group(const void *p)
{
	const struct duo_aanbod_facts *f = p;

	return f->doelgroep == DOELGROEP_GEZIN;
}

static bool offer_without_pip(const void *p)
{
	const struct duo_aanbod_facts *f = p;

	return f->pip_aanwezig == NEE;
}

static bool offer_unknown_institution(const void *p)
{
	const struct duo_aanbod_facts *f = p;

	return f->instelling_bekend == NEE;
}

static bool offer_without_bow(const void *p)
{
	const struct duo_aanbod_facts *f = p;

	return f->indicatie_bow_keurmerk == NEE &&
	       (f->leerroute == ROUTE_B || f->leerroute == ROUTE_Z);
}

static bool offer_without_tst(const void *p)
{
	const struct duo_aanbod_facts *f = p;

	return f->indicatie_tst_keurmerk == NEE && f->leerroute == ROUTE_O;
}

static bool offer_before_pip(const void *p)
{
	const struct duo_aanbod_facts *f = p;

	return before(f->datum_inburgeringsaanbod, f->dagtekening_pip);
}

static bool offer_starts_too_early(const void *p)
{
	const struct duo_aanbod_facts *f = p;

	return before(f->verwachte_startdatum_opleiding, f->datum_inburgeringsaanbod);
}

static bool offer_ends_before_start(const void *p)
{
	const struct duo_aanbod_facts *f = p;

	return before(f->verwachte_einddatum_opleiding, f->verwachte_startdatum_opleiding);
}

/* On the first day after the term, or later. */
static bool after_term(struct date day, struct date end)
{
	return date_is_set(day) && date_is_set(end) && date_compare(day, end) >= 0;
}

static bool offer_starts_outside(const void *p)
{
	const struct duo_aanbod_facts *f = p;

	return before(f->verwachte_startdatum_opleiding, f->begin_termijn) ||
	       after_term(f->verwachte_startdatum_opleiding, f->einde_termijn);
}

static bool offer_ends_outside(const void *p)
{
	const struct duo_aanbod_facts *f = p;

	return before(f->verwachte_einddatum_opleiding, f->begin_termijn) ||
	       before(f->einde_termijn, f->verwachte_einddatum_opleiding);
}

static const struct check offer_checks[] = {
	{ offer_to_another_group, { "alleen-asielstatushouder", AANBOD,
					  "Een aanbod melden kan alleen voor een "
					  "asielstatushouder." } },
	{ offer_without_pip, { "geen-pip", AANBOD, "Er is nog geen PIP." } },
	{ offer_unknown_institution,
		{ "instelling-onbekend", AANBOD, "DUO kent deze instelling niet." } },
	{ offer_without_bow, { "geen-bow-keurmerk", AANBOD,
				     "Deze instelling heeft geen keurmerk van Blik op Werk." } },
	{ offer_without_tst, { "geen-tst-erkenning", AANBOD,
				     "Deze instelling is niet erkend voor het "
				     "taalschakeltraject." } },
	{ offer_before_pip,
		{ "aanbod-voor-pip", AANBOD, "Het aanbod ligt voor de dagtekening van het PIP." } },
	{ offer_starts_too_early,
		{ "start-voor-aanbod", AANBOD, "De opleiding start voor het aanbod." } },
	{ offer_ends_before_start,
		{ "einde-voor-start", AANBOD, "De opleiding eindigt voordat zij start." } },
	{ offer_starts_outside, { "start-buiten-termijn", AANBOD,
					"De opleiding start buiten de inburgeringstermijn." } },
	{ offer_ends_outside, { "einde-buiten-termijn", AANBOD,
				      "De opleiding eindigt buiten de inburgeringstermijn." } },
};

_Static_assert(COUNT(offer_checks) <= BEZWAREN_MAX, "all may object");

void duo_aanbod(const struct duo_aanbod_facts *f, struct duo_toets *out)
{
	judge(offer_checks, COUNT(offer_checks), f, AANBOD, "DUO neemt dit aanbod aan.", out);
}

/* ---- MAP, PVT, Z-route ---- */

#define RESULTAAT "DUO MAP, PVT en Z-route"

static bool result_without_pip(const void *p)
{
	const struct duo_resultaat_facts *f = p;

	return f->heeft_huidig_pip == NEE;
}

static bool result_after_fulfilment(const void *p)
{
	const struct duo_resultaat_facts *f = p;

	return f->voldaan_door_zroute == JA;
}

static bool result_before_term(const void *p)
{
	const struct duo_resultaat_facts *f = p;

	return before(f->datum, f->begin_termijn);
}

static bool result_in_future(const void *p)
{
	const struct duo_resultaat_facts *f = p;

	return before(f->vandaag, f->datum);
}

static bool result_after_completion(const void *p)
{
	const struct duo_resultaat_facts *f = p;

	return before(f->datum_afronding_zroute, f->datum);
}

static bool result_withdrawn_after_completion(const void *p)
{
	const struct duo_resultaat_facts *f = p;

	return !date_is_set(f->datum) && date_is_set(f->datum_afronding_zroute);
}

static bool result_changes_anothers(const void *p)
{
	const struct duo_resultaat_facts *f = p;

	return f->eerdere_datum_eigen == NEE &&
	       (!date_is_set(f->datum) || f->datum.day != f->eerdere_datum.day);
}

/* JA, NEE or ONBEKEND. */
static int is_overrun(const struct duo_resultaat_facts *f)
{
	struct date day = date_is_set(f->datum) ? f->datum : f->vandaag;

	if (!date_is_set(day) || !date_is_set(f->einde_termijn))
		return ONBEKEND;
	return after_term(day, f->einde_termijn);
}

static bool blame_is_missing(const void *p)
{
	const struct duo_resultaat_facts *f = p;

	return f->verwijtbaar == 0 && is_overrun(f) == JA;
}

static bool blame_is_superfluous(const void *p)
{
	const struct duo_resultaat_facts *f = p;

	return f->verwijtbaar != 0 && before(f->datum, f->einde_termijn);
}

static bool no_blame_too_early(const void *p)
{
	const struct duo_resultaat_facts *f = p;

	return f->verwijtbaar == DUO_NEE && date_is_set(f->vandaag) &&
	       before(date_add_months(f->vandaag, NEE_MAANDEN), f->einde_termijn);
}

static bool blame_without_overrun(const void *p)
{
	const struct duo_resultaat_facts *f = p;

	return f->verwijtbaar == DUO_JA && is_overrun(f) == NEE;
}

static bool completion_of_another_route(const void *p)
{
	const struct duo_resultaat_facts *f = p;

	return f->leerroute == ROUTE_B || f->leerroute == ROUTE_O;
}

static bool completion_before_map(const void *p)
{
	const struct duo_resultaat_facts *f = p;

	return before(f->datum, f->datum_eindgesprek_map);
}

static bool completion_before_pvt(const void *p)
{
	const struct duo_resultaat_facts *f = p;

	return before(f->datum, f->datum_ondertekening_pvt);
}

static const struct check result_checks[] = {
	{ result_without_pip,
		{ "geen-huidig-pip", RESULTAAT, "Deze gemeente heeft niet het huidige PIP." } },
	{ result_after_fulfilment,
		{ "plicht-voldaan", RESULTAAT, "De plicht is al voldaan met de Z-route." } },
	{ result_before_term, { "datum-voor-termijn", RESULTAAT,
				      "De datum ligt voor het begin van de termijn." } },
	{ result_in_future, { "datum-in-toekomst", RESULTAAT, "De datum ligt in de toekomst." } },
	{ result_after_completion, { "datum-na-afronding", RESULTAAT,
					   "De datum ligt na de afronding van de Z-route." } },
	{ result_withdrawn_after_completion,
		{ "intrekken-na-afronding", RESULTAAT,
			"De afronding van de Z-route staat vast. Intrekken kan niet meer." } },
	{ result_changes_anothers,
		{ "datum-van-andere-gemeente", RESULTAAT,
			"Een andere gemeente leverde de eerdere datum. Alleen die kan hem "
			"wijzigen." } },
	{ blame_is_missing, { "verwijtbaar-ontbreekt", RESULTAAT,
				    "De termijn is overschreden. Meld of dat te verwijten is." } },
	{ blame_is_superfluous,
		{ "verwijtbaar-binnen-termijn", RESULTAAT,
			"De datum ligt binnen de termijn. Laat de verwijtbaarheid dan weg." } },
	{ no_blame_too_early, { "nee-te-vroeg", RESULTAAT,
				      "Nee kan pas als de termijn binnen twee maanden eindigt." } },
	{ blame_without_overrun, { "ja-zonder-overschrijding", RESULTAAT,
					 "Ja kan alleen als de termijn is overschreden." } },
	{ completion_of_another_route,
		{ "geen-z-route", RESULTAAT, "De leerroute is niet de Z-route." } },
	{ completion_before_map,
		{ "datum-voor-map", RESULTAAT, "De datum ligt voor het eindgesprek van de MAP." } },
	{ completion_before_pvt, { "datum-voor-pvt", RESULTAAT,
					 "De datum ligt voor de ondertekening van het PVT." } },
};

_Static_assert(COUNT(result_checks) <= BEZWAREN_MAX, "all may object");

void duo_map(const struct duo_resultaat_facts *f, struct duo_toets *out)
{
	judge(result_checks, COUNT(result_checks), f, RESULTAAT,
		"DUO neemt dit eindgesprek van de MAP aan.", out);
}

void duo_pvt(const struct duo_resultaat_facts *f, struct duo_toets *out)
{
	judge(result_checks, COUNT(result_checks), f, RESULTAAT,
		"DUO neemt deze ondertekening van het PVT aan.", out);
}

void duo_zroute(const struct duo_resultaat_facts *f, struct duo_toets *out)
{
	judge(result_checks, COUNT(result_checks), f, RESULTAAT,
		"DUO neemt deze afronding van de Z-route aan.", out);
}
