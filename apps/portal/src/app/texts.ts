import { bestLanguage, type Language, loadTexts } from '@sigillo/ui';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { firstLanguage } from './language-choice.ts';

/** Texts that every page may need. A page names the others it uses: `useTranslation('register')`. */
const SHARED = ['ui', 'shell', 'problems'];

/**
 * Starts the texts. Only files of the active language are fetched, one per flow. Keys are flat: `<flow>.<element>`.
 */
export async function startTexts(): Promise<void> {
  i18next.use(initReactI18next);
  i18next.use({ type: 'backend', init: () => undefined, read: readTexts });
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next.init({
    lng: firstLanguage(),
    fallbackLng: false,
    ns: SHARED,
    defaultNS: 'ui',
    fallbackNS: SHARED,
    keySeparator: false,
    nsSeparator: false,
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    react: { nsMode: 'fallback' },
  });
}

/** Shows a language from now on. */
export async function showLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
}

/** The language on screen. */
export function shownLanguage(): Language {
  return bestLanguage([i18next.language]);
}

function readTexts(language: string, flow: string, done: (error: Error | null, texts: object) => void): void {
  loadTexts(bestLanguage([language]), flow).then(
    (texts) => done(null, texts),
    (error: Error) => done(error, {}),
  );
}
