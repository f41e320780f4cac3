/* SPDX-License-Identifier: EUPL-1.2
 *
 * The floor of the benchmark: the least a FastCGI program can do for one record. Per request one
 * Redis GET, one prepared SELECT by key, one line of JSON. No routes, no sessions, no checks.
 * Usage: floor SOCKET WORKERS REDIS_SOCKET CONNINFO UUID
 *        floor SOCKET WORKERS 201    reads the body and answers as to a notification, no more
 */
#include <fcgiapp.h>
#include <hiredis/hiredis.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void answer(FCGX_Request *fcgi, redisContext *redis, PGconn *pg, const char *id)
{
	redisReply *session = redisCommand(redis, "GET floor:session");
	PGresult *row = PQexecPrepared(pg, "one", 1, &id, NULL, NULL, 0);

	if (!session || PQresultStatus(row) != PGRES_TUPLES_OK || PQntuples(row) != 1) {
		FCGX_FPrintF(fcgi->out, "Status: 503\r\n\r\n");
	} else {
		FCGX_FPrintF(fcgi->out, "Content-Type: application/json\r\n\r\n{");
		for (int i = 0; i < PQnfields(row); i++)
			FCGX_FPrintF(fcgi->out, "%s\"%s\":\"%s\"", i ? "," : "", PQfname(row, i),
				PQgetvalue(row, 0, i));
		FCGX_FPrintF(fcgi->out, "}");
	}
	PQclear(row);
	freeReplyObject(session);
}

static void acknowledge(int listener)
{
	FCGX_Request fcgi;
	char chunk[8192];

	FCGX_InitRequest(&fcgi, listener, 0);
	while (FCGX_Accept_r(&fcgi) == 0) {
		while (FCGX_GetStr(chunk, sizeof(chunk), fcgi.in) > 0)
			;
		FCGX_FPrintF(fcgi.out, "Status: 201\r\nAPI-Version: 1.8.0\r\n\r\n");
		FCGX_Finish_r(&fcgi);
	}
}

static void serve(int listener, char **argv)
{
	FCGX_Request fcgi;
	redisContext *redis = redisConnectUnix(argv[3]);
	PGconn *pg = PQconnectdb(argv[4]);
	PGresult *prepared = PQprepare(pg, "one",
		"select id, gemeente, v_nummer, voornamen, achternaam, geboortedatum, doelgroep, "
		"fase,"
		" datum_kennisgeving, pip_uiterlijk, versie from intake.inburgeraar where id = "
		"$1::uuid",
		1, NULL);

	if (redis->err || PQresultStatus(prepared) != PGRES_COMMAND_OK) {
		fprintf(stderr, "floor: %s %s\n", redis->errstr, PQerrorMessage(pg));
		exit(2);
	}
	PQclear(prepared);
	FCGX_InitRequest(&fcgi, listener, 0);
	while (FCGX_Accept_r(&fcgi) == 0) {
		answer(&fcgi, redis, pg, argv[5]);
		FCGX_Finish_r(&fcgi);
	}
}

int main(int argc, char **argv)
{
	int listener;

	if (argc != 6 && argc != 4) {
		fprintf(stderr, "usage: floor SOCKET WORKERS (201 | REDIS_SOCKET CONNINFO UUID)\n");
		return 2;
	}
	FCGX_Init();
	listener = FCGX_OpenSocket(argv[1], 511);
	for (int i = 0; i < atoi(argv[2]); i++) {
		if (fork() == 0) {
			signal(SIGTERM, SIG_DFL);
			prctl(PR_SET_PDEATHSIG, SIGTERM);
			if (argc == 4)
				acknowledge(listener);
			else
				serve(listener, argv);
			return 0;
		}
	}
	signal(SIGTERM, SIG_DFL);
	while (wait(NULL) > 0)
		;
	return 0;
}
