import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BOOK, lusongCommands, recording } from '../lusong.js';
import { postSmallPayments } from '../many-payments.js';
import { Office } from './app.js';

/** Before any payment. */
const OPENED = 13;
const OTHER_UNIT = '430203-299001';

/** An office over a log on the disk: a book of 2023 with so many payments, the rest in the book of another unit. */
export class BigLog {
  private constructor(
    readonly office: Office,
    private readonly directory: string,
  ) {}

  static async open(payments: number, others: number): Promise<BigLog> {
    const directory = mkdtempSync(join(tmpdir(), 'fiscal-big-log-'));
    const office = await Office.open(OPENED, { directory });
    const { ledger } = office.api;
    for (const command of lusongCommands().slice(0, others > 0 ? OPENED : 0)) {
      const result = await ledger.commands.run({ ...command, unit: OTHER_UNIT }, recording);
      if (!result.ok) throw new Error(result.error.message);
    }
    // in between each other, so that neither book is a run of the log
    const STEPS = 10;
    for (let i = 0; i < STEPS; i++) {
      await postSmallPayments(ledger, payments / STEPS, (i * payments) / STEPS);
      await postSmallPayments(ledger, others / STEPS, (i * others) / STEPS, OTHER_UNIT);
    }
    return new BigLog(office, directory);
  }

  async close(): Promise<void> {
    await this.office.close();
    rmSync(this.directory, { recursive: true });
  }

  at(view: string): string {
    const { api } = this.office;
    return `${api.url}/books/${BOOK.unit}/${BOOK.fiscalYear}/audit?view=${view}`;
  }
}
