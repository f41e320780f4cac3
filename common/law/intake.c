/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/intake.h"

#include "law/enforcement.h"

const char *const oproep_uitkomst_values[] = { "open", "verschenen", "niet-verschenen",
	"onvoldoende-meegewerkt", NULL };
const char *const intake_volgende_values[] = { "oproepen", "afwachten", "intake-afnemen",
	"waarschuwing-en-herhaalde-oproep", "boete-art-22-1", "boete-art-22-3", "bij-verstek",
	NULL };
const char *const boete_22_artikel_values[] = { "22-1", "22-3", "22", NULL };

/* ---- the machine ---- */

const char *const intake_staat_values[] = { "op-te-roepen", "opgeroepen", "verzuimd",
	"gewaarschuwd", "herhaald-opgeroepen", "weer-verzuimd", "beboet", "opgeroepen-na-boete",
	"verzuimd-na-boete", "twee-keer-beboet", "verschenen", "afgerond", NULL };
const char *const intake_feit_values[] = { "oproep", "verschijning", "verhindering", "verzuim",
	"waarschuwing", "boete-art-22-1", "boete-art-22-3", "brede-intake", "intake-bij-verstek",
	NULL };

/* Of the history before the fact. */
enum voorwaarde { NA_VERZUIM = 1, NIET_GEWAARSCHUWD, GEWAARSCHUWD_ZONDER_BOETE, NA_BOETE, NA_TWEE };
static const char *const voorwaarden[] = { "na een verzuim", "nog niet gewaarschuwd",
	"na de waarschuwing", "na een boete", "na de tweede boete", NULL };

static const struct law_move moves[] = {
	/* the first oproep */
	{ OP_TE_ROEPEN, FEIT_OPROEP, 0, OPGEROEPEN, WIE_BEREIDT_VOOR, "Wi art. 14 lid 1",
		"met een termijn om te verschijnen" },
	{ OPGEROEPEN, FEIT_VERSCHIJNING, 0, INTAKE_VERSCHENEN, WIE_BEREIDT_VOOR, "Wi art. 14 lid 3",
		NULL },
	{ OPGEROEPEN, FEIT_VERHINDERING, 0, OP_TE_ROEPEN, WIE_BEREIDT_VOOR,
		"Wi art. 14 lid 1; Awb art. 5:41", "niet te verwijten: telt niet" },
	{ OPGEROEPEN, FEIT_VERZUIM, 0, VERZUIMD, WIE_BEREIDT_VOOR, "Wi art. 14 lid 1",
		"niet verschenen of onvoldoende meegewerkt" },
	{ OP_TE_ROEPEN, FEIT_WAARSCHUWING, NA_VERZUIM, GEWAARSCHUWD, WIE_BEREIDT_VOOR,
		"Wi art. 14 lid 1", "een latere oproep was verhinderd" },
	{ VERZUIMD, FEIT_WAARSCHUWING, 0, GEWAARSCHUWD, WIE_BEREIDT_VOOR, "Wi art. 14 lid 1",
		"schriftelijk" },
	{ VERZUIMD, FEIT_OPROEP, 0, OPGEROEPEN, WIE_BEREIDT_VOOR, "Wi art. 14 lid 1",
		"zonder waarschuwing: begint opnieuw" },
	/* the repeated one */
	{ GEWAARSCHUWD, FEIT_OPROEP, 0, HERHAALD_OPGEROEPEN, WIE_BEREIDT_VOOR, "Wi art. 14 lid 1",
		"met een nieuwe termijn" },
	{ HERHAALD_OPGEROEPEN, FEIT_VERSCHIJNING, 0, INTAKE_VERSCHENEN, WIE_BEREIDT_VOOR,
		"Wi art. 14 lid 3", NULL },
	{ HERHAALD_OPGEROEPEN, FEIT_VERHINDERING, 0, GEWAARSCHUWD, WIE_BEREIDT_VOOR,
		"Wi art. 14 lid 1; Awb art. 5:41", "niet te verwijten: telt niet" },
	{ HERHAALD_OPGEROEPEN, FEIT_VERZUIM, 0, WEER_VERZUIMD, WIE_BEREIDT_VOOR, "Wi art. 22 lid 1",
		NULL },
	{ GEWAARSCHUWD, FEIT_BOETE_22_1, NA_VERZUIM, BEBOET, WIE_BESLIST,
		"Wi art. 22 lid 1 en 2; Bi art. 7.1 lid 1", "een latere oproep was verhinderd" },
	{ WEER_VERZUIMD, FEIT_BOETE_22_1, 0, BEBOET, WIE_BESLIST,
		"Wi art. 22 lid 1 en 2; Bi art. 7.1 lid 1", "met een nieuwe termijn" },
	{ WEER_VERZUIMD, FEIT_OPROEP, 0, HERHAALD_OPGEROEPEN, WIE_BEREIDT_VOOR, "Wi art. 14 lid 1",
		"voordat over de boete is beslist" },
	/* within the new term */
	{ BEBOET, FEIT_OPROEP, 0, OPGEROEPEN_NA_BOETE, WIE_BEREIDT_VOOR, "Wi art. 22 lid 2",
		"binnen de nieuwe termijn" },
	{ OPGEROEPEN_NA_BOETE, FEIT_VERSCHIJNING, 0, INTAKE_VERSCHENEN, WIE_BEREIDT_VOOR,
		"Wi art. 14 lid 3", NULL },
	{ OPGEROEPEN_NA_BOETE, FEIT_VERHINDERING, 0, BEBOET, WIE_BEREIDT_VOOR,
		"Wi art. 22 lid 2; Awb art. 5:41", "niet te verwijten: telt niet" },
	{ OPGEROEPEN_NA_BOETE, FEIT_VERZUIM, NA_TWEE, TWEE_KEER_BEBOET, WIE_BEREIDT_VOOR,
		"Wi art. 14 lid 2", "een derde boete is er niet" },
	{ OPGEROEPEN_NA_BOETE, FEIT_VERZUIM, 0, VERZUIMD_NA_BOETE, WIE_BEREIDT_VOOR,
		"Wi art. 22 lid 3", NULL },
	{ VERZUIMD_NA_BOETE, FEIT_BOETE_22_3, 0, TWEE_KEER_BEBOET, WIE_BESLIST,
		"Wi art. 22 lid 3; Bi art. 7.1 lid 1", NULL },
	{ VERZUIMD_NA_BOETE, FEIT_OPROEP, 0, OPGEROEPEN_NA_BOETE, WIE_BEREIDT_VOOR,
		"Wi art. 22 lid 2", "voordat over de boete is beslist" },
	/* the end */
	{ TWEE_KEER_BEBOET, FEIT_VERSTEK, 0, INTAKE_AFGEROND, WIE_BEREIDT_VOOR, "Wi art. 14 lid 2",
		"na drie oproepen zonder resultaat" },
	{ TWEE_KEER_BEBOET, FEIT_OPROEP, 0, OPGEROEPEN_NA_BOETE, WIE_BEREIDT_VOOR,
		"Wi art. 14 lid 1", "verschijnen kan altijd nog" },
	{ INTAKE_VERSCHENEN, FEIT_INTAKE, 0, INTAKE_AFGEROND, WIE_BEREIDT_VOOR,
		"Wi art. 14 lid 3; Bi art. 5.2", NULL },
	{ INTAKE_VERSCHENEN, FEIT_OPROEP, NIET_GEWAARSCHUWD, OPGEROEPEN, WIE_BEREIDT_VOOR,
		"Wi art. 14 lid 1", "voor een vervolg" },
	{ INTAKE_VERSCHENEN, FEIT_OPROEP, GEWAARSCHUWD_ZONDER_BOETE, HERHAALD_OPGEROEPEN,
		WIE_BEREIDT_VOOR, "Wi art. 14 lid 1", "voor een vervolg" },
	{ INTAKE_VERSCHENEN, FEIT_OPROEP, NA_BOETE, OPGEROEPEN_NA_BOETE, WIE_BEREIDT_VOOR,
		"Wi art. 22 lid 2", "voor een vervolg" },
};

const struct law_machine machine_intake = {
	.name = "intake",
	.doc = "De oproepen voor de brede intake",
	.states = intake_staat_values,
	.events = intake_feit_values,
	.conditions = voorwaarden,
	.finals = (const int[]){ INTAKE_AFGEROND, 0 },
	.start = OP_TE_ROEPEN,
	.moves = moves,
	.count = sizeof(moves) / sizeof(*moves),
};

/* ---- how an article is written ---- */

/* The number in the digits at *text, which moves past them; -1 when there are none left. */
static int next_number(const char **text)
{
	const char *s = *text;
	int n = 0;

	while (*s && (*s < '0' || *s > '9'))
		s++;
	if (!*s)
		return -1;
	for (; *s >= '0' && *s <= '9'; s++)
		n = n < 1000 ? 10 * n + (*s - '0') : n;
	*text = s;
	return n;
}

int boete_22_artikel_read(const char *text)
{
	int artikel = next_number(&text), lid = next_number(&text);

	if (artikel != 22 || next_number(&text) >= 0)
		return 0;
	return lid == 1   ? ARTIKEL_22_1
	       : lid == 3 ? ARTIKEL_22_3
	       : lid < 0  ? ARTIKEL_22_ONBEPAALD
			  : 0;
}

/* ---- the history, folded ---- */

/* What was given on a day and not taken yet. */
struct waiting {
	int fact;
	struct date day; /* DATE_NONE: not given, or taken */
};

#define WAITING 3

struct ladder {
	int state;
	int last; /* fact that was taken last */
	int rung; /* the last warning or fine that was taken; 0: none */
	bool missed; /* a culpable no-show since */
	struct waiting waiting[WAITING];
};

static bool holds(int condition, const void *facts)
{
	const struct ladder *l = facts;

	switch (condition) {
	case NA_VERZUIM:
		return l->missed;
	case NIET_GEWAARSCHUWD:
		return !l->rung;
	case GEWAARSCHUWD_ZONDER_BOETE:
		return l->rung == FEIT_WAARSCHUWING;
	case NA_BOETE:
		return l->rung > FEIT_WAARSCHUWING;
	default:
		return l->rung == FEIT_BOETE_22_3;
	}
}

/* A fact without a move from here changes nothing. */
static bool take(struct ladder *l, int fact)
{
	const struct law_move *m = law_move_find(&machine_intake, l->state, fact, holds, l);

	if (!m)
		return false;
	l->state = m->to;
	l->last = fact;
	if (fact == FEIT_VERZUIM)
		l->missed = true;
	if (fact >= FEIT_WAARSCHUWING) {
		l->rung = fact;
		l->missed = false;
	}
	return true;
}

/* Warning and fines of `day` or before (DATE_NONE: all) that fit the state. */
static void take_waiting(struct ladder *l, struct date day)
{
	for (int i = 0; i < WAITING; i++) {
		struct waiting *w = &l->waiting[i];

		if (!date_is_set(w->day) || (date_is_set(day) && date_compare(w->day, day) > 0))
			continue;
		if (take(l, w->fact))
			w->day = DATE_NONE;
	}
}

static void take_oproep(struct ladder *l, const struct intake_oproep *o)
{
	take_waiting(l, o->datum);
	take(l, FEIT_OPROEP);
	if (o->uitkomst == VERSCHENEN)
		take(l, FEIT_VERSCHIJNING);
	else if (o->uitkomst != UITKOMST_OPEN)
		take(l, o->verwijtbaar == JA ? FEIT_VERZUIM : FEIT_VERHINDERING);
}

/* Days of the last fine of lid 1 and of lid 3. The first fine is that of lid 1 when none says so.
 */
static void find_fines(const struct intake_stap_facts *f, struct date *first, struct date *second)
{
	*first = *second = DATE_NONE;
	for (size_t i = 0; i < f->boete_count; i++) {
		int artikel = f->boetes[i].artikel;

		if (artikel == ARTIKEL_22_1 || (artikel == ARTIKEL_22_ONBEPAALD && i == 0))
			*first = f->boetes[i].datum;
		else
			*second = f->boetes[i].datum;
	}
	if (date_is_set(*first) || f->boete_count == 0)
		return;
	*first = f->boetes[0].datum;
	if (f->boete_count == 1)
		*second = DATE_NONE;
}

static struct ladder climb(const struct intake_stap_facts *f)
{
	struct ladder l = { .state = machine_intake.start,
		.waiting = { { FEIT_WAARSCHUWING, f->waarschuwing_op }, { .fact = FEIT_BOETE_22_1 },
			{ .fact = FEIT_BOETE_22_3 } } };

	find_fines(f, &l.waiting[1].day, &l.waiting[2].day);
	for (size_t i = 0; i < f->oproep_count; i++)
		take_oproep(&l, &f->oproepen[i]);
	take_waiting(&l, DATE_NONE);
	return l;
}

/* ---- the step that belongs to a state ---- */

static const struct step {
	enum intake_volgende volgende;
	const char *grondslag, *uitleg;
} steps[] = {
	[OP_TE_ROEPEN] = { STAP_OPROEPEN, "Wi art. 14 lid 1", "Roep de persoon op." },
	[OPGEROEPEN] = { STAP_AFWACHTEN, "Wi art. 14 lid 1",
		"De oproep loopt nog. Wacht de uitkomst af." },
	[VERZUIMD] = { STAP_WAARSCHUWING, "Wi art. 14 lid 1",
		"De persoon is niet gekomen of werkte niet genoeg mee. Stuur een schriftelijke"
		" waarschuwing en een nieuwe oproep." },
	[GEWAARSCHUWD] = { STAP_OPROEPEN, "Wi art. 14 lid 1",
		"De waarschuwing is gegeven. Stuur de herhaalde oproep." },
	[HERHAALD_OPGEROEPEN] = { STAP_AFWACHTEN, "Wi art. 14 lid 1",
		"De oproep loopt nog. Wacht de uitkomst af." },
	[WEER_VERZUIMD] = { STAP_BOETE_22_1, "Wi art. 22 lid 1",
		"De persoon is na de waarschuwing weer niet gekomen of werkte niet genoeg mee." },
	[BEBOET] = { STAP_OPROEPEN, "Wi art. 22 lid 2",
		"De boete is opgelegd. Roep de persoon op binnen de nieuwe termijn." },
	[OPGEROEPEN_NA_BOETE] = { STAP_AFWACHTEN, "Wi art. 22 lid 2",
		"De oproep loopt nog. Wacht de uitkomst af." },
	[VERZUIMD_NA_BOETE] = { STAP_BOETE_22_3, "Wi art. 22 lid 3",
		"De persoon is na de boete weer niet gekomen of werkte niet genoeg mee." },
	[TWEE_KEER_BEBOET] = { STAP_BIJ_VERSTEK, "Wi art. 14 lid 2",
		"Na drie oproepen zonder resultaat maakt de gemeente de intake af zonder de"
		" persoon." },
	[INTAKE_VERSCHENEN] = { STAP_INTAKE_AFNEMEN, "Wi art. 14 lid 3",
		"De persoon is gekomen. Neem de brede intake af." },
};

static void add_fine(const struct intake_stap_facts *f, struct intake_stap *out)
{
	struct basis *b = &out->basis;
	char words[DATE_WORDS];

	out->bedrag = basis_value(b, BOETE_22_BEDRAG, f->vandaag);
	basis_say(b, "Een boete van %lld euro is mogelijk. Een medewerker beslist.",
		out->bedrag / 100);
	if (out->volgende != STAP_BOETE_22_1)
		return;
	basis_add(b, law_article(BOETE_22_TERMIJN, f->vandaag));
	out->nieuwe_termijn_uiterlijk = nieuwe_termijn_uiterlijk(f->vandaag);
	basis_say(b, "Daarbij hoort een nieuwe termijn tot uiterlijk %s.",
		date_in_words(out->nieuwe_termijn_uiterlijk, words));
}

/* While the outcome is awaited there is an oproep: is its last day over? */
static bool is_overdue(const struct intake_stap_facts *f)
{
	return date_compare(f->vandaag, f->oproepen[f->oproep_count - 1].termijn) > 0;
}

void intake_stap(const struct intake_stap_facts *f, struct intake_stap *out)
{
	struct ladder l = climb(f);
	const struct step *s = &steps[l.state];
	struct basis *b = &out->basis;

	*out = (struct intake_stap){ .volgende = (int)s->volgende,
		.bedrag = LAW_NONE,
		.nieuwe_termijn_uiterlijk = DATE_NONE };
	basis_init(b);
	basis_add(b, s->grondslag);
	if (f->oproep_count == 0)
		basis_say(b, "Er is nog geen oproep.");
	if (l.last == FEIT_VERHINDERING)
		basis_say(b, "De persoon kon er niets aan doen.");
	basis_say(b, "%s",
		s->volgende == STAP_AFWACHTEN && is_overdue(f)
			? "De termijn van de oproep is voorbij. Leg vast of de persoon is gekomen."
			: s->uitleg);
	if (s->volgende == STAP_BOETE_22_1 || s->volgende == STAP_BOETE_22_3)
		add_fine(f, out);
}
