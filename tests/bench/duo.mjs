// SPDX-License-Identifier: EUPL-1.2
// ./regie bench duo: notifications acknowledged per second over TLS with a client certificate, against the same nginx
// with a program behind it that stores nothing; then a backlog that is worked off. Prints Markdown.
// Environment: REGIE_HOME, BENCH_FLOOR and BENCH_NOTIFY (binaries), BENCH_PORT, BENCH_SECONDS (6), BENCH_ROUNDS (3),
// BENCH_PEOPLE (2000), BENCH_BACKLOG (100000), BENCH_CODE (SS102).
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DUO_OIN, oinOf } from '../api/duo.mjs';
import { api, home, login, processes as copyProcesses, runDir, sql } from '../api/lib.mjs';
import { newPerson } from '../api/people.mjs';
import { behaving } from '../api/simulator.mjs';
import { cpuOf, median } from './processes.mjs';

const number = (name, fallback) => Number(process.env[name] ?? fallback);
const seconds = number('BENCH_SECONDS', 6);
const rounds = number('BENCH_ROUNDS', 3);
const floorPort = number('BENCH_PORT', 18999);
const tlsPort = number('REGIE_TLS_PORT', 8443);
const code = process.env.BENCH_CODE ?? 'SS102';
const CONNECTIONS = 32;
const dir = mkdtempSync(path.join(os.tmpdir(), 'regie-bench-'));
const children = [];
const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

// ---- people that DUO knows -----------------------------------------------------------------------

// Others at every run: a dossier is made once.
const FIRST = 10000000 + Math.floor(Math.random() * 8e7);

function bsnOf(n) {
  const eight = String(FIRST + n);
  const check = [...eight].reduce((sum, digit, i) => sum + Number(digit) * (9 - i), 0) % 11;
  return check === 10 ? undefined : `${eight}${check}`;
}

// Known to DUO, with a term, and with a dossier here.
async function loadPeople() {
  const bsns = [];
  for (let n = 0; bsns.length < number('BENCH_PEOPLE', 2000); n++) if (bsnOf(n)) bsns.push(bsnOf(n));
  for (let at = 0; at < bsns.length; at += 500) {
    const personen = bsns.slice(at, at + 500).map((bsn) => ({ bsn, gemeentecode: '9901', doelgroep: 'Asielstatushouder',
      documenten: { inburgeringsplicht: { indicatorInburgeringsplicht: true, begindatum: '2026-01-05', datumKennisgevingInburgeringsplicht: '2026-01-05' },
        inburgeringstermijn: { startdatum: '2026-02-03', einddatum: '2029-02-03' } } }));
    const reply = await api('POST', '/simulator/v1/personen/_laad', { body: { personen } });
    if (reply.status >= 300) throw new Error(`_laad: ${reply.status} ${JSON.stringify(reply.body)}`);
  }
  const token = await login('regisseur1.9901');
  const left = [...bsns];
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (let bsn = left.pop(); bsn; bsn = left.pop()) await newPerson(token, 'asielstatushouder', { bsn });
  }));
  writeFileSync(`${dir}/bsns`, bsns.join('\n'));
}

// ---- load ----------------------------------------------------------------------------------------

function notify(port, most, time = seconds) {
  const before = cpuOf(children);
  const out = execFileSync(process.env.BENCH_NOTIFY, [port, `${home}/tls`, DUO_OIN, oinOf('9901'), code, `${dir}/bsns`, CONNECTIONS, time, ...(most ? [most] : [])].map(String),
    { encoding: 'utf8' });
  const result = JSON.parse(out);
  if (result.other) throw new Error(`${result.other} were not acknowledged`);
  const cpu = Object.entries(cpuOf(children)).map(([kind, us]) => [kind, (us - (before[kind] ?? 0)) / result.requests]).filter(([, us]) => us >= 1);
  return { ...result, rate: result.requests / result.seconds, cpu: [...cpu, ['the load itself', result.own]] };
}

// The copy's own nginx configuration at another port, with a program that stores nothing in the place of the service.
async function startFloor() {
  const socket = `${dir}/floor.sock`;
  children.push(spawn(process.env.BENCH_FLOOR, [socket, '64', '201'], { stdio: 'inherit' }));
  writeFileSync(`${dir}/upstreams.conf`, readFileSync(`${home}/upstreams.conf`, 'utf8').replace(`${runDir}/duo.sock`, socket));
  const text = readFileSync(`${home}/nginx.conf`, 'utf8').replaceAll(`:${tlsPort} `, `:${floorPort} `)
    .replace(/^\s*listen [^;]*default_server;$/m, '').replace(/^\s*listen unix:.*$/m, '').replaceAll(`${home}/nginx/`, `${dir}/`)
    .replace(/^pid .*$/m, `pid ${dir}/nginx.pid;`).replace(/access_log \S+/, `access_log ${dir}/access.log`);
  writeFileSync(`${dir}/nginx.conf`, `${process.getuid() === 0 ? 'user root;\n' : ''}${text}`);
  await pause(300);
  children.push(spawn('nginx', ['-c', `${dir}/nginx.conf`, '-p', dir, '-e', `${dir}/error.log`], { stdio: 'inherit' }));
  await pause(500);
}

function row(name, runs, floor) {
  const of = (what) => median(runs.map((r) => r[what]));
  const kinds = [...new Set(runs.flatMap((r) => r.cpu.map(([kind]) => kind)))]
    .map((kind) => [kind, median(runs.map((r) => Object.fromEntries(r.cpu)[kind] ?? 0))]);
  console.log(`| ${name} | ${of('rate').toFixed(0)} | ${(of('rate') / floor).toFixed(2)} | ${of('p50').toFixed(1)} | ${of('p99').toFixed(1)} | ${of('max').toFixed(0)}`
    + ` | ${kinds.map(([kind, us]) => `${kind} ${us.toFixed(0)}`).join(', ')} |`);
}

// ---- the run -------------------------------------------------------------------------------------

const background = () => copyProcesses().filter((p) => p.exe === 'regie-duo' && p.jobs).map((p) => p.pid);
const waiting = () => Number(sql("select count(*) from duo.notificatie where status = 'ontvangen'"));

// What the loading of people set off is over.
async function settled() {
  while (sql(`select exists (select from core.gebeurtenis where not verdeeld) or exists (select from core.levering where status = 'wacht')`) === 't') await pause(500);
}

async function acknowledgements() {
  const runs = { floor: [], resting: [], working: [] };
  await settled();
  for (const pid of background()) process.kill(pid, 'SIGSTOP');
  for (let i = 0; i < rounds; i++) {
    runs.floor.push(notify(floorPort));
    runs.resting.push(notify(tlsPort));
  }
  for (const pid of background()) process.kill(pid, 'SIGCONT');
  for (let i = 0; i < rounds; i++) runs.working.push(notify(tlsPort));
  const floor = median(runs.floor.map((r) => r.rate));
  console.log(`\n### ${CONNECTIONS} connections, TLS with a client certificate\n`);
  console.log('| case | notifications/s | ratio | p50 ms | p99 ms | max ms | processor µs per notification |\n|---|---|---|---|---|---|---|');
  row('the same nginx, a program that stores nothing', runs.floor, floor);
  row('stored, background work resting', runs.resting, floor);
  row('stored, background work at it', runs.working, floor);
}

async function backlog() {
  const wanted = number('BENCH_BACKLOG', 100000);
  for (const pid of background()) process.kill(pid, 'SIGSTOP');
  const missing = wanted - waiting();
  if (missing > 0) notify(tlsPort, missing, 3600);
  const full = waiting();
  const before = cpuOf([]);
  const start = Date.now();
  for (const pid of background()) process.kill(pid, 'SIGCONT');
  let left = full;
  while (left > 0 && Date.now() - start < number('BENCH_BACKLOG_SECONDS', 600) * 1000) {
    await pause(2000); // counting reads the whole table
    left = waiting();
  }
  const done = full - left;
  const took = (Date.now() - start) / 1000;
  const cpu = Object.entries(cpuOf([])).map(([kind, us]) => [kind, (us - (before[kind] ?? 0)) / done]).filter(([, us]) => us >= 10);
  console.log(`\n${done} of ${full} notifications (${code}) worked off in ${took.toFixed(0)} s: ${(done / took).toFixed(0)} per second.`);
  console.log(`Processor µs per notification: ${cpu.sort((a, b) => b[1] - a[1]).map(([kind, us]) => `${kind} ${us.toFixed(0)}`).join(', ')}.`);
}

try {
  console.log(`${os.cpus().length} processors, load ${os.loadavg().map((l) => l.toFixed(1)).join(' ')} at the start, synchronous_commit ${sql('show synchronous_commit')}, `
    + `${rounds} interleaved rounds of ${seconds} s`);
  await loadPeople();
  await startFloor();
  await acknowledgements();
  if (number('BENCH_BACKLOG', 100000) > 0) await behaving({ verkeer: false }, backlog); // it answers at once, and keeps no record of it
} finally {
  for (const pid of background()) process.kill(pid, 'SIGCONT');
  for (const child of children) child.kill('SIGTERM');
  rmSync(dir, { recursive: true, force: true });
}
