/* SPDX-License-Identifier: EUPL-1.2 */
#include "handlers.h"

#include <assert.h>
#include <string.h>

#include "enforcement_queries.h"
#include "rules/boete.h"
#include "rules/enforcement.h"
#include "rules/term.h"
#include "store.h"

/* ---- bodies: members of struct overtreding that a move asks for ---- */

#define BODY(name_, title_, doc_)                                                                  \
	const struct resource name_##_in = { title_, sizeof(struct overtreding), name_##_fields,   \
		doc_ }

static const struct field rapport_fields[] = {
	FIELD(struct overtreding, rapport_datum, F_DATE, REQUIRED, "Dag van het rapport"),
	FIELD_RANGE(struct overtreding, rapport, F_TEXT, REQUIRED, 1, 20000, "Het rapport"),
	FIELD(struct overtreding, zienswijze_voor, F_DATE, OPTIONAL,
		"Laatste dag voor de zienswijze; zonder: volgens het beleid, na het rapport"),
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
	FIELD(struct overtreding, gewaarschuwd_op, F_DATE, OPTIONAL,
		"Dag van de waarschuwing, als het beleid die vraagt"),
	FIELD(struct overtreding, hulp_aangeboden_op, F_DATE, OPTIONAL,
		"Dag waarop hulp is aangeboden, als het beleid die vraagt"),
	FIELD(struct overtreding, aanhoudende_onwil, F_BOOL, OPTIONAL,
		"Of aanhoudende onwil is bewezen"),
	FIELD_RANGE(struct overtreding, reden, F_TEXT, OPTIONAL, 1, 4000, "Toelichting"),
	FIELD_END,
};
BODY(voorstel, "Voorstel", "Het voorstel; het bedrag volgt uit de wet");

static const struct field tweede_lezing_fields[] = {
	FIELD(struct overtreding, tweede_lezing_akkoord, F_BOOL, REQUIRED,
		"Of u het voorstel steunt"),
	FIELD_RANGE(struct overtreding, tweede_lezing, F_TEXT, REQUIRED, 1, 4000,
		"Wat u van het voorstel vindt"),
	FIELD_END,
};
BODY(tweede_lezing, "TweedeLezing", "Wat een tweede lezer van het voorstel vindt");

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

/* ---- what the law decides, with the facts of the case ---- */

/* An empty question to the law, for today. */
static void *question(struct req *req, const struct rule *rule)
{
	void *io = arena_alloc(req->arena, rule->size);

	rule_init(rule, io, req->today);
	return io;
}

/* The change that is made of the case rests on this decision. */
static void rest_on(struct zaak *z, const struct rule *rule, const void *io)
{
	assert(z->oordeel_count < OORDELEN_MAX);
	z->oordelen[z->oordeel_count++] = (struct oordeel){ rule, io };
}

static int law_article_of(const struct overtreding *o)
{
	return o->artikel == ARTIKEL_22 ? BESLUIT_22 : BESLUIT_23;
}

static struct besluit_termijnen terms(struct req *req, struct zaak *z, struct date made_known)
{
	struct besluit_io *io = question(req, &rule_besluit_termijnen);

	io->in.artikel = law_article_of(&z->o);
	io->in.datum_overtreding = z->o.datum_overtreding;
	io->in.datum_rapport = z->o.rapport_datum;
	io->in.datum_bekendmaking = made_known;
	rule_decide(&rule_besluit_termijnen, req->arena, io);
	rest_on(z, &rule_besluit_termijnen, io);
	return io->out;
}

/* Last day for the zienswijze, counted from `day`. */
static struct date hearing_term(struct req *req, struct zaak *z, struct date day)
{
	struct zienswijze_io *io = question(req, &rule_zienswijze_termijn);

	io->in.artikel = law_article_of(&z->o);
	io->in.datum_uitnodiging = day;
	io->in.weken = z->persoon.beleid.handhaving.zienswijze_weken;
	rule_decide(&rule_zienswijze_termijn, req->arena, io);
	rest_on(z, &rule_zienswijze_termijn, io);
	return io->out.uiterlijk;
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
				     : hearing_term(req, z, in->rapport_datum);
	o->beslissen_voor = terms(req, z, DATE_NONE).beslissen_voor;
	return OK;
}

static enum status guard_zienswijze(
	struct req *req, const struct zaak *z, const struct overtreding *in)
{
	struct date from =
		date_is_set(z->o.rapport_datum) ? z->o.rapport_datum : z->o.datum_constatering;
	char words[DATE_WORDS];

	if (z->o.status == GECONSTATEERD && z->o.artikel != ARTIKEL_22)
		return fail(req, ERR_CONFLICT,
			"Bij artikel 23 is eerst een rapport verplicht (Awb art. 5:48 en 5:53)");
	if (!in->zienswijze && date_compare(req->today, z->o.zienswijze_voor) <= 0)
		return fail(req, ERR_CONFLICT,
			"De inburgeraar kan nog tot en met %s een zienswijze geven (Awb art. 4:8, "
			"5:53)",
			date_in_words(z->o.zienswijze_voor, words));
	return check_day(req, "zienswijzeOp", or_today(req, in->zienswijze_op), from);
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
	struct boete_22_io *io = question(req, &rule_boete_22);
	struct overtreding *o = &z->o;

	io->stap = o->stap == 1 ? 1 : 2;
	io->in.verwijtbaar = o->verwijtbaarheid == GEEN_VERWIJT ? NEE : JA;
	io->in.termijn_soort = TERMIJN_EERSTE;
	io->in.reeds_opgelegd = imposed_before(z);
	beleid_boete_22(&z->persoon.beleid, &io->in);
	rule_decide(&rule_boete_22, req->arena, io);
	if (io->out.opleggen != JA)
		return refuse_fine(req, &io->out.basis);
	rest_on(z, &rule_boete_22, io);
	o->vereist = NULL;
	o->bedrag = o->basisbedrag = io->out.bedrag;
	o->trede = NUMBER_NONE;
	o->percentage = NUMBER_NONE;
	o->grondslag = rule_articles(req->arena, &io->out.basis);
	o->uitleg = io->base.uitleg;
	return OK;
}

/* The earlier ones of art. 23, as the law asks for them. */
static struct list earlier_of_23(struct req *req, const struct zaak *z)
{
	struct eerdere_overtreding *earlier =
		arena_alloc(req->arena, z->eerdere_count * sizeof(*earlier));
	size_t n = 0;

	for (size_t i = 0; i < z->eerdere_count; i++) {
		if (z->eerdere[i].artikel == ARTIKEL_23)
			earlier[n++] =
				(struct eerdere_overtreding){ z->eerdere[i].datum_constatering,
					z->eerdere[i].onherroepelijk_op };
	}
	return (struct list){ earlier, n };
}

static json_t *demands(struct req *req, const struct boete_23 *b)
{
	json_t *list = arena_json(req->arena, json_array());

	for (int i = 0; i < b->vereist_count; i++)
		json_array_append_new(list, json_string(b->vereist[i]));
	return list;
}

static bool is_demanded(const struct overtreding *o, const char *what)
{
	json_t *each;
	size_t i;

	json_array_foreach(o->vereist, i, each)
	{
		if (same(json_string_value(each), what))
			return true;
	}
	return false;
}

static enum status propose_23(struct req *req, struct zaak *z)
{
	struct boete_23_io *io = question(req, &rule_boete_23);
	struct overtreding *o = &z->o;

	io->in.doelgroep = z->persoon.doelgroep;
	io->in.gedraging = o->gedraging;
	io->in.verwijtbaarheid = o->verwijtbaarheid;
	io->in.datum_constatering = o->datum_constatering;
	io->in.termijn_soort = TERMIJN_EERSTE;
	io->in.reeds_opgelegd = imposed_before(z);
	io->in.bijstand_verlaagd = o->bijstand_verlaagd;
	io->in.aanhoudende_onwil = o->aanhoudende_onwil;
	io->in.gewaarschuwd_op = o->gewaarschuwd_op;
	beleid_boete_23(&z->persoon.beleid, &io->in);
	io->eerdere = earlier_of_23(req, z);
	rule_decide(&rule_boete_23, req->arena, io);
	if (io->out.opleggen != JA)
		return refuse_fine(req, &io->out.basis);
	rest_on(z, &rule_boete_23, io);
	o->vereist = demands(req, &io->out);
	o->bedrag = io->out.bedrag;
	o->basisbedrag = io->out.basisbedrag;
	o->trede = io->out.trede;
	o->percentage = io->out.percentage;
	o->grondslag = rule_articles(req->arena, &io->out.basis);
	o->uitleg = io->base.uitleg;
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
	if (date_is_set(in->gewaarschuwd_op)) {
		TRY(check_day(req, "gewaarschuwdOp", in->gewaarschuwd_op, DATE_NONE));
		o->gewaarschuwd_op = in->gewaarschuwd_op;
	}
	if (date_is_set(in->hulp_aangeboden_op)) {
		TRY(check_day(req, "hulpAangebodenOp", in->hulp_aangeboden_op, DATE_NONE));
		o->hulp_aangeboden_op = in->hulp_aangeboden_op;
	}
	TRY(o->artikel == ARTIKEL_22 ? propose_22(req, z) : propose_23(req, z));
	if (is_demanded(o, "hulp-aangeboden") && !date_is_set(o->hulp_aangeboden_op))
		return fail_param(req, "hulpAangebodenOp", "verplicht",
			"Het beleid van de gemeente vraagt eerst een aanbod van hulp");
	o->reden = in->reden;
	o->voorsteller_id = req->session.medewerker;
	o->voorstel_datum = req->today;
	/* what was read is another proposal */
	o->tweede_lezer_id = o->tweede_lezing = NULL;
	o->tweede_lezing_op = DATE_NONE;
	o->tweede_lezing_akkoord = BOOL_NONE;
	return OK;
}

static bool prepared_it(const struct req *req, const struct overtreding *o)
{
	return same(req->session.medewerker, o->rapporteur_id) ||
	       same(req->session.medewerker, o->voorsteller_id);
}

static enum status guard_tweede_lezing(
	struct req *req, const struct zaak *z, const struct overtreding *in)
{
	(void)in;
	if (prepared_it(req, &z->o))
		return fail(req, ERR_FORBIDDEN,
			"De tweede lezer is een ander dan wie het rapport opmaakte of de boete "
			"voorstelde");
	return OK;
}

static enum status apply_tweede_lezing(
	struct req *req, struct zaak *z, const struct overtreding *in)
{
	z->o.tweede_lezer_id = req->session.medewerker;
	z->o.tweede_lezing_op = req->today;
	z->o.tweede_lezing = in->tweede_lezing;
	z->o.tweede_lezing_akkoord = in->tweede_lezing_akkoord;
	return OK;
}

/* Policy of the gemeente on asielstatushouders (HvJEU C-158/23). */
static enum status check_second_reader(struct req *req, const struct overtreding *o)
{
	if (same(req->session.medewerker, o->tweede_lezer_id))
		return fail(req, ERR_FORBIDDEN,
			"Wie het voorstel meelas mag niet beslissen (beleid van de gemeente)");
	if (is_demanded(o, "tweede-lezer") && o->tweede_lezing_akkoord != JA)
		return fail(req, ERR_CONFLICT,
			"Bij een asielstatushouder is eerst een tweede lezer nodig die het "
			"voorstel steunt (HvJEU C-158/23, beleid van de gemeente)");
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
	TRY(check_second_reader(req, &z->o));
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

static enum boete_artikel fine_article(const struct overtreding *o)
{
	if (o->artikel == ARTIKEL_23)
		return BOETE_23;
	return o->stap == 1 ? BOETE_22_1 : BOETE_22_3;
}

static const char *code_of(const char *reason)
{
	if (same(reason, "hoort-niet"))
		return "onverwacht";
	return same(reason, "ontbreekt") ? "verplicht" : "bereik";
}

/* Wi art. 22 lid 2: only fine 1 gives a new term. */
static enum status set_new_term(struct req *req, struct zaak *z, const struct overtreding *in)
{
	struct nieuwe_termijn_toets_io *io = question(req, &rule_nieuwe_termijn_toets);

	io->in.artikel = (int)fine_article(&z->o);
	io->in.datum_bekendmaking = in->bekendmaking_datum;
	io->in.termijn = in->nieuwe_termijn_uiterlijk;
	rule_decide(&rule_nieuwe_termijn_toets, req->arena, io);
	if (io->out.toegestaan != JA)
		return fail_param(req, "nieuweTermijnUiterlijk", code_of(io->out.reden), "%s",
			io->base.uitleg);
	if (date_is_set(in->nieuwe_termijn_uiterlijk))
		rest_on(z, &rule_nieuwe_termijn_toets, io);
	z->o.nieuwe_termijn_uiterlijk = in->nieuwe_termijn_uiterlijk;
	return OK;
}

static enum status guard_bekendmaking(
	struct req *req, const struct zaak *z, const struct overtreding *in)
{
	return check_day(req, "bekendmakingDatum", in->bekendmaking_datum, z->o.besluit_datum);
}

static enum status apply_bekendmaking(struct req *req, struct zaak *z, const struct overtreding *in)
{
	TRY(set_new_term(req, z, in));
	z->o.bekendmaking_datum = in->bekendmaking_datum;
	z->o.bezwaar_tot = terms(req, z, in->bekendmaking_datum).bezwaar_tot;
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
	o->beroep_tot = terms(req, z, o->bezwaar_beslist_op).bezwaar_tot;
	return OK;
}

static enum status apply_herroeping(struct req *req, struct zaak *z, const struct overtreding *in)
{
	TRY(apply_beslissing(req, z, in));
	z->o.seponering_datum = z->o.bezwaar_beslist_op;
	z->o.seponering_reden = "Het besluit is op bezwaar herroepen";
	return OK;
}

static enum status apply_onherroepelijk(
	struct req *req, struct zaak *z, const struct overtreding *in)
{
	struct onherroepelijk_io *io = question(req, &rule_onherroepelijk);
	char words[DATE_WORDS];

	(void)in;
	io->in.datum_bekendmaking = z->o.bekendmaking_datum;
	io->in.bezwaar_ingediend_op = z->o.bezwaar_ingediend_op;
	io->in.bezwaar_beslist_op = z->o.bezwaar_beslist_op;
	io->in.vandaag = req->today;
	rule_decide(&rule_onherroepelijk, req->arena, io);
	if (!date_is_set(io->out.laatste_dag))
		return fail(req, ERR_CONFLICT, "Op het bezwaar is nog niet beslist");
	if (io->out.onherroepelijk != JA)
		return fail(req, ERR_CONFLICT, "%s kan nog tot en met %s (Awb art. 6:7)",
			z->o.status == BEZWAAR ? "Beroep instellen" : "Bezwaar maken",
			date_in_words(io->out.laatste_dag, words));
	rest_on(z, &rule_onherroepelijk, io);
	z->o.onherroepelijk_op = io->out.op;
	return OK;
}

static enum status apply_seponering(struct req *req, struct zaak *z, const struct overtreding *in)
{
	z->o.seponering_datum = req->today;
	z->o.seponering_reden = in->seponering_reden;
	return OK;
}

/* ---- the moves of the law, and what each demands, writes and tells ---- */

static const struct step {
	const char *name; /* as the caller knows it: the last part of the path */
	/* demands; NULL: nothing */
	enum status (*guard)(struct req *, const struct zaak *, const struct overtreding *);
	enum status (*apply)(struct req *, struct zaak *, const struct overtreding *);
	const char *tells; /* event, of a fine that was made known */
} steps[] = {
	[ZET_RAPPORT] = { "rapport", guard_rapport, apply_rapport, NULL },
	[ZET_ZIENSWIJZE] = { "zienswijze", guard_zienswijze, apply_zienswijze, NULL },
	[ZET_VOORSTEL] = { "voorstel", NULL, apply_voorstel, NULL },
	[ZET_TWEEDE_LEZING] = { "tweede-lezing", guard_tweede_lezing, apply_tweede_lezing, NULL },
	[ZET_BESLUIT] = { "besluit", guard_besluit, apply_besluit, NULL },
	[ZET_BEKENDMAKING] = { "bekendmaking", guard_bekendmaking, apply_bekendmaking,
		"boete-opgelegd" },
	[ZET_BEZWAAR] = { "bezwaar", guard_bezwaar, apply_bezwaar, NULL },
	[ZET_ONGEGROND] = { "bezwaar", guard_beslissing, apply_beslissing, NULL },
	[ZET_HERROEPING] = { "bezwaar", guard_beslissing, apply_herroeping, "boete-ingetrokken" },
	[ZET_ONHERROEPELIJK] = { "onherroepelijk", NULL, apply_onherroepelijk,
		"boete-onherroepelijk" },
	[ZET_SEPONERING] = { "seponering", NULL, apply_seponering, "boete-ingetrokken" },
};
_Static_assert(sizeof(steps) / sizeof(*steps) == ZET_SEPONERING + 1, "every event of the law");

static enum status refuse_move(struct req *req, const struct overtreding *o, enum zet event)
{
	const struct law_machine *m = &machine_enforcement;
	const char *last = NULL;
	struct buffer can;

	buffer_init(&can, req->arena);
	for (int i = 0; i < m->count; i++) {
		const char *name = steps[m->moves[i].event].name;

		if (m->moves[i].from != o->status || same(name, last))
			continue;
		buffer_printf(&can, "%s%s", can.len ? ", " : "", name);
		last = name;
	}
	return fail(req, ERR_CONFLICT, "De zaak is %s; dan kan er geen %s. Wat wel kan: %s.",
		enum_text(overtreding_status_values, o->status), steps[event].name,
		can.len ? can.data : "niets meer");
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
	const struct step *step = &steps[event];
	const struct law_move *move;
	bool known;
	struct zaak z;

	TRY(store_zaak(req, &z));
	if (z.o.versie != req->if_match)
		return fail(
			req, ERR_CHANGED, "Haal de overtreding opnieuw op en probeer het nog eens");
	move = law_move_find(&machine_enforcement, z.o.status, (int)event, NULL, NULL);
	if (!move)
		return refuse_move(req, &z.o, event);
	if (!req_has_role(req, move->who == WIE_BESLIST ? SCOPE_BESLISSEN : SCOPE_VOORBEREIDEN))
		return fail(req, ERR_FORBIDDEN, "Dit is aan een handhaver of teamleider (%s)",
			move->basis);
	if (step->guard)
		TRY(step->guard(req, &z, req->in));
	TRY(step->apply(req, &z, req->in));
	z.o.status = move->to;
	known = date_is_set(z.o.bekendmaking_datum);
	TRY(store_zaak_bijwerken(
		req, &z, known ? step->tells : NULL, known && step->tells ? told(&z.o) : NULL));
	return reply_one(req, &overtreding_resource, &z.o);
}

enum status rapport(struct req *req)
{
	return step(req, ZET_RAPPORT);
}

enum status zienswijze(struct req *req)
{
	return step(req, ZET_ZIENSWIJZE);
}

enum status voorstel(struct req *req)
{
	return step(req, ZET_VOORSTEL);
}

enum status tweede_lezing(struct req *req)
{
	return step(req, ZET_TWEEDE_LEZING);
}

enum status besluit(struct req *req)
{
	return step(req, ZET_BESLUIT);
}

enum status bekendmaking(struct req *req)
{
	return step(req, ZET_BEKENDMAKING);
}

enum status bezwaar(struct req *req)
{
	const struct overtreding *in = req->in;

	if (in->bezwaar_uitkomst)
		return step(
			req, in->bezwaar_uitkomst == HERROEPEN ? ZET_HERROEPING : ZET_ONGEGROND);
	if (date_is_set(in->bezwaar_beslist_op))
		return fail_param(
			req, "bezwaarUitkomst", "verplicht", "Hoe is op het bezwaar beslist");
	return step(req, ZET_BEZWAAR);
}

enum status onherroepelijk(struct req *req)
{
	return step(req, ZET_ONHERROEPELIJK);
}

enum status seponering(struct req *req)
{
	return step(req, ZET_SEPONERING);
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
static enum status check_ladder(struct req *req, const struct ladder *l, struct zaak *z)
{
	struct overtreding *o = &z->o;
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
	o->zienswijze_voor = hearing_term(req, z, o->datum_constatering);
	return OK;
}

enum status overtreding_vaststellen(struct req *req)
{
	struct zaak z = { .o = *(const struct overtreding *)req->in };
	struct ladder ladder;

	TRY(store_persoon(req, &z.persoon, &ladder));
	TRY(check_facts(req, &z.o, &z.persoon));
	if (z.o.artikel == ARTIKEL_22)
		TRY(check_ladder(req, &ladder, &z));
	z.o.verjaart_op = terms(req, &z, DATE_NONE).vervalt_op;
	if (date_compare(req->today, z.o.verjaart_op) >= 0)
		return fail(req, ERR_CONFLICT,
			"De bevoegdheid om een boete op te leggen is vervallen (Awb art. 5:45)");
	TRY(store_overtreding_toevoegen(req, &z));
	return reply_created(req, &overtreding_resource, &z.o);
}

/* ---- reading ---- */

/* A page of `query`, a list of the person in the path. */
static enum status show_list(struct req *req, int query, const struct resource *r)
{
	struct list rows;

	TRY(db_list_of(req, Q_BESTAAT, "Inburgeraar", query, r, &rows));
	return reply_list(req, r, &rows);
}

enum status overtredingen_tonen(struct req *req)
{
	return show_list(req, Q_OVERTREDINGEN, &overtreding_resource);
}

enum status overtreding_tonen(struct req *req)
{
	struct zaak z;

	TRY(store_zaak(req, &z));
	return reply_one(req, &overtreding_resource, &z.o);
}

enum status signalen_tonen(struct req *req)
{
	return show_list(req, Q_SIGNALEN, &signaal_resource);
}

enum status boetes_tonen(struct req *req)
{
	return show_list(req, Q_BOETES, &boete_resource);
}

enum status ontvangen_boetes_tonen(struct req *req)
{
	return show_list(req, Q_ONTVANGEN_BOETES, &ontvangen_boete_resource);
}
