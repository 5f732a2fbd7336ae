import type { EffectLine } from '../api/types.js';
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

const ACCOUNTS = ['executable', 'unreleased'] as const;

/** What a posting does to each line: the balances that it moves, before → after. */
export function Effect({ effect }: { effect: readonly EffectLine[] }) {
  const text = useText();
  const { nameOf } = useNames();
  const rows = effect.flatMap((line) =>
    ACCOUNTS.filter((account) => line[account].before !== line[account].after).map((account) => ({
      line,
      account,
      ...line[account],
    })),
  );
  return (
    <div className="scroll-x" role="region" aria-label={text('label')} tabIndex={0}>
      <table className="figures effect">
        <thead>
          <tr>
            <th scope="col">{text('line')}</th>
            <th scope="col" className="numeric">
              {text('before')}
            </th>
            <th scope="col" className="numeric">
              → {text('after')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, account, before, after }) => (
            <tr key={`${keyText(line)}|${account}`}>
              <th scope="row">
                {line.project} {nameOf('origins', line.origin)} <small>{text(account)}</small>
              </th>
              <td className="numeric">
                <Money yuan={before} />
              </td>
              <td className="numeric">
                <Money yuan={after} strong />
                {isNegative(after) && ` (${text('short')})`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
