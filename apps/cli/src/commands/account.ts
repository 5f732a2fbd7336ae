import type { Command } from 'commander';
import { isRole, LedgerRefusal, type Grant } from '#domain';
import { Access, type Account } from '#accounts';
import { printJson, withLedger, WrongUsage, type GlobalOptions, type Streams } from '../io.js';
import { peopleOf, type PeopleOptions } from '../people.js';
import { FINDING } from '../sentences.js';

interface Options extends GlobalOptions, PeopleOptions {
  readonly name?: string;
  readonly person?: string;
  readonly grant?: readonly string[];
}

/** Accounts for whoever has the data directory, and so is trusted; each change is an event all the same. */
export function accountCommand(program: Command, io: Streams): void {
  const account = program.command('account').description('accounts and their duties');
  const by = (command: Command) => command.option('--actor <name>', 'who does this');

  by(account.command('create'))
    .description('open an account; prints a password that is good for setting one’s own')
    .argument('<login>')
    .requiredOption('--name <name>', 'the name that is shown')
    .option('--person <person>', 'the natural person, as in actor; the login by default')
    .option('--grant <role=units...>', 'a duty and its units: clerk=430203-208001 or auditor=*')
    .action(async (login: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const grants = grantsIn(options.grant ?? []);
      const { name = login, person } = options;
      await withAccess(options, async (access) => {
        const given = { login, name, grants, ...(person !== undefined && { person }) };
        const opened = await access.open(given, undefined, changedBy(access, options));
        const { oneTimePassword } = opened;
        if (options.json) printJson(io, { account: opened.account.id, login, oneTimePassword });
        else io.stdout(`${login} may log in once with ${oneTimePassword}, within 72 hours\n`);
      });
    });

  by(account.command('grant'))
    .description('give an account these duties and no others')
    .argument('<login>')
    .requiredOption('--grant <role=units...>', 'a duty and its units: clerk=430203-208001')
    .action(async (login: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const grants = grantsIn(options.grant ?? []);
      await withAccess(options, async (access) => {
        const { id } = await accountOf(access, login);
        show(io, options, await access.accounts.grant(id, grants, changedBy(access, options)));
      });
    });

  by(account.command('disable'))
    .description('let nobody log in to an account, and end its sessions')
    .argument('<login>')
    .action(async (login: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      await withAccess(options, async (access) => {
        const { id } = await accountOf(access, login);
        show(io, options, await access.disable(id, changedBy(access, options)));
      });
    });

  by(account.command('enable'))
    .description('let an account be used again')
    .argument('<login>')
    .action(async (login: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      await withAccess(options, async (access) => {
        const { id } = await accountOf(access, login);
        show(io, options, await access.accounts.enable(id, changedBy(access, options)));
      });
    });

  by(account.command('reset-password'))
    .description('print a password that is good for setting one’s own, and end all sessions')
    .argument('<login>')
    .action(async (login: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      await withAccess(options, async (access) => {
        const { id } = await accountOf(access, login);
        const oneTimePassword = await access.resetPassword(id, changedBy(access, options));
        if (options.json) printJson(io, { account: id, login, oneTimePassword });
        else io.stdout(`${login} may log in once with ${oneTimePassword}, within 72 hours\n`);
      });
    });

  account
    .command('list')
    .description('every account with its duties')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      await withAccess(options, async (access) => {
        const { all } = await access.accounts.current();
        if (options.json) printJson(io, { accounts: all.map(plain) });
        else for (const one of all) io.stdout(`${lineOf(one)}\n`);
      });
    });
}

async function withAccess(options: GlobalOptions, use: (access: Access) => Promise<void>) {
  await withLedger(options, async (ledger) => {
    const access = await Access.open(ledger, { directory: options.data });
    try {
      await use(access);
    } finally {
      await access.close();
    }
  });
}

const changedBy = (access: Access, options: Options) => access.by(peopleOf(options).actor);

async function accountOf(access: Access, login: string): Promise<Account> {
  const found = (await access.accounts.current()).byLogin(login);
  if (!found) throw LedgerRefusal.of('unknown-account', FINDING.noAccount({ login }));
  return found;
}

/** `clerk=430203-208001,430203-208002` or `auditor=*`. */
const grantsIn = (texts: readonly string[]): readonly Grant[] =>
  texts.map((text) => {
    const [role = '', units = ''] = text.split('=');
    if (!isRole(role) || units === '')
      throw new WrongUsage(`--grant takes a role and its units, like clerk=430203-208001: ${text}`);
    return { role, units: units === '*' ? '*' : units.split(',') };
  });

function show(io: Streams, { json }: GlobalOptions, account: Account): void {
  if (json) printJson(io, plain(account));
  else io.stdout(`${lineOf(account)}\n`);
}

const plain = ({ id, login, person, grants, disabled }: Account) => ({
  account: id,
  login,
  person,
  grants,
  disabled,
});

function lineOf({ login, person, grants, disabled }: Account): string {
  const duties = grants.map(({ role, units }) => `${role}=${String(units)}`).join(' ');
  return `${login} (${person}) ${duties || 'no duty'}${disabled ? ', disabled' : ''}`;
}
