/* SPDX-License-Identifier: EUPL-1.2
 *
 * The ladder of the brede intake (Wi art. 14, 22): what comes next after the oproepen so far.
 *
 *   oproep → no-show → warning and repeated oproep → no-show → fine art. 22 lid 1 with a new term
 * of at most two months → oproep → no-show → fine art. 22 lid 3 → intake in absentia.
 *
 * The ladder is the machine `intake`; the step follows from the state in which the history ends.
 * History is taken in order of its days: oproepen in the order given, each with its outcome; the
 * warning and the fines each as soon as the state has a move for it, so that one that does not fit
 * yet waits until it does.
 *
 * Where the law is open, the reading favours the person: intake-… in common/law/readings.def.
 */
#ifndef LAW_INTAKE_H
#define LAW_INTAKE_H

#include <stddef.h>
#include "law/basis.h"
#include "law/moves.h"

/* ---- the machine ---- */

enum intake_staat {
	OP_TE_ROEPEN = 1,
	OPGEROEPEN,
	VERZUIMD,
	GEWAARSCHUWD,
	HERHAALD_OPGEROEPEN,
	WEER_VERZUIMD,
	BEBOET,
	OPGEROEPEN_NA_BOETE,
	VERZUIMD_NA_BOETE,
	TWEE_KEER_BEBOET,
	INTAKE_VERSCHENEN,
	INTAKE_AFGEROND,
};
extern const char *const intake_staat_values[];

enum intake_feit {
	FEIT_OPROEP = 1,
	FEIT_VERSCHIJNING,
	FEIT_VERHINDERING, /* a no-show that is not culpable */
	FEIT_VERZUIM, /* a culpable one */
	FEIT_WAARSCHUWING,
	FEIT_BOETE_22_1,
	FEIT_BOETE_22_3,
	FEIT_INTAKE, /* the brede intake itself */
	FEIT_VERSTEK, /* or finished without the person */
};
extern const char *const intake_feit_values[];

extern const struct law_machine machine_intake;

/* ---- intake-stap ---- */

enum oproep_uitkomst { UITKOMST_OPEN = 1, VERSCHENEN, NIET_VERSCHENEN, ONVOLDOENDE_MEEGEWERKT };
extern const char *const oproep_uitkomst_values[];

enum intake_volgende {
	STAP_OPROEPEN = 1,
	STAP_AFWACHTEN,
	STAP_INTAKE_AFNEMEN,
	STAP_WAARSCHUWING,
	STAP_BOETE_22_1,
	STAP_BOETE_22_3,
	STAP_BIJ_VERSTEK,
};
extern const char *const intake_volgende_values[];

/* Without a lid (22) the first fine is of lid 1 and the next of lid 3. */
enum boete_22_artikel { ARTIKEL_22_1 = 1, ARTIKEL_22_3, ARTIKEL_22_ONBEPAALD };
extern const char *const boete_22_artikel_values[]; /* 22-1, 22-3, 22 */
/* As people write it, by its numbers: "22-1", "22.1", "22 lid 1", "boete-art-22-1", "22"; 0 for
 * anything else. */
int boete_22_artikel_read(const char *text);

struct intake_oproep {
	struct date datum; /* of sending */
	struct date termijn; /* last day to appear */
	int uitkomst; /* enum oproep_uitkomst */
	int verwijtbaar; /* JA, NEE, ONBEKEND (counts as NEE) */
};

struct intake_boete {
	int artikel; /* enum boete_22_artikel */
	struct date datum; /* of the decision */
};

struct intake_stap_facts {
	const struct intake_oproep *oproepen; /* in order of time */
	size_t oproep_count;
	struct date waarschuwing_op; /* written warning; may be DATE_NONE */
	const struct intake_boete *boetes;
	size_t boete_count;
	struct date vandaag;
};

struct intake_stap {
	int volgende; /* enum intake_volgende */
	long long bedrag; /* cents; LAW_NONE when the step is no fine */
	struct date nieuwe_termijn_uiterlijk; /* fine art. 22 lid 1; else DATE_NONE */
	struct basis basis;
};

void intake_stap(const struct intake_stap_facts *f, struct intake_stap *out);

#endif
