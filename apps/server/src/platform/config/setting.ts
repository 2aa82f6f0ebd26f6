import { z } from 'zod';

/** Which kind of installation this is; decides defaults and what is refused. */
export type Profile = 'production' | 'development' | 'test';

/** One thing an administrator can set, by an environment variable or in the configuration file. */
export interface Setting<T> {
  env: string;
  /** One sentence for the reference. */
  says: string;
  /** What values are accepted, in words, such as `integer from 1 to 65535`. */
  accepts: string;
  /** Takes the text of an environment variable or the value from the file. */
  schema: z.ZodType<T>;
  /** The value when nothing is set, by profile. */
  standard(profile: Profile): T;
  isSecret: boolean;
}

type Values<T> = Pick<Setting<T>, 'accepts' | 'schema'>;
type Described = { env: string; says: string; isSecret?: boolean };

/** A setting with a value when nothing is set: the same in every profile, or one for each. */
export function setting<T>(
  { env, says, isSecret = false }: Described,
  values: Values<T>,
  standard: NoInfer<T> | Record<Profile, NoInfer<T>>,
): Setting<T> {
  const isByProfile = typeof standard === 'object' && standard !== null && 'production' in standard;
  const of = (profile: Profile) =>
    isByProfile ? (standard as Record<Profile, T>)[profile] : (standard as T);
  return { env, says, isSecret, ...values, standard: of };
}

/** A standard of the production profile, and one of the others. */
export const byProfile = <T>(production: T, elsewhere: T) => ({
  production,
  development: elsewhere,
  test: elsewhere,
});

/** A setting that may stay unset. */
export function optional<T>(described: Described, values: Values<T>): Setting<T | undefined> {
  return setting<T | undefined>(described, values, undefined);
}

export const text: Values<string> = { accepts: 'text', schema: z.string().min(1) };

/** The path of a file or folder, relative to where the server is started. */
export const path: Values<string> = { accepts: 'path', schema: z.string().min(1) };

export function integer(min: number, max: number): Values<number> {
  const digits = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);
  return { accepts: `integer from ${min} to ${max}`, schema: digits.pipe(z.int().min(min).max(max)) };
}

export const flag: Values<boolean> = {
  accepts: 'true or false',
  schema: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]),
};

export function choice<const T extends readonly string[]>(names: T): Values<T[number]> {
  return { accepts: names.join(', '), schema: z.enum(names) };
}

/** An address with one of the given schemes. */
export function url(...schemes: string[]): Values<string> {
  const isOurs = (value: string) =>
    URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1));
  return { accepts: `URL (${schemes.join(', ')})`, schema: z.string().refine(isOurs) };
}

/** Where a site is: scheme, host and port, nothing behind them. Kept without a final slash. */
export const origin: Values<string> = {
  accepts: 'https://host or http://host:port, without a path',
  schema: z
    .string()
    .refine((value) => /^https?:\/\//.test(value) && URL.canParse(value) && isBareOrigin(new URL(value)))
    .transform((value) => new URL(value).origin),
};

function isBareOrigin({ pathname, search, hash, username }: URL): boolean {
  return pathname === '/' && search === '' && hash === '' && username === '';
}

/** A list: separated by commas in the environment, an array in the file. */
export function list(entry: { accepts: string; schema: z.ZodType<string, string> }): Values<string[]> {
  const split = (value: string) => value.split(',').map((part) => part.trim());
  const entries = z.union([z.array(z.string()), z.string().transform(split)]);
  return { accepts: `list of ${entry.accepts}`, schema: entries.pipe(z.array(entry.schema)) };
}

/** Names and texts of some form: JSON in the environment, an object in the file. */
export function textsByName(
  name: z.ZodType<string, string>,
  entry: z.ZodType<string, string>,
): z.ZodType<Record<string, string>> {
  return z
    .union([z.record(z.string(), z.string()), z.string().transform(parseJson)])
    .pipe(z.record(name as z.ZodString, entry));
}

/** Names and texts. */
export const dictionary: Values<Record<string, string>> = {
  accepts: 'JSON object of texts',
  schema: textsByName(z.string(), z.string()),
};

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
