/* SPDX-License-Identifier: EUPL-1.2 */
#include "rules/rule.h"

#include <string.h>

#include "rules/beleid.h"
#include "rules/boete.h"
#include "rules/budget.h"
#include "rules/completion.h"
#include "rules/duo_checks.h"
#include "rules/extension.h"
#include "rules/enforcement.h"
#include "rules/intake.h"
#include "rules/leerroute.h"
#include "rules/retention.h"
#include "rules/support.h"
#include "rules/term.h"
#include "tables.h"

const struct rule *const rules[] = {
	&rule_pip_termijn,
	&rule_inburgeringstermijn,
	&rule_verlenging,
	&rule_intake_stap,
	&rule_leerroute_toets,
	&rule_overstap,
	&rule_afschaling,
	&rule_voltooiing,
	&rule_boete_22,
	&rule_boete_23,
	&rule_nieuwe_termijn,
	&rule_besluit_termijnen,
	&rule_ontzorgen,
	&rule_bewaren,
	&rule_duo_pip,
	&rule_duo_aanbod,
	&rule_duo_map,
	&rule_duo_pvt,
	&rule_duo_zroute,
	&rule_spuk,
	&rule_beleid_toets,
	&rule_zienswijze_termijn,
	&rule_nieuwe_termijn_toets,
	&rule_onherroepelijk,
	NULL,
};

const struct field rule_text_item[] = { FIELD_PLAIN(F_TEXT, NULL), FIELD_END };

const struct field rule_bezwaar_fields[] = {
	FIELD(struct bezwaar, code, F_TEXT, REQUIRED, "Kenmerk"),
	FIELD(struct bezwaar, grondslag, F_TEXT, REQUIRED, "Artikel of regel"),
	FIELD(struct bezwaar, uitleg, F_TEXT, REQUIRED, "Uitleg"),
	FIELD_END,
};

const struct rule *rule_find(const char *name)
{
	for (const struct rule *const *r = rules; *r; r++)
		if (strcmp((*r)->name, name) == 0)
			return *r;
	return NULL;
}

/* Every <name>_io begins with it. */
static struct rule_base *base_of(void *io)
{
	return io;
}

void rule_init(const struct rule *r, void *io, struct date peildatum)
{
	memset(io, 0, r->size);
	fields_clear(r->in, io);
	base_of(io)->peildatum = peildatum;
	base_of(io)->versie = r->version;
}

void rule_decide(const struct rule *r, struct arena *a, void *io)
{
	r->decide(a, io);
}

bool rule_read(const struct rule *r, struct arena *a, json_t *facts, void *io, const char **field,
	const char **reason)
{
	return fields_read_json(a, r->in, facts, io, field, reason) &&
	       (!r->check || r->check(io, field, reason));
}

void rule_explain(struct rule_base *base, struct basis *b)
{
	base->grondslag = (struct list){ b->grondslag, (size_t)b->grondslag_count };
	base->uitleg = b->uitleg;
}

json_t *rule_articles(struct arena *a, const struct basis *b)
{
	json_t *list = arena_json(a, json_array());

	for (int i = 0; i < b->grondslag_count; i++)
		json_array_append_new(list, json_string(b->grondslag[i]));
	return list;
}

struct list rule_texts(struct arena *a, const char *const *texts, bool any)
{
	struct list list = { NULL, 0 };

	while (any && texts[list.count])
		list.count++;
	list.items = arena_alloc(a, list.count * sizeof(*texts));
	memcpy(list.items, texts, list.count * sizeof(*texts));
	return list;
}

static const char *json_of(struct arena *a, const struct field *fields, const void *io)
{
	struct buffer b;

	buffer_init(&b, a);
	fields_write_json(&b, fields, io);
	return b.data;
}

const char *rule_facts_json(const struct rule *r, struct arena *a, const void *io)
{
	return json_of(a, r->in, io);
}

const char *rule_answer_json(const struct rule *r, struct arena *a, const void *io)
{
	return json_of(a, r->out, io);
}
