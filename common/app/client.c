/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/client.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "app/service.h"
#include "kit.h"
#include "loop.h"

#define TIMEOUT_MS 10000
#define CONNECT_MS 3000
#define REPLY_MAX ((size_t)8 * 1024 * 1024)

/* The calls of one client_run(). */
struct group {
	int left;
	struct wait wait;
};

/* One call under way. */
struct transfer {
	struct req *req;
	struct group *group;
	struct client_call *call;
	CURL *easy;
	struct curl_slist *headers;
	struct buffer reply;
	bool failed;
};

/* What a worker owns: libcurl keeps connections open between requests. */
struct client {
	CURLM *multi;
	struct watch timer;
};

static size_t on_body(char *data, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;

	if (t->reply.len + size * n > REPLY_MAX)
		return 0;
	buffer_add(&t->reply, data, size * n);
	return size * n;
}

static size_t on_header(char *line, size_t size, size_t n, void *arg)
{
	struct transfer *t = arg;
	const struct {
		const char *name;
		const char **value;
	} kept[] = { { "location:", &t->call->location }, { "etag:", &t->call->etag },
		{ "link:", &t->call->link }, { "content-type:", &t->call->reply_type } };

	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
		size_t skip = strlen(kept[i].name), len = size * n;

		if (len <= skip || strncasecmp(line, kept[i].name, skip) != 0)
			continue;
		while (skip < len && line[skip] == ' ')
			skip++;
		while (len > skip && strchr("\r\n ", line[len - 1]))
			len--;
		*kept[i].value = arena_strndup(t->req->arena, line + skip, len - skip);
	}
	return size * n;
}

static void set_tls(CURL *easy, const struct client_call *call)
{
	curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (call->ca && *call->ca) {
		/* this anchor and no other: libcurl would take the system's folder besides */
		curl_easy_setopt(easy, CURLOPT_CAINFO, call->ca);
		curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
	}
	if (call->cert) {
		curl_easy_setopt(easy, CURLOPT_SSLCERT, call->cert);
		curl_easy_setopt(easy, CURLOPT_SSLKEY, call->key);
	}
}

static void set_body(CURL *easy, const struct client_call *call)
{
	if (call->method != GET)
		curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method_name(call->method));
	if (!call->body)
		return;
	curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)strlen(call->body));
	curl_easy_setopt(easy, CURLOPT_POSTFIELDS, call->body);
}

static void set_headers(struct transfer *t)
{
	struct req *req = t->req;
	const struct client_call *call = t->call;
	struct curl_slist *list = NULL;

	for (int i = 0; i < 12 && call->headers[i]; i++)
		list = curl_slist_append(list, call->headers[i]);
	if (call->content_type)
		list = curl_slist_append(
			list, arena_printf(req->arena, "Content-Type: %s", call->content_type));
	list = curl_slist_append(list,
		arena_printf(req->arena, "traceparent: 00-%s-%s-01", req->trace_id, req->span_id));
	t->headers = curl_slist_append(list, "Expect:");
	curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
}

static void begin(struct transfer *t, struct req *req, struct group *group,
	struct client_call *call, CURLM *multi)
{
	CURL *easy = curl_easy_init();

	*t = (struct transfer){ .req = req, .group = group, .call = call, .easy = easy };
	buffer_init(&t->reply, req->arena);
	curl_easy_setopt(easy, CURLOPT_PRIVATE, t);
	curl_easy_setopt(easy, CURLOPT_URL, call->url);
	if (call->unix_socket && *call->unix_socket)
		curl_easy_setopt(easy, CURLOPT_UNIX_SOCKET_PATH, call->unix_socket);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_PROXY, "");
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	curl_easy_setopt(
		easy, CURLOPT_TIMEOUT_MS, call->timeout_ms ? call->timeout_ms : TIMEOUT_MS);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, t);
	/* on a kept connection that turns out dead curl sends again, unasked: not what changes
	 * things (RFC 9110 9.2.2) */
	if (call->method == POST || call->method == PATCH)
		curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
	set_tls(easy, call);
	set_body(easy, call);
	set_headers(t);
	curl_multi_add_handle(multi, easy);
}

static void end(struct transfer *t, CURLM *multi)
{
	struct client_call *call = t->call;
	long sent = 0;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &call->status);
	curl_easy_getinfo(t->easy, CURLINFO_REQUEST_SIZE, &sent);
	call->reply = t->reply.data;
	call->reply_len = t->reply.len;
	call->sent = sent > 0;
	curl_multi_remove_handle(multi, t->easy);
	curl_easy_cleanup(t->easy);
	curl_slist_free_all(t->headers);
}

/* ---- libcurl in the loop ---- */

/* A transfer that failed half-way has no answer, whatever status line it had. */
static void take_ended(struct client *c)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(c->multi, &left))) {
		struct transfer *t = NULL;

		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
		t->failed = message->data.result != CURLE_OK;
		if (--t->group->left == 0)
			wait_over(&t->group->wait);
	}
}

static void act(struct client *c, curl_socket_t fd, int what)
{
	int running;

	curl_multi_socket_action(c->multi, fd, what, &running);
	take_ended(c);
}

static void on_socket(struct watch *w, uint32_t events)
{
	int what = (events & EPOLLIN ? CURL_CSELECT_IN : 0) |
		   (events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
		   (events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0);

	act(w->owner, w->fd, what);
}

static void on_timer(struct watch *w, uint32_t events)
{
	(void)events;
	act(w->owner, CURL_SOCKET_TIMEOUT, 0);
}

static int want_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *own)
{
	struct client *c = arg;
	struct watch *w = own;

	(void)easy;
	if (what == CURL_POLL_REMOVE) {
		if (w)
			loop_unwatch(w);
		free(w);
		return 0;
	}
	if (!w) {
		w = calloc(1, sizeof(*w));
		if (!w)
			abort();
		*w = (struct watch){ .fd = fd, .ready = on_socket, .owner = c };
		curl_multi_assign(c->multi, fd, w);
	}
	w->events = (what & CURL_POLL_IN ? EPOLLIN : 0u) | (what & CURL_POLL_OUT ? EPOLLOUT : 0u);
	loop_watch(w);
	return 0;
}

static int want_timer(CURLM *multi, long ms, void *arg)
{
	struct client *c = arg;

	(void)multi;
	c->timer.due = ms < 0 ? 0 : loop_now() + ms;
	loop_watch(&c->timer);
	return 0;
}

static CURLM *multi_of(struct app *app)
{
	struct client *c = app->client;

	if (c)
		return c->multi;
	curl_global_init(CURL_GLOBAL_DEFAULT);
	c = calloc(1, sizeof(*c));
	if (!c)
		abort();
	c->multi = curl_multi_init();
	c->timer = (struct watch){ .fd = -1, .ready = on_timer, .owner = c };
	curl_multi_setopt(c->multi, CURLMOPT_SOCKETFUNCTION, want_socket);
	curl_multi_setopt(c->multi, CURLMOPT_SOCKETDATA, c);
	curl_multi_setopt(c->multi, CURLMOPT_TIMERFUNCTION, want_timer);
	curl_multi_setopt(c->multi, CURLMOPT_TIMERDATA, c);
	app->client = c;
	return c->multi;
}

enum status client_run(struct req *req, struct client_call *calls, int count)
{
	CURLM *multi = multi_of(req->app);
	struct transfer *transfers = arena_alloc(req->arena, (size_t)count * sizeof(*transfers));
	struct group group = { .left = count };

	if (!multi)
		return fail(req, ERR_INTERNAL, "Geen verbinding mogelijk");
	for (int i = 0; i < count; i++)
		begin(&transfers[i], req, &group, &calls[i], multi);
	if (count > 0)
		wait_for(&group.wait);
	for (int i = 0; i < count; i++) {
		end(&transfers[i], multi);
		if (transfers[i].failed)
			calls[i].status = 0;
	}
	return OK;
}

json_t *client_json(struct req *req, const struct client_call *call)
{
	return arena_json(
		req->arena, call->reply ? json_loadb(call->reply, call->reply_len, 0, NULL) : NULL);
}

void client_close(struct app *app)
{
	struct client *c = app->client;

	if (!c)
		return;
	curl_multi_cleanup(c->multi);
	loop_unwatch(&c->timer);
	free(c);
	app->client = NULL;
}
