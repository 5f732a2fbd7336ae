import type { BookEvent } from '../book/events.js';

const event = (en: string, zh: string) => ({ en, zh });

/** What the events of a book are called; the app's own lists use the same words. */
export const EVENT_NAMES = {
  BookOpened: event('book opened', '建账'),
  ProjectRegistered: event('project', '登记项目'),
  CarryoverBroughtIn: event('carryover', '上年结转'),
  BudgetApproved: event('initial budget', '年初批复'),
  BudgetAdjusted: event('adjustment', '预算调整'),
  BudgetTransferred: event('transfer', '预算调剂'),
  FundsAllocatedDirectly: event('direct allocation', '直拨'),
  AllocationAcknowledged: event('acknowledgement', '直拨签收'),
  FundsReserved: event('reservation', '占用预算'),
  ReservationReleased: event('release', '释放占用'),
  PaymentMade: event('payment', '支付'),
  PaymentRefunded: event('refund', '支付退回'),
  EntryReversed: event('reversal', '红字冲销'),
  StatisticRecorded: event('statistic', '统计数据'),
  PriorYearRecorded: event('prior year', '上年数据'),
  IndicatorsAdopted: event('indicators', '绩效指标'),
  IndicatorResultRecorded: event('indicator result', '指标完成值'),
  ExecutionScored: event('execution score', '执行率评分'),
  YearClosed: event('close', '年末结账'),
  YearReopened: event('reopening', '重新开账'),
  ReportPublished: event('publication', '报表公开'),
  ApprovalRuleSet: event('approval rule', '复核限额'),
  PostingProposed: event('proposal', '提交复核'),
  ProposalRevised: event('revised proposal', '修改待复核'),
  ProposalReturned: event('returned proposal', '复核退回'),
  ProposalWithdrawn: event('withdrawn proposal', '撤回提交'),
} as const satisfies Record<BookEvent['type'], ReturnType<typeof event>>;
