// SPDX-License-Identifier: EUPL-1.2
// Logins that must fail: a provider that is wrong in one thing at a time, and browsers that are. Each ends on
// /inloggen with words for the person and one line in the log for the operator, and leaves no session.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { after, before, beforeEach, test } from 'node:test';
import { api, baseUrl, demoBsn, redis, sql, until } from './lib.mjs';
import { randomBsn } from './people.mjs';
import { BSN_CLAIM, Hostile, jwt, level, otherKey } from './providers.mjs';
import { noSession, Site, siteUrl } from './site.mjs';

const identity = `${siteUrl}/api/identity/v1`;
const client = 'regie';
const secret = 'geheim-van-regie';
let site;
let burgers;
let staf;
let bsn;

before(async () => {
  bsn = await demoBsn();
  burgers = await Hostile.start({ client, secret });
  staf = await Hostile.start({ client, secret, slash: true });
  burgers.person = { [BSN_CLAIM]: bsn };
  staf.person = { sub: 'regisseur1.9901', rollen: ['regisseur'] };
  site = await Site.start({ REGIE_OIDC_BURGER_ISSUER: burgers.issuer, REGIE_OIDC_BURGER_CLIENT: client, REGIE_OIDC_BURGER_SECRET: secret,
    REGIE_OIDC_STAF_ISSUER: staf.issuer, REGIE_OIDC_STAF_CLIENT: client, REGIE_OIDC_STAF_SECRET: secret });
});

const kept = () => [...burgers.urls(), ...staf.urls()].map((url) => `oidc:${url}`);

// All is well again, and what Regie keeps of a provider is forgotten.
function reset() {
  redis('DEL', ...kept());
  burgers.reset();
  staf.reset();
}

beforeEach(reset);

after(async () => {
  await burgers?.stop();
  await staf?.stop();
  await site?.stop();
});

// To the provider, which remembers what it was asked.
async function begin(browser, provider = burgers) {
  const start = await browser.open(`${identity}/login?doel=${provider === burgers ? 'burger' : 'medewerker'}&terug=/mijn`);
  if (start.location.startsWith(provider.issuer)) provider.began = new URL(start.location).searchParams;
  return start;
}

// And back: `answer` replaces members of the provider's good answer; null takes one out.
function goBack(browser, provider = burgers, answer = {}) {
  const good = { code: 'code-van-de-inlogdienst', state: provider.began.get('state'), iss: provider.issuer };
  const members = Object.entries({ ...good, ...answer }).filter(([, value]) => value !== null);
  return browser.open(`${identity}/terugkeer?${new URLSearchParams(members)}`);
}

async function walk(provider = burgers, answer = {}, browser = site.browser()) {
  await begin(browser, provider);
  const reply = await goBack(browser, provider, answer);
  return { browser, reply };
}

// Not one word about the person or the login itself.
function assertDiscreet(lines, provider) {
  const began = ['state', 'nonce', 'code_challenge'].map((name) => provider.began?.get(name));
  for (const word of [...began, provider.verifier, bsn, 'burger-1', 'regisseur1', secret, 'code-van-de-inlogdienst', 'eyJ'].filter(Boolean))
    assert.ok(!lines.join().includes(word), `${word} in ${lines.join('\n')}`);
}

async function assertRefused({ browser, reply }, code, reason, provider = burgers) {
  assert.equal(provider.fault, undefined);
  assert.equal(reply.status, 303);
  assert.equal(reply.headers.location, `/inloggen?fout=${code}`);
  assert.equal(browser.jar(siteUrl).get('__Host-regie'), undefined);
  const lines = await site.logOf(reply);
  const said = lines.map((line) => JSON.parse(line)).filter((line) => line.melding === 'inloggen geweigerd');
  assert.equal(said.length, 1, 'once in the log');
  assert.equal(said[0].niveau, 'let-op');
  assert.match(said[0].reden, reason);
  assertDiscreet(lines, provider);
}

async function assertEnters(provider = burgers, answer = {}) {
  const { browser, reply } = await walk(provider, answer);
  assert.equal(provider.fault, undefined);
  assert.equal(reply.headers.location, '/mijn');
  const token = browser.jar(siteUrl).get('__Host-regie');
  assert.equal((await api('GET', '/api/identity/v1/sessie', { token })).status, 200);
}

async function eachCase(t, cases, run) {
  for (const [name, ...facts] of cases) {
    await t.test(name, async () => {
      reset();
      await run(...facts);
    });
  }
}

const each = (what, cases, run) => test(what, (t) => eachCase(t, cases, run));
const eachRefused = (what, cases, run) => test(what, (t) => noSession(() => eachCase(t, cases, run)));

test('when nothing is wrong, both enter', async () => {
  await assertEnters(burgers);
  await assertEnters(staf);
});

// ---- the ID token ----

const signed = (change, more) => (claims) => jwt({ ...claims, ...change }, { key: burgers.key, ...more });
const without = (name) => (claims) => jwt(Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name)), { key: burgers.key });
const fromNow = (seconds) => Math.floor(Date.now() / 1000) + seconds;
const signedAt = (change, more) => (claims) => signed(change(), more)(claims);
const publicPem = () => burgers.key.publicKey.export({ type: 'spki', format: 'pem' });

function tampered(claims) {
  const [head, , signature] = jwt(claims, { key: burgers.key }).split('.');
  return [head, Buffer.from(JSON.stringify({ ...claims, acr: level('high') })).toString('base64url'), signature].join('.');
}

const signature = /no key of the provider signed/;
eachRefused('an ID token that is wrong in one thing', [
  ['wrong nonce', signed({ nonce: 'x'.repeat(43) }), /wrong nonce/],
  ['no nonce', without('nonce'), /wrong nonce/],
  ['nonce that is no text', signed({ nonce: 7 }), /wrong nonce/],
  ['wrong audience', signed({ aud: 'another' }), /wrong audience/],
  ['no audience', without('aud'), /wrong audience/],
  ['empty audience', signed({ aud: [] }), /wrong audience/],
  ['audiences without us', signed({ aud: ['another', 'third'], azp: client }), /wrong audience/],
  ['more audiences, azp another', signed({ aud: [client, 'another'], azp: 'another' }), /wrong audience/],
  ['more audiences, no azp', signed({ aud: [client, 'another'] }), /wrong audience/],
  ['one audience, azp another', signed({ azp: 'another' }), /wrong audience/],
  ['wrong issuer', signed({ iss: 'https://evil.example' }), /wrong issuer/],
  ['issuer with a slash more', signedAt(() => ({ iss: `${burgers.issuer}/` })), /wrong issuer/],
  ['the issuer of staff', signedAt(() => ({ iss: staf.issuer })), /wrong issuer/],
  ['no issuer', without('iss'), /wrong issuer/],
  ['expired', signedAt(() => ({ exp: fromNow(-70) })), /token expired/],
  ['expired since the beginning of time', signed({ exp: -1 }), /token expired/],
  ['expiry that is no number', signedAt(() => ({ exp: `${fromNow(300)}` })), /token expired/],
  ['no expiry', without('exp'), /token expired/],
  ['issued in the future', signedAt(() => ({ iat: fromNow(3600), exp: fromNow(7200) })), /issued in the future/],
  ['no issue time', without('iat'), /issued in the future/],
  ['not valid yet', signedAt(() => ({ nbf: fromNow(3600) })), /not valid yet/],
  ['nbf that is no number', signed({ nbf: 'now' }), /not valid yet/],
  ['no subject', without('sub'), /no subject/],
  ['empty subject', signed({ sub: '' }), /no subject/],
  ['subject that is no text', signed({ sub: 7 }), /no subject/],
  ['another key under the same kid', (claims) => jwt(claims, { key: otherKey('h1') }), signature],
  ['a kid that is not in the JWKS', (claims) => jwt(claims, { key: otherKey('h2') }), signature],
  ['claims changed after signing', tampered, signature],
  ['signature cut off', (claims) => jwt(claims, { key: burgers.key }).replace(/[^.]+$/, ''), signature],
  ['alg none', signed({}, { alg: 'none' }), signature],
  ['alg None', signed({}, { alg: 'None' }), signature],
  ['alg none over a good signature', signed({}, { header: { alg: 'none' } }), signature],
  ['HS256 with the public key', (claims) => jwt(claims, { key: Buffer.from(publicPem()), alg: 'HS256', header: { kid: 'h1' } }), signature],
  ['HS256 with the modulus', (claims) => jwt(claims, { key: Buffer.from(burgers.key.jwk.n, 'base64url'), alg: 'HS256', header: { kid: 'h1' } }), signature],
  ['HS256 with our secret', (claims) => jwt(claims, { key: Buffer.from(secret), alg: 'HS256' }), signature],
  ['RS512, which was not agreed', signed({}, { header: { alg: 'RS512' } }), signature],
  ['no alg', signed({}, { header: { alg: undefined } }), signature],
  ['its own key in the header', (claims) => { const key = otherKey('h3'); return jwt(claims, { key, header: { jwk: key.jwk } }); }, signature],
  ['an extension that must be understood', signed({}, { header: { crit: ['x'], x: 1 } }), signature],
  ['claims that are no object', () => jwt([], { key: burgers.key }), /wrong issuer/],
  ['claims that are no JSON', () => jwt('geen json', { key: burgers.key }), signature],
  ['a claim that stands there twice', (claims) => jwt(JSON.stringify(claims).replace('{', '{"nonce":"x",'), { key: burgers.key }), signature],
  ['no token but text', () => 'geen.token', signature],
  ['an encrypted token', () => 'eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.AA.AA.AA.AA', signature],
  ['acting for somebody else', signed({ represents: { sub: 'x' } }), /representation/],
  ['no BSN', signed({ [BSN_CLAIM]: undefined }), /BSN/],
  ['a BSN that fails the eleven-test', signed({ [BSN_CLAIM]: '123456789' }), /BSN/],
  ['a BSN that is a number', signedAt(() => ({ [BSN_CLAIM]: Number(bsn) })), /BSN/],
], async (token, reason) => {
  burgers.token = token;
  await assertRefused(await walk(), 'mislukt', reason);
});

eachRefused('a level of assurance that does not suffice', [
  ['low', { acr: level('low') }],
  ['basic', { acr: 'http://eID.logius.nl/LoA/basic' }],
  ['unknown', { acr: 'urn:mace:incommon:iap:silver' }],
  ['in other capitals', { acr: level('SUBSTANTIAL') }],
  ['a list', { acr: [level('high')] }],
  ['none', { acr: undefined }],
], async (change) => {
  burgers.token = signed(change);
  await assertRefused(await walk(), 'niveau', /level of assurance/);
  staf.token = (claims) => jwt({ ...claims, ...change }, { key: staf.key });
  await assertRefused(await walk(staf), 'niveau', /level of assurance/, staf);
});

test('a person without a dossier', () => noSession(async () => {
  burgers.token = signed({ [BSN_CLAIM]: randomBsn() });
  await assertRefused(await walk(), 'geen-dossier', /dossier/);
}));

test('the token of one provider does not open the door of the other', () => noSession(async () => {
  burgers.token = (claims) => jwt({ ...claims, iss: staf.issuer }, { key: staf.key });
  await assertRefused(await walk(), 'mislukt', signature);
}));

each('what is unusual but right', [
  ['a level higher than asked', signed({ acr: level('high') })],
  ['more audiences, azp is us', signed({ aud: ['another', client], azp: client })],
  ['PS256', signed({}, { alg: 'PS256' })],
  ['the clock of the provider is behind', signedAt(() => ({ iat: fromNow(-400), exp: fromNow(-50) }))],
  ['the clock of the provider is ahead', signedAt(() => ({ iat: fromNow(50), nbf: fromNow(50) }))],
  ['an expiry at the end of time', (claims) => jwt(JSON.stringify(claims).replace(/"exp":\d+/, '"exp":9223372036854775807'), { key: burgers.key })],
  ['no kid, and another key before the right one', (claims) => {
    burgers.keys = [otherKey('h0').jwk, burgers.key.jwk];
    return jwt(claims, { key: burgers.key, header: { kid: undefined } });
  }],
], async (token) => {
  burgers.token = token;
  await assertEnters();
});

each('times at the edge of what a number holds', [
  ['expiry', 'exp', /token expired/],
  ['nbf', 'nbf', undefined],
  ['issue time', 'iat', undefined],
], async (name, reason) => {
  burgers.token = (claims) => jwt(JSON.stringify({ ...claims, [name]: 0 }).replace(`"${name}":0`, `"${name}":-9223372036854775808`), { key: burgers.key });
  if (reason) await assertRefused(await walk(), 'mislukt', reason);
  else await assertEnters();
});

// ---- the keys ----

eachRefused('keys that prove nothing', [
  ['none', () => []],
  ['a key for encryption', () => [{ ...burgers.key.jwk, use: 'enc' }]],
  ['a key for another algorithm', () => [{ ...burgers.key.jwk, alg: 'PS256' }]],
  ['a key without modulus', () => [{ kty: 'RSA', kid: 'h1', e: 'AQAB' }]],
  ['a symmetric key', () => [{ kty: 'oct', kid: 'h1', k: burgers.key.jwk.n }]],
  ['no objects', () => [7, null, 'x', []]],
], async (keys) => {
  burgers.keys = keys();
  await assertRefused(await walk(), 'mislukt', signature);
});

const send = (status, body, headers = {}) => (res) => res.writeHead(status, headers).end(body);

eachRefused('a JWKS that is none', [
  ['an error', send(500, '')],
  ['no JSON', send(200, '<html>')],
  ['no list', send(200, '{"keys":{}}')],
  ['elsewhere', (res) => res.writeHead(302, { Location: `${burgers.issuer}/jwks2` }).end()],
], async (reply) => {
  burgers.replies.jwks = reply;
  await assertRefused(await walk(), 'niet-beschikbaar', /jwks/);
});

test('keys are kept, and asked for once more when one is new', async () => {
  await assertEnters();
  await assertEnters();
  assert.equal(burgers.asked.jwks, 1, 'kept');
  assert.equal(burgers.asked.discovery, 1, 'kept');
  const old = burgers.key;
  burgers.key = otherKey('h2');
  burgers.keys = [burgers.key.jwk];
  await assertEnters();
  assert.equal(burgers.asked.jwks, 2);
  await assertEnters();
  assert.equal(burgers.asked.jwks, 2);
  burgers.token = (claims) => jwt(claims, { key: old });
  await noSession(async () => assertRefused(await walk(), 'mislukt', signature));
  assert.equal(burgers.asked.jwks, 3, 'asked once more, not forever');
});

// ---- the token endpoint ----

eachRefused('a token endpoint that gives no token', [
  ['error 500', send(500, 'stuk'), 'niet-beschikbaar', /token/],
  ['error 503 with a page', send(503, '<html>'), 'niet-beschikbaar', /token/],
  ['no JSON', send(200, 'id_token=x'), 'niet-beschikbaar', /token/],
  ['no id_token', send(200, '{"access_token":"a"}'), 'niet-beschikbaar', /token/],
  ['an id_token that is no text', send(200, '{"id_token":{}}'), 'niet-beschikbaar', /token/],
  ['JSON without end', send(200, '['.repeat(100_000)), 'niet-beschikbaar', /token/],
  ['a redirect', (res) => res.writeHead(307, { Location: `${staf.issuer}/token` }).end(), 'niet-beschikbaar', /token/],
  ['nine megabytes', send(200, `{"id_token":"${'x'.repeat(9_000_000)}"}`), 'niet-beschikbaar', /token/],
  ['half an answer', (res) => { res.writeHead(200, { 'Content-Length': '1000' }); res.write('{"id_token"'); setTimeout(() => res.destroy(), 20); }, 'niet-beschikbaar', /token/],
  ['no answer', (res) => res.destroy(), 'niet-beschikbaar', /token/],
  ['the code was used', send(400, '{"error":"invalid_grant"}'), 'mislukt', /refuses the code/],
  ['our secret is wrong', send(401, '{"error":"invalid_client"}'), 'mislukt', /refuses the code/],
], async (reply, code, reason) => {
  burgers.replies.token = reply;
  await assertRefused(await walk(), code, reason);
  assert.equal(burgers.asked.token, 1, 'a code is sent once');
  assert.equal(staf.asked.token, 0);
});

test('a provider that is slow does not hold people for long', () => noSession(async () => {
  const dripping = new Set();
  const drip = (res) => {
    res.writeHead(200);
    const timer = setInterval(() => res.write(' '), 200);
    dripping.add(timer);
    res.on('close', () => { clearInterval(timer); dripping.delete(timer); });
  };
  for (const reply of [() => {}, drip]) {
    burgers.replies.token = reply;
    const began = Date.now();
    await assertRefused(await walk(), 'niet-beschikbaar', /token/);
    assert.ok(Date.now() - began < 9000, `${Date.now() - began} ms`);
  }
  await until('the connection is closed', () => dripping.size === 0);
}));

// ---- discovery ----

eachRefused('a discovery document that is not to be trusted', [
  ['of another issuer', () => ({ issuer: 'https://evil.example' })],
  ['of no issuer', () => ({ issuer: undefined })],
  ['without authorization_endpoint', () => ({ authorization_endpoint: undefined })],
  ['without token_endpoint', () => ({ token_endpoint: undefined })],
  ['without jwks_uri', () => ({ jwks_uri: 7 })],
  ['with a token_endpoint without TLS', () => ({ token_endpoint: burgers.origin.replace('https', 'http') })],
  ['with keys without TLS', () => ({ jwks_uri: burgers.origin.replace('https', 'http') })],
  ['with a script for an address', () => ({ authorization_endpoint: 'javascript:alert(1)' })],
], async (document) => {
  burgers.document = document();
  const browser = site.browser();
  const reply = await begin(browser);
  await assertRefused({ browser, reply }, 'niet-beschikbaar', /openid-configuration/);
  assert.deepEqual(reply.cookies, []);
  assert.equal(redis('EXISTS', ...kept()), '0', 'not kept');
});

eachRefused('a provider without discovery', [
  ['not found', send(404, '')],
  ['no JSON', send(200, '<html>')],
  ['no answer', (res) => res.destroy()],
], async (reply) => {
  burgers.replies.discovery = reply;
  const browser = site.browser();
  await assertRefused({ browser, reply: await begin(browser) }, 'niet-beschikbaar', /openid-configuration/);
});

test('an authorization endpoint with a query of its own', async () => {
  burgers.document = { authorization_endpoint: `${burgers.issuer}/auth?organisatie=9901` };
  const { location } = await begin(site.browser());
  const { search, searchParams } = new URL(location);
  assert.match(search, /^\?organisatie=9901&response_type=code&/);
  assert.equal(searchParams.get('client_id'), client);
});

test('a certificate of an authority that we do not know', async () => {
  const dir = mkdtempSync(`${tmpdir()}/regie-tls-`);
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=localhost',
    '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', `${dir}/key`, '-out', `${dir}/cert`], { stdio: 'ignore' });
  const stranger = await Hostile.start({ client, secret, tls: { key: readFileSync(`${dir}/key`), cert: readFileSync(`${dir}/cert`) } });
  rmSync(dir, { recursive: true });
  try {
    // the token goes there, with our secret
    burgers.document = { token_endpoint: `${stranger.issuer}/token` };
    await noSession(async () => assertRefused(await walk(), 'niet-beschikbaar', /token/));
    assert.equal(stranger.asked.token, 0);
  } finally {
    await stranger.stop();
  }
});

// ---- the browser and what it brings back ----

eachRefused('an answer that belongs to no login', [
  ['another state', { state: 'x'.repeat(43) }, /Niet gevonden/],
  ['no state', { state: null }, /no state/],
  ['empty state', { state: '' }, /no state|Niet gevonden/],
  ['a state of 4000 characters', { state: 'x'.repeat(4000) }, /Niet gevonden/],
  ['no code', { code: null }, /no code/],
  ['empty code', { code: '' }, /no code/],
  ['another issuer', { iss: 'https://evil.example' }, /RFC 9207/],
  ['the issuer of staff', () => ({ iss: staf.issuer }), /RFC 9207/],
  ['no issuer where one was promised', { iss: null }, /RFC 9207/],
], async (answer, reason) => {
  await assertRefused(await walk(burgers, typeof answer === 'function' ? answer() : answer), 'mislukt', reason);
  assert.equal(burgers.asked.token, 0, 'no code goes to the provider');
});

test('no issuer where none was promised', async () => {
  burgers.document = { authorization_response_iss_parameter_supported: false };
  await assertEnters(burgers, { iss: null });
});

eachRefused('an error of the provider', [
  ['the person stopped', 'access_denied', 'geannuleerd', /access_denied/],
  ['the level was not reached', 'unmet_authentication_requirements', 'niveau', /unmet_authentication_requirements/],
  ['out of order', 'server_error', 'niet-beschikbaar', /server_error/],
  ['too busy', 'temporarily_unavailable', 'niet-beschikbaar', /temporarily_unavailable/],
  ['any other', 'invalid_scope', 'mislukt', /an error/],
  ['words of somebody else', `<script>${'9'.repeat(9)}`, 'mislukt', /an error$/],
], async (error, code, reason) => {
  await assertRefused(await walk(burgers, { error, error_description: bsn, code: null }), code, reason);
  await assertRefused(await walk(burgers, { error, error_description: bsn }), code, reason);
  assert.equal(burgers.asked.token, 0);
});

test('an answer in another browser than the login began in', () => noSession(async () => {
  const victim = site.browser();
  const attacker = site.browser();
  await begin(attacker);
  assert.match(attacker.jar(siteUrl).get('__Host-regie_inlog'), /^[\w-]{43}$/);
  await assertRefused({ browser: victim, reply: await goBack(victim) }, 'mislukt', /no browser cookie/);
  const { began } = burgers;
  await begin(victim);
  burgers.began = began;
  await assertRefused({ browser: victim, reply: await goBack(victim) }, 'mislukt', /another browser/);
  await assertRefused({ browser: attacker, reply: await goBack(attacker) }, 'mislukt', /Niet gevonden/);
}));

test('a callback that comes twice, and twice at once', async () => {
  const { browser, reply } = await walk();
  assert.equal(reply.headers.location, '/mijn');
  browser.jar(siteUrl).clear();
  browser.jar(siteUrl).set('__Host-regie_inlog', 'x');
  await noSession(async () => assertRefused({ browser, reply: await goBack(browser) }, 'mislukt', /Niet gevonden/));
  const other = site.browser();
  await begin(other);
  const both = await Promise.all([goBack(other), goBack(other)]);
  assert.deepEqual(both.map((r) => r.headers.location).sort(), ['/inloggen?fout=mislukt', '/mijn']);
});

test('a login that waited too long', () => noSession(async () => {
  const browser = site.browser();
  await begin(browser);
  redis('DEL', `inlog:${createHash('sha256').update(burgers.began.get('state')).digest('hex')}`);
  await assertRefused({ browser, reply: await goBack(browser) }, 'mislukt', /Niet gevonden/);
}));

test('a replayed ID token does not fit another login', () => noSession(async () => {
  let first;
  burgers.token = (claims) => { first ??= jwt(claims, { key: burgers.key }); return first; };
  const browser = site.browser();
  await begin(browser);
  assert.equal((await goBack(browser)).headers.location, '/mijn');
  redis('DEL', `sessie:${createHash('sha256').update(browser.jar(siteUrl).get('__Host-regie')).digest('hex')}`);
  await assertRefused(await walk(), 'mislukt', /wrong nonce/);
}));

// ---- our own stores ----

test('without Redis nobody logs in, and is told so', () => noSession(async () => {
  const browser = site.browser();
  await begin(browser);
  redis('CLIENT', 'PAUSE', '30000', 'WRITE');
  try {
    const other = site.browser();
    await assertRefused({ browser: other, reply: await begin(other) }, 'niet-beschikbaar', /niet bereikbaar/);
    await assertRefused({ browser, reply: await goBack(browser) }, 'niet-beschikbaar', /niet bereikbaar/);
  } finally {
    redis('CLIENT', 'UNPAUSE');
  }
}));

test('a login that cannot be recorded is none', () => noSession(async () => {
  sql('revoke insert on identity.aanmelding from regie_identity');
  try {
    await assertRefused(await walk(), 'niet-beschikbaar', /./);
  } finally {
    sql('grant insert on identity.aanmelding to regie_identity');
  }
}));

// ---- the words for the person ----

test('every refusal has words on the page', async () => {
  const messages = JSON.parse(readFileSync(new URL('../../services/portal/locale/nl.json', import.meta.url), 'utf8'));
  for (const code of ['mislukt', 'geannuleerd', 'niveau', 'geen-dossier', 'geen-toegang', 'niet-beschikbaar']) {
    const page = await (await fetch(`${baseUrl}/inloggen?fout=${code}`)).text();
    assert.ok(messages[`inlogfout.${code}`], code);
    assert.match(page, new RegExp(`role="alert">.*${messages[`inlogfout.${code}`]}`), code);
  }
  const forged = await (await fetch(`${baseUrl}/inloggen?fout=${encodeURIComponent('<b>bel 06-12345678')}`)).text();
  assert.ok(!forged.includes('06-12345678') && !forged.includes('role="alert"'));
});
