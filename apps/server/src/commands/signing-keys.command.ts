import type { Command } from 'commander';
import type { Platform } from '../composition/platform.ts';
import { writeAudit } from '../platform/audit/audit.ts';
import type { KeyPorts } from '../protocols/oidc/keep-signing-keys.ts';
import {
  type ListedKey,
  listSigningKeys,
  replaceCompromised,
  rotateSigningKeys,
} from '../protocols/oidc/key-commands.ts';
import { signingKeyStore } from '../stores/oidc/signing-key.store.ts';
import { say, withPlatform } from './with-platform.ts';

const portsOf = ({ db, keyring, clock, transaction }: Platform): KeyPorts => ({
  store: signingKeyStore(db, keyring),
  now: clock.now,
  transaction,
  audit: (tx, event) => writeAudit(tx, keyring, event),
});

/** `sigillo keys list | rotate | compromised`: the keys that tokens are signed with. */
export function signingKeysCommands(keys: Command): void {
  keys
    .command('list')
    .description('Show the keys that sign tokens, those whose turn is next, and those still published')
    .action(() => withPlatform(async (platform) => show(await listSigningKeys(portsOf(platform)))));

  keys
    .command('rotate')
    .description('Let the next signing keys begin now, or as soon as they have been published for a day')
    .action(() => withPlatform(async (platform) => show(await rotateSigningKeys(portsOf(platform)))));

  keys
    .command('compromised <kid...>')
    .description('Destroy signing keys that somebody else may have; the next ones sign at once')
    .action((kids: string[]) =>
      withPlatform(async (platform) => {
        await replaceCompromised(portsOf(platform), kids);
        show(await listSigningKeys(portsOf(platform)));
        say(
          'In five minutes no node signs with them, and nobody who keeps the key set as told believes them.',
        );
      }),
    );
}

function show(keys: readonly ListedKey[]): void {
  for (const { kid, alg, state, createdAt, signsFrom } of keys)
    say(`${kid}  ${alg}  ${state}  made ${createdAt.toISOString()}  signs from ${signsFrom.toISOString()}`);
}
