/* SPDX-License-Identifier: EUPL-1.2
 *
 * DUO's events as a table (source: DUO's machine interface for gemeenten). A notification says that
 * something changed, not what: the row says what is asked, and everything DUO then answers is
 * handed on as it is now. So a notification that comes twice, late or before an earlier one has the
 * same end.
 */
#ifndef DUO_EVENTS_H
#define DUO_EVENTS_H

#include "app/job.h"
#include "operations.h"

#define ASKS(op) (1u << (op))

/* A notification in hand. answer[op] is what DUO answered, a struct of the contract or a struct
 * list of them; NULL where nothing was asked or DUO answered 404. */
struct notice {
	const char *id, *gemeente, *oin, *bsn_enc, *bsn_hash, *v_nummer, *gebeurtenis_id, *status;
	const char *inburgeraar, *doelgroep; /* of the dossier, NULL without one */
	const char *geregistreerd; /* at DUO: RFC 3339 in UTC with microseconds, so text sorts */
	const char *datum; /* that day, and never after today */
	const char *geladen; /* when it was loaded, before DUO was asked */
	bool dossier_gevraagd; /* the person was told before, and the rest waited for the dossier */
	bool herhaald; /* the same event at DUO was worked off before, under another berichtId */
	const void *answer[OP_ASK_COUNT];
};

struct gebeurtenis_row {
	const char *id; /* SS139 */
	unsigned ask; /* ASKS(…) bits; the doelgroep: it may be somebody new */
	int about; /* without this answer DUO told nothing; OP_ASK_COUNT: nothing is asked */
	/* Is there something to do for a person: `duo-attentie` goes along, and intake's table of
	 * tasks says what, for whom and by when. NULL: never. */
	bool (*attention)(const struct notice *n);
	const char *doc; /* Dutch: what it means, shown to people */
};

/* The doelgroep that DUO names, or else that of the dossier; NULL when nobody knows it. */
const char *notice_doelgroep(const struct notice *n);
/* Did DUO answer what the event is about? */
bool notice_is_told(const struct gebeurtenis_row *row, const struct notice *n);
/* Can the event make a dossier when there is none? */
bool gebeurtenis_makes_dossier(const struct gebeurtenis_row *row);
/* Everything that DUO answered as events into the batch. False when only the dossier could be asked
 * for: there is more to tell about it, so the notification comes again. */
bool notice_tell(struct batch *b, const struct gebeurtenis_row *row, const struct notice *n);
/* The event that ends the plicht for DUO's reason; NULL: none is named that we know, or that ends
 * it. */
const char *plicht_gebeurtenis(const struct duo_plicht *plicht);
/* NULL for a code that is not known. */
const struct gebeurtenis_row *gebeurtenis_find(const char *id);
/* For what is not known or not told: the event `duo-signaal`, so that a person sees it. */
void emit_signaal(struct batch *b, const struct notice *n);
/* Row `i` of the table, NULL after the last. */
const struct gebeurtenis_row *gebeurtenis_at(size_t i);

#endif
