import { Sentence } from '../../sentences/sentence.js';

/** What is said of a budget: opening a book, projects, carryover, approval, adjustment and transfer. */
export const BUDGET = Sentence.catalogue({
  openedBefore: { en: 'book {book:book} was opened before', zh: '账簿 {book:book}此前已经建立' },
  registered: {
    en: 'project {project} is already registered as {name}',
    zh: '项目 {project} 已登记，名称为“{name}”',
  },
  carryoverFromLater: {
    en: 'carryover comes from a year before {year}, not from {from}',
    zh: '结转须来自 {year} 年之前的年度，不能来自 {from} 年',
  },
  sourceAfterCarryover: {
    en: 'money carried over from {from} cannot come from {source}',
    zh: '从 {from} 年结转的资金不可能来自 {source} 年',
  },
  priorNotClosed: {
    en: 'book {prior:book} is in this ledger and is not closed, so what it carries forward is not known yet',
    zh: '账簿 {prior:book}尚未结账，其结转金额还不能确定',
  },
  carriedOtherwise: {
    en: 'the carryover differs from what book {prior:book} carried forward: {differences:all}',
    zh: '结转与账簿 {prior:book}结转下年的金额不一致：{differences:all}',
  },
  carriedDifference: {
    en: '{project} / {fund:fund}: carried forward {was:yuan}, brought in {is:yuan}',
    zh: '{project} / {fund:fund}：上年结转 {was:yuan} 元，本次转入 {is:yuan} 元',
  },
  carryoverProposed: {
    en: 'the open proposal {proposal} brings in carryover already, and this is all that book {prior:book} carried forward',
    zh: '待复核的提交 {proposal} 已转入结转，账簿 {prior:book}结转下年的金额已全部在内',
  },
  approvalProposed: {
    en: '{line:line} is to be approved by the open proposal {proposal}',
    zh: '{line:line}将由待复核的提交 {proposal} 批复',
  },
  approvedBefore: {
    en: '{line:line} was approved by {by}; a later change is an adjustment',
    zh: '{line:line}已由记账 {by} 批复，之后的变动请用预算调整',
  },
  transferAcrossFunds: {
    en: 'a transfer stays within one fund; this one names {funds:both}',
    zh: '调剂须在同一资金性质内进行，本次涉及{funds:both}',
  },
  transferUnbalanced: {
    en: 'the lines of a transfer must sum to 0.00; these sum to {sum:yuan}',
    zh: '调剂各行合计须为 0.00 元，现合计 {sum:yuan} 元',
  },
  carryoverTransferred: {
    en: 'carryover of project {project} cannot be transferred: it is spent on its own line, or closed',
    zh: '项目 {project} 的上年结转不能调剂：只能在原指标支出，或在结账时处理',
  },
  carryoverAllocated: {
    en: 'carryover of project {project} cannot be allocated directly: it is spent on its own line, or closed',
    zh: '项目 {project} 的上年结转不能直拨：只能在原指标支出，或在结账时处理',
  },
  carryoverOrigin: {
    en: 'carryover is brought in to lines of origin carryover, not {origin:origin}',
    zh: '上年结转只能记入“上年结转”指标，不能记入“{origin:origin}”指标',
  },
  budgetOrigin: {
    en: 'a budget is approved for lines of origin current, not {origin:origin}',
    zh: '年初批复只能记入“本年拨款”指标，不能记入“{origin:origin}”指标',
  },
});
