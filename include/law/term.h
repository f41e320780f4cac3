/* SPDX-License-Identifier: EUPL-1.2
 *
 * Clocks: the ten weeks of the PIP, the inburgeringstermijn, the new term after it has been
 * overrun, and the terms around a decision.
 *
 * Where the law is open: pip-…, verlenging-volgorde, verval-dag and nieuwe-termijn-onderdelen in
 * common/law/readings.def.
 */
#ifndef LAW_TERM_H
#define LAW_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include "law/basis.h"

/* ---- pip-termijn: Bi art. 5.3 ---- */

struct pip_termijn_facts {
	int doelgroep; /* enum doelgroep */
	struct date datum_kennisgeving; /* DUO's written notice of the plicht; DATE_NONE: not yet */
	struct date datum_inschrijving_brp; /* may be DATE_NONE */
	struct date datum_inschrijving_nieuwe_gemeente; /* after a move; may be DATE_NONE */
	struct date datum_ontvangst_derde; /* indispensable information arrived; may be DATE_NONE */
};

struct pip_termijn {
	int loopt; /* NEE: no notice yet, or an asielstatushouder without BRP registration */
	struct date begin; /* first day of the term */
	struct date uiterlijk; /* last day, Atw applied */
	struct date uiterlijk_voor_verlenging; /* last day before the Atw moved it */
	struct basis basis;
};

void pip_termijn(const struct pip_termijn_facts *f, struct pip_termijn *out);
/* Days up to and including the last one, negative after it; LAW_NONE while the term does not run.
 */
long long pip_termijn_dagen_over(const struct pip_termijn *t, struct date vandaag);

/* ---- inburgeringstermijn: Wi art. 11, 12 ---- */

struct verlenging {
	long long dagen, maanden; /* LAW_NONE: none */
};

struct inburgeringstermijn_facts {
	struct date dagtekening_pip;
	const struct verlenging *verlengingen;
	size_t verlenging_count;
};

struct inburgeringstermijn {
	struct date begin; /* the day after the dagtekening */
	struct date einde; /* exclusive, as DUO counts */
	struct date laatste_dag;
	struct basis basis;
};

void inburgeringstermijn(
	const struct inburgeringstermijn_facts *f, struct inburgeringstermijn *out);

/* ---- nieuwe-termijn: Wi art. 24, 25; Ri art. 7.4. DUO sets it; for information ---- */

struct nieuwe_termijn_facts {
	int leerroute, doelgroep;
	long long onderdelen_behaald; /* parts of the exam; LAW_NONE: the route is done */
	long long uren_behaald; /* Z-route, asielstatushouder with participation; LAW_NONE: done */
	int ontbreekt_pvt, ontbreekt_map; /* JA, NEE, ONBEKEND (counts as NEE) */
	struct date vandaag;
};

struct nieuwe_termijn {
	long long maanden; /* 0 when nothing is missing */
	struct basis basis;
};

void nieuwe_termijn(const struct nieuwe_termijn_facts *f, struct nieuwe_termijn *out);
/* The term as DUO fixed it or, until then, as it follows from the PIP: Wi art. 11, Bi art. 9.3. */
struct termijn_stand {
	struct date laatste_dag;
	long long dagen_over; /* the last day included; 0 when it is over */
	struct basis basis;
};

/* `einde` is exclusive, as DUO counts. */
void termijn_stand(
	struct date begin, struct date einde, struct date vandaag, struct termijn_stand *out);

/* ---- besluit-termijnen: Awb 5:45, 5:51, 6:7, 6:8 ---- */

enum besluit_artikel { BESLUIT_22 = 1, BESLUIT_23, BESLUIT_PIP };
extern const char *const besluit_artikel_values[];

struct besluit_termijnen_facts {
	int artikel; /* enum besluit_artikel */
	struct date datum_overtreding, datum_rapport, datum_bekendmaking; /* may be DATE_NONE */
};

struct besluit_termijnen {
	struct date bezwaar_tot; /* last day; DATE_NONE without bekendmaking */
	struct date beslissen_voor; /* last day, art. 23 only: a term of order */
	struct date vervalt_op; /* first day on which no fine may be imposed any more */
	struct basis basis;
};

void besluit_termijnen(const struct besluit_termijnen_facts *f, struct besluit_termijnen *out);

#endif
