/* SPDX-License-Identifier: EUPL-1.2 */
#include "kit.h"

#include <hiredis/hiredis.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/crypto.h"
#include "app/log.h"

#define TOKEN_BYTES 32
#define TOKEN_TEXT 44 /* b or m, and 43 characters of base64url */

const char *const role_names[] = { "inburgeraar", "regisseur", "teamleider", "handhaver",
	"beleidsadviseur", "raad", "beheerder", "privacy-officer", "aanbieder", "ketenpartner",
	"systeem", NULL };

unsigned role_from_name(const char *name)
{
	for (unsigned i = 0; role_names[i]; i++) {
		if (strcmp(role_names[i], name) == 0)
			return 1u << i;
	}
	return 0;
}

static const char *session_key(struct req *req, const char *hash)
{
	return arena_printf(req->arena, "sessie:%s", hash);
}

/* ---- session ↔ JSON ---- */

static const struct session_member {
	const char *name;
	size_t offset;
} session_members[] = {
	{ "gebruiker", offsetof(struct session, gebruiker) },
	{ "naam", offsetof(struct session, naam) },
	{ "gemeenten", offsetof(struct session, gemeenten) },
	{ "medewerker", offsetof(struct session, medewerker) },
	{ "inburgeraar", offsetof(struct session, inburgeraar) },
	{ "csrf", offsetof(struct session, csrf) },
	{ "taal", offsetof(struct session, taal) },
	{ NULL, 0 },
};

static json_t *session_to_json(const struct session *s, int64_t until)
{
	json_t *o = json_object(), *roles = json_array();

	for (unsigned i = 0; role_names[i]; i++) {
		if (s->roles & 1u << i)
			json_array_append_new(roles, json_string(role_names[i]));
	}
	json_object_set_new(o, "rollen", roles);
	json_object_set_new(o, "tot", json_integer(until));
	for (const struct session_member *m = session_members; m->name; m++) {
		const char *value = *(const char *const *)((const char *)s + m->offset);

		if (value)
			json_object_set_new(o, m->name, json_string(value));
	}
	return o;
}

static void session_from_json(struct arena *a, json_t *o, struct session *s)
{
	json_t *role;
	size_t i;

	*s = (struct session){ 0 };
	json_array_foreach(json_object_get(o, "rollen"), i, role) s->roles |=
		role_from_name(json_string_value(role)) & SCOPE_ANY;
	for (const struct session_member *m = session_members; m->name; m++) {
		const char *value = json_string_value(json_object_get(o, m->name));

		if (value)
			*(const char **)((char *)s + m->offset) = arena_strdup(a, value);
	}
}

/* A session that is over, or that could not be told apart from somebody else's, is none. */
static bool session_is_sound(const struct session *s, json_t *o)
{
	if (json_integer_value(json_object_get(o, "tot")) <= time(NULL) || !s->gebruiker)
		return false;
	return !(s->roles & ROL_INBURGERAAR) || (s->inburgeraar && s->inburgeraar[0]);
}

static void take_session(struct req *req, const char *text, const char *hash)
{
	json_t *o = json_loads(text, 0, NULL);
	struct session s;

	session_from_json(req->arena, o, &s);
	if (session_is_sound(&s, o)) {
		s.token_hash = hash;
		req->session = s;
		if (!req->gemeente && s.gemeenten && s.gemeenten[0] && !strchr(s.gemeenten, ','))
			req->gemeente = s.gemeenten;
	}
	json_decref(o);
}

/* ---- loading, starting, ending ---- */

/* The letter in front says how long an unused session lives: one GETEX reads and prolongs. */
static const char *idle_of(struct req *req, const char *token)
{
	const struct config *c = &req->app->config;

	return arena_printf(req->arena, "%lld",
		(long long)(token[0] == 'b' ? c->session_idle : c->session_max));
}

static bool token_has_form(const char *token)
{
	return token && strlen(token) == TOKEN_TEXT && (token[0] == 'b' || token[0] == 'm');
}

/* Redis is still loading its file, or is a replica: not the same as "no such session". */
static bool was_refused(const struct queue_command *command)
{
	return ((const redisReply *)command->reply)->type == REDIS_REPLY_ERROR;
}

enum status session_load(struct req *req)
{
	bool may_shift = req->app->config.mode != MODE_PRODUCTIE;
	const char *hash = NULL, *text;
	struct queue_command commands[2] = { 0 };
	int count = 0;

	req->session = (struct session){ 0 };
	if (token_has_form(req->bearer)) {
		hash = sha256_hex(req->arena, req->bearer, TOKEN_TEXT);
		commands[count++] = (struct queue_command){
			.arg = { "GETEX", session_key(req, hash), "EX", idle_of(req, req->bearer) }
		};
	}
	if (may_shift)
		commands[count++] = (struct queue_command){ .arg = { "GET", KEY_TODAY } };
	if (count == 0)
		return OK;
	if (!queue_run(req->app->queue, commands, count))
		return fail(req, ERR_UNAVAILABLE, "Sessies zijn even niet bereikbaar");
	if (was_refused(&commands[0])) {
		queue_release(commands, count);
		return fail(req, ERR_UNAVAILABLE, "Sessies zijn even niet bereikbaar");
	}
	text = queue_text(&commands[0]);
	if (hash && text)
		take_session(req, text, hash);
	text = queue_text(&commands[count - 1]);
	if (may_shift && text)
		date_parse(text, &req->today);
	queue_release(commands, count);
	return OK;
}

enum status session_start(
	struct req *req, const struct session *s, int64_t idle, const char **token)
{
	int64_t longest = req->app->config.session_max;
	const char *text = arena_printf(req->arena, "%c%s", s->roles & ROL_INBURGERAAR ? 'b' : 'm',
		random_token(req->arena, TOKEN_BYTES));
	const char *hash = sha256_hex(req->arena, text, strlen(text));
	json_t *o = session_to_json(s, time(NULL) + longest);
	char *value = json_dumps(o, JSON_COMPACT);
	enum status status = queue_put(
		req, session_key(req, hash), value, (long)(idle < longest ? idle : longest));

	free(value);
	json_decref(o);
	if (status == OK)
		*token = text;
	return status;
}

enum status session_end(struct req *req)
{
	const char *hash;

	if (!req->bearer)
		return OK;
	hash = sha256_hex(req->arena, req->bearer, strlen(req->bearer));
	req->session = (struct session){ 0 };
	return queue_del(req, session_key(req, hash));
}
