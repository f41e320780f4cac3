/* SPDX-License-Identifier: EUPL-1.2
 *
 * Financieel ontzorgen: for six months from the day the right to bijstand arises the college pays
 * rent, energy and water, and health insurance from it (Pw art. 56a, text of 2026-01-01).
 *
 * Only for the holder of an asielvergunning voor bepaalde tijd, not for family with a regular
 * permit (Wi art. 13 lid 1 onder b). Where the law is open: ontzorgen-einde in
 * common/law/readings.def.
 */
#ifndef LAW_SUPPORT_H
#define LAW_SUPPORT_H

#include "law/basis.h"

enum verblijf { VERBLIJF_ASIEL = 1, VERBLIJF_ANDERS };
extern const char *const verblijf_values[];

/* What the college pays, NULL-terminated. */
extern const char *const ontzorgen_posten[];

struct ontzorgen_facts {
	int verblijf;
	struct date datum_recht_bijstand;
	struct date datum_einde_bijstand; /* first day without; may be DATE_NONE */
};

struct ontzorgen {
	struct date van, tot; /* tot is exclusive; DATE_NONE when it does not apply */
	int geldt;
	struct basis basis;
};

void ontzorgen(const struct ontzorgen_facts *f, struct ontzorgen *out);

#endif
