// What a process does to the files of a directory, recorded with strace.
import { Buffer } from 'node:buffer';
import { closeSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { launch, scratch, until } from './toolbox.mjs';

const CALLS = 'pwrite64,write,fsync,fdatasync,ftruncate,unlink,rename';

/**
 * Runs a script under strace; with `killWhen`, kills it once that is true of what it has printed. Answers
 * the operations on files of `directory` in their order, and between them what was printed (`said`).
 */
export async function record(directory, script, args, { flags = [], killWhen } = {}) {
  const place = scratch();
  const file = join(place, 'stdout');
  const stdout = openSync(file, 'w');
  const tracing = ['-D', '-ff', '-y', '-xx', '-s', '4000000', '--seccomp-bpf'];
  const child = launch(
    'strace',
    [...tracing, '-e', `trace=${CALLS}`, '-o', join(place, 'trace')].concat(
      process.execPath,
      flags,
      script,
      args.map(String),
    ),
    { stdout },
  );
  closeSync(stdout);
  if (killWhen) {
    await until(
      'the writer has posted enough',
      () => !child.alive || killWhen(statSync(file).size),
      60_000,
    );
    child.kill('SIGKILL');
  }
  const { code, signal } = await child.ended;
  if (killWhen ? signal !== 'SIGKILL' : code !== 0)
    throw new Error(`the traced writer ended with ${code ?? signal}: ${child.err}`);
  // one file a thread, so that no line is torn; strace outlives the process a little
  const trace = join(place, `trace.${child.pid}`);
  const text = await until('strace has written all', () => {
    const all = readFileSync(trace, 'latin1');
    return /\+\+\+ (exited|killed) .*\n$/.test(all.slice(-100)) && all;
  });
  onlyOneThreadWrites(place, trace);
  return operationsOf(text, directory);
}

function onlyOneThreadWrites(place, trace) {
  const database = hexOf('events.db');
  for (const name of readdirSync(place)) {
    const other = join(place, name);
    if (other !== trace && name.startsWith('trace.'))
      if (readFileSync(other, 'latin1').includes(database))
        throw new Error('another thread touched the log: the order of operations is not known');
  }
}

const hexOf = (text) => Buffer.from(text).toString('hex').replace(/../g, '\\x$&');
const bytesOf = (hex) => Buffer.from(hex.replaceAll('\\x', ''), 'hex');

/** `call(5</path>, "data", 4096, 0) = 4096`, paths and data in hex. */
function operationsOf(text, directory) {
  const operations = [];
  for (const line of text.split('\n')) {
    const end = line.lastIndexOf(') ');
    const open = line.indexOf('(');
    if (end < 0 || open < 0 || /= -1 /.test(line.slice(end))) continue;
    const operation = operationOf(line.slice(0, open), line.slice(open + 1, end), directory);
    if (operation) operations.push(operation);
  }
  return operations;
}

function operationOf(call, args, directory) {
  const paths = call === 'unlink' || call === 'rename';
  if (paths) {
    const [name, to] = [...args.matchAll(/"([^"]*)"/g)].map((m) => String(bytesOf(m[1])));
    if (dirname(name) !== directory) return undefined;
    return { call, name: basename(name), ...(to && { to: basename(to) }) };
  }
  const place = args.indexOf('>');
  const path = String(bytesOf(args.slice(args.indexOf('<') + 1, place)));
  const rest = args.slice(place + 1);
  if (call === 'write')
    return args.startsWith('1<') ? { call: 'said', text: String(dataOf(rest)) } : undefined;
  if (path === directory) return { call: 'sync-directory' };
  const name = basename(path);
  if (dirname(path) !== directory || !/^events\.db(-wal|-journal)?$/.test(name)) return undefined;
  const last = Number(rest.slice(rest.lastIndexOf(',') + 1));
  if (call === 'pwrite64') return { call: 'write', name, data: dataOf(rest), at: last };
  if (call === 'ftruncate') return { call: 'truncate', name, length: last };
  return { call: 'sync', name };
}

const dataOf = (rest) => bytesOf(rest.slice(rest.indexOf('"') + 1, rest.lastIndexOf('"')));
