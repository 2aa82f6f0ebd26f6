import { Button, When } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsentEntry } from '../../../api/contract.ts';
import { Page } from '../../../app/page.tsx';
import { queryClient } from '../../../app/query-client.ts';
import { useLocalName } from '../../../app/use-local-name.ts';
import { ConfirmDialog } from '../../../area/confirm-dialog.tsx';
import { LoadedList } from '../../../area/loaded-list.tsx';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { listConsents, revokeConsent } from './consents.api.ts';

const CONSENTS = ['account-consents'];

/** Services that know something of the holder, by their own consent. */
export function ConsentsPage(): ReactElement {
  const { t } = useTranslation('consents');
  const consents = useQuery({ queryKey: CONSENTS, queryFn: listConsents });
  return (
    <Page title={t('consents.title')} lead={t('consents.lead')}>
      <LoadedList query={consents} icon="check-circle" none={t('consents.none')}>
        {(consent) => <ConsentItem key={consent.clientId} consent={consent} />}
      </LoadedList>
    </Page>
  );
}

function ConsentItem({ consent }: { consent: ConsentEntry }): ReactElement {
  const { t, i18n } = useTranslation('consents');
  const [asked, setAsked] = useState(false);
  const name = useLocalName()(consent.name);
  const scopes = consent.scopes.map((scope) =>
    t([`consents.scope-${scope}`, 'consents.scope-other'], { scope }),
  );
  return (
    <li className="item">
      <span className="asker-logo" aria-hidden="true">
        {name.charAt(0)}
      </span>
      <div>
        <p className="item-title">{name}</p>
        <p className="muted small">
          {t('consents.knows', { what: new Intl.ListFormat(i18n.language).format(scopes) })}
        </p>
        <p className="muted small">
          {t('consents.since')} <When iso={consent.grantedAt} />
        </p>
      </div>
      <div className="item-actions">
        <Button
          look="danger-quiet"
          small
          aria-label={t('consents.revoke-named', { name })}
          onClick={() => setAsked(true)}
        >
          {t('consents.revoke')}
        </Button>
      </div>
      {asked && <RevokeDialog consent={consent} onClose={() => setAsked(false)} />}
    </li>
  );
}

function RevokeDialog({ consent, onClose }: { consent: ConsentEntry; onClose: () => void }): ReactElement {
  const { t } = useTranslation('consents');
  const withProof = useStepUp();
  const localName = useLocalName();
  const revoke = async (): Promise<void> => {
    await withProof(() => revokeConsent(consent.clientId));
    await queryClient.invalidateQueries({ queryKey: CONSENTS });
  };
  return (
    <ConfirmDialog
      title={t('consents.revoke-title', { name: localName(consent.name) })}
      action={t('consents.revoke-action')}
      onConfirm={revoke}
      onClose={onClose}
    >
      <ul className="notice-list">
        <li>{t('consents.revoke-reads')}</li>
        <li>{t('consents.revoke-keeps')}</li>
        <li>{t('consents.revoke-asks')}</li>
      </ul>
    </ConfirmDialog>
  );
}
