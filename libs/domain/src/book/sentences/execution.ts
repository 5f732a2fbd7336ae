import { Sentence } from '../../sentences/sentence.js';

/** What is said of execution: acknowledgements, reservations, payments and refunds. */
export const EXECUTION = Sentence.catalogue({
  overAcknowledged: {
    en: 'direct allocation {id} has {open:yuan} yuan not yet acknowledged, asked for {asked:yuan} yuan',
    zh: '直拨 {id} 尚未签收 {open:yuan} 元，本次签收 {asked:yuan} 元',
  },
  overReleased: {
    en: 'reservation {id} has {remaining:said}, asked for {asked:yuan} yuan',
    zh: '占用 {id} {remaining:said}，本次释放 {asked:yuan} 元',
  },
  overReserved: {
    en: 'reservation {id} has {remaining:said}, asked for {asked:yuan} yuan',
    zh: '占用 {id} {remaining:said}，本次支付 {asked:yuan} 元',
  },
  overProcured: {
    en: 'the payment is {paid:yuan} yuan, its procurement {procurement:yuan} yuan',
    zh: '支付金额为 {paid:yuan} 元，其中政府采购为 {procurement:yuan} 元',
  },
  overRefunded: {
    en: 'payment {id} has {remaining:said}; asked for {asked:yuan} yuan',
    zh: '支付 {id} {remaining:said}，本次退回 {asked:yuan} 元',
  },
  overRefundedProcurement: {
    en: 'payment {id} has {remaining:said}, asked for {asked:yuan} yuan',
    zh: '支付 {id} {remaining:said}，本次退回 {asked:yuan} 元',
  },
});
