import { useEffect, useRef, useState } from 'react';
import { ProblemError } from '../../api/problem.js';
import type { NoteFault } from './proof/note.js';
import type { Brought, Verdict } from './proof/verify-log.js';
import type { Told } from './verify-worker.js';

type Verification =
  | { readonly is: 'idle' | 'cancelled' }
  | { readonly is: 'running'; readonly done: number; readonly of: number }
  | { readonly is: 'done'; readonly verdict: Verdict; readonly tookMs: number }
  | { readonly is: 'refused'; readonly reason: NoteFault['reason'] }
  | { readonly is: 'failed'; readonly error: Error };

/** Verifies in a worker of its own; leaving the page, or cancelling, ends it. */
export function useVerification() {
  const [state, setState] = useState<Verification>({ is: 'idle' });
  const worker = useRef<Worker>(undefined);
  const end = () => {
    worker.current?.terminate();
    worker.current = undefined;
  };
  useEffect(() => end, []);

  function start(brought: Brought): void {
    end();
    const begunAt = performance.now();
    const started = new Worker(new URL('./verify-worker.ts', import.meta.url), { type: 'module' });
    worker.current = started;
    setState({ is: 'running', done: 0, of: 0 });
    started.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      if (worker.current !== started) return;
      setState(stateOf(data, performance.now() - begunAt));
      if (data.told !== 'progress') end();
    });
    started.addEventListener('error', ({ message }) => {
      setState({ is: 'failed', error: new Error(message || 'the worker did not start') });
      end();
    });
    started.postMessage(brought);
  }

  function cancel(): void {
    end();
    setState({ is: 'cancelled' });
  }

  return { state, start, cancel };
}

function stateOf(told: Told, tookMs: number): Verification {
  switch (told.told) {
    case 'progress':
      return { is: 'running', done: told.done, of: told.of };
    case 'verdict':
      return { is: 'done', verdict: told.verdict, tookMs };
    case 'refused':
      return { is: 'refused', reason: told.reason };
    case 'failed': {
      const { problem, message } = told;
      if (!problem) return { is: 'failed', error: new Error(message) };
      const { status, code } = problem;
      const refusal = { type: 'about:blank', title: code, status, code, detail: message };
      return { is: 'failed', error: new ProblemError(refusal) };
    }
  }
}
