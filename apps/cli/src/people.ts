import { userInfo } from 'node:os';
import { isName, type People } from './import/import-commands.js';
import { WrongUsage } from './io.js';

/** `--actor NAME --approved-by NAME`. */
export interface PeopleOptions {
  readonly actor?: string;
  readonly approvedBy?: string;
}

/** Who posts, by default FISCAL_ACTOR or the user of the system, and who approved. */
export function peopleOf({ actor, approvedBy }: PeopleOptions): People {
  const people = {
    actor: actor ?? (process.env['FISCAL_ACTOR'] || systemUser()),
    ...(approvedBy !== undefined && { approvedBy }),
  };
  for (const name of Object.values(people))
    if (!isName(name)) throw new WrongUsage(`${JSON.stringify(name)} is not the name of a person`);
  return people;
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    throw new WrongUsage('the system has no name for its user: --actor says who posts');
  }
}
