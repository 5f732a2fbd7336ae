import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { BOOK, commandLines } from '../lusong.js';
import { expectAccessible, Office, type Desk } from './app.js';
import { inBrowser } from './browser.js';

const AT = `/books/${BOOK.unit}/${BOOK.fiscalYear}`;
const units = [BOOK.unit];
const CLOSE = commandLines.findIndex((line) => line.includes('"close-year"'));

inBrowser('the close of the year', () => {
  let office: Office;
  let clerk: Desk;
  let reviewer: Desk;
  const open = (desk: Desk, path: string) => desk.page.goto(`${office.api.url}${AT}${path}`);

  beforeAll(async () => {
    office = await Office.open(CLOSE);
    clerk = await office.desk('张敏', { role: 'clerk', units });
    reviewer = await office.desk('李华', { role: 'reviewer', units });
  }, 90_000);
  afterAll(() => office.close());

  it('is rehearsed with the reports as they would be, and nothing is recorded', async () => {
    const { page } = clerk;
    const size = await office.api.ledger.store.size();
    await open(clerk, '/year-end');
    await page.getByText('可以结账').waitFor();
    for (const printed of ['2227.73', '2225.97', '99.92%'])
      await page.locator('td', { hasText: printed }).first().waitFor();
    await expectAccessible(page);
    expect(await office.api.ledger.store.size()).toBe(size);
  });

  it('a treatment other than the rule needs a reason, and is rehearsed anew before it can be submitted', async () => {
    const { page } = clerk;
    const submit = page.getByRole('button', { name: '提交结账，待另一人复核' });
    const rehearse = page.getByRole('button', { name: '按此预演' });
    const first = page.getByRole('combobox', { name: /^处理 / }).first();
    const rule = await first.inputValue();
    await first.selectOption(rule === 'surplus' ? 'carry-forward' : 'surplus');
    expect([await rehearse.isDisabled(), await submit.isDisabled()]).toEqual([true, true]);
    await page
      .getByRole('textbox', { name: /^改动理由 / })
      .first()
      .fill('财政收回结余');
    await rehearse.click();
    await page.getByText('可以结账').waitFor();
    expect(
      await page
        .getByRole('combobox', { name: /^处理 / })
        .first()
        .inputValue(),
    ).not.toBe(rule);
    await page
      .getByRole('combobox', { name: /^处理 / })
      .first()
      .selectOption(rule);
    await rehearse.click();
    await page.getByText('处理方式已改动').waitFor({ state: 'hidden' });
  });

  it('takes two people: a clerk submits what was rehearsed, a reviewer approves it', async () => {
    const { page } = clerk;
    await page.getByRole('button', { name: '提交结账，待另一人复核' }).click();
    await page.getByText('结账已提交，待复核人批准').waitFor();
    await expectAccessible(page);
    await open(reviewer, '/year-end');
    await reviewer.page.getByRole('button', { name: '复核通过' }).click();
    await reviewer.page.getByText('本年度已结账').waitFor();
    // and without a reload at the clerk's desk
    await page.getByText('本年度已结账').waitFor();
    const [last] = await office.api.ledger.latest(BOOK, 1);
    expect(last!.type).toBe('YearClosed');
    await open(reviewer, '/reports?report=annex-3');
    for (const printed of ['2227.73', '2225.97', '99.92%'])
      await reviewer.page.getByRole('button', { name: printed, exact: true }).first().waitFor();
    expect([...clerk.complaints, ...reviewer.complaints]).toEqual([]);
  });
});
