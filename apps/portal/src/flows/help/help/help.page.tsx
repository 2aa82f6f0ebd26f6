import { buttonClass, Icon } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '../../../app/page.tsx';

/** Questions in the order people meet them; each has its own address (`#lost-phone`). */
const QUESTIONS = [
  'no-password',
  'no-mail',
  'no-sms',
  'code-refused',
  'lost-phone',
  'no-smartphone',
  'new-phone',
  'whose-message',
] as const;

/** Short answers to what people ask most, and the way to a person. */
export default function HelpPage(): ReactElement {
  const { t } = useTranslation('help');
  return (
    <Page title={t('help.title')} lead={t('help.lead')}>
      <div className="card card--rows">
        {QUESTIONS.map((question) => (
          <details key={question} className="question" id={question}>
            <summary>
              <span>{t(`help.${question}`)}</span>
              <Icon name="chevron-down" />
            </summary>
            <p>{t(`help.${question}-answer`)}</p>
          </details>
        ))}
      </div>
      <div className="card">
        <h2>{t('help.not-found')}</h2>
        <p>{t('help.write-us')}</p>
        <div>
          <Link className={buttonClass('primary')} to="/support">
            {t('help.contact-support')}
          </Link>
        </div>
      </div>
    </Page>
  );
}
