// Bodies that must be refused: whole ones, and valid ones with one place made wrong.

const json = (value) => JSON.stringify(value);

/** Raw JSON that is wrong wherever text is wanted. */
const NO_TEXT = [
  ...['0.1', '1e400', '-0', 'null', 'true', '[]', '{}', '[["a"]]', '{"toString":"x"}'],
  ...[String(0.1 + 0.2), '""', '"  "', '"\\u0000"', '"a\\u202eb"', '"\\ud800"', '"\\udc00x"'],
  json('x'.repeat(20_000)),
];
const NO_AMOUNT = [
  ...['１２.００', '1e400', '-0.00', String(0.1 + 0.2), '1.5', '1', '1.000', '1,000.00', '+1.00'],
  ...[' 1.00', '1.00 ', '1.00\n', '01.00', '.50', '1.', '0x10.00', 'NaN', 'Infinity', '٣.٠٠'],
  ...['9999999999999999.00', '1。00', '1.００', '−1.00', '1_0.00'],
].map(json);
const NO_DATE = [
  ...['２０２３-０１-０１', '2023-02-30', '2023-00-10', '2023-13-01', '2023-1-1', '20230101'],
  ...[
    '2023-01-01T00:00:00Z',
    '2023-01-01\n',
    ' 2023-01-01',
    '2023/01/01',
    '0000-00-00',
    '-2023-01-01',
  ],
].map(json);
const NO_COUNT = ['０', '-1', '1e3', '07', '1.0', '+1', '9'.repeat(20)].map(json);
const NO_SCORE = ['１０', '-1', '1e1', '9,5', '09', '1.234', 'NaN'].map(json);
const NO_NUMBER = [
  ...['"2023"', '2023.5', '1e400', '-2023', '1e21', 'null', 'true', '[2023]', '{}', '"２０２３"'],
];
const NO_LIST = ['null', '{}', '"x"', '1', '[]', '[null]', '[[]]', '["x"]', '{"length":1}'];
const NO_OBJECT = ['null', '[]', '"x"', '1', 'true', '{}'];

const WORDS = /^(category|fund|origin|kind|measure|currency|function|economic)$/;
const NO_WORD = ['ｇeneral', 'General-Public-Budget', '__proto__', 'constructor', '２０８'].map(
  json,
);

function wrongFor(name, value) {
  if (Array.isArray(value)) return NO_LIST;
  if (typeof value === 'object') return NO_OBJECT;
  if (typeof value === 'number') return NO_NUMBER;
  if (/^(amount|procurement)$/.test(name)) return [...NO_TEXT, ...NO_AMOUNT];
  if (/^(date|acknowledgedOn)$/.test(name)) return [...NO_TEXT, ...NO_DATE];
  if (name === 'count') return [...NO_TEXT, ...NO_COUNT];
  if (/^(score|weight|executionWeight)$/.test(name)) return [...NO_TEXT, ...NO_SCORE];
  if (WORDS.test(name)) return [...NO_TEXT, ...NO_WORD];
  return NO_TEXT;
}

/** What may not stand in an object beside its fields. */
const INTRUDERS = ['"unexpected":"1"', '"__proto__":{"x":1}', '"constructor":{}', '"toString":"1"'];

/** Every way to make one place of a valid body wrong, as texts. */
export function* wrongBodies(body) {
  const whole = json(body);
  for (const { owner, key, name } of placesOf(body)) {
    const value = owner[key];
    // the place is marked, and the mark replaced by raw JSON, which no object could hold
    owner[key] = MARK;
    const marked = json(body);
    owner[key] = value;
    for (const wrong of wrongFor(name, value)) yield marked.replace(json(MARK), () => wrong);
    if (typeof value !== 'object' || Array.isArray(value)) continue;
    for (const intruder of [...INTRUDERS, ...twice(value)])
      yield marked.replace(json(MARK), () => `{${intruder},${json(value).slice(1)}`);
  }
  for (const intruder of [...INTRUDERS, ...twice(body)]) yield `{${intruder},${whole.slice(1)}`;
  for (const key of Object.keys(body).filter((k) => typeof body[k] !== 'object'))
    yield json({ ...body, [key]: undefined, [`${key} `]: body[key] });
}

const MARK = '\u0001';
const twice = (object) =>
  Object.entries(object)
    .slice(0, 1)
    .map(([key, value]) => `${json(key)}:${json(value)}`);

function* placesOf(node, name = '') {
  for (const key of Object.keys(node)) {
    const own = Array.isArray(node) ? name : key;
    yield { owner: node, key, name: own };
    if (typeof node[key] === 'object') yield* placesOf(node[key], own);
  }
}

/** What is no body of any posting, whatever the address. */
export const noBodies = () => [
  ...['', ' ', '{', '}', 'null', 'true', '1', '"x"', '[]', '[{}]', '{}', '{"date":', 'undefined'],
  ...['{"date":"2023-01-01",}', "{'date':'2023-01-01'}", '{"date":"2023-01-01"} x', '\ufeff{}'],
  ...['{"amount":1e400}', '{"amount":-0.00}', '{"amount":NaN}', '{"amount":0123}', '{"a":"\t"}'],
  ...['{"a":1,"a":2}', '{"\\u0061":1,"a":2}', '{"__proto__":{"x":1}}', '{"payee":"\\ud800"}'],
  ...['{"__proto__":null}', '{"constructor":{"prototype":{"x":1}}}', '{"\\ud800":1}'],
  '['.repeat(100_000),
  '{"a":'.repeat(100_000),
  `${'['.repeat(2000)}${']'.repeat(2000)}`,
  `{"lines":[${'{},'.repeat(2000)}{}]}`,
  `{"lines":${'['.repeat(400_000)}`,
  `{${Array.from({ length: 2000 }, (_, i) => `"k${i}":1`).join(',')}}`,
  new Uint8Array([0x7b, 0xff, 0x7d]),
  new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
  new Uint8Array(10 << 20).fill(0x20),
  `{"payee":"${'x'.repeat(10 << 20)}"}`,
];
