import { Sentence } from '../../sentences/sentence.js';

/** What is said where a posting would take more than there is, or names what is not there. */
export const CONTROL = Sentence.catalogue({
  insufficient: {
    en: '{line:line} has {has:yuan} yuan {what:said}, asked for {asked:yuan} yuan',
    zh: '{line:line}的{what:said}为 {has:yuan} 元，本次需要 {asked:yuan} 元',
  },
  insufficientBesideHeld: {
    en: '{line:line} has {has:yuan} yuan {what:said}, of which open proposals hold {held:yuan} yuan, asked for {asked:yuan} yuan',
    zh: '{line:line}的{what:said}为 {has:yuan} 元，其中待复核的提交已占 {held:yuan} 元，本次需要 {asked:yuan} 元',
  },
  executable: { en: 'executable budget', zh: '可执行余额' },
  unreleasedCarryover: { en: 'unreleased carryover', zh: '未下达结转' },
  reserved: { en: 'reserved', zh: '占用余额' },
  voucherPosted: {
    en: 'voucher {number} was already posted by {posted:said}',
    zh: '凭证 {number} 已由{posted:said}入账',
  },
  documentPosted: {
    en: 'document {number} of {date} was already posted to {line:line} by {posted:said}',
    zh: '{date} 的文件“{number}”已由{posted:said}记入{line:line}',
  },
  voucherProposed: {
    en: 'voucher {number} is in the open proposal {proposal} already',
    zh: '凭证 {number} 已在待复核的提交 {proposal} 中',
  },
  documentProposed: {
    en: 'document {number} of {date} for {line:line} is in the open proposal {proposal} already',
    zh: '{date} 的文件“{number}”对{line:line}已在待复核的提交 {proposal} 中',
  },
  entry: { en: '{id}', zh: '记账 {id}' },
  entryAt: {
    en: '{id} (revision {revision}, {date})',
    zh: '记账 {id}（第 {revision} 版，{date}）',
  },
  unknownProject: {
    en: 'project {project} is not registered in book {book:book} (registered: {known:list})',
    zh: '账簿 {book:book}没有登记项目 {project}（已登记：{known:list}）',
  },
  noProjectYet: {
    en: 'project {project} is not registered in book {book:book} (registered: none yet)',
    zh: '账簿 {book:book}没有登记项目 {project}（尚未登记任何项目）',
  },
  unknownEntry: {
    en: 'book {book:book} has no {what:said} with the id {id}',
    zh: '账簿 {book:book}没有编号为 {id} 的{what:said}',
  },
  reversed: {
    en: '{what:said} {id} was reversed by {by}',
    zh: '{what:said} {id} 已被 {by} 冲销',
  },
  reversalProposed: {
    en: '{what:said} {id} is to be reversed by the open proposal {proposal}',
    zh: '{what:said} {id} 将由待复核的提交 {proposal} 冲销',
  },
  payment: { en: 'payment', zh: '支付' },
  reservation: { en: 'reservation', zh: '占用' },
  directAllocation: { en: 'direct allocation', zh: '直拨' },
});

/** What is left of an earlier entry, and where; a part of other sentences. */
export const REMAINING = Sentence.catalogue({
  left: {
    en: '{left:yuan} yuan left on {where:said}',
    zh: '在{where:said}剩余 {left:yuan} 元',
  },
  leftBesideHeld: {
    en: '{left:yuan} yuan left on {where:said}, of which open proposals ({proposals:said}) hold {held:yuan} yuan',
    zh: '在{where:said}剩余 {left:yuan} 元（其中待复核的提交 {proposals:said} 已占 {held:yuan} 元）',
  },
  line: { en: '{line:line}', zh: '{line:line}上' },
  codedLine: {
    en: '{line:line}, function {function}, economic {economic}',
    zh: '{line:line}、功能科目 {function}、经济科目 {economic} 上',
  },
  uncodedLine: {
    en: '{line:line}, function {function}, economic none',
    zh: '{line:line}、功能科目 {function}（未列经济科目）上',
  },
  linesOfPayment: { en: 'the lines of this payment', zh: '本次支付的指标上' },
  procurement: { en: 'its procurement', zh: '政府采购部分' },
  ids: { en: '{ids:list}', zh: '{ids:list}' },
  idsAndMore: { en: '{ids:list} and {more} more', zh: '{ids:list}及另外 {more} 项' },
});

/** What is said of a correction. */
export const CORRECTION = Sentence.catalogue({
  unknownEntry: {
    en: 'book {book:book} has no posting with the id {id} that can be reversed',
    zh: '账簿 {book:book}没有编号为 {id} 的可冲销记账',
  },
  reversed: {
    en: '{type:event} {id} was already reversed by {by}',
    zh: '{type:event} {id} 已被 {by} 冲销',
  },
  proposed: {
    en: '{type:event} {id} is to be reversed by the open proposal {proposal}',
    zh: '{type:event} {id} 将由待复核的提交 {proposal} 冲销',
  },
  inUseByProposals: {
    en: '{type:event} {id} is in use by open proposals ({proposals:said}); settle those first',
    zh: '{type:event} {id} 已被待复核的提交（{proposals:said}）使用，请先办理这些提交',
  },
  inUse: {
    en: '{type:event} {id} is in use by later entries ({taken:yuan} yuan of it); reverse those first',
    zh: '{type:event} {id} 已被后续记账使用（其中 {taken:yuan} 元），请先冲销后续记账',
  },
});
