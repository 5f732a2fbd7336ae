import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { BOOK_URL, pay } from '../api.js';
import { BOOK } from '../lusong.js';
import { Person } from '../office.js';
import { Office, type Desk } from './app.js';
import { inBrowser } from './browser.js';

const COMMANDS = 17;
const AT = `/books/${BOOK.unit}/${BOOK.fiscalYear}`;
const units = [BOOK.unit];

inBrowser('the postings of a book', () => {
  let office: Office;
  let auditor: Desk;
  beforeAll(async () => {
    office = await Office.open(COMMANDS);
    auditor = await office.desk('王磊', { role: 'auditor', units });
  }, 90_000);
  afterAll(() => office.close());

  it('are read once: what others post later is read from where the page was', async () => {
    const { page } = auditor;
    const reads: { from: number; events: number }[] = [];
    page.on('response', async (response) => {
      const from = /\/events\?from=(\d+)$/.exec(response.url())?.[1];
      if (from === undefined) return;
      const { events } = (await response.json()) as { events: unknown[] };
      reads.push({ from: Number(from), events: events.length });
    });
    await page.goto(`${office.api.url}${AT}/book`);
    const count = page.getByText(/^\d+ 笔$/);
    const rows = Number(/\d+/.exec(await count.innerText())![0]);
    // an answer is read after the page has drawn it
    const readTo = async (events: number) => {
      const sum = () => reads.reduce((all, read) => all + read.events, 0);
      for (let tries = 0; tries < 100 && sum() < events; tries++) await page.waitForTimeout(50);
    };
    await readTo(COMMANDS);
    expect(reads).toEqual([{ from: 0, events: COMMANDS }]);

    const maker = await Person.as(office.api, 'clerk', units);
    const checker = await Person.as(office.api, 'reviewer', units);
    for (const [i, payee] of ['甲公司', '乙公司'].entries()) {
      const body = { ...pay(), payee, reason: `付给${payee}` };
      const proposed = await maker.send('POST', `${BOOK_URL}/payments`, body);
      const { id, hash } = proposed.body as unknown as { id: string; hash: string };
      const approval = `${BOOK_URL}/proposals/${id}/approval`;
      expect((await checker.send('POST', approval, { hash })).status).toBe(201);
      await page.getByRole('cell', { name: `付给${payee}` }).waitFor();
      await page.getByText(`${rows + i + 1} 笔`).waitFor();
    }
    await readTo(COMMANDS + 4);
    const [, ...later] = reads;
    // a payment is two events, proposed and made; of the book itself nothing was read again
    expect(later.reduce((sum, { events }) => sum + events, 0)).toBe(4);
    expect(Math.min(...later.map(({ from }) => from))).toBeGreaterThanOrEqual(COMMANDS);
    expect(auditor.complaints).toEqual([]);
  });
});
