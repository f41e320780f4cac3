// SPDX-License-Identifier: EUPL-1.2
// What intake keeps of the law's decisions: the deadline of the PIP and the ladder of the oproepen, each with
// the change that rests on it, or not at all.
import assert from 'node:assert/strict';
import { test, before } from 'node:test';
import { checkKept, kept } from './decisions.mjs';
import { api, login, onDay, until } from './lib.mjs';
import { etagOf, missOproep, newPerson, randomBsn } from './people.mjs';

const intake = '/api/intake/v1';
let regisseur;
let handhaver;
let teamleider;

before(async () => {
  regisseur = await login('regisseur1.9901');
  handhaver = await login('handhaver.9901');
  teamleider = await login('teamleider.9901');
});

async function done(method, path, body, { token = regisseur, headers = {} } = {}) {
  const reply = await api(method, path, { token, body, headers });
  assert.ok(reply.status < 300, `${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}

const get = (path) => done('GET', path);
const patch = (person, body, etag) => api('PATCH', `${intake}/inburgeraars/${person}`, { token: regisseur, body, headers: { 'If-Match': etag } });
const etagOfPerson = (person) => etagOf(`${intake}/inburgeraars/${person}`, regisseur);
const clocks = (person) => kept(person, 'pip-termijn');

test('the deadline of the PIP is kept with every change of its facts, and with no other', async () => {
  const person = await newPerson(regisseur, 'asielstatushouder');
  const [first, ...others] = clocks(person);
  assert.equal(others.length, 0);
  assert.equal(first.dienst, 'intake');
  assert.equal(first.inburgeraar, person);
  assert.deepEqual(first.feiten, { doelgroep: 'asielstatushouder', datumKennisgeving: '2024-12-02' });
  assert.equal(first.antwoord.loopt, false);

  assert.equal((await patch(person, { telefoon: '0612345678' }, await etagOfPerson(person))).status, 200);
  assert.equal(clocks(person).length, 1, 'a telephone number is no fact of the clock');
  const seen = await etagOfPerson(person);
  const both = await Promise.all(['2025-01-06', '2025-01-13'].map((day) => patch(person, { datumInschrijvingBrp: day }, seen)));
  assert.deepEqual(both.map((r) => r.status).sort(), [200, 412]);
  assert.equal(clocks(person).length, 2, 'a change that is refused keeps nothing');
  const dossier = await get(`${intake}/inburgeraars/${person}`);
  assert.equal(clocks(person)[1].antwoord.uiterlijk, dossier.pipUiterlijk);
  assert.equal(clocks(person)[1].feiten.datumInschrijvingBrp, dossier.datumInschrijvingBrp);

  await done('POST', `${intake}/inburgeraars/${person}/klok-redenen`,
    { oorzaak: 'informatie-derde', toelichting: 'Stukken van COA', van: '2025-02-03', tot: '2025-03-17' });
  const last = clocks(person)[2];
  assert.equal(last.feiten.datumOntvangstDerde, '2025-03-17');
  assert.equal(last.antwoord.uiterlijk, '2025-03-31');
  assert.equal((await get(`${intake}/inburgeraars/${person}`)).pipUiterlijk, '2025-03-31');
  checkKept(clocks(person));
});

test('without a notice of DUO there is no deadline and nothing to keep', async () => {
  const { id } = await done('POST', `${intake}/inburgeraars`, { bsn: randomBsn(), doelgroep: 'gezinsmigrant-overig', achternaam: 'Zonder' });
  const clock = await get(`${intake}/inburgeraars/${id}/pip-klok`);
  assert.equal(clock.loopt, false);
  assert.match(clock.uitleg, /DUO heeft de plicht nog niet gemeld/);
  assert.equal(clock.dagenOver, undefined);
  assert.deepEqual(clocks(id), []);
});

test('DUO\'s notice keeps the deadline that it sets', async () => {
  const known = await done('POST', '/simulator/v1/personen', { gemeentecode: '9901', doelgroep: 'Asielstatushouder', naam: 'Besluit' });
  const tell = () => done('POST', `/simulator/v1/personen/${known.id}/notificaties`, { gebeurtenisId: 'SS139' });
  const find = async () => (await done('POST', `${intake}/inburgeraars/_zoek`, { bsn: known.bsn })).items[0];
  await tell();
  const { id, datumKennisgeving, pipUiterlijk } = await until('the dossier', find);
  const [first] = clocks(id);
  assert.equal(first.feiten.datumKennisgeving, datumKennisgeving);
  assert.equal(first.antwoord.uiterlijk, pipUiterlijk);
  await tell();
  await until('the second notice', () => clocks(id).length === 2);
  assert.equal((await find()).id, id);
  checkKept(clocks(id));
});

// An oproep that was sent on `day`: its path.
async function summon(person, day) {
  const { id } = await done('POST', `${intake}/inburgeraars/${person}/oproepen`, { datum: day, tijd: '10:00', plaats: 'Stadhuis', termijn: day });
  const path = `${intake}/oproepen/${id}`;
  await done('POST', `${path}/verzending`, { verzondenOp: day, bewijs: 'Aangetekend' }, { headers: { 'If-Match': await etagOf(path, regisseur) } });
  return path;
}

const steps = (oproep) => kept(oproep, 'intake-stap').map((d) => d.antwoord.volgende);

test('the ladder is kept when an oproep is made and when its outcome is known', async () => {
  const person = await newPerson(regisseur);
  await missOproep(regisseur, person, '2026-01-05');
  await missOproep(regisseur, person, '2026-01-12');
  const [one, two] = (await get(`${intake}/inburgeraars/${person}/oproepen`)).items;
  assert.deepEqual(steps(one.id), ['oproepen', 'waarschuwing-en-herhaalde-oproep']);
  assert.deepEqual(steps(two.id), ['waarschuwing-en-herhaalde-oproep', 'boete-art-22-1']);
  const [, outcome] = kept(two.id, 'intake-stap');
  assert.equal(outcome.inburgeraar, person);
  assert.equal(outcome.peildatum, '2026-01-12');
  assert.deepEqual(outcome.feiten.oproepen.map((o) => o.uitkomst), ['niet-verschenen', 'niet-verschenen']);
  assert.equal(outcome.feiten.waarschuwingOp, '2026-01-12');
  assert.match(outcome.verslag, /Een boete van 250 euro is mogelijk/);
  checkKept([...kept(one.id), ...kept(two.id)]);
});

test('two outcomes of one oproep: one is stored and one decision kept', async () => {
  const person = await newPerson(regisseur);
  await onDay('2026-01-05', async () => {
    const path = await summon(person, '2026-01-05');
    const etag = await etagOf(path, regisseur);
    const send = (body) => api('POST', `${path}/uitkomst`, { token: regisseur, body, headers: { 'If-Match': etag } });
    const replies = await Promise.all([send({ uitkomst: 'verschenen' }), send({ uitkomst: 'niet-verschenen', verwijtbaar: true })]);
    assert.equal(replies.filter((r) => r.status === 200).length, 1, JSON.stringify(replies.map((r) => r.body)));
    assert.ok(replies.every((r) => [200, 409, 412].includes(r.status)));
    assert.equal(steps(path.split('/').at(-1)).length, 2, 'made, and one outcome');
  });
});

// The fine that the ladder is at, from the overtreding to the bekendmaking, all on `day`.
async function fine(person, day, newTerm) {
  const base = '/api/enforcement/v1';
  const made = await until('the signal of intake', async () => {
    const reply = await api('POST', `${base}/inburgeraars/${person}/overtredingen`, { token: handhaver, body: { artikel: '22', gedraging: 'niet-verschenen',
      datumOvertreding: day, datumConstatering: day, omschrijving: 'Niet gekomen', verwijtbaarheid: 'normaal' } });
    return reply.status === 201 && reply.body;
  });
  const path = `${base}/overtredingen/${made.id}`;
  const step = async (name, body, token = handhaver) => done('POST', `${path}/${name}`, body, { token, headers: { 'If-Match': await etagOf(path, token) } });
  await step('zienswijze', { zienswijze: 'Vergeten' });
  await step('voorstel', {});
  await step('besluit', { motivering: 'Gewaarschuwd' }, teamleider);
  await step('bekendmaking', { bekendmakingDatum: day, ...(newTerm ? { nieuweTermijnUiterlijk: newTerm } : {}) });
}

test('the intake in absentia keeps the step that allows it', async () => {
  const person = await newPerson(regisseur);
  const step = async () => (await get(`${intake}/inburgeraars/${person}/intake-stap`)).volgende;
  const finish = (day) => api('POST', `${intake}/inburgeraars/${person}/brede-intake/afronding`, { token: regisseur, body: { datum: day, wijze: 'bij-verstek' } });
  await missOproep(regisseur, person, '2026-01-05');
  await missOproep(regisseur, person, '2026-01-12');
  await onDay('2026-01-19', async () => {
    await fine(person, '2026-01-19', '2026-03-19');
    await until('the first fine in the ladder', async () => await step() === 'oproepen');
  });
  await missOproep(regisseur, person, '2026-02-02');
  assert.equal((await finish('2026-02-02')).status, 409);
  await onDay('2026-02-09', async () => {
    await fine(person, '2026-02-09');
    await until('the second fine in the ladder', async () => await step() === 'bij-verstek');
    assert.deepEqual(kept(person, 'intake-stap'), [], 'a refusal and a look keep nothing');
    const both = await Promise.all([finish('2026-02-09'), finish('2026-02-09')]);
    assert.deepEqual(both.map((r) => r.status).sort(), [200, 409]);
  });
  const [decision, ...others] = kept(person, 'intake-stap');
  assert.equal(others.length, 0);
  assert.equal(decision.antwoord.volgende, 'bij-verstek');
  assert.deepEqual(decision.feiten.boetes.map((b) => b.artikel), ['22-1', '22-3']);
  checkKept([decision]);
});
