/* SPDX-License-Identifier: EUPL-1.2
 *
 * DUO's events as a table (source: DUO's machine interface for gemeenten).
 */
#ifndef DUO_EVENTS_H
#define DUO_EVENTS_H

#include "app/job.h"
#include "operations.h"

#define ASKS(op) (1u << (op))

/* A notification in hand: what was fetched, NULL where nothing was asked or DUO answered 404. */
struct notice {
	const char *id, *gemeente, *oin, *bsn_enc, *bsn_hash, *v_nummer, *gebeurtenis_id, *status;
	const char *inburgeraar, *doelgroep; /* of the dossier, NULL without one */
	json_t *answer[OP_ASK_COUNT];
};

struct gebeurtenis_row {
	const char *id; /* SS139 */
	unsigned ask; /* ASKS(…) bits */
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
/* Row `i` of the table, NULL after the last. */
const struct gebeurtenis_row *gebeurtenis_at(size_t i);

#endif
