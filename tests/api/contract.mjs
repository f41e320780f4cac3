// SPDX-License-Identifier: EUPL-1.2
// DUO's contract, for tests: does a request or an answer fit DUO's OpenAPI files? They stand in the folder duo of
// REGIE_REFERENCE and are no part of the product; without them the tests that need them say that they are skipped.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import formats from 'ajv-formats';
import YAML from 'yaml';

const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const folder = path.join(process.env.REGIE_REFERENCE ?? path.join(checkout, '../shared'), 'duo');

// Option of node:test: false, or why there is nothing to compare with.
export const skip = existsSync(folder) ? false : `skipped: no ${folder} (REGIE_REFERENCE names the folder above it)`;

const ajv = formats(new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }));
ajv.addFormat('int32', true);
ajv.addFormat('int64', true);

const METHODS = ['get', 'put', 'post', 'delete'];

function operations() {
  const all = [];
  for (const file of skip ? [] : readdirSync(folder).filter((f) => f.endsWith('.yml'))) {
    const document = YAML.parse(readFileSync(path.join(folder, file), 'utf8'));
    ajv.addSchema(document, file);
    const look = (o) => (o?.$ref ? o.$ref.slice(2).split('/').reduce((at, name) => at[name], document) : o);
    for (const [template, item] of Object.entries(document.paths)) {
      for (const method of METHODS.filter((m) => item[m])) {
        const { parameters = [], requestBody, responses } = item[method];
        all.push({ file, method: method.toUpperCase(), template, look, responses, requestBody, parameters: parameters.map(look),
          at: `#/paths/${template.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}`,
          pattern: new RegExp(`^${template.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`) });
      }
    }
  }
  return all;
}

const contract = operations();
const compiled = new Map();

// Validates against the schema at `pointer` of `file`; the problems as texts.
function problems(file, pointer, value, what) {
  const key = `${file}${pointer}`;
  if (!compiled.has(key)) compiled.set(key, ajv.compile({ $ref: key.replaceAll('{', '%7B').replaceAll('}', '%7D') }));
  return complaints(compiled.get(key), value, what);
}

const complaints = (fits, value, what) => (fits(value) ? [] : fits.errors.map((e) => `${what}${e.instancePath}: ${e.message}`));


// { operation, values } of a request in the contract; path is below DUO's base (/v1).
function find(method, url) {
  for (const operation of contract) {
    const match = operation.method === method && operation.pattern.exec(url);
    if (match) return { operation, values: match.groups ?? {} };
  }
  return undefined;
}

function body(operation, of, text, what, closed) {
  const media = of?.content?.['application/json'];
  if (!media) return text ? [`${what}: there is none in the contract`] : [];
  const where = of === operation.requestBody ? 'requestBody' : `responses/${Object.entries(operation.responses).find(([, r]) => r === of)[0]}`;
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return [`${what}: is no JSON`];
  }
  return problems(operation.file, `${operation.at}/${where}/content/application~1json/schema`, value, what)
    .concat(closed ? unknown(operation, media.schema, value, what) : []);
}

// Members that the contract does not name. It allows them, but nobody sends what nobody reads.
function unknown(operation, schema, value, what) {
  const known = operation.look(schema);
  if (known?.type === 'array') return value.flatMap((each, i) => unknown(operation, known.items, each, `${what}/${i}`));
  if (known?.type !== 'object' || typeof value !== 'object') return [];
  return Object.keys(value).filter((name) => !known.properties[name]).map((name) => `${what}/${name}: is not in the contract`)
    .concat(Object.keys(value).filter((name) => known.properties[name]).flatMap((name) => unknown(operation, known.properties[name], value[name], `${what}/${name}`)));
}

// What is wrong with a request: { method, path, headers, body }. `closed`: unknown members are wrong, too.
export function requestProblems(request, { closed = true } = {}) {
  const found = find(request.method, request.path);
  if (!found) return [`${request.method} ${request.path}: is not in the contract`];
  const { operation, values } = found;
  const wrong = [];
  for (const p of operation.parameters) {
    const text = p.in === 'path' ? decodeURIComponent(values[p.name]) : request.headers[p.name.toLowerCase()];
    const value = p.schema.type === 'integer' && /^\d+$/.test(text) ? Number(text) : text;
    if (value === undefined && p.required) wrong.push(`${p.name}: is missing`);
    if (value !== undefined) wrong.push(...complaints(ajv.compile(p.schema), value, p.name));
  }
  if (operation.requestBody && !/^application\/json\b/.test(request.headers['content-type'] ?? '')) wrong.push('Content-Type: is not application/json');
  return wrong.concat(body(operation, operation.requestBody, request.body, 'body', closed));
}

// What is wrong with the answer to such a request: { status, headers, body }; headers by lower case name.
export function answerProblems(request, answer) {
  const { operation } = find(request.method, request.path) ?? {};
  if (!operation) return [`${request.method} ${request.path}: is not in the contract`];
  const response = operation.responses[answer.status];
  if (!response) return [`status ${answer.status}: is not in the contract`];
  const wrong = [];
  for (const [name, header] of Object.entries(response.headers ?? {})) {
    const value = answer.headers[name.toLowerCase()];
    if (value === undefined && header.required) wrong.push(`${name}: is missing`);
    if (value !== undefined) wrong.push(...complaints(ajv.compile(header.schema), value, name));
  }
  return wrong.concat(body(operation, response, answer.body, 'body', true));
}

export const operationOf = (request) => {
  const { operation } = find(request.method, request.path) ?? {};
  return operation && `${operation.method} ${operation.template}`;
};

// ---- documents that the contract allows ----------------------------------------------------------

// Texts of what has a pattern; everything else follows from the schema.
const TEXTS = { behaaldeScore: '28,00', benodigdeScore: '28,00', gemeentecode: '9901', instellingsnummer: '1000000001', telefoonnummer: '06 12345678',
  postcode: '1234AB', naam: 'An de Vries', email: 'an@waterstad.test', bow: '1234567890', brin: '12AB', examennummer: '12AB3456' };

// The least or the most that a schema allows: without or with the members that may be left out.
function example(look, given, least, name) {
  const schema = look(given);
  if (schema.enum) return least ? schema.enum[0] : schema.enum.at(-1);
  if (schema.type === 'array') return [example(look, schema.items, least, name)];
  if (schema.type === 'object') {
    const names = Object.keys(schema.properties).filter((n) => !least || schema.required?.includes(n));
    return Object.fromEntries(names.map((n) => [n, example(look, schema.properties[n], least, n)]));
  }
  if (schema.type === 'boolean') return !least;
  if (schema.type === 'integer' || schema.type === 'number') return least ? schema.minimum ?? 0 : schema.maximum ?? 1;
  if (schema.format === 'date') return '2026-03-02';
  return TEXTS[name] ?? 'x'.repeat(least ? schema.minLength || 1 : schema.maxLength ?? 10);
}

// Every operation but the notification: { method, template, name, statuses, request(least), answer(status, least) }; a
// document as text, undefined where the contract has none.
export const operationsOfDuo = () => contract.filter((o) => o.template !== '/notificaties').map((o) => {
  const text = (of, least) => {
    const media = of?.content?.['application/json'];
    return media && JSON.stringify(example(o.look, media.schema, least));
  };
  return { name: `${o.method} ${o.template}`, statuses: Object.keys(o.responses).map(Number),
    request: (least) => text(o.requestBody, least), answer: (status, least) => text(o.responses[status], least) };
});

export const statusesOfNotification = () => Object.keys(contract.find((o) => o.template === '/notificaties')?.responses ?? {}).map(Number);
