import english from '@sigillo/ui/translations/en/messages.json' with { type: 'json' };
import italian from '@sigillo/ui/translations/it/messages.json' with { type: 'json' };
import { createInstance } from 'i18next';

export type Language = 'it' | 'en';

/**
 * The text of a key in one language, its `{{placeholders}}` filled in. `count` chooses the plural form.
 * What it returns is plain text: whoever writes it into HTML escapes it.
 *
 * @throws Error when the key does not exist
 */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

const texts = createInstance();
texts.init({
  resources: { en: { messages: english }, it: { messages: italian } },
  lng: 'en',
  fallbackLng: false,
  defaultNS: 'messages',
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  // The HTML writer escapes whole texts, once and in one place.
  // A value that looks like a placeholder or like `$t(…)` stays as it is (skipOnVariables).
  interpolation: { escapeValue: false, skipOnVariables: true },
});

/** Whether there is such a text, in either language: translations are complete. */
export const hasText = (key: string): boolean => texts.exists(key, { lng: 'en' });

/** The texts of messages in one language. */
export function translator(language: Language): Translate {
  const t = texts.getFixedT(language);
  return (key, values = {}) => {
    if (!texts.exists(key, { lng: language, ...values })) throw new Error(`No ${language} text for ${key}`);
    return t(key, values);
  };
}
