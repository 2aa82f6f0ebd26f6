import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** An account of the operating system. */
export interface SystemAccount {
  name: string;
  uid: number;
  gid: number;
}

/** In the order of preference: the account made for PostgreSQL, then the one made for nothing. */
const UNPRIVILEGED = ['postgres', 'nobody'];

/**
 * The account PostgreSQL has to run as, or undefined when it can run as we do: it refuses to run as root.
 *
 * @param owner of the files of an existing database, which goes before every preference
 * @throws Error when we are root and the system has no account to lend
 */
export async function databaseAccount(owner?: {
  uid: number;
  gid: number;
}): Promise<SystemAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = parseAccounts(await readFile('/etc/passwd', 'utf8'));
  if (owner && owner.uid !== 0) {
    const name = accounts.find((account) => account.uid === owner.uid)?.name ?? `uid ${owner.uid}`;
    return { name, uid: owner.uid, gid: owner.gid };
  }
  for (const name of UNPRIVILEGED) {
    const account = accounts.find((candidate) => candidate.name === name);
    if (account) return account;
  }
  throw new Error(
    `PostgreSQL does not run as root, and this system has none of the accounts ${UNPRIVILEGED.join(', ')}. ` +
      'Start Sigillo as an ordinary user, add one of these accounts, or set DATABASE_URL.',
  );
}

/** The accounts of an `/etc/passwd` that are not root. */
export function parseAccounts(passwd: string): SystemAccount[] {
  return passwd.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && Number(uid) > 0 ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

/**
 * Whether an account may enter a folder, judged by the permission bits of the folder and of all those above
 * it; one that is not there yet counts as made open by its parent's rule.
 */
export async function canReach(account: SystemAccount, folder: string): Promise<boolean> {
  const path = resolve(folder);
  const parent = dirname(path);
  if (parent !== path && !(await canReach(account, parent))) return false;

  const found = await stat(path).catch(() => undefined);
  if (!found) return true;
  const search = found.uid === account.uid ? 0o100 : found.gid === account.gid ? 0o010 : 0o001;
  return (found.mode & search) !== 0;
}
