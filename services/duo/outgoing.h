/* SPDX-License-Identifier: EUPL-1.2
 *
 * What DUO is told. A message is a row of duo.melding, made in the transaction that handles the
 * event of its fact; its body is what DUO gets, its kind the name of an operation. Messages of one
 * queue (`rij`: the person, or what is told of a contact person) go one after the other, queues
 * side by side, all processes together at most config.duo_rate a second. No answer: again after 1,
 * 2, 4 … config.duo_retry_max seconds and a little, under the same berichtId; after
 * config.duo_attempts it is `dood` and somebody's task. DUO's refusal (400, 403, 404) is a task at
 * once. A newer message about the same thing takes the place of one that DUO does not have.
 */
#ifndef DUO_OUTGOING_H
#define DUO_OUTGOING_H

#include "app/job.h"
#include "operations.h"

/* An event that one message follows from: what it is stands in the table of outgoing.c. */
enum status job_melden(struct req *req, const struct event *ev);
/* regisseur-toegewezen, regisseur-ontheven: the contact person of a person, made known first. */
enum status job_contactpersoon(struct req *req, const struct event *ev);
/* What changed of the staff that DUO knows. */
enum status job_medewerkers(struct req *req);
/* Sends what is due. */
enum status job_verzenden(struct req *req);

/* What we hold now, told again because DUO turned out to hold something else, whatever DUO took
 * before. `onderwerp` is the id of a PIP or aanbod, `body` that of MAP, PVT and Z-route; the rest
 * NULL. Nothing when we hold nothing. */
void melding_opnieuw(struct batch *b, enum operation op, const char *inburgeraar,
	const char *onderwerp, const char *instellingsnummer, const char *body);

/* The exam number of the person in the path is of no use any more: the message goes into the queue.
 * ERR_NOT_FOUND: not one of ours. */
enum status melding_lbt_intrekken(struct req *req);

#endif
