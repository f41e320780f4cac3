/* SPDX-License-Identifier: EUPL-1.2
 *
 * The rules by which DUO refuses a message, checked before it is sent (DUO's interfaces PIP,
 * Inburgeringsaanbod, and MAP, PVT, Z-route). A fact that is unknown is not checked.
 *
 * Where DUO's description is silent: duo-… in common/law/readings.def.
 */
#ifndef LAW_DUO_CHECKS_H
#define LAW_DUO_CHECKS_H

#include "law/basis.h"

struct duo_toets {
	int toegestaan;
	struct bezwaar bezwaren[BEZWAREN_MAX];
	int bezwaar_count;
	struct basis basis;
};

struct duo_pip_facts {
	struct date dagtekening;
	int leerroute, niveau, doelgroep; /* niveau 0: none given */
	long long geschatte_intensiteit_b1_route; /* LAW_NONE */
	int eerste_pip; /* JA, NEE */
	struct date begin_plicht; /* DATE_NONE: unknown, not checked */
	struct date
		vorige_dagtekening; /* of the initial or current PIP, the later one; DATE_NONE */
	struct date vestiging; /* settlement in the gemeente; DATE_NONE */
	int verwijderen; /* JA: this PIP is to be deleted; then only the two below are checked */
	int termijn_vastgesteld, cursusuren_geregistreerd; /* JA, NEE, ONBEKEND */
};

void duo_pip(const struct duo_pip_facts *f, struct duo_toets *out);

struct duo_aanbod_facts {
	struct date datum_inburgeringsaanbod;
	struct date verwachte_startdatum_opleiding;
	struct date verwachte_einddatum_opleiding; /* exclusive */
	int doelgroep, leerroute; /* 0: unknown */
	int pip_aanwezig; /* JA, NEE, ONBEKEND */
	struct date dagtekening_pip; /* of the current PIP */
	int instelling_bekend; /* in DUO's list; JA, NEE, ONBEKEND */
	int indicatie_bow_keurmerk, indicatie_tst_keurmerk; /* of the institution, idem */
	struct date begin_termijn, einde_termijn; /* einde is exclusive */
};

void duo_aanbod(const struct duo_aanbod_facts *f, struct duo_toets *out);

enum duo_ja_nee { DUO_JA = 1, DUO_NEE };
extern const char *const duo_ja_nee_values[]; /* Ja, Nee */

/* MAP (end talk), PVT (signature) and Z-route (completion). Of a completion the facts from
 * `verwijtbaar` to `datum_afronding_zroute` have no value, of the others those at the end. */
struct duo_resultaat_facts {
	struct date datum; /* DATE_NONE: withdrawn */
	int heeft_huidig_pip; /* this gemeente has it; JA, NEE, ONBEKEND */
	int voldaan_door_zroute; /* the plicht is fulfilled by the Z-route; idem */
	struct date begin_termijn;
	struct date eerdere_datum; /* as registered at DUO */
	int eerdere_datum_eigen; /* NEE: another gemeente delivered it */
	struct date vandaag;
	int verwijtbaar; /* enum duo_ja_nee; 0: not in the message */
	struct date einde_termijn; /* exclusive */
	struct date datum_afronding_zroute; /* as registered at DUO */
	int leerroute; /* of the current PIP */
	struct date datum_eindgesprek_map, datum_ondertekening_pvt; /* as registered at DUO */
};

void duo_map(const struct duo_resultaat_facts *f, struct duo_toets *out);
void duo_pvt(const struct duo_resultaat_facts *f, struct duo_toets *out);
void duo_zroute(const struct duo_resultaat_facts *f, struct duo_toets *out);

#endif
