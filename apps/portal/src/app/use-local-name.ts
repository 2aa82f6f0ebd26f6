import { useTranslation } from 'react-i18next';

/** What writes the name of a relying party in the language of the page. */
export function useLocalName(): (name: { it: string; en: string }) => string {
  const { i18n } = useTranslation();
  return (name) => (i18n.language.startsWith('en') ? name.en : name.it);
}
