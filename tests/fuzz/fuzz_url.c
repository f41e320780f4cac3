/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "app/url.h"
#include "fuzz.h"

/* What is decoded and encoded again decodes to the same. */
static void check_decode(struct arena *a, const char *text, size_t len)
{
	const char *plain = url_decode(a, text, len), *again;
	struct buffer b;

	if (!plain)
		return;
	buffer_init(&b, a);
	url_encode(&b, plain);
	MUST(strspn(b.data,
		     "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~%") ==
		b.len);
	again = url_decode(a, b.data, b.len);
	MUST(again && strcmp(again, plain) == 0);
}

/* Whatever a browser leaves out of an address, what is local stays here (URL Standard 4.4). */
static void check_local(struct arena *a, const char *text)
{
	char *read = arena_strdup(a, text);
	size_t n = 0;

	for (const char *p = text; *p; p++)
		if (!strchr("\t\r\n", *p))
			read[n++] = *p;
	read[n] = '\0';
	MUST(!url_is_local(text) || (read[0] == '/' && read[1] != '/' && read[1] != '\\'));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "limit", "cursor", "code", "" };
	struct arena a;
	const char *text;

	arena_init(&a);
	check_decode(&a, (const char *)data, size);
	text = arena_strndup(&a, (const char *)data, size);
	check_local(&a, text);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value = form_value(&a, text, names[i]);

		MUST(!value || strlen(value) <= strlen(text));
	}
	arena_finish(&a);
	return 0;
}
