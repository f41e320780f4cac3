/* SPDX-License-Identifier: EUPL-1.2
 *
 * Asking the BRP. A question has a purpose; the purpose has exactly the fields that it needs and
 * the basis in law for having them. What comes by itself (secrecy, suspension, what is being looked
 * into) cannot be asked for.
 */
#ifndef INTAKE_BRP_H
#define INTAKE_BRP_H

#include "app/client.h"
#include "brp_contract.h"
#include "brp_store.h"

struct brp_doel {
	const char *omschrijving;
	const char *activiteit; /* in the register of processing activities, with its version */
	const char *grondslag;
	enum brp_deel deel; /* what the answer fills */
	const char *const *velden; /* NULL-terminated */
};

/* The row of a purpose, by its name or its number. */
const struct brp_doel *brp_doel_find(const char *naam);
const struct brp_doel *brp_doel_get(enum brp_doel_nr nr);
/* The fields as a list of const char *, and as PostgreSQL's text[]. */
struct list brp_velden(struct arena *a, const struct brp_doel *doel);
const char *brp_velden_sql(struct arena *a, const struct brp_doel *doel);

/* The question of a turn about all whose BSN could be read. */
struct client_call brp_call(struct req *req, const struct brp_beurt *turn);
/* Logs the question and its status: never about whom. */
void brp_log(struct req *req, const struct brp_beurt *turn, long status);

enum brp_uitkomst {
	BRP_GOED = 1,
	BRP_LATER, /* no answer that can be used: ask again */
	BRP_GEWEIGERD, /* asking again does not help */
};

/* What the answer is worth; `why` (Dutch, no personal data) when it is not BRP_GOED. */
enum brp_uitkomst brp_read(struct req *req, const struct client_call *call,
	struct brp_antwoord *out, const char **why);
/* The answer about that BSN, NULL: the BRP does not know it. */
const struct brp_persoon *brp_find(const struct brp_antwoord *answer, const char *bsn);
/* What is kept of a person for a purpose. */
void brp_take(struct req *req, const struct brp_doel *doel, const struct brp_persoon *p,
	struct brp_stand *out);

#endif
