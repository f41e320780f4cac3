// SPDX-License-Identifier: EUPL-1.2
// What the law decided is kept with the change that rests on it, or not at all; who may read it; and that
// every kept decision still gets the same answer.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test, before } from 'node:test';
import { api, home, login, loginBurger, sql, until } from './lib.mjs';
import { etagOf, finishIntake, newPerson, randomBsn, setPip } from './people.mjs';

const intake = '/api/intake/v1';
const routes = '/api/learning-routes/v1';
const progress = '/api/progress/v1';
let regisseur;

before(async () => {
  regisseur = await login('regisseur1.9901');
});

async function decisions(person, token = regisseur, query = '') {
  const reply = await api('GET', `${intake}/inburgeraars/${person}/beslissingen${query}`, { token });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  return reply.body.items;
}

const rules = (items) => items.map((d) => d.regel).sort();
// Of a PIP and what follows from it; the intake keeps the clock of the ten weeks before.
const ofPip = (items) => items.filter((d) => d.dienst !== 'intake');
const termExpected = (person) => until('the expected term', async () => {
  const items = await decisions(person);
  return rules(items).includes('inburgeringstermijn') && items;
});

// The exit code of `regie-law replay` over these decisions, and its answers.
function replay(items) {
  const run = spawnSync(`${home}/bin/regie-law`, ['replay'], { input: items.map((d) => JSON.stringify(d)).join('\n'), encoding: 'utf8' });
  return { status: run.status, answers: run.stdout.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line)) };
}

const plan = (leerroute) => ({ leerroute, pvtUren: 12, mapUren: 40, aantalVoortgangsgesprekken: 4, begeleiding: 'Gesprekken',
  motivering: 'Past bij de intake', wenstOpleiding: false, redelijkerwijsHaalbaarB1: leerroute !== 'Z' });

async function concept(person, leerroute) {
  const made = await api('POST', `${routes}/inburgeraars/${person}/pips`, { token: regisseur, body: plan(leerroute) });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return made.body;
}

async function vaststellen(pip, dagtekening, etag) {
  return api('POST', `${routes}/pips/${pip}/vaststelling`, { token: regisseur, body: { dagtekening },
    headers: { 'If-Match': etag ?? await etagOf(`${routes}/pips/${pip}`, regisseur) } });
}

test('setting a PIP keeps what the law said of it; a concept, a refusal and a lost race keep nothing', async () => {
  const person = await newPerson(regisseur);
  await finishIntake(regisseur, person, 'B', '2025-01-10');
  const pip = await concept(person, 'B');
  assert.equal((await vaststellen(pip.id, '2099-01-01')).status, 400);
  assert.equal((await vaststellen(pip.id, '2025-01-13', '"9"')).status, 412);
  assert.deepEqual(ofPip(await decisions(person)), []);

  const etag = await etagOf(`${routes}/pips/${pip.id}`, regisseur);
  const both = await Promise.all([1, 2].map(() => vaststellen(pip.id, '2025-01-13', etag)));
  assert.equal(both.filter((r) => r.status === 200).length, 1, both.map((r) => r.status).join());
  const kept = ofPip(await termExpected(person));
  assert.deepEqual(rules(kept), ['besluit-termijnen', 'duo-pip', 'inburgeringstermijn', 'leerroute-toets']);
  for (const d of kept) {
    assert.equal(d.dienst, d.regel === 'inburgeringstermijn' ? 'progress' : 'learning-routes');
    assert.ok(d.regel === 'inburgeringstermijn' ? d.onderwerp : d.onderwerp === pip.id, d.regel);
    assert.ok(d.versie >= 1 && d.peildatum && d.tijdstip);
    assert.match(d.verslag, /^Feiten\n- [^]+\nRegel\n[^]+\nUitkomst\n[^]+\nArtikelen\n/);
  }
  const objection = kept.find((d) => d.regel === 'besluit-termijnen');
  const set = both.find((r) => r.status === 200).body;
  assert.equal(objection.feiten.datumBekendmaking, '2025-01-13');
  assert.equal(objection.antwoord.bezwaarTot, set.bezwaarTot);
  assert.match(objection.verslag, /Laatste dag voor bezwaar: 24 februari 2025/);
  assert.equal(kept.find((d) => d.regel === 'inburgeringstermijn').antwoord.begin, '2025-01-14');
});

test('another leerroute keeps the overstap, the same one does not; the term is not decided again', async () => {
  const person = await newPerson(regisseur);
  await setPip(regisseur, person, 'B', '2025-01-10');
  assert.equal((await vaststellen((await concept(person, 'B')).id, '2025-03-03')).status, 200);
  assert.ok(!rules(await decisions(person)).includes('overstap'));
  const other = await concept(person, 'Z');
  assert.equal((await vaststellen(other.id, '2025-06-02')).status, 200);
  await until('the events of all PIPs', () => sql(`select count(*) from core.gebeurtenis g left join core.levering l
    on l.gebeurtenis_id = g.id and l.dienst = 'progress' where g.inburgeraar_id = '${person}' and g.type = 'pip-vastgesteld'
    and l.status is distinct from 'klaar'`) === '0');
  const kept = await decisions(person, regisseur, '?limit=50');
  const [switched, ...more] = kept.filter((d) => d.regel === 'overstap');
  assert.equal(more.length, 0);
  assert.equal(switched.onderwerp, other.id);
  assert.deepEqual([switched.feiten.van, switched.feiten.naar, switched.antwoord.uiterlijk], ['B', 'Z', '2026-07-10']);
  assert.equal(rules(kept).filter((r) => r === 'inburgeringstermijn').length, 1);
  assert.equal(rules(kept).filter((r) => r === 'leerroute-toets').length, 3);
});

test('an overstap that is too late keeps nothing; in a special case it is kept as such', async () => {
  const person = await newPerson(regisseur);
  await setPip(regisseur, person, 'B', '2025-01-10');
  const late = await concept(person, 'Z');
  const refused = await vaststellen(late.id, '2026-07-13');
  assert.equal(refused.status, 400);
  assert.deepEqual(refused.body.invalidParams.map((p) => p.code), ['overstap-te-laat']);
  assert.ok(!rules(await decisions(person)).includes('overstap'));
  const etag = { 'If-Match': await etagOf(`${routes}/pips/${late.id}`, regisseur) };
  const special = await api('PUT', `${routes}/pips/${late.id}`, { token: regisseur, headers: etag, body: { ...plan('Z'), bijzonderGeval: true } });
  assert.equal(special.status, 200, JSON.stringify(special.body));
  assert.equal((await vaststellen(late.id, '2026-07-13')).status, 200);
  const kept = (await decisions(person, regisseur, '?limit=50')).find((d) => d.regel === 'overstap');
  assert.equal(kept.feiten.bijzonderGeval, true);
  assert.match(kept.verslag, /Is het een bijzonder geval\? ja/);
});

test('completion keeps the judgement that it rests on, once', async () => {
  const person = await newPerson(regisseur);
  await setPip(regisseur, person, 'Z', '2025-01-10');
  await until('the term', async () => (await api('GET', `${progress}/inburgeraars/${person}/termijn`, { token: regisseur })).status === 200);
  for (const [soort, aantal] of [['cursus', 800], ['pvt', 12], ['map', 40]])
    assert.equal((await api('POST', `${progress}/inburgeraars/${person}/uren`, { token: regisseur, body: { soort, van: '2025-02-01', tot: '2025-12-31', aantal } })).status, 201);
  for (const [what, body] of [['pvt', { ondertekendOp: '2025-03-03' }], ['map', { eindgesprekOp: '2025-12-01' }], ['z-route', { eindgesprekOp: '2025-12-22' }]])
    assert.equal((await api('PUT', `${progress}/inburgeraars/${person}/${what}`, { token: regisseur, body })).status, 200);
  await until('completion', async () => (await api('GET', `${progress}/inburgeraars/${person}/voltooiing`, { token: regisseur })).body.voltooidOp);
  const judged = (await decisions(person)).filter((d) => d.regel === 'voltooiing');
  assert.equal(judged.length, 1);
  assert.equal(judged[0].antwoord.voldaan, true);
  assert.deepEqual(judged[0].feiten.uren, { cursus: 800, participatie: 0, pvt: 12, map: 40 });
  assert.equal(judged[0].onderwerp, sql(`select id from progress.traject where inburgeraar_id = '${person}'`));
});

test('a list in pages names everything once, oldest or newest first', async () => {
  const person = await newPerson(regisseur);
  await setPip(regisseur, person, 'B', '2025-01-10');
  const all = await termExpected(person);
  for (const order of ['oud-nieuw', 'nieuw-oud']) {
    const seen = [];
    let next = `${intake}/inburgeraars/${person}/beslissingen?limit=1&volgorde=${order}`;
    while (next) {
      const page = await api('GET', next, { token: regisseur });
      seen.push(...page.body.items);
      next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    }
    assert.deepEqual(seen.map((d) => d.id).sort(), all.map((d) => d.id).sort(), order);
    const days = seen.map((d) => d.tijdstip);
    assert.deepEqual(days, order === 'oud-nieuw' ? [...days].sort() : [...days].sort().reverse());
  }
  assert.equal((await api('GET', `${intake}/inburgeraars/${person}/beslissingen?volgorde=anders`, { token: regisseur })).status, 400);
});

test('a citizen reads the own decisions, but not what is still being prepared; others find nothing', async () => {
  const bsn = randomBsn();
  const made = await api('POST', `${intake}/inburgeraars`, { token: regisseur, body: { bsn, doelgroep: 'gezinsmigrant-overig', achternaam: 'Proef', datumKennisgeving: '2024-12-02' } });
  const person = made.body.id;
  await setPip(regisseur, person, 'B', '2025-01-10');
  await termExpected(person);
  sql(`insert into core.beslissing (gemeente, inburgeraar_id, onderwerp, dienst, gebruiker, regel, versie, feiten, antwoord, verslag)
    select gemeente, id, gen_random_uuid(), 'enforcement', 'proef', 'boete-22', 1, '{"stap": "1", "verwijtbaar": true}',
    '{"opleggen": true, "bedrag": 250, "grondslag": ["Wi art. 22 lid 1", "Wi art. 26 lid 1 onder a", "Bi art. 7.1 lid 1", "Bi art. 7.1 lid 5"]}',
    'Voorstel' from intake.inburgeraar where id = '${person}'`);
  assert.ok(rules(await decisions(person)).includes('boete-22'));
  const citizen = await loginBurger(bsn);
  const own = await decisions(person, citizen);
  assert.deepEqual(rules(own), ['besluit-termijnen', 'duo-pip', 'inburgeringstermijn', 'leerroute-toets', 'pip-termijn']);

  const other = await newPerson(regisseur);
  const path = (id) => `${intake}/inburgeraars/${id}/beslissingen`;
  assert.equal((await api('GET', path(other), { token: citizen })).status, 404);
  assert.equal((await api('GET', path(person), { token: await login('regisseur1.9902') })).status, 404);
  assert.equal((await api('GET', path(person), { token: await login('beleidsadviseur.9903') })).status, 403);
  assert.equal((await api('GET', path(person))).status, 401);
  assert.equal((await api('POST', path(person), { token: regisseur, body: {} })).status, 405);
});

test('every kept decision gets the same answer again, and a changed one is found', () => {
  const rows = sql(`select jsonb_build_object('id', id, 'regel', regel, 'versie', versie, 'peildatum', peildatum, 'feiten', feiten,
    'antwoord', antwoord) from core.beslissing`).split('\n').map((line) => JSON.parse(line));
  assert.ok(rows.length > 10, `${rows.length} decisions`);
  const { status, answers } = replay(rows);
  assert.equal(status, 0, JSON.stringify(rows.find((_, i) => !answers[i]?.gelijk)));
  assert.equal(answers.length, rows.length);
  const row = rows.find((r) => r.regel === 'besluit-termijnen');
  const changed = replay([{ ...row, antwoord: { ...row.antwoord, bezwaarTot: '2030-01-01' } }]);
  assert.equal(changed.status, 1);
  assert.equal(changed.answers[0].gelijk, false);
  assert.equal(changed.answers[0].antwoord.bezwaarTot, row.antwoord.bezwaarTot);
});
