/* SPDX-License-Identifier: EUPL-1.2 */
#include "queue.h"

#include <string.h>

#include "app/crypto.h"
#include "app/db.h"
#include "app/service.h"
#include "duo_queries.h"
#include "outgoing.h"

/* One line to type over. */
struct regel {
	const char *naam, *waarde;
};

struct melding {
	const char *id, *inburgeraar_id, *inburgeraar_naam, *soort, *fout, *volgende, *reden;
	const char *afgehandeld_door, *afgehandeld_op, *aangemaakt, *instellingsnummer;
	int status;
	int64_t contactpersoonnummer, pogingen, volgnummer, versie;
	json_t *inhoud;
	const char *methode, *pad, *aanleiding, *verbeteren;
	struct list waarden; /* struct regel */
};

struct meldingfilter {
	int status;
	const char *soort, *inburgeraar_id;
};

struct wachtrij {
	int64_t wacht, geaccepteerd, geweigerd, dood, vervangen, vervallen, overgetypt;
	const char *oudste_wacht;
};

struct vervallenverklaring {
	const char *reden;
};

static const char *const statussen[] = { "wacht", "geaccepteerd", "geweigerd", "dood", "vervangen",
	"vervallen", "overgetypt", NULL };

static const struct field regel_fields[] = {
	FIELD(struct regel, naam, F_TEXT, READONLY, "Wat het is"),
	FIELD(struct regel, waarde, F_TEXT, READONLY, "De waarde"),
	FIELD_END,
};

static const struct field melding_fields[] = {
	FIELD(struct melding, id, F_UUID, READONLY, "Aanduiding van de melding"),
	FIELD(struct melding, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD(struct melding, inburgeraar_naam, F_TEXT, READONLY, "Naam van de inburgeraar"),
	FIELD(struct melding, soort, F_TEXT, READONLY, "Soort melding"),
	FIELD_ENUM(struct melding, status, statussen, READONLY,
		"wacht, geaccepteerd of geweigerd door DUO, dood (kwam niet aan), vervangen door "
		"een "
		"nieuwere, vervallen, of overgetypt in het DUO-portaal"),
	FIELD(struct melding, fout, F_TEXT, READONLY, "Wat DUO antwoordde, of waarop het wacht"),
	FIELD(struct melding, pogingen, F_INT, READONLY, "Aantal keren verzonden"),
	FIELD(struct melding, volgende, F_TIJDSTIP, READONLY, "Wanneer het weer wordt geprobeerd"),
	FIELD(struct melding, aangemaakt, F_TIJDSTIP, READONLY, "Wanneer de melding is gemaakt"),
	FIELD(struct melding, methode, F_TEXT, READONLY, "Methode bij DUO"),
	FIELD(struct melding, pad, F_TEXT, READONLY, "Pad bij DUO, met {bsn} voor het BSN"),
	FIELD(struct melding, aanleiding, F_TEXT, READONLY, "Waaruit de melding volgt"),
	FIELD(struct melding, inhoud, F_JSON, READONLY, "De inhoud zoals DUO die krijgt"),
	FIELD_LIST(struct melding, waarden, struct regel, regel_fields, READONLY,
		"De inhoud in woorden, om over te typen"),
	FIELD(struct melding, instellingsnummer, F_TEXT, READONLY, "Cursusinstelling, bij aanbod"),
	FIELD(struct melding, contactpersoonnummer, F_INT, READONLY,
		"Nummer van de contactpersoon bij DUO"),
	FIELD(struct melding, verbeteren, F_TEXT, READONLY,
		"Waar het gegeven wordt verbeterd; dat maakt een nieuwe melding"),
	FIELD(struct melding, reden, F_TEXT, READONLY, "Waarom de melding verviel"),
	FIELD(struct melding, afgehandeld_door, F_TEXT, READONLY, "Wie dat deed"),
	FIELD(struct melding, afgehandeld_op, F_TIJDSTIP, READONLY, "Wanneer"),
	FIELD(struct melding, volgnummer, F_INT, READONLY, "Plaats in de lijst"),
	FIELD(struct melding, versie, F_INT, READONLY, "Versie, ook in de ETag"),
	FIELD_END,
};
const struct resource melding_resource = { "Melding", sizeof(struct melding), melding_fields,
	"Een melding aan DUO" };

static const struct field meldingfilter_fields[] = {
	FIELD_ENUM(struct meldingfilter, status, statussen, OPTIONAL, "Alleen met deze status"),
	FIELD_RANGE(struct meldingfilter, soort, F_TEXT, OPTIONAL, 1, 40, "Alleen van deze soort"),
	FIELD(struct meldingfilter, inburgeraar_id, F_UUID, OPTIONAL, "Alleen over deze persoon"),
	FIELD_END,
};
const struct resource meldingfilter_resource = { "Meldingfilter", sizeof(struct meldingfilter),
	meldingfilter_fields, "Welke meldingen" };

static const struct field wachtrij_fields[] = {
	FIELD(struct wachtrij, wacht, F_INT, READONLY, "Nog te verzenden"),
	FIELD(struct wachtrij, geaccepteerd, F_INT, READONLY, "Door DUO aangenomen"),
	FIELD(struct wachtrij, geweigerd, F_INT, READONLY, "Door DUO geweigerd"),
	FIELD(struct wachtrij, dood, F_INT, READONLY, "Te vaak geprobeerd zonder antwoord"),
	FIELD(struct wachtrij, vervangen, F_INT, READONLY, "Vervangen door een nieuwere"),
	FIELD(struct wachtrij, vervallen, F_INT, READONLY, "Vervallen verklaard"),
	FIELD(struct wachtrij, overgetypt, F_INT, READONLY, "Overgetypt in het DUO-portaal"),
	FIELD(struct wachtrij, oudste_wacht, F_TIJDSTIP, READONLY,
		"Wanneer de oudste is gemaakt die wacht"),
	FIELD_END,
};
const struct resource wachtrij_resource = { "Wachtrij", sizeof(struct wachtrij), wachtrij_fields,
	"Aantallen meldingen aan DUO" };

static const struct field vervallenverklaring_fields[] = {
	FIELD_RANGE(struct vervallenverklaring, reden, F_TEXT, REQUIRED, 3, 500,
		"Waarom de melding niet meer hoeft"),
	FIELD_END,
};
const struct resource vervallenverklaring_resource = { "Vervallenverklaring",
	sizeof(struct vervallenverklaring), vervallenverklaring_fields,
	"Waarom een melding vervalt" };

static const struct field examennummer_fields[] = {
	FIELD(struct duo_examennummer, examennummer, F_TEXT, READONLY,
		"Examennummer van de leerbaarheidstoets"),
	FIELD_END,
};
const struct resource examennummer_resource = { "Examennummer", sizeof(struct duo_examennummer),
	examennummer_fields, "Het examennummer waarmee de persoon zich aanmeldt" };

/* ---- a message in words ---- */

/* Where the fact behind a kind of message is kept. */
static const struct {
	enum operation op;
	const char *path; /* {id}: the person's */
} kept[] = {
	{ OP_PIP_MELDEN, "/api/learning-routes/v1/inburgeraars/{id}/pips" },
	{ OP_AANBOD_MELDEN, "/api/learning-routes/v1/inburgeraars/{id}/aanbiedingen" },
	{ OP_MAP_MELDEN, "/api/progress/v1/inburgeraars/{id}/map" },
	{ OP_PVT_MELDEN, "/api/progress/v1/inburgeraars/{id}/pvt" },
	{ OP_ZROUTE_MELDEN, "/api/progress/v1/inburgeraars/{id}/z-route" },
	{ OP_UREN_TAALLES_MELDEN, "/api/progress/v1/inburgeraars/{id}/uren" },
	{ OP_UREN_PARTICIPATIE_MELDEN, "/api/progress/v1/inburgeraars/{id}/uren" },
	{ OP_UREN_PARTICIPATIETAALLES_MELDEN, "/api/progress/v1/inburgeraars/{id}/uren" },
	{ OP_CONTACTPERSOON_KOPPELEN, "/api/intake/v1/inburgeraars/{id}" },
};

static const char *where_kept(struct req *req, enum operation op, const char *person)
{
	for (size_t i = 0; person && i < sizeof(kept) / sizeof(*kept); i++) {
		const char *at = strstr(kept[i].path, "{id}");

		if (kept[i].op == op)
			return arena_printf(req->arena, "%.*s%s%s", (int)(at - kept[i].path),
				kept[i].path, person, at + strlen("{id}"));
	}
	return NULL;
}

static const char *value_text(struct req *req, json_t *value)
{
	if (json_is_string(value))
		return json_string_value(value);
	if (json_is_boolean(value))
		return json_is_true(value) ? "Ja" : "Nee";
	return arena_printf(req->arena, "%lld", (long long)json_integer_value(value));
}

/* The members of the body by what DUO's table calls them, and the number in the path. */
static struct list values(struct req *req, const struct resource *r, const struct melding *m)
{
	struct regel *lines =
		arena_alloc(req->arena, (json_object_size(m->inhoud) + 1) * sizeof(*lines));
	size_t n = 0;
	char name[64];

	if (m->instellingsnummer)
		lines[n++] = (struct regel){ "Instellingsnummer", m->instellingsnummer };
	for (const struct field *f = r ? r->fields : NULL; f && f->name; f++) {
		json_t *value =
			json_object_get(m->inhoud, field_json_name(f->name, name, sizeof(name)));

		if (value)
			lines[n++] = (struct regel){ f->doc, value_text(req, value) };
	}
	return (struct list){ lines, n };
}

static void tell(struct req *req, struct melding *m)
{
	enum operation op = operation_find(m->soort);

	if (op == OP_COUNT)
		return;
	m->methode = method_name(operations[op].method);
	m->pad = operations[op].path;
	m->aanleiding = operations[op].trigger;
	m->waarden = values(req, operations[op].in, m);
	m->verbeteren = where_kept(req, op, m->inburgeraar_id);
}

static enum status reply_melding(struct req *req, struct melding *m)
{
	tell(req, m);
	return reply_one(req, &melding_resource, m);
}

/* ---- looking ---- */

static enum status show_counts(struct req *req, const char *person)
{
	struct wachtrij out;
	struct batch b;
	int op;

	batch_init(&b, req);
	if (person)
		batch_add(&b, Q_PERSOON_MOET_BESTAAN, NULL, NULL);
	op = batch_add(&b, Q_WACHTRIJ, NULL, NULL);
	batch_bind(&b, op, "persoon", person);
	TRY(batch_run(&b));
	TRY(batch_one(&b, op, &wachtrij_resource, &out));
	return reply_one(req, &wachtrij_resource, &out);
}

enum status wachtrij_tonen(struct req *req)
{
	return show_counts(req, NULL);
}

enum status wachtrij_van_persoon_tonen(struct req *req)
{
	return show_counts(req, req->param[0]);
}

static enum status reply_meldingen(struct req *req, struct batch *b, int op)
{
	struct list rows;

	TRY(batch_run(b));
	batch_list(b, op, &melding_resource, &rows);
	for (size_t i = 0; i < rows.count; i++)
		tell(req, (struct melding *)rows.items + i);
	return reply_list(req, &melding_resource, &rows);
}

enum status meldingen_tonen(struct req *req)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_MELDINGEN, meldingfilter_fields, req->query);
	return reply_meldingen(req, &b, op);
}

enum status portaalwerk_tonen(struct req *req)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_PORTAALWERK, NULL, NULL);
	batch_bind_int(&b, op, "uren", req->app->config.duo_portal_hours);
	return reply_meldingen(req, &b, op);
}

enum status melding_tonen(struct req *req)
{
	struct melding m;

	TRY(db_one(req, Q_MELDING_LEZEN, NULL, NULL, &melding_resource, &m));
	return reply_melding(req, &m);
}

/* ---- deciding ---- */

/* Runs the change in `b`; without a row it was not possible, `why`. */
static enum status reply_changed(struct req *req, struct batch *b, int change, const char *why)
{
	int after = batch_add(b, Q_MELDING_LEZEN, NULL, NULL);
	struct melding m;

	TRY(batch_run(b));
	if (batch_rows(b, change) == 0 && batch_rows(b, after) > 0)
		return batch_int(b, after, 0, "versie") == req->if_match
			       ? fail(req, ERR_CONFLICT, "%s", why)
			       : fail(req, ERR_CHANGED,
					 "Haal de melding opnieuw op en probeer het nog eens");
	TRY(batch_one(b, after, &melding_resource, &m));
	return reply_melding(req, &m);
}

enum status melding_herzenden(struct req *req)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_MELDING_HERZENDEN, NULL, NULL);
	batch_bind(&b, op, "bericht", req_uuid(req));
	return reply_changed(req, &b, op,
		"Alleen een melding die is geweigerd of niet aankwam kan opnieuw worden verzonden");
}

static enum status settle(struct req *req, const char *status, const char *reason)
{
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_MELDING_AFDOEN, NULL, NULL);
	batch_bind(&b, op, "status", status);
	batch_bind(&b, op, "reden", reason);
	batch_bind(&b, op, "trace", req->trace_id);
	return reply_changed(req, &b, op,
		"Dat kan niet meer: de melding is al afgehandeld of wordt nu verzonden");
}

enum status melding_laten_vervallen(struct req *req)
{
	const struct vervallenverklaring *in = req->in;

	return settle(req, "vervallen", in->reden);
}

enum status melding_overgetypt(struct req *req)
{
	return settle(req, "overgetypt", NULL);
}

/* ---- the exam number of the leerbaarheidstoets ---- */

enum status examennummer_tonen(struct req *req)
{
	const char *id = req_uuid(req);
	struct duo_examennummer out;
	struct duo_subject about;
	struct client_call call;
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_PERSOON_BIJ_DUO, NULL, NULL);
	TRY(batch_run(&b));
	if (batch_rows(&b, op) == 0)
		return fail(req, ERR_NOT_FOUND, "Inburgeraar niet gevonden");
	about = (struct duo_subject){ .gemeente = batch_text(&b, op, 0, "gemeente"),
		.oin = batch_text(&b, op, 0, "oin"),
		.bsn = text_open(req->arena, batch_text(&b, op, 0, "bsn_enc")) };
	if (!about.bsn)
		return fail(req, ERR_INTERNAL, "De BSN-sleutel past niet");
	call = duo_call(req, OP_LBT_EXAMENNUMMER, &about, id, NULL);
	TRY(client_run(req, &call, 1));
	duo_log(req, OP_LBT_EXAMENNUMMER, id, call.status);
	if (call.status == 404)
		return fail(req, ERR_NOT_FOUND, "DUO heeft voor deze persoon geen examennummer");
	if (call.status != operations[OP_LBT_EXAMENNUMMER].success)
		return fail(req, ERR_UPSTREAM, "DUO gaf geen antwoord; probeer het later opnieuw");
	TRY(duo_answer(req, OP_LBT_EXAMENNUMMER, &call, &out));
	return reply_one(req, &examennummer_resource, &out);
}

enum status examennummer_intrekken(struct req *req)
{
	TRY(melding_lbt_intrekken(req));
	return reply_none(req);
}
