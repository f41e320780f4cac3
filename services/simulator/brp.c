/* SPDX-License-Identifier: EUPL-1.2 */
#include "brp.h"

#include <stdlib.h>
#include <string.h>

#include "app/client.h"
#include "app/service.h"
#include "brp_person.h"
#include "faults.h"
#include "simulator_queries.h"

#define TYPE "RaadpleegMetBurgerservicenummer"
#define FIELDS_MAX 130
#define NUMBERS_MAX 20
#define JSON_TYPE "application/json; charset=utf-8"

/* What the BRP says of an error; texts within the patterns of its specification. */
static const struct problem {
	int status;
	const char *code, *title, *detail;
} problems[] = {
	{ 400, "paramsValidation", "Een of meerdere parameters zijn niet correct.",
		"De foutieve parameters staan in invalidParams." },
	{ 401, "authentication", "Niet correct geauthenticeerd.",
		"Een certificaat van een gemeente is verplicht." },
	{ 403, "autorisation", "U bent niet geautoriseerd voor deze operatie.",
		"Voor deze gemeente of deze zoekvraag is er geen autorisatie." },
	{ 406, "notAcceptable", "Gevraagde contenttype wordt niet ondersteund.",
		"Het antwoord is altijd JSON." },
	{ 415, "unsupported", "Unsupported Media Type.", "De vraag moet JSON zijn." },
	{ 429, "tooManyRequests", "Too many request.", "Er zijn te veel vragen gesteld." },
	{ 503, "notAvailable", "Bronservice BRP is tijdelijk niet beschikbaar.",
		"Probeer het later opnieuw." },
	{ 500, "serverError", "Interne server fout.", "Er is een onverwachte fout opgetreden." },
};

/* One wrong parameter; name NULL: none. */
struct wrong {
	const char *name, *code, *reason;
};

static enum status answer_problem(struct req *req, int status, struct wrong wrong)
{
	const struct problem *p = problems;
	struct buffer b;

	while (p->status != status && p->status != 500)
		p++;
	buffer_init(&b, req->arena);
	buffer_printf(&b,
		"{\"type\":\"https://www.rfc-editor.org/rfc/rfc9110\",\"title\":\"%s\","
		"\"status\":%d,\"detail\":\"%s\",\"instance\":\"urn:trace:%s\",\"code\":\"%s\"",
		p->title, status, p->detail, req->trace_id, p->code);
	if (wrong.name)
		buffer_printf(&b,
			",\"invalidParams\":[{\"name\":\"%s\",\"code\":\"%s\",\"reason\":\"%s\"}]",
			wrong.name, wrong.code, wrong.reason);
	buffer_putc(&b, '}');
	return reply_raw(req, status, "application/problem+json", b.data, b.len);
}

/* Counts what never came to a question, and answers. */
static enum status refuse(struct req *req, int status, struct wrong wrong)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_TELLEN, NULL, NULL);
	batch_bind(&b, op, "operatie", BRP_OPERATION);
	batch_bind_int(&b, op, "gevraagd", 1);
	batch_bind_int(&b, op, "aangenomen", 0);
	batch_bind_int(&b, op, "geweigerd", 1);
	batch_bind_int(&b, op, "fout", 0);
	batch_bind_int(&b, op, "herhaald", 0);
	TRY(batch_run(&b));
	return answer_problem(req, status, wrong);
}

/* ---- the question ---- */

static bool is_digits(const char *s, size_t count)
{
	return s && strlen(s) == count && strspn(s, "0123456789") == count;
}

static struct wrong check_type(json_t *body, int *status)
{
	static const char *const others[] = { "ZoekMetGeslachtsnaamEnGeboortedatum",
		"ZoekMetNaamEnGemeenteVanInschrijving", "ZoekMetPostcodeEnHuisnummer",
		"ZoekMetStraatHuisnummerEnGemeenteVanInschrijving",
		"ZoekMetNummeraanduidingIdentificatie", "ZoekMetAdresseerbaarObjectIdentificatie",
		NULL };
	const char *type = json_string_value(json_object_get(body, "type"));

	if (type && strcmp(type, TYPE) == 0)
		return (struct wrong){ 0 };
	*status = enum_index(others, type) ? 403 : 400;
	if (*status == 403)
		return (struct wrong){ 0 };
	return type ? (struct wrong){ "type", "value", "Waarde is geen geldig zoek type." }
		    : (struct wrong){ "type", "required", "Parameter is verplicht." };
}

static struct wrong check_numbers(json_t *body)
{
	json_t *numbers = json_object_get(body, "burgerservicenummer"), *each;
	size_t i;

	if (!numbers)
		return (struct wrong){ "burgerservicenummer", "required",
			"Parameter is verplicht." };
	if (!json_is_array(numbers))
		return (struct wrong){ "burgerservicenummer", "array", "Parameter is geen array." };
	if (json_array_size(numbers) < 1)
		return (struct wrong){ "burgerservicenummer", "minItems",
			"Array bevat minder dan 1 items." };
	if (json_array_size(numbers) > NUMBERS_MAX)
		return (struct wrong){ "burgerservicenummer", "maxItems",
			"Array bevat meer dan 20 items." };
	json_array_foreach(numbers, i, each)
	{
		if (!is_digits(json_string_value(each), 9))
			return (struct wrong){ "burgerservicenummer", "pattern",
				"Waarde voldoet niet aan patroon 9 cijfers." };
	}
	return (struct wrong){ 0 };
}

static struct wrong check_fields(json_t *body)
{
	json_t *fields = json_object_get(body, "fields"), *each;
	size_t i;

	if (!fields)
		return (struct wrong){ "fields", "required", "Parameter is verplicht." };
	if (!json_is_array(fields))
		return (struct wrong){ "fields", "array", "Parameter is geen array." };
	if (json_array_size(fields) < 1)
		return (struct wrong){ "fields", "minItems", "Array bevat minder dan 1 items." };
	if (json_array_size(fields) > FIELDS_MAX)
		return (struct wrong){ "fields", "maxItems", "Array bevat meer dan 130 items." };
	json_array_foreach(fields, i, each)
	{
		const char *name = json_string_value(each);

		if (!name || !brp_field_exists(name))
			return (struct wrong){ "fields", "fields",
				"Parameter bevat een niet toegestane veldnaam." };
	}
	return (struct wrong){ 0 };
}

/* Members that this kind of question does not have. */
static struct wrong check_members(json_t *body)
{
	static const char *const known[] = { "type", "fields", "burgerservicenummer",
		"gemeenteVanInschrijving", NULL };
	json_t *place = json_object_get(body, "gemeenteVanInschrijving"), *value;
	const char *key;

	json_object_foreach(body, key, value)
	{
		if (!enum_index(known, key))
			return (struct wrong){ "body", "unknownParam",
				"De vraag bevat een parameter die niet verwacht is." };
	}
	if (place && !is_digits(json_string_value(place), 4))
		return (struct wrong){ "gemeenteVanInschrijving", "pattern",
			"Waarde voldoet niet aan patroon 4 cijfers." };
	return (struct wrong){ 0 };
}

static struct wrong check_body(json_t *body, int *status)
{
	struct wrong w = check_type(body, status);

	if (*status || w.name)
		return w;
	*status = 400;
	w = check_numbers(body);
	if (!w.name)
		w = check_fields(body);
	if (!w.name)
		w = check_members(body);
	if (!w.name)
		*status = 0;
	return w;
}

/* 0, or the status of what is wrong about the request itself. */
static int check_request(const struct req *req)
{
	if (!req->client_verify || strcmp(req->client_verify, "SUCCESS") != 0 ||
		!req->client_serial)
		return 401;
	if (req->accept && !strstr(req->accept, "*/*") && !strstr(req->accept, "application/*") &&
		!strstr(req->accept, "json"))
		return 406;
	if (!req->content_type || strncasecmp(req->content_type, "application/json", 16) != 0)
		return 415;
	return 0;
}

/* ---- the answer ---- */

static const char *numbers_of(struct req *req, json_t *body)
{
	json_t *numbers = json_object_get(body, "burgerservicenummer"), *each;
	struct buffer b;
	size_t i;

	buffer_init(&b, req->arena);
	json_array_foreach(numbers, i, each)
		buffer_printf(&b, "%s%s", i ? "," : "{", json_string_value(each));
	buffer_putc(&b, '}');
	return b.data;
}

static json_t *parsed(const char *text)
{
	return text ? json_loads(text, 0, NULL) : NULL;
}

static json_t *person_of_row(struct req *req, const struct batch *b, int op, int row)
{
	const struct brp_facts facts = {
		.bsn = batch_text(b, op, row, "bsn"),
		.naam = batch_text(b, op, row, "naam"),
		.gemeentecode = batch_text(b, op, row, "gemeentecode"),
		.gemeentenaam = batch_text(b, op, row, "gemeentenaam"),
		.vestiging = batch_text(b, op, row, "vestiging"),
		.begin_plicht = batch_text(b, op, row, "begin_plicht"),
		.doelgroep = batch_text(b, op, row, "doelgroep"),
		.today = req->today,
	};
	json_t *set = parsed(batch_text(b, op, row, "brp"));
	json_t *person = brp_person(&facts, set);

	json_decref(set);
	return person;
}

static bool lives_in(json_t *person, const char *gemeente)
{
	const char *code = json_string_value(
		json_object_get(json_object_get(person, "gemeenteVanInschrijving"), "code"));

	return !gemeente || (code && strcmp(code, gemeente) == 0);
}

static const char *persons_json(struct req *req, const struct batch *b, int op, json_t *body)
{
	const char *place = json_string_value(json_object_get(body, "gemeenteVanInschrijving"));
	json_t *fields = json_object_get(body, "fields");
	json_t *list = json_array();
	json_t *reply = json_pack("{ss so}", "type", TYPE, "personen", list);
	char *text;
	const char *copy;

	for (int i = 0; i < batch_rows(b, op); i++) {
		json_t *whole;

		if (!batch_text(b, op, i, "bsn"))
			continue;
		whole = person_of_row(req, b, op, i);
		if (lives_in(whole, place))
			json_array_append_new(list, brp_selected(whole, fields));
		json_decref(whole);
	}
	text = json_dumps(reply, JSON_COMPACT);
	copy = arena_strdup(req->arena, text);
	free(text);
	json_decref(reply);
	return copy;
}

static enum status record(struct req *req, const char *body)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_VERKEER_BEWAREN, NULL, NULL);
	batch_bind(&b, op, "methode", "POST");
	batch_bind(&b, op, "pad", BRP_PATH);
	batch_bind(&b, op, "verzoek", req->raw_body);
	batch_bind_int(&b, op, "status", 200);
	batch_bind(&b, op, "antwoord", body);
	return batch_run(&b);
}

static enum status answer_question(struct req *req, json_t *question)
{
	const char *body;
	struct fault fault;
	int64_t delay;
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_BRP_LEZEN, NULL, NULL);
	batch_bind(&b, op, "operatie", BRP_OPERATION);
	batch_bind(&b, op, "bron", req->client_serial);
	batch_bind(&b, op, "bsns", numbers_of(req, question));
	TRY(batch_run(&b));
	fault = fault_read(req, batch_text(&b, op, 0, "fouten"), &delay);
	if (delay)
		req_pause(req, delay);
	if (*batch_text(&b, op, 0, "gemeente_bekend") != 't')
		return answer_problem(req, 403, (struct wrong){ 0 });
	if (fault.kind == FAULT_STATUS)
		return answer_problem(req, (int)fault.status, (struct wrong){ 0 });
	body = persons_json(req, &b, op, question);
	if (fault.kind)
		return fault_answer(req, &fault, 200, body);
	if (*batch_text(&b, op, 0, "verkeer") == 't')
		TRY(record(req, body));
	return reply_raw(req, 200, JSON_TYPE, body, strlen(body));
}

enum status brp_personen(struct req *req)
{
	struct client_call sent = { .reply = req->raw_body, .reply_len = req->body_len };
	int status = check_request(req);
	struct wrong wrong = { 0 };
	json_t *question;

	reply_header(req, "API-Version", "2.7.0");
	if (status)
		return refuse(req, status, wrong);
	question = client_json(req, &sent);
	if (!json_is_object(question))
		return refuse(req, 400,
			(struct wrong){ "body", "json", "De vraag is geen JSON object." });
	wrong = check_body(question, &status);
	return status ? refuse(req, status, wrong) : answer_question(req, question);
}
