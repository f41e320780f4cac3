/* SPDX-License-Identifier: EUPL-1.2
 *
 * Differences between us and DUO as people see them and decide on them, and the runs that find
 * them.
 */
#ifndef DUO_VERSCHIL_H
#define DUO_VERSCHIL_H

#include "app/http.h"

enum besluit { BESLUIT_ONS_NAAR_DUO = 1, BESLUIT_DUO_NAAR_ONS, BESLUIT_ACCEPTEREN };

struct verschil {
	const char *id, *inburgeraar_id, *inburgeraar_naam, *onderdeel, *omschrijving, *ons, *duo,
		*grondslag;
	int voorstel, status, besluit;
	const char *toelichting, *besloten_door, *besloten_op, *opgelost_door, *opgelost_op,
		*aangemaakt;
	int64_t volgnr, versie;
};

struct verschilfilter {
	int status, voorstel;
	const char *onderdeel;
};

struct verschilbesluit {
	int besluit;
	const char *toelichting;
};

/* A run over all people of a gemeente. */
struct vergelijking {
	const char *id, *gemeente, *reden, *fout, *geeindigd, *aangemaakt;
	struct date dag;
	int status;
	int64_t volgnr, personen, niet_gelukt, verschillen, versie;
};

/* What comparing one person came to. */
struct persoonsvergelijking {
	int64_t verschillen, opgelost;
};

extern const struct resource verschil_resource, verschilfilter_resource, verschilbesluit_resource,
	vergelijking_resource, persoonsvergelijking_resource;

enum status verschillen_tonen(struct req *req);
enum status verschillen_van_persoon_tonen(struct req *req);
enum status verschil_tonen(struct req *req);
/* 409: DUO or the dossier has nothing (any more) with which to mend it so. */
enum status verschil_besluiten(struct req *req);
/* Compares one person now. 502: DUO does not answer. */
enum status persoon_vergelijken(struct req *req);
/* Begins a run over all people; the jobs do it. 409: one is under way. */
enum status vergelijking_beginnen(struct req *req);
enum status vergelijkingen_tonen(struct req *req);
enum status vergelijking_tonen(struct req *req);

/* Goes on with the runs for a while; begins those of the night. */
enum status job_vergelijken(struct req *req);

#endif
