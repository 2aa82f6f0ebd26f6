import { type Command, Option } from 'commander';
import { openStores, queueOn } from '../composition/gate.ts';
import type { Platform } from '../composition/platform.ts';
import { ROLES, type Role } from '../gate/operators.ts';
import { inviteOperator } from '../operators/invite-operator.service.ts';
import { writeAudit } from '../platform/audit/audit.ts';
import { parseEmailAddress } from '../platform/email-address.ts';
import { StartRefused } from '../platform/start-refused.ts';
import { say, withPlatform } from './with-platform.ts';

interface Wanted {
  email: string;
  role: Role[];
  language: 'it' | 'en';
}

/** `sigillo operator`: who may work in the console. */
export function operatorCommands(program: Command): void {
  const operators = program.command('operator').description('Operators of the console');

  operators
    .command('invite')
    .requiredOption(
      '--email <address>',
      'where they are told what happens in the console; they sign in by it',
    )
    .addOption(
      new Option('--role <role>', 'what they may do; may be repeated')
        .choices(ROLES)
        .argParser<Role[]>((role, before) => [...(before ?? []), roleOf(role)])
        .makeOptionMandatory(),
    )
    .addOption(new Option('--language <language>', 'of their e-mails').choices(['it', 'en']).default('it'))
    .description('Print a link by which somebody becomes an operator, once, within 24 hours')
    .action((wanted: Wanted) => withPlatform((platform) => invite(platform, wanted)));

  operators
    .command('list')
    .description('Every operator: e-mail address, state, roles')
    .action(() => withPlatform(list));
}

function roleOf(text: string): Role {
  const role = ROLES.find((one) => one === text);
  if (!role) throw new StartRefused(`There is no role ${text}: choose among ${ROLES.join(', ')}.`);
  return role;
}

async function invite(platform: Platform, { email: typed, role, language }: Wanted): Promise<void> {
  const email = parseEmailAddress(typed);
  if (email === undefined) throw new StartRefused(`${typed} is not an e-mail address.`);
  const { keyring, clock, transaction, config } = platform;
  const ports = {
    ...openStores(platform),
    clock,
    keyring,
    queue: queueOn(platform),
    audit: (tx: Parameters<typeof writeAudit>[0], event: Parameters<typeof writeAudit>[2]) =>
      writeAudit(tx, keyring, event),
    settings: { issuer: config.issuer },
  };
  const roles = [...new Set(role)];
  const { link } = await transaction((tx) => inviteOperator(ports, tx, { email, roles, language, by: null }));
  say('Give them this link by a way you trust. It works once, within 24 hours:');
  say(link);
}

async function list(platform: Platform): Promise<void> {
  const { accounts, operators } = openStores(platform);
  await platform.transaction(async (tx) => {
    const all = await operators.list(tx);
    for (const { accountId, state, roles } of all) {
      const prover = await accounts.load(tx, accountId);
      const email = prover?.contacts.find((one) => one.kind === 'email')?.address ?? accountId;
      say(`${email}  ${state}  ${roles.join(', ')}`);
    }
    say(`${all.length} operators.`);
  });
}
