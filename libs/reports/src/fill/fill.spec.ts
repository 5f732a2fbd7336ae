import { describe, expect, test } from '@jest/globals';
import { fill, findCell, makeReport, render, type Template } from '../index.js';
import { CURRENT, figuresOf, lusongCommands, Postings } from '../testing/ledger.js';

/** A form that no code knows of: what another province would bring. */
const PROVINCE: Template = {
  report: 'province',
  title: { zh: '{unitName}{fiscalYear}年民生支出表', en: 'People' },
  layout: 'tables',
  tables: [
    {
      id: 'people',
      title: '民生支出',
      rowHeader: { label: '类别' },
      columns: [
        { id: 'general', label: '一般公共预算', scope: { fund: ['general-public-budget'] } },
        { id: 'all', label: '合计', cell: { measure: 'expenditure' } },
        { id: 'rest', label: '其余', cell: { minus: ['all', 'general'] } },
        {
          id: 'share',
          label: '占比',
          cell: { percentOf: ['all', { row: 'total', column: 'all' }] },
        },
      ],
      rows: [
        {
          id: 'welfare',
          label: '对个人和家庭的补助',
          scope: { economic: ['303'] },
          cells: { general: { measure: 'expenditure' } },
        },
        { id: 'other', label: '其他', cells: { all: { minus: [at('total'), at('welfare')] } } },
      ],
      foot: [{ id: 'total', label: '合计', kind: 'total' }],
      footings: [{ rows: 'top', total: 'total', columns: ['all'] }],
    },
  ],
};
function at(row: string) {
  return { row, column: 'all' };
}

describe('fill', () => {
  test("a new province's form is a new template", async () => {
    const report = fill(PROVINCE, await figuresOf(lusongCommands));
    expect(report.title.zh).toBe('株洲市芦淞区退役军人事务局2023年民生支出表');
    expect(findCell(report, 'welfare', 'all').shown).toBe('2039.28');
    expect(findCell(report, 'welfare', 'rest').exact).toBe('0.00');
    expect(findCell(report, 'other', 'all').shown).toBe('186.69');
    expect(findCell(report, 'other', 'share').shown).toBe('8.39%');
    expect(findCell(report, 'other', 'all').events).toEqual([12, 14, 20, 21, 22, 23, 24, 25]);
  });

  test('a cell that depends on itself is a fault of the template', async () => {
    const figures = await figuresOf(lusongCommands);
    const [table] = PROVINCE.tables;
    const endless: Template = {
      ...PROVINCE,
      tables: [{ ...table!, columns: [{ id: 'a', label: 'a', cell: { plus: ['a'] } }] }],
    };
    expect(() => fill(endless, figures)).toThrow('depends on itself');
  });

  test('parts that are not all of the total are called unequal, not rounded', async () => {
    const figures = await figuresOf(lusongCommands);
    const [table] = PROVINCE.tables;
    const partial: Template = { ...PROVINCE, tables: [{ ...table!, rows: [table!.rows[0]!] }] };
    expect(fill(partial, figures, { amountUnit: '元' }).tables[0]!.notes).toEqual([
      '不符：合计 对个人和家庭的补助 20392800.00 = 20392800.00，合计 22259700.00，精确值相差 1866900.00 元',
    ]);
  });

  test('a project may bear the name of a row of the form', async () => {
    const book = new Postings().project('total', '1000.00').project('basic', '2000.00');
    const report = makeReport(
      'execution',
      { figures: await figuresOf(book.commands) },
      { amountUnit: '元' },
    );
    expect(report.tables[0]!.rows.map((r) => r.id)).toEqual([
      'basic',
      'project',
      'total~',
      'basic~',
      'total',
    ]);
    expect(findCell(report, 'total', 'initialBudget').shown).toBe('3000.00');
    expect(findCell(report, 'basic~', 'initialBudget').shown).toBe('2000.00');
    expect(report.tables[0]!.notes).toEqual([]);
  });

  test('a placeholder in a name stays what it is', async () => {
    const book = new Postings('{fiscalYear}局').project('A', '1000.00', { name: '{unitName}' });
    const report = makeReport('execution', { figures: await figuresOf(book.commands) });
    expect(report.heading[0]).toBe('编制单位：{fiscalYear}局');
    expect(report.tables[0]!.rows[2]!.label).toBe('{unitName}');
  });

  test('shows a book as a ledger would that stopped at an index', async () => {
    const figures = await figuresOf(lusongCommands, { knownAt: 13 });
    const report = makeReport('execution', { figures });
    expect(report.logSize).toBe(13);
    expect(report.asOf).toEqual({ knownAt: 13 });
    expect(findCell(report, 'total', 'expenditure').shown).toBe('990.00');
  });

  test('an empty book gives every report, with 空表说明 where there is nothing', async () => {
    const figures = await figuresOf(new Postings().commands);
    for (const name of ['execution', 'carryover', 'trial-balance', 'final-accounts']) {
      const report = makeReport(name, { figures });
      for (const table of report.tables)
        expect(table.notes.join()).toMatch(/空表说明：测试单位2023年度.+，故本表无数据。/);
      for (const format of ['text', 'json', 'csv', 'html'] as const)
        expect(render(report, format)).toContain('空表说明');
    }
    for (const name of ['annex-2', 'annex-3'])
      expect(render(makeReport(name, { figures }), 'text')).toContain('单位负责人签字');
  });

  test('a total is rounded from its exact value', async () => {
    const book = new Postings();
    for (const p of ['A', 'B', 'C']) book.project(p, '149.99');
    const report = makeReport('execution', { figures: await figuresOf(book.commands) });
    expect(findCell(report, 'A', 'initialBudget').shown).toBe('0.01');
    expect(findCell(report, 'total', 'initialBudget')).toMatchObject({
      exact: '449.97',
      shown: '0.04',
    });
    expect(report.tables[0]!.notes).toContain(
      '尾差：年初预算 A 0.01 + B 0.01 + C 0.01 = 0.03，合计 0.04，差 0.01（四舍五入）',
    );
  });

  test('names the sum only where the parts are many', async () => {
    const book = new Postings();
    for (let i = 0; i < 12; i += 1) book.project(`P${i}`, '149.99');
    const report = makeReport('execution', { figures: await figuresOf(book.commands) });
    expect(report.tables[0]!.notes).toContain(
      '尾差：年初预算 各项之和 = 0.12，合计 0.18，差 0.06（四舍五入）',
    );
  });

  test('the line of a fund other than the general one is named by it', async () => {
    const book = new Postings().project('A', '1000.00').post('2023-03-01', 'approve-budget', {
      document: { number: '基金', date: '2023-03-01' },
      lines: [{ ...CURRENT, fund: 'government-fund', project: 'A', amount: '5.00' }],
    });
    const report = makeReport('carryover', { figures: await figuresOf(book.commands) });
    expect(report.tables[0]!.rows.map((r) => r.id)).toEqual([
      'A:general-public-budget:current',
      'A:government-fund:current',
      'total',
    ]);
  });
});
