import { Countdown, Outcome } from '@sigillo/ui';
import { type ReactElement, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PairingView } from '../../../api/contract.ts';
import { useBrand } from '../../../app/session.ts';
import { Task } from '../../../app/task.tsx';
import { QuietButton } from '../../../forms/quiet-button.tsx';
import { SubmitButton } from '../../../forms/submit-button.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { refreshDevices } from '../use-devices.ts';
import { cancelPairing } from './devices.api.ts';
import { PairingCode } from './pairing-code.tsx';
import { usePairing } from './use-pairing.ts';

interface PairDeviceProps {
  pairing: PairingView;
  /** Another code in place of one that ended. */
  onAgain: () => Promise<unknown>;
}

/** The code and what to do with it, until an app is linked or the code has ended. */
export function PairDevice({ pairing: started, onAgain }: PairDeviceProps): ReactElement {
  const { pairing, secondsLeft } = usePairing(started);
  if (pairing.state === 'waiting') return <Waits pairing={pairing} secondsLeft={secondsLeft} />;
  if (pairing.state === 'linked') return <Linked name={pairing.device?.name ?? ''} />;
  return <Ended state={pairing.state} onAgain={onAgain} />;
}

function Waits({ pairing, secondsLeft }: { pairing: PairingView; secondsLeft: number }): ReactElement {
  const { t } = useTranslation('devices');
  const navigate = useNavigate();
  const app = useBrand()?.name ?? '';
  const cancel = async (): Promise<void> => {
    // What cannot be cancelled is over already.
    await cancelPairing(pairing.id).catch(() => undefined);
    await navigate('/account/devices');
  };
  return (
    <Task key="waits" title={t('devices.add-title')} lead={t('devices.add-lead', { app })}>
      <PairingCode pairing={pairing} app={app} />
      <p className="muted small">
        {t('devices.code-lasts')} <Countdown seconds={secondsLeft} />
      </p>
      <p className="muted small">{t('devices.add-waits')}</p>
      <QuietButton onClick={cancel}>{t('ui.cancel')}</QuietButton>
    </Task>
  );
}

function Linked({ name }: { name: string }): ReactElement {
  const { t } = useTranslation('devices');
  const navigate = useNavigate();
  useEffect(() => void refreshDevices(), []);
  return (
    <Task
      key="linked"
      title={t('devices.linked-title', { name })}
      lead={t('devices.linked')}
      before={<Outcome icon="check" />}
    >
      <p className="visually-hidden" role="status">
        {t('devices.linked-title', { name })}
      </p>
      <div className="actions">
        <SubmitButton state={{ busy: false, waitSeconds: 0 }} onClick={() => navigate('/account/devices')}>
          {t('devices.to-list')}
        </SubmitButton>
      </div>
    </Task>
  );
}

interface EndedProps {
  state: 'void' | 'expired';
  onAgain: () => Promise<unknown>;
}

function Ended({ state, onAgain }: EndedProps): ReactElement {
  const { t } = useTranslation('devices');
  const navigate = useNavigate();
  const { run, ...action } = useAction();
  return (
    <Task
      key={state}
      title={t(`devices.${state}-title`)}
      lead={t(`devices.${state}`)}
      before={<Outcome tone="warning" icon="clock" />}
    >
      <div className="actions">
        <SubmitButton state={action} icon="refresh" onClick={() => run(onAgain)}>
          {t('devices.new-code')}
        </SubmitButton>
        <QuietButton onClick={() => navigate('/account/devices')}>{t('ui.cancel')}</QuietButton>
      </div>
    </Task>
  );
}
