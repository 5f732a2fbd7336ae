import type { Words } from '../template.js';

/** The line under both annexes: it is filled in by hand. */
export const SIGNATURE: readonly Words[] = [
  { zh: '填表人：', en: 'Filled in by:' },
  { zh: '填报日期：', en: 'Date:' },
  { zh: '联系电话：', en: 'Telephone:' },
  { zh: '单位负责人签字：', en: 'Head of unit:' },
];
