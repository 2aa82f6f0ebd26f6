import { Button, Notice } from '@sigillo/ui';
import { type ReactElement, useEffect, useEffectEvent, useState } from 'react';
import { askForNotices, noticesCan, turnNoticesOff, turnNoticesOn } from '../link/notices.ts';
import { useLinkTexts } from '../link/use-link-texts.ts';
import { callDevice } from '../linked/device-call.ts';
import { DeviceProblem } from '../linked/device-problem.ts';
import type { LinkedAccount } from '../linked/linked-account.ts';

type Switch = 'asking' | 'on' | 'off' | 'unknown';

/** Whether the account's requests come as notices here, as its issuer knows it. */
export function NoticesSwitch({ account }: { account: LinkedAccount }): ReactElement {
  const { t } = useLinkTexts();
  const [state, setState] = useState<Switch>('asking');
  const [hasFailed, setHasFailed] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const can = noticesCan();
  const ask = useEffectEvent(() => {
    callDevice<{ wantsPush: boolean }>(account, 'GET', '/device/me').then(
      ({ wantsPush }) => setState(wantsPush ? 'on' : 'off'),
      () => setState('unknown'),
    );
  });
  useEffect(() => ask(), []);

  const turn = async (): Promise<void> => {
    setIsBusy(true);
    setHasFailed(false);
    try {
      if (state === 'on') await turnNoticesOff(account);
      else if (await askForNotices()) await turnNoticesOn(account);
      else return setHasFailed(true);
      setState(state === 'on' ? 'off' : 'on');
    } catch (error) {
      if (!(error instanceof DeviceProblem || error instanceof DOMException)) throw error;
      setHasFailed(true);
    } finally {
      setIsBusy(false);
    }
  };
  const isPossible = can === 'be-asked' || can === 'be-used' || state === 'on';
  return (
    <section className="stack stack--tight" aria-labelledby="notices">
      <h2 id="notices">{t('linked.notices')}</h2>
      <p role="status">{t(`linked.notices-${state}`)}</p>
      {hasFailed && <Notice live>{t('linked.notices-failed')}</Notice>}
      {!isPossible && <p className="muted">{t(`linked.notices-${can}`)}</p>}
      {isPossible && (state === 'on' || state === 'off') && (
        <Button small className="button--start" busy={isBusy} onClick={turn}>
          {t(state === 'on' ? 'linked.notices-turn-off' : 'linked.notices-turn-on')}
        </Button>
      )}
    </section>
  );
}
