import type { Language } from './languages.ts';

type Texts = Record<string, string>;

/** Texts of mails and messages belong to the server; no page needs them. */
const FILES = import.meta.glob<Texts>(['../translations/*/*.json', '!../translations/*/messages.json'], {
  import: 'default',
});

/**
 * The texts of one flow in one language. Each file is fetched only when a page needs it.
 *
 * @throws RangeError when there is no such file
 */
export async function loadTexts(language: Language, flow: string): Promise<Texts> {
  const load = FILES[`../translations/${language}/${flow}.json`];
  if (!load) throw new RangeError(`no texts for ${flow} in ${language}`);
  return load();
}
