export { loginKey, unitsOf, type Account } from './account.js';
export type { AccountList } from './account-list.js';
export type { NewAccount } from './accounts.js';
export { Access, type AccessOptions } from './access.js';
export {
  accessLogDirectory,
  AccessLog,
  type AccessEntry,
  type RecordedAccess,
} from './access-log.js';
export type { Credentials } from './credentials.js';
export { TooManyAttempts } from './back-off.js';
export { newPassword, newSecret, stateOf } from './secrets.js';
export type { Authenticated, Begun, Session } from './sessions.js';
