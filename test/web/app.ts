import { randomUUID } from 'node:crypto';
import axe from 'axe-core';
import { expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Grant } from '#domain';
import { Api } from '../api.js';
import { commandLines } from '../lusong.js';
import { PASSWORD } from '../office.js';
import { complaintsOf, DESK, openBrowser } from './browser.js';

const BY = { actor: 'setup', recordedAt: '2026-01-01T00:00:00.000Z' };
const WAIT_MS = 8_000;

/** Somebody at a browser of their own, signed in. */
export interface Desk {
  readonly page: Page;
  /** What the page complained about so far; to be empty. */
  readonly complaints: readonly string[];
}

/** The API with the built app over a ledger, and a browser. */
export class Office {
  private constructor(
    readonly api: Api,
    readonly browser: Browser,
  ) {}

  /** With the first `commands` of the worked case posted; its ledger in memory where no directory is given. */
  static async open(
    commands: number,
    options: Parameters<typeof Api.start>[0] = {},
  ): Promise<Office> {
    const [api, browser] = await Promise.all([Api.start(options), openBrowser()]);
    for (const line of commandLines.slice(0, commands)) {
      const { status, text } = await api.postLine(line);
      if (status !== 201) throw new Error(text);
    }
    return new Office(api, browser);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.api.stop();
  }

  /** Opens an account with these duties and signs in with it, as one does: at the form. */
  async desk(name: string, ...grants: readonly Grant[]): Promise<Desk> {
    const login = `p-${randomUUID().slice(0, 8)}`;
    await this.api.access.open({ login, name, grants }, PASSWORD, BY);
    const context = await this.browser.newContext({ viewport: DESK, locale: 'zh-CN' });
    context.setDefaultTimeout(WAIT_MS);
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    await page.goto(`${this.api.url}/login`);
    await page.getByLabel('账号').fill(login);
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('navigation', { name: '主导航' }).waitFor();
    return { page, complaints };
  }
}

/** Holds a page against axe's rules; every serious or critical finding is named. */
export async function expectAccessible(page: Page): Promise<void> {
  // by the debugger, not as a script of the page: its content security policy takes none from outside
  await page.evaluate(axe.source);
  const findings = await page.evaluate(async () => {
    const { axe: rules } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await rules.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
  expect(findings).toEqual([]);
}
