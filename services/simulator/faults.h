/* SPDX-License-Identifier: EUPL-1.2
 *
 * Faults on demand: what strikes this time, and what it does to an answer of DUO or the BRP.
 */
#ifndef SIMULATOR_FAULTS_H
#define SIMULATOR_FAULTS_H

#include "app/http.h"

enum fault_kind {
	FAULT_VERTRAGING = 1, /* waits; what follows is as always */
	FAULT_STATUS, /* answers with this status */
	FAULT_VERBROKEN, /* the connection breaks without an answer */
	FAULT_AFGEKAPT, /* the connection breaks in the middle of the answer */
	FAULT_GEEN_JSON, /* a body that is not JSON */
	FAULT_BUITEN_CONTRACT, /* JSON that no operation answers with */
	/* of notifications only */
	FAULT_DUBBEL, /* twice, with the same berichtId */
	FAULT_DUBBEL_ANDERS, /* twice, the second time with a berichtId of its own */
	FAULT_VOLGORDE, /* held back, so that later ones overtake it */
	FAULT_CERTIFICAAT, /* with a client certificate that is not DUO's */
};

extern const char *const fault_kinds[]; /* order of enum fault_kind */

struct fault {
	enum fault_kind kind; /* 0: none */
	bool afterwards; /* the work is done, only the answer suffers */
	int64_t ms, status;
};

#define NOTIFICATIONS "POST /notificaties"

/* Reads what kies_fouten gave (NULL: nothing strikes). Of several the first counts; the delays are
 * added up in *delay_ms. */
struct fault fault_read(struct req *req, const char *text, int64_t *delay_ms);
/* The spoilt answer: an answer with status `f->status` is the caller's own. */
enum status fault_answer(struct req *req, const struct fault *f, int status, const char *body);

#endif
