/* SPDX-License-Identifier: EUPL-1.2
 *
 * The PIP (a concept until it is set), the offer of a course, the course institutions.
 */
#ifndef LEARNING_ROUTES_STORE_H
#define LEARNING_ROUTES_STORE_H

#include "app/db.h"
#include "law/beleid.h"
#include "law/pip.h"
#include "rules/duo_checks.h"
#include "rules/leerroute.h"
#include "rules/term.h"

struct bezwaar_regel {
	const char *code, *grondslag, *uitleg;
};

struct pip {
	const char *id, *inburgeraar_id;
	int64_t volgnummer;
	int status, leerroute, niveau;
	struct date dagtekening;
	int64_t geschatte_intensiteit_b1_route, pvt_uren, map_uren, aantal_voortgangsgesprekken;
	const char *begeleiding, *vve_afspraken;
	int alfabetisering, mag_opleiding_afmaken;
	int wenst_opleiding, grote_kans_diploma, redelijkerwijs_haalbaar_b1, bijzonder_geval;
	const char *motivering, *lbt_uitslag;
	struct list bezwaren; /* struct bezwaar_regel */
	json_t *grondslag;
	const char *uitleg;
	int duo_status;
	const char *duo_fout;
	struct date bezwaar_tot;
	const char *intrekking_reden;
	int64_t versie;
};

/* Of a PIP or an aanbod. */
struct intrekking {
	const char *reden;
};

/* What another gemeente set: from DUO the first members only. */
struct ontvangen_pip {
	const char *id, *inburgeraar_id, *van_gemeente;
	int bron, leerroute, niveau, alfabetisering;
	struct date dagtekening;
	int64_t geschatte_intensiteit_b1_route, pvt_uren, map_uren, aantal_voortgangsgesprekken;
	const char *begeleiding, *vve_afspraken;
};

struct vaststelling {
	struct date dagtekening;
};

struct aanbod {
	const char *id, *inburgeraar_id, *instellingsnummer, *instelling_naam;
	struct date datum_aanbod, datum_start, datum_einde;
	int64_t uren_per_week;
	int status; /* enum aanbod_status */
	const char *intrekking_reden;
	int duo_status;
	const char *duo_fout;
	int64_t versie;
};

enum aanbod_status { AANBOD_VASTGELEGD = 1, AANBOD_VERVANGEN, AANBOD_INGETROKKEN };

struct cursusinstelling {
	const char *instellingsnummer, *naam, *plaats;
	int bow_keurmerk, tst_keurmerk;
};

/* Facts of a person that decide what a PIP may say. */
struct persoon {
	const char *id, *gemeente;
	int doelgroep;
	int lbt; /* 1-based: b1-haalbaar, b1-niet-haalbaar, onbekend, ontheffing; 0 none */
	struct date intake_afgerond_op, datum_kennisgeving, datum_inschrijving_brp,
		vorige_dagtekening;
	int64_t vastgestelde_pips, ontvangen_pips;
	struct beleid beleid; /* of the gemeente, in force today */
	int leerroute; /* of the PIP in force, 0 without one */
	int ontvangen_leerroute; /* of the last PIP of another gemeente */
	struct date termijn_begin, termijn_einde; /* as DUO fixed it, einde exclusive */
	struct date eerste_dagtekening, dagtekening; /* of the first PIP; of the one in force */
	int64_t cursusuren; /* NUMBER_NONE: none recorded */
};

/* The decisions by the law that a PIP rests on, to be kept with it. */
struct pip_besluit {
	struct leerroute_io toets;
	struct overstap_io overstap;
	bool wijkt_af; /* first PIP here, another leerroute than the gemeente before */
	bool wisselt; /* another leerroute than the PIP in force: overstap counts */
	struct duo_pip_io duo; /* from here on only of a PIP that is being set */
	struct besluit_io termijnen;
};

/* What the law says of a PIP, as it is stored with it. */
struct oordeel {
	const char *bezwaren_json, *grondslag_json, *uitleg;
	int niveau;
};

extern const struct resource pip_resource, ontvangen_pip_resource, vaststelling_resource,
	intrekking_resource, aanbod_resource, cursusinstelling_resource;

/* ERR_NOT_FOUND: not one of ours. */
enum status store_persoon(struct req *req, const char *id, struct persoon *out);
enum status store_pip_toevoegen(
	struct req *req, const struct pip *in, const struct oordeel *o, struct pip *out);
enum status store_pip_wijzigen(
	struct req *req, const struct pip *in, const struct oordeel *o, struct pip *out);
enum status store_pip_lezen(struct req *req, struct pip *out);
/* Sets the PIP of the path, replaces the one in force, keeps the decisions and tells the others:
 * all or nothing. ERR_CHANGED when the concept was changed or set meanwhile. */
enum status store_pip_vaststellen(struct req *req, const struct persoon *who,
	const struct pip_besluit *besluit, const struct oordeel *o, struct pip *out);
/* Withdraws the PIP of the path; the one that it replaced holds again. ERR_CHANGED as above. */
enum status store_pip_intrekken(struct req *req, const struct persoon *who, const char *reden,
	const struct duo_pip_io *duo, struct pip *out);
/* The person of the path, and what is known of the institution: in `duo`. */
enum status store_aanbod_feiten(struct req *req, const char *instellingsnummer, struct persoon *who,
	struct duo_aanbod_facts *f);
/* Takes the place of the current offer of that institution. ERR_CONFLICT: another PIP meanwhile. */
enum status store_aanbod_toevoegen(struct req *req, const struct persoon *who,
	const struct aanbod *in, const struct duo_aanbod_io *duo, struct aanbod *out);
/* ERR_CHANGED: changed meanwhile. */
enum status store_aanbod_intrekken(struct req *req, const char *reden, struct aanbod *out);

#endif
