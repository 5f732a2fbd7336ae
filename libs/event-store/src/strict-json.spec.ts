import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseStrictJson } from './strict-json.js';

it.each([
  ['a key twice', '{"a":1,"a":2}', 'twice'],
  ['a key twice, once escaped', '{"a":1,"\\u0061":2}', 'twice'],
  ['__proto__', '{"__proto__":{}}', '__proto__'],
  ['a lone surrogate', '{"a":"\\ud800"}', 'surrogate'],
  ['a number beyond doubles', '{"a":1e400}', ''],
  ['a torn line', '{"command":"open-bo', ''],
  ['two values', '{} {}', 'after the end'],
  ['deep nesting', '['.repeat(100) + ']'.repeat(100), 'deeper'],
  ['nothing', '', ''],
])('refuses %s', (_, text, says) => {
  const result = parseStrictJson(text);
  expect(result).toMatchObject({ ok: false, error: { code: 'invalid-json' } });
  if (!result.ok) expect(result.error.message).toContain(says);
});

it('reads everything else as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = JSON.stringify(value);
      fc.pre(!text.includes('__proto__') && !/\\ud[89a-f]/.test(text));
      expect(parseStrictJson(text)).toEqual({ ok: true, value: JSON.parse(text) as unknown });
    }),
  );
});
