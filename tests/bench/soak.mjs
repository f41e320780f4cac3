// SPDX-License-Identifier: EUPL-1.2
// ./regie bench soak: reads, worklists and writes at about half of what the copy can do. Fails when an answer is wrong
// or when memory grows: that of the whole suite, or of one process, by more than GROWTH after the warm-up.
// Environment: that of load.mjs, REGIE_URL, BENCH_MINUTES (30).
import assert from 'node:assert/strict';
import os from 'node:os';
import { api, baseUrl, login, setting } from '../api/lib.mjs';
import { finish, median, memory, ofCopy, script, wrk } from './load.mjs';

const minutes = Number(process.env.BENCH_MINUTES ?? 30);
const CONNECTIONS = 32;
const PIECE = 30; // seconds between two looks at the memory
const WARM_UP = Math.max(2, Math.ceil((minutes * 60) / PIECE / 5)); // pieces that are not judged
const GROWTH = 0.02;
const PAGES_MB = 0.25; // of one process: an arena or a stack more is no leak

// Of ten requests: six read a person, three a worklist, one plans a talk. `wait`: ms between two of a connection.
function mix(name, token, people, wait) {
  const talk = JSON.stringify({ datum: '2027-03-01', tijd: '10:00', plaats: 'Stadhuis' });
  return { name, url: baseUrl, script: script(name, [`wrk.headers["Authorization"] = "Bearer ${token}"`,
    'wrk.headers["Content-Type"] = "application/json"', `people = { ${people.map((p) => `"${p}"`)} }`, 'n = 0',
    'request = function()', 'n = n + 1', 'local person = people[n % #people + 1]', 'local kind = n % 10',
    `if kind == 0 then return wrk.format("POST", "/api/progress/v1/inburgeraars/" .. person .. "/voortgangsgesprekken", nil, '${talk}') end`,
    'if kind < 4 then return wrk.format("GET", "/api/intake/v1/taken?limit=25") end',
    'return wrk.format("GET", "/api/intake/v1/inburgeraars/" .. person)', 'end',
    ...(wait ? [`delay = function() return math.random(0, ${2 * wait}) end`] : [])]) };
}

// Megabytes that are not of a file, by process: what is shared with others on the machine does not blur it.
function sample() {
  return new Map(ofCopy().filter((p) => p.kind.startsWith('regie-') || p.kind === 'nginx')
    .map((p) => [`${p.kind} ${p.pid}`, memory(p.pid, 'Anonymous')]));
}

const total = (of) => [...of.values()].reduce((sum, mb) => sum + mb, 0);

// Medians of the first and the last third of the samples, for the suite and for each process that lived all along.
function judge(samples) {
  const third = Math.max(1, Math.floor(samples.length / 3));
  const ends = (of) => [median(samples.slice(0, third).map(of)), median(samples.slice(-third).map(of))];
  const names = [...samples[0].keys()].filter((name) => samples.every((s) => s.has(name)));
  const rows = [['whole suite', ...ends(total)], ...names.map((name) => [name, ...ends((s) => s.get(name))])];
  console.log('\n| process | MB after warm-up | MB at the end | growth |\n|---|---|---|---|');
  for (const [name, before, after] of rows) {
    console.log(`| ${name} | ${before.toFixed(2)} | ${after.toFixed(2)} | ${((after / before - 1) * 100).toFixed(1)} % |`);
  }
  assert.equal(names.length, samples[0].size, 'a process ended during the soak');
  return rows.filter(([name, before, after]) => after > before * (1 + GROWTH) && (name === 'whole suite' || after - before > PAGES_MB));
}

async function main() {
  assert.equal(setting('REGIE_MAX_REQUESTS'), '0', 'workers that are replaced would hide a leak: REGIE_MAX_REQUESTS=0 ./regie up');
  const token = await login('regisseur1.9901');
  const people = (await api('GET', '/api/intake/v1/inburgeraars?fase=traject&limit=100', { token })).body.items.map((p) => p.id);
  const most = await wrk(mix('most', token, people, 0), CONNECTIONS, { time: 10 });
  const wait = Math.max(1, Math.round((CONNECTIONS * 1000) / (most.rps / 2) - most.p50));
  const half = mix('half', token, people, wait);
  const samples = [];
  const speeds = [];
  console.log(`${minutes} minutes, ${CONNECTIONS} connections that wait ${wait} ms; at most ${most.rps.toFixed(0)} requests/s; `
    + `load ${os.loadavg().map((l) => l.toFixed(1)).join(' ')}`);
  for (let i = 0; i < (minutes * 60) / PIECE; i++) {
    const { rps } = await wrk(half, CONNECTIONS, { time: PIECE, during: () => { samples.push(sample()); } });
    speeds.push(rps);
    console.log(`${((i + 1) * PIECE / 60).toFixed(1)} min: ${rps.toFixed(0)} requests/s, ${total(samples.at(-1)).toFixed(1)} MB`);
  }
  console.log(`${Math.round(speeds.reduce((sum, rps) => sum + rps * PIECE, 0))} requests, none answered wrong; load `
    + `${(100 * median(speeds) / most.rps).toFixed(0)} % of the most (median)`);
  const grown = judge(samples.slice(Math.min(WARM_UP, samples.length - 3)));
  assert.deepEqual(grown, [], 'memory grows');
}

try {
  await main();
} finally {
  await finish();
}
