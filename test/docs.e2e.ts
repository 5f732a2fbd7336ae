import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  COMMAND_NAMES,
  LEDGER_ERRORS,
  MEASURES,
  proposedClosing,
  readCommand,
  ROLES,
  type Command,
  type Role,
} from '#domain';
import { parseStrictJson } from '#event-store';
import { Ledger } from '#projections';
import { REPORTS } from '#reports';
import { DUTIES, type Duty } from '../apps/api/src/access/duties.js';

/** The documents are held to the code: what they list is there, and what they show is accepted. */
const ROOT = join(import.meta.dirname, '..');
const textOf = (file: string): string =>
  readFileSync(join(ROOT, file), 'utf8').replaceAll('\r\n', '\n');

const ERRORS_INTRO = `# Errors

Generated from \`LEDGER_ERRORS\` in libs/domain/src/book/errors.ts; do not edit. After a change of the table run
the tests with \`UPDATE_DOCS=1\`.

Every refusal has one of these codes and a sentence that names the line, what it has and what was asked. The
list is closed. On HTTP a refusal is \`application/problem+json\` (RFC 9457) with \`type\`, \`title\`, \`status\`,
\`detail\`, \`code\`, and, where it is about fields of the body, \`errors\` with \`pointer\`, \`code\` and \`message\` for
each. On the command line it is the code and the sentence, and the exit status is 1. A refused command leaves
nothing behind: given again with the same id it is judged anew.
`;

/** The page of errors. */
function errorsPage(): string {
  const rows = Object.entries(LEDGER_ERRORS).map(([code, { status, title }]) => [
    `\`${code}\``,
    String(status),
    title.en,
    title.zh,
  ]);
  const head = ['Code', 'HTTP', 'Meaning', '中文'];
  return `${ERRORS_INTRO}\n${tableOf(head, rows)}\n`;
}

/** A table padded as the formatter would pad it: Chinese characters are two wide. */
function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const width = (text: string) =>
    [...text].reduce((n, c) => n + (/[\u2e80-\u9fff]/.test(c) ? 2 : 1), 0);
  const widths = head.map((h, i) => Math.max(width(h), 3, ...rows.map((r) => width(r[i]!))));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((c, i) => c + ' '.repeat(widths[i]! - width(c))).join(' | ')} |`;
  const rule = line(widths.map((w) => '-'.repeat(w)));
  return [line(head), rule, ...rows.map(line)].join('\n');
}

const DUTIES_INTRO = `# Duties

Generated from \`DUTIES\` in apps/api/src/access/duties.ts; do not edit. After a change of the table run the tests with
\`UPDATE_DOCS=1\`.

Who may do what once there are accounts. A duty is given for units, by code, or for all (\`*\`). Another unit's book is one
that there is not (404). An account may have several duties, but for the three administrators (三员): each has that
one only. Who approves is never who proposed or edited, as a natural person.
`;

/** The page of duties: a column for each role. */
function dutiesPage(): string {
  const roles = Object.entries(ROLES) as [Role, { zh: string }][];
  const rows = Object.entries(DUTIES as Record<string, Duty>).map(
    ([name, { roles: may, what }]) => [
      `\`${name}\``,
      what.en,
      ...roles.map(([role]) => (typeof may === 'string' || may.includes(role) ? '✓' : '')),
    ],
  );
  const head = ['Duty', 'What it is', ...roles.map(([role, { zh }]) => `${role} ${zh}`)];
  return `${DUTIES_INTRO}\n${tableOf(head, rows)}\n\n\`public\` needs no account.\n`;
}

/** Every command line that the manual shows, in its order: the lines of its ndjson blocks. */
const commandLines = [...textOf('docs/manual.md').matchAll(/^```(?:nd)?json\n([^]*?)^```$/gm)]
  .flatMap((block) => block[1]!.split('\n'))
  .filter((line) => line.trim() !== '');

describe('docs/errors.md', () => {
  it('is what the table of errors says', () => {
    if (process.env['UPDATE_DOCS'] === '1')
      writeFileSync(join(ROOT, 'docs/errors.md'), errorsPage());
    expect(textOf('docs/errors.md')).toBe(errorsPage());
  });
});

describe('docs/duties.md', () => {
  it('is what the table of duties says', () => {
    if (process.env['UPDATE_DOCS'] === '1')
      writeFileSync(join(ROOT, 'docs/duties.md'), dutiesPage());
    expect(textOf('docs/duties.md')).toBe(dutiesPage());
  });
});

describe('docs/manual.md', () => {
  it.each(commandLines)('shows a command that is read: %s', (line) => {
    const json = parseStrictJson(line);
    expect(json.ok ? readCommand(json.value) : json).toMatchObject({ ok: true });
  });

  it('shows a line for every command', () => {
    const shown = commandLines.map((line) => (JSON.parse(line) as Command).command);
    expect([...new Set(shown)].sort()).toEqual([...COMMAND_NAMES].sort());
  });

  it.each(Object.keys(MEASURES))('names the measure %s', (name) => {
    expect(textOf('docs/manual.md')).toContain(`\`${name}\``);
  });

  it.each(REPORTS.map((r) => r.name))('names the report %s', (name) => {
    expect(textOf('docs/manual.md')).toContain(`\`${name}\``);
  });

  describe('as one history, posted from its first line to its last', () => {
    const book = { unit: '430203-299001', fiscalYear: 2024 };
    let ledger: Ledger;
    let proposed: ReturnType<typeof proposedClosing> | undefined;
    const refusals: string[] = [];

    beforeAll(async () => {
      ledger = await Ledger.open();
      for (const line of commandLines) {
        const command = JSON.parse(line) as Command;
        if (command.command === 'close-year')
          proposed ??= proposedClosing((await ledger.commands.bookState(book)).state);
        const answer = await ledger.commands.run(command, {
          actor: 'zhang.min',
          approvedBy: 'li.hua',
          recordedAt: '2026-01-01T00:00:00.000Z',
        });
        if (!answer.ok)
          refusals.push(`${command.id}: ${answer.error.code}: ${answer.error.message}`);
      }
      await ledger.catchUp();
    });

    afterAll(async () => ledger.close());

    it('is accepted', () => {
      expect(refusals).toEqual([]);
    });

    it('gives the figures that the manual names', () => {
      const values = (
        ['fullYearBudget', 'expenditure', 'carryoverOut', 'executionRate', 'totalScore'] as const
      ).map((measure) => ledger.measure({ ...book, measure, scope: {}, asOf: {} }).exact);
      expect(values).toEqual(['1600000.00', '1385000.00', '215000.00', '86.56', '98']);
      for (const value of values) expect(textOf('docs/manual.md')).toContain(value);
    });

    it('leaves the remainders that the manual says the rule proposes', () => {
      const line = { fund: 'general-public-budget', kind: 'carry-forward' };
      expect(proposed).toEqual([
        { ...line, project: 'GY', origin: 'current', amount: '67000.00' },
        { ...line, project: 'YF', origin: 'carryover', amount: '8000.00' },
        { ...line, project: 'YF', origin: 'current', amount: '140000.00' },
      ]);
    });

    it('prepares the opening of the next year as the manual shows it', async () => {
      const opening = await ledger.nextYearOpening(book);
      const shown = commandLines
        .map((l) => JSON.parse(l) as Command)
        .filter((c) => c.fiscalYear === 2025);
      expect(opening).toEqual({ ok: true, value: shown });
    });
  });
});

describe('docs/formats.md', () => {
  it('shows an event whose hashes hold', () => {
    const blocks = [...textOf('docs/formats.md').matchAll(/^```\n([^]*?)\n```$/gm)].map(
      (b) => b[1]!,
    );
    const at = blocks.findIndex((block) => block.startsWith('{"actor"'));
    const [payload, envelope, leaf] = blocks.slice(at - 1) as [string, string, string];
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(JSON.parse(envelope)).toMatchObject({ payloadHash: sha256(payload), v: 1 });
    expect(sha256(`\0${envelope}`)).toBe(leaf);
  });
});

describe('docs/dependencies.md', () => {
  const {
    dependencies = {},
    devDependencies = {},
    optionalDependencies = {},
  } = JSON.parse(textOf('package.json')) as Record<string, Record<string, string>>;

  it('has a line for each package and no other', () => {
    const listed = [...textOf('docs/dependencies.md').matchAll(/^\| (\S+) +\| /gm)].map(
      (m) => m[1]!,
    );
    const packages = [...Object.keys(dependencies), ...Object.keys(devDependencies)];
    expect(listed.filter((name) => name !== 'Package' && !/^-+$/.test(name))).toEqual(packages);
  });

  it.each(Object.keys(optionalDependencies))('says why there is %s', (name) => {
    expect(textOf('docs/dependencies.md')).toContain(name);
  });
});
