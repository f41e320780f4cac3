/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef INTAKE_HANDLERS_H
#define INTAKE_HANDLERS_H

#include "app/http.h"
#include "store.h"

enum status inburgeraar_maken(struct req *req);
enum status inburgeraars_tonen(struct req *req);
enum status inburgeraar_tonen(struct req *req);
enum status inburgeraar_wijzigen(struct req *req);
enum status regisseur_ontheffen(struct req *req);
enum status inburgeraars_zoeken(struct req *req);
enum status pip_klok_tonen(struct req *req);
enum status klok_reden_maken(struct req *req);
enum status klok_reden_tonen(struct req *req);
enum status oproep_maken(struct req *req);
enum status oproep_wijzigen(struct req *req);
enum status oproepen_tonen(struct req *req);
enum status oproep_tonen(struct req *req);
enum status oproep_verzenden(struct req *req);
enum status oproep_uitkomst_vastleggen(struct req *req);
enum status intake_stap_tonen(struct req *req);
enum status brede_intake_tonen(struct req *req);
enum status onderwerp_vastleggen(struct req *req);
enum status intake_afronden(struct req *req);
enum status lbt_maken(struct req *req);
enum status lbts_tonen(struct req *req);
enum status lbt_tonen(struct req *req);
enum status taken_tonen(struct req *req);
enum status taak_tonen(struct req *req);
enum status taak_afronden(struct req *req);
/* The decisions by the law that all services kept about this person. */
enum status beslissingen_tonen(struct req *req);

/* The clock of a dossier; `derde`: day on which a third party's information came, or DATE_NONE. */
void klok_berekenen(struct req *req, const struct inburgeraar *i, struct date derde,
	struct pip_termijn_io *klok);
/* Day on which the last indispensable information of a third party came in, of the reasons. */
struct date klok_derde(const struct list *redenen);

#endif
