// SPDX-License-Identifier: EUPL-1.2
// Every event of DUO: what is asked, what it does to the dossier, and which task appears for whom and by when. And
// that notifications which come twice, late or in another order end in the same.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { everybodyOn, everythingHandled, notify } from './duo.mjs';
import { api, everything, login, sql, until } from './lib.mjs';
import { newPerson, setPip } from './people.mjs';
import { control, counted, happen, newAtDuo } from './simulator.mjs';

const intake = '/api/intake/v1';
const progress = '/api/progress/v1';
const DAY = '2026-08-03';
let regisseur;
let teamleider;
let handhaver;

before(async () => {
  regisseur = await login('regisseur1.9901');
  teamleider = await login('teamleider.9901');
  handhaver = await login('handhaver.9901');
  await everybodyOn(DAY);
});
after(() => control('PUT', '/vandaag', { datum: new Date().toISOString().slice(0, 10) }));

const plus = (day, days) => new Date(Date.parse(day) + days * 86400000).toISOString().slice(0, 10);
const get = (path, token = regisseur) => api('GET', path, { token });
const dossier = async (id) => (await get(`${intake}/inburgeraars/${id}`)).body;
const dossierOf = async (bsn, token = regisseur) => (await api('POST', `${intake}/inburgeraars/_zoek`, { token, body: { bsn } })).body.items[0];
const decisions = (id) => everything(`${progress}/inburgeraars/${id}/beoordelingen`, { token: regisseur });
const term = async (id) => (await get(`${progress}/inburgeraars/${id}/termijn`)).body;
const exams = (id) => everything(`${progress}/inburgeraars/${id}/examenresultaten`, { token: regisseur });

async function openTasks(id, token = regisseur) {
  const tasks = await everything(`${intake}/taken`, { token, limit: 100 });
  return tasks.filter((t) => t.inburgeraarId === id);
}

// Operations of the simulator by what the row of the table calls them.
const OPERATIONS = {
  plicht: 'GET /personen/{bsn}/inburgeringsplicht', doelgroep: 'GET /personen/{bsn}/doelgroep', examens: 'GET /personen/{bsn}/examens/resultaten',
  termijn: 'GET /personen/{bsn}/inburgeringstermijn', pip: 'GET /personen/{bsn}/PIP', vrijstelling: 'GET /personen/{bsn}/vrijstellingen',
  ontheffing: 'GET /personen/{bsn}/ontheffingen', verlenging: 'GET /personen/{bsn}/verlengingen', examennummer: 'GET /personen/{bsn}/lbt/examennummer',
  lbt: 'GET /personen/{bsn}/lbt/resultaten',
};
const asked = async () => Object.fromEntries(await Promise.all(Object.entries(OPERATIONS).map(async ([name, operation]) => [name, (await counted(operation)).gevraagd])));

const first = (list, wanted) => assert.ok(list.some((row) => Object.entries(wanted).every(([name, value]) => row[name] === value)), `${JSON.stringify(wanted)} in ${JSON.stringify(list)}`);
const phase = (fase) => async (id) => assert.equal((await dossier(id)).fase, fase);
const decision = (wanted) => async (id) => first(await decisions(id), wanted);
const PERSON = ['plicht', 'doelgroep', 'examens'];

// code, what is asked, the task [kind, role, days from the day of DUO; null: the deadline of the PIP], what happened before and
// with what, and the effect.
const EVENTS = [
  { code: 'SS101', asks: PERSON, tasks: [['oproep-sturen', 'regisseur']], effect: phase('aangemeld') },
  { code: 'SS128', asks: PERSON, tasks: [['oproep-sturen', 'regisseur'], ['aow-nadert', 'regisseur', 14]], effect: phase('aangemeld') },
  { code: 'SS139', asks: PERSON, tasks: [['oproep-sturen', 'regisseur']], effect: async (id) => assert.equal((await dossier(id)).datumInschrijvingBrp, DAY) },
  { code: 'SS129', asks: [...PERSON, 'vrijstelling'], earlier: ['SS109'], tasks: [['oproep-sturen', 'regisseur'], ['plicht-hervat', 'regisseur', 14]],
    effect: decision({ aard: 'vrijstelling', soort: 'tijdelijk', oordeel: 'toegekend', tot: DAY }) },
  { code: 'SS130', asks: [...PERSON, 'termijn', 'pip', 'vrijstelling'], earlier: ['SS102', 'SS109'], tasks: [['oproep-sturen', 'regisseur'], ['plicht-hervat', 'regisseur', 14]],
    effect: async (id) => assert.equal((await term(id)).bron, 'duo') },
  { code: 'SS120', asks: PERSON, tasks: [['oproep-sturen', 'regisseur'], ['gevestigd', 'regisseur', 14]],
    effect: async (id) => assert.equal((await dossier(id)).datumVestiging, DAY) },
  { code: 'SS121', asks: [...PERSON, 'termijn', 'pip'], earlier: ['SS102'], tasks: [['oproep-sturen', 'regisseur'], ['gevestigd', 'regisseur', 14], ['pip-overnemen', 'regisseur', null]],
    effect: async (id) => { assert.equal((await dossier(id)).datumVestiging, DAY); assert.equal((await term(id)).bron, 'duo'); } },
  { code: 'SS124', asks: ['plicht', 'doelgroep'], tasks: [['oproep-sturen', 'regisseur'], ['doelgroep-gewijzigd', 'regisseur', 14]],
    effect: async (id) => assert.equal((await dossier(id)).doelgroep, 'gezinsmigrant-overig') },
  { code: 'SS125', asks: ['plicht', 'doelgroep'], doelgroep: 'gezinsmigrant-overig', tasks: [['oproep-sturen', 'regisseur'], ['doelgroep-gewijzigd', 'regisseur', 14]],
    effect: async (id) => assert.equal((await dossier(id)).doelgroep, 'asielstatushouder') },
  { code: 'SS109', asks: ['plicht', 'vrijstelling'], tasks: [['tijdelijk-vrijgesteld', 'regisseur', 14]],
    effect: async (id) => { await decision({ soort: 'tijdelijk', oordeel: 'toegekend', van: DAY })(id); await phase('aangemeld')(id); } },
  { code: 'SS110', asks: ['plicht'], tasks: [['dossier-afsluiten', 'regisseur', 28]], effect: phase('beeindigd') },
  { code: 'SS111', asks: ['plicht'], tasks: [['overleden', 'regisseur', 2]], effect: phase('beeindigd') },
  { code: 'SS106', asks: ['plicht'], tasks: [['dossier-afsluiten', 'regisseur', 28]], effect: phase('voldaan') },
  { code: 'SS107', asks: ['plicht', 'vrijstelling'], tasks: [['dossier-afsluiten', 'regisseur', 28]],
    effect: async (id) => { await phase('beeindigd')(id); await decision({ aard: 'vrijstelling', soort: 'geheel', oordeel: 'toegekend' })(id); } },
  { code: 'SS108', asks: ['plicht', 'ontheffing'], tasks: [['dossier-afsluiten', 'regisseur', 28]],
    effect: async (id) => { await phase('beeindigd')(id); await decision({ aard: 'ontheffing', soort: 'geheel', oordeel: 'toegekend', grond: 'MED' })(id); } },
  { code: 'SS137', asks: ['examennummer', 'lbt'], tasks: [['lbt-afnemen', 'regisseur', 28]],
    effect: async (id) => assert.match((await dossier(id)).lbtExamennummer, /^\d+$/) },
  { code: 'SS131', asks: ['examennummer', 'lbt'], earlier: ['SS137'], tasks: [],
    effect: async (id) => first(await everything(`${intake}/inburgeraars/${id}/leerbaarheidstoetsen`, { token: regisseur }), { uitslag: 'b1-haalbaar', bron: 'duo' }) },
  { code: 'SS102', asks: ['termijn'], tasks: [], effect: async (id) => assert.equal((await dossier(id)).termijnEinde, '2029-08-04') },
  { code: 'SS103', asks: ['termijn'], earlier: ['SS102'], tasks: [], effect: async (id) => assert.equal((await dossier(id)).termijnEinde, '2030-02-04') },
  { code: 'SS104', asks: ['termijn', 'verlenging'], earlier: ['SS102', 'SS112'], tasks: [],
    effect: async (id) => { assert.equal((await dossier(id)).termijnEinde, '2030-02-04'); await decision({ aard: 'verlenging', oordeel: 'toegekend' })(id); } },
  { code: 'SS199', asks: ['examens'], tasks: [], effect: async (id) => first(await exams(id), { onderdeel: 'LE', niveau: 'B1', resultaat: 'geslaagd', bron: 'duo' }) },
  { code: 'SS113', asks: ['verlenging'], earlier: ['SS112'], tasks: [['verlenging-afgewezen', 'regisseur', 14]], effect: decision({ aard: 'verlenging', oordeel: 'afgewezen' }) },
  { code: 'SS114', asks: ['vrijstelling'], tasks: [['vrijstelling-afgewezen', 'regisseur', 14]], effect: decision({ soort: 'geheel', oordeel: 'afgewezen' }) },
  { code: 'SS115', asks: ['vrijstelling'], tasks: [['vrijstelling-afgewezen', 'regisseur', 14]], effect: decision({ soort: 'tijdelijk', oordeel: 'afgewezen' }) },
  { code: 'SS116', asks: ['vrijstelling'], tasks: [['vrijstelling-afgewezen', 'regisseur', 14]], effect: decision({ soort: 'gedeeltelijk', oordeel: 'afgewezen' }) },
  { code: 'SS117', asks: ['vrijstelling', 'examens'], tasks: [['vrijstelling-verwerken', 'regisseur', 14]],
    effect: decision({ aard: 'vrijstelling', soort: 'gedeeltelijk', oordeel: 'toegekend', onderdeel: 'LE', niveau: 'B1' }) },
  { code: 'SS118', asks: ['ontheffing'], tasks: [['ontheffing-afgewezen', 'regisseur', 14]], effect: decision({ aard: 'ontheffing', oordeel: 'afgewezen' }) },
  { code: 'SS119', asks: ['ontheffing', 'examens'], tasks: [['ontheffing-verwerken', 'regisseur', 14]],
    effect: decision({ aard: 'ontheffing', soort: 'gedeeltelijk', oordeel: 'toegekend', onderdeel: 'SP' }) },
  { code: 'SS112', asks: ['verlenging'], tasks: [['verlenging-aangevraagd', 'regisseur', 14]], effect: decision({ aard: 'verlenging', oordeel: 'in-behandeling' }) },
  { code: 'SS122', asks: [], tasks: [['dossier-overdragen', 'regisseur', 14]], effect: async (id) => assert.equal((await dossier(id)).vertrokkenOp, DAY) },
  { code: 'SS123', asks: [], tasks: [['vertrek-afronden', 'regisseur', 14]], effect: async (id) => assert.equal((await dossier(id)).vertrokkenOp, DAY) },
  { code: 'SS126', asks: [], tasks: [['geen-leerroute', 'teamleider', 7]] },
  { code: 'SS127', asks: [], tasks: [['geen-aanbod', 'teamleider', 7]] },
  ...['SS132', 'SS133', 'SS135', 'SS136'].map((code) => ({ code, asks: [], tasks: [['contract-past-niet', 'regisseur', 14]] })),
  { code: 'SS140', asks: [], tasks: [['advies-geven', 'teamleider', 28]] },
  { code: 'SS141', asks: [], tasks: [['certificaat-uitreiken', 'regisseur', 14]] },
  { code: 'SS142', asks: [], tasks: [['pip-herzien', 'regisseur', 28]] },
];

// Kinds that a dossier of a test has without DUO's event: the first oproep of a dossier made by hand.
const makesDossier = (event) => event.asks.includes('doelgroep') && !event.earlier;

for (const event of EVENTS) {
  test(`${event.code}: what is asked, what it does, and the task`, async () => {
    const person = await newAtDuo({ doelgroep: event.doelgroep === 'gezinsmigrant-overig' ? 'Gezinsmigrant en overige migrant' : 'Asielstatushouder' });
    if (!makesDossier(event)) await newPerson(regisseur, event.doelgroep ?? 'asielstatushouder', { bsn: person.bsn, datumKennisgeving: DAY, datumInschrijvingBrp: '2026-02-02' });
    for (const code of event.earlier ?? []) await happen(person, code, { datum: DAY });
    await everythingHandled();
    await control('DELETE', '/tellers');
    await happen(person, event.code, { datum: DAY });
    const { id } = await until('the dossier', () => dossierOf(person.bsn));
    await until(event.code, () => sql(`select count(*) from duo.notificatie where bsn_hash = (select bsn_hash from intake.inburgeraar where id = '${id}')
      and gebeurtenis_id = '${event.code}' and status = 'verwerkt'`) === '1', 20);
    await everythingHandled();
    const seen = await asked();
    assert.deepEqual(Object.keys(seen).filter((name) => seen[name] > 0).sort(), [...event.asks].sort(), 'asked of DUO');
    if (event.effect) await event.effect(id);
    const tasks = await openTasks(id);
    const named = event.tasks.map(([soort]) => soort);
    assert.deepEqual(tasks.map((t) => t.soort).filter((soort) => soort !== 'oproep-sturen').sort(), named.filter((soort) => soort !== 'oproep-sturen').sort(), 'tasks');
    for (const [soort, rol, days] of event.tasks) {
      const task = tasks.find((t) => t.soort === soort);
      assert.equal(task.rol, rol, soort);
      if (days) assert.equal(task.uiterlijk, plus(DAY, days), `${soort}: deadline`);
      if (days === null) assert.equal(task.uiterlijk, (await dossier(id)).pipUiterlijk, `${soort}: the deadline of the PIP`);
      assert.ok(task.omschrijving.length > 20 && !task.omschrijving.includes(person.bsn), soort);
    }
  });
}

test('the table above has every code that DUO\'s page names', () => {
  const codes = sql("select string_agg(distinct gebeurtenis_id, ',') from duo.notificatie where status = 'verwerkt' and gebeurtenis_id like 'SS1__'").split(',');
  for (const code of codes) assert.ok(EVENTS.some((e) => e.code === code), code);
  assert.equal(EVENTS.length, 40);
  assert.equal(new Set(EVENTS.map((e) => e.code)).size, EVENTS.length);
});

test('a task that only a person can call done is ended by that person; others end by what happens', async () => {
  const person = await newAtDuo();
  const id = await newPerson(regisseur, 'asielstatushouder', { bsn: person.bsn });
  await happen(person, 'SS142', { datum: DAY });
  const task = await until('the task', async () => (await openTasks(id)).find((t) => t.soort === 'pip-herzien'));
  const finish = (t, token, etag) => api('POST', `${intake}/taken/${t.id}/afronding`, { token, headers: etag ? { 'If-Match': etag } : {} });
  const { inburgeraarNaam: _, ...known } = (await get(`${intake}/taken/${task.id}`)).body; // the BRP may have told the name meanwhile
  assert.deepEqual({ ...known, inburgeraarNaam: task.inburgeraarNaam }, task);
  const stranger = await login('regisseur1.9902');
  assert.equal((await get(`${intake}/taken/${task.id}`, stranger)).status, 404);
  assert.equal((await finish(task, stranger, `"${task.versie}"`)).status, 404);
  assert.equal((await finish(task, regisseur)).status, 428);
  assert.equal((await finish(task, regisseur, '"99"')).status, 412);
  const done = await finish(task, regisseur, `"${task.versie}"`);
  assert.deepEqual([done.status, done.body.status], [200, 'klaar']);
  assert.equal((await finish(task, regisseur, `"${done.body.versie}"`)).status, 412, 'done once');
  const [call] = await openTasks(id);
  assert.equal(call.soort, 'oproep-sturen');
  assert.equal((await finish(call, regisseur, `"${call.versie}"`)).status, 409);
  const own = await everything(`${intake}/taken?rol=teamleider`, { token: teamleider, limit: 100 });
  assert.ok(own.every((t) => t.rol === 'teamleider'));
  assert.equal((await get(`${intake}/taken?rol=raad`, handhaver)).status, 400);
});

test('exemptions and dispensations count in completion: parts at the level of the PIP, and fewer hours of participation', async () => {
  const part = async (id, naam) => (await get(`${progress}/inburgeraars/${id}/voltooiing`)).body.onderdelen.find((o) => o.naam === naam);
  const person = await newAtDuo();
  const id = await newPerson(regisseur, 'asielstatushouder', { bsn: person.bsn, datumKennisgeving: '2026-01-05', datumInschrijvingBrp: '2026-01-05' });
  await setPip(regisseur, id, 'B', DAY, { geschatteIntensiteitB1Route: 600 });
  await until('the PIP at progress', async () => (await get(`${progress}/inburgeraars/${id}/voltooiing`)).status === 200);
  await happen(person, 'SS117', { datum: DAY, onderdeel: 'LE', niveau: 'A2' });
  await everythingHandled();
  assert.equal((await part(id, 'lezen')).voldaan, false, 'an exemption at A2 does not do for B1');
  await happen(person, 'SS117', { datum: DAY, onderdeel: 'LE', niveau: 'B1' });
  await happen(person, 'SS119', { datum: DAY, onderdeel: 'SP' });
  await everythingHandled();
  assert.equal((await part(id, 'lezen')).voldaan, true);
  assert.equal((await part(id, 'spreken')).voldaan, true);
  assert.equal((await part(id, 'luisteren')).voldaan, false);

  for (const [hours, norm] of [[300, 300], [0, 0]]) {
    const z = await newAtDuo();
    const zId = await newPerson(regisseur, 'asielstatushouder', { bsn: z.bsn, datumKennisgeving: '2026-01-05', datumInschrijvingBrp: '2026-01-05' });
    await setPip(regisseur, zId, 'Z', DAY);
    await until('the PIP at progress', async () => (await get(`${progress}/inburgeraars/${zId}/voltooiing`)).status === 200);
    assert.equal((await part(zId, 'participatie')).norm, 800);
    await happen(z, 'SS119', { datum: DAY, urenBelastbaarheid: hours });
    await everythingHandled();
    assert.equal((await part(zId, 'participatie')).norm, norm, `${hours} hours at most`);
  }
});

// ---- any order ---------------------------------------------------------------------------------

// A generator of chance that says the same every time.
function chance(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

function shuffled(list, random) {
  const all = [...list];
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all;
}

// What happens to somebody at DUO, in order: code, day, and with what.
const STORIES = {
  'a B1-route to the diploma': [['SS139', '2026-01-05'], ['SS137', '2026-01-06'], ['SS131', '2026-01-20'], ['SS102', '2026-03-01'], ['SS199', '2026-05-01', { onderdeel: 'LE' }],
    ['SS199', '2026-06-01', { onderdeel: 'KNM' }], ['SS112', '2026-06-02'], ['SS104', '2026-06-20'], ['SS141', '2026-07-01'], ['SS106', '2026-07-01']],
  'an exemption for a time that is withdrawn': [['SS101', '2026-01-05'], ['SS115', '2026-01-08'], ['SS109', '2026-01-10'], ['SS129', '2026-03-10'], ['SS126', '2026-03-11'],
    ['SS117', '2026-04-01', { onderdeel: 'LU', niveau: 'B1' }], ['SS119', '2026-04-02', { urenBelastbaarheid: 200 }]],
  'a plicht that ends and comes back': [['SS139', '2026-01-05'], ['SS124', '2026-01-20'], ['SS113', '2026-02-01'], ['SS110', '2026-02-10'], ['SS132', '2026-02-11'],
    ['SS101', '2026-04-01'], ['SS125', '2026-04-02']],
  'away and back': [['SS120', '2026-01-05'], ['SS128', '2026-01-06'], ['SS122', '2026-03-01'], ['SS120', '2026-05-01'], ['SS142', '2026-05-02']],
  'away in the end': [['SS121', '2026-01-05'], ['SS103', '2026-01-20'], ['SS140', '2026-02-01'], ['SS123', '2026-05-01']],
};

// All that notifications change of a person, but for ids, versions, and when it was stored.
function stateOf(berichtId) {
  const person = `(select bsn_hash from duo.notificatie where id = '${berichtId}')`;
  const own = `(select id from intake.inburgeraar where bsn_hash = ${person} and gemeente = '9901')`;
  const rows = (table, columns, where = 'true') => sql(`select coalesce(jsonb_agg(to_jsonb(r) order by r::text), '[]')
    from (select ${columns} from ${table} where inburgeraar_id = ${own} and ${where}) r`);
  return {
    dossier: sql(`select to_jsonb(r) from (select doelgroep, fase, datum_kennisgeving, datum_inschrijving_brp, datum_vestiging, vertrokken_op, pip_uiterlijk, termijn_begin,
      termijn_einde, plicht_einde, plicht_einde_reden, lbt_examennummer is not null as genummerd from intake.inburgeraar where id = ${own}) r`),
    tasks: rows('intake.taak', 'soort, rol, uiterlijk, omschrijving', "status = 'open'"),
    lbts: rows('intake.leerbaarheidstoets', 'datum_afname, uitslag, behaalde_score, benodigde_score, bron'),
    exams: rows('progress.examenresultaat', 'onderdeel, niveau, resultaat, datum, bron'),
    decisions: rows('progress.beoordeling', 'aard, soort, oordeel, grond, aangevraagd, datum, van, tot, onderdeel, niveau, participatie_maximum'),
    term: rows('progress.traject', 'bron, termijn_begin, termijn_einde'),
    persoon: sql(`select doelgroep, datum_kennisgeving, begin_plicht from duo.persoon where bsn_hash = ${person}`),
  };
}

const told = (bsn, index, [gebeurtenisId, day]) => ({ registratieDatumTijd: `${day}T08:00:${String(index).padStart(2, '0')}Z`, bsn, gebeurtenisId });

// DUO knows the story of somebody new; its notifications come in this order. The state at the end.
async function endOf(story, order, { atOnce }) {
  const person = await newAtDuo();
  let last;
  const silent = (index) => happen(person, story[index][0], { datum: story[index][1], stil: true, ...story[index][2] });
  if (atOnce) for (let i = 0; i < story.length; i++) await silent(i);
  for (const index of order) {
    if (!atOnce) await silent(index);
    last = await notify(told(person.bsn, index, story[index]));
    assert.equal(last.status, 201);
    if (!atOnce) await everythingHandled();
  }
  await until('every notification', () => sql(`select count(*) from duo.notificatie n join duo.notificatie l using (bsn_hash)
    where l.id = '${last.request.headers.berichtid}' and n.status = 'ontvangen'`) === '0', 60);
  await everythingHandled();
  return stateOf(last.request.headers.berichtid);
}

for (const [name, story] of Object.entries(STORIES)) {
  test(`${name}: the same end, in whatever order the notifications come, and how often`, { timeout: 240000 }, async () => {
    const inOrder = story.map((_, index) => index);
    const right = await endOf(story, inOrder, { atOnce: false });
    assert.notEqual(right.dossier, '', 'there is a dossier');
    const orders = { 'all of them late': inOrder, 'the last one first': [...inOrder].reverse() };
    for (const seed of [1, 2, 3]) {
      const random = chance(seed);
      orders[`seed ${seed}`] = shuffled(inOrder.concat(inOrder.filter(() => random() < 0.5)), random);
    }
    const ends = await Promise.all(Object.values(orders).map((order) => endOf(story, order, { atOnce: true })));
    Object.keys(orders).forEach((what, i) => assert.deepEqual(ends[i], right, what));
  });
}

test('a notification that waited while another was settled asks DUO again', async () => {
  const person = await newAtDuo();
  await newPerson(regisseur, 'asielstatushouder', { bsn: person.bsn });
  const id = randomUUID();
  const later = randomUUID();
  assert.equal((await notify({ registratieDatumTijd: '2026-03-01T08:00:00Z', bsn: person.bsn, gebeurtenisId: 'SS142' }, { headers: { berichtid: id } })).status, 201);
  await everythingHandled();
  // as if it had been settled after the next one was loaded
  sql(`update duo.notificatie set afgehandeld = now() + interval '3 seconds' where id = '${id}'`);
  assert.equal((await notify({ registratieDatumTijd: '2026-03-01T08:00:01Z', bsn: person.bsn, gebeurtenisId: 'SS199' }, { headers: { berichtid: later } })).status, 201);
  await until('it waits', () => sql(`select fout from duo.notificatie where id = '${later}'`) === 'Er is nieuwer bericht over deze persoon');
  await until('and is worked off', () => sql(`select status from duo.notificatie where id = '${later}'`) === 'verwerkt');
});
