// SPDX-License-Identifier: EUPL-1.2
// keep.mjs REGIE-LAW RULE [CASE…]: prints cases of law/RULE.csv (by number, the first is 1; without numbers all that
// are usable) as decisions that were kept, for replay/RULE.jsonl. Add to that file and change no line of it: a
// decision that was made once must get the same answer for good.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const PEILDATUM = '2026-04-01';
const [program, rule, ...numbers] = process.argv.slice(2);
const rows = readFileSync(new URL(`law/${rule}.csv`, import.meta.url), 'utf8').trimEnd().split('\n').slice(1);
const chosen = numbers.length > 0 ? numbers.map((n) => rows[n - 1]) : rows.filter((row) => !('veld' in JSON.parse(row.split(';')[2])));
const asked = chosen.map((row) => JSON.stringify({ regel: rule, peildatum: PEILDATUM, feiten: JSON.parse(row.split(';')[1]) }));
const run = spawnSync(program, ['beslissing'], { input: asked.join('\n'), encoding: 'utf8' });

process.stdout.write(run.stdout);
process.exitCode = run.status;
