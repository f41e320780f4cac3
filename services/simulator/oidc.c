/* SPDX-License-Identifier: EUPL-1.2 */
#include "oidc.h"

#include <cjose/cjose.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/crypto.h"
#include "app/db.h"
#include "app/queue.h"
#include "app/service.h"
#include "app/url.h"
#include "simulator_queries.h"

#define CODE_SECONDS 60
#define TOKEN_SECONDS 300
#define KEY_BITS 2048
#define BSN_CLAIM "urn:etoegang:1.12:EntityConcernedID:BSN"

static bool same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static bool for_citizens(const struct req *req)
{
	return same(req->param[0], "burgers");
}

static const char *issuer(struct req *req)
{
	return arena_printf(req->arena, "%s/oidc/%s", req->app->config.public_url, req->param[0]);
}

static enum status check_provider(struct req *req)
{
	if (!for_citizens(req) && !same(req->param[0], "medewerkers"))
		return fail(req, ERR_NOT_FOUND, "Deze aanbieder wordt niet gespeeld");
	return OK;
}

static enum status reply_json(struct req *req, json_t *body)
{
	char *text = json_dumps(body, JSON_COMPACT);
	const char *copy = arena_strdup(req->arena, text);

	free(text);
	json_decref(body);
	return reply_raw(req, 200, "application/json", copy, strlen(copy));
}

enum status oidc_discovery(struct req *req)
{
	const char *iss;

	TRY(check_provider(req));
	iss = issuer(req);
	return reply_json(req, json_pack("{ss so so so s[s] s[s] s[s] s[s] sb}", "issuer", iss,
				       "authorization_endpoint", json_sprintf("%s/authorize", iss),
				       "token_endpoint", json_sprintf("%s/token", iss), "jwks_uri",
				       json_sprintf("%s/jwks", iss), "response_types_supported",
				       "code", "subject_types_supported", "public",
				       "id_token_signing_alg_values_supported", "RS256",
				       "code_challenge_methods_supported", "S256",
				       "authorization_response_iss_parameter_supported", 1));
}

/* The signing key, made by whoever is first. */
static enum status load_key(struct req *req, cjose_jwk_t **out)
{
	cjose_err err;
	struct batch b;
	cjose_jwk_t *fresh = cjose_jwk_create_RSA_random(KEY_BITS, NULL, 0, &err);
	char *json;
	const char *stored;
	int insert, found;

	cjose_jwk_set_kid(fresh, "simulator", strlen("simulator"), &err);
	json = cjose_jwk_to_json(fresh, true, &err);
	batch_init(&b, req);
	insert = batch_add(&b, Q_SLEUTEL_BEWAREN, NULL, NULL);
	batch_bind(&b, insert, "jwk", json);
	found = batch_add(&b, Q_SLEUTEL_LEZEN, NULL, NULL);
	cjose_get_dealloc()(json);
	cjose_jwk_release(fresh);
	TRY(batch_run(&b));
	stored = batch_text(&b, found, 0, "jwk");
	*out = cjose_jwk_import(stored, strlen(stored), &err);
	return *out ? OK : fail(req, ERR_INTERNAL, "De sleutel is niet te lezen");
}

/* Making an RSA key takes long: keep it for the life of the worker. */
static enum status signing_key(struct req *req, cjose_jwk_t **out)
{
	if (!req->app->own) {
		cjose_jwk_t *key;

		TRY(load_key(req, &key));
		req->app->own = key;
	}
	*out = req->app->own;
	return OK;
}

enum status oidc_jwks(struct req *req)
{
	cjose_err err;
	cjose_jwk_t *key;
	char *json;
	json_t *public_key;

	TRY(check_provider(req));
	TRY(signing_key(req, &key));
	json = cjose_jwk_to_json(key, false, &err);
	public_key = json_loads(json, 0, NULL);
	cjose_get_dealloc()(json);
	json_object_set_new(public_key, "use", json_string("sig"));
	json_object_set_new(public_key, "alg", json_string("RS256"));
	return reply_json(req, json_pack("{s[o]}", "keys", public_key));
}

static void html(struct buffer *b, const char *s)
{
	for (; s && *s; s++) {
		switch (*s) {
		case '<':
			buffer_puts(b, "&lt;");
			break;
		case '>':
			buffer_puts(b, "&gt;");
			break;
		case '&':
			buffer_puts(b, "&amp;");
			break;
		case '"':
			buffer_puts(b, "&quot;");
			break;
		default:
			buffer_putc(b, *s);
		}
	}
}

/* What the client asked for travels through the page in hidden fields. */
static const char *const kept[] = { "client_id", "redirect_uri", "state", "nonce",
	"code_challenge" };

static void people(struct buffer *b, const struct batch *batch, int op)
{
	for (int i = 0; i < batch_rows(batch, op); i++) {
		buffer_puts(b, "<li><button name=\"sub\" value=\"");
		html(b, batch_text(batch, op, i, "sub"));
		buffer_puts(b, "\">");
		html(b, batch_text(batch, op, i, "naam"));
		buffer_puts(b, "</button></li>\n");
	}
}

enum status oidc_authorize_page(struct req *req)
{
	struct batch batch;
	struct buffer b;
	int op;

	TRY(check_provider(req));
	batch_init(&batch, req);
	op = batch_add(&batch, for_citizens(req) ? Q_DEMO_BURGERS : Q_DEMO_MEDEWERKERS, NULL, NULL);
	TRY(batch_run(&batch));
	buffer_init(&b, req->arena);
	buffer_puts(&b,
		"<!doctype html><html lang=\"nl\"><meta charset=\"utf-8\">"
		"<meta name=\"viewport\" content=\"width=device-width\">"
		"<title>Inlogdienst (simulator)</title><main><h1>Inlogdienst (simulator)</h1>"
		"<p>Kies wie u bent. Dit is geen echte inlogdienst.</p><form method=\"post\">\n");
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
		buffer_printf(&b, "<input type=\"hidden\" name=\"%s\" value=\"", kept[i]);
		html(&b, req_query(req, kept[i]));
		buffer_puts(&b, "\">\n");
	}
	if (for_citizens(req))
		buffer_puts(&b,
			"<p><label>Burgerservicenummer <input name=\"bsn\" inputmode=\"numeric\">"
			"</label> <button>Inloggen</button></p>\n");
	buffer_puts(&b, "<ul>\n");
	people(&b, &batch, op);
	buffer_puts(&b, "</ul></form></main></html>\n");
	reply_header(req, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
	return reply_raw(req, 200, "text/html; charset=utf-8", b.data, b.len);
}

static const char *posted(struct req *req, const char *name)
{
	const char *value = form_value(req->arena, req->raw_body, name);

	return value && *value ? value : NULL;
}

enum status oidc_authorize(struct req *req)
{
	const struct config *c = &req->app->config;
	const char *client = for_citizens(req) ? c->oidc_citizen_client : c->oidc_staff_client;
	const char *home = arena_printf(req->arena, "%s/api/identity/v1/terugkeer", c->public_url);
	const char *sub = posted(req, "bsn") ? posted(req, "bsn") : posted(req, "sub");
	const char *code = random_token(req->arena, 32);
	const char *values[5];
	struct buffer b;

	TRY(check_provider(req));
	for (size_t i = 0; i < 5; i++) {
		values[i] = posted(req, kept[i]);
		if (!values[i])
			return fail_param(req, kept[i], "required", "Dit gegeven ontbreekt");
	}
	if (!sub || !same(values[0], client) || !same(values[1], home))
		return fail(req, ERR_INVALID, "Onbekende client, terugkeeradres of persoon");
	buffer_init(&b, req->arena);
	buffer_printf(&b, "%s %s %s %s", req->param[0], sub, values[3], values[4]);
	TRY(queue_put(req, arena_printf(req->arena, "sim:code:%s", code), b.data, CODE_SECONDS));
	buffer_init(&b, req->arena);
	buffer_printf(&b, "%s?code=%s&state=", home, code);
	url_encode(&b, values[2]);
	buffer_puts(&b, "&iss=");
	url_encode(&b, issuer(req));
	return reply_see_other(req, b.data);
}

static enum status add_staff_claims(struct req *req, const char *sub, json_t *claims)
{
	struct batch b;
	int op;
	json_t *roles;

	batch_init(&b, req);
	op = batch_add(&b, Q_DEMO_MEDEWERKER, NULL, NULL);
	batch_bind(&b, op, "sub", sub);
	TRY(batch_run(&b));
	if (batch_rows(&b, op) == 0)
		return fail(req, ERR_INVALID, "Deze medewerker bestaat niet");
	json_object_set_new(claims, "name", json_string(batch_text(&b, op, 0, "naam")));
	roles = json_loads(batch_text(&b, op, 0, "rollen"), 0, NULL);
	json_object_set_new(claims, "rollen", roles);
	return OK;
}

static enum status sign(struct req *req, json_t *claims, const char **token)
{
	cjose_err err;
	cjose_jwk_t *key;
	cjose_header_t *head;
	cjose_jws_t *jws;
	char *payload;
	const char *compact;

	TRY(signing_key(req, &key));
	head = cjose_header_new(&err);
	cjose_header_set(head, CJOSE_HDR_ALG, CJOSE_HDR_ALG_RS256, &err);
	cjose_header_set(head, CJOSE_HDR_KID, "simulator", &err);
	payload = json_dumps(claims, JSON_COMPACT);
	jws = cjose_jws_sign(key, head, (const uint8_t *)payload, strlen(payload), &err);
	*token = jws && cjose_jws_export(jws, &compact, &err) ? arena_strdup(req->arena, compact)
							      : NULL;
	free(payload);
	cjose_jws_release(jws);
	cjose_header_release(head);
	return *token ? OK : fail(req, ERR_INTERNAL, "Ondertekenen mislukt");
}

/* The four words kept with a code: provider, subject, nonce, challenge. */
static enum status take_code(struct req *req, char *words[4])
{
	const char *code = posted(req, "code");
	const char *value;
	char *rest;

	if (!code || queue_take(req, arena_printf(req->arena, "sim:code:%s", code), &value) != OK)
		return ERR_INVALID;
	rest = arena_strdup(req->arena, value);
	for (int i = 0; i < 4; i++)
		words[i] = strsep(&rest, " ");
	return words[3] && same(words[0], req->param[0]) ? OK : ERR_INVALID;
}

static enum status refuse(struct req *req, const char *error)
{
	const char *body = arena_printf(req->arena, "{\"error\":\"%s\"}", error);

	req->error = (struct error){ 0 };
	return reply_raw(req, 400, "application/json", body, strlen(body));
}

enum status oidc_token(struct req *req)
{
	const struct config *c = &req->app->config;
	const char *verifier = posted(req, "code_verifier");
	char *words[4] = { 0 };
	json_t *claims;
	const char *token;
	enum status status = OK;
	time_t now = time(NULL);

	TRY(check_provider(req));
	if (take_code(req, words) != OK || !verifier ||
		!same(sha256_base64url(req->arena, verifier, strlen(verifier)), words[3]))
		return refuse(req, "invalid_grant");
	claims = json_pack("{ss ss ss ss ss sI sI}", "iss", issuer(req), "sub", words[1], "aud",
		for_citizens(req) ? c->oidc_citizen_client : c->oidc_staff_client, "nonce",
		words[2], "acr", for_citizens(req) ? c->oidc_citizen_acr : c->oidc_staff_acr, "iat",
		(json_int_t)now, "exp", (json_int_t)now + TOKEN_SECONDS);
	if (for_citizens(req)) {
		json_object_set_new(claims, "sub",
			json_string(sha256_hex(req->arena, words[1], strlen(words[1]))));
		json_object_set_new(claims, BSN_CLAIM, json_string(words[1]));
	} else {
		status = add_staff_claims(req, words[1], claims);
	}
	if (status == OK)
		status = sign(req, claims, &token);
	json_decref(claims);
	if (status != OK)
		return status;
	return reply_json(req,
		json_pack("{ss ss si ss}", "access_token", random_token(req->arena, 32),
			"token_type", "Bearer", "expires_in", TOKEN_SECONDS, "id_token", token));
}
