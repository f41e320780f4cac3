/* SPDX-License-Identifier: EUPL-1.2
 *
 * What a leerroute asks, what is done, and whether all of it is (Wi art. 6-9; Bi
 * art. 3.1-3.3, 3.14). B1-route: speaking, listening, reading, writing at the level, KNM, PVT, MAP.
 * Onderwijsroute: taalschakeltraject (or the four parts at B1 and KNM: Wi art. 8 lid 4) and PVT;
 * no MAP. Z-route: 800 course hours; asielstatushouder also 800 hours of participation, in which
 * hours of PVT and MAP count; PVT, MAP and the eindgesprek. Where the law is open: hoger-niveau,
 * z-route-map-gesprek and uren-pvt-en-map in common/law/readings.def.
 */
#ifndef LAW_COMPLETION_H
#define LAW_COMPLETION_H

#include <stddef.h>
#include "law/basis.h"

enum examenonderdeel { EXAMEN_KNM = 1, EXAMEN_LE, EXAMEN_LU, EXAMEN_SC, EXAMEN_SP };
extern const char *const examenonderdeel_values[]; /* DUO's codes */

enum examenresultaat { GESLAAGD = 1, GEZAKT, GEEN_RESULTAAT };
extern const char *const examenresultaat_values[]; /* Geslaagd, Gezakt, Geen */
extern const char *const examenniveau_values[]; /* A2, B1, B2 */

struct examen {
	int onderdeel, niveau, resultaat; /* niveau 0 for KNM */
};

struct voltooiing_facts {
	int leerroute, doelgroep;
	int niveau; /* of the PIP; 0 is B1 */
	long long uren_cursus, uren_participatie, uren_pvt, uren_map;
	struct date pvt_ondertekend_op, map_eindgesprek_op, z_eindgesprek_op;
	struct date taalschakeltraject_behaald_op; /* DATE_NONE each while it has not been */
	const struct examen *examens;
	size_t examen_count;
	const int *vrijgesteld; /* parts exempted or dispensed, enum examenonderdeel */
	size_t vrijgesteld_count;
	long long participatie_maximum; /* lower norm by dispensation (Ri art. 3.16); 0: none */
	int participatie_ontheven; /* JA: no participation in the Z-route (Bi art. 2.7) */
	struct date vandaag;
};

struct voltooiing_onderdeel {
	const char *naam; /* "lezen", "pvt", … */
	long long norm, behaald; /* hours; LAW_NONE for parts without hours */
	int voldaan;
};

#define VOLTOOIING_ONDERDELEN 12

struct voltooiing {
	struct voltooiing_onderdeel onderdelen[VOLTOOIING_ONDERDELEN];
	int onderdeel_count;
	int voldaan;
	struct basis basis;
};

void voltooiing(const struct voltooiing_facts *f, struct voltooiing *out);

#endif
