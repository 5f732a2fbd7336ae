import { Sentence } from '#domain';

/** What is said of questions that cannot be answered. */
export const ASKING = Sentence.catalogue({
  noBook: { en: 'there is no book {book:book}', zh: '没有账簿 {book:book}' },
  noBookYet: {
    en: 'there is no book {book:book} in the first {size} events of the log',
    zh: '日志的前 {size} 条记录中没有账簿 {book:book}',
  },
  noPosting: {
    en: 'book {book:book} has no posting with the id {id}',
    zh: '账簿 {book:book}没有编号为 {id} 的记账',
  },
  noStart: {
    en: 'the log has {size} events, so there is no {at} to start from',
    zh: '日志有 {size} 条记录，不能从第 {at} 条开始',
  },
  notKnownYet: {
    en: 'the log has {size} events, so nothing is known at {at} yet',
    zh: '日志有 {size} 条记录，还没有第 {at} 条时的情况',
  },
  noMeasure: {
    en: 'there is no measure {name}; there are {known:list}',
    zh: '没有指标口径 {name}；可用的有 {known:list}',
  },
  notADate: {
    en: '{name} must be a calendar date YYYY-MM-DD, not {value}',
    zh: '{name} 须为有效的日期（年-月-日），不能是 {value}',
  },
  dimension: {
    en: '{dimension} takes {what:said}, not {value}',
    zh: '参数 {dimension} 须为{what:said}，不能是 {value}',
  },
  projectCode: { en: 'a project code', zh: '项目编码' },
  functionalCodes: { en: 'functional codes', zh: '功能科目编码' },
  economicCodes: { en: 'economic codes', zh: '经济科目编码' },
  anyOf: { en: '{codes:list}', zh: ' {codes:list} 之一' },
  noDays: {
    en: 'there are no days from {from} to {to}',
    zh: '开始日期 {from} 晚于结束日期 {to}',
  },
  knownAtForm: {
    en: 'knownAt must be a whole number ≥ 0, not {value}',
    zh: '日志长度须为大于等于零的整数，不能是 {value}',
  },
  notCaughtUp: {
    en: 'the read model is at {at}, asked for {asked}; it did not get there within {ms} ms',
    zh: '查询数据更新到第 {at} 条，需要第 {asked} 条，在 {ms} 毫秒内未能更新到',
  },
  stopped: {
    en: '{fault}',
    zh: '查询数据停止更新（系统信息：{fault}）',
  },
  noProjection: {
    en: 'there is no projection {name}; there are {known:list}',
    zh: '没有查询数据 {name}；可用的有 {known:list}',
  },
  settledByOther: {
    en: 'proposal {id} was approved by {by}',
    zh: '提交 {id} 已由 {by} 复核通过',
  },
  settledByNobody: {
    en: 'proposal {id} was approved by nobody',
    zh: '提交 {id} 已入账，没有复核人',
  },
});
