/* SPDX-License-Identifier: EUPL-1.2
 *
 * A dossier goes from the gemeente that somebody left to the one where he or she lives now (Wi2021
 * art. 35 lid 4): offered, then accepted or refused there, or withdrawn here. Both sides see the
 * offer and its log; only what is accepted is copied, by the services that hold it.
 */
#ifndef INTAKE_OVERDRACHT_H
#define INTAKE_OVERDRACHT_H

#include "app/event.h"
#include "app/http.h"

struct overdracht {
	const char *id, *gemeente, *naar_gemeente, *inburgeraar_id; /* the dossier of the reader */
	int richting, status;
	const char *toelichting, *reden;
	struct date aangeboden_op, beslist_op;
	int64_t versie;
};

struct overdracht_regel {
	const char *id, *tijdstip, *wat, *door;
	int handeling;
	int64_t volgnr;
};

struct aanbieding {
	const char *toelichting;
};

struct weigering {
	const char *reden;
};

extern const struct resource overdracht_resource, overdracht_regel_resource, aanbieding_resource,
	weigering_resource;

enum status overdracht_aanbieden(struct req *req);
enum status overdrachten_tonen(struct req *req);
enum status overdrachten_van_persoon_tonen(struct req *req);
enum status overdracht_tonen(struct req *req);
enum status overdracht_regels_tonen(struct req *req);
enum status overdracht_accepteren(struct req *req);
enum status overdracht_weigeren(struct req *req);
enum status overdracht_intrekken(struct req *req);

/* For jobs. The person of `ev`, a notice of DUO that he or she settled here: the gemeente before
 * offers its dossier, if it is on this installation, and hears that the person left. */
void overdracht_bij_aankomst(struct batch *b, const struct event *ev);
/* A service copied its part: into the log. */
void overdracht_noteren(struct batch *b, const struct event *ev);

#endif
