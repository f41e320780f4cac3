/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/leerroute.h"

#include <stdbool.h>
#include <string.h>

#define ABRVS "ABRvS 24-12-2024, ECLI:NL:RVS:2024:5413 (beleid)"
#define INTENSITEIT_MAX 9999

const char *const lbt_uitslag_values[] = { "B1-route haalbaar", "B1-route niet haalbaar",
	"Onbekend", NULL };
const char *const taalonderdeel_values[] = { "LE", "LU", "SC", "SP", NULL };

/* Blanks are no reason. */
static bool motivated(const struct leerroute_facts *f)
{
	return f->motivering && f->motivering[strspn(f->motivering, " \t\r\n")];
}

/* ---- one function per question; true: there is an objection ---- */

static bool a2_in_onderwijsroute(const struct leerroute_facts *f)
{
	return f->niveau == NIVEAU_A2 && f->leerroute == ROUTE_O;
}

static bool level_in_z_route(const struct leerroute_facts *f)
{
	return f->niveau == NIVEAU_B1 && f->leerroute == ROUTE_Z;
}

static bool a2_in_first_pip(const struct leerroute_facts *f)
{
	return f->niveau == NIVEAU_A2 && f->leerroute == ROUTE_B && f->eerste_pip == JA;
}

static bool intensity_out_of_place(const struct leerroute_facts *f)
{
	return f->geschatte_intensiteit_b1_route != LAW_NONE &&
	       (f->leerroute != ROUTE_B || f->doelgroep != DOELGROEP_ASIEL);
}

static bool intensity_out_of_range(const struct leerroute_facts *f)
{
	return f->geschatte_intensiteit_b1_route != LAW_NONE &&
	       (f->geschatte_intensiteit_b1_route < 1 ||
		       f->geschatte_intensiteit_b1_route > INTENSITEIT_MAX);
}

static bool onderwijsroute_not_examined(const struct leerroute_facts *f)
{
	return f->wenst_opleiding == ONBEKEND ||
	       (f->wenst_opleiding == JA && f->grote_kans_diploma == ONBEKEND);
}

static bool onderwijsroute_not_wanted(const struct leerroute_facts *f)
{
	return f->leerroute == ROUTE_O && f->wenst_opleiding == NEE;
}

static bool onderwijsroute_no_chance(const struct leerroute_facts *f)
{
	return f->leerroute == ROUTE_O && f->wenst_opleiding == JA && f->grote_kans_diploma == NEE;
}

static bool onderwijsroute_passed_over(const struct leerroute_facts *f)
{
	return f->leerroute != ROUTE_O && f->wenst_opleiding == JA && f->grote_kans_diploma == JA &&
	       !motivated(f);
}

static bool z_while_b1_unexamined(const struct leerroute_facts *f)
{
	return f->leerroute == ROUTE_Z && f->redelijkerwijs_haalbaar_b1 == ONBEKEND;
}

static bool z_while_b1_feasible(const struct leerroute_facts *f)
{
	return f->leerroute == ROUTE_Z && f->redelijkerwijs_haalbaar_b1 == JA;
}

static bool b1_while_not_feasible(const struct leerroute_facts *f)
{
	return f->leerroute == ROUTE_B && f->redelijkerwijs_haalbaar_b1 == NEE && !motivated(f);
}

static bool differs_from_lbt(const struct leerroute_facts *f)
{
	bool z = f->leerroute == ROUTE_Z;

	return !motivated(f) && ((f->lbt_uitslag == LBT_HAALBAAR && z) ||
					(f->lbt_uitslag == LBT_NIET_HAALBAAR && !z));
}

static const struct question {
	bool (*objects)(const struct leerroute_facts *f);
	struct bezwaar bezwaar;
} questions[] = {
	{ a2_in_onderwijsroute, { "a2-onderwijsroute", "Wi art. 8",
					"In de onderwijsroute kan het niveau geen A2 zijn." } },
	{ level_in_z_route, { "b1-z-route", "Wi art. 9", "De Z-route heeft geen niveau B1." } },
	{ a2_in_first_pip,
		{ "a2-eerste-pip", "Wi art. 17 lid 3; Bi art. 5.5",
			"In het eerste PIP kan het niveau in de B1-route geen A2 zijn." } },
	{ intensity_out_of_place, { "intensiteit-niet-van-toepassing", "Wi art. 15 lid 2",
					  "De intensiteit van de leerroute hoort alleen bij de "
					  "B1-route van een asielstatushouder." } },
	{ intensity_out_of_range, { "intensiteit-bereik", "Wi art. 15 lid 2",
					  "De geschatte intensiteit is 1 tot 9999 uur." } },
	{ onderwijsroute_not_examined, { "onderwijsroute-niet-onderzocht", ABRVS,
					       "Onderzoek eerst de onderwijsroute: wil de persoon "
					       "een opleiding, en is een diploma"
					       " waarschijnlijk?" } },
	{ onderwijsroute_not_wanted,
		{ "onderwijsroute-niet-gewenst", "Wi art. 8",
			"De onderwijsroute kan alleen als de persoon dat wil." } },
	{ onderwijsroute_no_chance,
		{ "onderwijsroute-kleine-kans", "Wi art. 8",
			"De onderwijsroute kan alleen als de kans op het diploma groot is." } },
	{ onderwijsroute_passed_over,
		{ "onderwijsroute-zonder-reden-voorbij", ABRVS,
			"De onderwijsroute past. Schrijf op waarom het een andere route wordt." } },
	{ z_while_b1_unexamined, { "b1-niet-onderzocht", "Wi art. 9",
					 "Onderzoek eerst of niveau B1 haalbaar is." } },
	{ z_while_b1_feasible, { "b1-haalbaar", "Wi art. 9",
				       "Niveau B1 is haalbaar. Dan past de Z-route niet." } },
	{ b1_while_not_feasible, { "b1-niet-haalbaar", "Wi art. 15 lid 1",
					 "Niveau B1 is niet haalbaar. Schrijf op waarom het toch "
					 "de B1-route wordt." } },
	{ differs_from_lbt,
		{ "afwijking-lbt", "Wi art. 14 lid 3, 15 lid 1",
			"De route wijkt af van de leerbaarheidstoets. Schrijf op waarom." } },
};

_Static_assert(sizeof(questions) / sizeof(*questions) <= BEZWAREN_MAX, "all may object");

void leerroute_toets(const struct leerroute_facts *f, struct leerroute_toets *out)
{
	*out = (struct leerroute_toets){ .niveau = f->niveau };
	basis_init(&out->basis);
	if (!f->niveau && f->leerroute != ROUTE_Z)
		out->niveau = NIVEAU_B1;
	for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++) {
		if (!questions[i].objects(f))
			continue;
		out->bezwaren[out->bezwaar_count++] = questions[i].bezwaar;
		basis_add(&out->basis, questions[i].bezwaar.grondslag);
	}
	out->toegestaan = out->bezwaar_count == 0;
	basis_add(&out->basis, "Wi art. 15 lid 1");
	if (out->toegestaan)
		basis_say(&out->basis, "De gemeente mag de %s vaststellen.",
			f->leerroute == ROUTE_B   ? "B1-route"
			: f->leerroute == ROUTE_O ? "onderwijsroute"
						  : "Z-route");
	else
		basis_say(&out->basis, "Deze route kan zo niet worden vastgesteld. %s",
			out->bezwaren[0].uitleg);
}

void leerroute_overstap(const struct overstap_facts *f, struct overstap *out)
{
	char words[DATE_WORDS];
	long long months;

	*out = (struct overstap){ .toegestaan = NEE, .uiterlijk = DATE_NONE };
	basis_init(&out->basis);
	basis_add(&out->basis, "Wi art. 17 lid 2");
	months = basis_value(&out->basis, OVERSTAP_MAANDEN, f->datum);
	if (f->van == f->naar) {
		basis_say(&out->basis, "De persoon volgt deze route al.");
		return;
	}
	if (f->van == ROUTE_O && f->naar == ROUTE_B) {
		out->toegestaan = JA;
		basis_say(&out->basis,
			"Van de onderwijsroute naar de B1-route overstappen kan altijd.");
		return;
	}
	out->uiterlijk = date_add_days(date_add_months(f->begin_termijn, (int)months), -1);
	out->toegestaan = f->bijzonder_geval == JA || date_compare(f->datum, out->uiterlijk) <= 0;
	basis_say(&out->basis,
		"Overstappen kan tot en met %s, anderhalf jaar na het begin van de termijn.",
		date_in_words(out->uiterlijk, words));
	if (f->bijzonder_geval != JA)
		return;
	basis_add(&out->basis, "Bi art. 5.4 lid 2");
	basis_say(&out->basis, "In een bijzonder geval mag de gemeente daarvan afwijken.");
}

/* How many of the four parts; naming one twice makes no difference. */
static int count_parts(const struct afschaling_facts *f)
{
	bool named[TAAL_SP + 1] = { false };
	int n = 0;

	for (size_t i = 0; i < f->onderdeel_count; i++)
		named[f->onderdelen[i]] = true;
	for (int part = TAAL_LE; part <= TAAL_SP; part++)
		n += f->onderdeel_count == 0 || named[part];
	return n;
}

void leerroute_afschaling(const struct afschaling_facts *f, struct afschaling *out)
{
	struct basis *b = &out->basis;
	long long norm;

	*out = (struct afschaling){ .toegestaan = NEE };
	basis_init(b);
	norm = basis_value(b, AFSCHALING_UREN, f->vandaag);
	basis_add(b, "Wi art. 17 lid 3");
	if (f->gevolgde_uren < norm)
		out->uren_tekort = norm - f->gevolgde_uren;
	if (out->uren_tekort > 0)
		basis_say(b, "Er zijn %lld van de %lld uren les gevolgd: nog %lld te gaan.",
			f->gevolgde_uren, norm, out->uren_tekort);
	if (f->keurmerk != JA)
		basis_say(b, "Lessen tellen alleen bij een school met keurmerk of in een "
			     "taalschakeltraject.");
	if (f->voldoende_inspanning != JA)
		basis_say(b, "De persoon moet zich in de lessen voldoende hebben ingespannen.");
	out->toegestaan = !b->uitleg[0];
	if (out->toegestaan)
		basis_say(b,
			"Na %lld uren les mag de gemeente %d van de 4 taalonderdelen afschalen "
			"naar niveau A2.",
			f->gevolgde_uren, count_parts(f));
}
