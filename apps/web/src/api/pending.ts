/**
 * Answers of routes that the API's document does not describe yet. Each part goes as soon as the document has it.
 */
export interface Grant {
  role: Role;
  units: string[] | '*';
}
export type Role =
  'clerk' | 'reviewer' | 'auditor' | 'viewer' | 'account-admin' | 'system-admin' | 'log-admin';

export interface SignedIn {
  account: string;
  login: string;
  person: string;
  name: string;
  roles: Grant[];
  csrf: string;
  expiresAt: string;
  idleExpiresAt: string;
}
export interface OpenLedger {
  open: true;
  setup: boolean;
}
export type Session = SignedIn | OpenLedger;

export interface Book {
  unit: string;
  fiscalYear: number;
  unitName: string;
  divisionName: string;
  status: string;
}

interface Answer<T> {
  responses: { 200: { content: { 'application/json': T } } };
}
interface Taking<Body, T> extends Answer<T> {
  requestBody: { content: { 'application/json': Body } };
}
interface None {
  responses: { 204: { content?: never } };
}

export interface PendingPaths {
  '/api/v1/session': {
    get: Answer<Session>;
    post: Taking<{ login: string; password: string }, SignedIn>;
    delete: None;
  };
  '/api/v1/session/password': { post: Taking<{ current: string; password: string }, object> };
  '/api/v1/session/oidc': { get: Answer<{ issuers: { id: string; name: string }[] }> };
  '/api/v1/setup': {
    post: Taking<{ token: string; login: string; name: string; password: string }, object>;
  };
  '/api/v1/books': { get: Answer<{ books: Book[] }> };
}
