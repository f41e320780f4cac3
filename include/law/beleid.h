/* SPDX-License-Identifier: EUPL-1.2
 *
 * Beleid: what the law leaves to the gemeente, as data, and the bounds of the law around it. A
 * policy that goes beyond a bound is refused with the article. What a document leaves out is that
 * of beleid_default().
 *
 * The default is a policy, not law. Where the law is silent or a reading is open, it takes the
 * side of the person:
 * - a warning and an offer of help before the first fine of art. 23 (the law demands neither);
 * - asielstatushouders: a fine only with proven, persistent unwillingness, and a second reader
 *   (HvJEU C-158/23, secondary source; whether it binds art. 22 and 23 is not settled);
 * - what is doubled by Bi art. 7.1 lid 3: the amount of the step, never more than the other
 * reading;
 * - a talk every half year until the end of the term and two in the first six months (no number and
 *   no rhythm stands in the law), so that nobody is out of sight;
 * - the circumstances: those in which DUO extends the term (Ri art. 4.1) leave no blame.
 */
#ifndef LAW_BELEID_H
#define LAW_BELEID_H

#include <stddef.h>
#include "law/basis.h"
#include "law/boete.h"

/* What counts as which culpability. */
struct omstandigheid {
	const char *code, *omschrijving;
	int verwijtbaarheid; /* enum verwijtbaarheid */
};

/* A reason not to come that is accepted. */
struct excuus {
	const char *code, *omschrijving;
	int bewijs; /* JA: with proof */
};

struct beleid {
	const char *naam, *toelichting; /* may be NULL */
	struct date geldig_van, geldig_tot; /* first and last day; DATE_NONE: open */
	struct {
		long long weken, weken_verhuizing, weken_derde;
	} pip;
	struct {
		long long aantal; /* of a PIP that names none */
		const long long *ritme_maanden; /* after the PIP, rising */
		size_t ritme_count;
	} gesprekken;
	struct {
		int waarschuwing_vooraf, hulp_eerst; /* before the first fine of art. 23 */
		int handhaving_asiel, tweede_lezer;
		int verhoging_over;
		long long zienswijze_weken;
		long long nieuwe_termijn_maanden; /* Wi art. 22 lid 2 */
	} handhaving;
	struct { /* cents, percentages, months; most are the law's and cannot be others */
		long long artikel_22, artikel_23_basis, artikel_23_maximum;
		long long procent_opzet, procent_grove_schuld, procent_normaal, procent_verminderd;
		long long recidive_maanden;
		long long plafond_eerste_termijn, plafond_nieuw_per_halfjaar;
	} boetes;
	const struct omstandigheid *omstandigheden;
	size_t omstandigheid_count;
	const struct excuus *excuses;
	size_t excuus_count;
	struct { /* a signal when … */
		long long geen_les_weken; /* no lesson for so long */
		long long verzuim_procent; /* so much of the hours missed without leave */
		const long long *termijn_einde_maanden; /* so long before the end of the term */
		size_t termijn_einde_count;
		long long geen_gesprek_weken;
		long long geen_aanbod_maanden, geen_taalschakeltraject_maanden; /* after the PIP */
	} signalen;
	struct { /* days for a task of that kind, after what opened it */
		long long oproep_sturen, oproep_uitkomst, oproep_herhalen, oproep_opnieuw,
			oproep_na_boete;
		long long boete_overwegen, aanbod_doen, gesprek_gemist, duo_weigert, duo_signaal,
			traject_afronden;
	} taken;
	long long bewaren_jaren; /* after the end of the plicht */
};

void beleid_default(struct beleid *out);

/* ---- beleid-toets: every bound is a row in beleid.c ---- */

#define BELEID_UITLEG 200
#define BELEID_BEZWAREN_MAX 40

struct beleid_bezwaar {
	const char *veld; /* path in the document: "pip.weken" */
	const char *code, *grondslag;
	char uitleg[BELEID_UITLEG];
};

struct beleid_toets {
	int toegestaan;
	struct beleid_bezwaar bezwaren[BELEID_BEZWAREN_MAX];
	int bezwaar_count;
	struct basis basis;
};

/* With the figures of the first day of the policy; without one, the newest. */
void beleid_toets(const struct beleid *b, struct beleid_toets *out);

/* ---- the policy as a parameter of the rules ---- */

void beleid_boete_22(const struct beleid *b, struct boete_22_facts *f);
void beleid_boete_23(const struct beleid *b, struct boete_23_facts *f);

#endif
