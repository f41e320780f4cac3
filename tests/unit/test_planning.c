/* SPDX-License-Identifier: EUPL-1.2
 *
 * By when the college's own work should be done, and how long is left of the PIP's term.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "law/date_rules.h"
#include "law/planning.h"
#include "law/term.h"

static void check_day(struct date d, const char *expected)
{
	char text[DATE_TEXT];

	assert_string_equal(date_format(d, text), expected);
}

static void test_an_aanbod_comes_before_its_absence_counts(void **state)
{
	(void)state;
	check_day(planning_aanbod(date_make(2026, 1, 15), ROUTE_B), "2026-04-15");
	check_day(planning_aanbod(date_make(2026, 1, 15), ROUTE_Z), "2026-04-15");
	check_day(planning_aanbod(date_make(2026, 1, 15), 0), "2026-04-15");
	check_day(planning_aanbod(date_make(2026, 1, 15), ROUTE_O), "2026-07-15");
	/* from 1 February to 1 May */
	check_day(planning_aanbod(date_make(2026, 1, 31), ROUTE_B), "2026-04-30");
}

static void test_work_without_a_clock(void **state)
{
	(void)state;
	check_day(planning_pip(date_make(2026, 1, 5)), "2026-03-16");
	check_day(planning_pip(date_make(2026, 1, 3)), "2026-03-16"); /* a Saturday moves */
	check_day(planning_eerste_oproep(date_make(2026, 12, 20)), "2027-01-03");
	check_day(planning_dagen(date_make(2026, 12, 31), 1), "2027-01-01");
	check_day(planning_dagen(date_make(2026, 12, 31), 0), "2026-12-31");
}

static void test_days_left(void **state)
{
	struct pip_termijn_facts facts = { .doelgroep = DOELGROEP_ASIEL,
		.datum_kennisgeving = date_make(2026, 1, 5),
		.datum_inschrijving_brp = date_make(2026, 1, 5),
		.datum_inschrijving_nieuwe_gemeente = DATE_NONE,
		.datum_ontvangst_derde = DATE_NONE };
	struct pip_termijn out;

	(void)state;
	pip_termijn(&facts, &out);
	assert_int_equal(pip_termijn_dagen_over(&out, date_make(2026, 3, 10)), 6);
	assert_int_equal(pip_termijn_dagen_over(&out, date_make(2026, 3, 16)), 0);
	assert_int_equal(pip_termijn_dagen_over(&out, date_make(2026, 3, 17)), -1);
	facts.datum_inschrijving_brp = DATE_NONE;
	pip_termijn(&facts, &out);
	assert_true(pip_termijn_dagen_over(&out, date_make(2026, 3, 10)) == LAW_NONE);
}

/* Before DUO's notice nothing runs, whatever is known already. */
static void test_without_a_notice_no_term_runs(void **state)
{
	struct pip_termijn_facts facts = { .doelgroep = DOELGROEP_ASIEL,
		.datum_kennisgeving = DATE_NONE,
		.datum_inschrijving_brp = date_make(2026, 1, 5),
		.datum_inschrijving_nieuwe_gemeente = date_make(2026, 2, 2),
		.datum_ontvangst_derde = date_make(2026, 2, 2) };
	struct pip_termijn out;

	(void)state;
	for (int group = DOELGROEP_ASIEL; group <= DOELGROEP_GEZIN; group++) {
		facts.doelgroep = group;
		pip_termijn(&facts, &out);
		assert_int_equal(out.loopt, NEE);
		assert_false(date_is_set(out.begin) || date_is_set(out.uiterlijk));
		assert_string_equal(out.basis.uitleg,
			"De termijn loopt nog niet: DUO heeft de plicht nog niet gemeld.");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_aanbod_comes_before_its_absence_counts),
		cmocka_unit_test(test_work_without_a_clock),
		cmocka_unit_test(test_days_left),
		cmocka_unit_test(test_without_a_notice_no_term_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
