import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventJson } from '#event-store';
import { BOOK, commandLines } from '../lusong.js';
import { expectAccessible, Office, type Desk } from './app.js';
import { inBrowser } from './browser.js';

const AT = `/books/${BOOK.unit}/${BOOK.fiscalYear}`;
const units = [BOOK.unit];
const CLOSE = commandLines.findIndex((line) => line.includes('"close-year"'));

inBrowser('a remainder at the close', () => {
  let office: Office;
  let clerk: Desk;
  let reviewer: Desk;
  beforeAll(async () => {
    office = await Office.open(CLOSE);
    clerk = await office.desk('张敏', { role: 'clerk', units });
    reviewer = await office.desk('李华', { role: 'reviewer', units });
  }, 90_000);
  afterAll(() => office.close());

  const first = () => clerk.page.locator('table.treatments tbody').first();
  const rehearse = () => clerk.page.getByRole('button', { name: '按此预演' });

  it('is split into parts, with what they lack shown while one types', async () => {
    const { page } = clerk;
    await page.goto(`${office.api.url}${AT}/year-end`);
    await page.getByText('可以结账').waitFor();
    const remainder = (await first().locator('td.numeric strong').first().innerText()).trim();
    await first().getByRole('button', { name: /^拆分/ }).click();
    const amounts = first().getByRole('textbox', { name: /^处理金额/ });
    const difference = first().getByRole('status');
    expect(await amounts.count()).toBe(2);
    await amounts.nth(1).fill('0.01万元');
    expect(await difference.innerText()).toBe('多出 100.00 元');
    await amounts.nth(0).fill('0');
    expect(await difference.innerText()).toMatch(/^还差 [\d,]+\.\d\d 元$/);
    expect(await rehearse().isDisabled()).toBe(true);
    await amounts.nth(0).fill('100');
    await first().getByRole('button', { name: '差额计入末项' }).click();
    expect(await difference.innerText()).toBe('各项之和与余额相符');
    const fen = (text: string) => Math.round(Number(text.replaceAll(',', '')) * 100);
    expect(fen(await amounts.nth(1).inputValue())).toBe(fen(remainder) - 10_000);
    // the part that departs from the rule needs its reason
    expect(await rehearse().isDisabled()).toBe(true);
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  it('stays split over a reload, is rehearsed so and recorded so', async () => {
    const { page } = clerk;
    await first()
      .getByRole('textbox', { name: /^改动理由.*第 2 项/ })
      .fill('财政收回');
    await page.reload();
    const amounts = first().getByRole('textbox', { name: /^处理金额/ });
    await amounts.nth(1).waitFor();
    expect(await amounts.nth(0).inputValue()).toBe('100.00');
    const second = await amounts.nth(1).inputValue();
    // a fen that is missing is enough, whatever the reasons
    await amounts.nth(0).fill('99.99');
    expect(await first().getByRole('status').innerText()).toBe('还差 0.01 元');
    expect(await rehearse().isDisabled()).toBe(true);
    await amounts.nth(0).fill('100');
    await rehearse().click();
    await page.getByText('处理方式已改动').waitFor({ state: 'hidden' });
    await page.getByText('可以结账').waitFor();
    await page.getByRole('button', { name: '提交结账，待另一人复核' }).click();
    await page.getByText('结账已提交，待复核人批准').waitFor();
    await reviewer.page.goto(`${office.api.url}${AT}/year-end`);
    await reviewer.page.getByRole('button', { name: '复核通过' }).click();
    await reviewer.page.getByText('本年度已结账').waitFor();
    const [last] = await office.api.ledger.latest(BOOK, 1);
    const { type, data } = eventJson(last!);
    const { remainders } = data as { remainders: { treatments: object[] }[] };
    expect(type).toBe('YearClosed');
    expect(remainders[0]!.treatments).toMatchObject([
      { amount: '100.00' },
      { amount: second, reason: '财政收回' },
    ]);
    expect([...clerk.complaints, ...reviewer.complaints]).toEqual([]);
  });
});
