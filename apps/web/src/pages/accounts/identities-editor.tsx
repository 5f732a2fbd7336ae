import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { answer, api } from '../../api/client.js';
import type { Account } from '../../api/types.js';
import { Failure } from '../../ui/failure.js';
import { Field } from '../../ui/field.js';
import { pathTo, useAccountChange } from './accounts.js';
import { useText } from './locale.js';

const SHOWN_DIGITS = 16;

/** By whom the account may sign in without its password: subjects of the issuer that the server is set up with. */
export function IdentitiesEditor({ account: { account, name, identities } }: { account: Account }) {
  const text = useText();
  const [subject, setSubject] = useState('');
  const { data: issuers } = useQuery({
    queryKey: ['issuers'],
    queryFn: async () => (await answer(api.GET('/api/v1/session/oidc', {}))).issuers,
  });
  const binding = useAccountChange(async () => {
    await api.POST('/api/v1/accounts/{account}/identities', {
      ...pathTo(account),
      body: { subject: subject.trim() },
    });
    setSubject('');
  });
  const releasing = useAccountChange((identity: string) =>
    api.DELETE('/api/v1/accounts/{account}/identities/{identity}', {
      params: { path: { account, identity } },
    }),
  );
  const bind = (event: FormEvent) => {
    event.preventDefault();
    binding.mutate(undefined);
  };
  const failed = binding.error ?? releasing.error;
  const [issuer] = issuers ?? [];
  return (
    <section className="editor" aria-label={text('identitiesOf', { name })}>
      <h2>{text('identitiesOf', { name })}</h2>
      <p className="faint">{text('identitiesHint')}</p>
      {identities.length === 0 && <p>{text('noIdentities')}</p>}
      <ul>
        {identities.map(({ issuer, subjectHash }) => (
          <li key={subjectHash}>
            {issuer} · <code>{subjectHash.slice(0, SHOWN_DIGITS)}…</code>{' '}
            <Button
              size="small"
              aria-label={`${text('unbind')} ${issuer} ${subjectHash.slice(0, SHOWN_DIGITS)}`}
              loading={releasing.isPending}
              onClick={() => releasing.mutate(subjectHash)}
            >
              {text('unbind')}
            </Button>
          </li>
        ))}
      </ul>
      {issuers && !issuer && <p className="notice">{text('noIssuer')}</p>}
      {issuer && (
        <form className="in-a-row" onSubmit={bind} autoComplete="off">
          <Field label={text('issuer')}>
            {(control) => <Input {...control} readOnly value={issuer.name} />}
          </Field>
          <Field label={text('subject')} hint={text('subjectHint')}>
            {(control) => (
              <Input
                {...control}
                required
                value={subject}
                onChange={({ target }) => setSubject(target.value)}
              />
            )}
          </Field>
          <Button type="primary" htmlType="submit" loading={binding.isPending}>
            {text('bind')}
          </Button>
        </form>
      )}
      {failed && <Failure error={failed} />}
    </section>
  );
}
