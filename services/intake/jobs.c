/* SPDX-License-Identifier: EUPL-1.2 */
#include "jobs.h"

#include <stdlib.h>
#include <string.h>

#include "brp_store.h"
#include "handlers.h"
#include "intake_queries.h"
#include "law/leerroute.h"
#include "law/planning.h"

/* ---- kinds of tasks: what opens them, what closes them, by when ---- */

/* Deadlines that the law gives; the other days are how the gemeente arranges its work. */
enum { VOOR_PIP = -1, VOOR_AANBOD = -2 };

static const struct taaksoort {
	const char *soort;
	const char *opens, *closes[4]; /* event types */
	const char *only; /* opens only when `volgendeStap` begins with this */
	const char *deadline; /* date member of the event, or NULL */
	int days; /* after that date, or after today; or VOOR_… */
	bool per_subject; /* one task per onderwerp instead of one per person */
	const char *omschrijving;
} taaksoorten[] = {
	{ "oproep-uitkomst", "oproep-verstuurd", { "oproep-verschenen", "oproep-niet-verschenen" },
		NULL, "termijn", 1, true, "Leg vast of de persoon op de oproep is gekomen" },
	{ "oproep-herhalen", "oproep-niet-verschenen", { "oproep-verstuurd" }, "waarschuwing", NULL,
		7, false, "Stuur een waarschuwing en een herhaalde oproep" },
	{ "oproep-opnieuw", "oproep-niet-verschenen", { "oproep-verstuurd" }, "oproepen", NULL, 7,
		false, "Roep de persoon opnieuw op" },
	{ "boete-overwegen", "oproep-niet-verschenen", { "overtreding-vastgesteld" }, "boete", NULL,
		14, false, "Beoordeel of een boete voor de intake past" },
	{ "oproep-na-boete", "boete-opgelegd", { "oproep-verstuurd" }, NULL, NULL, 7, false,
		"Roep de persoon op binnen de nieuwe termijn" },
	{ "intake-afronden", "oproep-verschenen", { "intake-afgerond" }, NULL, NULL, VOOR_PIP,
		false, "Neem de brede intake af en rond die af" },
	{ "pip-vaststellen", "intake-afgerond", { "pip-vastgesteld" }, NULL, NULL, VOOR_PIP, false,
		"Stel het PIP op en stel het vast" },
	{ "pip-vaststellen", "pip-ingetrokken", { NULL }, NULL, NULL, VOOR_PIP, false,
		"Het PIP is ingetrokken; stel een nieuw PIP vast" },
	{ "aanbod-doen", "pip-vastgesteld", { "aanbod-vastgelegd", "plicht-beeindigd" }, NULL,
		"dagtekening", VOOR_AANBOD, false, "Regel een cursus of traject" },
	{ "gesprek-voeren", "gesprek-gepland",
		{ "gesprek-gehouden", "gesprek-gemist", "gesprek-afgezegd" }, NULL, "datum", 0,
		true, "Voer het voortgangsgesprek" },
	{ "gesprek-gemist", "gesprek-gemist", { "overtreding-vastgesteld" }, NULL, NULL, 14, true,
		"Beoordeel waarom de persoon niet op het gesprek kwam" },
	{ "duo-weigert", "melding-geweigerd",
		{ "melding-geaccepteerd", "melding-vervangen", "melding-vervallen",
			"melding-overgetypt" },
		NULL, NULL, 3, true, "DUO weigert een bericht; verbeter het en verzend opnieuw" },
	{ "duo-dood", "melding-dood",
		{ "melding-geaccepteerd", "melding-vervangen", "melding-vervallen",
			"melding-overgetypt" },
		NULL, NULL, 3, true,
		"Een bericht komt niet aan bij DUO; verzend het opnieuw of typ het over in het "
		"DUO-portaal" },
	{ "duo-signaal", "duo-signaal", { NULL }, NULL, NULL, 14, true,
		"DUO meldt iets bij deze persoon" },
	{ "traject-afronden", "traject-voltooid", { "plicht-beeindigd" }, NULL, NULL, 28, false,
		"Alle onderdelen zijn klaar; controleer de afronding bij DUO" },
};

#define TAAKSOORT_COUNT (sizeof(taaksoorten) / sizeof(*taaksoorten))

static bool same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static bool opens(const struct taaksoort *t, const struct event *ev)
{
	const char *step = event_text(ev, "volgendeStap");

	if (!same(t->opens, ev->type))
		return false;
	if (same(t->soort, "oproep-na-boete") && !same(event_text(ev, "artikel"), "22"))
		return false;
	return !t->only || (step && strncmp(step, t->only, strlen(t->only)) == 0);
}

static bool closes(const struct taaksoort *t, const struct event *ev)
{
	for (int i = 0; i < 4 && t->closes[i]; i++)
		if (same(t->closes[i], ev->type))
			return true;
	return false;
}

static struct date deadline(
	const struct req *req, const struct taaksoort *t, const struct event *ev)
{
	struct date from = t->deadline ? event_date(ev, t->deadline) : req->today;

	if (!date_is_set(from))
		from = req->today;
	if (t->days == VOOR_PIP)
		return DATE_NONE; /* the statement takes the dossier's pip_uiterlijk */
	if (t->days == VOOR_AANBOD)
		return planning_aanbod(
			from, enum_index(leerroute_values, event_text(ev, "leerroute")));
	return planning_dagen(from, t->days);
}

static void open_task(struct batch *b, const struct taaksoort *t, const struct event *ev)
{
	const char *more = event_text(ev, "omschrijving");
	int op = batch_add(b, Q_TAAK_OPENEN, NULL, NULL);

	batch_bind(b, op, "nieuw_id", req_uuid(b->req));
	batch_bind(b, op, "dossier", ev->inburgeraar);
	batch_bind(b, op, "soort", t->soort);
	batch_bind(b, op, "onderwerp", t->per_subject ? ev->onderwerp : NULL);
	batch_bind(b, op, "omschrijving",
		!more ? t->omschrijving
		      : arena_printf(b->req->arena, "%s: %s", t->omschrijving, more));
	batch_bind_date(b, op, "uiterlijk", deadline(b->req, t, ev));
	batch_bind_date(b, op, "zonder_klok", planning_pip(b->req->today));
}

static void close_task(struct batch *b, const char *soort, const struct event *ev, bool per_subject)
{
	int op = batch_add(b, Q_TAAK_SLUITEN, NULL, NULL);

	batch_bind(b, op, "dossier", ev->inburgeraar);
	batch_bind(b, op, "soort", soort);
	batch_bind(b, op, "onderwerp", per_subject ? ev->onderwerp : NULL);
}

/* Subjects of a missed talk and its overtreding differ: a closing event of another kind closes all.
 */
static bool same_subject(const struct taaksoort *t, const struct event *ev)
{
	return t->per_subject && !same(ev->type, "overtreding-vastgesteld");
}

static void add_tasks(struct batch *b, const struct event *ev)
{
	for (size_t i = 0; i < TAAKSOORT_COUNT; i++) {
		const struct taaksoort *t = &taaksoorten[i];

		if (closes(t, ev))
			close_task(b, t->soort, ev, same_subject(t, ev));
		if (opens(t, ev))
			open_task(b, t, ev);
	}
	if (same(ev->type, "oproep-verstuurd"))
		close_task(b, "oproep-sturen", ev, false);
}

/* ---- what an event changes in the dossier ---- */

static void set_fase(struct batch *b, const struct event *ev, const char *fase)
{
	int op = batch_add(b, Q_DOSSIER_FASE, NULL, NULL);

	batch_bind(b, op, "dossier", ev->inburgeraar);
	batch_bind(b, op, "fase", fase);
}

static void on_oproep(struct batch *b, const struct event *ev)
{
	set_fase(b, ev, "intake");
}

static void on_pip(struct batch *b, const struct event *ev)
{
	int op = batch_add(b, Q_DOSSIER_PIP, NULL, NULL);

	batch_bind(b, op, "dossier", ev->inburgeraar);
	batch_bind(b, op, "leerroute", event_text(ev, "leerroute"));
	batch_bind(b, op, "dagtekening", event_text(ev, "dagtekening"));
}

static void on_pip_weg(struct batch *b, const struct event *ev)
{
	int op = batch_add(b, Q_DOSSIER_ZONDER_PIP, NULL, NULL);

	batch_bind(b, op, "dossier", ev->inburgeraar);
	batch_bind(b, op, "leerroute", event_text(ev, "leerroute"));
	batch_bind(b, op, "dagtekening", event_text(ev, "dagtekening"));
	batch_bind(b, op, "eerste", event_text(ev, "eersteDagtekening"));
}

static void on_termijn(struct batch *b, const struct event *ev)
{
	int op = batch_add(b, Q_DOSSIER_TERMIJN, NULL, NULL);

	batch_bind(b, op, "dossier", ev->inburgeraar);
	batch_bind(b, op, "begin", event_text(ev, "begin"));
	batch_bind(b, op, "einde", event_text(ev, "einde"));
}

/* SS106 is fulfilment by diploma; everything else ends the plicht without it. */
static void on_einde(struct batch *b, const struct event *ev)
{
	int op = batch_add(b, Q_DOSSIER_EINDE, NULL, NULL);

	batch_bind(b, op, "dossier", ev->inburgeraar);
	batch_bind(b, op, "datum", event_text(ev, "datum"));
	batch_bind(b, op, "reden", event_text(ev, "reden"));
	batch_bind(b, op, "fase",
		same(event_text(ev, "gebeurtenisId"), "SS106") ? "voldaan" : "beeindigd");
	op = batch_add(b, Q_TAKEN_OPRUIMEN, NULL, NULL);
	batch_bind(b, op, "dossier", ev->inburgeraar);
}

/* DUO writes scores with a decimal comma: 28,00. */
static const char *hundredths(struct batch *b, const char *text)
{
	const char *comma = text ? strchr(text, ',') : NULL;

	return comma ? arena_printf(b->req->arena, "%.*s%s", (int)(comma - text), text, comma + 1)
		     : NULL;
}

static void on_lbt(struct batch *b, const struct event *ev)
{
	static const char *const ours[] = { NULL, "b1-haalbaar", "b1-niet-haalbaar", "onbekend" };
	int result = enum_index(lbt_uitslag_values, event_text(ev, "uitslag"));
	int op;

	if (!result)
		return;
	op = batch_add(b, Q_LBT_VAN_DUO, NULL, NULL);
	batch_bind(b, op, "nieuw_id", req_uuid(b->req));
	batch_bind(b, op, "dossier", ev->inburgeraar);
	batch_bind(b, op, "uitslag", ours[result]);
	batch_bind(b, op, "datum_afname", event_text(ev, "datumAfname"));
	batch_bind(b, op, "behaalde_score", hundredths(b, event_text(ev, "behaaldeScore")));
	batch_bind(b, op, "benodigde_score", hundredths(b, event_text(ev, "benodigdeScore")));
}

static void on_boete(struct batch *b, const struct event *ev)
{
	int op;

	if (!same(event_text(ev, "artikel"), "22"))
		return;
	op = batch_add(b, Q_BOETE_BEWAREN, NULL, NULL);
	batch_bind(b, op, "boete", ev->onderwerp);
	batch_bind(b, op, "dossier", ev->inburgeraar);
	batch_bind_int(
		b, op, "bedrag", json_integer_value(json_object_get(ev->data, "bedragCent")));
	batch_bind(b, op, "bekendmaking", event_text(ev, "bekendmaking"));
	batch_bind(b, op, "nieuwe_termijn", event_text(ev, "nieuweTermijn"));
	batch_bind(b, op, "ingetrokken", same(ev->type, "boete-ingetrokken") ? "true" : "false");
}

static const struct {
	const char *type;
	void (*change)(struct batch *b, const struct event *ev);
} changes[] = {
	{ "oproep-verstuurd", on_oproep },
	{ "lbt-uitslag", on_lbt },
	{ "pip-vastgesteld", on_pip },
	{ "pip-ingetrokken", on_pip_weg },
	{ "termijn-vastgesteld", on_termijn },
	{ "plicht-beeindigd", on_einde },
	{ "boete-opgelegd", on_boete },
	{ "boete-ingetrokken", on_boete },
};

enum status job_dossier(struct req *req, const struct event *ev)
{
	struct batch b;

	batch_init(&b, req);
	batch_claim(&b);
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++)
		if (same(changes[i].type, ev->type))
			changes[i].change(&b, ev);
	if (ev->inburgeraar)
		add_tasks(&b, ev);
	return batch_run(&b);
}

static struct date first_set(struct date a, struct date b)
{
	return date_is_set(a) ? a : b;
}

/* The facts of the clock once the event is in the dossier; what that knows stays. SS139 says that
 * the ten weeks run: the person lives in the gemeente. */
static void add_facts(const struct event *ev, bool runs, struct inburgeraar *dossier)
{
	struct date notice = event_date(ev, "datumKennisgeving");

	dossier->doelgroep = enum_index(doelgroep_values, event_text(ev, "doelgroep"));
	dossier->datum_kennisgeving = first_set(dossier->datum_kennisgeving, notice);
	dossier->datum_inschrijving_brp =
		first_set(dossier->datum_inschrijving_brp, runs ? notice : DATE_NONE);
}

enum status job_kennisgeving(struct req *req, const struct event *ev)
{
	bool runs = same(event_text(ev, "gebeurtenisId"), "SS139");
	const char *new_id = req_uuid(req);
	struct inburgeraar dossier;
	struct pip_termijn_io klok;
	struct list redenen;
	struct batch b;
	int op;

	TRY(store_klok_van_persoon(req, ev->onderwerp, &dossier, &redenen));
	add_facts(ev, runs, &dossier);
	klok_berekenen(req, &dossier, klok_derde(&redenen), &klok);
	batch_init(&b, req);
	batch_claim(&b);
	op = batch_add(&b, Q_DOSSIER_VAN_DUO, NULL, NULL);
	batch_bind(&b, op, "gezien",
		dossier.id ? arena_printf(req->arena, "%lld", (long long)dossier.versie) : NULL);
	batch_bind(&b, op, "nieuw_id", new_id);
	batch_bind(&b, op, "klok_loopt", runs ? "true" : "false");
	batch_bind_date(&b, op, "pip_uiterlijk", klok.out.uiterlijk);
	batch_bind(&b, op, "persoon", ev->onderwerp);
	store_klok_houden(&b, &klok, ev->gemeente, dossier.id ? dossier.id : new_id);
	brp_vraag_van_persoon_add(&b, ev->onderwerp);
	op = batch_add(&b, Q_TAAK_EERSTE_OPROEP, NULL, NULL);
	batch_bind(&b, op, "nieuw_id", req_uuid(req));
	batch_bind(&b, op, "omschrijving", "Roep de persoon op voor de brede intake");
	batch_bind_date(&b, op, "uiterlijk", planning_eerste_oproep(req->today));
	batch_bind(&b, op, "persoon", ev->onderwerp);
	return batch_run(&b);
}
