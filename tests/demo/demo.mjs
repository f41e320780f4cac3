// SPDX-License-Identifier: EUPL-1.2
// ./regie demo: three newcomers, from DUO's notice to the end, through public interfaces only, with the
// virtual date moving. Prints each step with date, legal basis and outcome; exit 1 at the first deviation.
// Names of stories as arguments choose; without, all are told.
import { Deviation, Story, expect } from './story.mjs';

const TOPICS = ['opleiding-en-werk', 'gezondheid', 'taal', 'werkmogelijkheden', 'zelfredzaamheid', 'kinderen-en-vve'];
const SCHOOL = '1000000001'; // of the synthetic caseload, known at the played DUO

const intake = '/api/intake/v1';
const routes = '/api/learning-routes/v1';
const progress = '/api/progress/v1';
const enforcement = '/api/enforcement/v1';

// ---- steps that stories share ------------------------------------------------------------------

// DUO reports a person; the dossier and its clock follow.
async function notice(s, group, name) {
  const person = await s.post('/simulator/v1/personen', { gemeentecode: '9901', doelgroep: group, naam: name });
  s.duo = `/simulator/v1/personen/${person.id}`;
  await s.call('POST', `${s.duo}/notificaties`, { body: { gebeurtenisId: 'SS139' }, status: 204 });
  const found = await s.until('het dossier', async () => {
    const list = await s.call('POST', `${intake}/inburgeraars/_zoek`, { body: { bsn: person.bsn } });
    return list.items[0];
  });
  s.id = found.id;
  const clock = await s.get(`${intake}/inburgeraars/${s.id}/pip-klok`);
  s.tell(`DUO meldt SS139: ${name} is inburgeringsplichtig (${group.toLowerCase()})`, clock.grondslag, clock.uitleg);
  return clock;
}

async function summon(s, appointment, deadline, kind) {
  const call = await s.post(`${intake}/inburgeraars/${s.id}/oproepen`,
    { datum: appointment, tijd: '10:00', plaats: 'Stadskantoor Waterstad', termijn: deadline });
  expect(call.soort, kind, 'soort oproep');
  await s.change('POST', `${intake}/oproepen/${call.id}/verzending`, `${intake}/oproepen/${call.id}`,
    { verzondenOp: s.date, bewijs: 'Aangetekende brief' });
  s.tell(`Oproep verzonden (${kind}), afspraak op ${appointment}`, call.grondslag, call.uitleg);
  return call.id;
}

async function outcome(s, call, body, next) {
  await s.change('POST', `${intake}/oproepen/${call}/uitkomst`, `${intake}/oproepen/${call}`, body);
  const step = await s.get(`${intake}/inburgeraars/${s.id}/intake-stap`);
  expect(step.volgende, next, 'volgende stap van de intake');
  s.tell(`Uitkomst van de oproep: ${body.uitkomst}`, step.grondslag, step.uitleg);
  return step;
}

async function interview(s, result, score) {
  for (const topic of TOPICS) {
    await s.call('PUT', `${intake}/inburgeraars/${s.id}/brede-intake/${topic}`,
      { body: { antwoorden: { besproken: true }, wijze: 'gesprek', taal: 'ar', afspraak: `Over ${topic}` } });
  }
  await s.call('PUT', `${s.duo}/documenten`, { status: 204, body: { soort: 'lbt/resultaten',
    document: [{ resultaat: result, behaaldeScore: score, benodigdeScore: '28,00', datumAfname: s.date }] } });
  await s.call('POST', `${s.duo}/notificaties`, { body: { gebeurtenisId: 'SS131' }, status: 204 });
  const tests = await s.until('de uitslag van de leerbaarheidstoets', async () => {
    const list = await s.get(`${intake}/inburgeraars/${s.id}/leerbaarheidstoetsen`);
    return list.items.length > 0 && list.items;
  });
  s.tell('DUO meldt SS131: de leerbaarheidstoets is gedaan', 'Wi art. 14 lid 3', `${result} (${tests[0].uitslag})`);
  await s.post(`${intake}/inburgeraars/${s.id}/brede-intake/afronding`, { datum: s.date, wijze: 'gesprek' }, 200);
  s.tell('De brede intake is afgerond', 'Wi art. 14', 'Het PIP kan worden opgesteld');
}

// Concept, decision, DUO's acceptance, and the term that DUO fixes.
async function setPip(s, plan) {
  const draft = await s.post(`${routes}/inburgeraars/${s.id}/pips`, { pvtUren: 12, mapUren: 40, alfabetisering: 'NVT', ...plan });
  expect(draft.bezwaren, [], 'bezwaren tegen het PIP');
  const set = await s.change('POST', `${routes}/pips/${draft.id}/vaststelling`, `${routes}/pips/${draft.id}`, { dagtekening: s.date });
  s.tell(`PIP vastgesteld: leerroute ${set.leerroute}${set.niveau ? `, niveau ${set.niveau}` : ''}`, set.grondslag,
    `${set.uitleg} Bezwaar kan tot en met ${set.bezwaarTot}.`);
  await s.until('DUO neemt het PIP aan', async () => {
    const pip = await s.get(`${routes}/pips/${draft.id}`);
    if (pip.duoStatus === 'geweigerd') throw new Deviation(`DUO weigert het PIP: ${pip.duoFout}`);
    return pip.duoStatus === 'geaccepteerd';
  });
  const term = await s.until('de inburgeringstermijn van DUO', async () => {
    const reply = await s.get(`${progress}/inburgeraars/${s.id}/termijn`);
    return reply.bron === 'duo' && reply;
  });
  s.tell('DUO neemt het PIP aan en meldt SS102: de termijn begint', term.grondslag, term.uitleg);
  return term;
}

async function talk(s, date, body) {
  const planned = await s.post(`${progress}/inburgeraars/${s.id}/voortgangsgesprekken`,
    { datum: date, tijd: '14:00', plaats: 'Stadskantoor Waterstad' });
  await s.moveTo(date);
  await s.change('POST', `${progress}/voortgangsgesprekken/${planned.id}/uitkomst`,
    `${progress}/voortgangsgesprekken/${planned.id}`, body);
}

const hours = (s, soort, van, tot, aantal) => s.post(`${progress}/inburgeraars/${s.id}/uren`, { soort, van, tot, aantal });

async function messagesAccepted(s, kinds) {
  await s.until(`DUO neemt aan: ${kinds.join(', ')}`, async () => {
    const list = await s.get(`/api/duo/v1/inburgeraars/${s.id}/berichten`);
    const refused = list.items.find((m) => m.status === 'geweigerd');
    if (refused) throw new Deviation(`DUO weigert ${refused.soort}: ${refused.fout}`);
    return kinds.every((kind) => list.items.some((m) => m.soort === kind && m.status === 'geaccepteerd'));
  });
}

// One violation of art. 23 from report to publication; another person than the reporter decides.
async function fine(s, { articleNumber, conduct, date, amount, step, newTerm }) {
  const base = `${enforcement}/overtredingen`;
  await s.as('regisseur1.9901');
  const made = await s.post(`${enforcement}/inburgeraars/${s.id}/overtredingen`, { artikel: articleNumber, gedraging: conduct,
    datumOvertreding: date, datumConstatering: date, omschrijving: 'Niet verschenen, geen bericht', verwijtbaarheid: 'normaal' });
  const at = `${base}/${made.id}`;
  await s.change('POST', `${at}/rapport`, at, { rapportDatum: s.date, rapport: 'De persoon kwam niet en liet niets weten.' });
  s.tell(`Rapport opgemaakt over een overtreding van artikel ${articleNumber}`, 'Awb art. 5:48, 5:53', 'De persoon mag een zienswijze geven');
  await s.change('POST', `${at}/zienswijze`, at, { zienswijze: 'Ik was het vergeten.', zienswijzeOp: s.date });
  const proposal = await s.change('POST', `${at}/voorstel`, at, {});
  expect(proposal.voorstel?.bedrag ?? proposal.bedrag, amount, 'bedrag van het voorstel');
  if (step) expect(proposal.voorstel?.trede ?? proposal.trede, step, 'trede van de boete');
  s.tell('Voorstel volgens de wet', proposal.voorstel?.grondslag ?? proposal.grondslag, proposal.voorstel?.uitleg ?? proposal.uitleg);
  await s.change('POST', `${at}/besluit`, at, { motivering: 'Zelf beslist.' }, 403);
  await s.as('handhaver.9901');
  await s.change('POST', `${at}/besluit`, at, { motivering: 'De zienswijze verandert dit niet.' });
  s.tell('Besluit door een ander dan wie rapporteerde', 'Awb art. 10:3 lid 4', `Boete van ${amount} euro`);
  const told = await s.change('POST', `${at}/bekendmaking`, at, { bekendmakingDatum: s.date, ...(newTerm ? { nieuweTermijnUiterlijk: newTerm } : {}) });
  s.tell('Het besluit is bekendgemaakt', 'Awb art. 3:41, 6:7', `Bezwaar kan tot en met ${told.bezwaarTot}`);
  return { at, until: told.bezwaarTot };
}

async function becomesFinal(s, { at }, date) {
  await s.moveTo(date);
  const final = await s.change('POST', `${at}/onherroepelijk`, at, undefined);
  s.tell('De boete is onherroepelijk', 'Awb art. 6:7', `Sinds ${final.onherroepelijkOp}`);
}

// ---- (a) from notice to fulfilment -------------------------------------------------------------

async function fulfilment() {
  const s = new Story('Samira, asielstatushouder: van kennisgeving tot voldaan');
  await s.moveTo('2026-01-05');
  await s.as('regisseur1.9901');
  const clock = await notice(s, 'Asielstatushouder', 'Samira');
  expect(clock.uiterlijk, '2026-03-16', 'uiterste dag van het PIP');
  const call = await summon(s, '2026-01-19', '2026-01-23', 'oproep');
  await s.moveTo('2026-01-19');
  await outcome(s, call, { uitkomst: 'verschenen' }, 'intake-afnemen');
  await interview(s, 'B1-route haalbaar', '33,50');
  await s.moveTo('2026-02-02');
  const term = await setPip(s, { leerroute: 'B', geschatteIntensiteitB1Route: 600, aantalVoortgangsgesprekken: 6,
    begeleiding: 'Elke drie maanden een gesprek', wenstOpleiding: false, redelijkerwijsHaalbaarB1: true, motivering: 'B1 is haalbaar en past bij de wensen' });
  expect([term.begin, term.einde], ['2026-02-03', '2029-02-03'], 'inburgeringstermijn');
  await s.post(`${routes}/inburgeraars/${s.id}/aanbiedingen`,
    { instellingsnummer: SCHOOL, datumAanbod: s.date, datumStart: '2026-03-01', datumEinde: '2027-06-30', urenPerWeek: 12 });
  await messagesAccepted(s, ['aanbod']);
  s.tell('Aanbod van een taalcursus, gemeld bij DUO', 'Wi art. 16', 'Start op 2026-03-01');
  await talk(s, '2026-05-11', { uitkomst: 'gehouden', verslag: 'Het gaat goed op school' });
  s.tell('Voortgangsgesprek gehouden', 'Wi art. 17 lid 1; Bi art. 5.3 lid 4', 'Het gaat goed op school');
  await s.moveTo('2027-03-01');
  await hours(s, 'cursus', '2026-03-01', '2027-02-28', 600);
  await hours(s, 'pvt', '2026-06-01', '2026-06-30', 12);
  await hours(s, 'map', '2026-09-01', '2026-11-30', 40);
  await s.call('PUT', `${progress}/inburgeraars/${s.id}/pvt`, { body: { ondertekendOp: '2026-07-01' } });
  await s.call('PUT', `${progress}/inburgeraars/${s.id}/map`, { body: { eindgesprekOp: '2026-12-07' } });
  await messagesAccepted(s, ['pvt', 'map']);
  s.tell('PVT ondertekend en MAP afgerond, gemeld bij DUO', 'Bi art. 3.1, 3.2', '12 uur PVT en 40 uur MAP');
  await s.moveTo('2027-07-05');
  const exams = ['LE', 'LU', 'SC', 'SP'].map((onderdeel) => ({ examendatum: '2027-06-21', resultaat: 'Geslaagd', onderdeel, niveau: 'B1' }));
  await s.call('PUT', `${s.duo}/documenten`, { status: 204, body: { soort: 'examens/resultaten',
    document: [...exams, { examendatum: '2027-06-22', resultaat: 'Geslaagd', onderdeel: 'KNM' }] } });
  await s.call('POST', `${s.duo}/notificaties`, { body: { gebeurtenisId: 'SS199' }, status: 204 });
  const done = await s.until('alle onderdelen klaar', async () => {
    const reply = await s.get(`${progress}/inburgeraars/${s.id}/voltooiing`);
    return reply.voldaan && reply;
  });
  s.tell('DUO meldt SS199: alle examens gehaald', done.grondslag, done.uitleg);
  await s.call('PUT', `${s.duo}/documenten`, { status: 204, body: { soort: 'inburgeringsplicht', document: {
    indicatorInburgeringsplicht: false, begindatum: '2026-01-05', einddatum: '2027-07-02', redenGeenInburgeringsplicht: 'Inburgeringsplicht voldaan' } } });
  await s.call('POST', `${s.duo}/notificaties`, { body: { gebeurtenisId: 'SS106' }, status: 204 });
  const end = await s.until('de plicht is voldaan', async () => {
    const reply = await s.get(`${intake}/inburgeraars/${s.id}`);
    return reply.fase === 'voldaan' && reply;
  });
  s.tell('DUO meldt SS106: aan de plicht is voldaan', 'Wi art. 6, 7', `Einde van de plicht op ${end.plichtEinde}`);
}

// ---- (b) who does not come ---------------------------------------------------------------------

async function noShow() {
  const s = new Story('Carlos, gezinsmigrant: komt niet, en toch');
  await s.moveTo('2026-02-02');
  await s.as('regisseur1.9901');
  await notice(s, 'Gezinsmigrant en overige migrant', 'Carlos');
  const first = await summon(s, '2026-02-16', '2026-02-20', 'oproep');
  await s.moveTo('2026-02-23');
  await outcome(s, first, { uitkomst: 'niet-verschenen', verwijtbaar: true, toelichting: 'Geen bericht' }, 'waarschuwing-en-herhaalde-oproep');
  const second = await summon(s, '2026-03-09', '2026-03-13', 'herhaalde-oproep');
  await s.moveTo('2026-03-16');
  const step = await outcome(s, second, { uitkomst: 'niet-verschenen', verwijtbaar: true, toelichting: 'Weer geen bericht' }, 'boete-art-22-1');
  expect(step.bedrag, 250, 'bedrag van de boete');
  await s.until('het signaal bij handhaving', async () => (await s.get(`${enforcement}/inburgeraars/${s.id}/signalen`)).items.length >= 2);
  await fine(s, { articleNumber: '22', conduct: 'niet-verschenen', date: s.date, amount: 250, newTerm: '2026-05-15' });
  await s.as('regisseur1.9901');
  await s.until('de boete in de ladder', async () => (await s.get(`${intake}/inburgeraars/${s.id}/intake-stap`)).volgende === 'oproepen');
  const third = await summon(s, '2026-04-13', '2026-05-15', 'oproep-na-boete');
  await s.moveTo('2026-04-13');
  await outcome(s, third, { uitkomst: 'verschenen' }, 'intake-afnemen');
  await interview(s, 'B1-route niet haalbaar', '14,00');
  await s.moveTo('2026-04-20');
  await setPip(s, { leerroute: 'Z', aantalVoortgangsgesprekken: 8, begeleiding: 'Elke twee maanden een gesprek', wenstOpleiding: false,
    redelijkerwijsHaalbaarB1: false, motivering: 'B1 is volgens de toets en het gesprek niet haalbaar' });
}

// ---- (c) who skips guidance twice --------------------------------------------------------------

async function skipsGuidance() {
  const s = new Story('Mei, gezinsmigrant: twee keer niet bij het voortgangsgesprek');
  await s.moveTo('2026-01-05');
  await s.as('regisseur1.9901');
  await notice(s, 'Gezinsmigrant en overige migrant', 'Mei');
  const call = await summon(s, '2026-01-12', '2026-01-16', 'oproep');
  await s.moveTo('2026-01-12');
  await outcome(s, call, { uitkomst: 'verschenen' }, 'intake-afnemen');
  await interview(s, 'B1-route haalbaar', '30,00');
  await s.moveTo('2026-01-26');
  await setPip(s, { leerroute: 'B', aantalVoortgangsgesprekken: 6, begeleiding: 'Elke twee maanden een gesprek', wenstOpleiding: false,
    redelijkerwijsHaalbaarB1: true, motivering: 'B1 is haalbaar' });
  await talk(s, '2026-03-02', { uitkomst: 'niet-verschenen', verwijtbaar: true });
  s.tell('Niet op het voortgangsgesprek verschenen', 'Wi art. 15 lid 1 onder b', 'Geen bericht, verwijtbaar');
  const first = await fine(s, { articleNumber: '23', conduct: 'begeleiding', date: s.date, amount: 25, step: 1 });
  await becomesFinal(s, first, '2026-04-15');
  await s.as('regisseur1.9901');
  await talk(s, '2026-09-07', { uitkomst: 'niet-verschenen', verwijtbaar: true });
  s.tell('Weer niet verschenen, binnen twaalf maanden', 'Bi art. 7.1 lid 3', 'De vorige boete is onherroepelijk');
  await fine(s, { articleNumber: '23', conduct: 'begeleiding', date: s.date, amount: 50, step: 2 });
}

const stories = { fulfilment, noShow, skipsGuidance };
const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(stories);

try {
  for (const name of chosen) await stories[name]();
  console.log('\nAlles liep zoals de wet het wil.');
} catch (error) {
  if (!(error instanceof Deviation)) throw error;
  console.error(`\nAfwijking: ${error.message}`);
  process.exitCode = 1;
}
