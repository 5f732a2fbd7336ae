import { run } from '../apps/cli/src/program.js';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  json<T>(): T;
}

/** Runs the command line in this process, with bytes or text as its standard input. */
export async function fiscal(
  args: readonly string[],
  stdin: Uint8Array | string = '',
): Promise<Ran> {
  let [stdout, stderr] = ['', ''];
  async function* input() {
    yield typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin;
  }
  const code = await run(args, {
    stdin: input(),
    stdout: (text) => void (stdout += text),
    stderr: (text) => void (stderr += text),
    drained: () => Promise.resolve(),
    terminal: false,
  });
  return { code, stdout, stderr, json: <T>() => JSON.parse(stdout) as T };
}
