/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/date.h"

#include <stdio.h>
#include <string.h>

/* Days since 1970-01-01 by eras of 400 years, with the year starting in March so that the leap day
 * comes last (public domain algorithm, H. Hinnant, "chrono-compatible low-level date algorithms").
 */
#define ERA_DAYS 146097
#define EPOCH_DAYS 719468 /* 0000-03-01 to 1970-01-01 */

struct date date_make(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int era = (y >= 0 ? y : y - 399) / 400;
	int yoe = y - era * 400;
	int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return (struct date){ era * ERA_DAYS + doe - EPOCH_DAYS };
}

void date_split(struct date d, int *year, int *month, int *day)
{
	int z = d.day + EPOCH_DAYS;
	int era = (z >= 0 ? z : z - (ERA_DAYS - 1)) / ERA_DAYS;
	int doe = z - era * ERA_DAYS;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;

	*day = doy - (153 * mp + 2) / 5 + 1;
	*month = mp < 10 ? mp + 3 : mp - 9;
	*year = yoe + era * 400 + (*month <= 2);
}

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && is_leap(year));
}

static bool read_number(const char *s, int digits, int *out)
{
	int n = 0;

	for (int i = 0; i < digits; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		n = 10 * n + (s[i] - '0');
	}
	*out = n;
	return true;
}

bool date_parse(const char *s, struct date *out)
{
	int year, month, day;

	if (!s || !read_number(s, 4, &year) || s[4] != '-' || !read_number(s + 5, 2, &month) ||
		s[7] != '-' || !read_number(s + 8, 2, &day) || s[10] != '\0')
		return false;
	if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 ||
		day > days_in_month(year, month))
		return false;
	*out = date_make(year, month, day);
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

size_t date_time_length(const char *s)
{
	static const char pattern[] = "0000-00-00T00:00:00";
	size_t n = sizeof(pattern) - 1;
	char day[DATE_TEXT];
	struct date d;

	for (size_t i = 0; i < n; i++)
		if (pattern[i] == '0' ? !is_digit(s[i]) : s[i] != pattern[i])
			return 0;
	memcpy(day, s, DATE_TEXT - 1);
	day[DATE_TEXT - 1] = '\0';
	if (!date_parse(day, &d) || s[11] > '2' || (s[11] == '2' && s[12] > '3') || s[14] > '5' ||
		s[17] > '5')
		return 0;
	if (s[n] == '.' && is_digit(s[n + 1]))
		for (n++; is_digit(s[n]);)
			n++;
	return n;
}

static char *put_number(char *p, int n, int digits)
{
	for (int i = digits - 1; i >= 0; i--, n /= 10)
		p[i] = (char)('0' + n % 10);
	return p + digits;
}

char *date_format(struct date d, char out[DATE_TEXT])
{
	int year, month, day;
	char *p = out;

	out[0] = '\0';
	if (!date_is_set(d))
		return out;
	date_split(d, &year, &month, &day);
	p = put_number(p, year, 4);
	*p++ = '-';
	p = put_number(p, month, 2);
	*p++ = '-';
	p = put_number(p, day, 2);
	*p = '\0';
	return out;
}

struct date date_add_days(struct date d, int days)
{
	return (struct date){ d.day + days };
}

struct date date_add_months(struct date d, int months)
{
	int year, month, day, count;

	date_split(d, &year, &month, &day);
	count = year * 12 + month - 1 + months;
	year = count >= 0 ? count / 12 : (count - 11) / 12;
	month = count - year * 12 + 1;
	if (day > days_in_month(year, month))
		return date_add_days(date_make(year, month, days_in_month(year, month)), 1);
	return date_make(year, month, day);
}

int date_weekday(struct date d)
{
	int w = (d.day + 4) % 7; /* 1970-01-01 was a Thursday */

	return w < 0 ? w + 7 : w;
}

const char *date_month_name(int month)
{
	static const char *const names[] = { "januari", "februari", "maart", "april", "mei", "juni",
		"juli", "augustus", "september", "oktober", "november", "december" };

	return names[month - 1];
}

/* ---- dates of which a part is unknown ---- */

#define UNKNOWN "onbekend"

bool partial_date_parse(const char *s, struct partial_date *out)
{
	struct partial_date d = { .known = DATE_YEAR };
	size_t length = s ? strlen(s) : 0;

	if (length == 8 && strcmp(s, UNKNOWN) == 0) {
		*out = (struct partial_date){ .known = DATE_UNKNOWN };
		return true;
	}
	if ((length != 4 && length != 7 && length != 10) || !read_number(s, 4, &d.year) || !d.year)
		return false;
	if (length > 4) {
		d.known = DATE_MONTH;
		if (s[4] != '-' || !read_number(s + 5, 2, &d.month) || d.month < 1 || d.month > 12)
			return false;
	}
	if (length > 7) {
		d.known = DATE_DAY;
		if (s[7] != '-' || !read_number(s + 8, 2, &d.day) || d.day < 1 ||
			d.day > days_in_month(d.year, d.month))
			return false;
	}
	*out = d;
	return true;
}

char *partial_date_format(struct partial_date d, char out[PARTIAL_TEXT])
{
	char *p = out;

	if (d.known == DATE_UNKNOWN)
		return memcpy(out, UNKNOWN, sizeof(UNKNOWN));
	if (d.known >= DATE_YEAR)
		p = put_number(p, d.year, 4);
	if (d.known >= DATE_MONTH) {
		*p++ = '-';
		p = put_number(p, d.month, 2);
	}
	if (d.known == DATE_DAY) {
		*p++ = '-';
		p = put_number(p, d.day, 2);
	}
	*p = '\0';
	return out;
}

char *partial_date_words(struct partial_date d, char out[PARTIAL_WORDS])
{
	int year = d.year % 10000, day = d.day % 100;

	if (d.known == DATE_DAY)
		snprintf(out, PARTIAL_WORDS, "%d %s %d", day, date_month_name(d.month), year);
	else if (d.known == DATE_MONTH)
		snprintf(out, PARTIAL_WORDS, "%s %d", date_month_name(d.month), year);
	else if (d.known == DATE_YEAR)
		snprintf(out, PARTIAL_WORDS, "%d", year);
	else
		snprintf(out, PARTIAL_WORDS, "%s", d.known == DATE_UNKNOWN ? UNKNOWN : "");
	return out;
}

struct date partial_date_whole(struct partial_date d)
{
	if (d.known != DATE_DAY || d.year < 1900 || d.year > 2200)
		return DATE_NONE;
	return date_make(d.year, d.month, d.day);
}

struct partial_date partial_date_of(struct date d)
{
	struct partial_date out = { .known = DATE_DAY };

	if (!date_is_set(d))
		return (struct partial_date){ 0 };
	date_split(d, &out.year, &out.month, &out.day);
	return out;
}
