/* SPDX-License-Identifier: EUPL-1.2
 *
 * The same work of several requests, done together: what comes while a set is under way is the next
 * set. Nobody waits to make a set larger. For short writes that come in great numbers, where a
 * transaction each would cost more than the work.
 */
#ifndef APP_GATHER_H
#define APP_GATHER_H

#include "app/http.h"

#define GATHER_MAX 64

/* One kind of work of a process; zeroed at the start, static. */
struct gather {
	bool busy;
	struct gathered *first, **end;
};

/* Does the work of `items`, 1 to GATHER_MAX of them, as `req`. OK: of all of them, each has its own
 * result in its item. Otherwise none of it may have been done. */
typedef enum status gather_work(struct req *req, void *const *items, int count);

/* Has `work` done for `item`, together with others. A set that fails is done again one by one, each
 * as its own request, so that nobody fails by the fault of another. What `work` returned, with
 * req->error set. `item` must live until then. */
enum status gather_run(struct gather *g, struct req *req, void *item, gather_work *work);

#endif
