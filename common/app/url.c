/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/url.h"

#include <ctype.h>
#include <string.h>

void url_encode(struct buffer *out, const char *s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (const unsigned char *p = (const unsigned char *)s; *p; p++) {
		if (isalnum(*p) || strchr("-._~", *p)) {
			buffer_putc(out, (char)*p);
		} else {
			buffer_putc(out, '%');
			buffer_putc(out, hex[*p >> 4]);
			buffer_putc(out, hex[*p & 15]);
		}
	}
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

char *url_decode(struct arena *a, const char *s, size_t len)
{
	char *out = arena_alloc(a, len + 1);
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		if (s[i] == '%') {
			bool whole = len - i > 2;
			int high = whole ? hex_value(s[i + 1]) : -1;
			int low = whole ? hex_value(s[i + 2]) : -1;

			if (high < 0 || low < 0 || (high | low) == 0)
				return NULL;
			out[n++] = (char)(high << 4 | low);
			i += 2;
		} else {
			out[n++] = s[i] == '+' ? ' ' : s[i];
		}
	}
	return out;
}

const char *form_value(struct arena *a, const char *form, const char *name)
{
	size_t name_len = strlen(name);

	for (const char *p = form; p && *p;) {
		size_t pair = strcspn(p, "&");

		if (pair > name_len && p[name_len] == '=' && strncmp(p, name, name_len) == 0)
			return url_decode(a, p + name_len + 1, pair - name_len - 1);
		p += pair + (p[pair] == '&');
	}
	return NULL;
}

/* Browsers take '\' for '/' and leave tabs and line ends out before they read an address. */
bool url_is_local(const char *s)
{
	if (!s || s[0] != '/' || s[1] == '/')
		return false;
	for (; *s; s++)
		if (iscntrl((unsigned char)*s) || *s == '\\')
			return false;
	return true;
}
