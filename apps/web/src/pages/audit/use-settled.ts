import { useEffect, useState } from 'react';

/** A value once it has stood still for a while: what is typed is not asked for at each key. */
export function useSettled<T>(value: T, settlesMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settlesMs);
    return () => clearTimeout(timer);
  }, [value, settlesMs]);
  return settled;
}
