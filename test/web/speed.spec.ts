import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { BOOK } from '../lusong.js';
import { postSmallPayments } from '../many-payments.js';
import { Office, type Desk } from './app.js';
import { expectWithin, inBrowser } from './browser.js';

const POSTINGS = 20_000;
const SETUP_MS = 120_000;
const USEFUL_PAINT_MS = 1500;
const LONGEST_TASK_MS = 200;
const FIRST_PAGE_BYTES = 350 * 1024;
const ASSETS = join(import.meta.dirname, '..', '..', 'dist', 'web', 'assets');
const AT = `/books/${BOOK.unit}/${BOOK.fiscalYear}`;

interface Watched {
  useful?: number;
  longest: number;
}

/** Notes when the figures first stand on the page, and the longest task of the main thread. */
function watch(): void {
  const watched: Watched = { longest: 0 };
  Object.assign(globalThis, { watched });
  // Node's types, which know of no browser, do not have 'longtask'
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries())
      watched.longest = Math.max(watched.longest, duration);
  }).observe({ type: 'longtask' as 'mark', buffered: true });
  const { document, MutationObserver } = globalThis as unknown as {
    document: { querySelector(selector: string): object | null };
    MutationObserver: new (then: () => void) => { observe(what: object, how: object): void };
  };
  new MutationObserver(() => {
    if (watched.useful === undefined && document.querySelector('.key-figures'))
      watched.useful = performance.now();
  }).observe(document, { childList: true, subtree: true });
}

inBrowser('the app over a book of 20 000 postings', () => {
  let office: Office;
  let desk: Desk;
  const watched = () =>
    desk.page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched);

  beforeAll(async () => {
    office = await Office.open(13);
    await postSmallPayments(office.api.ledger, POSTINGS);
    desk = await office.desk('张敏', { role: 'clerk', units: [BOOK.unit] });
    await desk.page.addInitScript(watch);
  }, SETUP_MS);
  afterAll(() => office.close());

  it('shows the figures of the first page soon, from few bytes of script', async () => {
    const { page } = desk;
    const scripts: string[] = [];
    page.on('request', (request) => {
      const name = /\/assets\/([^/]+\.js)$/.exec(request.url())?.[1];
      if (name !== undefined) scripts.push(name);
    });
    await page.goto(`${office.api.url}${AT}/overview`);
    await page.locator('.key-figures').waitFor();
    const { useful } = await watched();
    const first = scripts.filter((name) => !name.startsWith('execution-chart'));
    const bytes = first.reduce((sum, name) => sum + statSync(join(ASSETS, `${name}.gz`)).size, 0);
    console.log(
      `first figures after ${Math.round(useful!)} ms, scripts ${Math.round(bytes / 1024)} kB`,
    );
    expectWithin(useful!, USEFUL_PAINT_MS);
    expect(bytes).toBeLessThanOrEqual(FIRST_PAGE_BYTES);
  });

  it('scrolls through all of them without a long task', async () => {
    const { page } = desk;
    await page.goto(`${office.api.url}${AT}/book`);
    await page.getByText(/^20.?0\d\d 笔$/).waitFor({ timeout: 60_000 });
    await page.evaluate(() => {
      (globalThis as unknown as { watched: Watched }).watched.longest = 0;
    });
    const list = page.getByRole('region', { name: '记账流水' });
    await list.hover();
    for (let i = 0; i < 60; i++) await page.mouse.wheel(0, 10_000);
    await list.getByRole('cell', { name: '年初批复' }).first().waitFor();
    const { longest } = await watched();
    console.log(`longest task while scrolling ${POSTINGS} postings: ${Math.round(longest)} ms`);
    expectWithin(longest, LONGEST_TASK_MS);
    expect(await list.getByRole('row').count()).toBeLessThan(100);
  }, 90_000);
});
