/* SPDX-License-Identifier: EUPL-1.2
 *
 * The leerroute: may this route and level be set (Wi art. 6-9, 15, 17; Bi art. 5.3-5.5), may the
 * route be changed, and may the B1-route be scaled down to A2. The college decides; the LBT is
 * input (Wi art. 15 lid 1).
 *
 * Where the law is open: onderwijsroute-onderzocht, afwijken-van-toets and afschaling-keurmerk in
 * common/law/readings.def.
 */
#ifndef LAW_LEERROUTE_H
#define LAW_LEERROUTE_H

#include <stddef.h>
#include "law/basis.h"

enum lbt_uitslag { LBT_HAALBAAR = 1, LBT_NIET_HAALBAAR, LBT_ONBEKEND };
extern const char *const lbt_uitslag_values[]; /* DUO's texts */

struct leerroute_facts {
	int doelgroep, leerroute;
	int niveau; /* NIVEAU_A2, NIVEAU_B1 or 0 */
	int eerste_pip; /* JA, NEE */
	long long geschatte_intensiteit_b1_route; /* hours, LAW_NONE */
	int wenst_opleiding, grote_kans_diploma, redelijkerwijs_haalbaar_b1; /* JA, NEE, ONBEKEND */
	int lbt_uitslag; /* enum lbt_uitslag or 0 */
	const char *motivering; /* may be NULL */
	struct date vandaag; /* DATE_NONE: the values of today's table */
};

struct leerroute_toets {
	int toegestaan;
	int niveau; /* derived: B1 unless A2 was chosen; 0 in the Z-route */
	struct bezwaar bezwaren[BEZWAREN_MAX];
	int bezwaar_count;
	struct basis basis;
};

void leerroute_toets(const struct leerroute_facts *f, struct leerroute_toets *out);

struct overstap_facts {
	struct date begin_termijn, datum;
	int van, naar; /* enum leerroute */
	int bijzonder_geval; /* JA, NEE, ONBEKEND */
};

struct overstap {
	int toegestaan;
	struct date uiterlijk; /* last day; DATE_NONE: at any time */
	struct basis basis;
};

void leerroute_overstap(const struct overstap_facts *f, struct overstap *out);

/* ---- afschaling: Wi art. 17 lid 3, Bi art. 5.5 ---- */

enum taalonderdeel { TAAL_LE = 1, TAAL_LU, TAAL_SC, TAAL_SP };
extern const char *const taalonderdeel_values[]; /* DUO's codes; KNM has no level */

struct afschaling_facts {
	long long gevolgde_uren; /* NT2 with alphabetisation, those of the intake included */
	int voldoende_inspanning; /* JA, NEE */
	int keurmerk; /* JA, NEE: hours at a school with keurmerk or of a taalschakeltraject */
	const int *onderdelen; /* enum taalonderdeel */
	size_t onderdeel_count; /* 0: all four */
	struct date vandaag;
};

struct afschaling {
	int toegestaan;
	long long uren_tekort; /* 0 when the hours are enough */
	struct basis basis;
};

void leerroute_afschaling(const struct afschaling_facts *f, struct afschaling *out);

#endif
