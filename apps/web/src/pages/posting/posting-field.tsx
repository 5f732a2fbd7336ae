import { Input } from 'antd';
import { fenOf, typedFen } from '../../ui/amount.js';
import { DateInput } from '../../ui/date-input.js';
import { Field as Labelled } from '../../ui/field.js';
import { AmountInput } from './amount-input.js';
import type { Field } from './forms.js';
import { useText } from './locale.js';

interface Props {
  readonly field: Field;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly error?: string;
  /** The most that an amount may be, in yuan. */
  readonly limit?: string;
}

export function PostingField({
  field: { at, kind, optional },
  value,
  change,
  error,
  limit,
}: Props) {
  const text = useText();
  const label = text(at as Parameters<typeof text>[0]);
  const hint = optional && text('optional');
  if (kind === 'amount')
    return (
      <AmountInput
        label={label}
        name={at}
        value={value}
        change={change}
        hint={hint}
        error={error}
        limit={
          limit === undefined ? undefined : { left: limit, isOver: typedFen(value) > fenOf(limit) }
        }
      />
    );
  const wide = kind === 'sentence' || kind === 'entry';
  return (
    <Labelled label={label} hint={hint} error={error} wide={wide}>
      {(control) =>
        kind === 'date' ? (
          <DateInput {...control} name={at} value={value} change={change} />
        ) : (
          <Input
            {...control}
            name={at}
            value={value}
            onChange={({ target }) => change(target.value)}
          />
        )
      }
    </Labelled>
  );
}
