// SPDX-License-Identifier: EUPL-1.2
// The plan of every prepared statement of every service, made as the services make it: no table that grows with the
// number of people is read as a whole, unless the statement's comment says why ("reads all: …"). A partial index
// holds what is under way, and may be read as a whole.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const WHY = /\breads all: \S/;
const services = readdirSync(`${root}/services`).filter((name) => existsSync(`${root}/services/${name}/queries.sql`));
// As lane_connect of common/app/db.c.
const OPTIONS = ['plan_cache_mode=force_generic_plan', 'enable_seqscan=off', 'enable_hashjoin=off', 'enable_mergejoin=off', 'jit=off']
  .map((option) => `-c ${option}`).join(' ');

function psql(user, script) {
  return execFileSync('psql', ['-d', `${process.env.REGIE_DB} user=${user}`, '-XqAt', '-v', 'ON_ERROR_STOP=1'],
    { input: script, encoding: 'utf8', env: { ...process.env, PGOPTIONS: OPTIONS }, maxBuffer: 1 << 28 });
}

// What grows with the number of people: all that is about one, and the kit's own.
const large = new Set(psql('postgres', `select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and (exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'inburgeraar_id')
    or c.oid in ('intake.inburgeraar'::regclass, 'core.gebeurtenis'::regclass, 'core.idempotentie'::regclass))
    and n.nspname <> 'proef'`).trim().split('\n'));

const partial = new Set(psql('postgres', 'select indexrelid::regclass from pg_index where indpred is not null').trim().split('\n')
  .map((name) => name.split('.').at(-1)));

function statementsOf(service) {
  const text = execFileSync('awk', ['-f', `${root}/cmake/queries.awk`, `${root}/common/app/queries.sql`, `${root}/services/${service}/queries.sql`],
    { encoding: 'utf8' });
  return text.trim().split('\n').map((line) => {
    const [name, says, sql] = line.split('\t');
    return { name, says, sql, parameters: Math.max(0, ...[...sql.matchAll(/\$(\d+)/g)].map((m) => Number(m[1]))) };
  });
}

const SCANS = ['Seq Scan', 'Index Scan', 'Index Only Scan', 'Bitmap Index Scan'];

// The tables that the plan reads from one end to the other.
function readWhole(node, table = '') {
  const here = node['Relation Name'] ? `${node.Schema}.${node['Relation Name']}` : table;
  const whole = SCANS.includes(node['Node Type']) && !node['Index Cond'] && !partial.has(node['Index Name']) ? [here] : [];
  return [...whole, ...(node.Plans ?? []).flatMap((below) => readWhole(below, here))];
}

for (const service of services) {
  test(`${service}: every statement finds its rows by an index`, () => {
    const statements = statementsOf(service);
    const script = statements.map(({ name, sql, parameters }) => `prepare "${name}" as ${sql};
explain (verbose, format json) execute "${name}"${parameters ? `(${Array(parameters).fill('null').join(', ')})` : ''};
\\echo ----`).join('\n');
    const plans = psql(`regie_${service.replace('-', '_')}`, script).split('----\n').slice(0, -1);
    assert.equal(plans.length, statements.length);
    const wrong = statements.flatMap(({ name, says }, i) => {
      const tables = [...new Set(readWhole(JSON.parse(plans[i])[0].Plan).filter((table) => large.has(table)))];
      return tables.length > 0 && !WHY.test(says) ? [`${name}: ${tables.join(', ')}`] : [];
    });
    assert.deepEqual(wrong, [], 'read as a whole without a reason');
  });
}
