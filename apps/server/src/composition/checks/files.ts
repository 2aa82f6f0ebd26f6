import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Config } from '../../platform/config/config.ts';
import { readMasterKeys } from '../../platform/keyring/master-key.ts';
import { StartRefused } from '../../platform/start-refused.ts';
import { readClientsFile } from '../../protocols/oidc/clients-file.ts';
import { checkpointPath } from '../audit.ts';
import { readBrand } from '../brand.ts';
import { emailTransport, smsByHttp } from '../messages.ts';
import { type Finding, findingOf } from './finding.ts';

/** How the secrets of the demonstration portals begin, which everybody can read. */
const PUBLISHED_SECRET = 'development-only';

/**
 * Reads every file that the settings name, and judges the settings of transports: what can be judged without a
 * database, and before anything is started.
 */
export function checkFiles(config: Config): Finding[] {
  const { clientsFile, brandFile } = config;
  return [
    ...(mayMakeKey(config) ? [] : [masterKey(config)]),
    findingOf('Data directory', `${config.dataDirectory} can be written`, () =>
      expectWritable(config.dataDirectory, 'SIGILLO_DATA_DIRECTORY'),
    ),
    findingOf('Checkpoints', `${checkpointPath(config)} can be written`, () =>
      expectWritable(checkpointPath(config), 'SIGILLO_AUDIT_CHECKPOINT_FILE'),
    ),
    findingOf('Brand', brandFile ?? 'that of the product', () => readBrand(config)),
    ...(clientsFile ? [clients(config, clientsFile)] : []),
    ...(config.smtp.url
      ? [findingOf('E-mail', 'by a mail server', () => emailTransport(config)?.close())]
      : []),
    ...(config.sms.url ? [findingOf('SMS', `by ${config.sms.provider}`, () => smsByHttp(config))] : []),
  ];
}

/**
 * Refuses to start with files that cannot be used.
 *
 * @throws StartRefused with every fault on a line of its own
 */
export function refuseBrokenFiles(config: Config): void {
  const faults = checkFiles(config).filter(({ state }) => state === 'fault');
  if (faults.length > 0) throw new StartRefused(faults.map(({ says }) => says).join('\n'));
}

/** Development makes its own key at the first start: until then there is nothing to look at. */
const mayMakeKey = ({ profile, masterKey, masterKeyFile }: Config): boolean =>
  profile !== 'production' && masterKey === undefined && masterKeyFile === undefined;

function masterKey(config: Config): Finding {
  const from = config.masterKeyFile ?? 'the environment';
  return findingOf('Master key', `readable, from ${from}`, () => readMasterKeys(config));
}

function clients({ profile }: Config, file: string): Finding {
  return findingOf('Relying parties', `${file} is valid`, () => {
    const published = readClientsFile(file).filter((one) => one.clientSecret?.startsWith(PUBLISHED_SECRET));
    if (profile !== 'production' || published.length === 0) return;
    const names = published.map(({ clientId }) => clientId).join(', ');
    throw new StartRefused(
      `SIGILLO_CLIENTS_FILE: the secret of ${names} is that of the demonstration, which everybody knows. Draw another.`,
    );
  });
}

/** A file or folder that is not there yet is made in the nearest folder that is. */
function expectWritable(path: string, setting: string): void {
  let nearest = resolve(path);
  while (!existsSync(nearest)) nearest = dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK);
  } catch {
    throw new StartRefused(`${setting}: ${nearest} cannot be written by this user.`);
  }
}
