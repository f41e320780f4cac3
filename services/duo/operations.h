/* SPDX-License-Identifier: EUPL-1.2
 *
 * DUO's operations as rows, and one call of one of them (source: DUO's machine interface for
 * gemeenten). An operation that is not here is not spoken.
 */
#ifndef DUO_OPERATIONS_H
#define DUO_OPERATIONS_H

#include "app/client.h"
#include "contract.h"

enum operation {
	OP_PLICHT,
	OP_PLICHT_HISTORIE,
	OP_DOELGROEP,
	OP_DOELGROEP_HISTORIE,
	OP_LBT_EXAMENNUMMER,
	OP_LBT_RESULTATEN,
	OP_TERMIJN,
	OP_TERMIJN_HISTORIE,
	OP_VERLENGINGSGRONDEN,
	OP_VRIJSTELLINGEN,
	OP_ONTHEFFINGEN,
	OP_PIP,
	OP_INSTELLINGEN,
	OP_MAP,
	OP_PVT,
	OP_UREN,
	OP_EXAMENRESULTATEN,
	OP_GRATIS_POGINGEN,
	OP_BOETES,
	OP_VERLENGINGEN,
	OP_GEBEURTENISSEN,
	OP_ASK_COUNT, /* those above ask; those below tell: the kinds of duo.melding */
	OP_LBT_EXAMENNUMMER_INTREKKEN = OP_ASK_COUNT,
	OP_PIP_MELDEN,
	OP_PIP_INTREKKEN,
	OP_AANBOD_MELDEN,
	OP_AANBOD_INTREKKEN,
	OP_MAP_MELDEN,
	OP_PVT_MELDEN,
	OP_ZROUTE_MELDEN,
	OP_UREN_TAALLES_MELDEN,
	OP_UREN_PARTICIPATIE_MELDEN,
	OP_UREN_PARTICIPATIETAALLES_MELDEN,
	OP_CONTACTPERSOON_MAKEN,
	OP_CONTACTPERSOON_WIJZIGEN,
	OP_CONTACTPERSOON_VERWIJDEREN,
	OP_CONTACTPERSOON_KOPPELEN,
	OP_CONTACTPERSOON_ONTKOPPELEN,
	OP_COUNT
};

struct operation_row {
	const char *name; /* of the kind of message; unique */
	const char *api; /* DUO's API and its version */
	enum method method;
	const char *path; /* below DUO's base; {bsn}, {nummer}. Also what the log shows */
	const struct resource *in; /* body, NULL: none */
	const struct resource *out; /* answer, NULL: none */
	bool is_list; /* the answer is a list of `out` */
	long success; /* DUO's status when it was done */
	int fresh; /* seconds an answer may be used again without asking; 0: always ask */
	const char *trigger; /* Dutch: what sets it off */
};

extern const struct operation_row operations[OP_COUNT];

/* OP_COUNT when there is none of that name. */
enum operation operation_find(const char *name);

/* On whose behalf, and about whom. The BSN goes into the path: never log call.url. */
struct duo_subject {
	const char *gemeente, *oin; /* our certificate and `bron` */
	const char *bsn; /* NULL where the path has none */
	const char *nummer; /* {nummer}: institution or contact person, or NULL */
};

/* A call ready for client_run(); `bericht_id` is a UUID, `body` JSON or NULL. */
struct client_call duo_call(struct req *req, enum operation op, const struct duo_subject *about,
	const char *bericht_id, const char *body);
/* One log line: the template, the berichtId and the status; no personal data. */
void duo_log(struct req *req, enum operation op, const char *bericht_id, long status);
/* The answer of a call with status `success`, by the operation's field table: one struct, or for a
 * list a struct list. ERR_UPSTREAM when it does not fit DUO's contract. */
enum status duo_answer(
	struct req *req, enum operation op, const struct client_call *call, void *out);
/* What DUO has, by the status of an answered question: *out the answer in the arena and *json
 * (NULL: not wanted) the same as DUO wrote it; both NULL when it has nothing (404). ERR_UPSTREAM:
 * no answer that can be used. */
enum status duo_take(struct req *req, enum operation op, const struct client_call *call,
	const void **out, json_t **json);
/* DUO's [{"fouttekst": …}] as one text; what the status means when there is none. */
const char *duo_fault(struct req *req, const struct client_call *call);

#endif
