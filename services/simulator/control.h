/* SPDX-License-Identifier: EUPL-1.2
 *
 * The control API of the played world, /simulator/v1: the date, people at DUO, what DUO answers,
 * events. Open to all on loopback; exists in demo and test only.
 */
#ifndef SIMULATOR_CONTROL_H
#define SIMULATOR_CONTROL_H

#include "app/http.h"

struct sim_vandaag {
	struct date datum;
};

struct sim_persoon {
	const char *id, *bsn, *naam, *gemeentecode;
	int64_t v_nummer;
	int doelgroep;
	json_t *documenten;
};

struct sim_notificatie {
	const char *gebeurtenis_id;
};

struct sim_document {
	int soort;
	json_t *document;
};

struct sim_zoek {
	const char *bsn;
};

extern const struct resource vandaag_resource, persoon_resource, notificatie_resource,
	document_resource, zoek_resource;

enum status vandaag_zetten(struct req *req);
enum status persoon_maken(struct req *req);
enum status persoon_tonen(struct req *req);
enum status persoon_zoeken(struct req *req);
enum status document_zetten(struct req *req);
enum status notificatie_maken(struct req *req);
enum status verkeer_tonen(struct req *req);

#endif
