import { expect, test } from '@jest/globals';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { connect } from '../../libs/event-store/src/adapters/kurrentdb/connect.js';
import { Connection } from '../../libs/event-store/src/adapters/kurrentdb/connection.js';
import type { Double } from './double.mjs';
import { append, numbered, withDouble } from './trying.js';

const { Options } = streams.ReadReq;
const { FilterOptions, ReadDirection } = Options;

/** A read of `$all` with a filter, which the client has no call for. */
interface Asked {
  readonly prefixes?: readonly string[];
  readonly regex?: string;
  readonly ofTypes?: boolean;
  readonly backwards?: boolean;
  readonly from?: { readonly commit: bigint };
  readonly count?: number;
  readonly searchWindow?: number;
}

function requestOf({ prefixes = [], regex = '', ofTypes, backwards, from, ...asked }: Asked) {
  const expression = new FilterOptions.Expression().setPrefixList([...prefixes]).setRegex(regex);
  const filter = new FilterOptions().setCheckpointintervalmultiplier(1);
  if (ofTypes) filter.setEventType(expression);
  else filter.setStreamIdentifier(expression);
  if (asked.searchWindow === undefined) filter.setCount(new shared.Empty());
  else filter.setMax(asked.searchWindow);
  const at = String(from?.commit);
  const all = new Options.AllOptions();
  if (from) all.setPosition(new Options.Position().setCommitPosition(at).setPreparePosition(at));
  else if (backwards) all.setEnd(new shared.Empty());
  else all.setStart(new shared.Empty());
  const options = new Options()
    .setAll(all)
    .setUuidOption(new Options.UUIDOption().setString(new shared.Empty()))
    .setReadDirection(backwards ? ReadDirection.BACKWARDS : ReadDirection.FORWARDS)
    .setCount(String(asked.count ?? 100))
    .setFilter(filter);
  return new streams.ReadReq().setOptions(options);
}

async function withReads(
  run: (double: Double, read: (asked: Asked) => Promise<string[]>) => Promise<void>,
  options = {},
): Promise<void> {
  await withDouble({ systemEventEvery: 2, ...options }, async (double, client) => {
    for (const text of numbered(1, 40))
      await append(client, Number(text) % 10 === 0 ? 'book-a' : `other-${text}`, text);
    const connection = new Connection(connect(double.connectionString()));
    try {
      await run(double, async (asked) =>
        (await connection.read(requestOf(asked))).map(({ payload }) => payload),
      );
    } finally {
      await connection.close();
    }
  });
}

test('a filtered read counts what passes the filter, however much lies between', () =>
  withReads(async (_double, read) => {
    const prefixes = ['book-'];
    expect(await read({ prefixes, count: 3 })).toEqual(['10', '20', '30']);
    expect(await read({ prefixes, count: 3, searchWindow: 1 })).toEqual(['10', '20', '30']);
    expect(await read({ prefixes, count: 9 })).toEqual(['10', '20', '30', '40']);
    expect(await read({ prefixes, count: 1, backwards: true })).toEqual(['40']);
    expect(await read({ prefixes, count: 2, backwards: true })).toEqual(['40', '30']);
    expect(await read({ prefixes: ['none-'], count: 1 })).toEqual([]);
  }));

test('a filtered read begins with the record at its position, whether or not that passes', () =>
  withReads(async (double, read) => {
    const records = double.log();
    const at = (text: string) => records.find(({ data }) => String(data) === text)!.position;
    const prefixes = ['book-'];
    expect(await read({ prefixes, count: 2, from: at('10') })).toEqual(['10', '20']);
    expect(await read({ prefixes, count: 2, from: at('11') })).toEqual(['20', '30']);
    const back = { prefixes, count: 9, backwards: true };
    expect(await read({ ...back, from: at('20') })).toEqual(['10']);
  }));

test('a read filters by prefixes or a pattern, of streams or of types', () =>
  withReads(async (_double, read) => {
    expect(await read({ prefixes: ['other-1', 'book-'], count: 3 })).toEqual(['1', '10', '11']);
    expect(await read({ regex: '^other-[23]$' })).toEqual(['2', '3']);
    expect(await read({ regex: '^Not', ofTypes: true, count: 2 })).toEqual(['1', '2']);
    expect(await read({ prefixes: ['Other'], ofTypes: true })).toEqual([]);
  }));

test('a double that does not honour the filter of a read gives what it would have left out', () =>
  withReads(
    async (_double, read) => {
      expect(await read({ prefixes: ['book-'], count: 8 })).toEqual(['1', '2', '3', '4']);
    },
    { filtersReads: false },
  ));
