/** What was read from a text that another wrote, or one sentence that says why it is refused. */
export type Opened<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

export const opened = <T>(value: T): Opened<T> => ({ ok: true, value });

export const refused = (reason: string): { readonly ok: false; readonly reason: string } => ({
  ok: false,
  reason,
});
