// SPDX-License-Identifier: EUPL-1.2
// run.mjs REGIE-LAW FILE.csv: asks the rule that the file is named after every case, and compares.
// Columns: naam; invoer; verwacht; bron, with `;` between them and JSON as it is. `verwacht` is a part of the
// answer: null means that the member is absent, `grondslag` names articles that must be among the answer's.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const COLUMNS = 'naam;invoer;verwacht;bron';
const CASES_MIN = 8;

function readCases(file) {
	const [head, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
	if (head !== COLUMNS)
		throw new Error(`${file}: the first line must be ${COLUMNS}`);
	return rows.map((row, i) => {
		const cells = row.split(';');
		if (cells.length !== 4 || cells.some((cell) => !cell.trim()))
			throw new Error(`${file}:${i + 2}: four columns, none empty`);
		const [naam, invoer, verwacht, bron] = cells;
		return { line: i + 2, naam, invoer, verwacht: JSON.parse(verwacht), bron };
	});
}

function* differences(expected, actual, path) {
	if (path === 'grondslag') {
		for (const article of expected)
			if (!actual?.includes(article))
				yield `grondslag lacks ${article}`;
	} else if (expected !== null && typeof expected === 'object') {
		if (Array.isArray(expected) && expected.length !== actual?.length)
			yield `${path} has ${actual?.length} elements, expected ${expected.length}`;
		for (const key of Object.keys(expected))
			yield* differences(expected[key], actual?.[key], path ? `${path}.${key}` : key);
	} else if ((actual ?? null) !== expected) {
		yield `${path} is ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`;
	}
}

function* problems(test, answer) {
	if (!answer)
		return yield 'no answer';
	if (!('fout' in answer) && !(answer.grondslag?.length > 0 && answer.uitleg))
		yield 'answer without grondslag or uitleg';
	if ('fout' in answer && !('veld' in test.verwacht))
		yield `unusable: ${answer.veld}: ${answer.fout}`;
	yield* differences(test.verwacht, answer, '');
}

const [program, file] = process.argv.slice(2);
const rule = basename(file, '.csv');
const tests = readCases(file);
const run = spawnSync(program, [rule], { input: tests.map((t) => t.invoer + '\n').join(''), encoding: 'utf8' });
const answers = run.stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
let failed = 0;

function complain(text) {
	failed++;
	console.log(text);
}

tests.forEach((test, i) => {
	for (const problem of problems(test, answers[i]))
		complain(`${file}:${test.line}: ${test.naam} (${test.bron}): ${problem}`);
});
if (answers.length !== tests.length)
	complain(`${answers.length} answers to ${tests.length} cases`);
if (run.status !== (tests.some((t) => 'veld' in t.verwacht) ? 2 : 0))
	complain(`exit code ${run.status}: ${run.stderr}`);
if (tests.length < CASES_MIN)
	complain(`at least ${CASES_MIN} cases, not ${tests.length}`);
console.log(`${rule}: ${tests.length} cases, ${failed} problems`);
process.exitCode = failed ? 1 : 0;
