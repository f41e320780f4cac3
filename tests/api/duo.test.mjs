// SPDX-License-Identifier: EUPL-1.2
// The exchange with DUO: notifications in, details fetched, messages out. What comes and goes is held against
// DUO's own contract; what is refused, lost or late shows at the person and is never stored twice.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { renameSync } from 'node:fs';
import { test, before } from 'node:test';
import { answerProblems, operationOf, requestProblems, skip } from './contract.mjs';
import { DUO_OIN, askSimulator, certificateOf, everythingHandled, fitsContract, insteadOfDuo, knownAtDuo, madeCertificate, notify, oinOf } from './duo.mjs';
import { processes, api, everything, login, loginBurger, logs, onDay, runDir, sql, until } from './lib.mjs';
import { decidePip, etagOf, finishIntake, newPerson, pipFor, randomBsn, setPip } from './people.mjs';

const base = '/api/duo/v1';
const intake = '/api/intake/v1';
const routes = '/api/learning-routes/v1';
const progress = '/api/progress/v1';
const MONDAY = '2026-02-02';
let regisseur;
let stranger;
let handhaver;

before(async () => {
  regisseur = await login('regisseur1.9901');
  stranger = await login('regisseur1.9902');
  handhaver = await login('handhaver.9901');
});

const get = (path, token = regisseur) => api('GET', path, { token });
const put = (path, body, headers = {}) => api('PUT', path, { token: regisseur, body, headers });
// A code of its own for what must not be stored.
const marker = () => `Q${randomUUID().slice(0, 5).toUpperCase()}`;
const notice = (more = {}) => ({ registratieDatumTijd: '2026-02-02T08:00:00.123+01:00', bsn: randomBsn(), gebeurtenisId: 'SS139', ...more });
const messages = async (person, token = regisseur) => everything(`${base}/inburgeraars/${person}/berichten`, { token, limit: 100 });
const count = (table, where) => Number(sql(`select count(*) from ${table} where ${where}`));
const stored = (berichtId) => count('duo.notificatie', `id = '${berichtId}'`);
const dossierOf = async (bsn, token = regisseur) => (await api('POST', `${intake}/inburgeraars/_zoek`, { token, body: { bsn } })).body.items[0];

async function openTasks(person) {
  const tasks = await everything(`${intake}/taken`, { token: regisseur, limit: 100 });
  return tasks.filter((t) => t.inburgeraarId === person);
}

// A notification is answered as the contract says, with the status, and an empty body.
function answered(reply, status, what) {
  assert.equal(reply.status, status, `${what}: ${reply.text}`);
  assert.match(reply.headers['api-version'] ?? '', /^\d+\.\d+\.\d+$/, `${what}: API-Version`);
  assert.equal(reply.text, '', what);
  if (!skip) assert.deepEqual(answerProblems(reply.request, { status: reply.status, headers: reply.headers, body: reply.text }), [], what);
}

// Answers by path below the person: a document, or what answer() gives for all else.
const json = (status, document) => ({ status, body: JSON.stringify(document), headers: {} });
const empty = (status) => ({ status, headers: {} });
const below = (request) => request.path.replace(/^\/personen\/\d{9}/, '');
const about = (seen, bsn) => seen.filter((e) => e.request.path.startsWith(`/personen/${bsn}/`));

// ---- notifications: who, to whom, what ---------------------------------------------------------

test('a notification is acknowledged at once, while DUO itself does not answer', () => insteadOfDuo(() => new Promise(() => {}), async ({ seen }) => {
  const bsn = randomBsn();
  const begin = Date.now();
  const reply = await notify(notice({ bsn }));
  const took = Date.now() - begin;
  answered(reply, 201, 'first');
  assert.ok(took < 3000, `${took} ms`);
  await until('the job asks DUO', () => about(seen, bsn).length === 3);
  assert.equal(sql(`select status from duo.notificatie where id = '${reply.request.headers.berichtid}'`), 'ontvangen');
}));

test('a notification is stored as it came, sealed, and once, however often and at once it comes', async () => {
  const berichtid = randomUUID();
  const bsn = randomBsn();
  const body = JSON.stringify(notice({ bsn, gebeurtenisId: 'ZZ113' }), null, 4);
  const replies = await Promise.all(Array.from({ length: 6 }, (_, i) => notify(body, { headers: { berichtid: i % 2 ? berichtid.toUpperCase() : berichtid } })));
  for (const reply of replies) answered(reply, 201, 'at once');
  answered(await notify(body, { headers: { berichtid } }), 201, 'again');
  assert.equal(stored(berichtid), 1);
  assert.equal(count('core.gebeurtenis', `onderwerp = '${berichtid}' and type = 'notificatie-ontvangen'`), 1);

  const longer = await notify(`${body}          `);
  const size = (id) => Number(sql(`select length(decode(split_part(inhoud_enc, ':', 2), 'base64')) from duo.notificatie where id = '${id}'`));
  assert.equal(size(longer.request.headers.berichtid) - size(berichtid), 10, 'every byte is kept');
  assert.equal(count('duo.notificatie n', `n::text like '%${bsn}%'`), 0, 'not readable');
});

test('of many that come at the same moment each has its own answer, and nobody fails by the fault of another', async () => {
  const twice = { body: notice({ gebeurtenisId: marker() }), headers: { berichtid: randomUUID() } };
  const good = Array.from({ length: 40 }, (_, i) => ({ status: 201, body: notice({ gebeurtenisId: 'ZZ113' }),
    headers: i % 2 ? { doel: oinOf('9902') } : {} }));
  const wrong = Array.from({ length: 3 }, () => [{ status: 400, body: notice({ registratieDatumTijd: '2026-02-02T08:00:00+23:59' }) },
    { status: 403, body: notice(), headers: { doel: '00000001999900000000' } }]).flat();
  const all = [...good.slice(0, 20), ...wrong, { status: 201, ...twice }, ...good.slice(20), { status: 201, ...twice }];
  const replies = await Promise.all(all.map(({ body, headers }) => notify(body, { headers })));
  replies.forEach((reply, i) => answered(reply, all[i].status, JSON.stringify(all[i])));
  replies.forEach((reply, i) => assert.equal(stored(reply.request.headers.berichtid), all[i].status === 201 ? 1 : 0));
  assert.equal(count('core.gebeurtenis', `onderwerp = '${twice.headers.berichtid}' and type = 'notificatie-ontvangen'`), 1);
  const [ours, theirs] = [replies[0], replies[1]].map((r) => sql(`select gemeente from duo.notificatie where id = '${r.request.headers.berichtid}'`));
  assert.deepEqual([ours, theirs], ['9901', '9902']);
});

test('who is not DUO is not heard', async () => {
  const strangers = {
    'no certificate': {},
    'the certificate of a gemeente': certificateOf('9901'),
    'another OIN of our authority': madeCertificate('/C=NL/O=Elders/serialNumber=00000004000000009999/CN=elders.test'),
    'no OIN in the certificate': madeCertificate('/C=NL/O=Dienst Uitvoering Onderwijs/CN=duo.test'),
    'the OIN in the name': madeCertificate(`/C=NL/O=Elders/serialNumber=00000004000000009999/CN=x\\,serialNumber=${DUO_OIN}`),
    'the OIN with more behind it': madeCertificate(`/C=NL/O=Elders/serialNumber=${DUO_OIN}0/CN=elders.test`),
    'DUO by its own word': madeCertificate(`/C=NL/O=DUO/serialNumber=${DUO_OIN}/CN=duo.test`, { ourAuthority: false }),
    'DUO of yesterday': madeCertificate(`/C=NL/O=DUO/serialNumber=${DUO_OIN}/CN=duo.test`, { days: -1 }),
  };
  const claims = { 'ssl-verify': 'SUCCESS', 'ssl-subject': `serialNumber=${DUO_OIN}`, 'x-ssl-client-verify': 'SUCCESS',
    'x-ssl-client-s-dn': `serialNumber=${DUO_OIN}`, 'x-oin': DUO_OIN };
  const gebeurtenisId = marker();
  const body = notice({ gebeurtenisId });
  for (const [who, client] of Object.entries(strangers)) {
    answered(await notify(body, { client }), 401, who);
    answered(await notify(body, { client, headers: claims }), 401, `${who}, who claims to be`);
  }
  const plain = await api('POST', '/v1/notificaties', { body, headers: { bron: DUO_OIN, doel: oinOf('9901'), berichtId: randomUUID() } });
  assert.equal(plain.status, 404, 'without TLS there is no such address');
  const inside = await api('POST', `${base}/notificaties`, { body, headers: { bron: DUO_OIN, doel: oinOf('9901'), berichtId: randomUUID(), ...claims } });
  assert.equal(inside.status, 401, 'nor behind it');
  assert.equal(count('duo.notificatie', `gebeurtenis_id = '${gebeurtenisId}'`), 0, 'nothing is stored');
});

test('a sender that is not the certificate\'s, and a receiver that is not one of ours, are refused', async () => {
  const gebeurtenisId = marker();
  const body = notice({ gebeurtenisId });
  answered(await notify(body, { headers: { bron: oinOf('9901') } }), 403, 'bron of a gemeente');
  answered(await notify(body, { headers: { bron: '00000004000000001001' } }), 403, 'bron of somebody else');
  answered(await notify(body, { headers: { doel: '00000001998800000000' } }), 403, 'doel of another gemeente');
  answered(await notify(body, { headers: { doel: DUO_OIN } }), 403, 'doel is DUO');
  assert.equal(count('duo.notificatie', `gebeurtenis_id = '${gebeurtenisId}'`), 0, 'nothing is stored');
});

test('missing and malformed headers are a bad request', async () => {
  const gebeurtenisId = marker();
  const body = notice({ gebeurtenisId });
  for (const name of ['bron', 'doel', 'berichtid']) {
    answered(await notify(body, { headers: { [name]: undefined } }), 400, `no ${name}`);
    answered(await notify(body, { headers: { [name]: '' } }), 400, `empty ${name}`);
  }
  for (const [name, values] of Object.entries({ bron: ['0000000400000000100', '000000040000000010000'], doel: ['1', `${oinOf('9901')}0`],
    berichtid: ['1', 'x'.repeat(36), `${randomUUID()}0`, randomUUID().replaceAll('-', ''), `{${randomUUID()}}`, "';--"] })) {
    for (const value of values) {
      const reply = await notify(body, { headers: { [name]: value } });
      answered(reply, 400, `${name}: ${value}`);
      if (!skip) assert.notDeepEqual(requestProblems(reply.request), [], 'the contract says so, too');
    }
  }
  assert.equal(count('duo.notificatie', `gebeurtenis_id = '${gebeurtenisId}'`), 0, 'nothing is stored');
});

test('a body is taken or refused as DUO\'s contract says', { skip }, async () => {
  const at = (registratieDatumTijd) => notice({ registratieDatumTijd });
  const bodies = [
    notice(), notice({ vNummer: 2801234567 }), notice({ vNummer: 0 }), notice({ vNummer: 9999999999 }), notice({ bsn: undefined }), notice({ bsn: '000000000' }),
    notice({ gebeurtenisId: 'S' }), notice({ gebeurtenisId: 'ZZZ999' }), notice({ later: 'a member of version 1.9', diep: { in: ['hier'] } }),
    at('2026-02-02T08:00:00Z'), at('2026-02-02T08:00:00.123456789+01:00'), at('2026-02-02T08:00:00-05:30'), at('2024-02-29T23:59:59Z'),
    at('2026-02-02'), at('2026-02-02T08:00:00'), at('2026-02-30T08:00:00Z'), at('2026-02-02T25:00:00Z'), at('2026-02-02T08:61:00Z'),
    at('now'), at('infinity'), at('epoch'), at('tomorrow'),
    at(''), at(1770000000), at(null), at(undefined), at('2026-02-02T08:00:00 Europe/Amsterdam'), at('Mon, 02 Feb 2026 08:00:00 GMT'),
    notice({ bsn: '12345678' }), notice({ bsn: '1234567890' }), notice({ bsn: '12345678a' }), notice({ bsn: '' }), notice({ bsn: 123456789 }),
    notice({ vNummer: -1 }), notice({ vNummer: 10000000000 }), notice({ vNummer: '1' }), notice({ vNummer: 1.5 }),
    notice({ gebeurtenisId: '' }), notice({ gebeurtenisId: 'SS1391A' }), notice({ gebeurtenisId: 'ss139' }), notice({ gebeurtenisId: 'SS 13' }),
    notice({ gebeurtenisId: undefined }), notice({ gebeurtenisId: 139 }), {}, [], [notice()], 'tekst', 1, null,
  ].map((body) => JSON.stringify(body)).concat('', '{', '{"registratieDatumTijd":', `${JSON.stringify(notice())}}`, '\u0000', '<xml/>',
    `{"registratieDatumTijd":"2026-02-02T08:00:00Z","gebeurtenisId":"SS139","x":${'['.repeat(5000)}${']'.repeat(5000)}}`,
    '{"registratieDatumTijd":"2026-02-02T08:00:00Z","gebeurtenisId":"SS139","bsn":"\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000"}');
  const sent = [];
  const taken = [];
  for (const body of bodies) {
    const reply = await notify(body);
    const wrong = requestProblems(reply.request, { closed: false });
    const deep = body.includes('[[[');
    answered(reply, wrong.length || deep ? 400 : 201, `${body.slice(0, 150)}: ${wrong}`);
    sent.push(reply.request.headers.berichtid);
    if (reply.status === 201) taken.push(reply.request.headers.berichtid);
  }
  assert.equal(taken.length, 13, 'the good ones above');
  const kept = sql(`select id from duo.notificatie where id in (${sent.map((id) => `'${id}'`)})`).split('\n');
  assert.deepEqual(kept.sort(), taken.sort(), 'these are stored, and nothing else');
  const tolerated = await notify(notice({ vNummer: null }));
  answered(tolerated, 201, 'null for a member that may be left out');
});

test('a body that is too large is a bad request', async () => {
  for (const size of [1024 * 1024 + 1, 2 * 1024 * 1024]) {
    const reply = await notify(JSON.stringify(notice({ vulling: 'x'.repeat(size) })).slice(0, size));
    answered(reply, 400, `${size} bytes`);
    assert.equal(stored(reply.request.headers.berichtid), 0);
  }
  answered(await notify(notice({ vulling: 'x'.repeat(1000 * 1000) })), 201, 'a large one that fits');
});

test('while the service is away DUO is told to come back', async () => {
  const socket = `${runDir}/duo.sock`;
  renameSync(socket, `${socket}.away`);
  try {
    // nginx keeps connections to the workers open; their ends break them
    const serving = processes().filter((p) => p.exe === 'regie-duo' && !p.jobs);
    for (const { pid, ppid } of serving) if (serving.some((p) => p.pid === ppid)) process.kill(pid, 'SIGKILL');
    const reply = await notify(notice());
    assert.equal(reply.status, 503);
    assert.equal(typeof JSON.parse(reply.text).fouttekst, 'string');
    if (!skip) assert.deepEqual(answerProblems(reply.request, { status: 503, headers: reply.headers, body: reply.text }), []);
  } finally {
    renameSync(`${socket}.away`, socket);
  }
  answered(await notify(notice()), 201, 'it is back');
});

test('while the database does not answer DUO is told to come back, and nothing is half stored', async () => {
  const holder = spawn('/usr/lib/postgresql/15/bin/psql', ['-XAtq', '-h', `${runDir}/pg`, '-U', 'postgres', '-d', 'regie']);
  holder.stdin.write('begin; lock table duo.notificatie in access exclusive mode; select 1;\n');
  await new Promise((resolve) => { holder.stdout.once('data', resolve); });
  const berichtid = randomUUID();
  const body = notice();
  try {
    const reply = await notify(body, { headers: { berichtid } });
    assert.equal(reply.status, 503);
    assert.equal(typeof JSON.parse(reply.text).fouttekst, 'string');
    if (!skip) assert.deepEqual(answerProblems(reply.request, { status: 503, headers: reply.headers, body: reply.text }), []);
  } finally {
    holder.stdin.end('commit;\n');
  }
  await until('the lock is gone', () => stored(berichtid) === 0);
  answered(await notify(body, { headers: { berichtid } }), 201, 'the same message again');
  assert.equal(stored(berichtid), 1);
});

test('the receiver decides the gemeente: another one neither sees nor is changed by it', async () => {
  const bsn = randomBsn();
  const id = await newPerson(regisseur, 'asielstatushouder', { bsn });
  const reply = await notify(notice({ bsn, gebeurtenisId: 'ZZ112' }), { headers: { doel: oinOf('9902'), gemeente: '9901', 'x-gemeente': '9901' } });
  answered(reply, 201, 'to 9902');
  assert.equal(sql(`select gemeente from duo.notificatie where id = '${reply.request.headers.berichtid}'`), '9902');
  answered(await notify(notice({ bsn, gebeurtenisId: 'SS113' })), 201, 'to 9901');
  await until('the own one', async () => (await messages(id)).some((m) => m.soort === 'SS113' && m.status === 'verwerkt'));
  assert.deepEqual((await messages(id)).map((m) => m.soort), ['SS113']);
});

// ---- notifications: what comes of them ---------------------------------------------------------

test('a code that nobody knows is kept and shown at the person, with a task', async () => {
  const bsn = randomBsn();
  const id = await newPerson(regisseur, 'asielstatushouder', { bsn });
  const reply = await notify(notice({ bsn, gebeurtenisId: 'ZZ999' }));
  answered(reply, 201, 'unknown code');
  const shown = await until('the message', async () => (await messages(id)).find((m) => m.status !== 'ontvangen'));
  assert.deepEqual([shown.richting, shown.soort, shown.status], ['in', 'ZZ999', 'onbekend']);
  const task = await until('the task', async () => (await openTasks(id)).find((t) => t.soort === 'duo-signaal'));
  assert.match(task.omschrijving, /Onbekende gebeurtenis/);
  assert.match(task.omschrijving, /ZZ999/);
});

test('a notification with a V-nummer only finds the dossier by that', async () => {
  const vNummer = String(Math.floor(1e9 + Math.random() * 8e9));
  const bsn = randomBsn();
  const id = await newPerson(regisseur, 'asielstatushouder', { bsn, vNummer });
  await insteadOfDuo(knows({ '/inburgeringstermijn': { startdatum: MONDAY, einddatum: '2029-02-02' } }), async ({ seen }) => {
    answered(await notify({ registratieDatumTijd: '2026-02-02T08:00:00Z', vNummer: Number(vNummer), gebeurtenisId: 'SS102' }), 201, 'V-nummer');
    await until('the term', async () => (await get(`${intake}/inburgeraars/${id}`)).body.termijnEinde === '2029-02-02');
    assert.equal(about(seen, bsn).length, 1, 'asked about the person with the BSN of the dossier');
  });
  assert.deepEqual((await messages(id)).map((m) => [m.soort, m.status]), [['SS102', 'verwerkt']]);
  const stray = await notify({ registratieDatumTijd: '2026-02-02T08:00:00Z', vNummer: 1, gebeurtenisId: 'SS102' });
  answered(stray, 201, 'nobody has this one');
  assert.equal(stored(stray.request.headers.berichtid), 1);
});

// What DUO knows of a person in the tests below, in the least and in the most that the contract allows.
const least = {
  '/inburgeringsplicht': { indicatorInburgeringsplicht: true },
  '/doelgroep': { indeling: 'Asielstatushouder' },
  '/inburgeringstermijn': { startdatum: '2026-02-03', einddatum: '2029-02-03' },
  '/examens/resultaten': [{ examendatum: '2026-09-01', resultaat: 'Geen', onderdeel: 'KNM' }],
  '/lbt/resultaten': [{ resultaat: 'Onbekend', behaaldeScore: '0,00', benodigdeScore: '28,00', datumAfname: '2026-01-20' }],
};
const most = {
  '/inburgeringsplicht': { indicatorInburgeringsplicht: true, begindatum: '2026-01-05', einddatum: '2029-02-03', wijzigingsdatum: '2026-01-05',
    datumKennisgevingInburgeringsplicht: '2026-01-07', redenGeenInburgeringsplicht: 'Overig' },
  '/doelgroep': { indeling: 'Gezinsmigrant en overige migrant', begindatum: '2026-01-05', gedetailleerdeDoelgroep: 'Gezinshereniger',
    asielrechtenWijzigingVerblijfsdoel: 'Behoud asielrechten' },
  '/inburgeringstermijn': { startdatum: '2026-02-03', einddatum: '2029-08-03', wijzigingsdatum: '2026-02-03', verlengingsgrondcode: 'C',
    verlengingsgrondomschrijving: 'Bevalling' },
  '/examens/resultaten': Array.from({ length: 40 }, (_, i) => ({ examendatum: `2026-${String(3 + (i % 8)).padStart(2, '0')}-${String(1 + i % 25).padStart(2, '0')}`,
    resultaat: i % 3 ? 'Gezakt' : 'Geslaagd', redenGeenResultaat: 'Afgemeld',
    onderdeel: ['LE', 'LU', 'SC', 'SP', 'KNM'][i % 5], ...(i % 5 === 4 ? {} : { niveau: 'B1' }) })),
  '/lbt/resultaten': [{ resultaat: 'B1-route haalbaar', behaaldeScore: '100,00', benodigdeScore: '28,00', datumAfname: '2026-01-20' },
    { resultaat: 'B1-route niet haalbaar', behaaldeScore: '8,05', benodigdeScore: '28,00', datumAfname: '2025-12-20' }],
};
const knows = (documents) => (request) => (documents[below(request)] ? json(200, documents[below(request)]) : empty(404));

for (const [amount, documents] of [['the least', least], ['the most', most]]) {
  test(`details are asked for in the name of the gemeente and taken over, when DUO tells ${amount} it may`, { skip }, () => onDay('2026-12-01', async () => {
    const bsn = randomBsn();
    const asylum = documents === least;
    await insteadOfDuo(knows(documents), async ({ seen, log }) => {
      answered(await notify(notice({ bsn, gebeurtenisId: 'SS139' }), { headers: { traceparent: `00-${'a1'.repeat(16)}-00f067aa0ba902b7-01` } }), 201, 'SS139');
      const { id } = await until('the dossier', () => dossierOf(bsn));
      for (const code of ['SS102', 'SS131', 'SS199']) answered(await notify(notice({ bsn, gebeurtenisId: code })), 201, code);
      const dossier = await until('the term', async () => {
        const { body } = await get(`${intake}/inburgeraars/${id}`);
        return body.termijnEinde && body;
      });
      assert.equal(dossier.termijnEinde, documents['/inburgeringstermijn'].einddatum);
      assert.equal(dossier.doelgroep, asylum ? 'asielstatushouder' : 'gezinsmigrant-overig');
      assert.equal(dossier.datumKennisgeving, asylum ? undefined : '2026-01-07');
      const lbts = await until('the leerbaarheidstoets', async () => {
        const rows = await everything(`${intake}/inburgeraars/${id}/leerbaarheidstoetsen`, { token: regisseur });
        return rows.length === documents['/lbt/resultaten'].length && rows;
      });
      assert.deepEqual(lbts.map((l) => l.behaaldeScore), asylum ? [0] : [10000, 805]);
      const exams = await until('the exams', async () => {
        const rows = await everything(`${progress}/inburgeraars/${id}/examenresultaten`, { token: regisseur });
        return rows.length === documents['/examens/resultaten'].length && rows;
      });
      assert.ok(exams.every((e) => e.bron === 'duo'));

      const mine = about(seen, bsn);
      assert.deepEqual([...new Set(mine.map((e) => operationOf(e.request)))].sort(), [
        'GET /personen/{bsn}/doelgroep', 'GET /personen/{bsn}/examens/resultaten', 'GET /personen/{bsn}/inburgeringsplicht',
        'GET /personen/{bsn}/inburgeringstermijn', 'GET /personen/{bsn}/lbt/examennummer', 'GET /personen/{bsn}/lbt/resultaten']);
      fitsContract(mine);
      for (const { request } of mine) {
        assert.equal(request.oin, oinOf('9901'), 'the client certificate of the gemeente');
        assert.deepEqual([request.headers.bron, request.headers.doel], [oinOf('9901'), DUO_OIN]);
      }
      assert.equal(new Set(mine.map((e) => e.request.headers.berichtid)).size, mine.length, 'a new berichtId each');
      const traced = mine.filter((e) => e.request.headers.traceparent.includes('a1'.repeat(16)));
      assert.deepEqual([...new Set(traced.map((e) => below(e.request)))].sort(), ['/doelgroep', '/examens/resultaten', '/inburgeringsplicht'], 'the trace of the notification goes along');
      assert.ok(!log().includes(bsn) && !logs().includes(bsn), 'the BSN of the path is in no log');
      assert.ok(log().includes('"pad":"/personen/{bsn}/inburgeringsplicht"'), 'the template is');
    });
  }));
}

test('the end of the plicht is told with DUO\'s day and reason', () => onDay('2026-12-01', async () => {
  for (const [code, reason, phase] of [['SS106', 'Inburgeringsplicht voldaan', 'voldaan'], ['SS108', 'Volledige ontheffing', 'beeindigd']]) {
    const bsn = randomBsn();
    const id = await newPerson(regisseur, 'asielstatushouder', { bsn });
    const document = { indicatorInburgeringsplicht: false, begindatum: '2026-01-05', einddatum: '2026-11-02', redenGeenInburgeringsplicht: reason };
    await insteadOfDuo(knows({ '/inburgeringsplicht': document }), async () => {
      answered(await notify(notice({ bsn, gebeurtenisId: code })), 201, code);
      const dossier = await until('the end', async () => {
        const { body } = await get(`${intake}/inburgeraars/${id}`);
        return body.plichtEinde && body;
      });
      assert.deepEqual([dossier.plichtEinde, dossier.fase], ['2026-11-02', phase]);
      await until('nothing else is left to do', async () => (await openTasks(id)).map((t) => t.soort).join() === 'dossier-afsluiten');
    });
  }
}));

test('what DUO announces and then does not tell is a task, and wipes out nothing that is known', () => onDay('2026-12-01', async () => {
  const bsn = randomBsn();
  const id = await newPerson(regisseur, 'asielstatushouder', { bsn, datumKennisgeving: '2026-01-05', datumInschrijvingBrp: '2026-01-05' });
  await insteadOfDuo(knows({ '/inburgeringstermijn': least['/inburgeringstermijn'] }), async () => {
    answered(await notify(notice({ bsn, gebeurtenisId: 'SS102' })), 201, 'SS102');
    await until('the term', async () => (await get(`${intake}/inburgeraars/${id}`)).body.termijnEinde);
  });
  const known = (await get(`${intake}/inburgeraars/${id}`)).body;
  const silent = ['SS103', 'SS131', 'SS199', 'SS106', 'SS101'];
  await insteadOfDuo(() => empty(404), async () => {
    for (const code of silent) answered(await notify(notice({ bsn, gebeurtenisId: code })), 201, code);
    await until('a task for each', async () => (await openTasks(id)).filter((t) => t.soort === 'duo-signaal').length === silent.length);
  });
  await insteadOfDuo(knows({ '/inburgeringsplicht': least['/inburgeringsplicht'], '/doelgroep': {} }), async () => {
    const reply = await notify(notice({ bsn, gebeurtenisId: 'SS129' }));
    await until('the notice', () => count('duo.notificatie', `id = '${reply.request.headers.berichtid}' and status = 'verwerkt'`) === 1);
  });
  await everythingHandled();
  const { body } = await get(`${intake}/inburgeraars/${id}`);
  for (const name of ['termijnEinde', 'plichtEinde', 'fase', 'doelgroep', 'datumKennisgeving', 'pipUiterlijk']) assert.equal(body[name], known[name], name);
}));

test('while DUO is away, is closed or talks nonsense, its notifications wait; when it is back they are worked off once', () => onDay('2026-12-01', async () => {
  const bsn = randomBsn();
  const troubles = [() => empty(503), () => undefined, () => ({ status: 200, body: '<html>', headers: {} }), () => empty(500), () => empty(401), () => empty(403),
    () => empty(503), () => empty(503), () => empty(503), () => empty(503), () => empty(503), () => empty(503)];
  let rounds = 0;
  const answer = (request) => {
    if (below(request) !== '/inburgeringsplicht') return knows(most)(request);
    rounds += 1;
    return rounds <= troubles.length ? troubles[rounds - 1]() : json(200, most['/inburgeringsplicht']);
  };
  await insteadOfDuo(answer, async ({ seen }) => {
    const reply = await notify(notice({ bsn, gebeurtenisId: 'SS139' }));
    const other = await notify(notice({ bsn, gebeurtenisId: 'SS102' }));
    answered(reply, 201, 'SS139');
    answered(other, 201, 'SS102 waits for the dossier');
    const found = await until('the dossier', () => dossierOf(bsn), 60);
    assert.equal(found.datumKennisgeving, '2026-01-07');
    assert.ok(rounds > troubles.length, `${rounds}`);
    const shown = await until('both are worked off', async () => {
      const all = await messages(found.id);
      return all.length === 2 && all.every((m) => m.status === 'verwerkt') && all;
    });
    assert.ok(shown.find((m) => m.soort === 'SS139').pogingen > 8, 'more often than an event of ours would be tried');
    const person = `select p.id from duo.persoon p join intake.inburgeraar i using (bsn_hash) where i.id = '${found.id}'`;
    assert.equal(count('core.gebeurtenis', `type = 'kennisgeving-ontvangen' and onderwerp in (${person})`), 1);
    assert.equal(count('core.levering', "status = 'dood'"), 0, 'nothing is given up');
    assert.ok(about(seen, bsn).length > troubles.length);
  });
}));

// ---- messages out ------------------------------------------------------------------------------

// A person with a PIP that DUO was told of; the test is DUO.
async function withPip(leerroute, more = {}) {
  const bsn = randomBsn();
  const id = await newPerson(regisseur, more.doelgroep ?? 'asielstatushouder', { bsn });
  return { bsn, id, pip: await setPip(regisseur, id, leerroute, MONDAY, more.pip) };
}

const accepts = (request) => (request.method === 'PUT' ? empty(200) : empty(201));
const messageOf = (id, soort) => async () => (await messages(id)).find((m) => m.soort === soort && m.status !== 'wacht');

async function done(kind, id, name, date) {
  const reply = await put(`${progress}/inburgeraars/${id}/${kind}`, { [name]: date });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
}

test('PIP, aanbod, PVT and MAP go to DUO as its contract says, in the order in which they happened', { skip }, () => onDay('2026-12-01', async () => {
  await insteadOfDuo(accepts, async ({ seen, log }) => {
    const { bsn, id, pip } = await withPip('B', { pip: { geschatteIntensiteitB1Route: 600, alfabetisering: 'AA', magOpleidingAfmaken: true } });
    const offer = await api('POST', `${routes}/inburgeraars/${id}/aanbiedingen`, { token: regisseur,
      body: { instellingsnummer: '1000000001', datumAanbod: MONDAY, datumStart: '2026-03-02', datumEinde: '2027-06-30', urenPerWeek: 12 } });
    assert.equal(offer.status, 201);
    await until('a term', async () => (await get(`${progress}/inburgeraars/${id}/termijn`)).status === 200);
    await done('pvt', id, 'ondertekendOp', '2026-06-01');
    await done('map', id, 'eindgesprekOp', '2026-11-02');
    await until('all four', async () => (await messages(id)).filter((m) => m.status === 'geaccepteerd').length === 4);
    const mine = about(seen, bsn);
    fitsContract(mine);
    const sent = Object.fromEntries(mine.map((e) => [`${e.request.method} ${below(e.request)}`, JSON.parse(e.request.body)]));
    assert.deepEqual(sent, {
      'POST /PIP': { dagtekeningPip: MONDAY, leerroute: 'B', niveau: 'B1', geschatteIntensiteitB1Route: 600,
        indicatorMagOpleidingAfmaken: true, indicatorAlfabetiseringsonderwijs: 'AA' },
      'POST /Inburgeringsaanbod/1000000001': { datumInburgeringsaanbod: MONDAY, verwachteStartdatumOpleiding: '2026-03-02', verwachteEinddatumOpleiding: '2027-06-30',
        indicatorAlfabetiseringsonderwijs: 'AA' },
      'PUT /pvt': { datumOndertekeningPvt: '2026-06-01' },
      'PUT /map': { datumEindgesprekMap: '2026-11-02' },
    });
    assert.deepEqual(mine.map((e) => below(e.request)), ['/PIP', '/Inburgeringsaanbod/1000000001', '/pvt', '/map']);
    for (const { request } of mine) assert.equal(request.oin, oinOf('9901'));
    assert.equal(new Set(mine.map((e) => e.request.headers.berichtid)).size, 4);
    assert.ok(!log().includes(bsn), 'no BSN in the log');
    await until('the stand at the PIP', async () => (await get(`${routes}/pips/${pip.id}`)).body.duoStatus === 'geaccepteerd');
  });
}));

test('the least PIP and the end of the Z-route fit the contract, too', { skip }, () => onDay('2026-12-01', async () => {
  await insteadOfDuo(accepts, async ({ seen }) => {
    const { bsn, id } = await withPip('Z', { doelgroep: 'gezinsmigrant-overig' });
    await until('a term', async () => (await get(`${progress}/inburgeraars/${id}/termijn`)).status === 200);
    await done('z-route', id, 'eindgesprekOp', '2026-11-02');
    await until('both', async () => (await messages(id)).filter((m) => m.status === 'geaccepteerd').length === 2);
    fitsContract(about(seen, bsn));
    assert.deepEqual(about(seen, bsn).map((e) => [below(e.request), JSON.parse(e.request.body)]),
      [['/PIP', { dagtekeningPip: MONDAY, leerroute: 'Z' }], ['/zroute', { datumAfrondingZroute: '2026-11-02' }]]);
  });
}));

test('a message that gets no answer is sent again, the same one, and what comes after it waits', () => onDay('2026-12-01', async () => {
  const troubles = [() => empty(503), () => undefined, () => empty(500), () => empty(401)];
  let tries = 0;
  const answer = (request) => {
    if (below(request) !== '/PIP') return accepts(request);
    tries += 1;
    return tries <= troubles.length ? troubles[tries - 1]() : empty(201);
  };
  await insteadOfDuo(answer, async ({ seen }) => {
    const { bsn, id } = await withPip('B');
    await until('a term', async () => (await get(`${progress}/inburgeraars/${id}/termijn`)).status === 200);
    await done('pvt', id, 'ondertekendOp', '2026-06-01');
    const waiting = await until('a failure is shown', async () => (await messages(id)).find((m) => m.soort === 'pip' && m.fout));
    assert.equal(waiting.status, 'wacht');
    assert.ok(waiting.pogingen >= 1);
    const sent = await until('the PIP', messageOf(id, 'pip'), 30);
    assert.deepEqual([sent.status, sent.fout], ['geaccepteerd', undefined]);
    assert.ok(sent.pogingen >= troubles.length, `${sent.pogingen}; libcurl itself repeats a request whose open connection broke`);
    await until('the PVT', messageOf(id, 'pvt'));
    const mine = about(seen, bsn);
    assert.deepEqual(mine.map((e) => below(e.request)), [...Array.from({ length: troubles.length + 1 }, () => '/PIP'), '/pvt']);
    const pips = mine.slice(0, -1).map((e) => e.request);
    assert.equal(new Set(pips.map((r) => r.headers.berichtid)).size, 1, 'the same berichtId at every attempt');
    assert.equal(new Set(pips.map((r) => r.body)).size, 1);
    assert.equal(count('core.gebeurtenis', `inburgeraar_id = '${id}' and type = 'melding-geaccepteerd'`), 2);
  });
}));

const REFUSAL = [{ fouttekst: 'De dagtekening ligt voor de start van de inburgeringsplicht.' }, { fouttekst: 'Niveau B1 is niet toegestaan.' }];

test('a refusal is shown at the person in DUO\'s words, with a task; sent again it is a new message', () => onDay('2026-12-01', async () => {
  let refuse = true;
  await insteadOfDuo((request) => (below(request) === '/PIP' && refuse ? json(403, REFUSAL) : accepts(request)), async ({ seen }) => {
    const { bsn, id, pip } = await withPip('B');
    const refused = await until('the refusal', messageOf(id, 'pip'));
    assert.equal(refused.status, 'geweigerd');
    for (const { fouttekst } of REFUSAL) assert.ok(refused.fout.includes(fouttekst), refused.fout);
    const shown = await until('at the PIP', async () => {
      const { body } = await get(`${routes}/pips/${pip.id}`);
      return body.duoStatus === 'geweigerd' && body;
    });
    assert.equal(shown.duoFout, refused.fout);
    await until('the task', async () => (await openTasks(id)).some((t) => t.soort === 'duo-weigert'));

    const path = `${base}/meldingen/${refused.id}`;
    const again = (headers, token = regisseur) => api('POST', `${path}/herzending`, { token, headers });
    assert.equal((await again({})).status, 428);
    assert.equal((await again({ 'If-Match': '"99"' })).status, 412);
    assert.equal((await again({ 'If-Match': await etagOf(path, regisseur) }, handhaver)).status, 403);
    assert.equal((await again({ 'If-Match': '"1"' }, stranger)).status, 404);
    refuse = false;
    const etag = { 'If-Match': await etagOf(path, regisseur) };
    const both = await Promise.all([again(etag), again(etag)]);
    assert.equal(both.filter((r) => r.status === 200).length, 1, both.map((r) => r.status).join());
    const accepted = await until('the acceptance', async () => (await messages(id)).find((m) => m.soort === 'pip' && m.status === 'geaccepteerd'));
    assert.equal(accepted.id, refused.id);
    assert.equal((await again({ 'If-Match': await etagOf(path, regisseur) })).status, 409, 'only what was refused');
    await until('the task is done', async () => !(await openTasks(id)).some((t) => t.soort === 'duo-weigert'));
    await until('at the PIP', async () => (await get(`${routes}/pips/${pip.id}`)).body.duoStatus === 'geaccepteerd');
    const ids = about(seen, bsn).map((e) => e.request.headers.berichtid);
    assert.equal(new Set(ids).size, 2, 'a new berichtId for a new message');
    if (!skip) fitsContract(about(seen, bsn));
  });
}));

test('a refusal without words names its status, and a refusal never blocks what comes after it', () => onDay('2026-12-01', async () => {
  for (const status of [400, 404, 403]) {
    await insteadOfDuo((request) => (below(request) === '/PIP' ? empty(status) : accepts(request)), async () => {
      const { id } = await withPip('B');
      await until('a term', async () => (await get(`${progress}/inburgeraars/${id}/termijn`)).status === 200);
      await done('pvt', id, 'ondertekendOp', '2026-06-01');
      const refused = await until('the refusal', messageOf(id, 'pip'));
      assert.deepEqual([refused.status, refused.fout], ['geweigerd', `DUO antwoordde met ${status}`]);
      assert.equal((await until('the PVT', messageOf(id, 'pvt'))).status, 'geaccepteerd');
    });
  }
}));

test('a new PIP takes the place of a refused one, and the task about the refusal is done', () => onDay('2026-12-01', async () => {
  await insteadOfDuo((request) => (below(request) === '/PIP' && request.body.includes(MONDAY) ? json(403, REFUSAL) : accepts(request)), async () => {
    const { id } = await withPip('B');
    const refused = await until('the refusal', messageOf(id, 'pip'));
    await until('the task', async () => (await openTasks(id)).some((t) => t.soort === 'duo-weigert'));
    await decidePip(regisseur, id, 'B', '2026-02-09');
    await until('the acceptance', async () => (await messages(id)).some((m) => m.soort === 'pip' && m.status === 'geaccepteerd'));
    const old = (await get(`${base}/meldingen/${refused.id}`)).body;
    assert.equal(old.status, 'vervangen');
    const again = await api('POST', `${base}/meldingen/${refused.id}/herzending`, { token: regisseur, headers: { 'If-Match': `"${old.versie}"` } });
    assert.equal(again.status, 409, 'what was replaced is not sent any more');
    await until('the task is done', async () => !(await openTasks(id)).some((t) => t.soort === 'duo-weigert'));
  });
}));

test('a new aanbod takes the place of a refused one, not of one at another school that waits', () => onDay('2026-12-01', async () => {
  let away = false;
  const answer = (request) => {
    if (away) return empty(503);
    return below(request).endsWith('/1000000002') ? json(403, [{ fouttekst: 'De cursusinstelling is niet bekend.' }]) : accepts(request);
  };
  await insteadOfDuo(answer, async ({ seen }) => {
    const { bsn, id } = await withPip('B');
    const offer = (instellingsnummer) => api('POST', `${routes}/inburgeraars/${id}/aanbiedingen`, { token: regisseur, body: { instellingsnummer, datumAanbod: MONDAY } });
    assert.equal((await offer('1000000002')).status, 201);
    const refused = await until('the refusal', messageOf(id, 'aanbod'));
    assert.deepEqual([refused.status, refused.fout], ['geweigerd', 'De cursusinstelling is niet bekend.']);
    await until('the task', async () => (await openTasks(id)).some((t) => t.soort === 'duo-weigert'));
    away = true;
    for (const school of ['1000000001', '1000000004', '1000000004']) assert.equal((await offer(school)).status, 201);
    await until('the task is done', async () => !(await openTasks(id)).some((t) => t.soort === 'duo-weigert'));
    await until('all are messages', async () => (await messages(id)).filter((m) => m.soort === 'aanbod').length === 4);
    away = false;
    await until('both', async () => (await messages(id)).filter((m) => m.soort === 'aanbod' && m.status === 'geaccepteerd').length === 2);
    assert.deepEqual((await messages(id)).filter((m) => m.soort === 'aanbod').map((m) => m.status).sort(), ['geaccepteerd', 'geaccepteerd', 'vervangen', 'vervangen']);
    const accepted = about(seen, bsn).filter((e) => e.answer.status === 201 && below(e.request).startsWith('/Inb')).map((e) => below(e.request));
    assert.deepEqual(accepted, ['/Inburgeringsaanbod/1000000001', '/Inburgeringsaanbod/1000000004']);
  });
}));

test('a PIP that is decided while DUO is away is sent as it is in the end, once', () => onDay('2026-12-01', async () => {
  let away = true;
  await insteadOfDuo((request) => (away ? empty(503) : accepts(request)), async ({ seen }) => {
    const { bsn, id } = await withPip('B');
    await until('a failure', async () => (await messages(id)).find((m) => m.fout));
    await decidePip(regisseur, id, 'B', '2026-02-09');
    await until('the old one gives way', async () => (await messages(id)).some((m) => m.status === 'vervangen'));
    away = false;
    await until('the acceptance', async () => (await messages(id)).some((m) => m.status === 'geaccepteerd'));
    await everythingHandled();
    const accepted = about(seen, bsn).filter((e) => e.answer?.status === 201);
    assert.deepEqual(accepted.map((e) => JSON.parse(e.request.body).dagtekeningPip), ['2026-02-09']);
  });
}));

// ---- the whole chain against the played DUO ----------------------------------------------------

test('a story from notice to completion: all that passes between us and the simulator fits DUO\'s contract', { skip }, async () => {
  await insteadOfDuo(askSimulator, async ({ seen }) => {
    const duo = await onDay('2026-01-05', async () => {
      const person = await knownAtDuo({ vNummer: 2801234701 });
      await person.tell('SS139');
      await until('the dossier', () => dossierOf(person.bsn));
      return person;
    });
    const { id } = await dossierOf(duo.bsn);
    await onDay(MONDAY, async () => {
      await finishIntake(regisseur, id, 'B', MONDAY);
      const pip = await decidePip(regisseur, id, 'B', MONDAY, { geschatteIntensiteitB1Route: 600 });
      await until('DUO has the PIP', async () => (await get(`${routes}/pips/${pip.id}`)).body.duoStatus === 'geaccepteerd');
      await until('the term of DUO', async () => (await get(`${progress}/inburgeraars/${id}/termijn`)).body.bron === 'duo');
      const offer = await api('POST', `${routes}/inburgeraars/${id}/aanbiedingen`, { token: regisseur, body: { instellingsnummer: '1000000001', datumAanbod: MONDAY } });
      assert.equal(offer.status, 201);
    });
    await onDay('2026-12-01', async () => {
      await done('pvt', id, 'ondertekendOp', '2026-06-01');
      await done('map', id, 'eindgesprekOp', '2026-11-02');
      await duo.knows('examens/resultaten', [{ examendatum: '2026-10-05', resultaat: 'Geslaagd', onderdeel: 'KNM' }]);
      await duo.knows('lbt/resultaten', [{ resultaat: 'B1-route haalbaar', behaaldeScore: '33,50', benodigdeScore: '28,00', datumAfname: '2026-01-20' }]);
      await duo.knows('inburgeringsplicht', { indicatorInburgeringsplicht: false, einddatum: '2026-11-30', redenGeenInburgeringsplicht: 'Inburgeringsplicht voldaan' });
      await duo.tell('SS199');
      await duo.tell('SS131');
      await duo.tell('SS106');
      await until('the end', async () => (await get(`${intake}/inburgeraars/${id}`)).body.fase === 'voldaan');
      await everythingHandled();
    });
    // and a refusal in the simulator's words
    await onDay('2026-01-05', async () => {
      const late = await knownAtDuo();
      const person = await newPerson(regisseur, 'asielstatushouder', { bsn: late.bsn, datumKennisgeving: '2025-12-01' });
      await setPip(regisseur, person, 'B', '2026-01-02');
      assert.equal((await until('the refusal', messageOf(person, 'pip'))).status, 'geweigerd');
    });
    const kinds = new Set(seen.map((e) => operationOf(e.request)));
    assert.deepEqual([...kinds].sort(), ['GET /personen/{bsn}/doelgroep', 'GET /personen/{bsn}/examens/resultaten', 'GET /personen/{bsn}/inburgeringsplicht',
      'GET /personen/{bsn}/inburgeringstermijn', 'GET /personen/{bsn}/lbt/examennummer', 'GET /personen/{bsn}/lbt/resultaten',
      'POST /personen/{bsn}/Inburgeringsaanbod/{instellingsnummer}', 'POST /personen/{bsn}/PIP',
      'PUT /personen/{bsn}/map', 'PUT /personen/{bsn}/pvt']);
    assert.ok(seen.some((e) => e.answer.status === 403));
    fitsContract(seen);
  });
});

// ---- who may see it ----------------------------------------------------------------------------

test('messages of a person are for the own caseworkers: another gemeente, a citizen and strangers see none', async () => {
  const bsn = randomBsn();
  const id = await newPerson(regisseur, 'asielstatushouder', { bsn });
  await setPip(regisseur, id, 'B', MONDAY);
  const pip = await until('DUO does not know the person', messageOf(id, 'pip'));
  assert.deepEqual([pip.status, pip.fout], ['geweigerd', 'DUO antwoordde met 404']);
  const paths = [`${base}/inburgeraars/${id}/berichten`, `${base}/meldingen/${pip.id}`];
  const forged = { gemeente: '9901', 'X-Gemeente': '9901', bron: DUO_OIN, doel: oinOf('9901'), 'SSL-Verify': 'SUCCESS', 'If-Match': `"${pip.versie}"` };
  const citizen = await loginBurger(bsn);
  for (const path of paths) {
    assert.equal((await get(path)).status, 200);
    assert.equal((await get(path, handhaver)).status, 200);
    assert.equal((await api('GET', path, { token: stranger, headers: forged })).status, 404, path);
    assert.equal((await get(path, citizen)).status, 403, path);
    assert.equal((await get(path, null)).status, 401, path);
  }
  const again = `${base}/meldingen/${pip.id}/herzending`;
  assert.equal((await api('POST', again, { token: stranger, headers: forged })).status, 404);
  assert.equal((await api('POST', again, { token: citizen, headers: forged })).status, 403);
  assert.equal((await api('POST', again, { headers: forged })).status, 401);
  assert.equal((await get(`${base}/meldingen/${pip.id}`)).body.versie, pip.versie, 'nothing was changed');
  assert.equal((await get(`${base}/inburgeraars/${randomUUID()}/berichten`)).status, 404);
});

test('the messages of a person come to an end without a loss or a double, newest first', async () => {
  const bsn = randomBsn();
  const id = await newPerson(regisseur, 'asielstatushouder', { bsn });
  for (let i = 0; i < 7; i++) answered(await notify(notice({ bsn, gebeurtenisId: `ZZ${i}` })), 201, `ZZ${i}`);
  for (const limit of [1, 3, 7]) {
    const rows = await everything(`${base}/inburgeraars/${id}/berichten`, { token: regisseur, limit });
    assert.deepEqual(rows.map((m) => m.soort), ['ZZ6', 'ZZ5', 'ZZ4', 'ZZ3', 'ZZ2', 'ZZ1', 'ZZ0'], `${limit} at a time`);
  }
  assert.equal((await get(`${base}/inburgeraars/${id}/berichten?limit=0`)).status, 400);
});
