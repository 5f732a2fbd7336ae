import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Office, expectAccessible, type Desk } from './app.js';
import { inBrowser } from './browser.js';

/** Nobody is asked there: what is bound is known by its hash. */
const issuer = {
  issuer: 'https://sso.example.org',
  clientId: 'ledger',
  clientSecret: 'secret',
  name: '统一身份认证平台',
};
const ADMIN = { role: 'account-admin', units: '*' } as const;

inBrowser('the identities of an account', () => {
  let office: Office;
  let admin: Desk;
  beforeAll(async () => {
    office = await Office.open(0, { issuer });
    admin = await office.desk('账户管理员甲', ADMIN);
    for (const [login, name] of [
      ['zhang.min', '张敏'],
      ['li.hua', '李华'],
    ] as const)
      await office.api.access.open({ login, name }, undefined, office.api.access.by('setup'));
    await admin.page.reload();
  }, 60_000);
  afterAll(() => office.close());

  const rowOf = (login: string) => admin.page.getByRole('row', { name: new RegExp(login) });
  const identitiesOf = (name: string) =>
    admin.page.getByRole('region', { name: `${name} 的统一认证身份` });

  it('are bound by an administrator, to one account only', async () => {
    const { page } = admin;
    await rowOf('zhang.min').getByRole('button', { name: '统一认证' }).click();
    const own = identitiesOf('张敏');
    await own.getByText('未绑定').waitFor();
    expect(await own.getByLabel('认证方').inputValue()).toBe(issuer.name);
    await own.getByLabel('用户标识（sub）').fill('u-20230715');
    await page.keyboard.press('Enter');
    await own.getByText(issuer.issuer).waitFor();
    await rowOf('zhang.min').getByRole('button', { name: '统一认证 1 个' }).waitFor();
    expect(await own.getByLabel('用户标识（sub）').inputValue()).toBe('');
    await expectAccessible(page);
    const { accounts } = office.api.access;
    const bound = (await accounts.current()).byLogin('zhang.min')!.identities;
    expect(bound).toMatchObject([{ issuer: issuer.issuer }]);

    await rowOf('li.hua').getByRole('button', { name: '统一认证' }).click();
    const other = identitiesOf('李华');
    await other.getByLabel('用户标识（sub）').fill('u-20230715');
    await other.getByRole('button', { name: '绑定', exact: true }).click();
    await other.getByRole('alert').getByText('login-taken').waitFor();
  });

  it('are released again', async () => {
    await rowOf('zhang.min').getByRole('button', { name: '统一认证' }).click();
    const own = identitiesOf('张敏');
    await own.getByRole('button', { name: /^解除绑定/ }).click();
    await own.getByText('未绑定').waitFor();
    expect((await office.api.access.accounts.current()).byLogin('zhang.min')!.identities).toEqual(
      [],
    );
    expect(admin.complaints).toEqual([]);
  });

  it('cannot be bound where no issuer is configured, which is said', async () => {
    const without = await Office.open(0);
    const { page, complaints } = await without.desk('账户管理员乙', ADMIN);
    await page.getByRole('button', { name: '统一认证' }).click();
    await page.getByText('本系统没有配置统一认证').waitFor();
    expect(complaints).toEqual([]);
    await without.close();
  });
});
