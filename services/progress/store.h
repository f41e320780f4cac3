/* SPDX-License-Identifier: EUPL-1.2
 *
 * The records of progress. Every function of a person answers ERR_NOT_FOUND for a person that the
 * reader may not see. Writes store the event of the change in the same transaction.
 */
#ifndef PROGRESS_STORE_H
#define PROGRESS_STORE_H

#include "app/db.h"
#include "app/event.h"
#include "app/http.h"
#include "rules/completion.h"
#include "rules/duo_checks.h"
#include "rules/term.h"

struct persoon {
	const char *id, *gemeente;
	struct date termijn_begin, termijn_einde;
	int bron; /* of the term: enum termijn_bron, 0 without one */
	struct date plicht_einde;
	const char *plicht_einde_reden;
	int leerroute; /* of the PIP in force, 0 without one */
	struct date pvt_ondertekend_op, map_eindgesprek_op, z_eindgesprek_op;
};

enum termijn_bron { TERMIJN_VERWACHT = 1, TERMIJN_VAN_DUO };

struct termijn {
	const char *inburgeraar_id;
	struct date begin, einde, laatste_dag;
	int64_t dagen_over;
	int bron;
	struct date plicht_einde;
	const char *plicht_einde_reden;
	struct date voltooid_op;
	json_t *grondslag;
	const char *uitleg;
};

struct gesprek {
	const char *id, *inburgeraar_id;
	struct date datum;
	const char *tijd, *plaats, *onderwerp;
	int status, verwijtbaar;
	const char *verslag, *van_gemeente;
	int64_t versie;
};

struct gesprek_uitkomst {
	int uitkomst, verwijtbaar;
	const char *verslag;
};

struct uren {
	const char *id, *inburgeraar_id;
	int soort;
	struct date van, tot;
	int64_t aantal, geoorloofd_verzuim, ongeoorloofd_verzuim;
	const char *van_gemeente;
	int64_t versie;
};

struct resultaat {
	const char *id, *inburgeraar_id;
	int onderdeel, niveau, resultaat;
	struct date datum;
	int bron;
	const char *van_gemeente;
	int64_t versie;
};

/* What DUO decided on exemption, dispensation or extension. */
struct beoordeling {
	const char *id, *inburgeraar_id;
	int aard, soort, oordeel;
	const char *grond;
	struct date aangevraagd, datum, van, tot, dag;
	int onderdeel, niveau;
	int64_t participatie_maximum;
};

/* One of the dates, by soort. */
struct afronding {
	const char *inburgeraar_id, *van_gemeente;
	struct date ondertekend_op, eindgesprek_op, behaald_op;
	int verwijtbaar; /* PVT, MAP: is the overrun of the term */
	int64_t versie;
};

/* Query of a withdrawal. */
struct intrekking {
	int verwijtbaar;
};

enum afronding_soort { AFRONDING_PVT = 1, AFRONDING_MAP, AFRONDING_Z, AFRONDING_TST };

/* A date to be set or, DATE_NONE, withdrawn, and what the law library says that DUO does with it.
 */
struct afronding_besluit {
	enum afronding_soort soort;
	struct date datum;
	int verwijtbaar;
	const struct rule *regel; /* NULL: DUO is not told */
	struct duo_resultaat_io duo;
};

/* What completion depends on, as it is recorded. */
struct feiten {
	const char *inburgeraar_id, *gemeente, *traject_id;
	int doelgroep, leerroute, niveau;
	struct date termijn_begin, termijn_einde, plicht_einde;
	const char *plicht_einde_reden;
	struct date voltooid_op;
	int64_t cursus, participatie, pvt, map;
	struct date pvt_ondertekend_op, map_eindgesprek_op, z_eindgesprek_op, tst_behaald_op;
	struct examen *examens; /* passed */
	size_t examen_count;
	int *vrijgesteld; /* enum examenonderdeel */
	size_t vrijgesteld_count;
	int *ontheven; /* the same, or ONTHEFFING_PARTICIPATIE */
	size_t ontheven_count;
	int64_t participatie_maximum; /* hours; NUMBER_NONE: the norm of the law */
};

extern const char *const gesprek_statussen[]; /* gepland gehouden niet-verschenen afgezegd */
enum { GESPREK_GEPLAND = 1, GESPREK_GEHOUDEN, GESPREK_NIET_VERSCHENEN, GESPREK_AFGEZEGD };

extern const struct resource persoon_resource, termijn_resource, gesprek_resource, uren_resource,
	examen_resource, beoordeling_resource, pvt_resource, eindgesprek_resource, z_route_resource,
	tst_resource, intrekking_resource;

enum status store_persoon(struct req *req, struct persoon *out);
enum status store_termijn(struct req *req, struct termijn *out);
/* Facts of person `id`. */
enum status store_feiten(struct req *req, const char *id, struct feiten *out);
/* What the law says of them today. */
void law_voltooiing(struct req *req, const struct feiten *f, struct voltooiing_io *out);

enum status store_gesprek_toevoegen(struct req *req, struct gesprek *g);
/* `g` as it was read, with the outcome filled in. ERR_CHANGED when it was changed meanwhile. */
enum status store_gesprek_uitkomst(struct req *req, const char *gemeente, struct gesprek *g);
/* The talk in the path and the gemeente it belongs to. */
enum status store_gesprek(struct req *req, struct gesprek *g, const char **gemeente);

/* ERR_CONFLICT when hours of this soort overlap. */
enum status store_uren_toevoegen(struct req *req, const struct persoon *p, struct uren *u);
enum status store_examen_toevoegen(struct req *req, const struct persoon *p, struct resultaat *e);
/* `out->versie` NUMBER_NONE: there is none yet. */
enum status store_afronding(
	struct req *req, enum afronding_soort soort, struct persoon *p, struct afronding *out);
/* Sets the date; `gezien` is the version it replaces, NUMBER_NONE for the first. */
enum status store_afronding_vastleggen(struct req *req, const struct persoon *p,
	const struct afronding_besluit *besluit, int64_t gezien, const struct resource *r,
	struct afronding *out);
/* Takes the date away; ERR_CHANGED when it is not the version that the caller saw. */
enum status store_afronding_intrekken(
	struct req *req, const struct persoon *p, const struct afronding_besluit *besluit);

enum status store_traject_bestaat(struct req *req, const char *inburgeraar, bool *out);

/* Jobs; the event in hand becomes part of the same transaction, and so does the decision by the law
 * that the change rests on. */
enum status store_traject_uit_pip(
	struct req *req, const struct event *ev, const struct inburgeringstermijn_io *law);
/* The PIP is withdrawn; `law` is the term after the first one that still holds, or has no begin. */
enum status store_pip_weg(
	struct req *req, const struct event *ev, const struct inburgeringstermijn_io *law);
/* A PIP of somebody who has a term: another leerroute has other norms. */
enum status store_ander_pip(struct req *req, const struct event *ev);
enum status store_traject_uit_duo(struct req *req, const struct event *ev);
enum status store_examen_uit_duo(struct req *req, const struct event *ev);
enum status store_beoordeling(struct req *req, const struct event *ev);
/* Copies the progress of an accepted overdracht. */
enum status store_overdracht(struct req *req, const struct event *ev);
/* Marks the traject complete as of today and tells it. */
enum status store_voltooid(struct req *req, const struct event *ev, const struct feiten *f,
	const struct voltooiing_io *law);

#endif
