/* SPDX-License-Identifier: EUPL-1.2
 *
 * regie-law: any rule of the law from a shell. No database, no network, no clock.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "diagram.h"
#include "document.h"
#include "lines.h"

#define EXIT_USAGE 64

static int usage(void)
{
	fputs("gebruik: regie-law list             welke regels er zijn\n"
	      "         regie-law schema REGEL     de vraag als JSON Schema\n"
	      "         regie-law document         cijfers, regels en open vragen als Markdown "
	      "(docs/law.md)\n"
	      "         regie-law REGEL            een JSON-object per regel invoer, een antwoord "
	      "per regel\n"
	      "         regie-law verslag REGEL    hetzelfde, met het antwoord als verslag\n"
	      "         regie-law beslissing       {\"regel\", \"feiten\"} per regel invoer: de "
	      "beslissing, zoals die bewaard wordt\n"
	      "         regie-law replay           bewaarde beslissingen: geeft de regel nog "
	      "hetzelfde antwoord\n"
	      "         regie-law diagram NAAM     intake, enforcement of pip als Mermaid\n",
		stderr);
	return EXIT_USAGE;
}

static void print_fields(const char *label, const struct field *fields)
{
	char name[64];

	printf("  %s:", label);
	for (const struct field *f = fields; f->name; f++)
		printf(" %s%s", field_json_name(f->name, name, sizeof(name)),
			f->need == OPTIONAL ? "?" : "");
	putchar('\n');
}

static int list_rules(void)
{
	for (const struct rule *const *row = rules; *row; row++) {
		const struct rule *r = *row;

		printf("%s: %s\n  %s\n", r->name, r->doc, r->articles);
		print_fields("in", r->in);
		print_fields("uit", r->out);
	}
	return 0;
}

static int print_schema(const struct rule *rule)
{
	struct arena a;
	struct buffer b, schema;

	arena_init(&a);
	buffer_init(&b, &a);
	buffer_puts(&b, "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"title\":");
	buffer_json(&b, rule->name);
	buffer_puts(&b, ",\"description\":");
	buffer_json(&b, rule->doc);
	buffer_puts(&b, ",");
	buffer_init(&schema, &a);
	fields_write_schema(&schema, rule->in, true);
	buffer_puts(&b, schema.data + 1); /* its members, in this object */
	puts(b.data);
	arena_finish(&a);
	return 0;
}

static int run_rule(const char *name, line_question ask)
{
	const struct rule *rule = rule_find(name);

	if (!rule) {
		fprintf(stderr, "regie-law: onbekende regel %s\n", name);
		return usage();
	}
	return ask ? lines_answer(ask, rule, STDIN_FILENO, STDOUT_FILENO) : print_schema(rule);
}

static int print_diagram(const char *name)
{
	const struct law_machine *m = law_machine_find(name);

	if (!m) {
		fprintf(stderr, "regie-law: onbekend diagram %s\n", name);
		return usage();
	}
	diagram_print(m, stdout);
	return 0;
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (argc == 2 && strcmp(what, "list") == 0)
		return list_rules();
	if (argc == 2 && strcmp(what, "document") == 0)
		return print_document();
	if (argc == 2 && strcmp(what, "beslissing") == 0)
		return lines_answer(ask_record, NULL, STDIN_FILENO, STDOUT_FILENO);
	if (argc == 2 && strcmp(what, "replay") == 0)
		return lines_answer(ask_replay, NULL, STDIN_FILENO, STDOUT_FILENO);
	if (argc == 3 && strcmp(what, "schema") == 0)
		return run_rule(argv[2], NULL);
	if (argc == 3 && strcmp(what, "verslag") == 0)
		return run_rule(argv[2], ask_account);
	if (argc == 3 && strcmp(what, "diagram") == 0)
		return print_diagram(argv[2]);
	return argc == 2 ? run_rule(what, ask_rule) : usage();
}
