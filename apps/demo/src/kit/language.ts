/** The languages every page exists in. */
export type Language = 'it' | 'en';

/** The same words in every language. */
export type Translated<T> = Readonly<Record<Language, T>>;

/** A language out of text from outside, or undefined. */
export function parseLanguage(text: string | undefined | null): Language | undefined {
  return text === 'it' || text === 'en' ? text : undefined;
}

/**
 * The first language we speak among those the browser prefers, English otherwise. Browsers list them by
 * preference, so the weights (RFC 9110 §12.5.4) are not read.
 */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const tags = (acceptLanguage ?? '').split(',').map((tag) => tag.trim().slice(0, 2).toLowerCase());
  return tags.map(parseLanguage).find((language) => language !== undefined) ?? 'en';
}
