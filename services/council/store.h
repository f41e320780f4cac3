/* SPDX-License-Identifier: EUPL-1.2
 *
 * Policy documents: a concept until it is vastgesteld, then for good.
 */
#ifndef COUNCIL_STORE_H
#define COUNCIL_STORE_H

#include "app/db.h"
#include "rules/beleid.h"

enum document_status { DOCUMENT_CONCEPT = 1, DOCUMENT_VASTGESTELD };

struct beleidsdocument {
	const char *id, *gemeente;
	int64_t nummer;
	int status;
	struct date geldig_van, geldig_tot; /* as it is; the document says how it was adopted */
	struct date vastgesteld_op;
	const char *vastgesteld_door, *vastgesteld_door_naam;
	struct beleid_io document;
	int64_t versie;
};

struct vaststelling {
	struct date vastgesteld_op;
};

enum bron { BRON_GEMEENTE = 1, BRON_STANDAARD };

/* What holds on a day. */
struct geldend {
	int bron;
	const char *gemeente;
	struct date datum;
	const char *document_id;
	int64_t nummer;
	struct date geldig_van, geldig_tot;
	struct beleid_io beleid;
};

struct geldend_vraag {
	struct date datum;
	const char *gemeente;
};

extern const struct resource beleidsdocument_resource, vaststelling_resource, toets_resource,
	geldend_resource, geldend_vraag_resource;

enum status store_document_toevoegen(struct req *req, const struct beleidsdocument *in,
	const char *gemeente, struct beleidsdocument *out);
/* The concept of the path with new contents. */
enum status store_document_wijzigen(
	struct req *req, const struct beleidsdocument *in, struct beleidsdocument *out);
enum status store_document_lezen(struct req *req, struct beleidsdocument *out);
enum status store_documenten(struct req *req, struct list *rows);
/* Makes the concept of the path policy, ends what held until then and tells the others: all or
 * nothing. ERR_CONFLICT when another document holds on one of its days. */
enum status store_document_vaststellen(
	struct req *req, struct date vastgesteld_op, struct beleidsdocument *out);
/* The policy of `gemeente` on out->datum; the default when it has none. */
enum status store_geldend(struct req *req, const char *gemeente, struct geldend *out);

#endif
