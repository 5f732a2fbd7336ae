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
  payment: { en: 'payment', zh: '支付' },
  reservation: { en: 'reservation', zh: '占用' },
  directAllocation: { en: 'direct allocation', zh: '直拨' },
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
  inUse: {
    en: '{type:event} {id} is in use by later entries ({taken:yuan} yuan of it); reverse those first',
    zh: '{type:event} {id} 已被后续记账使用（其中 {taken:yuan} 元），请先冲销后续记账',
  },
});
