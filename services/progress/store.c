/* SPDX-License-Identifier: EUPL-1.2 */
#include "store.h"

#include <string.h>

#include "app/job.h"
#include "progress_queries.h"

const char *const gesprek_statussen[] = { "gepland", "gehouden", "niet-verschenen", "afgezegd",
	NULL };
/* the first three in the order of enum examenresultaat */
static const char *const examen_resultaten[] = { "geslaagd", "gezakt", "geen", "vrijgesteld",
	NULL };
#define VRIJGESTELD 4
static const char *const termijn_bronnen[] = { "pip", "duo", NULL };
static const char *const examen_bronnen[] = { "gemeente", "duo", NULL };
static const char *const uren_soorten[] = { "cursus", "participatie", "pvt", "map",
	"taalles-intake", NULL };
/* in the order of enum afronding_soort */
static const char *const afronding_soorten[] = { "pvt", "map", "z-route", "taalschakeltraject",
	NULL };
static const char *const afronding_events[] = { "pvt-ondertekend", "map-afgerond", "z-eindgesprek",
	NULL };
static const char *const intrekking_events[] = { "pvt-ingetrokken", "map-ingetrokken",
	"z-eindgesprek-ingetrokken" };
/* in the order of gesprek_statussen; gesprek-gepland goes with the insert */
static const char *const gesprek_events[] = { "gesprek-gepland", "gesprek-gehouden",
	"gesprek-gemist", "gesprek-afgezegd" };

/* Told to ourselves: something that completion depends on has changed (jobs.c). */
#define VOORTGANG_GEWIJZIGD "voortgang-gewijzigd"

#define TIJD_LEN 5

/* In field tables. */
#define VAN_GEMEENTE "Na een overdracht: code van de gemeente waar dit gebeurde"

static const struct field persoon_fields[] = {
	FIELD(struct persoon, id, F_UUID, READONLY, "De inburgeraar"),
	FIELD(struct persoon, gemeente, F_TEXT, READONLY, "Gemeentecode"),
	FIELD(struct persoon, termijn_begin, F_DATE, READONLY, "Begin van de termijn"),
	FIELD(struct persoon, termijn_einde, F_DATE, READONLY, "Einde van de termijn"),
	FIELD_ENUM(struct persoon, bron, termijn_bronnen, READONLY, "Wie de termijn bepaalde"),
	FIELD(struct persoon, plicht_einde, F_DATE, READONLY, "Einde van de plicht"),
	FIELD(struct persoon, plicht_einde_reden, F_TEXT, READONLY, "Waarom de plicht eindigde"),
	FIELD_ENUM(struct persoon, leerroute, leerroute_values, READONLY, "Leerroute"),
	FIELD(struct persoon, pvt_ondertekend_op, F_DATE, READONLY, "PVT ondertekend"),
	FIELD(struct persoon, map_eindgesprek_op, F_DATE, READONLY, "Eindgesprek MAP"),
	FIELD(struct persoon, z_eindgesprek_op, F_DATE, READONLY, "Eindgesprek Z-route"),
	FIELD_END,
};
const struct resource persoon_resource = { "Inburgeraar", sizeof(struct persoon), persoon_fields,
	"De inburgeraar en de termijn" };

static const struct field termijn_fields[] = {
	FIELD(struct termijn, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD(struct termijn, begin, F_DATE, READONLY, "Eerste dag van de inburgeringstermijn"),
	FIELD(struct termijn, einde, F_DATE, READONLY,
		"Eerste dag na de termijn, zoals DUO het levert"),
	FIELD(struct termijn, laatste_dag, F_DATE, READONLY, "Laatste dag van de termijn"),
	FIELD(struct termijn, dagen_over, F_INT, READONLY,
		"Dagen tot en met de laatste dag; 0 als de termijn voorbij is"),
	FIELD_ENUM(struct termijn, bron, termijn_bronnen, READONLY,
		"pip: verwacht na het PIP; duo: door DUO vastgesteld"),
	FIELD(struct termijn, plicht_einde, F_DATE, READONLY, "Dag waarop de plicht eindigde"),
	FIELD(struct termijn, plicht_einde_reden, F_TEXT, READONLY, "Waarom de plicht eindigde"),
	FIELD(struct termijn, voltooid_op, F_DATE, READONLY,
		"Dag waarop het traject compleet bleek"),
	FIELD(struct termijn, grondslag, F_JSON, READONLY, "Artikelen waarop dit rust"),
	FIELD(struct termijn, uitleg, F_TEXT, READONLY, "Uitleg in woorden"),
	FIELD_END,
};
const struct resource termijn_resource = { "Termijn", sizeof(struct termijn), termijn_fields,
	"De inburgeringstermijn en wat ervan over is" };

static const struct field gesprek_fields[] = {
	FIELD(struct gesprek, id, F_UUID, READONLY, "Het gesprek"),
	FIELD(struct gesprek, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD(struct gesprek, datum, F_DATE, REQUIRED, "Dag van het gesprek"),
	FIELD_RANGE(struct gesprek, tijd, F_TEXT, REQUIRED, TIJD_LEN, TIJD_LEN, "Tijd, UU:MM"),
	FIELD(struct gesprek, plaats, F_TEXT, REQUIRED, "Waar het gesprek is"),
	FIELD_RANGE(struct gesprek, onderwerp, F_TEXT, OPTIONAL, 1, 500, "Waarover het gaat"),
	FIELD_ENUM(struct gesprek, status, gesprek_statussen, READONLY, "Hoe het ermee staat"),
	FIELD(struct gesprek, verwijtbaar, F_BOOL, READONLY,
		"Of het niet verschijnen te verwijten is"),
	FIELD(struct gesprek, verslag, F_TEXT, READONLY, "Verslag"),
	FIELD(struct gesprek, van_gemeente, F_TEXT, READONLY, VAN_GEMEENTE),
	FIELD(struct gesprek, versie, F_INT, READONLY, "Versie, ook in de ETag"),
	FIELD_END,
};
const struct resource gesprek_resource = { "Voortgangsgesprek", sizeof(struct gesprek),
	gesprek_fields, "Een voortgangsgesprek" };

static const struct field uren_fields[] = {
	FIELD(struct uren, id, F_UUID, READONLY, "De urenregel"),
	FIELD(struct uren, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD_ENUM(struct uren, soort, uren_soorten, REQUIRED, "Soort uren"),
	FIELD(struct uren, van, F_DATE, REQUIRED, "Eerste dag van de periode"),
	FIELD(struct uren, tot, F_DATE, REQUIRED, "Laatste dag van de periode"),
	FIELD_RANGE(struct uren, aantal, F_INT, REQUIRED, 0, 5000, "Gevolgde uren"),
	FIELD_RANGE(struct uren, geoorloofd_verzuim, F_INT, OPTIONAL, 0, 5000,
		"Uren geoorloofd verzuim"),
	FIELD_RANGE(struct uren, ongeoorloofd_verzuim, F_INT, OPTIONAL, 0, 5000,
		"Uren ongeoorloofd verzuim"),
	FIELD(struct uren, van_gemeente, F_TEXT, READONLY, VAN_GEMEENTE),
	FIELD(struct uren, versie, F_INT, READONLY, "Versie, ook in de ETag"),
	FIELD_END,
};
const struct resource uren_resource = { "Uren", sizeof(struct uren), uren_fields,
	"Gevolgde uren in een periode" };

static const struct field examen_fields[] = {
	FIELD(struct resultaat, id, F_UUID, READONLY, "Het resultaat"),
	FIELD(struct resultaat, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD_ENUM(struct resultaat, onderdeel, examenonderdeel_values, REQUIRED,
		"Onderdeel: KNM, lezen, luisteren, schrijven of spreken"),
	FIELD_ENUM(struct resultaat, niveau, examenniveau_values, OPTIONAL,
		"Taalniveau; niet bij KNM"),
	FIELD_ENUM(struct resultaat, resultaat, examen_resultaten, REQUIRED, "Resultaat"),
	FIELD(struct resultaat, datum, F_DATE, REQUIRED,
		"Dag van het examen of van de vrijstelling"),
	FIELD_ENUM(struct resultaat, bron, examen_bronnen, READONLY, "Wie het resultaat vastlegde"),
	FIELD(struct resultaat, van_gemeente, F_TEXT, READONLY, VAN_GEMEENTE),
	FIELD(struct resultaat, versie, F_INT, READONLY, "Versie, ook in de ETag"),
	FIELD_END,
};
const struct resource examen_resource = { "Examenresultaat", sizeof(struct resultaat),
	examen_fields, "Resultaat van een examenonderdeel" };

enum { AARD_VRIJSTELLING = 1, AARD_ONTHEFFING };
static const char *const aarden[] = { "vrijstelling", "ontheffing", "verlenging", NULL };
static const char *const beoordeling_soorten[] = { "geheel", "tijdelijk", "gedeeltelijk", NULL };
static const char *const oordelen[] = { "toegekend", "afgewezen", "in-behandeling", NULL };

static const struct field beoordeling_fields[] = {
	FIELD(struct beoordeling, id, F_UUID, READONLY, "De beoordeling"),
	FIELD(struct beoordeling, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD_ENUM(struct beoordeling, aard, aarden, READONLY, "Waarover DUO besliste"),
	FIELD_ENUM(struct beoordeling, soort, beoordeling_soorten, READONLY,
		"Geheel, tijdelijk of gedeeltelijk; niet bij een verlenging"),
	FIELD_ENUM(struct beoordeling, oordeel, oordelen, READONLY, "Wat DUO besliste"),
	FIELD(struct beoordeling, grond, F_TEXT, READONLY, "Code van de reden of de grond"),
	FIELD(struct beoordeling, aangevraagd, F_DATE, READONLY, "Dag van de aanvraag"),
	FIELD(struct beoordeling, datum, F_DATE, READONLY, "Dag van de beslissing"),
	FIELD(struct beoordeling, van, F_DATE, READONLY, "Eerste dag"),
	FIELD(struct beoordeling, tot, F_DATE, READONLY, "Laatste dag"),
	FIELD_ENUM(
		struct beoordeling, onderdeel, examenonderdeel_values, READONLY, "Examenonderdeel"),
	FIELD_ENUM(struct beoordeling, niveau, examenniveau_values, READONLY, "Niveau"),
	FIELD(struct beoordeling, participatie_maximum, F_INT, READONLY,
		"Hoogste aantal uren participatie in de Z-route; 0: geen"),
	FIELD(struct beoordeling, dag, F_DATE, READONLY, "Dag van aanvraag of beslissing"),
	FIELD_END,
};
const struct resource beoordeling_resource = { "Beoordeling", sizeof(struct beoordeling),
	beoordeling_fields, "Een beslissing van DUO over vrijstelling, ontheffing of verlenging" };

static const struct field pvt_fields[] = {
	FIELD(struct afronding, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD(struct afronding, ondertekend_op, F_DATE, REQUIRED, "Dag van de ondertekening"),
	FIELD(struct afronding, verwijtbaar, F_BOOL, OPTIONAL,
		"Als de termijn voorbij is: is dat de inburgeraar te verwijten"),
	FIELD(struct afronding, van_gemeente, F_TEXT, READONLY, VAN_GEMEENTE),
	FIELD(struct afronding, versie, F_INT, READONLY, "Versie, ook in de ETag"),
	FIELD_END,
};
const struct resource pvt_resource = { "Participatieverklaring", sizeof(struct afronding),
	pvt_fields, "De ondertekening van de participatieverklaring" };

static const struct field eindgesprek_fields[] = {
	FIELD(struct afronding, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD(struct afronding, eindgesprek_op, F_DATE, REQUIRED, "Dag van het eindgesprek"),
	FIELD(struct afronding, verwijtbaar, F_BOOL, OPTIONAL,
		"Als de termijn voorbij is: is dat de inburgeraar te verwijten"),
	FIELD(struct afronding, van_gemeente, F_TEXT, READONLY, VAN_GEMEENTE),
	FIELD(struct afronding, versie, F_INT, READONLY, "Versie, ook in de ETag"),
	FIELD_END,
};
const struct resource eindgesprek_resource = { "Eindgesprek", sizeof(struct afronding),
	eindgesprek_fields, "Het eindgesprek van de MAP" };

static const struct field z_route_fields[] = {
	FIELD(struct afronding, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD(struct afronding, eindgesprek_op, F_DATE, REQUIRED, "Dag van het eindgesprek"),
	FIELD(struct afronding, versie, F_INT, READONLY, "Versie, ook in de ETag"),
	FIELD_END,
};
const struct resource z_route_resource = { "EindgesprekZroute", sizeof(struct afronding),
	z_route_fields, "Het eindgesprek van de Z-route" };

static const struct field intrekking_fields[] = {
	FIELD(struct intrekking, verwijtbaar, F_BOOL, OPTIONAL,
		"Als de termijn voorbij is: is dat de inburgeraar te verwijten"),
	FIELD_END,
};
const struct resource intrekking_resource = { "Intrekking", sizeof(struct intrekking),
	intrekking_fields, "Intrekking van een dag" };

static const struct field tst_fields[] = {
	FIELD(struct afronding, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD(struct afronding, behaald_op, F_DATE, REQUIRED, "Dag waarop het is behaald"),
	FIELD(struct afronding, van_gemeente, F_TEXT, READONLY, VAN_GEMEENTE),
	FIELD(struct afronding, versie, F_INT, READONLY, "Versie, ook in de ETag"),
	FIELD_END,
};
const struct resource tst_resource = { "Taalschakeltraject", sizeof(struct afronding), tst_fields,
	"Het taalschakeltraject van de onderwijsroute" };

static const struct field feiten_fields[] = {
	FIELD(struct feiten, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD(struct feiten, gemeente, F_TEXT, READONLY, "Gemeentecode"),
	FIELD(struct feiten, traject_id, F_UUID, READONLY, "Het traject"),
	FIELD_ENUM(struct feiten, doelgroep, doelgroep_values, READONLY, "Doelgroep"),
	FIELD_ENUM(struct feiten, leerroute, leerroute_values, READONLY, "Leerroute"),
	FIELD_ENUM(struct feiten, niveau, niveau_values, READONLY, "Niveau volgens het PIP"),
	FIELD(struct feiten, termijn_begin, F_DATE, READONLY, "Begin van de termijn"),
	FIELD(struct feiten, termijn_einde, F_DATE, READONLY, "Einde van de termijn"),
	FIELD(struct feiten, plicht_einde, F_DATE, READONLY, "Einde van de plicht"),
	FIELD(struct feiten, plicht_einde_reden, F_TEXT, READONLY, "Waarom de plicht eindigde"),
	FIELD(struct feiten, voltooid_op, F_DATE, READONLY, "Compleet sinds"),
	FIELD(struct feiten, cursus, F_INT, READONLY, "Cursusuren"),
	FIELD(struct feiten, participatie, F_INT, READONLY, "Participatie-uren"),
	FIELD(struct feiten, pvt, F_INT, READONLY, "Uren PVT"),
	FIELD(struct feiten, map, F_INT, READONLY, "Uren MAP"),
	FIELD(struct feiten, pvt_ondertekend_op, F_DATE, READONLY, "PVT ondertekend"),
	FIELD(struct feiten, map_eindgesprek_op, F_DATE, READONLY, "Eindgesprek MAP"),
	FIELD(struct feiten, z_eindgesprek_op, F_DATE, READONLY, "Eindgesprek Z-route"),
	FIELD(struct feiten, tst_behaald_op, F_DATE, READONLY, "Taalschakeltraject behaald"),
	FIELD_END,
};
static const struct resource feiten_resource = { "Feiten", sizeof(struct feiten), feiten_fields,
	"Waarvan voltooiing afhangt" };

static json_t *with_date(const char *name, struct date d)
{
	char text[DATE_TEXT];

	return json_pack("{ss}", name, date_format(d, text));
}

/* ---- reading ---- */

enum status store_persoon(struct req *req, struct persoon *out)
{
	return db_one(req, Q_PERSOON, NULL, NULL, &persoon_resource, out);
}

enum status store_termijn(struct req *req, struct termijn *out)
{
	return db_one(req, Q_TERMIJN, NULL, NULL, &termijn_resource, out);
}

static void take_examens(const struct batch *b, int op, struct feiten *f)
{
	size_t n = (size_t)batch_rows(b, op);
	struct resultaat r;

	f->examens = arena_alloc(b->req->arena, n * sizeof(*f->examens));
	f->vrijgesteld = arena_alloc(b->req->arena, n * sizeof(*f->vrijgesteld));
	f->examen_count = f->vrijgesteld_count = 0;
	for (int i = 0; i < (int)n; i++) {
		fields_clear(examen_fields, &r);
		batch_get(b, op, i, examen_fields, &r);
		if (r.resultaat == VRIJGESTELD)
			f->vrijgesteld[f->vrijgesteld_count++] = r.onderdeel;
		else
			f->examens[f->examen_count++] =
				(struct examen){ r.onderdeel, r.niveau, r.resultaat };
	}
}

/* Zero hours of participation is none at all; of several maxima the lowest holds. */
static void take_ontheffing(const struct beoordeling *o, struct feiten *f)
{
	if (o->onderdeel)
		f->ontheven[f->ontheven_count++] = o->onderdeel;
	if (o->participatie_maximum == NUMBER_NONE)
		return;
	if (o->participatie_maximum == 0)
		f->ontheven[f->ontheven_count++] = ONTHEFFING_PARTICIPATIE;
	else if (f->participatie_maximum == NUMBER_NONE ||
		 o->participatie_maximum < f->participatie_maximum)
		f->participatie_maximum = o->participatie_maximum;
}

/* After take_examens(): an exemption counts like an exam that was exempted by hand. */
static void take_beoordelingen(const struct batch *b, int op, struct feiten *f)
{
	size_t n = (size_t)batch_rows(b, op);
	int *exempt = arena_alloc(b->req->arena, (f->vrijgesteld_count + n) * sizeof(int));
	struct beoordeling o;

	if (f->vrijgesteld_count)
		memcpy(exempt, f->vrijgesteld, f->vrijgesteld_count * sizeof(int));
	f->vrijgesteld = exempt;
	f->ontheven = arena_alloc(b->req->arena, 2 * n * sizeof(int));
	f->ontheven_count = 0;
	f->participatie_maximum = NUMBER_NONE;
	for (int i = 0; i < (int)n; i++) {
		fields_clear(beoordeling_fields, &o);
		batch_get(b, op, i, beoordeling_fields, &o);
		if (o.aard == AARD_ONTHEFFING)
			take_ontheffing(&o, f);
		else if (o.onderdeel)
			f->vrijgesteld[f->vrijgesteld_count++] = o.onderdeel;
	}
}

enum status store_feiten(struct req *req, const char *id, struct feiten *out)
{
	struct batch b;
	int op, examens, beoordelingen;

	batch_init(&b, req);
	op = batch_add(&b, Q_FEITEN, NULL, NULL);
	batch_bind(&b, op, "id", id);
	examens = batch_add(&b, Q_FEITEN_EXAMENS, NULL, NULL);
	batch_bind(&b, examens, "id", id);
	beoordelingen = batch_add(&b, Q_FEITEN_BEOORDELINGEN, NULL, NULL);
	batch_bind(&b, beoordelingen, "id", id);
	TRY(batch_run(&b));
	TRY(batch_one(&b, op, &feiten_resource, out));
	take_examens(&b, examens, out);
	take_beoordelingen(&b, beoordelingen, out);
	return OK;
}

void law_voltooiing(struct req *req, const struct feiten *f, struct voltooiing_io *out)
{
	rule_init(&rule_voltooiing, out, req->today);
	out->in.leerroute = f->leerroute;
	out->in.doelgroep = f->doelgroep;
	out->in.niveau = f->niveau;
	out->in.uren_cursus = f->cursus;
	out->in.uren_participatie = f->participatie;
	out->in.uren_pvt = f->pvt;
	out->in.uren_map = f->map;
	out->in.pvt_ondertekend_op = f->pvt_ondertekend_op;
	out->in.map_eindgesprek_op = f->map_eindgesprek_op;
	out->in.z_eindgesprek_op = f->z_eindgesprek_op;
	out->in.taalschakeltraject_behaald_op = f->tst_behaald_op;
	out->examens = (struct list){ f->examens, f->examen_count };
	out->vrijstellingen = (struct list){ f->vrijgesteld, f->vrijgesteld_count };
	out->ontheffingen = (struct list){ f->ontheven, f->ontheven_count };
	out->in.participatie_maximum = f->participatie_maximum;
	rule_decide(&rule_voltooiing, req->arena, out);
}

/* ---- voortgangsgesprekken ---- */

enum status store_gesprek_toevoegen(struct req *req, struct gesprek *g)
{
	const char *id = req_uuid(req);
	struct batch b;
	int op, event;

	batch_init(&b, req);
	op = batch_add(&b, Q_GESPREK_TOEVOEGEN, gesprek_fields, g);
	batch_bind(&b, op, "gesprek", id);
	event = batch_add(&b, Q_GESPREK_MELDEN, NULL, NULL);
	batch_bind(&b, event, "gesprek", id);
	batch_bind(&b, event, "trace", req->trace_id);
	batch_creates(&b, id);
	TRY(batch_run(&b));
	return batch_one(&b, op, &gesprek_resource, g);
}

enum status store_gesprek(struct req *req, struct gesprek *g, const char **gemeente)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_GESPREK, NULL, NULL);
	TRY(batch_run(&b));
	*gemeente = batch_text(&b, op, 0, "gemeente");
	return batch_one(&b, op, &gesprek_resource, g);
}

enum status store_gesprek_uitkomst(struct req *req, const char *gemeente, struct gesprek *g)
{
	json_t *data = with_date("datum", g->datum);
	struct batch b;
	int op;

	if (g->status == GESPREK_NIET_VERSCHENEN)
		json_object_set_new(data, "verwijtbaar", json_boolean(g->verwijtbaar == 1));
	batch_init(&b, req);
	batch_add(&b, Q_GESPREK_NOG_GEPLAND, NULL, NULL);
	op = batch_add(&b, Q_GESPREK_UITKOMST, gesprek_fields, g);
	event_add(&b, gesprek_events[g->status - 1], gemeente, g->inburgeraar_id, g->id, data);
	TRY(batch_run(&b));
	return batch_one(&b, op, &gesprek_resource, g);
}

/* ---- hours, exams, completions ---- */

static void tell_change(struct batch *b, const char *gemeente, const char *persoon)
{
	event_add(b, VOORTGANG_GEWIJZIGD, gemeente, persoon, NULL, NULL);
}

enum status store_uren_toevoegen(struct req *req, const struct persoon *p, struct uren *u)
{
	const char *id = req_uuid(req);
	struct batch b;
	int free_op, op;

	batch_init(&b, req);
	batch_add(&b, Q_VERGRENDEL_PERSOON, NULL, NULL);
	free_op = batch_add(&b, Q_UREN_VRIJ, uren_fields, u);
	batch_bind(&b, free_op, "id", p->id);
	op = batch_add(&b, Q_UREN_TOEVOEGEN, uren_fields, u);
	batch_bind(&b, op, "id", p->id);
	batch_bind(&b, op, "nieuw", id);
	batch_bind(&b, op, "van_gemeente", p->gemeente);
	tell_change(&b, p->gemeente, p->id);
	event_add(&b, "uren-vastgelegd", p->gemeente, p->id, id,
		json_pack("{ss}", "soort", enum_text(uren_soorten, u->soort)));
	batch_creates(&b, id);
	TRY(batch_run(&b));
	return batch_one(&b, op, &uren_resource, u);
}

enum status store_examen_toevoegen(struct req *req, const struct persoon *p, struct resultaat *e)
{
	const char *id = req_uuid(req);
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_EXAMEN_TOEVOEGEN, examen_fields, e);
	batch_bind(&b, op, "id", p->id);
	batch_bind(&b, op, "nieuw", id);
	batch_bind(&b, op, "van_gemeente", p->gemeente);
	tell_change(&b, p->gemeente, p->id);
	batch_creates(&b, id);
	TRY(batch_run(&b));
	return batch_one(&b, op, &examen_resource, e);
}

enum status store_afronding(
	struct req *req, enum afronding_soort soort, struct persoon *p, struct afronding *out)
{
	struct batch b;
	int person, op;

	batch_init(&b, req);
	person = batch_add(&b, Q_PERSOON, NULL, NULL);
	op = batch_add(&b, Q_AFRONDING, NULL, NULL);
	batch_bind(&b, op, "soort", enum_text(afronding_soorten, (int)soort));
	TRY(batch_run(&b));
	TRY(batch_one(&b, person, &persoon_resource, p));
	*out = (struct afronding){ NULL, NULL, DATE_NONE, DATE_NONE, DATE_NONE, BOOL_NONE,
		NUMBER_NONE };
	if (batch_rows(&b, op) > 0) {
		batch_get(&b, op, 0, pvt_fields, out);
		batch_get(&b, op, 0, eindgesprek_fields, out);
		batch_get(&b, op, 0, tst_fields, out);
	}
	return OK;
}

static json_t *afronding_data(const struct afronding_besluit *d)
{
	json_t *data = date_is_set(d->datum) ? with_date("datum", d->datum) : json_object();

	if (d->verwijtbaar != BOOL_NONE)
		json_object_set_new(data, "verwijtbaar",
			json_string(duo_ja_nee_values[(d->verwijtbaar ? DUO_JA : DUO_NEE) - 1]));
	return data;
}

/* What the law said, and what the others are told. */
static void add_afronding(
	struct batch *b, const struct persoon *p, const struct afronding_besluit *d)
{
	const struct decision about = { .gemeente = p->gemeente, .inburgeraar = p->id };
	const char *const *events = date_is_set(d->datum) ? afronding_events : intrekking_events;

	if (d->regel) {
		rule_keep(b, d->regel, &d->duo, about);
		event_add(b, events[d->soort - 1], p->gemeente, p->id, p->id, afronding_data(d));
	}
	tell_change(b, p->gemeente, p->id);
}

enum status store_afronding_vastleggen(struct req *req, const struct persoon *p,
	const struct afronding_besluit *besluit, int64_t gezien, const struct resource *r,
	struct afronding *out)
{
	const char *name = enum_text(afronding_soorten, (int)besluit->soort);
	const char *seen =
		gezien == NUMBER_NONE ? NULL : arena_printf(req->arena, "%lld", (long long)gezien);
	struct batch b;
	int op, check;

	batch_init(&b, req);
	op = batch_add(&b, Q_AFRONDING_VASTLEGGEN, NULL, NULL);
	batch_bind(&b, op, "nieuw", req_uuid(req));
	batch_bind(&b, op, "van_gemeente", p->gemeente);
	batch_bind(&b, op, "soort", name);
	batch_bind_date(&b, op, "datum", besluit->datum);
	batch_bind(&b, op, "verwijtbaar",
		besluit->verwijtbaar == BOOL_NONE ? NULL
		: besluit->verwijtbaar            ? "true"
						  : "false");
	batch_bind(&b, op, "gezien", seen);
	check = batch_add(&b, Q_AFRONDING_GELUKT, NULL, NULL);
	batch_bind(&b, check, "soort", name);
	batch_bind_date(&b, check, "datum", besluit->datum);
	batch_bind(&b, check, "gezien", seen);
	add_afronding(&b, p, besluit);
	TRY(batch_run(&b));
	return batch_changed(&b, op, check, r, out);
}

enum status store_afronding_intrekken(
	struct req *req, const struct persoon *p, const struct afronding_besluit *besluit)
{
	const char *name = enum_text(afronding_soorten, (int)besluit->soort);
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_AFRONDING_NOG_ZO, NULL, NULL);
	batch_bind(&b, op, "soort", name);
	op = batch_add(&b, Q_AFRONDING_INTREKKEN, NULL, NULL);
	batch_bind(&b, op, "soort", name);
	batch_add(&b, Q_TRAJECT_WEER_OPEN, NULL, NULL);
	add_afronding(&b, p, besluit);
	return batch_run(&b);
}

/* ---- jobs ---- */

/* A batch that belongs to the event, with a statement about its person. */
static int begin_of_event(struct batch *b, struct req *req, const struct event *ev, int query)
{
	int op;

	batch_init(b, req);
	batch_claim(b);
	op = batch_add(b, query, NULL, NULL);
	batch_bind(b, op, "persoon", ev->inburgeraar);
	return op;
}

static const char *bind_new(struct batch *b, int op, const struct event *ev)
{
	const char *id = req_uuid(b->req);

	batch_bind(b, op, "nieuw", id);
	batch_bind(b, op, "van_gemeente", ev->gemeente);
	return id;
}

static struct decision about(const struct event *ev, const char *traject)
{
	return (struct decision){
		.gemeente = ev->gemeente, .inburgeraar = ev->inburgeraar, .onderwerp = traject
	};
}

enum status store_traject_bestaat(struct req *req, const char *inburgeraar, bool *out)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_TRAJECT_BESTAAT, NULL, NULL);
	batch_bind(&b, op, "persoon", inburgeraar);
	TRY(batch_run(&b));
	*out = batch_rows(&b, op) > 0;
	return OK;
}

enum status store_traject_uit_pip(
	struct req *req, const struct event *ev, const struct inburgeringstermijn_io *law)
{
	struct batch b;
	int op = begin_of_event(&b, req, ev, Q_TRAJECT_UIT_PIP);
	const char *id = bind_new(&b, op, ev);

	batch_bind_date(&b, op, "begin", law->out.begin);
	batch_bind_date(&b, op, "einde", law->out.einde);
	rule_keep(&b, &rule_inburgeringstermijn, law, about(ev, id));
	tell_change(&b, ev->gemeente, ev->inburgeraar);
	return batch_run(&b);
}

enum status store_pip_weg(
	struct req *req, const struct event *ev, const struct inburgeringstermijn_io *law)
{
	struct batch b;
	int op = begin_of_event(&b, req, ev, Q_TRAJECT_ZONDER_PIP);

	batch_bind_date(&b, op, "begin", law->out.begin);
	batch_bind_date(&b, op, "einde", law->out.einde);
	tell_change(&b, ev->gemeente, ev->inburgeraar);
	return batch_run(&b);
}

enum status store_ander_pip(struct req *req, const struct event *ev)
{
	struct batch b;

	batch_init(&b, req);
	batch_claim(&b);
	tell_change(&b, ev->gemeente, ev->inburgeraar);
	return batch_run(&b);
}

enum status store_traject_uit_duo(struct req *req, const struct event *ev)
{
	struct batch b;
	int op = begin_of_event(&b, req, ev, Q_TRAJECT_UIT_DUO);

	bind_new(&b, op, ev);
	batch_bind_date(&b, op, "begin", event_date(ev, "begin"));
	batch_bind_date(&b, op, "einde", event_date(ev, "einde"));
	batch_bind(&b, op, "trace", req->trace_id);
	return batch_run(&b);
}

enum status store_examen_uit_duo(struct req *req, const struct event *ev)
{
	struct batch b;
	int op = begin_of_event(&b, req, ev, Q_EXAMEN_VAN_DUO);

	bind_new(&b, op, ev);
	batch_bind(&b, op, "onderdeel", event_text(ev, "onderdeel"));
	batch_bind(&b, op, "niveau", event_text(ev, "niveau"));
	batch_bind(&b, op, "resultaat", event_text(ev, "resultaat"));
	batch_bind_date(&b, op, "datum", event_date(ev, "datum"));
	tell_change(&b, ev->gemeente, ev->inburgeraar);
	return batch_run(&b);
}

enum status store_beoordeling(struct req *req, const struct event *ev)
{
	json_t *hours = json_object_get(ev->data, "participatieMaximum");
	struct batch b;
	int op = begin_of_event(&b, req, ev, Q_BEOORDELING_VAN_DUO);

	bind_new(&b, op, ev);
	batch_bind(&b, op, "aard", event_text(ev, "aard"));
	batch_bind(&b, op, "soort", event_text(ev, "soort"));
	batch_bind(&b, op, "oordeel", event_text(ev, "oordeel"));
	batch_bind(&b, op, "grond", event_text(ev, "grond"));
	batch_bind_date(&b, op, "aangevraagd", event_date(ev, "aangevraagd"));
	batch_bind_date(&b, op, "datum", event_date(ev, "datum"));
	batch_bind_date(&b, op, "van", event_date(ev, "van"));
	batch_bind_date(&b, op, "tot", event_date(ev, "tot"));
	batch_bind(&b, op, "onderdeel", event_text(ev, "onderdeel"));
	batch_bind(&b, op, "niveau", event_text(ev, "niveau"));
	batch_bind(&b, op, "participatie_maximum", NULL);
	if (json_is_integer(hours))
		batch_bind_int(&b, op, "participatie_maximum", json_integer_value(hours));
	tell_change(&b, ev->gemeente, ev->inburgeraar);
	return batch_run(&b);
}

enum status store_voltooid(struct req *req, const struct event *ev, const struct feiten *f,
	const struct voltooiing_io *law)
{
	struct batch b;
	int op = begin_of_event(&b, req, ev, Q_TRAJECT_VOLTOOID);

	op = batch_add(&b, Q_TRAJECT_VOLTOOIEN, NULL, NULL);
	batch_bind(&b, op, "persoon", ev->inburgeraar);
	rule_keep(&b, &rule_voltooiing, law, about(ev, f->traject_id));
	event_add(&b, "traject-voltooid", ev->gemeente, ev->inburgeraar, NULL,
		with_date("datum", req->today));
	return batch_run(&b);
}

enum status store_overdracht(struct req *req, const struct event *ev)
{
	struct batch b;
	int op = begin_of_event(&b, req, ev, Q_OVERNEMEN);

	batch_bind(&b, op, "van_gemeente", ev->gemeente);
	batch_bind(&b, op, "overdracht", ev->onderwerp);
	batch_bind(&b, op, "trace", req->trace_id);
	tell_change(&b, ev->gemeente, ev->inburgeraar);
	return batch_run(&b);
}
