import { Sentence } from '../../sentences/sentence.js';

/** What is said of facts without money: statistics, prior-year figures, indicators and scores. */
export const PERFORMANCE = Sentence.catalogue({
  statisticForm: {
    en: 'statistic {key} must have exactly one of count, amount and text; it has {given}',
    zh: '统计项目 {key} 须恰好填写数量、金额、文字之一，现填了 {given} 项',
  },
  priorYearLater: {
    en: 'a prior year is before {year}, not {prior}',
    zh: '上年度须在 {year} 年之前，不能是 {prior} 年',
  },
  indicatorTwice: {
    en: 'indicator {code} stands twice in the list',
    zh: '绩效指标 {code} 在列表中重复',
  },
  unknownIndicator: {
    en: 'indicator {code} was not adopted in book {book:book}',
    zh: '账簿 {book:book}没有设定绩效指标 {code}',
  },
  scoreOverWeight: {
    en: 'indicator {code} has the weight {weight}, the score given is {score}',
    zh: '绩效指标 {code} 的权重为 {weight}，填报得分为 {score}',
  },
  noIndicators: {
    en: 'no indicators were adopted in book {book:book}, so execution has no weight',
    zh: '账簿 {book:book}尚未设定绩效指标，执行率没有权重',
  },
  executionOverWeight: {
    en: 'execution has the weight {weight}, the score given is {score}',
    zh: '执行率的权重为 {weight}，填报得分为 {score}',
  },
});
