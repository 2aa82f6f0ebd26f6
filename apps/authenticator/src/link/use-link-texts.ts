import { useTranslation } from 'react-i18next';

const FLOWS = ['linked', 'ceremony', 'problems'] as const;

/** The texts of linking; those that the portals have too are read when somebody links. */
export const useLinkTexts = () => useTranslation(FLOWS, { nsMode: 'fallback' });
