import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { BOOK_URL } from '../api.js';
import { BOOK } from '../lusong.js';
import { expectAccessible, Office, type Desk } from './app.js';
import { inBrowser } from './browser.js';

const COMMANDS = 17;
const AT = `/books/${BOOK.unit}/${BOOK.fiscalYear}`;
const YF = { project: 'YF', fund: 'general-public-budget', origin: 'current' };
const DIRECT = 'lusong-2023-0012';

inBrowser('a posting that follows another', () => {
  let office: Office;
  let clerk: Desk;
  const post = async (segment: string, id: string, body: object) => {
    const { status, text } = await office.api.post(`${BOOK_URL}/${segment}`, id, body);
    if (status !== 201) throw new Error(text);
  };
  const open = (path: string) => clerk.page.goto(`${office.api.url}${AT}${path}`);
  const amounts = (page: Page) =>
    page.getByRole('group', { name: '指标明细' }).getByLabel('金额').all();
  const typed = async (page: Page) =>
    Promise.all((await amounts(page)).map((field) => field.inputValue()));

  beforeAll(async () => {
    office = await Office.open(COMMANDS);
    const document = { number: '合同7号', date: '2023-09-01' };
    await post('payments', 'paid', {
      date: '2023-09-21',
      payee: '物业公司',
      voucher: '记-77',
      procurement: '50.00',
      lines: [
        { ...YF, economic: '30209', amount: '100.00' },
        { ...YF, economic: '30299', amount: '60.00' },
        { ...YF, economic: '30201', amount: '5.00' },
      ],
    });
    await post('refunds', 'part', {
      date: '2023-09-22',
      payment: 'paid',
      reason: '多付',
      procurement: '20.00',
      lines: [
        { ...YF, economic: '30209', amount: '30.00' },
        { ...YF, economic: '30201', amount: '5.00' },
      ],
    });
    await post('reservations', 'kept', {
      date: '2023-09-01',
      document,
      reason: '物业合同',
      counterparty: '物业公司',
      lines: [{ ...YF, amount: '900.00' }],
    });
    await post('releases', 'released', {
      date: '2023-09-25',
      reservation: 'kept',
      reason: '减少',
      lines: [{ ...YF, amount: '250.00' }],
    });
    clerk = await office.desk('张敏', { role: 'clerk', units: [BOOK.unit] });
  }, 90_000);
  afterAll(() => office.close());

  it('a refund begins as all that is left of the payment, and is told off where it takes more', async () => {
    const { page } = clerk;
    await open('/book');
    await page
      .getByRole('row', { name: /记-77/ })
      .first()
      .getByRole('link', { name: '退回' })
      .click();
    const paid = page.getByRole('region', { name: '所依据的记账' });
    await paid.getByText(/2023-09-21 · 记-77 · 物业公司/).waitFor();
    // what was refunded whole is not there to be refunded again
    expect(await typed(page)).toEqual(['70.00', '60.00']);
    expect(await page.getByLabel('其中政府采购').inputValue()).toBe('30.00');
    await page.getByLabel('业务日期').fill('2023-09-28');
    await page.getByLabel('事由').fill('重复支付');
    const [first, second] = await amounts(page);
    await first!.fill('70.01');
    const lines = page.getByRole('group', { name: '指标明细' });
    await lines.getByRole('alert').getByText('超过尚余的 70.00 元').waitFor();
    await page.getByText('refund-exceeds-payment').waitFor();
    await first!.fill('40');
    await lines.getByText('至多 70.00 元；将存为 40.00 元').waitFor();
    // a reload keeps what was lowered, and fills nothing in anew
    await page.reload();
    await paid.waitFor();
    expect(await typed(page)).toEqual(['40', '60.00']);
    await page.getByLabel('经济分类', { exact: true }).first().click();
    const options = page.locator('.ant-select-dropdown:visible .ant-select-item-option');
    await options.first().waitFor();
    expect(await options.allInnerTexts()).toEqual([
      expect.stringMatching(/^30209/),
      expect.stringMatching(/^30299/),
    ]);
    await page.keyboard.press('Escape');
    await expectAccessible(page);
    await second!.fill('60');
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('已提交复核').waitFor();
    expect(clerk.complaints).toEqual([]);
  });

  it('a release begins as the remainder of the reservation, and a payment from it as well', async () => {
    const { page } = clerk;
    await open('/book');
    const row = page.getByRole('row', { name: /物业合同/ });
    await row.getByRole('link', { name: '释放' }).click();
    await page
      .getByRole('region', { name: '所依据的记账' })
      .getByText(/合同7号/)
      .waitFor();
    expect(await typed(page)).toEqual(['650.00']);
    const [amount] = await amounts(page);
    await amount!.fill('0.1万元');
    await page.getByText('超过尚余的 650.00 元').waitFor();
    await page.getByRole('button', { name: '按尚余填入' }).click();
    expect(await typed(page)).toEqual(['650.00']);
    await open('/book');
    await row.getByRole('link', { name: '支付' }).click();
    await page
      .getByRole('region', { name: '所依据的记账' })
      .getByText(/合同7号/)
      .waitFor();
    expect(await typed(page)).toEqual(['650.00']);
    expect(await page.getByLabel('收款人').inputValue()).toBe('物业公司');
  });

  it('an acknowledgement begins as what is not acknowledged yet', async () => {
    const { page } = clerk;
    await open(`/book/post/acknowledge-allocation?allocation=${DIRECT}`);
    const amount = page.getByLabel('金额', { exact: true });
    await amount.waitFor();
    expect(await amount.inputValue()).toBe('3200000.00');
    await amount.fill('3200000.01');
    await page.getByText('超过尚余的 3,200,000.00 元').waitFor();
  });

  it('a reversal shows what it takes back, also where its id is typed', async () => {
    const { page } = clerk;
    await open('/book/post/reverse-entry');
    await page.getByLabel('被冲销的记账（编号）').fill('released');
    const entry = page.getByRole('region', { name: '所依据的记账' });
    await entry.getByRole('heading', { name: /释放占用/ }).waitFor();
    await entry.getByRole('cell', { name: '250.00' }).waitFor();
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    expect(clerk.complaints).toEqual([]);
  });
});
