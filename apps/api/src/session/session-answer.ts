import type { Access, Authenticated } from '#accounts';
import type { SessionDto } from '../dto/session.js';

/** Who is logged in, as the app is told. */
export function sessionAnswer(
  { accounts }: Access,
  { account, grants, session }: Authenticated,
): SessionDto {
  return {
    account: account.id,
    login: account.login,
    person: account.person,
    name: accounts.nameOf(account),
    roles: grants.map(({ role, units }) => ({ role, units: units === '*' ? units : [...units] })),
    ...(session && {
      csrf: session.csrf,
      mustChangePassword: session.limited,
      expiresAt: new Date(session.expiresAt).toISOString(),
      idleExpiresAt: new Date(session.idleExpiresAt).toISOString(),
    }),
  };
}
