/* SPDX-License-Identifier: EUPL-1.2
 *
 * Fines by the college: Wi art. 22 (intake) and 23 (guidance, PVT, MAP, intensity), amounts of Bi
 * art. 7.1 and maxima of Wi art. 26. A person decides every fine; this proposes and says why. Where
 * the law is open: boete-… in common/law/readings.def.
 */
#ifndef LAW_BOETE_H
#define LAW_BOETE_H

#include <stddef.h>
#include "law/basis.h"
#include "law/intake.h"

/* ---- boete-22 ---- */

enum termijn_soort { TERMIJN_EERSTE = 1, TERMIJN_NIEUW };
extern const char *const termijn_soort_values[];

struct boete_22_facts {
	int stap; /* 1 or 3: the lid of art. 22 */
	int verwijtbaar; /* JA, NEE, ONBEKEND */
	int termijn_soort; /* enum termijn_soort; 0 is the first term, or before it */
	long long termijn_maanden; /* of a new term: 6, 12, 18 or 24 */
	long long reeds_opgelegd; /* cents of art. 22 and 23 in this term */
	struct date vandaag;
	long long plafond_eerste_termijn, plafond_nieuw_per_halfjaar; /* policy, cents; see below */
};

struct boete_22 {
	int opleggen;
	long long bedrag; /* cents, 0 when none */
	const char *reden; /* code why not, NULL when it may be imposed */
	struct basis basis;
};

void boete_22(const struct boete_22_facts *f, struct boete_22 *out);

/* ---- boete-23 ---- */

enum gedraging { GEDRAGING_BEGELEIDING = 1, GEDRAGING_PVT_MAP, GEDRAGING_INTENSITEIT };
extern const char *const gedraging_values[];

enum verwijtbaarheid { OPZET = 1, GROVE_SCHULD, NORMAAL, VERMINDERD, GEEN_VERWIJT };
extern const char *const verwijtbaarheid_values[];

enum handhaving_asiel { HANDHAVING_UIT = 1, HANDHAVING_BIJ_ONWIL, HANDHAVING_AAN };
extern const char *const handhaving_asiel_values[];

enum verhoging_over { VERHOGING_TREDE = 1, VERHOGING_OPGELEGD };
extern const char *const verhoging_over_values[];

struct eerdere_overtreding {
	struct date datum_constatering;
	struct date datum_onherroepelijk; /* DATE_NONE: not final */
};

struct boete_23_facts {
	int doelgroep, gedraging, verwijtbaarheid;
	struct date datum_constatering;
	const struct eerdere_overtreding *eerdere; /* in any order */
	size_t eerdere_count;
	int termijn_soort;
	long long termijn_maanden; /* of a new term: 6, 12, 18 or 24 */
	long long reeds_opgelegd; /* cents of art. 22 and 23 in this term */
	int bijstand_verlaagd, aanhoudende_onwil; /* JA, NEE, ONBEKEND */
	int handhaving_asiel; /* policy; 0 is alleen-bij-aanhoudende-onwil */
	int verhoging_over; /* policy; 0 is trede */
	int waarschuwing_vooraf; /* policy: JA asks a warning before the first fine of art. 23 */
	struct date gewaarschuwd_op; /* the newest warning; looked at when the policy asks one */
	int hulp_eerst, tweede_lezer; /* policy: JA adds to what is demanded beforehand */
	/* Policy, cents: lower than the law's when above 0; what is higher has no effect. */
	long long artikel_23_maximum, plafond_eerste_termijn, plafond_nieuw_per_halfjaar;
};

#define BOETE_VEREIST_MAX 5

struct boete_23 {
	int opleggen;
	const char *reden; /* code why not, or NULL */
	long long trede; /* 1..5 */
	long long basisbedrag, bedrag, plafond_rest; /* cents */
	long long percentage;
	/* Before the fine, none when there is none: report, hearing and another person to decide
	 * (Awb 5:53, 10:3 lid 4), then what the policy asks. */
	const char *vereist[BOETE_VEREIST_MAX];
	int vereist_count;
	struct basis basis;
};

void boete_23(const struct boete_23_facts *f, struct boete_23 *out);

#endif
