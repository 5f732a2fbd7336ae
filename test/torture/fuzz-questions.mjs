// Addresses, questions, headers and methods that make no sense, for every route of the OpenAPI document.

const GOOD = {
  unit: '430203-208001',
  year: '2023',
  measure: 'expenditure',
  report: 'execution',
  row: 'YF',
  column: 'expenditure',
};
const NONSENSE = [
  ...[
    '',
    '__proto__',
    'constructor',
    '%00',
    '%ff',
    '%E0%A4%A',
    '２０２３',
    '..%2f..%2fetc',
    '1e400',
  ],
  ...['-0.00', "'; drop table events;--", '%ud800', '😀', 'null', '-1', '0.1', `${0.1 + 0.2}`],
  ...['%25%25', '*', '1,2', '[]', 'x'.repeat(3000)],
];
/** What those of `NONSENSE` may not be taken for; of other questions only that they do no harm is known. */
const STRICT = ['from', 'to', 'knownAt', 'limit', 'format', 'lang', 'amountUnit', 'fund', 'origin'];
const BAD_POSITIONS = ['-1', '1e400', '0.1', '0x1', 'NaN', '99999999999999999999', '1,2', 'é'];

const filled = (path, values) =>
  path.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? encodeURIComponent(GOOD[name]));
const encoded = (value) => (value.includes('%') ? value : encodeURIComponent(value));

/** Questions to one GET route: `refused` where no 2xx may come. */
export function* wrongQuestions(path, parameters) {
  const named = (place) => parameters.filter((p) => p.in === place).map((p) => p.name);
  for (const name of named('path'))
    for (const value of NONSENSE.filter((v) => v !== ''))
      yield { path: filled(path, { [name]: encoded(value) }), refused: true };
  const good = filled(path, {});
  for (const name of named('query')) {
    const refused = STRICT.includes(name);
    for (const value of NONSENSE) yield { path: `${good}?${name}=${encoded(value)}`, refused };
    yield { path: `${good}?${name}=1&${name}=2`, refused };
    yield { path: `${good}?${name}[a]=1`, refused: false };
  }
  if (named('header').includes('Ledger-Position'))
    for (const value of BAD_POSITIONS)
      yield { path: good, headers: { 'ledger-position': value }, refused: true };
  yield { path: `${good}?__proto__[x]=1&constructor=2`, refused: false };
}

/** Ways to say who posts what that must be refused, beside a valid body. */
export const wrongHeaders = [
  ...['', ' ', 'a b', 'é', 'x'.repeat(129), 'a\tb'].map((value) => ({ 'idempotency-key': value })),
  ...['', ' ', '%', '%00', '%ff', 'é', 'x'.repeat(129), '%e2%80%ae', '%ud800'].flatMap((value) => [
    { 'x-actor': value },
    { 'x-approved-by': value },
  ]),
  ...['x', '1', '"x"', '"-1"', '"1e400"', '*', 'W/"1"', '"99999999999999999"', '"999"'].map(
    (value) => ({ 'if-match': value }),
  ),
  ...[
    'text/plain',
    'application/xml',
    'multipart/form-data',
    'application/x-www-form-urlencoded',
  ].map((value) => ({ 'content-type': value })),
];

/** Addresses of a posting that are none. */
export const wrongPlaces = (path) =>
  ['２０２３', '02023', '-2023', '2023.0', '1e400', '2023%00', '9999', '0', 'NaN', '__proto__']
    .map((year) => path.replace('/2023/', `/${encoded(year)}/`))
    .concat(
      ['%00', '..', '%2e%2e', '４３０', 'x'.repeat(300), '__proto__', "a'b", '%ff'].map((unit) =>
        path.replace('/430203-208001/', `/${encoded(unit)}/`),
      ),
    )
    .filter((place) => place !== path);

export const OTHER_METHODS = ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND'];
