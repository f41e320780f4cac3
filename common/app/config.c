/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/config.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/date.h"

#define TEXT(member, env_, fallback_, services_, doc_)                                             \
	{                                                                                          \
		.env = env_, .type = CONFIG_TEXT, .offset = offsetof(struct config, member),       \
		.fallback = fallback_, .services = services_, .doc = doc_                          \
	}
#define NUMBER(member, env_, fallback_, min_, max_, services_, doc_)                               \
	{                                                                                          \
		.env = env_, .type = CONFIG_INT, .offset = offsetof(struct config, member),        \
		.fallback = fallback_, .min = min_, .max = max_, .services = services_,            \
		.doc = doc_                                                                        \
	}

#define LOGIN "identity,simulator"

const struct config_row config_rows[] = {
	{ .env = "REGIE_MODE",
		.type = CONFIG_MODE,
		.offset = offsetof(struct config, mode),
		.fallback = "productie",
		.services = "*",
		.doc = "`productie`, `demo` or `test`; only the last two allow a virtual date and "
		       "the simulator" },
	TEXT(database, "REGIE_DB", NULL, "*",
		"libpq connection string without user; several hosts allowed"),
	TEXT(redis, "REGIE_REDIS", NULL, "*", "Redis: path of a Unix socket, or host:port"),
	TEXT(run_dir, "REGIE_RUN", NULL, "*", "Folder of the FastCGI sockets"),
	NUMBER(workers, "REGIE_WORKERS", "2", 1, 256, "*", "Workers per service"),
	NUMBER(in_hand, "REGIE_IN_HAND", "64", 1, 1024, "*",
		"Requests that a worker has in hand at once; more wait at its socket"),
	NUMBER(max_requests, "REGIE_MAX_REQUESTS", "100000", 0, 1000000000, "*",
		"A worker is replaced after so many requests; 0 is never"),
	TEXT(keys_file, "REGIE_KEYS", NULL, "*",
		"File with the BSN keys: lines `bsn <64 hex>` and `hash <64 hex>`"),
	TEXT(today, "REGIE_TODAY", "", "*", "Virtual date YYYY-MM-DD; refused in `productie`"),
	TEXT(public_url, "REGIE_PUBLIC_URL", "http://127.0.0.1:8080", "*",
		"Where people reach the portal, without a slash at the end"),
	TEXT(api_socket, "REGIE_API_SOCKET", "", "portal",
		"Unix socket of nginx: the portal's way to the APIs"),
	NUMBER(session_idle, "REGIE_SESSION_IDLE", "900", 60, 900, "*",
		"Seconds without use after which a citizen is logged out (DigiD: at most 900)"),
	NUMBER(session_max, "REGIE_SESSION_MAX", "28800", 300, 43200, "*",
		"Seconds after which every session ends"),
	TEXT(oidc_citizen_issuer, "REGIE_OIDC_BURGER_ISSUER", NULL, LOGIN,
		"OpenID issuer of citizens"),
	TEXT(oidc_citizen_client, "REGIE_OIDC_BURGER_CLIENT", NULL, LOGIN, "Our client id there"),
	TEXT(oidc_citizen_secret, "REGIE_OIDC_BURGER_SECRET", NULL, LOGIN, "Our secret there"),
	TEXT(oidc_citizen_acr, "REGIE_OIDC_BURGER_ACR", "http://eidas.europa.eu/LoA/substantial",
		LOGIN, "Lowest level of assurance of citizens"),
	TEXT(oidc_staff_issuer, "REGIE_OIDC_STAF_ISSUER", NULL, LOGIN, "OpenID issuer of staff"),
	TEXT(oidc_staff_client, "REGIE_OIDC_STAF_CLIENT", NULL, LOGIN, "Our client id there"),
	TEXT(oidc_staff_secret, "REGIE_OIDC_STAF_SECRET", NULL, LOGIN, "Our secret there"),
	TEXT(oidc_staff_acr, "REGIE_OIDC_STAF_ACR", "http://eidas.europa.eu/LoA/substantial", LOGIN,
		"Lowest level of assurance of staff (multi-factor)"),
	TEXT(oidc_ca, "REGIE_OIDC_CA", "", LOGIN, "CA file for the issuers; empty: the system's"),
	TEXT(duo_url, "REGIE_DUO_URL", NULL, "duo",
		"Base of DUO's interface, direct or through an FSC outway"),
	TEXT(duo_oin, "REGIE_DUO_OIN", NULL, "duo,simulator", "DUO's OIN, 20 digits"),
	TEXT(duo_ca, "REGIE_DUO_CA", NULL, "duo", "Trust anchor of DUO's server certificate"),
	TEXT(duo_cert_dir, "REGIE_DUO_CERTS", NULL, "duo",
		"Folder with <gemeentecode>.crt and .key: our client certificate per gemeente"),
	TEXT(duo_client_ca, "REGIE_DUO_CLIENT_CA", NULL, "duo",
		"Trust anchors of DUO's client certificate; nginx reads them, too"),
	TEXT(duo_crl, "REGIE_DUO_CRL", NULL, "duo",
		"Revocation lists of these authorities and all below them; nginx reads them, too"),
	TEXT(tls_cert, "REGIE_TLS_CERT", NULL, "duo",
		"Server certificate of nginx, to be told of its end"),
	/* No law names a figure; policy of 2026-11-25: long enough to settle a dispute with DUO
	 * about what was sent, and no longer (AVG art. 5(1)(e)). */
	NUMBER(duo_raw_days, "REGIE_DUO_RAW_DAYS", "90", 1, 1825, "duo",
		"Days after which the sealed text of a notification is deleted, once it was worked "
		"off"),
	NUMBER(duo_retry_max, "REGIE_DUO_RETRY_MAX", "300", 1, 3600, "duo",
		"Longest wait in seconds before a message to DUO is tried again"),
	NUMBER(duo_rate, "REGIE_DUO_RATE", "50", 1, 10000, "duo",
		"Messages to DUO in a second at most, of all processes together"),
	NUMBER(duo_attempts, "REGIE_DUO_ATTEMPTS", "1000", 1, 1000000, "duo",
		"Attempts without an answer of DUO after which a message is dead and a task; 1000 "
		"take some three and a half days"),
	NUMBER(duo_portal_hours, "REGIE_DUO_PORTAL_HOURS", "24", 0, 8760, "duo",
		"Hours after which a message that still waits is work for DUO's portal"),
	NUMBER(duo_compare_hour, "REGIE_DUO_COMPARE_HOUR", "1", -1, 20, "duo",
		"Hour (Europe/Amsterdam) after which the night's comparison with DUO begins; -1: "
		"none"),
	TEXT(brp_url, "REGIE_BRP_URL", NULL, "intake",
		"Base of BRP Personen bevragen (version 2), direct or through a gateway"),
	TEXT(brp_ca, "REGIE_BRP_CA", NULL, "intake",
		"Trust anchor of the BRP's server certificate"),
	TEXT(brp_cert_dir, "REGIE_BRP_CERTS", NULL, "intake",
		"Folder with <gemeentecode>.crt and .key: our client certificate per gemeente"),
	TEXT(brp_api_key, "REGIE_BRP_API_KEY", "", "intake",
		"Sent as X-API-KEY; empty: not sent, the certificate is enough"),
	TEXT(brp_header_doel, "REGIE_BRP_HEADER_DOEL", "", "intake",
		"Header in which a gateway wants the purpose, like x-doelbinding; empty: none"),
	TEXT(brp_header_activiteit, "REGIE_BRP_HEADER_VERWERKING", "", "intake",
		"Header in which a gateway wants the processing activity; empty: none"),
	TEXT(brp_header_gebruiker, "REGIE_BRP_HEADER_GEBRUIKER", "", "intake",
		"Header in which a gateway wants who asks (our id of the member of staff); empty: "
		"none"),
	NUMBER(brp_retry_max, "REGIE_BRP_RETRY_MAX", "300", 1, 3600, "intake",
		"Longest wait in seconds before the BRP is asked again"),
	NUMBER(brp_refresh_days, "REGIE_BRP_REFRESH_DAYS", "30", 1, 365, "intake",
		"Data of the BRP in a running dossier that are older are asked for anew, at night"),
	TEXT(share_dir, "REGIE_SHARE", NULL, "portal",
		"Folder with templates, messages and assets"),
	TEXT(sim_notify_url, "REGIE_SIM_NOTIFY_URL", NULL, "simulator",
		"Where the played DUO sends notifications"),
	TEXT(sim_cert, "REGIE_SIM_CERT", NULL, "simulator", "Client certificate of the played DUO"),
	TEXT(sim_key, "REGIE_SIM_KEY", NULL, "simulator", "Its key"),
	TEXT(sim_ca, "REGIE_SIM_CA", NULL, "simulator", "Trust anchor of our server certificate"),
	TEXT(sim_other_cert, "REGIE_SIM_OTHER_CERT", "", "simulator",
		"Client certificate that is not DUO's, for the fault `certificaat`; empty: none at "
		"all"),
	TEXT(sim_other_key, "REGIE_SIM_OTHER_KEY", "", "simulator", "Its key"),
	{ .env = NULL },
};

static const char *const mode_names[] = { "productie", "demo", "test", NULL };

static void refuse(const char *env, const char *why)
{
	fprintf(stderr, "%s: %s\n", env, why);
	exit(2);
}

/* Is `name` one of the comma separated `list`? */
static bool listed(const char *list, const char *name)
{
	size_t n = strlen(name);

	for (const char *p = list; *p; p += strspn(p, ",")) {
		size_t len = strcspn(p, ",");

		if (len == n && strncmp(p, name, n) == 0)
			return true;
		p += len;
	}
	return false;
}

static int parse_mode(const struct config_row *row, const char *value)
{
	for (int i = 0; mode_names[i]; i++)
		if (strcmp(mode_names[i], value) == 0)
			return i + 1;
	refuse(row->env, "must be productie, demo or test");
	return 0;
}

static int64_t parse_number(const struct config_row *row, const char *value)
{
	char why[80];
	char *end;
	long long n;

	errno = 0;
	n = strtoll(value, &end, 10);
	if (errno == 0 && end != value && *end == '\0' && n >= row->min && n <= row->max)
		return n;
	snprintf(why, sizeof(why), "must be a whole number from %lld to %lld", (long long)row->min,
		(long long)row->max);
	refuse(row->env, why);
	return 0;
}

static void load_row(struct config *out, const struct config_row *row)
{
	const char *value = getenv(row->env);
	void *member = (char *)out + row->offset;

	if (!value || !*value)
		value = row->fallback;
	if (!value)
		refuse(row->env, "must be set");
	if (row->type == CONFIG_MODE)
		*(int *)member = parse_mode(row, value);
	else if (row->type == CONFIG_INT)
		*(int64_t *)member = parse_number(row, value);
	else
		*(const char **)member = value;
}

static bool is_https(const char *url)
{
	return strncmp(url, "https://", 8) == 0;
}

/* OpenID Connect Discovery 4: an issuer is an https address. */
static void check_issuer(const char *env, const char *issuer)
{
	if (issuer && !is_https(issuer))
		refuse(env, "must begin with https:// in production");
}

/* The simulator plays the BRP on this machine; people's data come from the real one only. */
static void check_brp(const char *url)
{
	if (!url)
		return;
	if (!is_https(url))
		refuse("REGIE_BRP_URL", "must begin with https:// in production");
	if (strstr(url, "127.0.0.1") || strstr(url, "localhost"))
		refuse("REGIE_BRP_URL", "must not be the simulator in production");
}

/* Demands that go beyond one setting. */
static void check(const struct config *c, const char *service)
{
	struct date day;

	if (*c->today && !date_parse(c->today, &day))
		refuse("REGIE_TODAY", "must be a date like 2026-01-31");
	if (c->mode != MODE_PRODUCTIE)
		return;
	if (*c->today)
		refuse("REGIE_TODAY",
			"is for demo and test; production takes the date from the clock");
	if (strcmp(service, "simulator") == 0)
		refuse("REGIE_MODE", "the simulator does not start in production");
	if (!is_https(c->public_url))
		refuse("REGIE_PUBLIC_URL", "must begin with https:// in production");
	if (strstr(c->public_url, "127.0.0.1") || strstr(c->public_url, "localhost"))
		refuse("REGIE_PUBLIC_URL", "must be the public address in production");
	check_issuer("REGIE_OIDC_BURGER_ISSUER", c->oidc_citizen_issuer);
	check_issuer("REGIE_OIDC_STAF_ISSUER", c->oidc_staff_issuer);
	check_brp(c->brp_url);
}

bool config_is_https(const struct config *c)
{
	return is_https(c->public_url);
}

void config_load(struct config *out, const char *service)
{
	*out = (struct config){ 0 };
	for (const struct config_row *row = config_rows; row->env; row++)
		if (strcmp(row->services, "*") == 0 || listed(row->services, service))
			load_row(out, row);
	check(out, service);
}

void config_print_markdown(void)
{
	puts("| variable | default | read by | meaning |\n|---|---|---|---|");
	for (const struct config_row *row = config_rows; row->env; row++)
		printf("| `%s` | %s | %s | %s |\n", row->env,
			!row->fallback   ? "(must be set)"
			: *row->fallback ? row->fallback
					 : "(empty)",
			strcmp(row->services, "*") == 0 ? "all" : row->services, row->doc);
}
