import { Input } from 'antd';
import { grouped, readAmount } from '../../ui/amount.js';
import { Field } from '../../ui/field.js';
import { useText } from './locale.js';

interface Props {
  readonly label: string;
  readonly name?: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly hint?: string;
  readonly error?: string;
  /** The most that is left, in yuan, and whether more was typed. */
  readonly limit?: { readonly left: string; readonly isOver: boolean };
}

/** An amount as people write it, with how it will be stored and how much is left. */
export function AmountInput({ label, name, value, change, hint, error, limit }: Props) {
  const text = useText();
  const yuan = readAmount(value);
  const told = [
    limit && text('upTo', { amount: grouped(limit.left) }),
    yuan === undefined ? hint : text('stored', { amount: grouped(yuan) }),
  ].filter(Boolean);
  const over = limit?.isOver ? text('over', { amount: grouped(limit.left) }) : undefined;
  return (
    <Field label={label} error={over ?? error} hint={told.join('；')}>
      {(control) => (
        <Input
          {...control}
          name={name}
          className="amount"
          autoComplete="off"
          value={value}
          onChange={({ target }) => change(target.value)}
        />
      )}
    </Field>
  );
}
