// SPDX-License-Identifier: EUPL-1.2
// A FastCGI client of one request at a time, to talk to a service without nginx in between.
import net from 'node:net';

function record(type, content) {
  const head = Buffer.from([1, type, 0, 1, content.length >> 8, content.length & 255, 0, 0]);
  return Buffer.concat([head, content]);
}

function length(n) {
  if (n < 128) return Buffer.from([n]);
  const b = Buffer.alloc(4);
  b.writeUInt32BE(n + 0x80000000);
  return b;
}

function stream(type, content) {
  const parts = [];
  for (let i = 0; i < content.length; i += 65000) parts.push(record(type, content.subarray(i, i + 65000)));
  return Buffer.concat([...parts, record(type, Buffer.alloc(0))]);
}

function params(values) {
  return Buffer.concat(Object.entries(values).flatMap(([name, value]) => {
    const n = Buffer.from(name);
    const v = Buffer.from(String(value));
    return [length(n.length), length(v.length), n, v];
  }));
}

function parse(output) {
  const end = output.indexOf('\r\n\r\n');
  const headers = new Headers();
  let status = 200;
  for (const line of output.slice(0, end).split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
    else headers.append(name, value);
  }
  return { status, headers, text: output.slice(end + 4) };
}

// Resolves to { status, headers, text }; a connection that ends without an answer is an error.
export function fcgi(socket, { method = 'GET', uri, query = '', headers = {}, body = '' }) {
  const content = Buffer.from(body);
  const env = { REQUEST_METHOD: method, DOCUMENT_URI: uri, QUERY_STRING: query, REMOTE_ADDR: '127.0.0.1',
    CONTENT_LENGTH: content.length || '' };
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toUpperCase().replaceAll('-', '_');
    env[key === 'CONTENT_TYPE' ? key : `HTTP_${key}`] = value;
  }
  return new Promise((resolve, reject) => {
    const conn = net.connect(socket);
    let input = Buffer.alloc(0);
    let output = '';
    conn.on('error', reject);
    conn.on('data', (chunk) => {
      input = Buffer.concat([input, chunk]);
      while (input.length >= 8) {
        const size = input.readUInt16BE(4);
        if (input.length < 8 + size + input[6]) return;
        if (input[1] === 6) output += input.toString('utf8', 8, 8 + size);
        input = input.subarray(8 + size + input[6]);
      }
    });
    conn.on('end', () => (output ? resolve(parse(output)) : reject(new Error('no answer'))));
    conn.write(record(1, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0])));
    conn.write(stream(4, params(env)));
    conn.write(stream(5, content));
  });
}
