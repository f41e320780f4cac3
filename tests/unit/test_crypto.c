/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#undef fail /* the kit has its own */

#include "app/crypto.h"

#define KEY "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define OTHER "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

static struct arena arena;

/* Writes `text` to a file of its own and reads it as keys. */
static const char *init_with(const char *text)
{
	char path[] = "/tmp/regie-keys.XXXXXX";
	int fd = mkstemp(path);
	const char *wrong;

	assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
	wrong = crypto_init(path);
	unlink(path);
	return wrong;
}

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena);
	return init_with("bsn " KEY "\nhash " OTHER "\n") != NULL;
}

static int tear_down(void **state)
{
	(void)state;
	arena_finish(&arena);
	return 0;
}

static void test_bsn_round_trip(void **state)
{
	const char *one = text_seal(&arena, "999990019"), *two = text_seal(&arena, "999990019");

	(void)state;
	assert_memory_equal(one, "v1:", 3);
	assert_string_not_equal(one, two);
	assert_string_equal(text_open(&arena, one), "999990019");
	assert_string_equal(text_open(&arena, two), "999990019");
}

static void test_text_of_any_length(void **state)
{
	char text[300];

	(void)state;
	for (size_t len = 0; len < sizeof(text); len += 23) {
		memset(text, 'x', len);
		text[len] = '\0';
		assert_string_equal(text_open(&arena, text_seal(&arena, text)), text);
	}
}

/* Every single character of the sealed text counts. */
static void test_bsn_changed(void **state)
{
	const char *sealed = text_seal(&arena, "999990019");

	(void)state;
	for (size_t i = 0; i < strlen(sealed); i++) {
		char *changed = arena_strdup(&arena, sealed);

		changed[i] = changed[i] == 'A' ? 'B' : 'A';
		assert_null(text_open(&arena, changed));
	}
	assert_null(text_open(&arena, ""));
	assert_null(text_open(&arena, "v1:"));
	assert_null(text_open(&arena, NULL));
}

static void test_bsn_hash(void **state)
{
	const char *hash = bsn_hash(&arena, "999990019");

	(void)state;
	assert_int_equal(strlen(hash), 64);
	assert_string_equal(hash, bsn_hash(&arena, "999990019"));
	assert_string_not_equal(hash, bsn_hash(&arena, "999990020"));
}

static void test_another_key(void **state)
{
	const char *sealed = text_seal(&arena, "999990019"), *hash = bsn_hash(&arena, "999990019");

	(void)state;
	assert_null(init_with("bsn " OTHER "\nhash " KEY "\n"));
	assert_null(text_open(&arena, sealed));
	assert_string_not_equal(bsn_hash(&arena, "999990019"), hash);
	assert_null(init_with("bsn " KEY "\r\nhash " OTHER));
	assert_string_equal(text_open(&arena, sealed), "999990019");
}

static void test_wrong_key_file(void **state)
{
	(void)state;
	assert_non_null(crypto_init("/nergens/sleutels"));
	assert_non_null(init_with(""));
	assert_non_null(init_with("bsn " KEY "\n"));
	assert_non_null(init_with("bsn 0001\nhash " KEY "\n"));
	assert_non_null(init_with("bsn " KEY "00\nhash " KEY "\n"));
	assert_null(init_with("bsn " KEY "\nhash " OTHER "\n"));
}

static void test_sha256(void **state)
{
	(void)state;
	assert_string_equal(sha256_hex(&arena, "abc", 3),
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	/* RFC 7636 appendix B */
	assert_string_equal(
		sha256_base64url(&arena, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", 43),
		"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

static void test_random_token(void **state)
{
	const char *token = random_token(&arena, 32);

	(void)state;
	assert_int_equal(strlen(token), 43);
	assert_int_equal(
		strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
		43);
	assert_string_not_equal(token, random_token(&arena, 32));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bsn_round_trip),
		cmocka_unit_test(test_text_of_any_length),
		cmocka_unit_test(test_bsn_changed),
		cmocka_unit_test(test_bsn_hash),
		cmocka_unit_test(test_another_key),
		cmocka_unit_test(test_wrong_key_file),
		cmocka_unit_test(test_sha256),
		cmocka_unit_test(test_random_token),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
