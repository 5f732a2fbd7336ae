import {
  balanceOf,
  fen,
  MOVEMENT_KIND_NAMES,
  type Fund,
  type MovementKind,
  type Origin,
} from '#domain';
import type { Vault } from '#event-store';
import type { AsOf } from '../figures/scope.js';
import type { ReadModelDatabase, Statement } from '../kernel/database.js';
import { dayNumber, dayText } from '../kernel/projection.js';
import { registerNumber } from './registers-projection.js';
import type { RegisterEntry, RegisterLine, RegisterName, RegisterPage } from './register.js';

export interface PageRequest {
  readonly offset: number;
  readonly limit: number;
}

interface Row {
  readonly idx: number;
  readonly revision: number;
  readonly day: number;
  readonly type: string;
  readonly command_id: string;
  readonly follows: number | null;
  readonly party: string;
  readonly subject: string | null;
  readonly document: string;
  readonly reason: string;
  readonly fen: number;
  readonly procurement: number;
}

type LineRow = [number, number, string, string, string, string, string, number];

/** Which way a movement counts in a register: what leaves or comes back to what can be spent. */
const SPENDS = balanceOf('executable');

/** Reads one page of a register, with the lines of its entries. */
export class RegisterLoader {
  readonly #count: Statement<[number, number, number, number, number], number>;
  readonly #page: Statement<[number, number, number, number, number, number, number], Row>;
  readonly #lines: Statement<[number, number, number], LineRow>;

  constructor(
    db: ReadModelDatabase,
    private readonly vault: Vault,
  ) {
    const within =
      'from register where book = ? and register = ? and idx < ? and day between ? and ?';
    this.#count = db
      .prepare<[number, number, number, number, number], number>(`select count(*) ${within}`)
      .pluck();
    this.#page = db.prepare(`select * ${within} order by idx limit ? offset ?`);
    this.#lines = db
      .prepare<[number, number, number], LineRow>(
        `select m.idx, m.kind, l.project, l.fund, l.origin, l.function, l.economic, m.fen
         from line l join movement m on m.line = l.id
         where l.book = ? and m.idx between ? and ? order by m.idx, m.seq`,
      )
      .raw();
  }

  load(
    name: RegisterName,
    book: number,
    logSize: number,
    { from, to }: AsOf,
    { offset, limit }: PageRequest,
  ): RegisterPage {
    const days = [from ? dayNumber(from) : 0, to ? dayNumber(to) : 99_999_999] as const;
    const total = this.#count.get(book, registerNumber(name), logSize, ...days)!;
    const rows = this.#page.all(book, registerNumber(name), logSize, ...days, limit, offset);
    const lines = this.#linesOf(book, name, rows);
    const entries = rows.map((r): RegisterEntry => ({
      index: r.idx,
      revision: r.revision,
      type: r.type,
      date: dayText(r.day),
      commandId: r.command_id,
      ...(r.follows !== null && { follows: r.follows }),
      party: r.subject === null ? r.party : (this.vault.nameOf(r.subject) ?? r.subject),
      ...(r.subject !== null && { subject: r.subject }),
      document: r.document,
      reason: r.reason,
      fen: fen(r.fen),
      procurementFen: fen(r.procurement),
      lines: lines.get(r.idx) ?? [],
    }));
    return { logSize, total, entries };
  }

  #linesOf(
    book: number,
    register: RegisterName,
    rows: readonly Row[],
  ): Map<number, RegisterLine[]> {
    const lines = new Map<number, RegisterLine[]>();
    const [first, last] = [rows[0]?.idx, rows.at(-1)?.idx];
    if (first === undefined || last === undefined) return lines;
    const wanted = new Set(rows.map((r) => r.idx));
    // an adjustment shows its sign; the other registers show what went out, and back as negative
    const sign = register === 'adjustments' ? 1 : -1;
    for (const [idx, kind, project, fund, origin, fn, economic, amount] of this.#lines.all(
      book,
      first,
      last,
    )) {
      if (!wanted.has(idx)) continue;
      const name = MOVEMENT_KIND_NAMES[kind] as MovementKind;
      // what a payment takes out of its reservation is no second payment
      if (name === 'reservationReleased' && register !== 'reservations') continue;
      const c = SPENDS[name] ?? 0;
      const line: RegisterLine = {
        project,
        fund: fund as Fund,
        origin: origin as Origin,
        function: fn,
        economic,
        fen: fen(sign * c * amount),
      };
      lines.set(idx, [...(lines.get(idx) ?? []), line]);
    }
    return lines;
  }
}
