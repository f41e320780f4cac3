/* SPDX-License-Identifier: EUPL-1.2 */
#include "handlers.h"

#include <string.h>

#include "law/basis.h"
#include "law/term.h"
#include "progress_queries.h"
#include "store.h"

static const char *const uitkomsten[] = { "gehouden", "niet-verschenen", "afgezegd", NULL };

static const struct field gesprek_uitkomst_fields[] = {
	FIELD_ENUM(struct gesprek_uitkomst, uitkomst, uitkomsten, REQUIRED, "Hoe het gesprek ging"),
	FIELD(struct gesprek_uitkomst, verwijtbaar, F_BOOL, OPTIONAL,
		"Bij niet verschijnen: is het de inburgeraar te verwijten"),
	FIELD_RANGE(struct gesprek_uitkomst, verslag, F_TEXT, OPTIONAL, 1, 10000, "Verslag"),
	FIELD_END,
};
const struct resource gesprek_uitkomst_resource = { "GesprekUitkomst",
	sizeof(struct gesprek_uitkomst), gesprek_uitkomst_fields, "De uitkomst van een gesprek" };

/* A page of `query`, a list of the person in the path. */
static enum status show_list(struct req *req, int query, const struct resource *r)
{
	struct list rows;

	TRY(db_list_of(req, Q_BESTAAT, "Inburgeraar", query, r, &rows));
	return reply_list(req, r, &rows);
}

static enum status not_in_future(struct req *req, const char *name, struct date d)
{
	if (date_compare(d, req->today) > 0)
		return fail_param(req, name, "toekomst", "Deze dag is nog niet geweest");
	return OK;
}

/* ---- termijn ---- */

enum status termijn_tonen(struct req *req)
{
	struct termijn_stand law;
	struct termijn t;

	TRY(store_termijn(req, &t));
	termijn_stand(t.begin, t.einde, req->today, &law);
	t.laatste_dag = law.laatste_dag;
	t.dagen_over = law.dagen_over;
	t.grondslag = rule_articles(req->arena, &law.basis);
	t.uitleg = arena_strdup(req->arena, law.basis.uitleg);
	return reply_one(req, &termijn_resource, &t);
}

/* ---- voortgangsgesprekken ---- */

static bool is_time(const char *s)
{
	return strspn(s, "0123456789:") == 5 && s[2] == ':' && s[0] <= '2' && s[3] <= '5' &&
	       s[0] != ':' && s[1] != ':' && s[3] != ':' && s[4] != ':' &&
	       (s[0] < '2' || s[1] <= '3');
}

enum status gesprek_plannen(struct req *req)
{
	struct gesprek *g = req->in;

	if (!is_time(g->tijd))
		return fail_param(req, "tijd", "tijd", "Schrijf een tijd als 09:30");
	TRY(store_gesprek_toevoegen(req, g));
	return reply_created(req, &gesprek_resource, g);
}

enum status gesprekken_tonen(struct req *req)
{
	return show_list(req, Q_GESPREKKEN, &gesprek_resource);
}

enum status gesprek_tonen(struct req *req)
{
	struct gesprek g;

	TRY(db_one(req, Q_GESPREK, NULL, NULL, &gesprek_resource, &g));
	return reply_one(req, &gesprek_resource, &g);
}

static enum status check_uitkomst(
	struct req *req, const struct gesprek *g, const struct gesprek_uitkomst *in, int status)
{
	if (g->versie != req->if_match)
		return fail(
			req, ERR_CHANGED, "Haal het gesprek opnieuw op en probeer het nog eens");
	if (g->status != GESPREK_GEPLAND)
		return fail(req, ERR_CONFLICT, "Van dit gesprek is de uitkomst al vastgelegd: %s",
			enum_text(gesprek_statussen, g->status));
	if (status != GESPREK_AFGEZEGD && date_compare(g->datum, req->today) > 0)
		return fail(req, ERR_CONFLICT, "Het gesprek is nog niet geweest");
	if (status == GESPREK_NIET_VERSCHENEN && in->verwijtbaar == BOOL_NONE)
		return fail_param(req, "verwijtbaar", "verplicht",
			"Geef aan of het niet verschijnen te verwijten is");
	if (status != GESPREK_NIET_VERSCHENEN && in->verwijtbaar != BOOL_NONE)
		return fail_param(req, "verwijtbaar", "onverwacht", "Alleen bij niet verschijnen");
	return OK;
}

enum status gesprek_uitkomst_vastleggen(struct req *req)
{
	const struct gesprek_uitkomst *in = req->in;
	int status = enum_index(gesprek_statussen, enum_text(uitkomsten, in->uitkomst));
	const char *gemeente;
	struct gesprek g;

	TRY(store_gesprek(req, &g, &gemeente));
	TRY(check_uitkomst(req, &g, in, status));
	g.status = status;
	g.verwijtbaar = in->verwijtbaar;
	g.verslag = in->verslag;
	TRY(store_gesprek_uitkomst(req, gemeente, &g));
	return reply_one(req, &gesprek_resource, &g);
}

/* ---- uren ---- */

enum status uren_vastleggen(struct req *req)
{
	struct uren *u = req->in;
	struct persoon p;

	if (date_compare(u->van, u->tot) > 0)
		fail_param(req, "tot", "volgorde", "De laatste dag ligt voor de eerste");
	not_in_future(req, "tot", u->tot);
	if (req->error.status != OK)
		return req->error.status;
	TRY(store_persoon(req, &p));
	TRY(store_uren_toevoegen(req, &p, u));
	return reply_created(req, &uren_resource, u);
}

enum status uren_lijst(struct req *req)
{
	return show_list(req, Q_UREN_VAN, &uren_resource);
}

enum status uren_tonen(struct req *req)
{
	struct uren u;

	TRY(db_one(req, Q_UREN, NULL, NULL, &uren_resource, &u));
	return reply_one(req, &uren_resource, &u);
}

/* ---- examens ---- */

enum status examen_vastleggen(struct req *req)
{
	struct resultaat *e = req->in;
	bool knm = e->onderdeel == EXAMEN_KNM;
	struct persoon p;

	not_in_future(req, "datum", e->datum);
	if (knm && e->niveau)
		fail_param(req, "niveau", "onverwacht", "KNM heeft geen niveau");
	if (!knm && !e->niveau)
		fail_param(req, "niveau", "verplicht", "Een taalonderdeel heeft een niveau");
	if (req->error.status != OK)
		return req->error.status;
	TRY(store_persoon(req, &p));
	TRY(store_examen_toevoegen(req, &p, e));
	return reply_created(req, &examen_resource, e);
}

enum status examens_tonen(struct req *req)
{
	return show_list(req, Q_EXAMENS, &examen_resource);
}

enum status examen_tonen(struct req *req)
{
	struct resultaat e;

	TRY(db_one(req, Q_EXAMEN, NULL, NULL, &examen_resource, &e));
	return reply_one(req, &examen_resource, &e);
}

enum status beoordelingen_tonen(struct req *req)
{
	return show_list(req, Q_BEOORDELINGEN, &beoordeling_resource);
}

/* ---- PVT, MAP, Z-route, taalschakeltraject ---- */

static enum status show_afronding(
	struct req *req, enum afronding_soort soort, const struct resource *r)
{
	struct afronding a;
	struct persoon p;

	TRY(store_afronding(req, soort, &p, &a));
	if (a.versie == NUMBER_NONE)
		return fail(req, ERR_NOT_FOUND, "Dit is nog niet vastgelegd");
	a.inburgeraar_id = p.id;
	return reply_one(req, r, &a);
}

/* The leerroute of the soort; what DUO is not told of is checked here, too. */
static enum status check_afronding(struct req *req, const struct persoon *p,
	enum afronding_soort soort, const char *name, struct date d)
{
	if (!date_is_set(p->termijn_begin))
		return fail(
			req, ERR_CONFLICT, "Er is nog geen PIP, dus nog geen inburgeringstermijn");
	if (soort == AFRONDING_MAP && p->leerroute == ROUTE_O)
		return fail(req, ERR_CONFLICT,
			"De onderwijsroute kent geen MAP (Wet inburgering 2021 art. 8, lid 3)");
	if (soort == AFRONDING_Z && p->leerroute != ROUTE_Z)
		return fail(req, ERR_CONFLICT, "Dit eindgesprek hoort bij de Z-route");
	if (soort != AFRONDING_TST)
		return OK;
	if (p->leerroute != ROUTE_O)
		return fail(
			req, ERR_CONFLICT, "Het taalschakeltraject hoort bij de onderwijsroute");
	TRY(not_in_future(req, name, d));
	if (date_compare(d, p->termijn_begin) < 0)
		return fail_param(
			req, name, "te-vroeg", "Deze dag ligt voor het begin van de termijn");
	return OK;
}

/* JA, NEE or ONBEKEND: DUO says why the plicht ended, not by which route. */
static int fulfilled_by_z_route(const struct persoon *p)
{
	if (!date_is_set(p->plicht_einde))
		return NEE;
	return date_is_set(p->z_eindgesprek_op) && p->plicht_einde_reden &&
			       strcmp(p->plicht_einde_reden, "Inburgeringsplicht voldaan") == 0
		       ? JA
		       : ONBEKEND;
}

/* Would DUO take it? The end of a term counts once DUO fixed it; whose date DUO has is only known
 * when it is ours. */
static void toets_duo(struct req *req, const struct persoon *p, const struct afronding *now,
	struct afronding_besluit *d)
{
	static const struct rule *const by_soort[] = { &rule_duo_pvt, &rule_duo_map,
		&rule_duo_zroute };
	struct duo_resultaat_facts *f = &d->duo.in;

	if (d->soort == AFRONDING_TST)
		return;
	d->regel = by_soort[d->soort - 1];
	rule_init(d->regel, &d->duo, req->today);
	f->datum = d->datum;
	f->heeft_huidig_pip = p->leerroute ? JA : ONBEKEND;
	f->voldaan_door_zroute = fulfilled_by_z_route(p);
	f->begin_termijn = p->termijn_begin;
	f->einde_termijn = p->bron == TERMIJN_VAN_DUO ? p->termijn_einde : DATE_NONE;
	if (now->versie != NUMBER_NONE) {
		f->eerdere_datum =
			d->soort == AFRONDING_PVT ? now->ondertekend_op : now->eindgesprek_op;
		f->eerdere_datum_eigen = JA;
	}
	f->vandaag = req->today;
	if (d->verwijtbaar != BOOL_NONE)
		f->verwijtbaar = d->verwijtbaar ? DUO_JA : DUO_NEE;
	f->datum_afronding_zroute = p->z_eindgesprek_op;
	if (d->soort == AFRONDING_Z) { /* facts that only its rule has */
		f->leerroute = p->leerroute;
		f->datum_eindgesprek_map = p->map_eindgesprek_op;
		f->datum_ondertekening_pvt = p->pvt_ondertekend_op;
	}
	rule_decide(d->regel, req->arena, &d->duo);
}

/* All of DUO's objections at once, each at the field that it is about. */
static enum status check_duo(
	struct req *req, const struct afronding_besluit *d, const char *date_name)
{
	static const char *const about_blame[] = { "verwijtbaar-ontbreekt",
		"verwijtbaar-binnen-termijn", "nee-te-vroeg", "ja-zonder-overschrijding" };
	enum status s = OK;

	for (int i = 0; d->regel && i < d->duo.out.bezwaar_count; i++) {
		const struct bezwaar *each = &d->duo.out.bezwaren[i];
		const char *name = date_name;

		for (size_t k = 0; k < sizeof(about_blame) / sizeof(*about_blame); k++)
			if (strcmp(each->code, about_blame[k]) == 0)
				name = "verwijtbaar";
		s = fail_param(req, name, each->code, "%s", each->uitleg);
	}
	return s;
}

static enum status store_date(
	struct req *req, struct afronding_besluit d, const struct resource *r, const char *name)
{
	struct afronding a;
	struct persoon p;

	TRY(store_afronding(req, d.soort, &p, &a));
	TRY(req_match(req, a.versie));
	TRY(check_afronding(req, &p, d.soort, name, d.datum));
	toets_duo(req, &p, &a, &d);
	TRY(check_duo(req, &d, name));
	TRY(store_afronding_vastleggen(req, &p, &d, a.versie, r, &a));
	return reply_one(req, r, &a);
}

static enum status withdraw_date(struct req *req, enum afronding_soort soort, const char *name)
{
	const struct intrekking *in = req->query;
	struct afronding_besluit d = {
		.soort = soort, .datum = DATE_NONE, .verwijtbaar = in ? in->verwijtbaar : BOOL_NONE
	};
	struct afronding a;
	struct persoon p;

	TRY(store_afronding(req, soort, &p, &a));
	if (a.versie == NUMBER_NONE)
		return fail(req, ERR_NOT_FOUND, "Dit is nog niet vastgelegd");
	toets_duo(req, &p, &a, &d);
	TRY(check_duo(req, &d, name));
	TRY(store_afronding_intrekken(req, &p, &d));
	return reply_none(req);
}

enum status pvt_tonen(struct req *req)
{
	return show_afronding(req, AFRONDING_PVT, &pvt_resource);
}

enum status pvt_vastleggen(struct req *req)
{
	const struct afronding *in = req->in;

	return store_date(req,
		(struct afronding_besluit){ .soort = AFRONDING_PVT,
			.datum = in->ondertekend_op,
			.verwijtbaar = in->verwijtbaar },
		&pvt_resource, "ondertekendOp");
}

enum status pvt_intrekken(struct req *req)
{
	return withdraw_date(req, AFRONDING_PVT, "ondertekendOp");
}

enum status map_tonen(struct req *req)
{
	return show_afronding(req, AFRONDING_MAP, &eindgesprek_resource);
}

enum status map_vastleggen(struct req *req)
{
	const struct afronding *in = req->in;

	return store_date(req,
		(struct afronding_besluit){ .soort = AFRONDING_MAP,
			.datum = in->eindgesprek_op,
			.verwijtbaar = in->verwijtbaar },
		&eindgesprek_resource, "eindgesprekOp");
}

enum status map_intrekken(struct req *req)
{
	return withdraw_date(req, AFRONDING_MAP, "eindgesprekOp");
}

enum status z_route_tonen(struct req *req)
{
	return show_afronding(req, AFRONDING_Z, &z_route_resource);
}

enum status z_route_vastleggen(struct req *req)
{
	const struct afronding *in = req->in;

	return store_date(req,
		(struct afronding_besluit){ .soort = AFRONDING_Z,
			.datum = in->eindgesprek_op,
			.verwijtbaar = BOOL_NONE },
		&z_route_resource, "eindgesprekOp");
}

enum status z_route_intrekken(struct req *req)
{
	return withdraw_date(req, AFRONDING_Z, "eindgesprekOp");
}

enum status tst_tonen(struct req *req)
{
	return show_afronding(req, AFRONDING_TST, &tst_resource);
}

enum status tst_vastleggen(struct req *req)
{
	const struct afronding *in = req->in;

	return store_date(req,
		(struct afronding_besluit){
			.soort = AFRONDING_TST, .datum = in->behaald_op, .verwijtbaar = BOOL_NONE },
		&tst_resource, "behaaldOp");
}

/* ---- voltooiing ---- */

struct onderdeel {
	const char *naam;
	int64_t norm, behaald;
	int voldaan;
};

struct voltooiing_stand {
	const char *inburgeraar_id;
	int leerroute, voldaan;
	struct date voltooid_op, plicht_einde;
	const char *plicht_einde_reden;
	struct list onderdelen;
	json_t *grondslag;
	const char *uitleg;
};

static const struct field onderdeel_fields[] = {
	FIELD(struct onderdeel, naam, F_TEXT, READONLY, "Het onderdeel"),
	FIELD(struct onderdeel, norm, F_INT, READONLY, "Norm in uren, bij onderdelen met uren"),
	FIELD(struct onderdeel, behaald, F_INT, READONLY, "Behaalde uren"),
	FIELD(struct onderdeel, voldaan, F_BOOL, READONLY, "Of aan het onderdeel is voldaan"),
	FIELD_END,
};

static const struct field voltooiing_fields[] = {
	FIELD(struct voltooiing_stand, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD_ENUM(struct voltooiing_stand, leerroute, leerroute_values, READONLY, "De leerroute"),
	FIELD(struct voltooiing_stand, voldaan, F_BOOL, READONLY,
		"Of alle onderdelen zijn behaald"),
	FIELD(struct voltooiing_stand, voltooid_op, F_DATE, READONLY, "Dag waarop dat zo bleek"),
	FIELD(struct voltooiing_stand, plicht_einde, F_DATE, READONLY,
		"Dag waarop DUO de plicht beëindigde"),
	FIELD(struct voltooiing_stand, plicht_einde_reden, F_TEXT, READONLY, "Waarom DUO dat deed"),
	FIELD_LIST(struct voltooiing_stand, onderdelen, struct onderdeel, onderdeel_fields,
		READONLY, "De onderdelen van de leerroute"),
	FIELD(struct voltooiing_stand, grondslag, F_JSON, READONLY, "Artikelen waarop dit rust"),
	FIELD(struct voltooiing_stand, uitleg, F_TEXT, READONLY, "Uitleg in woorden"),
	FIELD_END,
};
const struct resource voltooiing_resource = { "Voltooiing", sizeof(struct voltooiing_stand),
	voltooiing_fields, "Wat is behaald en wat nog ontbreekt" };

static struct list parts(struct req *req, const struct voltooiing *law)
{
	size_t n = (size_t)law->onderdeel_count;
	struct onderdeel *items = arena_alloc(req->arena, n * sizeof(*items));

	for (size_t i = 0; i < n; i++) {
		const struct voltooiing_onderdeel *part = &law->onderdelen[i];

		items[i] =
			(struct onderdeel){ part->naam, part->norm, part->behaald, part->voldaan };
	}
	return (struct list){ items, n };
}

enum status voltooiing_tonen(struct req *req)
{
	struct voltooiing_io io;
	const struct voltooiing *law = &io.out;
	struct voltooiing_stand out;
	struct feiten f;

	TRY(store_feiten(req, req->param[0], &f));
	if (!f.leerroute)
		return fail(req, ERR_NOT_FOUND, "Er is nog geen PIP met een leerroute");
	law_voltooiing(req, &f, &io);
	out = (struct voltooiing_stand){
		.inburgeraar_id = f.inburgeraar_id,
		.leerroute = f.leerroute,
		.voldaan = law->voldaan == JA,
		.voltooid_op = f.voltooid_op,
		.plicht_einde = f.plicht_einde,
		.plicht_einde_reden = f.plicht_einde_reden,
		.onderdelen = parts(req, law),
		.grondslag = rule_articles(req->arena, &law->basis),
		.uitleg = arena_strdup(req->arena, law->basis.uitleg),
	};
	return reply_one(req, &voltooiing_resource, &out);
}
