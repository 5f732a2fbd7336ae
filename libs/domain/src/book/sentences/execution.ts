import { Sentence } from '../../sentences/sentence.js';

/** What is said of execution: acknowledgements, reservations, payments and refunds. */
export const EXECUTION = Sentence.catalogue({
  overAcknowledged: {
    en: 'direct allocation {id} has {open:yuan} yuan not yet acknowledged, asked for {asked:yuan} yuan',
    zh: '直拨 {id} 尚未签收 {open:yuan} 元，本次签收 {asked:yuan} 元',
  },
  overReleased: {
    en: 'reservation {id} has {left:yuan} yuan left on {line:line}, asked for {asked:yuan} yuan',
    zh: '占用 {id} 在{line:line}上剩余 {left:yuan} 元，本次释放 {asked:yuan} 元',
  },
  reservationUsedUp: {
    en: 'reservation {id} has nothing left on the lines of this payment',
    zh: '占用 {id} 在本次支付的指标上已无余额',
  },
  overProcured: {
    en: 'the payment is {paid:yuan} yuan, its procurement {procurement:yuan} yuan',
    zh: '支付金额为 {paid:yuan} 元，其中政府采购为 {procurement:yuan} 元',
  },
  overRefunded: {
    en: 'payment {id} has {left:yuan} yuan left on {line:line}, function {function}, economic {economic}; asked for {asked:yuan} yuan',
    zh: '支付 {id} 在{line:line}、功能科目 {function}、经济科目 {economic} 上剩余 {left:yuan} 元，本次退回 {asked:yuan} 元',
  },
  overRefundedUncoded: {
    en: 'payment {id} has {left:yuan} yuan left on {line:line}, function {function}, economic none; asked for {asked:yuan} yuan',
    zh: '支付 {id} 在{line:line}、功能科目 {function}（未列经济科目）上剩余 {left:yuan} 元，本次退回 {asked:yuan} 元',
  },
  overRefundedProcurement: {
    en: 'payment {id} has {left:yuan} yuan of procurement left, asked for {asked:yuan} yuan',
    zh: '支付 {id} 的政府采购剩余 {left:yuan} 元，本次退回 {asked:yuan} 元',
  },
});
