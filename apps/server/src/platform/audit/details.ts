/** What an event says beside its type: plain values under plain names. */
export type Details = Record<string, string | number | boolean | null>;

type SecretWord = 'password' | 'code' | 'token' | 'secret' | 'key';

/** The details with every name that sounds like a secret made impossible to fill. */
export type WithoutSecrets<D extends Details> = {
  [Name in keyof D]: Lowercase<Name & string> extends `${string}${SecretWord}${string}` ? never : D[Name];
};

const SECRET_WORD = /password|code|token|secret|key/i;

/**
 * The check behind `WithoutSecrets`, for names that the compiler could not see. It throws, so the operation
 * that would have written a secret fails; the message names the field and never its value.
 */
export function assertNoSecrets(details: Details): void {
  for (const [name, value] of Object.entries(details)) {
    if (SECRET_WORD.test(name)) throw new TypeError(`Audit details name something secret: ${name}`);
    const isScalar = value === null || ['string', 'number', 'boolean'].includes(typeof value);
    if (!isScalar) throw new TypeError(`Audit detail ${name} is not a plain value`);
  }
}
