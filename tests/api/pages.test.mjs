// SPDX-License-Identifier: EUPL-1.2
// Long lists page by page: every row once, in order, whatever the filter. Others may write meanwhile: what
// was there before and after the walk must be in it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { api, login, sql } from './lib.mjs';

async function walk(token, url) {
  const rows = [];
  for (let next = url; next;) {
    const page = await api('GET', next, { token });
    assert.equal(page.status, 200, JSON.stringify(page.body));
    rows.push(...page.body.items);
    next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
  }
  return rows;
}

const ids = (where) => sql(where).split('\n').filter(Boolean);
const deadline = (a, b) => (a.uiterlijk + a.id < b.uiterlijk + b.id ? -1 : 1);
const byName = new Intl.Collator('nl');
const name = (a, b) => byName.compare(a.naam, b.naam) || (a.id < b.id ? -1 : 1);

const worker = `(select id from core.medewerker where sub = 'regisseur1.9901')`;
const tasks = `select id from intake.taak where status = 'open' and gemeente = '9901'`;
const people = `select id from intake.inburgeraar where gemeente = '9901'`;
const halfway = sql(`select uiterlijk from intake.taak where status = 'open' and gemeente = '9901'
  order by uiterlijk offset 20 limit 1`);

for (const [url, expected, order] of [
  ['/taken?limit=7', tasks, deadline],
  [`/taken?limit=7&tot=${halfway}`, `${tasks} and uiterlijk <= '${halfway}'`, deadline],
  ['/taken?limit=7&regisseurId=WORKER', `${tasks} and regisseur_id = ${worker}`, deadline],
  ['/inburgeraars?limit=20', people, name],
  ['/inburgeraars?limit=2&fase=voldaan', `${people} and fase = 'voldaan'`, name],
  ['/inburgeraars?limit=7&regisseurId=WORKER', `${people} and regisseur_id = ${worker}`, name],
  ['/inburgeraars?limit=2&regisseurId=WORKER&doelgroep=gezinsmigrant-overig',
    `${people} and regisseur_id = ${worker} and doelgroep = 'gezinsmigrant-overig'`, name],
]) {
  test(`all pages of ${url}`, async () => {
    const token = await login('regisseur1.9901');
    const before = ids(expected);
    const rows = await walk(token, `/api/intake/v1${url.replace('WORKER', sql(`select ${worker}`))}`);
    const after = new Set(ids(expected));
    const found = new Set(rows.map((r) => r.id));
    assert.equal(found.size, rows.length, 'every row once');
    assert.ok(before.length > 7, `${before.length} rows are too few for pages`);
    assert.deepEqual(before.filter((id) => after.has(id) && !found.has(id)), [], 'no row is missing');
    assert.deepEqual(rows.map((r) => r.id), [...rows].sort(order).map((r) => r.id), 'in order');
  });
}
