// SPDX-License-Identifier: EUPL-1.2
// kill -9 under a load of writes: every write that got a 2xx is there exactly once, every event has its
// effect exactly once, and the service is back within three seconds.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { api, login, processes, sql, until } from '../api/lib.mjs';

const BACK_WITHIN_MS = 3000;
const WRITERS = 4;

// Processes of this copy to kill: master, worker or jobs of a service, or redis.
function find(what) {
  const all = processes();
  const of = (exe) => all.filter((p) => p.exe === exe);
  const serving = of('regie-progress').filter((p) => !p.jobs);
  const masters = serving.filter((p) => !serving.some((q) => q.pid === p.ppid));
  return {
    worker: serving.filter((p) => masters.some((m) => m.pid === p.ppid)),
    master: masters,
    jobs: of('regie-intake').filter((p) => p.jobs),
    redis: all.filter((p) => p.exe.startsWith('redis-')),
  }[what];
}

test('kill -9 loses nothing and doubles nothing', { timeout: 180_000 }, async (t) => {
  const token = await login('regisseur1.9901');
  const list = await api('GET', '/api/intake/v1/inburgeraars?fase=traject&limit=20', { token });
  const people = list.body.items.map((p) => p.id);
  const marker = `storing-${randomUUID()}`;
  const written = new Map();
  let running = true;
  let lastSuccess = Date.now();

  async function writeOne(n) {
    const key = randomUUID();
    const body = { datum: '2027-06-01', tijd: '10:00', plaats: `${marker}-${n}` };
    for (let attempt = 0; attempt < 200; attempt++) {
      try {
        const reply = await api('POST', `/api/progress/v1/inburgeraars/${people[n % people.length]}/voortgangsgesprekken`,
          { token, body, headers: { 'Idempotency-Key': key } });
        if (reply.status === 201) {
          lastSuccess = Date.now();
          written.set(reply.body.id, body.plaats);
          return;
        }
        assert.ok(reply.status >= 500, `only 5xx while things are killed, got ${reply.status} ${JSON.stringify(reply.body)}`);
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
      }
      await new Promise((r) => { setTimeout(r, 50); });
    }
    assert.fail('a write never succeeded');
  }

  async function writer(first) {
    for (let n = first; running; n += WRITERS) await writeOne(n);
  }
  const writers = Array.from({ length: WRITERS }, (_, i) => writer(i));

  for (const what of ['worker', 'jobs', 'master', 'redis', 'worker', 'jobs', 'redis', 'master']) {
    await t.test(`kill -9 of ${what}`, async () => {
      const victims = await until(`a running ${what}`, () => find(what).length > 0 && find(what));
      process.kill(victims[0].pid, 'SIGKILL');
      const killed = Date.now();
      await until('writes succeed again', () => lastSuccess > killed + 50, 20);
      assert.ok(lastSuccess - killed < BACK_WITHIN_MS, `back after ${lastSuccess - killed} ms`);
      await until('more writes', () => lastSuccess > killed + 500, 20);
    });
  }
  running = false;
  await Promise.all(writers);

  await t.test('every write is there exactly once', () => {
    const rows = sql(`select id || ' ' || plaats from progress.voortgangsgesprek where plaats like '${marker}-%'`).split('\n');
    assert.ok(written.size > 20, `${written.size} writes are too few to prove anything`);
    assert.deepEqual(rows.sort(), [...written].map(([id, plaats]) => `${id} ${plaats}`).sort());
  });

  await t.test('every event has its effect exactly once', async () => {
    const mine = `onderwerp in (select id from progress.voortgangsgesprek where plaats like '${marker}-%')`;
    await until('all events handled', () => sql(`select count(*) from core.gebeurtenis g
      left join core.levering l on g.id = l.gebeurtenis_id and l.status <> 'klaar'
      where ${mine} and (not g.verdeeld or l.status is not null)`) === '0', 60);
    assert.equal(sql(`select count(*) from core.gebeurtenis where ${mine}`), String(written.size), 'one event per write');
    assert.equal(sql(`select count(*) from intake.taak where ${mine}`), String(written.size), 'one task per event');
    assert.equal(sql(`select count(*) from core.levering where status = 'dood'`), '0', 'no dead letters');
  });
});
