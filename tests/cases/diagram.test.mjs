// SPDX-License-Identifier: EUPL-1.2
// The state machines as drawn: diagram/<name>.mmd, and the same text in the README of the service that uses it.
// When a move changes on purpose: regie-law diagram NAME, into both.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';

const root = new URL('../../', import.meta.url);
const golden = new URL('diagram/', import.meta.url);
const services = { intake: 'intake', enforcement: 'enforcement', pip: 'learning-routes' };

const draw = (...names) => spawnSync(process.env.REGIE_LAW, ['diagram', ...names], { encoding: 'utf8' });

test('every machine is drawn as its golden file says, and in its service\'s README', () => {
	assert.deepEqual(readdirSync(golden).sort(), Object.keys(services).map((name) => `${name}.mmd`).sort());
	for (const [name, service] of Object.entries(services)) {
		const { status, stdout } = draw(name);
		const readme = readFileSync(new URL(`services/${service}/README.md`, root), 'utf8');

		assert.equal(status, 0);
		assert.equal(stdout, readFileSync(new URL(`${name}.mmd`, golden), 'utf8'));
		assert.ok(readme.includes(`\`\`\`mermaid\n${stdout}\`\`\`\n`), `services/${service}/README.md has another diagram`);
	}
});

test('a diagram is Mermaid: one start, ends, and every move with event and basis', () => {
	for (const name of Object.keys(services)) {
		const [head, ...lines] = draw(name).stdout.trimEnd().split('\n');
		const moves = lines.filter((line) => line.includes(' --> '));

		assert.equal(head, 'stateDiagram-v2');
		assert.equal(moves.filter((line) => line.startsWith('\t[*] --> ')).length, 1);
		assert.ok(moves.filter((line) => line.endsWith(' --> [*]')).length > 0);
		for (const line of lines.filter((l) => !l.includes('[*]')))
			assert.match(line, /^\t(state "[a-z0-9 ]+" as [a-z0-9_]+|[a-z0-9_]+ --> [a-z0-9_]+: [a-z0-9-]+( \[[^\];]+\])? \([^;]+\))$/);
	}
});

test('an unknown name, or none, is refused', () => {
	for (const names of [[], ['geen'], ['boete-23'], ['intake', 'pip']]) {
		const { status, stdout, stderr } = draw(...names);

		assert.equal(status, 64);
		assert.equal(stdout, '');
		assert.match(stderr, /gebruik: regie-law/);
	}
});
