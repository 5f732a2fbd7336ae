import { keyText } from '../../app/lines.js';
import { useNames } from '../../app/names.js';
import { DividedRemainder } from './divided-remainder.js';
import { useText } from './locale.js';
import type { Parts } from './parts.js';
import type { Rehearsal } from './rehearsal.js';

interface Props {
  readonly remainders: Rehearsal['remainders'];
  readonly parts: Parts;
  readonly change: (parts: Parts) => void;
}

/** What becomes of each remainder: as the rule says, or otherwise with a reason; in one part or in several. */
export function Treatments({ remainders, parts, change }: Props) {
  const text = useText();
  const { nameOf } = useNames();
  if (remainders.length === 0) return <p>{text('nothingLeft')}</p>;
  return (
    <div className="scroll-x" role="region" aria-label={text('step1')} tabIndex={0}>
      <table className="figures treatments">
        <thead>
          <tr>
            <th scope="col">{text('line')}</th>
            <th scope="col" className="numeric">
              {text('amount')}
            </th>
            <th scope="col">{text('proposed')}</th>
            <th scope="col">{text('treatment')}</th>
            <th scope="col" className="numeric">
              {text('part')}
            </th>
            <th scope="col">{text('reason')}</th>
            <th scope="col">{text('actions')}</th>
          </tr>
        </thead>
        {remainders.map((remainder) => {
          const key = keyText(remainder);
          const { project, fund, origin } = remainder;
          return (
            <DividedRemainder
              key={key}
              line={`${project} · ${nameOf('funds', fund)} · ${nameOf('origins', origin)}`}
              remainder={remainder}
              parts={parts[key] ?? []}
              change={(own) => change({ ...parts, [key]: own })}
            />
          );
        })}
      </table>
    </div>
  );
}
