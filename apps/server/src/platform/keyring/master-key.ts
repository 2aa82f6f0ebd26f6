import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSecret } from '../ids.ts';
import { StartRefused } from '../start-refused.ts';
import { type KeyEncryptionKey, keyEncryptionKeyOf } from './kek.ts';

/** What of the configuration says where the master key is. */
export interface MasterKeySettings {
  profile: 'production' | 'development' | 'test';
  dataDirectory: string;
  masterKey?: string | undefined;
  masterKeyFile?: string | undefined;
  previousMasterKey?: string | undefined;
  previousMasterKeyFile?: string | undefined;
}

const KEY_BYTES = 32;
/** Thirty-two random bytes hold fewer than this many different ones less than once in 10^15 keys. */
const DIFFERENT_BYTES = 16;

/**
 * The master key, and the one before it while its data keys are wrapped anew. The development and test
 * profiles make one at first start, in the data directory; production never does.
 *
 * @throws StartRefused when there is none, or a weak one, or others on the computer could read its file
 */
export function readMasterKeys(settings: MasterKeySettings): {
  current: KeyEncryptionKey;
  previous: KeyEncryptionKey | undefined;
} {
  const { profile, masterKey, masterKeyFile, previousMasterKey, previousMasterKeyFile } = settings;
  const current = readKey('SIGILLO_MASTER_KEY', profile, masterKey, masterKeyFile) ?? ownKey(settings);
  const previous = readKey('SIGILLO_PREVIOUS_MASTER_KEY', profile, previousMasterKey, previousMasterKeyFile);
  return {
    current: keyEncryptionKeyOf(current),
    previous: previous && keyEncryptionKeyOf(previous),
  };
}

function readKey(name: string, profile: string, text?: string, file?: string): Buffer | undefined {
  if (text !== undefined && file !== undefined)
    throw new StartRefused(`Set ${name} or ${name}_FILE, not both.`);
  if (text !== undefined) return parseKey(text, name);
  if (file === undefined) return undefined;
  return parseKey(readKeyFile(file, `${name}_FILE`, profile), `${name}_FILE`);
}

function readKeyFile(file: string, name: string, profile: string): string {
  try {
    if (profile === 'production') assertPrivate(file);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    throw new StartRefused(`${name}: ${error instanceof Error ? error.message : 'the file cannot be read'}`);
  }
}

/** Windows keeps no such mode; there the folder's access list has to do. */
function assertPrivate(file: string): void {
  if (process.platform === 'win32' || (statSync(file).mode & 0o077) === 0) return;
  throw new StartRefused(`The master key file ${file} can be read by others; run: chmod 600 ${file}`);
}

/** The key of base64url text. Throws StartRefused on any other length or a key nobody drew at random. */
function parseKey(text: string, name: string): Buffer {
  const written = text.trim();
  const key = Buffer.from(written, 'base64url');
  if (!/^[A-Za-z0-9_-]+={0,2}$/.test(written) || key.length !== KEY_BYTES) {
    throw new StartRefused(`${name} has to be 32 random bytes in base64url. ${HOW_TO_MAKE_ONE}`);
  }
  if (isWeak(key)) throw new StartRefused(`${name} is not a random key. ${HOW_TO_MAKE_ONE}`);
  return key;
}

const HOW_TO_MAKE_ONE = 'To make one: node -e "console.log(crypto.randomBytes(32).toString(\'base64url\'))"';

/** Equal bytes, counting bytes, repeated words and text: the keys that examples and defaults are made of. */
function isWeak(key: Buffer): boolean {
  const steps = new Set(key.subarray(1).map((byte, index) => byte - key.readUInt8(index)));
  const isText = key.every((byte) => byte >= 0x20 && byte < 0x7f);
  return isText || steps.size < 3 || new Set(key).size < DIFFERENT_BYTES;
}

/** The development key, made at the first start. */
function ownKey({ profile, dataDirectory }: MasterKeySettings): Buffer {
  if (profile === 'production') {
    throw new StartRefused(
      `Production needs SIGILLO_MASTER_KEY_FILE or SIGILLO_MASTER_KEY. ${HOW_TO_MAKE_ONE}`,
    );
  }
  const file = join(dataDirectory, 'master.key');
  if (!existsSync(file)) makeKeyFile(file, dataDirectory);
  return parseKey(readFileSync(file, 'utf8'), file);
}

/** Made whole or not at all, and once, even when two nodes start at the same moment. */
function makeKeyFile(file: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, `${newSecret(KEY_BYTES).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file); // unlike rename, never replaces a key that is there
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    unlinkSync(draft);
  }
}
