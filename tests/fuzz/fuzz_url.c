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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "limit", "cursor", "code", "" };
	struct arena a;
	const char *text;

	arena_init(&a);
	check_decode(&a, (const char *)data, size);
	text = arena_strndup(&a, (const char *)data, size);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value = form_value(&a, text, names[i]);

		MUST(!value || strlen(value) <= strlen(text));
	}
	arena_finish(&a);
	return 0;
}
