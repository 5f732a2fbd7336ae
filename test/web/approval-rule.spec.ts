import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventJson } from '#event-store';
import { BOOK } from '../lusong.js';
import { expectAccessible, Office, type Desk } from './app.js';
import { inBrowser } from './browser.js';

const COMMANDS = 13;
const AT = `/books/${BOOK.unit}/${BOOK.fiscalYear}/approval-rule`;

inBrowser('the approval rule of a book', () => {
  let office: Office;
  let system: Desk;
  let clerk: Desk;
  beforeAll(async () => {
    office = await Office.open(COMMANDS);
    system = await office.desk('系统管理员', { role: 'system-admin', units: '*' });
    clerk = await office.desk('张敏', { role: 'clerk', units: [BOOK.unit] });
  }, 90_000);
  afterAll(() => office.close());

  it('is where a system administrator lands, who sees nothing else of the book', async () => {
    const { page } = system;
    await page.getByRole('heading', { name: '复核规则' }).waitFor();
    const pages = page.getByRole('navigation', { name: '主导航' }).getByRole('link');
    expect(await pages.allInnerTexts()).toEqual(['复核规则']);
    const rule = page.getByRole('region', { name: '现行规则' });
    await rule.getByText('凡动用资金的记账，均须另一人复核').waitFor();
    await rule.getByText('账簿建立以来的规则').waitFor();
    await expectAccessible(page);
  });

  it('is written as people write amounts, kept over a reload, and said to be looser before it is set', async () => {
    const { page } = system;
    await page.getByLabel('复核限额（元）').fill('0.5万元');
    await page.getByLabel('拆分期间（天）').fill('0');
    await page.reload();
    await page.getByText('将存为 5,000.00 元').waitFor();
    await page.getByText('放宽：0.00 元以上才复核的，将改为 5,000.00 元以上').waitFor();
    const before = await office.api.ledger.store.size();
    await page.getByRole('button', { name: '设定' }).click();
    // refused at its field, in the sentence of the server
    await page.getByLabel('拆分期间（天）').and(page.locator('[aria-invalid=true]')).waitFor();
    expect(await office.api.ledger.store.size()).toBe(before);
    await page.getByLabel('拆分期间（天）').fill('10');
    await page.getByRole('button', { name: '设定' }).click();
    await page.getByText(`新规则已生效，日志序号 ${before}`).waitFor();
    const rule = page.getByRole('region', { name: '现行规则' });
    await rule.getByText('超过 5,000.00 元的记账须另一人复核').waitFor();
    await rule.getByText('前后各 10 天内合并计算').waitFor();
    expect(await page.getByLabel('复核限额（元）').inputValue()).toBe('');
    await expectAccessible(page);
    expect(system.complaints).toEqual([]);
  });

  it('is seen by those whom it binds, with who set it when, and set by none of them', async () => {
    const { page } = clerk;
    await page.goto(`${office.api.url}${AT}`);
    const [latest] = await office.api.ledger.latest(BOOK, 1);
    const { date, index } = eventJson(latest!);
    const row = page.getByRole('region', { name: '历次设定' }).getByRole('row').nth(1);
    await row.getByText('系统管理员').waitFor();
    expect(await row.innerText()).toMatch(
      new RegExp(`${date}\\s+5,000\\.00\\s+10\\s+系统管理员\\s+${index}`),
    );
    expect(await page.getByRole('button', { name: '设定' }).count()).toBe(0);
    await expectAccessible(page);
    await page.goto(`${office.api.url}${AT.replace('approval-rule', 'book/post/make-payment')}`);
    await page.getByLabel('业务日期').fill('2023-11-01');
    await page.getByLabel('收款人').fill('物业公司');
    for (const [label, typed] of [
      ['指标', 'YF 优抚经费 · 一般公共预算 · 本年'],
      ['经济分类', '30299'],
    ] as const) {
      await page.getByLabel(label, { exact: true }).click();
      await page.keyboard.type(typed);
      await page.keyboard.press('Enter');
    }
    const amount = page.getByRole('group', { name: '指标明细' }).getByLabel('金额');
    await amount.fill('5000');
    await page.getByText('无需复核，提交即入账').waitFor();
    await amount.fill('5000.01');
    await page.getByText('需要另一人复核后入账').waitFor();
    expect(clerk.complaints).toEqual([]);
  });
});
