import type { components } from './schema.js';

/** Short names for what the API's document defines. */
type Schemas = components['schemas'];

export type Session = Schemas['SessionDto'];
export type Grant = Schemas['GrantDto'];
export type Role = Grant['role'];
export type Account = Schemas['AccountDto'];
export type AccessEntry = Schemas['AccessLogEntryDto'];
