import { Button, Notice } from '@sigillo/ui';
import { type ReactElement, useEffect, useEffectEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { hasIssuerKey } from './issuer-key.ts';
import { lookAtPairing } from './link-calls.ts';
import { LinkScreen } from './link-screen.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import type { Link } from './use-link.ts';
import { useLinkTexts } from './use-link-texts.ts';
import { useTask } from './use-task.ts';

/** "Link this account?": whose code it is, after the app has found the key of the QR code at the issuer's. */
export function ConfirmAccountStep({ link }: { link: Link }): ReactElement {
  const { t } = useLinkTexts();
  const navigate = useNavigate();
  const { draft } = link;
  const [isForged, setIsForged] = useState(false);
  const { run, ...task } = useTask();
  const look = useEffectEvent(() =>
    run(async () => {
      const { issuer, issuerKey, code } = draft;
      if (issuerKey !== null && !(await hasIssuerKey(issuer, issuerKey))) return setIsForged(true);
      await link.update({ account: await lookAtPairing(draft, code ?? '') });
    }),
  );
  useEffect(() => void look(), []);
  const leave = async (): Promise<void> => {
    await link.end();
    await navigate('/scan');
  };
  const { account } = draft;
  const isReady = account !== null && !task.problem && !isForged;
  return (
    <LinkScreen
      draft={draft}
      title={t('linked.confirm-title')}
      lead={isReady ? t('linked.confirm-lead') : undefined}
      onBack={leave}
      actions={
        isReady ? (
          <>
            <Button look="primary" wide onClick={() => link.update({ step: 'name' })}>
              {t('linked.confirm')}
            </Button>
            <Button look="quiet" wide onClick={leave}>
              {t('ui.cancel')}
            </Button>
          </>
        ) : (
          <Button look="primary" wide busy={!task.problem && !isForged} onClick={leave}>
            {t('linked.another-code')}
          </Button>
        )
      }
    >
      <ProblemNotice {...task} />
      {isForged && (
        <Notice tone="danger" live title={t('linked.forged-title')}>
          {t('linked.forged')}
        </Notice>
      )}
      {isReady && (
        <dl className="facts">
          <dt>{t('linked.fact-service')}</dt>
          <dd>{account.service}</dd>
          <dt>{t('linked.fact-email')}</dt>
          <dd>{account.email}</dd>
        </dl>
      )}
    </LinkScreen>
  );
}
