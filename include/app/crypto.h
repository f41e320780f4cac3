/* SPDX-License-Identifier: EUPL-1.2
 *
 * What names a person, at rest: a BSN or a message of DUO is sealed (XChaCha20-Poly1305, libsodium)
 * with a key id in front; a keyed BLAKE2b hash finds a BSN again. Keys come from config.keys_file.
 * Also: random tokens, SHA-256, base64url.
 */
#ifndef APP_CRYPTO_H
#define APP_CRYPTO_H

#include <stddef.h>
#include "app/arena.h"
#include "app/error.h"

struct req;

/* Reads the key file; NULL on success, else one line that says what is wrong. */
const char *crypto_init(const char *keys_file);
/* "v1:<base64>" in the arena. */
const char *text_seal(struct arena *a, const char *text);
/* NULL when the text was not made with our key or was changed. */
const char *text_open(struct arena *a, const char *sealed);
/* 64 hex characters; the same BSN gives the same hash in every service. */
const char *bsn_hash(struct arena *a, const char *bsn);
/* `bytes` random bytes as base64url without padding. */
const char *random_token(struct arena *a, size_t bytes);
const char *sha256_hex(struct arena *a, const char *data, size_t len);
const char *sha256_base64url(struct arena *a, const char *data, size_t len);

#endif
