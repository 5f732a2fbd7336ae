import { Mark, type Tone } from '../../ui/mark.js';
import { useText } from './locale.js';
import type { Rehearsal } from './rehearsal.js';

type Check = Rehearsal['checks'][number];

const toneOf = ({ holds, blocks }: Check): Tone => (holds ? 'held' : blocks ? 'refused' : 'warned');
const WORDS = { held: 'holds', warned: 'look', refused: 'fails' } as const;

/** What was checked, in the ledger's own sentences. */
export function Checks({ checks }: { checks: readonly Check[] }) {
  const text = useText();
  return (
    <ul className="checks">
      {checks.map((check) => {
        const tone = toneOf(check) as keyof typeof WORDS;
        return (
          <li key={check.check}>
            <Mark tone={tone}>{text(WORDS[tone])}</Mark> {text(check.check)}：{check.message}
          </li>
        );
      })}
    </ul>
  );
}
