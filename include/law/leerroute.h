/* SPDX-License-Identifier: EUPL-1.2
 *
 * The leerroute: may this route and level be set (Wi art. 6-9, 15, 17; Bi art. 5.3-5.5), and may
 * the route be changed. The college decides; the LBT is input (Wi art. 15 lid 1).
 *
 * Where the law is open: onderwijsroute-onderzocht and afwijken-van-toets in
 * common/law/readings.def.
 */
#ifndef LAW_LEERROUTE_H
#define LAW_LEERROUTE_H

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

#endif
