import { beforeAll, describe, expect, test } from '@jest/globals';
import { findCell, makeReport } from '../index.js';
import type { Report } from '../model.js';
import { figuresOf, lusongCommands, printedFigures } from '../testing/ledger.js';

const COLUMNS = { '2022决算': 'prior', '2023预算': 'budget', '2023决算': 'final' } as const;

/** Where annex 3 prints what the list of printed figures names. */
const ANNEX_3_CELLS: Readonly<Record<string, readonly [row: string, column: string]>> = {
  年初预算数: ['budget/total', 'initialBudget'],
  全年预算数: ['budget/total', 'fullYearBudget'],
  全年执行数: ['budget/total', 'expenditure'],
  '执行率%': ['budget/total', 'executionRate'],
  一般公共预算: ['nature/general-public-budget', 'income'],
  政府性基金: ['nature/government-fund', 'income'],
  非税专户: ['nature/fiscal-special-account', 'income'],
  其他资金: ['nature/other-funds', 'income'],
  基本支出: ['nature/basic', 'expenditure'],
  项目支出: ['nature/project', 'expenditure'],
  '经济成本指标 年度指标值': ['indicators/I09', 'target'],
  '经济成本指标 实际完成值(按其名义=支付资金)': ['indicators/I09', 'actual'],
  '执行率得分(10×执行率,线性)': ['budget/total', 'score'],
  '执行率得分(线性后向下取整)': ['budget/total', 'score'],
  总分: ['indicators/total', 'score'],
};

/** Print leaves trailing zeros out now and then; a report never does. */
const plain = (shown: string): string =>
  shown
    .replace(/(万元|%)$/, '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');

let annex2: Report;
let annex3: Report;
beforeAll(async () => {
  const figures = await figuresOf(lusongCommands);
  annex2 = makeReport('annex-2', { figures });
  annex3 = makeReport('annex-3', { figures });
});

const inAnnex = (annex: string) =>
  printedFigures
    .filter((f) => f.where.startsWith(annex))
    .map((f) => ({ ...f, where: f.where.slice(annex.length + 1) }));

describe('annex 2', () => {
  test.each(inAnnex('附件2'))('prints $where: $printed', ({ where, printed }) => {
    const [, name, year] = /^(.+) (\d{4}..)$/.exec(where)!;
    const row = annex2.tables
      .find((t) => t.id === 'spending')!
      .rows.find((r) => r.label.replace('其中：', '').startsWith(name!))!;
    const cell = findCell(annex2, `spending/${row.id}`, COLUMNS[year as keyof typeof COLUMNS]);
    expect(plain(cell.shown)).toBe(plain(printed));
    if (cell.exact !== '0.00') expect(cell.events.length).toBeGreaterThan(0);
  });

  test('stands in the order of the paper', () => {
    expect(annex2.tables.flatMap((t) => t.rows.map((r) => r.label))).toEqual([
      '财政供养人员',
      '三公经费',
      '1、公务用车购置和维护经费',
      '其中：公车购置',
      '公车运行维护',
      '2、出国经费',
      '3、公务接待',
      '项目支出：',
      '涉退役军人群体就业援助专项',
      '优抚经费',
      '安置经费',
      '退役军人信访维稳经费',
      '退役军人事务管理支出',
      '公用经费',
      '其中：办公经费',
      '水费、电费、差旅费',
      '会议费、培训费',
      '政府采购金额',
      '部门基本支出预算调整',
      '楼堂馆所',
      '厉行节约保障措施',
    ]);
  });

  test('counts staff and prints the rate of control', () => {
    expect(findCell(annex2, 'staff', 'authorised').shown).toBe('7');
    expect(findCell(annex2, 'staff', 'actual').shown).toBe('7');
    expect(findCell(annex2, 'staff', 'rate').shown).toBe('100.00%');
  });

  test('leaves blank and crosses out what the paper does', () => {
    expect(findCell(annex2, 'vehicles', 'final')).toMatchObject({ exact: '0.00', shown: '' });
    expect(findCell(annex2, 'procurement', 'prior').shown).toBe('——');
    expect(findCell(annex2, 'basic-adjustment', 'budget').shown).toBe('');
  });

  test('knows the adjustment of basic expenditure that the paper leaves out', () => {
    expect(findCell(annex2, 'basic-adjustment', 'final').shown).toBe('19.12');
  });
});

describe('annex 3', () => {
  test.each(inAnnex('附件3'))('prints $where: $printed', ({ where, printed }) => {
    const [row, column] = ANNEX_3_CELLS[where]!;
    const cell = findCell(annex3, row, column);
    expect(plain(cell.shown)).toBe(plain(printed));
    if (cell.exact !== '0.00') expect(cell.events.length).toBeGreaterThan(0);
  });

  test('sets the score given by hand beside the computed one', () => {
    expect(annex3.notes).toEqual([
      '执行率得分：评定 9 分，按执行率线性计算 10 × 99.92% = 9.99 分。',
      '评分说明：人工评分（线性计算为9.99）',
    ]);
  });

  test('sums up the points of each level and all weights', () => {
    const rows = annex3.tables.find((t) => t.id === 'indicators')!.rows;
    expect([...new Set(rows.map((r) => r.label))]).toEqual([
      '产出指标（40分）',
      '效益指标（20分）',
      '满意度指标（10分）',
      '成本指标（20分）',
      '总分',
    ]);
    expect(findCell(annex3, 'indicators/total', 'weight').shown).toBe('100');
  });

  test('is blank, not zero, where nothing was adopted and nobody scored', async () => {
    const figures = await figuresOf(lusongCommands.slice(0, 8));
    const early = makeReport('annex-3', { figures });
    expect(findCell(early, 'budget/total', 'score').shown).toBe('');
    expect(findCell(early, 'budget/total', 'weight').shown).toBe('');
    expect(early.notes).toEqual([]);
  });
});
