import { Button, Notice } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../../app/page.tsx';
import { queryClient } from '../../../app/query-client.ts';
import { ConfirmDialog } from '../../../area/confirm-dialog.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { type Branding, getBranding, resetBranding } from './branding.api.ts';
import { BrandingForm } from './branding-form.tsx';

/** How the installation looks: name, logo, colours, where people ask for help. */
export function BrandingPage(): ReactElement {
  const { t } = useTranslation('branding');
  const query = useQuery({ queryKey: ['branding'], queryFn: getBranding, refetchOnWindowFocus: false });
  const [done, setDone] = useState<'saved' | 'reset'>();
  const refresh = async (what: 'saved' | 'reset'): Promise<void> => {
    await Promise.all(['branding', 'brand'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
    takeUpColours();
    setDone(what);
  };
  return (
    <Page title={t('branding.title')} lead={t('branding.lead')}>
      {done && (
        <Notice tone="success" live>
          <p>{t(`branding.${done}`)}</p>
        </Notice>
      )}
      <Loaded query={query}>
        {(data) => (
          <>
            <BrandingForm key={JSON.stringify(data)} branding={data} onSaved={() => void refresh('saved')} />
            {data.chosen && <BackToOwn own={data.own} onDone={() => refresh('reset')} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** This page has read its colours already: it reads them again. */
function takeUpColours(): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="stylesheet"][href^="/brand.css"]');
  if (link) link.href = `/brand.css?${crypto.randomUUID()}`;
}

function BackToOwn({ own, onDone }: { own: Branding['own']; onDone: () => Promise<void> }): ReactElement {
  const { t } = useTranslation('branding');
  const [isAsked, setAsked] = useState(false);
  const withProof = useStepUp();
  const reset = async (): Promise<void> => {
    await withProof((approval) => resetBranding(approval));
    await onDone();
  };
  return (
    <section className="card stack">
      <h2>{t('branding.own')}</h2>
      <p className="muted">{t('branding.own-text', { name: own.name })}</p>
      <div>
        <Button look="danger-quiet" icon="refresh" onClick={() => setAsked(true)}>
          {t('branding.back')}
        </Button>
      </div>
      {isAsked && (
        <ConfirmDialog
          title={t('branding.back-title')}
          action={t('branding.back')}
          onConfirm={reset}
          onClose={() => setAsked(false)}
        >
          <p>{t('branding.back-text', { name: own.name })}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
