import { expect, it } from '@jest/globals';
import { languageOf } from './language.js';

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['zh-CN', 'zh'],
  ['zh', 'zh'],
  ['ZH-Hant-TW', 'zh'],
  ['en-GB,zh;q=0.9', 'en'],
  ['en;q=0.5, zh;q=0.8', 'zh'],
  ['fr, de;q=0.9', 'en'],
  ['fr, zh;q=0.1', 'zh'],
  ['zh;q=0, en', 'en'],
  ['zh;q=0', 'en'],
  ['zhuang', 'en'],
  ['*', 'en'],
  [';;,,=q', 'en'],
])('of Accept-Language %s it is %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});
