// SPDX-License-Identifier: EUPL-1.2
// ./regie bench peers: 'read one inburgeraar' of a running copy against the same work in other languages, and against
// the copy's own program as blocking prefork; one nginx in front of all. Prints Markdown tables.
// Environment: that of load.mjs, REGIE_URL, BENCH_AFLOOR (binary), BENCH_PEERS (folder of what was built).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { api, baseUrl, login, settings } from '../api/lib.mjs';
import { FCGI, dir, finish, home, interleave, keepAlive, memory, middle, ofChild, ofCopy, port, rounds, script, seconds, start,
  startNginx } from './load.mjs';

const connections = [16, 64];
const sources = path.join(import.meta.dirname, 'peers');
const built = process.env.BENCH_PEERS;
const redis = `${home}/run/redis.sock`;
const pg = `${home}/run/pg`;
const root = process.getuid() === 0;
const socket = (name) => path.join(dir, `${name}.sock`);
const environment = (name) => ({ ...process.env, PEER_SOCKET: socket(name), PEER_REDIS: redis, PEER_PG: pg,
  PEER_KEYS: `${home}/keys`, PEER_SQL: `${sources}/read.sql`, NODE_ENV: 'production', GOMAXPROCS: '2', PYTHONDONTWRITEBYTECODE: '1' });

// The worker as it was before it was an event loop: one request in hand per process.
function startPrefork(name) {
  const log = openSync(path.join(dir, `${name}.log`), 'w');
  const run = path.join(dir, name);
  execFileSync('mkdir', [run]);
  return start(`${home}/bin/regie-intake`, ['--serve'], { stdio: ['ignore', log, log],
    env: { ...process.env, ...settings(), REGIE_WORKERS: '8', REGIE_IN_HAND: '1', REGIE_RUN: run } });
}

function startPhp() {
  const key = /^bsn ([0-9a-f]{64})/m.exec(readFileSync(`${home}/keys`, 'utf8'))[1];
  const sql = readFileSync(`${sources}/read.sql`, 'utf8');
  writeFileSync(`${dir}/config.php`, `<?php\nreturn ['redis' => '${redis}', 'pg' => '${pg}', 'key' => hex2bin('${key}'), 'prepare' => <<<'SQL'\n${sql}SQL];\n`);
  writeFileSync(`${dir}/fpm.conf`, `[global]\ndaemonize = no\nerror_log = ${dir}/fpm.log\n[peer]\nlisten = ${socket('php')}\nlisten.mode = 0666\n`
    + `${root ? 'user = www-data\ngroup = www-data\n' : ''}pm = static\npm.max_children = 4\npm.max_requests = 0\n`
    + `env[PEER_CONFIG] = ${dir}/config.php\nphp_admin_value[opcache.validate_timestamps] = 0\n`
    + 'php_admin_value[opcache.jit] = tracing\n');
  return start('php-fpm8.2', ['-F', '-y', `${dir}/fpm.conf`, '-d', 'opcache.jit_buffer_size=32M'], { stdio: 'ignore' });
}

const peers = [
  { name: 'Go net/http, pgx, redigo', key: 'go', run: () => start(`${built}/peer-go`, [], { env: environment('go') }), goal: [1.7, 'Go'],
    upstream: keepAlive('go', socket('go')), location: 'proxy_pass http://go/;' },
  { name: 'Node Fastify, pg, ioredis, 2 processes', key: 'node', goal: [3, 'Fastify'],
    run: () => start('node', [`${built}/fastify/server.js`], { env: environment('node') }),
    upstream: keepAlive('node', socket('node')), location: 'proxy_pass http://node/;' },
  { name: 'PHP-FPM, plain PHP, 4 processes', key: 'php', run: startPhp, goal: [4, 'PHP-FPM'],
    location: `fastcgi_keep_conn off; fastcgi_pass unix:${socket('php')}; ${FCGI} fastcgi_param SCRIPT_FILENAME ${sources}/php/index.php;` },
  { name: 'Django REST Framework, uwsgi, 4 processes', key: 'django', goal: [15, 'Django'],
    run: () => start('uwsgi', ['--plugin', 'python3', '--master', '--die-on-term', '--processes', 4, '--socket', socket('django'),
      '--chdir', `${sources}/django`, '--module', 'peer', '--need-app', '--disable-logging'], { env: environment('django'), stdio: 'ignore' }),
    location: `rewrite ^/django(/.*)$ $1 break; include /etc/nginx/uwsgi_params; uwsgi_param PATH_INFO $uri; uwsgi_pass unix:${socket('django')};` },
];

const PREFORK = 'regie, blocking prefork: 8 processes, 1 in hand, no keep-alive';
const OURS = 'regie';

function ourRows(id) {
  const full = `${FCGI} fastcgi_param QUERY_STRING $query_string; fastcgi_param REMOTE_ADDR $remote_addr; rewrite ^/[a-z]+(/.*)$ $1 break;`;
  const at = `/api/intake/v1/inburgeraars/${id}`;
  const prefork = `${dir}/prefork/intake.sock`;
  const stores = [redis, `host=${pg} dbname=regie user=${process.env.BENCH_DB_USER ?? 'postgres'}`, id];
  return [
    { name: OURS, key: 'regie', path: `/regie${at}`, upstream: keepAlive('regie', `${home}/run/intake.sock`), location: `${full} fastcgi_pass regie;` },
    { name: 'regie, through its own nginx (TLS, log, limits)', url: `${baseUrl}${at}` },
    { name: PREFORK, key: 'prefork', path: `/prefork${at}`, run: () => startPrefork('prefork'), goal: [2, 'blocking prefork'],
      location: `${full} fastcgi_keep_conn off; fastcgi_pass unix:${prefork};` },
    { name: 'the same with keep-alive', key: 'kept', path: `/kept${at}`, upstream: keepAlive('kept', prefork), location: `${full} fastcgi_pass kept;` },
    { name: 'asynchronous floor', key: 'afloor', path: '/afloor/', goal: [0.7, 'asynchronous floor'],
      run: () => start(process.env.BENCH_AFLOOR, [socket('afloor'), 2, ...stores]),
      upstream: keepAlive('afloor', socket('afloor')), location: `${FCGI} fastcgi_pass afloor;` },
  ];
}

const sorted = (text) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).sort(([a], [b]) => (a < b ? -1 : 1))));

// Byte for byte the same record, once the order of the members is the same.
async function compare(rows, headers) {
  const [expected, ...others] = await Promise.all(rows.filter((r) => r.key !== 'afloor').map(async (r) => {
    const reply = await fetch(r.url, { headers });
    return { name: r.name, text: sorted(await reply.text()) };
  }));
  for (const other of others) assert.equal(other.text, expected.text, `${other.name} answers something else`);
  console.log(`\n${others.length + 1} programs answer the same ${expected.text.length} bytes.`);
}

const STORES = /^(nginx|postgres|redis-server|.* jobs)$/;
const application = (cpu) => Object.entries(cpu).filter(([kind]) => !STORES.test(kind)).reduce((sum, [, us]) => sum + us, 0);

function report(rows, results) {
  for (const conns of connections) {
    const of = (name) => middle(results.get(name)[conns]);
    const ours = of(OURS);
    console.log(`\n### ${conns} connections\n`);
    console.log('| program | req/s | p50 ms | p99 ms | application µs per request | all µs per request | regie is faster by | and uses less by |');
    console.log('|---|---|---|---|---|---|---|---|');
    for (const r of rows) {
      const m = of(r.name);
      const all = Object.values(m.cpu).reduce((sum, us) => sum + us, 0);
      console.log(`| ${[r.name, m.rps.toFixed(0), m.p50.toFixed(2), m.p99.toFixed(2), application(m.cpu).toFixed(0), all.toFixed(0),
        (ours.rps / m.rps).toFixed(2), (application(m.cpu) / application(ours.cpu)).toFixed(2)].join(' | ')} |`);
    }
    console.log('');
    for (const { name, goal } of rows.filter((r) => r.goal)) {
      const ratio = ours.rps / of(name).rps;
      console.log(`- goal: at least ${goal[0]} × ${goal[1]}: ${ratio.toFixed(2)}${ratio >= goal[0] ? '' : ', missed'}`);
    }
  }
}

function reportMemory(rows) {
  const mb = (processes) => processes.reduce((sum, p) => sum + memory(p.pid), 0).toFixed(1);
  console.log('\nPSS after the run, all processes of one kind:');
  console.log(`- regie: ${mb(ofCopy().filter((p) => p.kind === 'regie-intake serve'))} MB`);
  for (const r of rows.filter((row) => row.child)) console.log(`- ${r.name}: ${mb(ofChild(r.child))} MB`);
}

async function main() {
  const token = await login('regisseur1.9901');
  const [{ id }] = (await api('GET', '/api/intake/v1/inburgeraars?fase=traject&limit=1', { token })).body.items;
  const headers = { Authorization: `Bearer ${token}` };
  const auth = script('read', [`wrk.headers["Authorization"] = "Bearer ${token}"`]);
  const rows = [...ourRows(id), ...peers.map((p) => ({ ...p, path: `/${p.key}/inburgeraars/${id}` }))]
    .map((r) => ({ url: `http://127.0.0.1:${port}${r.path}`, script: auth, ...r }));
  execFileSync('redis-cli', ['-s', redis, 'set', 'floor:session', 'x'.repeat(300)]);
  for (const r of rows) r.child = r.run?.();
  const here = rows.filter((r) => r.key);
  await startNginx(here.flatMap((r) => r.upstream ?? []), here.map((r) => `location /${r.key}/ { ${r.location} }`),
    here.map((r) => r.url), headers);
  console.log(`${os.cpus().length} processors, load ${os.loadavg().map((l) => l.toFixed(1)).join(' ')} before the run, `
    + `${rounds} interleaved rounds of ${seconds} s`);
  await compare(rows, headers);
  report(rows, await interleave(rows, connections));
  reportMemory(rows);
}

try {
  await main();
} finally {
  await finish();
}
