/* SPDX-License-Identifier: EUPL-1.2 */
#include "handlers.h"

#include <string.h>

#include "app/url.h"
#include "page.h"

#define YEAR_SECONDS (365L * 24 * 3600)

enum status taal_kiezen(struct req *req)
{
	const char *chosen = req_query(req, "taal"), *back = req_query(req, "terug");

	for (int i = 0; languages[i]; i++)
		if (chosen && strcmp(chosen, languages[i]) == 0)
			reply_cookie(req, "taal", languages[i], YEAR_SECONDS);
	return reply_see_other(req, url_is_local(back) ? back : "/");
}

enum status uitloggen(struct req *req)
{
	struct client_call call;

	TRY(page_check_csrf(req));
	TRY(page_call(req, DELETE, "/api/identity/v1/sessie", NULL, &call));
	if (call.status != 204 && call.status != 401)
		return fail(req, ERR_UNAVAILABLE, "Het uitloggen is niet gelukt");
	reply_cookie(req, SESSION_COOKIE, "", 0);
	return reply_see_other(req, "/?gelukt=uitgelogd");
}

/* ---- shapes ---- */

static const char *text(json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

static bool is(json_t *object, const char *name, const char *value)
{
	const char *found = text(object, name);

	return found && strcmp(found, value) == 0;
}

void inloggen_prepare(struct req *req, json_t *data)
{
	/* Only known reasons: a link may not put words in our mouth. */
	static const char *const reasons[] = { "verlopen", "mislukt", "geannuleerd", "niveau",
		"geen-dossier", "geen-toegang", "niet-beschikbaar" };
	const char *fout = req_query(req, "fout");

	for (size_t i = 0; fout && i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (strcmp(fout, reasons[i]) == 0)
			json_object_set_new(data, "fout", json_string(fout));
}

/* The phases that a person passes; `beeindigd` is outside of the road. */
static const char *const road[] = { "aangemeld", "intake", "pip", "traject", "voldaan", NULL };

static json_t *steps(const char *fase)
{
	json_t *list = json_array();
	int now = 0;

	while (road[now] && strcmp(road[now], fase) != 0)
		now++;
	for (int i = 0; road[i] && road[now]; i++)
		json_array_append_new(list, json_pack("{ss sb sb}", "fase", road[i], "gedaan",
						    i < now, "nu", i == now));
	return list;
}

static void add_appointment(json_t *data, const char *list, const char *today)
{
	json_t *each, *best = NULL;
	size_t i;

	json_array_foreach(json_object_get(json_object_get(data, list), "items"), i, each)
	{
		const char *day = text(each, "datum");

		/* YYYY-MM-DD sorts as text. */
		if (!day || strcmp(day, today) < 0 || is(each, "status", "afgerond"))
			continue;
		if (!best || strcmp(day, text(best, "datum")) < 0)
			best = each;
	}
	if (best && !json_object_get(data, "afspraak"))
		json_object_set(data, "afspraak", best);
}

void mijn_prepare(struct req *req, json_t *data)
{
	json_t *ik = json_object_get(data, "ik");
	const char *fase = text(ik, "fase") ? text(ik, "fase") : "";
	bool course = strcmp(fase, "traject") == 0;
	const char *until = text(ik, course ? "termijnEinde" : "pipUiterlijk");
	bool open = strcmp(fase, "voldaan") != 0 && strcmp(fase, "beeindigd") != 0;
	char today[DATE_TEXT];

	date_format(req->today, today);
	json_object_set_new(data, "stappen", steps(fase));
	add_appointment(data, "oproepen", today);
	add_appointment(data, "gesprekken", today);
	if (until && open)
		json_object_set_new(data, "uiterlijk", json_string(until));
}

void taken_prepare(struct req *req, json_t *data)
{
	json_t *each;
	size_t i;
	char today[DATE_TEXT];

	date_format(req->today, today);
	json_array_foreach(json_object_get(json_object_get(data, "taken"), "items"), i, each)
	{
		const char *day = text(each, "uiterlijk");

		json_object_set_new(each, "teLaat", json_boolean(day && strcmp(day, today) < 0));
	}
	if (req_query(req, "tot"))
		json_object_set_new(data, "tot", json_string(req_query(req, "tot")));
	json_object_set_new(data, "alleenIk", json_boolean(req_query(req, "regisseurId") != NULL));
}

void inburgeraar_prepare(struct req *req, json_t *data)
{
	json_t *who = json_object_get(data, "inburgeraar");
	const char *first = text(who, "voornamen"), *last = text(who, "achternaam");

	if (first || last)
		json_object_set_new(data, "naam",
			json_string(arena_printf(req->arena, "%s%s%s", first ? first : "",
				first && last ? " " : "", last ? last : "")));
	if (!first && !last)
		json_object_set_new(data, "naam", json_string("Nieuwe inburgeraar"));
}
