// SPDX-License-Identifier: EUPL-1.2
// The BRP: what is asked for which purpose, what is kept and shown of the answer and to whom, what happens when it
// is away, knows nobody or refuses, and the terugmelding. The BRP is the simulator; every question and answer must
// fit the specification, where that is at hand.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { brpProblems, skip } from './brp.mjs';
import { api, everything, home, login, loginBurger, logs, onDay, redis, settings, sql, until } from './lib.mjs';
import { etagOf, randomBsn } from './people.mjs';
import { control, counted, happen, newAtDuo, withFault } from './simulator.mjs';

const base = '/api/intake/v1';
const PATH = '/brp/haalcentraal/api/brp/personen';
const OPERATION = 'POST /brp/personen';
const tokens = {};
let traffic; // of before

const get = (path, token = tokens.regisseur) => api('GET', base + path, { token });
const post = (path, body, { token = tokens.regisseur, headers = {} } = {}) => api('POST', base + path, { token, body, headers });
const patch = async (path, body, { token = tokens.regisseur, etag } = {}) => api('PATCH', base + path, { token, body,
  headers: { 'If-Match': etag ?? await etagOf(base + path, token) } });

async function found(path, token) {
  const reply = await get(path, token);
  assert.equal(reply.status, 200, `${path}: ${JSON.stringify(reply.body)}`);
  return reply.body;
}

const asked = (person) => everything(`${base}/inburgeraars/${person}/brp-raadplegingen`, { token: tokens.regisseur, limit: 50 });
const answered = (person, doel) => until(`the answer for ${doel}`, async () => (await asked(person)).find((r) => r.doel === doel && r.status !== 'wacht'), 30);
const data = (person, token) => found(`/inburgeraars/${person}/persoonsgegevens`, token);

async function tasks(person) {
  const all = await everything(`${base}/taken`, { token: tokens.regisseur, limit: 100 });
  return all.filter((t) => t.inburgeraarId === person).map((t) => t.soort);
}

// A dossier made by hand of somebody in the BRP, who is as `set` says, once the BRP has answered.
async function dossierOf(set = {}, { more = {}, typed = {}, wait = true } = {}) {
  const person = await newAtDuo({ naam: 'Yara van Berg', ...more });
  await control('PUT', `/personen/${person.id}/brp`, { persoon: { geheimhoudingPersoonsgegevens: null, ...set } });
  const reply = await post('/inburgeraars', { bsn: person.bsn, doelgroep: 'asielstatushouder', ...typed });
  assert.equal(reply.status, 201, JSON.stringify(reply.body));
  if (wait) await answered(reply.body.id, 'dossier-aanleggen');
  return { id: reply.body.id, person };
}

async function ask(person, doel, options) {
  const reply = await post(`/inburgeraars/${person}/brp-raadplegingen`, { doel }, options);
  assert.equal(reply.status, 201, JSON.stringify(reply.body));
  const now = () => found(`/brp-raadplegingen/${reply.body.id}`);
  return until(`the answer for ${doel}`, async () => (await now()).status !== 'wacht' && now(), 30);
}

const whole = (datum, langFormaat) => ({ type: 'Datum', datum, langFormaat });

// Questions about this number that the simulator kept, with their answers.
async function questions(bsn) {
  const all = [];
  for (const item of await control('GET', '/verkeer')) {
    if (item.pad !== PATH) continue;
    const question = typeof item.verzoek === 'string' ? JSON.parse(item.verzoek) : item.verzoek;
    const answer = typeof item.antwoord === 'string' ? JSON.parse(item.antwoord) : item.antwoord;
    if (question.burgerservicenummer.includes(bsn)) all.push({ question, answer });
  }
  return all;
}

before(async () => {
  Object.assign(tokens, { regisseur: await login('regisseur1.9901'), teamleider: await login('teamleider.9901'),
    handhaver: await login('handhaver.9901'), stranger: await login('regisseur1.9902'), adviseur: await login('beleidsadviseur.9903') });
  traffic = (await control('GET', '/gedrag')).verkeer;
  await control('PATCH', '/gedrag', { verkeer: true });
});

after(async () => {
  await control('DELETE', '/fouten');
  await control('PATCH', '/gedrag', { verkeer: traffic });
});

// ---- what is asked ---------------------------------------------------------------------------------

const NAME = (of) => ['voornamen', 'voorvoegsel', 'geslachtsnaam'].map((n) => `${of}naam.${n}`);
const PERSON = ['burgerservicenummer', ...NAME(''), 'geboorte.datum', 'gemeenteVanInschrijving', 'datumInschrijvingInGemeente'];
const FIELDS = {
  'dossier-aanleggen': PERSON,
  'dossier-bijhouden': PERSON,
  'adres-voor-brief': ['burgerservicenummer', 'adressering.adresregel1', 'adressering.adresregel2', 'adressering.adresregel3', 'adressering.land',
    'adressering.indicatieVastgesteldVerblijftNietOpAdres', 'adressering.aanhef', 'adressering.aanschrijfwijze.naam', 'verblijfplaats.datumVan'],
  verblijf: ['burgerservicenummer', 'verblijfstitel.aanduiding', 'verblijfstitel.datumIngang', 'verblijfstitel.datumEinde'],
  gezin: ['burgerservicenummer', 'partners.burgerservicenummer', ...NAME('partners.'), 'partners.geboorte.datum', 'partners.soortVerbintenis',
    'partners.aangaanHuwelijkPartnerschap.datum', 'partners.ontbindingHuwelijkPartnerschap.datum', 'kinderen.burgerservicenummer',
    ...NAME('kinderen.'), 'kinderen.geboorte.datum', 'ouders.burgerservicenummer', ...NAME('ouders.'), 'ouders.geboorte.datum'],
  overlijden: ['burgerservicenummer', 'overlijden.datum'],
};

test(`every purpose asks exactly its fields, ${skip ? 'which are not compared with the specification: ' + skip : 'as the specification has it'}`, async () => {
  const { id, person } = await dossierOf();
  for (const doel of Object.keys(FIELDS).slice(1)) assert.equal((await ask(id, doel)).status, 'klaar', doel);
  const sent = await questions(person.bsn);
  assert.equal(sent.length, Object.keys(FIELDS).length, 'one question for each purpose');
  const wanted = Object.values(FIELDS).map((f) => [...f].sort().join());
  assert.deepEqual(sent.map(({ question }) => [...question.fields].sort().join()).sort(), wanted.sort());
  for (const { question, answer } of sent) {
    assert.deepEqual([question.type, question.burgerservicenummer], ['RaadpleegMetBurgerservicenummer', [person.bsn]]);
    if (skip) continue;
    assert.deepEqual(brpProblems('RaadpleegMetBurgerservicenummer', question), []);
    assert.deepEqual(brpProblems('RaadpleegMetBurgerservicenummerResponse', answer), []);
  }
  for (const row of await asked(id)) {
    assert.deepEqual(row.velden, FIELDS[row.doel], `${row.doel}: the record says the same`);
    assert.match(row.grondslag, /Wi art\. 36/);
    assert.equal(row.aanleiding, row.doel === 'dossier-aanleggen' ? 'dossier' : 'medewerker');
  }
});

test('a dossier of DUO\'s notice asks the BRP by itself, once', async () => {
  const person = await newAtDuo({ naam: 'Omar Haddad', vestiging: '2026-01-05' });
  await happen(person, 'SS139');
  const dossier = await until('the dossier', async () => (await post('/inburgeraars/_zoek', { bsn: person.bsn })).body.items[0], 30);
  await answered(dossier.id, 'dossier-aanleggen');
  assert.equal((await found(`/inburgeraars/${dossier.id}`)).naam, 'Haddad, Omar');
  assert.equal((await questions(person.bsn)).length, 1);
});

test('several people of one gemeente are asked for in one question', async () => {
  const people = [];
  await withFault({ operatie: OPERATION, soort: 'status', status: 503 }, async () => {
    for (let i = 0; i < 5; i++) people.push(await dossierOf({}, { wait: false }));
    await until('they wait', async () => (await Promise.all(people.map(({ id }) => asked(id)))).every(([r]) => r.pogingen > 0 || r.status === 'wacht'));
  });
  for (const { id } of people) await answered(id, 'dossier-aanleggen');
  const sizes = await Promise.all(people.map(async ({ person }) => (await questions(person.bsn)).at(-1).question.burgerservicenummer.length));
  assert.ok(Math.max(...sizes) > 1, `questions about ${sizes} people`);
});

// ---- what is kept and shown ------------------------------------------------------------------------

test('name and day of birth of the dossier are the BRP\'s, and every part says its source and its day', async () => {
  const { id } = await dossierOf({ naam: { voornamen: 'Yara Maria', voorvoegsel: 'van den', geslachtsnaam: 'Berg' },
    geboorte: { datum: whole('1990-05-04', '4 mei 1990') } }, { typed: { achternaam: 'Bergh', voornamen: 'Jara', geboortedatum: '1991-05-04' } });
  const dossier = await found(`/inburgeraars/${id}`);
  assert.deepEqual([dossier.achternaam, dossier.voornamen, dossier.geboortedatum, dossier.persoonBron, dossier.geheimhouding],
    ['van den Berg', 'Yara Maria', '1990-05-04', 'brp', false]);
  const { persoon, relaties, adres, waarschuwing } = await data(id);
  const today = new Date().toISOString().slice(0, 10);
  assert.deepEqual([persoon.bron, persoon.peildatum, persoon.voornamen, persoon.voorvoegsel, persoon.geslachtsnaam],
    ['brp', today, 'Yara Maria', 'van den', 'Berg']);
  assert.deepEqual(persoon.geboorte, { waarde: '1990-05-04', inWoorden: '4 mei 1990' });
  assert.equal(persoon.gemeentecode, '9901');
  assert.deepEqual([relaties, adres, waarschuwing], [[], undefined, undefined], 'what was not asked for is not there');
});

test('of a person whom the BRP does not know, what was typed stands there as typed', async () => {
  const reply = await post('/inburgeraars', { bsn: randomBsn(), doelgroep: 'asielstatushouder', achternaam: 'Proef', geboortedatum: '1990-05-04' });
  assert.equal((await answered(reply.body.id, 'dossier-aanleggen')).status, 'onbekend');
  await until('the task', async () => (await tasks(reply.body.id)).includes('brp-onbekend'));
  const { persoon, geheimhouding } = await data(reply.body.id);
  assert.deepEqual(persoon, { bron: 'gemeente', geslachtsnaam: 'Proef', geboorte: { waarde: '1990-05-04', inWoorden: '4 mei 1990' } });
  assert.equal(geheimhouding, undefined);
  const path = `/inburgeraars/${reply.body.id}`;
  assert.equal((await patch(path, { achternaam: 'Proef-Smit' })).body.achternaam, 'Proef-Smit', 'may be changed');
});

test('a date that is not whole stays as it is and is said in words', async () => {
  const cases = [
    [{ type: 'JaarMaandDatum', jaar: 1988, maand: 3, langFormaat: 'maart 1988' }, '1988-03', 'maart 1988'],
    [{ type: 'JaarDatum', jaar: 1975, langFormaat: '1975' }, '1975', '1975'],
    [{ type: 'DatumOnbekend', onbekend: true, langFormaat: 'onbekend' }, 'onbekend', 'onbekend'],
  ];
  for (const [datum, text, words] of cases) {
    const { id } = await dossierOf({ geboorte: { datum } }, { typed: { geboortedatum: '1980-01-01' } });
    assert.deepEqual((await data(id)).persoon.geboorte, { waarde: text, inWoorden: words });
    const dossier = await found(`/inburgeraars/${id}`);
    assert.deepEqual([dossier.persoonBron, dossier.geboortedatum], ['brp', undefined], 'no day is made up');
  }
});

test('address, permit and family are there once they were asked for; a relative\'s BSN is nowhere', async () => {
  const child = randomBsn();
  const { id, person } = await dossierOf({
    partners: [{ naam: { voornamen: 'Omar', geslachtsnaam: 'Haddad' }, geboorte: { datum: { type: 'JaarDatum', jaar: 1985, langFormaat: '1985' } },
      soortVerbintenis: { code: 'H', omschrijving: 'huwelijk' }, aangaanHuwelijkPartnerschap: { datum: whole('2015-06-01', '1 juni 2015') } }],
    kinderen: [{ burgerservicenummer: child, naam: { voornamen: 'Mei', geslachtsnaam: 'Haddad' }, geboorte: { datum: whole('2018-02-03', '3 februari 2018') } }],
    ouders: [], verblijfstitel: { aanduiding: { code: '27', omschrijving: 'Asiel, bepaalde tijd' }, datumIngang: whole('2023-01-01', '1 januari 2023') },
    verblijfplaats: { type: 'Adres', datumVan: whole('2024-01-02', '2 januari 2024') },
    adressering: { adresregel1: 'Kerkplein 12', adresregel2: '9901 AB  Waterstad', aanhef: 'Geachte mevrouw Berg', aanschrijfwijze: { naam: 'Y. Berg' } } });
  for (const doel of ['adres-voor-brief', 'verblijf', 'gezin']) await ask(id, doel);
  const all = await data(id);
  const { bron, peildatum, ...adres } = all.adres;
  assert.ok(bron === 'brp' && peildatum);
  assert.deepEqual(adres, { soort: 'adres', regel1: 'Kerkplein 12', regel2: '9901 AB  Waterstad', aanhef: 'Geachte mevrouw Berg', naamOpBrief: 'Y. Berg',
    sinds: { waarde: '2024-01-02', inWoorden: '2 januari 2024' } });
  assert.deepEqual([all.verblijf.verblijfstitel, all.verblijf.ingang.waarde, all.verblijf.einde], ['Asiel, bepaalde tijd', '2023-01-01', undefined]);
  assert.equal(all.gezin.bron, 'brp');
  assert.deepEqual(all.relaties.map(({ id: _, ...r }) => r), [
    { soort: 'partner', voornamen: 'Omar', geslachtsnaam: 'Haddad', geboorte: { waarde: '1985', inWoorden: '1985' }, verbintenis: 'huwelijk',
      sinds: { waarde: '2015-06-01', inWoorden: '1 juni 2015' } },
    { soort: 'kind', voornamen: 'Mei', geslachtsnaam: 'Haddad', bsnMasker: `*****${child.slice(5)}`, geboorte: { waarde: '2018-02-03', inWoorden: '3 februari 2018' } }]);
  assert.ok(!JSON.stringify(all).includes(child));
  for (const table of ['intake.brp_gegeven', 'intake.brp_relatie', 'intake.brp_raadpleging', 'intake.verwerking', 'core.logboek', 'core.gebeurtenis']) {
    for (const word of [child, person.bsn, 'Kerkplein']) assert.equal(sql(`select count(*) from ${table} t where t::text like '%${word}%'`), '0', `${word} in ${table}`);
  }
  const hash = sql(`select bsn_hash from intake.brp_relatie where inburgeraar_id = '${id}' and soort = 'kind'`);
  assert.match(hash, /^[0-9a-f]{64}$/);
  await control('PUT', `/personen/${person.id}/brp`, { persoon: { kinderen: [], partners: [], ouders: [] } });
  await ask(id, 'gezin');
  assert.deepEqual((await data(id)).relaties, [], 'the last answer holds');
  await new Promise((r) => { setTimeout(r, 1500); }); // nginx writes its log once a second
  const text = logs();
  assert.ok(!text.includes(child) && !text.includes(person.bsn), 'no BSN in a log');
});

test('a child that has a dossier here is found by the hash of its BSN', async () => {
  const young = await dossierOf();
  const parent = await dossierOf({ kinderen: [{ burgerservicenummer: young.person.bsn, naam: { geslachtsnaam: 'Berg' } }] });
  await ask(parent.id, 'gezin');
  assert.equal(sql(`select i.id from intake.brp_relatie r join intake.inburgeraar i using (bsn_hash) where r.inburgeraar_id = '${parent.id}' and r.soort = 'kind'`), young.id);
});

// ---- secrecy ---------------------------------------------------------------------------------------

test('geheimhouding is shown with a warning; the address only to who writes to the person, and to that person', async () => {
  const name = `Geheim${Date.now() % 100000}`;
  const { id, person } = await dossierOf({ geheimhoudingPersoonsgegevens: true, naam: { voornamen: 'Ana', geslachtsnaam: name },
    verblijfplaats: { type: 'Adres' }, adressering: { adresregel1: 'Lindelaan 7', adresregel2: '9901 AB  Waterstad' } });
  await ask(id, 'adres-voor-brief');
  for (const token of [tokens.regisseur, tokens.teamleider]) {
    const seen = await data(id, token);
    assert.equal(seen.geheimhouding, true);
    assert.match(seen.waarschuwing, /Geheimhouding: .*niet aan derden/);
    assert.equal(seen.adres.regel1, 'Lindelaan 7');
  }
  const hidden = await data(id, tokens.handhaver);
  assert.match(hidden.waarschuwing, /Geheimhouding/);
  assert.deepEqual(hidden.adres, { bron: 'brp', peildatum: hidden.adres.peildatum, afgeschermd: true });
  assert.ok(!JSON.stringify(hidden).includes('Lindelaan'));
  const own = await data(id, await loginBurger(person.bsn));
  assert.deepEqual([own.adres.regel1, own.waarschuwing, own.geheimhouding], ['Lindelaan 7', undefined, true], 'the own view is whole, without a warning');
  const lists = [(await post('/inburgeraars/_zoek', { naam: name })).body, await found(`/inburgeraars/${id}`),
    await everything(`${base}/inburgeraars`, { token: tokens.regisseur, limit: 100 })];
  assert.equal(lists[0].items[0].geheimhouding, true, 'a hit warns');
  assert.ok(!JSON.stringify(lists).includes('Lindelaan'), 'no address in a list, a hit or a dossier');
});

test('who does not hide is seen by the handhaver with the address', async () => {
  const { id } = await dossierOf({ verblijfplaats: { type: 'Adres' }, adressering: { adresregel1: 'Lindelaan 8' } });
  await ask(id, 'adres-voor-brief');
  assert.equal((await data(id, tokens.handhaver)).adres.regel1, 'Lindelaan 8');
});

// ---- death, departure, another gemeente ------------------------------------------------------------

test('a death gives a task and its date; who died keeps the dossier', async () => {
  const { id } = await dossierOf({ overlijden: { datum: { type: 'JaarMaandDatum', jaar: 2026, maand: 3, langFormaat: 'maart 2026' } } });
  await until('the task', async () => (await tasks(id)).includes('brp-overleden'));
  await answered(id, 'overlijden');
  const seen = await data(id);
  assert.equal(seen.opschorting, 'overlijden');
  assert.deepEqual(seen.overlijden.overleden, { waarde: '2026-03', inWoorden: 'maart 2026' });
  assert.equal((await asked(id)).find((r) => r.doel === 'overlijden').aanleiding, 'opschorting');
});

test('who left for abroad, and who is registered elsewhere, gives a task that goes when it is over', async () => {
  const gone = await dossierOf({ verblijfplaats: { type: 'VerblijfplaatsBuitenland', datumVan: whole('2026-02-01', '1 februari 2026') }, gemeenteVanInschrijving: null });
  await until('the task', async () => (await tasks(gone.id)).includes('brp-vertrokken'));
  await ask(gone.id, 'adres-voor-brief');
  const { adres, opschorting } = await data(gone.id);
  assert.deepEqual([adres.soort, adres.sinds.inWoorden, opschorting], ['buitenland', '1 februari 2026', 'emigratie']);

  const moved = await dossierOf({ gemeenteVanInschrijving: { code: '9903', omschrijving: 'Hogeveld' } });
  await until('the task', async () => (await tasks(moved.id)).includes('brp-andere-gemeente'));
  await control('PUT', `/personen/${moved.person.id}/brp`, { persoon: { gemeenteVanInschrijving: { code: '9901', omschrijving: 'Waterstad' } } });
  await ask(moved.id, 'dossier-bijhouden');
  await until('it is over', async () => !(await tasks(moved.id)).includes('brp-andere-gemeente'));
});

test('in a running dossier old data are asked for anew, at night', async () => {
  const { id, person } = await dossierOf({ naam: { voornamen: 'Mei', geslachtsnaam: 'Zhang' } });
  await control('PUT', `/personen/${person.id}/brp`, { persoon: { naam: { voornamen: 'Mei', geslachtsnaam: 'Zhang-Berg' } } });
  const day = new Date(Date.now() + 40 * 864e5).toISOString().slice(0, 10);
  await onDay(day, async () => {
    const row = await answered(id, 'dossier-bijhouden');
    assert.deepEqual([row.aanleiding, row.status], ['bijhouden', 'klaar']);
    assert.equal((await found(`/inburgeraars/${id}`)).achternaam, 'Zhang-Berg');
    assert.equal((await data(id)).persoon.peildatum, day);
  });
});

// ---- the BRP is away, or says no -------------------------------------------------------------------

test('while the BRP is away the dossier is there, the question waits and is asked again until it is answered', async () => {
  for (const fault of [{ soort: 'status', status: 503 }, { soort: 'status', status: 429 }, { soort: 'status', status: 401 }, { soort: 'verbroken' }, { soort: 'afgekapt' },
    { soort: 'geen-json' }, { soort: 'buiten-contract' }, { soort: 'vertraging', ms: 7000 }]) {
    const what = JSON.stringify(fault);
    let made;
    await withFault({ operatie: OPERATION, ...fault }, async () => {
      const started = Date.now();
      made = await dossierOf({}, { wait: false, typed: { achternaam: 'Typte' } });
      assert.ok(Date.now() - started < 5000, `${what}: the dossier did not wait`);
      const waiting = await until(`${what}: asked`, async () => (await asked(made.id)).find((r) => r.pogingen > 0 && r.fout), 30);
      assert.equal(waiting.status, 'wacht', what);
      assert.match(waiting.fout, /BRP/);
      assert.equal((await data(made.id)).persoon.bron, 'gemeente', 'what was typed holds meanwhile');
    });
    assert.equal((await answered(made.id, 'dossier-aanleggen')).status, 'klaar', what);
    assert.equal((await found(`/inburgeraars/${made.id}`)).persoonBron, 'brp', what);
    const lines = sql(`select string_agg(distinct status, ',' order by status) from intake.verwerking where inburgeraar_id = '${made.id}'`);
    assert.equal(lines, 'Error,Ok', 'it was asked again, and every attempt is in the log of the processing');
  }
});

test('a BRP that is away is not asked by everybody: who comes later waits for the first that is due', async () => {
  await withFault({ operatie: OPERATION, soort: 'status', status: 503 }, async () => {
    const first = await dossierOf({}, { wait: false });
    await until('three attempts', async () => (await asked(first.id))[0].pogingen >= 3, 30);
    const before = (await counted(OPERATION)).gevraagd;
    for (let i = 0; i < 5; i++) await dossierOf({}, { wait: false });
    await new Promise((r) => { setTimeout(r, 1500); });
    assert.ok((await counted(OPERATION)).gevraagd - before <= 2, 'asked at most when the first was due');
  });
});

test('a question that the BRP refuses is not asked again; a task says so, and a good answer takes it away', async () => {
  const { id } = await dossierOf();
  await withFault({ operatie: OPERATION, soort: 'status', status: 403 }, async () => {
    const row = await ask(id, 'verblijf');
    assert.deepEqual([row.status, row.pogingen, row.fout], ['geweigerd', 1, 'De BRP antwoordt met status 403']);
  });
  await until('the task', async () => (await tasks(id)).includes('brp-geweigerd'));
  assert.equal((await ask(id, 'verblijf')).status, 'klaar');
  await until('no task', async () => !(await tasks(id)).includes('brp-geweigerd'));
});

// ---- asking by hand --------------------------------------------------------------------------------

test('asking is idempotent by its key, once while it waits, and only for a purpose that exists', async () => {
  const { id } = await dossierOf();
  await withFault({ operatie: OPERATION, soort: 'status', status: 503 }, async () => {
    const headers = { 'Idempotency-Key': crypto.randomUUID() };
    const first = await post(`/inburgeraars/${id}/brp-raadplegingen`, { doel: 'gezin' }, { headers });
    const again = await post(`/inburgeraars/${id}/brp-raadplegingen`, { doel: 'gezin' }, { headers });
    assert.deepEqual([first.status, again.status, again.body.id], [201, 201, first.body.id]);
    assert.equal(first.headers.get('location'), `${base}/brp-raadplegingen/${first.body.id}`);
    assert.equal((await found(`/brp-raadplegingen/${first.body.id}`)).doel, 'gezin');
    assert.equal((await post(`/inburgeraars/${id}/brp-raadplegingen`, { doel: 'gezin' })).status, 409);
  });
  for (const body of [{}, { doel: 'alles' }, { doel: 'gezin', velden: ['aNummer'] }, { doel: 'gezin', status: 'klaar' }]) {
    assert.equal((await post(`/inburgeraars/${id}/brp-raadplegingen`, body)).status, 400, JSON.stringify(body));
  }
  assert.equal((await post(`/inburgeraars/${crypto.randomUUID()}/brp-raadplegingen`, { doel: 'gezin' })).status, 404);
});

test('the log of the processing says who asked what for which purpose, and nothing of what it was', async () => {
  const { id } = await dossierOf({ kinderen: [{ burgerservicenummer: randomBsn(), naam: { geslachtsnaam: 'Berg' } }] });
  await ask(id, 'gezin');
  const me = (await api('GET', '/api/identity/v1/sessie', { token: tokens.regisseur })).body;
  const rows = sql(`select doel, status, gebruiker, velden::text, activiteit, length(betrokkene), trace_id ~ '^[0-9a-f]{32}$', span_id ~ '^[0-9a-f]{16}$', begin <= einde
    from intake.verwerking where inburgeraar_id = '${id}' order by begin, betrokkene`).split('\n').map((r) => r.split('|'));
  assert.deepEqual(rows.map((r) => r[0]), ['dossier-aanleggen', 'gezin', 'gezin'], 'one line per data subject: the person, and the child');
  for (const [doel, status, gebruiker, velden, activiteit, length, ...rest] of rows) {
    assert.deepEqual([status, length, ...rest], ['Ok', '64', 't', 't', 't']);
    assert.equal(velden, `{${FIELDS[doel].join()}}`);
    assert.equal(activiteit, `urn:regie:verwerkingsactiviteit:brp-${doel}:1`);
    assert.equal(gebruiker, sql(`select gebruiker from intake.brp_raadpleging where inburgeraar_id = '${id}' and doel = '${doel}'`));
  }
  if (me.medewerkerId) assert.equal(rows[0][2], me.medewerkerId);
  for (const statement of ["update intake.verwerking set doel = 'x'", 'delete from intake.verwerking']) {
    assert.throws(() => sql(`set role regie_intake; ${statement}`), /permission denied/, 'append-only');
  }
});

// ---- no editing, a terugmelding --------------------------------------------------------------------

test('what the BRP told is not changed here: the refusal names the terugmelding, and other fields still change', async () => {
  const { id } = await dossierOf();
  const reply = await patch(`/inburgeraars/${id}`, { voornamen: 'Jara', achternaam: 'Bergh', geboortedatum: '1990-01-01' });
  assert.equal(reply.status, 400);
  assert.deepEqual(reply.body.invalidParams.map((p) => [p.name, p.code]), ['voornamen', 'achternaam', 'geboortedatum'].map((n) => [n, 'bron-brp']));
  for (const p of reply.body.invalidParams) assert.match(p.reason, /BRP.*terugmelding/);
  assert.equal((await patch(`/inburgeraars/${id}`, { telefoon: '0612345678' })).status, 200);
});

test('a terugmelding is a note with a task; it goes forward only, and the task goes when it was told', async () => {
  const { id } = await dossierOf();
  const note = { gegeven: 'adres', twijfel: 'Woont er niet meer', reden: 'De brief kwam terug' };
  const made = await post(`/inburgeraars/${id}/terugmeldingen`, note);
  assert.equal(made.status, 201);
  assert.equal(made.headers.get('location'), `${base}/terugmeldingen/${made.body.id}`);
  assert.deepEqual([made.body.status, made.body.twijfel, made.body.gemeldOp], ['open', note.twijfel, undefined]);
  await until('the task', async () => (await tasks(id)).includes('terugmelding'));
  const path = `/terugmeldingen/${made.body.id}`;
  assert.equal((await patch(path, { status: 'open' })).status, 409);
  assert.equal((await patch(path, { status: 'gemeld', gemeldOp: '2999-01-01' })).status, 400);
  assert.equal((await api('PATCH', base + path, { token: tokens.regisseur, body: { status: 'gemeld' } })).status, 428);
  assert.equal((await patch(path, { status: 'gemeld' }, { etag: '"9"' })).status, 412);
  assert.equal((await patch(path, { status: 'gemeld', gemeldOp: '2026-02-03' })).body.gemeldOp, '2026-02-03');
  await until('no task', async () => !(await tasks(id)).includes('terugmelding'));
  const done = await patch(path, { status: 'afgehandeld', uitkomst: 'Adres in onderzoek' });
  assert.deepEqual([done.body.status, done.body.gemeldOp, done.body.uitkomst], ['afgehandeld', '2026-02-03', 'Adres in onderzoek']);
  assert.equal((await patch(path, { status: 'gemeld' })).status, 409);
  const all = await everything(`${base}/inburgeraars/${id}/terugmeldingen`, { token: tokens.regisseur });
  assert.deepEqual(all.map((t) => t.id), [made.body.id]);
  for (const body of [{}, { ...note, gegeven: 'schoenmaat' }, { ...note, twijfel: '' }, { ...note, status: 'gemeld' }]) {
    assert.equal((await post(`/inburgeraars/${id}/terugmeldingen`, body)).status, 400, JSON.stringify(body));
  }
});

// ---- who may ---------------------------------------------------------------------------------------

test('roles and tenants: another gemeente finds nothing, a citizen the own, nobody else anything', async () => {
  const { id, person } = await dossierOf();
  const neighbour = await dossierOf();
  const { id: question } = await ask(id, 'gezin');
  const { body: note } = await post(`/inburgeraars/${id}/terugmeldingen`, { gegeven: 'naam', twijfel: 'x', reden: 'y' });
  const of = (who) => [`/inburgeraars/${who}/persoonsgegevens`, `/inburgeraars/${who}/brp-raadplegingen`];
  for (const path of [...of(id), `/brp-raadplegingen/${question}`, `/inburgeraars/${id}/terugmeldingen`, `/terugmeldingen/${note.id}`]) {
    assert.equal((await get(path, tokens.stranger)).status, 404, path);
    assert.equal((await get(path, tokens.adviseur)).status, 403, path);
    assert.equal((await get(path, tokens.handhaver)).status, 200, path);
    assert.equal((await api('GET', base + path)).status, 401, path);
  }
  const citizen = await loginBurger(person.bsn);
  for (const path of [...of(id), `/brp-raadplegingen/${question}`]) assert.equal((await get(path, citizen)).status, 200, path);
  for (const path of of(neighbour.id)) assert.equal((await get(path, citizen)).status, 404, path);
  for (const path of [`/inburgeraars/${id}/terugmeldingen`, `/terugmeldingen/${note.id}`]) assert.equal((await get(path, citizen)).status, 403, path);
  for (const token of [citizen, tokens.handhaver]) {
    assert.equal((await post(`/inburgeraars/${id}/brp-raadplegingen`, { doel: 'gezin' }, { token })).status, 403);
    assert.equal((await post(`/inburgeraars/${id}/terugmeldingen`, { gegeven: 'naam', twijfel: 'x', reden: 'y' }, { token })).status, 403);
  }
  assert.equal((await post(`/inburgeraars/${id}/brp-raadplegingen`, { doel: 'gezin' }, { token: tokens.stranger })).status, 404);
  assert.equal((await patch(`/terugmeldingen/${note.id}`, { status: 'gemeld' }, { token: tokens.stranger, etag: '"1"' })).status, 404);
  const rows = (who, table) => sql(`set role regie_intake; set regie.gemeenten = '${who}'; select count(*) from intake.${table} where inburgeraar_id = '${id}'`);
  for (const table of ['brp_gegeven', 'brp_relatie', 'brp_raadpleging', 'verwerking', 'terugmelding']) {
    assert.ok(table === 'brp_relatie' || Number(rows('9901', table)) > 0, table);
    assert.equal(rows('9902', table), '0', table);
  }
  assert.ok(!redis('--scan').includes(person.bsn));
});

test('production asks the BRP over https, and never the simulator', () => {
  const own = { ...settings(), REGIE_MODE: 'productie', REGIE_TODAY: '', REGIE_PUBLIC_URL: 'https://regie.example' };
  const cases = [['', /^REGIE_BRP_URL: must be set/], ['http://brp.example/brp', /^REGIE_BRP_URL: must begin with https/],
    [settings().REGIE_BRP_URL, /^REGIE_BRP_URL: must not be the simulator/], ['https://localhost/brp', /^REGIE_BRP_URL: must not be the simulator/]];
  for (const [url, message] of cases) {
    const { status, stderr } = spawnSync(`${home}/bin/regie-intake`, ['--jobs'], { encoding: 'utf8', timeout: 10000, env: { ...own, REGIE_BRP_URL: url } });
    assert.equal(status, 2, `${url}: ${stderr}`);
    assert.match(stderr, message);
  }
});
