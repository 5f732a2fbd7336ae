import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { Api } from '../api.js';
import { expectAccessible } from './app.js';
import { complaintsOf, DESK, inBrowser, openBrowser } from './browser.js';

inBrowser('the shell of the app', () => {
  let api: Api;
  let browser: Browser;
  beforeAll(async () => {
    [api, browser] = await Promise.all([Api.start(), openBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await api.stop();
  });

  it('is served as one page, whose styles carry its own nonce', async () => {
    const html = { accept: 'text/html' };
    const [one, two] = await Promise.all([
      api.ask('/books/x/2023/overview', { headers: html }),
      api.ask('/', { headers: html }),
    ]);
    const nonceOf = (text: string) => /name="csp-nonce" content="([^"]+)"/.exec(text)?.[1];
    expect(one.headers.get('content-security-policy')).toContain(`'nonce-${nonceOf(one.text)}'`);
    expect(nonceOf(one.text)).not.toBe(nonceOf(two.text));
    expect((await api.ask('/api/v1/nothing', { headers: html })).status).toBe(404);
    expect((await api.ask('/assets/nothing.js', { headers: html })).status).toBe(404);
    expect((await api.ask('/nothing')).body.code).toBe('not-found');
  });

  it('asks whom nobody knows to sign in, in Chinese and in English, and the policy refuses nothing', async () => {
    const page = await browser.newPage({ viewport: DESK });
    const complaints = complaintsOf(page);
    await page.route('**/api/v1/session', (route) =>
      route.fulfill({
        status: 401,
        contentType: 'application/problem+json',
        json: { code: 'not-authenticated', detail: 'sign in first', status: 401 },
      }),
    );
    await page.goto(`${api.url}/books/430203-208001/2023/book`);
    await page.getByRole('heading', { name: '登录' }).waitFor();
    expect(new URL(page.url()).searchParams.get('returnTo')).toBe('/books/430203-208001/2023/book');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await expectAccessible(page);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
