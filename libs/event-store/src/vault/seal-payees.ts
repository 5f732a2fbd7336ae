import type { Command, SealedPayee } from '#domain';
import type { Prepare } from '../prepare-commands.js';
import type { SealedNames, Vault } from './vault.js';

/** Puts subjects in the place of payees' names, before anything is hashed or decided. */
export const sealPayees =
  (vault: Vault): Prepare =>
  (commands, isRecorded) => {
    const names = new Set<string>();
    for (const command of commands) {
      const name = nameIn(command);
      if (name !== undefined && !isRecorded(command)) names.add(name);
    }
    const withSubjects = (sealed: SealedNames) =>
      commands.map((command) => {
        const name = nameIn(command);
        if (name === undefined) return command;
        // one that was recorded before keeps its name where that is erased: it must not come back by a retry
        const payee = sealed.get(name) ?? vault.find(name);
        return payee ? withPayee(command, payee) : command;
      });
    if (names.size === 0) return commands.some(nameIn) ? withSubjects(new Map()) : commands;
    const sealed = vault.seal([...names]);
    return sealed instanceof Promise ? sealed.then(withSubjects) : withSubjects(sealed);
  };

/** A payment, or one inside a proposal. */
const nameIn = (command: Command): string | undefined => {
  const posting = 'posting' in command ? command.posting : command;
  return posting.command === 'make-payment' && typeof posting.payee === 'string'
    ? posting.payee
    : undefined;
};

const withPayee = (command: Command, payee: SealedPayee): Command =>
  ('posting' in command
    ? { ...command, posting: { ...command.posting, payee } }
    : { ...command, payee }) as Command;
