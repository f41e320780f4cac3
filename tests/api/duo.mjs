// SPDX-License-Identifier: EUPL-1.2
// DUO's side, for tests: people that DUO knows (as the simulator plays it), notifications over mutual TLS, and a
// DUO of the test's own that sees every request of the service.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { answerProblems, operationOf, requestProblems } from './contract.mjs';
import { api, home, processes, settings, sql, tlsUrl, until } from './lib.mjs';

export const DUO_OIN = '00000004000000001000';
export const oinOf = (gemeente) => sql(`select oin from core.gemeente where code = '${gemeente}'`);

const tls = path.join(home, 'tls');
const file = (name) => readFileSync(path.join(tls, name));
const trusted = () => ({ ca: file('ca.crt') });
export const certificateOf = (name) => ({ cert: file(`${name}.crt`), key: file(`${name}.key`) });

// ---- people that DUO knows ---------------------------------------------------------------------

async function control(method, url, body) {
  const reply = await api(method, `/simulator/v1${url}`, { body });
  if (reply.status >= 300) throw new Error(`${method} ${url}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}

// Somebody that DUO knows from today: bsn; knows(kind, document) sets what DUO answers; tell(event) lets DUO notify.
export async function knownAtDuo({ gemeentecode = '9901', doelgroep = 'Asielstatushouder', ...more } = {}) {
  const person = await control('POST', '/personen', { gemeentecode, doelgroep, ...more });
  const at = `/personen/${person.id}`;
  return {
    bsn: person.bsn,
    knows: (soort, document) => control('PUT', `${at}/documenten`, { soort, document }),
    tell: (gebeurtenisId) => control('POST', `${at}/notificaties`, { gebeurtenisId }),
    everythingHandled,
  };
}

// Until no notification, no event and no message waits for anybody, but for a dossier.
export function everythingHandled() {
  return until('everything is handled', () => sql(`select (select count(*) from simulator.notificatie where not verzonden)
    + (select count(*) from core.gebeurtenis where not verdeeld) + (select count(*) from core.levering where status = 'wacht')
    + (select count(*) from duo.melding where status = 'wacht')
    + (select count(*) from duo.notificatie where status = 'ontvangen' and fout is distinct from 'Het dossier is er nog niet')`) === '0', 30);
}

// Lets `day` be today, and waits until the background work of duo and intake takes it for that, too: by what they write of
// somebody new. Not after the real day.
export async function everybodyOn(day) {
  const after = (days) => new Date(Date.parse(day) + days * 86400000).toISOString().slice(0, 10);
  await control('PUT', '/vandaag', { datum: day });
  await until(`it is ${day} for all`, async () => {
    const person = await control('POST', '/personen', { gemeentecode: '9901', doelgroep: 'Asielstatushouder' });
    await control('POST', '/gebeurtenissen', { bsn: person.bsn, gebeurtenisId: 'SS128' });
    await everythingHandled();
    const deadlines = sql(`select string_agg(distinct t.uiterlijk::text, ',') from intake.taak t join duo.persoon p using (gemeente) join intake.inburgeraar i
      on i.id = t.inburgeraar_id and i.bsn_hash = p.bsn_hash where p.aangemaakt = (select max(aangemaakt) from duo.persoon)`);
    return deadlines === after(14);
  }, 60);
}

// ---- certificates ------------------------------------------------------------------------------

// A client certificate with this subject: of the copy's own authority, or signed by itself; `days` may be negative.
export function madeCertificate(subject, { ourAuthority = true, days = 2 } = {}) {
  const dir = mkdtempSync(path.join(tmpdir(), 'regie-cert-'));
  const at = (name) => path.join(dir, name);
  const openssl = (...args) => execFileSync('openssl', args, { stdio: 'pipe' });
  const signer = ourAuthority ? ['-CA', path.join(tls, 'ca.crt'), '-CAkey', path.join(tls, 'ca.key')] : ['-signkey', at('key')];
  try {
    openssl('req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', subject, '-keyout', at('key'), '-out', at('csr'));
    openssl('x509', '-req', '-in', at('csr'), ...signer, '-set_serial', `0x${randomUUID().slice(0, 8)}`, '-days', String(days), '-out', at('crt'));
    return { cert: readFileSync(at('crt')), key: readFileSync(at('key')) };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

// ---- notifications -----------------------------------------------------------------------------

// One request over TLS: { status, headers, text }.
function send(url, { method, headers, body, ...client }) {
  return new Promise((resolve, reject) => {
    const request = https.request(url, { method, headers, agent: false, ...trusted(), ...client }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (chunk) => { text += chunk; }).on('end', () => resolve({ status: reply.statusCode, headers: reply.headers, text }));
    });
    request.on('error', reject).end(body);
  });
}

// A notification as DUO posts it; `headers` with an undefined value are left out. The request goes along with the reply.
export async function notify(body, { client = certificateOf('duo'), headers = {} } = {}) {
  const text = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const all = { 'content-type': 'application/json', bron: DUO_OIN, doel: '00000001990100000000', berichtid: randomUUID(),
    'content-length': Buffer.byteLength(text), ...headers };
  const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  const reply = await send(`${tlsUrl}/v1/notificaties`, { method: 'POST', headers: sent, body: text, ...client });
  return { ...reply, request: { method: 'POST', path: '/notificaties', headers: sent, body: String(text) } };
}

// ---- a DUO of the test's own -------------------------------------------------------------------

// What the simulator answers to this request.
export async function askSimulator(request) {
  const { bron, doel, berichtid, traceparent } = request.headers;
  const gemeente = sql(`select code from core.gemeente where oin = '${bron}'`);
  const headers = { bron, doel, berichtid, traceparent, ...(request.body ? { 'content-type': request.headers['content-type'] } : {}) };
  const { status, headers: answered, text } = await send(`${tlsUrl}/duo/v1${request.path}`,
    { method: request.method, headers, body: request.body, ...certificateOf(gemeente) });
  return { status, headers: answered, body: text };
}

function read(incoming) {
  return new Promise((resolve) => {
    let body = '';
    incoming.setEncoding('utf8').on('data', (chunk) => { body += chunk; }).on('end', () => resolve(body));
  });
}

// An https server that demands a client certificate and has `answer(request)` say { status, headers, body };
// undefined: the connection breaks. seen: { request, answer }, oldest first, the answer once it is given.
export async function playDuo(answer) {
  const seen = [];
  const server = https.createServer({ ...certificateOf('server'), ...trusted(), requestCert: true, rejectUnauthorized: true }, async (incoming, outgoing) => {
    const request = { method: incoming.method, path: incoming.url.replace(/^\/v1/, ''), headers: incoming.headers, at: Date.now(),
      oin: incoming.socket.getPeerCertificate().subject.serialNumber, body: await read(incoming) };
    const exchange = { request };
    seen.push(exchange);
    const reply = await answer(request);
    exchange.answer = reply;
    if (!reply) {
      incoming.socket.destroy();
      return;
    }
    outgoing.writeHead(reply.status, { 'api-version': '1.0.0', ...(reply.body ? { 'content-type': 'application/json' } : {}), ...reply.headers });
    outgoing.end(reply.body);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { seen, url: `https://127.0.0.1:${server.address().port}/v1`, close: () => { server.closeAllConnections(); server.close(); } };
}

// Every exchange that a test saw fits DUO's contract, both ways.
export function fitsContract(seen) {
  for (const { request, answer } of seen) {
    assert.deepEqual(requestProblems(request), [], `${operationOf(request)}: request`);
    if (!answer) continue;
    const whole = { body: '', ...answer, headers: { 'api-version': '1.0.0', ...answer.headers } };
    assert.deepEqual(answerProblems(request, whole), [], `${operationOf(request)}: answer`);
  }
}

// Runs fn while the test itself is DUO: the background work of the copy's duo service rests, and processes of the
// same program (one, with these settings) work for a DUO at another address. fn gets { seen, log }.
export async function insteadOfDuo(answer, fn, { processCount = 1, ...more } = {}) {
  await everythingHandled();
  const duo = await playDuo(answer);
  const resting = processes().filter((p) => p.exe === 'regie-duo' && p.jobs).map((p) => p.pid);
  const log = [];
  for (const pid of resting) process.kill(pid, 'SIGSTOP');
  const jobs = Array.from({ length: processCount }, () => spawn(`${home}/bin/regie-duo`, ['--jobs'],
    { env: { ...settings(), PATH: process.env.PATH, REGIE_DUO_URL: duo.url, REGIE_DUO_RETRY_MAX: '1', ...more }, stdio: ['ignore', 'ignore', 'pipe'] }));
  for (const job of jobs) job.stderr.setEncoding('utf8').on('data', (chunk) => log.push(chunk));
  const ended = jobs.map((job) => new Promise((resolve) => { job.on('exit', (code, signal) => resolve(code ?? signal)); }));
  try {
    return await fn({ seen: duo.seen, log: () => log.join('') });
  } finally {
    for (const job of jobs) job.kill('SIGTERM');
    duo.close(); // they wait for no answer any more
    const how = await Promise.all(ended);
    for (const pid of resting) process.kill(pid, 'SIGCONT');
    const wrong = how.find((code) => code !== 0);
    if (wrong !== undefined) throw new Error(`regie-duo --jobs ended with ${wrong}: ${log.join('').slice(-2000)}`);
  }
}
