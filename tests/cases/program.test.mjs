// SPDX-License-Identifier: EUPL-1.2
// regie-law as a program: what it lists, its schemas, its exit codes, what it keeps and replays, and that every rule
// has cases.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import test from 'node:test';

const program = process.env.REGIE_LAW;
const cases = new URL('law/', import.meta.url);
const first = { stap: '1', verwijtbaar: true };

function ask(args, input = '') {
	const run = spawnSync(program, args, { input, encoding: 'utf8' });
	return { ...run, lines: run.stdout.split('\n').slice(0, -1) };
}

function listed() {
	return [...ask(['list']).stdout.matchAll(/^([a-z0-9-]+): .+\n {2}(.+)\n {2}in: (.+)\n {2}uit: (.+)$/gm)]
		.map(([, name, articles, fields, answer]) => ({ name, articles, fields: fields.split(' '), answer }));
}

test('every rule is listed with articles and fields, and has cases', () => {
	const rules = listed();

	assert.ok(rules.length >= 20);
	for (const rule of rules) {
		assert.match(rule.articles, /art\.|DUO/);
		assert.match(rule.answer, / grondslag uitleg$/);
		assert.ok(existsSync(new URL(`${rule.name}.csv`, cases)), `${rule.name}.csv is missing`);
	}
	for (const file of readdirSync(cases))
		assert.ok(rules.some((rule) => `${rule.name}.csv` === file), `${file} belongs to no rule`);
});

test('the schema names the same fields as the list', () => {
	for (const { name, fields } of listed()) {
		const schema = JSON.parse(ask(['schema', name]).stdout);

		assert.equal(schema.title, name);
		assert.equal(schema.additionalProperties, false);
		assert.deepEqual(Object.keys(schema.properties), fields.map((f) => f.replace('?', '')));
		assert.deepEqual(schema.required ?? [], fields.filter((f) => !f.endsWith('?')));
	}
});

test('a usable line is answered on one line, blank lines are passed over', () => {
	const { lines, status } = ask(['boete-22'], `\n${JSON.stringify(first)}\r\n \n${JSON.stringify(first)}`);

	assert.equal(status, 0);
	assert.equal(lines.length, 2);
	assert.equal(JSON.parse(lines[1]).bedrag, 250);
});

test('an account tells what was given, and no more', () => {
	const policy = { ...first, beleid: { plafondEersteTermijn: 1000 } };
	const { lines } = ask(['verslag', 'boete-22'], `${JSON.stringify(first)}\n${JSON.stringify(policy)}`);

	assert.doesNotMatch(JSON.parse(lines[0]).verslag, /Beleid van de gemeente/);
	assert.match(JSON.parse(lines[1]).verslag, /Beleid van de gemeente, .+: € 1\.000\n/);
});

test('an unusable line names the field and the run goes on', () => {
	const unusable = [['nee', 'body'], ['[]', 'body'], ['{"stap":"1","stap":"3"}', 'body'], ['{"stap":"2"}', 'stap'],
		['{"stap":"1"}', 'verwijtbaar'], ['{"stap":"1","verwijtbaar":true,"kleur":1}', 'kleur'],
		['{"stap":"1","verwijtbaar":true,"termijn":4}', 'termijn'],
		['{"stap":"1","verwijtbaar":true,"termijn":{"soort":"nieuw","maanden":7}}', 'termijn.maanden'],
		['{"stap":"1","verwijtbaar":true,"reedsOpgelegd":-1}', 'reedsOpgelegd'],
		['['.repeat(100000), 'body'], [' '.repeat(3 << 20) + '{}', 'body'], ['\xff\x00', 'body']];
	const input = Buffer.from(unusable.map(([line]) => `${line}\n`).join('') + JSON.stringify(first), 'latin1');
	const { lines, status } = ask(['boete-22'], input);

	assert.equal(status, 2);
	assert.equal(lines.length, unusable.length + 1);
	unusable.forEach(([line, field], i) => {
		const answer = JSON.parse(lines[i]);

		assert.deepEqual(Object.keys(answer), ['fout', 'veld']);
		assert.equal(answer.veld, field, line.slice(0, 80));
		assert.ok(answer.fout.length > 5);
	});
	assert.equal(JSON.parse(lines.at(-1)).opleggen, true);
});

test('the account is one text per line; a fact that is wrong is named', () => {
	const { lines, status } = ask(['verslag', 'boete-22'], `${JSON.stringify(first)}\n{"stap":"2"}`);

	assert.equal(status, 2);
	assert.deepEqual(Object.keys(JSON.parse(lines[0])), ['verslag']);
	assert.match(JSON.parse(lines[0]).verslag, /^Feiten\n.*\n\nRegel\n.*\(boete-22, versie \d+\)\n.*De boete: € 250\n/s);
	assert.equal(JSON.parse(lines[1]).veld, 'stap');
});

test('a decision is made from rule and facts, with version and day, as it would be kept', () => {
	const asked = { regel: 'boete-22', peildatum: '2026-04-01', feiten: first };
	const { lines, status } = ask(['beslissing'], JSON.stringify(asked));
	const record = JSON.parse(lines[0]);

	assert.equal(status, 0);
	assert.deepEqual(Object.keys(record), ['regel', 'versie', 'peildatum', 'feiten', 'antwoord']);
	assert.deepEqual(record.feiten, first);
	assert.deepEqual(record.antwoord, JSON.parse(ask(['boete-22'], JSON.stringify(first)).lines[0]));
	assert.equal(record.peildatum, '2026-04-01');
	assert.ok(!('peildatum' in JSON.parse(ask(['beslissing'], JSON.stringify({ ...asked, peildatum: null })).lines[0])));
});

test('a replay says whether the answer is the same: 0, 1 with the right answer, 2 for what is no decision', () => {
	const record = JSON.parse(ask(['beslissing'], JSON.stringify({ regel: 'boete-22', feiten: first })).lines[0]);
	const say = (changes) => JSON.stringify({ ...record, ...changes });
	const good = ask(['replay'], `${say({})}\n${say({ id: 'x', verslag: 'y', peildatum: null })}`);

	assert.equal(good.status, 0);
	assert.deepEqual(good.lines.map((l) => JSON.parse(l)), Array(2).fill({ regel: 'boete-22', gelijk: true }));
	const other = ask(['replay'], say({ antwoord: { ...record.antwoord, bedrag: 200 } }));
	assert.equal(other.status, 1);
	assert.deepEqual(JSON.parse(other.lines[0]), { regel: 'boete-22', gelijk: false, antwoord: record.antwoord });

	const unusable = [['nee', 'body'], ['[]', 'body'], [say({ regel: 'geen-regel' }), 'regel'], [say({ regel: 22 }), 'regel'],
		[say({ versie: 0 }), 'versie'], [say({ versie: 99 }), 'versie'], [say({ versie: '1' }), 'versie'], [say({ versie: undefined }), 'versie'],
		[say({ peildatum: '1 april' }), 'peildatum'], [say({ antwoord: undefined }), 'antwoord'], [say({ antwoord: [] }), 'antwoord'],
		[say({ feiten: undefined }), 'feiten.body'], [say({ feiten: { stap: '1' } }), 'feiten.verwijtbaar'],
		[say({ feiten: { ...first, kleur: 1 } }), 'feiten.kleur']];
	const { lines, status } = ask(['replay'], unusable.map(([line]) => line).concat(say({})).join('\n'));
	assert.equal(status, 2);
	unusable.forEach(([line, field], i) => assert.equal(JSON.parse(lines[i]).veld, field, line));
	assert.equal(JSON.parse(lines.at(-1)).gelijk, true);
});

test('every open reading names rules that there are, and a parameter that they take', () => {
	const readings = [...ask(['document']).stdout.matchAll(/^### ([a-z0-9-]+)\n\n.+\n\n.+\n\nRules: (.+?)\. Basis: .+ \(([A-Z])\)\. (?:Parameter: `(.+)`|Fixed)\.$/gm)];

	assert.ok(readings.length >= 15);
	assert.equal(new Set(readings.map(([, id]) => id)).size, readings.length);
	for (const [, id, rules, mark, parameter] of readings) {
		assert.match(mark, /[PSMD]/, id);
		for (const rule of rules.split(', ')) {
			let schema = JSON.parse(ask(['schema', rule]).stdout || 'null');
			assert.ok(schema, `${id}: ${rule}`);
			for (const name of parameter?.split('.') ?? []) {
				schema = schema.properties?.[name];
				assert.ok(schema, `${id}: ${rule} takes no ${parameter}`);
			}
		}
	}
});

test('a wrong command is refused', () => {
	for (const args of [[], ['geen-regel'], ['schema'], ['schema', 'geen-regel'], ['list', 'boete-22'], ['verslag'], ['replay', 'boete-22'],
		['document', 'boete-22']]) {
		const { status, stdout, stderr } = ask(args);

		assert.equal(status, 64, args.join(' '));
		assert.equal(stdout, '');
		assert.match(stderr, /gebruik: regie-law/);
	}
});
