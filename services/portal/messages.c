/* SPDX-License-Identifier: EUPL-1.2 */
#include "messages.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/umsg.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "app/date.h"

#define TEXT_MAX 2000 /* UTF-16 units of one message */
#define MS_PER_DAY 86400000.0

struct messages {
	json_t *texts;
	const char *locale;
	UDateFormat *date, *day; /* without and with the day of the week */
	UDateFormat *month; /* with its year */
	UNumberFormat *euro;
};

static const char *const locales[][2] = {
	{ "nl", "nl_NL" },
	{ "en", "en_GB" },
	{ "ar", "ar@numbers=latn" },
};

static const char *locale_of(const char *language)
{
	for (size_t i = 0; i < sizeof(locales) / sizeof(locales[0]); i++)
		if (strcmp(locales[i][0], language) == 0)
			return locales[i][1];
	return language;
}

struct messages *messages_load(const char *dir, const char *language, const char **error)
{
	static char line[900];
	static struct messages store[8];
	static int used;
	struct messages *m = &store[used];
	json_error_t wrong;
	char path[512];
	UErrorCode code = U_ZERO_ERROR;
	UChar utc[4], eur[4], year_month[10];

	snprintf(path, sizeof(path), "%s/%s.json", dir, language);
	*error = line;
	m->texts = json_load_file(path, JSON_REJECT_DUPLICATES, &wrong);
	if (!m->texts) {
		snprintf(line, sizeof(line), "%s:%d: %s", path, wrong.line, wrong.text);
		return NULL;
	}
	m->locale = locale_of(language);
	u_uastrcpy(utc, "UTC");
	u_uastrcpy(eur, "EUR");
	m->date = udat_open(UDAT_NONE, UDAT_LONG, m->locale, utc, -1, NULL, 0, &code);
	m->day = udat_open(UDAT_NONE, UDAT_FULL, m->locale, utc, -1, NULL, 0, &code);
	u_uastrcpy(year_month, "MMMM yyyy");
	m->month = udat_open(UDAT_PATTERN, UDAT_PATTERN, m->locale, utc, -1, year_month, -1, &code);
	m->euro = unum_open(UNUM_CURRENCY, NULL, 0, m->locale, NULL, &code);
	unum_setTextAttribute(m->euro, UNUM_CURRENCY_CODE, eur, 3, &code);
	if (U_FAILURE(code)) {
		snprintf(line, sizeof(line), "ICU, language %s: %s", language, u_errorName(code));
		return NULL;
	}
	used++;
	return m;
}

const char *messages_text(const struct messages *m, const char *key)
{
	return json_string_value(json_object_get(m->texts, key));
}

static const char *to_utf8(struct arena *a, const UChar *text, int32_t len)
{
	char *out = arena_alloc(a, (size_t)len * 3 + 1);
	UErrorCode code = U_ZERO_ERROR;

	u_strToUTF8(out, len * 3 + 1, NULL, text, len, &code);
	return U_SUCCESS(code) ? out : NULL;
}

static const UChar *to_utf16(struct arena *a, const char *text, int32_t *len)
{
	int32_t size = (int32_t)strlen(text) + 1;
	UChar *out = arena_alloc(a, (size_t)size * sizeof(UChar));
	UErrorCode code = U_ZERO_ERROR;

	u_strFromUTF8WithSub(out, size, len, text, -1, 0xfffd, NULL, &code);
	return out;
}

const char *messages_format(
	const struct messages *m, struct arena *a, const char *key, double number, const char *text)
{
	const char *pattern = messages_text(m, key);
	UErrorCode code = U_ZERO_ERROR;
	UChar out[TEXT_MAX];
	int32_t pattern_len, text_len, len;
	const UChar *pattern16, *text16;
	UMessageFormat *format;

	if (!pattern || !strchr(pattern, '{'))
		return pattern;
	pattern16 = to_utf16(a, pattern, &pattern_len);
	text16 = to_utf16(a, text, &text_len);
	format = umsg_open(pattern16, pattern_len, m->locale, NULL, &code);
	/* ICU reads its arguments by the types in the pattern; one that is not there is a pointer.
	 */
	if (strstr(pattern, "{0"))
		len = umsg_format(format, out, TEXT_MAX, &code, number, text16);
	else
		len = umsg_format(format, out, TEXT_MAX, &code, (void *)NULL, text16);
	umsg_close(format);
	return U_SUCCESS(code) && len <= TEXT_MAX ? to_utf8(a, out, len) : pattern;
}

static const char *format_day(const UDateFormat *format, struct arena *a, struct partial_date d)
{
	struct date day = partial_date_whole(d);
	UErrorCode code = U_ZERO_ERROR;
	UChar out[100];
	int32_t len;

	if (!date_is_set(day))
		return NULL;
	len = udat_format(format, day.day * MS_PER_DAY, out, 100, NULL, &code);
	return U_SUCCESS(code) ? to_utf8(a, out, len) : NULL;
}

const char *messages_date(const struct messages *m, struct arena *a, const char *date, bool weekday)
{
	const UDateFormat *format = weekday ? m->day : m->date;
	struct partial_date d;

	if (!partial_date_parse(date, &d))
		return NULL;
	if (d.known == DATE_UNKNOWN)
		return messages_text(m, "datum.onbekend");
	if (d.known == DATE_YEAR)
		return date;
	if (d.known == DATE_MONTH) {
		format = m->month;
		d = (struct partial_date){ DATE_DAY, d.year, d.month, 1 };
	}
	return format_day(format, a, d);
}

const char *messages_euro(const struct messages *m, struct arena *a, double euros)
{
	UErrorCode code = U_ZERO_ERROR;
	UChar out[60];
	int32_t len = unum_formatDouble(m->euro, euros, out, 60, NULL, &code);

	return U_SUCCESS(code) ? to_utf8(a, out, len) : NULL;
}
