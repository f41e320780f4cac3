/* SPDX-License-Identifier: EUPL-1.2
 *
 * Posts notifications as DUO does: TLS with a client certificate, a thread per connection, each
 * with one request under way. Every notification has a new berichtId and a moment of its own, and
 * is about the next of the BSNs in a file. Prints one JSON object: how many, how long, statuses,
 * latencies in milliseconds and what this program itself cost in microseconds of processor time per
 * request. Usage: notify PORT FOLDER_OF_CERTIFICATES DUO_OIN OUR_OIN CODE BSN_FILE CONNECTIONS
 * SECONDS [MOST]
 */
#include <arpa/inet.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LATENCIES_MAX (1 << 20)
#define BSNS_MAX 200000

static struct {
	SSL_CTX *tls;
	int port;
	const char *duo, *ours, *code;
	char start[32];
	char (*bsns)[10];
	size_t bsn_count;
	double until;
	long most;
} plan;

static atomic_long begun;

struct thread {
	pthread_t id;
	float *ms; /* of each request */
	long count, created, other;
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void die(const char *what)
{
	fprintf(stderr, "notify: %s\n", what);
	exit(1);
}

static SSL *connect_tls(void)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)plan.port),
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	SSL *ssl = SSL_new(plan.tls);

	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0)
		die("cannot connect");
	SSL_set_fd(ssl, fd);
	if (SSL_connect(ssl) != 1 || SSL_get_verify_result(ssl) != X509_V_OK)
		die("no TLS");
	return ssl;
}

static int make_request(char *out, size_t size, long number)
{
	unsigned char r[16];
	char body[200];
	/* an event at DUO has a moment of its own: the same moment would be the same event */
	int n = snprintf(body, sizeof(body),
		"{\"registratieDatumTijd\":\"%s.%06ldZ\",\"bsn\":\"%s\",\"gebeurtenisId\":\"%s\"}",
		plan.start, number % 1000000, plan.bsns[(size_t)number % plan.bsn_count],
		plan.code);

	RAND_bytes(r, sizeof(r));
	return snprintf(out, size,
		"POST /v1/notificaties HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
		"application/json\r\n"
		"bron: %s\r\ndoel: %s\r\nberichtId: %02x%02x%02x%02x-%02x%02x-4%01x%02x-8%01x%02x-"
		"%02x%02x%02x%02x%02x%02x\r\nContent-Length: %d\r\n\r\n%s",
		plan.duo, plan.ours, r[0], r[1], r[2], r[3], r[4], r[5], r[6] & 15, r[7], r[8] & 15,
		r[9], r[10], r[11], r[12], r[13], r[14], r[15], n, body);
}

/* The status; reads to the end of an answer without a body, chunked or of length 0. */
static int read_answer(SSL *ssl)
{
	char text[4096];
	size_t have = 0;

	for (;;) {
		int n = SSL_read(ssl, text + have, (int)(sizeof(text) - 1 - have));
		char *end;

		if (n <= 0)
			return 0;
		have += (size_t)n;
		text[have] = '\0';
		end = strstr(text, "\r\n\r\n");
		if (!end)
			continue;
		if (strstr(text, "chunked") && !strstr(end, "\r\n0\r\n\r\n"))
			continue;
		return atoi(text + strlen("HTTP/1.1 "));
	}
}

static void *post_all(void *arg)
{
	struct thread *t = arg;
	SSL *ssl = connect_tls();
	char request[1024];

	while (now() < plan.until && t->count < LATENCIES_MAX) {
		long number = atomic_fetch_add(&begun, 1);
		int n = make_request(request, sizeof(request), number);
		double start = now();
		int status;

		if (plan.most > 0 && number >= plan.most)
			break;
		status = SSL_write(ssl, request, n) == n ? read_answer(ssl) : 0;
		t->ms[t->count++] = (float)((now() - start) * 1000);
		t->created += status == 201;
		t->other += status != 201;
		if (status == 0)
			die("the connection broke");
	}
	return NULL;
}

static void read_bsns(const char *path)
{
	FILE *f = fopen(path, "r");

	plan.bsns = calloc(BSNS_MAX, sizeof(*plan.bsns));
	while (f && plan.bsn_count < BSNS_MAX && fscanf(f, "%9s", plan.bsns[plan.bsn_count]) == 1)
		plan.bsn_count++;
	if (plan.bsn_count == 0)
		die("no BSNs");
	fclose(f);
}

static void open_tls(const char *dir)
{
	char path[3][512];
	const char *names[] = { "ca.crt", "duo.crt", "duo.key" };

	for (int i = 0; i < 3; i++)
		snprintf(path[i], sizeof(path[i]), "%s/%s", dir, names[i]);
	plan.tls = SSL_CTX_new(TLS_client_method());
	SSL_CTX_set_min_proto_version(plan.tls, TLS1_2_VERSION);
	SSL_CTX_set_verify(plan.tls, SSL_VERIFY_PEER, NULL);
	if (SSL_CTX_load_verify_locations(plan.tls, path[0], NULL) != 1 ||
		SSL_CTX_use_certificate_chain_file(plan.tls, path[1]) != 1 ||
		SSL_CTX_use_PrivateKey_file(plan.tls, path[2], SSL_FILETYPE_PEM) != 1)
		die("cannot read the certificates");
}

static int by_size(const void *a, const void *b)
{
	return (*(const float *)a > *(const float *)b) - (*(const float *)a < *(const float *)b);
}

static void report(struct thread *threads, int count, double seconds)
{
	float *all;
	long total = 0, created = 0, other = 0;
	struct rusage cost;

	for (int i = 0; i < count; i++) {
		total += threads[i].count;
		created += threads[i].created;
		other += threads[i].other;
	}
	all = calloc((size_t)total + 1, sizeof(float));
	for (int i = 0, at = 0; i < count; at += (int)threads[i].count, i++)
		memcpy(all + at, threads[i].ms, (size_t)threads[i].count * sizeof(float));
	qsort(all, (size_t)total, sizeof(float), by_size);
	getrusage(RUSAGE_SELF, &cost);
	printf("{\"requests\":%ld,\"seconds\":%.3f,\"created\":%ld,\"other\":%ld,\"p50\":%.2f,"
	       "\"p99\":%.2f,\"max\":%.2f,\"own\":%.1f}\n",
		total, seconds, created, other, (double)all[total / 2],
		(double)all[total * 99 / 100], (double)all[total ? total - 1 : 0],
		((double)(cost.ru_utime.tv_sec + cost.ru_stime.tv_sec) * 1e6 +
			(double)(cost.ru_utime.tv_usec + cost.ru_stime.tv_usec)) /
			(double)(total ? total : 1));
	free(all);
}

int main(int argc, char **argv)
{
	struct thread *threads;
	int count;
	double start;
	time_t today;

	if (argc != 9 && argc != 10)
		die("PORT FOLDER DUO_OIN OUR_OIN CODE BSN_FILE CONNECTIONS SECONDS [MOST]");
	plan.port = atoi(argv[1]);
	plan.duo = argv[3];
	plan.ours = argv[4];
	plan.code = argv[5];
	plan.most = argc == 10 ? atol(argv[9]) : 0;
	count = atoi(argv[7]);
	today = time(NULL);
	strftime(plan.start, sizeof(plan.start), "%Y-%m-%dT%H:%M:%S", gmtime(&today));
	open_tls(argv[2]);
	read_bsns(argv[6]);
	threads = calloc((size_t)count, sizeof(*threads));
	start = now();
	plan.until = start + atof(argv[8]);
	for (int i = 0; i < count; i++) {
		threads[i].ms = malloc(LATENCIES_MAX * sizeof(float));
		pthread_create(&threads[i].id, NULL, post_all, &threads[i]);
	}
	for (int i = 0; i < count; i++)
		pthread_join(threads[i].id, NULL);
	report(threads, count, now() - start);
	return 0;
}
