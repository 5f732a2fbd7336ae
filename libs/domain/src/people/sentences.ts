import { Sentence } from '../sentences/sentence.js';

/** What is said of duties that one person must not have together. */
export const DUTIES_OF_PEOPLE = Sentence.catalogue({
  conflict: {
    en: 'one person must not be {admin:role} and {other:role}: each of the three administrators has that duty and no other',
    zh: '同一人不能既是{admin:role}又是{other:role}：三员各任其职，不得兼任其他职责',
  },
});
