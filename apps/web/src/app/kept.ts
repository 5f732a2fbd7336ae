import { useState } from 'react';

/**
 * Something unfinished that survives a reload, under a key that belongs to one account and what it is about.
 * Forgetting it begins anew: with `blank`, or again as initially.
 */
export function useKept<T>(key: string, initial: () => T, blank: () => T = initial) {
  const [value, setValue] = useState<T>(() => {
    const kept = localStorage.getItem(key);
    return kept === null ? initial() : (JSON.parse(kept) as T);
  });
  return {
    value,
    keep: (next: T) => {
      localStorage.setItem(key, JSON.stringify(next));
      setValue(next);
    },
    forget: () => {
      localStorage.removeItem(key);
      setValue(blank());
    },
  };
}
