/** What stands at a JSON pointer of a posting; undefined where nothing does. */
export const valueAt = (posting: object, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | undefined)?.[key],
      posting,
    );
