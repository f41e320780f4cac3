/* SPDX-License-Identifier: EUPL-1.2
 *
 * Field tables: JSON and SQL text in and out, and how wrong input is named.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#undef fail /* the kit has its own */
#undef fail_msg
#define fail_msg(...) (print_error(__VA_ARGS__), _fail(__FILE__, __LINE__))

#include "app/field.h"
#include "app/http.h"

#define UUID "0123abcd-4567-89ef-0123-456789abcdef"

/* ---- a resource with every type ---- */

static const char *const kleuren[] = { "rood", "groen", "22", NULL };

struct deel {
	const char *naam;
	int64_t aantal;
};

static const struct field deel_fields[] = {
	FIELD(struct deel, naam, F_TEXT, REQUIRED, "Naam"),
	FIELD_RANGE(struct deel, aantal, F_INT, OPTIONAL, 0, 9, "Aantal"),
	FIELD_END,
};

static const struct field kleur_item[] = { FIELD_PLAIN(F_ENUM, kleuren), FIELD_END };
static const struct field dag_item[] = { FIELD_PLAIN(F_DATE, NULL), FIELD_END };

struct proef {
	const char *id, *korte_tekst, *lange_tekst, *tijdstip_van_melding, *bsn, *geheim;
	struct date dag;
	int64_t aantal, bedrag;
	int mag, kleur;
	json_t *vrij;
	struct list delen, kleuren_lijst, dagen;
	struct deel doos;
};

static const struct field proef_fields[] = {
	FIELD(struct proef, id, F_UUID, READONLY, "Aanduiding"),
	FIELD_RANGE(struct proef, korte_tekst, F_TEXT, REQUIRED, 2, 5, "Korte tekst"),
	FIELD(struct proef, lange_tekst, F_TEXT, OPTIONAL, "Lange tekst"),
	FIELD(struct proef, tijdstip_van_melding, F_TIJDSTIP, OPTIONAL, "Tijdstip"),
	FIELD(struct proef, bsn, F_BSN, WRITEONLY, "Bsn"),
	FIELD(struct proef, geheim, F_UUID, OPTIONAL, "Uuid"),
	FIELD(struct proef, dag, F_DATE, REQUIRED, "Dag"),
	FIELD_RANGE(struct proef, aantal, F_INT, OPTIONAL, -5, 5, "Aantal"),
	FIELD_RANGE(struct proef, bedrag, F_CENTS, OPTIONAL, 0, 10000, "Bedrag"),
	FIELD(struct proef, mag, F_BOOL, OPTIONAL, "Mag"),
	FIELD_ENUM(struct proef, kleur, kleuren, OPTIONAL, "Kleur"),
	FIELD(struct proef, vrij, F_JSON, OPTIONAL, "Vrij"),
	FIELD_LIST(struct proef, delen, struct deel, deel_fields, OPTIONAL, "Delen"),
	FIELD_LIST(struct proef, kleuren_lijst, int, kleur_item, OPTIONAL, "Kleuren"),
	FIELD_LIST(struct proef, dagen, struct date, dag_item, OPTIONAL, "Dagen"),
	FIELD_OBJECT(struct proef, doos, deel_fields, OPTIONAL, "Doos"),
	FIELD_END,
};

static const struct field doos_verplicht[] = {
	FIELD_OBJECT(struct proef, doos, deel_fields, REQUIRED, "Doos"),
	FIELD_END,
};

/* ---- reading ---- */

static struct arena arena;
static struct req req;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_finish(&arena);
	return 0;
}

static void release(void *v)
{
	json_decref(v);
}

static json_t *parsed(const char *text)
{
	json_t *v = json_loads(text, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);

	if (!v)
		fail_msg("%s is no JSON", text);
	arena_on_reset(&arena, release, v);
	return v;
}

static enum status read_with(const struct field *fields, const char *text, struct proef *out)
{
	req = (struct req){ .arena = &arena };
	memset(out, 0xa5, sizeof(*out)); /* the reader clears it */
	return fields_from_json(&req, fields, parsed(text), out);
}

static struct proef read_well(const char *text)
{
	struct proef out;

	if (read_with(proef_fields, text, &out) != OK)
		fail_msg(
			"%s: %s: %s", text, req.error.invalid[0].name, req.error.invalid[0].reason);
	return out;
}

/* `expected` names every wrong field and its code, in any order. */
static void check_wrong(const char *text, const char *const (*expected)[2], size_t count)
{
	struct proef out;

	assert_int_equal(read_with(proef_fields, text, &out), ERR_INVALID);
	assert_int_equal(req.error.status, ERR_INVALID);
	for (size_t i = 0; i < count; i++) {
		bool found = false;

		for (size_t n = 0; n < req.error.invalid_count; n++)
			found = found ||
				(strcmp(req.error.invalid[n].name, expected[i][0]) == 0 &&
					strcmp(req.error.invalid[n].code, expected[i][1]) == 0 &&
					req.error.invalid[n].reason[0]);
		if (!found)
			fail_msg("%s does not name %s as %s", text, expected[i][0], expected[i][1]);
	}
	assert_int_equal(req.error.invalid_count, count);
}

/* A body with the required fields and one more member. */
static void check_member(const char *member, const char *name, const char *code)
{
	const char *const expected[][2] = { { name, code } };

	check_wrong(
		arena_printf(&arena, "{\"korteTekst\":\"abc\",\"dag\":\"2026-01-31\",%s}", member),
		expected, 1);
}

static struct proef read_member(const char *member)
{
	return read_well(
		arena_printf(&arena, "{\"korteTekst\":\"abc\",\"dag\":\"2026-01-31\",%s}", member));
}

static void test_reads_every_type(void **state)
{
	struct proef p = read_well(
		"{\"korteTekst\":\"h\u00e9\u00e9\",\"dag\":\"2024-02-29\",\"aantal\":-5,"
		"\"bedrag\":12.5,\"mag\":false,\"kleur\":\"groen\",\"vrij\":[1],"
		"\"tijdstipVanMelding\":\"2026-01-31T12:00:00Z\",\"bsn\":\"999990019\","
		"\"geheim\":\"" UUID "\",\"delen\":[{\"naam\":\"a\",\"aantal\":9},"
		"{\"naam\":\"b\"}],\"kleurenLijst\":[\"rood\",22],\"dagen\":[\"2026-01-01\"],"
		"\"doos\":{\"naam\":\"c\"}}");
	const struct deel *delen = p.delen.items;

	(void)state;
	assert_string_equal(p.korte_tekst, "h\u00e9\u00e9");
	assert_null(p.lange_tekst);
	assert_int_equal(p.dag.day, date_make(2024, 2, 29).day);
	assert_int_equal(p.aantal, -5);
	assert_int_equal(p.bedrag, 1250);
	assert_int_equal(p.mag, 0);
	assert_int_equal(p.kleur, 2);
	assert_int_equal(json_array_size(p.vrij), 1);
	assert_int_equal(p.delen.count, 2);
	assert_int_equal(delen[0].aantal, 9);
	assert_string_equal(delen[1].naam, "b");
	assert_int_equal(delen[1].aantal, NUMBER_NONE);
	assert_int_equal(((const int *)p.kleuren_lijst.items)[1], 3);
	assert_int_equal(((const struct date *)p.dagen.items)[0].day, date_make(2026, 1, 1).day);
	assert_string_equal(p.doos.naam, "c");
}

static void test_absent_and_null_are_no_value(void **state)
{
	struct proef p = read_well("{\"korteTekst\":\"abc\",\"dag\":\"2026-01-31\",\"mag\":null,"
				   "\"delen\":null,\"doos\":null}");

	(void)state;
	assert_null(p.id);
	assert_null(p.bsn);
	assert_null(p.vrij);
	assert_int_equal(p.aantal, NUMBER_NONE);
	assert_int_equal(p.bedrag, NUMBER_NONE);
	assert_int_equal(p.mag, BOOL_NONE);
	assert_int_equal(p.kleur, 0);
	assert_int_equal(p.delen.count, 0);
	assert_null(p.doos.naam);
	assert_int_equal(p.doos.aantal, NUMBER_NONE);
}

/* ---- what is wrong ---- */

static void test_names_every_wrong_field_at_once(void **state)
{
	static const char *const expected[][2] = {
		{ "korteTekst", "te-lang" },
		{ "dag", "datum" },
		{ "aantal", "bereik" },
		{ "bedrag", "decimalen" },
		{ "mag", "type" },
		{ "kleur", "keuze" },
		{ "vrij", "type" },
		{ "bsn", "bsn" },
		{ "geheim", "uuid" },
		{ "tijdstipVanMelding", "tijdstip" },
		{ "id", "alleen-lezen" },
		{ "delen[0].naam", "verplicht" },
		{ "delen[1].aantal", "bereik" },
		{ "delen[1].kleur", "onbekend" },
		{ "delen[2]", "type" },
		{ "kleurenLijst[1]", "keuze" },
		{ "dagen[0]", "datum" },
		{ "doos.naam", "te-kort" },
		{ "korte_tekst", "onbekend" },
		{ "", "onbekend" },
	};

	(void)state;
	check_wrong(
		"{\"korteTekst\":\"abcdef\",\"dag\":\"2026-02-29\",\"aantal\":6,\"bedrag\":1.005,"
		"\"mag\":1,\"kleur\":\"paars\",\"vrij\":true,\"bsn\":\"123456789\",\"geheim\":"
		"\"x\","
		"\"tijdstipVanMelding\":\"2026-01-31\",\"id\":\"" UUID
		"\",\"delen\":[{},{\"naam\":\"a\","
		"\"aantal\":-1,\"kleur\":1},[]],\"kleurenLijst\":[\"rood\",\"\"],\"dagen\":[5],"
		"\"doos\":{\"naam\":\"\"},\"korte_tekst\":\"abc\",\"\":1}",
		expected, sizeof(expected) / sizeof(*expected));
}

static void test_missing_fields(void **state)
{
	static const char *const both[][2] = { { "korteTekst", "verplicht" },
		{ "dag", "verplicht" } };
	static const char *const no_object[][2] = { { "body", "type" } };
	struct proef out;

	(void)state;
	check_wrong("{}", both, 2);
	check_wrong("{\"korteTekst\":null,\"dag\":null}", both, 2);
	check_wrong("[]", no_object, 1);
	check_wrong("\"tekst\"", no_object, 1);
	assert_int_equal(read_with(doos_verplicht, "{}", &out), ERR_INVALID);
	assert_string_equal(req.error.invalid[0].name, "doos");
	assert_int_equal(read_with(doos_verplicht, "{\"doos\":{}}", &out), ERR_INVALID);
	assert_string_equal(req.error.invalid[0].name, "doos.naam");
}

/* A value of the wrong kind is named without the dot that its members would have. */
static void test_names_what_is_no_object_or_list(void **state)
{
	(void)state;
	check_member("\"doos\":3", "doos", "type");
	check_member("\"delen\":{}", "delen", "type");
	check_member("\"delen\":[3]", "delen[0]", "type");
	check_member("\"kleurenLijst\":[null]", "kleurenLijst[0]", "verplicht");
}

static void test_text(void **state)
{
	(void)state;
	check_member("\"langeTekst\":\"\"", "langeTekst", "te-kort");
	check_member("\"langeTekst\":5", "langeTekst", "type");
	check_member("\"langeTekst\":\"a\\u0007b\"", "langeTekst", "teken");
	assert_string_equal(read_member("\"langeTekst\":\"a\\tb\\nc\"").lange_tekst, "a\tb\nc");
	/* 200 characters, each of two bytes; then one more */
	assert_int_equal(strlen(read_member(arena_printf(&arena, "\"langeTekst\":\"%s\"",
						    "éééééééééééééééééééééééééééééééééééééééé"
						    "éééééééééééééééééééééééééééééééééééééééé"
						    "éééééééééééééééééééééééééééééééééééééééé"
						    "éééééééééééééééééééééééééééééééééééééééé"
						    "éééééééééééééééééééééééééééééééééééééééé"))
					 .lange_tekst),
		400);
	check_member(arena_printf(&arena, "\"langeTekst\":\"%0201d\"", 0), "langeTekst", "te-lang");
}

static void test_numbers(void **state)
{
	(void)state;
	assert_int_equal(read_member("\"aantal\":5").aantal, 5);
	check_member("\"aantal\":-6", "aantal", "bereik");
	check_member("\"aantal\":1.0", "aantal", "type");
	check_member("\"aantal\":\"1\"", "aantal", "type");
	check_member("\"aantal\":9223372036854775807", "aantal", "bereik");
	assert_int_equal(read_member("\"bedrag\":0").bedrag, 0);
	assert_int_equal(read_member("\"bedrag\":0.07").bedrag, 7);
	assert_int_equal(read_member("\"bedrag\":99.99").bedrag, 9999);
	assert_int_equal(read_member("\"bedrag\":100").bedrag, 10000);
	check_member("\"bedrag\":100.01", "bedrag", "bereik");
	check_member("\"bedrag\":-0.01", "bedrag", "bereik");
	check_member("\"bedrag\":1e300", "bedrag", "bereik");
	check_member("\"bedrag\":0.001", "bedrag", "decimalen");
	check_member("\"bedrag\":\"5\"", "bedrag", "type");
}

static void test_choices(void **state)
{
	(void)state;
	assert_int_equal(read_member("\"kleur\":22").kleur, 3);
	assert_int_equal(read_member("\"kleur\":\"22\"").kleur, 3);
	check_member("\"kleur\":\"Rood\"", "kleur", "keuze");
	check_member("\"kleur\":1", "kleur", "keuze");
	check_member("\"kleur\":[]", "kleur", "keuze");
	check_member("\"mag\":\"true\"", "mag", "type");
}

static int read_kleur(const char *text)
{
	return strncmp(text, "licht", 5) == 0 ? 2 : 0;
}

/* A field may know other ways to write a value; what is read is the value. */
static void test_other_ways_to_write_a_choice(void **state)
{
	struct field lenient[] = { FIELD_ENUM(struct proef, kleur, kleuren, REQUIRED, "Kleur"),
		FIELD_END };
	struct proef out;

	(void)state;
	lenient[0].read_enum = read_kleur;
	assert_int_equal(read_with(lenient, "{\"kleur\":\"lichtgroen\"}", &out), OK);
	assert_int_equal(out.kleur, 2);
	assert_int_equal(read_with(lenient, "{\"kleur\":\"rood\"}", &out), OK);
	assert_int_equal(out.kleur, 1);
	assert_int_equal(read_with(lenient, "{\"kleur\":\"paars\"}", &out), ERR_INVALID);
	assert_string_equal(req.error.invalid[0].code, "keuze");
	assert_int_equal(read_with(lenient, "{\"kleur\":[]}", &out), ERR_INVALID);
}

static void test_identifiers(void **state)
{
	static const char *const wrong_bsn[] = { "000000000", "99999001", "9999900190", "999990018",
		"99999001a", " 99990019" };
	static const char *const wrong_moment[] = { "2026-01-31T12:00:00", "2026-01-31 12:00:00Z",
		"2026-02-30T12:00:00Z", "2026-01-31T12:00:00+01:00", "2026-01-31T12:00:00.Z",
		"2026-01-31T", "2026-01-31T25:00:00Z", "2026-01-31T12:60:00Z" };

	(void)state;
	for (size_t i = 0; i < sizeof(wrong_bsn) / sizeof(*wrong_bsn); i++)
		check_member(arena_printf(&arena, "\"bsn\":\"%s\"", wrong_bsn[i]), "bsn", "bsn");
	for (size_t i = 0; i < sizeof(wrong_moment) / sizeof(*wrong_moment); i++)
		check_member(arena_printf(&arena, "\"tijdstipVanMelding\":\"%s\"", wrong_moment[i]),
			"tijdstipVanMelding", "tijdstip");
	assert_non_null(read_member("\"tijdstipVanMelding\":\"2026-01-31T12:00:00.123Z\"")
				.tijdstip_van_melding);
	check_member("\"geheim\":\"" UUID "0\"", "geheim", "uuid");
	check_member("\"geheim\":\"0123ABCD-4567-89ef-0123-456789abcdef\"", "geheim", "uuid");
	check_member("\"geheim\":\"0123abcd04567-89ef-0123-456789abcdef\"", "geheim", "uuid");
}

static void test_lists_have_a_limit(void **state)
{
	struct buffer b;

	(void)state;
	buffer_init(&b, &arena);
	buffer_puts(&b, "\"kleurenLijst\":[\"rood\"");
	for (int i = 1; i < 200; i++)
		buffer_puts(&b, ",\"rood\"");
	assert_int_equal(read_member(arena_printf(&arena, "%s]", b.data)).kleuren_lijst.count, 200);
	check_member(arena_printf(&arena, "%s,\"rood\"]", b.data), "kleurenLijst", "te-lang");
}

/* What the parser refuses before any table is asked. */
static void test_json_that_is_none(void **state)
{
	static const char *const wrong[] = { "{\"a\":\"\xff\"}", "{\"a\":\"\xc3\"}",
		"{\"a\":\"\xed\xa0\x80\"}", "{\"a\":\"\xc0\x80\"}", "{\"\xff\":1}",
		"{\"a\":\"\\u0000\"}", "{\"a\":\"\\ud800\"}", "{\"a\":1,\"a\":2}", "{\"a\":1e999}",
		"{\"a\":99999999999999999999}", "{\"a\":01}", "{} {}" };

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		if (json_loadb(wrong[i], strlen(wrong[i]), JSON_REJECT_DUPLICATES, NULL))
			fail_msg("%s was read", wrong[i]);
}

static void test_at_most_a_hundred_wrong_fields_are_named(void **state)
{
	struct buffer b;
	struct proef out;

	(void)state;
	buffer_init(&b, &arena);
	buffer_puts(&b, "{\"korteTekst\":\"abc\"");
	for (int i = 0; i < 300; i++)
		buffer_printf(&b, ",\"%0200d\":1", i);
	buffer_puts(&b, "}");
	assert_int_equal(read_with(proef_fields, b.data, &out), ERR_INVALID);
	assert_int_equal(req.error.invalid_count, 100);
	for (size_t i = 0; i < req.error.invalid_count; i++)
		assert_true(strlen(req.error.invalid[i].name) <= 100);
}

static void test_programs_get_the_first_wrong_field(void **state)
{
	const char *field, *reason;
	struct proef out;

	(void)state;
	assert_false(fields_read_json(&arena, proef_fields,
		parsed("{\"korteTekst\":\"a\",\"delen\":[{}],\"x\":1}"), &out, &field, &reason));
	assert_string_equal(field, "korteTekst");
	assert_true(reason[0]);
	assert_true(fields_read_json(&arena, proef_fields,
		parsed("{\"korteTekst\":\"ab\",\"dag\":\"2026-01-31\"}"), &out, &field, &reason));
}

/* ---- writing ---- */

static const char *written(const struct field *fields, const void *obj)
{
	struct buffer b;

	buffer_init(&b, &arena);
	fields_write_json(&b, fields, obj);
	return b.data;
}

static void test_what_is_written_is_read_again(void **state)
{
	static const char text[] =
		"{\"korteTekst\":\"a\\\"\\\\\u00e9\",\"langeTekst\":\"x\\ny\",\"dag\":\"2026-01-"
		"31\",\"aantal\":-5,"
		"\"bedrag\":0.07,\"mag\":true,\"kleur\":\"22\",\"vrij\":{\"a\":[null,1.5]},"
		"\"delen\":[{\"naam\":\"a\",\"aantal\":0},{\"naam\":\"b\"}],\"kleurenLijst\":["
		"\"rood\"],"
		"\"dagen\":[],\"doos\":{\"naam\":\"c\",\"aantal\":9}}";
	struct proef p = read_well(text);

	(void)state;
	assert_string_equal(written(proef_fields, &p), text);
}

static void test_a_long_unknown_name_is_cut_between_characters(void **state)
{
	struct proef out;
	char text[160];

	(void)state;
	snprintf(text, sizeof(text),
		"{\"korteTekst\":\"abc\",\"dag\":\"2026-01-31\",\"%099d\u00e9\":1}", 0);
	assert_int_equal(read_with(proef_fields, text, &out), ERR_INVALID);
	assert_string_equal(req.error.invalid[0].code, "onbekend");
	assert_int_equal(strlen(req.error.invalid[0].name), 99);
}

static void test_an_absent_object_or_list_is_not_written(void **state)
{
	struct proef p = read_well("{\"korteTekst\":\"abc\",\"dag\":\"2026-01-31\"}");
	const char *text = written(proef_fields, &p);

	(void)state;
	assert_null(strstr(text, "doos"));
	assert_null(strstr(text, "delen"));
	p = read_well(text);
	assert_null(field_sql_text(&arena, field_find(proef_fields, "doos"), &p));
	assert_null(field_sql_text(&arena, field_find(proef_fields, "dagen"), &p));
	assert_string_equal(written(doos_verplicht, &p), "{\"doos\":{}}");
}

static void test_amounts_are_written_in_euros(void **state)
{
	static const struct {
		int64_t cents;
		const char *text;
	} rows[] = { { 0, "{\"bedrag\":0}" }, { 5, "{\"bedrag\":0.05}" },
		{ 50, "{\"bedrag\":0.5}" }, { 1250, "{\"bedrag\":12.5}" },
		{ 1205, "{\"bedrag\":12.05}" }, { 240000, "{\"bedrag\":2400}" },
		{ -5, "{\"bedrag\":-0.05}" }, { -105, "{\"bedrag\":-1.05}" },
		{ NUMBER_NONE, "{}" } };
	static const struct field fields[] = {
		FIELD(struct proef, bedrag, F_CENTS, OPTIONAL, "Bedrag"),
		FIELD_END,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct proef p = { .bedrag = rows[i].cents };

		assert_string_equal(written(fields, &p), rows[i].text);
	}
}

static void test_writeonly_is_never_shown(void **state)
{
	struct proef p = read_member("\"bsn\":\"999990019\"");

	(void)state;
	assert_string_equal(p.bsn, "999990019");
	assert_null(strstr(written(proef_fields, &p), "bsn"));
}

static void test_names(void **state)
{
	char name[64], small[6];

	(void)state;
	assert_string_equal(field_json_name("datum_inschrijving_brp", name, sizeof(name)),
		"datumInschrijvingBrp");
	assert_string_equal(field_json_name("na_1", name, sizeof(name)), "na1");
	assert_string_equal(field_json_name("x_", name, sizeof(name)), "x_");
	assert_string_equal(field_json_name("", name, sizeof(name)), "");
	assert_string_equal(field_json_name("dagtekening", small, sizeof(small)), "dagte");
	assert_ptr_equal(field_find(proef_fields, "dag")->values, NULL);
	assert_null(field_find(proef_fields, "da"));
}

/* ---- SQL ---- */

static void test_sql_text_round_trip(void **state)
{
	struct proef p = read_well(
		"{\"korteTekst\":\"abc\",\"dag\":\"2026-01-31\",\"aantal\":-5,\"bedrag\":12.5,"
		"\"mag\":true,"
		"\"kleur\":\"22\",\"vrij\":{\"a\":1},\"delen\":[{\"naam\":\"a\",\"aantal\":3}],"
		"\"kleurenLijst\":[\"groen\"],\"dagen\":[\"2026-01-01\"],\"doos\":{\"naam\":\"c\"}"
		"}");
	struct proef copy;

	(void)state;
	memset(&copy, 0xa5, sizeof(copy));
	for (const struct field *f = proef_fields; f->name; f++)
		field_from_sql(&arena, f, &copy, field_sql_text(&arena, f, &p));
	assert_string_equal(written(proef_fields, &copy), written(proef_fields, &p));
	assert_string_equal(field_sql_text(&arena, field_find(proef_fields, "bedrag"), &p), "1250");
	assert_null(field_sql_text(&arena, field_find(proef_fields, "lange_tekst"), &p));
}

/* A jsonb object with lists and objects inside. */
static void test_sql_object_within_object(void **state)
{
	static const struct field kast[] = {
		{ .name = "inhoud", .type = F_OBJECT, .items = proef_fields },
		FIELD_END,
	};
	struct proef p =
		read_well("{\"korteTekst\":\"abc\",\"dag\":\"2026-01-31\",\"vrij\":{\"a\":1},"
			  "\"delen\":[{\"naam\":\"a\",\"aantal\":3},{\"naam\":\"b\"}],"
			  "\"kleurenLijst\":[\"groen\"],\"doos\":{\"naam\":\"c\"}}");
	struct proef copy;

	(void)state;
	memset(&copy, 0xa5, sizeof(copy));
	field_from_sql(&arena, kast, &copy, field_sql_text(&arena, kast, &p));
	assert_string_equal(written(kast, &copy), written(kast, &p));
	assert_int_equal(copy.delen.count, 2);
	assert_string_equal(copy.doos.naam, "c");
	field_from_sql(&arena, kast, &copy, "{\"dag\":\"2026-01-31\",\"delen\":3,\"nieuw\":[]}");
	assert_int_equal(copy.dag.day, date_make(2026, 1, 31).day);
	assert_int_equal(copy.delen.count, 0);
	assert_null(copy.kleuren_lijst.items);
	assert_null(copy.doos.naam);
}

static void test_sql_moment(void **state)
{
	const struct field *f = field_find(proef_fields, "tijdstip_van_melding");
	struct proef p;

	(void)state;
	field_from_sql(&arena, f, &p, "2026-01-31 12:00:00.123+00");
	assert_string_equal(p.tijdstip_van_melding, "2026-01-31T12:00:00Z");
	field_from_sql(&arena, f, &p, "infinity");
	assert_string_equal(p.tijdstip_van_melding, "infinity");
	field_from_sql(&arena, f, &p, NULL);
	assert_null(p.tijdstip_van_melding);
}

/* ---- the schema ---- */

static json_t *schema(bool input)
{
	struct buffer b;

	buffer_init(&b, &arena);
	fields_write_schema(&b, proef_fields, input);
	return parsed(b.data);
}

static void test_schema(void **state)
{
	json_t *in = json_object_get(schema(true), "properties");
	json_t *out = json_object_get(schema(false), "properties");

	(void)state;
	assert_null(json_object_get(in, "id"));
	assert_non_null(json_object_get(out, "id"));
	assert_non_null(json_object_get(in, "bsn"));
	assert_null(json_object_get(out, "bsn"));
	assert_int_equal(json_array_size(json_object_get(schema(true), "required")), 2);
	assert_int_equal(
		json_integer_value(json_object_get(json_object_get(in, "korteTekst"), "maxLength")),
		5);
	assert_int_equal(
		json_integer_value(json_object_get(json_object_get(in, "aantal"), "minimum")), -5);
	assert_int_equal(json_array_size(json_object_get(json_object_get(in, "kleur"), "enum")), 3);
	assert_non_null(json_object_get(json_object_get(in, "doos"), "properties"));
	assert_string_equal(
		json_string_value(json_object_get(
			json_object_get(json_object_get(in, "dagen"), "items"), "format")),
		"date");
}

/* ---- dates of which a part is unknown ---- */

struct geboren {
	struct partial_date dag, niets;
};

static const struct field geboren_fields[] = {
	FIELD(struct geboren, dag, F_PARTIAL_DATE, REQUIRED, "Geboren"),
	FIELD(struct geboren, niets, F_PARTIAL_DATE, OPTIONAL, "Niets"),
	FIELD_END,
};

static void test_partial_dates_through_the_table(void **state)
{
	static const char *const texts[] = { "1990-05-04", "1990-05", "1990", "onbekend" };
	struct geboren in, out;
	struct buffer b;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		req = (struct req){ .arena = &arena };
		assert_int_equal(
			fields_from_json(&req, geboren_fields,
				parsed(arena_printf(&arena, "{\"dag\":\"%s\"}", texts[i])), &in),
			OK);
		buffer_init(&b, &arena);
		fields_write_json(&b, geboren_fields, &in);
		assert_string_equal(b.data, arena_printf(&arena, "{\"dag\":\"%s\"}", texts[i]));
		assert_string_equal(field_sql_text(&arena, &geboren_fields[0], &in), texts[i]);
		assert_null(field_sql_text(&arena, &geboren_fields[1], &in));
		fields_clear(geboren_fields, &out);
		field_from_sql(&arena, &geboren_fields[0], &out, texts[i]);
		assert_memory_equal(&out.dag, &in.dag, sizeof(in.dag));
	}
	field_from_sql(&arena, &geboren_fields[0], &out, NULL);
	assert_int_equal(out.dag.known, DATE_ABSENT);
	req = (struct req){ .arena = &arena };
	assert_int_equal(
		fields_from_json(&req, geboren_fields, parsed("{\"dag\":\"1990-13\"}"), &in),
		ERR_INVALID);
	assert_string_equal(req.error.invalid[0].code, "datum");
	buffer_init(&b, &arena);
	fields_write_schema(&b, geboren_fields, true);
	assert_non_null(strstr(b.data, "onbekend"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_reads_every_type, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_absent_and_null_are_no_value, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_names_every_wrong_field_at_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_missing_fields, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_names_what_is_no_object_or_list, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_text, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_numbers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_choices, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_other_ways_to_write_a_choice, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_identifiers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_lists_have_a_limit, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_json_that_is_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_at_most_a_hundred_wrong_fields_are_named, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_programs_get_the_first_wrong_field, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_what_is_written_is_read_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_a_long_unknown_name_is_cut_between_characters, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_an_absent_object_or_list_is_not_written, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_amounts_are_written_in_euros, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_writeonly_is_never_shown, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_sql_text_round_trip, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_sql_object_within_object, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_sql_moment, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_schema, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_partial_dates_through_the_table, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
