import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance } from 'i18next';

const FOLDER = join(import.meta.dirname, '../../../packages/ui/translations');

/** Says a text of the pages in one language, so that a change of words changes no journey. */
export type Say = (key: string, values?: Record<string, string | number>) => string;

const said = new Map<string, Say>();

/** The texts of a language. A key that is missing ends the test. */
export function textsIn(language: 'it' | 'en'): Say {
  const known = said.get(language);
  if (known) return known;

  const i18n = createInstance();
  void i18n.init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'all',
    resources: { [language]: { all: readTexts(language) } },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  const say: Say = (key, values = {}) => {
    if (!i18n.exists(key, values)) throw new RangeError(`there is no text "${key}" in "${language}"`);
    return i18n.t(key, values);
  };
  said.set(language, say);
  return say;
}

function readTexts(language: string): Record<string, string> {
  const folder = join(FOLDER, language);
  const files = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  return Object.assign({}, ...files.map((text): unknown => JSON.parse(text)));
}
