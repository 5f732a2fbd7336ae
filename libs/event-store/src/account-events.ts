import type { Grant, Role, SealedPayee, Units } from '#domain';

/** The events of the stream `accounts`, schema 1 (docs/formats.md): who may do what. No secret is in any of them. */
export interface AccountEventData {
  readonly AccountOpened: {
    readonly account: string;
    readonly login: string;
    /** The natural person, as in `actor` and `approvedBy`; one may have several accounts. */
    readonly person: string;
    /** The name that is shown, in the vault. */
    readonly name: SealedPayee;
  };
  /** All that the account may do from here on. */
  readonly GrantsChanged: { readonly account: string; readonly grants: readonly Grant[] };
  readonly AccountDisabled: { readonly account: string };
  readonly AccountEnabled: { readonly account: string };
  /** Ends the sessions that were begun with another password. */
  readonly PasswordSet: { readonly account: string };
  /** Whom an issuer of OpenID Connect knows by `subject` logs in to the account; hex of SHA-256. */
  readonly IdentityBound: {
    readonly account: string;
    readonly issuer: string;
    readonly subjectHash: string;
  };
  readonly IdentityReleased: {
    readonly account: string;
    readonly issuer: string;
    readonly subjectHash: string;
  };
  /** A script may act for the account until then, within this one duty and no more than the account has. */
  readonly TokenIssued: {
    readonly account: string;
    readonly token: string;
    readonly name: string;
    readonly role: Role;
    readonly units: Units;
    /** ISO 8601, UTC, milliseconds. */
    readonly expiresAt: string;
  };
  readonly TokenRevoked: { readonly account: string; readonly token: string };
}

/** The events of the access log, which is a log of its own: stream `access`, schema 1. */
export interface AccessEventData {
  readonly AccessRecorded: {
    /** Null where nobody was logged in. */
    readonly account: string | null;
    readonly person: string | null;
    readonly roles: readonly Role[];
    readonly method: string;
    /** The address as it is declared, e.g. `/api/v1/books/:unit/:year/reports/:report`. */
    readonly route: string;
    /** The address that was asked for, without its question. */
    readonly target: string;
    readonly outcome: 'allowed' | 'denied';
    /** Why it was denied, or what makes it worth a line. */
    readonly reason: string;
    /** The address that the request came from. */
    readonly remote: string;
    /** How many denials of strangers at this address were left out since the last line about it. */
    readonly leftOut?: number;
  };
}
