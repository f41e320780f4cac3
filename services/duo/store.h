/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef DUO_STORE_H
#define DUO_STORE_H

#include "app/db.h"
#include "events.h"

/* DUO's notification as it comes in (Notificatie.yml, 1.8.0). */
struct notificatie {
	const char *registratie_datum_tijd, *bsn, *gebeurtenis_id;
	int64_t v_nummer;
};

/* A message as staff sees it. */
struct bericht {
	const char *id, *soort, *status, *fout, *tijdstip, *volgorde;
	int richting;
	int64_t pogingen, versie;
};

/* A certificate or revocation list that the connection to DUO depends on. */
struct certificaat {
	const char *naam, *gezien;
	int soort;
	struct date vervalt;
	int64_t dagen;
};

extern const struct field notificatie_fields[];
extern const struct resource bericht_resource, certificaat_resource;

/* What became of a notification. */
enum arrival {
	ARRIVED_NEW,
	ARRIVED_BEFORE, /* the same message under the same berichtId: nothing was stored */
	ARRIVED_OTHERWISE, /* another message under a berichtId that was used: nothing was stored */
	ARRIVED_ASTRAY, /* `doel` is none of ours */
};

enum status store_notificatie(struct req *req, const struct notificatie *n, enum arrival *how);
/* ERR_NOT_FOUND: no such notification in this gemeente. */
enum status store_notice(struct req *req, const char *id, struct notice *out);
/* What batch_run() says when something about the person was settled after `n` was loaded. */
#define NOTICE_OUTDATED "Er is nieuwer bericht over deze persoon"
/* First in batch `b`: one notification of a person is settled at a time, and only on answers that
 * DUO gave after the one before was settled. */
void store_notice_first(struct batch *b, const struct notice *n);
/* Lets the notification wait longer than the last time, in batch `b`. */
void store_notice_later(struct batch *b, const struct notice *n, const char *why);
/* The same, until intake has made the dossier that was asked for in batch `b`. */
void store_notice_awaits_dossier(struct batch *b, const struct notice *n);
/* Closes the notification in batch `b`. */
void store_notice_done(struct batch *b, const struct notice *n, const char *status);

#endif
