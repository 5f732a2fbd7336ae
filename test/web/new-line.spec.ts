import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { BOOK_URL } from '../api.js';
import { BOOK } from '../lusong.js';
import { expectAccessible, Office, type Desk } from './app.js';
import { inBrowser } from './browser.js';

const COMMANDS = 17;
const AT = `/books/${BOOK.unit}/${BOOK.fiscalYear}`;

async function choose(page: Page, label: string, typed: string) {
  await page.getByLabel(label, { exact: true }).click();
  await page.keyboard.type(typed);
  await page.keyboard.press('Enter');
}

inBrowser('a budget line that the book does not have yet', () => {
  let office: Office;
  let clerk: Desk;
  let reviewer: Desk;
  beforeAll(async () => {
    office = await Office.open(COMMANDS);
    const project = {
      date: '2023-10-01',
      project: 'XM',
      name: '退役军人服务站建设',
      category: 'project',
      function: '2080899',
    };
    expect((await office.api.post(`${BOOK_URL}/projects`, 'xm', project)).status).toBe(201);
    await office.api.ledger.catchUp();
    const units = [BOOK.unit];
    clerk = await office.desk('张敏', { role: 'clerk', units });
    reviewer = await office.desk('李华', { role: 'reviewer', units });
  }, 90_000);
  afterAll(() => office.close());

  it('is made by an adjustment of a project without lines, with fund, origin and codes of its own', async () => {
    const { page } = clerk;
    await page.goto(`${office.api.url}${AT}/book/post/adjust-budget`);
    await page.getByLabel('业务日期').fill('2023-10-09');
    await page.getByLabel('文号').fill('追加服务站建设');
    await page.getByLabel('文件日期').fill('2023-10-08');
    await page.getByLabel('事由').fill('追加本年指标');
    await page.getByRole('button', { name: '增加新指标' }).click();
    await choose(page, '项目', '服务站建设');
    await page.getByText('不选则为项目的 2080899').waitFor();
    await choose(page, '资金性质', '政府性基金');
    await choose(page, '资金来源年度', '本年拨款');
    await choose(page, '功能分类', '2082804');
    await choose(page, '经济分类', '31002');
    await page.getByLabel('金额').fill('12万元');
    await page.reload();
    const effect = page.getByRole('complementary', { name: '对指标的影响' });
    await effect.getByRole('row', { name: /^XM 本年拨款/ }).waitFor();
    const command = JSON.parse(await effect.locator('pre').innerText()) as { lines: object[] };
    expect(command.lines).toEqual([
      {
        project: 'XM',
        fund: 'government-fund',
        origin: 'current',
        function: '2082804',
        economic: '31002',
        amount: '120000.00',
      },
    ]);
    await expectAccessible(page);
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('已提交复核').waitFor();
  });

  it('keeps its codes where the proposal is revised, and is there once it is approved', async () => {
    const { page } = clerk;
    await page.goto(`${office.api.url}${AT}/approvals`);
    await page.getByRole('link', { name: '修改' }).click();
    const effect = page.getByRole('complementary', { name: '对指标的影响' });
    await effect.getByText('"function": "2082804"').waitFor();
    await reviewer.page.goto(`${office.api.url}${AT}/approvals`);
    await reviewer.page.getByRole('button', { name: '复核通过' }).click();
    await reviewer.page.getByText('没有此状态的事项').waitFor();
    await page.goto(`${office.api.url}${AT}/book`);
    const line = page.getByRole('row', { name: /XM 退役军人服务站建设 本年拨款/ });
    await line.getByText('120,000.00').first().waitFor();
    await page.goto(`${office.api.url}${AT}/book/post/transfer-budget`);
    await page.getByRole('button', { name: '增加新指标' }).click();
    await choose(page, '项目', '服务站建设');
    await choose(page, '资金性质', '政府性基金');
    await choose(page, '资金来源年度', '本年拨款');
    await page.getByText('已有此指标，可执行 120,000.00').waitFor();
    expect(clerk.complaints).toEqual([]);
  });
});
