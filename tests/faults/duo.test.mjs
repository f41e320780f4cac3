// SPDX-License-Identifier: EUPL-1.2
// Chaos between us and DUO: notifications in and messages out while DUO's answers and its notifications suffer from
// every fault, and job processes and Redis are killed. Two groups of people live through the same, the first in peace,
// the second in chaos: the end is the same, nothing is lost, DUO got nothing twice.
//
// The measured size is CHAOS_PEOPLE=2000 CHAOS_NOTIFICATIONS=20000 CHAOS_MESSAGES=10000 (against a release build); what
// runs by default is small. CHAOS_SEED repeats a run. Not a part of the suite (CMakeLists.txt) before it has passed at
// its full size; run it with node --test against a copy.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { test } from 'node:test';
import { everythingHandled } from '../api/duo.mjs';
import { api, home, login, onDay, processes, settings, sql, until } from '../api/lib.mjs';
import { pipFor, randomBsn, topics } from '../api/people.mjs';
import { behaving, control, counted } from '../api/simulator.mjs';

const PEOPLE = Number(process.env.CHAOS_PEOPLE ?? 12);
const NOTIFICATIONS = Math.round(Number(process.env.CHAOS_NOTIFICATIONS ?? 10 * PEOPLE) / PEOPLE); // of each
const MESSAGES = Math.round(Number(process.env.CHAOS_MESSAGES ?? 5 * PEOPLE) / PEOPLE); // of each, at most 5
const SEED = Number(process.env.CHAOS_SEED ?? 20261102);
const SECONDS = Number(process.env.CHAOS_SECONDS ?? 200 + PEOPLE); // the longest that a group may take
const PERCENT = 10;
const WRITERS = 6;
const CONSUMERS = 2;
const DAY = '2026-11-02';
const DAGTEKENING = '2026-02-02';
const REFUSED_EVERY = 10; // DUO refuses all about every tenth person

// A generator of numbers in [0, 1) that a seed repeats (mulberry32).
function generator(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// ---- what everybody lives through ---------------------------------------------------------------

const isZ = (i) => i % 2 === 1;
const isRefused = (i) => i % REFUSED_EVERY === 0;

// All that DUO will ever say of person i: a notification that comes late, twice or too early finds the same.
const documents = (i) => ({
  inburgeringsplicht: { indicatorInburgeringsplicht: true, begindatum: '2026-01-05', datumKennisgevingInburgeringsplicht: '2026-01-05' },
  inburgeringstermijn: { startdatum: '2026-02-03', einddatum: isZ(i) ? '2029-02-03' : '2029-08-03' },
  'lbt/resultaten': [{ resultaat: isZ(i) ? 'B1-route niet haalbaar' : 'B1-route haalbaar', behaaldeScore: isZ(i) ? '8,00' : '30,50', benodigdeScore: '28,00',
    datumAfname: '2026-01-20' }],
  'examens/resultaten': isZ(i) ? [{ examendatum: '2026-08-01', resultaat: 'Gezakt', onderdeel: 'KNM' }]
    : [{ examendatum: '2026-09-01', resultaat: 'Geslaagd', onderdeel: 'KNM' }, { examendatum: '2026-09-02', resultaat: 'Gezakt', onderdeel: 'LE', niveau: 'B1' }],
});
const events = ['SS139', 'SS101', 'SS102', 'SS131', 'SS199', 'SS103', 'SS125', 'SS104', 'SS128', 'SS199'];

// DUO knows people of whom person i must have settled only lately: that we do not know, and DUO refuses the PIP and
// all that needs one.
async function people(random) {
  const bsns = new Set();
  while (bsns.size < PEOPLE) bsns.add(randomBsn());
  const list = [...bsns];
  const notices = list.flatMap((bsn) => Array.from({ length: NOTIFICATIONS }, (_, n) => ({ bsn, n: n === 0 ? 0 : random(), gebeurtenisId: events[n % events.length] })))
    .sort((a, b) => a.n - b.n).map(({ bsn, gebeurtenisId }) => ({ bsn, gebeurtenisId }));
  for (let at = 0; at < list.length; at += 500) {
    await control('POST', '/personen/_laad', { personen: list.slice(at, at + 500).map((bsn, i) => ({ bsn, gemeentecode: '9901', doelgroep: 'Asielstatushouder',
      vestiging: isRefused(at + i) ? '2026-06-01' : '2026-01-05', documenten: documents(at + i) })) });
  }
  for (let at = 0; at < notices.length; at += 5000) await control('POST', '/personen/_laad', { notificaties: notices.slice(at, at + 5000) });
  return list;
}

// Until it is done, whatever breaks: the same key makes it once. `done`: refusals that say that it was done before;
// `later`: those of a service that has not heard yet of what another did.
async function insist(token, method, path, body, { done = [], later = [], ...headers } = {}) {
  const key = method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {};
  const end = Date.now() + SECONDS * 1000;
  while (Date.now() < end) {
    const reply = await api(method, path, { token, body, headers: { ...key, ...headers } }).catch(() => undefined);
    if (reply && (reply.status < 300 || done.includes(reply.status))) return reply;
    if (reply && reply.status < 500 && !later.includes(reply.status)) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    await wait(100);
  }
  throw new Error(`${method} ${path}: never answered`);
}

const schools = ['1000000001', '1000000002'];

// What the caseworker does with person i: as many messages to DUO as MESSAGES says.
async function work(token, bsn, i) {
  const id = await until(`the dossier of person ${i}`, async () => {
    const reply = await insist(token, 'POST', '/api/intake/v1/inburgeraars/_zoek', { bsn });
    return reply.body.items[0]?.id;
  }, SECONDS);
  const intake = `/api/intake/v1/inburgeraars/${id}/brede-intake`;
  const answers = { antwoorden: { besproken: true }, wijze: 'gesprek', taal: 'nl', afspraak: 'Geen' };
  for (const topic of topics) await insist(token, 'PUT', `${intake}/${topic}`, answers, { done: [428] });
  await until('the result of the leerbaarheidstoets', async () =>
    (await insist(token, 'GET', `/api/intake/v1/inburgeraars/${id}/leerbaarheidstoetsen`)).body.items.length > 0, SECONDS);
  await insist(token, 'POST', `${intake}/afronding`, { datum: DAGTEKENING, wijze: 'gesprek' }, { done: [409] });
  const pips = `/api/learning-routes/v1/inburgeraars/${id}`;
  const steps = [
    async () => {
      const pip = (await insist(token, 'POST', `${pips}/pips`, pipFor(isZ(i) ? 'Z' : 'B'))).body;
      const etag = (await insist(token, 'GET', `/api/learning-routes/v1/pips/${pip.id}`)).headers.get('etag');
      await insist(token, 'POST', `/api/learning-routes/v1/pips/${pip.id}/vaststelling`, { dagtekening: DAGTEKENING }, { done: [409, 412], 'If-Match': etag });
    },
    () => insist(token, 'POST', `${pips}/aanbiedingen`, { instellingsnummer: schools[i % 2], datumAanbod: '2026-02-16', datumStart: '2026-03-01', urenPerWeek: 12 }),
    () => insist(token, 'PUT', `/api/progress/v1/inburgeraars/${id}/pvt`, { ondertekendOp: '2026-03-02' }, { done: [428], later: [409] }),
    () => insist(token, 'PUT', `/api/progress/v1/inburgeraars/${id}/map`, { eindgesprekOp: '2026-04-01' }, { done: [428], later: [409] }),
    isZ(i) ? () => insist(token, 'PUT', `/api/progress/v1/inburgeraars/${id}/z-route`, { eindgesprekOp: '2026-10-01' }, { done: [428], later: [409] })
      : () => insist(token, 'POST', `${pips}/aanbiedingen`, { instellingsnummer: schools[(i + 1) % 2], datumAanbod: '2026-02-20', urenPerWeek: 6 }),
  ];
  for (const step of steps.slice(0, MESSAGES)) await step();
  return id;
}

// Everybody, some at a time; the ids of the dossiers in the order of the people.
async function workAll(token, bsns) {
  const ids = [];
  let next = 0;
  await Promise.all(Array.from({ length: WRITERS }, async () => {
    for (let i = next++; i < bsns.length; i = next++) ids[i] = await work(token, bsns[i], i);
  }));
  return ids;
}

const waits = () => sql(`select (select count(*) from simulator.notificatie where not verzonden)
  + (select count(*) from core.gebeurtenis where not verdeeld) + (select count(*) from core.levering where status = 'wacht')
  + (select count(*) from duo.melding where status = 'wacht')
  + (select count(*) from duo.notificatie where status = 'ontvangen' and fout is distinct from 'Het dossier is er nog niet')`);
const settled = () => until('nothing is under way', () => waits() === '0', SECONDS);

// ---- what there is in the end --------------------------------------------------------------------

const list = (values) => values.map((v) => `'${v}'`).join(',');

// Of each person, in order: all that the services and DUO hold, without ids and times. A task that is done keeps the
// deadline that was known by then.
function endState(ids, bsns) {
  const state = JSON.parse(sql(`with wie as (select i.*, w.nr from intake.inburgeraar i
      join unnest(array[${list(ids)}]::uuid[]) with ordinality w (id, nr) using (id))
    select json_agg(json_build_object(
      'dossier', json_build_array(w.doelgroep, w.fase, w.datum_kennisgeving, w.datum_inschrijving_brp, w.pip_uiterlijk, w.leerroute,
        w.pip_dagtekening, w.termijn_begin, w.termijn_einde, w.plicht_einde),
      'lbt', (select json_agg(json_build_array(l.datum_afname, l.uitslag, l.behaalde_score, l.bron) order by l.datum_afname)
        from intake.leerbaarheidstoets l where l.inburgeraar_id = w.id),
      'taken', (select json_agg(json_build_array(t.soort, t.omschrijving, case when t.status = 'open' then t.uiterlijk end, t.status)
          order by t.soort, t.omschrijving, t.status)
        from intake.taak t where t.inburgeraar_id = w.id),
      'termijn', (select json_build_array(t.bron, t.termijn_begin, t.termijn_einde) from progress.traject t where t.inburgeraar_id = w.id),
      'examens', (select json_agg(json_build_array(e.datum, e.onderdeel, e.niveau, e.resultaat, e.bron) order by e.datum, e.onderdeel)
        from progress.examenresultaat e where e.inburgeraar_id = w.id),
      'afrondingen', (select json_agg(json_build_array(a.soort, a.datum) order by a.soort) from progress.afronding a where a.inburgeraar_id = w.id),
      'pips', (select json_agg(json_build_array(p.leerroute, p.dagtekening, p.status, p.duo_status, p.duo_fout) order by p.volgnummer)
        from learning_routes.pip p where p.inburgeraar_id = w.id),
      'aanbod', (select json_agg(json_build_array(a.instellingsnummer, a.datum_aanbod, a.duo_status, a.duo_fout) order by a.datum_aanbod)
        from learning_routes.aanbod a where a.inburgeraar_id = w.id),
      'meldingen', (select json_agg(json_build_array(m.soort, m.instellingsnummer, m.inhoud, m.status, m.fout) order by m.volgnr)
        from duo.melding m where m.inburgeraar_id = w.id)) order by w.nr)
    from wie w`));
  const duo = JSON.parse(sql(`select json_agg(json_build_object(
      'documenten', p.documenten - 'lbt/examennummer' - 'inburgeringsplicht/historie' - 'doelgroep/historie',
      'berichten', (select json_agg(json_build_array(b.operatie, b.onderwerp, b.inhoud, b.status) order by b.volgnr)
        from simulator.bericht b where b.over = p.id::text)) order by w.nr)
    from simulator.persoon p join unnest(array[${list(bsns)}]) with ordinality w (bsn, nr) using (bsn)`));
  return state.map((one, i) => ({ ...one, duo: duo[i] }));
}

// What may differ of a person about whom DUO refuses all: a refusal whose answer was spoilt has lost DUO's words, and a
// message that was refused before the next about the same thing is replaced by that, else both stay.
function comparable(state, i) {
  if (!isRefused(i)) return state;
  const refused = (status) => (['geweigerd', 'vervangen'].includes(status) ? 'niet aangenomen' : status);
  return { ...state,
    taken: state.taken.map((taak) => (taak[0] === 'duo-weigert' ? taak.slice(0, 2) : taak)),
    pips: state.pips.map(([leerroute, dagtekening, status, duo]) => [leerroute, dagtekening, status, duo]),
    aanbod: state.aanbod?.map(([school, day, status]) => [school, day, status]),
    meldingen: state.meldingen.map(([soort, school, inhoud, status]) => [soort, school, inhoud, refused(status)]) };
}

// ---- chaos ---------------------------------------------------------------------------------------

// The consumers of the duo service rest; others of the same program work that never wait long, and are killed and
// replaced by this test as a supervisor would. fn gets their pids.
async function ownConsumers(fn) {
  await everythingHandled();
  const resting = processes().filter((p) => p.exe === 'regie-duo' && p.jobs).map((p) => p.pid);
  for (const pid of resting) process.kill(pid, 'SIGSTOP');
  const running = new Set();
  let stopping = false;
  const start = () => {
    const child = spawn(`${home}/bin/regie-duo`, ['--jobs'], { stdio: 'ignore',
      env: { ...settings(), PATH: process.env.PATH, REGIE_DUO_RETRY_MAX: '2', REGIE_DUO_ATTEMPTS: '1000' } });
    running.add(child);
    child.on('exit', () => {
      running.delete(child);
      if (!stopping) start();
    });
  };
  for (let i = 0; i < CONSUMERS; i++) start();
  try {
    return await fn(() => [...running].map((child) => child.pid));
  } finally {
    stopping = true;
    const ends = [...running].map((child) => new Promise((resolve) => { child.on('exit', resolve); }));
    for (const child of running) child.kill('SIGTERM');
    await Promise.all(ends);
    for (const pid of resting) process.kill(pid, 'SIGCONT');
  }
}

const faults = [
  ...['voor', 'na'].map((moment) => ({ soort: 'verbroken', moment })), { soort: 'status', status: 503 }, { soort: 'vertraging', ms: 40 },
  { soort: 'afgekapt', moment: 'na' }, { soort: 'geen-json' }, { soort: 'buiten-contract' },
  ...['dubbel', 'dubbel-anders', 'volgorde', 'certificaat', 'geen-json', 'buiten-contract', 'verbroken'].map((soort) => ({ soort, operatie: 'POST /notificaties' })),
  { soort: 'vertraging', ms: 200, operatie: 'POST /notificaties' },
];

// Kills one process after the other until it is told to stop; what it killed.
function killer(random, consumers) {
  const killed = {};
  const jobs = (exe) => () => processes().filter((p) => p.exe === exe && p.jobs).map((p) => p.pid);
  const kinds = { duo: consumers, intake: jobs('regie-intake'), progress: jobs('regie-progress'), 'learning-routes': jobs('regie-learning-routes'),
    redis: () => processes().filter((p) => p.exe.startsWith('redis-')).map((p) => p.pid) };
  const names = Object.keys(kinds);
  let running = true;
  const done = (async () => {
    while (running) {
      await wait(1500 + Math.floor(random() * 4000));
      const name = names[Math.floor(random() * names.length)];
      const victims = kinds[name]();
      if (!running || victims.length === 0) continue;
      try {
        process.kill(victims[Math.floor(random() * victims.length)], 'SIGKILL');
        killed[name] = (killed[name] ?? 0) + 1;
      } catch (error) {
        if (error.code !== 'ESRCH') throw error;
      }
    }
    return killed;
  })();
  return { stop: () => { running = false; return done; } };
}

test(`chaos: ${PEOPLE} people, ${PEOPLE * NOTIFICATIONS} notifications, ${PEOPLE * MESSAGES} messages, seed ${SEED}`,
  { timeout: (2 * SECONDS + 120) * 1000 }, (t) => onDay(DAY, () => behaving({ termijn: false, verkeer: false }, async () => {
    const token = await login('regisseur1.9901');
    const random = generator(SEED);
    const dead = Number(sql("select count(*) from core.levering where status = 'dood'"));
    const doubled = Number(sql('select count(*) from simulator.bericht where dubbel'));
    const took = {};
    const timed = async (name, fn) => {
      const begin = Date.now();
      const result = await fn();
      took[name] = `${((Date.now() - begin) / 1000).toFixed(1)} s`;
      return result;
    };

    const calm = { bsns: await people(random) };
    await timed('peace', async () => {
      calm.ids = await workAll(token, calm.bsns);
      await settled();
    });

    const wild = {};
    let killed;
    let struck;
    await ownConsumers(async (consumers) => {
      for (const [n, fault] of faults.entries()) await control('POST', '/fouten', { ...fault, procent: PERCENT, zaad: SEED % 1000 + n + 1 });
      try {
        await timed('chaos', async () => {
          wild.bsns = await people(random);
          const chaos = killer(random, consumers);
          try {
            wild.ids = await workAll(token, wild.bsns);
            await settled();
          } finally {
            killed = await chaos.stop();
          }
          await settled();
        });
        struck = (await control('GET', '/fouten')).items.map((f) => [`${f.operatie === '*' ? '' : f.operatie}${f.soort} ${f.moment}`, f.geraakt]);
      } finally {
        await control('DELETE', '/fouten');
      }
    });
    t.diagnostic(`took ${JSON.stringify(took)}, killed ${JSON.stringify(killed)}, faults ${JSON.stringify(Object.fromEntries(struck))}`);

    for (const [name, times] of struck) assert.ok(times > 0, `the fault ${name} never struck`);
    assert.ok(Object.values(killed).reduce((sum, n) => sum + n, 0) > 3, `killed too little: ${JSON.stringify(killed)}`);
    const [before, after] = [endState(calm.ids, calm.bsns), endState(wild.ids, wild.bsns)];
    for (let i = 0; i < PEOPLE; i++) assert.deepEqual(comparable(after[i], i), comparable(before[i], i), `person ${i}`);

    const stored = (bsns) => sql(`select count(*) filter (where n.status = 'verwerkt') from duo.notificatie n
      where n.inburgeraar_id in (select id from intake.inburgeraar where id in (${list(bsns)}))`);
    assert.equal(stored(calm.ids), String(PEOPLE * NOTIFICATIONS), 'every notification once');
    assert.ok(Number(stored(wild.ids)) >= PEOPLE * NOTIFICATIONS, 'no notification is lost');
    const sent = (bsns) => Number(sql(`select count(*) from simulator.bericht b join simulator.persoon p on b.over = p.id::text where p.bsn in (${list(bsns)})`));
    assert.equal(sent(wild.bsns), sent(calm.bsns), 'DUO took as many messages');
    assert.ok(sent(calm.bsns) > 0);
    assert.equal(Number(sql('select count(*) from simulator.bericht where dubbel')), doubled, 'DUO got nothing twice');
    assert.equal(Number(sql("select count(*) from core.levering where status = 'dood'")), dead, 'no dead letter in the outbox');
    const refused = sql(`select string_agg(distinct w.nr::text, ',' order by w.nr::text) from duo.melding m
      join unnest(array[${list(wild.ids)}]::uuid[]) with ordinality w (id, nr) on w.id = m.inburgeraar_id
      where m.status not in ('geaccepteerd', 'vervangen')`);
    const expected = Array.from({ length: PEOPLE }, (_, i) => i).filter(isRefused).map((i) => String(i + 1)).sort().join(',');
    assert.equal(refused, expected, 'only what DUO refuses is left to people');
    assert.ok((await counted('POST /personen/{bsn}/PIP')).herhaald > 0 || PEOPLE < 50, 'answers were lost and messages sent again');
  })));
