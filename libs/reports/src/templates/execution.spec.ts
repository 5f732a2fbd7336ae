import { beforeAll, describe, expect, test } from '@jest/globals';
import { findCell, makeReport, render } from '../index.js';
import type { Report } from '../model.js';
import {
  figuresOf,
  lusongCommands,
  printedFigures,
  type PrintedFigure,
} from '../testing/ledger.js';

let report: Report;
beforeAll(async () => {
  report = makeReport('execution', { figures: await figuresOf(lusongCommands) });
});

const rowOf = ({ project, category, ...others }: PrintedFigure['scope']): string | undefined => {
  if (Object.keys(others).length) return undefined;
  if (typeof project === 'string') return project;
  if (category === undefined) return 'total';
  return (category as string[]).includes('project') ? 'project' : 'basic';
};

const MEASURES = [
  'initialBudget',
  'midYearAdjustment',
  'directAllocation',
  'fullYearBudget',
  'expenditure',
  'executionRate',
  'carryoverOut',
];
const printed = printedFigures.flatMap((figure) => {
  const row = rowOf(figure.scope);
  return row && MEASURES.includes(figure.measure) && figure.reproducible !== false
    ? [{ ...figure, row }]
    : [];
});

describe('execution', () => {
  test('covers what the narrative of the report prints', () => {
    expect(printed.length).toBeGreaterThan(40);
  });

  test.each(printed)('shows $where: $printed', ({ row, measure, printed: paper }) => {
    expect(Number(findCell(report, row, measure).shown.replace('%', ''))).toBe(Number(paper));
  });

  test('says where rounded parts do not add up to the rounded total', () => {
    expect(report.tables[0]!.notes).toContain(
      '尾差：结余 优抚经费 0.21 + 退役军人事务管理支出 1.56 = 1.77，合计 1.76，差 0.01（四舍五入）',
    );
  });

  test('has no such note in yuan, where nothing is rounded', async () => {
    const inYuan = makeReport(
      'execution',
      { figures: await figuresOf(lusongCommands) },
      { amountUnit: '元' },
    );
    expect(inYuan.tables[0]!.notes).toEqual([]);
    expect(findCell(inYuan, 'total', 'carryoverOut').shown).toBe('17640.00');
  });

  test('shows the book as it was on a day', async () => {
    const june = makeReport('execution', {
      figures: await figuresOf(lusongCommands, { to: '2023-06-30' }),
    });
    expect(findCell(june, 'total', 'expenditure').shown).toBe('990.00');
    expect(june.heading[1]).toBe('2023年度，截至 2023-06-30');
  });

  test('as text', () => {
    expect(render(report, 'text')).toMatchInlineSnapshot(`
     "                                                 2023年度预算执行情况表

     编制单位：株洲市芦淞区退役军人事务局                                 2023年度                                 单位：万元
     ┌──────────────────────────────┬─────────┬──────────┬────────┬──────────┬──────────┬────────┬─────────┬─────────┬──────┐
     │                              │  年初   │          │        │          │  全年预  │        │         │         │      │
     │             项目             │  预算   │ 年中调整 │  直拨  │ 年初结转 │   算数   │ 已占用 │  支出   │ 执行率  │ 结余 │
     ├──────────────────────────────┼─────────┼──────────┼────────┼──────────┼──────────┼────────┼─────────┼─────────┼──────┤
     │ 基本支出                     │  124.05 │    19.12 │   0.00 │     0.00 │   143.17 │   0.00 │  143.17 │ 100.00% │ 0.00 │
     │   人员经费                   │  109.45 │    24.32 │   0.00 │     0.00 │   133.77 │   0.00 │  133.77 │ 100.00% │ 0.00 │
     │   公用经费                   │   14.60 │    -5.20 │   0.00 │     0.00 │     9.40 │   0.00 │    9.40 │ 100.00% │ 0.00 │
     │ 项目支出                     │ 2248.65 │   154.15 │ 320.00 │    13.23 │  2084.56 │   0.00 │ 2082.80 │  99.92% │ 1.76 │
     │   涉退役军人群体就业援助专项 │  320.00 │     0.00 │ 320.00 │     0.00 │     0.00 │   0.00 │    0.00 │   0.00% │ 0.00 │
     │   优抚经费                   │ 1667.90 │   160.24 │   0.00 │    11.68 │  1828.35 │   0.00 │ 1828.14 │  99.99% │ 0.21 │
     │   安置经费                   │  257.75 │   -46.61 │   0.00 │     0.00 │   211.14 │   0.00 │  211.14 │ 100.00% │ 0.00 │
     │   退役军人事务管理支出       │    3.00 │    23.51 │   0.00 │     1.56 │    28.07 │   0.00 │   26.51 │  94.46% │ 1.56 │
     │   退役军人信访维稳经费       │    0.00 │    17.01 │   0.00 │     0.00 │    17.01 │   0.00 │   17.01 │ 100.00% │ 0.00 │
     ├──────────────────────────────┼─────────┼──────────┼────────┼──────────┼──────────┼────────┼─────────┼─────────┼──────┤
     │ 合计                         │ 2372.70 │   173.27 │ 320.00 │    13.23 │  2227.73 │   0.00 │ 2225.97 │  99.92% │ 1.76 │
     └──────────────────────────────┴─────────┴──────────┴────────┴──────────┴──────────┴────────┴─────────┴─────────┴──────┘
     尾差：年初结转 优抚经费 11.68 + 退役军人事务管理支出 1.56 = 13.24，合计 13.23，差 0.01（四舍五入）
     尾差：全年预算数 优抚经费 1828.35 + 安置经费 211.14 + 退役军人事务管理支出 28.07 + 退役军人信访维稳经费 17.01 =
     2084.57，合计 2084.56，差 0.01（四舍五入）
     尾差：结余 优抚经费 0.21 + 退役军人事务管理支出 1.56 = 1.77，合计 1.76，差 0.01（四舍五入）

     账簿 430203-208001 / 2023，依据日志前 44 条事件
     "
    `);
  });

  test('in English', async () => {
    const english = makeReport(
      'execution',
      { figures: await figuresOf(lusongCommands) },
      { lang: 'en' },
    );
    expect(render(english, 'text')).toContain('Amounts in 10,000 yuan');
    expect(english.tables[0]!.rows.map((r) => r.label)).toContain('Basic expenditure');
    expect(english.tables[0]!.notes).toContain(
      'Rounding: Remainder: 优抚经费 0.21 + 退役军人事务管理支出 1.56 = 1.77, total 1.76, difference 0.01 (each rounded half up)',
    );
  });
});
