// SPDX-License-Identifier: EUPL-1.2
// The contract of "BRP Personen bevragen", for tests: does a question, an answer or an error fit the specification?
// It stands in the folder brp of REGIE_REFERENCE and is no part of the product.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import YAML from 'yaml';

const checkout = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const file = path.join(process.env.REGIE_REFERENCE ?? path.join(checkout, '../shared'), 'brp', 'brp-personen.yaml');

// Option of node:test: false, or why there is nothing to compare with.
export const skip = existsSync(file) ? false : `skipped: no ${file} (REGIE_REFERENCE names the folder above it)`;

const schemas = skip ? {} : YAML.parse(readFileSync(file, 'utf8')).components.schemas;
const nameOf = (ref) => ref.split('/').at(-1);

function isObject(name) {
  const schema = schemas[name];
  return schema.type === 'object' || Boolean(schema.allOf ?? schema.properties);
}

// What a reference means where it is not a base (allOf): by its `type` one of the kinds, and no unknown members.
function meant(ref) {
  const name = nameOf(ref);
  const kinds = schemas[name].discriminator?.mapping;
  const closed = (to, type) => ({ allOf: [{ $ref: to }], unevaluatedProperties: false, ...(type ? { properties: { type: { const: type } } } : {}) });
  if (kinds) return { oneOf: Object.entries(kinds).map(([type, to]) => closed(to, type)) };
  return isObject(name) ? closed(ref) : { $ref: ref };
}

function prepared(node, key) {
  if (Array.isArray(node)) return node.map((each) => prepared(each, key));
  if (node === null || typeof node !== 'object') return node;
  if (typeof node.$ref === 'string') return key === 'allOf' ? node : meant(node.$ref);
  return Object.fromEntries(Object.entries(node).filter(([name]) => name !== 'discriminator').map(([name, value]) => [name, prepared(value, name)]));
}

const ajv = formats(new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }));
ajv.addFormat('int32', true);
if (!skip) ajv.addSchema({ components: { schemas: prepared(schemas) } }, 'brp');

// What is wrong with `value` as that schema of the specification.
export function brpProblems(schema, value) {
  const fits = ajv.compile({ allOf: [{ $ref: `brp#/components/schemas/${schema}` }], unevaluatedProperties: false });
  return fits(value) ? [] : fits.errors.map((e) => `${e.instancePath}: ${e.message} ${JSON.stringify(e.params)}`);
}

// Every field that may be asked for, as paths; what comes by itself is not among them.
export function brpFields() {
  const all = new Set();
  const properties = (schema) => {
    if (schema.$ref) return properties(schemas[nameOf(schema.$ref)]);
    return Object.assign({}, ...(schema.allOf ?? []).map(properties), schema.properties);
  };
  const walk = (schema, at) => {
    const name = schema.$ref ? nameOf(schema.$ref) : '';
    if (/InOnderzoek|^Gezag$/.test(name)) return;
    if (schema.type === 'array') return walk(schema.items, at);
    const kinds = schemas[name]?.discriminator?.mapping;
    if (!/Datum$|Waardetabel|AdellijkeTitel/.test(name)) {
      const below = kinds ? Object.assign({}, ...Object.values(kinds).map((ref) => properties({ $ref: ref }))) : properties(schema);
      for (const [member, of] of Object.entries(below)) {
        if (!['type', 'inOnderzoek'].includes(member)) walk(of, at ? `${at}.${member}` : member);
      }
    }
    if (at) all.add(at);
    return undefined;
  };
  walk({ $ref: '#/components/schemas/Persoon' }, '');
  return [...all].filter((f) => !/^(inOnderzoek|geheimhoudingPersoonsgegevens|opschortingBijhouding|rni|verificatie)\b/.test(f));
}
