/* SPDX-License-Identifier: EUPL-1.2
 *
 * Calendar dates (proleptic Gregorian), pure: no clock, no time zone, no allocation. The law
 * library uses this header and nothing else. `today` comes from struct req.
 */
#ifndef APP_DATE_H
#define APP_DATE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

/* A day, counted from 1970-01-01. The zero value is a real day; "no date" is DATE_NONE. */
struct date {
	int day;
};

#define DATE_NONE ((struct date){ INT_MIN })
#define DATE_TEXT 11 /* bytes for YYYY-MM-DD and the terminator */

static inline bool date_is_set(struct date d)
{
	return d.day != INT_MIN;
}

/* Negative, zero or positive as a is before, equal to or after b. Both must be set. */
static inline int date_compare(struct date a, struct date b)
{
	return (a.day > b.day) - (a.day < b.day);
}

/* The month and day must exist. */
struct date date_make(int year, int month, int day);
void date_split(struct date d, int *year, int *month, int *day);
/* True when `s` is exactly YYYY-MM-DD, an existing day in the years 1900-2200. */
bool date_parse(const char *s, struct date *out);
/* Bytes of the date and time (2026-01-31T12:00:00.5) that `s` begins with, as RFC 3339 writes it,
 * without the zone; 0 when it begins with none. */
size_t date_time_length(const char *s);
/* Writes YYYY-MM-DD into `out` (DATE_TEXT bytes) and returns it; "" for DATE_NONE. */
char *date_format(struct date d, char out[DATE_TEXT]);
struct date date_add_days(struct date d, int days);
/* The day with the same number `months` later (or earlier); where that day does not exist, the
 * first of the next month: the end (exclusive) of a half-open period of months. */
struct date date_add_months(struct date d, int months);
/* 0 = Sunday … 6 = Saturday. */
int date_weekday(struct date d);
/* "januari" for 1 … "december" for 12. */
const char *date_month_name(int month);

/* A date of which a part may be unknown ("datum onvolledig"), as the BRP keeps it. The zero value
 * is no date at all; what is not known is 0. */
enum date_known { DATE_ABSENT, DATE_UNKNOWN, DATE_YEAR, DATE_MONTH, DATE_DAY };

struct partial_date {
	enum date_known known;
	int year, month, day;
};

#define PARTIAL_TEXT 11 /* bytes for the text and the terminator */
#define PARTIAL_WORDS 24

/* True when `s` is YYYY-MM-DD, YYYY-MM, YYYY or "onbekend"; the day must exist, in the years
 * 1-9999.
 */
bool partial_date_parse(const char *s, struct partial_date *out);
/* Writes that text into `out` and returns it; "" for DATE_ABSENT. */
char *partial_date_format(struct partial_date d, char out[PARTIAL_TEXT]);
/* "4 mei 1990", "mei 1990", "1990" or "onbekend"; "" for DATE_ABSENT. */
char *partial_date_words(struct partial_date d, char out[PARTIAL_WORDS]);
/* The day when all of it is known and struct date may be it (1900-2200), else DATE_NONE. */
struct date partial_date_whole(struct partial_date d);
/* All of it is known; DATE_NONE is DATE_ABSENT. */
struct partial_date partial_date_of(struct date d);

#endif
