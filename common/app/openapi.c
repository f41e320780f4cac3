/* SPDX-License-Identifier: EUPL-1.2
 * The OpenAPI document, printed from the tables that the program itself walks. */
#include "kit.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define VERSION_HEADER                                                                             \
	"\"API-Version\":{\"description\":\"Versie van de API\",\"schema\":{\"type\":\"string\"}}"
#define PROBLEM_CONTENT                                                                            \
	"\"content\":{\"application/problem+json\":{\"schema\":"                                   \
	"{\"$ref\":\"#/components/schemas/Probleem\"}}}"
#define PROBLEM_SCHEMA                                                                             \
	"\"Probleem\":{\"type\":\"object\",\"description\":\"Foutmelding (RFC 9457)\","            \
	"\"required\":[\"type\",\"title\",\"status\",\"detail\"],\"properties\":{"                 \
	"\"type\":{\"type\":\"string\",\"format\":\"uri\"},\"title\":{\"type\":\"string\"},"       \
	"\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":\"string\"},"                      \
	"\"instance\":{\"type\":\"string\",\"format\":\"uri\"},"                                   \
	"\"invalidParams\":{\"type\":\"array\",\"items\":{\"type\":\"object\","                    \
	"\"required\":[\"name\",\"code\",\"reason\"],\"properties\":{"                             \
	"\"name\":{\"type\":\"string\"},\"code\":{\"type\":\"string\"},"                           \
	"\"reason\":{\"type\":\"string\"}}}}}}"

/* ---- small writers ---- */

static void separator(struct buffer *b, bool *first)
{
	if (!*first)
		buffer_putc(b, ',');
	*first = false;
}

/* get_inburgeraars_id_oproepen → getInburgeraarsIdOproepen: unique, since method and path are. */
static void write_operation_id(struct buffer *b, const struct route *r)
{
	bool upper = true;

	for (const char *p = method_name(r->method); *p; p++)
		buffer_putc(b, (char)tolower((unsigned char)*p));
	for (const char *p = r->path; *p; p++) {
		if (!isalnum((unsigned char)*p)) {
			upper = true;
			continue;
		}
		buffer_putc(b, upper ? (char)toupper((unsigned char)*p) : *p);
		upper = false;
	}
}

static void write_roles(struct buffer *b, unsigned scope)
{
	bool first = true;

	buffer_putc(b, '[');
	for (int i = 0; role_names[i]; i++) {
		if (!(scope & 1u << i))
			continue;
		separator(b, &first);
		buffer_json(b, role_names[i]);
	}
	buffer_putc(b, ']');
}

/* ---- parameters ---- */

static void write_path_parameters(struct buffer *b, const char *path, bool *first)
{
	for (const char *p = strchr(path, '{'); p; p = strchr(p + 1, '{')) {
		size_t n = strcspn(p + 1, "}");

		separator(b, first);
		buffer_printf(b,
			"{\"name\":\"%.*s\",\"in\":\"path\",\"required\":true,"
			"\"schema\":{\"type\":\"string\"%s}}",
			(int)n, p + 1, n == 2 ? ",\"format\":\"uuid\"" : "");
	}
}

/* A query parameter has the schema that the same field would have in a body. */
static void write_query_parameters(struct buffer *b, const struct resource *r, bool *first)
{
	char name[64];

	for (const struct field *f = r->fields; f->name; f++) {
		const struct field one[] = { *f, FIELD_END };
		struct buffer schema;
		const char *from;

		buffer_init(&schema, b->arena);
		fields_write_schema(&schema, one, true);
		field_json_name(f->name, name, sizeof(name));
		from = strstr(schema.data, "\":{\"") + 4; /* inside "properties":{ */
		from = strchr(from, ':') + 1;
		separator(b, first);
		buffer_printf(b,
			"{\"name\":\"%s\",\"in\":\"query\",\"required\":%s,\"schema\":%.*s}", name,
			f->need == REQUIRED ? "true" : "false", (int)(strchr(from, '}') + 1 - from),
			from);
	}
}

static void write_parameters(struct buffer *b, const struct route *r)
{
	bool first = true;

	buffer_puts(b, ",\"parameters\":[");
	write_path_parameters(b, r->path, &first);
	if (r->query)
		write_query_parameters(b, r->query, &first);
	if (r->flags & R_LIST) {
		separator(b, &first);
		buffer_puts(b,
			"{\"name\":\"limit\",\"in\":\"query\",\"description\":\"Aantal regels\","
			"\"schema\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":100,"
			"\"default\":25}},"
			"{\"name\":\"cursor\",\"in\":\"query\",\"description\":\"Uit de header "
			"Link van de"
			" vorige bladzijde\",\"schema\":{\"type\":\"string\"}}");
	}
	if (r->flags & R_IF_MATCH) {
		separator(b, &first);
		buffer_puts(b,
			"{\"name\":\"If-Match\",\"in\":\"header\",\"required\":true,"
			"\"description\":\"ETag van wat u las\",\"schema\":{\"type\":\"string\"}}");
	}
	if (r->flags & R_CREATES) {
		separator(b, &first);
		buffer_puts(b, "{\"name\":\"Idempotency-Key\",\"in\":\"header\",\"description\":"
			       "\"Zelfde sleutel: het verzoek wordt maar een keer uitgevoerd\","
			       "\"schema\":{\"type\":\"string\",\"maxLength\":64}}");
	}
	buffer_putc(b, ']');
}

/* ---- request and responses ---- */

static void write_request(struct buffer *b, const struct route *r)
{
	if (!r->in)
		return;
	buffer_printf(b,
		",\"requestBody\":{\"required\":true,\"content\":{\"application/json\":"
		"{\"schema\":{\"$ref\":\"#/components/schemas/%sInvoer\"}}}}",
		r->in->name);
}

static int success_status(const struct route *r)
{
	if (r->flags & R_CREATES)
		return 201;
	return r->flags & R_NO_CONTENT ? 204 : 200;
}

static void write_success_schema(struct buffer *b, const struct route *r)
{
	if (!r->out)
		return;
	buffer_puts(b, ",\"content\":{\"application/json\":{\"schema\":");
	if (r->flags & R_LIST)
		buffer_printf(b,
			"{\"type\":\"object\",\"required\":[\"items\"],\"properties\":{\"items\":"
			"{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/%s\"}}}}",
			r->out->name);
	else
		buffer_printf(b, "{\"$ref\":\"#/components/schemas/%s\"}", r->out->name);
	buffer_puts(b, "}}");
}

static void write_success(struct buffer *b, const struct route *r)
{
	buffer_printf(b, "\"%d\":{\"description\":\"Gelukt\",\"headers\":{" VERSION_HEADER,
		success_status(r));
	if (r->flags & R_CREATES)
		buffer_puts(b, ",\"Location\":{\"description\":\"Adres van wat is gemaakt\","
			       "\"schema\":{\"type\":\"string\"}}");
	if (r->out && !(r->flags & R_LIST) && field_find(r->out->fields, "versie"))
		buffer_puts(b, ",\"ETag\":{\"description\":\"Versie, voor If-Match\","
			       "\"schema\":{\"type\":\"string\"}}");
	if (r->flags & R_LIST)
		buffer_puts(b, ",\"Link\":{\"description\":\"Volgende bladzijde (RFC 8288)\","
			       "\"schema\":{\"type\":\"string\"}}");
	buffer_putc(b, '}');
	write_success_schema(b, r);
	buffer_putc(b, '}');
}

static bool may_answer(const struct route *r, enum status s)
{
	switch (s) {
	case ERR_SESSION:
	case ERR_FORBIDDEN:
		return r->scope != SCOPE_OPEN;
	case ERR_NOT_FOUND:
		return strchr(r->path, '{') != NULL;
	case ERR_CONFLICT:
		return (r->flags & (R_CONFLICT | R_CREATES)) != 0;
	case ERR_CHANGED:
	case ERR_NO_MATCH:
		return (r->flags & R_IF_MATCH) != 0;
	case ERR_TOO_LARGE:
	case ERR_MEDIA_TYPE:
		return r->in != NULL;
	case ERR_METHOD:
	case ERR_UPSTREAM:
		return false;
	default:
		return true;
	}
}

static void write_responses(struct buffer *b, const struct route *r)
{
	buffer_puts(b, ",\"responses\":{");
	write_success(b, r);
	for (enum status s = OK + 1; s < STATUS_COUNT; s++) {
		if (!may_answer(r, s))
			continue;
		buffer_printf(b,
			",\"%d\":{\"description\":\"%s\",\"headers\":{" VERSION_HEADER
			"}," PROBLEM_CONTENT "}",
			status_http(s), status_title(s));
	}
	buffer_putc(b, '}');
}

/* ---- paths and schemas ---- */

static void write_operation(struct buffer *b, const struct service *svc, const struct route *r)
{
	buffer_putc(b, '"');
	for (const char *p = method_name(r->method); *p; p++)
		buffer_putc(b, (char)tolower((unsigned char)*p));
	buffer_puts(b, "\":{\"operationId\":\"");
	write_operation_id(b, r);
	buffer_printf(b, "\",\"tags\":[\"%s\"],\"summary\":", svc->name);
	buffer_json(b, r->summary ? r->summary : r->path);
	buffer_puts(b, ",\"x-rollen\":");
	write_roles(b, r->scope);
	if (r->scope != SCOPE_OPEN)
		buffer_puts(b, ",\"security\":[{\"sessie\":[]}]");
	write_parameters(b, r);
	write_request(b, r);
	write_responses(b, r);
	buffer_putc(b, '}');
}

static bool path_seen_before(const struct route *routes, const struct route *r)
{
	for (const struct route *q = routes; q != r; q++)
		if (!(q->flags & R_HIDDEN) && strcmp(q->path, r->path) == 0)
			return true;
	return false;
}

static void write_paths(struct buffer *b, const struct service *svc)
{
	bool first_path = true;

	buffer_puts(b, "\"paths\":{");
	for (const struct route *r = svc->routes; r->path; r++) {
		bool first = true;

		if (r->flags & R_HIDDEN || path_seen_before(svc->routes, r))
			continue;
		separator(b, &first_path);
		buffer_printf(b, "\"%s\":{", r->path);
		for (const struct route *q = r; q->path; q++) {
			if (q->flags & R_HIDDEN || strcmp(q->path, r->path) != 0)
				continue;
			separator(b, &first);
			write_operation(b, svc, q);
		}
		buffer_putc(b, '}');
	}
	buffer_putc(b, '}');
}

static bool schema_seen_before(const struct route *routes, const struct route *r, bool input)
{
	const struct resource *mine = input ? r->in : r->out;

	for (const struct route *q = routes; q != r; q++)
		if (!(q->flags & R_HIDDEN) && (input ? q->in : q->out) == mine)
			return true;
	return false;
}

static void write_schemas(struct buffer *b, const struct service *svc)
{
	buffer_puts(b, "\"schemas\":{" PROBLEM_SCHEMA);
	for (const struct route *r = svc->routes; r->path; r++) {
		for (int input = 0; input < 2; input++) {
			const struct resource *res = input ? r->in : r->out;

			if (!res || r->flags & R_HIDDEN ||
				schema_seen_before(svc->routes, r, input))
				continue;
			buffer_printf(b, ",\"%s%s\":", res->name, input ? "Invoer" : "");
			fields_write_schema(b, res->fields, input);
		}
	}
	buffer_putc(b, '}');
}

const char *openapi_document(struct arena *a, const struct service *svc)
{
	struct buffer b;

	buffer_init(&b, a);
	buffer_puts(&b, "{\"openapi\":\"3.0.3\",\"info\":{\"title\":");
	buffer_json(&b, svc->title);
	buffer_puts(&b, ",\"description\":");
	buffer_json(&b, svc->description);
	buffer_printf(&b,
		",\"version\":\"%s\",\"contact\":{\"name\":\"Regie\",\"url\":"
		"\"https://"
		"regie.example\",\"email\":\"regie@regie.example\"},\"license\":{\"name\":"
		"\"EUPL-1.2\",\"url\":\"https://eupl.eu/1.2/nl/\"}},\"servers\":[{\"url\":"
		"\"https://regie.example%s\"}],\"tags\":[{\"name\":\"%s\"}],",
		svc->version, svc->base, svc->name);
	write_paths(&b, svc);
	buffer_puts(&b, ",\"components\":{\"securitySchemes\":{\"sessie\":{\"type\":\"http\","
			"\"scheme\":\"bearer\",\"description\":\"Sessie na inloggen met OpenID "
			"Connect\"}},");
	write_schemas(&b, svc);
	buffer_puts(&b, "}}");
	return b.data;
}

void routes_print(const struct service *svc)
{
	static const struct {
		unsigned flag;
		const char *name;
	} flags[] = { { R_CREATES, "creates" }, { R_IF_MATCH, "if-match" }, { R_LIST, "list" },
		{ R_RAW, "raw" }, { R_HIDDEN, "hidden" }, { R_NO_CONTENT, "no-content" } };

	for (const struct route *r = svc->routes; r->path; r++) {
		printf("%s\t%s%s\t", method_name(r->method), svc->base, r->path);
		for (int i = 0, n = 0; role_names[i]; i++)
			if (r->scope & 1u << i)
				printf("%s%s", n++ ? "," : "", role_names[i]);
		printf("%s\t", r->scope == SCOPE_OPEN ? "open" : "");
		for (size_t i = 0, n = 0; i < sizeof(flags) / sizeof(*flags); i++)
			if (r->flags & flags[i].flag)
				printf("%s%s", n++ ? "," : "", flags[i].name);
		putchar('\n');
	}
}
