/* SPDX-License-Identifier: EUPL-1.2
 *
 * Policy: the shipped document is the default, what a document leaves out comes from it, and no
 * policy makes a fine higher than the law does. Bounds with their articles stand in
 * tests/cases/law/beleid-toets.csv.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#undef fail /* the kit has its own */

#include "rules/beleid.h"

#define STANDARD "services/council/beleid/standaard.json"
#define ROUNDS 20000

static struct arena arena;

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

static json_t *default_as_json(void)
{
	struct beleid_io document;
	struct beleid b;
	struct buffer out;

	beleid_default(&b);
	beleid_document(&b, &document);
	buffer_init(&out, &arena);
	fields_write_json(&out, beleid_fields, &document);
	return json_loads(out.data, 0, NULL);
}

static void check_same_text(json_t *a, json_t *b)
{
	char *left = json_dumps(a, JSON_SORT_KEYS), *right = json_dumps(b, JSON_SORT_KEYS);

	assert_string_equal(left, right);
	free(left);
	free(right);
}

static void test_the_shipped_document_is_the_default(void **state)
{
	json_t *shipped = json_load_file(STANDARD, JSON_REJECT_DUPLICATES, NULL);
	json_t *ours = default_as_json();

	(void)state;
	assert_non_null(shipped);
	check_same_text(shipped, ours);
	assert_non_null(strstr(json_string_value(json_object_get(shipped, "naam")), "geen wet"));
	json_decref(shipped);
	json_decref(ours);
}

/* Through the schema as a gemeente would send it. */
static void test_the_shipped_document_passes(void **state)
{
	json_t *shipped = json_load_file(STANDARD, JSON_REJECT_DUPLICATES, NULL);
	struct beleid_io *io = arena_alloc(&arena, sizeof(*io));
	const char *field, *reason;

	(void)state;
	rule_init(&rule_beleid_toets, io, DATE_NONE);
	assert_true(rule_read(&rule_beleid_toets, &arena, shipped, io, &field, &reason));
	rule_decide(&rule_beleid_toets, &arena, io);
	assert_int_equal(io->out.toegestaan, JA);
	assert_int_equal(io->bezwaren.count, 0);
	json_decref(shipped);
}

static void check_is_default(const struct beleid *b)
{
	struct beleid_io document;
	struct buffer out;
	json_t *theirs, *ours = default_as_json();

	beleid_document(b, &document);
	buffer_init(&out, &arena);
	fields_write_json(&out, beleid_fields, &document);
	theirs = json_loads(out.data, 0, NULL);
	json_object_del(ours, "naam");
	json_object_del(ours, "toelichting");
	json_object_del(theirs, "naam");
	json_object_del(theirs, "toelichting");
	check_same_text(theirs, ours);
	json_decref(theirs);
	json_decref(ours);
}

static void test_what_is_left_out_is_the_default(void **state)
{
	struct beleid b;

	(void)state;
	beleid_read(&arena, NULL, &b);
	check_is_default(&b);
	assert_non_null(b.naam);
	beleid_read(&arena, "{}", &b);
	check_is_default(&b);
	assert_null(b.naam); /* the default's label is not that of a gemeente's document */
	beleid_read(&arena, "{\"pip\":{},\"signalen\":{},\"later\":{\"nieuw\":1}}", &b);
	check_is_default(&b);
}

static void test_what_is_given_stays(void **state)
{
	struct beleid b;

	(void)state;
	beleid_read(&arena,
		"{\"naam\":\"Waterstad\",\"geldigVan\":\"2026-01-01\",\"pip\":{\"weken\":8},"
		"\"handhaving\":{\"waarschuwingVooraf\":false,\"handhavingAsiel\":\"uit\"},"
		"\"boetes\":{\"artikel23Maximum\":400.5},\"excuses\":[],"
		"\"omstandigheden\":[{\"code\":\"a\",\"omschrijving\":\"A\","
		"\"verwijtbaarheid\":\"verminderd\"}],\"signalen\":{\"termijnEindeMaanden\":[9]}}",
		&b);
	assert_string_equal(b.naam, "Waterstad");
	assert_int_equal(b.geldig_van.day, date_make(2026, 1, 1).day);
	assert_false(date_is_set(b.geldig_tot));
	assert_int_equal(b.pip.weken, 8);
	assert_int_equal(b.pip.weken_derde, 2);
	assert_int_equal(b.handhaving.waarschuwing_vooraf, NEE);
	assert_int_equal(b.handhaving.hulp_eerst, NEE);
	assert_int_equal(b.handhaving.handhaving_asiel, HANDHAVING_UIT);
	assert_int_equal(b.boetes.artikel_23_maximum, 40050);
	assert_int_equal(b.excuus_count, 0);
	assert_int_equal(b.omstandigheid_count, 1);
	assert_string_equal(b.omstandigheden[0].code, "a");
	assert_int_equal(b.omstandigheden[0].verwijtbaarheid, VERMINDERD);
	assert_int_equal(b.signalen.termijn_einde_count, 1);
	assert_int_equal(b.signalen.termijn_einde_maanden[0], 9);
}

/* Number and rhythm go together. */
static void test_talks(void **state)
{
	struct beleid b;

	(void)state;
	beleid_read(&arena, "{\"gesprekken\":{\"aantal\":2}}", &b);
	assert_int_equal(b.gesprekken.aantal, 2);
	assert_int_equal(b.gesprekken.ritme_count, 2);
	assert_int_equal(b.gesprekken.ritme_maanden[1], 6);
	beleid_read(&arena, "{\"gesprekken\":{\"aantal\":9}}", &b);
	assert_int_equal(b.gesprekken.aantal, 9);
	assert_int_equal(b.gesprekken.ritme_count, 6);
	beleid_read(&arena, "{\"gesprekken\":{\"ritmeMaanden\":[4,8,12,16]}}", &b);
	assert_int_equal(b.gesprekken.aantal, 4);
	assert_int_equal(b.gesprekken.ritme_maanden[3], 16);
	beleid_read(&arena, "{\"gesprekken\":{\"aantal\":5,\"ritmeMaanden\":[]}}", &b);
	assert_int_equal(b.gesprekken.aantal, 5);
	assert_int_equal(b.gesprekken.ritme_count, 0);
}

/* ---- the policy as a parameter ---- */

static int pick(int low, int high)
{
	return low + rand() % (high - low + 1);
}

static void pick_policy(struct beleid *b)
{
	beleid_default(b);
	b->handhaving.waarschuwing_vooraf = pick(NEE, JA);
	b->handhaving.hulp_eerst = pick(NEE, JA);
	b->handhaving.tweede_lezer = pick(NEE, JA);
	b->handhaving.handhaving_asiel = pick(HANDHAVING_UIT, HANDHAVING_AAN);
	b->boetes.artikel_23_maximum = pick(5000, 100000);
	b->boetes.plafond_eerste_termijn = pick(1, 300000);
	b->boetes.plafond_nieuw_per_halfjaar = pick(1, 50000);
}

static struct boete_23_facts pick_facts(struct eerdere_overtreding *earlier, size_t count)
{
	struct date day = date_make(2026, 3, 10);

	for (size_t i = 0; i < count; i++) {
		earlier[i].datum_constatering = date_add_days(day, -pick(1, 500));
		earlier[i].datum_onherroepelijk = date_add_days(day, -pick(0, 200));
	}
	return (struct boete_23_facts){ .doelgroep = pick(1, 2),
		.gedraging = pick(1, 3),
		.verwijtbaarheid = pick(OPZET, GEEN_VERWIJT),
		.datum_constatering = day,
		.eerdere = earlier,
		.eerdere_count = count,
		.termijn_soort = pick(1, 2),
		.termijn_maanden = 6 * pick(1, 4),
		.reeds_opgelegd = pick(0, 200000),
		.bijstand_verlaagd = pick(NEE, JA),
		.aanhoudende_onwil = pick(NEE, JA),
		.gewaarschuwd_op = pick(0, 1) ? date_add_days(day, -pick(-5, 30)) : DATE_NONE };
}

static bool demands(const struct boete_23 *b, const char *what)
{
	for (int i = 0; i < b->vereist_count; i++)
		if (strcmp(b->vereist[i], what) == 0)
			return true;
	return false;
}

static void test_no_policy_makes_a_fine_higher(void **state)
{
	struct eerdere_overtreding earlier[5];
	struct beleid policy;
	int lower = 0;

	(void)state;
	srand(2026);
	for (int i = 0; i < ROUNDS; i++) {
		struct boete_23_facts f = pick_facts(earlier, (size_t)pick(0, 5));
		struct boete_23 law, out;

		pick_policy(&policy);
		f.handhaving_asiel = HANDHAVING_AAN;
		boete_23(&f, &law);
		beleid_boete_23(&policy, &f);
		boete_23(&f, &out);
		lower += out.bedrag < law.bedrag;
		assert_true(out.bedrag <= law.bedrag && out.plafond_rest <= law.plafond_rest);
		assert_in_range(out.basis.grondslag_count, 1, BASIS_ARTICLES);
		assert_in_range(strlen(out.basis.uitleg), 10, BASIS_UITLEG - 2);
		assert_int_equal(demands(&out, "tweede-lezer"),
			out.opleggen == JA && policy.handhaving.tweede_lezer == JA &&
				f.doelgroep == DOELGROEP_ASIEL);
		assert_int_equal(demands(&out, "hulp-aangeboden"),
			out.opleggen == JA && policy.handhaving.hulp_eerst == JA);
	}
	assert_true(lower > ROUNDS / 50);
}

static void test_the_law_bounds_what_a_policy_says_of_art_22(void **state)
{
	struct beleid policy;
	struct boete_22 law, out;
	int lower = 0;

	(void)state;
	srand(22);
	for (int i = 0; i < ROUNDS; i++) {
		struct boete_22_facts f = { .stap = pick(0, 1) ? 1 : 3,
			.verwijtbaar = JA,
			.termijn_soort = pick(1, 2),
			.termijn_maanden = 6 * pick(1, 4),
			.reeds_opgelegd = pick(0, 100000),
			.vandaag = DATE_NONE };

		pick_policy(&policy);
		boete_22(&f, &law);
		beleid_boete_22(&policy, &f);
		boete_22(&f, &out);
		assert_true(out.bedrag <= law.bedrag);
		lower += out.bedrag < law.bedrag;
	}
	assert_true(lower > ROUNDS / 50);
}

/* The default asks a warning, and takes the side of the person where the law is open. */
static void test_the_default_in_a_fine(void **state)
{
	struct boete_23_facts f = { .doelgroep = DOELGROEP_GEZIN,
		.gedraging = GEDRAGING_BEGELEIDING,
		.verwijtbaarheid = NORMAAL,
		.datum_constatering = date_make(2026, 3, 10),
		.termijn_soort = TERMIJN_EERSTE,
		.reeds_opgelegd = LAW_NONE,
		.gewaarschuwd_op = DATE_NONE };
	struct boete_23 out;
	struct beleid b;

	(void)state;
	beleid_default(&b);
	beleid_boete_23(&b, &f);
	boete_23(&f, &out); /* the law asks no warning, so the default does not either */
	assert_int_equal(out.bedrag, 2500);
	f.waarschuwing_vooraf = JA;
	boete_23(&f, &out);
	assert_string_equal(out.reden, "waarschuwing-eerst");
	f.gewaarschuwd_op = date_make(2026, 2, 10);
	boete_23(&f, &out);
	assert_int_equal(out.bedrag, 2500);
	f.doelgroep = DOELGROEP_ASIEL;
	boete_23(&f, &out);
	assert_string_equal(out.reden, "beleid-asielstatushouder");
	assert_int_equal(f.verhoging_over, VERHOGING_TREDE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_the_shipped_document_is_the_default, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_the_shipped_document_passes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_what_is_left_out_is_the_default, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_what_is_given_stays, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_talks, set_up, tear_down),
		cmocka_unit_test(test_no_policy_makes_a_fine_higher),
		cmocka_unit_test(test_the_law_bounds_what_a_policy_says_of_art_22),
		cmocka_unit_test(test_the_default_in_a_fine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
