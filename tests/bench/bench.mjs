// SPDX-License-Identifier: EUPL-1.2
// ./regie bench: a running copy against the floor program, all in one run. Prints Markdown tables.
// Environment: REGIE_HOME, REGIE_URL, BENCH_FLOOR (binary), BENCH_SECONDS (6), BENCH_ROUNDS (3).
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { api, baseUrl, login, sql } from '../api/lib.mjs';
import { cpuOf, median, pss, processes, supervisor } from './processes.mjs';

const home = path.resolve(process.env.REGIE_HOME ?? 'var');
const seconds = Number(process.env.BENCH_SECONDS ?? 6);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const connections = [1, 16, 64];
const dir = mkdtempSync(path.join(os.tmpdir(), 'regie-bench-'));
const floorPort = Number(process.env.BENCH_PORT ?? 18999);
const children = [];

// ---- load ----------------------------------------------------------------------------------------
function script(name, lines) {
  const file = path.join(dir, `${name}.lua`);
  writeFileSync(file, lines.join('\n'));
  return file;
}

function milliseconds(text) {
  const [, number, unit] = /([\d.]+)(us|ms|s)/.exec(text);
  return Number(number) * { us: 0.001, ms: 1, s: 1000 }[unit];
}

function wrk(target, conns) {
  const threads = conns === 1 ? 1 : 2;
  const args = ['-t', threads, '-c', conns, '-d', `${seconds}s`, '--latency', '--timeout', '10s'];
  if (target.script) args.push('-s', target.script);
  const before = cpuOf(children);
  const out = execFileSync('wrk', [...args.map(String), target.url], { encoding: 'utf8' });
  const after = cpuOf(children);
  const requests = Number(/(\d+) requests in/.exec(out)[1]);
  const wrong = /Non-2xx or 3xx responses: (\d+)/.exec(out);
  if (wrong || /Socket errors/.test(out)) throw new Error(`${target.name}: ${out}`);
  const cpu = Object.fromEntries(Object.entries(after)
    .map(([kind, us]) => [kind, (us - (before[kind] ?? 0)) / requests])
    .filter(([, us]) => us >= 1));
  return {
    rps: Number(/Requests\/sec:\s+([\d.]+)/.exec(out)[1]),
    p50: milliseconds(/^ +50%\s+(\S+)/m.exec(out)[1]),
    p99: milliseconds(/^ +99%\s+(\S+)/m.exec(out)[1]),
    cpu,
  };
}

// wrk only times the replies that came; this counts them per connection, so starvation shows.
async function repliesPerConnection(target, conns) {
  const counts = new Array(conns).fill(0);
  const end = Date.now() + 2000;
  await Promise.all(counts.map(async (_, i) => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    while (Date.now() < end) {
      await new Promise((done, failed) => {
        const req = http.request(target.url, { agent, method: target.method ?? 'GET', headers: target.headers },
          (res) => { res.resume(); res.on('end', () => { counts[i]++; done(); }); });
        req.on('error', failed);
        req.end(target.body);
      });
    }
    agent.destroy();
  }));
  return counts;
}

// ---- floor ---------------------------------------------------------------------------------------
async function startFloor(id) {
  const socket = path.join(dir, 'floor.sock');
  execFileSync('redis-cli', ['-s', `${home}/run/redis.sock`, 'set', 'floor:session', 'x'.repeat(300)]);
  children.push(spawn(process.env.BENCH_FLOOR, [socket, '2', `${home}/run/redis.sock`,
    `host=${home}/run/pg dbname=regie user=${process.env.BENCH_DB_USER ?? 'postgres'}`, id], { stdio: 'inherit' }));
  writeFileSync(path.join(dir, 'nginx.conf'), `
daemon off; worker_processes 2; ${process.getuid() === 0 ? 'user root;' : ''} pid ${dir}/nginx.pid; error_log ${dir}/error.log;
events { worker_connections 512; }
http {
  access_log off; client_body_temp_path ${dir}/b; fastcgi_temp_path ${dir}/f; proxy_temp_path ${dir}/p;
  uwsgi_temp_path ${dir}/u; scgi_temp_path ${dir}/s;
  server {
    listen 127.0.0.1:${floorPort}; keepalive_requests 1000000;
    location = /static { return 200 "ok"; }
    location = /floor { fastcgi_pass unix:${socket}; fastcgi_param REQUEST_METHOD $request_method; }
  }
}`);
  children.push(spawn('nginx', ['-c', `${dir}/nginx.conf`, '-p', dir, '-e', `${dir}/error.log`], { stdio: 'inherit' }));
  for (let i = 0; i < 50; i++) {
    try {
      if ((await fetch(`http://127.0.0.1:${floorPort}/floor`)).status === 200) return;
    } catch { /* not yet */ }
    await new Promise((r) => { setTimeout(r, 100); });
  }
  throw new Error('the floor program does not answer');
}

// ---- the run -------------------------------------------------------------------------------------
async function targets() {
  const token = await login('regisseur1.9901');
  const page = await api('GET', '/api/intake/v1/taken?limit=25', { token });
  const people = (await api('GET', '/api/intake/v1/inburgeraars?fase=traject&limit=100', { token })).body.items.map((p) => p.id);
  const [id] = people;
  const headers = { Authorization: `Bearer ${token}`, Accept: 'application/json' };
  const auth = `wrk.headers["Authorization"] = "Bearer ${token}"`;
  const talk = JSON.stringify({ datum: '2027-03-01', tijd: '10:00', plaats: 'Stadhuis' });
  if (page.body.items.length !== 25) throw new Error(`worklist has ${page.body.items.length} rows`);
  await startFloor(id);
  return [
    { name: 'nginx static', url: `http://127.0.0.1:${floorPort}/static` },
    { name: 'floor (libfcgi, Redis GET, one SELECT)', url: `http://127.0.0.1:${floorPort}/floor` },
    { name: 'read one inburgeraar', url: `${baseUrl}/api/intake/v1/inburgeraars/${id}`, headers, script: script('read', [auth]) },
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
  const start = Date.now();
  while (sql(`select exists (select from core.gebeurtenis where not verdeeld)
      or exists (select from core.levering where status = 'wacht')`) === 't') {
    await new Promise((r) => { setTimeout(r, 200); });
  }
  return (Date.now() - start) / 1000;
}

function report(list, results) {
  for (const conns of connections) {
    const floor = median(results.get(list[1].name)[conns].map((r) => r.rps));
    console.log(`\n### ${conns} connection${conns > 1 ? 's' : ''}\n`);
    console.log('| case | req/s | ratio to floor | p50 ms | p99 ms | processor µs per request |');
    console.log('|---|---|---|---|---|---|');
    for (const t of list) {
      const runs = results.get(t.name)[conns];
      const rps = median(runs.map((r) => r.rps));
      const kinds = [...new Set(runs.flatMap((r) => Object.keys(r.cpu)))].map((k) => [k, median(runs.map((r) => r.cpu[k] ?? 0))]);
      const cpu = `${kinds.reduce((n, [, us]) => n + us, 0).toFixed(0)}: ${kinds.map(([k, us]) => `${k} ${us.toFixed(0)}`).join(', ')}`;
      console.log(`| ${t.name} | ${rps.toFixed(0)} | ${(rps / floor).toFixed(2)} | ${median(runs.map((r) => r.p50)).toFixed(2)}`
        + ` | ${median(runs.map((r) => r.p99)).toFixed(2)} | ${cpu} |`);
    }
  }
}

function reportMemory() {
  let total = 0;
  const workers = [];
  for (const p of processes([supervisor]).filter((q) => q.kind.startsWith('regie-') || q.kind === 'nginx')) {
    const mb = pss(p.pid);
    total += mb;
    if (p.kind.startsWith('regie-')) workers.push(mb);
  }
  console.log(`\nMemory: largest PSS of one process ${Math.max(...workers).toFixed(1)} MB, median `
    + `${median(workers).toFixed(1)} MB; whole suite without PostgreSQL and Redis ${total.toFixed(0)} MB.`);
}

async function main() {
  const people = sql('select count(*) from intake.inburgeraar');
  const list = await targets();
  const results = new Map(list.map((t) => [t.name, Object.fromEntries(connections.map((c) => [c, []]))]));
  console.log(`${people} people, synchronous_commit ${sql('show synchronous_commit')}, ${os.cpus().length} processors, `
    + `${rounds} interleaved rounds of ${seconds} s`);
  reportMemory();
  let drained = 0;
  for (let round = 0; round < rounds; round++) {
    for (const conns of connections) {
      for (const t of list) {
        results.get(t.name)[conns].push(wrk(t, conns));
        if (t.method) drained = Math.max(drained, await drain());
      }
    }
  }
  report(list, results);
  console.log(`\nThe events of ${seconds} s of writes were handled at most ${drained.toFixed(1)} s after them.`);
  console.log('\nReplies per connection in 2 s at 16 connections (least – most):');
  for (const t of list) {
    const counts = await repliesPerConnection(t, 16);
    console.log(`- ${t.name}: ${Math.min(...counts)} – ${Math.max(...counts)}`);
  }
}

try {
  await main();
} finally {
  for (const child of children) child.kill('SIGTERM');
  rmSync(dir, { recursive: true, force: true });
}
