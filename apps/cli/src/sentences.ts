import { Sentence } from '#domain';

/** What the command line says of files that it is given. */
export const FILES = Sentence.catalogue({
  atLine: { en: 'line {line}: {what:said}', zh: '第 {line} 行：{what:said}' },
  tooLong: { en: 'line {line} is longer than {most} bytes', zh: '第 {line} 行超过 {most} 字节' },
  notUtf8: { en: 'line {line} is not UTF-8', zh: '第 {line} 行不是 UTF-8 编码' },
  notAName: { en: 'line {line}: {field} must be a name', zh: '第 {line} 行：{field} 须为名称' },
  queriesForm: {
    en: 'queries are a list, or an object with a list of figures',
    zh: '查询须为列表，或含有 figures 列表的对象',
  },
  notAnObject: { en: 'query {i} is not an object', zh: '第 {i} 项查询不是对象' },
  noSuchField: {
    en: 'the scope of query {i} has no field {field}',
    zh: '第 {i} 项查询的范围没有字段 {field}',
  },
  namesNoBook: {
    en: 'query {i} names no book: it needs unit and fiscalYear',
    zh: '第 {i} 项查询没有指明账簿：须有 unit 和 fiscalYear',
  },
  namesNoMeasure: { en: 'query {i} names no measure', zh: '第 {i} 项查询没有指明口径' },
  notADate: { en: '{name} of query {i} is not a date', zh: '第 {i} 项查询的 {name} 不是日期' },
  notANumber: { en: 'knownAt of query {i} is not a number', zh: '第 {i} 项查询的 knownAt 不是数' },
});

/** What the command line says of what it is asked to find. */
export const FINDING = Sentence.catalogue({
  noKey: {
    en: 'no key is named: --signing-key FILE or FISCAL_SIGNING_KEY; `fiscal key create` makes one',
    zh: '没有指明密钥：用 --signing-key FILE 或 FISCAL_SIGNING_KEY；`fiscal key create` 可生成密钥',
  },
  noAccount: { en: 'there is no account {login}', zh: '没有账户 {login}' },
  noSubject: { en: 'the vault has no subject {subject}', zh: '个人信息库中没有人员 {subject}' },
  noName: { en: 'the vault does not know this name', zh: '个人信息库中没有这个姓名' },
  noEvent: { en: 'there is no event {index}', zh: '没有第 {index} 条记录' },
});
