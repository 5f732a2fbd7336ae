import type { Overview } from '../../api/types.js';
import { Mark } from '../../ui/mark.js';
import { useText } from './locale.js';

type Finding = Overview['findings'][number];
const toneOf = ({ holds, blocks }: Finding) => (holds ? 'held' : blocks ? 'refused' : 'warned');
const WORDS = { held: 'holds', warned: 'lookAt', refused: 'fails' } as const;

/** The checks of the ledger over this book, those that do not hold first. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const text = useText();
  const sorted = findings.toSorted((a, b) => Number(a.holds) - Number(b.holds));
  return (
    <section>
      <h2>{text('findings')}</h2>
      <ul className="findings">
        {sorted.map((finding) => (
          <li key={`${finding.check} ${finding.message}`}>
            <Mark tone={toneOf(finding)}>{text(WORDS[toneOf(finding)])}</Mark>{' '}
            {text(finding.check as 'footing')} <small>{finding.message}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
