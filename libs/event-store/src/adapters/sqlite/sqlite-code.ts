/**
 * The extended result code of an error of SQLite, '' for any other error. By shape and not by class: the
 * driver's class is one per loaded copy, its codes are SQLite's own.
 */
export function sqliteCodeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : '';
}

/** Whether after an error of this code it is not known what is on the disk. */
export const isInDoubt = (code: string): boolean => /^SQLITE_(IOERR|CORRUPT|NOTADB)/.test(code);
