import { spawnSync } from 'node:child_process';
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  sign,
  type KeyObject,
} from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';

const VERIFIER = join(import.meta.dirname, 'verify.mjs');
const FIXTURE = join(import.meta.dirname, 'fixture');
const BOOK = '430203-208001-2023';
const ROOT = mkdtempSync(join(tmpdir(), 'proof-pack-'));
const NAMESPACE = Buffer.from('5f1c9b0e7d3a4c6f9a2be48d10c7f653', 'hex');

afterAll(() => rmSync(ROOT, { recursive: true, force: true }));

// ---- a little log and signer of our own: nothing of it is shared with the verifier or the product

const sha256 = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const jcs = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${jcs(value[key]!)}`).join(',')}}`;
};

interface Signer {
  readonly name: string;
  readonly vkey: string;
  readonly hash: Buffer;
  readonly key: KeyObject;
}

/** The key of the fixture is made of a fixed seed, so that tests can sign again what they change. */
const signer = (name: string, seed = 'fixture key'): Signer => {
  const pkcs8 = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    sha256(seed),
  ]);
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const bytes = Buffer.concat([Buffer.from([1]), spki.subarray(-32)]);
  const hash = sha256(`${name}\n`, bytes).subarray(0, 4);
  return { name, key, hash, vkey: `${name}+${hash.toString('hex')}+${bytes.toString('base64')}` };
};

const note = (text: string, by: Signer): string => {
  const signature = Buffer.concat([by.hash, sign(null, Buffer.from(text), by.key)]);
  return `${text}\n\u2014 ${by.name} ${signature.toString('base64')}\n`;
};

const leafOf = (envelope: string): Buffer => sha256('\0', envelope);
const node = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.from([1]), left, right);
const split = (size: number): number => 2 ** (Math.ceil(Math.log2(size)) - 1);

const treeRoot = (leaves: Buffer[]): Buffer => {
  if (leaves.length === 0) return sha256('');
  if (leaves.length === 1) return leaves[0]!;
  const left = split(leaves.length);
  return node(treeRoot(leaves.slice(0, left)), treeRoot(leaves.slice(left)));
};

const inclusion = (leaves: Buffer[], index: number): Buffer[] => {
  if (leaves.length === 1) return [];
  const left = split(leaves.length);
  return index < left
    ? [...inclusion(leaves.slice(0, left), index), treeRoot(leaves.slice(left))]
    : [...inclusion(leaves.slice(left), index - left), treeRoot(leaves.slice(0, left))];
};

const uuid5 = (name: string): string => {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};

interface Stored {
  envelope: string;
  payload: string;
}
type Envelope = { [key: string]: Json } & { stream: string; revision: number; commandId: string };

const envelopeOf = (event: Stored): Envelope => JSON.parse(event.envelope) as Envelope;
const withEnvelope = (event: Stored, change: { [key: string]: Json }): Stored => ({
  ...event,
  envelope: jcs({ ...envelopeOf(event), ...change }),
});
const withPayload = (event: Stored, change: (payload: { [key: string]: Json }) => void): Stored => {
  const payload = JSON.parse(event.payload) as { [key: string]: Json };
  change(payload);
  return { ...event, payload: jcs(payload) };
};

/** Seals the events anew: revisions, links, ids and hashes as if they had always been so. */
const rehash = (events: Stored[]): Stored[] => {
  const heads = new Map<string, { revision: number; leaf: string }>();
  return events.map((event) => {
    const { stream, commandId } = envelopeOf(event);
    const head = heads.get(stream) ?? { revision: -1, leaf: '' };
    const sealed = withEnvelope(event, {
      revision: head.revision + 1,
      streamPrev: head.leaf,
      id: uuid5(`${stream}\n${commandId}`),
      payloadHash: sha256(event.payload).toString('hex'),
    });
    heads.set(stream, {
      revision: head.revision + 1,
      leaf: leafOf(sealed.envelope).toString('hex'),
    });
    return sealed;
  });
};

// ---- packs

const fixtureEvents = (): Stored[] =>
  readFileSync(join(FIXTURE, 'events.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Stored);

const ORIGIN = (JSON.parse(readFileSync(join(FIXTURE, 'pack.json'), 'utf8')) as { origin: string })
  .origin;
const OWNER = signer(ORIGIN);
const STRANGER = signer(ORIGIN, 'another key');
const KEY = join(FIXTURE, 'public-key');
const CHECKPOINT = join(FIXTURE, 'checkpoints', '44');

const at = (events: Stored[], index: number): Stored => events[index]!;
const replaced = (events: Stored[], index: number, event: Stored): Stored[] =>
  events.with(index, event);

const checkpointOf = (events: Stored[], by: Signer): string => {
  const root = treeRoot(events.map(({ envelope }) => leafOf(envelope)));
  return note(`${ORIGIN}\n${events.length}\n${root.toString('base64')}\n`, by);
};

let pack: string;
const file = (...names: string[]): string => join(pack, ...names);

const write = (name: string, text: string): string => {
  mkdirSync(dirname(file(name)), { recursive: true });
  writeFileSync(file(name), text);
  return file(name);
};

const writeEvents = (events: Stored[]): void => {
  const lines = events.map(({ envelope, payload }, index) =>
    JSON.stringify({ index, envelope, payload }),
  );
  write('events.ndjson', lines.map((line) => `${line}\n`).join(''));
  write(
    'pack.json',
    JSON.stringify({ format: 'fiscal-ledger/audit-pack/v1', origin: ORIGIN, size: events.length }),
  );
};

/** Makes the pack one of these events, signed by `by`: what somebody with the files and that key could do. */
const forge = (events: Stored[], by: Signer): void => {
  writeEvents(events);
  rmSync(file('checkpoints'), { recursive: true });
  write(`checkpoints/${events.length}`, checkpointOf(events, by));
  write('public-key', `${by.vkey}\n`);
};

interface Answer {
  readonly status: number | null;
  readonly holds: boolean;
  readonly differences: string[];
  readonly notChecked: string[];
  readonly statements: string[];
  readonly text: string;
}

const run = (...args: string[]): Answer => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [VERIFIER, ...args, '--json'], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const places = (list: { where: string; message: string }[]) =>
    list.map(({ where, message }) => `${where}: ${message}`);
  const answer = JSON.parse(stdout) as {
    holds: boolean;
    differences: { where: string; message: string }[];
    notChecked: { where: string; message: string }[];
    statements: string[];
  };
  const differences = places(answer.differences);
  const notChecked = places(answer.notChecked);
  return {
    ...answer,
    status,
    differences,
    notChecked,
    text: [...differences, ...notChecked].join('\n'),
  };
};

const verify = (...args: string[]): Answer => run(pack, ...args);
const verifyWithKept = (): Answer => verify('--checkpoint', CHECKPOINT, '--key', KEY);

const expectFails = (answer: Answer, ...patterns: RegExp[]): void => {
  expect(answer.status).toBe(1);
  expect(answer.holds).toBe(false);
  for (const pattern of patterns) expect(answer.text).toMatch(pattern);
};

beforeEach(() => {
  pack = mkdtempSync(join(ROOT, 'pack-'));
  cpSync(FIXTURE, pack, { recursive: true });
});

describe('a pack that nobody touched', () => {
  it('holds, against a checkpoint and a key that were kept', () => {
    const answer = verifyWithKept();
    expect(answer.text).toBe('');
    expect(answer.status).toBe(0);
    expect(answer.statements.join()).not.toMatch(/No (key|checkpoint) was given/);
  });

  it('holds against an older checkpoint too', () => {
    expect(verify('--checkpoint', join(FIXTURE, 'checkpoints', '20'), '--key', KEY).status).toBe(0);
  });

  it('holds without them, but says what would not show', () => {
    const answer = verify();
    expect(answer.status).toBe(0);
    expect(answer.statements.join('\n')).toMatch(/No key was given/);
    expect(answer.statements.join('\n')).toMatch(/No checkpoint was given/);
  });

  it('wrong usage is 2', () => {
    for (const args of [
      [],
      ['--nonsense'],
      [pack, 'two'],
      [join(pack, 'missing')],
      [pack, '--key', file('missing')],
    ])
      expect(spawnSync(process.execPath, [VERIFIER, ...args]).status).toBe(2);
  });
});

describe('what must be detected in the events', () => {
  it('a byte flipped in an envelope', () => {
    const event = at(fixtureEvents(), 12);
    writeEvents(
      replaced(fixtureEvents(), 12, {
        ...event,
        envelope: event.envelope.replace('li.hua', 'li.hub'),
      }),
    );
    expectFails(
      verify(),
      /event 13 .*streamPrev/,
      /checkpoints\/20: root of the first 20 events/,
      /checkpoints\/44: root/,
    );
  });

  it('a byte flipped in a payload', () => {
    const event = at(fixtureEvents(), 12);
    writeEvents(
      replaced(fixtureEvents(), 12, {
        ...event,
        payload: event.payload.replace('9900000', '9900001'),
      }),
    );
    expectFails(
      verify(),
      /event 12 \(book-.* revision 12\): the payload's hash/,
      /execution\.json: row YF, column expenditure/,
    );
  });

  it('an event deleted', () => {
    writeEvents(fixtureEvents().toSpliced(16, 1));
    expectFails(
      verify(),
      /event 16 .*has revision 17 where 16 comes next/,
      /checkpoints\/44: covers 44 events, the pack has only 43/,
    );
  });

  it('an event deleted whose index is left out', () => {
    const lines = readFileSync(file('events.ndjson'), 'utf8').split('\n').toSpliced(16, 1);
    write('events.ndjson', lines.join('\n'));
    expectFails(verify(), /line 17: has the index 17, 16 comes next/, /pack\.json says 44/);
  });

  it('two events swapped', () => {
    const events = fixtureEvents();
    writeEvents(events.with(14, at(events, 15)).with(15, at(events, 14)));
    expectFails(verify(), /event 14 .*revision 15 where 14 comes next/, /checkpoints\/20: root/);
  });

  it('a tail cut and signed again shows only against the kept checkpoint', () => {
    forge(fixtureEvents().slice(0, 30), OWNER);
    rmSync(file('reports'), { recursive: true });
    expect(verify('--key', KEY).status).toBe(0);
    expectFails(verifyWithKept(), /covers 44 events, the pack has only 30: the tail was cut/);
  });

  it('events that no signature covers', () => {
    rmSync(file('checkpoints', '44'));
    expectFails(verify(), /24 of 44 events are covered by no valid signature \(from index 20\)/);
  });

  it('a stream removed', () => {
    const events = [...fixtureEvents(), ...smallBook()];
    forge(events, OWNER);
    expect(verify('--key', KEY).status).toBe(0);
    const kept = write('kept', checkpointOf(events, OWNER));
    const left = events.filter((event) => envelopeOf(event).stream !== SMALL_STREAM);
    forge([...left, ...rehash(smallBook('other'))], OWNER);
    expectFails(
      verify('--key', KEY, '--checkpoint', kept),
      /kept: root of the first 48 events|kept.*not the one that you kept/,
    );
  });

  const rewritten = (): Stored[] => {
    const events = fixtureEvents();
    const paid = withPayload(at(events, 20), (payload) => (payload['payee'] = '他人'));
    return rehash(replaced(events, 20, paid));
  };

  it('a history hashed anew from some point on, signed with another key', () => {
    forge(rewritten(), STRANGER);
    rmSync(file('reports'), { recursive: true });
    expect(verify().status).toBe(0);
    expectFails(
      verify('--key', KEY),
      /checkpoints\/44: no trusted key has signed it/,
      /public-key: .* is not the key that you kept/,
    );
    expectFails(
      verify('--checkpoint', CHECKPOINT),
      /kept checkpoint .*: no trusted key/,
      /history is not the one/,
    );
  });

  it('a history hashed anew and signed with the ledger’s own key', () => {
    forge(rewritten(), OWNER);
    rmSync(file('reports'), { recursive: true });
    expect(verify('--key', KEY).status).toBe(0);
    expectFails(verifyWithKept(), /the history is not the one that you kept a checkpoint of/);
  });

  it('an event moved to another stream', () => {
    const events = [...fixtureEvents(), ...smallBook()];
    const kept = write('kept', checkpointOf(events, OWNER));
    const moved = replaced(events, 12, withEnvelope(at(events, 12), { stream: SMALL_STREAM }));
    forge(moved, OWNER);
    expectFails(
      verify(),
      /event 12 \(book-111-2023 revision 12\): has revision 12 where 0 comes next/,
      /event 12 .*the id .* is not the one/,
    );
    forge(rehash(moved), OWNER);
    expectFails(
      verify('--checkpoint', kept),
      /not the one that you kept a checkpoint of/,
      /event 12 .*a book is opened once/,
    );
  });

  it.each([
    ['white space', (text: string) => text.replace('{', '{ '), /not canonical JSON/],
    [
      'a key twice',
      (text: string) => text.replace('"v":1', '"v":2,"v":1'),
      /has the key "v" twice/,
    ],
    ['a lone surrogate', (text: string) => text.replace('zhang.min', '\\ud800'), /lone surrogate/],
    [
      'an unknown field',
      (text: string) => text.replace('"v":1', '"v":1,"w":1'),
      /unknown field "w"/,
    ],
    ['another origin', (text: string) => text.replace(ORIGIN, `${ORIGIN}0`), /is of the log/],
    [
      'another id',
      (text: string) => text.replace(/"id":"./, '"id":"f'),
      /is not the one of stream and command id/,
    ],
    [
      'a date that is none',
      (text: string) => text.replace('2023-06-30', '2023-06-31'),
      /the envelope's date/,
    ],
  ])('an envelope with %s', (_name, change, pattern) => {
    const event = at(fixtureEvents(), 12);
    forge(replaced(fixtureEvents(), 12, { ...event, envelope: change(event.envelope) }), OWNER);
    expectFails(verify(), pattern);
  });

  it('a command id twice in a stream', () => {
    const events = fixtureEvents();
    const { commandId } = envelopeOf(at(events, 26));
    forge(rehash(replaced(events, 27, withEnvelope(at(events, 27), { commandId }))), OWNER);
    expectFails(verify(), /event 27 .*is already that of revision 26/);
  });

  it('a type that is not known is not passed over', () => {
    const events = fixtureEvents();
    forge(
      rehash(replaced(events, 26, withEnvelope(at(events, 26), { type: 'MoneyPrinted' }))),
      OWNER,
    );
    const answer = verify();
    expectFails(answer);
    expect(answer.notChecked.join()).toMatch(/event 26 .*unknown event MoneyPrinted of schema 1/);
  });

  it('a second key of the same name in a line of the pack', () => {
    const text = readFileSync(file('events.ndjson'), 'utf8');
    write('events.ndjson', text.replace('"payload":', '"payload":"{}","payload":'));
    expectFails(verify(), /line 1: has the key "payload" twice/);
  });
});

describe('signatures', () => {
  it('a checkpoint whose signature was changed', () => {
    const text = readFileSync(file('checkpoints', '44'), 'utf8');
    write(
      'checkpoints/44',
      text.replace('\n44\n', '\n44\n').replace(/(.{8})(=*\n)$/, 'AAAAAAAA$2'),
    );
    expectFails(verify(), /checkpoints\/44/, /24 of 44 events are covered by no valid signature/);
  });

  it('a co-signature of somebody unknown is skipped', () => {
    const text = readFileSync(file('checkpoints', '44'), 'utf8');
    const witness = signer('witness.example', 'witness');
    const extra = note(text.slice(0, text.indexOf('\n\n') + 1), witness).split('\n\n')[1]!;
    write('checkpoints/44', text + extra);
    expect(verifyWithKept().status).toBe(0);
  });

  it('a key whose hash is not its own', () => {
    write('public-key', readFileSync(KEY, 'utf8').replace(/\+[0-9a-f]{8}\+/, '+00000000+'));
    expectFails(verify(), /public-key: has a key hash that is not that of its name and key/);
  });

  const rotated = (reason = '到期', previous = OWNER): Stored[] => {
    const payload = { previousPublicKey: previous.vkey, publicKey: STRANGER.vkey, reason };
    return [...fixtureEvents(), ...rehash([sealed('log-keys', 'LogKeyRotated', 'key-1', payload)])];
  };

  it('a new key is trusted once the old one has signed the change', () => {
    const events = rotated();
    const later = [...events, ...smallBook()];
    forge(later, STRANGER);
    write('public-key', `${OWNER.vkey}\n${STRANGER.vkey}\n`);
    expectFails(
      verify('--key', KEY),
      /no trusted key has signed it/,
      /event 44 \(log-keys revision 0\): changes a key/,
    );
    write(`checkpoints/${events.length}`, checkpointOf(events, OWNER));
    expect(verify('--key', KEY).text).toBe('');
    const newKey = write('new-key', `${STRANGER.vkey}\n`);
    expect(verify('--key', newKey).text).toBe('');
  });

  it('a change of a key that was never trusted changes nothing', () => {
    forge(rotated('', signer(ORIGIN, 'a third')), STRANGER);
    expectFails(verify('--key', KEY), /no trusted key has signed it/);
  });
});

describe('the rules of a book', () => {
  const changed = (index: number, change: (payload: { [key: string]: Json }) => void): Answer => {
    const events = fixtureEvents();
    forge(rehash(replaced(events, index, withPayload(at(events, index), change))), OWNER);
    return verify();
  };
  const line = (payload: { [key: string]: Json }, place = 0) =>
    (payload['lines'] as { [key: string]: Json }[])[place]!;

  it('a payment above what the line has', () => {
    expectFails(
      changed(20, (payload) => (line(payload)['amount'] = '2111400.01')),
      /event 20 .*line AZ \/ 一般公共预算 \/ 本年拨款: 可执行指标 is -0\.01, below zero/,
    );
  });

  it('carryover spent that was not released', () => {
    expectFails(
      changed(13, (payload) => (line(payload, 1)['amount'] = '116780.01')),
      /未下达结转 is -0\.01, below zero/,
    );
  });

  it('new money on a line of carryover breaks the identity', () => {
    expectFails(
      changed(8, (payload) => (line(payload, 9)['origin'] = 'carryover')),
      /event 8 .*carryoverIn .* is not expenditure/,
    );
  });

  it('a close that is a fen off', () => {
    const answer = changed(43, (payload) => {
      (payload['totals'] as { [key: string]: Json })['expenditure'] = '22259700.01';
    });
    expectFails(
      answer,
      /event 43 .*total: expenditure is stated as 22259700\.01, computed as 22259700\.00/,
    );
  });

  it('a close that leaves a remainder out', () => {
    expectFails(
      changed(43, (payload) => (payload['remainders'] as Json[]).pop()),
      /has a remainder of .* that the close leaves out/,
    );
  });

  it('a payload of another form', () => {
    expectFails(
      changed(12, (payload) => (payload['note'] = 'x')),
      /event 12 .*does not have the form of PaymentMade/,
    );
  });

  it('a posting after the close', () => {
    const payload = { key: 'headcount.actual', count: '9' };
    const late = sealed(`book-${BOOK}`, 'StatisticRecorded', 'late', payload);
    forge(rehash([...fixtureEvents(), late]), OWNER);
    expectFails(verify(), /event 44 .*StatisticRecorded after the year was closed/);
  });
});

describe('reports', () => {
  interface Report {
    [key: string]: unknown;
    rows: {
      id: string;
      label: string;
      cells: { [column: string]: { exact: string; shown: string; events: number[] } };
    }[];
    columns: { id: string; label: string }[];
  }
  const change = (name: string, edit: (report: Report) => void): Answer => {
    const target = join('reports', BOOK, `${name}.json`);
    const report = JSON.parse(readFileSync(file(target), 'utf8')) as Report;
    edit(report);
    write(target, JSON.stringify(report));
    return verifyWithKept();
  };

  it.each(['exact', 'shown'] as const)('a changed cell: %s', (part) => {
    const answer = change(
      'execution',
      ({ rows }) => (rows[0]!.cells['expenditure']![part] = '1.00'),
    );
    expectFails(
      answer,
      new RegExp(
        `execution\\.json: row basic, column expenditure, ${part}: the report says "1\\.00", the events give "(1431700\\.00|143\\.17)"`,
      ),
    );
    expect(answer.differences).toHaveLength(1);
  });

  it('a changed cell: the events behind it', () => {
    const answer = change('execution', ({ rows }) => rows[0]!.cells['expenditure']!.events.pop());
    expectFails(
      answer,
      /row basic, column expenditure, events: the report says \[24\], the events give \[24,25\]/,
    );
  });

  it('every cell of every report is looked at', () => {
    const names = readdirSync(join(FIXTURE, 'reports', BOOK));
    let cells = 0;
    for (const name of names) {
      const target = join('reports', BOOK, name);
      const report = JSON.parse(readFileSync(file(target), 'utf8')) as Report;
      const rows = [report, ...((report['tables'] as Report[] | undefined) ?? [])].flatMap(
        (part) => part.rows,
      );
      for (const cell of rows.flatMap((row) => Object.values(row.cells))) {
        cell.shown += '!';
        cells += 1;
      }
      write(target, JSON.stringify(report));
    }
    expect(cells).toBeGreaterThan(1000);
    expect(verifyWithKept().differences).toHaveLength(cells);
  });

  it('a removed row', () => {
    expectFails(
      change('execution', ({ rows }) => rows.pop()),
      /execution\.json: row total is missing/,
    );
  });

  it('a row, a column and a report that are not known', () => {
    const row = change('payments', ({ rows }) => rows.push({ ...rows[0]!, id: '999' }));
    expect(row.notChecked.join()).toMatch(/payments\.json: row 999: the events give no such row/);
    const column = change('execution', ({ columns }) =>
      columns.push({ id: 'secret', label: '其他' }),
    );
    expect(column.notChecked.join()).toMatch(/execution\.json: unknown column "secret"/);
    write(`reports/${BOOK}/secret.json`, '{}');
    const report = verify();
    expectFails(report);
    expect(report.notChecked.join()).toMatch(/secret\.json: unknown report/);
  });

  it('headings and labels that were exchanged', () => {
    expectFails(
      change('execution', ({ rows }) => (rows[1]!.label = '公用经费')),
      /row RY, label: the report says "公用经费", the events give "人员经费"/,
    );
    expectFails(
      change('execution', ({ columns }) => (columns[0]!.label = '支出')),
      /heading of column initialBudget/,
    );
  });

  it('all nine tables in one document', () => {
    const folder = join(FIXTURE, 'reports', BOOK);
    const parts = Array.from({ length: 9 }, (_, place) => {
      const id = `0${place + 1}`;
      const part = JSON.parse(
        readFileSync(join(folder, `final-accounts-${id}.json`), 'utf8'),
      ) as Report;
      const title = String(part['title']).replace('2023年度', '');
      return {
        ...part,
        id,
        title,
        rows: part.rows.map((row) => ({ ...row, table: id, id: `${id}/${row.id}` })),
      };
    });
    const whole = {
      ...parts[0]!,
      report: 'final-accounts',
      title: '2023年度部门决算公开表',
      tables: parts,
      rows: parts.flatMap(({ rows }) => rows),
    };
    write(`reports/${BOOK}/final-accounts.json`, JSON.stringify(whole));
    expect(verifyWithKept().text).toBe('');
    whole.rows.pop();
    write(`reports/${BOOK}/final-accounts.json`, JSON.stringify(whole));
    expectFails(verifyWithKept(), /final-accounts\.json: row 09\/amount is missing/);
  });
});

describe('personal data', () => {
  const salt = '11'.repeat(32);
  const commitment = createHmac('sha256', Buffer.from(salt, 'hex'))
    .update('定期优抚对象')
    .digest('hex');
  const events = (): Stored[] => {
    const all = fixtureEvents();
    const paid = withPayload(
      at(all, 12),
      (payload) => (payload['payee'] = { subject: 's-1', commitment }),
    );
    return rehash(replaced(all, 12, withEnvelope(paid, { schema: 2 })));
  };
  const erased = () =>
    sealed('personal-data', 'PersonalDataErased', 'e-1', { subject: 's-1', reason: '申请' });
  const known = (value: string) =>
    write('personal-data.ndjson', `${JSON.stringify({ subject: 's-1', salt, value })}\n`);

  /** The register as it is reported of a payee who is sealed: the subject exactly, the name as shown. */
  const reported = () => {
    const name = 'reports/430203-208001-2023/payments.json';
    const text = readFileSync(file(name), 'utf8');
    write(name, text.replace('"exact": "定期优抚对象"', '"exact": "s-1"'));
  };

  it('the register shows the name that opens the commitment', () => {
    forge(events(), OWNER);
    reported();
    known('定期优抚对象');
    expect(verify().text).toBe('');
  });

  it('the exact value of a payee is the subject, whether or not the name is known', () => {
    forge(events(), OWNER);
    known('定期优抚对象');
    expectFails(verify(), /row 12, column party, exact: .* the events give "s-1"/);
  });

  it('a name that does not open it', () => {
    forge(events(), OWNER);
    known('他人');
    expectFails(
      verify(),
      /event 12 .*value of s-1 .* does not fit the commitment/,
      /payments\.json: row 12, column party/,
    );
  });

  it('after the erasure only the subject is left', () => {
    forge([...events(), ...rehash([erased()])], OWNER);
    expectFails(
      verify(),
      /row 12, column party, exact: the report says "定期优抚对象", the events give "s-1"/,
    );
    known('定期优抚对象');
    expectFails(verify(), /event 44 .*erases s-1, but the pack still has its value/);
  });
});

describe('a figure proof', () => {
  interface ProofEvent extends Stored {
    index: number;
    proof: string[];
  }
  interface Proof {
    [key: string]: unknown;
    events: number[];
    exact: string;
    streams: { head: string; events: ProofEvent[] }[];
  }
  const head = (events: Stored[], stream: string, by = OWNER): string => {
    const last = events.filter((event) => envelopeOf(event).stream === stream).at(-1)!;
    const root = treeRoot(events.map(({ envelope }) => leafOf(envelope))).toString('base64');
    const leaf = leafOf(last.envelope).toString('hex');
    const { revision } = envelopeOf(last);
    return note(
      `fiscal-ledger/stream-head/v1\n${ORIGIN}\n${stream}\n${revision}\n${leaf}\n${events.length}\n${root}\n`,
      by,
    );
  };
  const proofOf = (events = fixtureEvents(), stream = `book-${BOOK}`): Proof => {
    const leaves = events.map(({ envelope }) => leafOf(envelope));
    const withProofs = events.map(({ envelope, payload }, index) => ({
      index,
      envelope,
      payload,
      proof: inclusion(leaves, index).map((hash) => hash.toString('hex')),
    }));
    return {
      format: 'fiscal-ledger/figure-proof/v1',
      report: 'execution',
      unit: '430203-208001',
      fiscalYear: 2023,
      row: 'total',
      column: 'expenditure',
      asOf: {},
      exact: '22259700.00',
      shown: '2225.97',
      events: [12, 14, 20, 21, 22, 23, 24, 25],
      checkpoint: checkpointOf(events, OWNER),
      streams: [
        {
          head: head(events, stream),
          events: withProofs.filter((event) => envelopeOf(event).stream === stream),
        },
      ],
    };
  };
  const check = (edit: (proof: Proof) => void = () => undefined, ...args: string[]): Answer => {
    const proof = proofOf();
    edit(proof);
    return run('--proof', write('proof.json', JSON.stringify(proof)), '--key', KEY, ...args);
  };

  it('holds, also against the kept checkpoint of the same size', () => {
    expect(check().text).toBe('');
    expect(check(undefined, '--checkpoint', CHECKPOINT).status).toBe(0);
  });

  it('holds among the events of other books', () => {
    const events = [...smallBook(), ...fixtureEvents()];
    const proof = {
      ...proofOf(events),
      events: [12, 14, 20, 21, 22, 23, 24, 25].map((index) => index + 4),
    };
    const answer = run('--proof', write('proof.json', JSON.stringify(proof)), '--key', KEY);
    expect(answer.text).toBe('');
  });

  it('a forged inclusion proof', () => {
    expectFails(
      check(({ streams }) => (streams[0]!.events[5]!.proof[0] = 'ab'.repeat(32))),
      /event 5: its inclusion proof does not lead to the root/,
    );
  });

  it('an event left out', () => {
    expectFails(
      check(({ streams }) => streams[0]!.events.splice(20, 1)),
      /event 21 .*has revision 21 where 20 comes next/,
      /exact: the proof says "22259700\.00", the events give "20148300\.00"/,
    );
  });

  it('the last events left out', () => {
    expectFails(
      check(({ streams }) => streams[0]!.events.splice(40)),
      /ends at revision 39, the head is revision 43/,
    );
  });

  it('another figure, and other events', () => {
    expectFails(
      check((proof) => (proof.exact = '1.00')),
      /exact: the proof says "1\.00"/,
    );
    expectFails(
      check((proof) => proof.events.pop()),
      /events: the proof says/,
    );
  });

  it('a head that another key has signed', () => {
    expectFails(
      check(({ streams }) => (streams[0]!.head = head(fixtureEvents(), `book-${BOOK}`, STRANGER))),
      /stream 1 of the proof: no trusted key has signed it/,
    );
  });

  it('a year that was closed, reopened in the next year and closed again is counted once', () => {
    const events = reopenedBook();
    const cell = (
      report: string,
      row: string,
      column: string,
      exact: string,
      behind: number[],
    ) => ({
      ...proofOf([...events, ...fixtureEvents()]),
      ...{ report, row, column, exact, shown: '0.00', events: behind, unit: '111' },
      asOf: { to: '2023-12-31' },
      streams: proofOf([...events, ...fixtureEvents()], SMALL_STREAM).streams,
    });
    for (const proof of [
      cell('carryover', 'A:general-public-budget:current', 'carriedForward', '10.00', [4, 5, 6]),
      cell('trial-balance', 'executable', 'debitBalance', '0.00', [2, 3, 4, 5, 6]),
      // the close ends all reservations
      cell('reservations', '3', 'open', '0.00', [3, 6]),
    ]) {
      // an amount of nothing stays blank in the trial balance
      const shown = proof.report === 'trial-balance' ? '' : '0.00';
      const name = write('proof.json', JSON.stringify({ ...proof, shown }));
      expect(run('--proof', name, '--key', KEY).text).toBe('');
    }
  });

  it('without a key nothing was proved', () => {
    const answer = run('--proof', write('proof.json', JSON.stringify(proofOf())));
    expectFails(answer);
    expect(answer.notChecked.join()).toMatch(/no key was given/);
  });
});

// ---- a second book, of another unit

const SMALL_STREAM = 'book-111-2023';

function sealed(
  stream: string,
  type: string,
  commandId: string,
  payload: { [key: string]: Json },
): Stored {
  const envelope = jcs({
    v: 1,
    origin: ORIGIN,
    stream,
    revision: 0,
    streamPrev: '',
    id: '',
    type,
    schema: 1,
    date: '2023-03-01',
    recordedAt: '2023-03-01T08:00:00.000Z',
    actor: 'zhang.min',
    approvedBy: null,
    commandId,
    commandHash: sha256(jcs(payload)).toString('hex'),
    payloadHash: '',
  });
  return { envelope, payload: jcs(payload) };
}

function smallBook(name = '某单位'): Stored[] {
  const book = {
    unit: '111',
    fiscalYear: 2023,
    unitName: name,
    divisionCode: '1',
    divisionName: '区',
    currency: 'CNY',
  };
  const project = { project: 'A', name: '项目', category: 'project', function: '2080899' };
  const line = {
    project: 'A',
    fund: 'general-public-budget',
    origin: 'current',
    function: '2080899',
    amount: '10.00',
  };
  const document = { number: '批复', date: '2023-02-01' };
  return rehash([
    sealed(SMALL_STREAM, 'BookOpened', 's-1', book),
    sealed(SMALL_STREAM, 'ProjectRegistered', 's-2', project),
    sealed(SMALL_STREAM, 'BudgetApproved', 's-3', { document, lines: [line] }),
    sealed(SMALL_STREAM, 'PaymentMade', 's-4', {
      payee: '某',
      lines: [{ ...line, economic: '30299' }],
    }),
  ]);
}

/** Closed, reopened with a date in the next year, and closed again with the old date. */
function reopenedBook(): Stored[] {
  const [opened, registered, approved] = smallBook();
  const line = {
    project: 'A',
    fund: 'general-public-budget',
    origin: 'current',
    function: '2080899',
  };
  const document = { number: '合同', date: '2023-03-01' };
  const reserved = sealed(SMALL_STREAM, 'FundsReserved', 'r-1', {
    ...{ document, reason: '占用' },
    lines: [{ ...line, amount: '4.00' }],
  });
  const none = '0.00';
  const totals = {
    ...{
      initialBudget: '10.00',
      midYearAdjustment: none,
      directAllocation: none,
      carryoverIn: none,
    },
    ...{
      fullYearBudget: '10.00',
      appropriationIncome: '10.00',
      expenditure: none,
      carryoverOut: '10.00',
    },
  };
  const remainder = {
    ...line,
    ...{ executable: '6.00', unreleased: none, reserved: '4.00', amount: '10.00' },
    treatments: [{ kind: 'carry-forward', amount: '10.00' }],
    carriedForward: [{ sourceFiscalYear: 2023, amount: '10.00' }],
  };
  const close = (id: string) => {
    const event = sealed(SMALL_STREAM, 'YearClosed', id, {
      reason: '结账',
      remainders: [remainder],
      totals,
    });
    return withEnvelope(event, { date: '2023-12-31' });
  };
  const reopened = sealed(SMALL_STREAM, 'YearReopened', 'o-1', {
    reason: '反结账',
    closing: { id: 'c-1', revision: 4 },
    movements: [
      { ...line, movement: 'reservedClosed', amount: '-4.00' },
      { ...line, movement: 'carriedForward', amount: '-10.00' },
    ],
  });
  return rehash([
    ...[opened!, registered!, approved!, reserved, close('c-1')],
    ...[withEnvelope(reopened, { date: '2024-01-05' }), close('c-2')],
  ]);
}
