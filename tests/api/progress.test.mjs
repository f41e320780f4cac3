// SPDX-License-Identifier: EUPL-1.2
// Every route of progress against a running copy: what it does, what it refuses, who may not see it.
import assert from 'node:assert/strict';
import { test, before } from 'node:test';
import { api, login, until } from './lib.mjs';
import { etagOf, newPerson, setPip } from './people.mjs';

const base = '/api/progress/v1';
let regisseur;
let stranger;
let handhaver;

before(async () => {
  regisseur = await login('regisseur1.9901');
  stranger = await login('regisseur1.9902');
  handhaver = await login('handhaver.9901');
});

const get = (path, token = regisseur) => api('GET', base + path, { token });
const post = (path, body, headers = {}, token = regisseur) => api('POST', base + path, { token, body, headers });
const put = (path, body, headers = {}, token = regisseur) => api('PUT', base + path, { token, body, headers });
const wrongFields = (reply) => reply.body.invalidParams.map((p) => p.name).sort();

test('a voortgangsgesprek is planned, read, and gets one outcome', async () => {
  const id = await newPerson(regisseur);
  const made = await post(`/inburgeraars/${id}/voortgangsgesprekken`, { datum: '2025-06-02', tijd: '09:30', plaats: 'Stadhuis' });
  assert.equal(made.status, 201);
  assert.equal(made.body.status, 'gepland');
  assert.match(made.headers.get('location'), /\/voortgangsgesprekken\/[0-9a-f-]{36}$/);
  const path = `/voortgangsgesprekken/${made.body.id}`;
  assert.equal((await get(path)).body.plaats, 'Stadhuis');
  assert.equal((await get(`/inburgeraars/${id}/voortgangsgesprekken`)).body.items.length, 1);

  assert.equal((await post(`${path}/uitkomst`, { uitkomst: 'gehouden' })).status, 428);
  assert.equal((await post(`${path}/uitkomst`, { uitkomst: 'gehouden' }, { 'If-Match': '"7"' })).status, 412);
  const etag = { 'If-Match': await etagOf(`${base}${path}`, regisseur) };
  const vague = await post(`${path}/uitkomst`, { uitkomst: 'niet-verschenen' }, etag);
  assert.equal(vague.status, 400);
  assert.deepEqual(wrongFields(vague), ['verwijtbaar']);
  const done = await post(`${path}/uitkomst`, { uitkomst: 'niet-verschenen', verwijtbaar: true, verslag: 'Niet gekomen' }, etag);
  assert.equal(done.status, 200);
  assert.equal(done.body.status, 'niet-verschenen');
  assert.equal(done.body.verwijtbaar, true);
  assert.equal(done.headers.get('etag'), '"2"');
  assert.equal((await post(`${path}/uitkomst`, { uitkomst: 'gehouden' }, { 'If-Match': '"2"' })).status, 409);
});

test('a talk of the future has no outcome yet, but can be called off', async () => {
  const id = await newPerson(regisseur);
  const made = await post(`/inburgeraars/${id}/voortgangsgesprekken`, { datum: '2099-01-05', tijd: '09:30', plaats: 'Stadhuis' });
  const path = `/voortgangsgesprekken/${made.body.id}/uitkomst`;
  assert.equal((await post(path, { uitkomst: 'gehouden' }, { 'If-Match': '"1"' })).status, 409);
  assert.equal((await post(path, { uitkomst: 'afgezegd' }, { 'If-Match': '"1"' })).body.status, 'afgezegd');
});

test('wrong input is named, all at once', async () => {
  const id = await newPerson(regisseur);
  const talk = await post(`/inburgeraars/${id}/voortgangsgesprekken`, { datum: '2025-13-01', tijd: '9:30', status: 'gehouden' });
  assert.equal(talk.status, 400);
  assert.deepEqual(wrongFields(talk), ['datum', 'plaats', 'status', 'tijd']);
  assert.deepEqual(wrongFields(await post(`/inburgeraars/${id}/voortgangsgesprekken`,
    { datum: '2025-06-02', tijd: '25:00', plaats: 'x' })), ['tijd']);
  assert.deepEqual(wrongFields(await post(`/inburgeraars/${id}/uren`,
    { soort: 'cursus', van: '2099-02-01', tot: '2099-01-01', aantal: 4 })), ['tot', 'tot']);
  assert.deepEqual(wrongFields(await post(`/inburgeraars/${id}/examenresultaten`,
    { onderdeel: 'KNM', niveau: 'A2', resultaat: 'geslaagd', datum: '2025-05-01' })), ['niveau']);
  assert.deepEqual(wrongFields(await post(`/inburgeraars/${id}/examenresultaten`,
    { onderdeel: 'SP', resultaat: 'geslaagd', datum: '2025-05-01' })), ['niveau']);
});

test('hours of one soort do not overlap', async () => {
  const id = await newPerson(regisseur);
  const may = { soort: 'cursus', van: '2025-05-01', tot: '2025-05-31', aantal: 40 };
  const made = await post(`/inburgeraars/${id}/uren`, may);
  assert.equal(made.status, 201);
  assert.equal(made.body.ongeoorloofdVerzuim, 0);
  assert.equal((await get(`/uren/${made.body.id}`)).body.aantal, 40);
  assert.equal((await post(`/inburgeraars/${id}/uren`, { ...may, van: '2025-05-31', tot: '2025-06-30' })).status, 409);
  assert.equal((await post(`/inburgeraars/${id}/uren`, { ...may, soort: 'map' })).status, 201);
  assert.equal((await post(`/inburgeraars/${id}/uren`, { ...may, van: '2025-06-01', tot: '2025-06-30' })).status, 201);
  const both = await Promise.all([1, 2].map(() => post(`/inburgeraars/${id}/uren`, { ...may, van: '2025-07-01', tot: '2025-07-31' })));
  assert.deepEqual(both.map((r) => r.status).sort(), [201, 409]);
  const list = await get(`/inburgeraars/${id}/uren?limit=2`);
  assert.deepEqual(list.body.items.map((u) => u.van), ['2025-05-01', '2025-05-01']);
  assert.match(list.headers.get('link'), /rel="next"/);
});

test('an Idempotency-Key makes one thing', async () => {
  const id = await newPerson(regisseur);
  const key = { 'Idempotency-Key': crypto.randomUUID() };
  const body = { soort: 'pvt', van: '2025-05-01', tot: '2025-05-02', aantal: 6 };
  const first = await post(`/inburgeraars/${id}/uren`, body, key);
  const again = await post(`/inburgeraars/${id}/uren`, body, key);
  assert.deepEqual([first.status, again.status], [201, 201]);
  assert.equal(again.body.id, first.body.id);
});

test('without a PIP there is no term, no completion and no end', async () => {
  const id = await newPerson(regisseur);
  assert.equal((await get(`/inburgeraars/${id}/termijn`)).status, 404);
  assert.equal((await get(`/inburgeraars/${id}/voltooiing`)).status, 404);
  assert.equal((await get(`/inburgeraars/${id}/pvt`)).status, 404);
  assert.equal((await put(`/inburgeraars/${id}/pvt`, { ondertekendOp: '2025-06-01' })).status, 409);
});

test('the Z-route of a gezinsmigrant: from the term to completion', async () => {
  const id = await newPerson(regisseur, 'gezinsmigrant-overig');
  await setPip(regisseur, id, 'Z', '2025-01-10');
  const term = await until('the term', async () => {
    const reply = await get(`/inburgeraars/${id}/termijn`);
    return reply.status === 200 && reply.body;
  });
  assert.equal(term.begin, '2025-01-11');
  assert.equal(term.einde, '2028-01-11');
  assert.equal(term.laatsteDag, '2028-01-10');
  assert.ok(term.grondslag.some((g) => g.includes('art. 11')));

  const todo = (await get(`/inburgeraars/${id}/voltooiing`)).body;
  assert.equal(todo.voldaan, false);
  assert.ok(todo.onderdelen.length >= 4 && todo.onderdelen.every((p) => p.voldaan === false), JSON.stringify(todo.onderdelen));

  assert.deepEqual(wrongFields(await put(`/inburgeraars/${id}/pvt`, { ondertekendOp: '2025-01-10' })), ['ondertekendOp']);
  assert.deepEqual(wrongFields(await put(`/inburgeraars/${id}/pvt`, { ondertekendOp: '2099-01-10' })), ['ondertekendOp']);
  const signed = await put(`/inburgeraars/${id}/pvt`, { ondertekendOp: '2025-03-01' });
  assert.equal(signed.status, 200);
  assert.equal((await put(`/inburgeraars/${id}/pvt`, { ondertekendOp: '2025-03-02' })).status, 428);
  assert.equal((await put(`/inburgeraars/${id}/pvt`, { ondertekendOp: '2025-03-02' }, { 'If-Match': '"9"' })).status, 412);
  assert.equal((await put(`/inburgeraars/${id}/pvt`, { ondertekendOp: '2025-03-02' }, { 'If-Match': '"1"' })).headers.get('etag'), '"2"');
  assert.equal((await get(`/inburgeraars/${id}/pvt`)).body.ondertekendOp, '2025-03-02');
  assert.equal((await put(`/inburgeraars/${id}/taalschakeltraject`, { behaaldOp: '2025-03-02' })).status, 409);

  for (const [soort, aantal] of [['cursus', 800], ['pvt', 12], ['map', 40]]) {
    assert.equal((await post(`/inburgeraars/${id}/uren`, { soort, van: '2025-02-01', tot: '2025-12-31', aantal })).status, 201);
  }
  assert.equal((await put(`/inburgeraars/${id}/map`, { eindgesprekOp: '2025-12-01' })).status, 200);
  assert.equal((await get(`/inburgeraars/${id}/voltooiing`)).body.voldaan, false);
  assert.equal((await put(`/inburgeraars/${id}/z-route`, { eindgesprekOp: '2025-12-20' })).status, 200);
  const done = await until('completion', async () => {
    const reply = await get(`/inburgeraars/${id}/voltooiing`);
    return reply.body.voltooidOp && reply.body;
  });
  assert.equal(done.voldaan, true);
  assert.ok(done.onderdelen.every((p) => p.voldaan));
});

test('exam results make up the B1-route', async () => {
  const id = await newPerson(regisseur, 'asielstatushouder');
  await setPip(regisseur, id, 'B', '2025-01-10');
  const exam = { onderdeel: 'SP', niveau: 'B1', resultaat: 'geslaagd', datum: '2025-05-01' };
  const made = await post(`/inburgeraars/${id}/examenresultaten`, exam);
  assert.equal(made.status, 201);
  assert.equal(made.body.bron, 'gemeente');
  assert.equal((await get(`/examenresultaten/${made.body.id}`)).body.niveau, 'B1');
  assert.equal((await post(`/inburgeraars/${id}/examenresultaten`, exam)).status, 409);
  assert.equal((await post(`/inburgeraars/${id}/examenresultaten`, { ...exam, onderdeel: 'LE', niveau: 'A2' })).status, 201);
  const parts = (await get(`/inburgeraars/${id}/voltooiing`)).body.onderdelen;
  assert.equal(parts.find((p) => p.naam === 'spreken').voldaan, true);
  assert.equal(parts.find((p) => p.naam === 'lezen').voldaan, false);
});

test('another gemeente finds nothing, a handhaver writes nothing, nobody enters without a session', async () => {
  const id = await newPerson(regisseur);
  const talk = await post(`/inburgeraars/${id}/voortgangsgesprekken`, { datum: '2025-06-02', tijd: '09:30', plaats: 'Stadhuis' });
  for (const path of ['termijn', 'voortgangsgesprekken', 'uren', 'examenresultaten', 'pvt', 'map', 'z-route', 'taalschakeltraject', 'voltooiing']) {
    assert.equal((await get(`/inburgeraars/${id}/${path}`, stranger)).status, 404, path);
    assert.equal((await get(`/inburgeraars/${id}/${path}`, null)).status, 401, path);
  }
  assert.equal((await get(`/voortgangsgesprekken/${talk.body.id}`, stranger)).status, 404);
  const body = { datum: '2025-06-02', tijd: '09:30', plaats: 'Elders' };
  assert.equal((await post(`/inburgeraars/${id}/voortgangsgesprekken`, body, {}, stranger)).status, 404);
  assert.equal((await post(`/voortgangsgesprekken/${talk.body.id}/uitkomst`, { uitkomst: 'gehouden' }, { 'If-Match': '"1"' }, stranger)).status, 404);
  assert.equal((await post(`/inburgeraars/${id}/voortgangsgesprekken`, body, {}, handhaver)).status, 403);
  assert.equal((await put(`/inburgeraars/${id}/pvt`, { ondertekendOp: '2025-06-02' }, {}, stranger)).status, 404);
});
