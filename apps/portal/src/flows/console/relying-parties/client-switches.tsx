import { Button } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../area/confirm-dialog.tsx';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { type ClientView, rotateSecret, switchClient } from './relying-parties.api.ts';
import { ShownSecret } from './shown-secret.tsx';

interface ClientSwitchesProps {
  client: ClientView;
  onChanged: () => Promise<void>;
}

type Change = 'rotate' | 'disable' | 'enable';

/** Another secret, and switching it off or on: each with its consequences first. */
export function ClientSwitches({ client, onChanged }: ClientSwitchesProps): ReactElement {
  const { t } = useTranslation('relying-parties');
  const withProof = useStepUp();
  const [asked, setAsked] = useState<Change>();
  const [secret, setSecret] = useState<string>();
  const { clientId, isEnabled, hasSecret } = client;

  const carryOut = async (change: Change): Promise<void> => {
    if (change === 'rotate') {
      const shown = await withProof((approval) => rotateSecret(clientId, approval));
      return setSecret(shown ?? undefined);
    }
    await withProof((approval) => switchClient(clientId, change === 'enable', approval));
    await onChanged();
  };
  const toggle = isEnabled ? 'disable' : 'enable';
  if (secret) return <ShownSecret secret={secret} onDone={() => setSecret(undefined)} />;
  return (
    <section className="card">
      <h2>{t('relying-parties.more')}</h2>
      <div className="button-row">
        {hasSecret && (
          <Button icon="refresh" onClick={() => setAsked('rotate')}>
            {t('relying-parties.rotate')}
          </Button>
        )}
        <Button look={isEnabled ? 'danger-quiet' : 'secondary'} onClick={() => setAsked(toggle)}>
          {t(`relying-parties.${toggle}`)}
        </Button>
      </div>
      {asked && (
        <ConfirmDialog
          title={t(`relying-parties.${asked}-title`)}
          action={t(`relying-parties.${asked}`)}
          isHarmless={asked === 'enable'}
          onConfirm={() => carryOut(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p>{t(`relying-parties.${asked}-text`)}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
