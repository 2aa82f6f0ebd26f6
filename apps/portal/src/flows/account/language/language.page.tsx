import { Icon, isLanguage, nameOfLanguage } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../../app/page.tsx';
import { changeLanguage, useBrand } from '../../../app/session.ts';
import { shownLanguage } from '../../../app/texts.ts';
import { ProblemNotice } from '../../../forms/problem-notice.tsx';
import { useAction } from '../../../forms/use-action.ts';

/** Italian or English: at once, everywhere, and in the messages to come. */
export function LanguagePage(): ReactElement {
  const { t } = useTranslation('language');
  const languages = useBrand()?.languages.filter(isLanguage) ?? [];
  const { run, problem, attempt } = useAction();
  return (
    <Page title={t('language.title')} lead={t('language.lead')}>
      <ProblemNotice problem={problem} attempt={attempt} />
      <fieldset className="choices narrow">
        <legend className="visually-hidden">{t('language.title')}</legend>
        {languages.map((language) => (
          <label key={language} className="choice">
            <span className="choice-icon">
              <Icon name="globe" />
            </span>
            <span className="choice-title" lang={language}>
              {nameOfLanguage(language)}
            </span>
            <input
              type="radio"
              name="language"
              value={language}
              checked={language === shownLanguage()}
              onChange={() => run(() => changeLanguage(language))}
            />
          </label>
        ))}
      </fieldset>
      <p className="muted small" role="status">
        {t('language.current', { language: nameOfLanguage(shownLanguage()) })}
      </p>
    </Page>
  );
}
