import { answer, api, ProblemError } from '../../api/client.js';
import type { LogSource } from './proof/verify-log.js';

/** The log and its proofs as the API gives them. */
export const logSource: LogSource = {
  entries: (from, limit) =>
    patiently(() =>
      answer(
        api.GET('/api/v1/log/entries', {
          params: {
            query: { from: String(from), ...(limit !== undefined && { limit: String(limit) }) },
          },
        }),
      ),
    ),
  inclusion: async (index, size) =>
    (
      await answer(
        api.GET('/api/v1/log/proofs/inclusion', {
          params: { query: { index: String(index), size: String(size) } },
        }),
      )
    ).proof,
  consistency: async (from, to) =>
    (
      await answer(
        api.GET('/api/v1/log/proofs/consistency', {
          params: { query: { from: String(from), to: String(to) } },
        }),
      )
    ).proof,
  checkpointFrom: async (least) => {
    try {
      return await answer(
        api.GET('/api/v1/log/checkpoint', {
          params: { query: { from: String(least) } },
          parseAs: 'text',
        }),
      );
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'no-checkpoint') return undefined;
      throw error;
    }
  },
};

const TRIES = 4;
const PAUSE_MS = 1000;

/** A log is read for minutes: a connection that breaks, or a server that is busy, does not end it. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++)
    try {
      return await ask();
    } catch (error) {
      const isRefusal = error instanceof ProblemError && ![429, 503].includes(error.status);
      if (isRefusal || tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, tries * PAUSE_MS));
    }
}
