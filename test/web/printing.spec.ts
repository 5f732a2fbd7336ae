import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { commandLines, BOOK } from '../lusong.js';
import { expectAccessible, Office, type Desk } from './app.js';
import { inBrowser } from './browser.js';

const AT = `/books/${BOOK.unit}/${BOOK.fiscalYear}`;
/** In points of 1/72 inch; browsers round. */
const A4 = [595, 842] as const;
interface Box {
  readonly scrollWidth: number;
  readonly clientWidth: number;
}

/** What a sheet has within its margins of 12 mm, upright and across, at 96 pixels an inch. */
const PRINTED_PX = { '.paper section:not(.across)': 703, '.paper section.across': 1031 };

inBrowser('what is read on paper, and by whom nobody knows yet', () => {
  let office: Office;
  let reader: Desk;
  beforeAll(async () => {
    office = await Office.open(commandLines.length);
    reader = await office.desk('王琴', { role: 'viewer', units: [BOOK.unit] });
  }, 60_000);
  afterAll(() => office.close());

  it.each(['annex-2', 'annex-3', 'final-accounts'])('%s fits on sheets of A4', async (form) => {
    const { page, complaints } = reader;
    await page.goto(`${office.api.url}${AT}/reports?report=${form}`);
    await page.locator('table td').first().waitFor();
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const boxes = [...pdf.matchAll(/\/MediaBox \[([\d. ]+)\]/g)].map(([, box]) =>
      box!.split(' ').slice(2).map(Number),
    );
    expect(boxes.length).toBeGreaterThan(0);
    for (const box of boxes) {
      const sides = box.toSorted((a, b) => a - b);
      A4.forEach((side, i) => expect(Math.abs(sides[i]! - side)).toBeLessThan(3));
    }
    await page.emulateMedia({ media: 'print' });
    for (const control of [
      page.getByRole('navigation', { name: '主导航' }),
      page.getByText('下载 CSV'),
    ])
      expect(await control.isVisible()).toBe(false);
    for (const [sections, width] of Object.entries(PRINTED_PX)) {
      await page.setViewportSize({ width, height: 1000 });
      const over = await page
        .locator(sections)
        .evaluateAll((found) =>
          (found as unknown as Box[]).map(
            ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
          ),
        );
      for (const px of over) expect(px).toBeLessThanOrEqual(1);
    }
    await page.emulateMedia({ media: 'screen' });
    expect(complaints).toEqual([]);
  });

  it('the pages of the first account and of signing in can be used by everybody', async () => {
    const context = await office.browser.newContext({ locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto(`${office.api.url}/setup#token`);
    await page.getByLabel('姓名').waitFor();
    await expectAccessible(page);
    await page.goto(`${office.api.url}/login`);
    await page.getByLabel('账号').waitFor();
    await expectAccessible(page);
    await context.close();
  });
});
