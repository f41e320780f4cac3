/* SPDX-License-Identifier: EUPL-1.2
 *
 * The records of enforcement. Every function of a person answers ERR_NOT_FOUND for a person that
 * the reader may not see. A move stores its event in the same transaction. Money in cents.
 */
#ifndef ENFORCEMENT_STORE_H
#define ENFORCEMENT_STORE_H

#include "app/db.h"
#include "app/event.h"
#include "app/http.h"
#include "law/boete.h"
#include "law/enforcement.h"
#include "rules/beleid.h"

enum artikel { ARTIKEL_22 = 1, ARTIKEL_23 };

/* Conduct: first that of art. 23, in the order of the law library, then that of art. 22. */
enum { GEDRAGING_NIET_VERSCHENEN = GEDRAGING_INTENSITEIT + 1, GEDRAGING_ONVOLDOENDE_MEEGEWERKT };

enum bezwaar_uitkomst { ONGEGROND = 1, HERROEPEN };

struct overtreding {
	const char *id, *inburgeraar_id;
	int artikel;
	int64_t stap;
	int gedraging;
	struct date datum_overtreding, datum_constatering;
	const char *omschrijving;
	int verwijtbaarheid, bijstand_verlaagd, aanhoudende_onwil, status;
	struct date gewaarschuwd_op; /* art. 23, where the policy asks a warning first */
	const char *signaal_id;
	struct date verjaart_op;
	const char *rapporteur_id;
	struct date rapport_datum;
	const char *rapport;
	struct date zienswijze_voor, zienswijze_op;
	const char *zienswijze;
	const char *voorsteller_id;
	struct date voorstel_datum;
	json_t *vereist; /* what the law and the policy demand before this fine */
	struct date hulp_aangeboden_op;
	const char *tweede_lezer_id; /* of this proposal */
	struct date tweede_lezing_op;
	const char *tweede_lezing;
	int tweede_lezing_akkoord;
	int64_t bedrag, basisbedrag, trede, percentage;
	const char *reden;
	json_t *grondslag;
	const char *uitleg;
	const char *beslisser_id;
	struct date besluit_datum;
	const char *motivering;
	struct date beslissen_voor, bekendmaking_datum, bezwaar_tot, nieuwe_termijn_uiterlijk;
	struct date bezwaar_ingediend_op, bezwaar_beslist_op;
	int bezwaar_uitkomst;
	const char *bezwaar_beslisser_id;
	struct date beroep_tot, onherroepelijk_op, seponering_datum;
	const char *seponering_reden;
	int64_t versie;
};

/* The person, as far as fines need it. */
struct persoon {
	const char *id, *gemeente;
	int doelgroep;
	struct beleid beleid; /* of the gemeente, in force today */
};

/* An earlier overtreding of the same person with a decision that stands. */
struct eerdere {
	int artikel;
	struct date datum_constatering, onherroepelijk_op;
	int64_t bedrag;
};

#define OORDELEN_MAX 4

/* An overtreding with everything that a move may ask. */
struct zaak {
	struct overtreding o;
	struct persoon persoon;
	struct eerdere *eerdere;
	size_t eerdere_count;
	/* decisions by the law that the change rests on: stored with it */
	struct oordeel {
		const struct rule *rule;
		const void *io;
	} oordelen[OORDELEN_MAX];
	int oordeel_count;
};

/* The newest step of the intake ladder that was missed. */
struct ladder {
	const char *id;
	struct date datum;
	int verwijtbaar;
	const char *volgende_stap;
	int gebruikt; /* an overtreding rests on it */
};

struct signaal {
	const char *id, *inburgeraar_id;
	int soort;
	struct date datum;
	int verwijtbaar;
	int64_t volgnummer;
	const char *volgende_stap, *onderwerp;
};

struct boete {
	const char *id;
	int artikel;
	int64_t stap;
	int gedraging;
	int64_t bedrag;
	struct date besluit_datum, bekendmaking_datum, bezwaar_tot, nieuwe_termijn_uiterlijk,
		onherroepelijk_op;
	int status;
};

/* A fine of a gemeente where the person lived before. */
struct ontvangen_boete {
	const char *id, *van_gemeente;
	int artikel;
	int64_t stap;
	int gedraging;
	int64_t bedrag;
	struct date datum_overtreding, datum_constatering, besluit_datum, bekendmaking_datum,
		onherroepelijk_op;
	int status; /* when it was handed over */
};

extern const char *const artikelen[], *const bezwaar_uitkomsten[];
extern const struct resource overtreding_resource, signaal_resource, boete_resource,
	ontvangen_boete_resource;

enum status store_persoon(struct req *req, struct persoon *out, struct ladder *ladder);
/* Stores z->o with a new id. */
enum status store_overtreding_toevoegen(struct req *req, struct zaak *z);
/* The overtreding in the path with all that goes with it. */
enum status store_zaak(struct req *req, struct zaak *out);
/* Stores z->o as it is now and tells `event` (NULL: nothing). ERR_CHANGED when somebody was first.
 */
enum status store_zaak_bijwerken(struct req *req, struct zaak *z, const char *event, json_t *data);
/* Job: keeps what the event told. */
enum status store_signaal(struct req *req, const struct event *ev, struct date datum);
/* Job: copies the fines of an accepted overdracht. */
enum status store_overdracht(struct req *req, const struct event *ev);

#endif
