import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LedgerRefusal, readCommand } from '#domain';
import type { Recorded } from '#event-store';
import { Ledger } from '#projections';
import type { People } from '../http/headers.js';

/** One command on its way to the log. */
export class PostCommand extends Command<Recorded> {
  constructor(
    readonly input: Readonly<Record<string, unknown>>,
    readonly people: People,
    readonly ifMatch?: number,
  ) {
    super();
  }
}

@CommandHandler(PostCommand)
export class PostCommandHandler implements ICommandHandler<PostCommand> {
  constructor(@Inject(Ledger) private readonly ledger: Ledger) {}

  /** Throws LedgerRefusal for every refusal, of the gate and of the book. */
  async execute({ input, people, ifMatch }: PostCommand): Promise<Recorded> {
    const command = readCommand(input);
    if (!command.ok) throw new LedgerRefusal(command.error);
    const result = await this.ledger.commands.run(command.value, {
      ...people,
      recordedAt: new Date().toISOString(),
      ...(ifMatch !== undefined && { ifMatch }),
    });
    if (!result.ok) throw new LedgerRefusal(result.error);
    return result.value;
  }
}
