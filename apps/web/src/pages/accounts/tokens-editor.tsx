import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { answer, api } from '../../api/client.js';
import type { Account, Grant, Role } from '../../api/types.js';
import { useText as useAppText } from '../../app/locale.js';
import { Failure } from '../../ui/failure.js';
import { DateInput } from '../../ui/date-input.js';
import { Field } from '../../ui/field.js';
import { pathTo, useAccountChange } from './accounts.js';
import { ROLES, Units } from './grants-editor.js';
import { useText } from './locale.js';
import { Secret } from './secret.js';

interface NewToken {
  readonly name: string;
  readonly role: Role;
  readonly units: Grant['units'];
  readonly expiresAt: string;
}
const NOTHING: NewToken = { name: '', role: 'viewer', units: '*', expiresAt: '' };

/** Tokens by which scripts come in under an account: a duty of it, units, and an end. */
export function TokensEditor({ account: { account, name, tokens } }: { account: Account }) {
  const text = useText();
  const appText = useAppText();
  const [wanted, setWanted] = useState<NewToken>(NOTHING);
  const [secret, setSecret] = useState<string>();
  const issuing = useAccountChange(async () => {
    const body = { ...wanted, expiresAt: `${wanted.expiresAt}T00:00:00.000Z` };
    const issued = await answer(
      api.POST('/api/v1/accounts/{account}/tokens', { ...pathTo(account), body }),
    );
    setSecret(issued.token);
    setWanted(NOTHING);
  });
  const revoking = useAccountChange((token: string) =>
    api.DELETE('/api/v1/accounts/{account}/tokens/{token}', {
      params: { path: { account, token } },
    }),
  );
  const failed = issuing.error ?? revoking.error;
  return (
    <section className="editor" aria-label={text('tokensOf', { name })}>
      <h2>{text('tokensOf', { name })}</h2>
      {tokens.length === 0 && <p className="faint">{text('none')}</p>}
      <ul>
        {tokens.map((token) => (
          <li key={token.id}>
            {token.name} · {appText(token.role)} ·{' '}
            {token.units === '*' ? text('all') : token.units.join('、')} ·{' '}
            {token.expiresAt.slice(0, 10)}{' '}
            <Button size="small" onClick={() => revoking.mutate(token.id)}>
              {text('revoke')}
            </Button>
          </li>
        ))}
      </ul>
      <div className="in-a-row">
        <Field label={text('tokenName')}>
          {(control) => (
            <Input
              {...control}
              value={wanted.name}
              onChange={({ target }) => setWanted({ ...wanted, name: target.value })}
            />
          )}
        </Field>
        <Field label={text('role')}>
          {(control) => (
            <Select
              {...control}
              value={wanted.role}
              onChange={(role: Role) => setWanted({ ...wanted, role })}
              options={ROLES.map((value) => ({ value, label: appText(value) }))}
            />
          )}
        </Field>
        <Units units={wanted.units} change={(units) => setWanted({ ...wanted, units })} />
        <Field label={text('expiresAt')}>
          {(control) => (
            <DateInput
              {...control}
              value={wanted.expiresAt}
              change={(expiresAt) => setWanted({ ...wanted, expiresAt })}
            />
          )}
        </Field>
        <Button
          type="primary"
          loading={issuing.isPending}
          onClick={() => issuing.mutate(undefined)}
        >
          {text('issue')}
        </Button>
      </div>
      {secret !== undefined && <Secret label={text('tokenOnce')} secret={secret} />}
      {failed && <Failure error={failed} />}
    </section>
  );
}
