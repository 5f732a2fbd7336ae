import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openIndexFile } from './index-file.js';
import type { LedgerRecord } from './ledger-record.js';

const root = mkdtempSync(join(tmpdir(), 'fiscal-index-'));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;
const aDirectory = () => join(root, String(count++));
const open = (directory?: string) => openIndexFile(directory, 'a.test/log');

/** The n-th record of the log; streams take turns. */
const record = (n: number, streams = 3): LedgerRecord => ({
  ...{ stream: `book-${n % streams}`, revision: Math.floor(n / streams) },
  ...{ commit: 100 * (n + 1), prepare: 100 * (n + 1), id: `id-${n}`, type: 'T' },
  ...{ commandId: `c-${n}`, leaf: `leaf-${n}`, payload: '', envelope: '' },
});
const records = (from: number, to: number, streams?: number) =>
  Array.from({ length: to - from }, (_, i) => record(from + i, streams));
const at = (n: number) => ({ commit: 100 * (n + 1), prepare: 100 * (n + 1) });
type Index = ReturnType<typeof open>;
const ranks = (index: Index, from: number, limit: number) =>
  index.from(from, limit).map((place) => place.index);

describe('the index of the log', () => {
  it.each([
    ['in memory only', 10],
    ['in the file and in memory', 2005],
    ['in the file', 2000],
  ])('finds everything wherever it is: %s', (_, size) => {
    const index = open();
    for (let n = 0; n < size; n += 5) index.apply(records(n, n + 5), at(n + 4));
    expect(index.progress).toEqual({ size, position: at(size - 1) });
    expect(ranks(index, 0, size + 5)).toEqual(Array.from({ length: size }, (__, i) => i));
    expect(ranks(index, size - 7, 4)).toEqual([size - 7, size - 6, size - 5, size - 4]);
    const last = record(size - 1);
    expect(index.head(last.stream)).toMatchObject({ revision: last.revision, leaf: last.leaf });
    const { stream, revision } = record(4);
    expect(index.at(stream, revision)).toMatchObject({ index: 4, stream, revision, ...at(4) });
    expect(index.byCommand(stream, 'c-4')?.index).toBe(4);
    expect(index.has('book-0', 'c-4')).toBe(false);
    expect(index.byCommand(last.stream, last.commandId)?.index).toBe(size - 1);
    const all = index.ofStream('book-1', 0, size).map((place) => place.revision);
    expect(all).toEqual(Array.from({ length: all.length }, (__, i) => i));
    expect(all).toHaveLength(Math.ceil((size - 1) / 3));
    expect(index.ofStream('book-1', 2, 1).map((place) => place.index)).toEqual([7]);
    expect(index.streams().sort()).toEqual(['book-0', 'book-1', 'book-2']);
    index.close();
  });

  it('counts nothing twice, and moves on where nothing was of the log', () => {
    const index = open();
    index.apply(records(0, 6), at(5));
    expect(index.apply(records(3, 8), at(7))).toBe(8);
    expect(index.apply([...records(6, 8), ...records(7, 8)], at(7))).toBe(8);
    expect(index.apply([], at(20))).toBe(8);
    expect(index.progress).toEqual({ size: 8, position: at(20) });
    expect(ranks(index, 0, 20)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    index.close();
  });

  it('counts an event once that comes twice at a time', () => {
    const index = open();
    expect(index.apply([...records(0, 3), ...records(1, 4)], at(3))).toBe(4);
    expect(ranks(index, 0, 20)).toEqual([0, 1, 2, 3]);
    expect(index.ofStream('book-1', 0, 9).map((place) => place.index)).toEqual([1]);
    index.close();
  });

  it('is all there after a restart', () => {
    const directory = aDirectory();
    const before = open(directory);
    before.apply(records(0, 2700), at(2699));
    before.close();
    const after = open(directory);
    expect(after.progress).toEqual({ size: 2700, position: at(2699) });
    expect(after.has('book-1', 'c-2698')).toBe(true);
    expect(after.head('book-2')).toMatchObject({ index: 2699, leaf: 'leaf-2699' });
    after.close();
  });

  it('two processes on one file count it once, whichever is ahead', () => {
    const directory = aDirectory();
    const [one, two] = [open(directory), open(directory)];
    one.apply(records(0, 2500), at(2499));
    one.apply(records(2500, 2510), at(2509));
    two.apply(records(0, 2400), at(2399));
    expect(two.progress.size).toBe(2400);
    // the file is ahead of what this one has counted; its own head of a stream does not go back
    expect(two.head('book-1').revision).toBe(record(2497).revision);
    two.apply(records(2400, 2520), at(2519));
    expect(two.head('book-1').revision).toBe(record(2518).revision);
    expect(two.has('book-1', 'c-2518')).toBe(true);
    expect(ranks(two, 0, 3000)).toEqual(Array.from({ length: 2520 }, (_, i) => i));
    one.close();
    two.close();
    const third = open(directory);
    expect(third.progress).toEqual({ size: 2520, position: at(2519) });
    expect(ranks(third, 0, 3000)).toEqual(Array.from({ length: 2520 }, (_, i) => i));
    third.close();
  });

  it('knows the commands of a stream that is too long to have them in memory', () => {
    const index = open();
    index.has('book-0', 'before');
    for (let n = 0; n < 52_000; n += 1000) index.apply(records(n, n + 1000, 1), at(n + 999));
    expect(index.has('book-0', 'c-3')).toBe(true);
    expect(index.byCommand('book-0', 'c-51999')?.index).toBe(51_999);
    expect(index.has('book-0', 'c-52000')).toBe(false);
    index.close();
  });
});
