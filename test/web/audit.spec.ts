import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createKey, parseSignerKey } from '#proof';
import { fiscal } from '../cli.js';
import { BOOK, commandLines } from '../lusong.js';
import { expectAccessible, Office, type Desk } from './app.js';
import { inBrowser } from './browser.js';

const AT = `/books/${BOOK.unit}/${BOOK.fiscalYear}`;
const units = [BOOK.unit];
/** The log before the adjustment of 优抚经费 has so many records. */
const BEFORE = 13;
const MEASURES = {
  initialBudget: 'initialBudget',
  midYearAdjustment: 'midYearAdjustment',
  directAllocation: 'directAllocation',
  carryoverIn: 'carryoverIn',
  fullYearBudget: 'fullYearBudget',
  reserved: 'reserved',
  expenditure: 'expenditure',
  executable: 'executable',
  unreleased: 'unreleasedCarryover',
  executionRate: 'executionRate',
} as const;

inBrowser('reports and audit', () => {
  const data = mkdtempSync(join(tmpdir(), 'fiscal-audit-page-'));
  let office: Office;
  let auditor: Desk;
  let clerk: Desk;
  const open = (path: string) => auditor.page.goto(`${office.api.url}${AT}${path}`);

  beforeAll(async () => {
    await fiscal(['import', '-', '--data', data], commandLines.join('\n'));
    office = await Office.open(commandLines.length);
    auditor = await office.desk('王审计', { role: 'auditor', units: '*' });
    clerk = await office.desk('张敏', { role: 'clerk', units });
  }, 90_000);
  afterAll(async () => {
    await office.close();
    rmSync(data, { recursive: true });
  });

  /** What the command line gives at an index, by line (or `total`) and column. */
  async function linesOnCommandLine(keys: readonly string[], knownAt: number) {
    const queries = keys.flatMap((key) => {
      const [project, fund, origin] = key.split('|');
      const scope = key === 'total' ? {} : { project, fund, origin };
      return Object.values(MEASURES).map((measure) => ({ measure, ...scope, knownAt }));
    });
    const book = ['--unit', BOOK.unit, '--year', '2023', '--data', data];
    const ran = await fiscal(['measure', '--queries', '-', ...book], JSON.stringify(queries));
    return ran.json<{ exact: string }[]>().map(({ exact }) => exact);
  }

  const linesOnPage = (page: Page) =>
    page.evaluate<{ key: string; figures: string[] }[]>(`
      [...document.querySelectorAll('tr[data-line]')].map((row) => ({
        key: row.dataset.line,
        figures: [...row.querySelectorAll('td')].map((td) => td.innerText.replaceAll(',', '')),
      }))`);

  const cellsOnPage = (page: Page) =>
    page.evaluate<[string, string][]>(`
      [...document.querySelectorAll('td[data-cell]')].map((td) => [td.dataset.cell, td.innerText])`);

  async function annexOnCommandLine(knownAt: number): Promise<Map<string, string>> {
    const args = ['report', 'annex-3', '--unit', BOOK.unit, '--year', '2023', '--data', data];
    const ran = await fiscal([...args, '--known-at', String(knownAt), '--json']);
    const { rows } = ran.json<{
      rows: { id: string; cells: Record<string, { shown: string }> }[];
    }>();
    return new Map(
      rows.flatMap(({ id, cells }) =>
        Object.entries(cells).map(([column, { shown }]) => [`${id}/${column}`, shown]),
      ),
    );
  }

  const sliderAt = (knownAt: number) =>
    auditor.page.locator(`table[data-known-at='${knownAt}']`).waitFor();

  it('the slider before the adjustment shows for every line and for annex 3 what the command line gives', async () => {
    const { page } = auditor;
    await open('/audit?view=replay');
    const slider = page.getByRole('slider', { name: '日志位置' });
    await slider.fill(String(BEFORE));
    await sliderAt(BEFORE);
    await page.waitForLoadState('networkidle');
    const lines = await linesOnPage(page);
    expect(lines.length).toBeGreaterThan(5);
    const keys = lines.map(({ key }) => key);
    expect(lines.flatMap(({ figures }) => figures)).toEqual(await linesOnCommandLine(keys, BEFORE));
    const annex = await annexOnCommandLine(BEFORE);
    const cells = await cellsOnPage(page);
    expect(cells.length).toBeGreaterThan(50);
    expect(cells).toEqual(cells.map(([place]) => [place, annex.get(place) ?? '']));
    await expectAccessible(page);

    // by key one record further: the adjustment itself, and what it changed is marked
    await slider.press('ArrowRight');
    await sliderAt(BEFORE + 1);
    const changed = page.locator("tr[data-line^='YF|'] td.changed");
    await changed.first().waitFor();
    const columns = await page.evaluate<string[]>(
      `[...document.querySelectorAll("tr[data-line^='YF|'] td.changed")].map((td) => td.dataset.column)`,
    );
    expect(columns).toEqual(
      expect.arrayContaining(['midYearAdjustment', 'executable', 'unreleased']),
    );
    expect(await page.locator("tr[data-line^='AZ|'] td.changed").count()).toBe(0);
    await page.getByText('调增优抚经费').first().waitFor();
    const after = await linesOnPage(page);
    expect(after.flatMap(({ figures }) => figures)).toEqual(
      await linesOnCommandLine(
        after.map(({ key }) => key),
        BEFORE + 1,
      ),
    );
  });

  it('annex 3 is drawn as on paper, and a click on a cell leads to its events and their proof', async () => {
    const { page } = auditor;
    await open('/reports?report=annex-3');
    for (const printed of ['2227.73', '2225.97', '99.92%'])
      await page.getByRole('button', { name: printed, exact: true }).first().waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: '2225.97', exact: true }).first().click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText(/^222597\d\d\.\d\d$/).waitFor();
    await drawer.getByRole('button', { name: '查验存在证明' }).first().click();
    await drawer.getByText(/成立：浏览器用 \d+ 个哈希/).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await page.getByLabel('金额单位').selectOption('元');
    await page
      .getByRole('button', { name: /^22,?277,?340\.00$/ })
      .first()
      .waitFor();
  });

  it.each(['annex-2', 'execution', 'final-accounts', 'carryover', 'payments'])(
    'the report %s is drawn with every cell that the command line has',
    async (report) => {
      const { page } = auditor;
      await open(`/reports?report=${report}`);
      await page.locator('td[data-cell]').first().waitFor();
      const cells = (await cellsOnPage(page)).filter(([, shown]) => shown !== '');
      const args = ['report', report, '--unit', BOOK.unit, '--year', '2023', '--data', data];
      const { rows } = (await fiscal([...args, '--json'])).json<{
        rows: { id: string; cells: Record<string, { shown: string }> }[];
      }>();
      const known = new Map(
        rows.flatMap(({ id, cells: of }) =>
          Object.entries(of).map(([column, { shown }]) => [`${id}/${column}`, shown]),
        ),
      );
      expect(cells).toEqual(cells.map(([place]) => [place, known.get(place)]));
      expect(cells.length).toBeGreaterThan(5);
      await expectAccessible(page);
    },
  );

  it('the history is filtered by words, and two moments are compared with the records between', async () => {
    const { page } = auditor;
    await open('/audit');
    await page.getByRole('searchbox', { name: '全文查找' }).fill('调增优抚经费');
    await page.getByText('1 条记录').waitFor();
    await page.getByRole('button', { name: `第 ${BEFORE} 条记录` }).click();
    await page.getByRole('article').getByText('2023-07-15').first().waitFor();
    await expectAccessible(page);
    await open('/audit?view=compare');
    await page.getByLabel('第一个时点').fill(String(BEFORE));
    await page.getByLabel('第二个时点').fill(String(BEFORE + 1));
    await page.getByRole('button', { name: '对比' }).click();
    await page.getByText(/[1-9]\d* 个格不同/).waitFor();
    expect(await page.locator('tbody tr td:last-child').allInnerTexts()).toContain(String(BEFORE));
    await expectAccessible(page);
  });

  it('the log holds against a kept checkpoint, and not against one that was changed', async () => {
    const { page } = auditor;
    const { signerKey, verifierKey } = createKey(office.api.ledger.store.origin);
    const signer = parseSignerKey(signerKey);
    if (!signer.ok) throw new Error(signer.reason);
    const note = await office.api.ledger.log.checkpoint(signer.value);
    const file = (name: string, text: string) => ({
      name,
      mimeType: 'text/plain',
      buffer: Buffer.from(text),
    });
    await open('/audit?view=verify');
    const verify = async (checkpoint: string) => {
      await page.getByLabel('检查点文件').setInputFiles(file('checkpoint', checkpoint));
      await page.getByLabel('公钥文件').setInputFiles(file('key.pub', verifierKey));
      await page.getByRole('button', { name: '开始查验' }).click();
    };
    await verify(note);
    await page.getByText('查验通过').waitFor();
    await expectAccessible(page);
    const size = note.split('\n')[1]!;
    await verify(note.replace(`\n${size}\n`, `\n${Number(size) - 1}\n`));
    await page.getByText('签名与检查点内容不符').waitFor();
  });

  it('what another person posts appears without a reload, and a lost connection is told', async () => {
    const { page } = auditor;
    await open('/audit');
    await page.getByText(/\d+ 条记录/).waitFor();
    const before = await page.getByRole('status').first().innerText();
    const { page: other } = clerk;
    await other.evaluate(
      ([path]) =>
        fetch('/api/v1/session')
          .then((session) => session.json() as Promise<{ csrf: string }>)
          .then(({ csrf }) =>
            fetch(path!, {
              method: 'POST',
              headers: {
                'content-type': 'application/json',
                'x-csrf-token': csrf,
                'idempotency-key': 'live-1',
              },
              body: JSON.stringify({
                date: '2023-12-31',
                report: 'annex-3',
                figuresHash: '0'.repeat(64),
                logSize: 1,
              }),
            }),
          )
          .then((answer) => {
            if (answer.status !== 201) throw new Error(`answered ${answer.status}`);
          }),
      [`/api/v1${AT}/publications`],
    );
    await page.getByText(`${Number(/\d+/.exec(before)![0]) + 1} 条记录`).waitFor();

    await page.context().setOffline(true);
    await page.getByRole('alert').getByText('连接已断开').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('alert').waitFor({ state: 'hidden' });
    expect(auditor.complaints).toEqual([]);
  });
});
