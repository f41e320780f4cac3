/* SPDX-License-Identifier: EUPL-1.2 */
#include "jobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "brp_store.h"
#include "handlers.h"
#include "intake_queries.h"
#include "law/leerroute.h"
#include "law/planning.h"
#include "overdracht.h"

/* ---- kinds of tasks: what opens them, what closes them, by when ---- */

/* Deadlines that the law gives; the other days are how the gemeente arranges its work. */
enum { VOOR_PIP = -1, VOOR_AANBOD = -2 };

/* When a task makes sense; the words are those of the statement taak_openen. */
#define ZONDER_PIP "zonder-pip" /* no PIP since the person came to live here */
#define VERTROKKEN "vertrokken" /* still gone */
#define OOK_NA_EINDE "ook-na-einde" /* also when the plicht is over */

#define REGISSEUR "regisseur"
#define TEAMLEIDER "teamleider"
#define HANDHAVER "handhaver"

/* A message to DUO needs nobody any more. */
#define MELDING_KLAAR                                                                              \
	{                                                                                          \
		"melding-geaccepteerd", "melding-vervangen", "melding-vervallen",                  \
			"melding-overgetypt"                                                       \
	}

static const struct taaksoort {
	const char *soort, *rol;
	/* event types; SS and a number: `duo-attentie` with that code of DUO */
	const char *opens[4], *closes[4];
	const char *only; /* opens only when `volgendeStap` begins with this */
	const char *deadline; /* date member of the event, or NULL */
	int days; /* after that date, or after today; or VOOR_… */
	bool per_subject; /* one task per onderwerp instead of one per person */
	const char *omschrijving;
	const char *when; /* NULL: while there is a plicht */
} taaksoorten[] = {
	{ "oproep-uitkomst", REGISSEUR, { "oproep-verstuurd" },
		{ "oproep-verschenen", "oproep-niet-verschenen" }, NULL, "termijn", 1, true,
		"Leg vast of de persoon op de oproep is gekomen", NULL },
	{ "oproep-herhalen", REGISSEUR, { "oproep-niet-verschenen" }, { "oproep-verstuurd" },
		"waarschuwing", NULL, 7, false, "Stuur een waarschuwing en een herhaalde oproep",
		NULL },
	{ "oproep-opnieuw", REGISSEUR, { "oproep-niet-verschenen" }, { "oproep-verstuurd" },
		"oproepen", NULL, 7, false, "Roep de persoon opnieuw op", NULL },
	{ "boete-overwegen", HANDHAVER, { "oproep-niet-verschenen" }, { "overtreding-vastgesteld" },
		"boete", NULL, 14, false, "Beoordeel of een boete voor de intake past", NULL },
	{ "oproep-na-boete", REGISSEUR, { "boete-opgelegd" }, { "oproep-verstuurd" }, NULL, NULL, 7,
		false, "Roep de persoon op binnen de nieuwe termijn", NULL },
	{ "intake-afronden", REGISSEUR, { "oproep-verschenen" }, { "intake-afgerond" }, NULL, NULL,
		VOOR_PIP, false, "Neem de brede intake af en rond die af", NULL },
	{ "pip-vaststellen", REGISSEUR, { "intake-afgerond" }, { "pip-vastgesteld" }, NULL, NULL,
		VOOR_PIP, false, "Stel het PIP op en stel het vast", NULL },
	{ "pip-vaststellen", REGISSEUR, { "pip-ingetrokken" }, { NULL }, NULL, NULL, VOOR_PIP,
		false, "Het PIP is ingetrokken; stel een nieuw PIP vast", NULL },
	{ "aanbod-doen", REGISSEUR, { "pip-vastgesteld" },
		{ "aanbod-vastgelegd", "plicht-beeindigd" }, NULL, "dagtekening", VOOR_AANBOD,
		false, "Regel een cursus of traject", NULL },
	{ "gesprek-voeren", REGISSEUR, { "gesprek-gepland" },
		{ "gesprek-gehouden", "gesprek-gemist", "gesprek-afgezegd" }, NULL, "datum", 0,
		true, "Voer het voortgangsgesprek", NULL },
	{ "gesprek-gemist", HANDHAVER, { "gesprek-gemist" }, { "overtreding-vastgesteld" }, NULL,
		NULL, 14, true, "Beoordeel waarom de persoon niet op het gesprek kwam", NULL },
	{ "duo-weigert", REGISSEUR, { "melding-geweigerd" }, MELDING_KLAAR, NULL, NULL, 3, true,
		"DUO weigert een bericht; verbeter het en verzend opnieuw", NULL },
	{ "duo-dood", REGISSEUR, { "melding-dood" }, MELDING_KLAAR, NULL, NULL, 3, true,
		"Een bericht komt niet aan bij DUO; verzend het opnieuw of typ het over in het "
		"DUO-portaal",
		NULL },
	{ "duo-verschil", REGISSEUR, { "verschil-gevonden" },
		{ "verschil-besloten", "verschil-opgelost" }, NULL, NULL, 14, true,
		"Het dossier en DUO verschillen; kies hoe dat wordt hersteld", NULL },
	{ "traject-afronden", REGISSEUR, { "traject-voltooid" }, { "plicht-beeindigd" }, NULL, NULL,
		28, false, "Alle onderdelen zijn klaar; controleer de afronding bij DUO", NULL },

	/* what DUO tells */
	{ "aow-nadert", REGISSEUR, { "SS128" }, { NULL }, NULL, "datum", 14, false,
		"De persoon bereikt binnen zes maanden de AOW-leeftijd; bespreek wat nog past",
		NULL },
	{ "plicht-hervat", REGISSEUR, { "SS129", "SS130" }, { NULL }, NULL, "datum", 14, false,
		"De tijdelijke vrijstelling is ingetrokken; pak het traject weer op", NULL },
	{ "gevestigd", REGISSEUR, { "SS120", "SS121" }, { NULL }, NULL, "datum", 14, false,
		"De persoon komt uit een andere gemeente; controleer de dag van inschrijving en "
		"vraag het dossier op (Wi art. 35 lid 4)",
		NULL },
	{ "pip-overnemen", REGISSEUR, { "SS121" }, { "pip-vastgesteld" }, NULL, NULL, VOOR_PIP,
		false,
		"Stel een eigen PIP vast met de leerroute van de vorige gemeente (Bi art. 5.3 lid "
		"3)",
		ZONDER_PIP },
	{ "doelgroep-gewijzigd", REGISSEUR, { "SS124", "SS125" }, { NULL }, NULL, "datum", 14,
		false, "De doelgroep is gewijzigd; kijk wat dat doet met PIP en aanbod", NULL },
	{ "tijdelijk-vrijgesteld", REGISSEUR, { "SS109" }, { "SS129", "SS130" }, NULL, "datum", 14,
		false, "De persoon is tijdelijk vrijgesteld; pas de afspraken aan", NULL },
	{ "lbt-afnemen", REGISSEUR, { "SS137" }, { "lbt-uitslag" }, NULL, "datum", 28, false,
		"De persoon is aangemeld voor de leerbaarheidstoets; neem die af", NULL },
	{ "verlenging-aangevraagd", REGISSEUR, { "SS112" }, { "SS104", "SS113" }, NULL, "datum", 14,
		false,
		"De persoon vraagt DUO om verlenging; geef desgevraagd een verklaring over het "
		"aanbod (Ri art. 4.1)",
		NULL },
	{ "verlenging-afgewezen", REGISSEUR, { "SS113" }, { NULL }, NULL, "datum", 14, false,
		"DUO wijst de verlenging af; bespreek wat dat betekent", NULL },
	{ "vrijstelling-afgewezen", REGISSEUR, { "SS114", "SS115", "SS116" }, { NULL }, NULL,
		"datum", 14, false, "DUO wijst een vrijstelling af; bespreek hoe het verder gaat",
		NULL },
	{ "vrijstelling-verwerken", REGISSEUR, { "SS117" }, { NULL }, NULL, "datum", 14, false,
		"De persoon is van een onderdeel vrijgesteld; pas PIP en aanbod aan", NULL },
	{ "ontheffing-afgewezen", REGISSEUR, { "SS118" }, { NULL }, NULL, "datum", 14, false,
		"DUO wijst een ontheffing af; bespreek hoe het verder gaat", NULL },
	{ "ontheffing-verwerken", REGISSEUR, { "SS119" }, { NULL }, NULL, "datum", 14, false,
		"De persoon is van een onderdeel ontheven; pas PIP en aanbod aan", NULL },
	{ "dossier-afsluiten", REGISSEUR, { "SS106", "SS107", "SS108", "SS110" },
		{ "plicht-geldt" }, NULL, "datum", 28, false,
		"De plicht is voorbij; beëindig begeleiding en aanbod", OOK_NA_EINDE },
	{ "overleden", REGISSEUR, { "SS111" }, { NULL }, NULL, "datum", 2, false,
		"De persoon is overleden; stop afspraken, brieven en aanbod", OOK_NA_EINDE },
	{ "dossier-overdragen", REGISSEUR, { "SS122", "overdracht-aangekondigd" },
		{ "overdracht-afgerond" }, NULL, "datum", 14, false,
		"De persoon is verhuisd: maak het dossier compleet en draag het over (Wi art. 35 "
		"lid 4)",
		VERTROKKEN },
	{ "vertrek-afronden", REGISSEUR, { "SS123" }, { NULL }, NULL, "datum", 14, false,
		"De persoon is naar het buitenland vertrokken: maak het dossier compleet en sluit "
		"het af",
		VERTROKKEN },
	{ "geen-leerroute", TEAMLEIDER, { "SS126" }, { "pip-vastgesteld" }, NULL, "datum", 7, false,
		"De tien weken zijn voorbij zonder leerroute; laat het PIP vaststellen",
		ZONDER_PIP },
	{ "geen-aanbod", TEAMLEIDER, { "SS127" }, { "aanbod-vastgelegd" }, NULL, "datum", 7, false,
		"DUO ziet een leerroute zonder aanbod; laat een aanbod doen (Wi art. 16)", NULL },
	{ "contract-past-niet", REGISSEUR, { "SS132", "SS133", "SS135", "SS136" }, { NULL }, NULL,
		"datum", 14, false,
		"Het cursuscontract past niet bij het PIP; bespreek dat met persoon en school",
		NULL },
	{ "advies-geven", TEAMLEIDER, { "SS140" }, { NULL }, NULL, "datum", 28, false,
		"Geef DUO advies over bijzondere individuele omstandigheden (Bi art. 2.8)", NULL },
	{ "certificaat-uitreiken", REGISSEUR, { "SS141" }, { NULL }, NULL, "datum", 14, false,
		"Reik het certificaat van de Z-route persoonlijk uit (Ri art. 3.18)",
		OOK_NA_EINDE },
	{ "pip-herzien", REGISSEUR, { "SS142" }, { NULL }, NULL, "datum", 28, false,
		"De niet-vrijstellende opleiding is beëindigd; bekijk of het PIP nog past", NULL },
	{ "duo-signaal", REGISSEUR, { "duo-signaal" }, { NULL }, NULL, "datum", 14, true,
		"DUO meldt iets bij deze persoon", NULL },

	/* moves: the dossier of one gemeente to the other */
	{ "overdracht-teruggekomen", REGISSEUR, { "overdracht-teruggekomen" },
		{ "overdracht-afgerond" }, NULL, NULL, 14, false,
		"De nieuwe gemeente weigert het dossier; lees waarom en bied het opnieuw aan",
		NULL },
	{ "overdracht-beoordelen", REGISSEUR, { "overdracht-aangeboden" },
		{ "overdracht-geaccepteerd", "overdracht-geweigerd", "overdracht-ingetrokken" },
		NULL, NULL, 14, true,
		"De vorige gemeente biedt het dossier aan; accepteer of weiger het", NULL },
};

#define TAAKSOORT_COUNT (sizeof(taaksoorten) / sizeof(*taaksoorten))

static bool same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

/* What the table calls the event: its type, or DUO's code. */
static const char *name_of(const struct event *ev)
{
	return same(ev->type, "duo-attentie") ? event_text(ev, "gebeurtenisId") : ev->type;
}

static bool names(const char *const list[4], const struct event *ev)
{
	for (int i = 0; i < 4 && list[i]; i++)
		if (same(list[i], name_of(ev)))
			return true;
	return false;
}

static bool opens(const struct taaksoort *t, const struct event *ev)
{
	const char *step = event_text(ev, "volgendeStap");

	if (!names(t->opens, ev))
		return false;
	if (same(t->soort, "oproep-na-boete") && !same(event_text(ev, "artikel"), "22"))
		return false;
	return !t->only || (step && strncmp(step, t->only, strlen(t->only)) == 0);
}

/* Nothing that happens closes it: a person says that it is done. */
bool taak_is_handmatig(const char *soort)
{
	for (size_t i = 0; i < TAAKSOORT_COUNT; i++)
		if (same(taaksoorten[i].soort, soort))
			return !taaksoorten[i].closes[0] ||
			       !strncmp(taaksoorten[i].opens[0], "SS", 2);
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

	store_taak_openen(b, &(struct nieuwe_taak){
				     .dossier = ev->inburgeraar,
				     .soort = t->soort,
				     .rol = t->rol,
				     .wanneer = t->when,
				     .onderwerp = t->per_subject ? ev->onderwerp : NULL,
				     .omschrijving = !more ? t->omschrijving
							   : arena_printf(b->req->arena, "%s: %s",
								     t->omschrijving, more),
				     .uiterlijk = deadline(b->req, t, ev),
				     .zonder_klok = planning_pip(b->req->today),
			     });
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

		if (names(t->closes, ev))
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

/* Kinds of tasks that outlive the plicht, as an array of SQL. */
static const char *kinds_after_end(struct batch *b)
{
	struct buffer kinds;

	buffer_init(&kinds, b->req->arena);
	for (size_t i = 0; i < TAAKSOORT_COUNT; i++)
		if (same(taaksoorten[i].when, OOK_NA_EINDE))
			buffer_printf(&kinds, "%c%s", kinds.len ? ',' : '{', taaksoorten[i].soort);
	buffer_putc(&kinds, '}');
	return kinds.data;
}

static void on_einde(struct batch *b, const struct event *ev)
{
	int op = batch_add(b, Q_DOSSIER_EINDE, NULL, NULL);

	batch_bind(b, op, "dossier", ev->inburgeraar);
	batch_bind(b, op, "datum", event_text(ev, "datum"));
	batch_bind(b, op, "reden", event_text(ev, "reden"));
	batch_bind(
		b, op, "fase", same(event_text(ev, "wijze"), "voldaan") ? "voldaan" : "beeindigd");
	op = batch_add(b, Q_TAKEN_OPRUIMEN, NULL, NULL);
	batch_bind(b, op, "dossier", ev->inburgeraar);
	batch_bind(b, op, "behalve", kinds_after_end(b));
}

/* There is a plicht: what ended it before is undone, and so is the clearing of the worklist. */
static void on_plicht(struct batch *b, const struct event *ev)
{
	int op = batch_add(b, Q_DOSSIER_HERSTELLEN, NULL, NULL);

	batch_bind(b, op, "dossier", ev->inburgeraar);
	op = batch_add(b, Q_TAKEN_HERSTELLEN, NULL, NULL);
	batch_bind(b, op, "dossier", ev->inburgeraar);
}

static void on_vertrek(struct batch *b, const struct event *ev)
{
	int op = batch_add(b, Q_DOSSIER_VERTROKKEN, NULL, NULL);

	batch_bind(b, op, "dossier", ev->inburgeraar);
	batch_bind(b, op, "datum", event_text(ev, "datum"));
	batch_bind(b, op, "geregistreerd", event_text(ev, "geregistreerd"));
}

static void on_attentie(struct batch *b, const struct event *ev)
{
	if (same(name_of(ev), "SS122") || same(name_of(ev), "SS123"))
		on_vertrek(b, ev);
}

static void on_aanmelding(struct batch *b, const struct event *ev)
{
	int op = batch_add(b, Q_DOSSIER_EXAMENNUMMER, NULL, NULL);

	batch_bind(b, op, "dossier", ev->inburgeraar);
	batch_bind(b, op, "examennummer", event_text(ev, "examennummer"));
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

static void on_overgedragen(struct batch *b, const struct event *ev)
{
	int op = batch_add(b, Q_DOSSIER_OVERGEDRAGEN, NULL, NULL);

	batch_bind(b, op, "dossier", ev->inburgeraar);
	op = batch_add(b, Q_TAKEN_AFSLUITEN, NULL, NULL);
	batch_bind(b, op, "dossier", ev->inburgeraar);
}

static const struct {
	const char *type;
	void (*change)(struct batch *b, const struct event *ev);
} changes[] = {
	{ "oproep-verstuurd", on_oproep },
	{ "lbt-aangemeld", on_aanmelding },
	{ "lbt-uitslag", on_lbt },
	{ "pip-vastgesteld", on_pip },
	{ "pip-ingetrokken", on_pip_weg },
	{ "termijn-vastgesteld", on_termijn },
	{ "plicht-beeindigd", on_einde },
	{ "plicht-geldt", on_plicht },
	{ "duo-attentie", on_attentie },
	{ "boete-opgelegd", on_boete },
	{ "boete-ingetrokken", on_boete },
	{ "overdracht-aangekondigd", on_vertrek },
	{ "overdracht-afgerond", on_overgedragen },
	{ "overdracht-overgenomen", overdracht_noteren },
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

/* SS120 and SS121: the person came from another gemeente. DUO does not say on which day: that of
 * its registration stands until somebody knows better. */
static struct date settled(const struct event *ev)
{
	const char *code = event_text(ev, "gebeurtenisId");

	return same(code, "SS120") || same(code, "SS121") ? event_date(ev, "datum") : DATE_NONE;
}

static void bind_arrival(struct batch *b, int op, const struct event *ev, bool runs)
{
	struct date day = settled(ev);

	batch_bind_date(b, op, "vestiging", day);
	batch_bind(b, op, "aankomst",
		runs || date_is_set(day) ? event_text(ev, "geregistreerd") : NULL);
}

static void add_dossier(struct batch *b, const struct event *ev, bool runs,
	const struct inburgeraar *dossier, const struct pip_termijn_io *klok)
{
	const char *new_id = req_uuid(b->req);
	int op = batch_add(b, Q_DOSSIER_VAN_DUO, NULL, NULL);

	batch_bind(b, op, "gezien",
		dossier->id ? arena_printf(b->req->arena, "%lld", (long long)dossier->versie)
			    : NULL);
	batch_bind(b, op, "nieuw_id", new_id);
	batch_bind(b, op, "klok_loopt", runs ? "true" : "false");
	bind_arrival(b, op, ev, runs);
	batch_bind_date(b, op, "pip_uiterlijk", klok->out.uiterlijk);
	batch_bind(b, op, "persoon", ev->onderwerp);
	batch_bind(b, op, "trace", b->req->trace_id);
	store_klok_houden(b, klok, ev->gemeente, dossier->id ? dossier->id : new_id);
}

enum status job_kennisgeving(struct req *req, const struct event *ev)
{
	bool runs = same(event_text(ev, "gebeurtenisId"), "SS139");
	struct inburgeraar dossier;
	struct pip_termijn_io klok;
	struct list redenen;
	struct batch b;
	int op;

	TRY(store_klok_van_persoon(req, ev, settled(ev), &dossier, &redenen));
	add_facts(ev, runs, &dossier);
	klok_berekenen(req, &dossier, klok_derde(&redenen), &klok);
	batch_init(&b, req);
	batch_claim(&b);
	add_dossier(&b, ev, runs, &dossier, &klok);
	op = batch_add(&b, Q_TAKEN_VAN_VERTREK, NULL, NULL);
	batch_bind(&b, op, "persoon", ev->onderwerp);
	brp_vraag_van_persoon_add(&b, ev->onderwerp);
	if (date_is_set(settled(ev)))
		overdracht_bij_aankomst(&b, ev);
	op = batch_add(&b, Q_TAAK_EERSTE_OPROEP, NULL, NULL);
	batch_bind(&b, op, "nieuw_id", req_uuid(req));
	batch_bind(&b, op, "omschrijving", "Roep de persoon op voor de brede intake");
	batch_bind_date(&b, op, "uiterlijk", planning_eerste_oproep(req->today));
	batch_bind(&b, op, "persoon", ev->onderwerp);
	return batch_run(&b);
}

/* ---- the table of tasks, for docs/duo.md ---- */

static void print_words(const char *const *words, size_t count)
{
	for (size_t i = 0; i < count && words[i]; i++)
		printf("%s%s", i ? ", " : "", words[i]);
	if (!words[0])
		fputs("a person says that it is done", stdout);
}

static void print_deadline(const struct taaksoort *t)
{
	if (t->days == VOOR_PIP)
		fputs("the day on which the PIP is due", stdout);
	else if (t->days == VOOR_AANBOD)
		fputs("the day on which the aanbod is due", stdout);
	else
		printf("%d day%s after %s%s%s", t->days, t->days == 1 ? "" : "s",
			t->deadline ? "`" : "", t->deadline ? t->deadline : "today",
			t->deadline ? "`" : "");
}

void taken_print(void)
{
	puts("| opened by | task | for whom | by when | closed by |\n|---|---|---|---|---|");
	for (size_t i = 0; i < sizeof(taaksoorten) / sizeof(*taaksoorten); i++) {
		const struct taaksoort *t = &taaksoorten[i];

		fputs("| ", stdout);
		print_words(t->opens, sizeof(t->opens) / sizeof(*t->opens));
		printf(" | %s | %s | ", t->omschrijving, t->rol);
		print_deadline(t);
		fputs(" | ", stdout);
		print_words(t->closes, sizeof(t->closes) / sizeof(*t->closes));
		puts(" |");
	}
}
