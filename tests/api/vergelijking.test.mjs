// SPDX-License-Identifier: EUPL-1.2
// What we hold against what DUO holds: every kind of difference is found with a proposal, is mended in the direction
// that a person chooses, and closes itself; a run over all people goes on where a killed process left it.
import assert from 'node:assert/strict';
import { before, after, test } from 'node:test';
import { everythingHandled } from './duo.mjs';
import { api, everything, login, onDay, processes, sql, until } from './lib.mjs';
import { newPerson, randomBsn, setPip } from './people.mjs';
import { control, counted, stateOf, withFault } from './simulator.mjs';

const base = '/api/duo/v1';
const intake = '/api/intake/v1';
const progress = '/api/progress/v1';
const DAY = '2026-11-02'; // for all of these tests
const NOTICE = '2026-01-05';
const PIP = '2026-02-02'; // dagtekening
const PLICHT = { indicatorInburgeringsplicht: true, begindatum: NOTICE, datumKennisgevingInburgeringsplicht: NOTICE };
let regisseur;
let teamleider;
let handhaver;

before(async () => {
  [regisseur, teamleider, handhaver] = await Promise.all(['regisseur1.9901', 'teamleider.9901', 'handhaver.9901'].map(login));
});
after(() => control('DELETE', '/fouten'));

// On the day of these tests, with nothing under way before and after.
const onTheDay = (name, fn) => test(name, { timeout: 120_000 }, () => onDay(DAY, fn));

// Somebody whom DUO has known since NOTICE, with a dossier; `documenten` is what DUO holds besides.
async function someone({ doelgroep = 'asielstatushouder', documenten = {}, dossier = {} } = {}) {
  const bsn = randomBsn();
  await control('POST', '/personen/_laad', { personen: [{ bsn, gemeentecode: '9901',
    doelgroep: doelgroep === 'asielstatushouder' ? 'Asielstatushouder' : 'Gezinsmigrant en overige migrant',
    documenten: { inburgeringsplicht: PLICHT, ...documenten } }] });
  const duo = await control('POST', '/personen/_zoek', { bsn });
  const id = await newPerson(regisseur, doelgroep, { bsn, datumKennisgeving: NOTICE, ...dossier });
  return { id, bsn, duo };
}

// The same with a PIP that DUO took.
async function withPip(leerroute = 'B', more = {}) {
  const person = await someone(more);
  await setPip(regisseur, person.id, leerroute, PIP, leerroute === 'Z' ? { alfabetisering: 'A' } : {});
  await everythingHandled();
  assert.equal(differs(await compare(person)), '', 'nothing differs when all is told');
  return person;
}

const knows = (person, soort, document) => control('PUT', `/personen/${person.duo.id}/documenten`, { soort, document });

async function compare(person, status = 200) {
  const reply = await api('POST', `${base}/inburgeraars/${person.id}/vergelijking`, { token: regisseur });
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  return status === 200 ? open(person) : reply.body;
}
const all = (person, more = '') => everything(`${base}/inburgeraars/${person.id}/verschillen${more}`, { token: regisseur });
const open = (person) => all(person, '?status=open');
const differs = (list) => list.map((v) => v.onderdeel).sort().join(' ');
const tasks = async (person) => (await everything(`${intake}/taken`, { token: regisseur, limit: 100 }))
  .filter((t) => t.inburgeraarId === person.id && t.soort === 'duo-verschil');
const dossier = async (person) => (await api('GET', `${intake}/inburgeraars/${person.id}`, { token: regisseur })).body;

async function decide(verschil, body, status = 200) {
  const reply = await api('POST', `${base}/verschillen/${verschil.id}/besluit`,
    { token: regisseur, body, headers: { 'If-Match': `"${verschil.versie}"` } });
  assert.equal(reply.status, status, JSON.stringify(reply.body));
  return reply.body;
}

async function put(path, body) {
  const reply = await api('PUT', path, { token: regisseur, body });
  assert.ok(reply.status < 300, `${path}: ${JSON.stringify(reply.body)}`);
}

// The one difference of the person: found, with these values and this proposal, once, and with a task.
async function found(person, onderdeel, { voorstel, ons, duo }) {
  const list = await compare(person);
  assert.equal(differs(list), onderdeel);
  const [v] = list;
  assert.deepEqual([v.voorstel, v.ons, v.duo, v.status], [voorstel, ons, duo, 'open']);
  assert.match(v.grondslag, /art\. /);
  await until('the task', async () => (await tasks(person)).length === 1);
  const again = await compare(person);
  // the BRP may have told the name meanwhile
  assert.deepEqual(again.map((d, i) => ({ ...d, inburgeraarNaam: list[i]?.inburgeraarNaam })), list, 'the same difference is no second one, and not changed');
  return v;
}

// Mended so, the difference is gone at the next comparison, by itself, and its task is done.
async function mended(person, verschil, besluit) {
  const decided = await decide(verschil, { besluit });
  assert.deepEqual([decided.status, decided.besluit], ['open', besluit]);
  assert.ok(decided.beslotenDoor);
  await everythingHandled();
  await until('the task is done', async () => (await tasks(person)).length === 0);
  assert.equal(differs(await compare(person)), '');
  const closed = (await all(person)).find((v) => v.id === verschil.id);
  assert.deepEqual([closed.status, closed.opgelostDoor], ['opgelost', decided.beslotenDoor]);
  assert.equal(sql(`select count(*) from core.logboek where tabel = 'duo.verschil' and object_id = '${verschil.id}'`), '3', 'made, decided, closed');
}

onTheDay('what DUO decides is taken over: end, notice, doelgroep, term, exams', async () => {
  const person = await withPip();
  await knows(person, 'doelgroep', { indeling: 'Gezinsmigrant en overige migrant', begindatum: '2026-06-01' });
  await mended(person, await found(person, 'doelgroep', { voorstel: 'duo-naar-ons', ons: 'Asielstatushouder',
    duo: 'Gezinsmigrant en overige migrant' }), 'duo-naar-ons');
  assert.equal((await dossier(person)).doelgroep, 'gezinsmigrant-overig');

  const { documenten } = await stateOf(person.duo);
  await knows(person, 'inburgeringstermijn', { ...documenten.inburgeringstermijn, einddatum: '2029-08-03' });
  await mended(person, await found(person, 'termijn', { voorstel: 'duo-naar-ons', ons: `tot ${documenten.inburgeringstermijn.einddatum}`,
    duo: 'tot 2029-08-03' }), 'duo-naar-ons');
  assert.equal((await dossier(person)).termijnEinde, '2029-08-03');

  await knows(person, 'examens/resultaten', [{ examendatum: '2026-09-01', resultaat: 'Geslaagd', onderdeel: 'KNM' },
    { examendatum: '2026-09-02', resultaat: 'Gezakt', onderdeel: 'LE', niveau: 'B1' }]);
  await mended(person, await found(person, 'examens', { voorstel: 'duo-naar-ons', ons: undefined,
    duo: '2026-09-01 KNM Geslaagd, 2026-09-02 LE B1 Gezakt' }), 'duo-naar-ons');

  await knows(person, 'inburgeringsplicht', { ...PLICHT, indicatorInburgeringsplicht: false, einddatum: '2026-10-01',
    redenGeenInburgeringsplicht: 'Inburgeringsplicht voldaan' });
  const v = (await compare(person))[0];
  assert.deepEqual([v.onderdeel, v.voorstel, v.ons, v.duo], ['plicht', 'duo-naar-ons', undefined, 'beëindigd ja']);
  await decide(v, { besluit: 'duo-naar-ons' });
  const after_ = await until('the end', async () => {
    const d = await dossier(person);
    return d.plichtEinde && d;
  });
  assert.deepEqual([after_.plichtEinde, after_.fase], ['2026-10-01', 'voldaan']);
  assert.equal(differs(await compare(person)), '');

  const other = await someone({ dossier: { datumKennisgeving: undefined } });
  await mended(other, await found(other, 'kennisgeving', { voorstel: 'duo-naar-ons', ons: undefined, duo: NOTICE }), 'duo-naar-ons');
  assert.equal((await dossier(other)).datumKennisgeving, NOTICE);
});

onTheDay('what the gemeente decides is told again: PIP, PVT, MAP', async () => {
  const person = await withPip();
  await put(`${progress}/inburgeraars/${person.id}/pvt`, { ondertekendOp: '2026-03-02' });
  await put(`${progress}/inburgeraars/${person.id}/map`, { eindgesprekOp: '2026-04-01' });
  await everythingHandled();
  assert.equal(differs(await compare(person)), '');
  const before_ = (await stateOf(person.duo)).documenten;
  assert.equal(before_.pvt.datumOndertekeningPvt, '2026-03-02');

  // DUO has lost it
  for (const [soort, onderdeel, ons] of [['pvt', 'pvt', '2026-03-02'], ['map', 'map', '2026-04-01']]) {
    await knows(person, soort, {});
    await mended(person, await found(person, onderdeel, { voorstel: 'ons-naar-duo', ons, duo: undefined }), 'ons-naar-duo');
  }
  assert.deepEqual((await stateOf(person.duo)).documenten.pvt, before_.pvt);

  const bare = await someone();
  await withFault({ soort: 'status', status: 400, operatie: 'POST /personen/{bsn}/PIP' }, async () => {
    await setPip(regisseur, bare.id, 'B', PIP, { geschatteIntensiteitB1Route: 500 });
    await until('DUO refuses', () => sql(`select status from duo.melding where inburgeraar_id = '${bare.id}'`) === 'geweigerd');
  });
  await mended(bare, await found(bare, 'pip', { voorstel: 'ons-naar-duo', duo: undefined,
    ons: `dagtekening ${PIP}, leerroute B, niveau B1, intensiteit 500` }), 'ons-naar-duo');
  assert.equal((await stateOf(bare.duo)).documenten.PIP.pip.dagtekeningPip, PIP);
});

onTheDay('what DUO does not show is compared with the last message that it took: aanbod, Z-route; and hours', async () => {
  const person = await withPip('Z');
  const posted = await api('POST', `${progress}/inburgeraars/${person.id}/uren`, { token: regisseur,
    body: { soort: 'participatie', van: '2026-03-01', tot: '2026-03-31', aantal: 60 } });
  assert.equal(posted.status, 201, JSON.stringify(posted.body));
  await everythingHandled();
  if (!(await stateOf(person.duo)).documenten.uren) {
    await mended(person, await found(person, 'uren-participatie', { voorstel: 'ons-naar-duo', ons: '60', duo: undefined }), 'ons-naar-duo');
  }
  assert.equal((await stateOf(person.duo)).documenten.uren[0].ParticipatieactiviteitenBredeIntake.uren, 60);
  await knows(person, 'uren', [{ gemeentecode: '9901', bekendTot: '2026-04-01', ParticipatieactiviteitenBredeIntake: { uren: 12 } },
    { gemeentecode: '9902', bekendTot: '2026-01-01', ParticipatieactiviteitenBredeIntake: { uren: 3 } }]);
  await mended(person, await found(person, 'uren-participatie', { voorstel: 'ons-naar-duo', ons: '60', duo: '12' }), 'ons-naar-duo');

  const offer = { instellingsnummer: '1000000001', datumAanbod: '2026-02-16', datumStart: '2026-03-01', urenPerWeek: 12 };
  await withFault({ soort: 'status', status: 400, operatie: 'POST /personen/{bsn}/Inburgeringsaanbod/{instellingsnummer}' }, async () => {
    const reply = await api('POST', `/api/learning-routes/v1/inburgeraars/${person.id}/aanbiedingen`, { token: regisseur, body: offer });
    assert.equal(reply.status, 201, JSON.stringify(reply.body));
    await until('DUO refuses', () => sql(`select status from duo.melding where inburgeraar_id = '${person.id}' and soort = 'aanbod'`) === 'geweigerd');
  });
  await mended(person, await found(person, 'aanbod', { voorstel: 'ons-naar-duo', ons: '1000000001 2026-02-16 2026-03-01', duo: undefined }), 'ons-naar-duo');

  await put(`${progress}/inburgeraars/${person.id}/pvt`, { ondertekendOp: '2026-03-02' });
  await put(`${progress}/inburgeraars/${person.id}/map`, { eindgesprekOp: '2026-04-01' });
  await everythingHandled();
  await withFault({ soort: 'status', status: 400, operatie: 'PUT /personen/{bsn}/zroute' }, async () => {
    await put(`${progress}/inburgeraars/${person.id}/z-route`, { eindgesprekOp: '2026-10-01' });
    await until('DUO refuses', () => sql(`select status from duo.melding where inburgeraar_id = '${person.id}' and soort = 'zroute'`) === 'geweigerd');
  });
  await mended(person, await found(person, 'zroute', { voorstel: 'ons-naar-duo', ons: '2026-10-01', duo: undefined }), 'ons-naar-duo');
});

onTheDay('where neither side is right by itself a person decides; what is accepted stays so until it changes', async () => {
  const person = await withPip();
  await knows(person, 'map', { datumEindgesprekMap: '2026-05-01' });
  const v = await found(person, 'map', { voorstel: 'mens-beslist', ons: undefined, duo: '2026-05-01' });
  await decide(v, { besluit: 'accepteren' }, 400);
  await decide(v, { besluit: 'duo-naar-ons' }, 409);
  await decide({ ...v, versie: v.versie + 1 }, { besluit: 'accepteren', toelichting: 'x' }, 412);
  const accepted = await decide(v, { besluit: 'accepteren', toelichting: 'Door de vorige gemeente gemeld' });
  assert.deepEqual([accepted.status, accepted.toelichting], ['geaccepteerd', 'Door de vorige gemeente gemeld']);
  await until('the task is done', async () => (await tasks(person)).length === 0);
  assert.equal(differs(await compare(person)), '', 'accepted is not open');
  await decide(accepted, { besluit: 'accepteren', toelichting: 'nog eens' }, 409);

  await knows(person, 'map', { datumEindgesprekMap: '2026-05-02' });
  const again = await found(person, 'map', { voorstel: 'mens-beslist', ons: undefined, duo: '2026-05-02' });
  assert.equal(again.id, v.id);
  assert.equal(again.besluit, undefined);
  await knows(person, 'map', {});
  assert.equal(differs(await compare(person)), '');
  assert.equal((await all(person))[0].opgelostDoor, 'vergelijking', 'nobody had to do anything');

  // our own exam, and a PIP of another gemeente
  await api('POST', `${progress}/inburgeraars/${person.id}/examenresultaten`, { token: regisseur,
    body: { onderdeel: 'KNM', resultaat: 'geslaagd', datum: '2026-09-01' } });
  await found(person, 'examens', { voorstel: 'mens-beslist', ons: '2026-09-01 KNM Geslaagd', duo: undefined });
});

onTheDay('about whom DUO knows nothing is one difference, and no more is said of that person', async () => {
  const id = await newPerson(regisseur, 'asielstatushouder', { bsn: randomBsn(), datumKennisgeving: NOTICE });
  const v = await found({ id }, 'persoon', { voorstel: 'mens-beslist', ons: 'dossier', duo: undefined });
  await decide(v, { besluit: 'ons-naar-duo' }, 409);
  await decide(v, { besluit: 'duo-naar-ons' }, 409);

  const known = await someone();
  await knows(known, 'map', { datumEindgesprekMap: '2026-05-01' });
  assert.equal(differs(await compare(known)), 'map');
  await control('POST', '/verhuizingen', { bsn: known.bsn, naar: '9902', datum: DAY });
  assert.equal(differs(await compare(known)), 'map persoon', 'what was known to differ is not called solved');
});

onTheDay('what is under way is no difference, and DUO that is away loses nothing', async () => {
  const person = await someone();
  await withFault({ soort: 'status', status: 503, operatie: 'POST /personen/{bsn}/PIP' }, async () => {
    await setPip(regisseur, person.id, 'B', PIP);
    await until('tried once', () => sql(`select count(*) from duo.melding where inburgeraar_id = '${person.id}' and fout is not null`) === '1');
    assert.equal(differs(await compare(person)), '');
  });
  await everythingHandled();
  assert.equal(differs(await compare(person)), '');
  await knows(person, 'map', { datumEindgesprekMap: '2026-05-01' });
  assert.equal(differs(await compare(person)), 'map');
  await withFault({ soort: 'verbroken' }, () => compare(person, 502));
  await withFault({ soort: 'buiten-contract', operatie: 'GET /personen/{bsn}/inburgeringsplicht' }, () => compare(person, 502));
  assert.equal(differs(await open(person)), 'map');
});

onTheDay('the list of all differences: filters, pages, who may', async () => {
  const person = await someone();
  await knows(person, 'map', { datumEindgesprekMap: '2026-05-01' });
  await knows(person, 'doelgroep', { indeling: 'Gezinsmigrant en overige migrant' });
  assert.equal(differs(await compare(person)), 'doelgroep map');
  for (const [filter, want] of [['?status=open', 'doelgroep map'], ['?status=open&onderdeel=map', 'map'],
    ['?voorstel=duo-naar-ons', 'doelgroep'], ['?status=geaccepteerd', ''], ['', 'doelgroep map']]) {
    const rows = await everything(`${base}/verschillen${filter}`, { token: handhaver, limit: 3 });
    assert.equal(differs(rows.filter((v) => v.inburgeraarId === person.id)), want, filter);
    assert.deepEqual(rows.map((v) => v.volgnr), rows.map((v) => v.volgnr).toSorted((a, b) => b - a), 'newest first');
  }
  const [v] = await open(person);
  const stranger = await login('regisseur1.9902');
  assert.equal((await api('GET', `${base}/verschillen/${v.id}`, { token: stranger })).status, 404);
  assert.equal((await api('POST', `${base}/inburgeraars/${person.id}/vergelijking`, { token: stranger })).status, 404);
  assert.equal((await everything(`${base}/verschillen`, { token: stranger })).filter((x) => x.inburgeraarId === person.id).length, 0);
  assert.equal((await api('POST', `${base}/verschillen/${v.id}/besluit`, { token: stranger, body: { besluit: 'accepteren', toelichting: 'Van ons' },
    headers: { 'If-Match': `"${v.versie}"` } })).status, 404);
  assert.equal((await api('GET', `${base}/verschillen?status=weg`, { token: regisseur })).status, 400);
});

onTheDay('a run over all people survives a kill, a DUO that is away and faults, and compares everybody once', async () => {
  const CHUNK = 40;
  const people = Number(sql("select count(*) from intake.inburgeraar where gemeente = '9901'"));
  const known = sql("select string_agg(quote_literal(id), ',') from duo.verschil where gemeente = '9901' and status = 'open'");
  const asked = async () => (await counted('GET /personen/{bsn}/inburgeringsplicht')).gevraagd;
  const begin = await asked();
  const body = { reden: 'Proef met storingen' };
  assert.equal((await api('POST', `${base}/vergelijkingen`, { token: regisseur, body })).status, 403);
  await control('POST', '/fouten', { soort: 'verbroken' });
  const started = await api('POST', `${base}/vergelijkingen`, { token: teamleider, body });
  assert.equal(started.status, 201, JSON.stringify(started.body));
  const { id } = started.body;
  const state = async () => (await api('GET', `${base}/vergelijkingen/${id}`, { token: handhaver })).body;
  assert.equal((await api('POST', `${base}/vergelijkingen`, { token: teamleider, body })).status, 409);
  await until('it waits for DUO', async () => (await state()).fout);
  assert.equal((await state()).personen, 0);
  await control('DELETE', '/fouten');

  await control('POST', '/fouten', { soort: 'vertraging', ms: 100 });
  await until('the first people', async () => (await state()).personen > 0, 60);
  const jobs = processes().filter((p) => p.exe === 'regie-duo' && p.jobs);
  for (const { pid } of jobs) process.kill(pid, 'SIGKILL');
  const at = await state();
  assert.ok(at.status === 'bezig' && at.personen < people, `killed in the middle: ${at.personen} of ${people}`);
  await control('DELETE', '/fouten');
  await control('POST', '/fouten', { soort: 'status', status: 503, procent: 10, zaad: 7 });
  await control('POST', '/fouten', { soort: 'verbroken', procent: 5, zaad: 8 });
  const done = await until('it goes on to the end', async () => {
    const s = await state();
    return s.status === 'klaar' && s;
  }, 90);
  assert.deepEqual([done.personen + done.nietGelukt, done.nietGelukt], [people, 0], 'everybody, once');
  assert.equal(sql(`select count(*) from duo.verschil where id in (${known}) and status <> 'open'`), '0', 'what was open is found again');
  const { fout } = await counted('GET /personen/{bsn}/inburgeringsplicht');
  assert.ok((await asked()) - begin - fout <= people + 2 * CHUNK, 'only the chunk in hand was asked again');
  assert.equal((await everything(`${base}/vergelijkingen`, { token: handhaver }))[0].id, id);
});
