/* SPDX-License-Identifier: EUPL-1.2 */
#include "caseload.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "law/term.h"

const struct gemeente gemeenten[] = {
	{ "9901", "Waterstad", "00000001990100000000", "Delta" },
	{ "9902", "Lagedorp", "00000001990200000000", "Delta" },
	{ "9903", "Hogeveld", "00000001990300000000", NULL },
	{ 0 },
};

const struct medewerker medewerkers[] = {
	{ "regisseur1.9901", "Anouk de Vries", "{regisseur}", "{9901}" },
	{ "regisseur2.9901", "Bram Jansen", "{regisseur}",
		"{9901,9902}" }, /* works for the region */
	{ "teamleider.9901", "Carla Bakker", "{teamleider}", "{9901}" },
	{ "handhaver.9901", "Dirk Visser", "{handhaver}", "{9901}" },
	{ "regisseur1.9902", "Esra Yilmaz", "{regisseur}", "{9902}" },
	{ "regisseur2.9902", "Floor Smit", "{regisseur}", "{9902}" },
	{ "handhaver.9902", "Gerrit Mulder", "{handhaver}", "{9902}" },
	{ "beheerder.9902", "Hanna Meijer", "{beheerder}", "{9902}" },
	{ "regisseur1.9903", "Ivo Bos", "{regisseur}", "{9903}" },
	{ "teamleider.9903", "Jolanda Vos", "{teamleider}", "{9903}" },
	{ "handhaver.9903", "Karim El Amrani", "{handhaver}", "{9903}" },
	{ "beleidsadviseur.9903", "Lotte Peters", "{beleidsadviseur}", "{9903}" },
	{ 0 },
};

static const struct herkomst asiel[] = {
	{ "ar", { "Ahmad", "Fatima", "Khaled", "Rania", "Omar", "Layla", "Youssef", "Nour" },
		{ "Al-Hassan", "Haddad", "Khalil", "Darwish", "Saleh", "Nasser", "Mansour",
			"Aziz" } },
	{ "ti", { "Yonas", "Selam", "Filmon", "Rahwa", "Samuel", "Senait", "Biniam", "Luwam" },
		{ "Tesfay", "Gebremedhin", "Haile", "Kidane", "Berhane", "Abraha", "Weldu",
			"Mehari" } },
	{ "fa", { "Reza", "Maryam", "Ali", "Zahra", "Hamid", "Shirin", "Farid", "Parisa" },
		{ "Ahmadi", "Hosseini", "Rahimi", "Karimi", "Mohammadi", "Noori", "Sadeghi",
			"Azimi" } },
	{ "tr", { "Emre", "Elif", "Murat", "Zeynep", "Deniz", "Aylin", "Kemal", "Selin" },
		{ "Kaya", "Demir", "Celik", "Sahin", "Aydin", "Arslan", "Koc", "Polat" } },
	{ "so", { "Abdi", "Hodan", "Mohamed", "Amina", "Hassan", "Ifrah", "Yusuf", "Sahra" },
		{ "Warsame", "Farah", "Jama", "Abdullahi", "Nur", "Hersi", "Ismail", "Guled" } },
};

static const struct herkomst gezin[] = {
	{ "ar", { "Hicham", "Salma", "Rachid", "Imane", "Karima", "Said", "Nadia", "Mehdi" },
		{ "Bennani", "El Idrissi", "Chaoui", "Tazi", "Amrani", "Berrada", "Ouali",
			"Zeroual" } },
	{ "tr", { "Hakan", "Ebru", "Serkan", "Merve", "Burak", "Esra", "Onur", "Gamze" },
		{ "Yildiz", "Ozturk", "Dogan", "Aksoy", "Tekin", "Gunes", "Erdem", "Bulut" } },
	{ "en", { "Priya", "Rahul", "Ana", "Carlos", "Grace", "Daniel", "Mei", "Somchai" },
		{ "Sharma", "Silva", "Santos", "Mensah", "Chen", "Nguyen", "Suwan", "Fernandes" } },
};

/* splitmix64 */
static uint64_t mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15;
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return x ^ x >> 31;
}

int draw(const struct person *p, int what, int below)
{
	assert(below > 0);
	return (int)(mix(p->key ^ (uint64_t)what << 32) % (uint64_t)below);
}

struct uuid person_uuid(const struct person *p, int what)
{
	return (struct uuid){ mix(p->key + (uint64_t)what * 2 + 1000),
		mix(mix(p->key) + (uint64_t)what * 2 + 1001) };
}

/* Depends on the subject only, not on the seed: tests and documents may name it. */
struct uuid staff_uuid(const char *sub)
{
	uint64_t key = 0x7265676965;

	for (const char *c = sub; *c; c++)
		key = mix(key ^ (unsigned char)*c);
	return (struct uuid){ key, mix(key) };
}

#define SHARES 6

/* Shares in percent, of a phase or a route; together 100. */
static int share(const struct person *p, int what, const int shares[SHARES])
{
	int left = draw(p, what, 100), i = 0;

	while (i < SHARES - 1 && left >= shares[i])
		left -= shares[i++];
	return i;
}

static struct date days_before(struct date d, int days)
{
	return date_add_days(d, -days);
}

static const struct medewerker *regisseur(const struct person *p)
{
	const struct medewerker *fit[4];
	int n = 0;

	for (const struct medewerker *m = medewerkers; m->sub; m++)
		if (strstr(m->rollen, "regisseur") && strstr(m->gemeenten, p->gemeente->code))
			fit[n++] = m;
	return fit[draw(p, 6, n)];
}

static void make_identity(const struct plan *plan, struct person *p)
{
	/* asylum three in five of a cohort (CBS 2023) */
	static const int cohort[SHARES] = { 63, 37 };
	static const int sizes[SHARES] = { 45, 30, 25 }; /* assumption */
	bool asylum = share(p, 1, cohort) == 0;

	p->doelgroep = asylum ? DOELGROEP_ASIEL : DOELGROEP_GEZIN;
	p->gemeente = &gemeenten[share(p, 2, sizes)];
	p->regisseur = regisseur(p);
	p->herkomst = asylum ? &asiel[draw(p, 3, 5)] : &gezin[draw(p, 3, 3)];
	p->voornaam = p->herkomst->voornamen[draw(p, 4, 8)];
	p->achternaam = p->herkomst->achternamen[draw(p, 5, 8)];
	p->geboortedatum = days_before(plan->today, 18 * 365 + 30 + draw(p, 7, 42 * 365));
	p->bsn = plan->bsns[p->number];
	snprintf(p->v_nummer, sizeof(p->v_nummer), "%010ld", 2800000000 + p->number * 7);
}

static void make_route(struct person *p)
{
	/* Z-route: a third of asielstatushouders (Rekenkamer 2026); the rest is an assumption */
	static const int asylum[SHARES] = { 59, 8, 33 }, family[SHARES] = { 84, 4, 12 };

	p->leerroute = (enum leerroute)(
		ROUTE_B + share(p, 8, p->doelgroep == DOELGROEP_ASIEL ? asylum : family));
	if (p->leerroute != ROUTE_Z)
		p->niveau = p->leerroute == ROUTE_B && draw(p, 9, 100) < 30 ? NIVEAU_A2 : NIVEAU_B1;
}

/* Days since the notice, by phase: {least, spread}. The PIP took up to twice the ten weeks
 * (Rekenkamer). */
static const int since_notice[][2] = {
	[AANGEMELD] = { 0, 40 },
	[INTAKE] = { 20, 60 },
	[PIP] = { 40, 70 },
	[TRAJECT] = { 130, 900 },
	[VOLDAAN] = { 600, 700 },
	[BEEINDIGD] = { 200, 900 },
};

static void make_clock(const struct plan *plan, struct person *p)
{
	bool asylum = p->doelgroep == DOELGROEP_ASIEL;
	struct pip_termijn_facts facts = { .doelgroep = p->doelgroep,
		.datum_inschrijving_nieuwe_gemeente = DATE_NONE,
		.datum_ontvangst_derde = DATE_NONE };
	struct pip_termijn law;

	p->kennisgeving = days_before(
		plan->today, since_notice[p->fase][0] + draw(p, 10, since_notice[p->fase][1]));
	p->brp = asylum ? date_add_days(p->kennisgeving, draw(p, 11, 15))
			: days_before(p->kennisgeving, 14);
	if (asylum && p->fase == AANGEMELD && draw(p, 12, 100) < 40)
		p->brp = DATE_NONE; /* still in a reception centre */
	else if (date_compare(p->brp, plan->today) > 0)
		p->brp = plan->today;
	facts.datum_kennisgeving = p->kennisgeving;
	facts.datum_inschrijving_brp = p->brp;
	pip_termijn(&facts, &law);
	p->pip_uiterlijk = law.loopt ? law.uiterlijk : DATE_NONE;
}

static void make_traject(const struct plan *plan, struct person *p)
{
	struct inburgeringstermijn_facts facts = { 0 };
	struct inburgeringstermijn law;

	p->intake = p->pip = p->termijn_begin = p->termijn_einde = p->plicht_einde = DATE_NONE;
	if (p->fase >= PIP)
		p->intake = date_add_days(p->kennisgeving, 18 + draw(p, 13, 20));
	if (p->fase < TRAJECT)
		return;
	make_route(p);
	p->pip = date_add_days(p->intake, 14 + draw(p, 14, 75));
	facts.dagtekening_pip = p->pip;
	inburgeringstermijn(&facts, &law);
	p->termijn_begin = law.begin;
	p->termijn_einde = law.einde;
	if (p->fase > TRAJECT)
		p->plicht_einde = days_before(plan->today, draw(p, 15, 60));
}

void person_make(const struct plan *plan, long number, struct person *p)
{
	static const int phases[SHARES] = { 10, 17, 13, 46, 11, 3 }; /* assumption */

	*p = (struct person){ .number = number, .key = mix(mix(plan->seed) + (uint64_t)number) };
	p->id = person_uuid(p, 0);
	make_identity(plan, p);
	p->fase = (enum fase)share(p, 16, phases);
	make_clock(plan, p);
	make_traject(plan, p);
}
