/* SPDX-License-Identifier: EUPL-1.2
 * What is kept of a decision, and its replay. */
#include "rules/rule.h"

#include "app/http.h"
#include "tables.h"

const char *rule_record(const struct rule *r, struct arena *a, const void *io)
{
	const struct rule_base *base = io;
	char text[DATE_TEXT];
	struct buffer b;

	buffer_init(&b, a);
	buffer_printf(&b, "{\"regel\":\"%s\",\"versie\":%d", r->name, r->version);
	if (date_is_set(base->peildatum))
		buffer_printf(&b, ",\"peildatum\":\"%s\"", date_format(base->peildatum, text));
	buffer_printf(&b, ",\"feiten\":%s,\"antwoord\":%s}", rule_facts_json(r, a, io),
		rule_answer_json(r, a, io));
	return b.data;
}

void rule_keep(struct batch *b, const struct rule *r, const void *io, struct decision about)
{
	const struct rule_base *base = io;
	struct arena *a = b->req->arena;

	about.regel = r->name;
	about.versie = r->version;
	about.peildatum = base->peildatum;
	about.feiten = rule_facts_json(r, a, io);
	about.antwoord = rule_answer_json(r, a, io);
	about.verslag = rule_account(r, a, io);
	decision_store(b, &about);
}

static bool unusable(const char *name, const char *why, const char **field, const char **reason)
{
	*field = name;
	*reason = why;
	return false;
}

static bool same_answer(const struct rule *r, struct arena *a, const void *io, json_t *kept)
{
	json_t *now = json_loads(rule_answer_json(r, a, io), 0, NULL);
	bool same = json_equal(now, kept);

	json_decref(now);
	return same;
}

bool rule_replay(struct arena *a, json_t *record, bool *same, const char **answer,
	const char **field, const char **reason)
{
	const char *name = json_string_value(json_object_get(record, "regel"));
	const char *day = json_string_value(json_object_get(record, "peildatum"));
	const struct rule *r = name ? rule_find(name) : NULL;
	struct date peildatum = DATE_NONE;
	void *io;

	if (!r)
		return unusable("regel", "Deze regel bestaat niet", field, reason);
	if (json_object_get(record, "peildatum") && !(day && date_parse(day, &peildatum)))
		return unusable("peildatum", "Dit is geen datum (JJJJ-MM-DD)", field, reason);
	if (!json_is_object(json_object_get(record, "antwoord")))
		return unusable("antwoord", "Dit gegeven ontbreekt", field, reason);
	io = arena_alloc(a, r->size);
	rule_init(r, io, peildatum);
	if (!rule_read(r, a, json_object_get(record, "feiten"), io, field, reason)) {
		*field = arena_printf(a, "feiten.%s", *field);
		return false;
	}
	rule_decide(r, a, io);
	*same = same_answer(r, a, io, json_object_get(record, "antwoord"));
	*answer = rule_answer_json(r, a, io);
	return true;
}
