/* SPDX-License-Identifier: EUPL-1.2 */
#include "events.h"

#include <stdlib.h>
#include <string.h>

#include "duo_queries.h"

/* ---- what DUO answered ---- */

static size_t count_of(const struct notice *n, enum operation op)
{
	const struct list *list = n->answer[op];

	return list ? list->count : 0;
}

bool notice_is_told(const struct gebeurtenis_row *row, const struct notice *n)
{
	if (row->about == OP_ASK_COUNT)
		return true;
	return operations[row->about].is_list ? count_of(n, (enum operation)row->about) > 0
					      : n->answer[row->about] != NULL;
}

const char *notice_doelgroep(const struct notice *n)
{
	const struct duo_doelgroep *theirs = n->answer[OP_DOELGROEP];

	if (!theirs || !theirs->indeling)
		return n->doelgroep;
	return theirs->indeling == INDELING_ASIEL ? "asielstatushouder" : "gezinsmigrant-overig";
}

/* Why there is no plicht: DUO's words, ours for it, and the event of DUO that ends it; NULL:
 * nothing ends, it is suspended. */
static const struct einde {
	const char *reden, *wijze, *gebeurtenis;
} einden[] = {
	{ "Inburgeringsplicht voldaan", "voldaan", "SS106" },
	{ "Volledige vrijstelling", "vrijgesteld", "SS107" },
	{ "Volledige ontheffing", "ontheven", "SS108" },
	{ "Overlijden", "overleden", "SS111" },
	{ "Tijdelijke vrijstelling", "tijdelijk-vrijgesteld", NULL },
};

/* NULL: DUO gives no reason, or one that we do not know. */
static const struct einde *einde_find(const char *reden)
{
	for (size_t i = 0; reden && i < sizeof(einden) / sizeof(*einden); i++)
		if (strcmp(einden[i].reden, reden) == 0)
			return &einden[i];
	return NULL;
}

const char *plicht_gebeurtenis(const struct duo_plicht *plicht)
{
	const struct einde *einde = einde_find(plicht->reden_geen_inburgeringsplicht);

	return einde ? einde->gebeurtenis : NULL;
}

/* NULL while there is a plicht. */
static const char *wijze_of(const struct notice *n)
{
	const struct duo_plicht *plicht = n->answer[OP_PLICHT];
	const struct einde *einde;
	const char *reden;

	if (!plicht || plicht->indicator_inburgeringsplicht)
		return NULL;
	reden = plicht->reden_geen_inburgeringsplicht;
	einde = einde_find(reden);
	if (einde)
		return einde->wijze;
	return !reden && strcmp(n->gebeurtenis_id, "SS106") == 0 ? "voldaan" : "vervallen";
}

/* A temporary exemption suspends the plicht; it does not end it. */
static bool is_suspended(const char *wijze)
{
	return wijze && strcmp(wijze, "tijdelijk-vrijgesteld") == 0;
}

static bool always(const struct notice *n)
{
	(void)n;
	return true;
}

static bool has_no_plicht(const struct notice *n)
{
	return wijze_of(n) != NULL;
}

static bool has_plicht(const struct notice *n)
{
	return wijze_of(n) == NULL;
}

static bool has_pending_application(const struct notice *n)
{
	const struct list *list = n->answer[OP_VERLENGINGEN];
	const struct duo_verlenging *each = list ? list->items : NULL;

	for (size_t i = 0; i < count_of(n, OP_VERLENGINGEN); i++)
		if (each[i].beoordeling_aanvraag == VERLENGING_IN_BEHANDELING)
			return true;
	return false;
}

/* No result of the day that the person was registered for it, or later? */
static bool has_test_ahead(const struct notice *n)
{
	const struct list *list = n->answer[OP_LBT_RESULTATEN];
	const struct duo_lbt *each = list ? list->items : NULL;
	struct date from;

	if (!date_parse(n->datum, &from))
		return false;
	for (size_t i = 0; i < count_of(n, OP_LBT_RESULTATEN); i++)
		if (date_compare(each[i].datum_afname, from) >= 0)
			return false;
	return true;
}

/* ---- what it becomes ---- */

static void add_text(json_t *o, const char *name, const char *text)
{
	if (text)
		json_object_set_new(o, name, json_string(text));
}

static void add_date(json_t *o, const char *name, struct date day)
{
	char text[DATE_TEXT];

	if (date_is_set(day))
		json_object_set_new(o, name, json_string(date_format(day, text)));
}

static void add_number(json_t *o, const char *name, int64_t number)
{
	if (number != NUMBER_NONE)
		json_object_set_new(o, name, json_integer(number));
}

static void emit(struct batch *b, const struct notice *n, const char *type, json_t *data)
{
	event_add(b, type, n->gemeente, n->inburgeraar, n->id, data);
}

/* One event for each of DUO's rows; their order says nothing, and each is stored once. */
static void emit_each(struct batch *b, const struct notice *n, const char *type, json_t *list)
{
	char *dumped = json_dumps(list, JSON_COMPACT);
	int op = batch_add(b, Q_UITSLAGEN_MELDEN, NULL, NULL);

	batch_bind(b, op, "type", type);
	batch_bind(b, op, "dossier", n->inburgeraar);
	batch_bind(b, op, "notificatie", n->id);
	batch_bind(b, op, "lijst", dumped);
	batch_bind(b, op, "trace", b->req->trace_id);
	free(dumped);
	json_decref(list);
}

/* The person as DUO sees him or her, stored; intake takes it from duo.v_persoon. */
static void store_person(struct batch *b, const struct notice *n, const struct duo_plicht *plicht)
{
	int op = batch_add(b, Q_PERSOON_BIJWERKEN, NULL, NULL);

	batch_bind(b, op, "persoon", req_uuid(b->req));
	batch_bind(b, op, "dossier", n->inburgeraar);
	batch_bind(b, op, "bsn_enc", n->bsn_enc);
	batch_bind(b, op, "bsn_hash", n->bsn_hash);
	batch_bind(b, op, "v_nummer", n->v_nummer);
	batch_bind(b, op, "doelgroep", notice_doelgroep(n));
	batch_bind_date(b, op, "datum_kennisgeving", plicht->datum_kennisgeving_inburgeringsplicht);
	batch_bind_date(b, op, "begin_plicht", plicht->begindatum);
}

/* Of the doelgroep: who DUO says it is. */
static void tell_persoon(struct batch *b, const struct notice *n)
{
	const struct duo_plicht *plicht = n->answer[OP_PLICHT];
	json_t *data = json_pack("{ss ss ss ss}", "gebeurtenisId", n->gebeurtenis_id, "doelgroep",
		notice_doelgroep(n), "datum", n->datum, "geregistreerd", n->geregistreerd);
	char *dumped;
	int op;

	store_person(b, n, plicht);
	add_date(data, "datumKennisgeving", plicht->datum_kennisgeving_inburgeringsplicht);
	dumped = json_dumps(data, JSON_COMPACT);
	op = batch_add(b, Q_PERSOON_MELDEN, NULL, NULL);
	batch_bind(b, op, "data", dumped);
	batch_bind(b, op, "bsn_hash", n->bsn_hash);
	batch_bind(b, op, "trace", b->req->trace_id);
	free(dumped);
	json_decref(data);
}

static void tell_plicht(struct batch *b, const struct notice *n)
{
	const struct duo_plicht *plicht = n->answer[OP_PLICHT];
	const char *wijze = wijze_of(n);
	json_t *data;

	if (is_suspended(wijze))
		return; /* the exemption says from when until when */
	data = json_pack("{ss}", "gebeurtenisId", n->gebeurtenis_id);
	if (wijze) {
		add_text(data, "wijze", wijze);
		add_text(data, "reden", plicht->reden_geen_inburgeringsplicht);
		add_date(data, "datum", plicht->einddatum);
	}
	emit(b, n, wijze ? "plicht-beeindigd" : "plicht-geldt", data);
}

static void tell_termijn(struct batch *b, const struct notice *n)
{
	const struct duo_termijn *termijn = n->answer[OP_TERMIJN];
	json_t *data;

	if (!date_is_set(termijn->startdatum) || !date_is_set(termijn->einddatum))
		return;
	data = json_object();
	add_date(data, "begin", termijn->startdatum);
	add_date(data, "einde", termijn->einddatum);
	emit(b, n, "termijn-vastgesteld", data);
}

/* Our own PIP needs nobody to tell us. */
static void tell_pip(struct batch *b, const struct notice *n)
{
	const struct duo_pip_van_gemeente *theirs = n->answer[OP_PIP];
	const struct duo_pip *pip = &theirs->pip;
	json_t *data;

	if (strcmp(theirs->gemeentecode, n->gemeente) == 0)
		return;
	data = json_pack("{ss}", "gemeentecode", theirs->gemeentecode);
	add_date(data, "dagtekening", pip->dagtekening_pip);
	add_text(data, "leerroute", enum_text(duo_leerroutes, pip->leerroute));
	add_text(data, "niveau", enum_text(duo_niveaus, pip->niveau));
	add_number(data, "geschatteIntensiteitB1Route", pip->geschatte_intensiteit_b1_route);
	emit(b, n, "pip-elders", data);
}

static void tell_examennummer(struct batch *b, const struct notice *n)
{
	const struct duo_examennummer *theirs = n->answer[OP_LBT_EXAMENNUMMER];

	emit(b, n, "lbt-aangemeld", json_pack("{ss}", "examennummer", theirs->examennummer));
}

static void tell_lbt(struct batch *b, const struct notice *n)
{
	const struct list *theirs = n->answer[OP_LBT_RESULTATEN];
	const struct duo_lbt *each = theirs->items;
	json_t *list = json_array();

	for (size_t i = 0; i < theirs->count; i++) {
		json_t *data = json_object();

		add_text(data, "uitslag", enum_text(duo_lbt_resultaten, each[i].resultaat));
		add_text(data, "behaaldeScore", each[i].behaalde_score);
		add_text(data, "benodigdeScore", each[i].benodigde_score);
		add_date(data, "datumAfname", each[i].datum_afname);
		json_array_append_new(list, data);
	}
	emit_each(b, n, "lbt-uitslag", list);
}

static void tell_examens(struct batch *b, const struct notice *n)
{
	const struct list *theirs = n->answer[OP_EXAMENRESULTATEN];
	const struct duo_examen *each = theirs->items;
	json_t *list = json_array();

	for (size_t i = 0; i < theirs->count; i++) {
		json_t *data = json_object();

		add_text(data, "onderdeel", enum_text(duo_examenonderdelen, each[i].onderdeel));
		add_text(data, "niveau", enum_text(duo_examenniveaus, each[i].niveau));
		add_text(data, "resultaat", enum_text(duo_examenresultaten, each[i].resultaat));
		add_date(data, "datum", each[i].examendatum);
		json_array_append_new(list, data);
	}
	emit_each(b, n, "examenresultaat", list);
}

/* ---- judgements on exemption, dispensation, extension ---- */

static void add_beoordeling(
	json_t *list, const char *aard, const char *soort, const struct duo_beoordeling *j)
{
	json_t *data;

	if (!j->oordeel)
		return;
	data = json_pack("{ss ss ss}", "aard", aard, "soort", soort, "oordeel",
		j->oordeel == TOEKENNING ? "toegekend" : "afgewezen");
	add_text(data, "grond", j->reden ? j->reden : j->grond);
	add_date(data, "datum", j->datum_oordeel);
	add_date(data, "van", j->startdatum);
	add_date(data, "tot", j->einddatum);
	add_text(data, "onderdeel", j->examenonderdeel);
	add_text(data, "niveau", j->examenniveau);
	add_number(data, "participatieMaximum", j->uren_belastbaarheid_participatieactiviteit);
	json_array_append_new(list, data);
}

static void tell_vrijstellingen(struct batch *b, const struct notice *n)
{
	const struct list *theirs = n->answer[OP_VRIJSTELLINGEN];
	const struct duo_vrijstelling *each = theirs->items;
	json_t *list = json_array();

	for (size_t i = 0; i < theirs->count; i++) {
		add_beoordeling(list, "vrijstelling", "geheel", &each[i].geheel);
		add_beoordeling(list, "vrijstelling", "tijdelijk", &each[i].tijdelijk);
		add_beoordeling(list, "vrijstelling", "gedeeltelijk", &each[i].gedeeltelijk);
	}
	emit_each(b, n, "duo-beoordeling", list);
}

static void tell_ontheffingen(struct batch *b, const struct notice *n)
{
	const struct list *theirs = n->answer[OP_ONTHEFFINGEN];
	const struct duo_ontheffing *each = theirs->items;
	json_t *list = json_array();

	for (size_t i = 0; i < theirs->count; i++) {
		add_beoordeling(list, "ontheffing", "geheel", &each[i].geheel);
		add_beoordeling(list, "ontheffing", "gedeeltelijk", &each[i].gedeeltelijk);
	}
	emit_each(b, n, "duo-beoordeling", list);
}

static void tell_verlengingen(struct batch *b, const struct notice *n)
{
	static const char *const oordelen[] = { "toegekend", "afgewezen", "in-behandeling", NULL };
	const struct list *theirs = n->answer[OP_VERLENGINGEN];
	const struct duo_verlenging *each = theirs->items;
	json_t *list = json_array();

	for (size_t i = 0; i < theirs->count; i++) {
		json_t *data = json_pack("{ss ss}", "aard", "verlenging", "oordeel",
			enum_text(oordelen, each[i].beoordeling_aanvraag));

		add_date(data, "aangevraagd", each[i].ontvangstdatum);
		add_date(data, "datum", each[i].datum_beoordeling);
		json_array_append_new(list, data);
	}
	emit_each(b, n, "duo-beoordeling", list);
}

/* In this order: the person comes first. */
static const struct {
	enum operation op;
	void (*tell)(struct batch *b, const struct notice *n);
} feiten[] = {
	{ OP_PLICHT, tell_plicht },
	{ OP_TERMIJN, tell_termijn },
	{ OP_PIP, tell_pip },
	{ OP_LBT_EXAMENNUMMER, tell_examennummer },
	{ OP_LBT_RESULTATEN, tell_lbt },
	{ OP_EXAMENRESULTATEN, tell_examens },
	{ OP_VRIJSTELLINGEN, tell_vrijstellingen },
	{ OP_ONTHEFFINGEN, tell_ontheffingen },
	{ OP_VERLENGINGEN, tell_verlengingen },
};

static bool has_something(const struct notice *n, enum operation op)
{
	if (op == OP_PLICHT)
		return wijze_of(n) && !is_suspended(wijze_of(n)); /* a dossier begins with one */
	return operations[op].is_list ? count_of(n, op) > 0 : n->answer[op] != NULL;
}

static bool asks_attention(const struct gebeurtenis_row *row, const struct notice *n)
{
	return row->attention && row->attention(n);
}

/* Is there more than the person, which only a dossier can take? */
static bool has_more(const struct gebeurtenis_row *row, const struct notice *n)
{
	for (size_t i = 0; i < sizeof(feiten) / sizeof(*feiten); i++)
		if (has_something(n, feiten[i].op))
			return true;
	return asks_attention(row, n);
}

bool notice_tell(struct batch *b, const struct gebeurtenis_row *row, const struct notice *n)
{
	if (gebeurtenis_makes_dossier(row) && !n->dossier_gevraagd)
		tell_persoon(b, n);
	if (!n->inburgeraar)
		return !has_more(row, n);
	for (size_t i = 0; i < sizeof(feiten) / sizeof(*feiten); i++)
		if (n->answer[feiten[i].op])
			feiten[i].tell(b, n);
	if (asks_attention(row, n))
		emit(b, n, "duo-attentie",
			json_pack("{ss ss ss}", "gebeurtenisId", n->gebeurtenis_id, "datum",
				n->datum, "geregistreerd", n->geregistreerd));
	return true;
}

void emit_signaal(struct batch *b, const struct notice *n)
{
	const struct gebeurtenis_row *row = gebeurtenis_find(n->gebeurtenis_id);

	emit(b, n, "duo-signaal",
		json_pack("{ss ss ss}", "gebeurtenisId", n->gebeurtenis_id, "datum", n->datum,
			"omschrijving",
			row ? row->doc
			    : arena_printf(b->req->arena, "Onbekende gebeurtenis %s",
				      n->gebeurtenis_id)));
}

/* ---- the table ---- */

#define PLICHT ASKS(OP_PLICHT)
#define PERSON (PLICHT | ASKS(OP_DOELGROEP))
#define EXAMS ASKS(OP_EXAMENRESULTATEN)
#define TERM ASKS(OP_TERMIJN)
#define PIP ASKS(OP_PIP)
#define EXEMPTIONS ASKS(OP_VRIJSTELLINGEN)
#define DISPENSATIONS ASKS(OP_ONTHEFFINGEN)
#define EXTENSIONS ASKS(OP_VERLENGINGEN)
#define LBT (ASKS(OP_LBT_EXAMENNUMMER) | ASKS(OP_LBT_RESULTATEN))

static const struct gebeurtenis_row rows[] = {
	{ "SS101", PERSON | EXAMS, OP_PLICHT, NULL, "Inburgeringsplichtig" },
	{ "SS128", PERSON | EXAMS, OP_PLICHT, has_plicht,
		"Inburgeringsplichtig, binnen zes maanden AOW" },
	{ "SS139", PERSON | EXAMS, OP_PLICHT, NULL, "Inburgeringsplichtig, de tien weken lopen" },
	{ "SS129", PERSON | EXAMS | EXEMPTIONS, OP_PLICHT, has_plicht,
		"Tijdelijke vrijstelling ingetrokken, nog geen route" },
	{ "SS130", PERSON | TERM | PIP | EXAMS | EXEMPTIONS, OP_PLICHT, has_plicht,
		"Tijdelijke vrijstelling ingetrokken, PIP bekend" },
	{ "SS120", PERSON | EXAMS, OP_PLICHT, has_plicht, "Gevestigd zonder PIP" },
	{ "SS121", PERSON | EXAMS | TERM | PIP, OP_PLICHT, has_plicht,
		"Gevestigd met PIP van de vorige gemeente" },
	{ "SS124", PERSON, OP_PLICHT, always, "Doelgroep is nu gezinsmigrant of overig" },
	{ "SS125", PERSON, OP_PLICHT, always, "Doelgroep is nu asielstatushouder" },
	{ "SS109", PLICHT | EXEMPTIONS, OP_PLICHT, has_no_plicht,
		"Tijdelijke vrijstelling verleend" },
	{ "SS110", PLICHT, OP_PLICHT, has_no_plicht, "Inburgeringsplicht ingetrokken" },
	{ "SS111", PLICHT, OP_PLICHT, has_no_plicht, "Overleden" },
	{ "SS106", PLICHT, OP_PLICHT, has_no_plicht, "Voldaan aan de plicht met een diploma" },
	{ "SS107", PLICHT | EXEMPTIONS, OP_PLICHT, has_no_plicht, "Volledige vrijstelling" },
	{ "SS108", PLICHT | DISPENSATIONS, OP_PLICHT, has_no_plicht, "Volledige ontheffing" },
	{ "SS137", LBT, OP_LBT_EXAMENNUMMER, has_test_ahead,
		"Aangemeld voor de leerbaarheidstoets" },
	{ "SS131", LBT, OP_LBT_RESULTATEN, NULL, "Uitslag leerbaarheidstoets bekend" },
	{ "SS102", TERM, OP_TERMIJN, NULL, "Inburgeringstermijn begonnen" },
	{ "SS103", TERM, OP_TERMIJN, NULL, "Termijn ambtshalve verlengd" },
	{ "SS104", TERM | EXTENSIONS, OP_TERMIJN, always, "Termijn op verzoek verlengd" },
	{ "SS199", EXAMS, OP_EXAMENRESULTATEN, NULL, "Examenresultaat bekend" },
	{ "SS113", EXTENSIONS, OP_VERLENGINGEN, always, "Verlenging afgewezen" },
	{ "SS114", EXEMPTIONS, OP_VRIJSTELLINGEN, always, "Volledige vrijstelling afgewezen" },
	{ "SS115", EXEMPTIONS, OP_VRIJSTELLINGEN, always, "Tijdelijke vrijstelling afgewezen" },
	{ "SS116", EXEMPTIONS, OP_VRIJSTELLINGEN, always, "Gedeeltelijke vrijstelling afgewezen" },
	{ "SS117", EXEMPTIONS | EXAMS, OP_VRIJSTELLINGEN, always,
		"Gedeeltelijke vrijstelling verleend" },
	{ "SS118", DISPENSATIONS, OP_ONTHEFFINGEN, always, "Ontheffing afgewezen" },
	{ "SS119", DISPENSATIONS | EXAMS, OP_ONTHEFFINGEN, always,
		"Gedeeltelijke ontheffing verleend" },
	/* attention signals: announced by DUO, not live yet */
	{ "SS112", EXTENSIONS, OP_VERLENGINGEN, has_pending_application, "Verlenging aangevraagd" },
	{ "SS122", 0, OP_ASK_COUNT, always, "Vertrokken naar een andere gemeente" },
	{ "SS123", 0, OP_ASK_COUNT, always, "Vertrokken naar het buitenland" },
	{ "SS126", 0, OP_ASK_COUNT, always, "Tien weken voorbij zonder leerroute" },
	{ "SS127", 0, OP_ASK_COUNT, always, "Asielstatushouder met leerroute, nog geen aanbod" },
	{ "SS132", 0, OP_ASK_COUNT, always, "Cursuscontract past niet bij het PIP" },
	{ "SS133", 0, OP_ASK_COUNT, always, "Cursuscontract past niet bij het PIP" },
	{ "SS135", 0, OP_ASK_COUNT, always, "Cursuscontract past niet bij het PIP" },
	{ "SS136", 0, OP_ASK_COUNT, always, "Cursuscontract past niet bij het PIP" },
	{ "SS140", 0, OP_ASK_COUNT, always, "Advies gevraagd over bijzondere omstandigheden" },
	{ "SS141", 0, OP_ASK_COUNT, always, "Tekst van het certificaat Z-route klaar" },
	{ "SS142", 0, OP_ASK_COUNT, always, "Niet-vrijstellende opleiding beëindigd" },
};

bool gebeurtenis_makes_dossier(const struct gebeurtenis_row *row)
{
	return row->ask & ASKS(OP_DOELGROEP);
}

const struct gebeurtenis_row *gebeurtenis_find(const char *id)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(rows[i].id, id) == 0)
			return &rows[i];
	return NULL;
}

const struct gebeurtenis_row *gebeurtenis_at(size_t i)
{
	return i < sizeof(rows) / sizeof(*rows) ? &rows[i] : NULL;
}
