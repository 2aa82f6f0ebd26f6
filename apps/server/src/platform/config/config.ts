import { readFileSync } from 'node:fs';
import { StartRefused } from '../start-refused.ts';
import { crossFaults } from './cross-checks.ts';
import type { Profile, Setting } from './setting.ts';
import { SETTINGS } from './settings.ts';

type Values<G> = { [K in keyof G]: G[K] extends Setting<infer T> ? T : Values<G[K]> };

/** The configuration of one node, read once at start. */
export type Config = Values<typeof SETTINGS> & { issuer: string };

/** Environment variables by name, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One row of the reference. */
export interface SettingRow {
  env: string;
  /** The name in the configuration file, such as `database.url`. */
  key: string;
  accepts: string;
  /** The value when nothing is set, by profile; empty where there is none. */
  standard: Record<Profile, string>;
  says: string;
  isSecret: boolean;
}

/**
 * Reads the configuration from the environment and from the JSON file that SIGILLO_CONFIG names, if any.
 *
 * @throws StartRefused as `loadConfig` does, or when the file cannot be read
 */
export function readConfig(env: Environment): Config {
  return loadConfig(env, env.SIGILLO_CONFIG ? readFile(env.SIGILLO_CONFIG) : {});
}

/**
 * Checks the configuration: what the environment says, else the file, else what stands for the profile. A
 * variable that is empty counts as unset.
 *
 * @param file the configuration file, parsed
 * @throws StartRefused with every fault on a line of its own; values are not repeated, they may be secrets
 */
export function loadConfig(env: Environment, file: unknown = {}): Config {
  const faults: string[] = [];
  const known = new Set<string>();
  const read = <T>(declared: Setting<T>, key: string, profile: Profile): T => {
    known.add(key);
    const given = env[declared.env] || valueAt(file, key);
    if (given === undefined) return declared.standard(profile);
    const result = declared.schema.safeParse(given);
    if (!result.success) faults.push(`${declared.env} (${key} in the file) has to be: ${declared.accepts}`);
    return result.success ? result.data : declared.standard(profile);
  };

  const profile = read(SETTINGS.profile, 'profile', 'production');
  faults.length = 0; // the profile is read again with the others
  const values = mapSettings(SETTINGS, (declared, key) => read(declared, key, profile)) as Values<
    typeof SETTINGS
  >;
  faults.push(...unknownKeys(file, known));
  const { port, origin, numbers } = values.authenticator;
  const appOrigin = port === undefined ? undefined : defaultOrigin(profile, port) || undefined;
  const config = {
    ...values,
    issuer: values.issuer ?? defaultOrigin(profile, values.port),
    authenticator: { port, origin: origin ?? appOrigin, numbers },
  };
  if (faults.length === 0) faults.push(...crossFaults(config));
  if (faults.length === 0) return config;
  throw new StartRefused(
    `The configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
  );
}

/** Every setting there is, for the reference page. */
export function settingsReference(): SettingRow[] {
  const rows: SettingRow[] = [];
  mapSettings(SETTINGS, ({ env, says, accepts, isSecret, standard }, key) => {
    const of = (profile: Profile) => written(standard(profile));
    const byProfile = { production: of('production'), development: of('development'), test: of('test') };
    rows.push({ env, key, accepts, standard: byProfile, says, isSecret });
  });
  return rows;
}

function written(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Visits every setting of a group and its groups; the result has their shape. */
function mapSettings(
  group: object,
  visit: (declared: Setting<unknown>, key: string) => unknown,
  prefix = '',
): object {
  const entries = Object.entries(group).map(([name, member]) => {
    const key = `${prefix}${name}`;
    return [name, 'env' in member ? visit(member, key) : mapSettings(member, visit, `${key}.`)];
  });
  return Object.fromEntries(entries);
}

/** Outside production people reach the node itself; production has to say how it is reached. */
function defaultOrigin(profile: Profile, port: number): string {
  return profile === 'production' || port === 0 ? '' : `http://localhost:${port}`;
}

function valueAt(file: unknown, key: string): unknown {
  return key.split('.').reduce((value, name) => (isRecord(value) ? value[name] : undefined), file);
}

/** Names in the file that are no setting: most likely misspelt. */
function unknownKeys(file: unknown, known: ReadonlySet<string>, prefix = ''): string[] {
  if (!isRecord(file)) return ['The configuration file has to be a JSON object'];
  return Object.entries(file).flatMap(([name, value]) => {
    const key = `${prefix}${name}`;
    if (known.has(key)) return [];
    const isGroup = isRecord(value) && [...known].some((other) => other.startsWith(`${key}.`));
    return isGroup ? unknownKeys(value, known, `${key}.`) : [`${key} in the file is no setting`];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new StartRefused(`SIGILLO_CONFIG: ${file} ${reason}`);
  }
}
