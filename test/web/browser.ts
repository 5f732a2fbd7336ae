import { existsSync } from 'node:fs';
import { describe, expect } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

/** Runs where Debian's Chromium is installed; elsewhere the name says why nothing ran. */
export const inBrowser = (name: string, tests: () => void): void =>
  existsSync(CHROMIUM)
    ? describe(name, tests)
    : describe.skip(`${name} (there is no ${CHROMIUM} here)`, tests);

/** Root in a container has no sandbox, and /dev/shm may be small there. */
const ARGS = ['--no-sandbox', '--disable-dev-shm-usage'];

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: ARGS });

export const DESK = { width: 1366, height: 768 };

/** What the page complained about: failures of scripts and refusals of the content security policy. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // a refused request is no fault of the page; it is told in the page
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  return complaints;
}

/** So much longer may something take on a machine that others use at the same time. */
const SHARED = 2.5;

/**
 * Holds a time against its aim. The aim itself is held with FISCAL_STRICT_TIMES=1, for a machine that does nothing else;
 * otherwise a miss of it is told, and fails only where other work on the machine does not explain it.
 */
export function expectWithin(ms: number, aimMs: number): void {
  const most = process.env['FISCAL_STRICT_TIMES'] === '1' ? aimMs : SHARED * aimMs;
  if (ms > aimMs && ms <= most) console.log(`${Math.round(ms)} ms miss the aim of ${aimMs} ms`);
  expect(ms).toBeLessThanOrEqual(most);
}
