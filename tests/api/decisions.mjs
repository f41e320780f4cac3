// SPDX-License-Identifier: EUPL-1.2
// Decisions by the law as they are kept in core.beslissing, and their replay by regie-law (REGIE_LAW).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { sql } from './lib.mjs';

// Of one record, in order of time: { regel, versie, peildatum, feiten, antwoord, verslag, dienst, inburgeraar }.
export function kept(record, regel) {
  const rows = sql(`select coalesce(json_agg(json_build_object('regel', regel, 'versie', versie, 'peildatum', peildatum,
    'feiten', feiten, 'antwoord', antwoord, 'verslag', verslag, 'dienst', dienst, 'inburgeraar', inburgeraar_id)
    order by tijdstip, id), '[]') from core.beslissing where onderwerp = '${record}'`);
  return JSON.parse(rows).filter((row) => !regel || row.regel === regel);
}

// Every row is whole, tells its outcome, and gets the same answer from regie-law.
export function checkKept(rows) {
  for (const row of rows) {
    const { regel, versie, peildatum, feiten, antwoord } = row;
    assert.ok(versie >= 1 && /^\d{4}-\d\d-\d\d$/.test(peildatum), `${regel}: ${versie} ${peildatum}`);
    assert.ok(Object.keys(feiten).length > 0 && antwoord.uitleg && antwoord.grondslag.length > 0, regel);
    assert.ok(row.verslag.includes(antwoord.grondslag[0]), `${regel}: ${row.verslag}`);
    const replay = spawnSync(process.env.REGIE_LAW, ['replay'],
      { input: `${JSON.stringify({ regel, versie, peildatum, feiten, antwoord })}\n`, encoding: 'utf8' });
    assert.equal(replay.stdout, `${JSON.stringify({ regel, gelijk: true })}\n`, replay.stdout + replay.stderr);
    assert.equal(replay.status, 0);
  }
}
