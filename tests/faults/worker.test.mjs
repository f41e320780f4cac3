// SPDX-License-Identifier: EUPL-1.2
// Many requests in one worker: nobody starves, and workers that are replaced under load lose no request and do no
// POST twice. No request is tried again here: every answer counts.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { everythingHandled } from '../api/duo.mjs';
import { api, login, sql, until } from '../api/lib.mjs';
import { askWith, newAgent, progress } from './service.mjs';

const RESTARTS = 30;
const WRITERS = 6;
const READERS = 10;
const CONNECTIONS = 64;
const PARTS = 8;
const EACH = 300; // replies per connection and part, if all are served alike
let token;
let people;

before(async () => {
  token = await login('regisseur1.9901');
  people = (await api('GET', '/api/intake/v1/inburgeraars?fase=traject&limit=20', { token })).body.items.map((p) => p.id);
});

const ask = (...request) => askWith(token, ...request).then((reply) => reply.status);

test(`${RESTARTS} times new workers under a mixed load: every request is answered, every POST done once`, { timeout: 240_000 }, async () => {
  const marker = `wissel-${randomUUID()}`;
  const answers = new Map();
  let written = 0;
  let running = true;
  const note = (status) => { answers.set(status, (answers.get(status) ?? 0) + 1); };
  const writer = async (first) => {
    const agent = newAgent();
    for (let n = first; running; n += WRITERS) {
      note(await ask(agent, 'POST', `/api/progress/v1/inburgeraars/${people[n % people.length]}/voortgangsgesprekken`,
        { datum: '2027-06-01', tijd: '10:00', plaats: `${marker}-${n}` }));
      written++;
    }
    agent.destroy();
  };
  const reader = async (first) => {
    const agent = newAgent();
    for (let n = first; running; n++) note(await ask(agent, 'GET', `/api/progress/v1/inburgeraars/${people[n % people.length]}/voortgangsgesprekken?limit=5`));
    agent.destroy();
  };
  const load = [...Array.from({ length: WRITERS }, (_, i) => writer(i)), ...Array.from({ length: READERS }, (_, i) => reader(i))];

  for (let i = 0; i < RESTARTS; i++) {
    const { master, workers } = progress();
    const seen = [...answers.values()].reduce((sum, n) => sum + n, 0);
    process.kill(master, 'SIGHUP');
    await until('all workers are new', () => {
      const now = progress().workers;
      return now.length >= workers.length && !now.some((pid) => workers.includes(pid));
    }, 30);
    await until('answers go on', () => [...answers.values()].reduce((sum, n) => sum + n, 0) > seen + 20, 20);
  }
  running = false;
  await Promise.all(load);
  assert.deepEqual([...answers.keys()].sort(), [200, 201], `other answers: ${JSON.stringify([...answers])}`);
  assert.equal(answers.get(201), written);
  const rows = sql(`select count(*), count(distinct plaats) from progress.voortgangsgesprek where plaats like '${marker}-%'`);
  assert.equal(rows, `${written}|${written}`, 'each POST exactly once');
});

// Chance makes counts differ, and so does how nginx's workers happened to divide the connections; whoever is passed over
// is so however they are divided.
test(`${CONNECTIONS} connections at once: each gets its share`, { timeout: 240_000 }, async (t) => {
  const fair = ([least, most]) => least >= 0.8 * most;
  let ends = [0, 1];
  await everythingHandled(); // of what the tests before set off
  for (let part = 0; part < PARTS && !fair(ends); part++) {
    const counts = new Array(CONNECTIONS).fill(0);
    const agents = counts.map(newAgent);
    let left = CONNECTIONS * EACH;
    await Promise.all(agents.map(async (agent, i) => {
      while (left-- > 0) {
        assert.equal(await ask(agent, 'GET', `/api/intake/v1/inburgeraars/${people[0]}`), 200);
        counts[i]++;
      }
    }));
    for (const agent of agents) agent.destroy();
    ends = [Math.min(...counts), Math.max(...counts)];
    t.diagnostic(`replies per connection: least ${ends[0]}, most ${ends[1]}`);
    assert.ok(ends[0] > 0, 'somebody got no reply at all');
  }
  assert.ok(fair(ends), `least ${ends[0]}, most ${ends[1]}`);
});
