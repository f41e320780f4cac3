/* SPDX-License-Identifier: EUPL-1.2 */
#include "handlers.h"

#include "law/duo_checks.h"
#include "law/leerroute.h"
#include "law/term.h"
#include "learning_routes_queries.h"
#include "store.h"

/* The LBT as the law library knows it; an ontheffing is no result. */
static int law_lbt(int lbt)
{
	return lbt >= LBT_HAALBAAR && lbt <= LBT_ONBEKEND ? lbt : 0;
}

static long long hours(int64_t n)
{
	return n == NUMBER_NONE ? LAW_NONE : n;
}

/* Wi art. 17 lid 2: another route than the one in force, from day `on`. */
static void toets_overstap(struct req *req, const struct pip *p, const struct persoon *who,
	struct date on, struct leerroute_toets *out)
{
	struct overstap o;

	if (!who->leerroute || who->leerroute == p->leerroute)
		return;
	leerroute_overstap(&(struct overstap_facts){ .begin_termijn = who->begin_termijn,
				   .datum = on,
				   .van = who->leerroute,
				   .naar = p->leerroute,
				   .bijzonder_geval = p->bijzonder_geval },
		&o);
	for (int i = 0; i < o.basis.grondslag_count; i++)
		basis_add(&out->basis, o.basis.grondslag[i]);
	if (o.toegestaan || out->bezwaar_count == BEZWAREN_MAX) {
		basis_say(&out->basis, "%s", o.basis.uitleg);
		return;
	}
	out->toegestaan = NEE;
	out->bezwaren[out->bezwaar_count++] = (struct bezwaar){ "overstap-te-laat",
		"Wi art. 17 lid 2; Bi art. 5.4", arena_strdup(req->arena, o.basis.uitleg) };
}

static void toets(struct req *req, const struct pip *p, const struct persoon *who, struct date on,
	struct leerroute_toets *out)
{
	const struct leerroute_facts facts = {
		.doelgroep = who->doelgroep,
		.leerroute = p->leerroute,
		.niveau = p->niveau,
		.eerste_pip = who->vastgestelde_pips == 0,
		.geschatte_intensiteit_b1_route = hours(p->geschatte_intensiteit_b1_route),
		.wenst_opleiding = p->wenst_opleiding,
		.grote_kans_diploma = p->grote_kans_diploma,
		.redelijkerwijs_haalbaar_b1 = p->redelijkerwijs_haalbaar_b1,
		.lbt_uitslag = law_lbt(who->lbt),
		.motivering = p->motivering,
		.vandaag = req->today,
	};

	leerroute_toets(&facts, out);
	toets_overstap(req, p, who, on, out);
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

static const char *bezwaren_json(struct req *req, const struct leerroute_toets *t)
{
	struct buffer b;

	buffer_init(&b, req->arena);
	buffer_putc(&b, '[');
	for (int i = 0; i < t->bezwaar_count; i++) {
		buffer_puts(&b, i ? ",{\"code\":" : "{\"code\":");
		buffer_json(&b, t->bezwaren[i].code);
		buffer_puts(&b, ",\"grondslag\":");
		buffer_json(&b, t->bezwaren[i].grondslag);
		buffer_puts(&b, ",\"uitleg\":");
		buffer_json(&b, t->bezwaren[i].uitleg);
		buffer_putc(&b, '}');
	}
	buffer_putc(&b, ']');
	return b.data;
}

static struct oordeel oordeel(struct req *req, const struct leerroute_toets *t)
{
	return (struct oordeel){
		.bezwaren_json = bezwaren_json(req, t),
		.grondslag_json = basis_json(req, &t->basis),
		.uitleg = arena_strdup(req->arena, t->basis.uitleg),
		.niveau = t->niveau,
	};
}

/* A concept may have objections: they are stored and shown, so that they can be mended. */
enum status pip_maken(struct req *req)
{
	const struct pip *in = req->in;
	struct leerroute_toets t;
	struct oordeel o;
	struct persoon who;
	struct pip out;

	TRY(store_persoon(req, req->param[0], &who));
	toets(req, in, &who, req->today, &t);
	o = oordeel(req, &t);
	TRY(store_pip_toevoegen(req, in, &o, &out));
	return reply_created(req, &pip_resource, &out);
}

enum status pip_wijzigen(struct req *req)
{
	const struct pip *in = req->in;
	struct leerroute_toets t;
	struct oordeel o;
	struct persoon who;
	struct pip now, out;

	TRY(store_pip_lezen(req, &now));
	if (now.status != PIP_CONCEPT)
		return fail(req, ERR_CONFLICT, "Dit PIP is al vastgesteld; maak een nieuw PIP");
	TRY(store_persoon(req, now.inburgeraar_id, &who));
	toets(req, in, &who, req->today, &t);
	o = oordeel(req, &t);
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

static enum status show_list(struct req *req, int query, const struct resource *r)
{
	struct list rows;

	TRY(store_lijst(req, query, r, &rows));
	return reply_list(req, r, &rows);
}

enum status pips_tonen(struct req *req)
{
	return show_list(req, Q_PIPS, &pip_resource);
}

/* Everything that stands in the way is reported at once, each with its code. */
static enum status check_pip(struct req *req, const struct pip *p, const struct persoon *who,
	struct date dagtekening, const struct leerroute_toets *t)
{
	const struct duo_pip_facts facts = {
		.dagtekening = dagtekening,
		.leerroute = p->leerroute,
		.niveau = t->niveau,
		.doelgroep = who->doelgroep,
		.geschatte_intensiteit_b1_route = hours(p->geschatte_intensiteit_b1_route),
		.eerste_pip = who->vastgestelde_pips == 0,
		.begin_plicht = DATE_NONE,
		.vorige_dagtekening = who->vorige_dagtekening,
		.vestiging = who->datum_inschrijving_brp,
	};
	struct duo_toets duo;
	enum status s = OK;

	if (!date_is_set(who->intake_afgerond_op))
		s = fail_param(
			req, "intake", "intake-niet-afgerond", "Rond eerst de brede intake af");
	if (date_compare(dagtekening, req->today) > 0)
		s = fail_param(
			req, "dagtekening", "toekomst", "De dagtekening ligt in de toekomst");
	for (int i = 0; i < t->bezwaar_count; i++)
		s = fail_param(req, "leerroute", t->bezwaren[i].code, "%s (%s)",
			t->bezwaren[i].uitleg, t->bezwaren[i].grondslag);
	duo_pip(&facts, &duo);
	for (int i = 0; t->bezwaar_count == 0 && i < duo.bezwaar_count; i++)
		s = fail_param(
			req, "dagtekening", duo.bezwaren[i].code, "%s", duo.bezwaren[i].uitleg);
	return s;
}

enum status pip_vaststellen(struct req *req)
{
	const struct vaststelling *in = req->in;
	struct besluit_termijnen terms;
	struct leerroute_toets t;
	struct oordeel o;
	struct persoon who;
	struct pip now, out;

	TRY(store_pip_lezen(req, &now));
	if (now.status != PIP_CONCEPT)
		return fail(req, ERR_CONFLICT, "Dit PIP is al vastgesteld");
	TRY(store_persoon(req, now.inburgeraar_id, &who));
	toets(req, &now, &who, in->dagtekening, &t);
	TRY(check_pip(req, &now, &who, in->dagtekening, &t));
	/* the PIP is sent on the day of its dagtekening: that day is the bekendmaking */
	besluit_termijnen(&(struct besluit_termijnen_facts){ .artikel = BESLUIT_PIP,
				  .datum_overtreding = DATE_NONE,
				  .datum_rapport = DATE_NONE,
				  .datum_bekendmaking = in->dagtekening },
		&terms);
	o = oordeel(req, &t);
	TRY(store_pip_vaststellen(req, in->dagtekening, terms.bezwaar_tot, &o, &out));
	return reply_one(req, &pip_resource, &out);
}

/* Wi art. 16: the college offers a course to asielstatushouders; others find their own. */
enum status aanbod_maken(struct req *req)
{
	const struct aanbod *in = req->in;
	struct persoon who;
	struct aanbod out;

	TRY(store_persoon(req, req->param[0], &who));
	if (who.doelgroep != DOELGROEP_ASIEL)
		return fail(
			req, ERR_CONFLICT, "Een aanbod is er alleen voor een asielstatushouder");
	if (date_is_set(in->datum_start) && date_is_set(in->datum_einde) &&
		date_compare(in->datum_einde, in->datum_start) < 0)
		return fail_param(req, "datumEinde", "volgorde", "Het einde ligt voor de start");
	TRY(store_aanbod_toevoegen(req, in, &out));
	return reply_created(req, &aanbod_resource, &out);
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
