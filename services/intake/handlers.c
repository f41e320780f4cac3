/* SPDX-License-Identifier: EUPL-1.2 */
#include "handlers.h"

#include <string.h>

#include "brp_store.h"
#include "intake_queries.h"
#include "jobs.h"

static enum status show_list(struct req *req, int query, const struct resource *r)
{
	struct list rows;

	TRY(store_lijst(req, query, r, &rows));
	return reply_list(req, r, &rows);
}

/* ---- dossier ---- */

void klok_berekenen(struct req *req, const struct inburgeraar *i, struct date derde,
	struct pip_termijn_io *klok)
{
	rule_init(&rule_pip_termijn, klok, req->today);
	klok->in.doelgroep = i->doelgroep;
	klok->in.datum_kennisgeving = i->datum_kennisgeving;
	klok->in.datum_inschrijving_brp = i->datum_inschrijving_brp;
	klok->in.datum_inschrijving_nieuwe_gemeente = i->datum_vestiging;
	klok->in.datum_ontvangst_derde = derde;
	rule_decide(&rule_pip_termijn, req->arena, klok);
}

/* Is `code` one of the codes of the comma separated list? */
static bool holds(const char *codes, const char *code)
{
	size_t n = strlen(code);

	for (const char *p = codes; *p; p += strspn(p, ",")) {
		size_t word = strcspn(p, ",");

		if (word == n && strncmp(p, code, n) == 0)
			return true;
		p += word;
	}
	return false;
}

static enum status check_inburgeraar(
	struct req *req, const struct inburgeraar *in, const char *gemeente)
{
	if (!holds(req->session.gemeenten, gemeente))
		fail_param(req, "gemeente", "niet-van-u", "Voor deze gemeente werkt u niet");
	if (date_is_set(in->geboortedatum) && date_compare(in->geboortedatum, req->today) > 0)
		fail_param(req, "geboortedatum", "toekomst", "De dag ligt in de toekomst");
	if (date_is_set(in->datum_kennisgeving) &&
		date_compare(in->datum_kennisgeving, req->today) > 0)
		fail_param(req, "datumKennisgeving", "toekomst", "De dag ligt in de toekomst");
	return req->error.status;
}

enum status inburgeraar_maken(struct req *req)
{
	struct inburgeraar *in = req->in, out;
	struct pip_termijn_io klok;
	const char *gemeente = in->gemeente;

	if (!gemeente)
		TRY(req_gemeente(req, &gemeente));
	TRY(check_inburgeraar(req, in, gemeente));
	TRY(store_regisseur(req, in->regisseur_id, gemeente));
	klok_berekenen(req, in, DATE_NONE, &klok);
	TRY(store_inburgeraar_toevoegen(req, in, gemeente, &klok, &out));
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

struct date klok_derde(const struct list *redenen)
{
	const struct klok_reden *r = redenen->items;
	struct date day = DATE_NONE;

	for (size_t i = 0; i < redenen->count; i++)
		if (r[i].oorzaak == 1 && date_is_set(r[i].tot) &&
			(!date_is_set(day) || date_compare(r[i].tot, day) > 0))
			day = r[i].tot;
	return day;
}

static enum status refuse_brp(struct req *req, const char *name)
{
	return fail_param(req, name, "bron-brp",
		"Dit gegeven komt uit de BRP en verandert u hier niet. Klopt het niet? Maak een "
		"terugmelding.");
}

/* The BRP stays the source of what it told. */
static enum status check_wijziging(
	struct req *req, const struct wijziging *in, const struct inburgeraar *now)
{
	if (now->persoon_bron != BRON_BRP)
		return OK;
	if (in->voornamen)
		refuse_brp(req, "voornamen");
	if (in->achternaam)
		refuse_brp(req, "achternaam");
	if (date_is_set(in->geboortedatum))
		refuse_brp(req, "geboortedatum");
	return req->error.status;
}

enum status inburgeraar_wijzigen(struct req *req)
{
	const struct wijziging *in = req->in;
	struct inburgeraar now, out;
	struct pip_termijn_io klok;
	struct list redenen;

	TRY(store_klok(req, &now, &redenen));
	TRY(check_wijziging(req, in, &now));
	TRY(store_regisseur(req, in->regisseur_id, now.gemeente));
	if (date_is_set(in->datum_inschrijving_brp))
		now.datum_inschrijving_brp = in->datum_inschrijving_brp;
	if (date_is_set(in->datum_vestiging))
		now.datum_vestiging = in->datum_vestiging;
	klok_berekenen(req, &now, klok_derde(&redenen), &klok);
	TRY(store_inburgeraar_wijzigen(req, in, &now, &klok, &out));
	return reply_one(req, &inburgeraar_resource, &out);
}

enum status regisseur_ontheffen(struct req *req)
{
	struct inburgeraar now;
	struct list redenen;

	TRY(store_klok(req, &now, &redenen));
	TRY(store_regisseur_ontheffen(req));
	return reply_none(req);
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
	struct pip_termijn_io klok;

	TRY(store_klok(req, &who, &out.redenen));
	klok_berekenen(req, &who, klok_derde(&out.redenen), &klok);
	out.loopt = klok.out.loopt;
	out.begin = klok.out.begin;
	out.uiterlijk = klok.out.uiterlijk;
	out.uiterlijk_voor_verlenging = klok.out.uiterlijk_voor_verlenging;
	out.gezet_op = who.pip_dagtekening;
	out.dagen_over = date_is_set(who.pip_dagtekening)
				 ? NUMBER_NONE
				 : pip_termijn_dagen_over(&klok.out, req->today);
	out.grondslag = rule_articles(req->arena, &klok.out.basis);
	out.uitleg = klok.base.uitleg;
	return reply_one(req, &pip_klok_resource, &out);
}

enum status klok_reden_maken(struct req *req)
{
	struct klok_reden *in = req->in;
	struct klok_reden out;
	struct inburgeraar who;
	struct pip_termijn_io klok;
	struct list redenen, own = { in, 1 };
	struct date derde, mine;

	if (date_is_set(in->tot) && date_compare(in->tot, in->van) < 0)
		return fail_param(req, "tot", "volgorde", "Het einde ligt voor het begin");
	TRY(store_klok(req, &who, &redenen));
	derde = klok_derde(&redenen);
	mine = klok_derde(&own);
	if (date_is_set(mine) && (!date_is_set(derde) || date_compare(mine, derde) > 0))
		derde = mine;
	klok_berekenen(req, &who, derde, &klok);
	TRY(store_klok_reden(req, in, &who, &klok, &out));
	return reply_created(req, &klok_reden_resource, &out);
}

enum status klok_reden_tonen(struct req *req)
{
	struct klok_reden out;

	TRY(db_one(req, Q_KLOK_REDEN_LEZEN, NULL, NULL, &klok_reden_resource, &out));
	return reply_one(req, &klok_reden_resource, &out);
}

/* ---- oproepen ---- */

static void next_step(struct req *req, struct ladder *l, struct intake_stap_io *stap)
{
	rule_init(&rule_intake_stap, stap, req->today);
	stap->oproepen = (struct list){ l->oproepen, (size_t)l->count };
	stap->boetes = (struct list){ l->boetes, (size_t)l->boete_count };
	stap->in.waarschuwing_op = l->waarschuwing_op;
	stap->in.vandaag = req->today;
	rule_decide(&rule_intake_stap, req->arena, stap);
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
	struct intake_stap_io stap;
	struct ladder l;
	bool after_fine;

	TRY(store_ladder(req, true, &l));
	if (l.open)
		return fail(
			req, ERR_CONFLICT, "Er loopt al een oproep; leg eerst de uitkomst vast");
	next_step(req, &l, &stap);
	if (stap.out.volgende != STAP_OPROEPEN && stap.out.volgende != STAP_WAARSCHUWING)
		return fail(req, ERR_CONFLICT, "%s", stap.base.uitleg);
	after_fine = l.boete_count > 0;
	TRY(check_oproep(req, in, &l, after_fine));
	in->waarschuwing = stap.out.volgende == STAP_WAARSCHUWING;
	in->soort = in->waarschuwing ? OPROEP_HERHAALD
		    : after_fine     ? OPROEP_NA_BOETE
				     : OPROEP_EERSTE;
	in->grondslag = rule_articles(req->arena, &stap.out.basis);
	in->uitleg = stap.base.uitleg;
	TRY(store_oproep_toevoegen(req, in, &l, &stap, &out));
	return reply_created(req, &oproep_resource, &out);
}

/* Until it is sent, nobody was called up: the appointment may still change. */
enum status oproep_wijzigen(struct req *req)
{
	const struct oproep *in = req->in;
	struct oproep now, out;
	struct ladder l;

	TRY(store_oproep(req, &now));
	if (now.status != OPROEP_GEPLAND)
		return fail(req, ERR_CONFLICT, "Deze oproep is al verzonden");
	TRY(store_ladder(req, false, &l));
	TRY(check_oproep(req, in, &l, l.boete_count > 0));
	TRY(store_oproep_wijzigen(req, in, &out));
	return reply_one(req, &oproep_resource, &out);
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
	if (date_compare(in->verzonden_op, now.datum) > 0)
		return fail_param(req, "verzondenOp", "te-laat",
			"De afspraak was toen al voorbij; wijzig eerst de dag van de afspraak");
	TRY(store_oproep_verzonden(req, in, &out));
	return reply_one(req, &oproep_resource, &out);
}

/* The step that the law sees once this outcome is known. */
static enum status step_after(
	struct req *req, const struct uitkomst *in, struct ladder *l, struct intake_stap_io *stap)
{
	TRY(store_ladder(req, false, l));
	for (int i = 0; i < l->count; i++) {
		if (strcmp(l->ids[i], req->param[0]) != 0)
			continue;
		l->oproepen[i].uitkomst = in->uitkomst + 1; /* as in check_uitkomst */
		l->oproepen[i].verwijtbaar = in->verwijtbaar;
	}
	next_step(req, l, stap);
	return OK;
}

/* Nobody has failed to appear before the last day to appear (Wi art. 14 lid 1), or to cooperate
 * before the appointment. */
static enum status check_uitkomst(
	struct req *req, const struct uitkomst *in, const struct oproep *now)
{
	int what = in->uitkomst + 1; /* "open" comes first in the law's list */
	struct date first = what == NIET_VERSCHENEN ? now->termijn : now->datum;
	char words[DATE_WORDS];

	if (now->status != OPROEP_VERZONDEN)
		return fail(req, ERR_CONFLICT,
			now->status == OPROEP_GEPLAND ? "Deze oproep is nog niet verzonden"
						      : "De uitkomst is al vastgelegd");
	if (what != VERSCHENEN && date_compare(req->today, first) < 0)
		return fail(req, ERR_CONFLICT, "De persoon heeft nog tot en met %s",
			date_in_words(first, words));
	if (what != VERSCHENEN && in->verwijtbaar == BOOL_NONE)
		return fail_param(
			req, "verwijtbaar", "verplicht", "Kon de persoon er iets aan doen?");
	if (what == VERSCHENEN && in->verwijtbaar != BOOL_NONE)
		return fail_param(req, "verwijtbaar", "onverwacht", "De persoon is verschenen");
	return OK;
}

enum status oproep_uitkomst_vastleggen(struct req *req)
{
	const struct uitkomst *in = req->in;
	struct intake_stap_io stap;
	struct oproep now, out;
	struct ladder l;

	TRY(store_oproep(req, &now));
	TRY(check_uitkomst(req, in, &now));
	TRY(step_after(req, in, &l, &stap));
	TRY(store_oproep_uitkomst(req, in, &l, &stap, &out));
	return reply_one(req, &oproep_resource, &out);
}

enum status intake_stap_tonen(struct req *req)
{
	struct intake_stap_io stap;
	struct ladder l;
	struct stap out;

	TRY(store_ladder(req, true, &l));
	next_step(req, &l, &stap);
	out.volgende = stap.out.volgende;
	out.bedrag = stap.out.bedrag;
	out.nieuwe_termijn_uiterlijk = stap.out.nieuwe_termijn_uiterlijk;
	out.grondslag = rule_articles(req->arena, &stap.out.basis);
	out.uitleg = stap.base.uitleg;
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
	int64_t now;

	if (!enum_index(onderwerpen, req->param[1]))
		return fail(req, ERR_NOT_FOUND, "Dit onderwerp kent de brede intake niet");
	TRY(store_onderwerp_versie(req, &now));
	TRY(req_match(req, now));
	TRY(store_onderwerp(req, req->in, now, &out));
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

static enum status check_absentia(struct req *req, struct ladder *l, struct intake_stap_io *stap)
{
	TRY(store_ladder(req, true, l));
	next_step(req, l, stap);
	if (stap->out.volgende != STAP_BIJ_VERSTEK)
		return fail(req, ERR_CONFLICT, "Bij verstek kan nog niet (Wi art. 14 lid 2). %s",
			stap->base.uitleg);
	return OK;
}

enum status intake_afronden(struct req *req)
{
	const struct afronding *in = req->in;
	bool talked = in->wijze == WIJZE_GESPREK;
	struct intake_stap_io stap;
	struct inburgeraar out;
	struct ladder l;

	if (date_compare(in->datum, req->today) > 0)
		return fail_param(req, "datum", "toekomst", "De dag ligt in de toekomst");
	TRY(talked ? check_topics(req) : check_absentia(req, &l, &stap));
	TRY(store_afronden(req, in, &l, talked ? NULL : &stap, &out));
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

enum status taak_tonen(struct req *req)
{
	struct taak out;

	TRY(store_taak(req, &out));
	return reply_one(req, &taak_resource, &out);
}

enum status taak_afronden(struct req *req)
{
	struct taak now, out;

	TRY(store_taak(req, &now));
	if (!taak_is_handmatig(now.soort))
		return fail(
			req, ERR_CONFLICT, "Deze taak is klaar zodra u vastlegt wat er is gebeurd");
	TRY(store_taak_afronden(req, &out));
	return reply_one(req, &taak_resource, &out);
}

/* ---- decisions ---- */

enum status beslissingen_tonen(struct req *req)
{
	const struct beslissingfilter *f = req->query;

	return show_list(req,
		f->volgorde == VOLGORDE_NIEUW_OUD ? Q_BESLISSINGEN_NIEUW : Q_BESLISSINGEN,
		&beslissing_resource);
}
