/* SPDX-License-Identifier: EUPL-1.2 */
#include "handlers.h"

#include <stdlib.h>
#include <string.h>

#include "app/log.h"
#include "app/service.h"
#include "duo_queries.h"
#include "store.h"

#define NOTIFICATIE_VERSION "1.8.0"

static bool is_uuid(const char *s)
{
	if (!s || strlen(s) != 36)
		return false;
	for (int i = 0; i < 36; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? s[i] != '-' : !strchr("0123456789abcdefABCDEF", s[i]))
			return false;
	}
	return true;
}

static bool is_oin(const char *s)
{
	return s && strlen(s) == 20 && strspn(s, "0123456789") == 20;
}

/* DUO wants no body with an error, so problem+json does not fit here. */
static enum status answer(struct req *req, int status)
{
	req->error = (struct error){ 0 };
	reply_header(req, "API-Version", NOTIFICATIE_VERSION);
	return reply_raw(req, status, NULL, "", 0);
}

/* The account of a notification that stored nothing: who, what, why. What does not have its form is
 * not repeated: it might be anything, a BSN as well. */
static void account(
	struct req *req, enum log_level level, const char *what, int status, const char *why)
{
	log_line(req, level, what, "status", arena_printf(req->arena, "%d", status), "reden", why,
		"certificaat", is_oin(req->client_serial) ? req->client_serial : "geen OIN",
		"gecontroleerd", req->client_verify ? req->client_verify : "NONE", "bron",
		is_oin(req->bron) ? req->bron : "-", "doel", is_oin(req->doel) ? req->doel : "-",
		"berichtId", is_uuid(req->bericht_id) ? req->bericht_id : "-", "fscTransactie",
		is_uuid(req->fsc_transaction) ? req->fsc_transaction : "-", "adres",
		req->remote_addr ? req->remote_addr : "-", NULL);
}

static enum status refuse(struct req *req, int status, const char *why)
{
	account(req, LOG_LET_OP, "notificatie geweigerd", status, why);
	return answer(req, status);
}

static enum status answer_unavailable(struct req *req)
{
	static const char body[] = "{\"fouttekst\":\"Even niet beschikbaar\"}";

	refuse(req, 503, "database or Redis away");
	return reply_raw(req, 503, "application/json", body, sizeof(body) - 1);
}

/* Upper case letters and digits, as DUO's pattern. */
static bool is_code(const char *s)
{
	return s[strspn(s, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0';
}

static bool is_bsn(const char *s)
{
	return strlen(s) == 9 && strspn(s, "0123456789") == 9;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "Z" or an offset: +01:00. */
static bool is_zone(const char *s)
{
	if (strcmp(s, "Z") == 0)
		return true;
	return (s[0] == '+' || s[0] == '-') && is_digit(s[1]) && is_digit(s[2]) && s[3] == ':' &&
	       s[4] >= '0' && s[4] <= '5' && is_digit(s[5]) && !s[6];
}

/* RFC 3339. PostgreSQL alone would take "now", or a day without an hour. */
static bool is_moment(const char *s)
{
	size_t n = date_time_length(s);

	return n > 0 && is_zone(s + n);
}

static enum status read_body(struct req *req, struct notificatie *n)
{
	const char *field, *reason;

	req->body = arena_json(
		req->arena, json_loadb(req->raw_body, req->body_len, JSON_REJECT_DUPLICATES, NULL));
	/* the contract allows other members, and a later version will have them */
	if (!fields_read_reply(req->arena, notificatie_fields, req->body, n, &field, &reason) ||
		!is_moment(n->registratie_datum_tijd) || !is_code(n->gebeurtenis_id) ||
		(n->bsn && !is_bsn(n->bsn)))
		return ERR_INVALID;
	return OK;
}

/* nginx verified the certificate against anchor and revocation lists; the OIN says whose it is. */
static bool is_duo(const struct req *req)
{
	return req->client_verify && strcmp(req->client_verify, "SUCCESS") == 0 &&
	       req->client_serial && strcmp(req->client_serial, req->app->config.duo_oin) == 0;
}

static enum status settle(struct req *req, const struct notificatie *n)
{
	enum arrival how = ARRIVED_NEW;
	enum status s = store_notificatie(req, n, &how);

	if (s == ERR_INVALID)
		return refuse(req, 400, "registratieDatumTijd is not a moment");
	if (s == ERR_UNAVAILABLE)
		return answer_unavailable(req);
	if (s != OK)
		return refuse(req, 500, "the database did not take it");
	if (how == ARRIVED_ASTRAY)
		return refuse(req, 403, "doel is none of our gemeenten");
	if (how == ARRIVED_OTHERWISE)
		return refuse(req, 400, "berichtId was used for another message");
	if (how == ARRIVED_BEFORE)
		account(req, LOG_INFO, "notificatie was er al", 201, "berichtId is known");
	return answer(req, 201);
}

enum status notificatie_ontvangen(struct req *req)
{
	struct notificatie n;

	if (!is_duo(req))
		return refuse(req, 401, "no client certificate of DUO that is valid");
	if (req->refused_by_nginx)
		return refuse(req, 400, "nginx did not take the body: too large");
	if (!is_oin(req->bron) || !is_oin(req->doel) || !is_uuid(req->bericht_id))
		return refuse(req, 400, "bron, doel or berichtId is missing or malformed");
	if (strcmp(req->bron, req->app->config.duo_oin) != 0)
		return refuse(req, 403, "bron is not the certificate's OIN");
	if (read_body(req, &n) != OK)
		return refuse(req, 400, "body does not fit the contract");
	return settle(req, &n);
}

enum status certificaten_tonen(struct req *req)
{
	struct list rows;

	TRY(db_list(req, Q_CERTIFICATEN, NULL, NULL, &certificaat_resource, &rows));
	return reply_list(req, &certificaat_resource, &rows);
}

enum status berichten_tonen(struct req *req)
{
	struct list rows;

	TRY(db_list_of(
		req, Q_PERSOON_BESTAAT, "Inburgeraar", Q_BERICHTEN, &bericht_resource, &rows));
	return reply_list(req, &bericht_resource, &rows);
}
