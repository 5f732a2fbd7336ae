import { useEffect, useRef, useState } from 'react';

/**
 * Follows a value that moves fast: at most every `everyMs`, and not while what was taken last is still `busy`. Where
 * it comes to rest it is always taken.
 */
export function useFollowing<T>(value: T, busy: boolean, everyMs: number): T {
  const [taken, setTaken] = useState(value);
  const takenAt = useRef(0);
  useEffect(() => {
    if (busy || taken === value) return undefined;
    const wait = Math.max(0, takenAt.current + everyMs - performance.now());
    const timer = setTimeout(() => {
      takenAt.current = performance.now();
      setTaken(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, taken, busy, everyMs]);
  return taken;
}
