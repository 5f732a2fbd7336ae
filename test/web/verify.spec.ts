import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Route } from 'playwright-core';
import { appendSystemEvent } from '#event-store';
import { createKey, parseSignerKey, signCheckpoint } from '#proof';
import { BOOK, commandLines, recording } from '../lusong.js';
import { expectAccessible, Office, type Desk } from './app.js';
import { inBrowser } from './browser.js';

interface Entry {
  readonly index: number;
  readonly envelope: string;
  readonly payload: string;
}
type Key = ReturnType<typeof createKey>;

/** Of the worked case; signed so far, with more behind it. */
const SIGNED = commandLines.length;
const VERIFY_AT = `/books/${BOOK.unit}/${BOOK.fiscalYear}/audit?view=verify`;
const WORDS = {
  zh: { checkpoint: '检查点文件', key: '公钥文件', verify: '开始查验', holds: '查验通过' },
  en: {
    checkpoint: 'Checkpoint file',
    key: 'Public key file',
    verify: 'Verify',
    holds: 'The log holds',
  },
} as const;
type Language = keyof typeof WORDS;

inBrowser('what the auditor is told of a log that does not hold', () => {
  let office: Office;
  let desk: Desk;
  let note: string;
  let rotated: string;
  let [first, second, stranger]: Key[] = [];
  const [otherOrigin, otherRoot] = ['example.org/other', new Uint8Array(32)];
  const other = createKey(otherOrigin);

  const signer = ({ signerKey }: Key) => {
    const read = parseSignerKey(signerKey);
    if (!read.ok) throw new Error(read.reason);
    return read.value;
  };

  beforeAll(async () => {
    office = await Office.open(commandLines.length);
    const { ledger } = office.api;
    [first, second, stranger] = [1, 2, 3].map(() => createKey(ledger.store.origin));
    await ledger.catchUp();
    note = await ledger.log.checkpoint(signer(first!));
    desk = await office.desk('王审计', { role: 'auditor', units: '*' });
    const data = {
      previousPublicKey: first!.verifierKey,
      publicKey: second!.verifierKey,
      reason: '换届',
    };
    await appendSystemEvent(ledger.store, 'LogKeyRotated', data, 'rotate', recording);
    await ledger.catchUp();
    await ledger.log.checkpoint(signer(first!));
    await office.desk('李华', { role: 'reviewer', units: '*' });
    await ledger.catchUp();
    rotated = await ledger.log.checkpoint(signer(second!));
  }, 90_000);
  afterAll(() => office.close());

  const told = async (language: Language, checkpoint: string, key: Key): Promise<string> => {
    const { page } = desk;
    const words = WORDS[language];
    await page.evaluate(`localStorage.setItem('fiscal-language', '${language}')`);
    await page.goto(`${office.api.url}${VERIFY_AT}`);
    const file = (text: string) => ({
      name: 'f',
      mimeType: 'text/plain',
      buffer: Buffer.from(text),
    });
    await page.getByLabel(words.checkpoint).setInputFiles(file(checkpoint));
    await page.getByLabel(words.key).setInputFiles(file(key.verifierKey));
    await page.getByRole('button', { name: words.verify, exact: true }).click();
    const verdict = page.locator('.verdict');
    await verdict.waitFor();
    await expectAccessible(page);
    return verdict.innerText();
  };

  /** Between the server and the page somebody changes the entries. */
  const changing = async (change: (entries: Entry[]) => Entry[], use: () => Promise<void>) => {
    const { page } = desk;
    await page.context().route('**/log/entries*', async (route: Route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { entries: Entry[] };
      await route.fulfill({ response: answer, json: { ...body, entries: change(body.entries) } });
    });
    await use();
    await page.context().unroute('**/log/entries*');
  };

  const dated = (entry: Entry) => ({
    ...entry,
    envelope: entry.envelope.replace('"date":"2023', '"date":"2024'),
  });
  const swapped = (entries: Entry[]) =>
    entries.map((entry) => {
      const partner = { 20: 21, 21: 20 }[entry.index];
      const put = entries.find(({ index }) => index === partner);
      return put ? { ...put, index: entry.index } : entry;
    });

  const lies: readonly [
    string,
    (entries: Entry[]) => Entry[],
    Record<Language, readonly string[]>,
  ][] = [
    [
      'an altered event',
      (entries) => entries.map((e) => (e.index === 20 ? dated(e) : e)),
      {
        zh: ['第 20 条记录不是检查点所签的那一条', '重算的根不是检查点所签的根'],
        en: ['Record 20 is not the one that the checkpoint signed', 'The root that was computed'],
      },
    ],
    [
      'altered content',
      (entries) => entries.map((e) => (e.index === 20 ? { ...e, payload: `${e.payload} ` } : e)),
      {
        zh: ['第 20 条记录的内容与其哈希不符'],
        en: ['The content of record 20 is not the one that was hashed'],
      },
    ],
    [
      'a dropped event',
      (entries) => entries.filter(({ index }) => index !== 20),
      {
        zh: ['第 20 条记录缺失或读不出', '第 21 条记录与同一账簿的前一条接不上'],
        en: ['Record 20 is missing or cannot be read', 'Record 21 does not follow the one before'],
      },
    ],
    [
      'swapped events',
      swapped,
      {
        zh: [
          '检查点所签的第 20 条记录，现在排在第 21 条',
          '检查点所签的第 21 条记录，现在排在第 20 条',
        ],
        en: ['What the checkpoint signed as record 20 now stands as record 21'],
      },
    ],
  ];

  it.each(lies)(
    '%s, in both languages',
    async (_, change, sentences) => {
      await changing(change, async () => {
        for (const language of ['zh', 'en'] as const) {
          const text = await told(language, note, first!);
          for (const sentence of sentences[language]) expect(text).toContain(sentence);
          expect(text).not.toContain(WORDS[language].holds);
        }
      });
    },
    60_000,
  );

  it('a checkpoint of another log', async () => {
    const { origin } = office.api.ledger.store;
    const foreign = signCheckpoint(
      { origin: otherOrigin, size: SIGNED, root: otherRoot },
      signer(other),
    );
    expect(await told('zh', foreign, other)).toContain(
      `检查点属于另一日志：它签的是 ${otherOrigin}，这里是 ${origin}`,
    );
    expect(await told('en', foreign, other)).toContain(
      `The checkpoint is of another log: it signed ${otherOrigin}, this is ${origin}`,
    );
  }, 60_000);

  it('a wrong key', async () => {
    expect(await told('zh', note, stranger!)).toContain('检查点没有用所给公钥签名');
    expect(await told('en', note, stranger!)).toContain('is not signed by a key that was given');
  }, 60_000);

  it('a key that took over is followed from the one that the auditor trusts', async () => {
    const zh = await told('zh', rotated, first!);
    expect(zh).toContain('查验通过');
    expect(zh).toMatch(
      /第 \d+ 条记录把签名密钥由 \S+ 换为 \S+；旧密钥所签的前 \d+ 条的检查点涵盖这次更换/,
    );
    const en = await told('en', rotated, first!);
    expect(en).toContain('The log holds');
    expect(en).toMatch(
      /Record \d+ changed the signing key from \S+ to \S+; a checkpoint of \d+ records/,
    );
    expect(desk.complaints).toEqual([]);
  }, 60_000);
});
