// SPDX-License-Identifier: EUPL-1.2
// Requests that are suspended in the database: who waits delays nobody else, and everyone gets an answer when the
// statement takes too long, the worker aborts or the connection is lost.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { fcgi } from '../api/fcgi.mjs';
import { api, hold, login, runDir, sql, until, waiting } from '../api/lib.mjs';
import { askWith, newAgent, progress } from './service.mjs';

const SERVICE = '/api/progress/v1';
const OUTCOME = { uitkomst: 'afgezegd' };
let token;
let people;

before(async () => {
  token = await login('regisseur1.9901');
  people = (await api('GET', '/api/intake/v1/inburgeraars?fase=traject&limit=20', { token })).body.items.map((p) => p.id);
});

const talks = (n) => `${SERVICE}/inburgeraars/${people[n % people.length]}/voortgangsgesprekken`;
const plan = (agent, n, plaats) => askWith(token, agent, 'POST', talks(n), { datum: '2027-06-01', tijd: '10:00', plaats });
const read = (agent, n) => askWith(token, agent, 'GET', `${talks(n)}?limit=5`);
const versions = (ids) => sql(`select versie from progress.voortgangsgesprek where id in (${ids.map((id) => `'${id}'`)})`).split('\n').map(Number);

// `count` talks that are planned, and a lock that whoever records their outcome waits for.
async function heldTalks(count) {
  const ids = [];
  for (let n = 0; n < count; n++) {
    const reply = await api('POST', talks(n), { token, body: { datum: '2027-06-01', tijd: '10:00', plaats: 'wacht' } });
    assert.equal(reply.status, 201);
    ids.push(reply.body.id);
  }
  const held = await hold(`select id from progress.voortgangsgesprek where id in (${ids.map((id) => `'${id}'`)}) for update`);
  return { ids, release: held.release };
}

const outcomeOf = (id) => askWith(token, newAgent(), 'POST', `${SERVICE}/voortgangsgesprekken/${id}/uitkomst`, OUTCOME, { 'If-Match': '"1"' });

// Replies as they come.
function collect(requests) {
  const got = [];
  const all = Promise.allSettled(requests.map((r) => r.then((reply) => got.push(reply))));
  return { got, all };
}

// Few, for the statements of the two give up after 5 s.
test('statements that wait delay nobody else', { timeout: 60_000 }, async () => {
  const { ids, release } = await heldTalks(2); // a worker has more connections for writes than two
  const slow = collect(ids.map(outcomeOf));
  try {
    await until('both wait', () => waiting() >= 2, 4);
    const others = await Promise.all(Array.from({ length: 4 }, async (_, i) => {
      const agent = newAgent();
      const answers = [await plan(agent, i, 'ondertussen')];
      for (let n = 0; n < 5; n++) answers.push(await read(agent, n));
      agent.destroy();
      return answers.map((a) => a.status).join();
    }));
    assert.deepEqual(others, new Array(4).fill('201,200,200,200,200,200'));
    assert.equal(slow.got.length, 0, 'all others were answered while the two waited');
  } finally {
    await release();
  }
  await slow.all;
  assert.deepEqual(slow.got.map((r) => r.status), [200, 200]);
});

// 2 % of the requests sleep in the database, by a trigger that only this test's database has.
const ROUNDS = 3;
const CONNECTIONS = 16;
const EACH = 75;

async function roundOf(marker) {
  const times = [];
  let n = 0;
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    const agent = newAgent();
    for (let i = 0; i < EACH; i++) {
      const turn = n++ % 50;
      const start = performance.now();
      const reply = turn % 10 === 0 ? await plan(agent, n, turn ? 'snel' : marker) : await read(agent, n);
      if (turn) times.push(performance.now() - start);
      assert.ok(reply.status < 300, `status ${reply.status}`);
    }
    agent.destroy();
  }));
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)];
}

test('2 % that sleep 50 ms in the database: the others\' p99 stays within three times', { timeout: 120_000 }, async (t) => {
  const middle = (list) => list.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
  const [calm, slow] = [[], []];
  const marker = `traag-${randomUUID()}`;
  sql(`create function progress.test_traag() returns trigger language plpgsql as
    $$ begin perform pg_sleep(0.05); return new; end $$;
    create trigger test_traag before insert on progress.voortgangsgesprek for each row
    when (new.plaats = '${marker}') execute function progress.test_traag()`);
  try {
    await roundOf('snel');
    for (let i = 0; i < ROUNDS; i++) {
      calm.push(await roundOf('snel'));
      slow.push(await roundOf(marker));
    }
    assert.ok(Number(sql(`select count(*) from progress.voortgangsgesprek where plaats = '${marker}'`)) >= ROUNDS * CONNECTIONS * EACH / 50);
  } finally {
    sql('drop function if exists progress.test_traag() cascade');
  }
  const [with_, without] = [middle(slow), middle(calm)];
  const said = `p99 of the others ${with_.toFixed(1)} ms with, ${without.toFixed(1)} ms without`;
  t.diagnostic(said);
  assert.ok(with_ <= 3 * without, said);
});

test('a statement that takes too long: 503, nothing stored, and then it works', { timeout: 60_000 }, async () => {
  const { ids, release } = await heldTalks(1);
  try {
    const reply = await outcomeOf(ids[0]);
    assert.equal(reply.status, 503);
    assert.ok(Number(reply.headers['retry-after']) > 0);
  } finally {
    await release();
  }
  assert.deepEqual(versions(ids), [1]);
  assert.equal((await outcomeOf(ids[0])).status, 200);
});

test('a worker that aborts loses its own requests and no others', { timeout: 60_000 }, async () => {
  const { workers: [first, second] } = progress();
  const { ids, release } = await heldTalks(4);
  const send = (id) => fcgi(`${runDir}/progress.sock`, { method: 'POST', uri: `${SERVICE}/voortgangsgesprekken/${id}/uitkomst`,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'if-match': '"1"' }, body: JSON.stringify(OUTCOME) });
  try {
    // who stands still accepts nothing: two for each
    process.kill(second, 'SIGSTOP');
    const lost = ids.slice(0, 2).map(send);
    const fate = Promise.allSettled(lost);
    await until('the first has two in hand', () => waiting() >= 2, 4);
    process.kill(first, 'SIGSTOP');
    process.kill(second, 'SIGCONT');
    const kept = collect(ids.slice(2).map(send));
    await until('the second has two in hand', () => waiting() >= 4, 4);
    process.kill(first, 'SIGABRT');
    process.kill(first, 'SIGCONT');
    assert.deepEqual((await fate).map((f) => f.status), ['rejected', 'rejected']);
    assert.equal((await read(newAgent(), 0)).status, 200);
    assert.equal(kept.got.length, 0);
    await release();
    await kept.all;
    assert.deepEqual(kept.got.map((r) => r.status), [200, 200]);
  } finally {
    await release();
    for (const pid of [first, second].filter((p) => progress().workers.includes(p))) process.kill(pid, 'SIGCONT');
  }
  await until('a new worker', () => progress().workers.length >= 2 && !progress().workers.includes(first), 20);
  assert.ok(versions(ids).every((v) => v <= 2));
});

// Reads and writes in every worker, all behind a table that is locked, when `fault` strikes.
async function suspendedWhile(fault) {
  const marker = `verloren-${randomUUID()}`;
  const held = await hold('lock table progress.voortgangsgesprek in access exclusive mode; select 1');
  const writes = Array.from({ length: 8 }, (_, i) => plan(newAgent(), i, `${marker}-${i}`));
  const reads = Array.from({ length: 16 }, (_, i) => read(newAgent(), i));
  try {
    await until('they wait', () => waiting() >= 3, 4);
    fault();
  } finally {
    await held.release();
  }
  const replies = await Promise.all([...writes, ...reads]);
  for (const [i, reply] of replies.entries()) {
    assert.ok([i < writes.length ? 201 : 200, 503].includes(reply.status), `reply ${i}: ${reply.status}`);
    assert.equal(reply.status === 503, 'retry-after' in reply.headers);
  }
  const back = await until('writes work again', async () => {
    const reply = await plan(newAgent(), 0, `${marker}-terug`);
    assert.ok([201, 503].includes(reply.status));
    return reply.status === 201;
  }, 40);
  assert.ok(back);
  const [rows, different] = sql(`select count(*), count(distinct plaats) from progress.voortgangsgesprek where plaats like '${marker}-%'
    and plaats <> '${marker}-terug'`).split('|').map(Number);
  assert.equal(rows, different, 'no write twice');
  assert.ok(rows >= replies.slice(0, writes.length).filter((r) => r.status === 201).length, 'what was promised is there');
}

test('connections to PostgreSQL that are ended: every suspended request gets its answer', { timeout: 60_000 }, () =>
  suspendedWhile(() => sql(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'regie_progress'`)));

test('a PostgreSQL that crashes: the same', { timeout: 60_000 }, () => suspendedWhile(() =>
  process.kill(Number(sql(`select min(pid) from pg_stat_activity where usename = 'regie_progress' and wait_event_type = 'Lock'`)), 'SIGKILL')));
