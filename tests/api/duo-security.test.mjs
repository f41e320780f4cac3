// SPDX-License-Identifier: EUPL-1.2
// Who may speak with whom: every refusal of a notification as DUO's contract names it, with its account; the ways
// out to DUO; certificates that come to an end; and messages that are kept no longer than is needed.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { before, test } from 'node:test';
import { answerProblems, requestProblems, skip } from './contract.mjs';
import { DUO_OIN, certificateOf, everythingHandled, madeCertificate, notify, oinOf } from './duo.mjs';
import { api, home, login, logs, onDay, settings, sql, tlsUrl, until } from './lib.mjs';
import { randomBsn } from './people.mjs';

const count = (table, where) => Number(sql(`select count(*) from ${table} where ${where}`));
const marker = () => `Q${randomUUID().slice(0, 5).toUpperCase()}`;
const notice = (more = {}) => ({ registratieDatumTijd: '2026-02-02T08:00:00Z', bsn: randomBsn(), gebeurtenisId: 'ZZ139', ...more });
const duoNamed = (more) => `/C=NL/O=DUO/serialNumber=${DUO_OIN}${more}/CN=duo.test`;

// Lines of the service's log about the request that came with this Fsc-Transaction-Id.
const accountsOf = (transaction) => logs().split('\n').filter((line) => line.includes(transaction)).map((line) => JSON.parse(line));

// ---- every refusal -------------------------------------------------------------------------------

// What somebody may claim in headers to be, in every spelling that a program behind nginx could read.
const FORGED = { 'ssl-verify': 'SUCCESS', 'ssl-subject': `serialNumber=${DUO_OIN}`, 'ssl-client-verify': 'SUCCESS', 'ssl-client-s-dn': `serialNumber=${DUO_OIN}`,
  'x-ssl-client-verify': 'SUCCESS', 'x-ssl-client-s-dn': `serialNumber=${DUO_OIN}`, 'x-client-verify': 'SUCCESS', 'x-oin': DUO_OIN, oin: DUO_OIN, 'nginx-fout': '',
  'x-forwarded-client-cert': 'Subject="serialNumber=00000004000000001000"', https: 'on', 'x-forwarded-proto': 'https' };
const LARGE = JSON.stringify({ ...notice(), vulling: 'x'.repeat(2 * 1024 * 1024) });

// what, status, reason in the account, and what is other than in a notification that is taken.
const refusals = () => [
  ['no certificate', 401, /no client certificate/, { client: {} }],
  ['no certificate, 2 MB', 401, /no client certificate/, { client: {}, body: LARGE }],
  ['no certificate, and headers that claim one', 401, /no client certificate/, { client: {}, headers: FORGED }],
  ['another authority', 401, /no client certificate/, { client: madeCertificate(duoNamed(''), { ourAuthority: false }) }],
  ['another authority, and headers', 401, /no client certificate/, { client: madeCertificate(duoNamed(''), { ourAuthority: false }), headers: FORGED }],
  ['a certificate that was revoked', 401, /no client certificate/, { client: certificateOf('duo-ingetrokken') }],
  ['a certificate that has expired', 401, /no client certificate/, { client: madeCertificate(duoNamed(''), { days: -1 }) }],
  ['a certificate of a gemeente', 401, /no client certificate/, { client: certificateOf('9901') }],
  ['a certificate without an OIN', 401, /no client certificate/, { client: madeCertificate('/C=NL/O=DUO/CN=duo.test') }],
  ['bron of another', 403, /bron is not/, { headers: { bron: oinOf('9901') } }],
  ['doel of nobody here', 403, /doel is none/, { headers: { doel: '00000001998800000000' } }],
  ['no bron', 400, /missing or malformed/, { headers: { bron: undefined } }],
  ['no doel', 400, /missing or malformed/, { headers: { doel: undefined } }],
  ['no berichtId', 400, /missing or malformed/, { headers: { berichtid: undefined } }],
  ['a berichtId that is no UUID', 400, /missing or malformed/, { headers: { berichtid: 'geen-uuid' } }],
  ['a BSN where an OIN belongs', 400, /missing or malformed/, { headers: { bron: '123456782' } }],
  ['no JSON', 400, /does not fit/, { body: '{' }],
  ['a body that lacks a member', 400, /does not fit/, { body: { gebeurtenisId: 'ZZ139' } }],
  ['a moment that does not exist', 400, /does not fit/, { body: notice({ registratieDatumTijd: '2026-02-30T08:00:00Z' }) }],
  ['2 MB', 400, /too large/, { body: LARGE }],
];

test('every refusal has the status of the contract and one line of account, and stores nothing', async (t) => {
  const before = { notices: count('duo.notificatie', 'true'), events: count('core.gebeurtenis', "bron = 'duo'") };
  for (const [what, status, reason, { client, headers = {}, body = notice() }] of refusals()) {
    const fsc = randomUUID();
    const reply = await notify(body, { client, headers: { ...headers, 'fsc-transaction-id': fsc } });
    assert.equal(reply.status, status, `${what}: ${reply.text}`);
    assert.equal(reply.text, '', what);
    if (!skip) assert.deepEqual(answerProblems(reply.request, { status, headers: reply.headers, body: reply.text }), [], what);
    const [account, ...more] = await until(`the account of: ${what}`, () => accountsOf(fsc).length > 0 && accountsOf(fsc));
    assert.deepEqual(more, [], `${what}: one line`);
    assert.deepEqual([account.melding, account.status, account.niveau], ['notificatie geweigerd', String(status), 'let-op'], what);
    assert.match(account.reden, reason, what);
    assert.ok(account.adres && account.traceId, what);
    const given = reply.request.headers;
    if (/^[0-9a-f-]{36}$/.test(given.berichtid ?? '')) assert.equal(account.berichtId, given.berichtid, what);
    for (const name of ['bron', 'doel']) assert.equal(account[name], /^\d{20}$/.test(given[name] ?? '') ? given[name] : '-', what);
    if (status !== 401) assert.equal(account.certificaat, DUO_OIN, what);
    t.diagnostic(`${status}  ${what}: ${account.gecontroleerd}, ${account.reden}`);
  }
  assert.deepEqual({ notices: count('duo.notificatie', 'true'), events: count('core.gebeurtenis', "bron = 'duo'") }, before, 'nothing is stored');
});

test('the account says what nginx found wrong about a certificate', async () => {
  const wrong = { 'duo-ingetrokken': /certificate revoked/, expired: /certificate has expired/, other: /self.signed certificate|unable to get/ };
  const clients = { 'duo-ingetrokken': certificateOf('duo-ingetrokken'), expired: madeCertificate(duoNamed(''), { days: -1 }),
    other: madeCertificate(duoNamed(''), { ourAuthority: false }) };
  for (const [what, client] of Object.entries(clients)) {
    const fsc = randomUUID();
    assert.equal((await notify(notice(), { client, headers: { 'fsc-transaction-id': fsc } })).status, 401, what);
    const [account] = await until('the account', () => accountsOf(fsc).length > 0 && accountsOf(fsc));
    assert.match(account.gecontroleerd, wrong[what], what);
  }
});

test('a notification that came before is acknowledged again and stored once; another one under its berichtId is refused', async () => {
  const gebeurtenisId = marker();
  const berichtid = randomUUID();
  const body = notice({ gebeurtenisId });
  const send = async (what, more = {}) => {
    const fsc = randomUUID();
    const reply = await notify(what, { headers: { berichtid, 'fsc-transaction-id': fsc, ...more } });
    if (!skip) assert.deepEqual(answerProblems(reply.request, { status: reply.status, headers: reply.headers, body: reply.text }), []);
    return { status: reply.status, account: () => accountsOf(fsc) };
  };
  const first = await send(body);
  assert.deepEqual([first.status, first.account().length], [201, 0], 'nothing to account for');
  const again = await send(JSON.stringify(body, null, 2));
  assert.equal(again.status, 201);
  assert.equal((await until('the account', () => again.account()[0])).melding, 'notificatie was er al');
  for (const [what, other, headers] of [['another event', { ...body, gebeurtenisId: marker() }], ['another person', { ...body, bsn: randomBsn() }],
    ['nobody', { ...body, bsn: undefined, vNummer: 1 }], ['another moment', { ...body, registratieDatumTijd: '2026-02-02T08:00:01Z' }],
    ['another gemeente', body, { doel: oinOf('9902') }]]) {
    const reply = await send(other, headers);
    assert.equal(reply.status, 400, what);
    assert.match((await until('the account', () => reply.account()[0])).reden, /used for another/, what);
  }
  assert.equal(count('duo.notificatie', `id = '${berichtid}'`), 1);
  assert.equal(count('duo.notificatie', `gebeurtenis_id = '${gebeurtenisId}'`), 1);
  assert.equal(count('core.gebeurtenis', `onderwerp = '${berichtid}' and type = 'notificatie-ontvangen'`), 1);
});

test('what is right is taken: a chain down to DUO, members of a later version, each gemeente by its own OIN', async () => {
  const good = [['a certificate of an authority below the anchor', {}, { client: certificateOf('duo-keten') }],
    ['headers that claim to be somebody else', {}, { headers: { ...FORGED, 'ssl-subject': `serialNumber=${oinOf('9901')}`, 'ssl-verify': 'NONE' } }],
    ['members that nobody knows', { later: 'yes', diep: { er: [1] } }, {}]];
  for (const [what, more, how] of good) {
    const body = notice(more);
    const reply = await notify(body, how);
    assert.equal(reply.status, 201, what);
    if (!skip) assert.deepEqual(requestProblems(reply.request, { closed: false }), [], what);
    assert.equal(count('duo.notificatie', `id = '${reply.request.headers.berichtid}'`), 1, what);
  }
  for (const gemeente of ['9901', '9902', '9903']) {
    const reply = await notify(notice(), { headers: { doel: oinOf(gemeente) } });
    assert.equal(reply.status, 201, gemeente);
    assert.equal(sql(`select gemeente from duo.notificatie where id = '${reply.request.headers.berichtid}'`), gemeente);
  }
});

test('headers that nginx sets mean nothing from outside, on both ports', async () => {
  const gebeurtenisId = marker();
  const headers = { bron: DUO_OIN, doel: oinOf('9901'), berichtId: randomUUID(), ...FORGED };
  const body = notice({ gebeurtenisId });
  assert.equal((await api('POST', '/v1/notificaties', { body, headers })).status, 404, 'without TLS there is no such address');
  assert.equal((await api('POST', '/api/duo/v1/notificaties', { body, headers })).status, 401, 'nor does one become DUO behind it');
  const behind = await new Promise((resolve, reject) => {
    const request = https.request(`${tlsUrl}/api/duo/v1/notificaties`, { method: 'POST', agent: false, ca: readFileSync(`${home}/tls/ca.crt`),
      headers: { ...headers, 'content-type': 'application/json' } }, (reply) => { reply.resume(); resolve(reply.statusCode); });
    request.on('error', reject).end(JSON.stringify(body));
  });
  assert.equal(behind, 401, 'nor with TLS');
  assert.equal(count('duo.notificatie', `gebeurtenis_id = '${gebeurtenisId}'`), 0);
});

test('TLS before 1.2 is not spoken to us', async () => {
  const old = (maxVersion) => notify(notice(), { client: { ...certificateOf('duo'), minVersion: 'TLSv1', maxVersion, ciphers: 'ALL:@SECLEVEL=0' } });
  for (const version of ['TLSv1', 'TLSv1.1']) await assert.rejects(old(version), /protocol|version|alert/i, version);
  assert.equal((await old('TLSv1.2')).status, 201, 'TLS 1.2 is');
});

// ---- to DUO --------------------------------------------------------------------------------------

// A server that keeps what it is asked; url is its base.
async function listen(server, scheme) {
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { url: `${scheme}://127.0.0.1:${server.address().port}/v1`, close: () => { server.closeAllConnections(); server.close(); } };
}

// Runs fn while the gemeente reaches DUO at another address, and then not any more.
async function withAddress(gemeente, url, fn) {
  sql(`insert into duo.aansluiting (gemeente, adres) values ('${gemeente}', '${url}') on conflict (gemeente) do update set adres = excluded.adres`);
  await new Promise((resolve) => { setTimeout(resolve, 2100); }); // so long a process keeps what it knows (address.c)
  try {
    return await fn();
  } finally {
    sql(`delete from duo.aansluiting where gemeente = '${gemeente}'`);
  }
}

test('a gemeente with an address of its own goes there: an FSC outway gets transaction, trace and names', async () => {
  const seen = [];
  const outway = await listen(http.createServer((request, answer) => {
    seen.push(request);
    answer.writeHead(404, { 'api-version': '1.0.0' }).end();
  }), 'http');
  const trace = 'c3'.repeat(16);
  try {
    await withAddress('9902', outway.url, async () => {
      const bsn = randomBsn();
      const reply = await notify(notice({ bsn, gebeurtenisId: 'SS101' }), { headers: { doel: oinOf('9902'), traceparent: `00-${trace}-00f067aa0ba902b7-01` } });
      assert.equal(reply.status, 201);
      await until('the notice is worked off', () => count('duo.notificatie', `id = '${reply.request.headers.berichtid}' and status = 'verwerkt'`) === 1, 20);
      const mine = seen.filter((r) => r.url.includes(bsn));
      assert.ok(mine.length >= 2, `${mine.length} questions`);
      for (const { headers } of mine) {
        assert.deepEqual([headers.bron, headers.doel], [oinOf('9902'), DUO_OIN]);
        assert.match(headers['fsc-transaction-id'], /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'UUID version 7');
        assert.ok(Math.abs(parseInt(headers['fsc-transaction-id'].replaceAll('-', '').slice(0, 12), 16) - Date.now()) < 60000, 'of now');
        assert.equal(headers.traceparent.split('-')[1], trace);
      }
      assert.equal(new Set(mine.map((r) => r.headers['fsc-transaction-id'])).size, mine.length, 'a transaction each');
      const other = await notify(notice({ gebeurtenisId: 'SS101' }));
      await until('the other gemeente', () => count('duo.notificatie', `id = '${other.request.headers.berichtid}' and status = 'verwerkt'`) === 1, 20);
      assert.equal(seen.length, mine.length, 'another gemeente does not come here');
    });
  } finally {
    outway.close();
  }
});

test('DUO is who our anchor says, with TLS 1.2 or later: nobody else is told a BSN', async () => {
  const told = [];
  const answer = (request, reply) => {
    told.push(request.url);
    reply.writeHead(404, { 'api-version': '1.0.0' }).end();
  };
  const stranger = madeCertificate('/C=NL/O=Elders/CN=127.0.0.1', { ourAuthority: false });
  const servers = { 'another authority': stranger, 'TLS 1.1 at most': { ...certificateOf('server'), minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' },
    'a certificate of somebody else': certificateOf('9901') };
  for (const [what, options] of Object.entries(servers)) {
    const server = https.createServer(options, answer);
    const refusedAt = [];
    server.on('tlsClientError', (error) => refusedAt.push(error.message));
    const played = await listen(server, 'https');
    try {
      await withAddress('9903', played.url, async () => {
        const reply = await notify(notice({ gebeurtenisId: 'SS101' }), { headers: { doel: oinOf('9903') } });
        const id = reply.request.headers.berichtid;
        await until(`${what}: it waits`, () => count('duo.notificatie', `id = '${id}' and status = 'ontvangen' and pogingen > 0`) === 1, 20);
        await until(`${what}: the handshake fails`, () => refusedAt.length > 0);
        assert.deepEqual(told, [], what);
      });
    } finally {
      played.close();
    }
    await everythingHandled();
  }
});

// ---- certificates that end -----------------------------------------------------------------------

// A second process of the background work, which reads its certificates elsewhere, until `enough` of its log.
async function jobsWith(environment, enough) {
  const log = [];
  const jobs = spawn(`${home}/bin/regie-duo`, ['--jobs'], { env: { ...settings(), PATH: process.env.PATH, ...environment }, stdio: ['ignore', 'ignore', 'pipe'] });
  jobs.stderr.setEncoding('utf8').on('data', (chunk) => log.push(chunk));
  const ended = new Promise((resolve) => { jobs.on('exit', resolve); });
  try {
    await until('the log', () => enough(log.join('')));
  } finally {
    jobs.kill('SIGTERM');
    assert.equal(await ended, 0, log.join(''));
  }
  return log.join('').split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
}

test('certificates and revocation lists that end within 60 days are logged and shown, others only shown', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'regie-certs-'));
  const write = (name, pair) => ['crt', 'key'].forEach((kind) => writeFileSync(path.join(dir, `${name}.${kind}`), pair[kind === 'crt' ? 'cert' : 'key']));
  const named = (gemeente) => `/C=NL/O=Gemeente/serialNumber=${oinOf(gemeente)}/CN=test`;
  const teamleider = await login('teamleider.9901');
  const shown = async () => Object.fromEntries((await api('GET', '/api/duo/v1/certificaten?limit=50', { token: teamleider })).body.items.map((c) => [c.naam, c]));
  try {
    cpSync(`${home}/tls`, dir, { recursive: true });
    write('9901', madeCertificate(named('9901'), { days: 30 }));
    write('9902', madeCertificate(named('9902'), { days: 61 }));
    write('server', madeCertificate('/CN=localhost', { days: -1 }));
    rmSync(path.join(dir, '9903.crt'));
    const log = await jobsWith({ REGIE_DUO_CERTS: dir, REGIE_TLS_CERT: path.join(dir, 'server.crt') }, (text) => text.includes('"bestand":"server.crt"'));
    const told = log.filter((l) => l.bestand).map((l) => [l.bestand, l.niveau, l.melding, l.dagen]);
    assert.deepEqual(told.sort(), [['9901.crt', 'let-op', 'certificaat verloopt', '30'], ['9903.crt', 'fout', 'certificaat niet leesbaar', undefined],
      ['server.crt', 'fout', 'certificaat verlopen', '-1']]);
    const rows = await until('the table', async () => {
      const all = await shown();
      return all['9901.crt']?.dagen === 30 && all;
    });
    assert.deepEqual([rows['server.crt'].dagen, rows['server.crt'].soort, rows['ca.crl'].soort, rows['ca.crt'].soort], [-1, 'server', 'intrekkingslijst', 'anker']);
    assert.ok(rows['ca.crl'].dagen > 3000 && rows['ca.crt'].dagen > 3000);
    assert.equal(rows['9902.crt'], undefined, 'not of another gemeente');
    assert.equal(sql("select vervalt - current_date from duo.certificaat where naam = '9902.crt'"), '61');
    assert.equal(sql("select vervalt is null from duo.certificaat where naam = '9903.crt'"), 't');
    assert.equal((await api('GET', '/api/duo/v1/certificaten', { token: await login('regisseur1.9901') })).status, 403);
  } finally {
    rmSync(dir, { recursive: true });
    await onDay('2026-11-01', () => until('the copy\'s own are there again', async () => (await shown())['9901.crt']?.dagen > 3000));
  }
});

// ---- messages that are not needed any more -------------------------------------------------------

test('the text of a notification is deleted after the days of REGIE_DUO_RAW_DAYS, once it was worked off', async () => {
  const done = (await notify(notice())).request.headers.berichtid;
  const waits = (await notify(notice({ gebeurtenisId: 'SS113' }))).request.headers.berichtid; // there is no dossier
  await until('one is worked off', () => count('duo.notificatie', `id = '${done}' and status = 'onbekend'`) === 1);
  await until('one waits', () => count('duo.notificatie', `id = '${waits}' and status = 'ontvangen' and pogingen > 0`) === 1);
  const kept = (id) => sql(`select inhoud_enc is not null from duo.notificatie where id = '${id}'`) === 't';
  const later = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);
  const looked = () => sql('select max(gezien) from duo.certificaat'); // the job after it
  const asOf = (days) => {
    const last = looked();
    return onDay(later(days), () => until('the nightly work', () => looked() !== last));
  };
  await asOf(90);
  assert.deepEqual([kept(done), kept(waits)], [true, true], 'after 90 days it is kept');
  await asOf(91);
  assert.deepEqual([kept(done), kept(waits)], [false, true], 'after 91 only what is not worked off');
  const row = sql(`select row_to_json(n) from duo.notificatie n where id = '${done}'`);
  const { bsn_enc: bsnEnc, gebeurtenis_id: code, status } = JSON.parse(row);
  assert.ok(bsnEnc && code === 'ZZ139' && status === 'onbekend', 'what was taken from it stays');
});
