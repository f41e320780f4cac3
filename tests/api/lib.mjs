// SPDX-License-Identifier: EUPL-1.2
// What the tests against a running copy share. REGIE_HOME, REGIE_PORT and REGIE_TLS_PORT say which copy.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import path from 'node:path';

export const home = path.resolve(process.env.REGIE_HOME ?? 'var');
export const baseUrl = `http://127.0.0.1:${process.env.REGIE_PORT ?? 8080}`;
export const tlsUrl = `https://127.0.0.1:${process.env.REGIE_TLS_PORT ?? 8443}`;
export const runDir = setting('REGIE_RUN') ?? `${home}/run`;

// The environment of the copy's services.
export function settings() {
  const text = existsSync(`${home}/settings`) ? readFileSync(`${home}/settings`, 'utf8') : '';
  return Object.fromEntries([...text.matchAll(/^(\w+)='(.*)'$/gm)].map(([, name, value]) => [name, value]));
}

export function setting(name) {
  return settings()[name];
}

// { status, headers, body }: body is parsed JSON, or text when it is not JSON.
export async function api(method, url, { token, body, headers = {} } = {}) {
  const reply = await fetch(baseUrl + url, {
    method,
    redirect: 'manual',
    headers: {
      Accept: 'application/json',
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await reply.text();
  const json = (reply.headers.get('content-type') ?? '').includes('json');
  return { status: reply.status, headers: reply.headers, body: json && text ? JSON.parse(text) : text };
}

function cookieOf(reply, name) {
  for (const line of reply.headers.getSetCookie()) {
    const [pair] = line.split(';');
    if (pair.startsWith(`${name}=`)) return pair.slice(name.length + 1);
  }
  return undefined;
}

// Walks the real login: to the provider, choose, back with a code. The session token, or throws.
async function walk(doel, choice) {
  const start = await fetch(`${baseUrl}/api/identity/v1/login?doel=${doel}&terug=/`, { redirect: 'manual' });
  const provider = start.headers.get('location');
  const browser = cookieOf(start, 'regie_inlog');
  const form = new URLSearchParams(new URL(provider).searchParams);
  for (const [name, value] of Object.entries(choice)) form.set(name, value);
  const chosen = await fetch(provider, { method: 'POST', body: form, redirect: 'manual' });
  const back = await fetch(chosen.headers.get('location'), { redirect: 'manual', headers: { Cookie: `regie_inlog=${browser}` } });
  const token = cookieOf(back, 'regie');
  if (!token) throw new Error(`no session for ${JSON.stringify(choice)}: ${back.status} ${back.headers.get('location')}`);
  return token;
}

export const login = (sub) => walk('medewerker', { sub });
export const loginBurger = (bsn) => walk('burger', { bsn });

// A citizen with a dossier: the first that the login of the copy offers.
export async function demoBsn() {
  const page = await (await fetch(`${baseUrl}/api/identity/v1/login?doel=burger&terug=/`)).text();
  return /value="(\d{9})"/.exec(page)[1];
}

// One command to the copy's Redis; the answer as text.
export function redis(...command) {
  return execFileSync('redis-cli', ['-s', setting('REGIE_REDIS'), ...command], { encoding: 'utf8' }).trim();
}

// All rows of a list, page after page by the header Link; throws when that does not come to an end.
export async function everything(url, { token, method = 'GET', body, limit = 7 } = {}) {
  const rows = [];
  let next = `${url}${url.includes('?') ? '&' : '?'}limit=${limit}`;
  for (let pages = 0; next; pages++) {
    if (pages > 200) throw new Error(`${url}: more than ${pages} pages`);
    const reply = await api(method, next, { token, body });
    if (reply.status !== 200) throw new Error(`${next}: ${reply.status} ${JSON.stringify(reply.body)}`);
    rows.push(...reply.body.items);
    next = /<([^>]+)>; rel="next"/.exec(reply.headers.get('link') ?? '')?.[1];
  }
  return rows;
}

// Processes of this copy: { pid, ppid, exe, jobs }; exe is the file name of the program.
export function processes() {
  const found = [];
  for (const pid of readdirSync('/proc').filter((p) => /^\d+$/.test(p))) {
    try {
      const exe = path.basename(readlinkSync(`/proc/${pid}/exe`));
      const cmd = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      const environ = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const ppid = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
      const ours = environ.includes(`REGIE_HOME=${home}`) || cmd.some((arg) => arg.includes(`${home}/`));
      if (ours) found.push({ pid: Number(pid), ppid: Number(ppid), exe, jobs: cmd.includes('--jobs') });
    } catch { /* ended meanwhile, or not ours to read */ }
  }
  return found;
}

// What the services and nginx logged, as text; nginx writes once a second.
export function logs() {
  return readdirSync(`${home}/log`).map((name) => readFileSync(`${home}/log/${name}`, 'utf8')).join('');
}

const PSQL = '/usr/lib/postgresql/15/bin/psql';
const psqlArgs = ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-h', `${runDir}/pg`, '-U', 'postgres', '-d', 'regie'];

// One statement as the database's owner; rows as lines, columns by |.
export function sql(statement) {
  return execFileSync(PSQL, [...psqlArgs, '-c', statement], { encoding: 'utf8' }).trim();
}

// Asks again until fn gives something true; throws after `seconds`.
export async function until(what, fn, seconds = 15) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await fn();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((r) => { setTimeout(r, 50); });
  }
}

// A transaction of the owner's that has done `statement`, which must give a row, and holds its locks until release().
export async function hold(statement) {
  const holder = spawn(PSQL, psqlArgs);
  const ended = new Promise((resolve) => { holder.once('exit', resolve); });
  const locked = new Promise((resolve, reject) => {
    holder.stdout.once('data', resolve);
    ended.then(() => reject(new Error(`no row: ${statement}`)));
  });
  holder.stdin.write(`begin; ${statement};\n`);
  await locked;
  holder.stdin.on('error', () => {}); // PostgreSQL is gone
  return { release() {
    if (!holder.stdin.writableEnded) holder.stdin.end('commit;\n');
    return ended;
  } };
}

// How many statements wait for a lock.
export const waiting = () => Number(sql(`select count(*) from pg_stat_activity where datname = 'regie' and wait_event_type = 'Lock'`));

// Replies of requests that all read before any of them wrote: `row` (a select) is locked until each of
// them waits for it.
export async function atOnce(row, requests) {
  const held = await hold(`${row} for update`);
  const replies = Promise.all(requests.map((request) => request()));
  try {
    await until('all requests wait for the row', () => waiting() >= requests.length, 4);
  } finally {
    held.release();
  }
  return replies;
}

async function setToday(day) {
  const reply = await api('PUT', '/simulator/v1/vandaag', { body: { datum: day } });
  if (reply.status !== 204) throw new Error(`vandaag ${day}: ${reply.status}`);
}

// Runs fn while `day` passes for today everywhere in the copy; then it is the real day again.
export async function onDay(day, fn) {
  await setToday(day);
  try {
    return await fn();
  } finally {
    await setToday(new Date().toISOString().slice(0, 10));
  }
}
