/* SPDX-License-Identifier: EUPL-1.2
 *
 * The procedure of a fine by the college (Awb ch. 4 and 5, Wi art. 22 and 23) as a machine: from
 * an overtreding that was established to a fine that is onherroepelijk, or to nothing. And the
 * terms in it that the law gives or leaves to the gemeente.
 *
 * Where the law is open: boete-andere-beslisser, zienswijze-weken and boete-22-nieuwe-termijn in
 * common/law/readings.def.
 */
#ifndef LAW_ENFORCEMENT_H
#define LAW_ENFORCEMENT_H

#include "law/basis.h"
#include "law/moves.h"

/* ---- the machine ---- */

enum overtreding_status {
	GECONSTATEERD = 1,
	GERAPPORTEERD,
	ZIENSWIJZE,
	VOORGESTELD,
	BESLOTEN,
	BEKENDGEMAAKT,
	BEZWAAR,
	ONHERROEPELIJK,
	GESEPONEERD,
};
extern const char *const overtreding_status_values[];

enum zet {
	ZET_RAPPORT = 1,
	ZET_ZIENSWIJZE,
	ZET_VOORSTEL,
	ZET_TWEEDE_LEZING, /* of a proposal; demanded by the policy on asielstatushouders */
	ZET_BESLUIT,
	ZET_BEKENDMAKING,
	ZET_BEZWAAR,
	ZET_ONGEGROND, /* the decision on the bezwaar: the fine stays */
	ZET_HERROEPING, /* … or not */
	ZET_ONHERROEPELIJK,
	ZET_SEPONERING,
};
extern const char *const zet_values[];

/* Asked by who uses the table. */
enum zet_voorwaarde {
	BIJ_ARTIKEL_22 = 1,
	ZIENSWIJZE_GEGEVEN,
	ANDERE_LEZER,
	ANDERE_BESLISSER,
	ANDERE_BESLISSER_OP_BEZWAAR,
	BEZWAARTERMIJN_VOORBIJ,
	BEROEPSTERMIJN_VOORBIJ,
};

extern const struct law_machine machine_enforcement;

/* ---- zienswijze-termijn: Awb 4:8, 5:53 ---- */

struct zienswijze_termijn_facts {
	int artikel; /* enum besluit_artikel: 22 or 23 */
	struct date datum_uitnodiging; /* day of the report or, without one, of the constatering */
	long long weken; /* policy; LAW_NONE: the least that is reasonable */
};

struct zienswijze_termijn {
	struct date uiterlijk; /* last day to give it */
	struct basis basis;
};

void zienswijze_termijn(const struct zienswijze_termijn_facts *f, struct zienswijze_termijn *out);

/* ---- nieuwe-termijn-toets: Wi art. 22 lid 2 ---- */

enum boete_artikel { BOETE_22_1 = 1, BOETE_22_3, BOETE_23 };
extern const char *const boete_artikel_values[];

struct nieuwe_termijn_toets_facts {
	int artikel; /* enum boete_artikel */
	struct date datum_bekendmaking;
	struct date termijn; /* last day to appear after all; DATE_NONE: none */
};

struct nieuwe_termijn_toets {
	int toegestaan;
	struct date uiterlijk; /* the latest that may be given; DATE_NONE: no term belongs to it */
	const char *reden; /* code why not: ontbreekt, hoort-niet, te-vroeg, te-lang; or NULL */
	struct basis basis;
};

void nieuwe_termijn_toets(
	const struct nieuwe_termijn_toets_facts *f, struct nieuwe_termijn_toets *out);

/* Last day of the new term when the fine is made known on `d`. */
struct date nieuwe_termijn_uiterlijk(struct date d);

/* ---- onherroepelijk: Awb 6:7, 6:8 ---- */

struct onherroepelijk_facts {
	struct date datum_bekendmaking;
	struct date bezwaar_ingediend_op, bezwaar_beslist_op; /* may be DATE_NONE */
	struct date vandaag;
};

struct onherroepelijk {
	int onherroepelijk; /* JA: on `vandaag` nothing can be done against it any more */
	struct date laatste_dag; /* for bezwaar or beroep; DATE_NONE: the bezwaar is open */
	struct date op; /* first day on which it is; DATE_NONE: the bezwaar is open */
	struct basis basis;
};

void onherroepelijk_dag(const struct onherroepelijk_facts *f, struct onherroepelijk *out);

#endif
