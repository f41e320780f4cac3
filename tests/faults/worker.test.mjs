// SPDX-License-Identifier: EUPL-1.2
// Many requests in one worker: nobody starves, and workers that are replaced under load lose no request and do no
// POST twice. No request is tried again here: every answer counts.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { before, test } from 'node:test';
import { api, baseUrl, login, processes, sql, until } from '../api/lib.mjs';

const RESTARTS = 30;
const WRITERS = 6;
const READERS = 10;
const CONNECTIONS = 64;
let token;
let people;

before(async () => {
  token = await login('regisseur1.9901');
  people = (await api('GET', '/api/intake/v1/inburgeraars?fase=traject&limit=20', { token })).body.items.map((p) => p.id);
});

// One request on the connection of `agent`: the status.
function ask(agent, method, path, body) {
  return new Promise((done, failed) => {
    const headers = { Authorization: `Bearer ${token}`, Accept: 'application/json', ...(body ? { 'Content-Type': 'application/json' } : {}) };
    const request = http.request(baseUrl + path, { agent, method, headers }, (reply) => {
      reply.resume();
      reply.on('end', () => done(reply.statusCode));
      reply.on('error', failed);
    });
    request.on('error', failed);
    request.end(body && JSON.stringify(body));
  });
}

const newAgent = () => new http.Agent({ keepAlive: true, maxSockets: 1 });

function progress() {
  const all = processes().filter((p) => p.exe === 'regie-progress' && !p.jobs);
  const master = all.find((p) => !all.some((q) => q.pid === p.ppid));
  return { master: master.pid, workers: all.filter((p) => p.ppid === master.pid).map((p) => p.pid) };
}

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

test(`${CONNECTIONS} connections at once: none starves`, { timeout: 60_000 }, async () => {
  const counts = new Array(CONNECTIONS).fill(0);
  const end = Date.now() + 4000;
  await Promise.all(counts.map(async (_, i) => {
    const agent = newAgent();
    while (Date.now() < end) {
      assert.equal(await ask(agent, 'GET', `/api/intake/v1/inburgeraars/${people[0]}`), 200);
      counts[i]++;
    }
    agent.destroy();
  }));
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  assert.ok(least > 0 && least >= most / 2, `least ${least}, most ${most}`);
});
