import { Select } from 'antd';
import { Field } from '../../ui/field.js';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly change: (value: string) => void;
  readonly placeholder?: string;
  readonly hint?: string;
  readonly error?: string;
  readonly clearable?: boolean;
}

/** One of a list, found by typing a part of it. */
export function Choice(props: Props) {
  const { label, value, options, change, placeholder, hint, error, clearable = false } = props;
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <Select
          {...control}
          showSearch={{ optionFilterProp: 'label' }}
          allowClear={clearable}
          placeholder={placeholder}
          value={value || undefined}
          onChange={(chosen: string | undefined) => change(chosen ?? '')}
          options={[...options]}
        />
      )}
    </Field>
  );
}
