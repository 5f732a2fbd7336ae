import { Button } from 'antd';
import { useState } from 'react';
import { answer, api } from '../../api/client.js';
import type { Account } from '../../api/types.js';
import { useText as useAppText } from '../../app/locale.js';
import { Failure } from '../../ui/failure.js';
import { Loading } from '../../ui/loading.js';
import { Mark } from '../../ui/mark.js';
import { pathTo, useAccountChange, useAccounts } from './accounts.js';
import { CreateAccount } from './create-account.js';
import { GrantsEditor } from './grants-editor.js';
import { IdentitiesEditor } from './identities-editor.js';
import { useText } from './locale.js';
import { Secret } from './secret.js';
import { TokensEditor } from './tokens-editor.js';
import './accounts.css';

interface Open {
  readonly what: 'grants' | 'tokens' | 'identities';
  readonly account: string;
}

/** Who may come in and with which duties. Every change is an event of the log. */
export default function AccountsPage() {
  const text = useText();
  const { data: accounts, error, refetch } = useAccounts();
  const [open, setOpen] = useState<Open>();
  const [secret, setSecret] = useState<string>();
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  if (!accounts) return <Loading />;
  const chosen = accounts.find(({ account }) => account === open?.account);
  return (
    <>
      <h1>{text('title')}</h1>
      <p className="faint">{text('rules')}</p>
      <CreateAccount created={setSecret} />
      {secret !== undefined && <Secret label={text('oneTime')} secret={secret} />}
      <table className="figures accounts">
        <thead>
          <tr>
            {(['login', 'name', 'duties', 'state', 'actions'] as const).map((column) => (
              <th key={column} scope="col">
                {text(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <AccountRow key={account.account} account={account} open={setOpen} reset={setSecret} />
          ))}
        </tbody>
      </table>
      {open?.what === 'grants' && chosen && (
        <GrantsEditor key={chosen.account} account={chosen} done={() => setOpen(undefined)} />
      )}
      {open?.what === 'tokens' && chosen && <TokensEditor key={chosen.account} account={chosen} />}
      {open?.what === 'identities' && chosen && (
        <IdentitiesEditor key={chosen.account} account={chosen} />
      )}
    </>
  );
}

interface RowProps {
  readonly account: Account;
  readonly open: (open: Open) => void;
  readonly reset: (password: string) => void;
}

function AccountRow({
  account: { account, login, name, grants, disabled, tokens, identities },
  open,
  reset,
}: RowProps) {
  const text = useText();
  const appText = useAppText();
  const ability = useAccountChange(() =>
    disabled
      ? api.POST('/api/v1/accounts/{account}/enabling', pathTo(account))
      : api.POST('/api/v1/accounts/{account}/disabling', pathTo(account)),
  );
  const resetting = useAccountChange(async () => {
    const { oneTimePassword } = await answer(
      api.POST('/api/v1/accounts/{account}/password-resets', pathTo(account)),
    );
    reset(oneTimePassword);
  });
  const failed = ability.error ?? resetting.error;
  return (
    <tr>
      <th scope="row">{login}</th>
      <td>{name}</td>
      <td>
        {grants.length === 0 && <span className="faint">{text('noDuties')}</span>}
        {grants.map(({ role, units }) => (
          <div key={role}>
            {appText(role)} <small>{units === '*' ? text('all') : units.join('、')}</small>
          </div>
        ))}
      </td>
      <td>
        <Mark tone={disabled ? 'refused' : 'held'}>{text(disabled ? 'disabled' : 'enabled')}</Mark>
      </td>
      <td>
        <span className="acts">
          <Button size="small" onClick={() => open({ what: 'grants', account })}>
            {text('grants')}
          </Button>
          <Button size="small" onClick={() => open({ what: 'tokens', account })}>
            {text('tokens')} {tokens.length > 0 && text('n', { n: tokens.length })}
          </Button>
          <Button size="small" onClick={() => open({ what: 'identities', account })}>
            {text('identities')} {identities.length > 0 && text('n', { n: identities.length })}
          </Button>
          <Button size="small" onClick={() => resetting.mutate(undefined)}>
            {text('reset')}
          </Button>
          <Button size="small" danger={!disabled} onClick={() => ability.mutate(undefined)}>
            {text(disabled ? 'enable' : 'disable')}
          </Button>
        </span>
        {failed && <Failure error={failed} />}
      </td>
    </tr>
  );
}
