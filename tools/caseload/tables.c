/* SPDX-License-Identifier: EUPL-1.2
 * What each table holds of a person, in the order of the foreign keys. */
#include <stdio.h>
#include <string.h>

#include "app/arena.h"
#include "app/crypto.h"
#include "caseload.h"

/* What draws and ids are for: the number makes them differ. */
enum {
	ID_OPROEP = 1,
	ID_ONDERWERP = 10,
	ID_LBT = 20,
	ID_TAAK,
	ID_PIP,
	ID_AANBOD,
	ID_TRAJECT,
	ID_GESPREK = 40,
	ID_UREN = 60,
	ID_EXAMEN = 80,
	ID_AFRONDING = 90,
	ID_OVERTREDING = 100,
	ID_DUO = 110,
	ID_SIMULATOR
};
enum {
	D_BEWIJS = 100,
	D_VERSCHENEN,
	D_ANTWOORD,
	D_LBT,
	D_INTENSITEIT,
	D_INSTELLING,
	D_UREN,
	D_EXAMEN = 120,
	D_GESPREK = 130,
	D_OVERTREDING = 150,
	D_CONTACT
};

#define NEXT_TALK 9 /* number of the talk that is planned */

static const char *const routes[] = { NULL, "B", "O", "Z" };
static const char *const levels[] = { NULL, "A2", "B1", "B2" };
static const char *const fasen[] = { "aangemeld", "intake", "pip", "traject", "voldaan",
	"beeindigd" };

static bool completed(const struct person *p)
{
	return p->fase == VOLDAAN;
}

/* The day the person's progress has come to. */
static struct date progress_end(const struct plan *plan, const struct person *p)
{
	return date_is_set(p->plicht_einde) ? p->plicht_einde : plan->today;
}

static struct date earlier(struct date a, struct date b)
{
	return date_compare(a, b) < 0 ? a : b;
}

static int months_done(const struct plan *plan, const struct person *p)
{
	return (progress_end(plan, p).day - p->termijn_begin.day) / 30;
}

static void keys(const struct person *p, int what)
{
	cell_uuid(person_uuid(p, what));
	cell(p->gemeente->code);
	cell_uuid(p->id);
}

static void cell_bsn(const struct person *p)
{
	struct arena arena;

	arena_init(&arena);
	cell(text_seal(&arena, p->bsn));
	cell(bsn_hash(&arena, p->bsn));
	arena_finish(&arena);
}

/* ---- core ---- */

static void emit_gemeenten(const struct plan *plan)
{
	(void)plan;
	for (const struct gemeente *g = gemeenten; g->code; g++) {
		cell(g->code);
		cell(g->naam);
		cell(g->oin);
		cell(g->regio);
		row_end();
	}
}

static void emit_medewerkers(const struct plan *plan)
{
	char email[80];

	(void)plan;
	for (const struct medewerker *m = medewerkers; m->sub; m++) {
		cell_uuid(staff_uuid(m->sub));
		cell(m->sub);
		cell(m->naam);
		snprintf(email, sizeof(email), "%s@example.test", m->sub);
		cell(email);
		cell("0900-0000");
		cell(m->rollen);
		cell(m->gemeenten);
		row_end();
	}
}

/* ---- intake ---- */

static void emit_inburgeraar(const struct plan *plan, const struct person *p)
{
	char text[64];

	(void)plan;
	cell_uuid(p->id);
	cell(p->gemeente->code);
	cell_bsn(p);
	cell(p->v_nummer);
	cell(p->voornaam);
	cell(p->achternaam);
	cell_date(p->geboortedatum);
	cell(doelgroep_values[p->doelgroep - 1]);
	cell(p->herkomst->taal);
	snprintf(text, sizeof(text), "06%08d", draw(p, D_CONTACT, 100000000));
	cell(text);
	snprintf(text, sizeof(text), "inburgeraar%ld@example.test", p->number);
	cell(text);
	cell_uuid(staff_uuid(p->regisseur->sub));
	cell(fasen[p->fase]);
	cell_date(p->kennisgeving);
	cell_date(p->brp);
	cell_date(p->pip_uiterlijk);
	cell_date(p->intake);
	cell(date_is_set(p->intake) ? "gesprek" : NULL);
	cell(routes[p->leerroute]);
	cell_date(p->pip);
	cell_date(p->pip);
	cell_date(p->termijn_begin);
	cell_date(p->termijn_einde);
	cell_date(p->plicht_einde);
	cell(!date_is_set(p->plicht_einde) ? NULL : completed(p) ? "SS106" : "SS108");
	row_end();
}

/* Who is in the intake still has an open oproep, in half of the cases. */
static bool called_up(const struct person *p)
{
	return date_is_set(p->intake) || (p->fase == INTAKE && draw(p, D_BEWIJS, 2) == 0);
}

static struct date appointment(const struct plan *plan, const struct person *p)
{
	return date_is_set(p->intake) ? p->intake
				      : date_add_days(plan->today, 3 + draw(p, D_VERSCHENEN, 14));
}

static struct date next_talk(const struct plan *plan, const struct person *p)
{
	return date_add_days(plan->today, 7 + draw(p, D_GESPREK, 60));
}

static void emit_oproep(const struct plan *plan, const struct person *p)
{
	bool done = date_is_set(p->intake);
	struct date day = appointment(plan, p);

	if (!called_up(p))
		return;
	keys(p, ID_OPROEP);
	cell_number(1);
	cell("oproep");
	cell_date(day);
	cell("10:00");
	cell("Stadhuis");
	cell_date(day);
	cell("f");
	cell(done ? "afgerond" : "verzonden");
	cell_date(date_add_days(day, -17));
	cell("Post, kopie in het dossier");
	cell(done ? "verschenen" : NULL);
	cell(NULL);
	cell("[\"Wi art. 14 lid 1\"]");
	cell("De gemeente roept de inburgeraar op voor de brede intake.");
	row_end();
}

static void emit_onderwerpen(const struct plan *plan, const struct person *p)
{
	static const struct {
		const char *name, *answers[3];
	} topics[] = {
		{ "opleiding-en-werk",
			{ "{\"opleiding\":\"basisschool\",\"werk\":\"geen\"}",
				"{\"opleiding\":\"middelbare school\",\"werk\":\"winkel\"}",
				"{\"opleiding\":\"universiteit\",\"werk\":\"onderwijs\"}" } },
		{ "taal", { "{\"talen\":\"moedertaal\",\"schrift\":\"ander schrift\"}",
				  "{\"talen\":\"moedertaal en Engels\",\"schrift\":\"Latijns\"}",
				  "{\"talen\":\"moedertaal en Frans\",\"schrift\":\"Latijns\"}" } },
		{ "motivatie", { "{\"doel\":\"werk\"}", "{\"doel\":\"opleiding\"}",
				       "{\"doel\":\"gezin\"}" } },
	};

	(void)plan;
	for (int i = 0; date_is_set(p->intake) && i < 3; i++) {
		keys(p, ID_ONDERWERP + i);
		cell(topics[i].name);
		cell(topics[i].answers[draw(p, D_ANTWOORD + i, 3)]);
		cell("gesprek");
		cell(p->herkomst->taal);
		row_end();
	}
}

static bool b1_within_reach(const struct person *p)
{
	return p->leerroute ? p->leerroute != ROUTE_Z : draw(p, D_LBT, 3) > 0;
}

/* Points in hundredths; 28 of 40 passes (law.md 2). */
static void emit_lbt(const struct plan *plan, const struct person *p)
{
	bool high = b1_within_reach(p);

	(void)plan;
	if (!date_is_set(p->intake))
		return;
	keys(p, ID_LBT);
	cell_date(date_add_days(p->intake, -1));
	cell(high ? "b1-haalbaar" : "b1-niet-haalbaar");
	cell_number(high ? 2800 + draw(p, D_LBT, 1200) : 900 + draw(p, D_LBT, 1800));
	cell_number(2800);
	cell("duo");
	row_end();
}

/* What waits for the regisseur, by phase; kinds as in services/intake/jobs.c. */
static void emit_taak(const struct plan *plan, const struct person *p)
{
	bool called = called_up(p);
	struct date due = p->pip_uiterlijk;
	const char *kind = "oproep-sturen", *what = "Roep de persoon op voor de brede intake";
	struct uuid subject = p->id;

	if (p->fase > TRAJECT)
		return;
	if (p->fase == TRAJECT) {
		kind = "gesprek-voeren";
		what = "Voer het voortgangsgesprek";
		due = next_talk(plan, p);
		subject = person_uuid(p, ID_GESPREK + NEXT_TALK);
	} else if (p->fase == PIP) {
		kind = "pip-vaststellen";
		what = "Stel het PIP op en stel het vast";
	} else if (called) {
		kind = "oproep-uitkomst";
		what = "Leg vast of de persoon op de oproep is gekomen";
		due = date_add_days(appointment(plan, p), 1);
		subject = person_uuid(p, ID_OPROEP);
	}
	keys(p, ID_TAAK);
	cell(kind);
	cell_uuid(subject);
	cell(what);
	cell_date(date_is_set(due) ? due : date_add_days(p->kennisgeving, 70));
	cell_uuid(staff_uuid(p->regisseur->sub));
	row_end();
}

/* ---- learning-routes ---- */

static const struct {
	const char *number, *name, *place;
	bool tst;
} schools[] = {
	{ "1000000001", "Taalhuis Delta", "Waterstad", false },
	{ "1000000002", "Samen Leren", "Lagedorp", false },
	{ "1000000003", "Mbo Hogeveld Taal", "Hogeveld", true },
	{ "1000000004", "Nieuw Begin Taalschool", "Waterstad", false },
};

static void emit_schools(const struct plan *plan)
{
	(void)plan;
	for (size_t i = 0; i < sizeof(schools) / sizeof(*schools); i++) {
		cell(schools[i].number);
		cell(schools[i].name);
		cell(schools[i].place);
		cell("t");
		cell(schools[i].tst ? "t" : "f");
		row_end();
	}
}

/* Estimated hours in the B1-route; 0: not asked. */
static int intensity(const struct person *p)
{
	bool b_asylum = p->leerroute == ROUTE_B && p->doelgroep == DOELGROEP_ASIEL;

	return b_asylum ? 300 + draw(p, D_INTENSITEIT, 700) : 0;
}

static void emit_pip(const struct plan *plan, const struct person *p)
{
	(void)plan;
	if (!p->leerroute)
		return;
	keys(p, ID_PIP);
	cell_number(1);
	cell("vastgesteld");
	cell(routes[p->leerroute]);
	cell(levels[p->niveau]);
	cell_date(p->pip);
	if (intensity(p))
		cell_number(intensity(p));
	else
		cell(NULL);
	cell_number(12);
	cell_number(p->leerroute == ROUTE_O ? 0 : 40);
	cell_number(p->leerroute == ROUTE_Z ? 8 : 6);
	cell("Begeleiding door de regisseur");
	cell(p->leerroute == ROUTE_Z ? "A" : "NVT");
	cell("f");
	cell(p->leerroute == ROUTE_O ? "t" : "f");
	cell(p->leerroute == ROUTE_O ? "t" : "f");
	cell(p->leerroute == ROUTE_Z ? "f" : "t");
	cell("t");
	cell("Past bij de intake en de leerbaarheidstoets.");
	cell(p->leerroute == ROUTE_Z ? "b1-niet-haalbaar" : "b1-haalbaar");
	cell(p->leerroute == ROUTE_Z      ? "[\"Wi art. 9\"]"
		: p->leerroute == ROUTE_O ? "[\"Wi art. 8\"]"
					  : "[\"Wi art. 7\"]");
	cell("geaccepteerd");
	cell_date(date_add_days(p->pip, 42));
	cell_uuid(staff_uuid(p->regisseur->sub));
	row_end();
}

static void emit_aanbod(const struct plan *plan, const struct person *p)
{
	struct date start = date_add_days(p->pip, 21);

	if (!p->leerroute || p->doelgroep != DOELGROEP_ASIEL ||
		date_compare(start, plan->today) > 0)
		return;
	keys(p, ID_AANBOD);
	cell(schools[p->leerroute == ROUTE_O ? 2 : draw(p, D_INSTELLING, 4)].number);
	cell_date(date_add_days(p->pip, 7));
	cell_date(start);
	cell(NULL);
	cell_number(12);
	cell("geaccepteerd");
	row_end();
}

/* ---- progress ---- */

static void emit_traject(const struct plan *plan, const struct person *p)
{
	(void)plan;
	if (!p->leerroute)
		return;
	keys(p, ID_TRAJECT);
	cell("duo");
	cell_date(p->termijn_begin);
	cell_date(p->termijn_einde);
	cell_date(completed(p) ? p->plicht_einde : DATE_NONE);
	row_end();
}

static void emit_gesprek(const struct person *p, int i, struct date day, bool planned)
{
	bool missed = !planned && draw(p, D_GESPREK + i, 100) < 8;

	keys(p, ID_GESPREK + i);
	cell_date(day);
	cell(draw(p, D_GESPREK + i, 2) ? "09:30" : "14:00");
	cell("Stadhuis");
	cell("Voortgang");
	cell(planned ? "gepland" : missed ? "niet-verschenen" : "gehouden");
	cell(missed ? "f" : NULL);
	cell(planned || missed ? NULL : "Besproken hoe het gaat met les en participatie.");
	cell_uuid(staff_uuid(p->regisseur->sub));
	row_end();
}

/* Twice a year, and the next one planned. */
static void emit_gesprekken(const struct plan *plan, const struct person *p)
{
	struct date end = progress_end(plan, p), day;

	if (!p->leerroute)
		return;
	day = date_add_days(p->termijn_begin, 90);
	for (int i = 0; date_compare(day, end) < 0 && i < NEXT_TALK;
		i++, day = date_add_days(day, 180))
		emit_gesprek(p, i, day, false);
	if (p->fase == TRAJECT)
		emit_gesprek(p, NEXT_TALK, next_talk(plan, p), true);
}

static void emit_uren_row(const struct person *p, int id, const char *kind, struct date from,
	struct date to, int hours)
{
	keys(p, ID_UREN + id);
	cell(kind);
	cell_date(from);
	cell_date(to);
	cell_number(hours);
	cell_number(draw(p, D_UREN + id, 12));
	cell_number(draw(p, D_UREN + id, 100) < 15 ? draw(p, D_UREN + id, 10) : 0);
	row_end();
}

static bool participates(const struct person *p)
{
	return p->leerroute == ROUTE_Z && p->doelgroep == DOELGROEP_ASIEL;
}

/* The last day of the half year of hours that begins at `from`. */
static struct date half_year(const struct plan *plan, const struct person *p, struct date from)
{
	return earlier(date_add_days(from, 181), progress_end(plan, p));
}

static int course(const struct plan *plan, const struct person *p, struct date from)
{
	if (completed(p) && p->leerroute == ROUTE_Z)
		return 450;
	return 1 + (half_year(plan, p, from).day - from.day) * (8 + draw(p, D_UREN, 4)) / 7;
}

static int participation(const struct plan *plan, const struct person *p, struct date from)
{
	if (!participates(p))
		return 0;
	return completed(p) ? 450 : 1 + (half_year(plan, p, from).day - from.day);
}

/* Course hours per half year; PVT and, but for the onderwijsroute, MAP in the first year. */
static void emit_uren(const struct plan *plan, const struct person *p)
{
	struct date end, from;
	int i;

	if (!p->leerroute)
		return;
	end = progress_end(plan, p);
	from = date_add_days(p->termijn_begin, 21);
	for (i = 0; date_compare(from, end) < 0 && i < 6; i++, from = date_add_days(from, 182)) {
		struct date to = half_year(plan, p, from);

		emit_uren_row(p, i, "cursus", from, to, course(plan, p, from));
		if (participates(p))
			emit_uren_row(
				p, 6 + i, "participatie", from, to, participation(plan, p, from));
	}
	from = date_add_days(p->termijn_begin, 21);
	if (months_done(plan, p) >= 6)
		emit_uren_row(p, 12, "pvt", from, date_add_days(from, 60), 12);
	if (months_done(plan, p) >= 8 && p->leerroute != ROUTE_O)
		emit_uren_row(p, 13, "map", from, date_add_days(from, 150), 40);
}

static const char *const exam_parts[] = { "KNM", "LE", "LU", "SC", "SP" };

/* Routes with exams: two thirds of those in their second year have passed something. */
static bool has_exam(
	const struct plan *plan, const struct person *p, int i, struct date *day, bool *passed)
{
	int months, after;

	if (!p->leerroute || p->leerroute == ROUTE_Z)
		return false;
	months = months_done(plan, p);
	after = completed(p) ? months * (i + 5) / 10 : 12 + 3 * i + draw(p, D_EXAMEN + i, 6);
	*passed = completed(p) || draw(p, D_EXAMEN + i, 100) < 65;
	*day = date_add_days(p->termijn_begin, after * 30);
	return after < months;
}

static const char *exam_level(const struct person *p, int i)
{
	return i == 0 ? NULL : levels[p->niveau];
}

static void emit_examens(const struct plan *plan, const struct person *p)
{
	struct date day;
	bool passed;

	for (int i = 0; i < 5; i++) {
		if (!has_exam(plan, p, i, &day, &passed))
			continue;
		keys(p, ID_EXAMEN + i);
		cell(exam_parts[i]);
		cell(exam_level(p, i));
		cell(passed ? "geslaagd" : "gezakt");
		cell_date(day);
		cell("duo");
		row_end();
	}
}

/* PVT, MAP and Z-route: what is completed, and when. */
static bool has_completed(const struct plan *plan, const struct person *p, int i, struct date *day)
{
	static const int after[] = { 7, 9, 24 };

	if (!p->leerroute || (i == 1 && p->leerroute == ROUTE_O) ||
		(i == 2 && (p->leerroute != ROUTE_Z || !completed(p))))
		return false;
	*day = date_add_days(p->termijn_begin, 30 * after[i] - 20);
	if (completed(p))
		*day = earlier(*day, date_add_days(p->plicht_einde, -7));
	return completed(p) || months_done(plan, p) >= after[i];
}

static void emit_afronding(const struct plan *plan, const struct person *p)
{
	static const char *const kinds[] = { "pvt", "map", "z-route" };
	struct date day;

	for (int i = 0; i < 3; i++) {
		if (!has_completed(plan, p, i, &day))
			continue;
		keys(p, ID_AFRONDING + i);
		cell(kinds[i]);
		cell_date(day);
		row_end();
	}
}

/* ---- enforcement ---- */

/* One in thirty of those under way missed a talk without excuse and was fined once. */
static void emit_overtreding(const struct plan *plan, const struct person *p)
{
	struct date day;

	if (p->fase != TRAJECT || months_done(plan, p) < 8 || draw(p, D_OVERTREDING, 30) > 0)
		return;
	day = date_add_days(p->termijn_begin, 90);
	keys(p, ID_OVERTREDING);
	cell("23");
	cell("begeleiding");
	cell_date(day);
	cell_date(day);
	cell("Niet verschenen bij een voortgangsgesprek");
	cell("normaal");
	cell("geconstateerd");
	cell_date(date_add_months(day, 60));
	row_end();
}

/* ---- DUO, and its player ---- */

static void emit_duo(const struct plan *plan, const struct person *p)
{
	(void)plan;
	keys(p, ID_DUO);
	cell_bsn(p);
	cell(p->v_nummer);
	cell(doelgroep_values[p->doelgroep - 1]);
	cell_date(p->kennisgeving);
	cell_date(p->kennisgeving);
	row_end();
}

/* What DUO answers about the person: the same facts as in the tables above. */
static void put_person(struct buffer *out, const struct person *p)
{
	char notice[DATE_TEXT], end[DATE_TEXT];
	bool over = date_is_set(p->plicht_einde);

	date_format(p->kennisgeving, notice);
	buffer_printf(out,
		"{\"inburgeringsplicht\":{\"indicatorInburgeringsplicht\":%s,\"begindatum\":\"%s\","
		"\"datumKennisgevingInburgeringsplicht\":\"%s\"",
		over ? "false" : "true", notice, notice);
	if (over)
		buffer_printf(out, ",\"einddatum\":\"%s\",\"redenGeenInburgeringsplicht\":\"%s\"",
			date_format(p->plicht_einde, end),
			completed(p) ? "Inburgeringsplicht voldaan" : "Volledige ontheffing");
	buffer_printf(out, "},\"doelgroep\":{\"indeling\":\"%s\",\"begindatum\":\"%s\"}",
		p->doelgroep == DOELGROEP_ASIEL ? "Asielstatushouder"
						: "Gezinsmigrant en overige migrant",
		notice);
}

static void put_pip(struct buffer *out, const struct person *p)
{
	char begin[DATE_TEXT], end[DATE_TEXT], signed_on[DATE_TEXT];

	buffer_printf(out,
		",\"inburgeringstermijn\":{\"startdatum\":\"%s\",\"einddatum\":\"%s\"},"
		"\"PIP\":{\"gemeentecode\":\"%s\",\"pip\":{\"leerroute\":\"%s\","
		"\"dagtekeningPip\":\"%s\"",
		date_format(p->termijn_begin, begin), date_format(p->termijn_einde, end),
		p->gemeente->code, routes[p->leerroute], date_format(p->pip, signed_on));
	if (p->niveau)
		buffer_printf(out, ",\"niveau\":\"%s\"", levels[p->niveau]);
	if (intensity(p))
		buffer_printf(out, ",\"geschatteIntensiteitB1Route\":%d", intensity(p));
	buffer_printf(out, ",\"indicatorAlfabetiseringsonderwijs\":\"%s\"}}",
		p->leerroute == ROUTE_Z ? "A" : "NVT");
}

static void put_exams(struct buffer *out, const struct plan *plan, const struct person *p)
{
	char text[DATE_TEXT];
	struct date day;
	bool passed, first = true;

	buffer_puts(out, ",\"lbt/resultaten\":[],\"examens/resultaten\":[");
	for (int i = 0; i < 5; i++) {
		if (!has_exam(plan, p, i, &day, &passed))
			continue;
		buffer_printf(out,
			"%s{\"examendatum\":\"%s\",\"resultaat\":\"%s\",\"onderdeel\":\"%s\"",
			first ? "" : ",", date_format(day, text), passed ? "Geslaagd" : "Gezakt",
			exam_parts[i]);
		if (exam_level(p, i))
			buffer_printf(out, ",\"niveau\":\"%s\"", exam_level(p, i));
		buffer_putc(out, '}');
		first = false;
	}
	buffer_putc(out, ']');
}

static void put_progress(struct buffer *out, const struct plan *plan, const struct person *p)
{
	static const char *const members[] = { "pvt\":{\"datumOndertekeningPvt",
		"map\":{\"datumEindgesprekMap" };
	char text[DATE_TEXT];
	struct date day;
	int lessons = 0, hours = 0, i;

	for (i = 0; i < 2; i++)
		if (has_completed(plan, p, i, &day))
			buffer_printf(out, ",\"%s\":\"%s\"}", members[i], date_format(day, text));
	if (!p->leerroute)
		return;
	day = date_add_days(p->termijn_begin, 21);
	for (i = 0; date_compare(day, progress_end(plan, p)) < 0 && i < 6; i++) {
		lessons += course(plan, p, day);
		hours += participation(plan, p, day);
		day = date_add_days(day, 182);
	}
	buffer_printf(out,
		",\"uren\":[{\"gemeentecode\":\"%s\",\"bekendTot\":\"%s\","
		"\"ParticipatieAlsTaalles\":{\"uren\":%d},"
		"\"ParticipatieactiviteitenBredeIntake\":{\"uren\":%d}}]",
		p->gemeente->code, date_format(plan->today, text), lessons, hours);
}

static const char *documents(const struct plan *plan, const struct person *p, struct arena *a)
{
	struct buffer out;

	buffer_init(&out, a);
	put_person(&out, p);
	if (p->leerroute)
		put_pip(&out, p);
	put_exams(&out, plan, p);
	put_progress(&out, plan, p);
	buffer_putc(&out, '}');
	return out.data;
}

static void emit_simulator(const struct plan *plan, const struct person *p)
{
	struct arena arena;

	arena_init(&arena);
	cell_uuid(person_uuid(p, ID_SIMULATOR));
	cell(p->bsn);
	cell(p->v_nummer);
	cell(arena_printf(&arena, "%s %s", p->voornaam, p->achternaam));
	cell(p->gemeente->code);
	cell(documents(plan, p, &arena));
	row_end();
	arena_finish(&arena);
}

#define KEYS "id, gemeente, inburgeraar_id, "

const struct table tables[] = {
	{ "core.gemeente", "code, naam, oin, regio", emit_gemeenten, NULL },
	{ "core.medewerker", "id, sub, naam, email, telefoon, rollen, gemeenten", emit_medewerkers,
		NULL },
	{ "intake.inburgeraar",
		"id, gemeente, bsn_enc, bsn_hash, v_nummer, voornamen, achternaam,"
		" geboortedatum, doelgroep, taal, telefoon, email, regisseur_id, fase, "
		"datum_kennisgeving,"
		" datum_inschrijving_brp, pip_uiterlijk, intake_afgerond_op, intake_wijze, "
		"leerroute, pip_eerste,"
		" pip_dagtekening, termijn_begin, termijn_einde, plicht_einde, plicht_einde_reden",
		NULL, emit_inburgeraar },
	{ "intake.oproep",
		KEYS "volgnummer, soort, datum, tijd, plaats, termijn, waarschuwing, status,"
		     " verzonden_op, bewijs, uitkomst, verwijtbaar, grondslag, uitleg",
		NULL, emit_oproep },
	{ "intake.intake_onderwerp", KEYS "onderwerp, antwoorden, wijze, taal", NULL,
		emit_onderwerpen },
	{ "intake.leerbaarheidstoets",
		KEYS "datum_afname, uitslag, behaalde_score, benodigde_score, bron", NULL,
		emit_lbt },
	{ "intake.taak", KEYS "soort, onderwerp, omschrijving, uiterlijk, regisseur_id", NULL,
		emit_taak },
	{ "learning_routes.cursusinstelling",
		"instellingsnummer, naam, plaats, bow_keurmerk, tst_keurmerk", emit_schools, NULL },
	{ "learning_routes.pip",
		KEYS "volgnummer, status, leerroute, niveau, dagtekening,"
		     " geschatte_intensiteit_b1_route, pvt_uren, map_uren, "
		     "aantal_voortgangsgesprekken, begeleiding,"
		     " alfabetisering, mag_opleiding_afmaken, wenst_opleiding, grote_kans_diploma,"
		     " redelijkerwijs_haalbaar_b1, onderwijsroute_onderzocht, motivering, "
		     "lbt_uitslag, grondslag,"
		     " duo_status, bezwaar_tot, vastgesteld_door",
		NULL, emit_pip },
	{ "learning_routes.aanbod",
		KEYS "instellingsnummer, datum_aanbod, datum_start, datum_einde,"
		     " uren_per_week, duo_status",
		NULL, emit_aanbod },
	{ "progress.traject", KEYS "bron, termijn_begin, termijn_einde, voltooid_op", NULL,
		emit_traject },
	{ "progress.voortgangsgesprek",
		KEYS "datum, tijd, plaats, onderwerp, status, verwijtbaar, verslag,"
		     " regisseur_id",
		NULL, emit_gesprekken },
	{ "progress.uren", KEYS "soort, van, tot, aantal, geoorloofd_verzuim, ongeoorloofd_verzuim",
		NULL, emit_uren },
	{ "progress.examenresultaat", KEYS "onderdeel, niveau, resultaat, datum, bron", NULL,
		emit_examens },
	{ "progress.afronding", KEYS "soort, datum", NULL, emit_afronding },
	{ "enforcement.overtreding",
		KEYS "artikel, gedraging, datum_overtreding, datum_constatering,"
		     " omschrijving, verwijtbaarheid, status, verjaart_op",
		NULL, emit_overtreding },
	{ "duo.persoon",
		KEYS "bsn_enc, bsn_hash, v_nummer, doelgroep, datum_kennisgeving, begin_plicht",
		NULL, emit_duo },
	{ "simulator.persoon", "id, bsn, v_nummer, naam, gemeentecode, documenten", NULL,
		emit_simulator },
	{ 0 },
};
