import { Button, buttonClass, Countdown, Icon, Notice, useSecondsLeft, Waiting } from '@sigillo/ui';
import { lazy, type ReactElement, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { CeremonyView } from '../api/contract.ts';
import { useBrand } from '../app/session.ts';
import { RequestId } from '../forms/problem-notice.tsx';
import { problemText } from '../forms/problem-text.ts';
import type { QrPurpose } from './qr.api.ts';
import { QrCheck } from './qr-check.tsx';
import { QrEnd } from './qr-end.tsx';
import { QrSign } from './qr-sign.tsx';
import { TypedCode } from './typed-code.tsx';
import { type QrSignIn, type QrWay, useQrTicket } from './use-qr-ticket.ts';

const QrCode = lazy(() => import('@sigillo/ui/qr-code'));

interface QrPanelProps {
  purpose: QrPurpose;
  way: QrWay;
  onRedeemed: (ceremony: CeremonyView) => void;
  /** What to do with the picture; left out where something else is to be done. */
  lead?: string;
  /** Back to the other ways, where they were left for this one. */
  onLeave?: (() => void) | undefined;
}

/** Confirms with the app instead of typing something here. Changes by itself, and says so. */
export default function QrPanel({ purpose, way, onRedeemed, lead, onLeave }: QrPanelProps): ReactElement {
  const { t } = useTranslation('qr');
  const qr = useQrTicket(purpose, way, onRedeemed);
  const app = useBrand()?.name ?? '';
  const { stage, action } = qr;
  const back = async (): Promise<void> => {
    await qr.cancel();
    if (onLeave) onLeave();
    else qr.startAgain();
  };
  return (
    <div className="qr-panel">
      {lead && stage !== 'typed' && stage !== 'check' && <p className="muted">{lead}</p>}
      {/* Nobody may have asked for it: it must not take the focus from the form beside it. */}
      {action.problem && (
        <Notice tone="danger" live>
          {problemText(t, action.problem)}
        </Notice>
      )}
      <Stage qr={qr} way={way} app={app} />
      {stage === 'scanned' || (onLeave && stage !== 'redeem') ? (
        <Button look="quiet" wide onClick={() => void back()}>
          {stage === 'scanned' ? t('qr.cancel') : t('qr.back')}
        </Button>
      ) : null}
      <RequestId problem={action.problem} />
      <span className="visually-hidden" role="status">
        {stage ? t(`qr.said-${stage}`) : ''}
      </span>
    </div>
  );
}

function Stage({ qr, way, app }: { qr: QrSignIn; way: QrWay; app: string }): ReactElement {
  const { t } = useTranslation('qr');
  const { stage, ticket, action } = qr;
  const again = (work: () => void): ReactElement => (
    <Button
      look="secondary"
      wide
      icon="refresh"
      busy={action.busy}
      unavailable={action.waitSeconds > 0}
      onClick={work}
    >
      {t('problems.try-again')}
    </Button>
  );
  if (!ticket || !stage) {
    return action.problem ? again(qr.startAgain) : <Waiting>{t('qr.starting')}</Waiting>;
  }
  switch (stage) {
    case 'picture':
      if (way === 'link') return <OpenApp qr={qr} app={app} />;
      return <Picture text={ticket.text ?? ''} qr={qr} />;
    case 'typed':
      return (
        <>
          <TypedCode code={ticket.code ?? ''}>{t('qr.type', { app })}</TypedCode>
          <Lasts until={ticket.expiresAt} />
          {way === 'picture' && (
            <Button look="quiet" small busy={action.busy} onClick={qr.startAgain}>
              {t('qr.show-again')}
            </Button>
          )}
        </>
      );
    case 'scanned':
      return <QrSign icon="phone" title={t('qr.scanned-title')} text={t('qr.scanned')} />;
    case 'check':
      return <QrCheck onCheck={qr.check} />;
    case 'redeem':
      return action.problem ? again(qr.redeem) : <Waiting>{t('qr.redeeming')}</Waiting>;
    default:
      return <QrEnd stage={stage} busy={action.busy} onAgain={qr.startAgain} />;
  }
}

function Lasts({ until }: { until: string }): ReactElement {
  const { t } = useTranslation('qr');
  const left = useSecondsLeft(Date.parse(until));
  return (
    <p className="muted small">
      {t('qr.lasts')} <Countdown seconds={left} />
    </p>
  );
}

function Picture({ text, qr }: { text: string; qr: QrSignIn }): ReactElement {
  const { t } = useTranslation('qr');
  return (
    <>
      <Suspense fallback={<Waiting>{t('qr.starting')}</Waiting>}>
        <QrCode text={text} label={t('qr.picture')} />
      </Suspense>
      <Button look="quiet" small busy={qr.action.busy} onClick={qr.typeInstead}>
        {t('qr.cannot-scan')}
      </Button>
    </>
  );
}

/**
 * On the telephone itself: the app comes to the front at once, and this page goes on when one is back. The link
 * is for browsers that ask for another press.
 */
function OpenApp({ qr, app }: { qr: QrSignIn; app: string }): ReactElement {
  const { t } = useTranslation('qr');
  const address = qr.ticket?.text ?? '';
  useEffect(() => {
    if (navigator.userActivation?.isActive) window.open(address, '_blank', 'noopener');
  }, [address]);
  return (
    <>
      <p>{t('qr.open-app-text', { app })}</p>
      <a className={buttonClass('primary', { wide: true })} href={address} target="_blank" rel="noreferrer">
        <Icon name="external" />
        <span>{t('qr.open-app')}</span>
      </a>
      <Button look="quiet" wide busy={qr.action.busy} onClick={qr.typeInstead}>
        {t('qr.type-instead')}
      </Button>
    </>
  );
}
