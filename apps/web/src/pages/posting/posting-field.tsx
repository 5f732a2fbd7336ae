import { Input } from 'antd';
import { grouped, readAmount } from '../../ui/amount.js';
import { DateInput } from '../../ui/date-input.js';
import { Field as Labelled } from '../../ui/field.js';
import type { Field } from './forms.js';
import { useText } from './locale.js';

interface Props {
  readonly field: Field;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly error?: string;
}

export function PostingField({ field: { at, kind, optional }, value, change, error }: Props) {
  const text = useText();
  const yuan = kind === 'amount' ? readAmount(value) : undefined;
  const hint = yuan !== undefined ? text('stored', { amount: grouped(yuan) }) : undefined;
  return (
    <Labelled
      label={text(at as Parameters<typeof text>[0])}
      hint={hint ?? (optional && text('optional'))}
      error={error}
      wide={kind === 'sentence' || kind === 'entry'}
    >
      {(control) =>
        kind === 'date' ? (
          <DateInput {...control} name={at} value={value} change={change} />
        ) : (
          <Input
            {...control}
            name={at}
            className={kind === 'amount' ? 'amount' : undefined}
            value={value}
            onChange={({ target }) => change(target.value)}
          />
        )
      }
    </Labelled>
  );
}
