import { buttonClass } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { queryString } from '../api/query-string.ts';

interface SupportLinkProps {
  look: 'primary' | 'quiet';
}

/** To the form that reaches a person; the sign-in this belongs to goes along. */
export function SupportLink({ look }: SupportLinkProps): ReactElement {
  const { t } = useTranslation('ceremony');
  const interaction = useSearchParams()[0].get('interaction');
  return (
    <Link className={buttonClass(look, { wide: true })} to={`/support${queryString({ interaction })}`}>
      {t('ceremony.contact-support')}
    </Link>
  );
}
