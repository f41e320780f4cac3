/* SPDX-License-Identifier: EUPL-1.2 */
#include "handlers.h"

#include <stdlib.h>
#include <string.h>

#include "app/crypto.h"
#include "app/log.h"
#include "app/queue.h"
#include "app/service.h"
#include "app/url.h"
#include "oidc.h"
#include "store.h"

#define LOGIN_SECONDS 600
#define BSN_CLAIM "urn:etoegang:1.12:EntityConcernedID:BSN"
#define BROWSER_COOKIE "regie_inlog"

const char *const doel_values[] = { "burger", "medewerker", NULL };

const struct field sessie_fields[] = {
	FIELD(struct sessie, gebruiker, F_TEXT, READONLY, "Vaste aanduiding van wie is ingelogd"),
	FIELD(struct sessie, naam, F_TEXT, READONLY, "Naam voor op het scherm"),
	FIELD(struct sessie, medewerker, F_UUID, READONLY, "Medewerker, bij personeel"),
	FIELD(struct sessie, inburgeraar, F_UUID, READONLY, "Inburgeraar, bij een burger"),
	FIELD(struct sessie, rollen, F_JSON, READONLY, "Rollen: lijst van namen"),
	FIELD(struct sessie, gemeenten, F_JSON, READONLY, "Gemeentecodes waarvoor de sessie geldt"),
	FIELD(struct sessie, csrf, F_TEXT, READONLY,
		"Waarde die elk formulier van de portaal meestuurt"),
	FIELD(struct sessie, taal, F_TEXT, READONLY, "Taal van de schermen"),
	FIELD_END,
};

const struct resource sessie_resource = {
	"Sessie",
	sizeof(struct sessie),
	sessie_fields,
	"Wie is ingelogd en wat mag diegene",
};

static struct provider provider_of(const struct config *c, const char *doel)
{
	if (strcmp(doel, "burger") == 0)
		return (struct provider){ doel, c->oidc_citizen_issuer, c->oidc_citizen_client,
			c->oidc_citizen_secret, c->oidc_citizen_acr };
	return (struct provider){ doel, c->oidc_staff_issuer, c->oidc_staff_client,
		c->oidc_staff_secret, c->oidc_staff_acr };
}

static const char *redirect_uri(struct req *req)
{
	return arena_printf(
		req->arena, "%s/api/identity/v1/terugkeer", req->app->config.public_url);
}

static const char *state_key(struct req *req, const char *state)
{
	return arena_printf(req->arena, "inlog:%s", sha256_hex(req->arena, state, strlen(state)));
}

/* To the login page with `fout`; who cannot be reached is not the person's doing. */
static enum status refuse(struct req *req, const char *fout)
{
	if (status_http(req->error.status) >= 500)
		fout = "niet-beschikbaar";
	log_line(req, LOG_LET_OP, "inloggen geweigerd", "reden", req->error.detail, NULL);
	req->error = (struct error){ 0 };
	return reply_see_other(req, arena_printf(req->arena, "/inloggen?fout=%s", fout));
}

/* What must be there when the browser comes back. */
static enum status keep_login(struct req *req, const char *state, const struct login *l)
{
	json_t *kept = json_pack("{ss ss ss ss ss}", "doel", l->doel, "nonce", l->nonce, "verifier",
		l->verifier, "terug", l->terug, "browser", l->browser);
	char *value = json_dumps(kept, JSON_COMPACT);
	enum status status = queue_put(req, state_key(req, state), value, LOGIN_SECONDS);

	free(value);
	json_decref(kept);
	return status;
}

enum status login(struct req *req)
{
	const struct login_vraag *vraag = req->query;
	const char *doel = enum_text(doel_values, vraag->doel);
	struct provider p = provider_of(&req->app->config, doel);
	const char *state = random_token(req->arena, 32);
	struct login l = { .doel = doel,
		.nonce = random_token(req->arena, 32),
		.verifier = random_token(req->arena, 32),
		.terug = url_is_local(vraag->terug) ? vraag->terug : "/",
		.browser = random_token(req->arena, 32) };
	const char *url;

	if (oidc_authorize_url(req, &p, redirect_uri(req), state, &l, &url) != OK ||
		keep_login(req, state, &l) != OK)
		return refuse(req, "mislukt");
	reply_cookie(req, BROWSER_COOKIE, l.browser, LOGIN_SECONDS);
	return reply_see_other(req, url);
}

static const char *copy(struct req *req, json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));

	return s ? arena_strdup(req->arena, s) : NULL;
}

/* The login that `state` belongs to, once only, and only for the browser that began it. */
static enum status take_login(struct req *req, struct login *out)
{
	const char *state = req_query(req, "state");
	const char *browser = req_cookie(req, BROWSER_COOKIE);
	const char *value;
	json_t *kept;

	if (!state || !browser)
		return fail(req, ERR_FORBIDDEN, "no state or no browser cookie");
	TRY(queue_take(req, state_key(req, state), &value));
	kept = json_loads(value, 0, NULL);
	*out = (struct login){ copy(req, kept, "doel"), copy(req, kept, "nonce"),
		copy(req, kept, "verifier"), copy(req, kept, "terug"), copy(req, kept, "browser") };
	json_decref(kept);
	if (!out->doel || !out->browser || strcmp(out->browser, browser) != 0)
		return fail(req, ERR_FORBIDDEN, "another browser began this login");
	return OK;
}

static unsigned roles_of(json_t *claims)
{
	unsigned roles = 0;
	json_t *each;
	size_t i;

	json_array_foreach(json_object_get(claims, "rollen"), i, each) roles |=
		role_from_name(json_string_value(each) ? json_string_value(each) : "");
	return roles & SCOPE_ANY & ~(unsigned)ROL_INBURGERAAR;
}

/* What a provider may answer instead of a code, and what the person then reads. */
static enum status provider_error(struct req *req, const char *error, const char **fout)
{
	static const struct {
		const char *error, *fout;
	} known[] = {
		{ "access_denied", "geannuleerd" },
		{ "unmet_authentication_requirements", "niveau" },
		{ "server_error", "niet-beschikbaar" },
		{ "temporarily_unavailable", "niet-beschikbaar" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		if (strcmp(error, known[i].error) != 0)
			continue;
		*fout = known[i].fout;
		return fail(req, ERR_FORBIDDEN, "the provider answered %s", known[i].error);
	}
	return fail(req, ERR_FORBIDDEN, "the provider answered with an error");
}

static enum status identify_burger(
	struct req *req, json_t *claims, struct session *s, const char **fout)
{
	const char *bsn = json_string_value(json_object_get(claims, BSN_CLAIM));

	if (!bsn || !bsn_is_valid(bsn))
		return fail(req, ERR_FORBIDDEN, "no valid BSN in the claims");
	*fout = "geen-dossier";
	s->roles = ROL_INBURGERAAR;
	return store_burger(req, bsn, s);
}

static enum status identify_medewerker(
	struct req *req, json_t *claims, struct session *s, const char **fout)
{
	*fout = "geen-toegang";
	s->roles = roles_of(claims);
	if (s->roles == 0)
		return fail(req, ERR_FORBIDDEN, "no role in the claims");
	return store_medewerker(req, json_string_value(json_object_get(claims, "sub")), s);
}

/* From the provider's answer to who it is; sets `fout` when the person is to read something else
 * than that it failed. */
static enum status come_back(struct req *req, struct login *l, struct session *s, const char **fout)
{
	const struct answer answer = { req_query(req, "code"), req_query(req, "iss") };
	const char *error = req_query(req, "error"), *acr;
	struct provider p;
	json_t *claims;

	TRY(take_login(req, l));
	if (error)
		return provider_error(req, error, fout);
	p = provider_of(&req->app->config, l->doel);
	TRY(oidc_claims(req, &p, redirect_uri(req), &answer, l, &claims));
	acr = json_string_value(json_object_get(claims, "acr"));
	if (!oidc_acr_suffices(acr, p.acr)) {
		*fout = "niveau";
		return fail(req, ERR_FORBIDDEN, "level of assurance too low");
	}
	/* Acting for somebody else (machtigen) is refused until helper mandates exist here. */
	if (json_object_get(claims, "represents"))
		return fail(req, ERR_FORBIDDEN, "representation is not supported");
	if (strcmp(l->doel, "medewerker") == 0)
		TRY(identify_medewerker(req, claims, s, fout));
	else
		TRY(identify_burger(req, claims, s, fout));
	*fout = "niet-beschikbaar"; /* from here it is us */
	return store_aanmelding(req, s, acr);
}

/* Session rotation: whatever session the browser had ends here (OWASP ASVS 3.2.1). */
static enum status begin_session(struct req *req, struct session *s)
{
	const struct config *c = &req->app->config;
	bool citizen = s->roles == ROL_INBURGERAAR;
	const char *token;

	req->bearer = req_cookie(req, SESSION_COOKIE);
	TRY(session_end(req));
	s->csrf = random_token(req->arena, 24);
	TRY(session_start(req, s, citizen ? c->session_idle : c->session_max, &token));
	reply_cookie(req, SESSION_COOKIE, token, -1);
	reply_cookie(req, BROWSER_COOKIE, "", 0);
	return OK;
}

enum status terugkeer(struct req *req)
{
	struct session s = { 0 };
	struct login l;
	const char *fout = "mislukt";

	if (come_back(req, &l, &s, &fout) != OK || begin_session(req, &s) != OK)
		return refuse(req, fout);
	return reply_see_other(req, l.terug);
}

static json_t *names_of_roles(unsigned roles)
{
	json_t *list = json_array();

	for (int i = 0; role_names[i]; i++)
		if (roles & 1u << i)
			json_array_append_new(list, json_string(role_names[i]));
	return list;
}

static json_t *split(const char *codes)
{
	json_t *list = json_array();

	for (const char *p = codes; p && *p; p += strspn(p, ",")) {
		size_t n = strcspn(p, ",");

		json_array_append_new(list, json_stringn(p, n));
		p += n;
	}
	return list;
}

enum status sessie_tonen(struct req *req)
{
	const struct session *s = &req->session;
	struct sessie out = { .gebruiker = s->gebruiker,
		.naam = s->naam,
		.medewerker = s->medewerker,
		.inburgeraar = s->inburgeraar,
		.csrf = s->csrf,
		.taal = s->taal };
	enum status status;

	out.rollen = names_of_roles(s->roles);
	out.gemeenten = split(s->gemeenten);
	status = reply_one(req, &sessie_resource, &out);
	json_decref(out.rollen);
	json_decref(out.gemeenten);
	return status;
}

enum status sessie_beeindigen(struct req *req)
{
	TRY(session_end(req));
	reply_cookie(req, SESSION_COOKIE, "", 0);
	return reply_none(req);
}
