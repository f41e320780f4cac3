// SPDX-License-Identifier: EUPL-1.2
// A browser small enough to read: it keeps cookies, and goes where an answer sends it only when told to.
import http from 'node:http';
import https from 'node:https';

function parseCookie(line) {
  const [pair, ...attributes] = line.split(/;\s*/);
  const equals = pair.indexOf('=');
  const ends = attributes.some((a) => /^max-age=0$/i.test(a) || (/^expires=/i.test(a) && Date.parse(a.slice(8)) < Date.now()));
  return { name: pair.slice(0, equals), value: pair.slice(equals + 1), ends };
}

export class Browser {
  // `sockets`: origin → Unix socket where it is served. `ca` is trusted for all other origins.
  constructor({ sockets = {}, ca }) {
    Object.assign(this, { sockets, ca, jars: new Map() });
  }

  jar(origin) {
    if (!this.jars.has(origin)) this.jars.set(origin, new Map());
    return this.jars.get(origin);
  }

  #options(url, method, headers) {
    const cookies = [...this.jar(url.origin)].map(([name, value]) => `${name}=${value}`).join('; ');
    const socketPath = this.sockets[url.origin];
    const where = socketPath ? { socketPath } : { host: url.hostname, port: url.port, ca: this.ca };
    return { ...where, method, path: url.pathname + url.search, agent: false,
      headers: { Host: url.host, ...(cookies ? { Cookie: cookies } : {}), ...headers } };
  }

  #keep(url, lines) {
    for (const { name, value, ends } of lines.map(parseCookie)) {
      if (ends) this.jar(url.origin).delete(name);
      else this.jar(url.origin).set(name, value);
    }
  }

  // { status, headers, cookies, location, body }: cookies are the Set-Cookie lines, location is absolute.
  open(address, { method = 'GET', headers = {}, body } = {}) {
    const url = new URL(address);
    const { request } = this.sockets[url.origin] || url.protocol === 'http:' ? http : https;
    return new Promise((resolve, reject) => {
      const req = request(this.#options(url, method, headers), (res) => {
        const cookies = res.headers['set-cookie'] ?? [];
        const parts = [];
        this.#keep(url, cookies);
        res.on('data', (part) => parts.push(part));
        res.on('error', reject);
        res.on('end', () => resolve({ status: res.statusCode, headers: res.headers, cookies, body: Buffer.concat(parts).toString(),
          location: res.headers.location && new URL(res.headers.location, url).href }));
      });
      req.on('error', reject);
      req.end(body);
    });
  }
}
