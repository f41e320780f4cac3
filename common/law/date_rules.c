/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/date_rules.h"

#define ATW_WEKEN_MAX 12 /* Atw art. 4 */

/* Anonymous Gregorian algorithm (Meeus/Jones/Butcher). */
struct date easter_sunday(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return date_make(year, n / 31, n % 31 + 1);
}

/* 27 April; the 26th when the 27th is a Sunday. */
static struct date kings_day(int year)
{
	struct date d = date_make(year, 4, 27);

	return date_weekday(d) == 0 ? date_add_days(d, -1) : d;
}

/* Days counted from Easter: Good Friday, Easter Monday, Ascension Day, Whit Monday. */
static const int from_easter[] = { -2, 1, 39, 50 };

bool date_is_holiday(struct date d)
{
	int year, month, day;

	date_split(d, &year, &month, &day);
	if ((month == 1 && day == 1) || (month == 5 && day == 5) ||
		(month == 12 && (day == 25 || day == 26)))
		return true;
	for (int i = 0; i < 4; i++)
		if (date_compare(d, date_add_days(easter_sunday(year), from_easter[i])) == 0)
			return true;
	return date_compare(d, kings_day(year)) == 0;
}

bool date_is_working_day(struct date d)
{
	int w = date_weekday(d);

	return w != 0 && w != 6 && !date_is_holiday(d);
}

struct date term_end(struct date d)
{
	while (!date_is_working_day(d))
		d = date_add_days(d, 1);
	return d;
}

struct date term_weeks(struct date d, long long weeks)
{
	struct date end = date_add_days(d, (int)(7 * weeks));

	return weeks > ATW_WEKEN_MAX ? end : term_end(end);
}

struct date term_months(struct date d, long long months)
{
	return date_add_days(date_add_months(date_add_days(d, 1), (int)months), -1);
}
