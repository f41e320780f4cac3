// SPDX-License-Identifier: EUPL-1.2
// After everything else: no BSN stands anywhere where it can be read. Looked through are all logs, the names of all
// files, everything in Redis, and every table but those of the played outside world.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { home, redis, runDir, sql, until } from '../api/lib.mjs';
import { everythingHandled, notify } from '../api/duo.mjs';
import { randomBsn } from '../api/people.mjs';

// Nine digits that pass the eleven-test, as a word of their own.
function bsnsIn(text) {
  const passes = (digits) => [...digits].reduce((sum, digit, i) => sum + Number(digit) * (i === 8 ? -1 : 9 - i), 0) % 11 === 0 && Number(digits) > 0;
  return [...text.matchAll(/(?<![\p{L}\p{N}_])\d{9}(?![\p{L}\p{N}_])/gu)].filter(([digits]) => passes(digits)).map((m) => m.index);
}

// [place, text around it] of everything that is found; the number itself is not told again.
function found(place, text) {
  return bsnsIn(text).map((at) => [place, `${text.slice(Math.max(0, at - 60), at)}#########${text.slice(at + 9, at + 40)}`.replaceAll('\n', ' ')]);
}

// Files below the copy; what PostgreSQL and Redis keep is read through them.
function files(folder, below = '') {
  return readdirSync(path.join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(below, entry.name);
    if (name === 'pg' || name === 'redis') return [];
    return entry.isDirectory() ? files(folder, name) : [name];
  });
}

const READ_REDIS = `
local read = { string = {'GET'}, hash = {'HGETALL'}, list = {'LRANGE', 0, -1}, set = {'SMEMBERS'}, zset = {'ZRANGE', 0, -1}, stream = {'XRANGE', '-', '+'} }
local out = {}
for _, key in ipairs(redis.call('KEYS', '*')) do
  local how = read[redis.call('TYPE', key).ok]
  table.insert(out, { key, redis.call(how[1], key, unpack(how, 2)) })
end
return cjson.encode(out)`;

const dump = () => execFileSync('/usr/lib/postgresql/15/bin/pg_dump', ['-h', `${runDir}/pg`, '-U', 'postgres', '--data-only', '--exclude-schema=simulator', 'regie'],
  { encoding: 'utf8', maxBuffer: 1 << 30 });

function everywhere() {
  const names = files(home);
  return [
    ...readdirSync(path.join(home, 'log')).flatMap((name) => found(`log/${name}`, readFileSync(path.join(home, 'log', name), 'utf8'))),
    ...found('names of files', names.join('\n')),
    ...found('Redis', redis('EVAL', READ_REDIS, '0')),
    ...found('PostgreSQL', dump()),
  ];
}

test('the eye sees a BSN in every place, inside longer text, and takes no other number for one', () => {
  const bsn = randomBsn();
  for (const text of [bsn, `x ${bsn} y`, `"${bsn}"`, `/personen/${bsn}/PIP`, `bsn=${bsn}&x`, `${bsn}.`, `(${bsn})`, `a\t${bsn}\n`]) assert.equal(bsnsIn(text).length, 1, text.replace(bsn, '#'));
  for (const text of [`1${bsn}`, `${bsn}0`, `a${bsn}`, `${bsn}f`, '000000000', '123456789', randomUUID()]) assert.deepEqual(bsnsIn(text), [], text);
});

test('no BSN stands in a log, a file name, Redis or a table; one that is put there is seen', async () => {
  const bsn = randomBsn();
  const begin = Date.now();
  assert.equal((await notify({ registratieDatumTijd: '2026-02-02T08:00:00Z', bsn, gebeurtenisId: 'ZZ1' })).status, 201);
  await everythingHandled();
  await until('nginx has written what it logs', () => statSync(path.join(home, 'log/access.log')).mtimeMs > begin);
  assert.deepEqual(everywhere(), []);

  const log = path.join(home, 'log/proef.log');
  const named = path.join(home, 'log', `brief-${bsn}-1.txt`);
  const event = sql(`insert into core.gebeurtenis (bron, type, gemeente, data, verdeeld) values ('duo', 'proef', '9901', '{"tekst": "over ${bsn}"}', true) returning id`);
  writeFileSync(log, 'begin\n');
  appendFileSync(log, `{"pad":"/personen/${bsn}/PIP"}\n`);
  writeFileSync(named, '');
  redis('XADD', 'proef', '*', 'tekst', `van ${bsn}`);
  try {
    assert.deepEqual(everywhere().map(([place]) => place), ['log/proef.log', 'names of files', 'Redis', 'PostgreSQL']);
  } finally {
    rmSync(log);
    rmSync(named);
    redis('DEL', 'proef');
    sql(`delete from core.gebeurtenis where id = '${event}'`);
  }
});
