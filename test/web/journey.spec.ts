import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { POSTINGS } from '../../apps/api/src/books/postings.js';
import { BOOK_URL } from '../api.js';
import { BOOK, commandLines } from '../lusong.js';
import { Person } from '../office.js';
import { expectAccessible, Office, type Desk } from './app.js';
import { inBrowser } from './browser.js';

/** Up to the day before the adjustment of 优抚经费 by 160.24 万元. */
const COMMANDS_BEFORE = 13;
const AT = `/books/${BOOK.unit}/${BOOK.fiscalYear}`;
const units = [BOOK.unit];
/** What the browser did itself: the adjustment, and the payment after it. */
const COMMANDS_DONE = COMMANDS_BEFORE + 2;
const CLOSE = commandLines.findIndex((line) => line.includes('"close-year"'));

/** Chooses an option of a list by typing a part of it, as one does at the keyboard. */
async function choose(page: Page, label: string, nth: number, typed: string) {
  await page.getByLabel(label, { exact: true }).nth(nth).click();
  await page.keyboard.type(typed);
  await page.keyboard.press('Enter');
}

inBrowser('the year of the worked case, done by people with different duties', () => {
  let office: Office;
  let clerk: Desk;
  let reviewer: Desk;
  const open = (desk: Desk, path: string) => desk.page.goto(`${office.api.url}${AT}${path}`);

  beforeAll(async () => {
    office = await Office.open(COMMANDS_BEFORE);
    // with both duties, so that what stops the approval is the second pair of eyes and not a missing duty
    clerk = await office.desk('张敏', { role: 'clerk', units }, { role: 'reviewer', units });
    reviewer = await office.desk('李华', { role: 'reviewer', units });
  }, 90_000);
  afterAll(() => office.close());

  it('a clerk sees what an adjustment would do before proposing it, and a reload keeps what was typed', async () => {
    const { page } = clerk;
    await open(clerk, '/book');
    await page.getByRole('link', { name: '预算调整' }).click();
    await page.getByLabel('业务日期').fill('2023-07-15');
    await page.getByLabel('文号').fill('调增优抚经费');
    await page.getByLabel('文件日期').fill('2023-07-15');
    await page.getByLabel('事由').fill('优抚对象提标，追加本年指标并下达上年结转');
    await choose(page, '指标', 0, 'YF 优抚经费 · 一般公共预算 · 本年');
    await page.getByLabel('金额').fill('148.77万元');
    await page.getByRole('button', { name: '增加一行' }).click();
    await choose(page, '指标', 1, 'YF 优抚经费 · 一般公共预算 · 上年');
    await page.getByLabel('金额').nth(1).fill('１１４，７００');
    await page.reload();
    const effect = page.getByRole('complementary', { name: '对指标的影响' });
    await effect.getByText('8,266,700.00').waitFor();
    expect(await effect.getByRole('row', { name: /本年拨款/ }).innerText()).toMatch(
      /6,779,000\.00\s+8,266,700\.00/,
    );
    expect(await effect.locator('pre').innerText()).toContain('"amount": "1487700.00"');
    await expectAccessible(page);
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('已提交复核').waitFor();
  });

  it('nobody approves what they proposed, whatever their duties are', async () => {
    const { page } = clerk;
    await page.getByRole('link', { name: '查看待复核事项' }).click();
    await page.getByRole('button', { name: '复核通过' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('four-eyes').waitFor();
    expect(await alert.innerText()).toMatch(/的经办人，不能自己复核/);
    await expectAccessible(page);
  });

  it('a reviewer sees the amount beside its effect and approves it', async () => {
    const { page } = reviewer;
    await open(reviewer, '/approvals');
    const proposal = page.getByRole('article');
    await proposal.getByText('1,602,400.00').waitFor();
    await proposal.getByText(/经办 张敏/).waitFor();
    await proposal
      .getByRole('row', { name: /本年拨款/ })
      .getByText('8,266,700.00')
      .waitFor();
    await page.getByRole('button', { name: '复核通过' }).click();
    await page.getByText('没有此状态的事项').waitFor();
    await open(reviewer, '/book');
    const line = page.getByRole('row', { name: /YF 优抚经费 本年拨款/ });
    await line.getByText('8,266,700.00').waitFor();
    await page.getByRole('cell', { name: '张敏 / 李华' }).first().waitFor();
    await expectAccessible(page);
  });

  it('the overview shows how the year goes, and what waits', async () => {
    const { page } = reviewer;
    await open(reviewer, '/overview');
    await page.getByText('全年预算（元）').first().waitFor();
    // what the ledger checks, in its own sentences
    await page.getByText('各报表的精确金额均可加总').waitFor();
    await page
      .getByRole('img', { name: /执行率与时间进度/ })
      .locator('svg')
      .waitFor();
    expect(await page.getByRole('row', { name: /优抚经费/ }).innerText()).toMatch(
      /18,283,480\.00\s+9,900,000\.00\s+54\.15%/,
    );
    await expectAccessible(page);
  });

  it('a payment that a line cannot bear is refused at its amount, in the sentence of the server', async () => {
    const { page } = clerk;
    await open(clerk, '/book/post/make-payment');
    await page.getByLabel('业务日期').fill('2023-08-01');
    await page.getByLabel('收款人').fill('义务兵家庭及入伍奖励对象');
    await choose(page, '指标', 0, 'YF 优抚经费 · 一般公共预算 · 本年');
    await choose(page, '经济分类', 0, '30305');
    const amount = page.getByRole('group', { name: '指标明细' }).getByLabel('金额');
    await amount.fill('8,266,700.01');
    const refusal = page.getByRole('group', { name: '指标明细' }).getByRole('alert');
    expect(await refusal.innerText()).toBe(
      '指标“YF 优抚经费 / 一般公共预算 / 本年拨款”的可执行余额为 8,266,700.00 元，本次需要 8,266,700.01 元',
    );
    await page.getByRole('button', { name: 'English' }).click();
    await page
      .getByText(/has 8266700\.00 yuan executable budget/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByText('本次需要 8,266,700.01 元').first().waitFor();
    await amount.fill('446.1万元');
    await refusal.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('已提交复核').waitFor();
    await open(reviewer, '/approvals');
    await reviewer.page.getByRole('button', { name: '复核通过' }).click();
    await reviewer.page.getByText('没有此状态的事项').waitFor();
    await open(clerk, '/book');
    const line = page.getByRole('row', { name: /YF 优抚经费 本年拨款/ });
    await line.getByText('3,805,700.00').waitFor();
  });

  it('the year is rehearsed and closed by two people, and annex 3 shows what was published', async () => {
    await postRestOfYear();
    await open(clerk, '/year-end');
    const submit = clerk.page.getByRole('button', { name: '提交结账，待另一人复核' });
    await clerk.page.getByRole('cell', { name: '2225.97' }).first().waitFor();
    await submit.click();
    await clerk.page.getByRole('region', { name: '待批准的结账' }).waitFor();
    await open(reviewer, '/year-end');
    await reviewer.page.getByRole('button', { name: '复核通过' }).click();
    await reviewer.page.getByText('本年度已结账').waitFor();
    await open(reviewer, '/reports?report=annex-3');
    for (const printed of ['2227.73', '2225.97', '99.92%'])
      await reviewer.page.getByRole('cell', { name: printed }).first().waitFor();
    expect([...clerk.complaints, ...reviewer.complaints]).toEqual([]);
  }, 60_000);

  /** By the API, as a unit's other systems would: what needs a second person is approved by one. */
  async function postRestOfYear(): Promise<void> {
    const segmentOf = new Map<string, string>(Object.entries(POSTINGS).map(([s, c]) => [c, s]));
    const maker = await Person.as(office.api, 'clerk', units);
    const checker = await Person.as(office.api, 'reviewer', units);
    for (const line of commandLines.slice(COMMANDS_DONE, CLOSE)) {
      const { command, id, ...body } = JSON.parse(line) as Record<string, unknown>;
      // the address names the book
      delete body['unit'];
      delete body['fiscalYear'];
      const at = `${BOOK_URL}/${segmentOf.get(String(command))}`;
      const posted = await maker.send('POST', at, body, { 'idempotency-key': String(id) });
      if (posted.status === 201) continue;
      if (posted.status !== 202) throw new Error(posted.text);
      const { hash } = posted.body;
      const approved = await checker.send('POST', `${BOOK_URL}/proposals/${String(id)}/approval`, {
        hash,
      });
      if (approved.status !== 201) throw new Error(approved.text);
    }
  }
});
