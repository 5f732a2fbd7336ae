import type { EffectLine } from '../api/pending.js';
import { words } from '../app/i18n.js';
import { keyText } from '../app/lines.js';
import { useNames } from '../app/names.js';
import { isNegative } from './amount.js';
import { Money } from './money.js';

const useText = words(
  'effect',
  {
    line: '指标',
    executable: '可执行余额',
    unreleased: '未下达结转',
    before: '之前',
    after: '之后',
    label: '对指标的影响（元）',
    short: '不足',
  },
  {
    line: 'Budget line',
    executable: 'Executable',
    unreleased: 'Unreleased carryover',
    before: 'before',
    after: 'after',
    label: 'Effect on the lines (yuan)',
    short: 'short',
  },
);

/** What a posting does to each line: executable and, where it moves, unreleased carryover, before → after. */
export function Effect({ effect }: { effect: readonly EffectLine[] }) {
  const text = useText();
  const { nameOf } = useNames();
  const accounts = (['executable', 'unreleased'] as const).filter((account) =>
    effect.some((line) => account === 'executable' || line[account].before !== line[account].after),
  );
  return (
    <div className="scroll-x" role="region" aria-label={text('label')} tabIndex={0}>
      <table className="figures effect">
        <thead>
          <tr>
            <th scope="col">{text('line')}</th>
            {accounts.map((account) => [
              <th key={`${account}-before`} scope="col" className="numeric">
                {text(account)} {text('before')}
              </th>,
              <th key={`${account}-after`} scope="col" className="numeric">
                → {text('after')}
              </th>,
            ])}
          </tr>
        </thead>
        <tbody>
          {effect.map((line) => (
            <tr key={keyText(line)}>
              <th scope="row">
                {line.project} <small>{nameOf('origins', line.origin)}</small>
              </th>
              {accounts.map((account) => [
                <td key={`${account}-before`} className="numeric">
                  <Money yuan={line[account].before} />
                </td>,
                <td key={`${account}-after`} className="numeric">
                  <Money yuan={line[account].after} strong />
                  {isNegative(line[account].after) && ` (${text('short')})`}
                </td>,
              ])}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
