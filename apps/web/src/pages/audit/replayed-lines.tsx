import type { LineFigures, Lines } from '../../api/types.js';
import { keyText } from '../../app/lines.js';
import { useNames } from '../../app/names.js';
import { grouped } from '../../ui/amount.js';
import { cellKey } from '../reports/paper-table.js';
import { useText } from './locale.js';

const COLUMNS = [
  'initialBudget',
  'midYearAdjustment',
  'directAllocation',
  'carryoverIn',
  'fullYearBudget',
  'reserved',
  'expenditure',
  'executable',
  'unreleased',
  'executionRate',
] as const satisfies readonly (keyof LineFigures)[];

interface Props {
  readonly lines: Lines;
  readonly changed: ReadonlyMap<string, string> | undefined;
}

/** The budget lines at one index of the log, exact; cells that differ from before are marked. */
export function ReplayedLines({ lines: { lines, totals, logSize }, changed }: Props) {
  const text = useText();
  const { nameOf } = useNames();
  const rows = [
    ...lines.map((line) => ({
      key: keyText(line),
      label: `${line.project} ${line.projectName} · ${nameOf('origins', line.origin)}`,
      figures: line,
    })),
    { key: 'total', label: text('total'), figures: totals },
  ];
  return (
    <div className="scroll-x" role="region" aria-label={text('linesAt')} tabIndex={0}>
      <table className="figures" data-known-at={logSize}>
        <caption>{text('linesAt')}</caption>
        <thead>
          <tr>
            <th scope="col">{text('line')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="numeric">
                {text(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label, figures }) => (
            <tr key={key} className={key === 'total' ? 'total' : undefined} data-line={key}>
              <th scope="row">{label}</th>
              {COLUMNS.map((column) => {
                const before = changed?.get(cellKey(key, column));
                return (
                  <td
                    key={column}
                    data-column={column}
                    className={before === undefined ? 'numeric' : 'numeric changed'}
                    title={before === undefined ? undefined : `← ${grouped(before)}`}
                  >
                    {grouped(figures[column])}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
