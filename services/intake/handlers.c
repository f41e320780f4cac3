/* SPDX-License-Identifier: EUPL-1.2 */
#include "handlers.h"

#include <string.h>

#include "intake_queries.h"

static enum status show_list(struct req *req, int query, const struct resource *r)
{
	struct list rows;

	TRY(store_lijst(req, query, r, &rows));
	return reply_list(req, r, &rows);
}

static void release_json(void *v)
{
	json_decref(v);
}

static json_t *basis_list(struct req *req, const struct basis *basis)
{
	json_t *list = json_array();

	for (int i = 0; i < basis->grondslag_count; i++)
		json_array_append_new(list, json_string(basis->grondslag[i]));
	arena_on_reset(req->arena, release_json, list);
	return list;
}

/* ---- dossier ---- */

void klok_berekenen(const struct inburgeraar *i, struct date derde, struct pip_termijn *out)
{
	const struct pip_termijn_facts facts = {
		.doelgroep = i->doelgroep,
		.datum_kennisgeving = i->datum_kennisgeving,
		.datum_inschrijving_brp = i->datum_inschrijving_brp,
		.datum_inschrijving_nieuwe_gemeente = DATE_NONE,
		.datum_ontvangst_derde = derde,
	};

	if (date_is_set(i->datum_kennisgeving)) {
		pip_termijn(&facts, out);
		return;
	}
	*out = (struct pip_termijn){ .loopt = NEE,
		.begin = DATE_NONE,
		.uiterlijk = DATE_NONE,
		.uiterlijk_voor_verlenging = DATE_NONE };
	basis_init(&out->basis);
	basis_add(&out->basis, law_article(PIP_WEKEN, DATE_NONE));
	basis_say(&out->basis, "De termijn loopt nog niet: DUO heeft de plicht nog niet gemeld.");
}

enum status inburgeraar_maken(struct req *req)
{
	struct inburgeraar *in = req->in, out;
	struct pip_termijn klok;
	const char *gemeente = in->gemeente;

	if (!gemeente)
		TRY(req_gemeente(req, &gemeente));
	if (!strstr(req->session.gemeenten, gemeente))
		return fail_param(req, "gemeente", "niet-van-u", "Voor deze gemeente werkt u niet");
	klok_berekenen(in, DATE_NONE, &klok);
	TRY(store_inburgeraar_toevoegen(req, in, gemeente, klok.uiterlijk, &out));
	return reply_created(req, &inburgeraar_resource, &out);
}

enum status inburgeraars_tonen(struct req *req)
{
	const struct filter *f = req->query;

	return show_list(req, f->regisseur_id ? Q_INBURGERAARS_VAN_REGISSEUR : Q_INBURGERAARS,
		&inburgeraar_resource);
}

enum status inburgeraar_tonen(struct req *req)
{
	struct inburgeraar out;

	TRY(store_inburgeraar(req, &out));
	return reply_one(req, &inburgeraar_resource, &out);
}

/* Day on which the last indispensable information of a third party came in. */
static struct date third_party(const struct list *redenen)
{
	const struct klok_reden *r = redenen->items;
	struct date day = DATE_NONE;

	for (size_t i = 0; i < redenen->count; i++)
		if (r[i].oorzaak == 1 && date_is_set(r[i].tot) &&
			(!date_is_set(day) || date_compare(r[i].tot, day) > 0))
			day = r[i].tot;
	return day;
}

enum status inburgeraar_wijzigen(struct req *req)
{
	const struct wijziging *in = req->in;
	struct inburgeraar now, out;
	struct pip_termijn klok;
	struct list redenen;

	TRY(store_klok(req, &now, &redenen));
	if (date_is_set(in->datum_inschrijving_brp))
		now.datum_inschrijving_brp = in->datum_inschrijving_brp;
	klok_berekenen(&now, third_party(&redenen), &klok);
	TRY(store_inburgeraar_wijzigen(req, in, klok.uiterlijk, &out));
	return reply_one(req, &inburgeraar_resource, &out);
}

enum status inburgeraars_zoeken(struct req *req)
{
	const struct zoekvraag *z = req->in;
	struct list rows;

	if ((z->bsn != NULL) + (z->v_nummer != NULL) + (z->naam != NULL) != 1)
		return fail_param(req, "naam", "keuze", "Zoek op een van: bsn, vNummer, naam");
	TRY(store_zoek(req, z, &rows));
	return reply_list(req, &inburgeraar_resource, &rows);
}

/* ---- the ten weeks ---- */

enum status pip_klok_tonen(struct req *req)
{
	struct pip_klok out;
	struct inburgeraar who;
	struct pip_termijn klok;

	TRY(store_klok(req, &who, &out.redenen));
	klok_berekenen(&who, third_party(&out.redenen), &klok);
	out.loopt = klok.loopt;
	out.begin = klok.begin;
	out.uiterlijk = klok.uiterlijk;
	out.uiterlijk_voor_verlenging = klok.uiterlijk_voor_verlenging;
	out.gezet_op = who.pip_dagtekening;
	out.dagen_over = klok.loopt == JA && !date_is_set(who.pip_dagtekening)
				 ? klok.uiterlijk.day - req->today.day
				 : NUMBER_NONE;
	out.grondslag = basis_list(req, &klok.basis);
	out.uitleg = klok.basis.uitleg;
	return reply_one(req, &pip_klok_resource, &out);
}

enum status klok_reden_maken(struct req *req)
{
	const struct klok_reden *in = req->in;
	struct klok_reden out;
	struct inburgeraar who;
	struct pip_termijn klok;
	struct list redenen, own = { (void *)(uintptr_t)in, 1 };
	struct date derde, mine;

	if (date_is_set(in->tot) && date_compare(in->tot, in->van) < 0)
		return fail_param(req, "tot", "volgorde", "Het einde ligt voor het begin");
	TRY(store_klok(req, &who, &redenen));
	derde = third_party(&redenen);
	mine = third_party(&own);
	if (date_is_set(mine) && (!date_is_set(derde) || date_compare(mine, derde) > 0))
		derde = mine;
	klok_berekenen(&who, derde, &klok);
	TRY(store_klok_reden(req, in, klok.uiterlijk, &out));
	return reply_created(req, &klok_reden_resource, &out);
}

enum status klok_reden_tonen(struct req *req)
{
	struct klok_reden out;

	TRY(db_one(req, Q_KLOK_REDEN_LEZEN, NULL, NULL, &klok_reden_resource, &out));
	return reply_one(req, &klok_reden_resource, &out);
}

/* ---- oproepen ---- */

static void next_step(const struct req *req, const struct ladder *l, struct intake_stap *out)
{
	const struct intake_stap_facts facts = {
		.oproepen = l->oproepen,
		.oproep_count = (size_t)l->count,
		.waarschuwing_op = l->waarschuwing_op,
		.boetes = l->boetes,
		.boete_count = (size_t)l->boete_count,
		.vandaag = req->today,
	};

	intake_stap(&facts, out);
}

static bool is_time(const char *s)
{
	return strspn(s, "0123456789") == 2 && s[2] == ':' && strspn(s + 3, "0123456789") == 2 &&
	       strncmp(s, "24", 2) < 0 && s[3] < '6';
}

static enum status check_oproep(
	struct req *req, const struct oproep *in, const struct ladder *l, bool after_fine)
{
	enum status s = OK;

	if (!is_time(in->tijd))
		s = fail_param(req, "tijd", "vorm", "Schrijf een tijd als 09:30");
	if (date_compare(in->datum, req->today) < 0)
		s = fail_param(req, "datum", "verleden", "De afspraak ligt in het verleden");
	if (date_compare(in->termijn, in->datum) < 0)
		s = fail_param(
			req, "termijn", "volgorde", "De termijn loopt tot of na de afspraak");
	if (after_fine && date_is_set(l->nieuwe_termijn) &&
		date_compare(in->termijn, l->nieuwe_termijn) > 0)
		s = fail_param(req, "termijn", "nieuwe-termijn",
			"De termijn ligt na de nieuwe termijn uit het boetebesluit (Wi art. 22 lid "
			"2)");
	return s;
}

enum status oproep_maken(struct req *req)
{
	struct oproep *in = req->in, out;
	struct intake_stap stap;
	struct ladder l;
	bool after_fine;

	TRY(store_ladder(req, true, &l));
	if (l.open)
		return fail(
			req, ERR_CONFLICT, "Er loopt al een oproep; leg eerst de uitkomst vast");
	next_step(req, &l, &stap);
	if (stap.volgende != STAP_OPROEPEN && stap.volgende != STAP_WAARSCHUWING)
		return fail(req, ERR_CONFLICT, "%s", stap.basis.uitleg);
	after_fine = l.boete_count > 0;
	TRY(check_oproep(req, in, &l, after_fine));
	in->waarschuwing = stap.volgende == STAP_WAARSCHUWING;
	in->soort = in->waarschuwing ? OPROEP_HERHAALD
		    : after_fine     ? OPROEP_NA_BOETE
				     : OPROEP_EERSTE;
	in->grondslag = basis_list(req, &stap.basis);
	in->uitleg = stap.basis.uitleg;
	TRY(store_oproep_toevoegen(req, in, &out));
	return reply_created(req, &oproep_resource, &out);
}

enum status oproepen_tonen(struct req *req)
{
	return show_list(req, Q_OPROEPEN, &oproep_resource);
}

enum status oproep_tonen(struct req *req)
{
	struct oproep out;

	TRY(store_oproep(req, &out));
	return reply_one(req, &oproep_resource, &out);
}

enum status oproep_verzenden(struct req *req)
{
	const struct verzending *in = req->in;
	struct oproep now, out;

	TRY(store_oproep(req, &now));
	if (now.status != OPROEP_GEPLAND)
		return fail(req, ERR_CONFLICT, "Deze oproep is al verzonden");
	if (date_compare(in->verzonden_op, req->today) > 0)
		return fail_param(req, "verzondenOp", "toekomst",
			"De dag van verzending ligt in de toekomst");
	TRY(store_oproep_verzonden(req, in, &out));
	return reply_one(req, &oproep_resource, &out);
}

/* The step that the law sees once this outcome is known. */
static enum status step_after(struct req *req, const struct uitkomst *in, const char **volgende)
{
	struct intake_stap stap;
	struct ladder l;

	TRY(store_ladder(req, false, &l));
	for (int i = 0; i < l.count; i++) {
		if (strcmp(l.ids[i], req->param[0]) != 0)
			continue;
		l.oproepen[i].uitkomst =
			in->uitkomst + 1; /* "open" comes first in the law's list */
		l.oproepen[i].verwijtbaar = in->verwijtbaar;
	}
	next_step(req, &l, &stap);
	*volgende = enum_text(intake_volgende_values, stap.volgende);
	return OK;
}

enum status oproep_uitkomst_vastleggen(struct req *req)
{
	const struct uitkomst *in = req->in;
	bool came = in->uitkomst + 1 == VERSCHENEN;
	const char *volgende;
	struct oproep now, out;

	TRY(store_oproep(req, &now));
	if (now.status != OPROEP_VERZONDEN)
		return fail(req, ERR_CONFLICT,
			now.status == OPROEP_GEPLAND ? "Deze oproep is nog niet verzonden"
						     : "De uitkomst is al vastgelegd");
	if (!came && in->verwijtbaar == BOOL_NONE)
		return fail_param(
			req, "verwijtbaar", "verplicht", "Kon de persoon er iets aan doen?");
	if (came && in->verwijtbaar != BOOL_NONE)
		return fail_param(req, "verwijtbaar", "onverwacht", "De persoon is verschenen");
	TRY(step_after(req, in, &volgende));
	TRY(store_oproep_uitkomst(req, in, volgende, &out));
	return reply_one(req, &oproep_resource, &out);
}

enum status intake_stap_tonen(struct req *req)
{
	struct intake_stap stap;
	struct ladder l;
	struct stap out;

	TRY(store_ladder(req, true, &l));
	next_step(req, &l, &stap);
	out.volgende = stap.volgende;
	out.bedrag = stap.bedrag == LAW_NONE ? NUMBER_NONE : stap.bedrag;
	out.nieuwe_termijn_uiterlijk = stap.nieuwe_termijn_uiterlijk;
	out.grondslag = basis_list(req, &stap.basis);
	out.uitleg = stap.basis.uitleg;
	return reply_one(req, &stap_resource, &out);
}

/* ---- brede intake ---- */

enum status brede_intake_tonen(struct req *req)
{
	return show_list(req, Q_ONDERWERPEN, &onderwerp_resource);
}

enum status onderwerp_vastleggen(struct req *req)
{
	struct onderwerp out;

	if (!enum_index(onderwerpen, req->param[1]))
		return fail(req, ERR_NOT_FOUND, "Dit onderwerp kent de brede intake niet");
	TRY(store_onderwerp(req, req->in, &out));
	return reply_one(req, &onderwerp_resource, &out);
}

/* Wi art. 14 lid 3 and Bi art. 5.2 lid 1: what the intake must at least have covered. */
static const char *const required[] = { "opleiding-en-werk", "gezondheid", "taal",
	"werkmogelijkheden", "zelfredzaamheid", "kinderen-en-vve", NULL };

static enum status check_topics(struct req *req)
{
	struct list topics, tests;
	enum status s = OK;

	TRY(store_lijst(req, Q_ONDERWERPEN, &onderwerp_resource, &topics));
	TRY(store_lijst(req, Q_LBTS, &lbt_resource, &tests));
	for (int i = 0; required[i]; i++) {
		const struct onderwerp *row = topics.items;
		size_t n = 0;

		while (n < topics.count && strcmp(row[n].onderwerp, required[i]) != 0)
			n++;
		if (n == topics.count)
			s = fail_param(req, required[i], "verplicht",
				"Dit onderwerp is nog niet besproken");
	}
	if (tests.count == 0)
		s = fail_param(req, "leerbaarheidstoets", "verplicht",
			"Er is nog geen uitslag of ontheffing van de leerbaarheidstoets");
	return s;
}

static enum status check_absentia(struct req *req)
{
	struct intake_stap stap;
	struct ladder l;

	TRY(store_ladder(req, true, &l));
	next_step(req, &l, &stap);
	if (stap.volgende != STAP_BIJ_VERSTEK)
		return fail(req, ERR_CONFLICT, "Bij verstek kan nog niet (Wi art. 14 lid 2). %s",
			stap.basis.uitleg);
	return OK;
}

enum status intake_afronden(struct req *req)
{
	const struct afronding *in = req->in;
	struct inburgeraar out;

	if (date_compare(in->datum, req->today) > 0)
		return fail_param(req, "datum", "toekomst", "De dag ligt in de toekomst");
	TRY(in->wijze == WIJZE_GESPREK ? check_topics(req) : check_absentia(req));
	TRY(store_afronden(req, in, &out));
	return reply_one(req, &inburgeraar_resource, &out);
}

/* ---- leerbaarheidstoets ---- */

enum status lbt_maken(struct req *req)
{
	const struct lbt *in = req->in;
	struct lbt out;

	if (date_compare(in->datum_afname, req->today) > 0)
		return fail_param(req, "datumAfname", "toekomst", "De dag ligt in de toekomst");
	TRY(store_lbt(req, in, &out));
	return reply_created(req, &lbt_resource, &out);
}

enum status lbts_tonen(struct req *req)
{
	return show_list(req, Q_LBTS, &lbt_resource);
}

enum status lbt_tonen(struct req *req)
{
	struct lbt out;

	TRY(db_one(req, Q_LBT_LEZEN, NULL, NULL, &lbt_resource, &out));
	return reply_one(req, &lbt_resource, &out);
}

/* ---- work list ---- */

enum status taken_tonen(struct req *req)
{
	const struct taakfilter *f = req->query;

	return show_list(req, f->regisseur_id ? Q_TAKEN_VAN_REGISSEUR : Q_TAKEN, &taak_resource);
}
