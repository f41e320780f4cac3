/* SPDX-License-Identifier: EUPL-1.2
 *
 * A FastCGI request without a socket: lines NAME=value, an empty line, the body. It goes the whole
 * way of a worker: http_read, dispatch, http_write. There is no database and no Redis.
 */
#ifndef FUZZ_REQUEST_H
#define FUZZ_REQUEST_H

#include "fuzz.h"
#include "kit.h"

/* Answers the request and checks what holds of every answer; returns its status. */
int request_answer(struct req *req, struct app *app, const uint8_t *data, size_t size);

#endif
