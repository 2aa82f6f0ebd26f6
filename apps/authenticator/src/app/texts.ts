import { bestLanguage, isLanguage, type Language } from '@sigillo/ui';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { remember } from '../worker/memory.ts';

const CHOSEN = 'sigillo.language';
const FLOWS = ['authenticator', 'linked', 'ui', 'requests', 'what-happened'];

/** Only what this app says: all of it is kept on the device. What is in none of the flows is read when first needed. */
const TEXTS: Record<string, () => Promise<{ default: object }>> = {
  'it/authenticator': () => import('@sigillo/ui/translations/it/authenticator.json'),
  'it/ceremony': () => import('@sigillo/ui/translations/it/ceremony.json'),
  'it/linked': () => import('@sigillo/ui/translations/it/linked.json'),
  'it/problems': () => import('@sigillo/ui/translations/it/problems.json'),
  'it/ui': () => import('@sigillo/ui/translations/it/ui.json'),
  'en/authenticator': () => import('@sigillo/ui/translations/en/authenticator.json'),
  'en/ceremony': () => import('@sigillo/ui/translations/en/ceremony.json'),
  'en/linked': () => import('@sigillo/ui/translations/en/linked.json'),
  'en/problems': () => import('@sigillo/ui/translations/en/problems.json'),
  'en/ui': () => import('@sigillo/ui/translations/en/ui.json'),
  'it/requests': () => import('@sigillo/ui/translations/it/requests.json'),
  'en/requests': () => import('@sigillo/ui/translations/en/requests.json'),
  'it/what-happened': () => import('@sigillo/ui/translations/it/what-happened.json'),
  'en/what-happened': () => import('@sigillo/ui/translations/en/what-happened.json'),
};

/** Starts the texts in the language chosen on this device, else the browser's. Keys are flat: `<flow>.<element>`. */
export async function startTexts(): Promise<void> {
  i18next.use(initReactI18next);
  i18next.use({ type: 'backend', init: () => undefined, read: readTexts });
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
    // The service worker puts up notices in this language. Without storage there are none.
    remember('language', language).catch(() => undefined);
  });
  const chosen = localStorage.getItem(CHOSEN);
  await i18next.init({
    lng: isLanguage(chosen) ? chosen : bestLanguage(navigator.languages),
    fallbackLng: false,
    ns: FLOWS,
    defaultNS: 'authenticator',
    fallbackNS: FLOWS,
    keySeparator: false,
    nsSeparator: false,
    // React escapes what it renders.
    interpolation: { escapeValue: false },
  });
}

/** Shows a language from now on, and remembers it on this device. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(CHOSEN, language);
  await i18next.changeLanguage(language);
}

function readTexts(language: string, flow: string, done: (error: Error | null, texts: object) => void): void {
  const load = TEXTS[`${bestLanguage([language])}/${flow}`];
  const texts = load ? load() : Promise.reject(new RangeError(`no texts for ${flow}`));
  texts.then(
    ({ default: words }) => done(null, words),
    (error: Error) => done(error, {}),
  );
}
