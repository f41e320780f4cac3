/* SPDX-License-Identifier: EUPL-1.2 */
#include "person.h"

#include <stdlib.h>
#include <string.h>

#include "simulator_queries.h"

static const struct field person_fields[] = {
	FIELD(struct person, id, F_UUID, OPTIONAL, ""),
	FIELD(struct person, bsn, F_TEXT, OPTIONAL, ""),
	FIELD(struct person, gemeentecode, F_TEXT, OPTIONAL, ""),
	FIELD(struct person, koppelgemeente, F_TEXT, OPTIONAL, ""),
	FIELD(struct person, vorige_pip, F_TEXT, OPTIONAL, ""),
	FIELD(struct person, versie, F_INT, OPTIONAL, ""),
	FIELD(struct person, contactpersoon, F_INT, OPTIONAL, ""),
	FIELD(struct person, coa, F_BOOL, OPTIONAL, ""),
	FIELD(struct person, wi2021, F_BOOL, OPTIONAL, ""),
	FIELD(struct person, vestiging, F_DATE, OPTIONAL, ""),
	FIELD(struct person, brp, F_JSON, OPTIONAL, ""),
	FIELD(struct person, documenten, F_JSON, OPTIONAL, ""),
	FIELD_END,
};

void person_get(const struct batch *b, int op, struct person *out)
{
	fields_clear(person_fields, out);
	batch_get(b, op, 0, person_fields, out);
	/* people of before the list was kept */
	if (out->id && person_document(out, "PIP") && !person_document(out, "pips"))
		json_array_append(person_list(out, "pips"), person_document(out, "PIP"));
}

void person_store(struct batch *b, const struct person *p)
{
	int op = batch_add(b, Q_PERSOON_BEWAREN, person_fields, p);

	batch_bind(b, op, "persoon", p->id);
	batch_bind_int(b, op, "stand", p->versie);
}

const char *person_gemeente(const struct person *p)
{
	return p->coa == 1 && p->koppelgemeente ? p->koppelgemeente : p->gemeentecode;
}

void person_notify(struct batch *b, const struct person *p, const char *gemeente, const char *event,
	int64_t delay_ms, bool loose)
{
	int op;

	gemeente = gemeente ? gemeente : person_gemeente(p);
	if (!gemeente)
		return;
	op = batch_add(b, Q_NOTIFICATIE_KLAARZETTEN, NULL, NULL);
	batch_bind(b, op, "persoon", p->id);
	batch_bind(b, op, "gemeentecode", gemeente);
	batch_bind(b, op, "gebeurtenis_id", event);
	batch_bind_int(b, op, "over_ms", delay_ms);
	batch_bind(b, op, "los", loose ? "true" : "false");
}

/* ---- documents ---- */

json_t *person_document(const struct person *p, const char *name)
{
	return json_object_get(p->documenten, name);
}

void person_set(struct person *p, const char *name, json_t *document)
{
	if (document)
		json_object_set_new(p->documenten, name, document);
	else
		json_object_del(p->documenten, name);
}

json_t *person_list(struct person *p, const char *name)
{
	if (!person_document(p, name))
		person_set(p, name, json_array());
	return person_document(p, name);
}

json_t *person_object(struct person *p, const char *name)
{
	if (!person_document(p, name))
		person_set(p, name, json_object());
	return person_document(p, name);
}

const char *person_text(const struct person *p, const char *document, const char *member)
{
	return json_string_value(json_object_get(person_document(p, document), member));
}

struct date json_date(json_t *o, const char *member)
{
	const char *text = json_string_value(json_object_get(o, member));
	struct date day = DATE_NONE;

	return text && date_parse(text, &day) ? day : DATE_NONE;
}

struct date person_date(const struct person *p, const char *document, const char *member)
{
	return json_date(person_document(p, document), member);
}

json_t *json_of_date(struct date day)
{
	char text[DATE_TEXT];

	return json_string(date_format(day, text));
}

bool person_is_asylum(const struct person *p)
{
	const char *group = person_text(p, "doelgroep", "indeling");

	return group && strcmp(group, "Asielstatushouder") == 0;
}

json_t *person_pip(const struct person *p)
{
	return person_document(p, "PIP");
}

json_t *person_first_pip(const struct person *p)
{
	return json_array_get(person_document(p, "pips"), 0);
}

bool person_has_pip_of(const struct person *p, const char *gemeente)
{
	const char *code = person_text(p, "PIP", "gemeentecode");

	return code && strcmp(code, gemeente) == 0;
}

/* ---- changes with a history ---- */

/* Of `from` those of the members that it has. */
static json_t *members(json_t *from, const char *const names[])
{
	json_t *to = json_object();

	for (int i = 0; names[i]; i++)
		if (json_object_get(from, names[i]))
			json_object_set(to, names[i], json_object_get(from, names[i]));
	return to;
}

/* A person of before histories were kept has the present state as the first row. */
static json_t *history(
	struct person *p, const char *name, const char *document, const char *const names[])
{
	bool is_new = !person_document(p, name);
	json_t *list = person_list(p, name);

	if (is_new && person_document(p, document))
		json_array_append_new(list, members(person_document(p, document), names));
	return list;
}

void person_set_plicht(struct person *p, json_t *plicht, struct date day)
{
	static const char *const names[] = { "indicatorInburgeringsplicht", "begindatum",
		"einddatum", "wijzigingsdatum", NULL };
	json_t *list = history(p, "inburgeringsplicht/historie", "inburgeringsplicht", names);

	json_object_set_new(plicht, "wijzigingsdatum", json_of_date(day));
	json_array_append_new(list, members(plicht, names));
	person_set(p, "inburgeringsplicht", plicht);
}

void person_set_doelgroep(struct person *p, const char *indeling, struct date day)
{
	static const char *const names[] = { "indeling", "begindatum", NULL };
	json_t *list = history(p, "doelgroep/historie", "doelgroep", names);
	json_t *last = json_array_get(list, json_array_size(list) - 1);
	json_t *group = json_pack("{ss so}", "indeling", indeling, "begindatum", json_of_date(day));

	if (last)
		json_object_set_new(last, "einddatum", json_of_date(date_add_days(day, -1)));
	json_array_append_new(list, members(group, names));
	person_set(p, "doelgroep", group);
}

void person_set_term(struct person *p, struct date start, struct date end, struct date day,
	const char *code, const char *grond)
{
	static const char *const names[] = { "einddatum", "wijzigingsdatum", "verlengingsgrondcode",
		"verlengingsgrondomschrijving", NULL };
	json_t *list = history(p, "inburgeringstermijn/historie", "inburgeringstermijn", names);
	json_t *term = json_pack("{so so so}", "startdatum", json_of_date(start), "einddatum",
		json_of_date(end), "wijzigingsdatum", json_of_date(day));

	if (code)
		json_object_set_new(term, "verlengingsgrondcode", json_string(code));
	if (grond)
		json_object_set_new(term, "verlengingsgrondomschrijving", json_string(grond));
	json_array_append_new(list, members(term, names));
	person_set(p, "inburgeringstermijn", term);
}

/* PIP and vorige_pip follow from the list. */
static void settle_pips(struct person *p)
{
	json_t *list = person_list(p, "pips");
	size_t n = json_array_size(list);
	json_t *current = n ? json_array_get(list, n - 1) : NULL;
	const char *holder = json_string_value(json_object_get(current, "gemeentecode"));

	person_set(p, "PIP", json_incref(current));
	p->vorige_pip = NULL;
	for (size_t i = n; i-- > 0 && holder && !p->vorige_pip;) {
		const char *code =
			json_string_value(json_object_get(json_array_get(list, i), "gemeentecode"));

		if (code && strcmp(code, holder) != 0)
			p->vorige_pip = code;
	}
}

void person_add_pip(struct person *p, const char *gemeente, json_t *pip)
{
	json_array_append_new(
		person_list(p, "pips"), json_pack("{ss so}", "gemeentecode", gemeente, "pip", pip));
	settle_pips(p);
}

void person_drop_pip(struct person *p)
{
	json_t *list = person_list(p, "pips");

	json_array_remove(list, json_array_size(list) - 1);
	settle_pips(p);
}
