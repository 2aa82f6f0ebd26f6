/** The reader's own variety of the language on screen ("en-US"), else the European one: for dates and lists. */
export function readersLocale(language: string): string {
  const own = navigator.languages.find((tag) => tag.startsWith(`${language}-`));
  return own ?? (language === 'en' ? 'en-GB' : language);
}
