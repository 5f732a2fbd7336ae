import type { Command } from '#domain';
import { hashOfCommand } from './recorded.js';

/**
 * Replaces in commands what must never be hashed; answers them in their order. Nothing is kept of those that
 * were recorded before: they are only to be told from others.
 */
export type Prepare = (
  commands: readonly Command[],
  isRecorded: (command: Command) => boolean,
) => readonly Command[] | Promise<readonly Command[]>;

/** A command with the hash that tells whether a later one of the same id is the same. */
export interface HashedCommand {
  readonly given: Command;
  readonly command: Command;
  readonly commandHash: string;
}

/** Commands on their way from what was given to what is hashed and decided. */
export class Preparation {
  #preparing: ReturnType<Prepare> | undefined;

  constructor(
    private readonly prepare: Prepare,
    private readonly given: readonly Command[],
    private readonly isRecorded: (command: Command) => boolean,
  ) {}

  /** Begins, where there is still something to wait for, so that commands that wait share the work. */
  start(): void {
    this.#preparing = this.prepare(this.given, this.isRecorded);
    // told by `hashed`, which may come later
    if (this.#preparing instanceof Promise) this.#preparing.catch(() => undefined);
  }

  async hashed(): Promise<readonly HashedCommand[]> {
    if (!this.#preparing) this.start();
    const commands = await this.#preparing!;
    return commands.map((command, i) => ({
      given: this.given[i]!,
      command,
      commandHash: hashOfCommand(command),
    }));
  }
}
