import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCommand, type BookId, type Command } from '#domain';
import {
  Ledger,
  type AsOf,
  type BookFigures,
  type RegisterName,
  type RegisterPage,
} from '#projections';

/** For specs: the worked case of the 2023 report, and ledgers in memory to report from. */
const SAMPLES = join(import.meta.dirname, '../../../../samples/lusong-2023');

export interface PrintedFigure {
  readonly where: string;
  readonly printed: string;
  readonly unit: string;
  readonly measure: string;
  readonly scope: Readonly<Record<string, unknown>>;
  readonly reproducible?: boolean;
}

export const printedFigures = (
  JSON.parse(readFileSync(join(SAMPLES, 'printed-figures.json'), 'utf8')) as {
    figures: readonly PrintedFigure[];
  }
).figures;

export const lusongCommands: readonly Command[] = readFileSync(
  join(SAMPLES, 'commands.ndjson'),
  'utf8',
)
  .split('\n')
  .filter(Boolean)
  .map((line) => commandOf(JSON.parse(line)));

/** A command as it comes in, checked; throws where it is malformed. */
function commandOf(input: unknown): Command {
  const command = readCommand(input);
  if (!command.ok) throw new Error(command.error.message);
  return command.value;
}

/** A ledger in memory with commands posted one after the other; throws where one is refused. */
async function ledgerWith(commands: readonly Command[]): Promise<Ledger> {
  const ledger = await Ledger.open();
  for (const command of commands) {
    const result = await ledger.commands.run(command, {
      actor: 'maker',
      approvedBy: 'checker',
      recordedAt: '2026-01-01T00:00:00.000Z',
    });
    if (!result.ok) throw new Error(`${command.id}: ${result.error.message}`);
  }
  await ledger.catchUp();
  return ledger;
}

/** The figures of the book that the commands make, with the events behind them. */
export async function figuresOf(
  commands: readonly Command[],
  asOf: AsOf = {},
): Promise<BookFigures> {
  const ledger = await ledgerWith(commands);
  try {
    return ledger.figures(bookOf(commands), asOf, { events: true });
  } finally {
    await ledger.close();
  }
}

/** A register of the book that the commands make, all of it, and the figures beside it. */
export async function registerOf(
  name: RegisterName,
  commands: readonly Command[],
  asOf: AsOf = {},
): Promise<{ figures: BookFigures; register: RegisterPage }> {
  const ledger = await ledgerWith(commands);
  try {
    const id = bookOf(commands);
    return {
      figures: ledger.figures(id, asOf, { events: true }),
      register: ledger.register(name, id, asOf, { offset: 0, limit: 1000 }),
    };
  } finally {
    await ledger.close();
  }
}

const bookOf = (commands: readonly Command[]): BookId => {
  const { unit, fiscalYear } = commands[0]!;
  return { unit, fiscalYear };
};

/** Commands of a small book, made one after the other: the numbering and the common fields are here. */
export class Postings {
  readonly commands: Command[] = [];

  constructor(private readonly unitName = '测试单位') {
    this.post('2023-01-01', 'open-book', {
      unitName: this.unitName,
      divisionCode: '430203',
      divisionName: '芦淞区',
    });
  }

  post(date: string, command: string, body: Readonly<Record<string, unknown>>): this {
    const id = `c${this.commands.length + 1}`;
    this.commands.push(
      commandOf({ command, id, unit: '430203-000001', fiscalYear: 2023, date, ...body }),
    );
    return this;
  }

  /** A project of its own with an approved budget of the general public budget. */
  project(project: string, amount: string, body: Readonly<Record<string, unknown>> = {}): this {
    return this.post('2023-01-01', 'register-project', {
      project,
      name: project,
      category: 'project',
      function: '2080899',
      ...body,
    }).post('2023-02-01', 'approve-budget', {
      document: { number: `批复-${project}`, date: '2023-02-01' },
      lines: [{ ...CURRENT, project, amount }],
    });
  }
}

export const CURRENT = { fund: 'general-public-budget', origin: 'current' } as const;
