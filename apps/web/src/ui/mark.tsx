import type { ReactNode } from 'react';

export type Tone = 'plain' | 'held' | 'warned' | 'refused';

/** Told by its words and its sign, never by colour alone. */
const SIGNS: Record<Tone, string> = { plain: '', held: '✓ ', warned: '△ ', refused: '✗ ' };

/** A state in a word. */
export function Mark({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={`mark ${tone}`}>
      <span aria-hidden="true">{SIGNS[tone]}</span>
      {children}
    </span>
  );
}
