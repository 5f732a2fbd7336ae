import { Sentence } from '../../sentences/sentence.js';

/** What is said of a year's end: the close, the reopening, and the opening of the next book. */
export const CLOSING = Sentence.catalogue({
  proposalsOpen: {
    en: 'book {book:book} has open proposals, to be approved, returned or withdrawn before the close: {ids:list}',
    zh: '账簿 {book:book}还有待复核的提交，结账前须复核、退回或撤回：{ids:list}',
  },
  mismatch: {
    en: 'the carryover does not match the remainders of book {book:book}: {differences:all}',
    zh: '结转结余处理与账簿 {book:book}的余额不一致：{differences:all}',
  },
  difference: {
    en: '{line:line} has a remainder of {has:yuan}, given {given:yuan}, difference {difference:yuan}',
    zh: '{line:line}余额 {has:yuan} 元，填报 {given:yuan} 元，相差 {difference:yuan} 元',
  },
  kindNeeded: {
    en: '{line:line} splits by rule into {parts:sums}; name the kind of each part',
    zh: '{line:line}按规定分为{parts:sums}，请写明每一部分的处理方式',
  },
  reasonNeeded: {
    en: '{line:line} is by rule {parts:sums}; {amount:yuan} as {kind:remainder} needs a reason',
    zh: '{line:line}按规定为{parts:sums}；将 {amount:yuan} 元作{kind:remainder}处理须写明事由',
  },
  part: { en: '{amount:yuan} {kind:remainder}', zh: '{kind:remainder} {amount:yuan} 元' },
  reopeningProposed: {
    en: 'book {book:book} is to be reopened by the open proposal {proposal}',
    zh: '账簿 {book:book}将由待复核的提交 {proposal} 重新开账',
  },
  notClosed: {
    en: 'book {book:book} is not closed, so it cannot be reopened',
    zh: '账簿 {book:book}尚未结账，不能重新开账',
  },
  reopeningUnapproved: {
    en: 'reopening a year takes two people: nobody approved it',
    zh: '重新开账须由两人办理：尚无人复核',
  },
  reopeningAlone: {
    en: 'reopening a year takes two people: {person} cannot also approve it',
    zh: '重新开账须由两人办理：{person} 不能自己复核',
  },
  nextNotPrepared: {
    en: 'book {book:book} is not closed, so the next year cannot be prepared from it',
    zh: '账簿 {book:book}尚未结账，不能据此建立下年度账簿',
  },
});
