/* SPDX-License-Identifier: EUPL-1.2 */
#include "brp_handlers.h"

#include "brp_store.h"
#include "intake_queries.h"

/* Who may see the address of a person under geheimhouding: the person, and who writes to them. */
#define SCOPE_GEHEIM (SCOPE_CASEWORK | ROL_INBURGERAAR)

static void hide_address(struct gegevens_adres *a)
{
	if (!a->bron)
		return;
	*a = (struct gegevens_adres){ .bron = a->bron,
		.peildatum = a->peildatum,
		.afgeschermd = 1,
		.woont_er_niet = BOOL_NONE,
		.in_onderzoek = BOOL_NONE };
}

enum status persoonsgegevens_tonen(struct req *req)
{
	struct persoonsgegevens out;

	TRY(store_persoonsgegevens(req, &out));
	if (out.geheimhouding == 1 && !req_has_role(req, ROL_INBURGERAAR))
		out.waarschuwing = "Geheimhouding: geef adres en andere gegevens van deze persoon "
				   "niet aan derden, ook niet in een brief, lijst of gesprek.";
	if (out.geheimhouding == 1 && !req_has_role(req, SCOPE_GEHEIM))
		hide_address(&out.adres);
	return reply_one(req, &persoonsgegevens_resource, &out);
}

/* ---- questions ---- */

enum status raadpleging_maken(struct req *req)
{
	struct raadpleging out;

	TRY(store_raadpleging_toevoegen(req, req->in, &out));
	return reply_created(req, &raadpleging_resource, &out);
}

enum status raadplegingen_tonen(struct req *req)
{
	struct list rows;

	TRY(store_raadplegingen(req, &rows));
	return reply_list(req, &raadpleging_resource, &rows);
}

enum status raadpleging_tonen(struct req *req)
{
	struct raadpleging out;

	TRY(store_raadpleging(req, &out));
	return reply_one(req, &raadpleging_resource, &out);
}

/* ---- terugmeldingen ---- */

enum status terugmelding_maken(struct req *req)
{
	struct terugmelding out;

	TRY(store_terugmelding_toevoegen(req, req->in, &out));
	return reply_created(req, &terugmelding_resource, &out);
}

enum status terugmeldingen_tonen(struct req *req)
{
	struct list rows;

	TRY(db_list_of(req, Q_PERSOON_BESTAAT, "Inburgeraar", Q_TERUGMELDINGEN,
		&terugmelding_resource, &rows));
	return reply_list(req, &terugmelding_resource, &rows);
}

enum status terugmelding_tonen(struct req *req)
{
	struct terugmelding out;

	TRY(store_terugmelding(req, &out));
	return reply_one(req, &terugmelding_resource, &out);
}

enum status terugmelding_wijzigen(struct req *req)
{
	const struct terugmelding_stap *in = req->in;
	struct terugmelding now, out;

	TRY(store_terugmelding(req, &now));
	if (in->status == TERUGMELDING_OPEN || in->status < now.status)
		return fail(req, ERR_CONFLICT,
			"Een terugmelding gaat niet terug naar een eerdere stap");
	if (date_is_set(in->gemeld_op) && date_compare(in->gemeld_op, req->today) > 0)
		return fail_param(req, "gemeldOp", "toekomst", "De dag ligt in de toekomst");
	TRY(store_terugmelding_wijzigen(req, in, &out));
	return reply_one(req, &terugmelding_resource, &out);
}
