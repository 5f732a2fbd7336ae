/** What does not hold; each kind has its sentence on the page, by the name of `fault`. */
export type Finding =
  | { readonly fault: EntryFault; readonly index: number }
  | { readonly fault: 'order'; readonly index: number; readonly after: number }
  | { readonly fault: 'moved'; readonly index: number; readonly at: number }
  | { readonly fault: 'gaps'; readonly index: number; readonly to: number }
  | { readonly fault: 'short'; readonly size: number; readonly has: number }
  | { readonly fault: 'origin'; readonly index: number; readonly origin: string }
  | { readonly fault: 'otherLog'; readonly origin: string; readonly signed: string }
  | { readonly fault: 'rootFault' | 'unlocated' | 'consistency' };

type EntryFault =
  'gap' | 'unreadable' | 'payload' | 'stream' | 'inclusion' | 'altered' | 'rotation';

const MOST = 20;

/** Keeps the first findings and counts the rest: of a log that was hashed anew every record is one. */
export class Findings {
  readonly found: Finding[] = [];
  more = 0;

  add(finding: Finding): void {
    if (this.found.length < MOST) this.found.push(finding);
    else this.more += 1;
  }
}
