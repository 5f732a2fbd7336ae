import type { Page } from 'playwright-core';

interface Watched {
  longest: number;
}

/** Notes the longest task of a page's main thread, from before its first script on. */
export const watchTasks = (page: Page): Promise<void> =>
  page.addInitScript(() => {
    const watched: Watched = { longest: 0 };
    Object.assign(globalThis, { watchedTasks: watched });
    // Node's types, which know of no browser, do not have 'longtask'
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        watched.longest = Math.max(watched.longest, duration);
    }).observe({ type: 'longtask' as 'mark', buffered: true });
  }) as Promise<unknown> as Promise<void>;

/** In milliseconds, and from here on anew; 0 where none was longer than 50. */
export const longestTask = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { watchedTasks } = globalThis as unknown as { watchedTasks: Watched };
    const { longest } = watchedTasks;
    watchedTasks.longest = 0;
    return Math.round(longest);
  });
