// SPDX-License-Identifier: EUPL-1.2
// A second login beside the running copy: the real identity service in production mode, behind nginx with the
// real configuration, on the stores of the copy, with OpenID providers of the test's choice.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Browser } from './browser.mjs';
import { home, redis, runDir, setting, until } from './lib.mjs';

export const siteUrl = 'https://regie.example';
export const ca = readFileSync(`${home}/tls/ca.crt`);

// Who the copy runs as: when root runs the tests that is somebody else.
function owner() {
  const { uid, gid } = statSync(runDir);
  return process.getuid() === 0 ? { uid, gid } : {};
}

function makeFolder() {
  const dir = mkdtempSync(`${tmpdir()}/regie-login-`);
  const { uid, gid } = owner();
  for (const part of ['', 'run', 'nginx', 'pid', 'log']) {
    if (part) mkdirSync(`${dir}/${part}`);
    if (uid !== undefined) chownSync(`${dir}/${part}`, uid, gid);
  }
  symlinkSync(`${home}/tls`, `${dir}/tls`);
  return dir;
}

// The browser comes through the socket that the portal uses, so no port is needed.
function nginxConf(dir) {
  return readFileSync(`${home}/share/nginx/regie.conf.in`, 'utf8').replaceAll(/^\s*listen @LISTEN@.*$/gm, '')
    .replaceAll('@HOME@', dir).replaceAll('@RUN@', `${dir}/run`).replaceAll('@SECRETS@', dir)
    .replaceAll('@CLIENT_CA@', `${dir}/tls/ca.crt`).replaceAll('@CRL@', `${dir}/tls/ca.crl`)
    .replaceAll('@ACCESS_LOG@', `${dir}/log/access.log`).replaceAll('@SERVICES@', 'identity');
}

function identityEnv(dir, more) {
  const kept = ['REGIE_DB', 'REGIE_REDIS', 'REGIE_KEYS', 'ASAN_OPTIONS', 'UBSAN_OPTIONS'];
  return { PATH: process.env.PATH, ...Object.fromEntries(kept.map((name) => [name, setting(name)])), REGIE_MODE: 'productie',
    REGIE_PUBLIC_URL: siteUrl, REGIE_RUN: `${dir}/run`, REGIE_OIDC_CA: `${home}/tls/ca.crt`, ...more };
}

// A program whose stderr is kept line by line; `ended` resolves to its exit status.
function run(program, args, env) {
  const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'], ...owner() });
  const lines = [];
  let rest = '';
  child.stderr.on('data', (text) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop();
    lines.push(...parts);
  });
  const ended = new Promise((resolve) => { child.on('close', (code, signal) => resolve(code ?? signal)); });
  return { child, lines, ended };
}

// Starts `regie-identity --serve` only to see it refuse its settings: { status, lines }.
export async function startRefused(env) {
  const { lines, ended, child } = run(`${home}/bin/regie-identity`, ['--serve'], identityEnv('/nonexistent', env));
  const timer = setTimeout(() => child.kill(), 10_000);
  const status = await ended;
  clearTimeout(timer);
  return { status, lines };
}

const sessionKeys = () => redis('--scan', '--pattern', 'sessie:*').split('\n');

// Runs fn, which must let nobody in.
export async function noSession(fn) {
  const before = new Set(sessionKeys());
  await fn();
  assert.deepEqual(sessionKeys().filter((key) => !before.has(key)), []);
}

export class Site {
  // `oidc`: the settings of the providers.
  static async start(oidc) {
    const site = new Site();
    site.dir = makeFolder();
    writeFileSync(`${site.dir}/upstreams.conf`, ['identity', 'duo', 'simulator', 'portal']
      .map((s) => `upstream regie-${s} { server unix:${site.dir}/run/${s}.sock; keepalive 8; }\n`).join(''));
    writeFileSync(`${site.dir}/nginx.conf`, nginxConf(site.dir));
    site.identity = run(`${home}/bin/regie-identity`, ['--serve'], identityEnv(site.dir, oidc));
    site.nginx = run('nginx', ['-p', site.dir, '-c', `${site.dir}/nginx.conf`, '-e', 'stderr'], { PATH: process.env.PATH });
    try {
      await until('the second login', async () => {
        const health = await site.browser().open(`${siteUrl}/api/identity/v1/gezondheid`).catch(() => undefined);
        return health?.status === 200;
      }, 30);
    } catch (error) { // a child that is left would keep the test from ending
      site.identity.child.kill();
      site.nginx.child.kill();
      throw new Error(`${error.message}\n${site.nginx.lines.join('\n')}`);
    }
    return site;
  }

  browser() {
    return new Browser({ ca, sockets: { [siteUrl]: `${this.dir}/run/api.sock` } });
  }

  // The log lines of the request that got this answer.
  async logOf(reply) {
    const trace = reply.headers.traceparent.split('-')[1];
    const mine = () => this.identity.lines.filter((line) => line.includes(trace));
    await until('the request in the log', () => mine().some((line) => JSON.parse(line).melding === 'verzoek'));
    return mine();
  }

  // Ends both; what is not JSON in the log of the service came from a sanitizer.
  async stop() {
    this.identity.child.kill();
    this.nginx.child.kill();
    const status = await this.identity.ended;
    await this.nginx.ended;
    rmSync(this.dir, { recursive: true });
    // said once by every process that switches stacks; coro.c tells AddressSanitizer of each switch
    const alarms = this.identity.lines.filter((line) => !line.startsWith('{') && !line.includes('support makecontext/swapcontext'));
    if (status !== 0 || alarms.length > 0) throw new Error(`identity ended with ${status}\n${alarms.join('\n')}`);
  }
}
