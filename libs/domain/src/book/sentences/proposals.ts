import { Sentence } from '../../sentences/sentence.js';

/** What is said of proposals (复核) and of the book as a whole. */
export const PROPOSALS = Sentence.catalogue({
  ownId: {
    en: 'a proposal keeps its id {id} for the posting; proposing it needs another id',
    zh: '提交编号 {id} 留给入账使用，提交这一命令须另用编号',
  },
  idUsed: { en: 'the id {id} was used before', zh: '编号 {id} 已经用过' },
  postedByApproving: {
    en: '{id} is a proposal of {by}: it is posted by approving it',
    zh: '{id} 是 {by} 的提交，须经复核入账',
  },
  madeByAnother: {
    en: 'proposal {id} was made by {by}, not by {actor}',
    zh: '提交 {id} 的经办人是 {by}，不是 {actor}',
  },
  proposer: {
    en: '{person} proposed {id} and cannot also approve it',
    zh: '{person} 是 {id} 的经办人，不能自己复核',
  },
  reviser: {
    en: '{person} revised {id} and cannot also approve it',
    zh: '{person} 修改过 {id}，不能自己复核',
  },
  unknown: {
    en: 'book {book:book} has no proposal {id}',
    zh: '账簿 {book:book}没有提交 {id}',
  },
  notOpen: { en: 'proposal {id} is {state:state}', zh: '提交 {id} {state:state}' },
  changed: {
    en: 'proposal {id} is not what was shown: it is now version {version}; look at it again',
    zh: '提交 {id} 与所显示的不同：现为第 {version} 稿，请重新查看',
  },
});

/** What is said before a command's own rules are looked at. */
export const DECISION = Sentence.catalogue({
  moneyOverflow: {
    en: 'the amount passes 90071992547409.91 yuan, beyond which fen are no longer exact',
    zh: '金额超过 90,071,992,547,409.91 元，无法再精确到分',
  },
  aboveThreshold: {
    en: 'above {threshold:yuan} yuan another person must approve',
    zh: '超过 {threshold:yuan} 元须由另一人复核',
  },
  aboveTogether: {
    en: 'above {threshold:yuan} yuan another person must approve, and together with what was posted without one within {days} days on the same line or to the same party this is above',
    zh: '超过 {threshold:yuan} 元须由另一人复核；与 {days} 天内同一指标或同一收款方未经复核入账的金额合计已超过限额',
  },
  notOpen: { en: 'book {book:book} is not open', zh: '账簿 {book:book}尚未建立' },
  closed: {
    en: 'book {book:book} was closed by {by}; it takes only reopen-year',
    zh: '账簿 {book:book}已由记账 {by} 结账，只能重新开账',
  },
  outsideYear: {
    en: 'the business date {date} is not in the fiscal year {year}',
    zh: '业务日期 {date} 不在 {year} 预算年度内',
  },
});
