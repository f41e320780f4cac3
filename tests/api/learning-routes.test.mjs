// SPDX-License-Identifier: EUPL-1.2
// The PIP and the inburgeringsaanbod against a running copy: from concept to decision, one version after the
// other, another leerroute; what stands in the way, and who may not see it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test, before } from 'node:test';
import { api, atOnce, everything, login, loginBurger, onDay, sql, until } from './lib.mjs';
import { knownAtDuo } from './duo.mjs';
import { decidePip, etagOf, finishIntake, newPerson, pipFor, randomBsn, setPip } from './people.mjs';

const base = '/api/learning-routes/v1';
const intake = '/api/intake/v1';
const MONDAY = '2026-02-02';
const SCHOOL = '1000000001';
const TST_SCHOOL = '1000000003';
let regisseur;
let teamleider;
let handhaver;
let stranger;

before(async () => {
  regisseur = await login('regisseur1.9901');
  teamleider = await login('teamleider.9901');
  handhaver = await login('handhaver.9901');
  stranger = await login('regisseur1.9902');
});

const get = (path, token = regisseur) => api('GET', base + path, { token });
const post = (path, body, headers = {}, token = regisseur) => api('POST', base + path, { token, body, headers });
const put = (path, body, headers = {}, token = regisseur) => api('PUT', base + path, { token, body, headers });
const wrongFields = (reply) => reply.body.invalidParams.map((p) => p.name).sort();
const codes = (reply) => reply.body.invalidParams.map((p) => p.code).sort();
const B = pipFor('B');

async function made(path, body) {
  const reply = await post(path, body);
  assert.equal(reply.status, 201, `${path}: ${JSON.stringify(reply.body)}`);
  return reply.body;
}

// The decision on the version as it is now.
async function decide(pip, dagtekening, token = regisseur) {
  return post(`/pips/${pip}/vaststelling`, { dagtekening }, { 'If-Match': await etagOf(`${base}/pips/${pip}`, regisseur) }, token);
}

// Somebody whose brede intake was finished on `day`; known at DUO when that is given.
async function afterIntake(leerroute, { doelgroep = 'asielstatushouder', day = MONDAY, duo } = {}) {
  const id = await newPerson(regisseur, doelgroep, duo ? { bsn: duo.bsn } : {});
  await finishIntake(regisseur, id, leerroute, day);
  return id;
}

// ---- the PIP -----------------------------------------------------------------------------------

test('a PIP begins as a concept with the route and its reasons, the talks, and the hours of PVT and MAP', () => onDay(MONDAY, async () => {
  const id = await afterIntake('B');
  const body = { ...B, geschatteIntensiteitB1Route: 600, vveAfspraken: 'Kind naar de peuterspeelzaal', alfabetisering: 'NVT', magOpleidingAfmaken: false };
  const reply = await post(`/inburgeraars/${id}/pips`, body);
  assert.equal(reply.status, 201);
  assert.equal(reply.headers.get('location'), `${base}/pips/${reply.body.id}`);
  assert.equal(reply.headers.get('etag'), '"1"');
  for (const [name, value] of Object.entries(body)) assert.equal(reply.body[name], value, name);
  assert.deepEqual([reply.body.status, reply.body.volgnummer, reply.body.inburgeraarId, reply.body.dagtekening], ['concept', 1, id, undefined]);
  assert.deepEqual([reply.body.aantalVoortgangsgesprekken, reply.body.pvtUren, reply.body.mapUren], [4, 12, 40]);
  assert.equal(reply.body.lbtUitslag, 'b1-haalbaar');
  assert.deepEqual(reply.body.bezwaren, []);
  assert.ok(reply.body.grondslag.includes('Wi art. 15 lid 1'), reply.body.grondslag.join());
  assert.match(reply.body.uitleg, /mag de B1-route vaststellen/);
  assert.deepEqual((await get(`/pips/${reply.body.id}`)).body, reply.body);
  assert.deepEqual((await get(`/inburgeraars/${id}/pips`)).body.items, [reply.body]);
  assert.equal((await get(`/inburgeraars/${id}/pip`)).status, 404, 'none is in force');
  const second = await post(`/inburgeraars/${id}/pips`, body);
  assert.equal(second.status, 409, 'one concept at a time');
}));

test('what stands in the way of a route is kept with the concept, with its article, until it is mended', () => onDay(MONDAY, async () => {
  const id = await afterIntake('Z');
  const vague = { ...pipFor('Z'), geschatteIntensiteitB1Route: 600 };
  delete vague.wenstOpleiding;
  delete vague.redelijkerwijsHaalbaarB1;
  const pip = await made(`/inburgeraars/${id}/pips`, vague);
  assert.deepEqual(pip.bezwaren.map((b) => b.code).sort(), ['b1-niet-onderzocht', 'intensiteit-niet-van-toepassing', 'onderwijsroute-niet-onderzocht']);
  assert.match(pip.bezwaren.find((b) => b.code === 'onderwijsroute-niet-onderzocht').grondslag, /ECLI:NL:RVS:2024:5413/);
  const refused = await decide(pip.id, MONDAY);
  assert.equal(refused.status, 400);
  assert.deepEqual(codes(refused), pip.bezwaren.map((b) => b.code).sort(), 'all at once');

  const path = `/pips/${pip.id}`;
  assert.equal((await put(path, pipFor('Z'))).status, 428);
  assert.equal((await put(path, pipFor('Z'), { 'If-Match': '"2"' })).status, 412);
  const both = await atOnce(`select 1 from learning_routes.pip where id = '${pip.id}'`,
    [3, 5].map((aantalVoortgangsgesprekken) => () => put(path, { ...pipFor('Z'), aantalVoortgangsgesprekken }, { 'If-Match': '"1"' })));
  assert.deepEqual(both.map((r) => r.status).sort(), [200, 412]);
  const mended = (await get(path)).body;
  assert.deepEqual(mended, both.find((r) => r.status === 200).body);
  assert.deepEqual([mended.bezwaren, mended.geschatteIntensiteitB1Route, mended.versie], [[], undefined, 2]);
  const done = await decide(pip.id, MONDAY);
  assert.deepEqual([done.status, done.body.status], [200, 'vastgesteld'], JSON.stringify(done.body));
}));

test('a PIP is a decision with a dagtekening, open to bezwaar for six weeks, that DUO and the dossier hear of', async () => {
  const duo = await onDay('2026-01-05', () => knownAtDuo());
  await onDay(MONDAY, async () => {
    const id = await afterIntake('B', { duo });
    const pip = await made(`/inburgeraars/${id}/pips`, B);
    const done = (await decide(pip.id, MONDAY)).body;
    assert.deepEqual([done.status, done.dagtekening, done.bezwaarTot], ['vastgesteld', MONDAY, '2026-03-16']);
    assert.deepEqual((await get(`/inburgeraars/${id}/pip`)).body.id, pip.id);

    const accepted = await until('DUO accepts the PIP', async () => {
      const { body } = await get(`/pips/${pip.id}`);
      return body.duoStatus !== 'wacht' && body;
    });
    assert.equal(accepted.duoStatus, 'geaccepteerd', accepted.duoFout);
    const dossier = await until('the term of DUO', async () => {
      const { body } = await api('GET', `${intake}/inburgeraars/${id}`, { token: regisseur });
      return body.termijnEinde && body;
    });
    assert.deepEqual([dossier.fase, dossier.leerroute, dossier.pipDagtekening, dossier.termijnEinde], ['traject', 'B', MONDAY, '2029-02-03']);

    const etag = { 'If-Match': await etagOf(`${base}/pips/${pip.id}`, regisseur) };
    for (const again of [await put(`/pips/${pip.id}`, B, etag), await decide(pip.id, MONDAY)]) {
      assert.equal(again.status, 409);
      assert.match(again.body.detail, /al vastgesteld/);
    }
  });
});

test('days that a dagtekening cannot have are refused, together with all else that is missing', () => onDay(MONDAY, async () => {
  const early = await newPerson(regisseur, 'asielstatushouder', { datumInschrijvingBrp: '2026-01-20' });
  const pip = await made(`/inburgeraars/${early}/pips`, { ...B, motivering: ' ', redelijkerwijsHaalbaarB1: false });
  const all = await decide(pip.id, '2026-02-03');
  assert.equal(all.status, 400);
  assert.deepEqual(codes(all), ['b1-niet-haalbaar', 'intake-niet-afgerond', 'toekomst']);

  await finishIntake(regisseur, early, 'B', MONDAY);
  assert.equal((await put(`/pips/${pip.id}`, B, { 'If-Match': '"1"' })).status, 200);
  assert.deepEqual(codes(await decide(pip.id, '2026-01-19')), ['dagtekening-voor-vestiging']);
  assert.equal((await decide(pip.id, '2026-01-20')).status, 200);

  const next = await made(`/inburgeraars/${early}/pips`, B);
  assert.deepEqual(codes(await decide(next.id, '2026-01-19')), ['dagtekening-voor-vestiging', 'dagtekening-voor-vorige-pip']);
  assert.deepEqual(wrongFields(await decide(next.id, '2026-02-30')), ['dagtekening']);
  assert.equal((await decide(next.id, '2026-01-20')).status, 200);
}));

test('a new version takes the place of the PIP in force and leaves the term as it is', async () => {
  const id = await onDay(MONDAY, () => afterIntake('B'));
  await onDay(MONDAY, () => decidePip(regisseur, id, 'B', MONDAY));
  const term = () => until('a term', async () => {
    const { body } = await api('GET', `/api/progress/v1/inburgeraars/${id}/termijn`, { token: regisseur });
    return body.begin && [body.begin, body.einde];
  });
  const before = await term();
  await onDay('2026-05-04', async () => {
    const { id: second } = await decidePip(regisseur, id, 'B', '2026-05-04', { aantalVoortgangsgesprekken: 8 });
    const list = (await get(`/inburgeraars/${id}/pips`)).body.items;
    assert.deepEqual(list.map((p) => [p.volgnummer, p.status, p.dagtekening, p.aantalVoortgangsgesprekken]),
      [[2, 'vastgesteld', '2026-05-04', 8], [1, 'vervangen', MONDAY, 4]]);
    assert.equal((await get(`/inburgeraars/${id}/pip`)).body.id, second);
    const third = await made(`/inburgeraars/${id}/pips`, B);
    assert.equal((await get(`/inburgeraars/${id}/pip`)).body.id, second, 'a concept changes nothing yet');
    assert.equal(third.volgnummer, 3);
  });
  await until('the dossier', async () => (await api('GET', `${intake}/inburgeraars/${id}`, { token: regisseur })).body.pipDagtekening === '2026-05-04');
  assert.deepEqual(await term(), before, 'Wi art. 11 lid 3');
});

test('level A2 comes only with a later PIP, and only in the B1-route', async () => {
  const id = await onDay(MONDAY, () => afterIntake('B'));
  await onDay(MONDAY, async () => {
    const pip = await made(`/inburgeraars/${id}/pips`, { ...B, niveau: 'A2' });
    assert.deepEqual(pip.bezwaren.map((b) => b.code), ['a2-eerste-pip']);
    assert.deepEqual(codes(await decide(pip.id, MONDAY)), ['a2-eerste-pip']);
    await put(`/pips/${pip.id}`, { ...B, niveau: undefined }, { 'If-Match': '"1"' });
    assert.equal((await decide(pip.id, MONDAY)).body.niveau, 'B1', 'no niveau means B1');
  });
  await onDay('2026-11-02', async () => {
    const scaled = await decidePip(regisseur, id, 'B', '2026-11-02', { niveau: 'A2' });
    assert.equal(scaled.niveau, 'A2');
    const o = await made(`/inburgeraars/${id}/pips`, { ...pipFor('O'), niveau: 'A2' });
    assert.deepEqual(o.bezwaren.map((b) => b.code), ['a2-onderwijsroute']);
  });
});

test('another leerroute within one and a half years of the term; later only in a special case', async () => {
  const id = await onDay(MONDAY, () => afterIntake('B'));
  await onDay(MONDAY, () => decidePip(regisseur, id, 'B', MONDAY));
  const z = { ...pipFor('Z'), motivering: 'B1 bleek niet haalbaar' };
  await onDay('2027-08-02', async () => {
    const pip = await made(`/inburgeraars/${id}/pips`, z);
    assert.deepEqual(pip.bezwaren, [], 'the last day');
    assert.ok(pip.grondslag.includes('Wi art. 17 lid 2'), pip.grondslag.join());
  });
  await onDay('2027-08-03', async () => {
    const [concept] = (await get(`/inburgeraars/${id}/pips`)).body.items;
    assert.equal(concept.status, 'concept');
    const late = await decide(concept.id, '2027-08-03');
    assert.equal(late.status, 400);
    assert.deepEqual(codes(late), ['overstap-te-laat']);
    assert.match(late.body.invalidParams[0].reason, /2 augustus 2027/);
    assert.equal((await get(`/inburgeraars/${id}/pip`)).body.leerroute, 'B', 'the old route still holds');
    assert.equal((await put(`/pips/${concept.id}`, { ...z, bijzonderGeval: true }, { 'If-Match': '"1"' })).status, 200);
    const done = await decide(concept.id, '2027-08-03');
    assert.equal(done.status, 200, JSON.stringify(done.body));
    assert.deepEqual([done.body.leerroute, done.body.bijzonderGeval], ['Z', true]);
    assert.match(done.body.uitleg, /bijzonder geval/);
  });
  await until('the dossier', async () => (await api('GET', `${intake}/inburgeraars/${id}`, { token: regisseur })).body.leerroute === 'Z');
});

test('from the onderwijsroute to the B1-route at any time', async () => {
  const id = await onDay(MONDAY, () => afterIntake('O'));
  await onDay(MONDAY, () => decidePip(regisseur, id, 'O', MONDAY));
  await onDay('2028-06-05', async () => {
    assert.equal((await decidePip(regisseur, id, 'B', '2028-06-05')).leerroute, 'B');
  });
});

test('a PIP that two people decide on at once is decided on once, and told once', () => onDay(MONDAY, async () => {
  const id = await afterIntake('B');
  const { id: pip } = await made(`/inburgeraars/${id}/pips`, B);
  const decision = () => post(`/pips/${pip}/vaststelling`, { dagtekening: MONDAY }, { 'If-Match': '"1"' });
  const both = await atOnce(`select 1 from learning_routes.pip where id = '${pip}'`, [decision, decision]);
  assert.deepEqual(both.map((r) => r.status).sort(), [200, 412]);
  assert.equal(sql(`select count(*) from core.gebeurtenis where inburgeraar_id = '${id}' and type = 'pip-vastgesteld'`), '1');
  const concepts = await Promise.all([1, 2].map(() => post(`/inburgeraars/${id}/pips`, B)));
  assert.deepEqual(concepts.map((r) => r.status).sort(), [201, 409]);
}));

test('wrong facts of a PIP are all named at once', async () => {
  const id = await newPerson(regisseur);
  const reply = await post(`/inburgeraars/${id}/pips`, { leerroute: 'A', niveau: 'B2', geschatteIntensiteitB1Route: 10000, pvtUren: -1, mapUren: 1000,
    aantalVoortgangsgesprekken: '4', begeleiding: '', alfabetisering: 'B', wenstOpleiding: 'ja', dagtekening: MONDAY, status: 'vastgesteld', duoStatus: 'x',
    bezwaren: [], kleur: 1 });
  assert.equal(reply.status, 400);
  assert.deepEqual(wrongFields(reply), ['aantalVoortgangsgesprekken', 'alfabetisering', 'begeleiding', 'bezwaren', 'dagtekening', 'duoStatus',
    'geschatteIntensiteitB1Route', 'kleur', 'leerroute', 'mapUren', 'motivering', 'niveau', 'pvtUren', 'status', 'wenstOpleiding']);
  assert.deepEqual(wrongFields(await post(`/inburgeraars/${id}/pips`, {})),
    ['begeleiding', 'leerroute', 'mapUren', 'motivering', 'pvtUren']);
  assert.equal((await post(`/inburgeraars/${randomUUID()}/pips`, B)).status, 404);
});

// ---- the aanbod --------------------------------------------------------------------------------

const offer = { instellingsnummer: SCHOOL, datumAanbod: MONDAY, datumStart: '2026-03-02', datumEinde: '2027-06-30', urenPerWeek: 12 };

test('an asielstatushouder with a PIP is offered a course, which DUO hears of', async () => {
  const duo = await onDay('2026-01-05', () => knownAtDuo());
  await onDay(MONDAY, async () => {
    const id = await afterIntake('B', { duo });
    await decidePip(regisseur, id, 'B', MONDAY);
    await until('the task', () => sql(`select count(*) from intake.taak where inburgeraar_id = '${id}' and soort = 'aanbod-doen' and status = 'open'`) === '1');
    const aanbod = await made(`/inburgeraars/${id}/aanbiedingen`, offer);
    assert.equal(aanbod.instellingNaam, 'Taalhuis Delta');
    for (const [name, value] of Object.entries(offer)) assert.equal(aanbod[name], value, name);
    const accepted = await until('DUO accepts the aanbod', async () => {
      const { body } = await get(`/aanbiedingen/${aanbod.id}`);
      return body.duoStatus !== 'wacht' && body;
    });
    assert.equal(accepted.duoStatus, 'geaccepteerd', accepted.duoFout);
    assert.deepEqual((await get(`/inburgeraars/${id}/aanbiedingen`)).body.items.map((a) => a.id), [aanbod.id]);
    await until('the task is done', () => sql(`select count(*) from intake.taak where inburgeraar_id = '${id}' and soort = 'aanbod-doen' and status = 'open'`) === '0');
  });
});

test('no aanbod for a gezinsmigrant, without a PIP, before its dagtekening, or of an unknown school', () => onDay(MONDAY, async () => {
  const migrant = await afterIntake('B', { doelgroep: 'gezinsmigrant-overig' });
  await decidePip(regisseur, migrant, 'B', MONDAY);
  const refusal = await post(`/inburgeraars/${migrant}/aanbiedingen`, offer);
  assert.equal(refusal.status, 409);
  assert.match(refusal.body.detail, /asielstatushouder/);

  const id = await afterIntake('B');
  const key = { 'Idempotency-Key': randomUUID() };
  const early = await post(`/inburgeraars/${id}/aanbiedingen`, offer, key);
  assert.equal(early.status, 409);
  assert.match(early.body.detail, /PIP/);
  await decidePip(regisseur, id, 'B', MONDAY);
  assert.deepEqual(wrongFields(await post(`/inburgeraars/${id}/aanbiedingen`, { ...offer, datumAanbod: '2026-02-01' })), ['datumAanbod']);
  assert.deepEqual(wrongFields(await post(`/inburgeraars/${id}/aanbiedingen`, { ...offer, instellingsnummer: '9999999999' })), ['instellingsnummer']);
  assert.deepEqual(wrongFields(await post(`/inburgeraars/${id}/aanbiedingen`, { ...offer, datumEinde: '2026-03-01' })), ['datumEinde']);
  assert.deepEqual(wrongFields(await post(`/inburgeraars/${id}/aanbiedingen`, { instellingsnummer: '1', urenPerWeek: 41, duoStatus: 'wacht' })),
    ['datumAanbod', 'duoStatus', 'instellingsnummer', 'urenPerWeek']);
  assert.deepEqual((await get(`/inburgeraars/${id}/aanbiedingen`)).body.items, []);
  assert.equal((await post(`/inburgeraars/${randomUUID()}/aanbiedingen`, offer)).status, 404);

  const again = await post(`/inburgeraars/${id}/aanbiedingen`, offer, key);
  assert.equal(again.status, 201, `a request that was refused has not used up its key: ${JSON.stringify(again.body)}`);
}));

// ---- lists, the kit ----------------------------------------------------------------------------

test('all versions and all offers of a person, and all schools, come to an end without a loss or a double', async () => {
  const id = await onDay(MONDAY, () => afterIntake('B'));
  for (let n = 1; n <= 5; n++) await onDay(`2026-03-0${n}`, () => decidePip(regisseur, id, 'B', `2026-03-0${n}`));
  for (let n = 1; n <= 5; n++) await made(`/inburgeraars/${id}/aanbiedingen`, { ...offer, datumAanbod: `2026-03-1${n % 3}`, datumStart: '2026-04-01' });
  for (const [list, count, key] of [[`/inburgeraars/${id}/pips`, 5, 'id'], [`/inburgeraars/${id}/aanbiedingen`, 5, 'id'],
    ['/cursusinstellingen', 4, 'instellingsnummer']]) {
    for (const limit of [1, 2, count]) {
      const rows = await everything(base + list, { token: regisseur, limit });
      assert.equal(rows.length, count, `${list}, ${limit} at a time`);
      assert.equal(new Set(rows.map((r) => r[key])).size, count, list);
    }
  }
  const schools = await everything(`${base}/cursusinstellingen`, { token: regisseur });
  assert.deepEqual(schools.filter((s) => s.tstKeurmerk).map((s) => s.instellingsnummer), [TST_SCHOOL]);
});

test('an Idempotency-Key makes one PIP and one aanbod, and belongs to one request', () => onDay(MONDAY, async () => {
  const id = await afterIntake('B');
  const key = { 'Idempotency-Key': randomUUID() };
  const first = await post(`/inburgeraars/${id}/pips`, B, key);
  const again = await post(`/inburgeraars/${id}/pips`, B, key);
  assert.deepEqual([first.status, again.status, again.headers.get('idempotency-replayed')], [201, 201, 'true']);
  assert.deepEqual(again.body, first.body);
  assert.equal((await post(`/inburgeraars/${id}/pips`, { ...B, pvtUren: 13 }, key)).status, 409);
  assert.equal((await decide(first.body.id, MONDAY)).status, 200);
  const offerKey = { 'Idempotency-Key': randomUUID() };
  const offers = await Promise.all([1, 2, 3].map(() => post(`/inburgeraars/${id}/aanbiedingen`, offer, offerKey)));
  assert.ok(offers.every((r) => [201, 409].includes(r.status)), offers.map((r) => r.status).join());
  assert.equal((await post(`/inburgeraars/${id}/aanbiedingen`, offer, offerKey)).status, 201);
  assert.equal((await get(`/inburgeraars/${id}/aanbiedingen`)).body.items.length, 1);
}));

test('a traceparent goes along from the decision to the message that DUO gets', () => onDay(MONDAY, async () => {
  const trace = randomUUID().replaceAll('-', '');
  const id = await afterIntake('B');
  const { id: pip } = await made(`/inburgeraars/${id}/pips`, B);
  const reply = await post(`/pips/${pip}/vaststelling`, { dagtekening: MONDAY }, { 'If-Match': '"1"', traceparent: `00-${trace}-00f067aa0ba902b7-01` });
  assert.equal(reply.headers.get('traceparent').split('-')[1], trace);
  assert.equal(sql(`select count(*) from core.gebeurtenis where trace_id = '${trace}' and type = 'pip-vastgesteld'`), '1');
  await until('the message under the same trace', () => sql(`select count(*) from core.logboek where trace_id = '${trace}' and tabel = 'duo.melding'`) > 0);
}));

// ---- who may see and do what -------------------------------------------------------------------

test('a caseworker of another gemeente finds no PIP and no aanbod, whatever tenant the request claims', () => onDay(MONDAY, async () => {
  const id = await afterIntake('B');
  const { id: pip } = await decidePip(regisseur, id, 'B', MONDAY);
  const { id: aanbod } = await made(`/inburgeraars/${id}/aanbiedingen`, offer);
  const concept = await made(`/inburgeraars/${id}/pips`, B);
  const forged = { gemeente: '9901', 'X-Gemeente': '9901', 'X-Tenant-Id': '9901', 'X-Oin': '00000001990100000000', 'SSL-Verify': 'SUCCESS', 'If-Match': '"1"' };
  const ask = (method, path, body) => api(method, base + path, { token: stranger, body, headers: forged });
  for (const path of ['/pips', '/pip', '/aanbiedingen'].map((p) => `/inburgeraars/${id}${p}`).concat(`/pips/${pip}`, `/aanbiedingen/${aanbod}`)) {
    assert.equal((await ask('GET', path)).status, 404, path);
  }
  for (const [method, path, body] of [
    ['POST', `/inburgeraars/${id}/pips`, B],
    ['PUT', `/pips/${concept.id}`, B],
    ['POST', `/pips/${concept.id}/vaststelling`, { dagtekening: MONDAY }],
    ['POST', `/inburgeraars/${id}/aanbiedingen`, offer],
  ]) assert.equal((await ask(method, path, body)).status, 404, `${method} ${path}`);
  assert.equal((await ask('POST', `/inburgeraars/${id}/pips`, { ...B, gemeente: '9901' })).status, 400, 'a tenant in the body is no part of a PIP');
  assert.equal((await get(`/pips/${concept.id}`)).body.versie, 1, 'nothing was changed');
}));

test('a citizen sees the own PIP and offer, nobody else\'s, and decides nothing', async () => {
  const bsn = randomBsn();
  const [mine, theirs] = await onDay(MONDAY, async () => {
    const people = [await newPerson(regisseur, 'asielstatushouder', { bsn }), await newPerson(regisseur, 'asielstatushouder')];
    return Promise.all(people.map(async (id) => {
      const { id: pip } = await setPip(regisseur, id, 'B', MONDAY);
      return { id, pip, aanbod: (await made(`/inburgeraars/${id}/aanbiedingen`, offer)).id };
    }));
  });
  const citizen = await loginBurger(bsn);
  const paths = (p) => ['/pips', '/pip', '/aanbiedingen'].map((path) => `/inburgeraars/${p.id}${path}`).concat(`/pips/${p.pip}`, `/aanbiedingen/${p.aanbod}`);
  for (const path of paths(mine)) assert.equal((await get(path, citizen)).status, 200, path);
  for (const path of paths(theirs)) assert.equal((await get(path, citizen)).status, 404, path);
  assert.equal((await get('/cursusinstellingen', citizen)).status, 403);
  for (const [method, path, body] of [
    ['POST', `/inburgeraars/${mine.id}/pips`, B],
    ['PUT', `/pips/${mine.pip}`, B],
    ['POST', `/pips/${mine.pip}/vaststelling`, { dagtekening: MONDAY }],
    ['POST', `/inburgeraars/${mine.id}/aanbiedingen`, offer],
  ]) assert.equal((await api(method, base + path, { token: citizen, body, headers: { 'If-Match': '"1"' } })).status, 403, `${method} ${path}`);
});

test('a handhaver reads a PIP and decides none; a teamleider may; without a session nobody does', () => onDay(MONDAY, async () => {
  const id = await afterIntake('B');
  const { id: pip } = await made(`/inburgeraars/${id}/pips`, B);
  assert.equal((await get(`/pips/${pip}`, handhaver)).status, 200);
  assert.equal((await post(`/inburgeraars/${id}/aanbiedingen`, offer, {}, handhaver)).status, 403);
  assert.equal((await decide(pip, MONDAY, handhaver)).status, 403);
  const others = await login('beleidsadviseur.9903');
  assert.equal((await get(`/pips/${pip}`, others)).status, 403);
  assert.equal((await get('/cursusinstellingen', others)).status, 200);
  for (const path of [`/pips/${pip}`, `/inburgeraars/${id}/pips`, `/inburgeraars/${id}/pip`, `/inburgeraars/${id}/aanbiedingen`, '/cursusinstellingen']) {
    assert.equal((await get(path, null)).status, 401, path);
  }
  assert.equal((await decide(pip, MONDAY, null)).status, 401);
  assert.equal((await decide(pip, MONDAY, teamleider)).status, 200);
}));
