// SPDX-License-Identifier: EUPL-1.2
// DUO's whole contract, both ways: every operation as the service speaks it, with the least and the most that a request
// may hold, and every answer that DUO may give; and every status that we give DUO. The table that is printed is full.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { execFileSync, spawn } from 'node:child_process';
import { renameSync } from 'node:fs';
import readline from 'node:readline';
import { test } from 'node:test';
import { answerProblems, operationOf, operationsOfDuo, requestProblems, skip, statusesOfNotification } from './contract.mjs';
import { DUO_OIN, notify, oinOf, playDuo } from './duo.mjs';
import { home, processes, runDir, sql, until } from './lib.mjs';
import { randomBsn } from './people.mjs';

// [method, path, name] of the service's own table of operations.
function ours() {
  const document = execFileSync(`${home}/bin/regie-duo`, ['--document'], { encoding: 'utf8' });
  return [...document.matchAll(/^\| (\S+) \| [^|]+ \| `(\w+) (\S+)` \|/gm)].map(([, name, method, path]) => ({ name, method, path }));
}

// The contract's name of an operation of ours.
const nameOf = ({ method, path }) => operationOf({ method, path: path.replace('{bsn}', '999990019').replace('{nummer}', '12345') });

function startProbe(url) {
  const probe = spawn(process.env.DUO_PROBE, [url, `${home}/tls/ca.crt`, `${home}/tls`, DUO_OIN, oinOf('9901')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = readline.createInterface({ input: probe.stdout })[Symbol.asyncIterator]();
  return {
    async speak(name, berichtId, body = '') {
      probe.stdin.write(`${name}\t${berichtId}\t${body}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`the probe ended at ${name}`);
      return JSON.parse(value);
    },
    async end() {
      const ended = new Promise((resolve) => { probe.on('exit', (code, signal) => resolve(code ?? signal)); });
      probe.stdin.end();
      assert.equal(await ended, 0, 'the probe ends well');
    },
    stop: () => probe.kill(),
  };
}

// All that was understood stands so in what was sent.
function holds(whole, part, where) {
  if (Array.isArray(part)) return part.forEach((each, i) => holds(whole[i], each, `${where}/${i}`));
  if (part && typeof part === 'object') return Object.entries(part).forEach(([name, value]) => holds(whole[name], value, `${where}/${name}`));
  return assert.equal(part, whole, where);
}

function print(t, title, statuses, rows) {
  t.diagnostic(`${title.padEnd(64)} ${statuses.join('  ')}`);
  for (const [name, cell] of rows) t.diagnostic(`${name.padEnd(64)} ${statuses.map((s) => cell(s).padEnd(3)).join('  ')}`);
}

test('we speak every operation of DUO, and nothing else', { skip }, () => {
  assert.deepEqual(ours().map(nameOf).sort(), operationsOfDuo().map((o) => o.name).sort());
});

test('every request that we send and every answer that we take fits the contract: all operations, all statuses', { skip }, async (t) => {
  const planned = new Map();
  const duo = await playDuo((request) => planned.get(request.headers.berichtid));
  const probe = startProbe(duo.url);
  const done = new Map(); // operation → statuses
  try {
    for (const operation of operationsOfDuo()) {
      const { name } = ours().find((o) => nameOf(o) === operation.name);
      for (const status of operation.statuses) {
        for (const least of [true, false]) {
          const berichtId = randomUUID();
          const body = operation.answer(status, least);
          planned.set(berichtId, { status, body, headers: {} });
          const told = await probe.speak(name, berichtId, operation.request(least));
          const { request, answer } = duo.seen.at(-1);
          const what = `${operation.name} ${status} ${least ? 'least' : 'most'}`;
          assert.deepEqual(requestProblems(request), [], `${what}: request`);
          if (operation.request(least)) assert.deepEqual(JSON.parse(request.body), JSON.parse(operation.request(least)), `${what}: the table can say it`);
          assert.deepEqual(answerProblems(request, { ...answer, body: body ?? '', headers: { 'api-version': '1.0.0' } }), [], `${what}: the test itself`);
          assert.equal(told.status, status, what);
          assert.equal(told.wrong, undefined, what);
          if (told.answer) holds(JSON.parse(body), told.answer, what);
          const texts = body && status >= 300 ? JSON.parse(body).map((f) => f.fouttekst).filter(Boolean) : [];
          if (status >= 300) assert.equal(told.fault, texts.join(' ') || `DUO antwoordde met ${status}`, what);
        }
        done.set(operation.name, [...(done.get(operation.name) ?? []), status]);
      }
    }
    await probe.end();
  } finally {
    probe.stop();
    duo.close();
  }
  const statuses = [...new Set(operationsOfDuo().flatMap((o) => o.statuses))].sort();
  print(t, 'we ask, DUO answers (x: spoken; –: not in the contract)', statuses, operationsOfDuo().map((o) => [o.name,
    (s) => (done.get(o.name)?.includes(s) ? ' x' : o.statuses.includes(s) ? ' ?' : ' –')]));
  assert.deepEqual(Object.fromEntries(done), Object.fromEntries(operationsOfDuo().map((o) => [o.name, o.statuses])));
});

// The service does not run, or may not do what it must.
async function withoutWorkers(fn) {
  const socket = `${runDir}/duo.sock`;
  renameSync(socket, `${socket}.away`);
  try {
    const serving = processes().filter((p) => p.exe === 'regie-duo' && !p.jobs);
    for (const { pid, ppid } of serving) if (serving.some((p) => p.pid === ppid)) process.kill(pid, 'SIGKILL');
    return await fn();
  } finally {
    renameSync(`${socket}.away`, socket);
  }
}

async function withoutRights(fn) {
  sql('revoke insert on duo.notificatie from regie_duo');
  try {
    return await fn();
  } finally {
    sql('grant insert on duo.notificatie to regie_duo');
  }
}

test('DUO notifies, we answer: every status of the contract', { skip }, async (t) => {
  const notice = () => ({ registratieDatumTijd: '2026-02-02T08:00:00Z', bsn: randomBsn(), gebeurtenisId: 'ZZ1' });
  const ways = { 201: () => notify(notice()), 400: () => notify('{'), 401: () => notify(notice(), { client: {} }), 403: () => notify(notice(), { headers: { doel: DUO_OIN } }),
    500: () => withoutRights(() => notify(notice())), 503: () => withoutWorkers(() => notify(notice())) };
  const done = [];
  for (const [status, way] of Object.entries(ways)) {
    const reply = await way();
    assert.equal(reply.status, Number(status), reply.text);
    assert.deepEqual(answerProblems(reply.request, { status: reply.status, headers: reply.headers, body: reply.text }), [], status);
    if (status === '201') assert.deepEqual(requestProblems(reply.request), []);
    done.push(Number(status));
  }
  await until('it is back', async () => (await notify(notice())).status === 201);
  print(t, 'DUO notifies, we answer', statusesOfNotification(), [['POST /notificaties', (s) => (done.includes(s) ? ' x' : ' ?')]]);
  assert.deepEqual(done, statusesOfNotification());
});
