/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/boete.h"

#define TREDE_MAX 5
#define HALFJAAR 6 /* months */

const char *const gedraging_values[] = { "begeleiding", "pvt-map", "intensiteit-leerroute", NULL };
const char *const verwijtbaarheid_values[] = { "opzet", "grove-schuld", "normaal", "verminderd", "geen",
	NULL };
const char *const termijn_soort_values[] = { "eerste", "nieuw", NULL };
const char *const handhaving_asiel_values[] = { "uit", "alleen-bij-aanhoudende-onwil", "aan", NULL };
const char *const boete_23_vereist[] = { "rapport", "zienswijze", "andere-beslisser", NULL };

static long long least(long long a, long long b)
{
	return a < b ? a : b;
}

/* What may still be imposed in this term: arts 22 and 23 together. */
static long long left_of_cap(struct basis *b, int kind, long long months, long long imposed,
	struct date day)
{
	long long cap = kind == TERMIJN_NIEUW
		? basis_value(b, PLAFOND_NIEUW_PER_HALFJAAR, day) * (months / HALFJAAR)
		: basis_value(b, PLAFOND_EERSTE, day);
	long long left = cap - (imposed == LAW_NONE ? 0 : imposed);

	return left > 0 ? left : 0;
}

void boete_22(const struct boete_22_facts *f, struct boete_22 *out)
{
	long long left;

	*out = (struct boete_22){ .opleggen = NEE };
	basis_init(&out->basis);
	basis_add(&out->basis, f->stap == 3 ? "Wi art. 22 lid 3" : "Wi art. 22 lid 1");
	if (f->verwijtbaar != JA) {
		out->reden = "niet-verwijtbaar";
		basis_add(&out->basis, "Awb art. 5:41 (beleid)");
		basis_say(&out->basis, "De persoon kon er niets aan doen. Dan komt er geen boete.");
		return;
	}
	out->bedrag = least(basis_value(&out->basis, BOETE_22_BEDRAG, f->vandaag),
		basis_value(&out->basis, BOETE_22_MAX, f->vandaag));
	left = left_of_cap(&out->basis, TERMIJN_EERSTE, 0, f->reeds_opgelegd, f->vandaag);
	out->bedrag = least(out->bedrag, left);
	if (out->bedrag == 0) {
		out->reden = "plafond-bereikt";
		basis_say(&out->basis, "Het hoogste totaal aan boetes is bereikt.");
		return;
	}
	out->opleggen = JA;
	basis_say(&out->basis, "De persoon is niet gekomen of werkte niet genoeg mee aan de intake. De boete is"
		" %lld euro.", out->bedrag / 100);
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

/* A violation stands one step above the latest earlier one that counts: a chain back in time. */
static long long step_of(const struct boete_23_facts *f)
{
	struct date day = f->datum_constatering;
	long long step = 1;

	while (step < TREDE_MAX) {
		const struct eerdere_overtreding *latest = NULL;

		for (size_t i = 0; i < f->eerdere_count; i++) {
			const struct eerdere_overtreding *e = &f->eerdere[i];

			if (counts(e, day) && (!latest || date_compare(e->datum_constatering,
								  latest->datum_constatering) > 0))
				latest = e;
		}
		if (!latest)
			break;
		day = latest->datum_constatering;
		step++;
	}
	return step;
}

/* Why no fine may be imposed at all; NULL when it may. */
static const char *impediment(const struct boete_23_facts *f, struct basis *b)
{
	int policy = f->handhaving_asiel ? f->handhaving_asiel : HANDHAVING_BIJ_ONWIL;
	bool asylum = f->doelgroep == DOELGROEP_ASIEL;

	if (f->gedraging == GEDRAGING_INTENSITEIT && !asylum) {
		basis_add(b, "Wi art. 15 lid 2");
		basis_say(b, "De intensiteit van de leerroute geldt alleen voor asielstatushouders.");
		return "alleen-asielstatushouder";
	}
	if (f->verwijtbaarheid == GEEN_VERWIJT) {
		basis_add(b, "Awb art. 5:41 (beleid)");
		basis_say(b, "De persoon kon er niets aan doen. Dan komt er geen boete.");
		return "niet-verwijtbaar";
	}
	if (f->bijstand_verlaagd == JA) {
		basis_add(b, "Wi art. 27");
		basis_say(b, "De bijstand is al verlaagd om hetzelfde gedrag. Dan komt er geen boete bij.");
		return "bijstand-verlaagd";
	}
	if (asylum && (policy == HANDHAVING_UIT ||
			      (policy == HANDHAVING_BIJ_ONWIL && f->aanhoudende_onwil != JA))) {
		basis_add(b, "HvJEU C-158/23 (beleid)");
		basis_say(b, "Een asielstatushouder krijgt volgens het beleid alleen een boete bij bewezen,"
			" aanhoudende onwil.");
		return "beleid-asielstatushouder";
	}
	return NULL;
}

static long long percentage(struct basis *b, const struct boete_23_facts *f)
{
	static const enum law_figure figures[] = { [OPZET] = PROCENT_OPZET,
		[GROVE_SCHULD] = PROCENT_GROVE_SCHULD, [NORMAAL] = PROCENT_NORMAAL,
		[VERMINDERD] = PROCENT_VERMINDERD };

	return basis_value(b, figures[f->verwijtbaarheid], f->datum_constatering);
}

void boete_23(const struct boete_23_facts *f, struct boete_23 *out)
{
	struct date day = f->datum_constatering;
	struct basis *b = &out->basis;

	*out = (struct boete_23){ .opleggen = NEE, .trede = step_of(f) };
	basis_init(b);
	basis_add(b, f->gedraging == GEDRAGING_INTENSITEIT ? "Wi art. 23 lid 1 jo. 15 lid 2"
		: f->gedraging == GEDRAGING_PVT_MAP ? "Wi art. 23 lid 1 jo. 15 lid 1 onder c"
						    : "Wi art. 23 lid 1 jo. 15 lid 1 onder b");
	out->plafond_rest = left_of_cap(b, f->termijn_soort, f->termijn_maanden, f->reeds_opgelegd, day);
	out->reden = impediment(f, b);
	if (out->reden)
		return;
	out->basisbedrag = least(basis_value(b, BOETE_23_BASIS, day) << (out->trede - 1),
		basis_value(b, BOETE_23_MAX, day));
	if (out->trede > 1)
		basis_value(b, RECIDIVE_MAANDEN, day);
	out->percentage = percentage(b, f);
	out->bedrag = least(out->basisbedrag * out->percentage / 100, out->plafond_rest);
	if (out->bedrag == 0) {
		out->reden = "plafond-bereikt";
		basis_say(b, "Het hoogste totaal aan boetes in deze termijn is bereikt.");
		return;
	}
	out->opleggen = JA;
	basis_say(b, "Dit is stap %lld. Het basisbedrag is %lld euro en daarvan geldt %lld procent.",
		out->trede, out->basisbedrag / 100, out->percentage);
	basis_say(b, "De boete is %lld,%02lld euro.", out->bedrag / 100, out->bedrag % 100);
}
