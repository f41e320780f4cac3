/* SPDX-License-Identifier: EUPL-1.2 */
#include "handlers.h"

#include <string.h>

#include "enforcement_queries.h"
#include "law/boete.h"
#include "law/date_rules.h"
#include "law/term.h"
#include "store.h"

#define ZIENSWIJZE_WEKEN 2 /* local policy: the law names no term */

/* ---- bodies: members of struct overtreding that a move asks for ---- */

#define BODY(name_, title_, doc_)                                                                  \
	const struct resource name_##_in = { title_, sizeof(struct overtreding), name_##_fields,   \
		doc_ }

static const struct field rapport_fields[] = {
	FIELD(struct overtreding, rapport_datum, F_DATE, REQUIRED, "Dag van het rapport"),
	FIELD_RANGE(struct overtreding, rapport, F_TEXT, REQUIRED, 1, 20000, "Het rapport"),
	FIELD(struct overtreding, zienswijze_voor, F_DATE, OPTIONAL,
		"Laatste dag voor de zienswijze; zonder: twee weken na het rapport"),
	FIELD_END,
};
BODY(rapport, "Rapport", "Het rapport van de overtreding");

static const struct field zienswijze_fields[] = {
	FIELD(struct overtreding, zienswijze_op, F_DATE, OPTIONAL, "Dag van de zienswijze"),
	FIELD_RANGE(struct overtreding, zienswijze, F_TEXT, OPTIONAL, 1, 20000,
		"De zienswijze; weglaten als zij niet is gegeven"),
	FIELD_END,
};
BODY(zienswijze, "Zienswijze", "De zienswijze van de inburgeraar");

static const struct field voorstel_fields[] = {
	FIELD_ENUM(struct overtreding, verwijtbaarheid, verwijtbaarheid_values, OPTIONAL,
		"Mate van verwijt na de zienswijze"),
	FIELD(struct overtreding, bijstand_verlaagd, F_BOOL, OPTIONAL,
		"Of de bijstand om hetzelfde gedrag is verlaagd"),
	FIELD(struct overtreding, aanhoudende_onwil, F_BOOL, OPTIONAL,
		"Of aanhoudende onwil is bewezen"),
	FIELD_RANGE(struct overtreding, reden, F_TEXT, OPTIONAL, 1, 4000, "Toelichting"),
	FIELD_END,
};
BODY(voorstel, "Voorstel", "Het voorstel; het bedrag volgt uit de wet");

static const struct field besluit_fields[] = {
	FIELD_RANGE(struct overtreding, motivering, F_TEXT, REQUIRED, 1, 20000, "Motivering"),
	FIELD(struct overtreding, besluit_datum, F_DATE, OPTIONAL, "Dag van het besluit"),
	FIELD_END,
};
BODY(besluit, "Besluit", "Het besluit om de voorgestelde boete op te leggen");

static const struct field bekendmaking_fields[] = {
	FIELD(struct overtreding, bekendmaking_datum, F_DATE, REQUIRED, "Dag van de bekendmaking"),
	FIELD(struct overtreding, nieuwe_termijn_uiterlijk, F_DATE, OPTIONAL,
		"Verplicht bij artikel 22 lid 1: laatste dag om alsnog te verschijnen"),
	FIELD_END,
};
BODY(bekendmaking, "Bekendmaking", "De bekendmaking van het besluit");

static const struct field bezwaar_fields[] = {
	FIELD(struct overtreding, bezwaar_ingediend_op, F_DATE, OPTIONAL, "Dag van het bezwaar"),
	FIELD(struct overtreding, bezwaar_beslist_op, F_DATE, OPTIONAL,
		"Dag van de beslissing op bezwaar"),
	FIELD_ENUM(struct overtreding, bezwaar_uitkomst, bezwaar_uitkomsten, OPTIONAL,
		"De beslissing op bezwaar"),
	FIELD_END,
};
BODY(bezwaar, "Bezwaar", "Een bezwaar, of de beslissing erop");

static const struct field seponering_fields[] = {
	FIELD_RANGE(struct overtreding, seponering_reden, F_TEXT, REQUIRED, 1, 4000, "De reden"),
	FIELD_END,
};
BODY(seponering, "Seponering", "Het einde van de zaak zonder boete");

/* ---- small things ---- */

static void release_json(void *p)
{
	json_decref(p);
}

static json_t *articles(struct req *req, const struct basis *b)
{
	json_t *list = json_array();

	arena_on_reset(req->arena, release_json, list);
	for (int i = 0; i < b->grondslag_count; i++)
		json_array_append_new(list, json_string(b->grondslag[i]));
	return list;
}

/* Between `from` (DATE_NONE: no bound) and today. */
static enum status check_day(struct req *req, const char *name, struct date d, struct date from)
{
	if (date_compare(d, req->today) > 0)
		return fail_param(req, name, "toekomst", "Deze dag is nog niet geweest");
	if (date_is_set(from) && date_compare(d, from) < 0)
		return fail_param(req, name, "te-vroeg", "Deze dag ligt voor de vorige stap");
	return OK;
}

static struct date or_today(const struct req *req, struct date d)
{
	return date_is_set(d) ? d : req->today;
}

static bool same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static struct besluit_termijnen terms(const struct overtreding *o, struct date made_known)
{
	struct besluit_termijnen_facts facts = {
		.artikel = o->artikel == ARTIKEL_22 ? BESLUIT_22 : BESLUIT_23,
		.datum_overtreding = o->datum_overtreding,
		.datum_rapport = o->rapport_datum,
		.datum_bekendmaking = made_known,
	};
	struct besluit_termijnen out;

	besluit_termijnen(&facts, &out);
	return out;
}

/* ---- what each move demands and writes ---- */

static enum status guard_rapport(
	struct req *req, const struct zaak *z, const struct overtreding *in)
{
	TRY(check_day(req, "rapportDatum", in->rapport_datum, z->o.datum_constatering));
	if (date_is_set(in->zienswijze_voor) &&
		date_compare(in->zienswijze_voor, in->rapport_datum) <= 0)
		return fail_param(
			req, "zienswijzeVoor", "te-vroeg", "Deze dag ligt niet na het rapport");
	return OK;
}

static enum status apply_rapport(struct req *req, struct zaak *z, const struct overtreding *in)
{
	struct overtreding *o = &z->o;

	o->rapporteur_id = req->session.medewerker;
	o->rapport_datum = in->rapport_datum;
	o->rapport = in->rapport;
	o->zienswijze_voor = date_is_set(in->zienswijze_voor)
				     ? in->zienswijze_voor
				     : term_weeks(in->rapport_datum, ZIENSWIJZE_WEKEN);
	o->beslissen_voor = terms(o, DATE_NONE).beslissen_voor;
	return OK;
}

static enum status guard_zienswijze(
	struct req *req, const struct zaak *z, const struct overtreding *in)
{
	struct date from =
		date_is_set(z->o.rapport_datum) ? z->o.rapport_datum : z->o.datum_constatering;
	char words[DATE_WORDS];

	if (!in->zienswijze && date_compare(req->today, z->o.zienswijze_voor) <= 0)
		return fail(req, ERR_CONFLICT,
			"De inburgeraar kan nog tot en met %s een zienswijze geven (Awb art. 4:8, "
			"5:53)",
			date_in_words(z->o.zienswijze_voor, words));
	return check_day(req, "zienswijzeOp", or_today(req, in->zienswijze_op), from);
}

/* The lighter procedure: without a report. */
static enum status guard_zienswijze_22(
	struct req *req, const struct zaak *z, const struct overtreding *in)
{
	if (z->o.artikel != ARTIKEL_22)
		return fail(req, ERR_CONFLICT,
			"Bij artikel 23 is eerst een rapport verplicht (Awb art. 5:48 en 5:53)");
	return guard_zienswijze(req, z, in);
}

static enum status apply_zienswijze(struct req *req, struct zaak *z, const struct overtreding *in)
{
	z->o.zienswijze_op = or_today(req, in->zienswijze_op);
	z->o.zienswijze = in->zienswijze ? in->zienswijze : "niet gegeven";
	return OK;
}

/* Cents of decisions that stand; fines of art. 22 and 23 share one ceiling. */
static long long imposed_before(const struct zaak *z)
{
	long long sum = 0;

	for (size_t i = 0; i < z->eerdere_count; i++)
		sum += z->eerdere[i].bedrag;
	return sum;
}

static enum status refuse_fine(struct req *req, const struct basis *b)
{
	struct buffer grounds;

	buffer_init(&grounds, req->arena);
	for (int i = 0; i < b->grondslag_count; i++)
		buffer_printf(&grounds, "%s%s", i ? "; " : "", b->grondslag[i]);
	return fail(req, ERR_CONFLICT,
		"De wet laat hier geen boete toe: %s (%s). Seponeren kan wel.", b->uitleg,
		grounds.data);
}

static enum status propose_22(struct req *req, struct zaak *z)
{
	struct overtreding *o = &z->o;
	struct boete_22_facts facts = {
		.stap = (int)o->stap,
		.verwijtbaar = o->verwijtbaarheid == GEEN_VERWIJT ? NEE : JA,
		.reeds_opgelegd = imposed_before(z),
		.vandaag = req->today,
	};
	struct boete_22 law;

	boete_22(&facts, &law);
	if (law.opleggen != JA)
		return refuse_fine(req, &law.basis);
	o->bedrag = o->basisbedrag = law.bedrag;
	o->trede = NUMBER_NONE;
	o->percentage = NUMBER_NONE;
	o->grondslag = articles(req, &law.basis);
	o->uitleg = arena_strdup(req->arena, law.basis.uitleg);
	return OK;
}

static enum status propose_23(struct req *req, struct zaak *z)
{
	struct eerdere_overtreding *earlier =
		arena_alloc(req->arena, z->eerdere_count * sizeof(*earlier));
	struct overtreding *o = &z->o;
	struct boete_23_facts facts = {
		.doelgroep = z->persoon.doelgroep,
		.gedraging = o->gedraging,
		.verwijtbaarheid = o->verwijtbaarheid,
		.datum_constatering = o->datum_constatering,
		.eerdere = earlier,
		.termijn_soort = TERMIJN_EERSTE,
		.termijn_maanden = LAW_NONE,
		.reeds_opgelegd = imposed_before(z),
		.bijstand_verlaagd = o->bijstand_verlaagd,
		.aanhoudende_onwil = o->aanhoudende_onwil,
	};
	struct boete_23 law;

	for (size_t i = 0; i < z->eerdere_count; i++) {
		if (z->eerdere[i].artikel == ARTIKEL_23)
			earlier[facts.eerdere_count++] =
				(struct eerdere_overtreding){ z->eerdere[i].datum_constatering,
					z->eerdere[i].onherroepelijk_op };
	}
	boete_23(&facts, &law);
	if (law.opleggen != JA)
		return refuse_fine(req, &law.basis);
	o->bedrag = law.bedrag;
	o->basisbedrag = law.basisbedrag;
	o->trede = law.trede;
	o->percentage = law.percentage;
	o->grondslag = articles(req, &law.basis);
	o->uitleg = arena_strdup(req->arena, law.basis.uitleg);
	return OK;
}

static enum status apply_voorstel(struct req *req, struct zaak *z, const struct overtreding *in)
{
	struct overtreding *o = &z->o;

	if (in->verwijtbaarheid)
		o->verwijtbaarheid = in->verwijtbaarheid;
	if (in->bijstand_verlaagd != BOOL_NONE)
		o->bijstand_verlaagd = in->bijstand_verlaagd;
	if (in->aanhoudende_onwil != BOOL_NONE)
		o->aanhoudende_onwil = in->aanhoudende_onwil;
	TRY(o->artikel == ARTIKEL_22 ? propose_22(req, z) : propose_23(req, z));
	o->reden = in->reden;
	o->voorsteller_id = req->session.medewerker;
	o->voorstel_datum = req->today;
	return OK;
}

static enum status guard_besluit(
	struct req *req, const struct zaak *z, const struct overtreding *in)
{
	const char *me = req->session.medewerker;

	if (same(me, z->o.rapporteur_id))
		return fail(req, ERR_FORBIDDEN,
			"Wie het rapport opmaakte mag niet beslissen (Awb art. 10:3 lid 4)");
	if (same(me, z->o.voorsteller_id))
		return fail(req, ERR_FORBIDDEN,
			"Wie de boete voorstelde mag niet beslissen (vier ogen, beleid van de "
			"gemeente)");
	if (date_compare(req->today, z->o.verjaart_op) >= 0)
		return fail(req, ERR_CONFLICT,
			"De bevoegdheid om een boete op te leggen is vervallen (Awb art. 5:45)");
	return check_day(
		req, "besluitDatum", or_today(req, in->besluit_datum), z->o.voorstel_datum);
}

static enum status apply_besluit(struct req *req, struct zaak *z, const struct overtreding *in)
{
	z->o.beslisser_id = req->session.medewerker;
	z->o.besluit_datum = or_today(req, in->besluit_datum);
	z->o.motivering = in->motivering;
	return OK;
}

/* Wi2021 art. 22 lid 2: only fine 1 gives a new term, of at most two months. */
static enum status check_new_term(
	struct req *req, const struct overtreding *o, const struct overtreding *in)
{
	static const char name[] = "nieuweTermijnUiterlijk";
	struct date d = in->nieuwe_termijn_uiterlijk, made_known = in->bekendmaking_datum;
	int months = (int)law_value(BOETE_22_TERMIJN, made_known);
	bool needed = o->artikel == ARTIKEL_22 && o->stap == 1;

	if (!needed && date_is_set(d))
		return fail_param(req, name, "onverwacht", "Alleen bij artikel 22 lid 1");
	if (needed && !date_is_set(d))
		return fail_param(req, name, "verplicht",
			"Geef een nieuwe termijn van hoogstens %d maanden", months);
	if (needed && (date_compare(d, made_known) <= 0 ||
			      date_compare(d, date_add_months(made_known, months)) > 0))
		return fail_param(req, name, "bereik",
			"De termijn loopt na de bekendmaking en duurt hoogstens %d maanden",
			months);
	return OK;
}

static enum status guard_bekendmaking(
	struct req *req, const struct zaak *z, const struct overtreding *in)
{
	TRY(check_day(req, "bekendmakingDatum", in->bekendmaking_datum, z->o.besluit_datum));
	return check_new_term(req, &z->o, in);
}

static enum status apply_bekendmaking(struct req *req, struct zaak *z, const struct overtreding *in)
{
	(void)req;
	z->o.bekendmaking_datum = in->bekendmaking_datum;
	z->o.nieuwe_termijn_uiterlijk = in->nieuwe_termijn_uiterlijk;
	z->o.bezwaar_tot = terms(&z->o, in->bekendmaking_datum).bezwaar_tot;
	return OK;
}

static enum status guard_bezwaar(
	struct req *req, const struct zaak *z, const struct overtreding *in)
{
	if (!date_is_set(in->bezwaar_ingediend_op))
		return fail_param(
			req, "bezwaarIngediendOp", "verplicht", "Wanneer is bezwaar gemaakt");
	return check_day(
		req, "bezwaarIngediendOp", in->bezwaar_ingediend_op, z->o.bekendmaking_datum);
}

static enum status apply_bezwaar(struct req *req, struct zaak *z, const struct overtreding *in)
{
	(void)req;
	z->o.bezwaar_ingediend_op = in->bezwaar_ingediend_op;
	return OK;
}

static enum status guard_beslissing(
	struct req *req, const struct zaak *z, const struct overtreding *in)
{
	if (same(req->session.medewerker, z->o.beslisser_id))
		return fail(req, ERR_FORBIDDEN,
			"Wie het besluit nam mag niet op het bezwaar beslissen (Awb art. 10:3 lid "
			"3)");
	if (z->o.bezwaar_uitkomst)
		return fail(req, ERR_CONFLICT, "Op dit bezwaar is al beslist");
	return check_day(req, "bezwaarBeslistOp", or_today(req, in->bezwaar_beslist_op),
		z->o.bezwaar_ingediend_op);
}

static enum status apply_beslissing(struct req *req, struct zaak *z, const struct overtreding *in)
{
	struct overtreding *o = &z->o;

	o->bezwaar_uitkomst = in->bezwaar_uitkomst;
	o->bezwaar_beslist_op = or_today(req, in->bezwaar_beslist_op);
	o->bezwaar_beslisser_id = req->session.medewerker;
	o->beroep_tot = terms(o, o->bezwaar_beslist_op).bezwaar_tot;
	return OK;
}

static enum status apply_herroeping(struct req *req, struct zaak *z, const struct overtreding *in)
{
	TRY(apply_beslissing(req, z, in));
	z->o.seponering_datum = z->o.bezwaar_beslist_op;
	z->o.seponering_reden = "Het besluit is op bezwaar herroepen";
	return OK;
}

/* Last day on which the fine could still be fought; DATE_NONE while a bezwaar is open. */
static struct date last_day_to_fight(const struct overtreding *o)
{
	return o->status == BEZWAAR ? o->beroep_tot : o->bezwaar_tot;
}

static enum status guard_onherroepelijk(
	struct req *req, const struct zaak *z, const struct overtreding *in)
{
	struct date last = last_day_to_fight(&z->o);
	char words[DATE_WORDS];

	(void)in;
	if (!date_is_set(last))
		return fail(req, ERR_CONFLICT, "Op het bezwaar is nog niet beslist");
	if (date_compare(req->today, last) <= 0)
		return fail(req, ERR_CONFLICT, "%s kan nog tot en met %s (Awb art. 6:7)",
			z->o.status == BEZWAAR ? "Beroep instellen" : "Bezwaar maken",
			date_in_words(last, words));
	return OK;
}

static enum status apply_onherroepelijk(
	struct req *req, struct zaak *z, const struct overtreding *in)
{
	(void)req, (void)in;
	z->o.onherroepelijk_op = date_add_days(last_day_to_fight(&z->o), 1);
	return OK;
}

static enum status apply_seponering(struct req *req, struct zaak *z, const struct overtreding *in)
{
	z->o.seponering_datum = req->today;
	z->o.seponering_reden = in->seponering_reden;
	return OK;
}

/* ---- the table of moves ---- */

enum zet {
	RAPPORT = 1,
	HOREN,
	VOORSTEL,
	BESLUIT,
	BEKENDMAKEN,
	BEZWAAR_MAKEN,
	BESLISSEN,
	HERROEPEN_ZET,
	ONHERROEPELIJK_WORDEN,
	SEPONEREN
};
/* as the caller knows them: the last part of the path */
static const char *const zet_namen[] = { "rapport", "zienswijze", "voorstel", "besluit",
	"bekendmaking", "bezwaar", "bezwaar", "bezwaar", "onherroepelijk", "seponering", NULL };

typedef enum status (*move_guard)(struct req *, const struct zaak *, const struct overtreding *);
typedef enum status (*move_apply)(struct req *, struct zaak *, const struct overtreding *);

struct move {
	enum overtreding_status from;
	enum zet event;
	unsigned who;
	move_guard guard; /* NULL: always */
	move_apply apply;
	enum overtreding_status to;
	const char *tells; /* event, or NULL */
	const char *basis, *note;
};

#define MAKEN SCOPE_VOORBEREIDEN
#define TEKEN SCOPE_BESLISSEN
static const struct move moves[] = {
	{ GECONSTATEERD, RAPPORT, MAKEN, guard_rapport, apply_rapport, GERAPPORTEERD, NULL,
		"Awb art. 5:48, 5:53 lid 2", "verplicht bij artikel 23" },
	{ GECONSTATEERD, HOREN, MAKEN, guard_zienswijze_22, apply_zienswijze, ZIENSWIJZE, NULL,
		"Awb art. 4:8", "artikel 22: zonder rapport" },
	{ GERAPPORTEERD, HOREN, MAKEN, guard_zienswijze, apply_zienswijze, ZIENSWIJZE, NULL,
		"Awb art. 5:53 lid 3", "gegeven, of de termijn is voorbij" },
	{ ZIENSWIJZE, VOORSTEL, MAKEN, NULL, apply_voorstel, VOORGESTELD, NULL,
		"Besluit inburgering 2021 art. 7.1", "bedrag en grondslag uit de wet" },
	{ VOORGESTELD, VOORSTEL, MAKEN, NULL, apply_voorstel, VOORGESTELD, NULL,
		"Besluit inburgering 2021 art. 7.1", "opnieuw berekend" },
	{ VOORGESTELD, BESLUIT, TEKEN, guard_besluit, apply_besluit, BESLOTEN, NULL,
		"Awb art. 10:3 lid 4; Wi2021 art. 22, 23",
		"een ander dan rapporteur en voorsteller" },
	{ BESLOTEN, BEKENDMAKEN, MAKEN, guard_bekendmaking, apply_bekendmaking, BEKENDGEMAAKT,
		"boete-opgelegd", "Awb art. 3:41; Wi2021 art. 22 lid 2",
		"begin van de bezwaartermijn" },
	{ BEKENDGEMAAKT, BEZWAAR_MAKEN, MAKEN, guard_bezwaar, apply_bezwaar, BEZWAAR, NULL,
		"Awb art. 6:4, 6:7", "te laat bezwaar beoordeelt wie erop beslist (6:11)" },
	{ BEZWAAR, BESLISSEN, TEKEN, guard_beslissing, apply_beslissing, BEZWAAR, NULL,
		"Awb art. 7:11, 10:3 lid 3", "het besluit blijft; beroep staat open" },
	{ BEZWAAR, HERROEPEN_ZET, TEKEN, guard_beslissing, apply_herroeping, GESEPONEERD,
		"boete-ingetrokken", "Awb art. 7:11 lid 2, 10:3 lid 3", "het besluit vervalt" },
	{ BEKENDGEMAAKT, ONHERROEPELIJK_WORDEN, MAKEN, guard_onherroepelijk, apply_onherroepelijk,
		ONHERROEPELIJK, "boete-onherroepelijk", "Awb art. 6:7", "geen bezwaar gemaakt" },
	{ BEZWAAR, ONHERROEPELIJK_WORDEN, MAKEN, guard_onherroepelijk, apply_onherroepelijk,
		ONHERROEPELIJK, "boete-onherroepelijk", "Awb art. 6:7", "geen beroep ingesteld" },
	{ GECONSTATEERD, SEPONEREN, MAKEN, NULL, apply_seponering, GESEPONEERD, NULL,
		"Awb art. 5:41", "geen boete" },
	{ GERAPPORTEERD, SEPONEREN, MAKEN, NULL, apply_seponering, GESEPONEERD, NULL,
		"Awb art. 5:41, 5:50 lid 2", "geen boete" },
	{ ZIENSWIJZE, SEPONEREN, MAKEN, NULL, apply_seponering, GESEPONEERD, NULL,
		"Awb art. 5:41, 5:50 lid 2", "geen boete" },
	{ VOORGESTELD, SEPONEREN, TEKEN, NULL, apply_seponering, GESEPONEERD, NULL,
		"Awb art. 5:41, 5:50 lid 2", "het voorstel wordt niet gevolgd" },
	{ BESLOTEN, SEPONEREN, TEKEN, NULL, apply_seponering, GESEPONEERD, NULL, "Awb art. 3:40",
		"het besluit werkte nog niet" },
	{ BEKENDGEMAAKT, SEPONEREN, TEKEN, NULL, apply_seponering, GESEPONEERD, "boete-ingetrokken",
		"bevoegdheid tot intrekken", "het besluit wordt ingetrokken" },
	{ BEZWAAR, SEPONEREN, TEKEN, NULL, apply_seponering, GESEPONEERD, "boete-ingetrokken",
		"Awb art. 6:19", "het besluit wordt ingetrokken" },
};
#define MOVES (sizeof(moves) / sizeof(moves[0]))

static enum status refuse_move(struct req *req, const struct overtreding *o, enum zet event)
{
	const char *last = NULL;
	struct buffer can;

	buffer_init(&can, req->arena);
	for (size_t i = 0; i < MOVES; i++) {
		const char *name = enum_text(zet_namen, (int)moves[i].event);

		if ((int)moves[i].from != o->status || same(name, last))
			continue;
		buffer_printf(&can, "%s%s", can.len ? ", " : "", name);
		last = name;
	}
	return fail(req, ERR_CONFLICT, "De zaak is %s; dan kan er geen %s. Wat wel kan: %s.",
		enum_text(overtreding_statussen, o->status), enum_text(zet_namen, (int)event),
		can.len ? can.data : "niets meer");
}

static enum status find_move(
	struct req *req, const struct overtreding *o, enum zet event, const struct move **out)
{
	for (size_t i = 0; i < MOVES; i++) {
		if ((int)moves[i].from == o->status && moves[i].event == event) {
			*out = &moves[i];
			return OK;
		}
	}
	return refuse_move(req, o, event);
}

static void set_date(json_t *data, const char *name, struct date d)
{
	char text[DATE_TEXT];

	if (date_is_set(d))
		json_object_set_new(data, name, json_string(date_format(d, text)));
}

/* What the events about a fine carry. */
static json_t *told(const struct overtreding *o)
{
	json_t *data = json_pack("{ss sI}", "artikel", enum_text(artikelen, o->artikel),
		"bedragCent", (json_int_t)o->bedrag);

	if (o->artikel == ARTIKEL_22)
		json_object_set_new(data, "stap", json_integer(o->stap));
	set_date(data, "bekendmaking", o->bekendmaking_datum);
	set_date(data, "nieuweTermijn", o->nieuwe_termijn_uiterlijk);
	set_date(data, "datum",
		o->status == ONHERROEPELIJK ? o->onherroepelijk_op : o->seponering_datum);
	return data;
}

/* One move further. */
static enum status step(struct req *req, enum zet event)
{
	const struct move *m = NULL;
	struct zaak z;

	TRY(store_zaak(req, &z));
	if (z.o.versie != req->if_match)
		return fail(
			req, ERR_CHANGED, "Haal de overtreding opnieuw op en probeer het nog eens");
	TRY(find_move(req, &z.o, event, &m));
	if (!req_has_role(req, m->who))
		return fail(req, ERR_FORBIDDEN, "Dit is aan een handhaver of teamleider (%s)",
			m->basis);
	if (m->guard)
		TRY(m->guard(req, &z, req->in));
	TRY(m->apply(req, &z, req->in));
	z.o.status = (int)m->to;
	TRY(store_zaak_bijwerken(req, &z, m->tells, m->tells ? told(&z.o) : NULL));
	return reply_one(req, &overtreding_resource, &z.o);
}

enum status rapport(struct req *req)
{
	return step(req, RAPPORT);
}

enum status zienswijze(struct req *req)
{
	return step(req, HOREN);
}

enum status voorstel(struct req *req)
{
	return step(req, VOORSTEL);
}

enum status besluit(struct req *req)
{
	return step(req, BESLUIT);
}

enum status bekendmaking(struct req *req)
{
	return step(req, BEKENDMAKEN);
}

enum status bezwaar(struct req *req)
{
	const struct overtreding *in = req->in;

	if (in->bezwaar_uitkomst)
		return step(req, in->bezwaar_uitkomst == HERROEPEN ? HERROEPEN_ZET : BESLISSEN);
	if (date_is_set(in->bezwaar_beslist_op))
		return fail_param(
			req, "bezwaarUitkomst", "verplicht", "Hoe is op het bezwaar beslist");
	return step(req, BEZWAAR_MAKEN);
}

enum status onherroepelijk(struct req *req)
{
	return step(req, ONHERROEPELIJK_WORDEN);
}

enum status seponering(struct req *req)
{
	return step(req, SEPONEREN);
}

/* ---- establishing an overtreding ---- */

static enum status check_facts(
	struct req *req, const struct overtreding *o, const struct persoon *p)
{
	bool of_intake = o->gedraging >= GEDRAGING_NIET_VERSCHENEN;

	check_day(req, "datumConstatering", o->datum_constatering, DATE_NONE);
	if (date_compare(o->datum_constatering, o->datum_overtreding) < 0)
		fail_param(req, "datumConstatering", "volgorde",
			"De constatering ligt voor de overtreding");
	if (of_intake != (o->artikel == ARTIKEL_22))
		fail_param(req, "gedraging", "artikel", "Deze gedraging hoort niet bij artikel %s",
			enum_text(artikelen, o->artikel));
	if (o->gedraging == GEDRAGING_INTENSITEIT && p->doelgroep != DOELGROEP_ASIEL)
		fail_param(req, "gedraging", "doelgroep",
			"De intensiteit van de leerroute geldt alleen voor asielstatushouders (Wet "
			"inburgering 2021 art. 15, lid 2)");
	if (o->artikel == ARTIKEL_23 && o->stap != NUMBER_NONE)
		fail_param(req, "stap", "onverwacht", "Alleen bij artikel 22");
	return req->error.status;
}

/* A fine of art. 22 rests on the ladder of the brede intake; intake told how far it is. */
static enum status check_ladder(struct req *req, const struct ladder *l, struct overtreding *o)
{
	int next = enum_index(intake_volgende_values, l->volgende_stap);
	int64_t step_now = next == STAP_BOETE_22_1 ? 1 : next == STAP_BOETE_22_3 ? 3 : 0;

	if (!l->id)
		return fail(req, ERR_CONFLICT, "De brede intake meldt geen gemiste oproep");
	if (l->verwijtbaar != 1)
		return fail(
			req, ERR_CONFLICT, "De gemiste oproep is de inburgeraar niet te verwijten");
	if (step_now == 0)
		return fail(req, ERR_CONFLICT,
			"De ladder van de brede intake is nog niet aan een boete toe; volgende "
			"stap: %s",
			l->volgende_stap ? l->volgende_stap : "onbekend");
	if (l->gebruikt == 1)
		return fail(req, ERR_CONFLICT, "Op deze gemiste oproep rust al een overtreding");
	if (o->stap != NUMBER_NONE && o->stap != step_now)
		return fail_param(req, "stap", "ladder",
			"De ladder van de brede intake is bij lid %d", (int)step_now);
	o->stap = step_now;
	o->signaal_id = l->id;
	o->zienswijze_voor = term_weeks(o->datum_constatering, ZIENSWIJZE_WEKEN);
	return OK;
}

enum status overtreding_vaststellen(struct req *req)
{
	struct overtreding *o = req->in;
	struct ladder ladder;
	struct persoon p;

	TRY(store_persoon(req, &p, &ladder));
	TRY(check_facts(req, o, &p));
	if (o->artikel == ARTIKEL_22)
		TRY(check_ladder(req, &ladder, o));
	o->verjaart_op = terms(o, DATE_NONE).vervalt_op;
	if (date_compare(req->today, o->verjaart_op) >= 0)
		return fail(req, ERR_CONFLICT,
			"De bevoegdheid om een boete op te leggen is vervallen (Awb art. 5:45)");
	TRY(store_overtreding_toevoegen(req, &p, o));
	return reply_created(req, &overtreding_resource, o);
}

/* ---- reading ---- */

enum status overtredingen_tonen(struct req *req)
{
	struct list rows;

	TRY(store_lijst(req, Q_OVERTREDINGEN, &overtreding_resource, &rows));
	return reply_list(req, &overtreding_resource, &rows);
}

enum status overtreding_tonen(struct req *req)
{
	struct zaak z;

	TRY(store_zaak(req, &z));
	return reply_one(req, &overtreding_resource, &z.o);
}

enum status signalen_tonen(struct req *req)
{
	struct list rows;

	TRY(store_lijst(req, Q_SIGNALEN, &signaal_resource, &rows));
	return reply_list(req, &signaal_resource, &rows);
}

enum status boetes_tonen(struct req *req)
{
	struct list rows;

	TRY(store_lijst(req, Q_BOETES, &boete_resource, &rows));
	return reply_list(req, &boete_resource, &rows);
}
