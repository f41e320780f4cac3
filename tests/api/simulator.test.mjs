// SPDX-License-Identifier: EUPL-1.2
// The played DUO and BRP, held against the contracts that they play: every operation with every status, every rule
// of DUO both ways, what events change, and faults that do what they say.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import YAML from 'yaml';
import { brpFields, brpProblems, skip as skipBrp } from './brp.mjs';
import { answerProblems, operationOf, requestProblems, skip } from './contract.mjs';
import { baseUrl, home, onDay, sql, until } from './lib.mjs';
import { DUO_OIN, behaving, brp, control, counted, duo, happen, move, newAtDuo, oinOf, stateOf, withFault } from './simulator.mjs';

const TODAY = '2026-06-01';
const UNKNOWN = '999999990';
const CONTACT = { naam: 'An de Vries', email: 'an@waterstad.test', telefoonnummer: '06 12345678' };
const PIP = { dagtekeningPip: '2026-03-02', leerroute: 'B', niveau: 'B1', geschatteIntensiteitB1Route: 600, indicatorAlfabetiseringsonderwijs: 'NVT' };
const OFFER = { datumInburgeringsaanbod: '2026-03-10', verwachteStartdatumOpleiding: '2026-04-01', verwachteEinddatumOpleiding: '2027-04-01', indicatorAlfabetiseringsonderwijs: 'NVT' };
const TERM = ['2026-03-03', '2029-03-03'];

before(() => control('PUT', '/vandaag', { datum: TODAY }));
after(async () => {
  await control('DELETE', '/fouten');
  await control('PUT', '/vandaag', { datum: new Date().toISOString().slice(0, 10) });
});

// ---- people in a state ---------------------------------------------------------------------------

// A number that passes the eleven-test and nobody has.
async function freeBsn() {
  const person = await newAtDuo();
  return person.bsn;
}

const pipOf = (gemeentecode, dagtekeningPip, leerroute = 'B', more = {}) => ({ gemeentecode, pip: { dagtekeningPip, leerroute, ...more } });

// Somebody that DUO knows since 5 January 2026; pips: oldest first; term: begin and end.
async function somebody({ doelgroep = 'Asielstatushouder', pips = [], term, documenten = {}, ...more } = {}) {
  const bsn = await freeBsn();
  await control('POST', '/personen/_laad', { personen: [{ bsn, gemeentecode: '9901', doelgroep, ...more, documenten: {
    inburgeringsplicht: { indicatorInburgeringsplicht: true, begindatum: '2026-01-05', datumKennisgevingInburgeringsplicht: '2026-01-05' },
    ...(pips.length ? { pips, PIP: pips.at(-1) } : {}), ...(term ? { inburgeringstermijn: { startdatum: term[0], einddatum: term[1] } } : {}), ...documenten } }] });
  return control('POST', '/personen/_zoek', { bsn });
}

const withPip = (more = {}) => somebody({ pips: [pipOf('9901', '2026-03-02', 'B', { niveau: 'B1' })], term: TERM, ...more });
const withZ = (more = {}) => somebody({ pips: [pipOf('9901', '2026-03-02', 'Z')], term: TERM, ...more });

// ---- exchanges that are held against the contract ------------------------------------------------

const seen = new Map(); // "GET /personen/{bsn}/PIP" → statuses that came
const untested = skip ? [] : readdirSync(path.join(reference(), 'duo')).filter((f) => f.endsWith('.yml')).flatMap((file) => {
  const { paths } = YAML.parse(readFileSync(path.join(reference(), 'duo', file), 'utf8'));
  return Object.entries(paths).flatMap(([template, item]) => ['get', 'post', 'put', 'delete'].filter((m) => item[m])
    .map((m) => ({ operation: `${m.toUpperCase()} ${template}`, statuses: Object.keys(item[m].responses).map(Number) })));
}).filter((o) => o.operation !== 'POST /notificaties');

function reference() {
  return process.env.REGIE_REFERENCE ?? path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../shared');
}

// An exchange whose answer fits the contract; a request that was taken fits it, too.
async function exchange(method, where, body, options) {
  const { request, answer } = await duo(method, where, body, options);
  const operation = skip ? '' : operationOf(request);
  const documented = untested.find((o) => o.operation === operation)?.statuses.includes(answer.status);
  if (documented) {
    assert.deepEqual(answerProblems(request, answer), [], `${operation} ${answer.status}: ${answer.body}`);
    seen.set(operation, (seen.get(operation) ?? new Set()).add(answer.status));
  }
  if (!skip && answer.status < 300) assert.deepEqual(requestProblems(request, { closed: false }), [], `${operation}: DUO takes what is not in the contract`);
  return { status: answer.status, headers: answer.headers, text: answer.body, json: answer.body ? JSON.parse(answer.body) : undefined };
}

const of = (person, part) => `/personen/${person.bsn}/${part}`;
const get = (person, part, options) => exchange('GET', of(person, part), undefined, options);

// Taken, or refused for exactly these texts.
async function judged(what, reply, texts) {
  const { status, json, text } = await reply;
  if (texts.length === 0) return assert.ok(status < 300, `${what}: ${status} ${text}`);
  assert.equal(status, 403, `${what}: ${text}`);
  return assert.deepEqual(json.map((f) => f.fouttekst), texts, what);
}

const accepted = (what, reply) => judged(what, reply, []);
const refused = judged;

// ---- every operation with every status ------------------------------------------------------------

const READS = ['inburgeringsplicht', 'inburgeringsplicht/historie', 'doelgroep', 'doelgroep/historie', 'lbt/examennummer', 'lbt/resultaten', 'inburgeringstermijn',
  'inburgeringstermijn/historie', 'vrijstellingen', 'ontheffingen', 'PIP', 'map', 'pvt', 'uren', 'examens/resultaten', 'examens/gratispogingen', 'boetes', 'verlengingen', 'gebeurtenissen'];

const LISTS = READS.filter((part) => /historie|resultaten|gratispogingen|(en|s)$/.test(part) && part !== 'lbt/examennummer');

async function newContact(as = '9901') {
  return (await exchange('POST', '/contactpersonen', CONTACT, { as })).json.id;
}

// Of each operation: its path for a BSN and a contact person, a body, and how a person is made ready for it.
const OPERATIONS = [
  ...READS.map((part) => ({ method: 'GET', at: (bsn) => `/personen/${bsn}/${part}` })),
  { method: 'GET', at: () => '/instellingen', everybody: true, neverForbidden: true },
  { method: 'GET', at: () => '/verlengingsgronden', everybody: true, neverForbidden: true },
  { method: 'DELETE', at: (bsn) => `/personen/${bsn}/lbt/examennummer` },
  { method: 'POST', at: (bsn) => `/personen/${bsn}/PIP`, body: PIP },
  { method: 'DELETE', at: (bsn) => `/personen/${bsn}/PIP`, ready: () => somebody({ pips: [pipOf('9901', '2026-03-02')] }) },
  { method: 'POST', at: () => '/contactpersonen', body: CONTACT, everybody: true },
  { method: 'PUT', at: (bsn, contact) => `/contactpersonen/${contact}`, body: CONTACT },
  { method: 'DELETE', at: (bsn, contact) => `/contactpersonen/${contact}` },
  { method: 'POST', at: (bsn, contact) => `/contactpersonen/${contact}/personen/${bsn}` },
  { method: 'DELETE', at: (bsn, contact) => `/contactpersonen/${contact}/personen/${bsn}`, linked: true },
  { method: 'POST', at: (bsn) => `/personen/${bsn}/Inburgeringsaanbod/1000000001`, body: OFFER, ready: withPip },
  { method: 'DELETE', at: (bsn) => `/personen/${bsn}/Inburgeringsaanbod/1000000001`,
    ready: () => withPip({ documenten: { aanbod: { 1000000001: { ...OFFER, gemeentecode: '9901' } } } }) },
  { method: 'PUT', at: (bsn) => `/personen/${bsn}/map`, body: { datumEindgesprekMap: '2026-05-01' }, ready: withPip },
  { method: 'PUT', at: (bsn) => `/personen/${bsn}/pvt`, body: { datumOndertekeningPvt: '2026-05-01' }, ready: withPip },
  { method: 'PUT', at: (bsn) => `/personen/${bsn}/zroute`, body: { datumAfrondingZroute: '2026-05-01' }, ready: withZ },
  ...['bredeintake/taallesknm', 'participatieactiviteiten', 'participatietaalles'].map((kind) => ({ method: 'PUT', at: (bsn) => `/personen/${bsn}/uren/${kind}`, body: { uren: 120 } })),
];

const everythingKnown = () => withPip({ documenten: { map: { datumEindgesprekMap: '2026-05-01' }, pvt: { datumOndertekeningPvt: '2026-05-01' } } });

async function prepared(operation) {
  const person = await (operation.ready ?? (operation.method === 'GET' ? everythingKnown : somebody))();
  const contact = await newContact();
  if (operation.linked) await exchange('POST', `/contactpersonen/${contact}/personen/${person.bsn}`);
  return operation.at(person.bsn, contact);
}

const name = (operation) => `${operation.method} ${operation.at('{bsn}', '{id}')}`;

test('every operation of DUO answers with every status of its contract', { skip }, async (t) => {
  for (const operation of OPERATIONS) {
    const { method, body } = operation;
    const where = await prepared(operation);
    assert.ok((await exchange(method, where, body)).status < 300, name(operation));
    assert.equal((await exchange(method, where, body, { headers: { berichtid: 'geen-uuid' } })).status, 400, name(operation));
    assert.equal((await exchange(method, where, body, { headers: { bron: oinOf('9902') } })).status, operation.neverForbidden ? 400 : 403, name(operation));
    if (!operation.everybody) assert.equal((await exchange(method, operation.at(UNKNOWN, 99999), body)).status, 404, name(operation));
    for (const status of [500, 503]) {
      await withFault({ soort: 'status', status, aantal: 1 }, async () => assert.equal((await exchange(method, where, body)).status, status, name(operation)));
    }
  }
  assert.equal((await exchange('GET', of(await somebody(), 'uren'), undefined, { as: null })).status, 401);
  const lacking = untested.flatMap(({ operation, statuses }) => statuses.filter((s) => !seen.get(operation)?.has(s)).map((s) => `${operation} ${s}`));
  for (const { operation, statuses } of untested) t.diagnostic(`${statuses.join(' ')}  ${operation}`);
  assert.deepEqual(lacking, [], 'statuses that did not come');
  assert.equal(untested.length, OPERATIONS.length);
});

test('the version of the API is the one of its contract', { skip }, async () => {
  const files = readdirSync(path.join(reference(), 'duo')).filter((f) => f.endsWith('.yml')).map((f) => YAML.parse(readFileSync(path.join(reference(), 'duo', f), 'utf8')));
  const person = await everythingKnown();
  for (const operation of OPERATIONS.filter((o) => o.method === 'GET')) {
    const { headers } = await exchange('GET', operation.at(person.bsn));
    const { info } = files.find((f) => f.paths[operation.at('{bsn}')]);
    assert.equal(headers['api-version'], info.version, name(operation));
  }
});

test('what is wrong about a request is a bad request', async () => {
  const person = await somebody();
  const wrong = [
    ['no bron', { bron: undefined }], ['no doel', { doel: undefined }], ['no berichtId', { berichtid: undefined }], ['a short bron', { bron: '1' }],
    ['a berichtId that is no UUID', { berichtid: `${randomUUID()}0` }],
  ];
  for (const [what, headers] of wrong) assert.equal((await get(person, 'PIP', { headers })).status, 400, what);
  assert.equal((await get(person, 'PIP', { headers: { doel: oinOf('9902') } })).status, 403, 'not for DUO');
  assert.equal((await exchange('GET', '/personen/12345678/PIP')).status, 400, 'eight digits');
  assert.equal((await exchange('GET', '/personen/12345678a/PIP')).status, 400, 'a letter');
  assert.equal((await exchange('PUT', '/contactpersonen/0', CONTACT)).status, 400, 'contact person 0');
  assert.equal((await exchange('PUT', '/contactpersonen/100000', CONTACT)).status, 400, 'contact person 100000');
  assert.equal((await exchange('POST', of(person, 'Inburgeringsaanbod/123'), OFFER)).status, 400, 'an institution of three digits');
  const bodies = ['', '{', 'tekst', '[]', 'null', { leerroute: 'B' }, { dagtekeningPip: '2026-03-02' }, { ...PIP, dagtekeningPip: '2026-02-30' }, { ...PIP, leerroute: 'X' },
    { ...PIP, niveau: 'B2' }, { ...PIP, niveau: null }, { ...PIP, geschatteIntensiteitB1Route: 0 }, { ...PIP, geschatteIntensiteitB1Route: 10000 }, { ...PIP, geschatteIntensiteitB1Route: '600' },
    { ...PIP, indicatorAlfabetiseringsonderwijs: 'B' }, { ...PIP, indicatorMagOpleidingAfmaken: 'ja' }];
  for (const body of bodies) assert.equal((await exchange('POST', of(person, 'PIP'), body)).status, 400, JSON.stringify(body));
  assert.equal((await exchange('POST', of(person, 'PIP'), JSON.stringify(PIP), { headers: { 'content-type': 'text/plain' } })).status, 400, 'not JSON by its own word');
  for (const uren of [-1, 10000, 1.5, '12', undefined]) assert.equal((await exchange('PUT', of(person, 'uren/participatietaalles'), { uren })).status, 400, `${uren} hours`);
  for (const telefoonnummer of ['06', '0612345678 0612345678 1', 'nul zes', '06--12345678', '06 12345678,0']) {
    assert.equal((await exchange('POST', '/contactpersonen', { ...CONTACT, telefoonnummer })).status, 400, telefoonnummer);
  }
  for (const telefoonnummer of ['0612345678', '+31 (0)6 12345678', '06-12345678', '0201234567,123']) await accepted(telefoonnummer, exchange('POST', '/contactpersonen', { ...CONTACT, telefoonnummer }));
  assert.equal((await exchange('POST', '/contactpersonen', { ...CONTACT, email: 'a@b' })).status, 400);
  assert.equal((await get(person, 'PIP')).status, 404, 'nothing was taken');
  await accepted('a member of a later version', exchange('POST', of(person, 'PIP'), { ...PIP, later: { meer: true } }));
  assert.deepEqual((await get(person, 'PIP')).json, { gemeentecode: '9901', pip: PIP });
});

// ---- who may be asked for -------------------------------------------------------------------------

test('DUO tells of a person to whom it concerns', async () => {
  const asked = async (person, as) => (await get(person, 'doelgroep', { as })).status;
  const resident = await somebody();
  assert.deepEqual([await asked(resident, '9901'), await asked(resident, '9902')], [200, 404], 'a resident');
  const atCoa = await somebody({ coa: true, koppelgemeente: '9902' });
  assert.deepEqual([await asked(atCoa, '9901'), await asked(atCoa, '9902')], [404, 200], 'at a COA location in 9901, linked to 9902');
  const holder = await somebody({ gemeentecode: '9902', pips: [pipOf('9901', '2026-03-02')] });
  assert.deepEqual([await asked(holder, '9901'), await asked(holder, '9902'), await asked(holder, '9903')], [200, 200, 404], 'moved, with the PIP of 9901');
  const young = await somebody();
  await accepted('the PIP of 9901', exchange('POST', of(young, 'PIP'), { ...PIP, dagtekeningPip: '2026-03-02' }));
  await move(young, '9902', { datum: '2026-04-01' });
  await accepted('the PIP of 9902', exchange('POST', of(young, 'PIP'), { ...PIP, dagtekeningPip: '2026-05-15' }, { as: '9902' }));
  assert.equal(await asked(young, '9901'), 200, 'the new PIP is younger than a month');
  await onDay('2026-06-15', async () => assert.equal(await asked(young, '9901'), 404, 'a month old'));
  await control('PUT', '/vandaag', { datum: TODAY });
  assert.equal(await asked(await newAtDuo({ wi2021: false }), '9901'), 404, 'not under the Wi2021');
  assert.equal((await exchange('GET', `/personen/${UNKNOWN}/doelgroep`)).status, 404, 'unknown');
});

// ---- DUO's rules, each both ways ------------------------------------------------------------------

test('the rules of a PIP', async () => {
  const post = (person, more, options) => exchange('POST', of(person, 'PIP'), { dagtekeningPip: '2026-03-02', leerroute: 'B', ...more }, options);
  await refused('before the plicht', post(await somebody(), { dagtekeningPip: '2026-01-04' }), ['De dagtekening ligt voor de start van de inburgeringsplicht.']);
  await accepted('on its first day', post(await somebody(), { dagtekeningPip: '2026-01-05' }));
  const second = () => somebody({ pips: [pipOf('9902', '2026-02-02'), pipOf('9901', '2026-03-02')] });
  await refused('before the first PIP', post(await second(), { dagtekeningPip: '2026-02-01' }),
    ['De dagtekening ligt voor de dagtekening van het initiële PIP.', 'De dagtekening ligt voor de dagtekening van het huidige PIP.']);
  await refused('between the two', post(await second(), { dagtekeningPip: '2026-03-01' }), ['De dagtekening ligt voor de dagtekening van het huidige PIP.']);
  await accepted('on the day of the current', post(await second(), { dagtekeningPip: '2026-03-02' }));
  await refused('before the settlement', post(await somebody({ vestiging: '2026-03-03' }), {}), ['De dagtekening ligt voor de vestiging in de gemeente.']);
  await accepted('on the day of settlement', post(await somebody({ vestiging: '2026-03-02' }), {}));
  await refused('A2 with O', post(await second(), { leerroute: 'O', niveau: 'A2' }), ['Niveau A2 is niet toegestaan bij de onderwijsroute.']);
  await accepted('B1 with O', post(await second(), { leerroute: 'O', niveau: 'B1' }));
  await refused('B1 with Z', post(await somebody(), { leerroute: 'Z', niveau: 'B1' }), ['Niveau B1 is niet toegestaan bij de Z-route.']);
  await accepted('A2 with Z', post(await somebody(), { leerroute: 'Z', niveau: 'A2' }));
  await refused('A2 in the first', post(await somebody(), { niveau: 'A2' }), ['Niveau A2 is niet toegestaan bij een eerste PIP met de B1-route.']);
  await accepted('A2 in a later one, also when the first was of another gemeente', post(await somebody({ pips: [pipOf('9902', '2026-02-02')] }), { niveau: 'A2' }));
  const intensity = ['De geschatte intensiteit is alleen toegestaan bij de B1-route van een asielstatushouder.'];
  await refused('intensity with Z', post(await somebody(), { leerroute: 'Z', geschatteIntensiteitB1Route: 600 }), intensity);
  await refused('intensity of a gezinsmigrant', post(await somebody({ doelgroep: 'Gezinsmigrant en overige migrant' }), { geschatteIntensiteitB1Route: 600 }), intensity);
  await accepted('intensity of an asielstatushouder', post(await somebody(), { geschatteIntensiteitB1Route: 600 }));
  await refused('all at once', post(await somebody(), { dagtekeningPip: '2026-01-04', leerroute: 'O', niveau: 'A2', geschatteIntensiteitB1Route: 1 }),
    ['De dagtekening ligt voor de start van de inburgeringsplicht.', 'Niveau A2 is niet toegestaan bij de onderwijsroute.', ...intensity]);
});

test('a PIP without a niveau gets B1, but not for the Z-route', async () => {
  for (const [leerroute, niveau] of [['B', 'B1'], ['O', 'B1'], ['Z', undefined]]) {
    const person = await somebody();
    await accepted(leerroute, exchange('POST', of(person, 'PIP'), { dagtekeningPip: '2026-03-02', leerroute }));
    assert.equal((await get(person, 'PIP')).json.pip.niveau, niveau, leerroute);
  }
});

test('a PIP goes only while there is no term and no course hour', async () => {
  const remove = (person, options) => exchange('DELETE', of(person, 'PIP'), undefined, options);
  const pips = [pipOf('9901', '2026-03-02')];
  await refused('with a term', remove(await somebody({ pips, term: TERM })), ['Het PIP kan niet worden verwijderd: de inburgeringstermijn is vastgesteld.']);
  const taught = await somebody({ pips });
  await exchange('PUT', of(taught, 'uren/participatietaalles'), { uren: 1 });
  await refused('with course hours', remove(taught), ['Het PIP kan niet worden verwijderd: er zijn cursusuren geregistreerd.']);
  const intake = await somebody({ pips });
  await exchange('PUT', of(intake, 'uren/bredeintake/taallesknm'), { uren: 20 });
  await accepted('hours of the intake are no course hours', remove(intake));
  assert.equal((await get(intake, 'PIP')).status, 404);
  const two = await somebody({ pips: [pipOf('9902', '2026-02-02'), ...pips] });
  await accepted('the second', remove(two));
  assert.equal((await get(two, 'PIP')).json.gemeentecode, '9902', 'the one before is current again');
  assert.equal((await remove(two)).status, 404, 'of another gemeente');
  await behaving({ termijn: false }, async () => {
    const person = await somebody();
    await accepted('while DUO fixes no term', exchange('POST', of(person, 'PIP'), PIP));
    await accepted('it goes', remove(person));
  });
});

test('the rules of an offer', async () => {
  const post = (person, more = {}, institution = '1000000001') => exchange('POST', of(person, `Inburgeringsaanbod/${institution}`), { ...OFFER, ...more });
  const onderwijsroute = () => somebody({ pips: [pipOf('9901', '2026-03-02', 'O', { niveau: 'B1' })], term: TERM });
  await accepted('in order', post(await withPip()));
  await refused('a gezinsmigrant', post(await withPip({ doelgroep: 'Gezinsmigrant en overige migrant' })), ['Een aanbod is er alleen voor een asielstatushouder.']);
  await refused('no PIP', post(await somebody()), ['Er is geen PIP.']);
  await refused('unknown institution', post(await withPip(), {}, '1000000099'), ['De cursusinstelling is niet bekend.']);
  await refused('no Blik op Werk', post(await withPip(), {}, '1000000005'), ['De cursusinstelling heeft geen keurmerk van Blik op Werk.']);
  await refused('not recognised', post(await onderwijsroute()), ['De cursusinstelling is niet erkend voor het taalschakeltraject.']);
  await accepted('recognised', post(await onderwijsroute(), {}, '1000000005'));
  await refused('before the PIP', post(await withPip(), { datumInburgeringsaanbod: '2026-03-01' }), ['De datum van het aanbod ligt voor de dagtekening van het huidige PIP.']);
  await accepted('on its day', post(await withPip(), { datumInburgeringsaanbod: '2026-03-02' }));
  await refused('not ordered', post(await withPip(), { verwachteEinddatumOpleiding: '2026-03-31' }), ['De einddatum ligt voor de startdatum.']);
  await accepted('one day', post(await withPip(), { verwachteEinddatumOpleiding: '2026-04-01' }));
  await refused('starts before the term', post(await withPip(), { verwachteStartdatumOpleiding: '2026-03-02' }), ['De startdatum ligt buiten de inburgeringstermijn.']);
  await accepted('starts with the term', post(await withPip(), { verwachteStartdatumOpleiding: '2026-03-03' }));
  await refused('ends after the term', post(await withPip(), { verwachteEinddatumOpleiding: '2029-03-04' }), ['De einddatum ligt buiten de inburgeringstermijn.']);
  await accepted('ends with the term', post(await withPip(), { verwachteEinddatumOpleiding: '2029-03-03' }));
});

test('one offer is current per institution, and a new one takes its place', async () => {
  const person = await withPip();
  const post = (institution, end) => accepted(end, exchange('POST', of(person, `Inburgeringsaanbod/${institution}`), { ...OFFER, verwachteEinddatumOpleiding: end }));
  await post('1000000001', '2027-01-01');
  await post('1000000002', '2027-02-01');
  await post('1000000001', '2027-03-01');
  const offers = (await stateOf(person)).documenten.aanbod;
  assert.deepEqual(Object.fromEntries(Object.entries(offers).map(([at, o]) => [at, o.verwachteEinddatumOpleiding])), { 1000000001: '2027-03-01', 1000000002: '2027-02-01' });
  assert.equal((await exchange('DELETE', of(person, 'Inburgeringsaanbod/1000000001'))).status, 204);
  assert.equal((await exchange('DELETE', of(person, 'Inburgeringsaanbod/1000000001'))).status, 404);
  assert.deepEqual(Object.keys((await stateOf(person)).documenten.aanbod), ['1000000002']);
});

const RESULTS = [['map', 'datumEindgesprekMap'], ['pvt', 'datumOndertekeningPvt']];
const put = (person, part, body, options) => exchange('PUT', of(person, part), body, options);

test('the rules of MAP and PVT', async () => {
  for (const [part, member] of RESULTS) {
    const day = (date, verwijtbaar) => ({ ...(date ? { [member]: date } : {}), ...(verwijtbaar ? { verwijtbaar } : {}) });
    const done = { zroute: { datumAfrondingZroute: '2026-05-10' } };
    await accepted(`${part}: in order`, put(await withPip(), part, day('2026-05-01')));
    await refused(`${part}: the PIP of another`, put(await withPip({ pips: [pipOf('9902', '2026-03-02')] }), part, day('2026-05-01')), ['De gemeente heeft niet het huidige PIP.']);
    await refused(`${part}: no term`, put(await somebody({ pips: [pipOf('9901', '2026-03-02')] }), part, day('2026-05-01')), ['De inburgeringstermijn is nog niet gestart.']);
    await refused(`${part}: fulfilled`, put(await withZ({ documenten: { ...done, inburgeringsplicht: { indicatorInburgeringsplicht: false, redenGeenInburgeringsplicht: 'Inburgeringsplicht voldaan' } } }), part, day('2026-05-01')),
      ['De inburgeringsplicht is al voldaan met de Z-route.']);
    await refused(`${part}: before the term`, put(await withPip(), part, day('2026-03-02')), ['De datum ligt voor de start van de inburgeringstermijn.']);
    await accepted(`${part}: on its first day`, put(await withPip(), part, day('2026-03-03')));
    await refused(`${part}: in the future`, put(await withPip(), part, day('2026-06-02')), ['De datum ligt in de toekomst.']);
    await accepted(`${part}: today`, put(await withPip(), part, day(TODAY)));
    await refused(`${part}: after the Z-route`, put(await withZ({ documenten: done }), part, day('2026-05-11')), ['De datum ligt na de afronding van de Z-route.']);
    await accepted(`${part}: on its day`, put(await withZ({ documenten: done }), part, day('2026-05-10')));
    await refused(`${part}: withdrawn after the Z-route`, put(await withZ({ documenten: { ...done, [part]: day('2026-05-01') } }), part, {}),
      ['De datum kan niet worden ingetrokken: de Z-route is afgerond.']);
    await accepted(`${part}: withdrawn before it`, put(await withZ({ documenten: { [part]: day('2026-05-01') } }), part, {}));
    const anothers = () => withPip({ documenten: { [part]: day('2026-05-01'), afzender: { [part]: '9902' } } });
    const text = ['De datum is door een andere gemeente aangeleverd en kan niet worden gewijzigd.'];
    await refused(`${part}: another's changed`, put(await anothers(), part, day('2026-05-02')), text);
    await refused(`${part}: another's withdrawn`, put(await anothers(), part, {}), text);
    await accepted(`${part}: another's again`, put(await anothers(), part, day('2026-05-01')));
    await accepted(`${part}: the own changed`, put(await withPip({ documenten: { [part]: day('2026-05-01'), afzender: { [part]: '9901' } } }), part, day('2026-05-02')));
  }
});

test('blame of an overrun term', async () => {
  const ended = { pips: [pipOf('9901', '2023-03-01')], term: ['2023-03-02', '2026-03-02'] };
  const ends = (term) => ({ pips: [pipOf('9901', '2023-03-01')], term: ['2023-03-02', term] });
  for (const [part, member] of RESULTS) {
    const day = (date, verwijtbaar) => ({ ...(date ? { [member]: date } : {}), ...(verwijtbaar ? { verwijtbaar } : {}) });
    const person = (how) => somebody({ ...how, documenten: { inburgeringsplicht: { indicatorInburgeringsplicht: true, begindatum: '2023-01-02' } } });
    const missing = ['De inburgeringstermijn is overschreden: verwijtbaar is verplicht.'];
    await refused(`${part}: none after the end`, put(await person(ended), part, day('2026-03-02')), missing);
    await refused(`${part}: nothing at all, today after the end`, put(await person(ended), part, {}), missing);
    await accepted(`${part}: the last day of the term needs none`, put(await person(ended), part, day('2026-03-01')));
    const within = 'De datum ligt voor het einde van de termijn: verwijtbaar is niet toegestaan.';
    await refused(`${part}: Nee within the term`, put(await person(ended), part, day('2026-03-01', 'Nee')), [within]);
    await accepted(`${part}: Ja after it`, put(await person(ended), part, day('2026-03-02', 'Ja')));
    await accepted(`${part}: Nee after it`, put(await person(ended), part, day('2026-03-02', 'Nee')));
    await accepted(`${part}: Ja without a date`, put(await person(ended), part, day(undefined, 'Ja')));
    const early = 'Niet verwijtbaar is pas toegestaan als de termijn binnen twee maanden eindigt.';
    await refused(`${part}: Nee too early`, put(await person(ends('2026-08-02')), part, day(undefined, 'Nee')), [early]);
    await accepted(`${part}: Nee two months before the end`, put(await person(ends('2026-08-01')), part, day(undefined, 'Nee')));
    const notYet = 'Verwijtbaar is alleen toegestaan als de termijn is overschreden.';
    await refused(`${part}: Ja too early`, put(await person(ends('2026-06-02')), part, day(undefined, 'Ja')), [notYet]);
    await accepted(`${part}: Ja on the day after the term`, put(await person(ends('2026-06-01')), part, day(undefined, 'Ja')));
  }
});

test('the rules of the Z-route', async () => {
  const day = (datumAfrondingZroute) => ({ datumAfrondingZroute });
  const results = { map: { datumEindgesprekMap: '2026-05-10' }, pvt: { datumOndertekeningPvt: '2026-05-11' } };
  await refused('another route', put(await withPip(), 'zroute', day('2026-05-01')), ['De leerroute in het huidige PIP is niet de Z-route.']);
  await refused('before MAP and PVT', put(await withZ({ documenten: results }), 'zroute', day('2026-05-09')),
    ['De afronding ligt voor het eindgesprek van de MAP.', 'De afronding ligt voor de ondertekening van het PVT.']);
  await accepted('on the day of the last', put(await withZ({ documenten: results }), 'zroute', day('2026-05-11')));
  await refused('the PIP of another', put(await somebody({ pips: [pipOf('9902', '2026-03-02', 'Z')], term: TERM }), 'zroute', day('2026-05-01')), ['De gemeente heeft niet het huidige PIP.']);
  await refused('in the future', put(await withZ(), 'zroute', day('2026-06-02')), ['De datum ligt in de toekomst.']);
  await refused('before the term', put(await withZ(), 'zroute', day('2026-03-02')), ['De datum ligt voor de start van de inburgeringstermijn.']);
  const person = await withZ();
  await accepted('in order', put(person, 'zroute', day('2026-05-01')));
  await accepted('withdrawn', put(person, 'zroute', {}));
  assert.equal((await stateOf(person)).documenten.zroute, undefined);
});

test('a PUT replaces all: what it leaves out is gone', async () => {
  for (const [part, member] of RESULTS) {
    const person = await withPip();
    await accepted(part, put(person, part, { [member]: '2026-05-01' }));
    assert.deepEqual((await get(person, part)).json, { [member]: '2026-05-01' });
    await accepted(`${part} withdrawn`, put(person, part, {}));
    assert.equal((await get(person, part)).status, 404);
    assert.deepEqual((await stateOf(person)).documenten.afzender, {});
  }
});

test('hours are kept per gemeente, and known up to the day they came or the person left', async () => {
  const person = await somebody();
  await accepted('intake', put(person, 'uren/bredeintake/taallesknm', { uren: 20 }));
  await accepted('course', put(person, 'uren/participatietaalles', { uren: 120 }));
  await accepted('course again', put(person, 'uren/participatietaalles', { uren: 0 }));
  await accepted('activities', put(person, 'uren/participatieactiviteiten', { uren: 9999 }));
  await move(person, '9902', { datum: '2026-06-10' });
  await accepted('of the next', put(person, 'uren/participatietaalles', { uren: 7 }, { as: '9902' }));
  assert.deepEqual((await get(person, 'uren', { as: '9902' })).json, [
    { gemeentecode: '9901', bekendTot: '2026-06-10', TaallesEnKnmBredeIntake: { uren: 20 }, ParticipatieAlsTaalles: { uren: 0 }, ParticipatieactiviteitenBredeIntake: { uren: 9999 } },
    { gemeentecode: '9902', bekendTot: TODAY, ParticipatieAlsTaalles: { uren: 7 } }]);
});

test('a link to a contact person takes the place of the one before, and goes with the contact person', async () => {
  const person = await somebody();
  const [first, second, stranger] = [await newContact(), await newContact(), await newContact('9902')];
  const link = (contact, method = 'POST') => exchange(method, `/contactpersonen/${contact}/personen/${person.bsn}`);
  assert.equal((await link(first)).status, 201);
  assert.equal((await link(second)).status, 201);
  assert.equal((await stateOf(person)).contactpersoon, second);
  assert.equal((await link(first, 'DELETE')).status, 404, 'not linked any more');
  assert.equal((await link(stranger)).status, 404, 'of another gemeente');
  assert.equal((await exchange('PUT', `/contactpersonen/${second}`, { ...CONTACT, naam: 'Bo de Boer' }, { as: '9902' })).status, 404, 'not theirs');
  assert.equal((await exchange('PUT', `/contactpersonen/${second}`, { ...CONTACT, naam: 'Bo de Boer' })).status, 200);
  assert.equal(sql(`select gegevens ->> 'naam' from simulator.contactpersoon where nummer = ${second}`), 'Bo de Boer');
  assert.equal((await exchange('DELETE', `/contactpersonen/${second}`)).status, 200);
  assert.equal((await stateOf(person)).contactpersoon, undefined);
  assert.equal((await link(second, 'DELETE')).status, 404);
});

test('an exam number can be withdrawn once, and comes again with a registration', async () => {
  const person = await somebody();
  assert.equal((await exchange('DELETE', of(person, 'lbt/examennummer'))).status, 200);
  assert.equal((await get(person, 'lbt/examennummer')).status, 404);
  assert.equal((await exchange('DELETE', of(person, 'lbt/examennummer'))).status, 404);
  await happen(person, 'SS137');
  assert.match((await get(person, 'lbt/examennummer')).json.examennummer, /^\d{8}$/);
});

// ---- events ---------------------------------------------------------------------------------------

const queued = (person) => sql(`select n.gemeentecode || ' ' || n.gebeurtenis_id from simulator.notificatie n join simulator.persoon p on p.id = n.persoon_id
  where p.bsn = '${person.bsn}' order by n.volgnr`).split('\n').filter(Boolean);
const sent = (person) => sql(`select count(*) from simulator.notificatie n join simulator.persoon p on p.id = n.persoon_id where p.bsn = '${person.bsn}' and not verzonden`) === '0';
const D = '2026-05-20';

// code, what goes along, and which answers it leads to: path → what must be in the answer
const EVENTS = [
  ['SS101', {}, { inburgeringsplicht: { indicatorInburgeringsplicht: true, wijzigingsdatum: D } }],
  ['SS128', {}, { inburgeringsplicht: { indicatorInburgeringsplicht: true } }],
  ['SS139', {}, { inburgeringsplicht: { indicatorInburgeringsplicht: true } }],
  ['SS129', {}, { inburgeringsplicht: { indicatorInburgeringsplicht: true } }],
  ['SS130', {}, { inburgeringsplicht: { indicatorInburgeringsplicht: true } }],
  ['SS120', {}, { inburgeringsplicht: { indicatorInburgeringsplicht: true } }],
  ['SS121', {}, { inburgeringsplicht: { indicatorInburgeringsplicht: true } }],
  ['SS124', {}, { doelgroep: { indeling: 'Gezinsmigrant en overige migrant', begindatum: D } }],
  ['SS125', {}, { doelgroep: { indeling: 'Asielstatushouder', begindatum: D } }],
  ['SS109', {}, { inburgeringsplicht: { redenGeenInburgeringsplicht: 'Tijdelijke vrijstelling' }, vrijstellingen: { TijdelijkeVrijstelling: { oordeel: 'Toekenning', startdatum: D, einddatum: '2027-05-20' } } }],
  ['SS110', {}, { inburgeringsplicht: { indicatorInburgeringsplicht: false, redenGeenInburgeringsplicht: 'Verblijfsdoel gewijzigd', einddatum: D } }],
  ['SS110', { reden: 'Vertrek uit Nederland langer dan een jaar' }, { inburgeringsplicht: { redenGeenInburgeringsplicht: 'Vertrek uit Nederland langer dan een jaar' } }],
  ['SS111', {}, { inburgeringsplicht: { redenGeenInburgeringsplicht: 'Overlijden' } }],
  ['SS106', {}, { inburgeringsplicht: { redenGeenInburgeringsplicht: 'Inburgeringsplicht voldaan' } }],
  ['SS107', { reden: 'AVI' }, { inburgeringsplicht: { redenGeenInburgeringsplicht: 'Volledige vrijstelling' }, vrijstellingen: { GeheleVrijstelling: { oordeel: 'Toekenning', reden: 'AVI', datumOordeel: D } } }],
  ['SS108', { reden: 'BIO' }, { inburgeringsplicht: { redenGeenInburgeringsplicht: 'Volledige ontheffing' }, ontheffingen: { GeheleOntheffing: { oordeel: 'Toekenning', grond: 'BIO' } } }],
  ['SS137', {}, { 'lbt/examennummer': {} }],
  ['SS131', { uitslag: 'B1-route niet haalbaar', behaaldeScore: '12,50' }, { 'lbt/resultaten': { resultaat: 'B1-route niet haalbaar', behaaldeScore: '12,50', benodigdeScore: '28,00', datumAfname: D } }],
  ['SS102', {}, { inburgeringstermijn: { startdatum: '2026-03-03', einddatum: '2029-03-03' } }],
  ['SS103', { maanden: 3, grond: 'C' }, { inburgeringstermijn: { einddatum: '2029-06-03', verlengingsgrondcode: 'C', verlengingsgrondomschrijving: 'Bevalling' } }],
  ['SS104', {}, { inburgeringstermijn: { einddatum: '2029-09-03' }, verlengingen: { beoordelingAanvraag: 'Toegekend', datumBeoordeling: D } }],
  ['SS112', {}, { verlengingen: { beoordelingAanvraag: 'InBehandeling', ontvangstdatum: D } }],
  ['SS113', {}, { verlengingen: { beoordelingAanvraag: 'Afgewezen' } }],
  ['SS114', {}, { vrijstellingen: { GeheleVrijstelling: { oordeel: 'Afwijzing' } } }],
  ['SS115', {}, { vrijstellingen: { TijdelijkeVrijstelling: { oordeel: 'Afwijzing' } } }],
  ['SS116', {}, { vrijstellingen: { GedeeltelijkeVrijstelling: { oordeel: 'Afwijzing' } } }],
  ['SS117', { onderdeel: 'SC', niveau: 'A2' }, { vrijstellingen: { GedeeltelijkeVrijstelling: { oordeel: 'Toekenning', examenonderdeel: 'SC', examenniveau: 'A2' } } }],
  ['SS118', {}, { ontheffingen: { GeheleOntheffing: { oordeel: 'Afwijzing', grond: 'MED' } } }],
  ['SS119', { onderdeel: 'LE', urenBelastbaarheid: 400 }, { ontheffingen: { GedeeltelijkeOntheffing: { oordeel: 'Toekenning', examenonderdeel: 'LE', urenBelastbaarheidParticipatieactiviteit: 400 } } }],
  ['SS199', { onderdeel: 'SP', niveau: 'A2', resultaat: 'Gezakt' }, { 'examens/resultaten': { examendatum: D, onderdeel: 'SP', niveau: 'A2', resultaat: 'Gezakt' } }],
  ['SS199', { onderdeel: 'KNM', resultaat: 'Geen', redenGeenResultaat: 'Absent' }, { 'examens/resultaten': { onderdeel: 'KNM', resultaat: 'Geen', redenGeenResultaat: 'Absent' } }],
  ...['SS122', 'SS123', 'SS126', 'SS127', 'SS132', 'SS133', 'SS135', 'SS136', 'SS140', 'SS141', 'SS142', 'ZZ9'].map((code) => [code, {}, {}]),
];

test('each event changes what DUO tells, is in the list of events, and is reported', async () => {
  const people = [];
  for (const [code, more, answers] of EVENTS) {
    const person = await withPip();
    await happen(person, code, { datum: D, ...more });
    for (const [part, expected] of Object.entries(answers)) {
      const { status, json } = await get(person, part);
      assert.equal(status, 200, `${code}: ${part}`);
      const newest = Array.isArray(json) ? json.at(-1) : json;
      for (const [member, value] of Object.entries(expected)) {
        if (typeof value === 'object') assert.deepEqual({ ...newest[member], ...value }, newest[member], `${code}: ${part}`);
        else assert.equal(newest[member], value, `${code}: ${part}.${member}`);
      }
    }
    const told = (await get(person, 'gebeurtenissen')).json.at(-1);
    assert.deepEqual([told.id, told.datum], [code, D]);
    assert.deepEqual(queued(person), [`9901 ${code}`]);
    people.push([person, code]);
  }
  for (const [person, code] of people) await until(`${code} is taken`, () => sent(person), 60);
  const [person] = people.at(-1);
  assert.equal(sql(`select n.gebeurtenis_id from duo.notificatie n join simulator.notificatie s on s.id = n.id join simulator.persoon p on p.id = s.persoon_id
    where p.bsn = '${person.bsn}'`), 'ZZ9', 'our side has it under the same berichtId');
});

test('a fine and a link by COA happen without a notification', async () => {
  const person = await somebody();
  await happen(person, 'BOETE', { bedrag: 1000, datum: D });
  assert.deepEqual((await get(person, 'boetes')).json, [{ bedrag: 1000, datum: D }]);
  await happen(person, 'COA', { gemeentecode: '9903' });
  assert.equal((await get(person, 'boetes')).status, 404);
  assert.equal((await get(person, 'boetes', { as: '9903' })).status, 200);
  assert.deepEqual(queued(person), []);
  await happen(person, 'SS139', { datum: D });
  assert.deepEqual(queued(person), ['9903 SS139'], 'left the COA: the weeks run where the person was linked');
  assert.equal((await stateOf(person)).gemeentecode, '9903');
});

test('an event registers somebody DUO does not know, where it says', async () => {
  const person = await newAtDuo();
  sql(`delete from simulator.persoon where bsn = '${person.bsn}'`);
  const known = await happen(person, 'SS139', { gemeentecode: '9902', doelgroep: 'Gezinsmigrant en overige migrant', datum: '2026-05-04' });
  assert.equal(known.gemeentecode, '9902');
  assert.deepEqual((await get(person, 'doelgroep', { as: '9902' })).json, { indeling: 'Gezinsmigrant en overige migrant', begindatum: '2026-05-04' });
  assert.equal((await get(person, 'inburgeringsplicht', { as: '9902' })).json.datumKennisgevingInburgeringsplicht, '2026-05-04');
});

test('histories keep every change, newest last', async () => {
  const person = await withPip();
  await happen(person, 'SS124', { datum: '2026-04-01' });
  await happen(person, 'SS125', { datum: '2026-05-01' });
  assert.deepEqual((await get(person, 'doelgroep/historie')).json, [
    { indeling: 'Asielstatushouder', begindatum: TODAY, einddatum: '2026-03-31' }, { indeling: 'Gezinsmigrant en overige migrant', begindatum: '2026-04-01', einddatum: '2026-04-30' },
    { indeling: 'Asielstatushouder', begindatum: '2026-05-01' }]);
  await happen(person, 'SS103', { datum: '2026-04-02', maanden: 6, grond: 'A' });
  await happen(person, 'SS104', { datum: '2026-05-02', einddatum: '2030-01-01', grond: 'F' });
  assert.deepEqual((await get(person, 'inburgeringstermijn/historie')).json.map((t) => [t.einddatum, t.verlengingsgrondcode]),
    [['2029-03-03', undefined], ['2029-09-03', 'A'], ['2030-01-01', 'F']]);
  await happen(person, 'SS109', { datum: '2026-05-03' });
  await happen(person, 'SS130', { datum: '2026-05-10' });
  assert.deepEqual((await get(person, 'inburgeringsplicht/historie')).json.map((p) => p.indicatorInburgeringsplicht).slice(-2), [false, true]);
  assert.equal((await get(person, 'vrijstellingen')).json.at(-1).TijdelijkeVrijstelling.einddatum, '2026-05-10', 'the exemption ends with it');
});

test('a free attempt is used by an exam, down to nought', async () => {
  const person = await somebody();
  const left = async () => (await get(person, 'examens/gratispogingen')).json.find((p) => p.onderdeel === 'LE').gratisPogingenTegoed;
  assert.equal(await left(), 2);
  for (const expected of [1, 0, 0]) {
    await happen(person, 'SS199', { onderdeel: 'LE', resultaat: 'Gezakt' });
    assert.equal(await left(), expected);
  }
  assert.equal((await get(await somebody({ doelgroep: 'Gezinsmigrant en overige migrant' }), 'examens/gratispogingen')).json[0].gratisPogingenTegoed, 0);
});

test('the first PIP fixes the term and is told; a second does not', async () => {
  const person = await somebody();
  await accepted('first', exchange('POST', of(person, 'PIP'), PIP));
  const term = (await get(person, 'inburgeringstermijn')).json;
  assert.deepEqual([term.startdatum, term.einddatum], TERM);
  await accepted('second', exchange('POST', of(person, 'PIP'), { ...PIP, dagtekeningPip: '2026-05-04', leerroute: 'Z', niveau: undefined, geschatteIntensiteitB1Route: undefined }));
  assert.deepEqual((await get(person, 'inburgeringstermijn')).json, term);
  assert.deepEqual(queued(person), ['9901 SS102']);
});

test('a move is told to both gemeenten, as what it is', async () => {
  const without = await somebody();
  await move(without, '9902', { datum: D });
  assert.deepEqual(queued(without), ['9901 SS122', '9902 SS120']);
  assert.deepEqual([(await get(without, 'PIP')).status, (await get(without, 'doelgroep', { as: '9902' })).status], [404, 200]);
  const withOne = await withPip();
  await move(withOne, '9903', { datum: D });
  assert.deepEqual(queued(withOne), ['9901 SS122', '9903 SS121']);
  assert.equal((await get(withOne, 'PIP', { as: '9903' })).json.gemeentecode, '9901', 'the PIP of the gemeente before');
  const abroad = await withPip();
  await move(abroad, undefined, { datum: D });
  assert.deepEqual(queued(abroad), ['9901 SS123']);
  const fromCoa = await somebody({ coa: true, koppelgemeente: '9902' });
  await move(fromCoa, '9902', { datum: D });
  assert.deepEqual(queued(fromCoa), ['9902 SS139']);
  await refused('PIP before settlement', exchange('POST', of(fromCoa, 'PIP'), { dagtekeningPip: '2026-05-19', leerroute: 'B' }, { as: '9902' }), ['De dagtekening ligt voor de vestiging in de gemeente.']);
});

// ---- notifications on their way -------------------------------------------------------------------

const NOTICES = 'POST /notificaties';
const arrived = (person) => sql(`select n.gebeurtenis_id from duo.notificatie n join simulator.notificatie s on s.id = n.id join simulator.persoon p on p.id = s.persoon_id
  where p.bsn = '${person.bsn}' order by n.aangemaakt`).split('\n').filter(Boolean);

// No notification waits, of whomever.
const quiet = () => until('no notification waits', () => sql('select count(*) from simulator.notificatie where not verzonden') === '0', 60);

test('what is not taken is sent again under the same berichtId, and what comes later waits for it', async () => {
  for (const soort of ['certificaat', 'geen-json', 'buiten-contract', 'verbroken']) {
    await quiet();
    const person = await somebody();
    const before = await counted(NOTICES);
    await withFault({ operatie: NOTICES, soort, aantal: 2, ...(soort === 'verbroken' ? { ms: 1 } : {}) }, async () => {
      await happen(person, 'SS126');
      await happen(person, 'SS127');
      await until(`${soort}: both are taken`, () => sent(person), 30);
    });
    assert.deepEqual(arrived(person), ['SS126', 'SS127'], soort);
    const after = await counted(NOTICES);
    assert.equal(after.aangenomen - before.aangenomen, 2, soort);
    if (soort !== 'verbroken') assert.equal(after.geweigerd - before.geweigerd, 2, soort);
  }
});

test('a notification comes twice, with the same berichtId or another, and our side keeps it once per berichtId', async () => {
  for (const [soort, rows] of [['dubbel', '1'], ['dubbel-anders', '2']]) {
    await quiet();
    const person = await somebody();
    const first = sql('select count(*) from duo.notificatie');
    await withFault({ operatie: NOTICES, soort, aantal: 1 }, async () => {
      await happen(person, 'SS126');
      await until(`${soort}: taken`, () => sent(person));
    });
    await until(`${soort}: ${rows} rows`, () => String(sql('select count(*) from duo.notificatie') - first) === rows);
  }
});

test('a notification is overtaken by the next one of the person', async () => {
  await quiet();
  const person = await somebody();
  await withFault({ operatie: NOTICES, soort: 'volgorde', aantal: 1, ms: 1500 }, async () => {
    await happen(person, 'SS126');
    await happen(person, 'SS127');
    await until('both are taken', () => sent(person));
  });
  assert.deepEqual(arrived(person), ['SS127', 'SS126']);
});

test('DUO takes its time with a notification, and the next one waits unless it is told not to', async () => {
  const person = await somebody();
  await happen(person, 'SS126', { naSeconden: 3 });
  await happen(person, 'SS127');
  await happen(person, 'SS140', { los: true });
  await until('the loose one', () => arrived(person).includes('SS140'));
  assert.deepEqual(arrived(person), ['SS140']);
  await until('all are taken', () => sent(person));
  assert.deepEqual(arrived(person), ['SS140', 'SS126', 'SS127']);
  const slow = await somebody();
  await behaving({ vertragingMs: 2000 }, () => happen(slow, 'SS126'));
  assert.equal(sql(`select na > tijdstip + interval '1.9 seconds' from simulator.notificatie n join simulator.persoon p on p.id = n.persoon_id where p.bsn = '${slow.bsn}'`), 't');
  await until('the slow one', () => sent(slow));
});

// ---- faults of answers ----------------------------------------------------------------------------

test('faults of an answer do what they say', async () => {
  const person = await everythingKnown();
  const ask = (part = 'PIP') => duo('GET', of(person, part));
  await withFault({ soort: 'verbroken' }, () => assert.rejects(ask(), { code: 'ECONNRESET' }));
  await withFault({ soort: 'afgekapt' }, () => assert.rejects(ask(), /aborted|hang up/));
  await withFault({ soort: 'geen-json' }, async () => {
    const { answer } = await ask();
    assert.equal(answer.status, 200);
    assert.throws(() => JSON.parse(answer.body));
  });
  if (!skip) {
    await withFault({ soort: 'buiten-contract' }, async () => {
      for (const part of READS) {
        const { request, answer } = await ask(part);
        const fits = LISTS.includes(part) ? Array.isArray(JSON.parse(answer.body)) : answerProblems(request, answer).length === 0;
        assert.ok(!fits, part);
      }
    });
  }
  await withFault({ soort: 'status', status: 404 }, async () => assert.equal((await ask()).answer.status, 404));
  await withFault({ soort: 'vertraging', ms: 700 }, async () => {
    const begin = Date.now();
    assert.equal((await ask()).answer.status, 200);
    assert.ok(Date.now() - begin >= 700);
  });
  await withFault({ soort: 'status', status: 500, operatie: 'GET /personen/{bsn}/PIP' }, async () => {
    assert.equal((await ask()).answer.status, 500);
    assert.equal((await ask('doelgroep')).answer.status, 200, 'another operation');
  });
  await withFault({ soort: 'status', status: 500, aantal: 2 }, async () => {
    assert.deepEqual([(await ask()).answer.status, (await ask()).answer.status, (await ask()).answer.status], [500, 500, 200]);
  });
});

test('a fault by chance strikes as often as it should, and the same ones for the same seed', async () => {
  const person = await somebody();
  const run = (zaad) => withFault({ soort: 'status', status: 500, procent: 30, zaad, operatie: 'GET /personen/{bsn}/doelgroep' }, async () => {
    const statuses = [];
    for (let i = 0; i < 60; i++) statuses.push((await duo('GET', of(person, 'doelgroep'))).answer.status);
    const { items } = await control('GET', '/fouten');
    assert.deepEqual([items[0].gezien, items[0].geraakt], [60, statuses.filter((s) => s === 500).length]);
    return statuses;
  });
  const first = await run(7);
  assert.deepEqual(await run(7), first);
  assert.notDeepEqual(await run(8), first);
  const hits = first.filter((s) => s === 500).length;
  assert.ok(hits > 6 && hits < 32, `${hits} of 60`);
});

test('a fault after the work leaves it done; before it, undone', async () => {
  const person = await somebody();
  const body = { uren: 12 };
  await withFault({ soort: 'status', status: 503, aantal: 1 }, async () => assert.equal((await put(person, 'uren/participatietaalles', body)).status, 503));
  assert.deepEqual((await get(person, 'uren')).json, []);
  await withFault({ soort: 'status', status: 503, moment: 'na', aantal: 1 }, async () => assert.equal((await put(person, 'uren/participatietaalles', body)).status, 503));
  assert.equal((await get(person, 'uren')).json[0].ParticipatieAlsTaalles.uren, 12);
  await withFault({ soort: 'verbroken', moment: 'na', aantal: 1 }, () => assert.rejects(duo('PUT', of(person, 'uren/participatietaalles'), { uren: 13 })));
  assert.equal((await get(person, 'uren')).json[0].ParticipatieAlsTaalles.uren, 13);
});

test('a fault that cannot be is refused', async () => {
  for (const fault of [{ soort: 'dubbel' }, { soort: 'status' }, { soort: 'vertraging' }, { soort: 'onzin' }, { soort: 'verbroken', operatie: 'GET /x' }, { soort: 'status', status: 200 }]) {
    await assert.rejects(control('POST', '/fouten', fault), /400/, JSON.stringify(fault));
  }
});

// ---- nothing lost, nothing doubled ----------------------------------------------------------------

test('a berichtId that comes again gets the same answer and has no second effect', async () => {
  const person = await somebody();
  const operation = 'POST /personen/{bsn}/PIP';
  const before = await counted(operation);
  const berichtid = randomUUID();
  const post = (more = {}) => exchange('POST', of(person, 'PIP'), { ...PIP, ...more }, { headers: { berichtid } });
  assert.deepEqual(await Promise.all(Array.from({ length: 5 }, async () => (await post()).status)), [201, 201, 201, 201, 201]);
  assert.equal((await post({ leerroute: 'Z', niveau: 'A2' })).status, 201, 'whatever it says');
  assert.equal((await stateOf(person)).documenten.pips.length, 1);
  const after = await counted(operation);
  assert.deepEqual([after.gevraagd - before.gevraagd, after.aangenomen - before.aangenomen, after.herhaald - before.herhaald, after.dubbel - before.dubbel], [6, 1, 5, 0]);
  const contact = { headers: { berichtid: randomUUID() } };
  const numbers = [await exchange('POST', '/contactpersonen', CONTACT, contact), await exchange('POST', '/contactpersonen', CONTACT, contact)].map((r) => r.json.id);
  assert.equal(numbers[0], numbers[1], 'the same contact person');
  assert.equal((await put(person, 'uren/participatietaalles', { uren: 1 }, { headers: { berichtid } })).status, 400, 'not for another operation');
});

test('the same again under another berichtId is taken, and counted as doubled', async () => {
  const person = await withPip();
  const operation = 'PUT /personen/{bsn}/map';
  const before = (await counted(operation)).dubbel;
  const day = { datumEindgesprekMap: '2026-05-01' };
  for (const [body, expected] of [[day, 0], [day, 1], [{ datumEindgesprekMap: '2026-05-02' }, 1], [day, 1], [{}, 1], [day, 1]]) {
    await accepted(JSON.stringify(body), put(person, 'map', body));
    assert.equal((await counted(operation)).dubbel - before, expected, JSON.stringify(body));
  }
});

test('messages about one person at the same moment are all taken, one after the other', async () => {
  const person = await somebody();
  const before = await counted('PUT /personen/{bsn}/uren/participatietaalles');
  const kinds = ['participatietaalles', 'participatieactiviteiten', 'bredeintake/taallesknm'];
  const replies = await Promise.all(Array.from({ length: 12 }, (_, i) => put(person, `uren/${kinds[i % 3]}`, { uren: i + 1 })));
  assert.deepEqual(replies.map((r) => r.status), Array(12).fill(200));
  const [row] = (await get(person, 'uren')).json;
  assert.ok(row.ParticipatieAlsTaalles && row.ParticipatieactiviteitenBredeIntake && row.TaallesEnKnmBredeIntake, 'no kind was lost');
  assert.equal((await counted('PUT /personen/{bsn}/uren/participatietaalles')).aangenomen - before.aangenomen, 4);
  assert.equal(sql(`select count(*) from simulator.bericht where over = '${person.id}'`), '12');
});

test('traffic is kept only while DUO is told to', async () => {
  const person = await somebody();
  const kept = async () => (await control('GET', '/stand')).verkeer;
  await behaving({ verkeer: false }, async () => {
    const before = await kept();
    await get(person, 'PIP');
    await exchange('POST', of(person, 'PIP'), PIP);
    assert.equal(await kept(), before);
  });
  await behaving({ verkeer: true }, async () => {
    const before = await kept();
    await exchange('POST', of(person, 'PIP'), { ...PIP, leerroute: 'O', niveau: 'A2' });
    assert.equal(await kept(), before + 1);
  });
  const [newest] = await control('GET', '/verkeer');
  assert.deepEqual([newest.methode, newest.pad, newest.status, newest.verzoek.leerroute], ['POST', '/duo/v1/personen/{bsn}/PIP', 403, 'O']);
});

test('thousands of people are loaded in one call', async () => {
  const made = await control('POST', '/personen/_laad', { aantal: 5000, gemeentecode: '9903', doelgroep: 'Gezinsmigrant en overige migrant', documenten: { boetes: [{ bedrag: 340, datum: D }] } });
  assert.equal(new Set(made.bsns).size, 5000);
  assert.deepEqual((await get({ bsn: made.bsns[4999] }, 'boetes', { as: '9903' })).json, [{ bedrag: 340, datum: D }]);
  const bsns = made.bsns.slice(0, 300);
  const naam = `Herladen ${randomUUID()}`;
  const loaded = await control('POST', '/personen/_laad', { personen: bsns.map((bsn) => ({ bsn, gemeentecode: '9902', naam })),
    notificaties: bsns.flatMap((bsn) => [{ bsn, gebeurtenisId: 'SS126' }, { bsn, gebeurtenisId: 'SS127' }]) });
  assert.deepEqual([loaded.personen, loaded.notificaties], [300, 600]);
  assert.deepEqual((await get({ bsn: bsns[0] }, 'boetes', { as: '9902' })).json, [], 'loaded instead of what there was');
  const waiting = () => sql(`select count(*) from simulator.notificatie n join simulator.persoon p on p.id = n.persoon_id where p.naam = '${naam}' and not verzonden`) === '0';
  await until('all are taken', waiting, 120);
  assert.equal(sql(`select count(*) from duo.notificatie n join simulator.notificatie s on s.id = n.id join simulator.persoon p on p.id = s.persoon_id where p.naam = '${naam}'`), '600');
});

// ---- the BRP --------------------------------------------------------------------------------------

const question = (numbers, fields, more = {}) => ({ type: 'RaadpleegMetBurgerservicenummer', burgerservicenummer: [numbers].flat(), fields, ...more });

async function asked(q, options) {
  const reply = await brp(q, options);
  if (!skipBrp) {
    const problems = reply.status === 200 ? brpProblems('RaadpleegMetBurgerservicenummerResponse', reply.json)
      : brpProblems(reply.status === 400 ? 'BadRequestFoutbericht' : 'Foutbericht', reply.json);
    assert.deepEqual(problems, [], `${reply.status}: ${reply.body.slice(0, 400)}`);
    assert.match(reply.headers['content-type'], reply.status === 200 ? /^application\/json; charset=utf-8$/ : /^application\/problem\+json/);
  }
  return reply;
}

test('the BRP tells of people as its specification says, with dates that are not whole', async () => {
  const { bsns } = await control('POST', '/personen/_laad', { aantal: 200, gemeentecode: '9901' });
  const fields = skipBrp ? ['burgerservicenummer', 'geboorte', 'verblijfplaats', 'nationaliteiten', 'verblijfstitel', 'naam', 'partners', 'kinderen', 'ouders', 'adressering'] : brpFields();
  const people = [];
  for (let i = 0; i < bsns.length; i += 20) people.push(...(await asked(question(bsns.slice(i, i + 20), fields))).json.personen);
  assert.deepEqual(people.map((p) => p.burgerservicenummer), bsns, 'all, in the order of the question');
  const kinds = (of) => new Set(people.map(of));
  assert.deepEqual([...kinds((p) => p.geboorte.datum.type)].sort(), ['Datum', 'DatumOnbekend', 'JaarDatum', 'JaarMaandDatum']);
  assert.ok(kinds((p) => p.verblijfplaats.type).has('VerblijfplaatsOnbekend'));
  assert.ok(kinds((p) => p.nationaliteiten[0].type).has('Staatloos'));
  assert.ok(kinds((p) => p.geheimhoudingPersoonsgegevens).has(true));
  for (const p of people) {
    assert.ok(p.ouders.length === 2 && p.verblijfstitel.aanduiding && p.naam.volledigeNaam);
    assert.equal(p.leeftijd === undefined, p.geboorte.datum.type !== 'Datum', 'an age needs a whole date');
  }
  const again = await asked(question(bsns.slice(0, 20), fields));
  assert.deepEqual(again.json.personen, people.slice(0, 20), 'the same every time');
  if (!skipBrp) assert.notDeepEqual(brpProblems('Persoon', { burgerservicenummer: bsns[0], onbekend: 1 }), [], 'the check sees an unknown member');
});

test('the BRP gives the fields that are asked for and no others', async () => {
  const person = await newAtDuo({ naam: 'Yara van den Berg' });
  await control('PUT', `/personen/${person.id}/brp`, { persoon: { geboorte: { datum: { type: 'Datum', datum: '1990-05-04', langFormaat: '4 mei 1990' }, plaats: { omschrijving: 'Aleppo' } },
    geheimhoudingPersoonsgegevens: true, kinderen: [{ naam: { voornamen: 'Omar', geslachtsnaam: 'Berg' } }, { naam: { voornamen: 'Mei', geslachtsnaam: 'Berg' } }] } });
  const given = async (...fields) => (await asked(question(person.bsn, fields))).json.personen[0];
  assert.deepEqual(await given('burgerservicenummer'), { burgerservicenummer: person.bsn, geheimhoudingPersoonsgegevens: true }, 'secrecy comes by itself');
  assert.deepEqual(await given('naam.volledigeNaam', 'geboorte.datum'), { naam: { volledigeNaam: 'Yara van den Berg' },
    geboorte: { datum: { type: 'Datum', datum: '1990-05-04', langFormaat: '4 mei 1990' } }, geheimhoudingPersoonsgegevens: true });
  assert.deepEqual((await given('geboorte.datum.langFormaat')).geboorte.datum.datum, '1990-05-04', 'a date is one thing');
  assert.deepEqual((await given('kinderen.naam.voornamen')).kinderen, [{ naam: { voornamen: 'Omar' } }, { naam: { voornamen: 'Mei' } }]);
  const { verblijfplaats } = await given('verblijfplaats.verblijfadres.postcode');
  assert.deepEqual(Object.keys(verblijfplaats).sort(), ['type', ...(verblijfplaats.type === 'Adres' ? ['verblijfadres'] : [])], 'the kind comes along');
  assert.equal((await given('leeftijd')).leeftijd, 36);
});

test('the BRP follows what happens: a move, a death', async () => {
  const person = await newAtDuo();
  const given = async (fields, more) => (await asked(question(person.bsn, fields, more))).json.personen;
  await move(person, '9902', { datum: D });
  const [moved] = await given(['gemeenteVanInschrijving', 'datumInschrijvingInGemeente']);
  assert.equal(moved.gemeenteVanInschrijving.code, '9902');
  assert.deepEqual(await given(['burgerservicenummer'], { gemeenteVanInschrijving: '9901' }), [], 'not there any more');
  assert.equal((await given(['burgerservicenummer'], { gemeenteVanInschrijving: '9902' })).length, 1);
  await happen(person, 'SS111', { datum: D });
  const [dead] = await given(['overlijden', 'leeftijd']);
  assert.deepEqual(dead, { overlijden: { datum: { type: 'Datum', datum: D, langFormaat: '20 mei 2026' } },
    opschortingBijhouding: { reden: { code: 'O', omschrijving: 'overlijden' }, datum: { type: 'Datum', datum: D, langFormaat: '20 mei 2026' } } });
  assert.deepEqual((await asked(question(UNKNOWN, ['naam']))).json.personen, [], 'an unknown number is not an error');
});

test('the BRP refuses what its specification does not allow', async () => {
  const { bsn } = await newAtDuo();
  const wrong = async (q, name, code) => {
    const reply = await asked(q);
    assert.equal(reply.status, 400, JSON.stringify(q).slice(0, 100));
    assert.deepEqual(reply.json.invalidParams.map((p) => [p.name, p.code]), [[name, code]], JSON.stringify(q).slice(0, 100));
  };
  await wrong({ burgerservicenummer: [bsn], fields: ['naam'] }, 'type', 'required');
  await wrong({ ...question(bsn, ['naam']), type: 'Zoek' }, 'type', 'value');
  await wrong({ ...question(bsn), fields: undefined }, 'fields', 'required');
  await wrong(question(bsn, []), 'fields', 'minItems');
  await wrong(question(bsn, Array(131).fill('naam')), 'fields', 'maxItems');
  await wrong(question(bsn, 'naam'), 'fields', 'array');
  for (const field of ['bestaatNiet', 'naam.bestaatNiet', 'naa', '', 'geheimhoudingPersoonsgegevens', 'opschortingBijhouding', 'inOnderzoek', 'rni', 'verificatie', 'leeftijd.jaren']) {
    await wrong(question(bsn, ['naam', field]), 'fields', 'fields');
  }
  await wrong({ type: 'RaadpleegMetBurgerservicenummer', fields: ['naam'] }, 'burgerservicenummer', 'required');
  await wrong(question([], ['naam']), 'burgerservicenummer', 'minItems');
  await wrong(question(Array(21).fill(bsn), ['naam']), 'burgerservicenummer', 'maxItems');
  await wrong(question('12345678', ['naam']), 'burgerservicenummer', 'pattern');
  await wrong(question(bsn, ['naam'], { gemeenteVanInschrijving: '99' }), 'gemeenteVanInschrijving', 'pattern');
  await wrong(question(bsn, ['naam'], { naam: 'x' }), 'body', 'unknownParam');
  await wrong('{', 'body', 'json');
  const good = question(bsn, ['naam']);
  assert.equal((await asked({ ...good, type: 'ZoekMetPostcodeEnHuisnummer' })).status, 403, 'not authorised for that kind');
  assert.equal((await asked(good, { as: null })).status, 401);
  assert.equal((await asked(good, { as: 'duo' })).status, 403, 'not a gemeente');
  assert.equal((await asked(good, { headers: { accept: 'text/html' } })).status, 406);
  assert.equal((await asked(good, { headers: { 'content-type': 'text/plain' } })).status, 415);
  for (const status of [429, 500, 503]) {
    await withFault({ operatie: 'POST /brp/personen', soort: 'status', status, aantal: 1 }, async () => assert.equal((await asked(good)).status, status));
  }
  await withFault({ operatie: 'POST /brp/personen', soort: 'verbroken', aantal: 1 }, () => assert.rejects(brp(good), { code: 'ECONNRESET' }));
  assert.equal((await asked(good)).status, 200);
});

// ---- from the shell --------------------------------------------------------------------------------

test('./regie sim lets things happen, and says no when the simulator does', async () => {
  const regie = fileURLToPath(new URL('../../regie', import.meta.url));
  const sim = (...args) => spawnSync(regie, ['sim', ...args], { encoding: 'utf8', maxBuffer: 2 ** 26, env: { ...process.env, REGIE_HOME: home } });
  const done = (...args) => {
    const { status, stdout, stderr } = sim(...args);
    assert.equal(status, 0, `${args}: ${stderr}`);
    return stdout.trim();
  };
  const bsn = done('nieuw', '9901', 'An "de" Vries');
  assert.match(bsn, /^\d{9}$/);
  assert.equal(JSON.parse(done('gebeurtenis', 'SS131', bsn, 'uitslag=Onbekend', 'datum=2026-03-01')).documenten['lbt/resultaten'][0].resultaat, 'Onbekend');
  assert.equal(JSON.parse(done('verhuis', bsn, '9902')).gemeentecode, '9902');
  done('meld', 'SS126', bsn);
  const person = JSON.parse(done('persoon', bsn));
  assert.deepEqual([person.naam, queued(person)], ['An "de" Vries', ['9901 SS131', '9901 SS122', '9902 SS120', '9902 SS126']]);
  done('fout', 'vertraging', 'ms=5', 'procent=50', 'operatie=GET /personen/{bsn}/PIP');
  assert.equal(JSON.parse(done('fouten')).items[0].ms, 5);
  done('fouten', 'weg');
  assert.deepEqual(JSON.parse(done('fouten')).items, []);
  done('dag', '2026-03-01');
  assert.equal(JSON.parse(done('stand')).vandaag, '2026-03-01');
  done('dag', TODAY);
  assert.equal(JSON.parse(done('gedrag', 'vertragingMs=0')).vertragingMs, 0);
  assert.match(done(), /usage: .\/regie sim/);
  assert.ok(done('tellers') && done('verkeer'));
  for (const args of [['persoon', UNKNOWN], ['gebeurtenis', 'SS139', '123456789'], ['fout', 'dubbel'], ['dag', '2026-02-30']]) assert.equal(sim(...args).status, 1, args.join(' '));
  for (const args of [['onzin'], ['gebeurtenis', 'SS139'], ['dag'], ['fout']]) assert.equal(sim(...args).status, 2, args.join(' '));
});

// ---- where it is ----------------------------------------------------------------------------------

test('neither DUO nor the BRP is played without TLS, and in production nothing is', async () => {
  const headers = { bron: oinOf('9901'), doel: DUO_OIN, berichtId: randomUUID() };
  assert.equal((await fetch(`${baseUrl}/duo/v1/instellingen`, { headers })).status, 404);
  assert.equal((await fetch(`${baseUrl}/brp/haalcentraal/api/brp/personen`, { method: 'POST', body: '{}' })).status, 404);
  const settings = Object.fromEntries([...readFileSync(`${home}/settings`, 'utf8').matchAll(/^(\w+)='(.*)'$/gm)].map(([, key, value]) => [key, value]));
  for (const face of ['--serve', '--jobs']) {
    const { status, stderr } = spawnSync(`${home}/bin/regie-simulator`, [face], { encoding: 'utf8', timeout: 10000,
      env: { ...settings, REGIE_MODE: 'productie', REGIE_PUBLIC_URL: 'https://regie.example' } });
    assert.equal(status, 2, stderr);
    assert.match(stderr, /the simulator does not start in production/);
  }
});
