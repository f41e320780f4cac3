// SPDX-License-Identifier: EUPL-1.2
// People made through the public API, for tests that need one of their own.
import { api, onDay } from './lib.mjs';

function isBsn(digits) {
  const sum = [...digits].reduce((total, d, i) => total + Number(d) * (i === 8 ? -1 : 9 - i), 0);
  return sum % 11 === 0;
}

// From the test range, passing the eleven-test.
export function randomBsn() {
  for (;;) {
    const bsn = `9${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;
    if (isBsn(bsn)) return bsn;
  }
}

async function demand(method, path, token, body, headers = {}) {
  const reply = await api(method, path, { token, body, headers });
  if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply;
}

export async function etagOf(path, token) {
  return (await demand('GET', path, token)).headers.get('etag');
}

export async function newPerson(token, doelgroep = 'gezinsmigrant-overig') {
  const body = { bsn: randomBsn(), doelgroep, achternaam: 'Proef', voornamen: 'Persoon', datumKennisgeving: '2024-12-02' };
  return (await demand('POST', '/api/intake/v1/inburgeraars', token, body)).body.id;
}

const topics = ['opleiding-en-werk', 'gezondheid', 'taal', 'werkmogelijkheden', 'zelfredzaamheid', 'kinderen-en-vve'];

// A brede intake that is finished on `day`.
export async function finishIntake(token, person, leerroute, day) {
  const path = `/api/intake/v1/inburgeraars/${person}/brede-intake`;
  const answers = { antwoorden: { besproken: true }, wijze: 'gesprek', taal: 'nl', afspraak: 'Geen' };
  await Promise.all(topics.map((topic) => demand('PUT', `${path}/${topic}`, token, answers)));
  await demand('POST', `/api/intake/v1/inburgeraars/${person}/leerbaarheidstoetsen`, token, { datumAfname: day, uitslag: leerroute === 'Z' ? 'b1-niet-haalbaar' : 'b1-haalbaar' });
  await demand('POST', `${path}/afronding`, token, { datum: day, wijze: 'gesprek' });
}

// A vastgesteld PIP, so that a term is expected.
export async function setPip(token, person, leerroute, dagtekening) {
  await finishIntake(token, person, leerroute, dagtekening);
  const pip = { leerroute, pvtUren: 12, mapUren: 40, aantalVoortgangsgesprekken: 4, begeleiding: 'Gesprekken',
    motivering: 'Past bij de intake', wenstOpleiding: false, redelijkerwijsHaalbaarB1: leerroute !== 'Z', ...(leerroute === 'Z' ? {} : { niveau: 'B1' }) };
  const { id } = (await demand('POST', `/api/learning-routes/v1/inburgeraars/${person}/pips`, token, pip)).body;
  const etag = await etagOf(`/api/learning-routes/v1/pips/${id}`, token);
  await demand('POST', `/api/learning-routes/v1/pips/${id}/vaststelling`, token, { dagtekening }, { 'If-Match': etag });
}

// An oproep that the person did not come to; `day` is that of the appointment.
export async function missOproep(token, person, day, verwijtbaar = true) {
  const body = { datum: day, tijd: '10:00', plaats: 'Stadhuis', termijn: day };
  await onDay(day, async () => {
    const { id } = (await demand('POST', `/api/intake/v1/inburgeraars/${person}/oproepen`, token, body)).body;
    const path = `/api/intake/v1/oproepen/${id}`;
    await demand('POST', `${path}/verzending`, token, { verzondenOp: day, bewijs: 'Aangetekend' }, { 'If-Match': await etagOf(path, token) });
    await demand('POST', `${path}/uitkomst`, token, { uitkomst: 'niet-verschenen', verwijtbaar, toelichting: 'Niet gekomen' },
      { 'If-Match': await etagOf(path, token) });
  });
}
