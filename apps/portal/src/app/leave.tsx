import { buttonClass, Waiting } from '@sigillo/ui';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { goTo } from './go-to.ts';

const OFFER_LINK_AFTER_MS = 4000;

/** On the way to where the server says. A link follows in case the browser does not go by itself. */
export function Leave({ to, name }: { to: string; name?: string | undefined }): ReactElement {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    goTo(to, navigate);
    const timer = setTimeout(() => setSlow(true), OFFER_LINK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [to, navigate]);

  return (
    <div>
      <Waiting>{name ? t('shell.taking-you-to', { name }) : t('shell.taking-you')}</Waiting>
      {slow && (
        <p className="task-aside">
          <a className={buttonClass('quiet')} href={to}>
            {t('shell.go-on')}
          </a>
        </p>
      )}
    </div>
  );
}
