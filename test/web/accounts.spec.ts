import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Office, expectAccessible, type Desk } from './app.js';
import { inBrowser } from './browser.js';

inBrowser('accounts and their access log', () => {
  let office: Office;
  let admin: Desk;
  beforeAll(async () => {
    office = await Office.open(0);
    admin = await office.desk('账户管理员甲', { role: 'account-admin', units: '*' });
  }, 60_000);
  afterAll(() => office.close());

  it('an administrator of accounts opens an account, whose password is shown once and must be changed', async () => {
    const { page } = admin;
    await page.getByRole('heading', { name: '账户管理' }).waitFor();
    await page.getByLabel('账号').fill('zhang.min');
    await page.getByLabel('姓名').fill('张敏');
    await page.getByRole('button', { name: '新建账户' }).click();
    const password = await page.getByRole('status').locator('code').innerText();
    const row = page.getByRole('row', { name: /zhang\.min/ });
    await row.getByRole('button', { name: '授权' }).click();
    await page.getByRole('button', { name: '增加岗位' }).click();
    await page.getByRole('button', { name: '保存' }).click();
    await row.getByText('报表查看').waitFor();
    await expectAccessible(page);

    const context = await office.browser.newContext();
    const other = await context.newPage();
    await other.goto(`${office.api.url}/login`);
    await other.getByLabel('账号').fill('zhang.min');
    await other.getByLabel('密码', { exact: true }).fill(password);
    await other.getByRole('button', { name: '登录' }).click();
    await other.getByRole('dialog', { name: '修改密码' }).waitFor();
    await other.getByLabel('当前密码').fill(password);
    await other.getByLabel('新密码', { exact: true }).fill('a much longer passphrase');
    await other.getByLabel('再次输入新密码').fill('a much longer passphrase');
    await other.getByRole('button', { name: '保存' }).click();
    await other.getByRole('dialog').waitFor({ state: 'hidden' });
    await context.close();
    expect(admin.complaints).toEqual([]);
  });

  it('three administrators are three persons: the refusal is the sentence of the server', async () => {
    const { page } = admin;
    const row = page.getByRole('row', { name: /账户管理员甲/ });
    await row.getByRole('button', { name: '授权' }).click();
    await page.getByRole('button', { name: '增加岗位' }).click();
    await page.getByRole('button', { name: '保存' }).click();
    expect(await page.getByRole('alert').innerText()).toMatch(
      /同一人不能既是账户管理员又是报表查看/,
    );
  });

  it('a page of another duty answers with the refusal, and the denial stands in the access log', async () => {
    await admin.page.goto(`${office.api.url}/access-log`);
    await admin.page.getByRole('alert').getByText('forbidden').waitFor();
    const keeper = await office.desk('日志管理员乙', { role: 'log-admin', units: '*' });
    await keeper.page.getByRole('heading', { name: '访问日志' }).waitFor();
    await keeper.page
      .getByRole('row', { name: /拒绝.*access-log/ })
      .first()
      .waitFor();
    await expectAccessible(keeper.page);
    expect(keeper.complaints).toEqual([]);
  });
});
