/* SPDX-License-Identifier: EUPL-1.2
 *
 * How waiting is done. One event loop (epoll) per process, and coroutines: a request runs on a
 * stack of its own until it must wait, and goes on when the loop has what it waits for. Outside a
 * coroutine (jobs, the start of a worker) waiting turns the loop instead, so that db.c, queue.c and
 * client.c have one way for both. After fork() the child watches nothing. Only worker.c, job.c,
 * db.c, queue.c, client.c and gather.c know this file.
 */
#ifndef LOOP_H
#define LOOP_H

#include <stdbool.h>
#include <stdint.h>

/* ---- the loop ---- */

/* Something that is waited for: a descriptor, a moment, or both. Owned by the caller; while it is
 * watched it must not move. */
struct watch {
	int fd; /* -1: only the moment */
	uint32_t events; /* EPOLLIN …; 0: errors only */
	int64_t due; /* milliseconds of loop_now(); 0: no moment. Cleared before it is reported */
	void (*ready)(struct watch *w, uint32_t events); /* 0: the moment has come */
	void (*flush)(struct watch *w); /* see loop_flush_later() */
	void *owner;
	/* the loop's own */
	bool watched, to_flush;
	uint32_t armed; /* what epoll was told */
	struct watch *next, *next_flush;
};

/* Starts watching, or takes over changed `events`. */
void loop_watch(struct watch *w);
/* No report comes after it, also not of what has happened already. Harmless when not watched. */
void loop_unwatch(struct watch *w);
/* Calls flush() before the loop waits again: what a turn has to send goes together. */
void loop_flush_later(struct watch *w);
/* Waits for something to happen, at most `ms` (-1: as long as it takes), reports it, and lets those
 * go on that were waked. */
void loop_turn(int ms);
/* Monotonic milliseconds. */
int64_t loop_now(void);

/* ---- coroutines ---- */

/* Runs fn(arg) on a stack of its own, now, until it waits for the first time. */
void coro_start(void (*fn)(void *arg), void *arg);

/* One wait. Zero it, hand its address to whoever will end it, then wait. */
struct wait {
	void *coro; /* who waits; NULL: nobody yet, or not a coroutine */
	bool over;
	struct wait *next;
};

void wait_for(struct wait *w);
/* Waits so long; others go on. */
void wait_ms(int64_t ms);
/* Ends the wait; who waited goes on at the end of this turn of the loop. */
void wait_over(struct wait *w);
/* For loop.c: lets those go on whose wait is over. */
void coro_resume_waked(void);

#endif
