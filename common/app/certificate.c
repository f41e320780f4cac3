/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/certificate.h"

#include <openssl/pem.h>
#include <openssl/x509.h>
#include <time.h>

static void take_earliest(const ASN1_TIME *end, struct date *out)
{
	struct tm utc;
	struct date day;

	if (!end || ASN1_TIME_to_tm(end, &utc) != 1)
		return;
	day = date_make(utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday);
	if (!date_is_set(*out) || date_compare(day, *out) < 0)
		*out = day;
}

bool certificate_last_day(const char *file, struct date *out)
{
	BIO *bio = BIO_new_file(file, "r");
	STACK_OF(X509_INFO) *all = bio ? PEM_X509_INFO_read_bio(bio, NULL, NULL, NULL) : NULL;
	struct date first = DATE_NONE;

	for (int i = 0; i < sk_X509_INFO_num(all); i++) {
		const X509_INFO *each = sk_X509_INFO_value(all, i);

		if (each->x509)
			take_earliest(X509_get0_notAfter(each->x509), &first);
		if (each->crl)
			take_earliest(X509_CRL_get0_nextUpdate(each->crl), &first);
	}
	sk_X509_INFO_pop_free(all, X509_INFO_free);
	BIO_free(bio);
	if (date_is_set(first))
		*out = first;
	return date_is_set(first);
}
