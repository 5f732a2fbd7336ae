import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { BOOK } from '../lusong.js';
import { expectAccessible, Office, type Desk } from './app.js';
import { inBrowser } from './browser.js';

const COMMANDS = 13;
/** Nobody types faster. */
const KEY_MS = 20;
const AT = `/books/${BOOK.unit}/${BOOK.fiscalYear}`;

async function type(page: Page, label: string, typed: string, then = 'Tab') {
  await page.getByLabel(label).focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(typed, { delay: KEY_MS });
  await page.keyboard.press(then);
}

/** Waits until a field shows a day; the last that it showed where it never does. */
async function shown(page: Page, label: string, day: string): Promise<string> {
  const field = page.getByLabel(label);
  for (let tries = 0; tries < 40 && (await field.inputValue()) !== day; tries++)
    await page.waitForTimeout(50);
  return field.inputValue();
}

inBrowser('a field for a date', () => {
  let office: Office;
  let clerk: Desk;
  beforeAll(async () => {
    office = await Office.open(COMMANDS);
    clerk = await office.desk('张敏', { role: 'clerk', units: [BOOK.unit] });
  }, 90_000);
  afterAll(() => office.close());

  it('takes a day from the keyboard as people write it, and shows it as the ledger does', async () => {
    const { page } = clerk;
    await page.goto(`${office.api.url}${AT}/book/post/adjust-budget`);
    const written = [
      '2023-07-15',
      '20230715',
      '2023/07/15',
      '2023/7/15',
      '2023.7.15',
      '2023年7月15日',
    ];
    for (const typed of written) {
      await type(page, '业务日期', '2023-01-01');
      expect(await shown(page, '业务日期', '2023-01-01')).toBe('2023-01-01');
      await page.locator('.ant-picker-dropdown:visible').waitFor({ state: 'hidden' });
      await type(page, '业务日期', typed);
      expect([typed, await shown(page, '业务日期', '2023-07-15')]).toEqual([typed, '2023-07-15']);
    }
    await type(page, '文件日期', '2023年7月3日', 'Enter');
    expect(await shown(page, '文件日期', '2023-07-03')).toBe('2023-07-03');
    // Enter took the day and did not send the form: nothing is told off that is still empty
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.reload();
    expect(await shown(page, '业务日期', '2023-07-15')).toBe('2023-07-15');
  });

  it('that there is not is told in the sentence of the server, and never kept as another day', async () => {
    const { page } = clerk;
    await type(page, '业务日期', '2023-02-30');
    await page.getByRole('alert').getByText('2023-02-30').waitFor();
    expect(await shown(page, '业务日期', '')).toBe('');
  });

  it('is chosen from a calendar in the language of the page', async () => {
    const { page } = clerk;
    await type(page, '业务日期', '2023-07-15');
    await page.getByLabel('业务日期').click();
    const calendar = page.locator('.ant-picker-dropdown:visible');
    await calendar.getByText('7月', { exact: true }).waitFor();
    await expectAccessible(page);
    await calendar.getByTitle('2023-07-20').click();
    expect(await shown(page, '业务日期', '2023-07-20')).toBe('2023-07-20');
    expect(clerk.complaints).toEqual([]);
  });

  it('looks the same to a browser of another country', async () => {
    const context = await office.browser.newContext({ locale: 'en-US' });
    await context.addCookies(await clerk.page.context().cookies());
    const page = await context.newPage();
    await page.goto(`${office.api.url}${AT}/year-end`);
    expect(await page.getByLabel('结账日期').inputValue()).toBe('2023-12-31');
    await page.goto(`${office.api.url}${AT}/reports`);
    await type(page, '截至业务日期', '2023-06-30');
    await page.waitForURL(/to=2023-06-30/);
    await context.close();
  });
});
