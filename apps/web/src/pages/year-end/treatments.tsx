import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';
import { languageOf } from '../../app/i18n.js';
import { useNames } from '../../app/names.js';
import { Money } from '../../ui/money.js';
import { useText } from './locale.js';
import { rowsOf, type Rehearsal, type Treated } from './rehearsal.js';

interface Props {
  readonly rehearsal: Rehearsal;
  readonly carryover: readonly Treated[];
  readonly change: (carryover: Treated[]) => void;
}

/** What becomes of each remainder: as the rule says, or otherwise with a reason. */
export function Treatments({ rehearsal, carryover, change }: Props) {
  const text = useText();
  const language = languageOf();
  const { nameOf } = useNames();
  const { data } = useQuery({
    queryKey: ['classifications'],
    queryFn: () => answer(api.GET('/api/v1/classifications', {})),
    staleTime: Infinity,
  });
  const kinds = data?.remainderKinds ?? [];
  const named = (kind: string) => kinds.find(({ code }) => code === kind)?.[language] ?? kind;
  const put = (at: number, fields: Partial<Treated>) =>
    change(carryover.map((part, i) => (i === at ? { ...part, ...fields } : part)));
  const rows = rowsOf(carryover, rehearsal);
  if (rows.length === 0) return <p>{text('nothingLeft')}</p>;
  return (
    <div className="scroll-x" role="region" aria-label={text('step1')} tabIndex={0}>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{text('line')}</th>
            <th scope="col" className="numeric">
              {text('amount')}
            </th>
            <th scope="col">{text('proposed')}</th>
            <th scope="col">{text('treatment')}</th>
            <th scope="col">{text('reason')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => {
            const line = `${row.project} · ${nameOf('funds', row.fund)} · ${nameOf('origins', row.origin)}`;
            const needsReason = row.overruled && !row.reason?.trim();
            return (
              <tr key={at}>
                <th scope="row">{line}</th>
                <td className="numeric">
                  <Money yuan={row.amount} />
                </td>
                <td>{row.proposed.split('+').map(named).join(' + ')}</td>
                <td>
                  <select
                    aria-label={`${text('treatment')} ${line}`}
                    className="plain-input"
                    value={row.kind ?? 'carry-forward'}
                    onChange={({ target }) => put(at, { kind: target.value })}
                  >
                    {kinds.map(({ code }) => (
                      <option key={code} value={code}>
                        {named(code)}
                      </option>
                    ))}
                  </select>
                </td>
                <td>
                  <input
                    aria-label={`${text('reason')} ${line}`}
                    aria-invalid={needsReason}
                    className="plain-input"
                    placeholder={needsReason ? text('reasonNeeded') : ''}
                    value={row.reason ?? ''}
                    onChange={({ target }) => put(at, { reason: target.value || undefined })}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
