/* SPDX-License-Identifier: EUPL-1.2 */
#include "kit.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/log.h"
#include "app/url.h"

#define JSON_DEPTH 32
#define LIMIT_DEFAULT 25
#define LIMIT_MAX 100
#define PARAM_LEN_MAX 100
#define PROBLEM_BASE "https://regie.example/problemen/"

const char *method_name(enum method m)
{
	static const char *const names[] = { "?", "GET", "POST", "PUT", "PATCH", "DELETE" };

	return names[m];
}

/* ---- finding the route ---- */

static bool is_uuid(const char *s, size_t n)
{
	if (n != 36)
		return false;
	for (size_t i = 0; i < n; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? s[i] != '-' : !strchr("0123456789abcdef", s[i]))
			return false;
	}
	return true;
}

/* Does `path` fit the template? {id} must be a UUID; other parameters any text without a slash. */
static bool path_fits(struct req *req, const char *template, const char *path)
{
	int params = 0;

	while (*template == '/' && *path == '/') {
		size_t t = strcspn(++template, "/"), p = strcspn(++path, "/");

		if (template[0] == '{') {
			bool id = strncmp(template, "{id}", 4) == 0;

			if (p == 0 || p > PARAM_LEN_MAX || (id && !is_uuid(path, p)))
				return false;
			assert(params < PATH_PARAMS_MAX);
			req->param[params++] = arena_strndup(req->arena, path, p);
		} else if (t != p || strncmp(template, path, t) != 0) {
			return false;
		}
		template += t;
		path += p;
	}
	return *template == '\0' && *path == '\0';
}

static enum status refuse_method(struct req *req, const char *allowed)
{
	reply_header(req, "Allow", allowed);
	return fail(req, ERR_METHOD, "Hier kan alleen: %s", allowed);
}

static enum status find_route(struct req *req, const struct route *routes)
{
	struct buffer allowed;

	buffer_init(&allowed, req->arena);
	for (const struct route *r = routes; r->path; r++) {
		if (!path_fits(req, r->path, req->path))
			continue;
		if (r->method == req->method) {
			req->route = r;
			return OK;
		}
		buffer_printf(&allowed, "%s%s", allowed.len ? ", " : "", method_name(r->method));
		if (r->method == GET)
			buffer_puts(&allowed, ", HEAD");
	}
	if (allowed.len)
		return refuse_method(req, allowed.data);
	return fail(req, ERR_NOT_FOUND, "Dit pad bestaat niet");
}

/* ---- the kit's own routes ---- */

static enum status show_openapi(struct req *req)
{
	const char *doc = openapi_document(req->arena, req->app->service);

	reply_header(req, "Access-Control-Allow-Origin", "*");
	return reply_raw(req, 200, "application/json", doc, strlen(doc));
}

/* 200 when the worker reaches its database and Redis. */
static enum status show_health(struct req *req)
{
	struct batch b;
	const char *value;
	enum status s = queue_get(req, "gezondheid", &value);

	if (s == ERR_NOT_FOUND) {
		req->error = (struct error){ 0 };
		s = OK;
	}
	TRY(s);
	if (req->app->db) {
		batch_init(&b, req);
		TRY(batch_run(&b));
	}
	return reply_raw(req, 200, "application/json", "{\"status\":\"goed\"}", 17);
}

static const struct route kit_routes[] = {
	{ .method = GET,
		.path = "/openapi.json",
		.flags = R_RAW | R_HIDDEN,
		.handler = show_openapi },
	{ .method = GET, .path = "/gezondheid", .flags = R_RAW | R_HIDDEN, .handler = show_health },
	ROUTE_END,
};

static enum status strip_base(struct req *req)
{
	const char *base = req->app->service->base;
	size_t n = strlen(base);

	if (strncmp(req->path, base, n) != 0 || (n > 0 && req->path[n] != '/'))
		return fail(req, ERR_NOT_FOUND, "Dit pad bestaat niet");
	req->path += n;
	return OK;
}

static enum status choose_route(struct req *req)
{
	TRY(strip_base(req));
	for (const struct route *r = kit_routes; r->path; r++)
		if (strcmp(r->path, req->path) == 0)
			return find_route(req, kit_routes);
	return find_route(req, req->app->service->routes);
}

/* ---- scope ---- */

static enum status check_scope(struct req *req)
{
	TRY(session_load(req));
	if (req->route->scope == SCOPE_OPEN)
		return OK;
	if (req->session.roles == 0)
		return fail(req, ERR_SESSION, "Log in en stuur de sessie mee");
	if (!req_has_role(req, req->route->scope))
		return fail(req, ERR_FORBIDDEN, "Uw rol geeft hier geen toegang");
	return OK;
}

/* ---- query ---- */

static json_t *typed(const struct field *f, const char *text)
{
	char *end;
	long long n;

	if (f && f->type == F_BOOL && (strcmp(text, "true") == 0 || strcmp(text, "false") == 0))
		return json_boolean(text[0] == 't');
	if (f && f->type == F_INT) {
		n = strtoll(text, &end, 10);
		if (*text && *end == '\0')
			return json_integer(n);
	}
	return json_string(text);
}

static const struct field *field_of_json_name(const struct field *fields, const char *json_name)
{
	char name[64];

	for (; fields && fields->name; fields++)
		if (strcmp(field_json_name(fields->name, name, sizeof(name)), json_name) == 0)
			return fields;
	return NULL;
}

/* The query string as an object of typed values, so that the field table checks it like a body. */
static enum status query_to_json(struct req *req, json_t **out)
{
	const struct field *fields = req->route->query ? req->route->query->fields : NULL;
	json_t *o = arena_json(req->arena, json_object());

	for (const char *p = req->query_string; p && *p;) {
		size_t pair = strcspn(p, "&"), n = strcspn(p, "=&");
		const char *name = url_decode(req->arena, p, n);
		const char *value = n < pair ? url_decode(req->arena, p + n + 1, pair - n - 1) : "";

		if (!name || !value || json_object_get(o, name) ||
			json_object_set_new(
				o, name, typed(field_of_json_name(fields, name), value)))
			return fail_param(req, "query", "vorm", "De query is niet te lezen");
		p += pair + (p[pair] == '&');
	}
	*out = o;
	return OK;
}

static enum status take_limit(struct req *req, json_t *o)
{
	const char *text = json_string_value(json_object_get(o, "limit"));
	char *end = NULL;
	long n = text ? strtol(text, &end, 10) : LIMIT_DEFAULT;

	if ((text && (*end || end == text)) || n < 1 || n > LIMIT_MAX)
		return fail_param(req, "limit", "bereik", "Een getal van 1 tot %d", LIMIT_MAX);
	req->limit = n;
	return OK;
}

static enum status take_cursor(struct req *req, json_t *o)
{
	const char *text = json_string_value(json_object_get(o, "cursor"));
	size_t n = text ? strlen(text) : 0, len;
	char *keys = arena_alloc(req->arena, n + 1);
	int want = req->route->order[1] ? 2 : 1;

	if (!text)
		return OK;
	if (sodium_base642bin((unsigned char *)keys, n, text, n, NULL, &len, NULL,
		    sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
		memchr(keys, '\0', len))
		return fail_param(req, "cursor", "vorm", "Gebruik de cursor uit de header Link");
	for (int i = 0; i < want; i++) {
		const char *value = strsep(&keys, "\x1f");

		req->after[i] = value && *value ? value : NULL;
	}
	if (keys || !req->after[want - 1])
		return fail_param(req, "cursor", "vorm", "Gebruik de cursor uit de header Link");
	return OK;
}

static enum status read_query(struct req *req)
{
	static const struct field none[] = { FIELD_END };
	const struct resource *r = req->route->query;
	enum status s = OK;
	json_t *o = NULL;

	if (req->route->flags & R_RAW && !r)
		return OK;
	TRY(query_to_json(req, &o));
	if (req->route->flags & R_LIST) {
		s = take_limit(req, o);
		if (take_cursor(req, o) != OK)
			s = ERR_INVALID;
		json_object_del(o, "limit");
		json_object_del(o, "cursor");
	}
	req->query = arena_alloc(req->arena, r ? r->size : 1);
	if (fields_from_json(req, r ? r->fields : none, o, req->query) != OK)
		s = ERR_INVALID;
	return s;
}

bool req_param(struct req *req, const char *name, const char **value)
{
	if (strcmp(name, "na_1") == 0)
		*value = req->after[0];
	else if (strcmp(name, "na_2") == 0)
		*value = req->after[1];
	else if (strcmp(name, "limiet") == 0)
		*value = arena_printf(req->arena, "%lld",
			req->limit == NUMBER_NONE ? LIMIT_MAX : (long long)req->limit + 1);
	else if (strcmp(name, "id_2") == 0)
		*value = req->param[1];
	else if (strcmp(name, "gebruiker") == 0)
		*value = req->session.gebruiker;
	else
		return false;
	return true;
}

/* ---- body ---- */

/* jansson has no limit of its own that can be set, so the nesting is counted first. */
static bool too_deep(const char *s, size_t len)
{
	int depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < len; i++) {
		if (quoted && s[i] == '\\')
			i++;
		else if (s[i] == '"')
			quoted = !quoted;
		else if (!quoted && (s[i] == '{' || s[i] == '['))
			depth++;
		else if (!quoted && (s[i] == '}' || s[i] == ']'))
			depth--;
		if (depth > JSON_DEPTH)
			return true;
	}
	return false;
}

static enum status parse_body(struct req *req)
{
	json_error_t error;

	if (too_deep(req->raw_body, req->body_len))
		return fail(req, ERR_INVALID, "De JSON is dieper dan %d niveaus", JSON_DEPTH);
	req->body = arena_json(req->arena,
		json_loadb(req->raw_body, req->body_len, JSON_REJECT_DUPLICATES, &error));
	if (!req->body)
		return fail(req, ERR_INVALID, "De JSON is niet te lezen: regel %d, teken %d",
			error.line, error.column);
	return OK;
}

static enum status read_body(struct req *req)
{
	const struct resource *r = req->route->in;

	if (req->route->flags & R_RAW)
		return OK;
	if (!r && req->body_len > 0 && req->method != GET && req->method != DELETE)
		return fail_param(req, "body", "onverwacht", "Hier hoort geen inhoud bij");
	if (!r)
		return OK;
	if (!req->content_type || strncasecmp(req->content_type, "application/json", 16) != 0)
		return fail(req, ERR_MEDIA_TYPE, "Stuur application/json");
	TRY(parse_body(req));
	req->in = arena_alloc(req->arena, r->size);
	return fields_from_json(req, r->fields, req->body, req->in);
}

static bool accepts_json(const char *accept)
{
	return !accept || strstr(accept, "*/*") || strstr(accept, "application/*") ||
	       strstr(accept, "json");
}

static enum status check_headers(struct req *req)
{
	if (!(req->route->flags & R_RAW) && !accepts_json(req->accept))
		return fail(req, ERR_NOT_ACCEPTABLE, "De dienst antwoordt met application/json");
	if (!(req->route->flags & R_IF_MATCH))
		return OK;
	if (!req->if_match_text)
		return fail(req, ERR_NO_MATCH, "Stuur If-Match met de ETag van wat u las");
	if (req->if_match == NUMBER_NONE)
		return fail_param(req, "If-Match", "vorm",
			"Stuur de ETag zoals u hem kreeg, bijvoorbeeld \"3\"");
	return OK;
}

/* ---- Idempotency-Key ---- */

/* The route that reads what `creates` makes: /inburgeraars/{id}/oproepen → GET /oproepen/{id}. */
static const struct route *reading_route(const struct service *svc, const struct route *creates)
{
	const char *last = strrchr(creates->path, '/');
	size_t n = strlen(last);

	for (const struct route *r = svc->routes; r->path; r++)
		if (r->method == GET && strncmp(r->path, last, n) == 0 &&
			strcmp(r->path + n, "/{id}") == 0)
			return r;
	return NULL;
}

/* The key has made something before: answer with that, as it is now. */
static enum status replay(struct req *req, const char *id)
{
	const struct route *creates = req->route;
	const struct route *reads = reading_route(req->app->service, creates);

	assert(reads);
	req->route = reads;
	req->param[0] = id;
	TRY(reads->handler(req));
	req->route = creates;
	req->reply_status = 201;
	reply_header(req, "Location",
		arena_printf(req->arena, "%s%s/%s", req->app->service->base,
			strrchr(creates->path, '/'), id));
	reply_header(req, "Idempotency-Replayed", "true");
	return OK;
}

static enum status run_handler(struct req *req)
{
	const char *id = NULL;

	if (req->route->flags & R_CREATES && req->idempotency_key)
		TRY(idempotency_lookup(req, &id));
	return id ? replay(req, id) : req->route->handler(req);
}

/* ---- problem+json ---- */

static void write_invalid(struct buffer *b, const struct error *e)
{
	for (size_t i = 0; i < e->invalid_count; i++) {
		buffer_puts(b, i ? "," : ",\"invalidParams\":[");
		buffer_puts(b, "{\"name\":");
		buffer_json(b, e->invalid[i].name);
		buffer_puts(b, ",\"code\":");
		buffer_json(b, e->invalid[i].code);
		buffer_puts(b, ",\"reason\":");
		buffer_json(b, e->invalid[i].reason);
		buffer_putc(b, '}');
	}
	if (e->invalid_count)
		buffer_putc(b, ']');
}

static void write_problem(struct req *req, enum status s)
{
	const char *t = req->trace_id;
	struct buffer *b = &req->reply_body;

	buffer_init(b, req->arena);
	buffer_printf(b,
		"{\"type\":\"" PROBLEM_BASE "%s\",\"title\":\"%s\",\"status\":%d,\"detail\":",
		status_type(s), status_title(s), status_http(s));
	buffer_json(b, req->error.detail ? req->error.detail : status_title(s));
	buffer_printf(b, ",\"instance\":\"urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s\"", t, t + 8, t + 12,
		t + 16, t + 20);
	write_invalid(b, &req->error);
	buffer_putc(b, '}');
	req->reply_status = status_http(s);
	req->reply_type = "application/problem+json";
	if (s == ERR_UNAVAILABLE)
		reply_header(req, "Retry-After", "1");
}

static void answer_error(struct req *req, enum status s)
{
	if (req->error.status == OK)
		req->error.status = s;
	if (req->app->service->error_page && req->app->service->error_page(req) == OK &&
		req->reply_status)
		return;
	write_problem(req, req->error.status);
}

/* ---- all of it ---- */

static void log_request(const struct req *req)
{
	struct timespec now;
	int64_t us;
	char status[12], took[24];

	clock_gettime(CLOCK_MONOTONIC, &now);
	us = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000 - req->started;
	snprintf(status, sizeof(status), "%d", req->reply_status);
	snprintf(took, sizeof(took), "%lld", (long long)us);
	log_line(req, req->reply_status >= 500 ? LOG_FOUT : LOG_INFO, "verzoek", "methode",
		method_name(req->method), "route", req->route ? req->route->path : "-", "status",
		status, "microseconden", took, "oorzaak",
		req->reply_status >= 400 && req->error.detail ? req->error.detail : "-", NULL);
}

static enum status handle(struct req *req)
{
	if (req->error.status != OK) /* http_read() */
		return req->error.status;
	TRY(choose_route(req));
	TRY(check_scope(req));
	TRY(check_headers(req));
	TRY(read_query(req));
	TRY(read_body(req));
	return run_handler(req);
}

void dispatch(struct req *req)
{
	enum status s = handle(req);

	if (s != OK)
		answer_error(req, s);
	assert(req->reply_status != 0);
	reply_header(req, "traceparent",
		arena_printf(req->arena, "00-%s-%s-01", req->trace_id, req->span_id));
	log_request(req);
}
