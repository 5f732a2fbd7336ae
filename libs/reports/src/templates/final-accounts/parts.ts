import { functionCode, type Fund } from '#domain';
import type { CellSpec, ColumnTemplate, FixedRow, RowTemplate, Words } from '../../template.js';

/** 财政拨款: the funds that the treasury appropriates. */
export const TREASURY_FUNDS: readonly Fund[] = [
  'general-public-budget',
  'government-fund',
  'state-capital',
];

export const BASIC = ['personnel', 'operating'] as const;

export const FORM_TITLE: Words = { zh: '项目', en: 'Item' };
export const CODE_AND_NAME: Words = { zh: '科目编码及名称', en: 'Code and name' };

/** 行次: the published forms count their lines through both halves. */
export const lineColumn = (side: 'left' | 'right', group: Words): ColumnTemplate => ({
  id: side === 'left' ? 'incomeLine' : 'expenditureLine',
  label: { zh: '行次', en: 'Line' },
  group: [group],
  align: 'center',
  width: 0.6,
  cell: { lineNumber: side },
});

const CLASSES =
  '201 202 203 204 205 206 207 208 210 211 212 213 214 215 216 217 219 220 221 222 223 224 229 231 232 234'.split(
    ' ',
  );
const ORDINALS =
  '一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 二十一 二十二 二十三 二十四 二十五 二十六'.split(
    ' ',
  );
/** Classes of the form that the classification of the year no longer or not yet lists. */
const OTHER_NAMES: Readonly<Record<string, { zh: string; en: string }>> = {
  '234': { zh: '抗疫特别国债安排的支出', en: 'Special anti-epidemic bonds' },
};

/** The 26 类 of 支出功能分类 as the published forms number them, then any that they do not know. */
export const classRows = (cells: Readonly<Record<string, CellSpec>>): readonly RowTemplate[] => [
  ...CLASSES.map((code, i): FixedRow => {
    const name = functionCode(code) ?? OTHER_NAMES[code];
    return {
      id: code,
      label: {
        zh: `${ORDINALS[i]}、${name?.zh ?? code}`,
        en: `${i + 1}. ${name?.en ?? code}`,
      },
      scope: { function: [code] },
      cells,
    };
  }),
  { repeat: { over: 'functions', levels: [3], except: CLASSES }, cells },
];

/** 合计 and below it 类, 款 and 项, those with an amount. */
export const functionRows = (columns: readonly string[]): readonly RowTemplate[] => [
  { id: 'total', label: { zh: '合计', en: 'Total' }, kind: 'total' },
  { repeat: { over: 'functions', levels: [3, 5, 7] }, keepIfNonZero: columns },
];

export const emptyBecauseNo = (what: { readonly zh: string; readonly en: string }): Words => ({
  zh: `{unitName}{fiscalYear}年度没有${what.zh}，故本表无数据。`,
  en: `{unitName} has no ${what.en} in {fiscalYear}.`,
});

export const formNumber = (number: string): Words => ({
  zh: `公开${number}表`,
  en: `Form ${number}`,
});
