// SPDX-License-Identifier: EUPL-1.2
// How a story is told: steps with a date, a legal basis and an outcome; the first deviation ends it.
import { api, login } from '../api/lib.mjs';

export class Deviation extends Error {}

export function expect(actual, expected, what) {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Deviation(`${what}: verwacht ${JSON.stringify(expected)}, kreeg ${JSON.stringify(actual)}`);
  }
}

// One newcomer's story, told through public interfaces only: our API, DUO's side by the simulator.
export class Story {
  constructor(title) {
    this.title = title;
    this.tokens = new Map();
    console.log(`\n${title}\n${'-'.repeat(title.length)}`);
  }

  tell(what, basis, outcome) {
    console.log(`${this.date}  ${what}`);
    if (basis) console.log(`            grondslag: ${[basis].flat().join('; ')}`);
    console.log(`            uitkomst:  ${outcome}`);
  }

  async moveTo(date) {
    this.date = date;
    await this.call('PUT', '/simulator/v1/vandaag', { body: { datum: date }, status: 204 });
  }

  async as(sub) {
    if (!this.tokens.has(sub)) this.tokens.set(sub, await login(sub));
    this.token = this.tokens.get(sub);
  }

  // Calls and demands the status; answers the body (and keeps the ETag for the next change).
  async call(method, path, { body, status = 200, ifMatch } = {}) {
    const reply = await api(method, path, { token: this.token, body, headers: ifMatch ? { 'If-Match': ifMatch } : {} });
    if (reply.status !== status) {
      throw new Deviation(`${method} ${path}: verwacht ${status}, kreeg ${reply.status} ${JSON.stringify(reply.body)}`);
    }
    this.etag = reply.headers.get('etag') ?? undefined;
    this.refusal = status >= 400 ? reply.body : undefined;
    return reply.body;
  }

  get(path) {
    return this.call('GET', path);
  }

  post(path, body, status = 201) {
    return this.call('POST', path, { body, status });
  }

  // A change of something that has a version: reads it, changes it with If-Match.
  async change(method, path, of, body, status = 200) {
    await this.get(of);
    return this.call(method, path, { body, status, ifMatch: this.etag });
  }

  // Asks again until the chain has done its work; a deviation after `seconds`.
  async until(what, ask, seconds = 20) {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const answer = await ask();
      if (answer) return answer;
      if (Date.now() > end) throw new Deviation(`${what}: niet gebeurd binnen ${seconds} s`);
      await new Promise((r) => { setTimeout(r, 100); });
    }
  }
}
