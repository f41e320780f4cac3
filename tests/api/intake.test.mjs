// SPDX-License-Identifier: EUPL-1.2
// The intake against a running copy: the dossier, the search, the ten weeks, the oproepen, the brede intake,
// the leerbaarheidstoets and the worklist; what each refuses, and who may not see it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { test, before } from 'node:test';
import { api, atOnce, baseUrl, everything, login, loginBurger, logs, onDay, sql, until } from './lib.mjs';
import { knownAtDuo } from './duo.mjs';
import { decideIntakeFine, decidePip, etagOf, finishIntake, missOproep, newPerson, randomBsn, setPip, topics } from './people.mjs';

const base = '/api/intake/v1';
const MONDAY = '2026-01-12';
const answers = { antwoorden: { werk: 'timmerman', jaren: 6 }, wijze: 'gesprek', taal: 'ar', afspraak: 'Stage zoeken' };
let regisseur;
let teamleider;
let handhaver;
let region; // works for 9901 and 9902
let stranger; // works for 9902
let me; // id of the regisseur

before(async () => {
  regisseur = await login('regisseur1.9901');
  teamleider = await login('teamleider.9901');
  handhaver = await login('handhaver.9901');
  region = await login('regisseur2.9901');
  stranger = await login('regisseur1.9902');
  me = (await api('GET', '/api/identity/v1/sessie', { token: regisseur })).body.medewerker;
});

const get = (path, token = regisseur) => api('GET', base + path, { token });
const post = (path, body, headers = {}, token = regisseur) => api('POST', base + path, { token, body, headers });
const put = (path, body, headers = {}, token = regisseur) => api('PUT', base + path, { token, body, headers });
const patch = (path, body, headers = {}, token = regisseur) => api('PATCH', base + path, { token, body, headers });
const wrongFields = (reply) => reply.body.invalidParams.map((p) => p.name).sort();
const search = async (body, token = regisseur) => (await post('/inburgeraars/_zoek', body, {}, token)).body.items;

async function made(path, body, token = regisseur) {
  const reply = await post(path, body, {}, token);
  assert.equal(reply.status, 201, `${path}: ${JSON.stringify(reply.body)}`);
  return reply.body;
}

// A change of the version as it is now.
async function changed(method, path, of, body, status = 200) {
  const reply = await api(method, base + path, { token: regisseur, body, headers: { 'If-Match': await etagOf(base + of, regisseur) } });
  assert.equal(reply.status, status, `${path}: ${JSON.stringify(reply.body)}`);
  return reply.body;
}

const UNKNOWN = 'brp-onbekend'; // people made up here are not in the BRP

async function openTasks(person) {
  const all = await everything(`${base}/taken`, { token: regisseur, limit: 100 });
  return all.filter((t) => t.inburgeraarId === person && t.soort !== UNKNOWN).map((t) => t.soort).sort();
}

const taskIs = (person, soort) => until(`task ${soort}`, async () => (await openTasks(person)).includes(soort));

// ---- the dossier -------------------------------------------------------------------------------

test('a dossier made by hand is read back without its BSN, with its clock and a first task', () => onDay(MONDAY, async () => {
  const bsn = randomBsn();
  const body = { bsn, doelgroep: 'gezinsmigrant-overig', achternaam: 'de Proef', voornamen: 'Ana Maria', geboortedatum: '1990-05-06',
    vNummer: '2801234567', taal: 'pt', telefoon: '0612345678', email: 'ana@example.test', regisseurId: me, datumKennisgeving: '2026-01-05' };
  const reply = await post('/inburgeraars', body);
  assert.equal(reply.status, 201);
  assert.equal(reply.headers.get('location'), `${base}/inburgeraars/${reply.body.id}`);
  assert.equal(reply.headers.get('etag'), '"1"');

  const read = (await api('GET', reply.headers.get('location'), { token: regisseur })).body;
  assert.deepEqual(read, reply.body);
  const { bsn: sent, ...rest } = body;
  for (const [name, value] of Object.entries(rest)) assert.equal(read[name], value, name);
  assert.equal(read.bsnMasker, `*****${sent.slice(5)}`);
  assert.equal(read.naam, 'de Proef, Ana Maria');
  assert.equal(read.fase, 'aangemeld');
  assert.equal(read.pipUiterlijk, '2026-03-16');
  assert.equal(read.regisseurNaam, 'Anouk de Vries');

  const tasks = await everything(`${base}/taken?regisseurId=${me}`, { token: regisseur, limit: 100 });
  const mine = tasks.filter((t) => t.inburgeraarId === read.id && t.soort !== UNKNOWN);
  assert.deepEqual(mine.map((t) => [t.soort, t.uiterlijk]), [['oproep-sturen', '2026-01-26']]);
}));

test('a BSN is in no answer, no log line, no event and no audit row', async () => {
  const bsn = randomBsn();
  const id = await newPerson(regisseur, 'asielstatushouder', { bsn });
  const found = await post('/inburgeraars/_zoek', { bsn });
  assert.equal(found.body.items[0].id, id);
  assert.ok(!JSON.stringify(found.body).includes(bsn));
  assert.equal((await post('/inburgeraars', { bsn, doelgroep: 'asielstatushouder' })).status, 409);
  assert.equal((await api('GET', `${base}/inburgeraars/${bsn}`, { token: regisseur })).status, 404);
  assert.equal((await api('GET', `${base}/inburgeraars?bsn=${bsn}`, { token: regisseur })).status, 400);
  const marker = `na-${randomUUID()}`;
  await api('GET', `/${marker}`);
  await new Promise((r) => { setTimeout(r, 1500); }); // nginx writes its log once a second
  assert.ok(!logs().includes(bsn), 'in a log');
  for (const table of ['core.gebeurtenis', 'core.logboek', 'core.idempotentie', 'intake.inburgeraar', 'duo.notificatie']) {
    assert.equal(sql(`select count(*) from ${table} t where t::text like '%${bsn}%'`), '0', table);
  }
});

test('a BSN has one dossier in a gemeente, and may have one in another', async () => {
  const bsn = randomBsn();
  const body = { bsn, doelgroep: 'gezinsmigrant-overig', achternaam: 'Proef' };
  const both = await Promise.all([post('/inburgeraars', body), post('/inburgeraars', body)]);
  assert.deepEqual(both.map((r) => r.status).sort(), [201, 409]);
  assert.match(both.find((r) => r.status === 409).body.detail, /bestaat al/);
  assert.equal((await post('/inburgeraars', body, {}, stranger)).status, 201);
  assert.equal((await search({ bsn })).length, 1);
  assert.equal((await search({ bsn }, region)).length, 2, 'who works for both sees both');
});

test('who works for more than one gemeente says for which, and only for an own one', async () => {
  const body = () => ({ bsn: randomBsn(), doelgroep: 'gezinsmigrant-overig', achternaam: 'Grensgeval' });
  const vague = await post('/inburgeraars', body(), {}, region);
  assert.equal(vague.status, 400);
  assert.deepEqual(wrongFields(vague), ['gemeente']);
  for (const gemeente of ['9903', '1,99', '01,9', '0000']) {
    const foreign = await post('/inburgeraars', { ...body(), gemeente }, {}, region);
    assert.equal(foreign.status, 400, gemeente);
    assert.deepEqual(wrongFields(foreign), ['gemeente']);
  }
  const { id } = await made('/inburgeraars', { ...body(), gemeente: '9902' }, region);
  assert.equal((await get(`/inburgeraars/${id}`, stranger)).status, 200);
  assert.equal((await get(`/inburgeraars/${id}`)).status, 404);
});

test('wrong facts of a dossier are all named at once', async () => {
  const reply = await post('/inburgeraars', { bsn: '123456789', vNummer: '12345678901', achternaam: '', geboortedatum: '1990-02-30',
    doelgroep: 'toerist', taal: 'x', fase: 'traject', versie: 4, regisseurId: 'ik', kleur: 'rood' });
  assert.equal(reply.status, 400);
  assert.deepEqual(wrongFields(reply), ['achternaam', 'bsn', 'doelgroep', 'fase', 'geboortedatum', 'kleur', 'regisseurId', 'taal', 'vNummer', 'versie']);
  assert.ok(reply.body.invalidParams.every((p) => p.code && p.reason));
  assert.deepEqual(wrongFields(await post('/inburgeraars', {})), ['bsn', 'doelgroep']);
  await onDay(MONDAY, async () => {
    const future = await post('/inburgeraars', { bsn: randomBsn(), doelgroep: 'asielstatushouder', geboortedatum: '2026-01-13', datumKennisgeving: '2026-01-13' });
    assert.equal(future.status, 400);
    assert.deepEqual(wrongFields(future), ['datumKennisgeving', 'geboortedatum']);
  });
});

test('a dossier changes only in what was sent, and only the version that was seen', async () => {
  const id = await newPerson(regisseur, 'gezinsmigrant-overig', { telefoon: '0611111111' });
  const path = `/inburgeraars/${id}`;
  assert.equal((await patch(path, { taal: 'fa' })).status, 428);
  assert.equal((await patch(path, { taal: 'fa' }, { 'If-Match': '"2"' })).status, 412);
  for (const odd of ['*', 'W/"1"', '1', '"een"', '""']) {
    const reply = await patch(path, { taal: 'fa' }, { 'If-Match': odd });
    assert.equal(reply.status, 400, odd);
    assert.deepEqual(wrongFields(reply), ['If-Match']);
  }
  const twice = await atOnce(`select 1 from intake.inburgeraar where id = '${id}'`,
    ['fa', 'ti'].map((taal) => () => patch(path, { taal }, { 'If-Match': '"1"' })));
  assert.deepEqual(twice.map((r) => r.status).sort(), [200, 412]);
  const after = (await get(path)).body;
  assert.equal(after.versie, 2);
  assert.equal(after.taal, twice.find((r) => r.status === 200).body.taal);
  assert.equal(after.telefoon, '0611111111');
  const refused = await patch(path, { bsn: randomBsn(), doelgroep: 'asielstatushouder', datumKennisgeving: '2026-01-01', naam: 'x' }, { 'If-Match': '"2"' });
  assert.equal(refused.status, 400);
  assert.deepEqual(wrongFields(refused), ['bsn', 'datumKennisgeving', 'doelgroep', 'naam']);
});

test('open tasks go along to the new regisseur, who must work for the gemeente', async () => {
  const id = await newPerson(regisseur);
  const staff = (sub) => sql(`select id from core.medewerker where sub = '${sub}'`);
  const elsewhere = await patch(`/inburgeraars/${id}`, { regisseurId: staff('regisseur1.9902') }, { 'If-Match': '"1"' });
  assert.equal(elsewhere.status, 400);
  assert.deepEqual(wrongFields(elsewhere), ['regisseurId']);
  const nobody = await post('/inburgeraars', { bsn: randomBsn(), doelgroep: 'asielstatushouder', regisseurId: randomUUID() });
  assert.equal(nobody.status, 400);
  assert.deepEqual(wrongFields(nobody), ['regisseurId']);
  const other = staff('regisseur2.9901');
  const moved = await changed('PATCH', `/inburgeraars/${id}`, `/inburgeraars/${id}`, { regisseurId: other });
  assert.equal(moved.regisseurNaam, 'Bram Jansen');
  const tasks = await everything(`${base}/taken?regisseurId=${other}`, { token: regisseur, limit: 100 });
  assert.ok(tasks.some((t) => t.inburgeraarId === id));
});

test('a notice of DUO makes the dossier, its clock and the first task; a second notice makes nothing more', () => onDay(MONDAY, async () => {
  const duo = await knownAtDuo({ doelgroep: 'Asielstatushouder', vNummer: 2801234599 });
  await duo.tell('SS101');
  const found = await until('the dossier', async () => (await search({ bsn: duo.bsn }))[0]);
  await until('the name of the BRP, for DUO gives none', async () => (await search({ bsn: duo.bsn }))[0].naam !== 'Nieuwe inburgeraar');
  assert.equal(found.vNummer, '2801234599');
  assert.equal(found.doelgroep, 'asielstatushouder');
  assert.equal(found.datumKennisgeving, MONDAY);
  assert.equal((await get(`/inburgeraars/${found.id}/pip-klok`)).body.loopt, false, 'not registered in this gemeente yet');
  await taskIs(found.id, 'oproep-sturen');

  await duo.tell('SS139');
  const klok = await until('the clock', async () => {
    const { body } = await get(`/inburgeraars/${found.id}/pip-klok`);
    return body.loopt && body;
  });
  assert.equal(klok.uiterlijk, '2026-03-23');
  const after = (await get(`/inburgeraars/${found.id}`)).body;
  assert.equal(after.pipUiterlijk, '2026-03-23');
  assert.equal((await search({ bsn: duo.bsn })).length, 1);
  assert.deepEqual(await openTasks(found.id), ['oproep-sturen']);
}));

test('a notice of DUO about a dossier made by hand fills in what is missing and keeps what is known', () => onDay(MONDAY, async () => {
  const duo = await knownAtDuo({ doelgroep: 'Gezinsmigrant en overige migrant', vNummer: 2801234600 });
  const id = await newPerson(regisseur, 'asielstatushouder', { bsn: duo.bsn, telefoon: '0612345678', datumKennisgeving: '2025-12-29', datumInschrijvingBrp: '2026-01-05' });
  await duo.tell('SS124');
  const after = await until('the doelgroep', async () => {
    const { body } = await get(`/inburgeraars/${id}`);
    return body.doelgroep === 'gezinsmigrant-overig' && body;
  });
  assert.equal(after.vNummer, '2801234600');
  assert.equal(after.telefoon, '0612345678');
  assert.equal(after.datumKennisgeving, '2025-12-29');
  const { body: klok } = await get(`/inburgeraars/${id}/pip-klok`);
  assert.equal(klok.uiterlijk, '2026-03-09');
  assert.equal(after.pipUiterlijk, klok.uiterlijk, 'the deadline on the worklist is that of the clock');
}));

// ---- search and lists --------------------------------------------------------------------------

test('people are found by BSN, by V-nummer and by the beginning of the name', async () => {
  const bsn = randomBsn();
  const word = `Öz${randomUUID().slice(0, 8)}`;
  const vNummer = String(Math.floor(1e9 + Math.random() * 8e9));
  const id = await newPerson(regisseur, 'asielstatushouder', { bsn, vNummer, achternaam: `${word} van Dam` });
  for (const question of [{ bsn }, { vNummer }, { naam: word }, { naam: word.toUpperCase() }, { naam: `${word} VAN` }]) {
    assert.deepEqual((await search(question)).map((p) => p.id), [id], JSON.stringify(question));
  }
  for (const question of [{ bsn: randomBsn() }, { vNummer: vNummer.slice(0, 9) }, { naam: 'van Dam' }, { naam: '%' + word }, { naam: `${word.slice(0, 4)}_` },
    { naam: "' or 1=1 --" }]) {
    assert.deepEqual(await search(question), [], JSON.stringify(question));
  }
});

test('a search asks for one thing, in the right form', async () => {
  for (const question of [{}, { bsn: randomBsn(), naam: 'Proef' }, { naam: 'Proef', vNummer: '1' }]) {
    assert.equal((await post('/inburgeraars/_zoek', question)).status, 400, JSON.stringify(question));
  }
  assert.deepEqual(wrongFields(await post('/inburgeraars/_zoek', { bsn: '123456789' })), ['bsn']);
  assert.deepEqual(wrongFields(await post('/inburgeraars/_zoek', { naam: 'P' })), ['naam']);
  assert.deepEqual(wrongFields(await post('/inburgeraars/_zoek', { vNummer: '' })), ['vNummer']);
  assert.equal((await api('GET', `${base}/inburgeraars/_zoek?naam=Proef`, { token: regisseur })).status, 405);
});

test('a search with many hits gives every one of them once, page after page', async () => {
  const word = `Q${randomUUID().slice(0, 8)}`;
  const names = ['', 'a', 'A', 'b', '-c', ' d', "'e"].flatMap((tail) => Array.from({ length: 9 }, () => `${word}${tail}`));
  const ids = await Promise.all(names.map((achternaam) => newPerson(regisseur, 'asielstatushouder', { achternaam })));
  const hits = await everything(`${base}/inburgeraars/_zoek`, { token: regisseur, method: 'POST', body: { naam: word }, limit: 8 });
  assert.equal(hits.length, ids.length);
  assert.deepEqual(hits.map((p) => p.id).sort(), ids.sort());
});

test('the list of dossiers comes to an end without a loss or a double, with every filter', async () => {
  const count = (where) => Number(sql(`select count(*) from intake.inburgeraar where ${where}`));
  for (const [token, gemeenten] of [[stranger, ['9902']], [region, ['9901', '9902']]]) {
    const inside = `gemeente in (${gemeenten.map((g) => `'${g}'`)})`;
    for (const [filter, where] of [['', 'true'], ['?fase=traject', "fase = 'traject'"],
      ['?doelgroep=asielstatushouder&fase=intake', "doelgroep = 'asielstatushouder' and fase = 'intake'"],
      [`?regisseurId=${me}`, `regisseur_id = '${me}'`]]) {
      const rows = await everything(`${base}/inburgeraars${filter}`, { token, limit: 11 });
      const ids = new Set(rows.map((p) => p.id));
      assert.equal(ids.size, rows.length, `${filter}: a double`);
      assert.equal(rows.length, count(`${inside} and ${where}`), filter);
      assert.ok(rows.every((p) => gemeenten.includes(p.gemeente)));
    }
  }
});

test('a dossier that comes while somebody pages is no reason to lose or repeat another', async () => {
  const first = await get('/inburgeraars?limit=5', stranger);
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link'))[1];
  await newPerson(stranger, 'asielstatushouder', { achternaam: 'AAAA' });
  const second = await api('GET', next, { token: stranger });
  const seen = first.body.items.map((p) => p.id);
  assert.ok(second.body.items.every((p) => !seen.includes(p.id)));
});

test('a wrong filter, limit or cursor is named', async () => {
  for (const [query, name] of [['fase=klaar', 'fase'], ['doelgroep=', 'doelgroep'], ['regisseurId=ik', 'regisseurId'], ['limit=0', 'limit'],
    ['limit=101', 'limit'], ['limit=alles', 'limit'], ['cursor=%21', 'cursor'], ['cursor=YQ', 'cursor'], ['kleur=rood', 'kleur']]) {
    const reply = await get(`/inburgeraars?${query}`);
    assert.equal(reply.status, 400, query);
    assert.deepEqual(wrongFields(reply), [name], query);
  }
  const both = await get('/inburgeraars?fase=klaar&limit=0&cursor=%21&kleur=rood');
  assert.deepEqual(wrongFields(both), ['cursor', 'fase', 'kleur', 'limit']);
});

// ---- the ten weeks -----------------------------------------------------------------------------

test('the ten weeks of a gezinsmigrant start the day after the notice of DUO', () => onDay(MONDAY, async () => {
  const id = await newPerson(regisseur, 'gezinsmigrant-overig', { datumKennisgeving: '2026-01-05' });
  const { body: klok } = await get(`/inburgeraars/${id}/pip-klok`);
  assert.deepEqual([klok.loopt, klok.begin, klok.uiterlijk, klok.uiterlijkVoorVerlenging], [true, '2026-01-06', '2026-03-16', '2026-03-16']);
  assert.equal(klok.dagenOver, 63);
  assert.ok(klok.grondslag.some((g) => /5\.3 lid 1/.test(g)), klok.grondslag.join());
  assert.deepEqual(klok.redenen, []);
}));

test('the ten weeks that end on a holiday run to the next working day', async () => {
  const id = await newPerson(regisseur, 'gezinsmigrant-overig', { datumKennisgeving: '2026-02-16' });
  const { body: klok } = await get(`/inburgeraars/${id}/pip-klok`);
  assert.equal(klok.uiterlijkVoorVerlenging, '2026-04-27', 'Koningsdag');
  assert.equal(klok.uiterlijk, '2026-04-28');
  assert.ok(klok.grondslag.includes('Atw art. 1'));
});

test('the ten weeks of an asielstatushouder wait for the registration in the gemeente', () => onDay(MONDAY, async () => {
  const id = await newPerson(regisseur, 'asielstatushouder', { datumKennisgeving: '2025-12-01' });
  const waiting = (await get(`/inburgeraars/${id}/pip-klok`)).body;
  assert.equal(waiting.loopt, false);
  assert.equal(waiting.uiterlijk, undefined);
  assert.match(waiting.uitleg, /loopt nog niet/);
  const after = await changed('PATCH', `/inburgeraars/${id}`, `/inburgeraars/${id}`, { datumInschrijvingBrp: '2026-01-09' });
  assert.equal(after.pipUiterlijk, '2026-03-20');
  assert.equal((await get(`/inburgeraars/${id}/pip-klok`)).body.begin, '2026-01-10');
}));

test('information of a third party gives two weeks more, other reasons explain but give nothing', () => onDay('2026-03-17', async () => {
  const id = await newPerson(regisseur, 'gezinsmigrant-overig', { datumKennisgeving: '2026-01-05' });
  const reason = (more) => made(`/inburgeraars/${id}/klok-redenen`, { toelichting: 'Zie de brief in het dossier', van: '2026-02-02', ...more });
  await reason({ oorzaak: 'ziekte', tot: '2026-03-02' });
  await reason({ oorzaak: 'capaciteit' });
  assert.equal((await get(`/inburgeraars/${id}/pip-klok`)).body.uiterlijk, '2026-03-16');
  assert.equal((await get(`/inburgeraars/${id}/pip-klok`)).body.dagenOver, -1, 'a day too late');

  await reason({ oorzaak: 'informatie-derde' });
  assert.equal((await get(`/inburgeraars/${id}/pip-klok`)).body.uiterlijk, '2026-03-16', 'nothing came in yet');
  const late = await reason({ oorzaak: 'informatie-derde', tot: '2026-03-12' });
  const { body: klok } = await get(`/inburgeraars/${id}/pip-klok`);
  assert.equal(klok.uiterlijk, '2026-03-26');
  assert.ok(klok.grondslag.some((g) => /5\.3 lid 2/.test(g)), klok.grondslag.join());
  assert.deepEqual(klok.redenen.map((r) => r.oorzaak).sort(), ['capaciteit', 'informatie-derde', 'informatie-derde', 'ziekte']);
  assert.equal((await get(`/klok-redenen/${late.id}`)).body.tot, '2026-03-12');
  assert.equal((await get(`/inburgeraars/${id}`)).body.pipUiterlijk, '2026-03-26');

  await reason({ oorzaak: 'informatie-derde', tot: '2026-02-09' });
  assert.equal((await get(`/inburgeraars/${id}/pip-klok`)).body.uiterlijk, '2026-03-26', 'the last one counts');
}));

test('two reasons at once: the deadline that is stored is that of the clock', async () => {
  const id = await newPerson(regisseur, 'gezinsmigrant-overig', { datumKennisgeving: '2026-01-05' });
  const reason = (tot) => () => post(`/inburgeraars/${id}/klok-redenen`, { oorzaak: 'informatie-derde', toelichting: 'Arts', van: '2026-02-02', tot });
  const replies = await atOnce(`select 1 from intake.inburgeraar where id = '${id}'`, [reason('2026-03-20'), reason('2026-03-10')]);
  for (const reply of replies) assert.ok([201, 409].includes(reply.status), JSON.stringify(reply.body));
  const { body: klok } = await get(`/inburgeraars/${id}/pip-klok`);
  assert.equal(klok.redenen.length, replies.filter((r) => r.status === 201).length);
  assert.equal((await get(`/inburgeraars/${id}`)).body.pipUiterlijk, klok.uiterlijk);
});

test('a reason needs a cause, words and days in order', async () => {
  const id = await newPerson(regisseur);
  assert.deepEqual(wrongFields(await post(`/inburgeraars/${id}/klok-redenen`, { oorzaak: 'zomaar' })), ['oorzaak', 'toelichting', 'van']);
  const order = await post(`/inburgeraars/${id}/klok-redenen`, { oorzaak: 'ziekte', toelichting: 'x', van: '2026-02-02', tot: '2026-02-01' });
  assert.deepEqual(wrongFields(order), ['tot']);
  assert.equal((await post(`/inburgeraars/${randomUUID()}/klok-redenen`, { oorzaak: 'ziekte', toelichting: 'x', van: '2026-02-02' })).status, 404);
  assert.deepEqual((await get(`/inburgeraars/${id}/pip-klok`)).body.redenen, []);
});

test('the clock stands still once there is a PIP, and a new notice of DUO does not start it again', () => onDay('2026-03-02', async () => {
  const duo = await knownAtDuo({ doelgroep: 'Gezinsmigrant en overige migrant' });
  const id = await newPerson(regisseur, 'gezinsmigrant-overig', { bsn: duo.bsn, datumKennisgeving: '2026-01-05' });
  await made(`/inburgeraars/${id}/klok-redenen`, { oorzaak: 'informatie-derde', toelichting: 'School', van: '2026-02-02', tot: '2026-03-12' });
  await setPip(regisseur, id, 'B', '2026-03-02');
  const klok = await until('the PIP in the clock', async () => {
    const { body } = await get(`/inburgeraars/${id}/pip-klok`);
    return body.gezetOp && body;
  });
  assert.equal(klok.gezetOp, '2026-03-02');
  assert.equal(klok.dagenOver, undefined);
  const before = (await get(`/inburgeraars/${id}`)).body;
  await duo.tell('SS101');
  const after = await until('the notice', async () => {
    const { body } = await get(`/inburgeraars/${id}`);
    return body.versie > before.versie && body;
  });
  assert.equal(after.pipUiterlijk, '2026-03-26', 'the reason of the third party still counts');
  assert.equal(after.pipUiterlijk, (await get(`/inburgeraars/${id}/pip-klok`)).body.uiterlijk);
}));

// ---- oproepen ----------------------------------------------------------------------------------

const appointment = { datum: '2026-01-19', tijd: '09:30', plaats: 'Stadhuis, kamer 3', termijn: '2026-01-23' };

async function planned(id, more = {}) {
  return made(`/inburgeraars/${id}/oproepen`, { ...appointment, ...more });
}

const sent = (call, day, bewijs = 'Aangetekend 3S123') => changed('POST', `/oproepen/${call}/verzending`, `/oproepen/${call}`, { verzondenOp: day, bewijs });

test('an oproep is planned, sent with proof, and gets its outcome; the tasks follow', async () => {
  const id = await newPerson(regisseur);
  const call = await onDay(MONDAY, async () => {
    const oproep = await planned(id);
    assert.deepEqual([oproep.volgnummer, oproep.soort, oproep.status, oproep.waarschuwing], [1, 'oproep', 'gepland', false]);
    assert.ok(oproep.grondslag.includes('Wi art. 14 lid 1'), oproep.grondslag.join());
    const again = await post(`/inburgeraars/${id}/oproepen`, appointment);
    assert.equal(again.status, 409);
    assert.match(again.body.detail, /loopt al een oproep/);
    assert.equal((await post(`/oproepen/${oproep.id}/uitkomst`, { uitkomst: 'verschenen' }, { 'If-Match': '"1"' })).status, 409, 'not sent yet');
    const verzonden = await sent(oproep.id, MONDAY);
    assert.deepEqual([verzonden.status, verzonden.verzondenOp, verzonden.bewijs], ['verzonden', MONDAY, 'Aangetekend 3S123']);
    await taskIs(id, 'oproep-uitkomst');
    assert.deepEqual(await openTasks(id), ['oproep-uitkomst'], 'sending it was the first task');
    assert.equal((await get(`/inburgeraars/${id}`)).body.fase, 'intake');
    assert.equal((await get(`/inburgeraars/${id}/intake-stap`)).body.volgende, 'afwachten');
    return oproep.id;
  });
  await onDay('2026-01-19', async () => {
    const came = await changed('POST', `/oproepen/${call}/uitkomst`, `/oproepen/${call}`, { uitkomst: 'verschenen' });
    assert.deepEqual([came.status, came.uitkomst, came.verwijtbaar], ['afgerond', 'verschenen', undefined]);
    const step = (await get(`/inburgeraars/${id}/intake-stap`)).body;
    assert.equal(step.volgende, 'intake-afnemen');
    assert.ok(step.grondslag.includes('Wi art. 14 lid 3'));
    await taskIs(id, 'intake-afronden');
    assert.deepEqual(await openTasks(id), ['intake-afronden']);
    assert.equal((await post(`/inburgeraars/${id}/oproepen`, { ...appointment, datum: '2026-01-20' })).status, 409, 'nothing to call up for');
    assert.deepEqual((await get(`/inburgeraars/${id}/oproepen`)).body.items.map((o) => o.id), [call]);
  });
});

test('who does not come is warned and called again; who could not help it is only called again', async () => {
  const id = await newPerson(regisseur);
  await missOproep(regisseur, id, '2026-01-12', false);
  await taskIs(id, 'oproep-opnieuw');
  await onDay('2026-01-13', async () => {
    const step = (await get(`/inburgeraars/${id}/intake-stap`)).body;
    assert.equal(step.volgende, 'oproepen');
    assert.equal((await planned(id)).waarschuwing, false);
  });
  const other = await newPerson(regisseur);
  await missOproep(regisseur, other, '2026-01-12');
  await taskIs(other, 'oproep-herhalen');
  await onDay('2026-01-13', async () => {
    const again = await planned(other);
    assert.deepEqual([again.soort, again.waarschuwing, again.volgnummer], ['herhaalde-oproep', true, 2]);
    assert.match(again.uitleg, /waarschuwing/);
  });
});

test('days and hours of an oproep that cannot be are named', () => onDay(MONDAY, async () => {
  const id = await newPerson(regisseur);
  const wrong = async (more) => wrongFields(await post(`/inburgeraars/${id}/oproepen`, { ...appointment, ...more }));
  assert.deepEqual(await wrong({ datum: '2026-01-11' }), ['datum']);
  assert.deepEqual(await wrong({ termijn: '2026-01-18' }), ['termijn']);
  for (const tijd of ['24:00', '12:60', '9:300', 'ab:cd', '12.30']) assert.deepEqual(await wrong({ tijd }), ['tijd'], tijd);
  assert.deepEqual(await wrong({ datum: '2026-01-11', termijn: '2026-01-10', tijd: '99:99', plaats: '' }), ['plaats']);
  assert.deepEqual(await wrong({ datum: '2026-01-11', termijn: '2026-01-10', tijd: '99:99' }), ['datum', 'termijn', 'tijd']);
  assert.deepEqual(await wrong({ soort: 'oproep', waarschuwing: true }), ['soort', 'waarschuwing']);
  assert.deepEqual((await get(`/inburgeraars/${id}/oproepen`)).body.items, []);

  const { id: call } = await planned(id);
  const send = async (verzondenOp, bewijs = 'x') => wrongFields(await post(`/oproepen/${call}/verzending`, { verzondenOp, bewijs }, { 'If-Match': '"1"' }));
  assert.deepEqual(await send('2026-01-13'), ['verzondenOp'], 'in the future');
  assert.deepEqual(await send(MONDAY, ''), ['bewijs'], 'without proof');
  await sent(call, MONDAY);
  const outcome = (body) => post(`/oproepen/${call}/uitkomst`, body, { 'If-Match': '"2"' });
  assert.deepEqual(wrongFields(await outcome({ uitkomst: 'verschenen', verwijtbaar: false })), ['verwijtbaar']);
  assert.deepEqual(wrongFields(await outcome({ uitkomst: 'ziek' })), ['uitkomst']);
}));

test('nobody has missed an oproep before the last day to appear, or one that was sent too late', async () => {
  const id = await newPerson(regisseur);
  const call = await onDay(MONDAY, async () => {
    const oproep = await planned(id);
    await sent(oproep.id, MONDAY);
    return oproep.id;
  });
  const missed = { uitkomst: 'niet-verschenen', verwijtbaar: true };
  const outcome = (body) => post(`/oproepen/${call}/uitkomst`, body, { 'If-Match': '"2"' });
  await onDay('2026-01-22', async () => {
    const early = await outcome(missed);
    assert.equal(early.status, 409);
    assert.match(early.body.detail, /23 januari 2026/);
  });
  await onDay('2026-01-18', async () => {
    assert.equal((await outcome({ uitkomst: 'onvoldoende-meegewerkt', verwijtbaar: true })).status, 409, 'the appointment is tomorrow');
  });
  await onDay('2026-01-23', async () => {
    assert.deepEqual(wrongFields(await outcome({ uitkomst: 'niet-verschenen' })), ['verwijtbaar']);
    assert.equal((await outcome(missed)).status, 200);
  });

  const other = await newPerson(regisseur);
  const late = await onDay(MONDAY, () => planned(other));
  await onDay('2026-01-20', async () => {
    const reply = await post(`/oproepen/${late.id}/verzending`, { verzondenOp: '2026-01-20', bewijs: 'x' }, { 'If-Match': '"1"' });
    assert.equal(reply.status, 400);
    assert.deepEqual(wrongFields(reply), ['verzondenOp']);
    const path = `/oproepen/${late.id}`;
    assert.equal((await put(path, appointment)).status, 428);
    assert.deepEqual(wrongFields(await put(path, appointment, { 'If-Match': '"1"' })), ['datum'], 'that day is over');
    const moved = await put(path, { ...appointment, datum: '2026-01-27', termijn: '2026-01-30' }, { 'If-Match': '"1"' });
    assert.deepEqual([moved.status, moved.body.datum, moved.body.status, moved.body.volgnummer], [200, '2026-01-27', 'gepland', 1]);
    assert.equal((await put(path, { ...appointment, datum: '2026-01-28', termijn: '2026-01-30' }, { 'If-Match': '"1"' })).status, 412);
    await sent(late.id, '2026-01-20');
    assert.equal((await put(path, { ...appointment, datum: '2026-01-28', termijn: '2026-01-30' }, { 'If-Match': '"3"' })).status, 409, 'it is sent');
    assert.equal((await put(path, appointment, { 'If-Match': '"3"' }, stranger)).status, 404);
  });
});

test('an oproep that two people send or settle at once is sent and settled once', async () => {
  const id = await newPerson(regisseur);
  const events = (type) => sql(`select count(*) from core.gebeurtenis where inburgeraar_id = '${id}' and type = '${type}'`);
  await onDay(MONDAY, async () => {
    const { id: call } = await planned(id, { datum: MONDAY, termijn: MONDAY });
    const row = `select 1 from intake.oproep where id = '${call}'`;
    const send = () => post(`/oproepen/${call}/verzending`, { verzondenOp: MONDAY, bewijs: 'x' }, { 'If-Match': '"1"' });
    assert.deepEqual((await atOnce(row, [send, send])).map((r) => r.status).sort(), [200, 412]);
    assert.equal(events('oproep-verstuurd'), '1');
    assert.equal((await send()).status, 409);
    const settle = () => post(`/oproepen/${call}/uitkomst`, { uitkomst: 'niet-verschenen', verwijtbaar: true }, { 'If-Match': '"2"' });
    assert.deepEqual((await atOnce(row, [settle, settle])).map((r) => r.status).sort(), [200, 412]);
    assert.equal(events('oproep-niet-verschenen'), '1');
    const both = await Promise.all([1, 2].map(() => post(`/inburgeraars/${id}/oproepen`, appointment)));
    assert.deepEqual(both.map((r) => r.status).sort(), [201, 409]);
  });
});

// ---- the brede intake --------------------------------------------------------------------------

test('the brede intake is kept per topic, left, taken up again, and finished', () => onDay(MONDAY, async () => {
  const id = await newPerson(regisseur);
  const path = `/inburgeraars/${id}/brede-intake`;
  assert.deepEqual((await get(path)).body.items, []);
  const first = await put(`${path}/taal`, answers);
  assert.equal(first.status, 200);
  assert.equal(first.headers.get('etag'), '"1"');
  const kept = (await get(path)).body.items;
  assert.deepEqual(kept.map((t) => [t.onderwerp, t.antwoorden, t.wijze, t.taal, t.afspraak]),
    [['taal', answers.antwoorden, 'gesprek', 'ar', 'Stage zoeken']]);

  const early = await post(`${path}/afronding`, { datum: MONDAY, wijze: 'gesprek' });
  assert.equal(early.status, 400);
  assert.deepEqual(wrongFields(early), [...topics.filter((t) => t !== 'taal'), 'leerbaarheidstoets'].sort());
  for (const topic of topics.filter((t) => t !== 'taal')) assert.equal((await put(`${path}/${topic}`, answers)).status, 200);
  assert.deepEqual(wrongFields(await post(`${path}/afronding`, { datum: MONDAY, wijze: 'gesprek' })), ['leerbaarheidstoets']);
  await made(`/inburgeraars/${id}/leerbaarheidstoetsen`, { datumAfname: MONDAY, uitslag: 'ontheffing', toelichting: 'Blind' });
  assert.deepEqual(wrongFields(await post(`${path}/afronding`, { datum: '2026-01-13', wijze: 'gesprek' })), ['datum']);
  const done = await post(`${path}/afronding`, { datum: MONDAY, wijze: 'gesprek' });
  assert.deepEqual([done.status, done.body.intakeAfgerondOp, done.body.intakeWijze, done.body.fase], [200, MONDAY, 'gesprek', 'pip']);
  await taskIs(id, 'pip-vaststellen');

  assert.equal((await put(`${path}/motivatie`, answers)).status, 409, 'finished');
  assert.equal((await get(path)).body.items.length, topics.length);
}));

test('answers of another are not overwritten unseen', async () => {
  const id = await newPerson(regisseur);
  const path = `/inburgeraars/${id}/brede-intake/gezondheid`;
  assert.equal((await put(path, answers, { 'If-Match': '"1"' })).status, 412, 'nothing was seen yet');
  assert.equal((await put(path, answers)).status, 200);
  const blind = await put(path, { ...answers, afspraak: 'Anders' });
  assert.equal(blind.status, 428);
  assert.equal((await put(path, { ...answers, afspraak: 'Anders' }, { 'If-Match': '"2"' })).status, 412);
  const change = (afspraak) => () => put(path, { ...answers, afspraak }, { 'If-Match': '"1"' });
  const both = await atOnce(`select 1 from intake.intake_onderwerp where inburgeraar_id = '${id}'`, [change('een'), change('twee')]);
  assert.deepEqual(both.map((r) => r.status).sort(), [200, 412]);
  const [kept] = (await get(`/inburgeraars/${id}/brede-intake`)).body.items;
  assert.equal(kept.afspraak, both.find((r) => r.status === 200).body.afspraak);
  assert.equal(kept.versie, 2);
  const first = await Promise.all([1, 2].map(() => put(`/inburgeraars/${id}/brede-intake/taal`, answers)));
  assert.ok(first.every((r) => [200, 412, 428].includes(r.status)) && first.filter((r) => r.status === 200).length === 1, first.map((r) => r.status).join());
});

test('a topic is one that the law or the gemeente knows, with answers and how they were given', async () => {
  const id = await newPerson(regisseur);
  const path = `/inburgeraars/${id}/brede-intake`;
  for (const topic of ['hobby', 'afronding', '..', '%27', 'x'.repeat(101)]) assert.ok([404, 405].includes((await put(`${path}/${topic}`, answers)).status), topic);
  assert.deepEqual(wrongFields(await put(`${path}/taal`, { antwoorden: 'ja', wijze: 'brief', onderwerp: 'taal' })), ['antwoorden', 'onderwerp', 'wijze']);
  assert.deepEqual(wrongFields(await put(`${path}/taal`, {})), ['antwoorden', 'wijze']);
  assert.equal((await put(`/inburgeraars/${randomUUID()}/brede-intake/taal`, answers)).status, 404);
});

test('an intake that is finished twice is finished once, and told once', async () => {
  const id = await newPerson(regisseur);
  await finishIntake(regisseur, id, 'B', '2026-01-12');
  const path = `/inburgeraars/${id}/brede-intake/afronding`;
  for (const datum of ['2026-01-12', '2026-01-13']) assert.equal((await post(path, { datum, wijze: 'gesprek' })).status, 409);
  assert.equal(sql(`select count(*) from core.gebeurtenis where inburgeraar_id = '${id}' and type = 'intake-afgerond'`), '1');
});

test('in absentia only after three oproepen and both fines; then the PIP may be set', async () => {
  const id = await newPerson(regisseur, 'gezinsmigrant-overig', { datumKennisgeving: '2025-12-29' });
  const path = `/inburgeraars/${id}/brede-intake/afronding`;
  const absent = (datum) => post(path, { datum, wijze: 'bij-verstek' });
  const step = async () => (await get(`/inburgeraars/${id}/intake-stap`)).body;
  const notYet = async (datum) => onDay(datum, async () => {
    const reply = await absent(datum);
    assert.equal(reply.status, 409);
    assert.match(reply.body.detail, /Wi art\. 14 lid 2/);
  });
  await notYet('2026-01-05');
  await missOproep(regisseur, id, '2026-01-06');
  await notYet('2026-01-06');
  await missOproep(regisseur, id, '2026-01-12');
  await onDay('2026-01-13', async () => {
    const fine = await step();
    assert.deepEqual([fine.volgende, fine.bedrag, fine.nieuweTermijnUiterlijk], ['boete-art-22-1', 250, '2026-03-13']);
  });
  await notYet('2026-01-13');
  await decideIntakeFine({ handhaver, teamleider }, id, '2026-01-14', '2026-02-27');
  await until('the fine in the ladder', async () => (await step()).volgende === 'oproepen');
  await onDay('2026-01-15', async () => {
    const reply = await post(`/inburgeraars/${id}/oproepen`, { ...appointment, datum: '2026-01-20', termijn: '2026-02-28' });
    assert.deepEqual(wrongFields(reply), ['termijn'], 'after the new term of the fine');
  });
  await missOproep(regisseur, id, '2026-01-20');
  assert.equal((await get(`/inburgeraars/${id}/oproepen`)).body.items[2].soort, 'oproep-na-boete');
  await notYet('2026-01-20');
  await decideIntakeFine({ handhaver, teamleider }, id, '2026-01-21');
  await until('the second fine in the ladder', async () => (await step()).volgende === 'bij-verstek');
  await onDay('2026-01-22', async () => {
    const done = await absent('2026-01-22');
    assert.deepEqual([done.status, done.body.intakeWijze], [200, 'bij-verstek'], JSON.stringify(done.body));
    assert.equal((await post(`/inburgeraars/${id}/oproepen`, { ...appointment, datum: '2026-01-26', termijn: '2026-01-26' })).status, 409);
  });
  await taskIs(id, 'pip-vaststellen');
  await onDay('2026-01-26', () => decidePip(regisseur, id, 'B', '2026-01-26'));
});

// ---- the leerbaarheidstoets --------------------------------------------------------------------

test('results of the leerbaarheidstoets, by hand and of DUO, newest first', () => onDay(MONDAY, async () => {
  const duo = await knownAtDuo();
  const id = await newPerson(regisseur, 'asielstatushouder', { bsn: duo.bsn });
  const path = `/inburgeraars/${id}/leerbaarheidstoetsen`;
  const mine = await made(path, { datumAfname: '2025-12-01', uitslag: 'onbekend', behaaldeScore: 0, benodigdeScore: 2800, toelichting: 'Afgebroken' });
  assert.equal(mine.bron, 'gemeente');
  assert.deepEqual((await get(`/leerbaarheidstoetsen/${mine.id}`)).body, mine);
  assert.equal((await post(path, { datumAfname: '2025-12-01', uitslag: 'b1-haalbaar' })).status, 409, 'one result a day');

  // DUO does not say in which order it lists them
  await duo.knows('lbt/resultaten', [
    { resultaat: 'B1-route haalbaar', behaaldeScore: '33,50', benodigdeScore: '28,00', datumAfname: '2026-01-08' },
    { resultaat: 'B1-route niet haalbaar', behaaldeScore: '8,05', benodigdeScore: '28,00', datumAfname: '2025-12-08' },
  ]);
  await duo.tell('SS131');
  const all = await until('the results of DUO', async () => {
    const { items } = (await get(path)).body;
    return items.length === 3 && items;
  });
  assert.deepEqual(all.map((t) => [t.datumAfname, t.uitslag, t.behaaldeScore, t.benodigdeScore, t.bron]), [
    ['2026-01-08', 'b1-haalbaar', 3350, 2800, 'duo'],
    ['2025-12-08', 'b1-niet-haalbaar', 805, 2800, 'duo'],
    ['2025-12-01', 'onbekend', 0, 2800, 'gemeente'],
  ]);
  await duo.tell('SS131');
  await duo.everythingHandled();
  assert.equal((await get(path)).body.items.length, 3, 'told twice, stored once');
}));

test('a result of the future or out of bounds is named', () => onDay(MONDAY, async () => {
  const id = await newPerson(regisseur);
  const path = `/inburgeraars/${id}/leerbaarheidstoetsen`;
  assert.deepEqual(wrongFields(await post(path, { datumAfname: '2026-01-13', uitslag: 'b1-haalbaar' })), ['datumAfname']);
  assert.deepEqual(wrongFields(await post(path, { datumAfname: MONDAY, uitslag: 'B1-route haalbaar', behaaldeScore: -1, benodigdeScore: 2.5, bron: 'duo' })),
    ['behaaldeScore', 'benodigdeScore', 'bron', 'uitslag']);
  assert.equal((await post(`/inburgeraars/${randomUUID()}/leerbaarheidstoetsen`, { datumAfname: MONDAY, uitslag: 'b1-haalbaar' })).status, 404);
}));

// ---- lists of a person, the kit ----------------------------------------------------------------

test('every list of a person and the worklist come to an end without a loss or a double', async () => {
  const id = await newPerson(regisseur);
  for (let day = 1; day <= 9; day++) {
    await made(`/inburgeraars/${id}/leerbaarheidstoetsen`, { datumAfname: `2025-11-0${day}`, uitslag: 'onbekend' });
    await missOproep(regisseur, id, `2026-01-0${day}`, false);
  }
  for (const topic of topics) await put(`/inburgeraars/${id}/brede-intake/${topic}`, answers);
  for (const [list, count] of [['oproepen', 9], ['leerbaarheidstoetsen', 9], ['brede-intake', topics.length]]) {
    for (const limit of [1, 4, count]) {
      const rows = await everything(`${base}/inburgeraars/${id}/${list}`, { token: regisseur, limit });
      assert.equal(rows.length, count, `${list}, ${limit} at a time`);
      assert.equal(new Set(rows.map((r) => r.id)).size, count, list);
    }
  }
  const tasks = await everything(`${base}/taken?tot=2027-01-01`, { token: region, limit: 13 });
  assert.equal(new Set(tasks.map((t) => t.id)).size, tasks.length);
  assert.equal(tasks.length, Number(sql(`select count(*) from intake.taak where status = 'open' and gemeente in ('9901', '9902') and uiterlijk <= '2027-01-01'`)));
  assert.deepEqual(tasks.map((t) => t.uiterlijk), tasks.map((t) => t.uiterlijk).sort());
});

test('an Idempotency-Key makes one thing of each kind, and belongs to one request', async () => {
  const id = await newPerson(regisseur);
  const path = `/inburgeraars/${id}`;
  const kinds = [
    ['/inburgeraars', { bsn: randomBsn(), doelgroep: 'asielstatushouder' }, { bsn: randomBsn(), doelgroep: 'asielstatushouder' }],
    [`${path}/klok-redenen`, { oorzaak: 'ziekte', toelichting: 'x', van: '2026-01-05' }, { oorzaak: 'ziekte', toelichting: 'y', van: '2026-01-05' }],
    [`${path}/leerbaarheidstoetsen`, { datumAfname: '2026-01-05', uitslag: 'onbekend' }, { datumAfname: '2026-01-06', uitslag: 'onbekend' }],
    [`${path}/oproepen`, { ...appointment, datum: '2098-01-05', termijn: '2098-01-05' }, { ...appointment, datum: '2098-01-06', termijn: '2098-01-06' }],
  ];
  for (const [url, body, other] of kinds) {
    const key = { 'Idempotency-Key': randomUUID() };
    const replies = await Promise.all([1, 2, 3].map(() => post(url, body, key)));
    const fine = replies.filter((r) => r.status === 201);
    assert.ok(fine.length >= 1 && replies.every((r) => [201, 409].includes(r.status)), `${url}: ${replies.map((r) => r.status)}`);
    const again = await post(url, body, key);
    assert.equal(again.status, 201, url);
    assert.equal(again.headers.get('idempotency-replayed'), 'true');
    assert.deepEqual(again.body, fine[0].body);
    assert.equal(again.headers.get('location'), fine[0].headers.get('location'));
    const changedBody = await post(url, other, key);
    assert.equal(changedBody.status, 409, url);
    assert.match(changedBody.body.detail, /Idempotency-Key/);
    const stolen = await post(url, body, key, teamleider);
    assert.notEqual(stolen.headers.get('idempotency-replayed'), 'true', 'a key is its user\'s own');
  }
  assert.equal((await get(`${path}/pip-klok`)).body.redenen.length, 2, 'one of the regisseur, one of the teamleider');
  for (const bad of ['x'.repeat(65), 'met spatie', 'caf\u00e9']) {
    assert.deepEqual(wrongFields(await post(`${path}/klok-redenen`, kinds[1][1], { 'Idempotency-Key': bad })), ['Idempotency-Key']);
  }
});

test('a traceparent goes along to the answer, the log, the audit row, the event and the job', () => onDay(MONDAY, async () => {
  const trace = randomUUID().replaceAll('-', '');
  const id = await newPerson(regisseur);
  const { id: call } = await planned(id, { datum: MONDAY, termijn: MONDAY });
  const reply = await post(`/oproepen/${call}/verzending`, { verzondenOp: MONDAY, bewijs: 'x' },
    { 'If-Match': '"1"', traceparent: `00-${trace}-00f067aa0ba902b7-01` });
  assert.equal(reply.status, 200);
  const [, answered, span] = reply.headers.get('traceparent').split('-');
  assert.equal(answered, trace);
  assert.notEqual(span, '00f067aa0ba902b7');
  assert.ok(logs().includes(`"traceId":"${trace}"`), 'in the log');
  assert.equal(sql(`select count(*) from core.logboek where trace_id = '${trace}' and tabel = 'intake.oproep'`), '1');
  assert.equal(sql(`select count(*) from core.gebeurtenis where trace_id = '${trace}'`), '1');
  await until('the job under the same trace', () => sql(`select count(*) from core.logboek where trace_id = '${trace}' and tabel = 'intake.taak'`) > 0);

  const broken = await post(`/oproepen/${call}/verzending`, { verzondenOp: MONDAY, bewijs: 'x' },
    { 'If-Match': '"1"', traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` });
  assert.equal(broken.status, 409);
  assert.match(broken.headers.get('traceparent'), /^00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  assert.equal(broken.body.instance.replaceAll(/urn:uuid:|-/g, ''), broken.headers.get('traceparent').split('-')[1]);
}));

test('a body of 1 MiB, 32 levels of JSON and 100 headers are the limit', async () => {
  const id = await newPerson(regisseur);
  const path = `/inburgeraars/${id}/brede-intake/taal`;
  const body = (size) => {
    const frame = JSON.stringify({ ...answers, antwoorden: { tekst: '' } }).length;
    return JSON.stringify({ ...answers, antwoorden: { tekst: 'x'.repeat(size - frame) } });
  };
  assert.equal((await put(path, body(1024 * 1024))).status, 200);
  const large = await put(path, body(1024 * 1024 + 1), { 'If-Match': '"1"' });
  assert.equal(large.status, 413);
  assert.match(large.headers.get('content-type'), /problem\+json/);

  const deep = (levels) => `{"wijze":"gesprek","antwoorden":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
  assert.equal((await put(path, deep(32), { 'If-Match': '"1"' })).status, 200);
  const deeper = await put(path, deep(33), { 'If-Match': '"2"' });
  assert.equal(deeper.status, 400);
  assert.match(deeper.body.detail, /32/);
  assert.equal((await put(path, '{"wijze":"gesprek","wijze":"dossier","antwoorden":{}}', { 'If-Match': '"2"' })).status, 400, 'a name twice');
  assert.equal((await put(path, answers, { 'If-Match': '"2"', 'Content-Type': 'text/plain' })).status, 415);
  assert.equal((await api('GET', `${base}/inburgeraars/${id}`, { token: regisseur, headers: { Accept: 'text/html' } })).status, 406);

  const withHeaders = (count) => new Promise((resolve, reject) => {
    const headers = { Host: 'localhost', Connection: 'close', Authorization: `Bearer ${regisseur}` };
    for (let i = Object.keys(headers).length; i < count; i++) headers[`X-H${i}`] = 'x';
    http.get(`${baseUrl}${base}/inburgeraars/${id}`, { headers }, (reply) => { reply.resume(); resolve(reply.statusCode); }).on('error', reject);
  });
  assert.equal(await withHeaders(100), 200);
  assert.equal(await withHeaders(101), 400);
});

// ---- who may see and do what -------------------------------------------------------------------

test('a caseworker of another gemeente finds nothing, whatever tenant the request claims', async () => {
  const bsn = randomBsn();
  const vNummer = String(Math.floor(1e9 + Math.random() * 8e9));
  const name = `Z${randomUUID().slice(0, 8)}`;
  const id = await newPerson(regisseur, 'asielstatushouder', { bsn, vNummer, achternaam: name });
  const call = await onDay(MONDAY, () => planned(id));
  const reason = await made(`/inburgeraars/${id}/klok-redenen`, { oorzaak: 'ziekte', toelichting: 'x', van: '2026-01-05' });
  const lbt = await made(`/inburgeraars/${id}/leerbaarheidstoetsen`, { datumAfname: '2026-01-05', uitslag: 'onbekend' });
  const { versie } = (await get(`/inburgeraars/${id}`)).body;
  const forged = { gemeente: '9901', gemeenten: '9901', 'X-Gemeente': '9901', 'X-Tenant-Id': '9901', 'X-Regie-Gemeenten': '9901', 'X-Oin': '00000001990100000000',
    'SSL-Verify': 'SUCCESS', 'SSL-Subject': 'serialNumber=00000001990100000000', bron: '00000001990100000000', Cookie: 'gemeente=9901', 'If-Match': '"1"' };
  const ask = (method, path, body) => api(method, base + path, { token: stranger, body, headers: forged });
  for (const path of ['', '/pip-klok', '/oproepen', '/intake-stap', '/brede-intake', '/leerbaarheidstoetsen'].map((p) => `/inburgeraars/${id}${p}`)
    .concat(`/oproepen/${call.id}`, `/klok-redenen/${reason.id}`, `/leerbaarheidstoetsen/${lbt.id}`)) {
    assert.equal((await ask('GET', path)).status, 404, path);
  }
  for (const [method, path, body] of [
    ['PATCH', `/inburgeraars/${id}`, { taal: 'fa' }],
    ['POST', `/inburgeraars/${id}/klok-redenen`, { oorzaak: 'ziekte', toelichting: 'x', van: '2026-01-05' }],
    ['POST', `/inburgeraars/${id}/oproepen`, { ...appointment, datum: '2098-01-05', termijn: '2098-01-05' }],
    ['POST', `/oproepen/${call.id}/verzending`, { verzondenOp: MONDAY, bewijs: 'x' }],
    ['POST', `/oproepen/${call.id}/uitkomst`, { uitkomst: 'verschenen' }],
    ['PUT', `/inburgeraars/${id}/brede-intake/taal`, answers],
    ['POST', `/inburgeraars/${id}/brede-intake/afronding`, { datum: '2026-01-12', wijze: 'gesprek' }],
    ['POST', `/inburgeraars/${id}/leerbaarheidstoetsen`, { datumAfname: '2026-01-05', uitslag: 'onbekend' }],
  ]) assert.equal((await ask(method, path, body)).status, 404, `${method} ${path}`);
  for (const question of [{ bsn }, { vNummer }, { naam: name }]) assert.deepEqual((await ask('POST', '/inburgeraars/_zoek', question)).body.items, []);
  for (const body of [{ naam: name, gemeente: '9901' }, { naam: name, gemeenten: ['9901'] }]) {
    assert.equal((await ask('POST', '/inburgeraars/_zoek', body)).status, 400, 'a tenant in the body is no part of the question');
  }
  assert.equal((await ask('GET', '/inburgeraars?gemeente=9901')).status, 400);
  const all = await everything(`${base}/inburgeraars`, { token: stranger, limit: 100 });
  assert.ok(all.length > 0 && all.every((p) => p.gemeente === '9902'));
  const tasks = await everything(`${base}/taken`, { token: stranger, limit: 100 });
  assert.ok(tasks.length > 0 && tasks.every((t) => t.inburgeraarId !== id));
  const mine = await post('/inburgeraars', { bsn: randomBsn(), doelgroep: 'asielstatushouder', gemeente: '9901' }, forged, stranger);
  assert.equal(mine.status, 400);
  assert.deepEqual(wrongFields(mine), ['gemeente']);
  const own = await post('/inburgeraars', { bsn: randomBsn(), doelgroep: 'asielstatushouder' }, forged, stranger);
  assert.equal(own.body.gemeente, '9902');
  assert.equal((await get(`/inburgeraars/${id}`)).body.versie, versie, 'nothing was changed');
});

test('a citizen sees the own dossier, nobody else\'s, and changes nothing', async () => {
  const bsn = randomBsn();
  const id = await newPerson(regisseur, 'asielstatushouder', { bsn });
  const call = await onDay(MONDAY, () => planned(id));
  const neighbour = await newPerson(regisseur);
  const theirs = await onDay(MONDAY, () => planned(neighbour));
  const citizen = await loginBurger(bsn);
  const see = async (path) => (await get(path, citizen)).status;
  for (const path of ['', '/pip-klok', '/oproepen', '/brede-intake', '/leerbaarheidstoetsen']) {
    assert.equal(await see(`/inburgeraars/${id}${path}`), 200, path);
    assert.equal(await see(`/inburgeraars/${neighbour}${path}`), 404, path);
  }
  assert.equal(await see(`/oproepen/${call.id}`), 200);
  assert.equal(await see(`/oproepen/${theirs.id}`), 404);
  assert.deepEqual((await everything(`${base}/inburgeraars`, { token: citizen, limit: 1 })).map((p) => p.id), [id]);
  for (const path of [`/inburgeraars/${id}/intake-stap`, '/taken']) assert.equal(await see(path), 403, path);
  for (const [method, path, body] of [
    ['POST', '/inburgeraars/_zoek', { bsn }],
    ['POST', '/inburgeraars', { bsn: randomBsn(), doelgroep: 'asielstatushouder' }],
    ['PATCH', `/inburgeraars/${id}`, { taal: 'fa' }],
    ['PUT', `/inburgeraars/${id}/brede-intake/taal`, answers],
    ['POST', `/oproepen/${call.id}/uitkomst`, { uitkomst: 'verschenen' }],
    ['POST', `/inburgeraars/${id}/leerbaarheidstoetsen`, { datumAfname: '2026-01-05', uitslag: 'b1-haalbaar' }],
  ]) assert.equal((await api(method, base + path, { token: citizen, body, headers: { 'If-Match': '"1"' } })).status, 403, `${method} ${path}`);
});

test('a handhaver reads a dossier and writes none; a beheerder and a beleidsadviseur see none; without a session nobody does', async () => {
  const id = await newPerson(regisseur);
  assert.equal((await get(`/inburgeraars/${id}`, handhaver)).status, 200);
  assert.equal((await patch(`/inburgeraars/${id}`, { taal: 'fa' }, { 'If-Match': '"1"' }, handhaver)).status, 403);
  assert.equal((await put(`/inburgeraars/${id}/brede-intake/taal`, answers, {}, handhaver)).status, 403);
  const others = [await login('beheerder.9902'), await login('beleidsadviseur.9903')];
  for (const token of others) {
    assert.equal((await get(`/inburgeraars/${id}`, token)).status, 403);
    assert.equal((await get('/inburgeraars', token)).status, 403);
    assert.equal((await post('/inburgeraars/_zoek', { naam: 'Proef' }, {}, token)).status, 403);
  }
  for (const headers of [{}, { Authorization: 'Bearer ' }, { Authorization: `Basic ${regisseur}` }, { Cookie: `regie=${regisseur}` }]) {
    assert.equal((await api('GET', `${base}/inburgeraars/${id}`, { headers })).status, 401, JSON.stringify(headers));
  }
});
