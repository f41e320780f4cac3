// SPDX-License-Identifier: EUPL-1.2
// Decisions that were kept get the same answer for good (replay/*.jsonl; keep.mjs makes more of them), and whatever a
// rule answers to its cases is kept such that it can be replayed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';

const program = process.env.REGIE_LAW;
const folder = (name) => new URL(`${name}/`, import.meta.url);
const read = (name, file) => readFileSync(new URL(file, folder(name)), 'utf8').trimEnd().split('\n');
const rules = [...run(['list']).stdout.matchAll(/^([a-z0-9-]+): /gm)].map(([, name]) => name);

function run(args, lines = []) {
	const made = spawnSync(program, args, { input: lines.join('\n'), encoding: 'utf8', maxBuffer: 1 << 26 });
	return { ...made, answers: () => made.stdout.trimEnd().split('\n').map((line) => JSON.parse(line)) };
}

test('every rule has kept decisions, each file of one rule', () => {
	assert.deepEqual(readdirSync(folder('replay')).sort(), rules.map((r) => `${r}.jsonl`).sort(), 'make the missing ones with keep.mjs');
	for (const rule of rules)
		for (const line of read('replay', `${rule}.jsonl`))
			assert.equal(JSON.parse(line).regel, rule);
});

test('every kept decision gets the same answer', () => {
	for (const rule of rules) {
		const kept = read('replay', `${rule}.jsonl`);
		const { status, answers } = run(['replay'], kept);

		answers().forEach((answer, i) => assert.deepEqual(answer, { regel: rule, gelijk: true }, kept[i]));
		assert.equal(answers().length, kept.length);
		assert.equal(status, 0);
	}
});

// Everything that a record answers, in turn: each of these is noticed when it was another.
function* altered(record) {
	for (const [name, value] of Object.entries(record.antwoord)) {
		if (name === 'uitleg')
			continue;
		const { [name]: gone, ...rest } = record.antwoord;
		yield { ...record, antwoord: rest };
		const other = typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : [];
		yield { ...record, antwoord: { ...record.antwoord, [name]: Array.isArray(value) ? [...value, 'x'] : other } };
	}
	yield { ...record, antwoord: { ...record.antwoord, iets: 1 } };
}

// The answer without its words, which may be improved.
function wordless(value) {
	if (value === null || typeof value !== 'object')
		return value;
	return Array.isArray(value) ? value.map(wordless)
		: Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'uitleg').map(([name, v]) => [name, wordless(v)]));
}

test('an altered answer is noticed, whatever it is', () => {
	for (const rule of rules) {
		const records = read('replay', `${rule}.jsonl`).map((line) => JSON.parse(line));
		const all = records.flatMap((record) => [...altered(record)].map((changed) => ({ changed, right: record.antwoord })));
		const { status, answers } = run(['replay'], all.map(({ changed }) => JSON.stringify(changed)));

		assert.equal(status, 1, rule);
		answers().forEach((answer, i) => {
			assert.equal(answer.gelijk, false, JSON.stringify(all[i].changed));
			assert.deepEqual(wordless(answer.antwoord), wordless(all[i].right));
		});
	}
});

test('another wording is no other answer', () => {
	const record = JSON.parse(read('replay', 'leerroute-toets.jsonl').find((line) => line.includes('"toegestaan":false')));
	record.antwoord.uitleg = 'Zoals het vroeger werd gezegd.';
	for (const bezwaar of record.antwoord.bezwaren)
		bezwaar.uitleg = 'Zoals het vroeger werd gezegd.';
	assert.deepEqual(run(['replay'], [JSON.stringify(record)]).answers()[0], { regel: 'leerroute-toets', gelijk: true });
	record.antwoord.bezwaren[0].code = 'anders';
	assert.equal(run(['replay'], [JSON.stringify(record)]).answers()[0].gelijk, false);
});

test('what a rule answers to each of its cases can be kept and replayed', () => {
	for (const rule of rules) {
		const cases = read('law', `${rule}.csv`).slice(1).map((row) => row.split(';')).filter(([, , expected]) => !('veld' in JSON.parse(expected)));
		const asked = cases.map(([, facts]) => JSON.stringify({ regel: rule, feiten: JSON.parse(facts) }));
		const kept = run(['beslissing'], asked);
		const again = run(['replay'], kept.stdout.trimEnd().split('\n'));

		assert.equal(kept.status, 0, kept.stdout);
		assert.equal(again.answers().length, cases.length);
		again.answers().forEach((answer, i) => assert.deepEqual(answer, { regel: rule, gelijk: true }, cases[i][0]));
	}
});
