// SPDX-License-Identifier: EUPL-1.2
// Every route of every service with every role, from the programs' own route tables: without a session
// 401, with a role that is not in the row 403, with one that is neither.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { test, before } from 'node:test';
import { api, demoBsn, home, login, loginBurger, sql } from './lib.mjs';

const NOBODY = '00000000-0000-4000-8000-000000000000';
const STAFF = { regisseur: 'regisseur1.9901', teamleider: 'teamleider.9901', handhaver: 'handhaver.9901',
  beleidsadviseur: 'beleidsadviseur.9903' };
const tokens = {};

// { method, path, roles, flags } of all programs that have an API.
function routes() {
  const rows = [];
  for (const name of readdirSync(`${home}/bin`)) {
    if (!name.startsWith('regie-') || ['regie-portal', 'regie-simulator', 'regie-supervise', 'regie-caseload', 'regie-law'].includes(name)) continue;
    for (const line of execFileSync(`${home}/bin/${name}`, ['--routes'], { encoding: 'utf8' }).trim().split('\n')) {
      const [method, path, roles, flags = ''] = line.split('\t');
      if (path.endsWith('/sessie') && method === 'DELETE') continue; // ends the session that walks
      rows.push({ method, path, roles: roles.split(','), flags: flags.split(',') });
    }
  }
  return rows;
}

const fill = (path) => path.replaceAll('{onderwerp}', 'taal').replaceAll(/\{[^}]+\}/g, NOBODY);
const call = (route, token) => api(route.method, fill(route.path), { token,
  body: ['POST', 'PUT', 'PATCH'].includes(route.method) ? {} : undefined, headers: { 'If-Match': '"1"' } });

before(async () => {
  for (const [role, sub] of Object.entries(STAFF)) tokens[role] = await login(sub);
  tokens.inburgeraar = await loginBurger(await demoBsn());
});

test('there are routes to walk', () => {
  assert.ok(routes().length > 50, `${routes().length} routes`);
});

test('without a session, and with a false one, nobody enters', async () => {
  for (const route of routes().filter((r) => !r.roles.includes('open'))) {
    for (const token of [undefined, 'mAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'x'.repeat(5000)]) {
      const reply = await call(route, token);
      assert.equal(reply.status, 401, `${route.method} ${route.path}: ${reply.status}`);
      assert.equal(reply.headers.get('content-type'), 'application/problem+json');
    }
  }
});

test('a role that is not in the row gets 403, one that is gets further', async () => {
  for (const route of routes().filter((r) => !r.roles.includes('open') && !r.flags.includes('raw'))) {
    for (const [role, token] of Object.entries(tokens)) {
      const { status } = await call(route, token);
      const what = `${route.method} ${route.path} as ${role}: ${status}`;
      if (route.roles.includes(role)) assert.ok(status !== 401 && status < 500, what);
      else assert.equal(status, 403, what);
    }
  }
});

test('a session of another gemeente, and forged tenants, find nothing', async () => {
  const id = sql("select id from intake.inburgeraar where gemeente = '9901' and achternaam is not null order by id limit 1");
  const name = sql(`select achternaam from intake.inburgeraar where id = '${id}'`);
  const stranger = await login('regisseur1.9902');
  const forged = { 'X-Gemeente': '9901', 'X-Tenant': '9901', Gemeente: '9901', 'X-Regie-Gemeenten': '9901', 'SSL-Verify': 'SUCCESS' };
  for (const route of routes().filter((r) => r.method === 'GET' && r.path.includes('/inburgeraars/{id}'))) {
    const path = route.path.replace('{id}', id);
    const reply = await api('GET', `${path}`, { token: stranger, headers: forged });
    assert.ok([403, 404].includes(reply.status), `${path}: ${reply.status}`);
  }
  const found = await api('POST', '/api/intake/v1/inburgeraars/_zoek', { token: stranger, body: { naam: name }, headers: forged });
  assert.equal(found.status, 200);
  assert.ok(found.body.items.every((p) => p.id !== id));
  const claimed = await api('POST', '/api/intake/v1/inburgeraars', { token: stranger, body: { gemeente: '9901', achternaam: 'X' } });
  assert.equal(claimed.status, 400);
});

test('bad input of any kind to any route is a 4xx in problem+json', async () => {
  const bodies = ['', '{', '[]', '"x"', 'null', '{"a":1}', '{"a":1,"a":2}', `{"a":"${'\\u0000'}"}`, '\u00ff\u00fe', '['.repeat(40) + ']'.repeat(40), 'x'.repeat(1100000)];
  for (const route of routes().filter((r) => ['POST', 'PUT', 'PATCH'].includes(r.method) && !r.roles.includes('open') && !r.flags.includes('raw'))) {
    const role = Object.keys(tokens).find((r) => route.roles.includes(r));
    for (const body of bodies) {
      const reply = await api(route.method, fill(route.path), { token: tokens[role], body, headers: { 'If-Match': '"1"' } });
      assert.ok(reply.status >= 400 && reply.status < 500 && reply.status !== 401, `${route.method} ${route.path} with ${body.slice(0, 20)}: ${reply.status}`);
      assert.match(reply.headers.get('content-type'), /problem\+json/);
    }
  }
  for (const route of routes().filter((r) => r.method === 'GET' && !r.flags.includes('raw'))) {
    const role = Object.keys(tokens).find((r) => route.roles.includes(r)) ?? 'regisseur';
    for (const tail of ['?onbekend=1', '?limit=-1', '?limit=99999999999999999999', '?cursor=%00%ff']) {
      const { status } = await api('GET', fill(route.path) + tail, { token: tokens[role] });
      assert.ok(status < 500, `${route.path}${tail}: ${status}`);
    }
  }
});
