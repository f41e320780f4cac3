// SPDX-License-Identifier: EUPL-1.2
// law.mjs REGIE-LAW FOLDER: lines per second of rules, from the usable cases of FOLDER, repeated; one process
// on one core, median of three runs. A line is as programs write one: JSON without spaces.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const LINES = 400000;
const [program, folder] = process.argv.slice(2);
const dir = mkdtempSync(path.join(os.tmpdir(), 'regie-bench-law-'));

function usableFacts(rule) {
	const rows = readFileSync(path.join(folder, `${rule}.csv`), 'utf8').trimEnd().split('\n').slice(1);
	return rows.map((row) => row.split(';')).filter(([, , expected]) => !('veld' in JSON.parse(expected))).map(([, facts]) => JSON.stringify(JSON.parse(facts)));
}

// What POSIX `times` says of the children: seconds of user and system.
function run(rule, input) {
	const start = performance.now();
	const said = execFileSync('sh', ['-c', '"$0" "$1" <"$2" >/dev/null && times', program, rule, input], { encoding: 'utf8' });
	const wall = (performance.now() - start) / 1000;
	const [user, system] = said.trim().split('\n')[1].split(' ').map((t) => /^(\d+)m([\d.]+)s$/.exec(t))
		.map(([, minutes, seconds]) => minutes * 60 + Number(seconds));
	return { wall: LINES / wall, core: LINES / (user + system) };
}

const median = (list) => list.sort((x, y) => x - y)[1];

try {
	for (const rule of ['boete-23', 'pip-termijn', 'voltooiing']) {
		const facts = usableFacts(rule);
		const input = path.join(dir, rule);
		writeFileSync(input, Array.from({ length: LINES }, (_, i) => `${facts[i % facts.length]}\n`).join(''));
		const runs = [1, 2, 3].map(() => run(rule, input));
		console.log(`regie-law ${rule}: ${Math.round(median(runs.map((r) => r.core)))} lines per second of processor time, `
			+ `${Math.round(median(runs.map((r) => r.wall)))} by the clock (median of 3, ${LINES} lines of ${facts.length} cases)`);
	}
} finally {
	rmSync(dir, { recursive: true, force: true });
}
