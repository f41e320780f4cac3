/* SPDX-License-Identifier: EUPL-1.2
 *
 * Configuration: one table, environment → struct config. A wrong or missing setting ends the start
 * with one line on stderr that names it, exit 2. `--config` of every service prints the table as
 * Markdown for README.md.
 */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

enum mode { MODE_PRODUCTIE = 1, MODE_DEMO, MODE_TEST };

struct config {
	int mode; /* enum mode */
	const char *database; /* libpq conninfo without user; the service adds its role */
	const char *redis; /* path of the Unix socket, or host:port */
	const char *run_dir; /* folder of the FastCGI sockets */
	int64_t workers;
	int64_t in_hand; /* requests a worker has in hand at once */
	int64_t max_requests; /* a worker ends after so many, 0 never */
	const char *keys_file; /* BSN keys: lines `bsn <64 hex>` and `hash <64 hex>` */
	const char *today; /* YYYY-MM-DD; only in demo and test mode */
	const char *public_url; /* where people reach us, e.g. http://127.0.0.1:8080 */
	const char *api_socket; /* nginx's Unix socket: the portal's way to the APIs */
	int64_t session_idle; /* seconds, citizens (DigiD: at most 900) */
	int64_t session_max; /* seconds, absolute */
	/* identity */
	const char *oidc_citizen_issuer, *oidc_citizen_client, *oidc_citizen_secret,
		*oidc_citizen_acr;
	const char *oidc_staff_issuer, *oidc_staff_client, *oidc_staff_secret, *oidc_staff_acr;
	const char *oidc_ca; /* CA file for the issuers, empty: the system's */
	/* duo */
	const char *duo_url; /* base, e.g. https://duo.example/v1 */
	const char *duo_oin; /* DUO's OIN: 20 digits */
	const char *duo_ca, *duo_cert_dir; /* <dir>/<gemeentecode>.crt and .key */
	const char *duo_client_ca, *duo_crl, *tls_cert; /* nginx': watched for their end */
	int64_t duo_retry_max; /* seconds, longest back-off */
	int64_t duo_rate; /* messages to DUO a second, of all processes together */
	int64_t duo_attempts; /* without an answer, then a message is dead */
	int64_t duo_portal_hours; /* a message that waits longer is work for DUO's portal */
	int64_t duo_raw_days; /* a message as it came is kept so long */
	int64_t duo_compare_hour; /* of the night's comparison with DUO; -1: none */
	/* intake */
	const char *brp_url; /* base, e.g. https://brp.example/haalcentraal/api/brp */
	const char *brp_ca, *brp_cert_dir; /* <dir>/<gemeentecode>.crt and .key */
	const char *brp_api_key; /* empty: none */
	/* names of headers in which a gateway wants purpose, activity and asker; empty: not sent */
	const char *brp_header_doel, *brp_header_activiteit, *brp_header_gebruiker;
	int64_t brp_retry_max; /* seconds, longest back-off */
	int64_t brp_refresh_days; /* data older than this are asked for anew */
	/* portal */
	const char *share_dir; /* templates, locale, assets */
	/* simulator */
	const char *sim_notify_url, *sim_cert, *sim_key, *sim_ca, *sim_other_cert, *sim_other_key;
};

struct config_row {
	const char *env;
	enum { CONFIG_TEXT, CONFIG_INT, CONFIG_MODE } type;
	unsigned offset;
	const char *fallback; /* NULL: must be set */
	int64_t min, max; /* CONFIG_INT */
	const char *services; /* "*", or the services that read it, comma separated */
	const char *doc;
};

extern const struct config_row config_rows[];

/* Reads the rows that `service` needs; on a mistake prints one line and exits with status 2. */
void config_load(struct config *out, const char *service);
/* People reach us over https: always in production. */
bool config_is_https(const struct config *c);
void config_print_markdown(void);

#endif
