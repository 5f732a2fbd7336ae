#!/usr/bin/env node
/**
 * Draws docs/screens/: every page of the built app over the worked case, in Chinese, as its own people see it.
 * `npm run screens`; what changed is looked at before it is committed.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { createApi } from '../../dist/apps/api/src/create-api.js';
import { Access } from '../../dist/libs/accounts/src/index.js';
import { readCommand } from '../../dist/libs/domain/src/index.js';
import { Ledger } from '../../dist/libs/projections/src/index.js';

const ROOT = join(import.meta.dirname, '..', '..');
const OUT = join(ROOT, 'docs', 'screens');
const PASSWORD = 'correct horse battery';
const BY = { actor: 'setup', recordedAt: '2023-01-01T00:00:00.000Z' };
const DESK = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };
const UNIT = '430203-208001';
const BOOK = `/books/${UNIT}/2023`;
/** Of the worked case: the year up to November, so that something is left to pay, to approve and to close. */
const POSTED = 22;

const ledger = await Ledger.open();
const stopFollowing = ledger.follow((error) => {
  throw error;
});
const access = await Access.open(ledger);
/** Nobody is asked there: it only lets identities be bound. */
const issuer = {
  issuer: 'https://sso.example.org',
  clientId: 'ledger',
  clientSecret: randomUUID(),
  name: '统一身份认证平台',
};
const app = await createApi(ledger, { access, issuer, logger: false });
await app.listen(0, '127.0.0.1');
const url = await app.getUrl();

const lines = readFileSync(join(ROOT, 'samples', 'lusong-2023', 'commands.ndjson'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line));
for (const line of lines.slice(0, POSTED)) {
  const meta = { actor: '张敏', approvedBy: '李华', recordedAt: `${line.date}T02:00:00.000Z` };
  const result = await ledger.commands.run(readCommand(line).value, meta);
  if (!result.ok) throw new Error(result.error.message);
}

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
mkdirSync(OUT, { recursive: true });

async function draw(page, name, { path, viewport = DESK, before } = {}) {
  await page.setViewportSize(viewport);
  if (path) await page.goto(url + path);
  // the stream of what others post never ends: a page is there once nothing on it says that it is loading
  await page.getByRole('heading').first().waitFor();
  await page.locator('.loading').waitFor({ state: 'detached' });
  await before?.();
  // previews and charts settle
  await page.waitForTimeout(900);
  await page.screenshot({ path: join(OUT, `${name}.png`) });
}

async function signIn(login, name, ...grants) {
  await access.open({ login, name, grants }, PASSWORD, BY);
  const context = await browser.newContext({ viewport: DESK, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(`${url}/login`);
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('navigation', { name: '主导航' }).waitFor();
  return page;
}

/** What the app sends by itself: of a clerk's postings those above the rule wait for a second person. */
const send = (page, method, segment, body) =>
  page.evaluate(
    async ([verb, at, key, content]) => {
      const { csrf } = await (await fetch('/api/v1/session')).json();
      const headers = {
        'content-type': 'application/json',
        'idempotency-key': key,
        'x-csrf-token': csrf,
      };
      const answer = await fetch(at, { method: verb, headers, body: JSON.stringify(content) });
      if (!answer.ok) throw new Error(await answer.text());
    },
    [method, `/api/v1${BOOK}/${segment}`, randomUUID(), body],
  );

const stranger = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
await draw(stranger, 'setup', { path: '/setup#one-time-token' });

const admin = await signIn('account-admin', '陈静', { role: 'account-admin', units: '*' });
await draw(stranger, 'login', { path: '/login' });
const clerk = await signIn('zhang.min', '张敏', { role: 'clerk', units: [UNIT] });
const reviewer = await signIn('li.hua', '李华', { role: 'reviewer', units: [UNIT] });
const auditor = await signIn('wang.lei', '王磊', { role: 'auditor', units: '*' });
const system = await signIn('system-admin', '孙伟', { role: 'system-admin', units: '*' });
const keeper = await signIn('log-admin', '赵强', { role: 'log-admin', units: '*' });

for (const { date, payee, lines: paid } of lines.slice(POSTED, POSTED + 2))
  await send(clerk, 'POST', 'payments', { date, payee, lines: paid });
await draw(clerk, 'overview', { path: `${BOOK}/overview` });
await draw(clerk, 'book', { path: `${BOOK}/book` });
await draw(clerk, 'posting', {
  path: `${BOOK}/book/post/adjust-budget`,
  before: async () => {
    await clerk.getByLabel('业务日期').fill('2023-12-20');
    await clerk.getByLabel('文号').fill('株芦财预〔2023〕88号');
    await clerk.getByLabel('文件日期').fill('2023-12-18');
    await clerk.getByLabel('事由').fill('优抚对象提标，追加本年指标');
    await clerk.getByLabel('指标', { exact: true }).click();
    await clerk.keyboard.type('YF 优抚经费');
    await clerk.keyboard.press('Enter');
    await clerk.getByLabel('金额').fill('160.24万元');
  },
});
await draw(clerk, 'posting-new-line', {
  path: `${BOOK}/book/post/transfer-budget`,
  before: async () => {
    await clerk.getByLabel('业务日期').fill('2023-12-21');
    await clerk.keyboard.press('Tab');
    await clerk.getByRole('button', { name: '增加新指标' }).click();
    await clerk.getByLabel('项目', { exact: true }).click();
    await clerk.keyboard.type('YF');
    await clerk.keyboard.press('Enter');
    await clerk.getByLabel('金额').fill('12万元');
  },
});
const refund = `${BOOK}/book/post/refund-payment?payment=lusong-2023-0021`;
await draw(clerk, 'posting-refund', { path: refund });
await draw(clerk, 'posting-refund-phone', { path: refund, viewport: PHONE });
await draw(reviewer, 'approvals', { path: `${BOOK}/approvals` });
await draw(reviewer, 'approvals-phone', { path: `${BOOK}/approvals`, viewport: PHONE });
await draw(clerk, 'reports', { path: `${BOOK}/reports` });
await draw(clerk, 'reports-phone', { path: `${BOOK}/reports`, viewport: PHONE });
await draw(auditor, 'audit', { path: `${BOOK}/audit` });
await draw(auditor, 'audit-replay', {
  path: `${BOOK}/audit?view=replay&knownAt=13`,
  before: () => auditor.getByRole('button', { name: '下一条' }).click(),
});
await draw(auditor, 'audit-compare', { path: `${BOOK}/audit?view=compare&a=13&b=14` });
await draw(auditor, 'audit-verify', { path: `${BOOK}/audit?view=verify` });
await draw(auditor, 'reports-cell', {
  path: `${BOOK}/reports?report=annex-2`,
  before: async () => {
    await auditor.locator('td button').nth(12).click();
    await auditor.getByRole('button', { name: '查验存在证明' }).first().click();
  },
});
await draw(auditor, 'reports-final-accounts', { path: `${BOOK}/reports?report=final-accounts` });
await draw(clerk, 'year-end', {
  path: `${BOOK}/year-end`,
  before: async () => {
    await clerk.getByRole('button', { name: /^拆分/ }).first().click();
    await clerk
      .getByRole('textbox', { name: /^处理金额/ })
      .nth(1)
      .fill('10万元');
  },
});
await draw(clerk, 'year-end-phone', { path: `${BOOK}/year-end`, viewport: PHONE });
const setRule = (page, threshold, windowDays) =>
  send(page, 'PUT', 'approval-rule', { threshold, windowDays });
await setRule(system, '1000.00', 7);
await setRule(system, '5000.00', 7);
await draw(system, 'approval-rule', {
  path: `${BOOK}/approval-rule`,
  before: async () => {
    await system.getByLabel('复核限额（元）').fill('1万元');
    await system.getByLabel('拆分期间（天）').fill('10');
  },
});
await draw(clerk, 'approval-rule-phone', { path: `${BOOK}/approval-rule`, viewport: PHONE });
await draw(admin, 'accounts', {
  path: '/accounts',
  before: () => admin.getByRole('button', { name: '统一认证' }).nth(1).click(),
});
await admin.goto(`${url}/access-log`);
await draw(keeper, 'access-log', { path: '/access-log' });

await browser.close();
stopFollowing();
await app.close();
await access.close();
await ledger.close();
