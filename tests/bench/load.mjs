// SPDX-License-Identifier: EUPL-1.2
// What the benches share: the processes of a copy and what they use, load by wrk, an nginx of their own, medians.
// Environment: REGIE_HOME, BENCH_SECONDS (6), BENCH_ROUNDS (3), BENCH_PORT (18999).
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, chmodSync, readFileSync, writeFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { cpuOf, median, processes, supervisor } from './processes.mjs';

export { median, memory } from './processes.mjs';

export const home = path.resolve(process.env.REGIE_HOME ?? 'var');
export const seconds = Number(process.env.BENCH_SECONDS ?? 6);
export const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
export const port = Number(process.env.BENCH_PORT ?? 18999);
export const dir = mkdtempSync(path.join(os.tmpdir(), 'regie-bench-'));
chmodSync(dir, 0o755); // who serves here may be another user
const children = [];

export const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

// ---- processes -----------------------------------------------------------------------------------
// A process that ends when the bench does.
export function start(command, args, options = {}) {
  const child = spawn(command, args.map(String), { stdio: ['ignore', 'ignore', 'inherit'], ...options });
  children.push(child);
  return child;
}

export async function finish() {
  const ended = children.filter((c) => c.exitCode === null && c.signalCode === null)
    .map((c) => new Promise((done) => { c.once('exit', done); }));
  for (const child of children) child.kill('SIGTERM');
  await Promise.race([Promise.all(ended), pause(5000)]);
  rmSync(dir, { recursive: true, force: true });
}

export const ofCopy = () => processes([supervisor]);
export const ofChild = (child) => processes([String(child.pid)]);

// Kilobytes in memory of each coroutine stack of a worker: mappings of STACK_KB that nothing else has, with a guard
// page below (common/app/coro.c).
export const STACK_KB = 256;
export function stacks(pid) {
  const maps = readFileSync(`/proc/${pid}/smaps`, 'utf8').split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m)
    .map((m) => ({ guard: / ---p /.test(m), kb: Number(/^Size:\s+(\d+)/m.exec(m)[1]), rss: Number(/^Rss:\s+(\d+)/m.exec(m)[1]) }));
  return maps.filter((m, i) => !m.guard && m.kb === STACK_KB && maps[i - 1]?.guard && maps[i - 1].kb === 4).map((m) => m.rss);
}

// ---- load ----------------------------------------------------------------------------------------
export function script(name, lines) {
  const file = path.join(dir, `${name}.lua`);
  writeFileSync(file, lines.join('\n'));
  return file;
}

function milliseconds(text) {
  const [, number, unit] = /([\d.]+)(us|ms|s|m)$/.exec(text);
  return Number(number) * { us: 0.001, ms: 1, s: 1000, m: 60000 }[unit];
}

function summary(out, before, after) {
  const requests = Number(/(\d+) requests in/.exec(out)[1]);
  return {
    rps: Number(/Requests\/sec:\s+([\d.]+)/.exec(out)[1]),
    p50: milliseconds(/^ +50%\s+(\S+)/m.exec(out)[1]),
    p99: milliseconds(/^ +99%\s+(\S+)/m.exec(out)[1]),
    cpu: Object.fromEntries(Object.entries(after)
      .map(([kind, us]) => [kind, (us - (before[kind] ?? 0)) / requests])
      .filter(([, us]) => us >= 1)),
  };
}

// { rps, p50, p99, cpu: µs per request by kind of process }; any wrong answer ends the bench. `during` is called
// when half of the time is over.
export async function wrk(target, conns, { time = seconds, during } = {}) {
  const args = ['-t', conns === 1 ? 1 : 2, '-c', conns, '-d', `${Math.ceil(time)}s`, '--latency', '--timeout', '10s'];
  const before = cpuOf(children);
  const child = spawn('wrk', [...args.map(String), ...(target.script ? ['-s', target.script] : []), target.url]);
  let out = '';
  child.stdout.on('data', (text) => { out += text; });
  const ended = new Promise((done) => { child.once('close', done); });
  if (during) await Promise.race([pause(time * 500).then(during), ended]);
  await ended;
  if (/Non-2xx or 3xx responses|Socket errors/.test(out) || !/requests in/.test(out)) throw new Error(`${target.name}: ${out}`);
  return summary(out, before, cpuOf(children));
}

// wrk only times the replies that came; this counts them per connection, so starvation shows.
export async function repliesPerConnection(target, conns) {
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

// Every target at every number of connections, one after the other, `rounds` times over: a target's figures are
// spread over the whole run. Before that each warms up. Map of name → connections → list.
export async function interleave(targets, connections, after = () => {}) {
  for (const t of targets) {
    await wrk(t, 16);
    await after(t);
  }
  const results = new Map(targets.map((t) => [t.name, Object.fromEntries(connections.map((c) => [c, []]))]));
  for (let round = 0; round < rounds; round++) {
    for (const conns of connections) {
      for (const t of targets) {
        results.get(t.name)[conns].push(await wrk(t, conns));
        await after(t);
      }
    }
  }
  return results;
}

// Medians of a target's runs; cpu over all kinds that took part.
export function middle(runs) {
  const kinds = [...new Set(runs.flatMap((r) => Object.keys(r.cpu)))];
  const of = (pick) => median(runs.map(pick));
  return { rps: of((r) => r.rps), p50: of((r) => r.p50), p99: of((r) => r.p99),
    cpu: Object.fromEntries(kinds.map((k) => [k, of((r) => r.cpu[k] ?? 0)])) };
}

// ---- programs beside the copy --------------------------------------------------------------------
export const FCGI = 'fastcgi_param REQUEST_METHOD $request_method; fastcgi_param DOCUMENT_URI $document_uri;';

async function answers(url, headers) {
  for (let i = 0; i < 400; i++) {
    try {
      const reply = await fetch(url, { headers });
      await reply.arrayBuffer();
      if (reply.status === 200) return;
    } catch { /* not yet */ }
    await pause(100);
  }
  throw new Error(`${url} does not answer`);
}

// An nginx like the copy's, with these lines in its http and server blocks; waits until all `urls` answer 200.
export async function startNginx(upstreams, locations, urls, headers = {}) {
  writeFileSync(path.join(dir, 'nginx.conf'), `
daemon off; worker_processes 2; ${process.getuid() === 0 ? 'user root;' : ''} pid ${dir}/nginx.pid; error_log ${dir}/error.log;
events { worker_connections 1024; }
http {
  access_log off; client_body_temp_path ${dir}/b; fastcgi_temp_path ${dir}/f; proxy_temp_path ${dir}/p;
  uwsgi_temp_path ${dir}/u; scgi_temp_path ${dir}/s;
  ${upstreams.join('\n  ')}
  server {
    listen 127.0.0.1:${port}; keepalive_requests 1000000; fastcgi_keep_conn on; proxy_http_version 1.1; proxy_set_header Connection "";
    location = /static { return 200 "ok"; }
    ${locations.join('\n    ')}
  }
}`);
  start('nginx', ['-c', `${dir}/nginx.conf`, '-p', dir, '-e', `${dir}/error.log`]);
  for (const url of urls) await answers(url, headers);
}

export const keepAlive = (name, socket) => `upstream ${name} { server unix:${socket}; keepalive 64; keepalive_requests 1000000; }`;
