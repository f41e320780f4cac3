/* SPDX-License-Identifier: EUPL-1.2
 *
 * What a gemeente tells DUO: each message read, held against DUO's rules (rules.h) and applied to
 * the person. Pure but for the statements that an accepted message adds to the batch.
 */
#ifndef SIMULATOR_MESSAGES_H
#define SIMULATOR_MESSAGES_H

#include "person.h"

#define TEXTS_MAX 20

struct message {
	struct req *req;
	const char *gemeente; /* who sends it */
	struct person person; /* id NULL: the path has none */
	const char *number; /* of the institution or contact person in the path, or NULL */
	int64_t contact; /* the contact person when it is this gemeente's, or the next free number
			  */
	bool fixes_term; /* the first PIP fixes the term at once */
	int64_t delay_ms; /* of the notifications that follow */
	json_t *body; /* known members only */
	/* the outcome */
	const char *texts[TEXTS_MAX]; /* why it is refused */
	int text_count;
	const char *reply; /* body of the answer, or NULL */
};

/* 2xx: taken, the person is changed and the batch has what else follows. 400, 404: not. 403:
 * refused for m->texts. */
typedef int apply_fn(struct message *m, struct batch *b);

apply_fn apply_pip, apply_pip_withdrawal, apply_offer, apply_offer_withdrawal, apply_map, apply_pvt,
	apply_zroute, apply_intake_hours, apply_participation_hours, apply_course_hours,
	apply_contact, apply_contact_change, apply_contact_removal, apply_link, apply_unlink,
	apply_lbt_withdrawal;

/* What everybody gets the same: institutions and grounds for extension, as JSON. */
extern const char duo_instellingen[], duo_gronden[];

struct institution {
	const char *number;
	bool bow, tst; /* mark of Blik op Werk; recognised for the taalschakeltraject */
};

/* NULL: DUO does not know it. */
const struct institution *institution_find(const char *number);
/* What the ground with that code is; NULL: no such code. */
const char *ground_text(const char *code);

/* ---- what the messages carry ---- */

enum { ROUTE_B = 1, ROUTE_O, ROUTE_Z };
enum { LEVEL_A2 = 1, LEVEL_B1 };
enum { BLAME_JA = 1, BLAME_NEE };
extern const char *const routes[], *const levels[], *const literacies[], *const yes_no[];

struct pip_message {
	struct date dagtekening_pip;
	int leerroute, niveau, indicator_mag_opleiding_afmaken, indicator_alfabetiseringsonderwijs;
	int64_t geschatte_intensiteit_b1_route;
};

struct offer_message {
	struct date datum_inburgeringsaanbod, verwachte_startdatum_opleiding,
		verwachte_einddatum_opleiding;
	int indicator_alfabetiseringsonderwijs;
};

/* MAP, PVT or Z-route: one date; none withdraws it. */
struct result_message {
	struct date datum;
	int verwijtbaar;
	const char *document; /* map, pvt or zroute */
	const char *member; /* the date's name in DUO's JSON */
};

#endif
