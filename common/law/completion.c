/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/completion.h"

const char *const examenonderdeel_values[] = { "KNM", "LE", "LU", "SC", "SP", NULL };
const char *const examenresultaat_values[] = { "Geslaagd", "Gezakt", "Geen", NULL };
const char *const examenniveau_values[] = { "A2", "B1", "B2", NULL };

static const char *const part_names[] = { NULL, "knm", "lezen", "luisteren", "schrijven",
	"spreken" };

static bool is_exempt(const struct voltooiing_facts *f, int part)
{
	for (size_t i = 0; i < f->vrijgesteld_count; i++)
		if (f->vrijgesteld[i] == part)
			return true;
	return false;
}

/* Passed at `level` or above; KNM has no level. */
static bool is_passed(const struct voltooiing_facts *f, int part, int level)
{
	for (size_t i = 0; i < f->examen_count; i++) {
		const struct examen *e = &f->examens[i];

		if (e->onderdeel == part && e->resultaat == GESLAAGD &&
			(part == EXAMEN_KNM || e->niveau >= level))
			return true;
	}
	return is_exempt(f, part);
}

static void add(struct voltooiing *out, const char *name, long long norm, long long done, bool ok)
{
	out->onderdelen[out->onderdeel_count++] =
		(struct voltooiing_onderdeel){ name, norm, done, ok ? JA : NEE };
}

static bool add_exams(const struct voltooiing_facts *f, struct voltooiing *out, int level)
{
	bool all = true;

	for (int part = EXAMEN_KNM; part <= EXAMEN_SP; part++) {
		bool ok = is_passed(f, part, level);

		add(out, part_names[part], LAW_NONE, LAW_NONE, ok);
		all = all && ok;
	}
	return all;
}

static void add_pvt(const struct voltooiing_facts *f, struct voltooiing *out)
{
	long long norm = basis_value(&out->basis, PVT_UREN, f->vandaag);

	add(out, "pvt", norm, f->uren_pvt,
		f->uren_pvt >= norm && date_is_set(f->pvt_ondertekend_op));
}

static void add_map(const struct voltooiing_facts *f, struct voltooiing *out)
{
	long long norm = basis_value(&out->basis, MAP_UREN, f->vandaag);

	basis_add(&out->basis, "Bi art. 3.2");
	add(out, "map", norm, f->uren_map,
		f->uren_map >= norm && date_is_set(f->map_eindgesprek_op));
}

static void b1_route(const struct voltooiing_facts *f, struct voltooiing *out)
{
	basis_add(&out->basis, "Wi art. 7");
	add_exams(f, out, f->niveau ? f->niveau : NIVEAU_B1);
	add_pvt(f, out);
	add_map(f, out);
}

/* The exams only count, and are only shown, while the traject has not been completed. */
static void onderwijsroute(const struct voltooiing_facts *f, struct voltooiing *out)
{
	struct voltooiing exams = { .onderdeel_count = 0 };
	bool done = date_is_set(f->taalschakeltraject_behaald_op);

	basis_add(&out->basis, "Wi art. 8");
	if (!done && add_exams(f, &exams, NIVEAU_B1)) {
		basis_add(&out->basis, "Wi art. 8 lid 4");
		done = true;
	}
	add(out, "taalschakeltraject", LAW_NONE, LAW_NONE, done);
	add_pvt(f, out);
}

static long long participation_norm(const struct voltooiing_facts *f, struct basis *b)
{
	long long norm = basis_value(b, Z_PARTICIPATIE_UREN, f->vandaag);

	if (f->participatie_ontheven == JA) {
		basis_add(b, "Bi art. 2.7");
		return 0;
	}
	if (f->participatie_maximum <= 0 || f->participatie_maximum >= norm)
		return norm;
	basis_add(b, "Ri art. 3.16");
	return f->participatie_maximum;
}

static void z_route(const struct voltooiing_facts *f, struct voltooiing *out)
{
	long long course, participation, done = f->uren_participatie + f->uren_pvt + f->uren_map;

	basis_add(&out->basis, "Wi art. 9");
	course = basis_value(&out->basis, Z_CURSUS_UREN, f->vandaag);
	add(out, "cursus", course, f->uren_cursus, f->uren_cursus >= course);
	if (f->doelgroep == DOELGROEP_ASIEL) {
		participation = participation_norm(f, &out->basis);
		add(out, "participatie", participation, done, done >= participation);
	}
	add_pvt(f, out);
	add_map(f, out);
	add(out, "eindgesprek", LAW_NONE, LAW_NONE, date_is_set(f->z_eindgesprek_op));
}

void voltooiing(const struct voltooiing_facts *f, struct voltooiing *out)
{
	int open = 0;

	*out = (struct voltooiing){ .onderdeel_count = 0 };
	basis_init(&out->basis);
	if (f->leerroute == ROUTE_O)
		onderwijsroute(f, out);
	else if (f->leerroute == ROUTE_Z)
		z_route(f, out);
	else
		b1_route(f, out);
	for (int i = 0; i < out->onderdeel_count; i++)
		open += out->onderdelen[i].voldaan == NEE;
	out->voldaan = open == 0;
	if (open == 0)
		basis_say(&out->basis, "Alle %d onderdelen zijn klaar.", out->onderdeel_count);
	else
		basis_say(&out->basis, "Van de %d onderdelen zijn er %d klaar.",
			out->onderdeel_count, out->onderdeel_count - open);
}
