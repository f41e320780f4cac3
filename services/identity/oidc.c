/* SPDX-License-Identifier: EUPL-1.2 */
#include "oidc.h"

#include <cjose/cjose.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/client.h"
#include "app/crypto.h"
#include "app/queue.h"
#include "app/service.h"
#include "app/url.h"

#define CLOCK_SKEW 60 /* seconds that the provider's clock may differ from ours */
#define KEEP_SECONDS 600 /* a key that the provider took back is good for so long at most */
#define TIMEOUT_MS 5000 /* three calls end before nginx gives up on us */

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

/* What is wrong with the claims; NULL when nothing is. */
static const char *check_claims(json_t *claims, const struct provider *p, const char *nonce)
{
	const json_int_t now = time(NULL);
	json_t *exp = json_object_get(claims, "exp");
	json_t *iat = json_object_get(claims, "iat");
	json_t *nbf = json_object_get(claims, "nbf");
	const char *sub = text(claims, "sub");

	if (!same(text(claims, "iss"), p->issuer))
		return "wrong issuer";
	if (!audience_is(claims, p->client))
		return "wrong audience";
	if (!json_is_integer(exp) || json_integer_value(exp) < now - CLOCK_SKEW)
		return "token expired";
	if (!json_is_integer(iat) || json_integer_value(iat) > now + CLOCK_SKEW)
		return "token issued in the future";
	if (nbf && (!json_is_integer(nbf) || json_integer_value(nbf) > now + CLOCK_SKEW))
		return "token not valid yet";
	if (!same(text(claims, "nonce"), nonce))
		return "wrong nonce";
	if (!sub || !*sub)
		return "no subject";
	return NULL;
}

/* ---- the provider's documents ---- */

/* https, unless the issuer itself does without: on a laptop. */
static bool is_safe(const char *url, const struct provider *p)
{
	return url && strncmp(url, p->issuer, strcspn(p->issuer, "/")) == 0;
}

/* It must name the configured issuer (OpenID Connect Discovery 4.3). */
static bool discovery_is_sound(json_t *o, const struct provider *p)
{
	return same(text(o, "issuer"), p->issuer) &&
	       is_safe(text(o, "authorization_endpoint"), p) &&
	       is_safe(text(o, "token_endpoint"), p) && is_safe(text(o, "jwks_uri"), p);
}

static bool keys_are_sound(json_t *o, const struct provider *p)
{
	(void)p;
	return json_is_array(json_object_get(o, "keys"));
}

/* What Redis keeps under `key`, NULL when it keeps nothing or cannot say. */
static json_t *kept_document(struct req *req, const char *key)
{
	struct client_call call = { 0 };

	if (queue_get(req, key, &call.reply) != OK) {
		req->error = (struct error){ 0 };
		return NULL;
	}
	call.reply_len = strlen(call.reply);
	return client_json(req, &call);
}

/* A sound document of the provider: as kept, or when `fresh` or not kept, as it is now. */
static enum status load_document(struct req *req, const struct provider *p, const char *url,
	bool fresh, bool (*is_sound)(json_t *o, const struct provider *p), json_t **out)
{
	const char *key = arena_printf(req->arena, "oidc:%s", url);
	struct client_call call = {
		.method = GET, .url = url, .ca = req->app->config.oidc_ca, .timeout_ms = TIMEOUT_MS
	};
	json_t *document = fresh ? NULL : kept_document(req, key);

	if (!document || !is_sound(document, p)) {
		TRY(client_run(req, &call, 1));
		document = call.status == 200 ? client_json(req, &call) : NULL;
		if (!document || !is_sound(document, p))
			return fail(req, ERR_UPSTREAM, "no usable answer from %s", url);
		TRY(queue_put(req, key, call.reply, KEEP_SECONDS));
	}
	*out = document;
	return OK;
}

static enum status discover(struct req *req, const struct provider *p, json_t **out)
{
	size_t n = strlen(p->issuer);
	const char *url;

	if (n > 0 && p->issuer[n - 1] == '/')
		n--;
	url = arena_printf(req->arena, "%.*s/.well-known/openid-configuration", (int)n, p->issuer);
	return load_document(req, p, url, false, discovery_is_sound, out);
}

/* ---- there ---- */

static void add_pair(struct buffer *b, const char *name, const char *value)
{
	if (b->len > 0 && !strchr("?&", b->data[b->len - 1]))
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
		.ca = req->app->config.oidc_ca,
		.timeout_ms = TIMEOUT_MS };
	const char *token;

	buffer_init(&form, req->arena);
	add_pair(&form, "grant_type", "authorization_code");
	add_pair(&form, "code", code);
	add_pair(&form, "redirect_uri", redirect_uri);
	add_pair(&form, "code_verifier", login->verifier);
	call.body = form.data;
	TRY(client_run(req, &call, 1));
	if (call.status == 400 || call.status == 401)
		return fail(req, ERR_FORBIDDEN, "the provider refuses the code or our secret");
	token = call.status == 200 ? text(client_json(req, &call), "id_token") : NULL;
	if (!token)
		return fail(req, ERR_UPSTREAM, "no usable answer from %s", call.url);
	*id_token = token;
	return OK;
}

/* ---- the ID token ---- */

/* RS256 and PS256 only, whatever the token or the provider says, and no extension that must be
 * understood (RFC 7515 4.1.11). The algorithm, or NULL. */
static const char *accepted_alg(cjose_header_t *head)
{
	cjose_err err;
	const char *alg = cjose_header_get(head, CJOSE_HDR_ALG, &err);
	char *crit = cjose_header_get_raw(head, "crit", &err);
	bool accepted = !crit && (same(alg, CJOSE_HDR_ALG_RS256) || same(alg, CJOSE_HDR_ALG_PS256));

	cjose_get_dealloc()(crit);
	return accepted ? alg : NULL;
}

/* Without a `kid` in the token any key may be the one. */
static bool key_fits(json_t *key, const char *kid, const char *alg)
{
	const char *use = text(key, "use"), *key_alg = text(key, "alg");

	return same(text(key, "kty"), "RSA") && (!kid || same(text(key, "kid"), kid)) &&
	       (!use || same(use, "sig")) && (!key_alg || same(key_alg, alg));
}

static bool key_verifies(json_t *key, cjose_jws_t *jws)
{
	cjose_err err;
	char *json = json_dumps(key, JSON_COMPACT);
	cjose_jwk_t *jwk = cjose_jwk_import(json, strlen(json), &err);
	bool good = jwk && cjose_jws_verify(jws, jwk, &err);

	cjose_jwk_release(jwk);
	free(json);
	return good;
}

/* The claims of a token that one of the keys signed, else NULL. */
static json_t *verified_claims(struct req *req, const char *token, json_t *keys)
{
	cjose_err err;
	cjose_jws_t *jws = cjose_jws_import(token, strlen(token), &err);
	cjose_header_t *head = jws ? cjose_jws_get_protected(jws) : NULL;
	const char *alg = head ? accepted_alg(head) : NULL;
	const char *kid = head ? cjose_header_get(head, CJOSE_HDR_KID, &err) : NULL;
	bool good = false;
	json_t *key, *claims = NULL;
	uint8_t *data;
	size_t i, len;

	json_array_foreach(keys, i, key) good =
		good || (alg && key_fits(key, kid, alg) && key_verifies(key, jws));
	if (good && cjose_jws_get_plaintext(jws, &data, &len, &err))
		claims = json_loadb((const char *)data, len, JSON_REJECT_DUPLICATES, NULL);
	cjose_jws_release(jws);
	return arena_json(req->arena, claims);
}

/* The keys that are kept may be older than the token: then once more with those of now. */
static enum status verify(struct req *req, const struct provider *p, const char *jwks_uri,
	const char *token, json_t **out)
{
	json_t *keys, *claims = NULL;

	for (int fresh = 0; fresh <= 1 && !claims; fresh++) {
		TRY(load_document(req, p, jwks_uri, fresh, keys_are_sound, &keys));
		claims = verified_claims(req, token, json_object_get(keys, "keys"));
	}
	if (!claims)
		return fail(req, ERR_FORBIDDEN, "no key of the provider signed the token");
	*out = claims;
	return OK;
}

/* RFC 9207: the answer says who gives it, so that no provider can answer for the other. */
static bool answers_itself(json_t *provider, const struct provider *p, const struct answer *answer)
{
	if (!answer->iss)
		return !json_is_true(json_object_get(
			provider, "authorization_response_iss_parameter_supported"));
	return same(answer->iss, p->issuer);
}

enum status oidc_claims(struct req *req, const struct provider *p, const char *redirect_uri,
	const struct answer *answer, const struct login *login, json_t **claims)
{
	json_t *provider, *verified = NULL;
	const char *token, *wrong;

	if (!answer->code || !*answer->code)
		return fail(req, ERR_FORBIDDEN, "no code");
	TRY(discover(req, p, &provider));
	if (!answers_itself(provider, p, answer))
		return fail(req, ERR_FORBIDDEN, "no issuer or another in the answer (RFC 9207)");
	TRY(exchange(req, p, provider, redirect_uri, answer->code, login, &token));
	TRY(verify(req, p, text(provider, "jwks_uri"), token, &verified));
	wrong = check_claims(verified, p, login->nonce);
	if (wrong)
		return fail(req, ERR_FORBIDDEN, "%s", wrong);
	*claims = verified;
	return OK;
}
