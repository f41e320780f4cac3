// SPDX-License-Identifier: EUPL-1.2
// The account of a decision, word for word: verslag/RULE.what.txt holds the facts on the first line and below them the
// text that letters and screens show. And what holds for every account.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';

const program = process.env.REGIE_LAW;
const here = (name) => new URL(name, import.meta.url);

function accounts(rule, facts) {
	const run = spawnSync(program, ['verslag', rule], { input: facts.join('\n'), encoding: 'utf8', maxBuffer: 1 << 26 });
	return run.stdout.trimEnd().split('\n').map((line) => JSON.parse(line).verslag);
}

for (const file of readdirSync(here('verslag'))) {
	test(file, () => {
		const [facts, ...text] = readFileSync(here(`verslag/${file}`), 'utf8').split('\n');

		assert.equal(accounts(file.split('.')[0], [facts])[0], text.join('\n').trimEnd());
	});
}

test('an account of any case has its four parts and nothing empty or for programs in it', () => {
	for (const file of readdirSync(here('law'))) {
		const cases = readFileSync(here(`law/${file}`), 'utf8').trimEnd().split('\n').slice(1).map((row) => row.split(';'));
		const facts = cases.filter(([, , expected]) => !('veld' in JSON.parse(expected))).map(([, input]) => input);

		accounts(file.replace('.csv', ''), facts).forEach((text, i) => {
			assert.match(text, /^Feiten\n(- .+\n( {2}\d+\. .+\n)*)+\nRegel\n.+\n\nUitkomst\n.+\n(- .+\n( {2}\d+\. .+\n)*)*\nArtikelen\n.+\./, facts[i]);
			assert.doesNotMatch(text, /^- .*[:?,] *$(?!\n {2}1\. )/m, facts[i]);
		});
	}
});
