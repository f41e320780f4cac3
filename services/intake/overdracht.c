/* SPDX-License-Identifier: EUPL-1.2 */
#include "overdracht.h"

#include "app/db.h"
#include "intake_queries.h"

enum { OVERDRACHT_UIT = 1, OVERDRACHT_IN };
enum { AANGEBODEN = 1, GEACCEPTEERD, GEWEIGERD, INGETROKKEN };

static const char *const richtingen[] = { "uit", "in", NULL };
static const char *const statussen[] = { "aangeboden", "geaccepteerd", "geweigerd", "ingetrokken",
	NULL };
static const char *const handelingen[] = { "aangeboden", "geaccepteerd", "geweigerd", "ingetrokken",
	"overgenomen", NULL };

static const struct field overdracht_fields[] = {
	FIELD(struct overdracht, id, F_UUID, READONLY, "Aanduiding"),
	FIELD_ENUM(struct overdracht, richting, richtingen, READONLY,
		"uit: de persoon verliet uw gemeente; in: de persoon kwam naar uw gemeente"),
	FIELD(struct overdracht, gemeente, F_TEXT, READONLY, "Code van de vorige gemeente"),
	FIELD(struct overdracht, naar_gemeente, F_TEXT, READONLY, "Code van de nieuwe gemeente"),
	FIELD(struct overdracht, inburgeraar_id, F_UUID, READONLY, "Het dossier bij u"),
	FIELD_ENUM(struct overdracht, status, statussen, READONLY, "Hoe het ermee staat"),
	FIELD_RANGE(struct overdracht, toelichting, F_TEXT, READONLY, 1, 1000,
		"Wat de vorige gemeente erbij schreef"),
	FIELD(struct overdracht, aangeboden_op, F_DATE, READONLY, "Dag van het aanbod"),
	FIELD(struct overdracht, beslist_op, F_DATE, READONLY, "Dag van de beslissing"),
	FIELD_RANGE(struct overdracht, reden, F_TEXT, READONLY, 1, 1000, "Waarom niet"),
	FIELD(struct overdracht, versie, F_INT, READONLY, "Versie"),
	FIELD_END,
};
const struct resource overdracht_resource = { "Overdracht", sizeof(struct overdracht),
	overdracht_fields, "De overdracht van een dossier na een verhuizing" };

static const struct field overdracht_regel_fields[] = {
	FIELD(struct overdracht_regel, id, F_UUID, READONLY, "Aanduiding"),
	FIELD(struct overdracht_regel, volgnr, F_INT, READONLY, "Plaats in het verslag"),
	FIELD(struct overdracht_regel, tijdstip, F_TIJDSTIP, READONLY, "Wanneer"),
	FIELD_ENUM(struct overdracht_regel, handeling, handelingen, READONLY, "Wat er gebeurde"),
	FIELD(struct overdracht_regel, wat, F_TEXT, READONLY, "Wat er is overgenomen"),
	FIELD(struct overdracht_regel, door, F_TEXT, READONLY, "Wie het deed"),
	FIELD_END,
};
const struct resource overdracht_regel_resource = { "Overdrachtregel",
	sizeof(struct overdracht_regel), overdracht_regel_fields, "Een regel van het verslag" };

static const struct field aanbieding_fields[] = {
	FIELD_RANGE(struct aanbieding, toelichting, F_TEXT, OPTIONAL, 1, 1000,
		"Voor de nieuwe gemeente; geen gegevens over gezondheid"),
	FIELD_END,
};
const struct resource aanbieding_resource = { "Aanbieding", sizeof(struct aanbieding),
	aanbieding_fields, "Het aanbod van een dossier" };

static const struct field weigering_fields[] = {
	FIELD_RANGE(struct weigering, reden, F_TEXT, REQUIRED, 1, 1000, "Waarom niet"),
	FIELD_END,
};
const struct resource weigering_resource = { "Weigering", sizeof(struct weigering),
	weigering_fields, "Waarom een dossier niet wordt overgenomen" };

/* ---- reading ---- */

enum status overdrachten_tonen(struct req *req)
{
	struct list rows;

	TRY(db_list(req, Q_OVERDRACHTEN, NULL, NULL, &overdracht_resource, &rows));
	return reply_list(req, &overdracht_resource, &rows);
}

enum status overdrachten_van_persoon_tonen(struct req *req)
{
	struct list rows;

	TRY(db_list_of(req, Q_PERSOON_BESTAAT, "Inburgeraar", Q_OVERDRACHTEN_VAN_PERSOON,
		&overdracht_resource, &rows));
	return reply_list(req, &overdracht_resource, &rows);
}

enum status overdracht_tonen(struct req *req)
{
	struct overdracht out;

	TRY(db_one(req, Q_OVERDRACHT_LEZEN, NULL, NULL, &overdracht_resource, &out));
	return reply_one(req, &overdracht_resource, &out);
}

enum status overdracht_regels_tonen(struct req *req)
{
	struct list rows;

	TRY(db_list_of(req, Q_OVERDRACHT_LEZEN, "Overdracht", Q_OVERDRACHT_REGELS,
		&overdracht_regel_resource, &rows));
	return reply_list(req, &overdracht_regel_resource, &rows);
}

/* ---- the log ---- */

static void note(
	struct batch *b, const char *id, const char *what, const char *copied, const char *who)
{
	int op = batch_add(b, Q_OVERDRACHT_NOTEREN, NULL, NULL);

	batch_bind(b, op, "overdracht", id);
	batch_bind(b, op, "handeling", what);
	batch_bind(b, op, "wat", copied);
	batch_bind(b, op, "door", who);
}

void overdracht_noteren(struct batch *b, const struct event *ev)
{
	note(b, ev->onderwerp, "overgenomen", event_text(ev, "wat"), "Regie");
}

/* ---- offering ---- */

/* NULL: nothing for that side, no data. */
static void tell(
	struct batch *b, const char *id, const char *to_new, const char *to_old, const char *data)
{
	int op = batch_add(b, Q_OVERDRACHT_MELDEN, NULL, NULL);

	batch_bind(b, op, "overdracht", id);
	batch_bind(b, op, "nieuwe", to_new);
	batch_bind(b, op, "vorige", to_old);
	batch_bind(b, op, "data", data);
	batch_bind(b, op, "trace", b->req->trace_id);
}

enum status overdracht_aanbieden(struct req *req)
{
	const struct aanbieding *in = req->in;
	const char *id = req_uuid(req);
	struct overdracht out;
	struct batch b;
	int op, made;

	batch_init(&b, req);
	batch_creates(&b, id);
	op = batch_add(&b, Q_OVERDRACHT_AANBIEDEN, NULL, NULL);
	batch_bind(&b, op, "overdracht", id);
	batch_bind(&b, op, "inburgeraar_id", req->param[0]);
	batch_bind(&b, op, "toelichting", in->toelichting);
	batch_bind(&b, op, "door", req->session.naam);
	tell(&b, id, "overdracht-aangeboden", NULL, NULL);
	made = batch_add(&b, Q_OVERDRACHT_LEZEN, NULL, NULL);
	batch_bind(&b, made, "id", id);
	TRY(batch_run(&b));
	TRY(batch_one(&b, made, &overdracht_resource, &out));
	return reply_created(req, &overdracht_resource, &out);
}

void overdracht_bij_aankomst(struct batch *b, const struct event *ev)
{
	const char *id = req_uuid(b->req);
	int op = batch_add(b, Q_OVERDRACHT_BIJ_AANKOMST, NULL, NULL);

	batch_bind(b, op, "overdracht", id);
	batch_bind(b, op, "persoon", ev->onderwerp);
	batch_bind(b, op, "dag", event_text(ev, "datum"));
	batch_bind(b, op, "door",
		arena_printf(b->req->arena, "DUO, %s", event_text(ev, "gebeurtenisId")));
	tell(b, id, "overdracht-aangeboden", "overdracht-aangekondigd",
		arena_printf(b->req->arena, "{\"datum\":\"%s\",\"geregistreerd\":\"%s\"}",
			event_text(ev, "datum"), event_text(ev, "geregistreerd")));
}

/* ---- deciding ---- */

/* Who may: the new gemeente accepts or refuses, the one before withdraws; only what is offered. */
static enum status check(struct req *req, int side, struct overdracht *now)
{
	TRY(db_one(req, Q_OVERDRACHT_LEZEN, NULL, NULL, &overdracht_resource, now));
	if (now->richting != side)
		return fail(req, ERR_FORBIDDEN,
			side == OVERDRACHT_IN ? "Alleen de nieuwe gemeente beslist hierover"
					      : "Alleen de vorige gemeente trekt dit in");
	if (now->status != AANGEBODEN)
		return fail(req, ERR_CONFLICT, "Over deze overdracht is al beslist: %s",
			enum_text(statussen, now->status));
	return OK;
}

static enum status decide(
	struct req *req, int status, const char *reason, const char *to_new, const char *to_old)
{
	struct overdracht out;
	struct batch b;
	int op, after;

	batch_init(&b, req);
	op = batch_add(&b, Q_OVERDRACHT_BESLISSEN, NULL, NULL);
	batch_bind(&b, op, "status", enum_text(statussen, status));
	batch_bind(&b, op, "reden", reason);
	note(&b, req->param[0], enum_text(statussen, status), NULL, req->session.naam);
	tell(&b, req->param[0], to_new, to_old, NULL);
	after = batch_add(&b, Q_OVERDRACHT_LEZEN, NULL, NULL);
	TRY(batch_run(&b));
	TRY(batch_one(&b, after, &overdracht_resource, &out));
	return reply_one(req, &overdracht_resource, &out);
}

enum status overdracht_accepteren(struct req *req)
{
	struct overdracht now;

	TRY(check(req, OVERDRACHT_IN, &now));
	return decide(req, GEACCEPTEERD, NULL, "overdracht-geaccepteerd", "overdracht-afgerond");
}

enum status overdracht_weigeren(struct req *req)
{
	const struct weigering *in = req->in;
	struct overdracht now;

	TRY(check(req, OVERDRACHT_IN, &now));
	return decide(req, GEWEIGERD, in->reden, "overdracht-geweigerd", "overdracht-teruggekomen");
}

enum status overdracht_intrekken(struct req *req)
{
	struct overdracht now;

	TRY(check(req, OVERDRACHT_UIT, &now));
	return decide(req, INGETROKKEN, NULL, "overdracht-ingetrokken", NULL);
}
