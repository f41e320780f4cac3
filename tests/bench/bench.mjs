// SPDX-License-Identifier: EUPL-1.2
// ./regie bench: a running copy against two floor programs, all in one run. Prints Markdown tables.
// Environment: that of load.mjs, REGIE_URL, BENCH_FLOOR and BENCH_AFLOOR (binaries).
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { api, baseUrl, login, sql } from '../api/lib.mjs';
import { FCGI, STACK_KB, dir, finish, home, interleave, keepAlive, median, memory, middle, ofCopy, pause, port, repliesPerConnection,
  rounds, script, seconds, stacks, start, startNginx, wrk } from './load.mjs';

const connections = [1, 16, 64];
const FLOOR = 'floor (blocking: libfcgi, Redis GET, one SELECT)';
const AFLOOR = 'asynchronous floor (the same, pipelined)';
const READ = 'read one inburgeraar';

async function startFloors(id) {
  const stores = [`${home}/run/redis.sock`, `host=${home}/run/pg dbname=regie user=${process.env.BENCH_DB_USER ?? 'postgres'}`, id];
  execFileSync('redis-cli', ['-s', stores[0], 'set', 'floor:session', 'x'.repeat(300)]);
  const sockets = [path.join(dir, 'floor.sock'), path.join(dir, 'afloor.sock')];
  start(process.env.BENCH_FLOOR, [sockets[0], 2, ...stores]);
  start(process.env.BENCH_AFLOOR, [sockets[1], 2, ...stores]);
  await startNginx([keepAlive('afloor', sockets[1])],
    [`location = /floor { fastcgi_keep_conn off; fastcgi_pass unix:${sockets[0]}; ${FCGI} }`,
      `location = /afloor { fastcgi_pass afloor; ${FCGI} }`],
    ['floor', 'afloor'].map((name) => `http://127.0.0.1:${port}/${name}`));
}

async function targets() {
  const token = await login('regisseur1.9901');
  const page = await api('GET', '/api/intake/v1/taken?limit=25', { token });
  const people = (await api('GET', '/api/intake/v1/inburgeraars?fase=traject&limit=100', { token })).body.items.map((p) => p.id);
  const [id] = people;
  const headers = { Authorization: `Bearer ${token}`, Accept: 'application/json' };
  const auth = `wrk.headers["Authorization"] = "Bearer ${token}"`;
  const talk = JSON.stringify({ datum: '2027-03-01', tijd: '10:00', plaats: 'Stadhuis' });
  if (page.body.items.length !== 25) throw new Error(`worklist has ${page.body.items.length} rows`);
  await startFloors(id);
  return [
    { name: 'nginx static', url: `http://127.0.0.1:${port}/static` },
    { name: FLOOR, url: `http://127.0.0.1:${port}/floor` },
    { name: AFLOOR, url: `http://127.0.0.1:${port}/afloor` },
    { name: READ, url: `${baseUrl}/api/intake/v1/inburgeraars/${id}`, headers, script: script('read', [auth]) },
    { name: 'worklist, 25 rows', url: `${baseUrl}/api/intake/v1/taken?limit=25`, headers, script: script('list', [auth]) },
    { name: 'write a voortgangsgesprek', url: `${baseUrl}/api/progress/v1/inburgeraars/${id}/voortgangsgesprekken`,
      method: 'POST', body: talk, headers: { ...headers, 'Content-Type': 'application/json' },
      script: script('write', [auth, 'wrk.headers["Content-Type"] = "application/json"', `people = { ${people.map((p) => `"${p}"`)} }`,
        'n = 0', 'request = function()', 'n = n % #people + 1',
        `return wrk.format("POST", "/api/progress/v1/inburgeraars/" .. people[n] .. "/voortgangsgesprekken", nil, '${talk}')`, 'end']) },
  ];
}

// The events of the writes are handled in the background; what comes next is measured without them.
async function drain() {
  const began = Date.now();
  while (sql(`select exists (select from core.gebeurtenis where not verdeeld)
      or exists (select from core.levering where status = 'wacht')`) === 't') await pause(200);
  return (Date.now() - began) / 1000;
}

function report(list, results) {
  for (const conns of connections) {
    const rps = (name) => median(results.get(name)[conns].map((r) => r.rps));
    console.log(`\n### ${conns} connection${conns > 1 ? 's' : ''}\n`);
    console.log('| case | req/s | ratio to the floor | to the asynchronous floor | p50 ms | p99 ms | p99/p50 | processor µs per request |');
    console.log('|---|---|---|---|---|---|---|---|');
    for (const t of list) {
      const m = middle(results.get(t.name)[conns]);
      const kinds = Object.entries(m.cpu);
      console.log(`| ${[t.name, m.rps.toFixed(0), (m.rps / rps(FLOOR)).toFixed(2), (m.rps / rps(AFLOOR)).toFixed(2), m.p50.toFixed(2),
        m.p99.toFixed(2), (m.p99 / m.p50).toFixed(1), `${kinds.reduce((n, [, us]) => n + us, 0).toFixed(0)}: ${
          kinds.map(([k, us]) => `${k} ${us.toFixed(0)}`).join(', ')}`].join(' | ')} |`);
    }
  }
}

function reportMemory() {
  const of = ofCopy().filter((p) => p.kind.startsWith('regie-') || p.kind === 'nginx').map((p) => ({ kind: p.kind, mb: memory(p.pid) }));
  const workers = of.filter((p) => p.kind.startsWith('regie-')).map((p) => p.mb);
  console.log(`\nMemory: largest PSS of one process ${Math.max(...workers).toFixed(1)} MB, median `
    + `${median(workers).toFixed(1)} MB; whole suite without PostgreSQL and Redis ${of.reduce((sum, p) => sum + p.mb, 0).toFixed(0)} MB.`);
}

// What a worker uses while it has as much in hand as it may, and what the coroutines of all services came to use.
async function reportInHand(read) {
  const CONNS = 128; // 64 in hand at each of two workers
  let seen = [];
  await wrk(read, CONNS, { during: () => {
    seen = ofCopy().filter((p) => p.kind === 'regie-intake serve').map((p) => ({ pss: memory(p.pid), stacks: stacks(p.pid) }))
      .filter((p) => p.stacks.length > 0);
  } });
  const kb = ofCopy().filter((p) => p.kind.endsWith(' serve')).flatMap((p) => stacks(p.pid));
  console.log(`\nPer worker under ${CONNS} connections (up to 64 requests in hand): PSS ${seen.map((p) => p.pss.toFixed(1)).join(' and ')} MB, `
    + `${seen.map((p) => p.stacks.length).join(' and ')} stacks. In memory of the ${kb.length} stacks of all services: `
    + `${median(kb)} kB (median), ${Math.max(...kb)} kB (most) of ${STACK_KB}.`);
}

async function main() {
  const list = await targets();
  const read = list.find((t) => t.name === READ);
  let drained = 0;
  console.log(`${sql('select count(*) from intake.inburgeraar')} people, synchronous_commit ${sql('show synchronous_commit')}, `
    + `${os.cpus().length} processors, load ${os.loadavg().map((l) => l.toFixed(1)).join(' ')} before the run, `
    + `${rounds} interleaved rounds of ${seconds} s`);
  reportMemory();
  const results = await interleave(list, connections, async (t) => {
    if (t.method) drained = Math.max(drained, await drain());
  });
  report(list, results);
  console.log(`\nThe events of ${seconds} s of writes were handled at most ${drained.toFixed(1)} s after them.`);
  await reportInHand(read);
  console.log('\nReplies per connection in 2 s at 16 connections, and for the read at 64 (least – most):');
  for (const [t, conns] of [...list.map((target) => [target, 16]), [read, 64]]) {
    const counts = await repliesPerConnection(t, conns);
    console.log(`- ${t.name}, ${conns}: ${Math.min(...counts)} – ${Math.max(...counts)}`);
  }
}

try {
  await main();
} finally {
  await finish();
}
