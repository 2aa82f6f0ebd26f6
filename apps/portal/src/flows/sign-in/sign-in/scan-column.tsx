import { Waiting } from '@sigillo/ui';
import { lazy, type ReactElement, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyView } from '../../../api/contract.ts';
import { useBrand } from '../../../app/session.ts';
import type { QrPurpose } from '../../../qr/qr.api.ts';

const QrPanel = lazy(() => import('../../../qr/qr-panel.tsx'));

/** What a code on this page is for. */
export function purposeOf(interaction: string | null): QrPurpose {
  return interaction === null ? {} : { interaction };
}

interface ScanColumnProps {
  interaction: string | null;
  onStarted: (ceremony: CeremonyView) => void;
}

/** Signing in without typing: the code, and how to scan it. */
export function ScanColumn({ interaction, onStarted }: ScanColumnProps): ReactElement {
  const { t } = useTranslation('sign-in');
  const app = useBrand()?.name ?? '';
  return (
    <section className="stack stack--tight" aria-labelledby="scan-title">
      <h2 id="scan-title">{t('sign-in.with-app')}</h2>
      <Suspense fallback={<Waiting>{t('shell.loading')}</Waiting>}>
        <QrPanel
          key={interaction}
          purpose={purposeOf(interaction)}
          way="picture"
          lead={t('sign-in.scan', { app })}
          onRedeemed={onStarted}
        />
      </Suspense>
    </section>
  );
}
