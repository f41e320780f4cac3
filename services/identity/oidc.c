/* SPDX-License-Identifier: EUPL-1.2 */
#include "oidc.h"

#include <cjose/cjose.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/client.h"
#include "app/crypto.h"
#include "app/service.h"
#include "app/url.h"

#define CLOCK_SKEW 60 /* seconds that the provider's clock may differ from ours */

/* Levels of assurance in rising order (ST-SAML URNs; standards: NCSC, DigiD). */
static const char *const acr_levels[] = {
	"http://eID.logius.nl/LoA/basic",
	"http://eidas.europa.eu/LoA/low",
	"http://eidas.europa.eu/LoA/substantial",
	"http://eidas.europa.eu/LoA/high",
};

static int acr_rank(const char *acr)
{
	for (size_t i = 0; acr && i < sizeof(acr_levels) / sizeof(*acr_levels); i++)
		if (strcmp(acr, acr_levels[i]) == 0)
			return (int)i + 1;
	return 0;
}

bool oidc_acr_suffices(const char *acr, const char *required)
{
	return acr_rank(required) > 0 && acr_rank(acr) >= acr_rank(required);
}

static const char *text(json_t *claims, const char *name)
{
	return json_string_value(json_object_get(claims, name));
}

static bool same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

/* `aud` is a string or an array; with more than one audience `azp` must be us (OIDC Core 3.1.3.7).
 */
static bool audience_is(json_t *claims, const char *client)
{
	json_t *aud = json_object_get(claims, "aud");
	json_t *each;
	size_t i;
	bool found = same(json_string_value(aud), client);

	json_array_foreach(aud, i, each) found = found || same(json_string_value(each), client);
	if (json_object_get(claims, "azp") || json_array_size(aud) > 1)
		return found && same(text(claims, "azp"), client);
	return found;
}

const char *oidc_check_claims(json_t *claims, const struct expectation *e)
{
	json_t *exp = json_object_get(claims, "exp");
	json_t *iat = json_object_get(claims, "iat");
	json_t *nbf = json_object_get(claims, "nbf");

	if (!same(text(claims, "iss"), e->issuer))
		return "wrong issuer";
	if (!audience_is(claims, e->client))
		return "wrong audience";
	if (!json_is_integer(exp) || json_integer_value(exp) + CLOCK_SKEW < e->now)
		return "token expired";
	if (!json_is_integer(iat) || json_integer_value(iat) - CLOCK_SKEW > e->now)
		return "token issued in the future";
	if (nbf && (!json_is_integer(nbf) || json_integer_value(nbf) - CLOCK_SKEW > e->now))
		return "token not valid yet";
	if (!same(text(claims, "nonce"), e->nonce))
		return "wrong nonce";
	if (!text(claims, "sub"))
		return "no subject";
	return NULL;
}

/* A JSON document of the provider. */
static enum status fetch_json(struct req *req, struct client_call *call, json_t **out)
{
	call->ca = req->app->config.oidc_ca;
	TRY(client_run(req, call, 1));
	*out = call->status == 200 ? client_json(req, call) : NULL;
	if (!*out)
		return fail(req, ERR_UPSTREAM, "De inlogdienst geeft geen antwoord");
	return OK;
}

/* Discovery; the document must name the configured issuer (OpenID Discovery 4.3). */
static enum status discover(struct req *req, const struct provider *p, json_t **out)
{
	struct client_call call = { .method = GET };

	call.url = arena_printf(req->arena, "%s/.well-known/openid-configuration", p->issuer);
	TRY(fetch_json(req, &call, out));
	if (!same(text(*out, "issuer"), p->issuer) || !text(*out, "authorization_endpoint") ||
		!text(*out, "token_endpoint") || !text(*out, "jwks_uri"))
		return fail(req, ERR_UPSTREAM, "De inlogdienst is anders dan ingesteld");
	return OK;
}

static void add_pair(struct buffer *b, const char *name, const char *value)
{
	if (b->len > 0 && b->data[b->len - 1] != '?')
		buffer_putc(b, '&');
	buffer_puts(b, name);
	buffer_putc(b, '=');
	url_encode(b, value);
}

enum status oidc_authorize_url(struct req *req, const struct provider *p, const char *redirect_uri,
	const char *state, const struct login *login, const char **url)
{
	json_t *provider;
	struct buffer b;
	const char *challenge =
		sha256_base64url(req->arena, login->verifier, strlen(login->verifier));

	TRY(discover(req, p, &provider));
	buffer_init(&b, req->arena);
	buffer_puts(&b, text(provider, "authorization_endpoint"));
	buffer_putc(&b, strchr(b.data, '?') ? '&' : '?');
	add_pair(&b, "response_type", "code");
	add_pair(&b, "scope", "openid");
	add_pair(&b, "client_id", p->client);
	add_pair(&b, "redirect_uri", redirect_uri);
	add_pair(&b, "state", state);
	add_pair(&b, "nonce", login->nonce);
	add_pair(&b, "code_challenge", challenge);
	add_pair(&b, "code_challenge_method", "S256");
	add_pair(&b, "acr_values", p->acr);
	*url = b.data;
	return OK;
}

/* client_secret_basic: both halves are form-encoded before base64 (RFC 6749 2.3.1). */
static const char *basic_header(struct req *req, const struct provider *p)
{
	struct buffer pair;
	char *base64 = NULL;
	size_t len = 0;
	cjose_err err;
	const char *header = NULL;

	buffer_init(&pair, req->arena);
	url_encode(&pair, p->client);
	buffer_putc(&pair, ':');
	url_encode(&pair, p->secret);
	if (cjose_base64_encode((const uint8_t *)pair.data, pair.len, &base64, &len, &err))
		header = arena_printf(req->arena, "Authorization: Basic %.*s", (int)len, base64);
	free(base64);
	return header;
}

static enum status exchange(struct req *req, const struct provider *p, json_t *provider,
	const char *redirect_uri, const char *code, const struct login *login,
	const char **id_token)
{
	struct buffer form;
	struct client_call call = { .method = POST,
		.url = text(provider, "token_endpoint"),
		.headers = { basic_header(req, p), "Accept: application/json" },
		.content_type = "application/x-www-form-urlencoded",
		.ca = req->app->config.oidc_ca };
	json_t *reply;

	buffer_init(&form, req->arena);
	add_pair(&form, "grant_type", "authorization_code");
	add_pair(&form, "code", code);
	add_pair(&form, "redirect_uri", redirect_uri);
	add_pair(&form, "code_verifier", login->verifier);
	call.body = form.data;
	TRY(client_run(req, &call, 1));
	if (call.status == 400 || call.status == 401)
		return fail(req, ERR_FORBIDDEN, "De inlogdienst weigert de inlogcode");
	reply = call.status == 200 ? client_json(req, &call) : NULL;
	*id_token = text(reply, "id_token");
	if (!*id_token)
		return fail(req, ERR_UPSTREAM, "De inlogdienst gaf geen ID-token");
	return OK;
}

/* Verifies the signature with the key of the JWKS that `kid` names; RS256 and PS256 only, whatever
 * the token or the provider says. The payload in the arena, or NULL. */
static const char *verified_payload(struct req *req, const char *token, json_t *keys)
{
	cjose_err err;
	cjose_jws_t *jws = cjose_jws_import(token, strlen(token), &err);
	cjose_header_t *head = jws ? cjose_jws_get_protected(jws) : NULL;
	const char *alg = head ? cjose_header_get(head, CJOSE_HDR_ALG, &err) : NULL;
	const char *kid = head ? cjose_header_get(head, CJOSE_HDR_KID, &err) : NULL;
	const char *payload = NULL;
	json_t *key;
	size_t i;

	if (!same(alg, CJOSE_HDR_ALG_RS256) && !same(alg, CJOSE_HDR_ALG_PS256))
		keys = NULL;
	json_array_foreach(keys, i, key)
	{
		char *json;
		cjose_jwk_t *jwk;
		uint8_t *data;
		size_t len;

		if (!same(text(key, "kty"), "RSA") || (kid && !same(text(key, "kid"), kid)))
			continue;
		json = json_dumps(key, JSON_COMPACT);
		jwk = cjose_jwk_import(json, strlen(json), &err);
		if (jwk && cjose_jws_verify(jws, jwk, &err) &&
			cjose_jws_get_plaintext(jws, &data, &len, &err))
			payload = arena_strndup(req->arena, (const char *)data, len);
		cjose_jwk_release(jwk);
		free(json);
		if (payload)
			break;
	}
	cjose_jws_release(jws);
	return payload;
}

enum status oidc_claims(struct req *req, const struct provider *p, const char *redirect_uri,
	const char *code, const struct login *login, json_t **claims)
{
	struct expectation e = { p->issuer, p->client, login->nonce, (int64_t)time(NULL) };
	struct client_call keys_call = { .method = GET };
	struct client_call payload = { 0 };
	json_t *provider, *keys;
	const char *token, *wrong;

	TRY(discover(req, p, &provider));
	TRY(exchange(req, p, provider, redirect_uri, code, login, &token));
	keys_call.url = text(provider, "jwks_uri");
	TRY(fetch_json(req, &keys_call, &keys));
	payload.reply = verified_payload(req, token, json_object_get(keys, "keys"));
	if (!payload.reply)
		return fail(req, ERR_FORBIDDEN, "bad signature");
	payload.reply_len = strlen(payload.reply);
	*claims = client_json(req, &payload);
	wrong = *claims ? oidc_check_claims(*claims, &e) : "payload is not JSON";
	if (wrong)
		return fail(req, ERR_FORBIDDEN, "%s", wrong);
	return OK;
}
