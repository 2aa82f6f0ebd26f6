import { Badge, Notice, When } from '@sigillo/ui';
import type { ComponentProps, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { IdentityView } from '../../api/contract.ts';

const LOOKS: Record<IdentityView['state'], Pick<ComponentProps<typeof Badge>, 'tone' | 'icon'>> = {
  requested: { tone: 'neutral', icon: 'clock' },
  active: { tone: 'success', icon: 'check' },
  suspended: { tone: 'warning', icon: 'pause' },
  revoked: { tone: 'neutral', icon: 'close' },
};

/** Whether an identity can be used, in a word. */
export function StateBadge({ state }: Pick<IdentityView, 'state'>): ReactElement {
  const { t } = useTranslation('selfcare');
  return <Badge {...LOOKS[state]}>{t(`selfcare.state-${state}`)}</Badge>;
}

/** Why it rests or has ended, in plain words; nothing of an identity that can be used. */
export function StateReasons({
  identity: { state, causes },
}: {
  identity: IdentityView;
}): ReactElement | null {
  const { t } = useTranslation('selfcare');
  if (state === 'active') return null;
  return (
    <Notice tone={state === 'suspended' ? 'warning' : 'info'} title={t(`selfcare.why-${state}`)}>
      {causes.map(({ cause, until }) => (
        <p key={cause}>
          {t(`selfcare.${state}-${cause}`)}
          {until && (
            <>
              {' '}
              {t('selfcare.until')} <When iso={until} />.
            </>
          )}
        </p>
      ))}
      {state === 'requested' && <p>{t('selfcare.requested')}</p>}
    </Notice>
  );
}
