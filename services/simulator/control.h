/* SPDX-License-Identifier: EUPL-1.2
 *
 * The control API of the played world, /simulator/v1: the date, people at DUO and in the BRP, what
 * DUO answers, events, faults, counters. Open to all on loopback; exists in demo and test only.
 */
#ifndef SIMULATOR_CONTROL_H
#define SIMULATOR_CONTROL_H

#include "app/db.h"
#include "app/http.h"

struct sim_vandaag {
	struct date datum;
};

extern const char *const doelgroepen[]; /* in DUO's words: asiel, gezin en overig */

struct sim_persoon {
	const char *id, *bsn, *naam, *gemeentecode, *koppelgemeente;
	int64_t v_nummer, contactpersoon;
	int doelgroep, coa, wi2021;
	struct date vestiging;
	json_t *documenten;
};

struct sim_notificatie {
	const char *gebeurtenis_id;
};

struct sim_document {
	int soort;
	json_t *document;
};

struct sim_brp {
	json_t *persoon;
};

struct sim_zoek {
	const char *bsn;
};

struct sim_lading {
	json_t *personen, *notificaties, *documenten;
	int64_t aantal;
	const char *gemeentecode, *vanaf;
	int doelgroep;
};

struct sim_fout {
	const char *id, *operatie;
	int soort, moment;
	int64_t procent, zaad, aantal, ms, status, gezien, geraakt;
};

struct sim_gedrag {
	int verkeer, termijn;
	int64_t vertraging_ms;
};

extern const struct resource vandaag_resource, persoon_resource, notificatie_resource,
	document_resource, zoek_resource, brp_resource, lading_resource, fout_resource,
	gedrag_resource, stand_resource;

/* Adds the making of this person; the number of its statement, which answers the person. */
int persoon_toevoegen(struct batch *b, const struct sim_persoon *in);
/* 200 with what DUO holds of that person. */
enum status persoon_antwoorden(struct req *req, const char *id);

enum status vandaag_zetten(struct req *req);
enum status persoon_maken(struct req *req);
enum status persoon_tonen(struct req *req);
enum status persoon_zoeken(struct req *req);
enum status document_zetten(struct req *req);
enum status brp_zetten(struct req *req);
enum status notificatie_maken(struct req *req);
enum status laden(struct req *req);
enum status fout_maken(struct req *req);
enum status fouten_tonen(struct req *req);
enum status fout_verwijderen(struct req *req);
enum status fouten_verwijderen(struct req *req);
enum status tellers_tonen(struct req *req);
enum status tellers_wissen(struct req *req);
enum status gedrag_tonen(struct req *req);
enum status gedrag_zetten(struct req *req);
enum status stand_tonen(struct req *req);
enum status verkeer_tonen(struct req *req);

#endif
