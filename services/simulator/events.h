/* SPDX-License-Identifier: EUPL-1.2
 *
 * What happens at DUO: a table of event codes, each with what it changes of a person. The change
 * and the notification are stored together.
 */
#ifndef SIMULATOR_EVENTS_H
#define SIMULATOR_EVENTS_H

#include "person.h"

/* One event that the control API makes happen. What a code has no use for is ignored; what it needs
 * and does not get has a sensible value. */
struct occurrence {
	const char *bsn, *gebeurtenis_id;
	struct date datum; /* DATE_NONE: today */
	int64_t na_seconden; /* until the notification goes; NUMBER_NONE: as DUO is set */
	int los, stil; /* later ones need not wait for it; no notification at all */
	const char *gemeentecode; /* somebody unknown is registered there; COA: linked to it */
	int doelgroep; /* of somebody unknown; 0: asielstatushouder */
	struct date startdatum, einddatum;
	int64_t maanden;
	const char *grond, *reden; /* code of the extension; AVI, DIP …, BIO, MED */
	int onderdeel, niveau, resultaat, reden_geen_resultaat; /* exam, partial exemption */
	int uitslag; /* LBT */
	const char *behaalde_score, *benodigde_score;
	int64_t uren_belastbaarheid, bedrag;
	const char *examennummer; /* set by the handler: a new one */
};

extern const struct resource occurrence_resource;

struct move {
	const char *bsn, *naar; /* NULL: abroad */
	struct date datum;
	int64_t na_seconden;
};

extern const struct resource move_resource;

/* Appends to what DUO tells of events; an unknown code has words for that. */
void event_record(struct person *p, const char *id, struct date day);

/* POST /gebeurtenissen and /verhuizingen of the control API. */
enum status gebeurtenis_maken(struct req *req);
enum status verhuizing_maken(struct req *req);

#endif
