import { Access } from '#accounts';
import { appendSystemEvent } from '#event-store';
import { createKey, parseSignerKey } from '#proof';
import type { Ledger } from '#projections';

/** What the golden store `accounts` has beside books: accounts, duties, tokens, an erasure and a key that took over. */
const BY = { actor: 'wang.yi', recordedAt: '2026-01-02T00:00:00.000Z' };
const UNITS = ['430203-299001'];
const ISSUER = 'https://id.example.org';

async function withAccess<T>(ledger: Ledger, use: (access: Access) => Promise<T>): Promise<T> {
  const access = await Access.open(ledger);
  try {
    return await use(access);
  } finally {
    await access.close();
  }
}

/** Every kind of change of an account. */
export const administerAccounts = (ledger: Ledger): Promise<void> =>
  withAccess(ledger, async ({ accounts }) => {
    const open = (login: string, name: string, role: 'account-admin' | 'clerk' | 'reviewer') =>
      accounts.open(
        {
          login,
          name,
          person: login,
          grants: [{ role, units: role === 'account-admin' ? '*' : UNITS }],
        },
        BY,
      );
    await open('wang.yi', '王一', 'account-admin');
    const clerk = await open('zhang.min', '张敏', 'clerk');
    const reviewer = await open('li.hua', '李华', 'reviewer');
    const gone = await accounts.open({ login: 'zhao.liu', name: '赵六' }, BY);
    const grants = [
      { role: 'auditor', units: '*' },
      { role: 'viewer', units: UNITS },
    ] as const;
    await accounts.grant(gone.id, grants, BY);
    await accounts.passwordSet(clerk.id, BY);
    await accounts.bindIdentity(reviewer.id, ISSUER, 'ab'.repeat(32), BY);
    await accounts.releaseIdentity(reviewer.id, 'ab'.repeat(32), BY);
    await accounts.bindIdentity(clerk.id, ISSUER, 'cd'.repeat(32), BY);
    const token = { role: 'clerk', units: UNITS, expiresAt: '2027-01-01T00:00:00.000Z' } as const;
    await accounts.issueToken(clerk.id, { ...token, id: 'token-1', name: '接口' }, BY);
    await accounts.issueToken(clerk.id, { ...token, id: 'token-2', name: '旧接口' }, BY);
    await accounts.revokeToken(clerk.id, 'token-2', BY);
    await accounts.disable(reviewer.id, BY);
    await accounts.enable(reviewer.id, BY);
    await accounts.disable(gone.id, BY);
    const { subject } = gone.name;
    const erased = { subject, reason: '本人申请' };
    await appendSystemEvent(ledger.store, 'PersonalDataErased', erased, `erase-${subject}`, BY);
    await ledger.eraseSubject(subject);
  });

/** Lets one key take over from another, each having signed; answers the first one's public key. */
export async function rotateKey(ledger: Ledger): Promise<string> {
  const [first, second] = [createKey(ledger.store.origin), createKey(ledger.store.origin)];
  const sign = async ({ signerKey }: typeof first) => {
    await ledger.catchUp();
    const signer = parseSignerKey(signerKey);
    if (!signer.ok) throw new Error(signer.reason);
    await ledger.log.checkpoint(signer.value);
  };
  await sign(first);
  const data = {
    previousPublicKey: first.verifierKey,
    publicKey: second.verifierKey,
    reason: '换届',
  };
  await appendSystemEvent(ledger.store, 'LogKeyRotated', data, 'rotate-1', BY);
  await sign(first);
  const open = (access: Access) => access.accounts.open({ login: 'sun.qi', name: '孙七' }, BY);
  await withAccess(ledger, open);
  await sign(second);
  return first.verifierKey;
}

/** Every account as it is folded from the log, with the name that is shown. */
export const accountsOf = (ledger: Ledger): Promise<unknown> =>
  withAccess(ledger, async ({ accounts }) => {
    const { all } = await accounts.current();
    const shown = all.map((account) => ({ ...account, shown: accounts.nameOf(account) }));
    return JSON.parse(JSON.stringify(shown)) as unknown;
  });

export const rootOf = ({ log }: Ledger): string =>
  Buffer.from(log.root(log.size())).toString('hex');
