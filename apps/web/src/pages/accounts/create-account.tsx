import { Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { answer, api } from '../../api/client.js';
import { Failure } from '../../ui/failure.js';
import { Field } from '../../ui/field.js';
import { useAccountChange } from './accounts.js';
import { useText } from './locale.js';

/** A new account gets no duties yet, and a password that must be changed at the first sign-in. */
export function CreateAccount({ created }: { created: (oneTimePassword: string) => void }) {
  const text = useText();
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const creating = useAccountChange(async (body: { login: string; name: string }) => {
    const { oneTimePassword } = await answer(api.POST('/api/v1/accounts', { body }));
    if (oneTimePassword !== undefined) created(oneTimePassword);
    setLogin('');
    setName('');
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    creating.mutate({ login, name });
  };
  return (
    <form className="in-a-row" onSubmit={send} autoComplete="off">
      <Field label={text('login')}>
        {(control) => (
          <Input
            {...control}
            required
            value={login}
            onChange={({ target }) => setLogin(target.value)}
          />
        )}
      </Field>
      <Field label={text('name')}>
        {(control) => (
          <Input
            {...control}
            required
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
      <Button type="primary" htmlType="submit" loading={creating.isPending}>
        {text('create')}
      </Button>
      {creating.error && <Failure error={creating.error} />}
    </form>
  );
}
