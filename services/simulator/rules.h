/* SPDX-License-Identifier: EUPL-1.2
 *
 * The rules by which DUO refuses a message, a table for each kind; every rule that objects gives
 * its fouttekst. Written apart from the law library on purpose: it checks what that lets through.
 *
 * The end of the term is exclusive. It is overrun when the date in the message, or without one
 * today, is not before its end.
 */
#ifndef SIMULATOR_RULES_H
#define SIMULATOR_RULES_H

#include "messages.h"

/* Each adds to m->texts; true when there is no objection. */
bool rules_pip(struct message *m, const struct pip_message *in);
bool rules_pip_withdrawal(struct message *m);
bool rules_offer(struct message *m, const struct offer_message *in);
bool rules_map_pvt(struct message *m, const struct result_message *in);
bool rules_zroute(struct message *m, const struct result_message *in);

#endif
