import type { LineFigures, Lines } from '../../api/types.js';
import { keyText } from '../../app/lines.js';
import { useNames } from '../../app/names.js';
import { Money } from '../../ui/money.js';
import { useText } from './locale.js';

const COLUMNS = [
  'initialBudget',
  'midYearAdjustment',
  'directAllocation',
  'carryoverIn',
  'fullYearBudget',
  'reserved',
  'held',
  'expenditure',
  'unreleased',
  'executable',
] as const satisfies readonly (keyof LineFigures)[];

interface Props {
  readonly lines: Lines;
  readonly chosen: string | null;
  readonly choose: (line: string | null) => void;
}

/** The budget lines with their figures; choosing one narrows the postings below to it. */
export function LinesTable({ lines: { lines, totals }, chosen, choose }: Props) {
  const text = useText();
  const { nameOf } = useNames();
  return (
    <div className="scroll-x" role="region" aria-label={text('lines')} tabIndex={0}>
      <table className="figures lines">
        <thead>
          <tr>
            <th scope="col">{text('line')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="numeric">
                {text(column)}
              </th>
            ))}
            <th scope="col" className="numeric">
              {text('executionRate')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            const key = keyText(line);
            return (
              <tr key={key} className={key === chosen ? 'chosen' : undefined}>
                <th scope="row">
                  <button
                    type="button"
                    className="as-link"
                    aria-pressed={key === chosen}
                    onClick={() => choose(key === chosen ? null : key)}
                    title={nameOf('funds', line.fund)}
                  >
                    {line.project} {line.projectName}
                  </button>{' '}
                  <small>{nameOf('origins', line.origin)}</small>
                </th>
                <Figures of={line} />
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr className="total">
            <th scope="row">{text('total')}</th>
            <Figures of={totals} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Figures({ of }: { of: LineFigures }) {
  return (
    <>
      {COLUMNS.map((column) => (
        <td key={column} className="numeric">
          <Money yuan={of[column] ?? '0.00'} strong={column === 'executable'} />
        </td>
      ))}
      <td className="numeric">{of.executionRate}%</td>
    </>
  );
}
