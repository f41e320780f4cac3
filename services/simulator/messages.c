/* SPDX-License-Identifier: EUPL-1.2 */
#include "messages.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "events.h"
#include "rules.h"
#include "simulator_queries.h"

#define TERM_MONTHS 36

const char *const routes[] = { "B", "O", "Z", NULL };
const char *const levels[] = { "A2", "B1", NULL };
const char *const literacies[] = { "A", "AA", "NVT", NULL };
const char *const yes_no[] = { "Ja", "Nee", NULL };

/* ---- what everybody gets ---- */

/* separator, number, name, postcode, house number, place, Blik op Werk, taalschakeltraject; the
 * first four are the schools of the synthetic caseload */
#define INSTITUTIONS(X)                                                                            \
	X("", "1000000001", "Taalhuis Delta", "1234AB", "1", "Waterstad", true, false)             \
	X(",", "1000000002", "Samen Leren", "2345BC", "12", "Lagedorp", true, false)               \
	X(",", "1000000003", "Mbo Hogeveld Taal", "3456CD", "100", "Hogeveld", true, true)         \
	X(",", "1000000004", "Nieuw Begin Taalschool", "1235AB", "7", "Waterstad", true, false)    \
	X(",", "1000000005", "Schakelcollege Zuid", "4567DE", "3", "Hogeveld", false, true)

#define INSTITUTION_JSON(separator, number, name, postcode, house, place, bow, tst)                \
	separator "{\"instellingsnummer\":\"" number "\",\"naam\":\"" name                         \
		  "\",\"postcode\":\"" postcode "\",\"huisnummer\":" house                         \
		  ",\"plaatsnaam\":\"" place "\",\"indicatieBowKeurmerk\":" #bow                   \
		  ",\"indicatieTstKeurmerk\":" #tst "}"
#define INSTITUTION_ROW(separator, number, name, postcode, house, place, bow, tst)                 \
	{ number, bow, tst },

const char duo_instellingen[] = "[" INSTITUTIONS(INSTITUTION_JSON) "]";
static const struct institution institutions[] = { INSTITUTIONS(INSTITUTION_ROW) };

const struct institution *institution_find(const char *number)
{
	for (size_t i = 0; i < sizeof(institutions) / sizeof(*institutions); i++)
		if (strcmp(institutions[i].number, number) == 0)
			return &institutions[i];
	return NULL;
}

/* separator, code, what it is: the grounds of Regeling art. 4.1 and Besluit art. 4.3, 4.4. DUO's
 * own codes are not in its contract. */
#define GROUNDS(X)                                                                                 \
	X("", "A", "Ziekte van de inburgeraar, de partner of een naaste")                          \
	X(",", "B", "Overlijden van de partner of een naaste")                                     \
	X(",", "C", "Bevalling")                                                                   \
	X(",", "D", "Verblijf in de vrouwenopvang")                                                \
	X(",", "E", "Alfabetisering")                                                              \
	X(",", "F", "Dakloosheid")                                                                 \
	X(",", "G", "Geen tijdig inburgeringsaanbod")                                              \
	X(",", "H", "Tekortschieten van de cursusinstelling")                                      \
	X(",", "I", "Andere omstandigheden die niet te verwijten zijn")                            \
	X(",", "J", "Samenloop van omstandigheden")                                                \
	X(",", "K", "Aantoonbaar voldoende inspanning")                                            \
	X(",", "L", "Niet-vrijstellende opleiding")

#define GROUND_JSON(separator, code, text)                                                         \
	separator "{\"code\":\"" code "\",\"omschrijving\":\"" text "\"}"
#define GROUND_ROW(separator, code, text) { code, text },

const char duo_gronden[] = "[" GROUNDS(GROUND_JSON) "]";

const char *ground_text(const char *code)
{
	static const struct {
		const char *code, *text;
	} grounds[] = { GROUNDS(GROUND_ROW) };

	for (size_t i = 0; code && i < sizeof(grounds) / sizeof(*grounds); i++)
		if (strcmp(grounds[i].code, code) == 0)
			return grounds[i].text;
	return NULL;
}

/* ---- reading ---- */

static bool is_known(const struct field *fields, const char *member)
{
	char name[64];

	for (; fields->name; fields++)
		if (strcmp(field_json_name(fields->name, name, sizeof(name)), member) == 0)
			return true;
	return false;
}

/* The body by DUO's fields; members that the contract does not name are dropped, `null` is no value
 * of any. False: 400. */
static bool read_message(struct message *m, const struct field *fields, void *out)
{
	const char *field, *reason, *key;
	json_t *value;
	void *next;

	if (!json_is_object(m->body))
		return false;
	json_object_foreach_safe(m->body, next, key, value)
	{
		if (json_is_null(value))
			return false;
		if (!is_known(fields, key))
			json_object_del(m->body, key);
	}
	return fields_read_json(m->req->arena, fields, m->body, out, &field, &reason);
}

static const char *dumped(struct message *m, json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT);
	const char *copy = arena_strdup(m->req->arena, text);

	free(text);
	return copy;
}

/* ---- PIP ---- */

static const struct field pip_fields[] = {
	FIELD(struct pip_message, dagtekening_pip, F_DATE, REQUIRED, ""),
	FIELD_ENUM(struct pip_message, leerroute, routes, REQUIRED, ""),
	FIELD_ENUM(struct pip_message, niveau, levels, OPTIONAL, ""),
	FIELD_RANGE(
		struct pip_message, geschatte_intensiteit_b1_route, F_INT, OPTIONAL, 1, 9999, ""),
	FIELD(struct pip_message, indicator_mag_opleiding_afmaken, F_BOOL, OPTIONAL, ""),
	FIELD_ENUM(
		struct pip_message, indicator_alfabetiseringsonderwijs, literacies, OPTIONAL, ""),
	FIELD_END,
};

/* The first PIP fixes the term: from the day after the dagtekening, three years, end exclusive. */
static void fix_term(struct message *m, struct batch *b, struct date signed_on)
{
	struct date begin = date_add_days(signed_on, 1);

	person_set_term(
		&m->person, begin, date_add_months(begin, TERM_MONTHS), m->req->today, NULL, NULL);
	event_record(&m->person, "SS102", m->req->today);
	person_notify(b, &m->person, NULL, "SS102", m->delay_ms, false);
}

int apply_pip(struct message *m, struct batch *b)
{
	struct pip_message in;

	if (!read_message(m, pip_fields, &in))
		return 400;
	if (!rules_pip(m, &in))
		return 403;
	if (!in.niveau && in.leerroute != ROUTE_Z)
		json_object_set_new(m->body, "niveau", json_string("B1"));
	person_add_pip(&m->person, m->gemeente, json_incref(m->body));
	if (m->fixes_term && !person_document(&m->person, "inburgeringstermijn"))
		fix_term(m, b, in.dagtekening_pip);
	return 201;
}

int apply_pip_withdrawal(struct message *m, struct batch *b)
{
	(void)b;
	if (!person_has_pip_of(&m->person, m->gemeente))
		return 404;
	if (!rules_pip_withdrawal(m))
		return 403;
	person_drop_pip(&m->person);
	return 200;
}

/* ---- Inburgeringsaanbod ---- */

static const struct field offer_fields[] = {
	FIELD(struct offer_message, datum_inburgeringsaanbod, F_DATE, OPTIONAL, ""),
	FIELD(struct offer_message, verwachte_startdatum_opleiding, F_DATE, OPTIONAL, ""),
	FIELD(struct offer_message, verwachte_einddatum_opleiding, F_DATE, OPTIONAL, ""),
	FIELD_ENUM(
		struct offer_message, indicator_alfabetiseringsonderwijs, literacies, REQUIRED, ""),
	FIELD_END,
};

int apply_offer(struct message *m, struct batch *b)
{
	struct offer_message in;
	json_t *offer;

	(void)b;
	if (!read_message(m, offer_fields, &in))
		return 400;
	if (!rules_offer(m, &in))
		return 403;
	offer = json_copy(m->body);
	json_object_set_new(offer, "gemeentecode", json_string(m->gemeente));
	json_object_set_new(person_object(&m->person, "aanbod"), m->number, offer);
	return 201;
}

int apply_offer_withdrawal(struct message *m, struct batch *b)
{
	json_t *offers = person_document(&m->person, "aanbod");
	const char *of = json_string_value(
		json_object_get(json_object_get(offers, m->number), "gemeentecode"));

	(void)b;
	if (!of || strcmp(of, m->gemeente) != 0)
		return 404;
	json_object_del(offers, m->number);
	return 204;
}

/* ---- MAP, PVT, Z-route ---- */

static const struct field map_fields[] = {
	{ .name = "datum_eindgesprek_map",
		.offset = offsetof(struct result_message, datum),
		.type = F_DATE },
	FIELD_ENUM(struct result_message, verwijtbaar, yes_no, OPTIONAL, ""),
	FIELD_END,
};
static const struct field pvt_fields[] = {
	{ .name = "datum_ondertekening_pvt",
		.offset = offsetof(struct result_message, datum),
		.type = F_DATE },
	FIELD_ENUM(struct result_message, verwijtbaar, yes_no, OPTIONAL, ""),
	FIELD_END,
};
static const struct field zroute_fields[] = {
	{ .name = "datum_afronding_zroute",
		.offset = offsetof(struct result_message, datum),
		.type = F_DATE },
	FIELD_END,
};

/* The message replaces what was there: without a date the date is gone, without blame the blame. */
static void keep_result(struct message *m, const struct result_message *in)
{
	json_t *senders = person_object(&m->person, "afzender");
	json_t *blame = person_object(&m->person, "verwijtbaar");
	bool any = date_is_set(in->datum) || in->verwijtbaar;

	person_set(&m->person, in->document,
		date_is_set(in->datum) ? json_pack("{so}", in->member, json_of_date(in->datum))
				       : NULL);
	json_object_del(senders, in->document);
	json_object_del(blame, in->document);
	if (any)
		json_object_set_new(senders, in->document, json_string(m->gemeente));
	if (in->verwijtbaar)
		json_object_set_new(blame, in->document, json_string(yes_no[in->verwijtbaar - 1]));
}

static int apply_result(struct message *m, const struct field *fields, const char *document,
	const char *member, bool (*rules)(struct message *m, const struct result_message *in))
{
	struct result_message in = { .verwijtbaar = 0 };

	if (!read_message(m, fields, &in))
		return 400;
	in.document = document;
	in.member = member;
	if (!rules(m, &in))
		return 403;
	keep_result(m, &in);
	return 200;
}

int apply_map(struct message *m, struct batch *b)
{
	(void)b;
	return apply_result(m, map_fields, "map", "datumEindgesprekMap", rules_map_pvt);
}

int apply_pvt(struct message *m, struct batch *b)
{
	(void)b;
	return apply_result(m, pvt_fields, "pvt", "datumOndertekeningPvt", rules_map_pvt);
}

int apply_zroute(struct message *m, struct batch *b)
{
	(void)b;
	return apply_result(m, zroute_fields, "zroute", "datumAfrondingZroute", rules_zroute);
}

/* ---- Gevolgde uren ---- */

struct hours_message {
	int64_t uren;
};

static const struct field hours_fields[] = {
	FIELD_RANGE(struct hours_message, uren, F_INT, REQUIRED, 0, 9999, ""),
	FIELD_END,
};

/* The row of this gemeente, made when it is not there. */
static json_t *hours_of(struct message *m)
{
	json_t *list = person_list(&m->person, "uren"), *each;
	size_t i;

	json_array_foreach(list, i, each)
	{
		const char *code = json_string_value(json_object_get(each, "gemeentecode"));

		if (code && strcmp(code, m->gemeente) == 0)
			return each;
	}
	json_array_append_new(list, json_pack("{ss}", "gemeentecode", m->gemeente));
	return json_array_get(list, json_array_size(list) - 1);
}

/* Hours are known up to, and without, the day on which they came. */
static int apply_hours(struct message *m, const char *kind)
{
	struct hours_message in;
	json_t *row;

	if (!read_message(m, hours_fields, &in))
		return 400;
	row = hours_of(m);
	json_object_set_new(row, "bekendTot", json_of_date(m->req->today));
	json_object_set_new(row, kind, json_pack("{sI}", "uren", (json_int_t)in.uren));
	return 200;
}

int apply_intake_hours(struct message *m, struct batch *b)
{
	(void)b;
	return apply_hours(m, "TaallesEnKnmBredeIntake");
}

int apply_participation_hours(struct message *m, struct batch *b)
{
	(void)b;
	return apply_hours(m, "ParticipatieactiviteitenBredeIntake");
}

int apply_course_hours(struct message *m, struct batch *b)
{
	(void)b;
	return apply_hours(m, "ParticipatieAlsTaalles");
}

/* ---- contact persons ---- */

struct contact_message {
	const char *naam, *email, *telefoonnummer;
};

static const struct field contact_fields[] = {
	FIELD_RANGE(struct contact_message, naam, F_TEXT, REQUIRED, 1, 100, ""),
	FIELD_RANGE(struct contact_message, email, F_TEXT, REQUIRED, 4, 241, ""),
	FIELD_RANGE(struct contact_message, telefoonnummer, F_TEXT, REQUIRED, 3, 22, ""),
	FIELD_END,
};

/* Digits with single separators, country code and extension allowed. */
static bool is_phone(const char *s)
{
	regex_t form;
	bool fits;

	if (regcomp(&form,
		    "^([+]|[0-9])(([[:space:]]|[[:space:]]?(-|[(]0[)])[[:space:]]?)?[0-9]){2,15}"
		    "(,[1-9][0-9]{1,8})?$",
		    REG_EXTENDED | REG_NOSUB) != 0)
		abort();
	fits = regexec(&form, s, 0, NULL, 0) == 0;
	regfree(&form);
	return fits;
}

static bool read_contact(struct message *m)
{
	struct contact_message in;

	return read_message(m, contact_fields, &in) && is_phone(in.telefoonnummer);
}

static int add_contact(struct message *m, struct batch *b, int query)
{
	int op = batch_add(b, query, NULL, NULL);

	batch_bind_int(b, op, "nummer", m->contact);
	if (m->body)
		batch_bind(b, op, "gegevens", dumped(m, m->body));
	return op;
}

int apply_contact(struct message *m, struct batch *b)
{
	int op;

	if (!read_contact(m))
		return 400;
	op = add_contact(m, b, Q_CONTACT_MAKEN);
	batch_bind(b, op, "gemeentecode", m->gemeente);
	m->reply = arena_printf(m->req->arena, "{\"id\":%lld,\"contactpersoongegevens\":%s}",
		(long long)m->contact, dumped(m, m->body));
	return 201;
}

int apply_contact_change(struct message *m, struct batch *b)
{
	if (!read_contact(m))
		return 400;
	if (m->contact == NUMBER_NONE)
		return 404;
	add_contact(m, b, Q_CONTACT_WIJZIGEN);
	return 200;
}

int apply_contact_removal(struct message *m, struct batch *b)
{
	if (m->contact == NUMBER_NONE)
		return 404;
	m->body = NULL;
	add_contact(m, b, Q_CONTACT_VERWIJDEREN);
	return 200;
}

int apply_link(struct message *m, struct batch *b)
{
	(void)b;
	if (m->contact == NUMBER_NONE)
		return 404;
	m->person.contactpersoon = m->contact;
	return 201;
}

int apply_unlink(struct message *m, struct batch *b)
{
	(void)b;
	if (m->contact == NUMBER_NONE || m->person.contactpersoon != m->contact)
		return 404;
	m->person.contactpersoon = NUMBER_NONE;
	return 200;
}

/* ---- Leerbaarheidstoets ---- */

int apply_lbt_withdrawal(struct message *m, struct batch *b)
{
	(void)b;
	if (!person_document(&m->person, "lbt/examennummer"))
		return 404;
	person_set(&m->person, "lbt/examennummer", NULL);
	return 200;
}
