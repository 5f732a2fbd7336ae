import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Route } from 'playwright-core';
import { createKey, parseSignerKey } from '#proof';
import type { Desk } from './app.js';
import { BigLog } from './big-log.js';
import { expectWithin, inBrowser } from './browser.js';
import { longestTask, watchTasks } from './long-tasks.js';

const EVENTS = 100_000;
const PAYMENTS = 20_000;
const SETUP_MS = 300_000;
const VERIFY_MS = 300_000;
const ROUNDS = 3;
const LONGEST_TASK_MS = 200;
const REACHED_MS = 300;

inBrowser('the audit of a log of 100 000 records', () => {
  let big: BigLog;
  let desk: Desk;
  let note: string;
  let key: string;

  beforeAll(async () => {
    big = await BigLog.open(PAYMENTS, EVENTS - PAYMENTS);
    const { ledger } = big.office.api;
    const { signerKey, verifierKey } = createKey(ledger.store.origin);
    const signer = parseSignerKey(signerKey);
    if (!signer.ok) throw new Error(signer.reason);
    note = await ledger.log.checkpoint(signer.value);
    key = verifierKey;
    desk = await big.office.desk('王审计', { role: 'auditor', units: '*' });
    await watchTasks(desk.page);
  }, SETUP_MS);
  afterAll(() => big.close());

  async function startVerifying(checkpoint = note): Promise<void> {
    const { page } = desk;
    const file = (name: string, text: string) => ({
      name,
      mimeType: 'text/plain',
      buffer: Buffer.from(text),
    });
    await page.goto(big.at('verify'));
    await page.getByLabel('检查点文件').setInputFiles(file('checkpoint', checkpoint));
    await page.getByLabel('公钥文件').setInputFiles(file('key.pub', key));
    await longestTask(page);
    await page.getByRole('button', { name: '开始查验' }).click();
  }

  it(
    'is verified in the browser while the page stays free',
    async () => {
      const { page } = desk;
      await startVerifying();
      await page.getByText(/已重算 [1-9]\d* \/ 100\d{3} 条/).waitFor();
      await page.getByText('查验通过').waitFor({ timeout: VERIFY_MS });
      const took = await page.getByText(/秒，每秒/).innerText();
      const longest = await longestTask(page);
      console.log(`verified 100 000 records: ${took}; longest task of the page ${longest} ms`);
      expectWithin(longest, LONGEST_TASK_MS);
    },
    VERIFY_MS,
  );

  it('verifying can be cancelled, and asks for no more then', async () => {
    const { page } = desk;
    await startVerifying();
    await page.getByText(/已重算 [1-9]/).waitFor();
    await page.getByRole('button', { name: '取消' }).click();
    await page.getByText('查验已取消，没有结论。').waitFor();
    await page.waitForTimeout(500); // what was on its way is told late
    let asked = 0;
    page.on('request', (request) => void (asked += Number(request.url().includes('/log/'))));
    await page.waitForTimeout(1000);
    // planted bug: the worker goes on where only its messages are no longer listened to
    expect(asked).toBe(0);
  }, 60_000);

  it(
    'a record that was changed among them is named',
    async () => {
      const { page } = desk;
      const AT = 61_234;
      // in the page that has it, and where it is read again
      const change = async (route: Route) => {
        const answer = await route.fetch();
        const body = (await answer.json()) as { entries: { index: number; envelope: string }[] };
        for (const entry of body.entries)
          if (entry.index === AT)
            entry.envelope = entry.envelope.replace('2023-06-30', '2023-06-29');
        await route.fulfill({ response: answer, json: body });
      };
      await page.context().route('**/log/entries?from=61*', change);
      await startVerifying();
      await page.getByText(`第 ${AT} 条记录不是检查点所签的那一条`).waitFor({ timeout: VERIFY_MS });
      // beside the root, and the next record of that book, which is chained to it
      expect(await page.locator('.verdict li').count()).toBe(3);
      await page.context().unroute('**/log/entries?from=61*');
    },
    VERIFY_MS,
  );

  it('any index of the history is reached soon', async () => {
    const { page } = desk;
    await page.goto(big.at('history'));
    await page.getByText(/^20\d{3} 条记录$/).waitFor();
    await longestTask(page);
    const list = page.getByRole('region', { name: '历史' });
    const reach = (share: number) =>
      list.evaluate(async (box: object, at: number) => {
        const window = box as {
          scrollTop: number;
          scrollHeight: number;
          getBoundingClientRect(): { left: number; top: number; height: number };
        };
        const { document } = globalThis as unknown as {
          document: { elementFromPoint(x: number, y: number): { innerText: string } | null };
        };
        const begunAt = performance.now();
        window.scrollTop = window.scrollHeight * at;
        const { left, top, height } = window.getBoundingClientRect();
        for (;;) {
          await new Promise((drawn) => setTimeout(drawn, 5));
          // the index of the row in the middle of what is seen
          const cell = document.elementFromPoint(left + 20, top + height / 2);
          if (/^\d+$/.test(cell?.innerText ?? '')) return performance.now() - begunAt;
        }
      }, share);
    let [sorted, longest]: [number[], number] = [[], Infinity];
    const isSoon = () => (sorted.at(-1) ?? Infinity) <= REACHED_MS && longest <= LONGEST_TASK_MS;
    // a machine that others use too gets three rounds, each over rows that were not seen yet
    for (let round = 0; round < ROUNDS && !isSoon(); round++) {
      const times: number[] = [];
      for (let i = 1; i <= 20; i++) times.push(await reach(((i * 7) % 20) / 20 + round / 100));
      sorted = times.map(Math.round).sort((x, y) => x - y);
      longest = await longestTask(page);
    }
    console.log(
      `a row of ${PAYMENTS} reached after ${sorted[10]} ms (median), ${sorted.at(-1)} ms (longest); longest task ${longest} ms`,
    );
    expectWithin(sorted.at(-1)!, REACHED_MS);
    expectWithin(longest, LONGEST_TASK_MS);
  }, 60_000);

  it('a record is found by its words and by its index', async () => {
    const { page } = desk;
    await page.goto(big.at('history'));
    await page.getByText(/^20\d{3} 条记录$/).waitFor();
    const begunAt = performance.now();
    await page.getByRole('searchbox', { name: '全文查找' }).fill('第 12345 笔');
    await page.getByText('1 条记录', { exact: true }).waitFor();
    console.log(`found by its words after ${Math.round(performance.now() - begunAt)} ms`);
    const link = page.getByRole('button', { name: /^第 \d+ 条记录$/ }).first();
    const index = /\d+/.exec((await link.getAttribute('aria-label'))!)![0];
    await link.click();
    await page.getByRole('article').getByText('第 12345 笔').waitFor();
    await page.getByRole('searchbox', { name: '全文查找' }).fill('');
    await page.getByText(/^20\d{3} 条记录$/).waitFor();
    await page.getByLabel('到序号').fill(index);
    await page.getByRole('button', { name: '前往' }).click();
    await page.getByRole('button', { name: `第 ${index} 条记录` }).waitFor();
    await page.getByRole('article').getByText('第 12345 笔').waitFor();
  }, 60_000);

  it('the slider is dragged through the book without freezing it or flooding the server', async () => {
    const { page } = desk;
    await page.goto(big.at('replay'));
    await page.locator('table[data-known-at]').waitFor();
    await page.waitForLoadState('networkidle');
    await longestTask(page);
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(request.url()));
    const slider = page.getByRole('slider', { name: '日志位置' });
    const { x, y, width, height } = (await slider.boundingBox())!;
    const moves = 60;
    const drag = async (round: number) => {
      asked.length = 0;
      const begunAt = performance.now();
      const placeAt = (share: number) => [x + 8 + (width - 16) * share, y + height / 2] as const;
      await page.mouse.move(...placeAt(round % 2));
      await page.mouse.down();
      for (let i = 1; i <= moves; i++)
        await page.mouse.move(...placeAt(Math.abs((round % 2) - (0.8 * i) / moves)));
      await page.mouse.up();
      const draggedMs = performance.now() - begunAt;
      await page.locator(`table[data-known-at='${await slider.inputValue()}']`).waitFor();
      const settledMs = performance.now() - begunAt - draggedMs;
      const figures = asked.filter((url) => /knownAt=/.test(url) && /\/(lines|form)\?/.test(url));
      return { draggedMs, settledMs, questions: figures.length, longest: await longestTask(page) };
    };
    let dragged = await drag(1);
    // a machine that others use too gets three rounds
    for (let round = 2; round <= ROUNDS && dragged.longest > LONGEST_TASK_MS; round++)
      dragged = await drag(round);
    const { draggedMs, settledMs, questions, longest } = dragged;
    console.log(
      `dragged over ${moves} positions in ${Math.round(draggedMs)} ms: ${questions} questions for figures, ` +
        `settled after ${Math.round(settledMs)} ms, longest task ${longest} ms`,
    );
    expectWithin(longest, LONGEST_TASK_MS);
    // planted bug: each position is asked for
    expect(questions).toBeLessThanOrEqual(2 * (2 + (draggedMs + settledMs) / 200));
    await page.waitForURL(`**/audit?view=replay&knownAt=${await slider.inputValue()}`);
    expect(desk.complaints).toEqual([]);
  }, 120_000);
});
