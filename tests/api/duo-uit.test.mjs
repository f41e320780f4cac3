// SPDX-License-Identifier: EUPL-1.2
// What DUO is told: every kind arrives at the played DUO, in order per person, side by side, at a pace; what fails is
// tried again, what is refused is somebody's work, and what cannot be sent can be typed into DUO's portal.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, test } from 'node:test';
import { operationOf, skip } from './contract.mjs';
import { askSimulator, everythingHandled, fitsContract, insteadOfDuo, knownAtDuo } from './duo.mjs';
import { api, everything, login, loginBurger, onDay, sql, until } from './lib.mjs';
import { decidePip, etagOf, finishIntake, newPerson, randomBsn, setPip } from './people.mjs';
import { behaving, control, counted, withFault } from './simulator.mjs';

const base = '/api/duo/v1';
const intake = '/api/intake/v1';
const routes = '/api/learning-routes/v1';
const progress = '/api/progress/v1';
const MONDAY = '2026-02-02';
const LATER = '2026-12-01';
const HOURS = 'PUT /personen/{bsn}/uren/participatietaalles';
let regisseur;
let stranger;
let handhaver;
let medewerker;

before(async () => {
  regisseur = await login('regisseur1.9901');
  stranger = await login('regisseur1.9902');
  handhaver = await login('handhaver.9901');
  medewerker = sql("select id from core.medewerker where sub = 'regisseur1.9901'");
});

const call = (method, path, body, headers = {}, token = regisseur) => api(method, path, { token, body, headers });
async function must(method, path, body, headers) {
  const reply = await call(method, path, body, headers);
  assert.ok(reply.status < 300, `${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}
const seenVersion = async (path) => ({ 'If-Match': await etagOf(path, regisseur) });
const messages = (person) => everything(`${base}/meldingen?inburgeraarId=${person}`, { token: regisseur, limit: 100 });
const messageOf = async (person, soort, status) => (await messages(person)).find((m) => m.soort === soort && (!status || m.status === status));
const arrived = (person, soort) => until(`${soort} at DUO`, () => messageOf(person, soort, 'geaccepteerd'), 30);
const openTasks = (person, soort) => Number(sql(`select count(*) from intake.taak where inburgeraar_id = '${person}' and soort = '${soort}' and status = 'open'`));
const taskOpens = (person, soort) => until(`the task ${soort}`, () => openTasks(person, soort) === 1);
const taskCloses = (person, soort) => until(`the task ${soort} is done`, () => openTasks(person, soort) === 0);
const atDuo = async (person) => (await control('POST', '/personen/_zoek', { bsn: person.bsn }));
const empty = (status) => ({ status, headers: {} });
const refusal = (text) => ({ status: 403, body: JSON.stringify([{ fouttekst: text }]), headers: {} });
const success = { POST: 201, PUT: 200, DELETE: 200 };
const accepts = (request) => empty(success[request.method] ?? 404);
const about = (seen, bsn) => seen.filter((e) => e.request.path.startsWith(`/personen/${bsn}/`));
const fieldsOf = (reply) => {
  assert.equal(reply.status, 400, JSON.stringify(reply.body));
  return reply.body.invalidParams.map((p) => `${p.name}: ${p.code}`).sort();
};

// Somebody that DUO knows and told us of: { id, bsn, … }.
async function newcomer(day, more) {
  return onDay(day, async () => {
    const person = await knownAtDuo(more);
    await person.tell('SS139');
    const found = await until('the dossier', async () => (await call('POST', `${intake}/inburgeraars/_zoek`, { bsn: person.bsn })).body.items[0]);
    return { ...person, id: found.id };
  });
}

// Hours of lessons in a month: a message to DUO that needs nothing else.
let month = 0;
async function lessons(person, aantal) {
  month += 1;
  const at = `${2000 + Math.floor(month / 12)}-${String(1 + month % 12).padStart(2, '0')}`;
  return must('POST', `${progress}/inburgeraars/${person}/uren`, { soort: 'cursus', van: `${at}-01`, tot: `${at}-28`, aantal });
}

// ---- every kind --------------------------------------------------------------------------------

test('everything that a gemeente tells DUO arrives there, and is taken back', { skip }, async () => {
  const person = await newcomer('2026-01-05');
  const wrong = await newcomer('2026-01-05');
  const at = (service, part) => `${service}/inburgeraars/${person.id}/${part}`;
  await insteadOfDuo(askSimulator, async ({ seen }) => {
    // a PIP by mistake, before anything rests on it
    await behaving({ termijn: false }, () => onDay(MONDAY, async () => {
      await finishIntake(regisseur, wrong.id, 'B', MONDAY);
      const pip = await decidePip(regisseur, wrong.id, 'B', MONDAY);
      await arrived(wrong.id, 'pip');
      const withdrawn = await must('POST', `${routes}/pips/${pip.id}/intrekking`, { reden: 'Verkeerde persoon' }, await seenVersion(`${routes}/pips/${pip.id}`));
      assert.deepEqual([withdrawn.status, withdrawn.intrekkingReden], ['ingetrokken', 'Verkeerde persoon']);
      await arrived(wrong.id, 'pip-intrekken');
      assert.deepEqual((await atDuo(wrong)).documenten.pips, []);
      assert.equal((await call('GET', `${routes}/inburgeraars/${wrong.id}/pip`)).status, 404);
      await until('no term is expected', async () => (await call('GET', `${progress}/inburgeraars/${wrong.id}/termijn`)).status === 404);
      await until('the dossier', async () => (await call('GET', `${intake}/inburgeraars/${wrong.id}`)).body.fase === 'pip');
      await taskOpens(wrong.id, 'pip-vaststellen');
    }));
    // the Z-route of an asielstatushouder
    await onDay(MONDAY, async () => {
      await finishIntake(regisseur, person.id, 'Z', MONDAY);
      await decidePip(regisseur, person.id, 'Z', MONDAY);
      await until('the term of DUO', async () => (await call('GET', at(progress, 'termijn'))).body.bron === 'duo', 30);
      const offer = await must('POST', at(routes, 'aanbiedingen'), { instellingsnummer: '1000000001', datumAanbod: MONDAY, datumStart: '2026-03-02' });
      await arrived(person.id, 'aanbod');
      assert.deepEqual(Object.keys((await atDuo(person)).documenten.aanbod), ['1000000001']);
      const path = `${routes}/aanbiedingen/${offer.id}`;
      assert.equal((await must('POST', `${path}/intrekking`, { reden: 'De groep is vol' }, await seenVersion(path))).status, 'ingetrokken');
      await arrived(person.id, 'aanbod-intrekken');
      assert.deepEqual((await atDuo(person)).documenten.aanbod, {});
      assert.equal((await call('POST', `${path}/intrekking`, { reden: 'Nog eens' }, await seenVersion(path))).status, 409);
      // the exam number of the leerbaarheidstoets is DUO's: asked for, not kept, withdrawn
      const number = await must('GET', at(base, 'lbt-examennummer'));
      assert.equal(number.examennummer, (await atDuo(person)).documenten['lbt/examennummer'].examennummer);
      await must('DELETE', at(base, 'lbt-examennummer'));
      await arrived(person.id, 'lbt-intrekken');
      assert.equal((await call('GET', at(base, 'lbt-examennummer'))).status, 404);
    });
    await onDay(LATER, async () => {
      const { documenten } = await atDuo(person);
      assert.ok(!documenten.pvt && !documenten.map && !documenten.zroute);
      const dates = [['pvt', 'ondertekendOp', '2026-06-01', 'datumOndertekeningPvt'], ['map', 'eindgesprekOp', '2026-11-02', 'datumEindgesprekMap'],
        ['z-route', 'eindgesprekOp', '2026-11-23', 'datumAfrondingZroute']];
      for (const [part, name, date] of dates) await must('PUT', at(progress, part), { [name]: date });
      for (const [part, , date, theirs] of dates) {
        const kind = part.replace('-', '');
        await arrived(person.id, kind);
        assert.equal((await atDuo(person)).documenten[kind][theirs], date);
      }
      for (const [part] of dates.reverse()) {
        await must('DELETE', at(progress, part), undefined, await seenVersion(at(progress, part)));
        assert.equal((await call('GET', at(progress, part))).status, 404);
      }
      await until('all are withdrawn', async () => {
        const now = (await atDuo(person)).documenten;
        return !now.pvt && !now.map && !now.zroute;
      }, 30);
      // hours, each soort its own total
      for (const [soort, aantal] of [['cursus', 40], ['cursus', 25], ['participatie', 12], ['taalles-intake', 8], ['map', 9]])
        await must('POST', at(progress, 'uren'), { soort, van: soort === 'cursus' && aantal === 25 ? '2026-05-01' : '2026-04-01', tot: soort === 'cursus' && aantal === 25 ? '2026-05-31' : '2026-04-30', aantal });
      await until('the hours', async () => {
        const [row] = (await atDuo(person)).documenten.uren ?? [];
        return row?.ParticipatieAlsTaalles?.uren === 65 && row.ParticipatieactiviteitenBredeIntake?.uren === 12 && row.TaallesEnKnmBredeIntake?.uren === 8;
      }, 30);
      // the regisseur is the contact person
      await must('PATCH', `${intake}/inburgeraars/${person.id}`, { regisseurId: medewerker }, await seenVersion(`${intake}/inburgeraars/${person.id}`));
      await arrived(person.id, 'contactpersoon-koppelen');
      const nummer = (await atDuo(person)).contactpersoon;
      assert.equal(sql(`select nummer from duo.contactpersoon where gemeente = '9901' and medewerker_id = '${medewerker}'`), String(nummer));
      assert.equal(sql(`select gegevens ->> 'naam' from simulator.contactpersoon where nummer = ${nummer}`), sql(`select naam from core.medewerker where id = '${medewerker}'`));
      await must('DELETE', `${intake}/inburgeraars/${person.id}/regisseur`, undefined, await seenVersion(`${intake}/inburgeraars/${person.id}`));
      await arrived(person.id, 'contactpersoon-ontkoppelen');
      assert.equal((await atDuo(person)).contactpersoon, undefined);
    });
    // somebody of the staff gets another name, and leaves; another day makes periodic work due at once
    const id = randomUUID();
    sql(`insert into core.medewerker (id, sub, naam, email, telefoon, rollen, gemeenten)
      values ('${id}', 'kort.${id}', 'Kim Kort', 'kim@waterstad.test', '06 12345678', '{regisseur}', '{9901}')`);
    await must('PATCH', `${intake}/inburgeraars/${person.id}`, { regisseurId: id }, await seenVersion(`${intake}/inburgeraars/${person.id}`));
    const known = () => sql(`select s.gegevens ->> 'naam' from duo.contactpersoon c join simulator.contactpersoon s using (nummer) where c.medewerker_id = '${id}'`);
    await until('the contact person', () => known() === 'Kim Kort', 30);
    await everythingHandled();
    sql(`update core.medewerker set naam = 'Kim Lang' where id = '${id}'`);
    await onDay('2026-12-02', () => until('the new name', () => known() === 'Kim Lang', 30));
    sql(`update core.medewerker set gemeenten = '{9903}' where id = '${id}'`);
    await onDay('2026-12-03', () => until('gone', () => known() === '', 30));
    assert.equal(sql(`select nummer is null from duo.contactpersoon where medewerker_id = '${id}'`), 't');

    await everythingHandled();
    fitsContract(seen);
    const told = new Set(seen.filter((e) => e.request.method !== 'GET' && e.answer.status < 300).map((e) => operationOf(e.request)));
    assert.deepEqual([...told].sort(), ['DELETE /contactpersonen/{id}', 'DELETE /contactpersonen/{id}/personen/{bsn}',
      'DELETE /personen/{bsn}/Inburgeringsaanbod/{instellingsnummer}', 'DELETE /personen/{bsn}/PIP', 'DELETE /personen/{bsn}/lbt/examennummer',
      'POST /contactpersonen', 'POST /contactpersonen/{id}/personen/{bsn}', 'POST /personen/{bsn}/Inburgeringsaanbod/{instellingsnummer}', 'POST /personen/{bsn}/PIP',
      'PUT /contactpersonen/{id}', 'PUT /personen/{bsn}/map', 'PUT /personen/{bsn}/pvt', 'PUT /personen/{bsn}/uren/bredeintake/taallesknm',
      'PUT /personen/{bsn}/uren/participatieactiviteiten', 'PUT /personen/{bsn}/uren/participatietaalles', 'PUT /personen/{bsn}/zroute']);
  });
});

test('what DUO would refuse is said on the form, each objection at its field', async () => {
  const person = await newcomer('2026-01-05');
  const at = (service, part) => `${service}/inburgeraars/${person.id}/${part}`;
  await onDay(MONDAY, async () => {
    await finishIntake(regisseur, person.id, 'B', MONDAY);
    const pip = await decidePip(regisseur, person.id, 'B', MONDAY);
    await until('the term of DUO', async () => (await call('GET', at(progress, 'termijn'))).body.bron === 'duo', 30);
    await until('the term in the dossier', async () => (await call('GET', `${intake}/inburgeraars/${person.id}`)).body.termijnEinde);
    const refused = await call('POST', `${routes}/pips/${pip.id}/intrekking`, { reden: 'Vergissing' }, await seenVersion(`${routes}/pips/${pip.id}`));
    assert.equal(refused.status, 409);
    assert.match(refused.body.detail, /termijn is al vastgesteld/);
    const offer = { instellingsnummer: '1000000001', datumAanbod: MONDAY, datumStart: '2026-03-02', datumEinde: '2027-03-02' };
    const cases = [[{ instellingsnummer: '9999999999' }, ['instellingsnummer: instelling-onbekend']],
      [{ datumAanbod: '2026-02-01' }, ['datumAanbod: aanbod-voor-pip']],
      [{ datumStart: '2026-02-01' }, ['datumStart: start-buiten-termijn', 'datumStart: start-voor-aanbod']],
      [{ datumStart: '2029-02-03', datumEinde: '2029-02-04' }, ['datumEinde: einde-buiten-termijn', 'datumStart: start-buiten-termijn']],
      [{ datumEinde: '2026-03-01' }, ['datumEinde: einde-voor-start']]];
    for (const [change, expected] of cases) assert.deepEqual(fieldsOf(await call('POST', at(routes, 'aanbiedingen'), { ...offer, ...change })), expected);
    assert.deepEqual((await must('GET', at(routes, 'aanbiedingen'))).items, []);
  });
  // the term of DUO ends on 2029-02-03
  await onDay('2026-12-01', async () => {
    assert.deepEqual(fieldsOf(await call('PUT', at(progress, 'map'), { eindgesprekOp: '2026-02-02' })), ['eindgesprekOp: datum-voor-termijn']);
    assert.deepEqual(fieldsOf(await call('PUT', at(progress, 'map'), { eindgesprekOp: '2026-12-02' })), ['eindgesprekOp: datum-in-toekomst']);
    assert.deepEqual(fieldsOf(await call('PUT', at(progress, 'map'), { eindgesprekOp: '2026-11-02', verwijtbaar: true })),
      ['verwijtbaar: ja-zonder-overschrijding', 'verwijtbaar: verwijtbaar-binnen-termijn']);
    assert.deepEqual(fieldsOf(await call('PUT', at(progress, 'pvt'), { ondertekendOp: '2026-11-02', verwijtbaar: false })),
      ['verwijtbaar: nee-te-vroeg', 'verwijtbaar: verwijtbaar-binnen-termijn']);
  });
  await onDay('2029-03-01', async () => {
    assert.deepEqual(fieldsOf(await call('PUT', at(progress, 'map'), { eindgesprekOp: '2029-02-12' })), ['verwijtbaar: verwijtbaar-ontbreekt']);
    await must('PUT', at(progress, 'map'), { eindgesprekOp: '2029-02-12', verwijtbaar: true });
    assert.deepEqual((await arrived(person.id, 'map')).inhoud, { datumEindgesprekMap: '2029-02-12', verwijtbaar: 'Ja' });
    const etag = await seenVersion(at(progress, 'map'));
    assert.deepEqual(fieldsOf(await call('DELETE', at(progress, 'map'), undefined, etag)), ['verwijtbaar: verwijtbaar-ontbreekt']);
    await must('DELETE', `${at(progress, 'map')}?verwijtbaar=true`, undefined, etag);
    await until('withdrawn at DUO', async () => !(await atDuo(person)).documenten.map, 30);
  });
  assert.equal(sql(`select count(*) from core.beslissing where inburgeraar_id = '${person.id}' and regel = 'duo-map'`), '2', 'what the law said is kept with what was stored');
});

// ---- sending -----------------------------------------------------------------------------------

test('of a person one message after the other, of several people side by side', () => onDay(MONDAY, async () => {
  let inHand = 0;
  let most = 0;
  const busy = new Map();
  const slow = async (request) => {
    const who = request.path.split('/')[2];
    assert.ok(!busy.get(who), 'two of one person at once');
    busy.set(who, true);
    inHand += 1;
    most = Math.max(most, inHand);
    await new Promise((resolve) => { setTimeout(resolve, 400); });
    inHand -= 1;
    busy.set(who, false);
    return accepts(request);
  };
  const people = await Promise.all(Array.from({ length: 5 }, async () => {
    const bsn = randomBsn();
    return { bsn, id: await newPerson(regisseur, 'asielstatushouder', { bsn }) };
  }));
  await insteadOfDuo(slow, async ({ seen }) => {
    for (const { id } of people) {
      await setPip(regisseur, id, 'B', MONDAY);
      for (const school of ['1000000001', '1000000002']) await must('POST', `${routes}/inburgeraars/${id}/aanbiedingen`, { instellingsnummer: school, datumAanbod: MONDAY });
    }
    for (const { id } of people) await until('all three', async () => (await messages(id)).filter((m) => m.status === 'geaccepteerd').length === 3, 30);
    for (const { bsn } of people)
      assert.deepEqual(about(seen, bsn).map((e) => e.request.path.replace(`/personen/${bsn}`, '')), ['/PIP', '/Inburgeringsaanbod/1000000001', '/Inburgeringsaanbod/1000000002']);
  });
  // all wait for a DUO that is away; when it is back they go together
  inHand = 0;
  most = 0;
  let away = true;
  await insteadOfDuo((request) => (away ? empty(503) : slow(request)), async () => {
    for (const { id } of people) await lessons(id, 10);
    for (const { id } of people) await until('tried', async () => (await messageOf(id, 'uren-participatietaalles'))?.pogingen > 0);
    away = false;
    for (const { id } of people) await arrived(id, 'uren-participatietaalles');
  });
  assert.ok(most > 1, `${most} at once`);
}));

test('never more messages in a second than the setting says, of all processes together', () => onDay(MONDAY, async () => {
  const people = await Promise.all(Array.from({ length: 20 }, () => newPerson(regisseur)));
  const RATE = 5;
  await insteadOfDuo(accepts, async ({ seen }) => {
    await Promise.all(people.map((id) => lessons(id, 10)));
    await until('all', () => seen.length === people.length, 30);
    await everythingHandled();
    const list = people.map((id) => `'${id}'`).join();
    const taken = sql(`select extract(epoch from genomen) from duo.melding where inburgeraar_id in (${list}) order by genomen`).split('\n').map(Number);
    assert.equal(taken.length, people.length);
    taken.forEach((at, i) => assert.ok(i < RATE || at - taken[i - RATE] >= 1, `message ${i}: ${at - taken[i - RATE]} s after the one ${RATE} before it`));
    const arrivals = seen.map((e) => e.request.at).sort((x, y) => x - y);
    assert.ok(arrivals.at(-1) - arrivals[0] > 2000, `all within ${arrivals.at(-1) - arrivals[0]} ms`);
  }, { processCount: 2, REGIE_DUO_RATE: String(RATE) });
}));

test('after a time-out, a reset, a cut answer and 5xx the same message goes again, and DUO has it once', async () => {
  const faults = [[{ soort: 'status', status: 503, aantal: 2 }, 3], [{ soort: 'status', status: 500, aantal: 1 }, 2], [{ soort: 'verbroken', aantal: 1 }, 2],
    [{ soort: 'verbroken', moment: 'na', aantal: 1 }, 2], [{ soort: 'status', moment: 'na', status: 502, aantal: 1 }, 2],
    [{ soort: 'vertraging', ms: 11000, aantal: 1 }, 2]];
  for (const [fault, tries] of faults) {
    const person = await newcomer('2026-01-05');
    const earlier = await counted(HOURS);
    await withFault({ operatie: HOURS, ...fault }, async () => {
      await lessons(person.id, 30);
      const sent = await until(JSON.stringify(fault), () => messageOf(person.id, 'uren-participatietaalles', 'geaccepteerd'), 40);
      assert.ok(sent.pogingen >= tries, `${JSON.stringify(fault)}: ${sent.pogingen} attempts`);
    });
    const now = await counted(HOURS);
    assert.equal(now.aangenomen - earlier.aangenomen, 1, `${JSON.stringify(fault)}: taken once`);
    assert.equal(now.dubbel, earlier.dubbel, `${JSON.stringify(fault)}: nothing twice`);
    assert.equal((await atDuo(person)).documenten.uren[0].ParticipatieAlsTaalles.uren, 30);
  }
});

test('attempts lie 1, 2, 4 seconds and a little apart', () => onDay(MONDAY, async () => {
  const id = await newPerson(regisseur);
  await insteadOfDuo(() => empty(503), async ({ seen }) => {
    await lessons(id, 10);
    await until('four attempts', () => seen.length >= 4, 20);
    const gaps = seen.slice(1, 4).map((e, i) => (e.request.at - seen[i].request.at) / 1000);
    gaps.forEach((gap, i) => assert.ok(gap >= 2 ** i && gap < 2 ** i * 1.25 + 1.8, `${gaps}`)); // the queue is looked at once a second
    assert.equal(new Set(seen.map((e) => e.request.headers.berichtid)).size, 1, 'the same berichtId');
    const { id: message, versie } = await messageOf(id, 'uren-participatietaalles');
    await until('between two attempts', async () =>
      (await call('POST', `${base}/meldingen/${message}/vervallenverklaring`, { reden: 'Proef' }, { 'If-Match': `"${versie}"` })).status === 200);
  }, { REGIE_DUO_RETRY_MAX: '300' });
}));

test('a new total takes the place of one that waits, the same total is not sent twice', () => onDay(MONDAY, async () => {
  const bsn = randomBsn();
  const id = await newPerson(regisseur, 'gezinsmigrant-overig', { bsn });
  let away = true;
  await insteadOfDuo((request) => (away ? empty(503) : accepts(request)), async ({ seen }) => {
    await lessons(id, 10);
    await until('tried', async () => (await messageOf(id, 'uren-participatietaalles'))?.pogingen > 0);
    await lessons(id, 5);
    await until('replaced', () => messageOf(id, 'uren-participatietaalles', 'vervangen'));
    away = false;
    assert.deepEqual((await arrived(id, 'uren-participatietaalles')).inhoud, { uren: 15 });
    await lessons(id, 0);
    await everythingHandled();
    assert.deepEqual(about(seen, bsn).filter((e) => e.answer.status === 200).map((e) => JSON.parse(e.request.body)), [{ uren: 15 }]);
  });
}));

test('what is withdrawn before it went is not sent at all; what may have arrived is withdrawn there', () => onDay(MONDAY, async () => {
  const bsn = randomBsn();
  const id = await newPerson(regisseur, 'asielstatushouder', { bsn });
  let away = true;
  const withdraw = async (offer) => must('POST', `${routes}/aanbiedingen/${offer.id}/intrekking`, { reden: 'Vergissing' }, await seenVersion(`${routes}/aanbiedingen/${offer.id}`));
  await insteadOfDuo((request) => (away ? empty(503) : empty(request.method === 'DELETE' ? 204 : 201)), async ({ seen }) => {
    await setPip(regisseur, id, 'B', MONDAY);
    await until('the PIP is tried', async () => (await messageOf(id, 'pip'))?.pogingen > 0);
    const offer = await must('POST', `${routes}/inburgeraars/${id}/aanbiedingen`, { instellingsnummer: '1000000001', datumAanbod: MONDAY });
    await until('it waits behind the PIP', () => messageOf(id, 'aanbod', 'wacht'));
    await withdraw(offer);
    await until('it need not go', () => messageOf(id, 'aanbod', 'vervangen'));
    away = false;
    await arrived(id, 'pip');
    const other = await must('POST', `${routes}/inburgeraars/${id}/aanbiedingen`, { instellingsnummer: '1000000002', datumAanbod: MONDAY });
    await arrived(id, 'aanbod');
    away = true;
    await withdraw(other);
    await until('tried', async () => (await messageOf(id, 'aanbod-intrekken'))?.pogingen > 0);
    away = false;
    await arrived(id, 'aanbod-intrekken');
    const taken = about(seen, bsn).filter((e) => e.answer.status < 300).map((e) => `${e.request.method} ${e.request.path.split('/').slice(3).join('/')}`);
    assert.deepEqual(taken, ['POST PIP', 'POST Inburgeringsaanbod/1000000002', 'DELETE Inburgeringsaanbod/1000000002']);
  });
}));

// ---- refused, dead: somebody's work ------------------------------------------------------------

test('a refusal is a task; the fact is mended where it is kept, goes again, and the task is done', () => onDay(LATER, async () => {
  const bsn = randomBsn();
  const id = await newPerson(regisseur, 'gezinsmigrant-overig', { bsn });
  const map = `${progress}/inburgeraars/${id}/map`;
  const text = 'De datum ligt voor de start van de inburgeringstermijn.';
  await insteadOfDuo((request) => (request.body.includes('2026-06-01') ? refusal(text) : accepts(request)), async () => {
    await setPip(regisseur, id, 'B', MONDAY);
    await until('a term', async () => (await call('GET', `${progress}/inburgeraars/${id}/termijn`)).status === 200);
    await must('PUT', map, { eindgesprekOp: '2026-06-01' });
    await must('PUT', `${progress}/inburgeraars/${id}/pvt`, { ondertekendOp: '2026-07-01' });
    const refused = await until('the refusal', () => messageOf(id, 'map', 'geweigerd'));
    assert.deepEqual([refused.fout, refused.verbeteren], [text, map]);
    await taskOpens(id, 'duo-weigert');
    await arrived(id, 'pvt');
    await everythingHandled();
    assert.equal(openTasks(id, 'duo-weigert'), 1, 'what DUO takes of the PVT says nothing of the MAP');
    await must('PUT', map, { eindgesprekOp: '2026-06-08' }, await seenVersion(map));
    await arrived(id, 'map');
    await taskCloses(id, 'duo-weigert');
    assert.equal((await must('GET', `${base}/meldingen/${refused.id}`)).status, 'vervangen');
  });
}));

test('what keeps failing is dead: a task, and sent again it is the same message', () => onDay(MONDAY, async () => {
  const bsn = randomBsn();
  const id = await newPerson(regisseur, 'gezinsmigrant-overig', { bsn });
  let away = true;
  await insteadOfDuo((request) => (away ? empty(503) : accepts(request)), async ({ seen }) => {
    await lessons(id, 10);
    const dead = await until('dead', () => messageOf(id, 'uren-participatietaalles', 'dood'), 20);
    assert.equal(dead.pogingen, 3);
    await taskOpens(id, 'duo-dood');
    await lessons(id, 1);
    await until('a newer total takes its place', () => messageOf(id, 'uren-participatietaalles', 'vervangen'));
    await taskCloses(id, 'duo-dood');
    const other = await until('dead, too', () => messageOf(id, 'uren-participatietaalles', 'dood'), 20);
    await taskOpens(id, 'duo-dood');
    away = false;
    await must('POST', `${base}/meldingen/${other.id}/herzending`, undefined, { 'If-Match': `"${other.versie}"` });
    await arrived(id, 'uren-participatietaalles');
    await taskCloses(id, 'duo-dood');
    const last = about(seen, bsn).slice(-4).map((e) => e.request.headers.berichtid);
    assert.equal(new Set(last).size, 1, 'DUO may have had it before: the same berichtId');
  }, { REGIE_DUO_ATTEMPTS: '3' });
}));

test('a message can be let go, with a reason and by whom; then nothing is sent and no task is left', () => onDay(MONDAY, async () => {
  const bsn = randomBsn();
  const id = await newPerson(regisseur, 'gezinsmigrant-overig', { bsn });
  await insteadOfDuo(() => refusal('Dat kan niet.'), async ({ seen }) => {
    await lessons(id, 10);
    const refused = await until('the refusal', () => messageOf(id, 'uren-participatietaalles', 'geweigerd'));
    await taskOpens(id, 'duo-weigert');
    const path = `${base}/meldingen/${refused.id}`;
    const drop = (headers, body = { reden: 'De uren horen bij een ander' }, token = regisseur) => call('POST', `${path}/vervallenverklaring`, body, headers, token);
    const etag = { 'If-Match': `"${refused.versie}"` };
    assert.equal((await drop({})).status, 428);
    assert.equal((await drop({ 'If-Match': '"99"' })).status, 412);
    assert.deepEqual((await drop(etag, {})).body.invalidParams.map((p) => p.name), ['reden']);
    assert.equal((await drop(etag, undefined, handhaver)).status, 403);
    assert.equal((await drop(etag, undefined, stranger)).status, 404);
    assert.equal((await drop(etag, undefined, await loginBurger(bsn))).status, 403);
    const dropped = await drop(etag);
    assert.equal(dropped.status, 200);
    assert.deepEqual([dropped.body.status, dropped.body.reden], ['vervallen', 'De uren horen bij een ander']);
    assert.equal(dropped.body.afgehandeldDoor, sql(`select naam from core.medewerker where id = '${medewerker}'`));
    assert.ok(dropped.body.afgehandeldOp);
    await taskCloses(id, 'duo-weigert');
    assert.equal((await drop({ 'If-Match': dropped.headers.get('etag') })).status, 409);
    assert.equal((await call('POST', `${path}/herzending`, undefined, { 'If-Match': dropped.headers.get('etag') })).status, 409);
    assert.equal(about(seen, bsn).length, 1);
    assert.ok(sql(`select count(*) from core.logboek where tabel = 'duo.melding' and object_id = '${refused.id}' and gebruiker = '${medewerker}' and 'reden' = any (velden)`) === '1');
  });
}));

test('what could not be sent is a list to type into DUO\'s portal; marked done it is closed and not sent', () => onDay(MONDAY, async () => {
  const bsn = randomBsn();
  const id = await newPerson(regisseur, 'asielstatushouder', { bsn });
  const work = async () => (await everything(`${base}/portaalwerk`, { token: regisseur, limit: 100 })).filter((m) => m.inburgeraarId === id);
  let away = false;
  await insteadOfDuo((request) => (away ? empty(503) : request.path.endsWith('/PIP') ? refusal('De persoon is niet bekend.') : accepts(request)), async ({ seen }) => {
    const pip = await setPip(regisseur, id, 'B', MONDAY, { geschatteIntensiteitB1Route: 600, magOpleidingAfmaken: false });
    const refused = await until('the refusal', () => messageOf(id, 'pip', 'geweigerd'));
    await taskOpens(id, 'duo-weigert');
    away = true;
    await must('POST', `${routes}/inburgeraars/${id}/aanbiedingen`, { instellingsnummer: '1000000001', datumAanbod: MONDAY });
    const waiting = await until('it waits', () => messageOf(id, 'aanbod', 'wacht'));
    assert.deepEqual((await work()).map((m) => m.soort), ['pip'], 'what has just been made is not late');
    sql(`update duo.melding set aangemaakt = now() - interval '25 hours' where id = '${waiting.id}'`);
    const list = await work();
    assert.deepEqual(list.map((m) => [m.soort, m.status]), [['pip', 'geweigerd'], ['aanbod', 'wacht']]);
    assert.deepEqual(list[0].waarden, [{ naam: 'Dagtekening', waarde: MONDAY }, { naam: 'Leerroute', waarde: 'B' }, { naam: 'Niveau', waarde: 'B1' },
      { naam: 'Geschatte uren in de B1-route', waarde: '600' }, { naam: 'Of een niet-vrijstellende opleiding mag worden afgemaakt', waarde: 'Nee' }]);
    assert.deepEqual(list[1].waarden[0], { naam: 'Instellingsnummer', waarde: '1000000001' });
    assert.ok(list.every((m) => m.inburgeraarNaam));
    assert.ok(!JSON.stringify(list).includes(bsn), 'the BSN is in the dossier, not here');
    assert.ok(!(await everything(`${base}/portaalwerk`, { token: stranger, limit: 100 })).some((m) => m.inburgeraarId === id));

    const typed = async (m, token = regisseur) => {
      const now = (await must('GET', `${base}/meldingen/${m.id}`));
      return call('POST', `${base}/meldingen/${m.id}/overtyping`, undefined, { 'If-Match': `"${now.versie}"` }, token);
    };
    assert.equal((await typed(refused, stranger)).status, 404);
    assert.equal((await typed(refused, handhaver)).status, 403);
    const done = await typed(refused);
    assert.equal(done.status, 200, JSON.stringify(done.body));
    assert.deepEqual([done.body.status, done.body.afgehandeldDoor], ['overgetypt', sql(`select naam from core.medewerker where id = '${medewerker}'`)]);
    await taskCloses(id, 'duo-weigert');
    await until('at the PIP', async () => (await must('GET', `${routes}/pips/${pip.id}`)).duoStatus === 'geaccepteerd');
    await until('between two attempts', async () => (await typed(waiting)).status === 200);
    assert.deepEqual(await work(), []);
    away = false;
    const before = seen.length;
    await lessons(id, 3);
    await arrived(id, 'uren-participatietaalles');
    assert.deepEqual(seen.slice(before).filter((e) => e.answer.status < 300).map((e) => e.request.method), ['PUT'], 'the offer is not sent any more');
    const counts = await must('GET', `${base}/inburgeraars/${id}/wachtrij`);
    assert.deepEqual([counts.wacht, counts.geaccepteerd, counts.geweigerd, counts.dood, counts.overgetypt], [0, 1, 0, 0, 2]);
  });
}));

// ---- the queue ---------------------------------------------------------------------------------

test('the queue is counted and listed for the own gemeente, page by page, without a BSN', () => onDay(MONDAY, async () => {
  const bsn = randomBsn();
  const id = await newPerson(regisseur, 'gezinsmigrant-overig', { bsn });
  await insteadOfDuo(accepts, async () => {
    for (let i = 1; i <= 5; i++) {
      await lessons(id, i);
      await until('taken', async () => (await messages(id)).filter((m) => m.status === 'geaccepteerd').length === i);
    }
  });
  const mine = await messages(id);
  assert.deepEqual(mine.map((m) => m.inhoud.uren), [15, 10, 6, 3, 1], 'newest first');
  for (const limit of [1, 2, 5]) {
    const rows = await everything(`${base}/meldingen?inburgeraarId=${id}&status=geaccepteerd&soort=uren-participatietaalles`, { token: regisseur, limit });
    assert.deepEqual(rows, mine, `${limit} at a time`);
  }
  assert.deepEqual((await must('GET', `${base}/meldingen?inburgeraarId=${id}&status=dood`)).items, []);
  assert.equal((await call('GET', `${base}/meldingen?status=onzin`)).status, 400);
  assert.deepEqual([mine[0].methode, mine[0].pad], ['PUT', '/personen/{bsn}/uren/participatietaalles']);
  assert.ok(!JSON.stringify(mine).includes(bsn));
  assert.deepEqual((await call('GET', `${base}/meldingen?inburgeraarId=${id}`, undefined, {}, stranger)).body.items, []);
  assert.equal((await call('GET', `${base}/inburgeraars/${id}/wachtrij`, undefined, {}, stranger)).status, 404);
  const all = await must('GET', `${base}/wachtrij`);
  const stored = sql("select count(*) filter (where status = 'geaccepteerd'), count(*) filter (where status = 'wacht') from duo.melding where gemeente = '9901'");
  assert.equal(`${all.geaccepteerd}|${all.wacht}`, stored);
}));
