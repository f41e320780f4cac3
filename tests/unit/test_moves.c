/* SPDX-License-Identifier: EUPL-1.2
 *
 * The state machines of the law: every state can be reached and left, no row is in the shadow of
 * another, every row says on which basis; and a history that follows the law's own answers climbs
 * the ladder of the intake as the law describes it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "law/enforcement.h"
#include "law/intake.h"
#include "law/pip.h"

#define STATES_MAX 32

static int count(const char *const *texts)
{
	int n = 0;

	while (texts[n])
		n++;
	return n;
}

static bool is_final(const struct law_machine *m, int state)
{
	for (const int *f = m->finals; *f; f++)
		if (*f == state)
			return true;
	return false;
}

static void for_all(void (*check)(const struct law_machine *m))
{
	assert_non_null(law_machines[0]);
	for (const struct law_machine *const *m = law_machines; *m; m++)
		check(*m);
}

static void check_row(const struct law_machine *m, const struct law_move *row)
{
	assert_in_range(row->from, 1, count(m->states));
	assert_in_range(row->to, 1, count(m->states));
	assert_in_range(row->event, 1, count(m->events));
	assert_in_range(row->condition, 0, count(m->conditions));
	assert_in_range(row->who, WIE_BEREIDT_VOOR, WIE_BESLIST);
	assert_true(row->basis && row->basis[0]);
	assert_true(!row->note || row->note[0]);
	assert_false(is_final(m, row->from));
}

static void check_rows(const struct law_machine *m)
{
	assert_true(m->name[0] && m->doc[0] && m->count > 0);
	assert_ptr_equal(law_machine_find(m->name), m);
	for (int i = 0; i < m->count; i++)
		check_row(m, &m->moves[i]);
}

static void test_every_row_is_whole(void **state)
{
	(void)state;
	for_all(check_rows);
	assert_null(law_machine_find("geen"));
}

/* A row with the same condition as an earlier one, or after one without any, is never found. */
static void check_shadows(const struct law_machine *m)
{
	for (int i = 0; i < m->count; i++) {
		for (int n = i + 1; n < m->count; n++) {
			const struct law_move *a = &m->moves[i], *b = &m->moves[n];

			if (a->from == b->from && a->event == b->event)
				assert_true(a->condition && a->condition != b->condition);
		}
	}
}

static void test_no_row_is_in_the_shadow_of_another(void **state)
{
	(void)state;
	for_all(check_shadows);
}

static void check_reachable(const struct law_machine *m)
{
	bool reached[STATES_MAX] = { [0] = true };
	bool more = true;

	reached[m->start] = true;
	while (more) {
		more = false;
		for (int i = 0; i < m->count; i++) {
			const struct law_move *row = &m->moves[i];

			if (!reached[row->from] || reached[row->to])
				continue;
			reached[row->to] = more = true;
		}
	}
	assert_in_range(count(m->states), 2, STATES_MAX - 1);
	for (int s = 1; s <= count(m->states); s++)
		assert_true(reached[s]);
}

static void test_every_state_is_reached(void **state)
{
	(void)state;
	for_all(check_reachable);
}

/* Every state but the last ones has a way to another state, and every event and condition a row. */
static void check_used(const struct law_machine *m)
{
	bool left[STATES_MAX] = { false }, events[STATES_MAX] = { false };
	bool conditions[STATES_MAX] = { false };

	for (int i = 0; i < m->count; i++) {
		const struct law_move *row = &m->moves[i];

		left[row->from] = left[row->from] || row->to != row->from;
		events[row->event] = conditions[row->condition] = true;
	}
	for (int s = 1; s <= count(m->states); s++)
		assert_true(left[s] || is_final(m, s));
	for (int e = 1; e <= count(m->events); e++)
		assert_true(events[e]);
	for (int c = 1; c <= count(m->conditions); c++)
		assert_true(conditions[c]);
}

static void test_every_state_is_left_and_every_event_happens(void **state)
{
	(void)state;
	for_all(check_used);
}

static bool never(int condition, const void *facts)
{
	(void)condition, (void)facts;
	return false;
}

static void test_a_move_is_found_by_its_condition(void **state)
{
	const struct law_move *m;

	(void)state;
	m = law_move_find(&machine_intake, OPGEROEPEN_NA_BOETE, FEIT_VERZUIM, never, NULL);
	assert_int_equal(m->to, VERZUIMD_NA_BOETE);
	m = law_move_find(&machine_intake, OPGEROEPEN_NA_BOETE, FEIT_VERZUIM, NULL, NULL);
	assert_int_equal(m->to, TWEE_KEER_BEBOET);
	assert_null(law_move_find(&machine_intake, INTAKE_VERSCHENEN, FEIT_OPROEP, never, NULL));
	assert_null(law_move_find(&machine_pip, PIP_VASTGESTELD, PIP_WIJZIGING, NULL, NULL));
}

/* A fine is decided by who decides; nothing that prepares is. */
static void test_who_decides_a_fine(void **state)
{
	(void)state;
	for (int i = 0; i < machine_enforcement.count; i++) {
		const struct law_move *row = &machine_enforcement.moves[i];
		bool decides = row->event == ZET_BESLUIT || row->event == ZET_ONGEGROND ||
			       row->event == ZET_HERROEPING;
		bool undoes = row->event == ZET_SEPONERING && row->from >= VOORGESTELD;

		assert_int_equal(row->who, decides || undoes ? WIE_BESLIST : WIE_BEREIDT_VOOR);
	}
}

/* Wi art. 14 lid 2: the shortest way to the intake in absentia has three oproepen in it. */
static void test_in_absentia_takes_the_oproepen_of_the_law(void **state)
{
	int oproepen[STATES_MAX];
	bool more = true;

	(void)state;
	for (int s = 0; s < STATES_MAX; s++)
		oproepen[s] = s == machine_intake.start ? 0 : STATES_MAX;
	while (more) {
		more = false;
		for (int i = 0; i < machine_intake.count; i++) {
			const struct law_move *row = &machine_intake.moves[i];
			int n = oproepen[row->from] + (row->event == FEIT_OPROEP);

			if (row->condition || n >= oproepen[row->to])
				continue;
			oproepen[row->to] = n;
			more = true;
		}
	}
	assert_int_equal(
		oproepen[TWEE_KEER_BEBOET], law_value(INTAKE_OPROEPEN, date_make(2026, 1, 1)));
}

/* ---- a person who never comes, and a gemeente that does what the law answers ---- */

#define OPROEPEN_MAX 4

struct history {
	struct intake_stap_facts facts;
	struct intake_oproep oproepen[OPROEPEN_MAX];
	struct intake_boete boetes[2];
};

static void call_up(struct history *h)
{
	struct date day = h->facts.vandaag;

	h->oproepen[h->facts.oproep_count++] =
		(struct intake_oproep){ day, date_add_days(day, 14), UITKOMST_OPEN, ONBEKEND };
}

/* Does what `step` says; the answer to an oproep is a culpable no-show. */
static void follow(struct history *h, int step)
{
	struct intake_stap_facts *f = &h->facts;
	struct intake_oproep *last = f->oproep_count ? &h->oproepen[f->oproep_count - 1] : NULL;

	assert_true(f->oproep_count < OPROEPEN_MAX && f->boete_count < 2);
	assert_true(last || step == STAP_OPROEPEN);
	if (step == STAP_WAARSCHUWING)
		f->waarschuwing_op = f->vandaag;
	if (step == STAP_OPROEPEN || step == STAP_WAARSCHUWING)
		call_up(h);
	else if (step == STAP_AFWACHTEN)
		*last = (struct intake_oproep){ last->datum, last->termijn, NIET_VERSCHENEN, JA };
	else
		h->boetes[f->boete_count++] = (struct intake_boete){
			step == STAP_BOETE_22_1 ? ARTIKEL_22_1 : ARTIKEL_22_3, f->vandaag
		};
}

static void test_a_history_that_follows_the_answers(void **state)
{
	static const int expected[] = { STAP_OPROEPEN, STAP_AFWACHTEN, STAP_WAARSCHUWING,
		STAP_AFWACHTEN, STAP_BOETE_22_1, STAP_OPROEPEN, STAP_AFWACHTEN, STAP_BOETE_22_3,
		STAP_BIJ_VERSTEK };
	struct history h = { .facts = { .oproepen = h.oproepen,
				     .waarschuwing_op = DATE_NONE,
				     .boetes = h.boetes,
				     .vandaag = date_make(2026, 1, 5) } };
	struct intake_stap out;

	(void)state;
	for (size_t i = 0; i < sizeof(expected) / sizeof(*expected); i++) {
		intake_stap(&h.facts, &out);
		assert_int_equal(out.volgende, expected[i]);
		if (out.volgende == STAP_BIJ_VERSTEK)
			return;
		follow(&h, out.volgende);
		h.facts.vandaag = date_add_days(h.facts.vandaag, 15);
	}
}

/* The day of an oproep does not come before the day of what it needs: then nothing is climbed. */
static void test_evidence_of_days_decides(void **state)
{
	struct intake_oproep oproepen[] = {
		{ date_make(2026, 1, 5), date_make(2026, 1, 19), NIET_VERSCHENEN, JA },
		{ date_make(2026, 1, 26), date_make(2026, 2, 9), NIET_VERSCHENEN, JA },
	};
	struct intake_stap_facts f = {
		.oproepen = oproepen, .oproep_count = 2, .vandaag = date_make(2026, 2, 10)
	};
	struct intake_stap out;

	(void)state;
	for (int day = 5; day <= 31; day++) {
		f.waarschuwing_op = date_make(2026, 1, day);
		intake_stap(&f, &out);
		assert_int_equal(out.volgende, day <= 26 ? STAP_BOETE_22_1 : STAP_OPROEPEN);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_row_is_whole),
		cmocka_unit_test(test_no_row_is_in_the_shadow_of_another),
		cmocka_unit_test(test_every_state_is_reached),
		cmocka_unit_test(test_every_state_is_left_and_every_event_happens),
		cmocka_unit_test(test_a_move_is_found_by_its_condition),
		cmocka_unit_test(test_who_decides_a_fine),
		cmocka_unit_test(test_in_absentia_takes_the_oproepen_of_the_law),
		cmocka_unit_test(test_a_history_that_follows_the_answers),
		cmocka_unit_test(test_evidence_of_days_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
