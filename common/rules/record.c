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
	buffer_printf(&b, "{\"regel\":\"%s\",\"versie\":%d", r->name, base->versie);
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
	about.versie = base->versie;
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

static void drop_words(json_t *v)
{
	const char *name;
	json_t *child;
	size_t i;

	json_object_del(v, "uitleg");
	json_object_foreach(v, name, child) drop_words(child);
	json_array_foreach(v, i, child) drop_words(child);
}

static bool same_answer(const char *answer, const json_t *kept)
{
	json_t *now = json_loads(answer, 0, NULL), *then = json_deep_copy(kept);
	bool same;

	drop_words(now);
	drop_words(then);
	same = json_equal(now, then);
	json_decref(now);
	json_decref(then);
	return same;
}

/* The rule of the record, and in `base` the version and the day whose figures hold. */
static const struct rule *rule_of(
	const json_t *record, struct rule_base *base, const char **field, const char **reason)
{
	const char *name = json_string_value(json_object_get(record, "regel"));
	const json_t *version = json_object_get(record, "versie");
	const json_t *day = json_object_get(record, "peildatum");
	const struct rule *r = name ? rule_find(name) : NULL;
	bool ok;

	if (!json_is_object(record)) {
		unusable("body", "Dit moet een object zijn", field, reason);
		return NULL;
	}
	if (!r) {
		unusable("regel", "Deze regel bestaat niet", field, reason);
		return NULL;
	}
	*base = (struct rule_base){ .peildatum = DATE_NONE, .versie = r->version };
	ok = !version ||
	     (json_integer_value(version) >= 1 && json_integer_value(version) <= r->version) ||
	     unusable("versie", "Deze versie van de regel bestaat niet", field, reason);
	if (ok && version)
		base->versie = (int)json_integer_value(version);
	ok = ok &&
	     (!day || json_is_null(day) || date_parse(json_string_value(day), &base->peildatum) ||
		     unusable("peildatum", "Dit is geen datum (JJJJ-MM-DD)", field, reason));
	return ok ? r : NULL;
}

void *rule_answer_record(struct arena *a, json_t *record, const struct rule **rule,
	const char **field, const char **reason)
{
	struct rule_base asked, *base;
	const struct rule *r = rule_of(record, &asked, field, reason);
	void *io;

	if (!r)
		return NULL;
	io = base = arena_alloc(a, r->size);
	rule_init(r, io, asked.peildatum);
	base->versie = asked.versie;
	if (!rule_read(r, a, json_object_get(record, "feiten"), io, field, reason)) {
		*field = arena_printf(a, "feiten.%s", *field);
		return NULL;
	}
	rule_decide(r, a, io);
	*rule = r;
	return io;
}

bool rule_replay(struct arena *a, json_t *record, bool *same, const char **answer,
	const char **field, const char **reason)
{
	const json_t *kept = json_object_get(record, "antwoord");
	const struct rule *r;
	void *io;

	if (json_is_object(record) && !json_is_object(kept))
		return unusable("antwoord", "Dit gegeven ontbreekt", field, reason);
	if (json_is_object(record) && !json_object_get(record, "versie"))
		return unusable("versie", "Dit gegeven ontbreekt", field, reason);
	io = rule_answer_record(a, record, &r, field, reason);
	if (!io)
		return false;
	*answer = rule_answer_json(r, a, io);
	*same = same_answer(*answer, kept);
	return true;
}
