import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';
import { LANGUAGES, type Language, nameOfLanguage } from './languages.ts';

interface LanguageSwitchProps {
  current: Language;
  onChange: (language: Language) => void;
}

/** The other language, one press away. It names itself, so that whoever needs it can read it. */
export function LanguageSwitch({ current, onChange }: LanguageSwitchProps): ReactElement {
  const { t } = useTranslation('ui');
  const others = LANGUAGES.filter((language) => language !== current);
  return (
    <>
      {others.map((language) => (
        <button
          key={language}
          type="button"
          className="header-button"
          title={t('ui.switch-language', { language: nameOfLanguage(language) })}
          onClick={() => onChange(language)}
        >
          <Icon name="globe" small />
          <span lang={language}>{nameOfLanguage(language)}</span>
        </button>
      ))}
    </>
  );
}
