/**
 * The extended result code of an error of SQLite, '' for any other error. By shape and not by class: the
 * driver's class is one per loaded copy, its codes are SQLite's own.
 */
export function sqliteCodeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : '';
}
