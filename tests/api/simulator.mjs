// SPDX-License-Identifier: EUPL-1.2
// The played world, for tests: its control API, and DUO and the BRP as a gemeente reaches them over mutual TLS.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { api, home, tlsUrl } from './lib.mjs';

export const DUO_OIN = '00000004000000001000';
export const oinOf = (gemeente) => `00000001${gemeente}00000000`;

const tls = (name) => readFileSync(path.join(home, 'tls', name));

// The control API; throws when it says no.
export async function control(method, url, body) {
  const reply = await api(method, `/simulator/v1${url}`, { body });
  if (reply.status >= 300) throw new Error(`${method} ${url}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}

// Somebody new at DUO.
export const newAtDuo = (more = {}) => control('POST', '/personen', { gemeentecode: '9901', doelgroep: 'Asielstatushouder', ...more });
// Makes something happen at DUO; what DUO then holds of the person.
export const happen = (person, gebeurtenisId, more = {}) => control('POST', '/gebeurtenissen', { bsn: person.bsn, gebeurtenisId, ...more });
export const move = (person, naar, more = {}) => control('POST', '/verhuizingen', { bsn: person.bsn, naar, ...more });
export const stateOf = (person) => control('GET', `/personen/${person.id}`);

// Runs fn with a fault; afterwards nothing goes wrong any more.
export async function withFault(fault, fn) {
  await control('POST', '/fouten', fault);
  try {
    return await fn();
  } finally {
    await control('DELETE', '/fouten');
  }
}

// Runs fn while DUO behaves like that; then as before.
export async function behaving(behaviour, fn) {
  const before = await control('GET', '/gedrag');
  await control('PATCH', '/gedrag', behaviour);
  try {
    return await fn();
  } finally {
    await control('PATCH', '/gedrag', before);
  }
}

// Counters of one operation, nought when nobody asked.
export async function counted(operatie) {
  const { items } = await control('GET', '/tellers');
  return items.find((t) => t.operatie === operatie) ?? { operatie, gevraagd: 0, aangenomen: 0, geweigerd: 0, fout: 0, herhaald: 0, dubbel: 0 };
}

// Connections are kept, one set per certificate; idle ones go before nginx closes them.
const agents = new Map();
function agentOf(as) {
  if (!agents.has(as)) {
    const client = as === null ? {} : { cert: tls(`${as}.crt`), key: tls(`${as}.key`) };
    agents.set(as, new https.Agent({ keepAlive: true, timeout: 20000, ca: tls('ca.crt'), ...client }));
  }
  return agents.get(as);
}

// One request over TLS with the certificate of `as` (null: none): { status, headers, body }; rejects when the connection breaks.
export function send(url, { method, headers, body, as }) {
  return new Promise((resolve, reject) => {
    const request = https.request(`${tlsUrl}${url}`, { method, headers, agent: agentOf(as) }, (reply) => {
      let text = '';
      reply.on('error', reject).on('aborted', () => reject(new Error('aborted')));
      reply.setEncoding('utf8').on('data', (chunk) => { text += chunk; }).on('end', () => resolve({ status: reply.statusCode, headers: reply.headers, body: text }));
    });
    request.on('error', reject).end(body);
  });
}

// Asks or tells DUO as a gemeente: { request, answer }, as contract.mjs takes them. Headers that are undefined are left out.
export async function duo(method, where, body, { as = '9901', headers = {} } = {}) {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const all = { bron: oinOf(as ?? '9901'), doel: DUO_OIN, berichtid: randomUUID(),
    ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }), ...headers };
  const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  const answer = await send(`/duo/v1${where}`, { method, headers: sent, body: text, as });
  return { request: { method, path: where, headers: sent, body: text ?? '' }, answer };
}

// Asks the BRP as a gemeente.
export async function brp(question, { as = '9901', headers = {} } = {}) {
  const text = typeof question === 'string' ? question : JSON.stringify(question);
  const answer = await send('/brp/haalcentraal/api/brp/personen', { method: 'POST', as, body: text,
    headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': String(Buffer.byteLength(text)), ...headers } });
  return { ...answer, json: answer.headers['content-type']?.includes('json') && answer.body ? JSON.parse(answer.body) : undefined };
}
