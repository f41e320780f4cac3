/* SPDX-License-Identifier: EUPL-1.2 */
#include "store.h"

#include <stdlib.h>

#include "app/crypto.h"
#include "app/gather.h"
#include "app/http.h"
#include "app/service.h"
#include "duo_queries.h"

const struct field notificatie_fields[] = {
	FIELD_RANGE(struct notificatie, registratie_datum_tijd, F_TEXT, REQUIRED, 1, 40, ""),
	FIELD_RANGE(struct notificatie, bsn, F_TEXT, OPTIONAL, 9, 9, ""),
	FIELD_RANGE(struct notificatie, v_nummer, F_INT, OPTIONAL, 0, 9999999999, ""),
	FIELD_RANGE(struct notificatie, gebeurtenis_id, F_TEXT, REQUIRED, 1, 6, ""),
	FIELD_END,
};

static const char *const richtingen[] = { "in", "uit", NULL };

static const struct field bericht_fields[] = {
	FIELD(struct bericht, id, F_UUID, READONLY, "Aanduiding van het bericht"),
	FIELD_ENUM(struct bericht, richting, richtingen, READONLY, "in: van DUO, uit: naar DUO"),
	FIELD(struct bericht, soort, F_TEXT, READONLY,
		"Soort melding, of code van DUO's gebeurtenis"),
	FIELD(struct bericht, status, F_TEXT, READONLY,
		"uit: wacht, geaccepteerd, geweigerd, dood, vervangen, vervallen, overgetypt; in: "
		"ontvangen, verwerkt, onbekend"),
	FIELD(struct bericht, fout, F_TEXT, READONLY, "Wat DUO antwoordde, of waarop het wacht"),
	FIELD(struct bericht, pogingen, F_INT, READONLY,
		"uit: aantal keren verzonden; in: aantal keren opgehaald"),
	FIELD(struct bericht, tijdstip, F_TIJDSTIP, READONLY,
		"Wanneer het is gemaakt of ontvangen"),
	FIELD(struct bericht, volgorde, F_TEXT, READONLY, "Plaats in de lijst"),
	FIELD(struct bericht, versie, F_INT, READONLY, "Versie"),
	FIELD_END,
};

const struct resource bericht_resource = { "Bericht", sizeof(struct bericht), bericht_fields,
	"Een bericht van of naar DUO" };

static const char *const soorten_certificaat[] = { "gemeente", "server", "anker",
	"intrekkingslijst", NULL };

static const struct field certificaat_fields[] = {
	FIELD(struct certificaat, naam, F_TEXT, READONLY, "Naam van het bestand"),
	FIELD_ENUM(struct certificaat, soort, soorten_certificaat, READONLY,
		"gemeente: van een gemeente bij DUO; server: van ons; anker: van wie wij "
		"certificaten aannemen; intrekkingslijst: wat niet meer geldt"),
	FIELD(struct certificaat, vervalt, F_DATE, READONLY,
		"Laatste dag; ontbreekt als het bestand niet te lezen is"),
	FIELD(struct certificaat, dagen, F_INT, READONLY, "Dagen tot en met die dag"),
	FIELD(struct certificaat, gezien, F_TIJDSTIP, READONLY, "Wanneer er gekeken is"),
	FIELD_END,
};

const struct resource certificaat_resource = { "Certificaat", sizeof(struct certificaat),
	certificaat_fields, "Een certificaat of intrekkingslijst van de verbinding met DUO" };

/* What names the message besides its berichtId. */
static void bind_notificatie(struct batch *b, int op, const struct notificatie *n)
{
	struct arena *a = b->req->arena;

	batch_bind(b, op, "bericht", b->req->bericht_id);
	batch_bind(b, op, "bsn_hash", n->bsn ? bsn_hash(a, n->bsn) : NULL);
	batch_bind(b, op, "v_nummer",
		n->v_nummer == NUMBER_NONE ? NULL
					   : arena_printf(a, "%lld", (long long)n->v_nummer));
	batch_bind(b, op, "gebeurtenis_id", n->gebeurtenis_id);
	batch_bind(b, op, "geregistreerd", n->registratie_datum_tijd);
}

/* In a transaction of its own, so that it also sees what came at the same moment. */
static enum status compare(struct req *req, const struct notificatie *n, enum arrival *how)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_GEMEENTEN_VAN_OIN, NULL, NULL);
	batch_bind(&b, op, "doelen", arena_printf(req->arena, "{%s}", req->doel));
	op = batch_add(&b, Q_NOTIFICATIE_GELIJK, NULL, NULL);
	bind_notificatie(&b, op, n);
	TRY(batch_run(&b));
	*how = batch_rows(&b, op) > 0 && batch_int(&b, op, 0, "gelijk") ? ARRIVED_BEFORE
									: ARRIVED_OTHERWISE;
	return OK;
}

/* One that is stored together with others. */
struct arriving {
	struct req *req;
	const struct notificatie *n;
	enum arrival how;
};

static json_t *row_of(const struct arriving *each, int number)
{
	const struct notificatie *n = each->n;
	struct arena *a = each->req->arena;
	json_t *row = json_pack("{si ss ss ss* ss* ss ss ss ss}", "nr", number, "bericht",
		each->req->bericht_id, "doel", each->req->doel, "bsn_enc",
		n->bsn ? text_seal(a, n->bsn) : NULL, "bsn_hash",
		n->bsn ? bsn_hash(a, n->bsn) : NULL, "gebeurtenis_id", n->gebeurtenis_id,
		"geregistreerd", n->registratie_datum_tijd, "inhoud_enc",
		text_seal(a, each->req->raw_body), "trace", each->req->trace_id);

	if (n->v_nummer != NUMBER_NONE)
		json_object_set_new(row, "v_nummer", json_integer(n->v_nummer));
	return row;
}

static enum status store_all(struct req *req, void *const *items, int count)
{
	struct buffer oins;
	json_t *rows = json_array();
	struct batch b;
	char *list;
	int op;

	buffer_init(&oins, req->arena);
	for (int i = 0; i < count; i++) {
		const struct arriving *each = items[i];

		buffer_printf(&oins, "%c%s", i == 0 ? '{' : ',', each->req->doel);
		json_array_append_new(rows, row_of(each, i));
	}
	buffer_putc(&oins, '}');
	list = json_dumps(rows, JSON_COMPACT);
	json_decref(rows);
	batch_init(&b, req);
	op = batch_add(&b, Q_GEMEENTEN_VAN_OIN, NULL, NULL);
	batch_bind(&b, op, "doelen", oins.data);
	op = batch_add(&b, Q_NOTIFICATIES_BEWAREN, NULL, NULL);
	batch_bind(&b, op, "lijst", list);
	free(list);
	TRY(batch_run(&b));
	for (int i = 0; i < count; i++) {
		struct arriving *each = items[i];

		each->how = (enum arrival)batch_int(&b, op, i, "hoe");
	}
	return OK;
}

enum status store_notificatie(struct req *req, const struct notificatie *n, enum arrival *how)
{
	static struct gather arrivals;
	struct arriving own = { .req = req, .n = n };

	TRY(gather_run(&arrivals, req, &own, store_all));
	*how = own.how;
	return own.how == ARRIVED_BEFORE ? compare(req, n, how) : OK;
}

enum status store_notice(struct req *req, const char *id, struct notice *out)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_NOTIFICATIE_LADEN, NULL, NULL);
	batch_bind(&b, op, "notificatie", id);
	TRY(batch_run(&b));
	if (batch_rows(&b, op) == 0)
		return fail(req, ERR_NOT_FOUND, "Deze notificatie is er niet");
	*out = (struct notice){
		.id = batch_text(&b, op, 0, "id"),
		.gemeente = batch_text(&b, op, 0, "gemeente"),
		.oin = batch_text(&b, op, 0, "oin"),
		.bsn_enc = batch_text(&b, op, 0, "bsn_enc"),
		.bsn_hash = batch_text(&b, op, 0, "bsn_hash"),
		.v_nummer = batch_text(&b, op, 0, "v_nummer"),
		.gebeurtenis_id = batch_text(&b, op, 0, "gebeurtenis_id"),
		.inburgeraar = batch_text(&b, op, 0, "inburgeraar_id"),
		.doelgroep = batch_text(&b, op, 0, "doelgroep"),
		.status = batch_text(&b, op, 0, "status"),
		.geregistreerd = batch_text(&b, op, 0, "geregistreerd"),
		.datum = batch_text(&b, op, 0, "datum"),
		.geladen = batch_text(&b, op, 0, "geladen"),
		.dossier_gevraagd = *batch_text(&b, op, 0, "dossier_gevraagd") == 't',
		.herhaald = *batch_text(&b, op, 0, "herhaald") == 't',
	};
	return OK;
}

void store_notice_later(struct batch *b, const struct notice *n, const char *why)
{
	int op = batch_add(b, Q_NOTIFICATIE_LATER, NULL, NULL);

	batch_bind(b, op, "notificatie", n->id);
	batch_bind(b, op, "fout", why);
	batch_bind_int(b, op, "hoogstens", b->req->app->config.duo_retry_max);
}

void store_notice_awaits_dossier(struct batch *b, const struct notice *n)
{
	int op = batch_add(b, Q_NOTIFICATIE_WACHT_OP_DOSSIER, NULL, NULL);

	batch_bind(b, op, "notificatie", n->id);
	store_notice_later(b, n, "Het dossier wordt gemaakt");
}

void store_notice_first(struct batch *b, const struct notice *n)
{
	int op = batch_add(b, Q_PERSOON_VERGRENDELEN, NULL, NULL);

	batch_bind(b, op, "sleutel", n->bsn_hash ? n->bsn_hash : n->id);
	op = batch_add(b, Q_NOTIFICATIE_NOG_OPEN, NULL, NULL);
	batch_bind(b, op, "notificatie", n->id);
	op = batch_add(b, Q_NOTIFICATIE_NOG_ACTUEEL, NULL, NULL);
	batch_bind(b, op, "bsn_hash", n->bsn_hash);
	batch_bind(b, op, "geladen", n->geladen);
	batch_bind(b, op, "fout", NOTICE_OUTDATED);
}

void store_notice_done(struct batch *b, const struct notice *n, const char *status)
{
	int op = batch_add(b, Q_NOTIFICATIE_KLAAR, NULL, NULL);

	batch_bind(b, op, "notificatie", n->id);
	batch_bind(b, op, "status", status);
	batch_bind(b, op, "dossier", n->inburgeraar);
}
