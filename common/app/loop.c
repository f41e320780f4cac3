/* SPDX-License-Identifier: EUPL-1.2
 * The event loop: epoll for descriptors, a short list for moments. */
#include "loop.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#define EVENTS 64 /* of one turn */

static struct {
	int epoll; /* 0: not made yet */
	struct watch *timed; /* watches with a moment, now or before */
	struct watch *to_flush;
	struct epoll_event events[EVENTS]; /* of the turn in hand */
	int count, at;
} loop;

int64_t loop_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* An epoll is shared with a child of fork(), which would watch along: the child starts with
 * nothing. */
static void forget(void)
{
	close(loop.epoll);
	loop.epoll = 0;
	loop.timed = loop.to_flush = NULL;
	loop.count = loop.at = 0;
}

static int epoll_fd(void)
{
	static bool registered;

	if (loop.epoll == 0) {
		loop.epoll = epoll_create1(EPOLL_CLOEXEC);
		if (loop.epoll < 0 || (!registered && pthread_atfork(NULL, NULL, forget) != 0))
			abort();
		registered = true;
	}
	return loop.epoll;
}

static bool is_timed(const struct watch *w)
{
	for (const struct watch *t = loop.timed; t; t = t->next)
		if (t == w)
			return true;
	return false;
}

void loop_watch(struct watch *w)
{
	struct epoll_event e = { .events = w->events, .data.ptr = w };
	bool known = w->watched && w->armed == w->events && !(w->events & EPOLLONESHOT);

	if (w->fd >= 0 && !known &&
		epoll_ctl(epoll_fd(), w->watched ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, w->fd, &e) != 0)
		abort();
	w->watched = true;
	w->armed = w->events;
	if (w->due && !is_timed(w)) {
		w->next = loop.timed;
		loop.timed = w;
	}
}

void loop_unwatch(struct watch *w)
{
	if (!w->watched)
		return;
	w->watched = false;
	w->due = 0;
	if (w->fd >= 0)
		epoll_ctl(epoll_fd(), EPOLL_CTL_DEL, w->fd, NULL);
	for (struct watch **t = &loop.timed; *t; t = &(*t)->next) {
		if (*t == w) {
			*t = w->next;
			break;
		}
	}
	for (int i = loop.at; i < loop.count; i++)
		if (loop.events[i].data.ptr == w)
			loop.events[i].data.ptr = NULL;
}

void loop_flush_later(struct watch *w)
{
	if (w->to_flush)
		return;
	w->to_flush = true;
	w->next_flush = loop.to_flush;
	loop.to_flush = w;
}

static void flush_all(void)
{
	while (loop.to_flush) {
		struct watch *w = loop.to_flush;

		loop.to_flush = w->next_flush;
		w->to_flush = false;
		w->flush(w);
	}
}

/* Milliseconds until the first moment, not more than `ms`. */
static int until_first(int ms)
{
	int64_t now = loop.timed ? loop_now() : 0;

	for (const struct watch *w = loop.timed; w; w = w->next) {
		int64_t left = w->due - now;

		if (!w->due)
			continue;
		if (left < 0)
			left = 0;
		if (ms < 0 || left < ms)
			ms = (int)left;
	}
	return ms;
}

/* Reports one moment that has come; false when there is none. */
static bool report_moment(int64_t now)
{
	for (struct watch **t = &loop.timed; *t; t = &(*t)->next) {
		struct watch *w = *t;

		if (w->due == 0 || w->due > now)
			continue;
		*t = w->next;
		w->due = 0;
		w->ready(w, 0);
		return true;
	}
	return false;
}

void loop_turn(int ms)
{
	flush_all();
	loop.count = epoll_wait(epoll_fd(), loop.events, EVENTS, until_first(ms));
	for (loop.at = 0; loop.at < loop.count;) {
		struct epoll_event e = loop.events[loop.at++];
		struct watch *w = e.data.ptr;

		if (w)
			w->ready(w, e.events);
	}
	loop.count = loop.at = 0;
	if (loop.timed) {
		int64_t now = loop_now();

		while (report_moment(now))
			;
	}
	coro_resume_waked();
}
