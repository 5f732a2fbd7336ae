import { Sentence } from '#domain';

/** What is said of a text that is not the JSON that the ledger takes. */
export const JSON_TEXT = Sentence.catalogue({
  at: { en: '{fault:said}, at character {at}', zh: '{fault:said}（第 {at} 个字符）' },
  /** What the platform's own reader finds; `fault` is its message. */
  unreadable: { en: '{fault}', zh: 'JSON 无法读取（系统信息：{fault}）' },
  afterEnd: {
    en: 'there is more text after the end of the value',
    zh: '内容结束之后还有多余的文字',
  },
  tooDeep: { en: 'the value is nested deeper than {most} levels', zh: '嵌套超过 {most} 层' },
  keyExpected: { en: 'a key in double quotes is expected', zh: '此处应为双引号括起的字段名' },
  keyTwice: { en: 'the key {key} stands twice in an object', zh: '字段 {key} 重复' },
  protoKey: { en: 'the key "__proto__" is not allowed', zh: '不允许字段 "__proto__"' },
  colonExpected: { en: 'a colon is expected after the key', zh: '字段名之后应为冒号' },
  objectOpen: {
    en: 'a comma or the end of the object is expected',
    zh: '此处应为逗号或对象的结尾',
  },
  listOpen: { en: 'a comma or the end of the list is expected', zh: '此处应为逗号或列表的结尾' },
  noSuchEscape: { en: 'there is no such escape in JSON', zh: 'JSON 中没有这种转义' },
  controlCharacter: {
    en: 'a control character must be escaped in a string',
    zh: '文字中的控制字符须转义',
  },
  stringOpen: { en: 'the string has no end', zh: '文字缺少结尾的引号' },
  halfPair: { en: 'the string has half of a surrogate pair', zh: '文字中有不完整的字符' },
  noSuchNumber: { en: 'there is no such number in JSON', zh: 'JSON 中没有这种数的写法' },
  numberTooLarge: { en: 'the number is too large', zh: '数值过大' },
  valueExpected: { en: 'a JSON value is expected', zh: '此处应为 JSON 值' },
  endsEarly: { en: 'the text ends too early', zh: '内容不完整' },
});
