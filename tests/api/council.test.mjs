// SPDX-License-Identifier: EUPL-1.2
// Policy of a gemeente against a running copy: from a concept to what holds, what the law refuses, who may
// not touch it, and a PIP that takes its number of talks from it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, before } from 'node:test';
import { api, baseUrl, login, loginBurger, sql, until } from './lib.mjs';
import { etagOf, newPerson } from './people.mjs';

const base = '/api/council/v1';
const standard = JSON.parse(readFileSync('services/council/beleid/standaard.json', 'utf8'));
let adviseur;
let regisseur;
let beheerder;

before(async () => {
  adviseur = await login('beleidsadviseur.9903');
  regisseur = await login('regisseur1.9903');
  beheerder = await login('beheerder.9902');
});

const get = (path, token = adviseur) => api('GET', base + path, { token });
const post = (path, body, headers = {}, token = adviseur) => api('POST', base + path, { token, body, headers });
const put = (path, body, headers = {}, token = adviseur) => api('PUT', base + path, { token, body, headers });
const create = (document, token = adviseur) => post('/beleidsdocumenten', { document }, {}, token);
const wrongFields = (reply) => reply.body.invalidParams.map((p) => p.name).sort();
const dayFromNow = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);

// A document that is vastgesteld on `op`.
async function adopt(id, op, token = adviseur) {
  const path = `/beleidsdocumenten/${id}`;
  return post(`${path}/vaststelling`, { vastgesteldOp: op }, { 'If-Match': await etagOf(base + path, token) }, token);
}

test('without a policy of its own a gemeente has the default, and is told so', async () => {
  const reply = await get('/beleid?datum=2022-03-01');
  assert.equal(reply.status, 200);
  assert.equal(reply.body.bron, 'standaard');
  assert.equal(reply.body.gemeente, '9903');
  assert.equal(reply.body.datum, '2022-03-01');
  assert.equal(reply.body.documentId, undefined);
  assert.deepEqual(reply.body.beleid, standard);
  assert.match(reply.body.beleid.naam, /geen wet/);
});

const beyond = { geldigVan: '2030-01-01', pip: { weken: 12 }, boetes: { artikel22: 100, artikel23Maximum: 1000 },
  handhaving: { tweedeLezer: false }, bewarenJaren: 10 };
const objections = { 'document.pip.weken': ['boven-maximum', 'Bi art. 5.3 lid 1'], 'document.boetes.artikel22': ['ligt-vast', 'Bi art. 7.1 lid 1'],
  'document.boetes.artikel23Maximum': ['boven-maximum', 'Wi art. 26 lid 1 onder c'],
  'document.handhaving.tweedeLezer': ['tweede-lezer-verplicht', 'HvJEU C-158/23 (beleid)'], 'document.bewarenJaren': ['boven-maximum', 'Bi art. 9.9'] };

function checkRefused(reply) {
  assert.equal(reply.status, 400);
  assert.equal(reply.headers.get('content-type'), 'application/problem+json');
  assert.deepEqual(wrongFields(reply), Object.keys(objections).sort());
  for (const { name, code, reason } of reply.body.invalidParams) {
    assert.equal(code, objections[name][0], name);
    assert.ok(reason.endsWith(`(${objections[name][1]})`), reason);
  }
}

test('what goes beyond the law is refused, every member with its article, and nothing is kept', async () => {
  const count = "select count(*) from council.beleidsdocument";
  const had = sql(count);
  checkRefused(await create(beyond));
  checkRefused(await post('/beleidsdocumenten/_toets', { document: beyond }));
  const fine = await post('/beleidsdocumenten/_toets', { document: { pip: { weken: 10 } } });
  assert.equal(fine.status, 200);
  assert.equal(fine.body.toegestaan, true);
  assert.deepEqual(fine.body.bezwaren, []);
  assert.ok(fine.body.grondslag.includes('Bi art. 7.1'));
  assert.equal(sql(count), had);
});

test('what is no policy is named, all at once', async () => {
  const reply = await post('/beleidsdocumenten', { status: 'vastgesteld', document: { geldigVan: '2030-02-30', pip: { weken: '8', dagen: 3 },
    handhaving: { handhavingAsiel: 'soms' }, excuses: [{ code: 'a' }] } });
  assert.equal(reply.status, 400);
  assert.deepEqual(wrongFields(reply), ['document.excuses[0].bewijs', 'document.excuses[0].omschrijving', 'document.geldigVan',
    'document.handhaving.handhavingAsiel', 'document.pip.dagen', 'document.pip.weken', 'status']);
  assert.deepEqual(wrongFields(await post('/beleidsdocumenten', {})), ['document']);
  assert.deepEqual(wrongFields(await create({ naam: 'Zonder begin' })), ['document.geldigVan']);
});

test('a concept is changed, becomes policy, and stays as it is', async () => {
  const made = await create({ naam: 'Beleid van Hogeveld', geldigVan: dayFromNow(-20), gesprekken: { aantal: 3 } });
  assert.equal(made.status, 201);
  assert.equal(made.body.status, 'concept');
  assert.equal(made.body.gemeente, '9903');
  assert.match(made.headers.get('location'), /\/beleidsdocumenten\/[0-9a-f-]{36}$/);
  const path = `/beleidsdocumenten/${made.body.id}`;
  assert.equal((await get(`/beleid?datum=${dayFromNow(0)}`)).body.bron, 'standaard', 'a concept holds on no day');

  const changed = { document: { naam: 'Beleid van Hogeveld', geldigVan: dayFromNow(-10), gesprekken: { ritmeMaanden: [4, 8, 16] }, excuses: [] } };
  assert.equal((await put(path, changed)).status, 428);
  assert.equal((await put(path, changed, { 'If-Match': '"9"' })).status, 412);
  assert.deepEqual(wrongFields(await put(path, { ...changed, gemeente: '9901' }, { 'If-Match': '"1"' })), ['gemeente']);
  checkRefused(await put(path, { document: beyond }, { 'If-Match': '"1"' }));
  const kept = await put(path, changed, { 'If-Match': '"1"' });
  assert.equal(kept.status, 200);
  assert.equal(kept.body.geldigVan, dayFromNow(-10));
  // complete: what was left out is the default's, what was given stays
  const { toelichting: _label, ...filled } = standard;
  assert.deepEqual(kept.body.document, { ...filled, ...changed.document, gesprekken: { aantal: 3, ritmeMaanden: [4, 8, 16] } });

  assert.deepEqual(wrongFields(await adopt(made.body.id, dayFromNow(3))), ['vastgesteldOp']);
  assert.equal((await post(`${path}/vaststelling`, { vastgesteldOp: dayFromNow(-15) })).status, 428);
  assert.equal((await post(`${path}/vaststelling`, { vastgesteldOp: dayFromNow(-15) }, { 'If-Match': '"1"' })).status, 412);
  const adopted = await adopt(made.body.id, dayFromNow(-15));
  assert.equal(adopted.status, 200);
  assert.equal(adopted.body.status, 'vastgesteld');
  assert.equal(adopted.body.vastgesteldOp, dayFromNow(-15));
  assert.equal(adopted.body.vastgesteldDoorNaam, sql("select naam from core.medewerker where sub = 'beleidsadviseur.9903'"));

  const etag = { 'If-Match': await etagOf(base + path, adviseur) };
  assert.equal((await put(path, changed, etag)).status, 409);
  assert.equal((await adopt(made.body.id, dayFromNow(-15))).status, 409);
  assert.equal((await get(path)).body.document.gesprekken.aantal, 3);

  const now = (await get('/beleid')).body;
  assert.equal(now.bron, 'gemeente');
  assert.equal(now.documentId, made.body.id);
  assert.equal(now.geldigTot, undefined);
  assert.deepEqual(now.beleid.gesprekken, { aantal: 3, ritmeMaanden: [4, 8, 16] });
  assert.equal((await get(`/beleid?datum=${dayFromNow(-10)}`)).body.bron, 'gemeente');
  assert.equal((await get(`/beleid?datum=${dayFromNow(-11)}`)).body.bron, 'standaard');
});

test('the event is told once and handed out', async () => {
  const rows = () => sql(`select type || ' ' || (data ->> 'geldigVan') from core.gebeurtenis
    where bron = 'council' and gemeente = '9903' and verdeeld`);
  await until('the event', () => rows() !== '');
  assert.equal(rows(), `beleid-vastgesteld ${dayFromNow(-10)}`);
});

test('later policy ends the earlier; no two hold on one day', async () => {
  const first = (await get('/beleid')).body.documentId;
  const later = await create({ naam: 'Tweede', geldigVan: dayFromNow(30) });
  const same = await create({ naam: 'Derde', geldigVan: dayFromNow(30) });
  const between = await create({ naam: 'Vierde', geldigVan: dayFromNow(10) });
  assert.equal(later.body.nummer, (await get(`/beleidsdocumenten/${first}`)).body.nummer + 1);
  assert.equal((await adopt(later.body.id, dayFromNow(-1))).status, 200);
  assert.equal((await get(`/beleidsdocumenten/${first}`)).body.geldigTot, dayFromNow(29));
  assert.equal((await get(`/beleid?datum=${dayFromNow(29)}`)).body.documentId, first);
  assert.equal((await get(`/beleid?datum=${dayFromNow(30)}`)).body.documentId, later.body.id);
  // refused as a whole: the first keeps its end
  assert.equal((await adopt(same.body.id, dayFromNow(-1))).status, 409);
  assert.equal((await adopt(between.body.id, dayFromNow(-1))).status, 409);
  assert.equal((await get(`/beleidsdocumenten/${first}`)).body.geldigTot, dayFromNow(29));
  assert.equal((await get(`/beleidsdocumenten/${same.body.id}`)).body.status, 'concept');
  const list = await get('/beleidsdocumenten?limit=2');
  assert.deepEqual(list.body.items.map((d) => d.document.naam), ['Vierde', 'Derde']);
  assert.match(list.headers.get('link'), /rel="next"/);
});

test('two who adopt at the same time: one wins', async () => {
  const made = await Promise.all([60, 60].map((days) => create({ geldigVan: dayFromNow(days) })));
  const created = made.filter((r) => r.status === 201);
  if (created.length === 1) created.push(await create({ geldigVan: dayFromNow(60) }));
  const replies = await Promise.all(created.map((r) => adopt(r.body.id, dayFromNow(-1))));
  assert.deepEqual(replies.map((r) => r.status).sort(), [200, 409]);
});

test('an Idempotency-Key makes one document', async () => {
  const key = { 'Idempotency-Key': crypto.randomUUID() };
  const body = { document: { geldigVan: '2040-01-01' } };
  const [first, again] = [await post('/beleidsdocumenten', body, key), await post('/beleidsdocumenten', body, key)];
  assert.deepEqual([first.status, again.status], [201, 201]);
  assert.equal(again.body.id, first.body.id);
});

test('staff reads, policy staff writes, and each gemeente has its own', async () => {
  const { documentId } = (await get('/beleid', regisseur)).body;
  assert.equal((await get(`/beleidsdocumenten/${documentId}`, regisseur)).status, 200);
  assert.equal((await create({ geldigVan: '2040-01-01' }, regisseur)).status, 403);
  assert.equal((await get(`/beleidsdocumenten/${documentId}`, beheerder)).status, 404);
  assert.equal((await get('/beleidsdocumenten', beheerder)).body.items.length, 0);
  assert.equal((await get('/beleid', beheerder)).body.bron, 'standaard');
  for (const gemeente of ['9903', '0000', '03,9'])
    assert.deepEqual(wrongFields(await get(`/beleid?gemeente=${encodeURIComponent(gemeente)}`, beheerder)), ['gemeente']);
  const elsewhere = await post('/beleidsdocumenten', { gemeente: '9903', document: { geldigVan: '2040-01-01' } }, {}, beheerder);
  assert.deepEqual(wrongFields(elsewhere), ['gemeente']);
  const own = await post('/beleidsdocumenten', { gemeente: '9902', document: { geldigVan: '2040-01-01' } }, {}, beheerder);
  assert.equal(own.status, 201);
  assert.equal(own.body.nummer, 1);
});

test('a citizen sees what holds, not what is in the making', async () => {
  const page = await (await fetch(`${baseUrl}/api/identity/v1/login?doel=burger&terug=/`)).text();
  const burger = await loginBurger(/value="(\d{9})"/.exec(page)[1]);
  const reply = await get('/beleid?datum=2022-03-01', burger);
  assert.equal(reply.status, 200);
  assert.deepEqual(reply.body.beleid, standard);
  assert.equal((await get('/beleidsdocumenten', burger)).status, 403);
});

test('a PIP that names no number of talks has that of the policy', async () => {
  const pip = { leerroute: 'B', niveau: 'B1', pvtUren: 12, mapUren: 40, begeleiding: 'Gesprekken', motivering: 'Past bij de intake' };
  const pips = async (token, body) => {
    const path = `/api/learning-routes/v1/inburgeraars/${await newPerson(token)}/pips`;
    return api('POST', path, { token, body });
  };
  const made = await pips(regisseur, pip);
  assert.equal(made.status, 201);
  assert.equal(made.body.aantalVoortgangsgesprekken, 3, 'of 9903');
  assert.equal((await pips(regisseur, { ...pip, aantalVoortgangsgesprekken: 8 })).body.aantalVoortgangsgesprekken, 8, 'of the request');
  const elsewhere = await pips(await login('regisseur1.9902'), pip);
  assert.equal(elsewhere.body.aantalVoortgangsgesprekken, standard.gesprekken.aantal, 'of the default');
  assert.deepEqual(wrongFields(await pips(regisseur, { ...pip, aantalVoortgangsgesprekken: 0 })), ['aantalVoortgangsgesprekken']);

  const path = `/api/learning-routes/v1/pips/${made.body.id}`;
  const changed = await api('PUT', path, { token: regisseur, body: { ...pip, mapUren: 41 }, headers: { 'If-Match': await etagOf(path, regisseur) } });
  assert.equal(changed.status, 200);
  assert.equal(changed.body.aantalVoortgangsgesprekken, 3);
});
