// SPDX-License-Identifier: EUPL-1.2
// Read one inburgeraar in Fastify, two processes.
import cluster from 'node:cluster';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fastify from 'fastify';
import { Redis } from 'ioredis';
import pg from 'pg';
import sodium from 'sodium-native';

const MAY = ['regisseur', 'teamleider', 'handhaver', 'inburgeraar'];
const IDLE = 28800;
const { PEER_SOCKET, PEER_REDIS, PEER_PG, PEER_KEYS, PEER_SQL } = process.env;

function serve() {
  const key = Buffer.from(/^bsn ([0-9a-f]{64})/m.exec(readFileSync(PEER_KEYS, 'utf8'))[1], 'hex');
  const statements = readFileSync(PEER_SQL, 'utf8');
  const redis = new Redis({ path: PEER_REDIS, enableAutoPipelining: true });
  const pool = new pg.Pool({ host: PEER_PG, database: 'regie', user: 'regie_intake', max: 8,
    onConnect: (client) => client.query(statements) });
  const app = fastify({ logger: false });

  // Both statements in one message: one round trip, one transaction.
  async function row(session, id) {
    const tenant = [session.gemeenten, session.gebruiker, session.inburgeraar ?? '', randomBytes(16).toString('hex')];
    const [, found] = await pool.query(`execute tenant(${tenant.map(pg.escapeLiteral)}); execute lezen(${pg.escapeLiteral(id)})`);
    return found.rows[0];
  }

  function mask(sealed) {
    const raw = Buffer.from(sealed.slice(3), 'base64');
    const bsn = Buffer.alloc(raw.length - 24 - 16);
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(bsn, null, raw.subarray(24), Buffer.from('v1:'), raw.subarray(0, 24), key);
    return `*****${bsn.toString('utf8', 5)}`;
  }

  const names = [...statements.split('prepare lezen')[1].matchAll(/(\w+)(?:::text)?(?: as "(\w+)")?(?=,|\nfrom)/g)].map(([, column, alias]) => alias ?? column);
  const properties = Object.fromEntries(names.map((name) => [name, { type: name === 'versie' ? 'integer' : 'string' }]));
  app.get('/inburgeraars/:id', { schema: { response: { 200: { type: 'object', properties } } } }, async (request, reply) => {
    const token = (request.headers.authorization ?? '').slice(7);
    const text = await redis.getex(`sessie:${createHash('sha256').update(token).digest('hex')}`, 'EX', IDLE);
    const session = text && JSON.parse(text);
    if (!session || session.tot <= Date.now() / 1000) return reply.code(401).send();
    if (!session.rollen.some((role) => MAY.includes(role))) return reply.code(403).send();
    const found = await row(session, request.params.id);
    if (!found) return reply.code(404).send();
    for (const name of names) if (found[name] === null) delete found[name];
    found.bsnMasker = mask(found.bsnMasker);
    return found;
  });
  app.listen({ path: PEER_SOCKET });
}

if (cluster.isPrimary) for (let i = 0; i < 2; i++) cluster.fork();
else serve();
