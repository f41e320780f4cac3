/* SPDX-License-Identifier: EUPL-1.2
 *
 * A JSON body by a table with every type: what is wrong is named, what is right is written so that
 * it is read as the same, through JSON and through SQL.
 */
#include <string.h>

#include "app/field.h"
#include "app/http.h"
#include "fuzz.h"

static const char *const kleuren[] = { "rood", "groen", "22", NULL };

struct deel {
	const char *naam;
	int64_t aantal;
};

struct proef {
	const char *id, *tekst, *tijdstip, *bsn, *uuid;
	struct date dag;
	int64_t aantal, bedrag;
	int mag, kleur;
	json_t *vrij;
	struct list delen, kleuren, dagen;
	struct deel doos;
};

static const struct field deel_fields[] = {
	FIELD(struct deel, naam, F_TEXT, REQUIRED, ""),
	FIELD_RANGE(struct deel, aantal, F_INT, OPTIONAL, 0, 9, ""),
	FIELD_END,
};

static const struct field kleur_item[] = { FIELD_PLAIN(F_ENUM, kleuren), FIELD_END };
static const struct field dag_item[] = { FIELD_PLAIN(F_DATE, NULL), FIELD_END };

static const struct field proef_fields[] = {
	FIELD(struct proef, id, F_UUID, READONLY, ""),
	FIELD_RANGE(struct proef, tekst, F_TEXT, OPTIONAL, 1, 40, ""),
	FIELD(struct proef, tijdstip, F_TIJDSTIP, OPTIONAL, ""),
	FIELD(struct proef, bsn, F_BSN, WRITEONLY, ""),
	FIELD(struct proef, uuid, F_UUID, OPTIONAL, ""),
	FIELD(struct proef, dag, F_DATE, OPTIONAL, ""),
	FIELD(struct proef, aantal, F_INT, OPTIONAL, ""),
	FIELD(struct proef, bedrag, F_CENTS, OPTIONAL, ""),
	FIELD(struct proef, mag, F_BOOL, OPTIONAL, ""),
	FIELD_ENUM(struct proef, kleur, kleuren, OPTIONAL, ""),
	FIELD(struct proef, vrij, F_JSON, OPTIONAL, ""),
	FIELD_LIST(struct proef, delen, struct deel, deel_fields, OPTIONAL, ""),
	FIELD_LIST(struct proef, kleuren, int, kleur_item, OPTIONAL, ""),
	FIELD_LIST(struct proef, dagen, struct date, dag_item, OPTIONAL, ""),
	FIELD_OBJECT(struct proef, doos, deel_fields, OPTIONAL, ""),
	FIELD_END,
};

static const char *written(struct arena *a, const struct proef *p)
{
	struct buffer b;

	buffer_init(&b, a);
	fields_write_json(&b, proef_fields, p);
	return b.data;
}

static void check_json(struct arena *a, const char *text)
{
	json_t *body = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	const char *field, *reason;
	struct proef again;

	MUST(body);
	MUST(fields_read_json(a, proef_fields, body, &again, &field, &reason));
	MUST(strcmp(written(a, &again), text) == 0);
	json_decref(body);
}

static void check_sql(struct arena *a, const char *text, const struct proef *p)
{
	struct proef again;

	for (const struct field *f = proef_fields; f->name; f++)
		field_from_sql(a, f, &again, field_sql_text(a, f, p));
	/* PostgreSQL's moments look different from ours */
	again.tijdstip = p->tijdstip;
	MUST(strcmp(written(a, &again), text) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	json_t *body = json_loadb((const char *)data, size, JSON_REJECT_DUPLICATES, NULL);
	struct arena a;
	struct req req = { .arena = &a };
	struct proef p;

	if (!body)
		return 0;
	arena_init(&a);
	if (fields_from_json(&req, proef_fields, body, &p) == OK) {
		const char *text = written(&a, &p);

		check_json(&a, text);
		check_sql(&a, text, &p);
	} else {
		MUST(req.error.status == ERR_INVALID && req.error.invalid_count > 0);
		for (size_t i = 0; i < req.error.invalid_count; i++)
			MUST(req.error.invalid[i].name && req.error.invalid[i].code &&
				req.error.invalid[i].reason);
	}
	arena_finish(&a);
	json_decref(body);
	return 0;
}
