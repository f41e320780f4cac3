// SPDX-License-Identifier: EUPL-1.2
// Moves between gemeenten that share an installation: DUO tells both, the dossier is offered, accepted, refused or
// withdrawn, and only PIP, progress and fines go along (Wi2021 art. 35 lid 4).
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { everybodyOn, everythingHandled } from './duo.mjs';
import { api, everything, login, onDay, sql, until } from './lib.mjs';
import { kept } from './decisions.mjs';
import { decideIntakeFine, etagOf, finishIntake, missOproep, newPerson, pipFor, setPip } from './people.mjs';
import { happen, move, newAtDuo } from './simulator.mjs';

const intake = '/api/intake/v1';
const routes = '/api/learning-routes/v1';
const progress = '/api/progress/v1';
const enforcement = '/api/enforcement/v1';
const PIP_DAY = '2026-02-02';
const MOVED = '2026-09-01';
let old; // caseworker of the gemeente that is left
let fresh; // of the new one
let third; // of one that has nothing to do with it
let staff;

before(async () => {
  [old, fresh, third] = [await login('regisseur1.9901'), await login('regisseur1.9902'), await login('regisseur1.9903')];
  staff = { handhaver: await login('handhaver.9901'), teamleider: await login('teamleider.9901') };
});

const get = (path, token) => api('GET', path, { token });
const post = (path, token, body, headers = {}) => api('POST', path, { token, body, headers });
const dossier = async (id, token) => (await get(`${intake}/inburgeraars/${id}`, token)).body;
const dossierOf = async (bsn, token) => (await api('POST', `${intake}/inburgeraars/_zoek`, { token, body: { bsn } })).body.items[0];
const handovers = (id, token) => everything(`${intake}/inburgeraars/${id}/overdrachten`, { token });
const lines = (id, token) => everything(`${intake}/overdrachten/${id}/regels`, { token });
const list = (service, id, what, token) => everything(`${service}/inburgeraars/${id}/${what}`, { token });
const decide = async (id, what, token, body) => post(`${intake}/overdrachten/${id}/${what}`, token, body,
  { 'If-Match': await etagOf(`${intake}/overdrachten/${id}`, token) });

async function openTasks(id, token) {
  return (await everything(`${intake}/taken`, { token, limit: 100 })).filter((t) => t.inburgeraarId === id);
}

// Somebody with a PIP, hours, a PVT, a talk with a report, and an exam result, in 9901.
async function resident(more = {}) {
  const [theirs, ours] = more.gezin ? ['Gezinsmigrant en overige migrant', 'gezinsmigrant-overig'] : ['Asielstatushouder', 'asielstatushouder'];
  const person = await onDay('2026-01-05', () => newAtDuo({ gemeentecode: '9901', doelgroep: theirs }));
  const id = await onDay(PIP_DAY, async () => {
    const made = await newPerson(old, ours, { bsn: person.bsn, datumKennisgeving: '2026-01-05', datumInschrijvingBrp: '2026-01-05' });
    if (more.before) await more.before(made);
    await setPip(old, made, 'Z', PIP_DAY, { begeleiding: 'Elke maand een gesprek', motivering: 'GEHEIM-MOTIVERING' });
    return made;
  });
  await onDay('2026-08-20', async () => {
    await everythingHandled();
    assert.equal((await post(`${progress}/inburgeraars/${id}/uren`, old, { soort: 'cursus', van: '2026-03-01', tot: '2026-06-30', aantal: 120 })).status, 201);
    assert.equal((await api('PUT', `${progress}/inburgeraars/${id}/pvt`, { token: old, body: { ondertekendOp: '2026-06-01' } })).status, 200);
    const talk = await post(`${progress}/inburgeraars/${id}/voortgangsgesprekken`, old, { datum: '2026-08-03', tijd: '10:00', plaats: 'Stadhuis', onderwerp: 'GEHEIM-ONDERWERP' });
    const at = `${progress}/voortgangsgesprekken/${talk.body.id}`;
    assert.equal((await post(`${at}/uitkomst`, old, { uitkomst: 'gehouden', verslag: 'GEHEIM-VERSLAG' }, { 'If-Match': await etagOf(at, old) })).status, 200);
    await happen(person, 'SS199', { datum: '2026-08-10', onderdeel: 'KNM' });
    await everythingHandled();
  });
  return { person, id };
}

// The person moves to 9902: both gemeenten hear it; the new dossier.
async function moved(person, to = '9902') {
  await move(person, to, { datum: MOVED });
  const found = await until('the new dossier', () => dossierOf(person.bsn, fresh), 20);
  await everythingHandled();
  return found.id;
}

test('a move with a PIP: the new gemeente gets ten weeks, keeps the leerroute, and is offered the dossier', () => onDay(MOVED, async () => {
  const { person, id } = await resident();
  await everybodyOn(MOVED);
  const newId = await moved(person);
  const mine = await dossier(newId, fresh);
  assert.equal(mine.datumVestiging, MOVED);
  assert.equal(mine.pipUiterlijk, '2026-11-10', 'ten weeks after the registration (Bi art. 5.3 lid 3)');
  const tasks = (await openTasks(newId, fresh)).map((t) => t.soort).sort();
  assert.deepEqual(tasks, ['gevestigd', 'oproep-sturen', 'overdracht-beoordelen', 'pip-overnemen']);
  const theirs = await dossier(id, old);
  assert.equal(theirs.vertrokkenOp, MOVED);
  assert.ok((await openTasks(id, old)).some((t) => t.soort === 'dossier-overdragen' && t.rol === 'regisseur' && t.uiterlijk === '2026-09-15'));

  // what DUO says of the PIP of before
  const [pip] = await list(routes, newId, 'ontvangen-pips', fresh);
  assert.deepEqual([pip.bron, pip.vanGemeente, pip.leerroute, pip.dagtekening, pip.begeleiding], ['duo', '9901', 'Z', PIP_DAY, undefined]);
  assert.equal((await get(`${progress}/inburgeraars/${newId}/termijn`, fresh)).body.begin, '2026-02-03', 'the term runs on');

  // nothing of the old dossier before it is accepted
  assert.deepEqual(await list(progress, newId, 'uren', fresh), []);
  const [offer] = await handovers(newId, fresh);
  assert.deepEqual([offer.richting, offer.status, offer.gemeente, offer.naarGemeente, offer.inburgeraarId], ['in', 'aangeboden', '9901', '9902', newId]);
  assert.deepEqual((await handovers(id, old)).map((o) => [o.id, o.richting, o.inburgeraarId]), [[offer.id, 'uit', id]]);

  // the leerroute is kept
  await finishIntake(fresh, newId, 'Z', MOVED);
  const other = await post(`${routes}/inburgeraars/${newId}/pips`, fresh, pipFor('B'));
  assert.ok(other.body.bezwaren.some((b) => b.code === 'andere-leerroute-dan-vorige-gemeente' && b.grondslag.includes('art. 5.3 lid 3')), JSON.stringify(other.body.bezwaren));
  const at = `${routes}/pips/${other.body.id}`;
  assert.equal((await post(`${at}/vaststelling`, fresh, { dagtekening: MOVED }, { 'If-Match': await etagOf(at, fresh) })).status, 400);
  const same = await api('PUT', at, { token: fresh, body: pipFor('Z'), headers: { 'If-Match': await etagOf(at, fresh) } });
  assert.deepEqual(same.body.bezwaren, []);
  assert.equal((await post(`${at}/vaststelling`, fresh, { dagtekening: MOVED }, { 'If-Match': await etagOf(at, fresh) })).status, 200);
  await everythingHandled();
  assert.ok(!(await openTasks(newId, fresh)).some((t) => t.soort === 'pip-overnemen'), 'the own PIP is there');
}));

test('an accepted dossier: PIP, progress and fines go along; intake, notes and reports stay; both see the log', () => onDay(MOVED, async () => {
  const { person, id } = await resident({ gezin: true, before: async (made) => {
    await missOproep(old, made, '2026-01-12');
    await missOproep(old, made, '2026-01-19');
    await decideIntakeFine(staff, made, '2026-01-20', '2026-02-20');
  } });
  await everybodyOn(MOVED);
  const newId = await moved(person);
  const [offer] = await handovers(newId, fresh);
  const accepted = await decide(offer.id, 'acceptatie', fresh);
  assert.deepEqual([accepted.status, accepted.body.status, accepted.body.beslistOp], [200, 'geaccepteerd', MOVED]);
  await everythingHandled();

  const [pip] = await list(routes, newId, 'ontvangen-pips', fresh);
  assert.deepEqual([pip.bron, pip.vanGemeente, pip.leerroute, pip.begeleiding, pip.pvtUren], ['overdracht', '9901', 'Z', 'Elke maand een gesprek', 12]);
  const hours = await list(progress, newId, 'uren', fresh);
  assert.deepEqual(hours.map((u) => [u.soort, u.aantal, u.vanGemeente]), [['cursus', 120, '9901']]);
  const pvt = (await get(`${progress}/inburgeraars/${newId}/pvt`, fresh)).body;
  assert.deepEqual([pvt.ondertekendOp, pvt.vanGemeente], ['2026-06-01', '9901']);
  const talks = await list(progress, newId, 'voortgangsgesprekken', fresh);
  assert.deepEqual(talks.map((t) => [t.datum, t.status, t.verslag, t.onderwerp, t.vanGemeente]), [['2026-08-03', 'gehouden', undefined, undefined, '9901']]);
  assert.deepEqual((await list(progress, newId, 'examenresultaten', fresh)).map((e) => e.onderdeel), ['KNM']);
  const fines = await list(enforcement, newId, 'ontvangen-boetes', fresh);
  assert.deepEqual(fines.map((f) => [f.artikel, f.bedrag, f.vanGemeente, f.bekendmakingDatum]), [['22', 250, '9901', '2026-01-20']]);

  // a fine here counts it among those that were imposed
  const handhaver = await login('handhaver.9902');
  const step = async (path, name, body) => {
    const reply = await post(`${path}/${name}`, handhaver, body, { 'If-Match': await etagOf(path, handhaver) });
    assert.equal(reply.status, 200, `${name}: ${JSON.stringify(reply.body)}`);
  };
  const conduct = await post(`${enforcement}/inburgeraars/${newId}/overtredingen`, handhaver, { artikel: '23', gedraging: 'begeleiding', datumOvertreding: MOVED,
    datumConstatering: MOVED, omschrijving: 'Niet op het gesprek', verwijtbaarheid: 'normaal' });
  assert.equal(conduct.status, 201);
  const zaak = `${enforcement}/overtredingen/${conduct.body.id}`;
  await step(zaak, 'rapport', { rapportDatum: MOVED, rapport: 'Gesprek gemist.' });
  await step(zaak, 'zienswijze', { zienswijze: 'Vergeten' });
  await step(zaak, 'voorstel', {});
  assert.equal(kept(conduct.body.id, 'boete-23')[0].feiten.reedsOpgelegd, 250);

  // what stays
  assert.deepEqual(await list(intake, newId, 'brede-intake', fresh), []);
  assert.deepEqual(await list(intake, newId, 'oproepen', fresh), []);
  assert.equal(await list(intake, newId, 'leerbaarheidstoetsen', fresh).then((l) => l.filter((t) => t.bron === 'gemeente').length), 0);
  assert.equal((await get(`${enforcement}/inburgeraars/${newId}/overtredingen`, fresh)).body.items.length, 1, 'the one that was made here');
  const copied = sql(`select (select string_agg(to_jsonb(p)::text, '') from learning_routes.ontvangen_pip p where inburgeraar_id = '${newId}')
    || (select string_agg(to_jsonb(g)::text, '') from progress.voortgangsgesprek g where inburgeraar_id = '${newId}')
    || (select string_agg(data::text, '') from core.gebeurtenis where inburgeraar_id = '${newId}')`);
  assert.doesNotMatch(copied, /GEHEIM/, 'no note travels');
  for (const path of [`${intake}/inburgeraars/${id}`, `${progress}/inburgeraars/${id}/uren`, `${routes}/inburgeraars/${id}/pips`]) {
    assert.equal((await get(path, fresh)).status, 404, 'the old dossier stays out of sight');
  }

  // the old dossier is closed
  const closed = await dossier(id, old);
  assert.deepEqual([closed.fase, closed.overgedragenOp], ['beeindigd', MOVED]);
  assert.deepEqual(await openTasks(id, old), []);
  assert.equal((await list(intake, id, 'brede-intake', old)).length, 6, 'and whole');
  assert.ok(!(await openTasks(newId, fresh)).some((t) => t.soort === 'overdracht-beoordelen'));

  // both see who did what
  const log = await lines(offer.id, fresh);
  assert.deepEqual(await lines(offer.id, old), log);
  assert.deepEqual(log.slice(0, 2).map((l) => l.handeling), ['aangeboden', 'geaccepteerd']);
  assert.match(log[0].door, /^DUO, SS121$/);
  assert.ok(log[1].door.length > 2 && !/DUO|Regie/.test(log[1].door), log[1].door);
  assert.deepEqual(log.slice(2).map((l) => l.handeling), ['overgenomen', 'overgenomen', 'overgenomen']);
  const what = log.slice(2).map((l) => l.wat).sort();
  assert.deepEqual(what.map((w) => w.split(':')[0]), ['PIP\'s', 'afrondingen', 'boetes']);
  assert.match(what.join(), /PIP's: 1.*uren: 1|uren: 1.*PIP's: 1/);
  assert.equal(log[1].tijdstip.length, 20);

  // once more is refused
  assert.equal((await decide(offer.id, 'acceptatie', fresh)).status, 409);
  assert.equal((await decide(offer.id, 'intrekking', old)).status, 409);
}));

test('refused and withdrawn: nothing is copied, the reason is shown, and it can be offered again', () => onDay(MOVED, async () => {
  const { person, id } = await resident();
  await everybodyOn(MOVED);
  const newId = await moved(person);
  const [offer] = await handovers(newId, fresh);
  const path = `${intake}/overdrachten/${offer.id}`;
  assert.equal((await decide(offer.id, 'weigering', old, { reden: 'Niet van mij' })).status, 403, 'the old gemeente does not refuse');
  assert.equal((await decide(offer.id, 'acceptatie', old)).status, 403, 'nor accept');
  assert.equal((await decide(offer.id, 'intrekking', fresh)).status, 403, 'the new one does not withdraw');
  assert.equal((await post(`${path}/weigering`, fresh, { reden: 'Te vroeg' })).status, 428);
  assert.equal((await post(`${path}/weigering`, fresh, { reden: 'Te vroeg' }, { 'If-Match': '"99"' })).status, 412);
  assert.equal((await decide(offer.id, 'weigering', fresh, {})).status, 400, 'a reason is needed');
  const refused = await decide(offer.id, 'weigering', fresh, { reden: 'Het PIP ontbreekt' });
  assert.deepEqual([refused.status, refused.body.status, refused.body.reden], [200, 'geweigerd', 'Het PIP ontbreekt']);
  await everythingHandled();
  assert.equal((await get(path, old)).body.reden, 'Het PIP ontbreekt');
  assert.ok((await openTasks(id, old)).some((t) => t.soort === 'overdracht-teruggekomen'));
  assert.deepEqual(await list(progress, newId, 'uren', fresh), []);
  assert.equal((await dossier(id, old)).overgedragenOp, undefined);

  const again = await post(`${intake}/inburgeraars/${id}/overdrachten`, old, { toelichting: 'Nu met PIP' });
  assert.equal(again.status, 201, JSON.stringify(again.body));
  assert.equal(again.headers.get('location'), `${intake}/overdrachten/${again.body.id}`);
  assert.equal((await post(`${intake}/inburgeraars/${id}/overdrachten`, old, {})).status, 409, 'one offer at a time');
  await everythingHandled();
  assert.ok((await openTasks(newId, fresh)).some((t) => t.soort === 'overdracht-beoordelen'));
  const withdrawn = await decide(again.body.id, 'intrekking', old);
  assert.deepEqual([withdrawn.status, withdrawn.body.status], [200, 'ingetrokken']);
  await everythingHandled();
  assert.ok(!(await openTasks(newId, fresh)).some((t) => t.soort === 'overdracht-beoordelen'));
  assert.equal((await decide(again.body.id, 'acceptatie', fresh)).status, 409);
  assert.deepEqual((await lines(again.body.id, fresh)).map((l) => l.handeling), ['aangeboden', 'ingetrokken']);
}));

test('a gemeente that has nothing to do with it, a citizen and strangers see nothing of it', () => onDay(MOVED, async () => {
  const { person, id } = await resident();
  await everybodyOn(MOVED);
  const newId = await moved(person);
  const [offer] = await handovers(newId, fresh);
  const forged = { 'X-Gemeente': '9902', gemeente: '9902', 'If-Match': `"${offer.versie}"` };
  const paths = [`${intake}/overdrachten/${offer.id}`, `${intake}/overdrachten/${offer.id}/regels`, `${intake}/inburgeraars/${newId}/overdrachten`,
    `${intake}/inburgeraars/${id}/overdrachten`, `${routes}/inburgeraars/${newId}/ontvangen-pips`, `${enforcement}/inburgeraars/${newId}/ontvangen-boetes`];
  for (const path of paths) {
    assert.equal((await api('GET', path, { token: third, headers: forged })).status, 404, path);
    assert.equal((await get(path)).status, 401, path);
  }
  for (const [what, body] of [['acceptatie'], ['weigering', { reden: 'x' }], ['intrekking']]) {
    assert.equal((await post(`${intake}/overdrachten/${offer.id}/${what}`, third, body, forged)).status, 404, what);
    assert.equal((await post(`${intake}/overdrachten/${randomUUID()}/${what}`, fresh, body, forged)).status, 404, what);
  }
  assert.ok(!(await everything(`${intake}/overdrachten`, { token: third, limit: 100 })).some((o) => o.id === offer.id));
  assert.equal((await post(`${intake}/inburgeraars/${id}/overdrachten`, third, {})).status, 404);
  assert.equal((await post(`${intake}/inburgeraars/${id}/overdrachten`, fresh, {})).status, 404, 'nobody offers the dossier of another');
  assert.equal((await get(`${intake}/overdrachten/${offer.id}`, staff.handhaver)).status, 200);
  assert.equal((await decide(offer.id, 'acceptatie', staff.handhaver)).status, 403);
  assert.equal((await get(`${intake}/overdrachten/${offer.id}`, fresh)).body.status, 'aangeboden', 'nothing was changed');
}));

test('the functions that copy are for their own service, and only of what was accepted', () => onDay(MOVED, async () => {
  const { person } = await resident();
  await everybodyOn(MOVED);
  const newId = await moved(person);
  const [offer] = await handovers(newId, fresh);
  for (const [schema, role] of [['learning_routes', 'regie_learning_routes'], ['progress', 'regie_progress'], ['enforcement', 'regie_enforcement']]) {
    const as = (who, gemeente) => () => sql(`set role ${who}; select set_config('regie.gemeenten', '${gemeente}', false); select ${schema}.neem_over('${offer.id}')`);
    assert.throws(as(role, '9902'), /niet geaccepteerd/, `${schema}: offered, not accepted`);
    assert.throws(as('regie_duo', '9902'), /permission denied/, `${schema}: another service`);
    assert.throws(as(role, '9903'), /niet geaccepteerd/, `${schema}: another gemeente`);
  }
  assert.throws(() => sql(`set role regie_learning_routes; select * from intake.andere_dossiers(null)`), /permission denied/);
  assert.throws(() => sql(`set role regie_intake; insert into intake.overdracht (id, gemeente, inburgeraar_id, naar_gemeente, naar_inburgeraar_id, aangeboden_op)
    select gen_random_uuid(), gemeente, inburgeraar_id, naar_gemeente, naar_inburgeraar_id, aangeboden_op from intake.overdracht limit 1`), /permission denied/);
}));

test('a dossier is offered only of somebody who left, and only to where there is a dossier', () => onDay(MOVED, async () => {
  const person = await newAtDuo({ gemeentecode: '9901' });
  const id = await newPerson(old, 'asielstatushouder', { bsn: person.bsn, datumKennisgeving: '2026-01-05' });
  const offer = () => post(`${intake}/inburgeraars/${id}/overdrachten`, old, {});
  const here = await offer();
  assert.equal(here.status, 409);
  assert.match(here.body.detail, /vertrokken/);
  await move(person, undefined, { datum: MOVED });
  await until('the departure', async () => (await dossier(id, old)).vertrokkenOp);
  assert.ok((await openTasks(id, old)).some((t) => t.soort === 'vertrek-afronden'));
  const abroad = await offer();
  assert.equal(abroad.status, 409);
  assert.match(abroad.body.detail, /geen dossier/);
  assert.equal((await post(`${intake}/inburgeraars/${randomUUID()}/overdrachten`, old, {})).status, 404);
}));

test('the gemeente that was left hears it from the arrival, too: DUO does not tell departures yet', () => onDay(MOVED, async () => {
  await everybodyOn(MOVED);
  const person = await newAtDuo({ gemeentecode: '9902' });
  const id = await newPerson(old, 'asielstatushouder', { bsn: person.bsn, datumKennisgeving: '2026-01-05' });
  await happen(person, 'SS120', { datum: MOVED });
  const newId = (await until('the new dossier', () => dossierOf(person.bsn, fresh), 20)).id;
  await everythingHandled();
  assert.equal((await dossier(id, old)).vertrokkenOp, MOVED);
  assert.ok((await openTasks(id, old)).some((t) => t.soort === 'dossier-overdragen'));
  assert.equal((await handovers(newId, fresh)).length, 1);
  await happen(person, 'SS120', { datum: MOVED });
  await everythingHandled();
  assert.equal((await handovers(newId, fresh)).length, 1, 'told twice, offered once');
}));

test('a move without a PIP, and the way back: the old dossier lives again', () => onDay(MOVED, async () => {
  const person = await newAtDuo({ gemeentecode: '9901' });
  const id = await newPerson(old, 'asielstatushouder', { bsn: person.bsn, datumKennisgeving: '2026-08-20' });
  await everybodyOn(MOVED);
  const newId = await moved(person);
  const tasks = (await openTasks(newId, fresh)).map((t) => t.soort).sort();
  assert.deepEqual(tasks, ['gevestigd', 'oproep-sturen', 'overdracht-beoordelen'], 'SS120: no PIP to take over');
  const [offer] = await handovers(newId, fresh);
  assert.equal((await decide(offer.id, 'acceptatie', fresh)).status, 200);
  await everythingHandled();
  assert.equal((await dossier(id, old)).fase, 'beeindigd');
  await everybodyOn('2026-10-05');
  await move(person, '9901', { datum: '2026-10-05' });
  const back = await until('back', async () => {
    const d = await dossier(id, old);
    return d.datumVestiging === '2026-10-05' && d;
  });
  assert.deepEqual([back.vertrokkenOp, back.overgedragenOp, back.fase], [undefined, undefined, 'aangemeld']);
  await everythingHandled();
  const [, second] = await handovers(id, old);
  assert.deepEqual([second.richting, second.status, second.gemeente], ['in', 'aangeboden', '9902']);
  assert.ok((await dossier(newId, fresh)).vertrokkenOp);
}));
