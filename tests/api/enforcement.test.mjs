// SPDX-License-Identifier: EUPL-1.2
// The procedure of a fine against a running copy: every step, every refusal, who may see what.
import assert from 'node:assert/strict';
import { test, before } from 'node:test';
import { checkKept, kept } from './decisions.mjs';
import { api, login, onDay, sql, until } from './lib.mjs';
import { missOproep, newPerson } from './people.mjs';

const base = '/api/enforcement/v1';
const conduct = { artikel: '23', gedraging: 'begeleiding', datumOvertreding: '2026-01-05', datumConstatering: '2026-01-06',
  omschrijving: 'Twee keer niet op het voortgangsgesprek', verwijtbaarheid: 'normaal' };
let regisseur;
let stranger;
let handhaver;
let teamleider;

before(async () => {
  regisseur = await login('regisseur1.9901');
  stranger = await login('regisseur1.9902');
  handhaver = await login('handhaver.9901');
  teamleider = await login('teamleider.9901');
});

const get = (path, token = handhaver) => api('GET', base + path, { token });

async function establish(person, facts = {}) {
  return api('POST', `${base}/inburgeraars/${person}/overtredingen`, { token: handhaver, body: { ...conduct, ...facts } });
}

// One step on the version as it is now.
async function step(id, name, body, token = handhaver) {
  const { headers } = await get(`/overtredingen/${id}`);
  return api('POST', `${base}/overtredingen/${id}/${name}`, { token, body, headers: { 'If-Match': headers.get('etag') } });
}

async function taken(id, name, body, token) {
  const reply = await step(id, name, body, token);
  assert.equal(reply.status, 200, `${name}: ${JSON.stringify(reply.body)}`);
  return reply.body;
}

const plusDays = (day, n) => new Date(Date.parse(day) + n * 864e5).toISOString().slice(0, 10);

const report = { rapportDatum: '2026-01-07', rapport: 'Gesprekken van 5 en 12 december gemist.' };
const hearing = { zienswijze: 'Ik was de brief kwijt.' };

test('article 23: report, hearing, proposal, decision by another, publication', async () => {
  const person = await newPerson(regisseur);
  const made = await establish(person);
  assert.equal(made.status, 201);
  const { id } = made.body;
  assert.equal(made.body.status, 'geconstateerd');
  assert.equal(made.body.verjaartOp, '2031-01-05');

  assert.equal((await step(id, 'zienswijze', hearing)).status, 409, 'no hearing without a report');
  const early = await step(id, 'besluit', { motivering: 'x' }, teamleider);
  assert.equal(early.status, 409);
  assert.match(early.body.detail, /geconstateerd.*rapport/s);

  const reported = await taken(id, 'rapport', report);
  assert.equal(reported.status, 'gerapporteerd');
  assert.equal(reported.beslissenVoor, '2026-04-08');
  assert.equal(reported.zienswijzeVoor, '2026-01-21');
  assert.equal((await taken(id, 'zienswijze', hearing)).status, 'zienswijze');

  const proposed = await taken(id, 'voorstel', { reden: 'Eerste keer' });
  assert.equal(proposed.bedrag, 25);
  assert.equal(proposed.basisbedrag, 50);
  assert.equal(proposed.percentage, 50);
  assert.equal(proposed.trede, 1);
  assert.ok(proposed.grondslag.some((g) => g.includes('art. 23')));
  assert.match(proposed.uitleg, /25,00 euro/);
  const [fine, ...others] = kept(id, 'boete-23');
  assert.equal(others.length, 0);
  assert.equal(fine.dienst, 'enforcement');
  assert.equal(fine.inburgeraar, person);
  assert.equal(fine.feiten.gedraging, 'begeleiding');
  assert.equal(fine.feiten.verwijtbaarheid, 'normaal');
  assert.equal(fine.feiten.datumConstatering, '2026-01-06');
  assert.equal(fine.antwoord.bedrag, 25);
  assert.match(fine.verslag, /Mate van verwijt.*: normaal/);
  assert.match(fine.verslag, /De boete: € 25$/m);
  checkKept([fine]);

  const own = await step(id, 'besluit', { motivering: 'Zelf besloten' }, handhaver);
  assert.equal(own.status, 403);
  assert.match(own.body.detail, /10:3/);
  assert.equal((await step(id, 'besluit', { motivering: 'x' }, regisseur)).status, 403);
  assert.equal((await step(id, 'besluit', {}, teamleider)).status, 400, 'no decision without reasons');
  const decided = await taken(id, 'besluit', { motivering: 'Het rapport overtuigt.' }, teamleider);
  assert.equal(decided.status, 'besloten');
  assert.notEqual(decided.beslisserId, decided.rapporteurId);
  assert.deepEqual((await get(`/inburgeraars/${person}/boetes`)).body.items, [], 'not yet made known');

  assert.equal((await step(id, 'bekendmaking', { bekendmakingDatum: '2099-01-01' })).status, 400);
  const day = decided.besluitDatum;
  assert.equal((await step(id, 'bekendmaking', { bekendmakingDatum: day, nieuweTermijnUiterlijk: '2099-01-01' })).status, 400);
  const known = await taken(id, 'bekendmaking', { bekendmakingDatum: day });
  assert.ok(known.bezwaarTot >= new Date(Date.parse(day) + 42 * 864e5).toISOString().slice(0, 10));
  const fines = (await get(`/inburgeraars/${person}/boetes`)).body.items;
  assert.deepEqual(fines.map((f) => [f.artikel, f.bedrag]), [['23', 25]]);

  const tooSoon = await step(id, 'onherroepelijk');
  assert.equal(tooSoon.status, 409);
  assert.match(tooSoon.body.detail, /6:7/);

  assert.equal((await step(id, 'bezwaar', {})).status, 400);
  assert.equal((await taken(id, 'bezwaar', { bezwaarIngediendOp: day })).status, 'bezwaar');
  assert.equal((await step(id, 'onherroepelijk')).status, 409, 'not decided yet');
  assert.equal((await step(id, 'bezwaar', { bezwaarUitkomst: 'ongegrond' }, teamleider)).status, 403, 'Awb 10:3(3)');
  assert.equal((await step(id, 'bezwaar', { bezwaarUitkomst: 'ongegrond' }, regisseur)).status, 403);
  const upheld = await taken(id, 'bezwaar', { bezwaarUitkomst: 'ongegrond', bezwaarBeslistOp: day }, handhaver);
  assert.equal(upheld.status, 'bezwaar');
  assert.ok(upheld.beroepTot > day);
  assert.equal((await step(id, 'onherroepelijk')).status, 409, 'beroep is open');
  assert.equal((await step(id, 'bezwaar', { bezwaarUitkomst: 'herroepen' }, handhaver)).status, 409, 'decided already');

  const all = kept(id);
  assert.deepEqual(all.map((d) => d.regel).sort(), ['besluit-termijnen', 'besluit-termijnen', 'besluit-termijnen', 'besluit-termijnen',
    'boete-23', 'zienswijze-termijn'], 'one for each change that stored what the law said; none for a refusal');
  checkKept(all);
  const stored = all.filter((d) => d.regel === 'besluit-termijnen').map((d) => d.antwoord.bezwaarTot).filter(Boolean).sort();
  assert.deepEqual(stored, [known.bezwaarTot, upheld.beroepTot].sort());
});

test('a fine stands the day after the last day for bezwaar', async () => {
  const { id } = (await establish(await newPerson(regisseur))).body;
  await taken(id, 'rapport', report);
  await taken(id, 'zienswijze', hearing);
  await taken(id, 'voorstel', {});
  const day = (await taken(id, 'besluit', { motivering: 'Ja' }, teamleider)).besluitDatum;
  const last = (await taken(id, 'bekendmaking', { bekendmakingDatum: day })).bezwaarTot;
  await onDay(last, async () => {
    const refused = await step(id, 'onherroepelijk');
    assert.equal(refused.status, 409);
    assert.match(refused.body.detail, /^Bezwaar maken kan nog tot en met /);
  });
  const after = plusDays(last, 1);
  await onDay(after, async () => assert.equal((await taken(id, 'onherroepelijk')).onherroepelijkOp, after));
  const [decision, ...others] = kept(id, 'onherroepelijk');
  assert.equal(others.length, 0, 'a refusal keeps nothing');
  assert.equal(decision.antwoord.op, after);
  checkKept([decision]);
  assert.match((await step(id, 'seponering', { seponeringReden: 'x' })).body.detail, /onherroepelijk.*niets meer/);
});

test('a fine that was withdrawn after it was made known is told to others, before that it is not', async () => {
  const told = (id) => sql(`select type from core.gebeurtenis where onderwerp = '${id}' order by volgnr`).split('\n');
  for (const [known, events] of [[false, ['overtreding-vastgesteld']],
    [true, ['overtreding-vastgesteld', 'boete-opgelegd', 'boete-ingetrokken']]]) {
    const { id } = (await establish(await newPerson(regisseur))).body;
    await taken(id, 'rapport', report);
    await taken(id, 'zienswijze', hearing);
    await taken(id, 'voorstel', {});
    const day = (await taken(id, 'besluit', { motivering: 'Ja' }, teamleider)).besluitDatum;
    if (known) await taken(id, 'bekendmaking', { bekendmakingDatum: day });
    assert.equal((await step(id, 'seponering', { seponeringReden: 'x' }, regisseur)).status, 403, 'who decides, undoes');
    await taken(id, 'seponering', { seponeringReden: 'Toch niet' }, teamleider);
    assert.deepEqual(told(id), events);
  }
});

test('a decision on bezwaar can end the case', async () => {
  const { id } = (await establish(await newPerson(regisseur))).body;
  await taken(id, 'rapport', report);
  await taken(id, 'zienswijze', hearing);
  await taken(id, 'voorstel', {});
  const day = (await taken(id, 'besluit', { motivering: 'Ja' }, teamleider)).besluitDatum;
  await taken(id, 'bekendmaking', { bekendmakingDatum: day });
  await taken(id, 'bezwaar', { bezwaarIngediendOp: day });
  assert.equal((await taken(id, 'bezwaar', { bezwaarUitkomst: 'herroepen' })).status, 'geseponeerd');
  assert.equal((await step(id, 'voorstel', {})).status, 409);
});

test('a case can be dropped, with a reason', async () => {
  const { id } = (await establish(await newPerson(regisseur))).body;
  assert.equal((await step(id, 'seponering', {})).status, 400);
  const dropped = await taken(id, 'seponering', { seponeringReden: 'Ziek geweest' });
  assert.equal(dropped.status, 'geseponeerd');
  const after = await step(id, 'rapport', report);
  assert.equal(after.status, 409);
  assert.match(after.body.detail, /niets meer/);
});

test('the law refuses some fines', async () => {
  const person = await newPerson(regisseur);
  const { id } = (await establish(person, { verwijtbaarheid: 'geen' })).body;
  await taken(id, 'rapport', report);
  await taken(id, 'zienswijze', hearing);
  assert.equal((await step(id, 'voorstel', {})).status, 409, 'not culpable');
  assert.equal((await step(id, 'voorstel', { verwijtbaarheid: 'opzet', bijstandVerlaagd: true })).status, 409, 'Wi2021 art. 27');
  assert.deepEqual(kept(id, 'boete-23'), [], 'what is refused is not kept: nothing was decided');
  assert.equal((await taken(id, 'voorstel', { verwijtbaarheid: 'opzet' })).bedrag, 50);
  assert.equal((await taken(id, 'voorstel', { verwijtbaarheid: 'verminderd' })).bedrag, 12.5);
  assert.deepEqual(kept(id, 'boete-23').map((d) => d.antwoord.bedrag), [50, 12.5], 'a new proposal is a new decision');
  checkKept(kept(id));

  const refugee = (await establish(await newPerson(regisseur, 'asielstatushouder'))).body.id;
  await taken(refugee, 'rapport', report);
  await taken(refugee, 'zienswijze', hearing);
  const policy = await step(refugee, 'voorstel', {});
  assert.equal(policy.status, 409);
  assert.match(policy.body.detail, /C-158\/23/);
  assert.equal((await taken(refugee, 'voorstel', { aanhoudendeOnwil: true })).bedrag, 25);
});

test('a fine for an asielstatushouder needs a second reader who agrees and does nothing else', async () => {
  const { id } = (await establish(await newPerson(regisseur, 'asielstatushouder'), { aanhoudendeOnwil: true })).body;
  const decision = { motivering: 'Keer op keer niet gekomen.' };
  const reads = { tweedeLezingAkkoord: true, tweedeLezing: 'Onwil is bewezen, hulp is aangeboden.' };
  await taken(id, 'rapport', report);
  await taken(id, 'zienswijze', hearing);
  assert.match((await step(id, 'tweede-lezing', reads, regisseur)).body.detail, /zienswijze.*voorstel/, 'nothing to read yet');
  assert.deepEqual((await taken(id, 'voorstel', {})).vereist, ['rapport', 'zienswijze', 'andere-beslisser', 'tweede-lezer']);

  const alone = await step(id, 'besluit', decision, teamleider);
  assert.equal(alone.status, 409);
  assert.match(alone.body.detail, /tweede lezer/);
  assert.equal((await step(id, 'tweede-lezing', reads, handhaver)).status, 403, 'who reported and proposed');
  const empty = await step(id, 'tweede-lezing', {}, regisseur);
  assert.deepEqual(empty.body.invalidParams.map((p) => p.name).sort(), ['tweedeLezing', 'tweedeLezingAkkoord']);

  await taken(id, 'tweede-lezing', { tweedeLezingAkkoord: false, tweedeLezing: 'De brieven waren niet vertaald.' }, regisseur);
  assert.equal((await step(id, 'besluit', decision, teamleider)).status, 409, 'a reader who disagrees is no support');
  await taken(id, 'tweede-lezing', reads, regisseur);
  const again = await taken(id, 'voorstel', { reden: 'Bedrag opnieuw berekend' });
  assert.equal(again.tweedeLezerId, undefined, 'another proposal was not read');
  await taken(id, 'tweede-lezing', reads, teamleider);
  assert.equal((await step(id, 'besluit', decision, teamleider)).status, 403, 'the reader does not decide');
  await taken(id, 'tweede-lezing', reads, regisseur);
  assert.throws(() => sql(`update enforcement.overtreding set beslisser_id = tweede_lezer_id, besluit_datum = current_date, motivering = 'x' where id = '${id}'`), /check constraint/);
  assert.throws(() => sql(`update enforcement.overtreding set tweede_lezing_akkoord = null, besluit_datum = current_date, motivering = 'x',
    beslisser_id = (select id from core.medewerker where sub = 'teamleider.9901') where id = '${id}'`), /check constraint/);
  assert.equal((await taken(id, 'besluit', decision, teamleider)).status, 'besloten');
});

test('a hearing that is not used needs its term to pass', async () => {
  const { id } = (await establish(await newPerson(regisseur))).body;
  await taken(id, 'rapport', { ...report, zienswijzeVoor: '2099-01-01' });
  assert.equal((await step(id, 'zienswijze', {})).status, 409);
  const other = (await establish(await newPerson(regisseur))).body.id;
  await taken(other, 'rapport', { ...report, zienswijzeVoor: '2026-01-08' });
  assert.equal((await taken(other, 'zienswijze', {})).zienswijze, 'niet gegeven');
});

test('article 22 needs the ladder of the intake', async () => {
  const person = await newPerson(regisseur);
  const facts = { artikel: '22', gedraging: 'niet-verschenen', verwijtbaarheid: 'normaal' };
  assert.equal((await establish(person, facts)).status, 409);
  await missOproep(regisseur, person, '2026-01-02');
  await until('the first signal', async () => (await get(`/inburgeraars/${person}/signalen`)).body.items.length === 1);
  const warned = await establish(person, facts);
  assert.equal(warned.status, 409);
  assert.match(warned.body.detail, /waarschuwing/);
  await missOproep(regisseur, person, '2026-01-05');
  await until('the second signal', async () => (await get(`/inburgeraars/${person}/signalen`)).body.items.length === 2);
  assert.equal((await establish(person, { ...facts, stap: 3 })).status, 400);
  const made = await establish(person, facts);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal(made.body.stap, 1);
  assert.equal(made.body.verjaartOp, '2029-01-05');
  assert.equal((await establish(person, facts)).status, 409, 'one missed oproep, one fine');

  const { id } = made.body;
  await taken(id, 'zienswijze', hearing, regisseur);
  assert.equal((await taken(id, 'voorstel', {})).bedrag, 250);
  assert.equal((await step(id, 'besluit', { motivering: 'x' }, handhaver)).status, 403, 'four eyes');
  const day = (await taken(id, 'besluit', { motivering: 'Gewaarschuwd en niet gekomen' }, teamleider)).besluitDatum;
  assert.equal((await step(id, 'bekendmaking', { bekendmakingDatum: day })).status, 400, 'new term is missing');
  const late = await step(id, 'bekendmaking', { bekendmakingDatum: day, nieuweTermijnUiterlijk: plusDays(day, 63) });
  assert.equal(late.status, 400);
  assert.match(late.body.invalidParams[0].reason, /hoogstens 2 maanden/);
  const term = plusDays(day, 42);
  assert.equal((await taken(id, 'bekendmaking', { bekendmakingDatum: day, nieuweTermijnUiterlijk: term })).nieuweTermijnUiterlijk, term);

  const all = kept(id);
  assert.deepEqual(all.map((d) => d.regel).sort(),
    ['besluit-termijnen', 'besluit-termijnen', 'boete-22', 'nieuwe-termijn-toets', 'zienswijze-termijn']);
  checkKept(all);
  assert.equal(kept(id, 'boete-22')[0].feiten.stap, '1');
  assert.equal(kept(id, 'nieuwe-termijn-toets')[0].feiten.termijn, term);

  const next = async () => (await api('GET', `/api/intake/v1/inburgeraars/${person}/intake-stap`, { token: regisseur })).body.volgende;
  await until('the ladder goes on', async () => await next() === 'oproepen');
  await taken(id, 'seponering', { seponeringReden: 'De oproep was niet aangekomen' }, teamleider);
  await until('a fine that was withdrawn is no step of the ladder', async () => await next() === 'boete-art-22-1');
});

test('a missed oproep that is not culpable is no ground', async () => {
  const person = await newPerson(regisseur);
  await missOproep(regisseur, person, '2026-01-02', false);
  await until('the signal', async () => (await get(`/inburgeraars/${person}/signalen`)).body.items.length === 1);
  assert.equal((await establish(person, { artikel: '22', gedraging: 'niet-verschenen' })).status, 409);
});

test('wrong input is named', async () => {
  const person = await newPerson(regisseur);
  const names = async (facts) => (await establish(person, facts)).body.invalidParams.map((p) => p.name).sort();
  assert.deepEqual(await names({ datumConstatering: '2099-01-01' }), ['datumConstatering']);
  assert.deepEqual(await names({ datumConstatering: '2026-01-01' }), ['datumConstatering']);
  assert.deepEqual(await names({ gedraging: 'niet-verschenen' }), ['gedraging']);
  assert.deepEqual(await names({ gedraging: 'intensiteit-leerroute' }), ['gedraging']);
  assert.deepEqual(await names({ stap: 1, status: 'besloten' }), ['status']);
  assert.equal((await establish(person, { datumOvertreding: '2019-01-01', datumConstatering: '2019-01-01' })).status, 409);
});

test('one version, one change; another gemeente finds nothing', async () => {
  const person = await newPerson(regisseur);
  const { id } = (await establish(person)).body;
  const path = `${base}/overtredingen/${id}`;
  const send = (headers, token = handhaver) => api('POST', `${path}/rapport`, { token, body: report, headers });
  assert.equal((await send({})).status, 428);
  assert.equal((await send({ 'If-Match': '"5"' })).status, 412);
  const both = await Promise.all([send({ 'If-Match': '"1"' }), send({ 'If-Match': '"1"' })]);
  assert.deepEqual(both.map((r) => r.status).sort(), [200, 412]);
  assert.equal((await send({ 'If-Match': '"2"' }, stranger)).status, 404);
  assert.equal((await get(`/overtredingen/${id}`, stranger)).status, 404);
  for (const list of ['overtredingen', 'signalen', 'boetes']) {
    assert.equal((await get(`/inburgeraars/${person}/${list}`, stranger)).status, 404);
    assert.equal((await get(`/inburgeraars/${person}/${list}`, null)).status, 401);
    assert.equal((await get(`/inburgeraars/${person}/${list}`)).status, 200);
  }
});

// The beheerder of another gemeente sets its policy for this day only.
test('a gemeente whose policy asks a warning and help gives no fine of article 23 without them', async () => {
  const beheerder = await login('beheerder.9902');
  const officer = await login('handhaver.9902');
  const today = new Date().toISOString().slice(0, 10);
  const ask = (method, path, token, body, headers) => api(method, path, { token, body, headers });
  const policy = await ask('POST', '/api/council/v1/beleidsdocumenten', beheerder,
    { document: { naam: 'Proef: eerst waarschuwen en helpen', geldigVan: today, geldigTot: today, handhaving: { waarschuwingVooraf: true, hulpEerst: true, zienswijzeWeken: 3 } } });
  assert.equal(policy.status, 201, JSON.stringify(policy.body));
  const document = `/api/council/v1/beleidsdocumenten/${policy.body.id}`;
  const etag = async (path, token) => (await ask('GET', path, token)).headers.get('etag');
  const adopted = await ask('POST', `${document}/vaststelling`, beheerder, { vastgesteldOp: today }, { 'If-Match': await etag(document, beheerder) });
  assert.equal(adopted.status, 200, JSON.stringify(adopted.body));

  const person = await newPerson(stranger);
  const made = await ask('POST', `${base}/inburgeraars/${person}/overtredingen`, officer, conduct);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const move = async (name, body) => ask('POST', `${base}/overtredingen/${made.body.id}/${name}`, officer, body,
    { 'If-Match': await etag(`${base}/overtredingen/${made.body.id}`, officer) });
  const reported = await move('rapport', report);
  assert.equal(reported.body.zienswijzeVoor, '2026-01-28', 'three weeks by policy');
  assert.equal((await move('zienswijze', hearing)).status, 200);
  const refused = await move('voorstel', {});
  assert.equal(refused.status, 409);
  assert.match(refused.body.detail, /waarschuwing/i);
  const unhelped = await move('voorstel', { gewaarschuwdOp: '2026-01-02' });
  assert.deepEqual(unhelped.body.invalidParams.map((p) => p.name), ['hulpAangebodenOp']);
  const proposed = await move('voorstel', { gewaarschuwdOp: '2026-01-02', hulpAangebodenOp: '2026-01-03' });
  assert.equal(proposed.status, 200, JSON.stringify(proposed.body));
  assert.equal(proposed.body.bedrag, 25);
  assert.equal(kept(made.body.id, 'boete-23').at(-1).feiten.beleid.waarschuwingVooraf, true);
});
