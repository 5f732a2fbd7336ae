import { useId, type ReactNode } from 'react';

interface Props {
  readonly label: string;
  readonly hint?: string;
  /** The server's sentence about what is in the field. */
  readonly error?: string;
  readonly wide?: boolean;
  readonly children: (control: {
    id: string;
    status: '' | 'error';
    'aria-describedby': string;
    'aria-invalid': boolean;
  }) => ReactNode;
}

/** A labelled field whose hint and refusal are read out with it. */
export function Field({ label, hint, error, wide = false, children }: Props) {
  const id = useId();
  const told = `${id}-told`;
  const wrong = error !== undefined;
  return (
    <div className={wide ? 'field wide' : 'field'}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        status: wrong ? 'error' : '',
        'aria-describedby': told,
        'aria-invalid': wrong,
      })}
      <div id={told} className={wrong ? 'refusal' : 'faint'} role={wrong ? 'alert' : undefined}>
        {error ?? hint}
      </div>
    </div>
  );
}
