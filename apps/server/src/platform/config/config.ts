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

/** What a configuration amounts to: every fault, and the values it would have. */
export interface Examined {
  config: Config;
  /** Each names the setting, says what is wrong and what to do; no value is repeated, it may be a secret. */
  faults: string[];
}

/**
 * Reads the configuration from the environment and from the JSON file that SIGILLO_CONFIG names, if any.
 *
 * @throws StartRefused with every fault on a line of its own
 */
export function readConfig(env: Environment): Config {
  return accepted(examineEnvironment(env));
}

/** As `readConfig`, but tells the faults instead of throwing them. */
export function examineEnvironment(env: Environment): Examined {
  const { file, faults } = readFile(env.SIGILLO_CONFIG);
  const examined = examineConfig(env, file);
  return { ...examined, faults: [...faults, ...examined.faults] };
}

/**
 * Checks the configuration: what the environment says, else the file, else what stands for the profile. A
 * variable that is empty counts as unset.
 *
 * @param file the configuration file, parsed
 * @throws StartRefused with every fault on a line of its own; values are not repeated, they may be secrets
 */
export function loadConfig(env: Environment, file: unknown = {}): Config {
  return accepted(examineConfig(env, file));
}

function accepted({ config, faults }: Examined): Config {
  if (faults.length === 0) return config;
  throw new StartRefused(
    `The configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
  );
}

function examineConfig(env: Environment, file: unknown): Examined {
  const faults = new Map<string, string>();
  const known = new Set<string>();
  const read = <T>(declared: Setting<T>, key: string, profile: Profile): T => {
    known.add(key);
    const given = env[declared.env] || valueAt(file, key);
    if (given === undefined) return declared.standard(profile);
    const result = declared.schema.safeParse(given);
    if (!result.success)
      faults.set(declared.env, `${declared.env} (${key} in the file) has to be: ${declared.accepts}`);
    return result.success ? result.data : declared.standard(profile);
  };

  const profile = read(SETTINGS.profile, 'profile', 'production');
  const values = mapSettings(SETTINGS, (declared, key) => read(declared, key, profile)) as Values<
    typeof SETTINGS
  >;
  const config = withAddresses(values, profile);
  // What is wrong by itself is not judged beside others: its value is not what was meant.
  const between = crossFaults(config).filter((fault) => !settingsIn(fault).some((name) => faults.has(name)));
  return { config, faults: [...faults.values(), ...unknownKeys(file, known), ...between] };
}

/** Outside production an address that nobody set is that of this computer. */
function withAddresses(values: Values<typeof SETTINGS>, profile: Profile): Config {
  const { port, origin, numbers } = values.authenticator;
  const appOrigin = port === undefined ? undefined : defaultOrigin(profile, port) || undefined;
  return {
    ...values,
    issuer: values.issuer ?? defaultOrigin(profile, values.port),
    authenticator: { port, origin: origin ?? appOrigin, numbers },
  };
}

/** The settings that a sentence names. */
export const settingsIn = (fault: string): string[] =>
  fault.match(/\b(SIGILLO_[A-Z0-9_]+|DATABASE_URL)\b/g) ?? [];

/** Variables that look like settings and are none: most likely misspelt. */
export function unknownVariables(env: Environment): string[] {
  const known = new Set(['SIGILLO_CONFIG', ...settingsReference().map((row) => row.env)]);
  return Object.keys(env).filter((name) => name.startsWith('SIGILLO_') && !known.has(name));
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

function readFile(file: string | undefined): { file: unknown; faults: string[] } {
  if (!file) return { file: {}, faults: [] };
  try {
    return { file: JSON.parse(readFileSync(file, 'utf8')), faults: [] };
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    return { file: {}, faults: [`SIGILLO_CONFIG: ${file} ${reason}`] };
  }
}
