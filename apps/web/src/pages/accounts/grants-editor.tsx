import { Button, Select } from 'antd';
import { useState } from 'react';
import { api } from '../../api/client.js';
import type { Account, Grant, Role } from '../../api/types.js';
import { useText as useAppText } from '../../app/locale.js';
import { Failure } from '../../ui/failure.js';
import { Field } from '../../ui/field.js';
import { pathTo, useAccountChange } from './accounts.js';
import { useText } from './locale.js';

export const ROLES: readonly Role[] = [
  'clerk',
  'reviewer',
  'auditor',
  'viewer',
  'account-admin',
  'system-admin',
  'log-admin',
];

/** The duties of one account, each with its units; saved as a whole. */
export function GrantsEditor({ account, done }: { account: Account; done: () => void }) {
  const text = useText();
  const appText = useAppText();
  const [grants, setGrants] = useState<Grant[]>(account.grants);
  const saving = useAccountChange(async () => {
    await api.PUT('/api/v1/accounts/{account}/grants', {
      ...pathTo(account.account),
      body: { grants },
    });
    done();
  });
  const put = (i: number, part: Partial<Grant>) =>
    setGrants(grants.map((grant, at) => (at === i ? { ...grant, ...part } : grant)));
  return (
    <section className="editor" aria-label={text('grantsOf', { name: account.name })}>
      <h2>{text('grantsOf', { name: account.name })}</h2>
      {grants.map(({ role, units }, i) => (
        <div className="in-a-row" key={i}>
          <Field label={text('role')}>
            {(control) => (
              <Select
                {...control}
                value={role}
                onChange={(value: Role) => put(i, { role: value })}
                options={ROLES.map((value) => ({ value, label: appText(value) }))}
              />
            )}
          </Field>
          <Units units={units} change={(value) => put(i, { units: value })} />
          <Button onClick={() => setGrants(grants.filter((_, at) => at !== i))}>
            {text('remove')}
          </Button>
        </div>
      ))}
      <p className="acts">
        <Button onClick={() => setGrants([...grants, { role: 'viewer', units: '*' }])}>
          {text('addGrant')}
        </Button>
        <Button type="primary" loading={saving.isPending} onClick={() => saving.mutate(undefined)}>
          {text('save')}
        </Button>
        <Button onClick={done}>{text('cancel')}</Button>
      </p>
      {saving.error && <Failure error={saving.error} />}
    </section>
  );
}

interface UnitsProps {
  readonly units: Grant['units'];
  readonly change: (units: Grant['units']) => void;
}

/** Unit codes, typed one after the other; none stands for all. */
export function Units({ units, change }: UnitsProps) {
  const text = useText();
  return (
    <Field label={text('units')} hint={text('unitsHint')}>
      {(control) => (
        <Select
          {...control}
          mode="tags"
          tokenSeparators={[' ', ',', '，', '、']}
          open={false}
          suffixIcon={null}
          value={units === '*' ? [] : units}
          onChange={(codes: string[]) => change(codes.length === 0 ? '*' : codes)}
        />
      )}
    </Field>
  );
}
