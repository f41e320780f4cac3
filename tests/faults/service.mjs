// SPDX-License-Identifier: EUPL-1.2
// What the tests of the workers share: connections of their own, and the processes of one service.
import http from 'node:http';
import { baseUrl, processes } from '../api/lib.mjs';

export const newAgent = () => new http.Agent({ keepAlive: true, maxSockets: 1 });

// One request on the connection of `agent`: { status, headers }.
export function askWith(token, agent, method, path, body, more = {}) {
  return new Promise((done, failed) => {
    const headers = { Authorization: `Bearer ${token}`, Accept: 'application/json', ...(body ? { 'Content-Type': 'application/json' } : {}), ...more };
    const request = http.request(baseUrl + path, { agent, method, headers }, (reply) => {
      reply.resume();
      reply.on('end', () => done({ status: reply.statusCode, headers: reply.headers }));
      reply.on('error', failed);
    });
    request.on('error', failed);
    request.end(body && JSON.stringify(body));
  });
}

export function progress() {
  const all = processes().filter((p) => p.exe === 'regie-progress' && !p.jobs);
  const master = all.find((p) => !all.some((q) => q.pid === p.ppid));
  return { master: master.pid, workers: all.filter((p) => p.ppid === master.pid).map((p) => p.pid) };
}
