/* SPDX-License-Identifier: EUPL-1.2 */
#include "kit.h"

#include <fcgiapp.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/url.h"

#define BODY_MAX ((size_t)1024 * 1024)
#define HEADERS_MAX 100
#define KEY_MAX 64 /* characters of an Idempotency-Key */

/* ---- a new request ---- */

static int64_t monotonic_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

struct date today_default(const struct config *config)
{
	time_t now = time(NULL);
	struct tm local;
	struct date day;

	if (config->mode != MODE_PRODUCTIE && date_parse(config->today, &day))
		return day;
	localtime_r(&now, &local); /* service_main() set TZ to Europe/Amsterdam */
	return date_make(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

void req_init(struct req *req, struct app *app, struct arena *arena)
{
	*req = (struct req){ .app = app,
		.arena = arena,
		.if_match = NUMBER_NONE,
		.limit = NUMBER_NONE,
		.started = monotonic_us() };
	req->today = today_default(&app->config);
	buffer_init(&req->reply_body, arena);
}

void req_new_trace(struct req *req)
{
	unsigned char raw[16 + 8];

	randombytes_buf(raw, sizeof(raw));
	sodium_bin2hex(req->trace_id, sizeof(req->trace_id), raw, 16);
	sodium_bin2hex(req->span_id, sizeof(req->span_id), raw + 16, 8);
}

/* traceparent: 00-<32 hex>-<16 hex>-<2 hex>. Ours stays when the caller's is not well formed. */
static void take_trace(struct req *req, const char *value)
{
	static const char hex[] = "0123456789abcdef";

	if (strlen(value) < 55 || strncmp(value, "00-", 3) != 0 || strspn(value + 3, hex) != 32 ||
		value[35] != '-' || strspn(value + 36, hex) != 16 || strspn(value + 3, "0") == 32)
		return;
	memcpy(req->trace_id, value + 3, 32);
}

static const char *uuid_text(struct req *req, unsigned char r[16], unsigned char version)
{
	r[6] = (unsigned char)((r[6] & 0x0f) | version << 4);
	r[8] = (unsigned char)((r[8] & 0x3f) | 0x80);
	return arena_printf(req->arena,
		"%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", r[0], r[1],
		r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10], r[11], r[12], r[13], r[14],
		r[15]);
}

const char *req_uuid(struct req *req)
{
	unsigned char r[16];

	randombytes_buf(r, sizeof(r));
	return uuid_text(req, r, 4);
}

const char *req_uuid7(struct req *req)
{
	unsigned char r[16];
	struct timespec now;
	uint64_t ms;

	randombytes_buf(r, sizeof(r));
	clock_gettime(CLOCK_REALTIME, &now);
	ms = (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
	for (int i = 0; i < 6; i++)
		r[i] = (unsigned char)(ms >> (40 - 8 * i));
	return uuid_text(req, r, 7);
}

/* ---- FastCGI parameters ---- */

static void take_method(struct req *req, const char *value)
{
	static const struct {
		const char *name;
		enum method method;
	} methods[] = { { "GET", GET }, { "HEAD", GET }, { "POST", POST }, { "PUT", PUT },
		{ "PATCH", PATCH }, { "DELETE", DELETE } };

	for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++)
		if (strcmp(methods[i].name, value) == 0)
			req->method = methods[i].method;
	req->head = strcmp(value, "HEAD") == 0;
}

static void take_bearer(struct req *req, const char *value)
{
	if (strncasecmp(value, "Bearer ", 7) == 0)
		req->bearer = value + 7;
}

static void take_key(struct req *req, const char *value)
{
	size_t n = strlen(value);

	for (size_t i = 0; i < n; i++)
		if (value[i] <= ' ' || value[i] > '~')
			n = KEY_MAX + 1;
	if (n == 0 || n > KEY_MAX)
		fail_param(req, "Idempotency-Key", "vorm", "1 tot %d zichtbare tekens", KEY_MAX);
	else
		req->idempotency_key = value;
}

/* The value of serialNumber in a distinguished name of RFC 2253 (`serialNumber=0000…,CN=a\,b`). */
static const char *serial_of(struct arena *a, const char *dn)
{
	static const char name[] = "serialNumber=";

	while (dn && *dn) {
		size_t n = 0;

		while (dn[n] && dn[n] != ',' && dn[n] != '+')
			n += dn[n] == '\\' && dn[n + 1] ? 2 : 1;
		if (strncasecmp(dn, name, sizeof(name) - 1) == 0)
			return arena_strndup(a, dn + sizeof(name) - 1, n - (sizeof(name) - 1));
		dn += n + (dn[n] != '\0');
	}
	return NULL;
}

static void take_subject(struct req *req, const char *value)
{
	req->client_serial = serial_of(req->arena, value);
}

static void take_if_match(struct req *req, const char *value)
{
	size_t n = strlen(value);
	char *end;

	req->if_match_text = value;
	if (n > 2 && value[0] == '"' && value[n - 1] == '"' && value[1] >= '0' && value[1] <= '9') {
		req->if_match = strtoll(value + 1, &end, 10);
		if (end != value + n - 1)
			req->if_match = NUMBER_NONE;
	}
}

/* One row per parameter: plain ones are stored, the others looked into. */
static const struct parameter {
	const char *name;
	size_t offset;
	void (*take)(struct req *req, const char *value);
} parameters[] = {
	{ "REQUEST_METHOD", 0, take_method },
	{ "DOCUMENT_URI", offsetof(struct req, path), NULL },
	{ "QUERY_STRING", offsetof(struct req, query_string), NULL },
	{ "CONTENT_TYPE", offsetof(struct req, content_type), NULL },
	{ "REMOTE_ADDR", offsetof(struct req, remote_addr), NULL },
	{ "SSL_VERIFY", offsetof(struct req, client_verify), NULL },
	{ "SSL_SUBJECT", 0, take_subject },
	{ "NGINX_FOUT", offsetof(struct req, refused_by_nginx), NULL },
	{ "HTTP_ACCEPT", offsetof(struct req, accept), NULL },
	{ "HTTP_ACCEPT_LANGUAGE", offsetof(struct req, accept_language), NULL },
	{ "HTTP_AUTHORIZATION", 0, take_bearer },
	{ "HTTP_COOKIE", offsetof(struct req, cookie), NULL },
	{ "HTTP_IF_MATCH", 0, take_if_match },
	{ "HTTP_IDEMPOTENCY_KEY", 0, take_key },
	{ "HTTP_TRACEPARENT", 0, take_trace },
	{ "HTTP_BRON", offsetof(struct req, bron), NULL },
	{ "HTTP_DOEL", offsetof(struct req, doel), NULL },
	{ "HTTP_BERICHTID", offsetof(struct req, bericht_id), NULL },
	{ "HTTP_FSC_TRANSACTION_ID", offsetof(struct req, fsc_transaction), NULL },
};

static void take_parameter(struct req *req, const char *pair)
{
	const char *equals = strchr(pair, '=');
	size_t n = equals ? (size_t)(equals - pair) : 0;

	for (size_t i = 0; equals && i < sizeof(parameters) / sizeof(*parameters); i++) {
		const struct parameter *p = &parameters[i];

		if (strlen(p->name) != n || strncmp(p->name, pair, n) != 0 || !equals[1])
			continue;
		equals = arena_strdup(req->arena, equals + 1);
		if (p->take)
			p->take(req, equals);
		else
			*(const char **)((char *)req + p->offset) = equals;
		return;
	}
}

static void read_parameters(struct req *req, char **envp)
{
	int headers = 0;

	for (; *envp; envp++) {
		headers += strncmp(*envp, "HTTP_", 5) == 0;
		take_parameter(req, *envp);
	}
	if (headers > HEADERS_MAX)
		fail(req, ERR_INVALID, "Hoogstens %d headers", HEADERS_MAX);
}

/* The whole body is always read; of one that is too large nothing is kept. */
static void read_body(struct req *req, FCGX_Stream *in)
{
	char chunk[8192];
	struct buffer b;
	size_t total = 0;
	int n;

	buffer_init(&b, req->arena);
	while ((n = FCGX_GetStr(chunk, sizeof(chunk), in)) > 0) {
		total += (size_t)n;
		if (total <= BODY_MAX)
			buffer_add(&b, chunk, (size_t)n);
	}
	if (total > BODY_MAX)
		fail(req, ERR_TOO_LARGE, "Hoogstens 1 MiB per verzoek");
	req->raw_body = b.data;
	req->body_len = b.len;
}

/* The portal's people come with a cookie, API clients with a bearer token; never the other way, so
 * that no form on another site can use somebody's API session. */
static void take_cookie_session(struct req *req)
{
	if (req->app->service->base[0] == '\0')
		req->bearer = req_cookie(req, SESSION_COOKIE);
}

void http_read(struct req *req, struct FCGX_Request *fcgi)
{
	req_new_trace(req);
	read_parameters(req, fcgi->envp);
	read_body(req, fcgi->in);
	if (!req->path)
		req->path = "/";
	take_cookie_session(req);
}

/* ---- reading for handlers ---- */

const char *req_query(struct req *req, const char *name)
{
	return form_value(req->arena, req->query_string, name);
}

/* A browser takes a cookie of this name only over https, for this host and the whole site. */
static const char *cookie_name(struct req *req, const char *name)
{
	return config_is_https(&req->app->config) ? arena_printf(req->arena, "__Host-%s", name)
						  : name;
}

const char *req_cookie(struct req *req, const char *name)
{
	size_t n;

	name = cookie_name(req, name);
	n = strlen(name);
	for (const char *p = req->cookie; p && *p;) {
		size_t pair = strcspn(p, ";");

		if (pair > n && p[n] == '=' && strncmp(p, name, n) == 0)
			return arena_strndup(req->arena, p + n + 1, pair - n - 1);
		p += pair;
		p += strspn(p, "; ");
	}
	return NULL;
}

bool req_has_role(const struct req *req, unsigned roles)
{
	return (req->session.roles & roles) != 0;
}

enum status req_gemeente(struct req *req, const char **out)
{
	const char *all = req->session.gemeenten;

	if (!req->gemeente && all && *all && !strchr(all, ','))
		req->gemeente = all;
	if (!req->gemeente)
		return fail_param(req, "gemeente", "verplicht", "Kies een van uw gemeenten: %s",
			all ? all : "geen");
	*out = req->gemeente;
	return OK;
}

enum status req_match(struct req *req, int64_t now)
{
	if (now != NUMBER_NONE && !req->if_match_text)
		return fail(
			req, ERR_NO_MATCH, "Er is al een versie; stuur If-Match met de ETag ervan");
	if (now != req->if_match)
		return fail(
			req, ERR_CHANGED, "Haal het gegeven opnieuw op en probeer het nog eens");
	return OK;
}

/* ---- the answer ---- */

/* On every answer (NLgov ADR /core/transport/security-headers); a handler may set its own value. */
static const struct header standard_headers[] = {
	{ "Cache-Control", "no-store" },
	{ "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "X-Frame-Options", "DENY" },
	{ "Referrer-Policy", "no-referrer" },
	{ "Permissions-Policy", "geolocation=(), camera=(), microphone=()" },
	{ "Strict-Transport-Security", "max-age=31536000" },
};

void reply_header(struct req *req, const char *name, const char *value)
{
	const int room = sizeof(req->reply_headers) / sizeof(*req->reply_headers);

	if (req->reply_header_count == room)
		abort();
	req->reply_headers[req->reply_header_count++] = (struct header){ name, value };
}

void reply_cookie(struct req *req, const char *name, const char *value, long seconds)
{
	const char *age = seconds >= 0 ? arena_printf(req->arena, "; Max-Age=%ld", seconds) : "";
	bool https = config_is_https(&req->app->config);

	reply_header(req, "Set-Cookie",
		arena_printf(req->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s",
			cookie_name(req, name), value, age, https ? "; Secure" : ""));
}

static bool is_set(const struct req *req, const char *name)
{
	for (int i = 0; i < req->reply_header_count; i++)
		if (strcasecmp(req->reply_headers[i].name, name) == 0)
			return true;
	return false;
}

static void put_header(struct buffer *b, const char *name, const char *value)
{
	buffer_puts(b, name);
	buffer_puts(b, ": ");
	buffer_add(b, value, strcspn(value, "\r\n"));
	buffer_puts(b, "\r\n");
}

void http_write(struct req *req, struct FCGX_Request *fcgi)
{
	struct buffer b;

	buffer_init(&b, req->arena);
	buffer_printf(&b, "Status: %d\r\n", req->reply_status);
	if (req->reply_type)
		put_header(&b, "Content-Type", req->reply_type);
	if (!is_set(req, "API-Version"))
		put_header(&b, "API-Version", req->app->service->version);
	for (size_t i = 0; i < sizeof(standard_headers) / sizeof(*standard_headers); i++)
		if (!is_set(req, standard_headers[i].name))
			put_header(&b, standard_headers[i].name, standard_headers[i].value);
	for (int i = 0; i < req->reply_header_count; i++)
		put_header(&b, req->reply_headers[i].name, req->reply_headers[i].value);
	buffer_puts(&b, "\r\n");
	if (!req->head)
		buffer_add(&b, req->reply_body.data, req->reply_body.len);
	FCGX_PutStr(b.data, (int)b.len, fcgi->out);
}

static void etag(struct req *req, const struct resource *r, const void *obj)
{
	const struct field *f = field_find(r->fields, "versie");
	const char *version = f ? field_sql_text(req->arena, f, obj) : NULL;

	if (version)
		reply_header(req, "ETag", arena_printf(req->arena, "\"%s\"", version));
}

enum status reply_one(struct req *req, const struct resource *r, const void *obj)
{
	req->reply_status = 200;
	req->reply_type = "application/json";
	fields_write_json(&req->reply_body, r->fields, obj);
	etag(req, r, obj);
	return OK;
}

/* /inburgeraars/{id}/oproepen creates /oproepen/<id>. */
enum status reply_created(struct req *req, const struct resource *r, const void *obj)
{
	const char *id = field_sql_text(req->arena, field_find(r->fields, "id"), obj);

	TRY(reply_one(req, r, obj));
	req->reply_status = 201;
	reply_header(req, "Location",
		arena_printf(req->arena, "%s%s/%s", req->app->service->base,
			strrchr(req->route->path, '/'), id));
	return OK;
}

static const char *base64url(struct arena *a, const char *s)
{
	size_t n = strlen(s);
	size_t size = sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *out = arena_alloc(a, size);

	return sodium_bin2base64(
		out, size, (const unsigned char *)s, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/* The cursor is the order values of the last row shown (route.c reads it back). */
static void link_next(struct req *req, const struct resource *r, const struct list *rows)
{
	const char *last = (const char *)rows->items + (size_t)(req->limit - 1) * r->size;
	struct buffer keys, url;

	buffer_init(&keys, req->arena);
	for (int i = 0; i < 2 && req->route->order[i]; i++) {
		const struct field *f = field_find(r->fields, req->route->order[i]);
		const char *value = field_sql_text(req->arena, f, last);

		buffer_printf(&keys, "%s%s", i ? "\x1f" : "", value ? value : "");
	}
	buffer_init(&url, req->arena);
	buffer_printf(&url, "<%s%s?", req->app->service->base, req->path);
	for (const char *p = req->query_string; p && *p;) {
		size_t pair = strcspn(p, "&");

		if (strncmp(p, "cursor=", 7) != 0) {
			buffer_add(&url, p, pair);
			buffer_putc(&url, '&');
		}
		p += pair + (p[pair] == '&');
	}
	buffer_printf(&url, "cursor=%s>; rel=\"next\"", base64url(req->arena, keys.data));
	reply_header(req, "Link", url.data);
}

enum status reply_list(struct req *req, const struct resource *r, const struct list *rows)
{
	bool more = req->limit != NUMBER_NONE && (int64_t)rows->count > req->limit;
	size_t count = more ? (size_t)req->limit : rows->count;

	req->reply_status = 200;
	req->reply_type = "application/json";
	buffer_puts(&req->reply_body, "{\"items\":[");
	for (size_t i = 0; i < count; i++) {
		if (i)
			buffer_putc(&req->reply_body, ',');
		fields_write_json(
			&req->reply_body, r->fields, (const char *)rows->items + i * r->size);
	}
	buffer_puts(&req->reply_body, "]}");
	if (more)
		link_next(req, r, rows);
	return OK;
}

enum status reply_none(struct req *req)
{
	req->reply_status = 204;
	return OK;
}

enum status reply_raw(struct req *req, int status, const char *type, const char *body, size_t len)
{
	req->reply_status = status;
	req->reply_type = type;
	buffer_init(&req->reply_body, req->arena);
	buffer_add(&req->reply_body, body, len);
	return OK;
}

enum status reply_see_other(struct req *req, const char *location)
{
	req->reply_status = 303;
	reply_header(req, "Location", location);
	return OK;
}
