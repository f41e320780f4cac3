// SPDX-License-Identifier: EUPL-1.2
// DUO's side, for tests: people that DUO knows, as the simulator plays it.
import { api, sql, until } from './lib.mjs';

async function control(method, path, body) {
  const reply = await api(method, `/simulator/v1${path}`, { body });
  if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}

// Somebody that DUO knows from today: bsn; knows(kind, document) sets what DUO answers; tell(event) lets DUO notify.
export async function knownAtDuo({ gemeentecode = '9901', doelgroep = 'Asielstatushouder', ...more } = {}) {
  const person = await control('POST', '/personen', { gemeentecode, doelgroep, ...more });
  const path = `/personen/${person.id}`;
  return {
    bsn: person.bsn,
    knows: (soort, document) => control('PUT', `${path}/documenten`, { soort, document }),
    tell: (gebeurtenisId) => control('POST', `${path}/notificaties`, { gebeurtenisId }),
    everythingHandled,
  };
}

// Until no notification and no event waits for anybody.
export function everythingHandled() {
  return until('everything is handled', () => sql(`select (select count(*) from simulator.notificatie where not verzonden)
    + (select count(*) from core.gebeurtenis where not verdeeld) + (select count(*) from core.levering where status = 'wacht')`) === '0', 30);
}
