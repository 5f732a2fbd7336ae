import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { bookKey } from '../app/lines.js';
import { listen } from './listen.js';
import { useText } from './locale.js';
import './live.css';

/** What comes in a burst, an import say, is read once. */
const GATHERS_MS = 250;
/** A break that is over before one could read of it is not told. */
const TOLERATES_MS = 1500;

/**
 * Keeps what is shown up to the log, and says so where it cannot: what another person posts makes the queries of
 * its book stale, and the pages ask again.
 */
export function Live() {
  const text = useText();
  const queries = useQueryClient();
  const [lostAt, setLostAt] = useState<Date>();
  useEffect(() => {
    const stale = new Map<string, readonly unknown[]>();
    let heard = -1;
    let gathering: ReturnType<typeof setTimeout> | undefined;
    let telling: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      gathering = undefined;
      for (const queryKey of stale.values()) void queries.invalidateQueries({ queryKey });
      stale.clear();
    };
    const makeStale = (queryKey: readonly unknown[]) => {
      stale.set(JSON.stringify(queryKey), queryKey);
      gathering ??= setTimeout(refresh, GATHERS_MS);
    };
    const stop = listen({
      onAppended: ({ index, ...book }) => {
        heard = Math.max(heard, index + 1);
        makeStale(bookKey(book));
        makeStale(['books']);
      },
      onReady: (logSize) => {
        clearTimeout(telling);
        telling = undefined;
        setLostAt(undefined);
        // other books may have been posted to, which is not told: all is asked again, once
        if (heard >= 0 && logSize > heard) {
          makeStale(['book']);
          makeStale(['books']);
        }
        heard = Math.max(heard, logSize);
      },
      onLost: () => {
        const now = new Date();
        telling ??= setTimeout(() => setLostAt(now), TOLERATES_MS);
      },
    });
    return () => {
      stop();
      clearTimeout(gathering);
      clearTimeout(telling);
    };
  }, [queries]);
  if (!lostAt) return null;
  return (
    <p className="notice stale" role="alert">
      △ {text('offline', { time: lostAt.toLocaleTimeString() })}
    </p>
  );
}
