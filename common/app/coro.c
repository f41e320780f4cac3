/* SPDX-License-Identifier: EUPL-1.2
 * Coroutines. A process has one thread, so who runs is a static. ucontext puts one on its stack;
 * from then on a switch is a jump, for swapcontext() asks the kernel for the signal mask every
 * time. Stacks have a guard page below and are used again, the last one first: it is still in the
 * cache. */
#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include "loop.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#define STACK_SIZE ((size_t)1024 * 1024) /* redzones make frames large */
#else
/* Address space, not memory: only touched pages count. */
#define STACK_SIZE ((size_t)256 * 1024)
#endif

#define PLACE 5 /* words of __builtin_setjmp() */

struct coro {
	void *at[PLACE]; /* where it goes on */
	bool on_stack; /* began once, and stays there between two runs */
	void (*run)(void *arg);
	void *arg;
	char *stack; /* lowest usable byte */
	struct coro *next;
	bool ended;
	void *fake; /* AddressSanitizer's shadow stack */
};

static struct {
	void *at[PLACE]; /* where the loop goes on */
	struct coro *current, *unused;
	struct wait *waked, **waked_end;
	const void *stack; /* of the loop, for AddressSanitizer */
	size_t stack_size;
	void *fake;
} sched = { .waked_end = &sched.waked };

/* ---- what AddressSanitizer must know of a switch ---- */

#if defined(__SANITIZE_ADDRESS__)
static void leave(void **fake, const void *stack, size_t size)
{
	__sanitizer_start_switch_fiber(fake, stack, size);
}

static void arrive(void *fake, const void **from, size_t *size)
{
	__sanitizer_finish_switch_fiber(fake, from, size);
}
#else
static void leave(void **fake, const void *stack, size_t size)
{
	(void)fake, (void)stack, (void)size;
}

static void arrive(void *fake, const void **from, size_t *size)
{
	(void)fake, (void)from, (void)size;
}
#endif

/* ---- stacks ---- */

static struct coro *coro_new(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	struct coro *c = calloc(1, sizeof(*c));
	char *memory = mmap(NULL, STACK_SIZE + page, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1, 0);

	if (!c || memory == MAP_FAILED || mprotect(memory, page, PROT_NONE) != 0)
		abort();
	c->stack = memory + page;
	return c;
}

static struct coro *take_unused(void)
{
	struct coro *c = sched.unused;

	if (!c)
		return coro_new();
	sched.unused = c->next;
	return c;
}

/* ---- switching ---- */

static __attribute__((noinline, no_sanitize_address)) void go_on(void **at)
{
	__builtin_longjmp(at, 1);
}

/* Goes on at `to`; returns when somebody jumps to `from`. The compiler keeps no register across it;
 * it forbids to save and to jump in one function. */
static __attribute__((noinline, no_sanitize_address)) void jump(void **from, void **to)
{
	if (__builtin_setjmp(from) == 0)
		go_on(to);
}

static void back_to_loop(struct coro *c)
{
	leave(&c->fake, sched.stack, sched.stack_size);
	jump(c->at, sched.at);
	arrive(c->fake, &sched.stack, &sched.stack_size);
}

static void begin(void)
{
	struct coro *c = sched.current;

	arrive(NULL, &sched.stack, &sched.stack_size);
	for (;;) {
		c->run(c->arg);
		c->ended = true;
		back_to_loop(c);
	}
}

static __attribute__((noinline, no_sanitize_address)) void first_jump(void **from, struct coro *c)
{
	ucontext_t context;

	if (__builtin_setjmp(from) != 0)
		return;
	if (getcontext(&context) != 0)
		abort();
	context.uc_stack.ss_sp = c->stack;
	context.uc_stack.ss_size = STACK_SIZE;
	context.uc_link = NULL;
	makecontext(&context, begin, 0);
	setcontext(&context);
	abort();
}

static void resume(struct coro *c)
{
	assert(!sched.current);
	sched.current = c;
	leave(&sched.fake, c->stack, STACK_SIZE);
	if (c->on_stack)
		jump(sched.at, c->at);
	else
		first_jump(sched.at, c);
	c->on_stack = true;
	arrive(sched.fake, NULL, NULL);
	sched.current = NULL;
	if (!c->ended)
		return;
	c->next = sched.unused;
	sched.unused = c;
}

void coro_start(void (*fn)(void *arg), void *arg)
{
	struct coro *c = take_unused();

	c->run = fn;
	c->arg = arg;
	c->ended = false;
	resume(c);
}

/* ---- waiting ---- */

void wait_for(struct wait *w)
{
	struct coro *c = sched.current;

	w->coro = c;
	while (!w->over) {
		if (c)
			back_to_loop(c);
		else
			loop_turn(-1);
	}
}

void wait_over(struct wait *w)
{
	if (w->over)
		return;
	w->over = true;
	if (!w->coro)
		return;
	w->next = NULL;
	*sched.waked_end = w;
	sched.waked_end = &w->next;
}

static void moment_ready(struct watch *w, uint32_t events)
{
	(void)events;
	loop_unwatch(w);
	wait_over(w->owner);
}

void wait_ms(int64_t ms)
{
	struct wait wait = { .over = false };
	struct watch moment = {
		.fd = -1, .due = loop_now() + ms, .ready = moment_ready, .owner = &wait
	};

	loop_watch(&moment);
	wait_for(&wait);
}

void coro_resume_waked(void)
{
	while (sched.waked) {
		struct wait *w = sched.waked;
		struct coro *c = w->coro;

		sched.waked = w->next;
		if (!sched.waked)
			sched.waked_end = &sched.waked;
		resume(c); /* `w` lived on its stack */
	}
}
