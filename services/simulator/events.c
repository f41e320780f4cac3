/* SPDX-License-Identifier: EUPL-1.2 */
#include "events.h"

#include <string.h>

#include "brp_person.h"
#include "control.h"
#include "messages.h"
#include "simulator_queries.h"

#define TERM_MONTHS 36
#define EXTENSION_MONTHS 6
#define EXEMPTION_MONTHS 12
#define RACES_MAX 20
#define FINE 340 /* euros, for a PVT or MAP not done in the term: Besluit art. 7.2 lid 1 */

static const char *const parts[] = { "KNM", "LE", "LU", "SC", "SP", NULL };
static const char *const exam_levels[] = { "A2", "B1", "B2", NULL };
static const char *const exam_results[] = { "Geslaagd", "Gezakt", "Geen", NULL };
static const char *const no_result[] = { "Verwijtbaar", "Nietverwijtbaar", "Afgemeld", "Absent",
	NULL };
static const char *const lbt_results[] = { "B1-route haalbaar", "B1-route niet haalbaar",
	"Onbekend", NULL };

static const struct field occurrence_fields[] = {
	FIELD_RANGE(struct occurrence, bsn, F_TEXT, REQUIRED, 9, 9, "BSN"),
	FIELD_RANGE(struct occurrence, gebeurtenis_id, F_TEXT, REQUIRED, 1, 6,
		"Code, zoals SS139; COA en BOETE gebeuren zonder notificatie"),
	FIELD(struct occurrence, datum, F_DATE, OPTIONAL, "Dag waarop het gebeurt"),
	FIELD_RANGE(struct occurrence, na_seconden, F_INT, OPTIONAL, 0, 86400,
		"Hoelang DUO met de notificatie wacht"),
	FIELD(struct occurrence, los, F_BOOL, OPTIONAL, "Latere notificaties wachten niet hierop"),
	FIELD(struct occurrence, stil, F_BOOL, OPTIONAL, "Zonder notificatie"),
	FIELD_RANGE(struct occurrence, gemeentecode, F_TEXT, OPTIONAL, 4, 4,
		"Gemeente van wie DUO nog niet kent; bij COA de gekoppelde gemeente"),
	FIELD_ENUM(struct occurrence, doelgroep, doelgroepen, OPTIONAL,
		"Doelgroep van wie DUO nog niet kent"),
	FIELD(struct occurrence, startdatum, F_DATE, OPTIONAL, "Begin van termijn of vrijstelling"),
	FIELD(struct occurrence, einddatum, F_DATE, OPTIONAL, "Einde van termijn of vrijstelling"),
	FIELD_RANGE(
		struct occurrence, maanden, F_INT, OPTIONAL, 1, 60, "Maanden van een verlenging"),
	FIELD_RANGE(
		struct occurrence, grond, F_TEXT, OPTIONAL, 1, 10, "Code van de verlengingsgrond"),
	FIELD_RANGE(struct occurrence, reden, F_TEXT, OPTIONAL, 1, 60,
		"Reden of grond van vrijstelling, ontheffing of einde van de plicht"),
	FIELD_ENUM(struct occurrence, onderdeel, parts, OPTIONAL, "Examenonderdeel"),
	FIELD_ENUM(struct occurrence, niveau, exam_levels, OPTIONAL, "Niveau van het examen"),
	FIELD_ENUM(
		struct occurrence, resultaat, exam_results, OPTIONAL, "Resultaat van het examen"),
	FIELD_ENUM(struct occurrence, reden_geen_resultaat, no_result, OPTIONAL,
		"Waarom er geen resultaat is"),
	FIELD_ENUM(struct occurrence, uitslag, lbt_results, OPTIONAL,
		"Uitslag van de leerbaarheidstoets"),
	FIELD_RANGE(struct occurrence, behaalde_score, F_TEXT, OPTIONAL, 4, 6, "Score, als 33,50"),
	FIELD_RANGE(struct occurrence, benodigde_score, F_TEXT, OPTIONAL, 4, 6, "Score, als 28,00"),
	FIELD_RANGE(struct occurrence, uren_belastbaarheid, F_INT, OPTIONAL, 0, 9999,
		"Hoogste aantal uren participatie bij een ontheffing"),
	FIELD_RANGE(struct occurrence, bedrag, F_INT, OPTIONAL, 1, 9999, "Boete in hele euro"),
	FIELD_END,
};

const struct resource occurrence_resource = { "Voorval", sizeof(struct occurrence),
	occurrence_fields, "" };

static const struct field move_fields[] = {
	FIELD_RANGE(struct move, bsn, F_TEXT, REQUIRED, 9, 9, "BSN"),
	FIELD_RANGE(
		struct move, naar, F_TEXT, OPTIONAL, 4, 4, "Nieuwe gemeente; zonder: buitenland"),
	FIELD(struct move, datum, F_DATE, OPTIONAL, "Dag van vestiging"),
	FIELD_RANGE(struct move, na_seconden, F_INT, OPTIONAL, 0, 86400,
		"Hoelang DUO met de notificaties wacht"),
	FIELD_END,
};

const struct resource move_resource = { "Verhuizing", sizeof(struct move), move_fields, "" };

/* ---- what an event changes ---- */

typedef void effect(struct person *p, const struct occurrence *o);

static void set_if(json_t *o, const char *name, const char *text)
{
	if (text)
		json_object_set_new(o, name, json_string(text));
}

static struct date day_or(struct date day, struct date otherwise)
{
	return date_is_set(day) ? day : otherwise;
}

static void obliged(struct person *p, const struct occurrence *o)
{
	struct date begin = person_date(p, "inburgeringsplicht", "begindatum");
	struct date told =
		person_date(p, "inburgeringsplicht", "datumKennisgevingInburgeringsplicht");

	person_set_plicht(p,
		json_pack("{sb so so}", "indicatorInburgeringsplicht", 1, "begindatum",
			json_of_date(day_or(begin, o->datum)),
			"datumKennisgevingInburgeringsplicht",
			json_of_date(day_or(told, o->datum))),
		o->datum);
}

static void obliged_here(struct person *p, const struct occurrence *o)
{
	obliged(p, o);
	if (p->coa == 1 && p->koppelgemeente)
		p->gemeentecode = p->koppelgemeente;
	p->coa = 0;
	p->vestiging = o->datum;
}

static void linked(struct person *p, const struct occurrence *o)
{
	p->coa = 1;
	p->koppelgemeente = o->gemeentecode ? o->gemeentecode : p->gemeentecode;
}

/* The plicht is over; `why` is DUO's word. */
static void not_obliged(struct person *p, const struct occurrence *o, const char *why)
{
	json_t *plicht = json_pack("{sb so ss}", "indicatorInburgeringsplicht", 0, "einddatum",
		json_of_date(o->datum), "redenGeenInburgeringsplicht", why);
	json_t *before = person_document(p, "inburgeringsplicht");

	set_if(plicht, "begindatum", json_string_value(json_object_get(before, "begindatum")));
	set_if(plicht, "datumKennisgevingInburgeringsplicht",
		json_string_value(json_object_get(before, "datumKennisgevingInburgeringsplicht")));
	person_set_plicht(p, plicht, o->datum);
}

static void fulfilled(struct person *p, const struct occurrence *o)
{
	not_obliged(p, o, "Inburgeringsplicht voldaan");
}

static void withdrawn(struct person *p, const struct occurrence *o)
{
	not_obliged(p, o, o->reden ? o->reden : "Verblijfsdoel gewijzigd");
}

static void died(struct person *p, const struct occurrence *o)
{
	not_obliged(p, o, "Overlijden");
	json_object_set_new(p->brp, "overlijden", json_pack("{so}", "datum", brp_date(o->datum)));
}

static void to_gezin(struct person *p, const struct occurrence *o)
{
	person_set_doelgroep(p, doelgroepen[1], o->datum);
}

static void to_asylum(struct person *p, const struct occurrence *o)
{
	person_set_doelgroep(p, doelgroepen[0], o->datum);
}

/* ---- term ---- */

static void term_started(struct person *p, const struct occurrence *o)
{
	json_t *pip = json_object_get(person_pip(p), "pip");
	struct date signed_on = day_or(json_date(pip, "dagtekeningPip"), o->datum);
	struct date start = day_or(o->startdatum, date_add_days(signed_on, 1));

	person_set_term(p, start, day_or(o->einddatum, date_add_months(start, TERM_MONTHS)),
		o->datum, NULL, NULL);
}

static void term_extended(struct person *p, const struct occurrence *o)
{
	struct date end = person_date(p, "inburgeringstermijn", "einddatum");
	int months = o->maanden == NUMBER_NONE ? EXTENSION_MONTHS : (int)o->maanden;
	const char *code = ground_text(o->grond) ? o->grond : "I";

	if (!date_is_set(end))
		term_started(p, o);
	end = person_date(p, "inburgeringstermijn", "einddatum");
	person_set_term(p, person_date(p, "inburgeringstermijn", "startdatum"),
		day_or(o->einddatum, date_add_months(end, months)), o->datum, code,
		ground_text(code));
}

/* The application that waits, or a new one, gets its judgement. */
static void judge_application(struct person *p, const struct occurrence *o, const char *judgement)
{
	json_t *list = person_list(p, "verlengingen"), *each, *found = NULL;
	size_t i;

	json_array_foreach(list, i, each)
	{
		const char *now = json_string_value(json_object_get(each, "beoordelingAanvraag"));

		if (now && strcmp(now, "InBehandeling") == 0)
			found = each;
	}
	if (!found) {
		found = json_pack("{so}", "ontvangstdatum", json_of_date(o->datum));
		json_array_append_new(list, found);
	}
	json_object_set_new(found, "beoordelingAanvraag", json_string(judgement));
	if (strcmp(judgement, "InBehandeling") != 0)
		json_object_set_new(found, "datumBeoordeling", json_of_date(o->datum));
}

static void extension_asked(struct person *p, const struct occurrence *o)
{
	json_array_append_new(person_list(p, "verlengingen"),
		json_pack("{ss so}", "beoordelingAanvraag", "InBehandeling", "ontvangstdatum",
			json_of_date(o->datum)));
}

static void extension_granted(struct person *p, const struct occurrence *o)
{
	judge_application(p, o, "Toegekend");
	term_extended(p, o);
}

static void extension_refused(struct person *p, const struct occurrence *o)
{
	judge_application(p, o, "Afgewezen");
}

/* ---- exemptions and dispensations ---- */

/* Appends { kind: { oordeel, datumOordeel, name: why } } to the list; the inner object. */
static json_t *judged(struct person *p, const struct occurrence *o, const char *list,
	const char *kind, bool granted, const char *name, const char *why)
{
	json_t *inner = json_pack("{ss so ss}", "oordeel", granted ? "Toekenning" : "Afwijzing",
		"datumOordeel", json_of_date(o->datum), name, o->reden ? o->reden : why);

	json_array_append_new(person_list(p, list), json_pack("{so}", kind, inner));
	return inner;
}

static json_t *exemption(struct person *p, const struct occurrence *o, const char *kind,
	bool granted, const char *why)
{
	return judged(p, o, "vrijstellingen", kind, granted, "reden", why);
}

static void exempted(struct person *p, const struct occurrence *o)
{
	exemption(p, o, "GeheleVrijstelling", true, "DIP");
	not_obliged(p, o, "Volledige vrijstelling");
}

static void exempted_for_a_time(struct person *p, const struct occurrence *o)
{
	json_t *inner = exemption(p, o, "TijdelijkeVrijstelling", true, "INS");
	struct date start = day_or(o->startdatum, o->datum);

	json_object_set_new(inner, "startdatum", json_of_date(start));
	json_object_set_new(inner, "einddatum",
		json_of_date(day_or(o->einddatum, date_add_months(start, EXEMPTION_MONTHS))));
	not_obliged(p, o, "Tijdelijke vrijstelling");
}

static void full_exemption_refused(struct person *p, const struct occurrence *o)
{
	exemption(p, o, "GeheleVrijstelling", false, "AVI");
}

static void temporary_exemption_refused(struct person *p, const struct occurrence *o)
{
	exemption(p, o, "TijdelijkeVrijstelling", false, "INS");
}

static void partial_exemption(struct person *p, const struct occurrence *o, bool granted)
{
	json_t *inner = exemption(p, o, "GedeeltelijkeVrijstelling", granted, "GED");
	const char *part = enum_text(parts, o->onderdeel);

	/* an exemption is of a part of the language, at most of level B1 */
	set_if(inner, "examenonderdeel", part && strcmp(part, "KNM") != 0 ? part : "LE");
	set_if(inner, "examenniveau", o->niveau == 1 ? "A2" : "B1");
}

static void partial_exemption_refused(struct person *p, const struct occurrence *o)
{
	partial_exemption(p, o, false);
}

static void partial_exemption_granted(struct person *p, const struct occurrence *o)
{
	partial_exemption(p, o, true);
}

/* The temporary exemption ends today; the plicht is back. */
static void exemption_over(struct person *p, const struct occurrence *o)
{
	json_t *each;
	size_t i;

	json_array_foreach(person_document(p, "vrijstellingen"), i, each)
	{
		json_t *inner = json_object_get(each, "TijdelijkeVrijstelling");
		struct date end = json_date(inner, "einddatum");

		if (date_is_set(end) && date_compare(end, o->datum) > 0)
			json_object_set_new(inner, "einddatum", json_of_date(o->datum));
	}
	obliged(p, o);
}

static json_t *dispensation(
	struct person *p, const struct occurrence *o, const char *kind, bool granted)
{
	return judged(p, o, "ontheffingen", kind, granted, "grond", "MED");
}

static void dispensed(struct person *p, const struct occurrence *o)
{
	dispensation(p, o, "GeheleOntheffing", true);
	not_obliged(p, o, "Volledige ontheffing");
}

static void dispensation_refused(struct person *p, const struct occurrence *o)
{
	dispensation(p, o, "GeheleOntheffing", false);
}

static void dispensed_in_part(struct person *p, const struct occurrence *o)
{
	json_t *inner = dispensation(p, o, "GedeeltelijkeOntheffing", true);

	set_if(inner, "examenonderdeel", o->onderdeel ? parts[o->onderdeel - 1] : "SP");
	if (o->uren_belastbaarheid != NUMBER_NONE)
		json_object_set_new(inner, "urenBelastbaarheidParticipatieactiviteit",
			json_integer(o->uren_belastbaarheid));
}

/* ---- tests, exams, fines ---- */

static void lbt_registered(struct person *p, const struct occurrence *o)
{
	person_set(p, "lbt/examennummer", json_pack("{ss}", "examennummer", o->examennummer));
}

static void lbt_known(struct person *p, const struct occurrence *o)
{
	bool reached = o->uitslag <= 1;

	json_array_append_new(person_list(p, "lbt/resultaten"),
		json_pack("{ss ss ss so}", "resultaat",
			lbt_results[o->uitslag ? o->uitslag - 1 : 0], "behaaldeScore",
			o->behaalde_score ? o->behaalde_score
			: reached         ? "33,50"
					  : "14,00",
			"benodigdeScore", o->benodigde_score ? o->benodigde_score : "28,00",
			"datumAfname", json_of_date(o->datum)));
}

static void use_free_attempt(struct person *p, const char *part)
{
	json_t *each;
	size_t i;

	json_array_foreach(person_document(p, "examens/gratispogingen"), i, each)
	{
		json_t *left = json_object_get(each, "gratisPogingenTegoed");
		const char *of = json_string_value(json_object_get(each, "onderdeel"));

		if (of && strcmp(of, part) == 0 && json_integer_value(left) > 0)
			json_object_set_new(each, "gratisPogingenTegoed",
				json_integer(json_integer_value(left) - 1));
	}
}

static void exam_known(struct person *p, const struct occurrence *o)
{
	const char *part = parts[o->onderdeel ? o->onderdeel - 1 : 1];
	json_t *result = json_pack("{so ss ss}", "examendatum", json_of_date(o->datum), "resultaat",
		exam_results[o->resultaat ? o->resultaat - 1 : 0], "onderdeel", part);

	if (strcmp(part, "KNM") != 0)
		set_if(result, "niveau", exam_levels[o->niveau ? o->niveau - 1 : 1]);
	set_if(result, "redenGeenResultaat", enum_text(no_result, o->reden_geen_resultaat));
	json_array_append_new(person_list(p, "examens/resultaten"), result);
	use_free_attempt(p, part);
}

static void fined(struct person *p, const struct occurrence *o)
{
	json_int_t euros = o->bedrag == NUMBER_NONE ? FINE : o->bedrag;

	json_array_append_new(person_list(p, "boetes"),
		json_pack("{sI so}", "bedrag", euros, "datum", json_of_date(o->datum)));
}

/* ---- the table ---- */

static const struct gebeurtenis {
	const char *id;
	effect *happens; /* NULL: DUO only tells it */
	const char *text;
	bool silent; /* no notification */
} table[] = {
	{ "SS101", obliged, "Persoon is inburgeringsplichtig", false },
	{ "SS128", obliged,
		"Persoon is inburgeringsplichtig en bereikt binnen zes maanden de AOW-leeftijd",
		false },
	{ "SS139", obliged_here,
		"Persoon is inburgeringsplichtig en de termijn van tien weken voor het PIP is "
		"gestart",
		false },
	{ "SS129", exemption_over, "Tijdelijke vrijstelling ingetrokken, leerroute niet bekend",
		false },
	{ "SS130", exemption_over, "Tijdelijke vrijstelling ingetrokken, PIP bekend", false },
	{ "SS120", obliged_here, "Persoon heeft zich in de gemeente gevestigd zonder PIP", false },
	{ "SS121", obliged_here,
		"Persoon heeft zich in de gemeente gevestigd met een PIP van de vorige gemeente",
		false },
	{ "SS124", to_gezin, "Doelgroep gewijzigd van asiel naar gezin en overig", false },
	{ "SS125", to_asylum, "Doelgroep gewijzigd van gezin en overig naar asiel", false },
	{ "SS109", exempted_for_a_time, "Tijdelijke vrijstelling verleend", false },
	{ "SS110", withdrawn, "Inburgeringsplicht ingetrokken", false },
	{ "SS111", died, "Persoon is overleden", false },
	{ "SS106", fulfilled, "Inburgeringsplicht voldaan door het behalen van het diploma",
		false },
	{ "SS107", exempted, "Volledige vrijstelling verleend", false },
	{ "SS108", dispensed, "Volledige ontheffing verleend", false },
	{ "SS137", lbt_registered, "Persoon is aangemeld voor de leerbaarheidstoets", false },
	{ "SS131", lbt_known, "Resultaat van de leerbaarheidstoets bekend", false },
	{ "SS102", term_started, "Inburgeringstermijn gestart", false },
	{ "SS103", term_extended, "Inburgeringstermijn ambtshalve verlengd", false },
	{ "SS104", extension_granted, "Inburgeringstermijn op verzoek verlengd", false },
	{ "SS199", exam_known, "Examenresultaat bekend", false },
	{ "SS113", extension_refused, "Verlenging van de inburgeringstermijn afgewezen", false },
	{ "SS114", full_exemption_refused, "Volledige vrijstelling afgewezen", false },
	{ "SS115", temporary_exemption_refused, "Tijdelijke vrijstelling afgewezen", false },
	{ "SS116", partial_exemption_refused, "Gedeeltelijke vrijstelling afgewezen", false },
	{ "SS117", partial_exemption_granted, "Gedeeltelijke vrijstelling verleend", false },
	{ "SS118", dispensation_refused, "Ontheffing afgewezen", false },
	{ "SS119", dispensed_in_part, "Gedeeltelijke ontheffing verleend", false },
	{ "SS112", extension_asked, "Verlenging van de inburgeringstermijn aangevraagd", false },
	{ "SS122", NULL, "Persoon is vertrokken naar een andere gemeente", false },
	{ "SS123", NULL, "Persoon is vertrokken naar het buitenland", false },
	{ "SS126", NULL, "Tien weken voorbij zonder leerroute", false },
	{ "SS127", NULL, "Asielstatushouder met leerroute heeft nog geen aanbod", false },
	{ "SS132", NULL, "Cursuscontract komt niet overeen met het PIP", false },
	{ "SS133", NULL, "Cursuscontract komt niet overeen met het PIP", false },
	{ "SS135", NULL, "Cursuscontract komt niet overeen met het PIP", false },
	{ "SS136", NULL, "Cursuscontract komt niet overeen met het PIP", false },
	{ "SS140", NULL, "Advies gevraagd over bijzondere individuele omstandigheden", false },
	{ "SS141", NULL, "Tekst van het certificaat Z-route is klaar", false },
	{ "SS142", NULL, "Niet-vrijstellende opleiding is geëindigd", false },
	{ "COA", linked, "Persoon verblijft bij het COA en is gekoppeld aan een gemeente", true },
	{ "BOETE", fined, "Boete opgelegd", true },
};

static const struct gebeurtenis *find(const char *id)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (strcmp(table[i].id, id) == 0)
			return &table[i];
	return NULL;
}

void event_record(struct person *p, const char *id, struct date day)
{
	const struct gebeurtenis *g = find(id);

	json_array_append_new(person_list(p, "gebeurtenissen"),
		json_pack("{ss ss so}", "id", id, "omschrijving",
			g ? g->text : "Gebeurtenis zonder omschrijving", "datum",
			json_of_date(day)));
}

/* ---- control ---- */

/* A person and how DUO is set, for a change that the control API asks for. */
struct changing {
	struct person person;
	int64_t delay_ms;
	const char *examennummer;
};

static enum status load(struct req *req, const char *bsn, struct changing *c)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_PERSOON_LADEN, NULL, NULL);
	batch_bind(&b, op, "bsn", bsn);
	TRY(batch_run(&b));
	person_get(&b, op, &c->person);
	c->delay_ms = batch_int(&b, op, 0, "vertraging_ms");
	c->examennummer = batch_text(&b, op, 0, "examennummer");
	return OK;
}

static void say_when(struct changing *c, int64_t seconds)
{
	if (seconds != NUMBER_NONE)
		c->delay_ms = seconds * 1000;
}

/* Somebody DUO does not know yet, registered where the event says. */
static enum status register_person(struct req *req, const struct occurrence *o)
{
	struct sim_persoon person = { .bsn = o->bsn,
		.gemeentecode = o->gemeentecode,
		.v_nummer = NUMBER_NONE,
		.doelgroep = o->doelgroep ? o->doelgroep : 1,
		.coa = BOOL_NONE,
		.wi2021 = BOOL_NONE,
		.vestiging = o->datum };
	struct batch b;

	batch_init(&b, req);
	batch_bind_date(&b, persoon_toevoegen(&b, &person), "vandaag", o->datum);
	return batch_run(&b);
}

static enum status happen_once(struct req *req, struct occurrence *o, struct person *out)
{
	const struct gebeurtenis *g = find(o->gebeurtenis_id);
	struct changing c;
	struct batch b;

	TRY(load(req, o->bsn, &c));
	if (!c.person.id && o->gemeentecode) {
		TRY(register_person(req, o));
		TRY(load(req, o->bsn, &c));
	}
	if (!c.person.id)
		return fail(req, ERR_NOT_FOUND, "Deze persoon kent DUO niet");
	o->examennummer = c.examennummer;
	say_when(&c, o->na_seconden);
	if (g && g->happens)
		g->happens(&c.person, o);
	event_record(&c.person, o->gebeurtenis_id, o->datum);
	batch_init(&b, req);
	person_store(&b, &c.person);
	if (o->stil != 1 && !(g && g->silent))
		person_notify(&b, &c.person, NULL, o->gebeurtenis_id, c.delay_ms, o->los == 1);
	*out = c.person;
	return batch_run(&b);
}

enum status gebeurtenis_maken(struct req *req)
{
	struct occurrence *o = req->in;
	struct person p = { .id = NULL };
	enum status s;

	if (o->gebeurtenis_id[strspn(o->gebeurtenis_id, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")])
		return fail_param(req, "gebeurtenisId", "vorm", "Hoofdletters en cijfers");
	if (!bsn_is_valid(o->bsn))
		return fail_param(req, "bsn", "bsn", "Dit is geen geldig burgerservicenummer");
	o->datum = day_or(o->datum, req->today);
	s = happen_once(req, o, &p);
	for (int i = 0; s == ERR_CONFLICT && i < RACES_MAX; i++) {
		req->error = (struct error){ 0 };
		s = happen_once(req, o, &p);
	}
	return s == OK ? persoon_antwoorden(req, p.id) : s;
}

/* Hours of the gemeente that is left are known up to the day of the move. */
static void close_hours(struct person *p, const char *gemeente, struct date day)
{
	json_t *each;
	size_t i;

	json_array_foreach(person_document(p, "uren"), i, each)
	{
		const char *code = json_string_value(json_object_get(each, "gemeentecode"));

		if (code && strcmp(code, gemeente) == 0)
			json_object_set_new(each, "bekendTot", json_of_date(day));
	}
}

static void leave(struct batch *b, struct changing *c, const struct move *in)
{
	const char *from = person_gemeente(&c->person);
	const char *event = in->naar ? "SS122" : "SS123";

	if (!from || (in->naar && strcmp(from, in->naar) == 0))
		return;
	close_hours(&c->person, from, in->datum);
	event_record(&c->person, event, in->datum);
	person_notify(b, &c->person, from, event, c->delay_ms, false);
}

/* Who leaves the COA starts the ten weeks; others come with or without a PIP. */
static void arrive(struct batch *b, struct changing *c, const struct move *in)
{
	const char *event = c->person.coa == 1       ? "SS139"
			    : person_pip(&c->person) ? "SS121"
						     : "SS120";

	c->person.gemeentecode = in->naar;
	c->person.koppelgemeente = NULL;
	c->person.coa = 0;
	c->person.vestiging = in->datum;
	if (!in->naar)
		return;
	event_record(&c->person, event, in->datum);
	person_notify(b, &c->person, in->naar, event, c->delay_ms, false);
}

static enum status move_once(struct req *req, const struct move *in, struct person *out)
{
	struct changing c;
	struct batch b;

	TRY(load(req, in->bsn, &c));
	if (!c.person.id)
		return fail(req, ERR_NOT_FOUND, "Deze persoon kent DUO niet");
	say_when(&c, in->na_seconden);
	batch_init(&b, req);
	leave(&b, &c, in);
	arrive(&b, &c, in);
	person_store(&b, &c.person);
	*out = c.person;
	return batch_run(&b);
}

enum status verhuizing_maken(struct req *req)
{
	struct move *in = req->in;
	struct person p = { .id = NULL };
	enum status s;

	in->datum = day_or(in->datum, req->today);
	s = move_once(req, in, &p);
	for (int i = 0; s == ERR_CONFLICT && i < RACES_MAX; i++) {
		req->error = (struct error){ 0 };
		s = move_once(req, in, &p);
	}
	return s == OK ? persoon_antwoorden(req, p.id) : s;
}
