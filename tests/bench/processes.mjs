// SPDX-License-Identifier: EUPL-1.2
// What the processes of a copy cost, for the benches. REGIE_HOME says which copy.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const TICK_US = 1e6 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

export const supervisor = readFileSync(`${path.resolve(process.env.REGIE_HOME ?? 'var')}/pid/supervise.pid`, 'utf8').trim();

function readProcess(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const cmd = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    const job = name.startsWith('regie-') ? (cmd.includes('--jobs') ? ' jobs' : ' serve') : '';
    const rest = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // from field 3, the state (proc(5))
    const ofEnded = (Number(rest[13]) + Number(rest[14])) * TICK_US; // children that were waited for: a worker replaced
    return [{ pid, ppid: rest[1],
      kind: name.startsWith('regie-') ? path.basename(cmd.split(' ')[0]) + job : name,
      us: readdirSync(`/proc/${pid}/task`).reduce((sum, task) =>
        sum + Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]) / 1000, ofEnded) }];
  } catch {
    return []; // ended meanwhile
  }
}

// All processes under `roots`: other copies on the machine do not count.
export function processes(roots) {
  const all = readdirSync('/proc').filter((p) => /^\d+$/.test(p)).flatMap(readProcess);
  const ours = new Set(roots);
  for (let before = 0; before < ours.size;) {
    before = ours.size;
    for (const p of all) if (ours.has(p.ppid)) ours.add(p.pid);
  }
  return all.filter((p) => ours.has(p.pid));
}

// Microseconds of processor time so far, of the copy and of `children`, by kind of process.
export function cpuOf(children) {
  const sum = {};
  for (const p of processes([supervisor, ...children.map((c) => String(c.pid))])) sum[p.kind] = (sum[p.kind] ?? 0) + p.us;
  return sum;
}

// Megabytes; `what` a line of smaps_rollup.
export function memory(pid, what = 'Pss') {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(new RegExp(`^${what}:\\s+(\\d+)`, 'm').exec(text)[1]) / 1024;
}

export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
