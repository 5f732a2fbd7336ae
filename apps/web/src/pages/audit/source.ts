import { answer, api } from '../../api/client.js';
import type { LogSource } from './proof/verify-log.js';

/** The log and its proofs as the API gives them. */
export const logSource: LogSource = {
  entries: (from) =>
    answer(api.GET('/api/v1/log/entries', { params: { query: { from: String(from) } } })),
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
};
