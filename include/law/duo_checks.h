/* SPDX-License-Identifier: EUPL-1.2
 *
 * The rules by which DUO refuses a message, checked before it is sent (DUO's PIP interface).
 */
#ifndef LAW_DUO_CHECKS_H
#define LAW_DUO_CHECKS_H

#include "law/basis.h"

struct duo_pip_facts {
	struct date dagtekening;
	int leerroute, niveau, doelgroep; /* niveau 0: none given */
	long long geschatte_intensiteit_b1_route; /* LAW_NONE */
	int eerste_pip; /* JA, NEE */
	struct date begin_plicht; /* DATE_NONE: unknown, not checked */
	struct date
		vorige_dagtekening; /* of the initial or current PIP, the later one; DATE_NONE */
	struct date vestiging; /* settlement in the gemeente; DATE_NONE */
};

struct duo_toets {
	int toegestaan;
	struct bezwaar bezwaren[BEZWAREN_MAX];
	int bezwaar_count;
	struct basis basis;
};

void duo_pip(const struct duo_pip_facts *f, struct duo_toets *out);

#endif
