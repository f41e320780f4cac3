/* SPDX-License-Identifier: EUPL-1.2
 *
 * Do we and DUO hold the same? Each night of all people, and at once of one: what we hold (the
 * published views of the services) against what DUO answers. What differs is a row of duo.verschil
 * with a proposal; a person decides on the repair, and the next comparison that finds nothing
 * closes it. The tables of vergelijking.c say what is compared and who is the source of each fact.
 *
 * Not to be compared with DUO's own word, because DUO has no GET for them: the inburgeringsaanbod
 * and the completion of the Z-route. Of those it is the last message that DUO took.
 */
#ifndef DUO_VERGELIJKING_H
#define DUO_VERGELIJKING_H

#include "app/db.h"
#include "events.h"

enum voorstel { ONS_NAAR_DUO = 1, DUO_NAAR_ONS, MENS_BESLIST };
extern const char *const voorstel_namen[]; /* in that order */

/* A thing that is compared, and how a difference can be mended. */
struct onderdeel {
	const char *naam; /* pip */
	const char *omschrijving; /* Dutch, for people */
	/* what is proposed when both hold something else, only we, only DUO; 0: no difference */
	enum voorstel anders, alleen_ons, alleen_duo;
	const char *melding; /* kind of message that brings ours to DUO; NULL: none does */
	const char *gebeurtenis; /* DUO's event that brings DUO's to us; NULL: none does */
	const char *grondslag; /* who is the source of the fact, and the article */
};

/* NULL when there is none of that name. */
const struct onderdeel *onderdeel_find(const char *naam);

/* What the comparison of some people came to. */
struct uitkomst {
	int gelezen; /* people that were there to compare */
	int personen, niet_gelukt, gevonden; /* compared; without a usable answer; differences */
	const char *gemeente, *laatste; /* id of the last one that was read, NULL: none */
	const char *gelezen_op; /* when our side was read */
	struct buffer namen, verschillen, buiten; /* parameters of Q_VERSCHILLEN_BEWAREN */
};

/* Compares the next `hoeveel` people of the gemeente after id `na`, or `persoon` alone (then those
 * two are not used). Stores nothing. ERR_UPSTREAM: DUO answered nothing at all. */
enum status vergelijk(struct req *req, const char *gemeente, const char *persoon, const char *na,
	int hoeveel, struct uitkomst *out);
/* Adds to the batch what stores it; returns the op, whose row says how many were `opgelost`. */
int vergelijk_bewaren(struct batch *b, const struct uitkomst *u);

/* Asks DUO about one person all operations of the ASKS(…) bits; into n->answer. ERR_UPSTREAM when
 * one has no answer. */
enum status vergelijk_vragen(
	struct req *req, unsigned asks, const struct duo_subject *about, struct notice *n);

#endif
