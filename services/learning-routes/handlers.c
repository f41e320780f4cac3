/* SPDX-License-Identifier: EUPL-1.2 */
#include "handlers.h"

#include <string.h>

#include "learning_routes_queries.h"
#include "store.h"

/* ---- what the law says ---- */

/* The LBT as the law library knows it; an ontheffing is no result. */
static int law_lbt(int lbt)
{
	return lbt >= LBT_HAALBAAR && lbt <= LBT_ONBEKEND ? lbt : 0;
}

static void toets_route(
	struct req *req, const struct pip *p, const struct persoon *who, struct leerroute_io *out)
{
	rule_init(&rule_leerroute_toets, out, req->today);
	out->in.doelgroep = who->doelgroep;
	out->in.leerroute = p->leerroute;
	out->in.niveau = p->niveau;
	out->in.eerste_pip = who->vastgestelde_pips + who->ontvangen_pips == 0;
	out->in.geschatte_intensiteit_b1_route = p->geschatte_intensiteit_b1_route;
	out->in.wenst_opleiding = p->wenst_opleiding;
	out->in.grote_kans_diploma = p->grote_kans_diploma;
	out->in.redelijkerwijs_haalbaar_b1 = p->redelijkerwijs_haalbaar_b1;
	out->in.lbt_uitslag = law_lbt(who->lbt);
	out->in.motivering = p->motivering;
	rule_decide(&rule_leerroute_toets, req->arena, out);
}

/* DUO's term, or the one that follows from the first PIP. */
static struct date begin_termijn(const struct persoon *who)
{
	const struct inburgeringstermijn_facts first = { .dagtekening_pip =
								 who->eerste_dagtekening };
	struct inburgeringstermijn term;

	if (date_is_set(who->termijn_begin))
		return who->termijn_begin;
	inburgeringstermijn(&first, &term);
	return term.begin;
}

/* Wi art. 17 lid 2: another route than the one in force, from day `on`. */
static void toets_overstap(struct req *req, const struct pip *p, const struct persoon *who,
	struct date on, struct overstap_io *out)
{
	rule_init(&rule_overstap, out, req->today);
	out->in.begin_termijn = begin_termijn(who);
	out->in.datum = on;
	out->in.van = who->leerroute;
	out->in.naar = p->leerroute;
	out->in.bijzonder_geval = p->bijzonder_geval;
	rule_decide(&rule_overstap, req->arena, out);
}

static void toets(struct req *req, const struct pip *p, const struct persoon *who, struct date on,
	struct pip_besluit *out)
{
	toets_route(req, p, who, &out->toets);
	out->wijkt_af = !who->leerroute && who->ontvangen_leerroute &&
			who->ontvangen_leerroute != p->leerroute;
	out->wisselt = who->leerroute && who->leerroute != p->leerroute;
	if (out->wisselt)
		toets_overstap(req, p, who, on, &out->overstap);
}

static void toets_duo(struct req *req, const struct pip *p, const struct persoon *who,
	struct date dagtekening, struct pip_besluit *out)
{
	struct duo_pip_facts *facts = &out->duo.in;

	rule_init(&rule_duo_pip, &out->duo, req->today);
	facts->dagtekening = dagtekening;
	facts->leerroute = p->leerroute;
	facts->niveau = out->toets.out.niveau;
	facts->doelgroep = who->doelgroep;
	facts->geschatte_intensiteit_b1_route = p->geschatte_intensiteit_b1_route;
	facts->eerste_pip = who->vastgestelde_pips + who->ontvangen_pips == 0;
	facts->vorige_dagtekening = who->vorige_dagtekening;
	facts->vestiging = who->datum_inschrijving_brp;
	rule_decide(&rule_duo_pip, req->arena, &out->duo);
}

/* The PIP is sent on the day of its dagtekening: that day is the bekendmaking. */
static void termijnen(struct req *req, struct date dagtekening, struct besluit_io *out)
{
	rule_init(&rule_besluit_termijnen, out, req->today);
	out->in.artikel = BESLUIT_PIP;
	out->in.datum_bekendmaking = dagtekening;
	rule_decide(&rule_besluit_termijnen, req->arena, out);
}

/* ---- what of it is stored with the PIP ---- */

#define PIP_BEZWAREN_MAX (BEZWAREN_MAX + 2)

/* Why the PIP cannot be set like this: what the law has against the route, then against the change
 * of it, here or after a move. */
static int bezwaren(const struct pip_besluit *b, struct bezwaar out[PIP_BEZWAREN_MAX])
{
	int n = b->toets.out.bezwaar_count;

	for (int i = 0; i < n; i++)
		out[i] = b->toets.out.bezwaren[i];
	if (b->wisselt && b->overstap.out.toegestaan != JA)
		out[n++] = (struct bezwaar){ "overstap-te-laat", rule_overstap.articles,
			b->overstap.out.basis.uitleg };
	if (b->wijkt_af)
		out[n++] = (struct bezwaar){ "andere-leerroute-dan-vorige-gemeente",
			"Wi art. 15 lid 4, Bi art. 5.3 lid 3",
			"Na een verhuizing neemt de gemeente de leerroute van de vorige gemeente "
			"over" };
	return n;
}

static const char *bezwaren_json(struct req *req, const struct pip_besluit *besluit)
{
	struct bezwaar all[PIP_BEZWAREN_MAX];
	int count = bezwaren(besluit, all);
	struct buffer b;

	buffer_init(&b, req->arena);
	buffer_putc(&b, '[');
	for (int i = 0; i < count; i++) {
		buffer_puts(&b, i ? ",{\"code\":" : "{\"code\":");
		buffer_json(&b, all[i].code);
		buffer_puts(&b, ",\"grondslag\":");
		buffer_json(&b, all[i].grondslag);
		buffer_puts(&b, ",\"uitleg\":");
		buffer_json(&b, all[i].uitleg);
		buffer_putc(&b, '}');
	}
	buffer_putc(&b, ']');
	return b.data;
}

static const char *basis_json(struct req *req, const struct basis *basis)
{
	struct buffer b;

	buffer_init(&b, req->arena);
	buffer_putc(&b, '[');
	for (int i = 0; i < basis->grondslag_count; i++) {
		buffer_puts(&b, i ? "," : "");
		buffer_json(&b, basis->grondslag[i]);
	}
	buffer_putc(&b, ']');
	return b.data;
}

static struct oordeel oordeel(struct req *req, const struct pip_besluit *besluit)
{
	struct basis both = besluit->toets.out.basis;
	const struct basis *change = &besluit->overstap.out.basis;

	for (int i = 0; besluit->wisselt && i < change->grondslag_count; i++)
		basis_add(&both, change->grondslag[i]);
	if (besluit->wisselt && besluit->overstap.out.toegestaan != JA &&
		besluit->toets.out.toegestaan)
		both.uitleg[0] = '\0'; /* the route itself may be, but not for this person now */
	if (besluit->wisselt)
		basis_say(&both, "%s", change->uitleg);
	return (struct oordeel){
		.bezwaren_json = bezwaren_json(req, besluit),
		.grondslag_json = basis_json(req, &both),
		.uitleg = arena_strdup(req->arena, both.uitleg),
		.niveau = besluit->toets.out.niveau,
	};
}

/* What the PIP leaves to the policy of the gemeente. */
static void apply_policy(struct pip *p, const struct beleid *policy)
{
	if (p->aantal_voortgangsgesprekken == NUMBER_NONE)
		p->aantal_voortgangsgesprekken = policy->gesprekken.aantal;
}

static bool may(const struct pip *p, enum pip_zet move)
{
	return law_move_find(&machine_pip, p->status, (int)move, NULL, NULL) != NULL;
}

/* A concept may have objections: they are stored and shown, so that they can be mended. It decides
 * nothing yet, so nothing is kept of it. */
enum status pip_maken(struct req *req)
{
	struct pip_besluit besluit;
	struct oordeel o;
	struct persoon who;
	struct pip *in = req->in, out;

	TRY(store_persoon(req, req->param[0], &who));
	apply_policy(in, &who.beleid);
	toets(req, in, &who, req->today, &besluit);
	o = oordeel(req, &besluit);
	TRY(store_pip_toevoegen(req, in, &o, &out));
	return reply_created(req, &pip_resource, &out);
}

enum status pip_wijzigen(struct req *req)
{
	struct pip_besluit besluit;
	struct oordeel o;
	struct persoon who;
	struct pip *in = req->in, now, out;

	TRY(store_pip_lezen(req, &now));
	if (!may(&now, PIP_WIJZIGING))
		return fail(req, ERR_CONFLICT, "Dit PIP is al vastgesteld; maak een nieuw PIP");
	TRY(store_persoon(req, now.inburgeraar_id, &who));
	apply_policy(in, &who.beleid);
	toets(req, in, &who, req->today, &besluit);
	o = oordeel(req, &besluit);
	TRY(store_pip_wijzigen(req, in, &o, &out));
	return reply_one(req, &pip_resource, &out);
}

enum status pip_tonen(struct req *req)
{
	struct pip out;

	TRY(store_pip_lezen(req, &out));
	return reply_one(req, &pip_resource, &out);
}

enum status pip_geldend(struct req *req)
{
	struct pip out;

	TRY(db_one(req, Q_PIP_GELDEND, NULL, NULL, &pip_resource, &out));
	return reply_one(req, &pip_resource, &out);
}

/* A page of `query`, a list of the person in the path. */
static enum status show_list(struct req *req, int query, const struct resource *r)
{
	struct list rows;

	TRY(db_list_of(req, Q_PERSOON_BESTAAT, "Inburgeraar", query, r, &rows));
	return reply_list(req, r, &rows);
}

enum status pips_tonen(struct req *req)
{
	return show_list(req, Q_PIPS, &pip_resource);
}

enum status ontvangen_pips_tonen(struct req *req)
{
	return show_list(req, Q_ONTVANGEN_PIPS, &ontvangen_pip_resource);
}

/* Everything that stands in the way is reported at once, each with its code. DUO's rules say the
 * same as the law's in other words, so they are named only when the law has no objection. */
static enum status check_pip(struct req *req, const struct persoon *who, struct date dagtekening,
	const struct pip_besluit *besluit)
{
	const struct duo_toets *duo = &besluit->duo.out;
	struct bezwaar all[PIP_BEZWAREN_MAX];
	int count = bezwaren(besluit, all);
	enum status s = OK;

	if (!date_is_set(who->intake_afgerond_op))
		s = fail_param(
			req, "intake", "intake-niet-afgerond", "Rond eerst de brede intake af");
	if (date_compare(dagtekening, req->today) > 0)
		s = fail_param(
			req, "dagtekening", "toekomst", "De dagtekening ligt in de toekomst");
	for (int i = 0; i < count; i++)
		s = fail_param(
			req, "leerroute", all[i].code, "%s (%s)", all[i].uitleg, all[i].grondslag);
	for (int i = 0; count == 0 && i < duo->bezwaar_count; i++)
		s = fail_param(
			req, "dagtekening", duo->bezwaren[i].code, "%s", duo->bezwaren[i].uitleg);
	return s;
}

enum status pip_vaststellen(struct req *req)
{
	const struct vaststelling *in = req->in;
	struct pip_besluit besluit;
	struct oordeel o;
	struct persoon who;
	struct pip now, out;

	TRY(store_pip_lezen(req, &now));
	if (!may(&now, PIP_VASTSTELLING))
		return fail(req, ERR_CONFLICT, "Dit PIP is al vastgesteld");
	TRY(store_persoon(req, now.inburgeraar_id, &who));
	toets(req, &now, &who, in->dagtekening, &besluit);
	toets_duo(req, &now, &who, in->dagtekening, &besluit);
	termijnen(req, in->dagtekening, &besluit.termijnen);
	TRY(check_pip(req, &who, in->dagtekening, &besluit));
	o = oordeel(req, &besluit);
	TRY(store_pip_vaststellen(req, &who, &besluit, &o, &out));
	return reply_one(req, &pip_resource, &out);
}

/* DUO deletes a PIP only while nothing rests on it. What is not recorded here may still be known at
 * DUO, so that is not said to be absent. */
static void toets_intrekking(
	struct req *req, const struct pip *p, const struct persoon *who, struct duo_pip_io *out)
{
	rule_init(&rule_duo_pip, out, req->today);
	out->in.dagtekening = p->dagtekening;
	out->in.leerroute = p->leerroute;
	out->in.verwijderen = JA;
	out->in.termijn_vastgesteld = date_is_set(who->termijn_begin) ? JA : ONBEKEND;
	out->in.cursusuren_geregistreerd = who->cursusuren > 0 ? JA : ONBEKEND;
	rule_decide(&rule_duo_pip, req->arena, out);
}

enum status pip_intrekken(struct req *req)
{
	const struct intrekking *in = req->in;
	struct duo_pip_io duo;
	struct persoon who;
	struct pip now, out;

	TRY(store_pip_lezen(req, &now));
	if (!may(&now, PIP_INTREKKING))
		return fail(
			req, ERR_CONFLICT, "Alleen het PIP dat nu geldt kan worden ingetrokken");
	TRY(store_persoon(req, now.inburgeraar_id, &who));
	toets_intrekking(req, &now, &who, &duo);
	if (duo.out.toegestaan != JA)
		return fail(req, ERR_CONFLICT, "%s", duo.out.bezwaren[0].uitleg);
	TRY(store_pip_intrekken(req, &who, in->reden, &duo, &out));
	return reply_one(req, &pip_resource, &out);
}

/* ---- aanbod ---- */

static void toets_aanbod(struct req *req, const struct aanbod *in, const struct persoon *who,
	struct duo_aanbod_io *out)
{
	struct duo_aanbod_facts *f = &out->in;

	f->datum_inburgeringsaanbod = in->datum_aanbod;
	f->verwachte_startdatum_opleiding = in->datum_start;
	f->verwachte_einddatum_opleiding = in->datum_einde;
	f->doelgroep = who->doelgroep;
	f->leerroute = who->leerroute;
	f->pip_aanwezig = JA;
	f->dagtekening_pip = who->dagtekening;
	f->begin_termijn = who->termijn_begin;
	f->einde_termijn = who->termijn_einde;
	rule_decide(&rule_duo_aanbod, req->arena, out);
}

/* All of DUO's objections at once, each at the field that it is about. */
static enum status check_aanbod(struct req *req, const struct duo_aanbod_io *duo)
{
	static const struct {
		const char *code, *field;
	} about[] = {
		{ "instelling-onbekend", "instellingsnummer" },
		{ "geen-bow-keurmerk", "instellingsnummer" },
		{ "geen-tst-erkenning", "instellingsnummer" },
		{ "start-voor-aanbod", "datumStart" },
		{ "start-buiten-termijn", "datumStart" },
		{ "einde-voor-start", "datumEinde" },
		{ "einde-buiten-termijn", "datumEinde" },
	};
	enum status s = OK;

	for (int i = 0; i < duo->out.bezwaar_count; i++) {
		const struct bezwaar *each = &duo->out.bezwaren[i];
		const char *field = "datumAanbod";

		for (size_t k = 0; k < sizeof(about) / sizeof(*about); k++)
			if (strcmp(about[k].code, each->code) == 0)
				field = about[k].field;
		s = fail_param(req, field, each->code, "%s", each->uitleg);
	}
	return s;
}

/* Wi art. 16: the college offers a course to asielstatushouders; others find their own. */
enum status aanbod_maken(struct req *req)
{
	const struct aanbod *in = req->in;
	struct duo_aanbod_io duo;
	struct persoon who;
	struct aanbod out;

	rule_init(&rule_duo_aanbod, &duo, req->today);
	TRY(store_aanbod_feiten(req, in->instellingsnummer, &who, &duo.in));
	if (who.doelgroep != DOELGROEP_ASIEL)
		return fail(
			req, ERR_CONFLICT, "Een aanbod is er alleen voor een asielstatushouder");
	if (!who.leerroute)
		return fail(req, ERR_CONFLICT, "Er is nog geen PIP");
	toets_aanbod(req, in, &who, &duo);
	TRY(check_aanbod(req, &duo));
	TRY(store_aanbod_toevoegen(req, &who, in, &duo, &out));
	return reply_created(req, &aanbod_resource, &out);
}

enum status aanbod_intrekken(struct req *req)
{
	const struct intrekking *in = req->in;
	struct aanbod now, out;

	TRY(db_one(req, Q_AANBOD_LEZEN, NULL, NULL, &aanbod_resource, &now));
	if (now.status != AANBOD_VASTGELEGD)
		return fail(req, ERR_CONFLICT, "Dit aanbod geldt niet meer");
	TRY(store_aanbod_intrekken(req, in->reden, &out));
	return reply_one(req, &aanbod_resource, &out);
}

enum status aanbod_tonen(struct req *req)
{
	struct aanbod out;

	TRY(db_one(req, Q_AANBOD_LEZEN, NULL, NULL, &aanbod_resource, &out));
	return reply_one(req, &aanbod_resource, &out);
}

enum status aanbiedingen_tonen(struct req *req)
{
	return show_list(req, Q_AANBIEDINGEN, &aanbod_resource);
}

enum status cursusinstellingen_tonen(struct req *req)
{
	struct list rows;

	TRY(db_list(req, Q_CURSUSINSTELLINGEN, NULL, NULL, &cursusinstelling_resource, &rows));
	return reply_list(req, &cursusinstelling_resource, &rows);
}
