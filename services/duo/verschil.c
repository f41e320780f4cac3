/* SPDX-License-Identifier: EUPL-1.2 */
#include "verschil.h"

#include <string.h>

#include "app/crypto.h"
#include "app/service.h"
#include "duo_queries.h"
#include "outgoing.h"
#include "vergelijking.h"

#define CHUNK 40 /* people asked about and stored in one go */
#define WORK_MS 850 /* of each second; then events and messages have their turn */

/* ---- tables ---- */

static const char *const verschil_statussen[] = { "open", "opgelost", "geaccepteerd", NULL };
static const char *const besluiten[] = { "ons-naar-duo", "duo-naar-ons", "accepteren", NULL };
static const char *const run_statussen[] = { "bezig", "klaar", NULL };

static const struct field verschil_fields[] = {
	FIELD(struct verschil, id, F_UUID, READONLY, "Aanduiding"),
	FIELD(struct verschil, inburgeraar_id, F_UUID, READONLY, "De inburgeraar"),
	FIELD_RANGE(struct verschil, inburgeraar_naam, F_TEXT, READONLY, 1, 500, "Naam"),
	FIELD(struct verschil, onderdeel, F_TEXT, READONLY, "Wat er verschilt"),
	FIELD(struct verschil, omschrijving, F_TEXT, READONLY, "Hetzelfde in woorden"),
	FIELD_RANGE(struct verschil, ons, F_TEXT, READONLY, 1, 10000,
		"Wat het dossier heeft; zonder: niets"),
	FIELD_RANGE(
		struct verschil, duo, F_TEXT, READONLY, 1, 10000, "Wat DUO heeft; zonder: niets"),
	FIELD_ENUM(struct verschil, voorstel, voorstel_namen, READONLY,
		"Herstel dat past bij wie de bron van het gegeven is"),
	FIELD(struct verschil, grondslag, F_TEXT, READONLY, "Wie de bron is, en waarom"),
	FIELD_ENUM(struct verschil, status, verschil_statussen, READONLY,
		"open, opgelost of geaccepteerd"),
	FIELD_ENUM(struct verschil, besluit, besluiten, READONLY, "Wat een medewerker koos"),
	FIELD_RANGE(struct verschil, toelichting, F_TEXT, READONLY, 1, 1000, "Waarom"),
	FIELD(struct verschil, besloten_door, F_TEXT, READONLY, "Wie koos"),
	FIELD(struct verschil, besloten_op, F_TIJDSTIP, READONLY, "Wanneer"),
	FIELD(struct verschil, opgelost_door, F_TEXT, READONLY,
		"Wiens besluit het oploste; zonder besluit: vergelijking"),
	FIELD(struct verschil, opgelost_op, F_TIJDSTIP, READONLY,
		"Wanneer de vergelijking het niet meer vond"),
	FIELD(struct verschil, aangemaakt, F_TIJDSTIP, READONLY, "Wanneer het is gevonden"),
	FIELD(struct verschil, volgnr, F_INT, READONLY, "Plaats in de lijst"),
	FIELD(struct verschil, versie, F_INT, READONLY, "Versie, ook in de ETag"),
	FIELD_END,
};
const struct resource verschil_resource = { "Verschil", sizeof(struct verschil), verschil_fields,
	"Een verschil tussen het dossier en DUO" };

static const struct field verschilfilter_fields[] = {
	FIELD_ENUM(
		struct verschilfilter, status, verschil_statussen, OPTIONAL, "Alleen deze status"),
	FIELD_RANGE(
		struct verschilfilter, onderdeel, F_TEXT, OPTIONAL, 1, 40, "Alleen dit onderdeel"),
	FIELD_ENUM(
		struct verschilfilter, voorstel, voorstel_namen, OPTIONAL, "Alleen dit voorstel"),
	FIELD_END,
};
const struct resource verschilfilter_resource = { "Verschilfilter", sizeof(struct verschilfilter),
	verschilfilter_fields, "Filter" };

static const struct field verschilbesluit_fields[] = {
	FIELD_ENUM(struct verschilbesluit, besluit, besluiten, REQUIRED,
		"ons-naar-duo: meld opnieuw; duo-naar-ons: neem over; accepteren: laat zo"),
	FIELD_RANGE(struct verschilbesluit, toelichting, F_TEXT, OPTIONAL, 1, 1000,
		"Waarom; verplicht bij accepteren"),
	FIELD_END,
};
const struct resource verschilbesluit_resource = { "Verschilbesluit",
	sizeof(struct verschilbesluit), verschilbesluit_fields, "Wat er met een verschil gebeurt" };

static const struct field vergelijking_fields[] = {
	FIELD(struct vergelijking, id, F_UUID, READONLY, "Aanduiding"),
	FIELD(struct vergelijking, gemeente, F_TEXT, READONLY, "De gemeente"),
	FIELD(struct vergelijking, dag, F_DATE, READONLY, "De dag"),
	FIELD_RANGE(
		struct vergelijking, reden, F_TEXT, REQUIRED, 3, 200, "Waarom er wordt vergeleken"),
	FIELD_ENUM(struct vergelijking, status, run_statussen, READONLY, "bezig of klaar"),
	FIELD(struct vergelijking, personen, F_INT, READONLY, "Zoveel personen zijn vergeleken"),
	FIELD(struct vergelijking, niet_gelukt, F_INT, READONLY,
		"Bij zoveel personen gaf DUO geen bruikbaar antwoord"),
	FIELD(struct vergelijking, verschillen, F_INT, READONLY,
		"Zoveel verschillen, ook die al bekend waren"),
	FIELD(struct vergelijking, fout, F_TEXT, READONLY, "Waarop het nu wacht"),
	FIELD(struct vergelijking, geeindigd, F_TIJDSTIP, READONLY, "Wanneer het klaar was"),
	FIELD(struct vergelijking, aangemaakt, F_TIJDSTIP, READONLY, "Wanneer het begon"),
	FIELD(struct vergelijking, volgnr, F_INT, READONLY, "Plaats in de lijst"),
	FIELD(struct vergelijking, versie, F_INT, READONLY, "Versie"),
	FIELD_END,
};
const struct resource vergelijking_resource = { "Vergelijking", sizeof(struct vergelijking),
	vergelijking_fields, "Een vergelijking van alle personen met DUO" };

static const struct field persoonsvergelijking_fields[] = {
	FIELD(struct persoonsvergelijking, verschillen, F_INT, READONLY,
		"Zoveel verschillen, ook die al bekend waren"),
	FIELD(struct persoonsvergelijking, opgelost, F_INT, READONLY,
		"Zoveel verschillen waren bekend en zijn er niet meer"),
	FIELD_END,
};
const struct resource persoonsvergelijking_resource = { "Persoonsvergelijking",
	sizeof(struct persoonsvergelijking), persoonsvergelijking_fields,
	"De vergelijking van een persoon met DUO" };

/* ---- differences, shown ---- */

/* Words and source stand in the table of what is compared, not in the row. */
static void verklaar(struct verschil *v)
{
	const struct onderdeel *o = onderdeel_find(v->onderdeel);

	v->omschrijving = o ? o->omschrijving : NULL;
	v->grondslag = o ? o->grondslag : NULL;
}

static enum status toon_lijst(struct req *req, struct list *rows)
{
	struct verschil *v = rows->items;

	for (size_t i = 0; i < rows->count; i++)
		verklaar(&v[i]);
	return reply_list(req, &verschil_resource, rows);
}

enum status verschillen_tonen(struct req *req)
{
	struct list rows;

	TRY(db_list(
		req, Q_VERSCHILLEN, verschilfilter_fields, req->query, &verschil_resource, &rows));
	return toon_lijst(req, &rows);
}

enum status verschillen_van_persoon_tonen(struct req *req)
{
	struct list rows;

	TRY(db_list_of(req, Q_PERSOON_BESTAAT, "Inburgeraar", Q_VERSCHILLEN_VAN_PERSOON,
		&verschil_resource, &rows));
	return toon_lijst(req, &rows);
}

enum status verschil_tonen(struct req *req)
{
	struct verschil out;

	TRY(db_one(req, Q_VERSCHIL_LEZEN, NULL, NULL, &verschil_resource, &out));
	verklaar(&out);
	return reply_one(req, &verschil_resource, &out);
}

/* ---- a difference, mended ---- */

/* The dossier behind a difference: row 0 of op 0. */
struct geval {
	struct batch b;
	int op;
	const struct onderdeel *onderdeel;
};

static const char *gegeven(const struct geval *g, const char *kolom)
{
	return batch_text(&g->b, g->op, 0, kolom);
}

static enum status lees_geval(struct req *req, struct geval *g)
{
	batch_init(&g->b, req);
	g->op = batch_add(&g->b, Q_VERSCHIL_HERSTELLEN, NULL, NULL);
	TRY(batch_run(&g->b));
	if (batch_rows(&g->b, g->op) == 0)
		return fail(req, ERR_NOT_FOUND, "Dit verschil is er niet");
	if (batch_int(&g->b, g->op, 0, "versie") != req->if_match)
		return fail(req, ERR_CHANGED,
			"Het verschil is intussen gewijzigd; haal het opnieuw op");
	if (strcmp(gegeven(g, "status"), "open") != 0)
		return fail(req, ERR_CONFLICT, "Dit verschil is niet meer open");
	g->onderdeel = onderdeel_find(gegeven(g, "onderdeel"));
	return g->onderdeel ? OK : fail(req, ERR_CONFLICT, "Dit wordt niet meer vergeleken");
}

/* Our fact as a message again; one about the same that DUO does not have is replaced. */
static void naar_duo(const struct geval *g, struct batch *b)
{
	const char *soort = g->onderdeel->melding;
	bool pip = strcmp(soort, "pip") == 0, aanbod = strcmp(soort, "aanbod") == 0;
	int op;

	melding_opnieuw(b, operation_find(soort), gegeven(g, "inburgeraar_id"),
		pip      ? gegeven(g, "pip_id")
		: aanbod ? gegeven(g, "aanbod_id")
			 : NULL,
		aanbod ? gegeven(g, "instellingsnummer") : NULL, gegeven(g, soort));
	op = batch_add(b, Q_VERSCHIL_GEMELD, NULL, NULL);
	batch_bind(b, op, "persoon", gegeven(g, "inburgeraar_id"));
	batch_bind(b, op, "soort", soort);
}

/* DUO's event that would have told us: the one of the table, or that of what DUO answered. */
static const struct gebeurtenis_row *gebeurtenis_van(
	const struct onderdeel *o, const struct notice *n)
{
	const struct duo_plicht *plicht = n->answer[OP_PLICHT];
	const struct duo_doelgroep *groep = n->answer[OP_DOELGROEP];
	const char *code = NULL;

	if (strcmp(o->naam, "plicht") == 0 && plicht)
		code = plicht_gebeurtenis(plicht);
	if (strcmp(o->naam, "doelgroep") == 0 && groep && groep->indeling == INDELING_ASIEL)
		code = "SS125";
	return gebeurtenis_find(code ? code : o->gebeurtenis);
}

/* What DUO says now becomes the events that its notification would have become. */
static enum status naar_ons(struct req *req, const struct geval *g, struct batch *b)
{
	struct notice n = {
		.id = gegeven(g, "id"),
		.gemeente = gegeven(g, "gemeente"),
		.oin = gegeven(g, "oin"),
		.bsn_enc = gegeven(g, "bsn_enc"),
		.bsn_hash = gegeven(g, "bsn_hash"),
		.v_nummer = gegeven(g, "v_nummer"),
		.inburgeraar = gegeven(g, "inburgeraar_id"),
		.doelgroep = gegeven(g, "doelgroep"),
		.geregistreerd = gegeven(g, "geregistreerd"),
		.datum = gegeven(g, "datum"),
		.geladen = gegeven(g, "geladen"),
	};
	const struct duo_subject about = {
		.gemeente = n.gemeente, .oin = n.oin, .bsn = text_open(req->arena, n.bsn_enc)
	};
	const struct gebeurtenis_row *row = gebeurtenis_find(g->onderdeel->gebeurtenis);
	unsigned asked = row->ask;

	if (!about.bsn)
		return fail(req, ERR_UNAVAILABLE, "De BSN-sleutel past niet");
	TRY(vergelijk_vragen(req, asked, &about, &n));
	row = gebeurtenis_van(g->onderdeel, &n);
	TRY(vergelijk_vragen(req, row->ask & ~asked, &about, &n));
	if (!notice_is_told(row, &n))
		return fail(
			req, ERR_CONFLICT, "DUO heeft dit gegeven niet meer; vergelijk opnieuw");
	n.gebeurtenis_id = row->id;
	notice_tell(b, row, &n);
	return OK;
}

static enum status herstel(
	struct req *req, const struct geval *g, enum besluit besluit, struct batch *b)
{
	if (besluit == BESLUIT_ONS_NAAR_DUO && g->onderdeel->melding) {
		naar_duo(g, b);
		return OK;
	}
	if (besluit == BESLUIT_DUO_NAAR_ONS && g->onderdeel->gebeurtenis)
		return naar_ons(req, g, b);
	return fail(req, ERR_CONFLICT, "Dit verschil kan zo niet worden hersteld");
}

enum status verschil_besluiten(struct req *req)
{
	const struct verschilbesluit *in = req->in;
	struct verschil out;
	struct geval g;
	struct batch b;
	int op;

	if (in->besluit == BESLUIT_ACCEPTEREN && !in->toelichting)
		return fail_param(
			req, "toelichting", "verplicht", "Schrijf op waarom het zo mag blijven");
	TRY(lees_geval(req, &g));
	req->gemeente = gegeven(&g, "gemeente"); /* of several that a session may have */
	batch_init(&b, req);
	op = batch_add(&b, Q_VERSCHIL_BESLUITEN, verschilbesluit_fields, in);
	if (in->besluit != BESLUIT_ACCEPTEREN)
		TRY(herstel(req, &g, (enum besluit)in->besluit, &b));
	event_add(&b, "verschil-besloten", gegeven(&g, "gemeente"), gegeven(&g, "inburgeraar_id"),
		gegeven(&g, "id"),
		json_pack("{ss ss}", "onderdeel", g.onderdeel->naam, "besluit",
			enum_text(besluiten, in->besluit)));
	TRY(batch_run(&b));
	TRY(batch_one(&b, op, &verschil_resource, &out));
	verklaar(&out);
	return reply_one(req, &verschil_resource, &out);
}

/* ---- one person, now ---- */

enum status persoon_vergelijken(struct req *req)
{
	struct persoonsvergelijking out;
	struct uitkomst u;
	struct batch b;
	int op;

	TRY(vergelijk(req, NULL, req->param[0], NULL, 1, &u));
	if (u.gelezen == 0)
		return fail(req, ERR_NOT_FOUND, "Inburgeraar niet gevonden");
	if (u.niet_gelukt)
		return fail(req, ERR_UPSTREAM,
			"DUO geeft nu geen bruikbaar antwoord; probeer het later opnieuw");
	batch_init(&b, req);
	op = vergelijk_bewaren(&b, &u);
	TRY(batch_run(&b));
	out = (struct persoonsvergelijking){ .verschillen = u.gevonden,
		.opgelost = batch_int(&b, op, 0, "opgelost") };
	return reply_one(req, &persoonsvergelijking_resource, &out);
}

/* ---- all people: the runs ---- */

enum status vergelijking_beginnen(struct req *req)
{
	struct vergelijking out;
	const char *gemeente;
	struct batch b;
	int op;

	TRY(req_gemeente(req, &gemeente));
	batch_init(&b, req);
	op = batch_add(&b, Q_VERGELIJKING_BEGINNEN, vergelijking_fields, req->in);
	batch_bind(&b, op, "gemeente", gemeente);
	TRY(batch_run(&b));
	if (batch_rows(&b, op) == 0)
		return fail(req, ERR_CONFLICT, "Er is al een vergelijking bezig");
	TRY(batch_one(&b, op, &vergelijking_resource, &out));
	return reply_created(req, &vergelijking_resource, &out);
}

enum status vergelijkingen_tonen(struct req *req)
{
	struct list rows;

	TRY(db_list(req, Q_VERGELIJKINGEN, NULL, NULL, &vergelijking_resource, &rows));
	return reply_list(req, &vergelijking_resource, &rows);
}

enum status vergelijking_tonen(struct req *req)
{
	struct vergelijking out;

	TRY(db_one(req, Q_VERGELIJKING_LEZEN, NULL, NULL, &vergelijking_resource, &out));
	return reply_one(req, &vergelijking_resource, &out);
}

static enum status wacht_op_duo(struct req *req, const char *run)
{
	const char *why = req->error.detail;
	struct batch b;
	int op;

	req->error = (struct error){ 0 };
	batch_init(&b, req);
	op = batch_add(&b, Q_VERGELIJKING_LATER, NULL, NULL);
	batch_bind(&b, op, "vergelijking", run);
	batch_bind(&b, op, "fout", why);
	batch_bind_int(&b, op, "hoogstens", req->app->config.duo_retry_max);
	return batch_run(&b);
}

/* The next people of a run: what is found and how far it came are stored together. */
static enum status volgende(struct req *req, const char *run, const char *gemeente, const char *na)
{
	struct uitkomst u;
	struct batch b;
	enum status s;
	int op;

	s = vergelijk(req, gemeente, NULL, na, CHUNK, &u);
	if (s == ERR_UPSTREAM)
		return wacht_op_duo(req, run);
	TRY(s);
	batch_init(&b, req);
	if (u.personen > 0)
		vergelijk_bewaren(&b, &u);
	op = batch_add(&b, Q_VERGELIJKING_VERDER, NULL, NULL);
	batch_bind(&b, op, "vergelijking", run);
	batch_bind(&b, op, "na", na);
	batch_bind(&b, op, "tot", u.laatste ? u.laatste : na);
	batch_bind_int(&b, op, "personen", u.personen);
	batch_bind_int(&b, op, "niet_gelukt", u.niet_gelukt);
	batch_bind_int(&b, op, "gevonden", u.gevonden);
	batch_bind(&b, op, "klaar", u.gelezen < CHUNK ? "true" : "false");
	return batch_run(&b);
}

/* *found: a run was there to go on with. */
static enum status ga_verder(struct req *req, bool *found)
{
	const char *all = req->session.gemeenten;
	struct batch b;
	enum status s;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_VERGELIJKING_NEMEN, NULL, NULL);
	TRY(batch_run(&b));
	*found = batch_rows(&b, op) > 0;
	if (!*found)
		return OK;
	req->gemeente = req->session.gemeenten = batch_text(&b, op, 0, "gemeente");
	s = volgende(req, batch_text(&b, op, 0, "id"), req->gemeente, batch_text(&b, op, 0, "na"));
	req->gemeente = NULL;
	req->session.gemeenten = all;
	return s;
}

enum status job_vergelijken(struct req *req)
{
	int64_t end = job_clock() + WORK_MS;
	bool found = true;
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_VERGELIJKING_NACHT, NULL, NULL);
	batch_bind_int(&b, op, "uur", req->app->config.duo_compare_hour);
	TRY(batch_run(&b));
	while (found && job_clock() < end)
		TRY(ga_verder(req, &found));
	return OK;
}
