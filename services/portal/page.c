/* SPDX-License-Identifier: EUPL-1.2 */
#include "page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/log.h"
#include "app/service.h"
#include "app/url.h"
#include "messages.h"
#include "mustache.h"

#define LANGUAGES 3
#define LAYOUT "kader"
#define API "http://regie"

const char *const languages[LANGUAGES + 1] = { "nl", "en", "ar", NULL };
static const char *const filters[] = { "_m", "_dag", "_datum", "_euro", NULL };

struct portal {
	struct mustache *templates;
	struct messages *messages[LANGUAGES];
};

static const struct page error_pages = { .template = "fout", .title = "titel.fout" };

/* ---- start ---- */

static enum status start_failed(const char *why)
{
	log_line(NULL, LOG_FOUT, "portal kan niet starten", "reden", why, NULL);
	return ERR_INTERNAL;
}

enum status portal_start(struct app *app)
{
	static struct portal portal;
	static const char *names[64] = { LAYOUT, "fout" };
	static char dir[512];
	const char *error;
	int count = 2;

	for (const struct page *p = pages; p->path && count < 63; p++)
		names[count++] = p->template;
	snprintf(dir, sizeof(dir), "%s/portal/templates", app->config.share_dir);
	portal.templates = mustache_load(dir, names, &error);
	if (!portal.templates)
		return start_failed(error);
	snprintf(dir, sizeof(dir), "%s/portal/locale", app->config.share_dir);
	for (int i = 0; i < LANGUAGES; i++) {
		portal.messages[i] = messages_load(dir, languages[i], &error);
		if (!portal.messages[i])
			return start_failed(error);
	}
	app->own = &portal;
	return OK;
}

/* ---- language ---- */

static int language_index(const char *code, size_t len)
{
	for (int i = 0; i < LANGUAGES; i++)
		if (code && len == 2 && strncmp(code, languages[i], 2) == 0)
			return i;
	return -1;
}

/* The visitor's choice, else the first language of the browser that we speak, else Dutch. */
static int language_of(struct req *req)
{
	const char *chosen = req_cookie(req, "taal");
	int found = language_index(chosen, chosen ? strlen(chosen) : 0);

	if (found < 0 && req->session.taal)
		found = language_index(req->session.taal, strlen(req->session.taal));
	for (const char *p = req->accept_language; found < 0 && p && *p;) {
		p += strspn(p, " ,");
		found = language_index(p, strcspn(p, "-;, "));
		p += strcspn(p, ",");
	}
	return found < 0 ? 0 : found;
}

static const struct messages *messages_of(struct req *req)
{
	const struct portal *portal = req->app->own;

	return portal->messages[language_of(req)];
}

/* ---- filters of the templates ---- */

static const char *view_message(void *ctx, const char *key)
{
	return messages_text(messages_of(ctx), key);
}

/* "sleutel|getal|tekst" → the message with both; an unknown key shows its last part (a code). */
static const char *filter_message(struct req *req, const char *text)
{
	char *key = arena_strdup(req->arena, text);
	char *number = strchr(key, '|');
	char *second = number ? strchr(number + 1, '|') : NULL;
	const char *last, *out;

	if (second)
		*second++ = '\0';
	if (number)
		*number++ = '\0';
	out = messages_format(messages_of(req), req->arena, key, number ? strtod(number, NULL) : 0,
		second   ? second
		: number ? number
			 : "");
	last = strrchr(key, '.');
	return out ? out : last ? last + 1 : key;
}

static const char *view_filter(void *ctx, const char *name, const char *text)
{
	struct req *req = ctx;
	const char *out;

	if (strcmp(name, "_m") == 0)
		return filter_message(req, text);
	if (strcmp(name, "_euro") == 0)
		return messages_euro(messages_of(req), req->arena, strtod(text, NULL));
	out = messages_date(messages_of(req), req->arena, text, strcmp(name, "_dag") == 0);
	if (!out || *text < '0' || *text > '9') /* unknown is no time */
		return out ? out : text;
	return arena_printf(req->arena, "<time datetime=\"%s\">%s</time>", text, out);
}

/* ---- what every page has ---- */

static void put(json_t *data, const char *name, const char *text)
{
	if (text)
		json_object_set_new(data, name, json_string(text));
}

static json_t *language_menu(struct req *req)
{
	struct portal *portal = req->app->own;
	json_t *list = json_array();

	for (int i = 0; i < LANGUAGES; i++) {
		json_t *item = json_object();

		put(item, "code", languages[i]);
		put(item, "naam", messages_text(portal->messages[i], "taal.naam"));
		put(item, "richting", messages_text(portal->messages[i], "taal.richting"));
		json_object_set_new(item, "huidig", json_boolean(i == language_of(req)));
		json_array_append_new(list, item);
	}
	return list;
}

static json_t *session_data(struct req *req)
{
	const struct session *s = &req->session;
	json_t *out = json_object();
	bool citizen = s->roles & ROL_INBURGERAAR;
	int64_t seconds = citizen ? req->app->config.session_idle : req->app->config.session_max;

	put(out, "naam", s->naam);
	put(out, "csrf", s->csrf);
	put(out, "medewerkerId", s->medewerker);
	json_object_set_new(out, "burger", json_boolean(citizen));
	json_object_set_new(out, "medewerker", json_boolean(s->roles & SCOPE_STAFF));
	json_object_set_new(out, "caseload", json_boolean(s->roles & SCOPE_DOSSIER));
	json_object_set_new(out, "seconden", json_integer(seconds));
	json_object_set_new(out, "minuten", json_integer(seconds / 60));
	json_object_set_new(out, "uren", json_integer(seconds / 3600));
	return out;
}

static void add_common(struct req *req, const struct page *page, json_t *data)
{
	const struct messages *m = messages_of(req);
	const char *naam = json_string_value(json_object_get(data, "naam"));
	const char *done = req_query(req, "gelukt");
	const char *key = done ? arena_printf(req->arena, "status.%s", done) : NULL;
	struct buffer path;
	char vandaag[DATE_TEXT];

	buffer_init(&path, req->arena);
	url_encode(&path, req->path);
	put(data, "pad", path.data);
	put(data, "taal", languages[language_of(req)]);
	put(data, "richting", messages_text(m, "taal.richting"));
	json_object_set_new(data, "nederlands", json_boolean(language_of(req) == 0));
	json_object_set_new(data, "talen", language_menu(req));
	put(data, "titel", messages_format(m, req->arena, page->title, 0, naam ? naam : ""));
	put(data, "vandaag", date_format(req->today, vandaag));
	json_object_set_new(data, "bladert", json_boolean(req_query(req, "cursor") != NULL));
	if (key)
		put(data, "gelukt", messages_text(m, key));
	if (req->session.roles)
		json_object_set_new(data, "sessie", session_data(req));
	/* Which page it is, for the navigation: {{#hier.taken}}. */
	json_object_set_new(data, "hier", json_object());
	json_object_set_new(json_object_get(data, "hier"), page->template, json_true());
}

static void add_headers(struct req *req)
{
	reply_header(req, "Content-Security-Policy",
		"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
		"font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
		"base-uri 'none'");
	reply_header(req, "X-Content-Type-Options", "nosniff");
	reply_header(req, "Referrer-Policy", "same-origin");
	reply_header(req, "Cache-Control", "no-store");
	reply_header(req, "Content-Language", languages[language_of(req)]);
}

/* Takes over `data`. */
static enum status render(struct req *req, const struct page *page, json_t *data, int status)
{
	struct portal *portal = req->app->own;
	struct mustache_view view = { data, view_message, view_filter, filters, req };
	struct buffer html;
	bool done;

	if (page->prepare)
		page->prepare(req, data);
	add_common(req, page, data);
	buffer_init(&html, req->arena);
	done = mustache_render(portal->templates, LAYOUT, page->template, &view, &html);
	json_decref(data);
	if (!done)
		return fail(req, ERR_INTERNAL, "De pagina %s is niet op te maken", page->template);
	add_headers(req);
	return reply_raw(req, status, "text/html; charset=utf-8", html.data, html.len);
}

/* ---- calls to the API ---- */

/* {?a,b}: the page's query parameters; begins with ? or & as needed. */
static void add_query(struct req *req, struct buffer *out, const char *names, size_t len)
{
	char *list = arena_strndup(req->arena, names, len);
	char *rest;

	for (char *name = strtok_r(list, ",", &rest); name; name = strtok_r(NULL, ",", &rest)) {
		const char *value = req_query(req, name);

		if (!value || !*value)
			continue;
		buffer_printf(out, "%c%s=", strchr(out->data, '?') ? '&' : '?', name);
		url_encode(out, value);
	}
}

static const char *expand(struct req *req, const char *url)
{
	struct buffer out;

	buffer_init(&out, req->arena);
	while (*url) {
		size_t plain = strcspn(url, "{");
		const char *word = url + plain + 1;

		buffer_add(&out, url, plain);
		if (!url[plain])
			break;
		if (*word == '?')
			add_query(req, &out, word + 1, strcspn(word + 1, "}"));
		else if (strncmp(word, "mij}", 4) == 0)
			buffer_puts(&out, req->session.inburgeraar);
		else
			buffer_puts(&out, req->param[0]);
		url = strchr(word, '}') + 1;
	}
	return out.data;
}

static void prepare_call(
	struct req *req, enum method method, const char *url, struct client_call *out)
{
	int count = 0;

	*out = (struct client_call){ .method = method,
		.unix_socket = req->app->config.api_socket,
		.url = arena_printf(req->arena, API "%s", expand(req, url)) };
	if (req->bearer)
		out->headers[count++] =
			arena_printf(req->arena, "Authorization: Bearer %s", req->bearer);
	out->headers[count++] = "Accept: application/json";
}

enum status page_call(struct req *req, enum method method, const char *url, const char *body,
	struct client_call *out)
{
	const char *key = req->raw_body ? form_value(req->arena, req->raw_body, "sleutel") : NULL;

	prepare_call(req, method, url, out);
	out->body = body;
	out->content_type = body ? "application/json" : NULL;
	if (key && *key)
		out->headers[2] = arena_printf(req->arena, "Idempotency-Key: %s", key);
	return client_run(req, out, 1);
}

static enum status status_of(long http)
{
	switch (http) {
	case 401:
		return ERR_SESSION;
	case 403:
		return ERR_FORBIDDEN;
	case 404:
		return ERR_NOT_FOUND;
	case 409:
		return ERR_CONFLICT;
	case 412:
		return ERR_CHANGED;
	case 503:
		return ERR_UNAVAILABLE;
	default:
		return ERR_UPSTREAM;
	}
}

/* The next page of the list: this page's own address with the cursor of the API's Link header. */
static const char *next_link(struct req *req, const struct api_call *call, const char *link)
{
	const char *end = link ? strstr(link, "rel=\"next\"") : NULL;
	const char *query = link ? strchr(link, '?') : NULL;
	const char *words = strstr(call->url, "{?");
	const char *cursor;
	struct buffer out;

	if (!end || !query || !words)
		return NULL;
	cursor = form_value(req->arena,
		arena_strndup(req->arena, query + 1, strcspn(query + 1, ">")), "cursor");
	if (!cursor)
		return NULL;
	buffer_init(&out, req->arena);
	buffer_puts(&out, "?cursor=");
	url_encode(&out, cursor);
	words += strlen("{?");
	if (strncmp(words, "cursor,", 7) == 0) /* by agreement the first of the names */
		add_query(req, &out, words + 7, strcspn(words + 7, "}"));
	return out.data;
}

/* A list: `aantal`, and heeft<Naam> in the data when there is something in it. */
static void add_list_facts(struct req *req, json_t *data, const char *name, json_t *reply)
{
	size_t count = json_array_size(json_object_get(reply, "items"));
	char *flag = arena_printf(req->arena, "heeft%s", name);

	flag[5] = (char)(flag[5] - 'a' + 'A');
	json_object_set_new(data, flag, json_boolean(count > 0));
	json_object_set_new(reply, "aantal", json_integer((json_int_t)count));
}

static enum status take_reply(
	struct req *req, const struct api_call *row, const struct client_call *call, json_t *data)
{
	json_t *reply = client_json(req, call);
	const char *name = arena_printf(req->arena, "%sFout", row->name);

	if (call->status == 200 && reply) {
		put(reply, "volgende", next_link(req, row, call->link));
		add_list_facts(req, data, row->name, reply);
		json_object_set(data, row->name, reply);
		return OK;
	}
	if (call->status == 401 || !row->optional)
		return fail(req, status_of(call->status), "De gegevens zijn niet op te halen");
	if (call->status != 403 && call->status != 404)
		json_object_set_new(data, name, json_true());
	return OK;
}

/* All calls of the page side by side. */
static enum status load(struct req *req, const struct page *page, json_t *data)
{
	struct client_call calls[PAGE_CALLS];
	int count = 0;

	for (; count < PAGE_CALLS && page->calls[count].name; count++)
		prepare_call(req, GET, page->calls[count].url, &calls[count]);
	if (count == 0)
		return OK;
	TRY(client_run(req, calls, count));
	for (int i = 0; i < count; i++)
		TRY(take_reply(req, &page->calls[i], &calls[i], data));
	return OK;
}

static enum status show(struct req *req, const struct page *page, json_t *data, int status)
{
	enum status loaded = load(req, page, data);

	if (loaded != OK) {
		json_decref(data);
		return loaded;
	}
	json_object_set_new(data, "sleutel", json_string(req_uuid(req)));
	return render(req, page, data, status);
}

static const struct page *page_of(const char *path)
{
	const struct page *p = pages;

	while (p->path && strcmp(p->path, path) != 0)
		p++;
	return p;
}

enum status page_show(struct req *req)
{
	return show(req, page_of(req->route->path), json_object(), 200);
}

/* ---- forms ---- */

static json_t *form_values(struct req *req, const struct form *form)
{
	json_t *out = json_object();

	for (int i = 0; i < FORM_FIELDS && form->fields[i]; i++) {
		const char *value = form_value(req->arena, req->raw_body, form->fields[i]);

		if (value && *value)
			put(out, form->fields[i], value);
	}
	return out;
}

/* The API's reason is Dutch; another language has its own sentence for the code. */
static const char *reason_of(struct req *req, json_t *param)
{
	const char *code = json_string_value(json_object_get(param, "code"));
	const char *reason = json_string_value(json_object_get(param, "reason"));
	const char *own = messages_text(
		messages_of(req), arena_printf(req->arena, "fout.%s", code ? code : "onbekend"));

	return reason && (language_of(req) == 0 || !own) ? reason : own;
}

static void add_field_error(struct req *req, json_t *param, json_t *list, json_t *by_field)
{
	const char *name = json_string_value(json_object_get(param, "name"));
	const char *label = messages_text(
		messages_of(req), arena_printf(req->arena, "veld.%s", name ? name : ""));
	const char *reason = reason_of(req, param);

	if (!name || !reason)
		return;
	put(by_field, name, reason);
	json_array_append_new(
		list, json_pack("{ss ss* ss}", "veld", name, "label", label, "reden", reason));
}

/* What was typed, and what is wrong with it: a list for the summary, and by field. */
static json_t *form_errors(struct req *req, json_t *values, json_t *problem)
{
	json_t *list = json_array(), *by_field = json_object(), *param;
	size_t i;
	const char *detail = json_string_value(json_object_get(problem, "detail"));

	json_array_foreach(json_object_get(problem, "invalidParams"), i, param)
		add_field_error(req, param, list, by_field);
	if (json_array_size(list) == 0)
		json_array_append_new(list, json_pack("{ss*}", "reden", detail));
	return json_pack(
		"{sb sO so so}", "mis", 1, "waarde", values, "fouten", list, "fout", by_field);
}

enum status page_check_csrf(struct req *req)
{
	const char *given = form_value(req->arena, req->raw_body ? req->raw_body : "", "csrf");
	const char *own = req->session.csrf;
	unsigned char differs = 0;

	if (!given || !own || strlen(given) != strlen(own))
		return fail(req, ERR_FORBIDDEN, "Het formulier is verlopen");
	for (size_t i = 0; own[i]; i++)
		differs |= (unsigned char)(own[i] ^ given[i]);
	return differs ? fail(req, ERR_FORBIDDEN, "Het formulier is verlopen") : OK;
}

static enum status go_on(struct req *req, const struct form *form)
{
	return reply_see_other(req,
		arena_printf(req->arena, "%s?gelukt=%s", expand(req, form->done), form->message));
}

/* The reply to a form, as a page; takes over `values`. */
static enum status answer(
	struct req *req, const struct form *form, const struct client_call *call, json_t *values)
{
	const struct page *page = page_of(form->path);
	json_t *data = json_object();
	json_t *reply = client_json(req, call);

	if (call->status == 200 && form->result) {
		add_list_facts(req, data, form->result, reply);
		json_object_set(data, form->result, reply);
		json_object_set_new(data, "formulier", json_pack("{so}", "waarde", values));
		return show(req, page, data, 200);
	}
	json_object_set_new(data, "formulier", form_errors(req, values, reply));
	json_decref(values);
	return show(req, page, data, (int)call->status);
}

enum status page_post(struct req *req)
{
	const struct form *form = forms;
	struct client_call call;
	json_t *values;
	char *body;
	enum status status;

	while (strcmp(form->path, req->route->path) != 0)
		form++;
	TRY(page_check_csrf(req));
	values = form_values(req, form);
	body = json_dumps(values, JSON_COMPACT);
	status = page_call(req, form->method, form->url, body, &call);
	free(body);
	if (status == OK &&
		(call.status == 400 || call.status == 409 || (call.status == 200 && form->result)))
		return answer(req, form, &call, values);
	json_decref(values);
	if (status != OK)
		return status;
	if (call.status < 200 || call.status > 299)
		return fail(req, status_of(call.status), "De wijziging is niet opgeslagen");
	return go_on(req, form);
}

/* ---- errors and odds ---- */

enum status page_error(struct req *req)
{
	int http = status_http(req->error.status);
	json_t *data;

	if (req->error.status == ERR_SESSION && req->method == GET)
		return reply_see_other(req, "/inloggen?fout=verlopen");
	data = json_object();
	json_object_set_new(data, "code", json_integer(http));
	put(data, "detail", req->error.detail);
	put(data, "kenmerk", req->trace_id);
	return render(req, &error_pages, data, http);
}
