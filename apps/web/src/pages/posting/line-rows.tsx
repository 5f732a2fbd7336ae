import { Button, Input, Select } from 'antd';
import type { Line } from '../../api/types.js';
import { keyText, type LineKey } from '../../app/lines.js';
import { useNames } from '../../app/names.js';
import { grouped, readAmount } from '../../ui/amount.js';
import { Field } from '../../ui/field.js';
import { NO_LINE, type DraftLine } from './draft.js';
import type { PostingForm } from './forms.js';
import { useText } from './locale.js';

interface Props {
  readonly form: PostingForm;
  readonly known: readonly Line[];
  readonly lines: readonly DraftLine[];
  readonly change: (lines: readonly DraftLine[]) => void;
  /** The refusal of a place in the posting. */
  readonly errorAt: (pointer: string) => string | undefined;
}

/** The lines of a posting: which budget line, how much, and for payments the economic code. */
export function LineRows({ form, known, lines, change, errorAt }: Props) {
  const text = useText();
  const { labelled } = useNames();
  const options = useLineOptions(known, form.lines?.signed === true);
  const stored = (typed: string) => {
    const yuan = readAmount(typed);
    return yuan === undefined ? undefined : text('stored', { amount: grouped(yuan) });
  };
  const put = (i: number, part: Partial<DraftLine>) =>
    change(lines.map((line, at) => (at === i ? { ...line, ...part } : line)));
  const at = (i: number, names: readonly string[]) =>
    names.map((name) => errorAt(`/lines/${i}/${name}`)).find((error) => error !== undefined);
  return (
    <fieldset className="lines">
      <legend>{text('lines')}</legend>
      {lines.map((line, i) => (
        <div className={form.lines?.economic ? 'line economic' : 'line'} key={i}>
          <Field label={text('line')} error={at(i, ['project', 'fund', 'origin'])}>
            {(control) => (
              <Select
                {...control}
                showSearch={{ optionFilterProp: 'label' }}
                placeholder={text('chooseLine')}
                value={line.line || undefined}
                onChange={(value: string) => put(i, { line: value })}
                options={options}
              />
            )}
          </Field>
          {form.lines?.economic && (
            <Field label={text('economic')} error={at(i, ['economic'])}>
              {(control) => (
                <Select
                  {...control}
                  showSearch={{ optionFilterProp: 'label' }}
                  value={line.economic || undefined}
                  onChange={(value: string) => put(i, { economic: value })}
                  options={labelled('economics')}
                />
              )}
            </Field>
          )}
          <Field label={text('amount')} error={at(i, ['amount'])} hint={stored(line.amount)}>
            {(control) => (
              <Input
                {...control}
                className="amount"
                inputMode="text"
                autoComplete="off"
                value={line.amount}
                onChange={({ target }) => put(i, { amount: target.value })}
              />
            )}
          </Field>
          <Button
            type="text"
            aria-label={text('removeLine', { n: i + 1 })}
            disabled={lines.length === 1}
            onClick={() => change(lines.filter((_, at) => at !== i))}
          >
            ✕
          </Button>
        </div>
      ))}
      <Button size="small" onClick={() => change([...lines, NO_LINE])}>
        {text('addLine')}
      </Button>
      <p className="faint">
        {text('amountHint')}
        {form.lines?.signed && `；${text('signedHint')}`}
      </p>
    </fieldset>
  );
}

/** The lines that are there with what they may spend; an adjustment may also make the other line of a project. */
function useLineOptions(known: readonly Line[], signed: boolean) {
  const text = useText();
  const { nameOf, codes } = useNames();
  const labelOf = ({ project, fund, origin }: LineKey, name: string) =>
    `${project} ${name} · ${nameOf('funds', fund)} · ${nameOf('origins', origin)}`;
  const there = known.map((line) => ({
    value: keyText(line),
    label: `${labelOf(line, line.projectName)} · ${text('executable', { amount: grouped(line.executable) })}`,
  }));
  if (!signed) return there;
  const names = new Map(known.map(({ project, projectName }) => [project, projectName]));
  const taken = new Set(there.map(({ value }) => value));
  const others = [...names].flatMap(([project, name]) =>
    codes('funds').flatMap(({ code: fund }) =>
      codes('origins').map(({ code: origin }) => {
        const key = { project, fund, origin };
        return { value: keyText(key), label: labelOf(key, name) };
      }),
    ),
  );
  return [...there, ...others.filter(({ value }) => !taken.has(value))];
}
