/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/crypto.h"

#include <assert.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define KEY_BYTES 32
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define BASE64 sodium_base64_VARIANT_ORIGINAL
#define KEY_ID "v1:"

/* Keys of the process, read once at start; not of any request. */
static unsigned char text_key[KEY_BYTES], hash_key[KEY_BYTES];
static bool have_keys;

static bool read_key(const char *line, const char *name, unsigned char key[KEY_BYTES])
{
	size_t len = strlen(name), used;
	const char *end;

	if (strncmp(line, name, len) != 0 || line[len] != ' ')
		return false;
	return sodium_hex2bin(key, KEY_BYTES, line + len + 1, strcspn(line + len + 1, "\r\n"), NULL,
		       &used, &end) == 0 &&
	       used == KEY_BYTES && (*end == '\0' || *end == '\r' || *end == '\n');
}

const char *crypto_init(const char *keys_file)
{
	bool bsn = false, hash = false;
	char line[256];
	FILE *f;

	if (sodium_init() < 0)
		return "libsodium does not start";
	f = fopen(keys_file, "re");
	if (!f)
		return "the key file cannot be read";
	while (fgets(line, sizeof(line), f)) {
		bsn = bsn || read_key(line, "bsn", text_key);
		hash = hash || read_key(line, "hash", hash_key);
	}
	fclose(f);
	sodium_memzero(line, sizeof(line));
	if (!bsn || !hash)
		return "the key file needs the lines `bsn <64 hex>` and `hash <64 hex>`";
	have_keys = true;
	return NULL;
}

const char *text_seal(struct arena *a, const char *text)
{
	size_t len = strlen(text), sealed_len = NONCE_BYTES + len + TAG_BYTES;
	size_t size = sodium_base64_encoded_len(sealed_len, BASE64);
	unsigned char *sealed = arena_alloc(a, sealed_len);
	char *out = arena_alloc(a, strlen(KEY_ID) + size);

	assert(have_keys);
	randombytes_buf(sealed, NONCE_BYTES);
	crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE_BYTES, NULL,
		(const unsigned char *)text, len, (const unsigned char *)KEY_ID, strlen(KEY_ID),
		NULL, sealed, text_key);
	strcpy(out, KEY_ID);
	sodium_bin2base64(out + strlen(KEY_ID), size, sealed, sealed_len, BASE64);
	return out;
}

const char *text_open(struct arena *a, const char *sealed)
{
	unsigned char *raw;
	size_t len, used;
	char *out;

	assert(have_keys);
	if (!sealed || strncmp(sealed, KEY_ID, strlen(KEY_ID)) != 0)
		return NULL;
	sealed += strlen(KEY_ID);
	len = strlen(sealed);
	raw = arena_alloc(a, len + 1);
	if (sodium_base642bin(raw, len, sealed, len, NULL, &used, NULL, BASE64) != 0 ||
		used < NONCE_BYTES + TAG_BYTES)
		return NULL;
	out = arena_alloc(a, used - NONCE_BYTES - TAG_BYTES + 1);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)out, NULL, NULL,
		    raw + NONCE_BYTES, used - NONCE_BYTES, (const unsigned char *)KEY_ID,
		    strlen(KEY_ID), raw, text_key) != 0)
		return NULL;
	return out;
}

const char *bsn_hash(struct arena *a, const char *bsn)
{
	unsigned char hash[KEY_BYTES];
	char *out = arena_alloc(a, 2 * sizeof(hash) + 1);

	assert(have_keys);
	crypto_generichash(hash, sizeof(hash), (const unsigned char *)bsn, strlen(bsn), hash_key,
		sizeof(hash_key));
	return sodium_bin2hex(out, 2 * sizeof(hash) + 1, hash, sizeof(hash));
}

static const char *base64url(struct arena *a, const unsigned char *data, size_t len)
{
	size_t size = sodium_base64_encoded_len(len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);

	return sodium_bin2base64(
		arena_alloc(a, size), size, data, len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

const char *random_token(struct arena *a, size_t bytes)
{
	unsigned char *data = arena_alloc(a, bytes);

	randombytes_buf(data, bytes);
	return base64url(a, data, bytes);
}

const char *sha256_hex(struct arena *a, const char *data, size_t len)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char *out = arena_alloc(a, 2 * sizeof(hash) + 1);

	crypto_hash_sha256(hash, (const unsigned char *)data, len);
	return sodium_bin2hex(out, 2 * sizeof(hash) + 1, hash, sizeof(hash));
}

const char *sha256_base64url(struct arena *a, const char *data, size_t len)
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(hash, (const unsigned char *)data, len);
	return base64url(a, hash, sizeof(hash));
}
