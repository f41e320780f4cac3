/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/boete.h"

#define TREDE_MAX 5
#define STAPPEN_MAX 10 /* under the other reading steps go on until the maximum */
#define HALFJAAR 6 /* months */
#define HALFJAREN_MAX 4

const char *const gedraging_values[] = { "begeleiding", "pvt-map", "intensiteit-leerroute", NULL };
const char *const verwijtbaarheid_values[] = { "opzet", "grove-schuld", "normaal", "verminderd",
	"geen", NULL };
const char *const termijn_soort_values[] = { "eerste", "nieuw", NULL };
const char *const handhaving_asiel_values[] = { "uit", "alleen-bij-aanhoudende-onwil", "aan",
	NULL };
const char *const verhoging_over_values[] = { "trede", "opgelegd", NULL };

#define BELEID "beleid van de gemeente"

static long long least(long long a, long long b)
{
	return a < b ? a : b;
}

/* Half years in a new term: at least one, at most four (Bi art. 7.1 lid 5 onder a-d). */
static long long half_years(long long months)
{
	long long n = months / HALFJAAR;

	return n < 1 ? 1 : least(n, HALFJAREN_MAX);
}

/* The law's figure, or the policy's when that is lower. */
static long long at_most(struct basis *b, enum law_figure figure, struct date day, long long policy)
{
	long long law = basis_value(b, figure, day);

	if (policy <= 0 || policy >= law)
		return law;
	basis_add(b, BELEID);
	return policy;
}

/* The term of a fine, and what is imposed in it. */
struct ruimte {
	int soort;
	long long maanden, opgelegd, plafond_eerste, plafond_halfjaar;
};

/* What may still be imposed in this term: arts 22 and 23 together. */
static long long left_of_cap(struct basis *b, const struct ruimte *r, struct date day)
{
	long long cap = r->soort == TERMIJN_NIEUW
				? at_most(b, PLAFOND_NIEUW_PER_HALFJAAR, day, r->plafond_halfjaar) *
					  half_years(r->maanden)
				: at_most(b, PLAFOND_EERSTE, day, r->plafond_eerste);
	long long left = cap - (r->opgelegd == LAW_NONE ? 0 : r->opgelegd);

	return left > 0 ? left : 0;
}

static void say_cap_reached(struct basis *b)
{
	basis_say(b, "In deze termijn is het hoogste totaal aan boetes al opgelegd. Er komt geen "
		     "boete bij.");
}

static void say_cut(struct basis *b, long long whole, long long fine)
{
	if (fine < whole)
		basis_say(b, "Meer mag niet: dan is het hoogste totaal aan boetes in deze termijn "
			     "bereikt.");
}

void boete_22(const struct boete_22_facts *f, struct boete_22 *out)
{
	const struct ruimte room = { f->termijn_soort, f->termijn_maanden, f->reeds_opgelegd,
		f->plafond_eerste_termijn, f->plafond_nieuw_per_halfjaar };
	struct basis *b = &out->basis;
	long long whole, left;

	*out = (struct boete_22){ .opleggen = NEE };
	basis_init(b);
	basis_add(b, f->stap == 3 ? "Wi art. 22 lid 3" : "Wi art. 22 lid 1");
	if (f->verwijtbaar != JA) {
		out->reden = "niet-verwijtbaar";
		basis_add(b, "Awb art. 5:41");
		basis_say(b, "Er is geen verwijt vastgesteld. Dan komt er geen boete.");
		return;
	}
	whole = least(basis_value(b, BOETE_22_BEDRAG, f->vandaag),
		basis_value(b, BOETE_22_MAX, f->vandaag));
	left = left_of_cap(b, &room, f->vandaag);
	out->bedrag = least(whole, left);
	if (out->bedrag == 0) {
		out->reden = "plafond-bereikt";
		say_cap_reached(b);
		return;
	}
	out->opleggen = JA;
	basis_say(b,
		"De persoon is %sniet gekomen of werkte niet genoeg mee aan de intake. De boete is"
		" %lld,%02lld euro.",
		f->stap == 3 ? "binnen de nieuwe termijn weer " : "", out->bedrag / 100,
		out->bedrag % 100);
	say_cut(b, whole, out->bedrag);
}

/* Is `earlier` within the months of recidive before `day`, and final by then? */
static bool counts(const struct eerdere_overtreding *earlier, struct date day)
{
	int months = (int)law_value(RECIDIVE_MAANDEN, day);

	return date_compare(earlier->datum_constatering, date_add_months(day, -months)) >= 0 &&
	       date_compare(earlier->datum_constatering, day) < 0 &&
	       date_is_set(earlier->datum_onherroepelijk) &&
	       date_compare(earlier->datum_onherroepelijk, day) <= 0;
}

/* The latest earlier violation that counts for one established on `day`, or NULL. */
static const struct eerdere_overtreding *latest_before(
	const struct boete_23_facts *f, struct date day)
{
	const struct eerdere_overtreding *latest = NULL;

	for (size_t i = 0; i < f->eerdere_count; i++) {
		const struct eerdere_overtreding *e = &f->eerdere[i];

		if (counts(e, day) && (!latest || date_compare(e->datum_constatering,
							  latest->datum_constatering) > 0))
			latest = e;
	}
	return latest;
}

/* A violation stands one step above the latest earlier one that counts: a chain back in time. */
static int step_of(const struct boete_23_facts *f)
{
	const struct eerdere_overtreding *e = latest_before(f, f->datum_constatering);
	int step = 1;

	for (; e && step < STAPPEN_MAX; step++)
		e = latest_before(f, e->datum_constatering);
	return step;
}

static bool is_first(const struct boete_23_facts *f)
{
	for (size_t i = 0; i < f->eerdere_count; i++)
		if (date_compare(f->eerdere[i].datum_constatering, f->datum_constatering) < 0)
			return false;
	return true;
}

/* The policy asks a warning before the first fine of art. 23, and none came before this violation
 * was established. */
static bool warning_is_missing(const struct boete_23_facts *f)
{
	return f->waarschuwing_vooraf == JA && is_first(f) &&
	       (!date_is_set(f->gewaarschuwd_op) ||
		       date_compare(f->gewaarschuwd_op, f->datum_constatering) >= 0);
}

/* The policy on fines for asielstatushouders: why none may be imposed, NULL when it may. */
static const char *asylum_impediment(const struct boete_23_facts *f, struct basis *b)
{
	int policy = f->handhaving_asiel ? f->handhaving_asiel : HANDHAVING_BIJ_ONWIL;

	if (f->doelgroep != DOELGROEP_ASIEL || policy == HANDHAVING_AAN)
		return NULL;
	basis_add(b, "HvJEU C-158/23 (beleid)");
	if (policy == HANDHAVING_BIJ_ONWIL && f->aanhoudende_onwil == JA)
		return NULL;
	basis_say(b, policy == HANDHAVING_UIT
			     ? "Volgens het beleid krijgt een asielstatushouder geen boete."
			     : "Volgens het beleid krijgt een asielstatushouder alleen een boete "
			       "als aanhoudende onwil is"
			       " bewezen. Dat is hier niet zo.");
	return "beleid-asielstatushouder";
}

/* Why no fine may be imposed at all; NULL when it may. */
static const char *impediment(const struct boete_23_facts *f, struct basis *b)
{
	const char *reason;

	if (f->gedraging == GEDRAGING_INTENSITEIT && f->doelgroep != DOELGROEP_ASIEL) {
		basis_add(b, "Wi art. 15 lid 2");
		basis_say(
			b, "De intensiteit van de leerroute geldt alleen voor asielstatushouders.");
		return "alleen-asielstatushouder";
	}
	if (f->verwijtbaarheid == GEEN_VERWIJT) {
		basis_add(b, "Awb art. 5:41");
		basis_say(b, "De persoon treft geen verwijt. Dan komt er geen boete.");
		return "niet-verwijtbaar";
	}
	if (f->bijstand_verlaagd == JA) {
		basis_add(b, "Wi art. 27");
		basis_say(b, "De bijstand is al verlaagd om hetzelfde gedrag. Dan komt er geen "
			     "boete bij.");
		return "bijstand-verlaagd";
	}
	reason = asylum_impediment(f, b);
	if (reason || !warning_is_missing(f))
		return reason;
	basis_add(b, BELEID);
	basis_say(b, "Volgens het beleid komt er eerst een waarschuwing. Die is er nog niet.");
	return "waarschuwing-eerst";
}

static long long percentage(struct basis *b, const struct boete_23_facts *f)
{
	static const enum law_figure figures[] = { [OPZET] = PROCENT_OPZET,
		[GROVE_SCHULD] = PROCENT_GROVE_SCHULD,
		[NORMAAL] = PROCENT_NORMAAL,
		[VERMINDERD] = PROCENT_VERMINDERD };

	if (f->verwijtbaarheid < OPZET || f->verwijtbaarheid > VERMINDERD)
		return 0;
	return basis_value(b, figures[f->verwijtbaarheid], f->datum_constatering);
}

/* The amount of this step, before the cap of the term; sets step, base amount and percentage. */
static long long fine_of(const struct boete_23_facts *f, struct boete_23 *out)
{
	struct basis *b = &out->basis;
	long long base = basis_value(b, BOETE_23_BASIS, f->datum_constatering), max;
	int step = step_of(f);

	if (step > 1)
		basis_value(b, RECIDIVE_MAANDEN, f->datum_constatering);
	out->percentage = percentage(b, f);
	max = at_most(b, BOETE_23_MAX, f->datum_constatering, f->artikel_23_maximum);
	out->trede = least(step, TREDE_MAX);
	out->basisbedrag = least(base << (out->trede - 1), max);
	if (f->verhoging_over == VERHOGING_OPGELEGD)
		return least((base * out->percentage / 100) << (step - 1), max);
	return out->basisbedrag * out->percentage / 100;
}

static void say_fine(struct boete_23 *out, bool other_reading)
{
	struct basis *b = &out->basis;

	if (out->trede > 1)
		basis_say(b,
			"In de twaalf maanden hiervoor was er al een overtreding met een boete die "
			"vaststaat."
			" Daarom geldt trede %lld.",
			out->trede);
	if (other_reading)
		basis_say(b,
			"De boete van %lld procent wordt bij elke trede verdubbeld: %lld,%02lld "
			"euro.",
			out->percentage, out->bedrag / 100, out->bedrag % 100);
	else
		basis_say(b,
			"Het basisbedrag is %lld euro. Door de mate van verwijt geldt daarvan %lld "
			"procent:"
			" de boete is %lld,%02lld euro.",
			out->basisbedrag / 100, out->percentage, out->bedrag / 100,
			out->bedrag % 100);
}

static const char *const articles[] = {
	[GEDRAGING_BEGELEIDING] = "Wi art. 23 lid 1 jo. 15 lid 1 onder b",
	[GEDRAGING_PVT_MAP] = "Wi art. 23 lid 1 jo. 15 lid 1 onder c",
	[GEDRAGING_INTENSITEIT] = "Wi art. 23 lid 1 jo. 15 lid 2",
};

/* What must be done before the fine. */
static void set_vereist(const struct boete_23_facts *f, struct boete_23 *out)
{
	out->vereist[out->vereist_count++] = "rapport";
	out->vereist[out->vereist_count++] = "zienswijze";
	out->vereist[out->vereist_count++] = "andere-beslisser";
	if (f->hulp_eerst == JA)
		out->vereist[out->vereist_count++] = "hulp-aangeboden";
	if (f->tweede_lezer == JA && f->doelgroep == DOELGROEP_ASIEL)
		out->vereist[out->vereist_count++] = "tweede-lezer";
}

void boete_23(const struct boete_23_facts *f, struct boete_23 *out)
{
	const struct ruimte room = { f->termijn_soort, f->termijn_maanden, f->reeds_opgelegd,
		f->plafond_eerste_termijn, f->plafond_nieuw_per_halfjaar };
	struct basis *b = &out->basis;
	long long whole;

	*out = (struct boete_23){ .opleggen = NEE };
	basis_init(b);
	basis_add(b, articles[f->gedraging]);
	out->reden = impediment(f, b);
	whole = fine_of(f, out);
	out->plafond_rest = left_of_cap(b, &room, f->datum_constatering);
	if (out->reden)
		return;
	out->bedrag = least(whole, out->plafond_rest);
	if (out->bedrag == 0) {
		out->reden = "plafond-bereikt";
		say_cap_reached(b);
		return;
	}
	out->opleggen = JA;
	set_vereist(f, out);
	say_fine(out, f->verhoging_over == VERHOGING_OPGELEGD);
	say_cut(b, whole, out->bedrag);
}
