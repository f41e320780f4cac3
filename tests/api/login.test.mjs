// SPDX-License-Identifier: EUPL-1.2
// The login against a provider that is not ours (oidc-provider, PKCE required), in production mode behind nginx:
// both roles to a session and out again, and the rules of sessions.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { api, baseUrl, demoBsn, redis, sql } from './lib.mjs';
import { BSN_CLAIM, callback, Independent, level } from './providers.mjs';
import { noSession, Site, siteUrl, startRefused } from './site.mjs';

const identity = `${siteUrl}/api/identity/v1`;
const SECRET = 'a+b/c=d:e%f g~&'; // must survive the form encoding of RFC 6749 2.3.1
const NO_GEMEENTE = '00000000-0000-4000-8000-00000000901a';
let site;
let burgers;
let staf;
let bsn;

const settings = () => ({ REGIE_OIDC_BURGER_ISSUER: burgers.issuer, REGIE_OIDC_BURGER_CLIENT: 'regie-burgers', REGIE_OIDC_BURGER_SECRET: SECRET,
  REGIE_OIDC_STAF_ISSUER: staf.issuer, REGIE_OIDC_STAF_CLIENT: 'regie-staf', REGIE_OIDC_STAF_SECRET: 'geheim' });

before(async () => {
  bsn = await demoBsn();
  burgers = await Independent.start({ client: 'regie-burgers', secret: SECRET, alg: 'PS256', accounts: {
    'burger-1': { [BSN_CLAIM]: bsn }, 'zonder-bsn': {}, 'verkeerd-bsn': { [BSN_CLAIM]: '123456789' }, onbekend: { [BSN_CLAIM]: '999999990' },
    gemachtigde: { [BSN_CLAIM]: bsn } } });
  staf = await Independent.start({ client: 'regie-staf', secret: 'geheim', alg: 'RS256', accounts: {
    'regisseur1.9901': { rollen: ['regisseur'] }, 'teamleider.9901': { rollen: ['teamleider', 'handhaver', 'directeur', 7] },
    'handhaver.9901': { rollen: ['directeur'] }, 'regisseur1.9902': {}, 'regisseur1.9903': { rollen: 'regisseur' },
    'handhaver.9902': { rollen: ['inburgeraar', 'systeem', 'ketenpartner'] }, 'beleidsadviseur.9903': { rollen: ['beleidsadviseur'] },
    onbekend: { rollen: ['regisseur'] }, 'zonder-gemeente': { rollen: ['regisseur'] } } });
  sql(`insert into core.medewerker values ('${NO_GEMEENTE}', 'zonder-gemeente', 'Z', 'z@example.nl', '0', '{regisseur}', '{}')`);
  site = await Site.start(settings());
});

after(async () => {
  sql(`delete from core.medewerker where id = '${NO_GEMEENTE}'`);
  await burgers?.stop();
  await staf?.stop();
  await site?.stop();
});

const begin = (browser, doel, terug = '/mijn') => browser.open(`${identity}/login?doel=${doel}&terug=${encodeURIComponent(terug)}`);

// To the provider and back; the answer of /terugkeer.
async function walk(browser, doel, who, terug) {
  const start = await begin(browser, doel, terug);
  assert.equal(start.status, 303);
  return browser.open(await (doel === 'burger' ? burgers : staf).choose(browser, start.location, who));
}

const tokenOf = (browser) => browser.jar(siteUrl).get('__Host-regie');
const keyOf = (token) => `sessie:${createHash('sha256').update(token).digest('hex')}`;
const session = (browser, token = tokenOf(browser)) => browser.open(`${identity}/sessie`, { headers: { Authorization: `Bearer ${token}` } });

async function enter(doel, sub, terug, browser = site.browser()) {
  const reply = await walk(browser, doel, { sub }, terug);
  assert.equal(reply.status, 303);
  assert.ok(tokenOf(browser), `no session: ${reply.location}`);
  return { browser, reply, token: tokenOf(browser) };
}

const refused = (doel, who, code, reason) => noSession(async () => {
  const browser = site.browser();
  const reply = await walk(browser, doel, who);
  assert.equal(reply.status, 303);
  assert.equal(reply.location, `${siteUrl}/inloggen?fout=${code}`);
  assert.equal(tokenOf(browser), undefined);
  const lines = await site.logOf(reply);
  const said = lines.filter((line) => JSON.parse(line).melding === 'inloggen geweigerd');
  assert.equal(said.length, 1);
  assert.match(JSON.parse(said[0]).reden, reason);
  for (const secret of [bsn, '123456789', '999999990', who.sub].filter(Boolean)) assert.ok(!lines.join().includes(secret), `${secret} in the log`);
});

test('the provider demands PKCE with S256, and Regie sends it', async () => {
  const { location } = await begin(site.browser(), 'burger');
  const url = new URL(location);
  const sent = Object.fromEntries(url.searchParams);
  assert.equal(sent.response_type, 'code');
  assert.equal(sent.scope, 'openid');
  assert.equal(sent.redirect_uri, callback);
  assert.equal(sent.code_challenge_method, 'S256');
  assert.equal(sent.acr_values, level('substantial'));
  const others = Object.fromEntries(new URL((await begin(site.browser(), 'burger')).location).searchParams);
  for (const name of ['state', 'nonce', 'code_challenge']) {
    assert.equal(Buffer.from(sent[name], 'base64url').length, 32, name);
    assert.notEqual(sent[name], others[name], name);
  }
  for (const change of [{ code_challenge: null, code_challenge_method: null }, { code_challenge_method: 'plain' }]) {
    const other = new URL(location);
    for (const [name, value] of Object.entries(change)) if (value) other.searchParams.set(name, value); else other.searchParams.delete(name);
    const answer = new URL((await site.browser().open(other.href)).location);
    assert.equal(answer.searchParams.get('error'), 'invalid_request');
  }
});

test('a citizen logs in, is who he is, and logs out', async () => {
  const logins = () => Number(sql(`select count(*) from identity.aanmelding where acr = '${level('substantial')}' and inburgeraar_id is not null`));
  const before = logins();
  const { browser, reply, token } = await enter('burger', 'burger-1', '/mijn?x=1');
  assert.equal(reply.location, `${siteUrl}/mijn?x=1`);
  const seen = await session(browser);
  assert.equal(seen.status, 200);
  const mine = JSON.parse(seen.body);
  assert.deepEqual(mine.rollen, ['inburgeraar']);
  assert.equal(mine.inburgeraar, sql(`select id from intake.inburgeraar where id = '${mine.inburgeraar}' and naam = '${mine.naam}'`));
  assert.ok(!seen.body.includes(bsn));
  const elsewhere = await api('GET', `/api/intake/v1/inburgeraars/${mine.inburgeraar}`, { token });
  assert.equal(elsewhere.status, 200, 'the session is one for all services');
  assert.equal(logins(), before + 1);

  const out = await browser.open(`${identity}/sessie`, { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } });
  assert.equal(out.status, 204);
  assert.deepEqual(out.cookies, ['__Host-regie=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure']);
  assert.equal(redis('EXISTS', keyOf(token)), '0');
  assert.equal((await session(browser, token)).status, 401);
  assert.equal((await api('GET', `/api/intake/v1/inburgeraars/${mine.inburgeraar}`, { token })).status, 401);
});

test('staff logs in with the roles of the claims and the gemeente of the register', async () => {
  const regisseur = JSON.parse((await session((await enter('medewerker', 'regisseur1.9901')).browser)).body);
  assert.deepEqual(regisseur.rollen, ['regisseur']);
  assert.deepEqual(regisseur.gemeenten, ['9901']);
  assert.equal(regisseur.inburgeraar, undefined);
  // whoever the register calls teamleider: the claims decide, and unknown roles give nothing
  const { rollen } = JSON.parse((await session((await enter('medewerker', 'teamleider.9901')).browser)).body);
  assert.deepEqual(rollen, ['teamleider', 'handhaver']);
});

test('a higher level than asked is enough, a lower one is not', async () => {
  const browser = site.browser();
  await walk(browser, 'burger', { sub: 'burger-1', acr: level('high') });
  assert.equal((await session(browser)).status, 200);
  await refused('burger', { sub: 'burger-1', acr: level('low') }, 'niveau', /level of assurance/);
  await refused('medewerker', { sub: 'regisseur1.9901', acr: level('low') }, 'niveau', /level of assurance/);
});

test('who gives up is told so', () => refused('burger', {}, 'geannuleerd', /access_denied/));

test('without a dossier or a valid BSN no citizen enters', async () => {
  await refused('burger', { sub: 'onbekend' }, 'geen-dossier', /dossier/);
  await refused('burger', { sub: 'zonder-bsn' }, 'mislukt', /BSN/);
  await refused('burger', { sub: 'verkeerd-bsn' }, 'mislukt', /BSN/);
});

test('without a known role, a place in the register or a gemeente no staff enters', async () => {
  for (const sub of ['handhaver.9901', 'regisseur1.9902', 'regisseur1.9903', 'handhaver.9902'])
    await refused('medewerker', { sub }, 'geen-toegang', /role/);
  await refused('medewerker', { sub: 'onbekend' }, 'geen-toegang', /niet bekend/);
  await refused('medewerker', { sub: 'zonder-gemeente' }, 'geen-toegang', /gemeente/);
});

test('a code and a state work once', async () => {
  const browser = site.browser();
  const back = await burgers.choose(browser, (await begin(browser, 'burger')).location, { sub: 'burger-1' });
  const binding = browser.jar(siteUrl).get('__Host-regie_inlog');
  assert.match((await browser.open(back)).location, /mijn$/);
  await noSession(async () => {
    browser.jar(siteUrl).set('__Host-regie_inlog', binding);
    const again = await browser.open(back);
    assert.equal(again.location, `${siteUrl}/inloggen?fout=mislukt`, 'state used twice');

    const replayed = new URL(back);
    replayed.searchParams.set('state', new URL((await begin(browser, 'burger')).location).searchParams.get('state'));
    const second = await browser.open(replayed.href);
    assert.equal(second.location, `${siteUrl}/inloggen?fout=mislukt`, 'code used twice');
    assert.match((await site.logOf(second)).join(), /refuses the code/);
  });
});

test('cookies: HttpOnly, SameSite, Secure, bound to the host, gone with the browser', async () => {
  const browser = site.browser();
  const start = await begin(browser, 'burger');
  assert.equal(start.cookies.length, 1);
  assert.match(start.cookies[0], /^__Host-regie_inlog=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600; Secure$/);
  const reply = await browser.open(await burgers.choose(browser, start.location, { sub: 'burger-1' }));
  assert.equal(reply.cookies.length, 2);
  assert.match(reply.cookies[0], /^__Host-regie=b[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
  assert.equal(reply.cookies[1], '__Host-regie_inlog=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure');
  assert.equal(reply.headers['cache-control'], 'no-store');
  assert.equal(reply.headers['referrer-policy'], 'no-referrer');
});

test('cookies are Secure wherever people come over https, and only there', async () => {
  const demo = await Site.start({ ...settings(), REGIE_MODE: 'demo' });
  const { cookies } = await demo.browser().open(`${identity}/login?doel=burger&terug=/`);
  await demo.stop();
  assert.match(cookies[0], /^__Host-regie_inlog=.*; Secure$/);
  const plain = await fetch(`${baseUrl}/api/identity/v1/login?doel=burger&terug=/`, { redirect: 'manual' });
  assert.match(plain.headers.getSetCookie()[0], /^regie_inlog=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/);
});

test('Redis knows the hash of a token only, and a token is 256 random bits', async () => {
  const tokens = [];
  for (const who of [['burger', 'burger-1'], ['burger', 'burger-1'], ['medewerker', 'regisseur1.9901']]) tokens.push((await enter(...who)).token);
  for (const token of tokens) {
    assert.equal(Buffer.from(token.slice(1), 'base64url').length, 32);
    assert.equal(redis('EXISTS', keyOf(token)), '1');
  }
  assert.equal(new Set(tokens).size, tokens.length);
  for (const key of redis('--scan').split('\n')) {
    const value = redis('TYPE', key) === 'string' ? redis('GET', key) : '';
    for (const token of tokens) assert.ok(!`${key} ${value}`.includes(token.slice(1)), key);
    assert.ok(!value.includes(bsn), key);
  }
});

test('a citizen is out after 15 minutes without use, everybody after 8 hours', async () => {
  for (const [doel, sub, idle] of [['burger', 'burger-1', 900], ['medewerker', 'regisseur1.9901', 28800]]) {
    const { browser, token } = await enter(doel, sub);
    const key = keyOf(token);
    const left = () => Number(redis('TTL', key));
    const { tot } = JSON.parse(redis('GET', key));
    const now = Date.now() / 1000;
    assert.ok(left() > idle - 10 && left() <= idle, `${left()}`);
    assert.ok(tot > now + 28790 && tot <= now + 28800, `${tot - now}`);

    redis('EXPIRE', key, '50');
    assert.equal((await session(browser)).status, 200);
    assert.ok(left() > idle - 10, 'use prolongs');
    assert.equal(JSON.parse(redis('GET', key)).tot, tot, 'but not the end');

    const over = { ...JSON.parse(redis('GET', key)), tot: Math.floor(now) - 1 };
    redis('SET', key, JSON.stringify(over), 'KEEPTTL');
    assert.equal((await session(browser)).status, 401, 'after 8 hours use does not help');
    redis('DEL', key);
    assert.equal((await session(browser)).status, 401);
  }
});

test('a login ends the session that the browser had, of whatever kind', async () => {
  const first = await enter('burger', 'burger-1');
  const second = await enter('medewerker', 'regisseur1.9901', '/regie', first.browser);
  assert.notEqual(first.token, second.token);
  assert.equal(redis('EXISTS', keyOf(first.token)), '0');
  assert.equal((await session(second.browser, first.token)).status, 401);
  const third = await enter('burger', 'burger-1', '/mijn', second.browser);
  assert.equal((await session(third.browser, second.token)).status, 401);
  assert.equal((await session(third.browser)).status, 200);
});

test('a session that somebody put in the browser is not taken over', async () => {
  const planted = `b${'A'.repeat(43)}`;
  const browser = site.browser();
  browser.jar(siteUrl).set('__Host-regie', planted);
  const { token } = await enter('burger', 'burger-1', '/mijn', browser);
  assert.notEqual(token, planted);
  assert.equal((await session(browser, planted)).status, 401);
});

test('after the login nobody is sent to another site', async () => {
  const outside = ['//evil.example', '/\\evil.example', '\\\\evil.example', 'https://evil.example/', 'evil.example', 'javascript:alert(1)',
    '/\t/evil.example', '\t//evil.example', ' //evil.example', '/\n/evil.example', '/\r\nSet-Cookie: x=y', '/\t\\evil.example'];
  for (const terug of outside) {
    const { reply } = await enter('burger', 'burger-1', terug);
    assert.equal(new URL(reply.location).origin, siteUrl, JSON.stringify(terug));
    assert.ok(!reply.cookies.some((line) => line.startsWith('x=')));
    const chosen = await fetch(`${baseUrl}/taal?taal=nl&terug=${encodeURIComponent(terug)}`, { redirect: 'manual' });
    assert.equal(chosen.status, 303);
    assert.equal(new URL(chosen.headers.get('location'), baseUrl).origin, baseUrl, JSON.stringify(terug));
  }
  const { status, headers } = await begin(site.browser(), 'burger', `/${'x'.repeat(500)}`);
  assert.equal(status, 400);
  assert.match(headers['content-type'], /problem\+json/);
  for (const doel of ['', 'beheerder', 'burger&doel=medewerker']) {
    assert.equal((await site.browser().open(`${identity}/login?doel=${doel}`)).status, 400, doel);
  }
});

test('what was begun waits ten minutes, under a hash', async () => {
  const { location } = await begin(site.browser(), 'burger');
  const state = new URL(location).searchParams.get('state');
  const key = `inlog:${createHash('sha256').update(state).digest('hex')}`;
  const left = Number(redis('TTL', key));
  assert.ok(left > 590 && left <= 600, `${left}`);
  assert.ok(!redis('GET', key).includes(state));
});

test('production refuses a provider without TLS', async () => {
  for (const name of ['REGIE_OIDC_BURGER_ISSUER', 'REGIE_OIDC_STAF_ISSUER']) {
    const { status, lines } = await startRefused({ ...settings(), [name]: 'http://idp.example' });
    assert.equal(status, 2);
    assert.match(lines.join(), new RegExp(`^${name}: must begin with https://`));
  }
});
