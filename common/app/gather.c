/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/gather.h"

#include "loop.h"

/* One request's part. */
struct gathered {
	void *item;
	struct wait wait;
	enum { WAITS, LEADS, ALONE, DONE } state;
	struct gathered *next;
};

static void wake(struct gathered *m, int state)
{
	m->state = state;
	wait_over(&m->wait);
}

static void join(struct gather *g, struct gathered *m)
{
	if (!g->first)
		g->end = &g->first;
	*g->end = m;
	g->end = &m->next;
	wait_for(&m->wait);
}

/* Whoever waited takes over. */
static void hand_over(struct gather *g)
{
	struct gathered *next = g->first;

	g->busy = next != NULL;
	if (!next)
		return;
	g->first = next->next;
	wake(next, LEADS);
}

/* Itself and all that wait, as far as they fit. */
static enum status lead(struct gather *g, struct req *req, struct gathered *own, gather_work *work)
{
	struct gathered *set[GATHER_MAX] = { own };
	void *items[GATHER_MAX] = { own->item };
	enum status s;
	int count = 1;

	for (; g->first && count < GATHER_MAX; g->first = g->first->next) {
		set[count] = g->first;
		items[count++] = g->first->item;
	}
	s = work(req, items, count);
	for (int i = 1; i < count; i++)
		wake(set[i], s == OK ? DONE : ALONE);
	hand_over(g);
	if (s == OK || count == 1)
		return s;
	req->error = (struct error){ 0 };
	return work(req, &own->item, 1);
}

enum status gather_run(struct gather *g, struct req *req, void *item, gather_work *work)
{
	struct gathered own = { .item = item, .state = LEADS };

	if (g->busy) {
		own.state = WAITS;
		join(g, &own);
	}
	g->busy = g->busy || own.state == LEADS;
	if (own.state == LEADS)
		return lead(g, req, &own, work);
	return own.state == ALONE ? work(req, &item, 1) : OK;
}
