import { Sentence } from '../../sentences/sentence.js';

/** What is said of the form of a command before any book is looked at. */
export const READING = Sentence.catalogue({
  notACommand: {
    en: 'a command is a JSON object, not {value}',
    zh: '命令须为 JSON 对象，不能是 {value}',
  },
  commandMissing: { en: 'command is missing', zh: '缺少命令名称' },
  noSuchCommand: { en: 'there is no command {value}', zh: '没有命令 {value}' },
  andMore: { en: '{first:said} (and {more} more)', zh: '{first:said}（另有 {more} 处）' },
  notProposable: {
    en: 'a proposal is of one of {commands:list}, not of {value}',
    zh: '可提交复核的命令为 {commands:list}，不能是 {value}',
  },
  notAnObject: {
    en: '{field:field} must be an object, not {value}',
    zh: '{field:field}须为一组字段，不能是 {value}',
  },
  unknownField: {
    en: '{field:field} is not a field of this command',
    zh: '命令中没有{field:field}这个字段',
  },
  missing: { en: '{field:field} is missing', zh: '请填写{field:field}' },
  notAList: {
    en: '{field:field} must be a list, not {value}',
    zh: '{field:field}须为列表，不能是 {value}',
  },
  itemCount: {
    en: '{field:field} must have {least} to {most} items, not {count}',
    zh: '{field:field}须有 {least} 至 {most} 项，现有 {count} 项',
  },
  mustBe: {
    en: '{field:field} must be {form:said}, not {value}',
    zh: '{field:field}须为{form:said}，不能是 {value}',
  },
});

/** The forms that a value may be asked to have, as a part of a sentence. */
export const FORMS = Sentence.catalogue({
  text: {
    en: '1 to {longest} characters of text without control characters',
    zh: ' 1 至 {longest} 个字的文字，不含控制字符',
  },
  commandId: { en: '1 to 128 printable ASCII characters', zh: ' 1 至 128 个可见的 ASCII 字符' },
  proposalId: { en: '1 to 120 printable ASCII characters', zh: ' 1 至 120 个可见的 ASCII 字符' },
  unitCode: {
    en: 'a unit code of letters, digits, dots and hyphens',
    zh: '由字母、数字、点和连字符组成的单位编码',
  },
  code: {
    en: 'a code of 1 to 64 letters, digits and . _ -',
    zh: ' 1 至 64 个字母、数字和 . _ - 组成的编码',
  },
  sha256: { en: 'a SHA-256 in 64 hex digits', zh: ' 64 位十六进制的 SHA-256 摘要' },
  count: {
    en: 'a whole number ≥ 0 as text, like "7"',
    zh: '大于等于零的整数，以文字书写，如 "7"',
  },
  score: {
    en: 'a number ≥ 0 with at most two decimals as text, like "9.5"',
    zh: '大于等于零、最多两位小数的数，以文字书写，如 "9.5"',
  },
  currency: { en: '"CNY"', zh: ' "CNY"' },
  category: {
    en: 'personnel, operating or project',
    zh: '人员经费、公用经费或项目支出',
  },
  remainderKind: { en: 'carry-forward, surplus or recovery', zh: '结转、结余或收回' },
  expenditure: { en: '"expenditure"', zh: ' "expenditure"' },
  wholeNumber: { en: 'a whole number from {least} to {most}', zh: ' {least} 至 {most} 的整数' },
  date: { en: 'a calendar date YYYY-MM-DD', zh: '有效的日期，格式为年-月-日，如 2023-06-30' },
  amount: {
    en: 'yuan with exactly two decimals as text, like "1234.00"',
    zh: '以元为单位、恰有两位小数的金额，如 "1234.00"',
  },
  positive: { en: 'above zero', zh: '大于零的金额' },
  notNegative: { en: 'zero or above', zh: '大于等于零的金额' },
  notZero: { en: 'other than zero', zh: '不为零的金额' },
  fund: { en: 'one of {funds:funds}', zh: '以下之一：{funds:funds}' },
  origin: { en: '{origins:origins}', zh: '{origins:origins}' },
  functionCode: {
    en: 'a functional code of 7 digits from the classification',
    zh: '分类表中的 7 位功能科目编码',
  },
  economicCode: {
    en: 'an economic code of 5 digits from the classification',
    zh: '分类表中的 5 位经济科目编码',
  },
});
