import { Button } from 'antd';
import { useNames } from '../../app/names.js';
import { grouped, isZero, readAmount, typedFen, yuanOf, fenOf } from '../../ui/amount.js';
import { Money } from '../../ui/money.js';
import { useText } from './locale.js';
import { isOverruled, missingOf, type Part, type RemainderKind } from './parts.js';
import type { Rehearsal } from './rehearsal.js';

interface Props {
  /** What the line is called. */
  readonly line: string;
  readonly remainder: Rehearsal['remainders'][number];
  readonly parts: readonly Part[];
  readonly change: (parts: readonly Part[]) => void;
}

/** The rows of one remainder: one for each part, and of several what they lack to make it up. */
export function DividedRemainder({ line, remainder, parts, change }: Props) {
  const text = useText();
  const { codes } = useNames();
  const kinds = codes('remainderKinds').map(({ code }) => code as RemainderKind);
  const unused = kinds.filter((kind) => !parts.some((part) => part.kind === kind));
  const isDivided = parts.length > 1;
  const rows = parts.length + (isDivided ? 1 : 0);
  const remove = (at: number) => {
    const rest = parts.toSpliced(at, 1);
    const [only] = rest;
    change(rest.length === 1 && only ? [{ ...only, amount: remainder.amount }] : rest);
  };
  return (
    <tbody>
      {parts.map((part, at) => (
        <tr key={at}>
          {at === 0 && (
            <>
              <th scope="rowgroup" rowSpan={rows}>
                {line}
              </th>
              <td className="numeric" rowSpan={rows}>
                <Money yuan={remainder.amount} strong />
              </td>
              <td rowSpan={rows}>
                <Proposed of={remainder.proposed} />
              </td>
            </>
          )}
          <PartCells
            label={isDivided ? `${line} ${text('nth', { n: at + 1 })}` : line}
            part={part}
            kinds={kinds.filter((kind) => kind === part.kind || unused.includes(kind))}
            isDivided={isDivided}
            needsReason={isOverruled(remainder, part) && part.reason.trim() === ''}
            put={(fields) => change(parts.with(at, { ...part, ...fields }))}
          />
          <td className="acts-cell">
            {at === 0 && unused.length > 0 && (
              <Button
                size="small"
                aria-label={`${text('divide')} ${line}`}
                onClick={() => change([...parts, { kind: unused[0]!, amount: '', reason: '' }])}
              >
                {text('divide')}
              </Button>
            )}
            {isDivided && (
              <Button
                size="small"
                type="text"
                aria-label={`${text('removePart')} ${line} ${text('nth', { n: at + 1 })}`}
                onClick={() => remove(at)}
              >
                ✕
              </Button>
            )}
          </td>
        </tr>
      ))}
      {isDivided && <Difference line={line} remainder={remainder} parts={parts} change={change} />}
    </tbody>
  );
}

interface CellsProps {
  readonly label: string;
  readonly part: Part;
  readonly kinds: readonly RemainderKind[];
  readonly isDivided: boolean;
  readonly needsReason: boolean;
  readonly put: (fields: Partial<Part>) => void;
}

function PartCells({ label, part, kinds, isDivided, needsReason, put }: CellsProps) {
  const text = useText();
  const { nameOf } = useNames();
  return (
    <>
      <td>
        <select
          aria-label={`${text('treatment')} ${label}`}
          className="plain-input"
          value={part.kind}
          onChange={({ target }) => put({ kind: target.value as RemainderKind })}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {nameOf('remainderKinds', kind)}
            </option>
          ))}
        </select>
      </td>
      <td className="numeric">
        {isDivided ? (
          <input
            aria-label={`${text('part')} ${label}`}
            aria-invalid={part.amount !== '' && typedFen(part.amount) <= 0n}
            className="plain-input amount"
            autoComplete="off"
            value={part.amount}
            onChange={({ target }) => put({ amount: target.value })}
            // as it will be stored, once one is through with it
            onBlur={() => put({ amount: readAmount(part.amount) ?? part.amount })}
          />
        ) : (
          <Money yuan={part.amount} />
        )}
      </td>
      <td>
        <input
          aria-label={`${text('reason')} ${label}`}
          aria-invalid={needsReason}
          className="plain-input"
          placeholder={needsReason ? text('reasonNeeded') : ''}
          value={part.reason}
          onChange={({ target }) => put({ reason: target.value })}
        />
      </td>
    </>
  );
}

/** What the parts lack or have too much, while one types; a click puts it on the last of them. */
function Difference({ line, remainder, parts, change }: Props) {
  const text = useText();
  const missing = missingOf(remainder, parts);
  const last = parts.at(-1)!;
  const amount = yuanOf(typedFen(last.amount) + fenOf(missing));
  const word = isZero(missing) ? 'even' : missing.startsWith('-') ? 'tooMuch' : 'missing';
  return (
    <tr>
      <td colSpan={3} className={isZero(missing) ? 'numeric faint' : 'numeric refusal'}>
        <span role="status" aria-label={`${text('difference')} ${line}`}>
          {text(word, { amount: grouped(missing.replace('-', '')) })}
        </span>
      </td>
      <td>
        {!isZero(missing) && fenOf(amount) > 0n && (
          <Button size="small" onClick={() => change(parts.with(-1, { ...last, amount }))}>
            {text('toLast')}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** What the rule makes of a remainder: one kind, or several with their amounts. */
function Proposed({ of }: { of: Props['remainder']['proposed'] }) {
  const { nameOf } = useNames();
  const kinds = Object.entries(of);
  return kinds.map(([kind, yuan]) => (
    <div key={kind}>
      {nameOf('remainderKinds', kind)} {kinds.length > 1 && <Money yuan={yuan} />}
    </div>
  ));
}
