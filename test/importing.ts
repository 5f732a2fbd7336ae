import { fiscal } from './cli.js';
import { commandLines } from './lusong.js';

/** Lines to import into the book of the worked case, good and bad. */
export const BOOK = { unit: '430203-208001', fiscalYear: 2023, date: '2023-11-01' };
export const command = (name: string, body: object) =>
  JSON.stringify({ command: name, id: 'x-1', ...BOOK, ...body });
export const line = (more: object) => ({
  project: 'AZ',
  fund: 'general-public-budget',
  origin: 'current',
  economic: '30305',
  amount: '1.00',
  ...more,
});
export const pay = (more: object) => command('make-payment', { payee: '甲', lines: [line(more)] });
export const document = { number: '文', date: '2023-11-01' };
export const adjust = (more: object) =>
  command('adjust-budget', {
    document,
    reason: '调整',
    lines: [{ ...line(more), economic: undefined }],
  });

/** The book as it was on 20 October 2023, before AZ was paid out. */
export const october = commandLines.slice(0, 20);

interface Answer {
  accepted: number;
  replayed: number;
  rejected: { line: number; id: string | null; code: string; message: string }[];
}

/** Imports text or bytes into a data directory; answers what the command line does. */
export const importInto = async (
  data: string,
  input: string | Uint8Array,
  ...more: string[]
): Promise<Answer> =>
  (await fiscal(['import', '-', '--data', data, '--json', ...more], input)).json<Answer>();

export const sizeOf = async (data: string): Promise<number> => {
  const { stdout } = await fiscal(['events', '--data', data, '--json']);
  return stdout.split('\n').filter(Boolean).length;
};
