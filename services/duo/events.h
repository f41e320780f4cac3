/* SPDX-License-Identifier: EUPL-1.2
 *
 * DUO's events and operations as tables (source: DUO's machine interface for gemeenten).
 */
#ifndef DUO_EVENTS_H
#define DUO_EVENTS_H

#include "app/job.h"

/* What may be asked of DUO about a person. */
enum operation { OP_PLICHT, OP_DOELGROEP, OP_TERMIJN, OP_EXAMENS, OP_LBT, OP_COUNT };

#define OP_NEEDS 3

struct operation_row {
	const char *path; /* below /personen/{bsn}; also what the log shows */
	bool list; /* the answer is a list of objects, else it is one */
	const char *needs[OP_NEEDS]; /* members that the contract promises and we need */
};

extern const struct operation_row operations[OP_COUNT];

#define ASK(op) (1u << (op))

/* Is this DUO's answer as its contract has it, as far as we need it? */
bool operation_fits(enum operation op, json_t *answer);

/* A notification in hand: what was fetched, NULL where nothing was asked or DUO answered 404. */
struct notice {
	const char *id, *gemeente, *oin, *bsn_enc, *bsn_hash, *v_nummer, *gebeurtenis_id, *status;
	const char *inburgeraar, *doelgroep; /* of the dossier, NULL without one */
	json_t *answer[OP_COUNT];
};

struct gebeurtenis_row {
	const char *id; /* SS139 */
	unsigned ask; /* ASK(…) bits */
	bool needs_dossier; /* wait until intake has made the dossier */
	void (*emit)(struct batch *b, const struct notice *n); /* domain events into the batch */
	const char *doc; /* Dutch: what it means, shown to people */
};

/* The doelgroep that DUO names, or else that of the dossier; NULL when nobody knows it. */
const char *notice_doelgroep(const struct notice *n);
/* Did DUO answer what the event is about, the first of what is asked? */
bool notice_is_told(const struct gebeurtenis_row *row, const struct notice *n);
/* NULL for a code that is not known. */
const struct gebeurtenis_row *gebeurtenis_find(const char *id);
/* For codes that are not known: the event `duo-signaal`, so that a person sees it. */
void emit_signaal(struct batch *b, const struct notice *n);

#endif
