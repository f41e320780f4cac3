// SPDX-License-Identifier: EUPL-1.2
// OpenID providers for the tests of the login: an independent one that does everything right (oidc-provider,
// certified), and one that lies in whatever way a test asks for. Both speak https with the copy's certificate.
import { createHash, createHmac, constants, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import Provider from 'oidc-provider';
import { home } from './lib.mjs';
import { siteUrl } from './site.mjs';

export const BSN_CLAIM = 'urn:etoegang:1.12:EntityConcernedID:BSN';
export const level = (name) => `http://eidas.europa.eu/LoA/${name}`;
export const callback = `${siteUrl}/api/identity/v1/terugkeer`;

// `tls`: { key, cert }, the copy's by default. Resolves to { server, origin }.
async function listen(tls = { key: readFileSync(`${home}/tls/server.key`), cert: readFileSync(`${home}/tls/server.crt`) }) {
  const server = https.createServer(tls);
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { server, origin: `https://127.0.0.1:${server.address().port}` };
}

async function shut(server) {
  const closed = new Promise((resolve) => { server.close(resolve); });
  server.closeAllConnections();
  await closed;
}

const newPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const named = (kid, { privateKey, publicKey }) => ({ kid, privateKey, publicKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' } });
const stranger = newPair();

// A key that no provider has at first.
export const otherKey = (kid) => named(kid, stranger);

// ---- the independent one ----

export class Independent {
  // `alg`: what it signs with. `accounts`: subject → claims.
  static async start({ client, secret, alg, accounts }) {
    const made = new Independent();
    const { server, origin } = await listen();
    const key = named('k1', newPair());
    Object.assign(made, { server, issuer: origin, accounts });
    made.provider = new Provider(origin, {
      clients: [{ client_id: client, client_secret: secret, redirect_uris: [callback], grant_types: ['authorization_code'],
        response_types: ['code'], token_endpoint_auth_method: 'client_secret_basic', id_token_signed_response_alg: alg }],
      pkce: { methods: ['S256'], required: () => true },
      acrValues: ['low', 'substantial', 'high'].map(level),
      claims: { openid: ['sub', 'acr', 'rollen', BSN_CLAIM] },
      conformIdTokenClaims: false,
      enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256'] },
      jwks: { keys: [{ ...key.privateKey.export({ format: 'jwk' }), kid: key.kid, use: 'sig' }] },
      cookies: { keys: ['proef'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (ctx, interaction) => `/kies/${interaction.uid}` },
      findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts[id] }) }),
      ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 300, IdToken: 300, Interaction: 300, Session: 300 },
      loadExistingGrant: (ctx) => made.#grant(ctx.oidc),
    });
    server.on('request', (req, res) => made.#answer(req, res));
    return made;
  }

  async #grant({ client, session }) {
    const grant = new this.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid');
    await grant.save();
    return grant;
  }

  // Who chooses at the provider is `?sub=…&acr=…`; without a subject the person gives up.
  async #answer(req, res) {
    const url = new URL(req.url, this.issuer);
    if (!url.pathname.startsWith('/kies/')) return this.provider.callback()(req, res);
    const accountId = url.searchParams.get('sub');
    const result = accountId ? { login: { accountId, acr: url.searchParams.get('acr') } } : { error: 'access_denied' };
    return this.provider.interactionFinished(req, res, result);
  }

  // From the address that Regie sent the browser to, to the address that leads back.
  async choose(browser, address, { sub, acr = level('substantial') } = {}) {
    let reply = await browser.open(address);
    for (let hops = 0; hops < 10 && reply.location?.startsWith(this.issuer); hops++) {
      const next = new URL(reply.location);
      if (next.pathname.startsWith('/kies/') && sub) {
        next.searchParams.set('sub', sub);
        next.searchParams.set('acr', acr);
      }
      reply = await browser.open(next.href);
    }
    if (!reply.location?.startsWith(siteUrl)) throw new Error(`the provider keeps the browser: ${reply.status} ${/<pre>.*<\/pre>/s.exec(reply.body)}`);
    return reply.location;
  }

  stop() {
    return shut(this.server);
  }
}

// ---- the hostile one ----

const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };

// A signed token; `alg` HS256 takes `key` for the bytes of the secret, none signs nothing.
export function jwt(claims, { header = {}, key, alg = 'RS256' }) {
  const text = `${encode({ alg, ...(key.kid ? { kid: key.kid } : {}), ...header })}.${encode(claims)}`;
  if (/^none$/i.test(alg)) return `${text}.`;
  if (alg === 'HS256') return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
  return `${text}.${signBytes('sha256', Buffer.from(text), alg === 'PS256' ? { key: key.privateKey, ...pss } : key.privateKey).toString('base64url')}`;
}

export class Hostile {
  // `slash`: its issuer ends with one.
  static async start({ client, secret, tls, slash = false }) {
    const made = new Hostile();
    const { server, origin } = await listen(tls);
    Object.assign(made, { server, origin, issuer: slash ? `${origin}/` : origin, client, secret, first: named('h1', newPair()) });
    made.reset();
    server.on('request', (req, res) => made.#answer(req, res).catch((error) => { made.fault = error; res.destroy(); }));
    return made;
  }

  // All is well again.
  reset() {
    this.key = this.first;
    this.keys = [this.key.jwk];
    this.asked = { discovery: 0, jwks: 0, token: 0 };
    this.document = {}; // members of the discovery document that are different
    this.replies = {}; // path → function (res, form) that answers instead
    this.token = (claims) => jwt(claims, { key: this.key });
    this.fault = undefined;
  }

  discovery() {
    return { issuer: this.issuer, authorization_endpoint: `${this.origin}/auth`, token_endpoint: `${this.origin}/token`,
      jwks_uri: `${this.origin}/jwks`, authorization_response_iss_parameter_supported: true, ...this.document };
  }

  // What a good ID token says now.
  claims() {
    const now = Math.floor(Date.now() / 1000);
    return { iss: this.issuer, aud: this.client, sub: 'burger-1', nonce: this.began.get('nonce'), acr: level('substantial'), iat: now, exp: now + 300,
      ...this.person };
  }

  // Where its documents are.
  urls() {
    return [`${this.origin}/.well-known/openid-configuration`, `${this.origin}/jwks`];
  }

  async #answer(req, res) {
    const { pathname } = new URL(req.url, this.origin);
    const parts = [];
    for await (const part of req) parts.push(part);
    const form = new URLSearchParams(Buffer.concat(parts).toString());
    const [what, reply] = { '/.well-known/openid-configuration': ['discovery', () => this.discovery()], '/jwks': ['jwks', () => ({ keys: this.keys })],
      '/token': ['token', () => this.#tokenReply(req, form)] }[pathname] ?? [];
    if (!what) return res.writeHead(404).end();
    this.asked[what] += 1;
    if (this.replies[what]) return this.replies[what](res, form);
    return res.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(reply()));
  }

  // However it lies, the request must have been right: client, PKCE, redirect_uri.
  #tokenReply(req, form) {
    const basic = `Basic ${Buffer.from(`${encodeURIComponent(this.client)}:${encodeURIComponent(this.secret)}`).toString('base64')}`;
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    if (req.headers.authorization !== basic || challenge !== this.began.get('code_challenge') || form.get('redirect_uri') !== callback ||
      form.get('grant_type') !== 'authorization_code') throw new Error(`a wrong token request: ${form}`);
    this.verifier = form.get('code_verifier');
    return { access_token: 'a', token_type: 'Bearer', expires_in: 300, id_token: this.token(this.claims()) };
  }

  stop() {
    return shut(this.server);
  }
}
