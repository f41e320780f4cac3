/* SPDX-License-Identifier: EUPL-1.2
 *
 * Properties of the calendar and of the working days, over every day that can be written.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "law/date_rules.h"

#define YEAR_FIRST 1900
#define YEAR_LAST 2200

static struct date day_of(const char *text)
{
	struct date d = DATE_NONE;

	assert_true(date_parse(text, &d));
	return d;
}

static struct date first_day(void)
{
	return date_make(YEAR_FIRST, 1, 1);
}

static struct date last_day(void)
{
	return date_make(YEAR_LAST, 12, 31);
}

/* ---- the calendar ---- */

/* Counts the days one by one with the rule of the leap years, beside the arithmetic. */
static void test_every_day_round_trips(void **state)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	struct date d = first_day(), parsed;
	char text[DATE_TEXT], expected[40];
	int year, month, day, count = 0;

	(void)state;
	for (int y = YEAR_FIRST; y <= YEAR_LAST; y++) {
		bool leap = y % 400 == 0 || (y % 4 == 0 && y % 100 != 0);

		for (int m = 1; m <= 12; m++) {
			for (int n = 1; n <= lengths[m - 1] + (m == 2 && leap);
				n++, d.day++, count++) {
				assert_int_equal(date_make(y, m, n).day, d.day);
				date_split(d, &year, &month, &day);
				assert_true(year == y && month == m && day == n);
				snprintf(expected, sizeof(expected), "%04d-%02d-%02d", y, m, n);
				assert_string_equal(date_format(d, text), expected);
				assert_true(date_parse(text, &parsed));
				assert_int_equal(parsed.day, d.day);
				assert_int_equal(date_weekday(d), (1 + count) % 7); /* Monday */
			}
		}
	}
	assert_int_equal(d.day, last_day().day + 1);
}

static void test_known_days(void **state)
{
	(void)state;
	assert_int_equal(day_of("1970-01-01").day, 0);
	assert_int_equal(day_of("2000-03-01").day, 11017);
	assert_int_equal(date_weekday(day_of("1969-12-28")), 0);
	assert_int_equal(date_weekday(day_of("2026-01-31")), 6);
}

/* In memory of exactly their size, so that reading too far is seen. */
static void test_what_is_no_date(void **state)
{
	static const char *const wrong[] = { "", "2", "2026", "2026-", "2026-0", "2026-01",
		"2026-01-", "2026-01-0", "2026-01-001", "2026-01-01 ", "2026-01-01T", " 2026-01-01",
		"2026-1-01", "2026-01-1", "26-01-01", "2026/01/01", "2026-00-01", "2026-13-01",
		"2026-01-00", "2026-01-32", "2026-02-29", "2100-02-29", "2026-04-31", "1899-12-31",
		"2201-01-01", "-026-01-01", "+026-01-01", "2026-+1-01", "20x6-01-01", "0x20-01-01",
		"2026-01-0\xb2" };
	struct date d = { 7 };

	(void)state;
	assert_false(date_parse(NULL, &d));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		char *text = strdup(wrong[i]);

		if (date_parse(text, &d))
			fail_msg("'%s' is no date", text);
		free(text);
	}
	assert_int_equal(d.day, 7); /* written only on success */
}

static void test_dates_with_a_time(void **state)
{
	static const struct {
		const char *text;
		size_t length;
	} cases[] = {
		{ "2026-01-31T12:00:00", 19 },
		{ "2026-01-31T12:00:00Z", 19 },
		{ "2024-02-29T23:59:59.123456789+01:00", 29 },
		{ "2026-01-31T12:00:00.", 19 },
		{ "2026-02-30T12:00:00Z", 0 },
		{ "2026-01-31T24:00:00Z", 0 },
		{ "2026-01-31T12:60:00Z", 0 },
		{ "2026-01-31T12:00:60Z", 0 },
		{ "2026-01-31 12:00:00Z", 0 },
		{ "2026-01-31T12:00", 0 },
		{ "2026-01-31", 0 },
		{ "now", 0 },
		{ "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(date_time_length(cases[i].text), cases[i].length);
}

static void test_no_date_is_empty(void **state)
{
	char text[DATE_TEXT] = "x";

	(void)state;
	assert_string_equal(date_format(DATE_NONE, text), "");
	assert_false(date_is_set(DATE_NONE));
	assert_true(date_is_set((struct date){ 0 }));
}

/* ---- months ---- */

static void test_months_keep_the_day_number(void **state)
{
	int year, month, day, y, m, n;

	(void)state;
	for (struct date d = date_make(1999, 1, 1); d.day <= date_make(2005, 1, 1).day; d.day++) {
		date_split(d, &year, &month, &day);
		for (int months = -50; months <= 50; months++) {
			struct date end = date_add_months(d, months);
			int wanted = year * 12 + month - 1 + months;

			date_split(end, &y, &m, &n);
			if (n == day)
				assert_int_equal(y * 12 + m - 1, wanted);
			else /* that day does not exist: the first of the next month */
				assert_true(n == 1 && day > 28 && y * 12 + m - 1 == wanted + 1);
		}
	}
}

static void test_months_keep_the_order(void **state)
{
	(void)state;
	for (struct date d = date_make(2023, 1, 1); d.day <= date_make(2029, 1, 1).day; d.day++) {
		struct date next = date_add_days(d, 1);

		for (int months = 0; months <= 60; months++) {
			assert_true(date_compare(date_add_months(d, months),
					    date_add_months(next, months)) <= 0);
			assert_true(date_compare(date_add_months(d, months),
					    date_add_months(d, months + 1)) < 0);
		}
	}
}

static void test_month_ends(void **state)
{
	static const struct {
		const char *from;
		int months;
		const char *to;
	} rows[] = {
		{ "2024-02-29", 12, "2025-03-01" },
		{ "2024-02-29", 36, "2027-03-01" },
		{ "2024-02-29", 48, "2028-02-29" },
		{ "2024-02-29", -12, "2023-03-01" },
		{ "2024-01-31", 1, "2024-03-01" },
		{ "2023-01-31", 1, "2023-03-01" },
		{ "2025-12-31", 2, "2026-03-01" },
		{ "2025-12-31", 1, "2026-01-31" },
		{ "2026-03-31", -1, "2026-03-01" },
		{ "2026-01-15", -1, "2025-12-15" },
		{ "2026-08-31", 18, "2028-03-01" },
		{ "2000-01-30", 1201, "2100-03-01" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char text[DATE_TEXT];

		assert_string_equal(
			date_format(date_add_months(day_of(rows[i].from), rows[i].months), text),
			rows[i].to);
	}
}

/* ---- working days ---- */

/* All holidays of the Algemene termijnenwet that are no Saturday or Sunday, written out by hand. */
static const char *const weekday_holidays[] = {
	"2022-04-15",
	"2022-04-18",
	"2022-04-27",
	"2022-05-05",
	"2022-05-26",
	"2022-06-06",
	"2022-12-26",
	"2023-04-07",
	"2023-04-10",
	"2023-04-27",
	"2023-05-05",
	"2023-05-18",
	"2023-05-29",
	"2023-12-25",
	"2023-12-26",
	"2024-01-01",
	"2024-03-29",
	"2024-04-01",
	"2024-05-09",
	"2024-05-20",
	"2024-12-25",
	"2024-12-26",
	"2025-01-01",
	"2025-04-18",
	"2025-04-21",
	"2025-05-05",
	"2025-05-29",
	"2025-06-09",
	"2025-12-25",
	"2025-12-26",
	"2026-01-01",
	"2026-04-03",
	"2026-04-06",
	"2026-04-27",
	"2026-05-05",
	"2026-05-14",
	"2026-05-25",
	"2026-12-25",
	"2027-01-01",
	"2027-03-26",
	"2027-03-29",
	"2027-04-27",
	"2027-05-05",
	"2027-05-06",
	"2027-05-17",
	"2028-04-14",
	"2028-04-17",
	"2028-04-27",
	"2028-05-05",
	"2028-05-25",
	"2028-06-05",
	"2028-12-25",
	"2028-12-26",
	"2029-01-01",
	"2029-03-30",
	"2029-04-02",
	"2029-04-27",
	"2029-05-10",
	"2029-05-21",
	"2029-12-25",
	"2029-12-26",
	"2030-01-01",
	"2030-04-19",
	"2030-04-22",
	"2030-05-30",
	"2030-06-10",
	"2030-12-25",
	"2030-12-26",
};

static bool is_listed(const char *text)
{
	for (size_t i = 0; i < sizeof(weekday_holidays) / sizeof(*weekday_holidays); i++)
		if (strcmp(weekday_holidays[i], text) == 0)
			return true;
	return false;
}

static void test_working_days_2022_to_2030(void **state)
{
	char text[DATE_TEXT];

	(void)state;
	for (struct date d = date_make(2022, 1, 2); d.day <= date_make(2030, 12, 31).day; d.day++) {
		bool weekend = date_weekday(d) == 0 || date_weekday(d) == 6;
		bool expected = !weekend && !is_listed(date_format(d, text));

		if (date_is_working_day(d) != expected)
			fail_msg("%s: working day %d", text, !expected);
	}
}

/* Easter of known years, the earliest and the latest date included. */
static void test_easter(void **state)
{
	static const char *const sundays[] = { "1943-04-25", "1954-04-18", "1981-04-19",
		"2000-04-23", "2008-03-23", "2011-04-24", "2022-04-17", "2023-04-09", "2024-03-31",
		"2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21",
		"2038-04-25", "2049-04-18", "2076-04-19", "2160-03-23" };

	(void)state;
	for (size_t i = 0; i < sizeof(sundays) / sizeof(*sundays); i++) {
		struct date d = day_of(sundays[i]);
		int year, month, day;

		date_split(d, &year, &month, &day);
		assert_int_equal(easter_sunday(year).day, d.day);
	}
	for (int year = YEAR_FIRST; year <= YEAR_LAST; year++) {
		assert_int_equal(date_weekday(easter_sunday(year)), 0);
		assert_in_range(easter_sunday(year).day, date_make(year, 3, 22).day,
			date_make(year, 4, 25).day);
	}
}

static void test_kings_day_is_never_a_sunday(void **state)
{
	(void)state;
	for (int year = 2022; year <= YEAR_LAST; year++) {
		bool sunday = date_weekday(date_make(year, 4, 27)) == 0;

		assert_true(date_is_holiday(date_make(year, 4, sunday ? 26 : 27)));
	}
	assert_false(date_is_holiday(day_of("2025-04-27")));
	assert_false(date_is_holiday(day_of("2026-04-26")));
}

static void test_a_term_ends_on_the_first_working_day(void **state)
{
	(void)state;
	for (struct date d = first_day(); d.day <= last_day().day; d.day++) {
		struct date end = term_end(d);

		assert_true(date_is_working_day(end));
		assert_in_range(end.day - d.day, 0, 6);
		for (struct date between = d; between.day < end.day; between.day++)
			assert_false(date_is_working_day(between));
	}
}

static void test_terms_in_weeks(void **state)
{
	(void)state;
	for (struct date d = date_make(2022, 1, 1); d.day <= date_make(2031, 1, 1).day; d.day++) {
		for (int weeks = 1; weeks <= 14; weeks++) {
			struct date end = term_weeks(d, weeks);

			if (weeks > 12) /* Atw art. 4 */
				assert_int_equal(end.day, d.day + 7 * weeks);
			else
				assert_true(
					date_is_working_day(end) && end.day >= d.day + 7 * weeks);
			assert_true(date_compare(end, term_weeks(date_add_days(d, 1), weeks)) <= 0);
		}
	}
}

/* ---- dates of which a part is unknown ---- */

static void test_partial_dates_are_kept_as_they_are(void **state)
{
	static const struct {
		const char *text, *words;
		enum date_known known;
	} cases[] = {
		{ "1990-05-04", "4 mei 1990", DATE_DAY },
		{ "2000-02-29", "29 februari 2000", DATE_DAY },
		{ "1890-12-31", "31 december 1890", DATE_DAY },
		{ "1990-05", "mei 1990", DATE_MONTH },
		{ "1990", "1990", DATE_YEAR },
		{ "0001", "1", DATE_YEAR },
		{ "onbekend", "onbekend", DATE_UNKNOWN },
	};
	struct partial_date d;
	char text[PARTIAL_TEXT], words[PARTIAL_WORDS];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_true(partial_date_parse(cases[i].text, &d));
		assert_int_equal(d.known, cases[i].known);
		assert_string_equal(partial_date_format(d, text), cases[i].text);
		assert_string_equal(partial_date_words(d, words), cases[i].words);
	}
	d = (struct partial_date){ 0 };
	assert_string_equal(partial_date_format(d, text), "");
	assert_string_equal(partial_date_words(d, words), "");
}

/* In memory of exactly their size, so that reading too far is seen. */
static void test_what_is_no_partial_date(void **state)
{
	static const char *const wrong[] = { "", "1", "199", "0000", "19900", "1990-", "1990-5",
		"1990-00", "1990-13", "1990-05-", "1990-05-4", "1990-05-00", "1990-05-32",
		"1990-02-29", "1990-00-04", "1990/05", "1990-05/04", "1990-05-04T", "-990", "199x",
		"0000-05-04", "Onbekend", "onbeken", "onbekend " };
	struct partial_date d = { .known = DATE_YEAR, .year = 7 };

	(void)state;
	assert_false(partial_date_parse(NULL, &d));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		char *text = strdup(wrong[i]);

		if (partial_date_parse(text, &d))
			fail_msg("'%s' is no date", text);
		free(text);
	}
	assert_true(d.known == DATE_YEAR && d.year == 7); /* written only on success */
}

static void test_a_partial_date_is_a_day_only_when_all_is_known(void **state)
{
	static const char *const not_whole[] = { "1990-05", "1990", "onbekend", "1899-12-31",
		"2201-01-01" };
	struct partial_date d;

	(void)state;
	assert_true(partial_date_parse("1990-05-04", &d));
	assert_int_equal(partial_date_whole(d).day, day_of("1990-05-04").day);
	for (size_t i = 0; i < sizeof(not_whole) / sizeof(*not_whole); i++) {
		assert_true(partial_date_parse(not_whole[i], &d));
		assert_false(date_is_set(partial_date_whole(d)));
	}
	for (struct date day = first_day(); date_compare(day, last_day()) <= 0; day.day += 97)
		assert_int_equal(partial_date_whole(partial_date_of(day)).day, day.day);
	assert_int_equal(partial_date_of(DATE_NONE).known, DATE_ABSENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_day_round_trips),
		cmocka_unit_test(test_known_days),
		cmocka_unit_test(test_partial_dates_are_kept_as_they_are),
		cmocka_unit_test(test_what_is_no_partial_date),
		cmocka_unit_test(test_a_partial_date_is_a_day_only_when_all_is_known),
		cmocka_unit_test(test_what_is_no_date),
		cmocka_unit_test(test_dates_with_a_time),
		cmocka_unit_test(test_no_date_is_empty),
		cmocka_unit_test(test_months_keep_the_day_number),
		cmocka_unit_test(test_months_keep_the_order),
		cmocka_unit_test(test_month_ends),
		cmocka_unit_test(test_working_days_2022_to_2030),
		cmocka_unit_test(test_easter),
		cmocka_unit_test(test_kings_day_is_never_a_sunday),
		cmocka_unit_test(test_a_term_ends_on_the_first_working_day),
		cmocka_unit_test(test_terms_in_weeks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
