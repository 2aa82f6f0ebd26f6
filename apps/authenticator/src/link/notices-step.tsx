import { Button, Icon, Notice } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { LinkScreen } from './link-screen.tsx';
import { askForNotices, noticesCan } from './notices.ts';
import type { Link } from './use-link.ts';
import { useLinkTexts } from './use-link-texts.ts';

/** Whether requests may come as notices: the reason first, then the browser's own question. */
export function NoticesStep({ link }: { link: Link }): ReactElement {
  const { t } = useLinkTexts();
  const { draft } = link;
  const [can, setCan] = useState(noticesCan);
  const goOn = (wantsNotices: boolean) => link.update({ wantsNotices, step: 'unlock-code' });
  const allow = async (): Promise<void> => {
    if (await askForNotices()) return goOn(true);
    setCan(noticesCan());
  };
  const isPossible = can === 'be-asked' || can === 'be-used';
  return (
    <LinkScreen
      draft={draft}
      title={t('linked.notices-title')}
      lead={t('linked.notices-lead')}
      onBack={() => link.update({ step: 'name' })}
      actions={
        isPossible ? (
          <>
            <Button look="primary" wide onClick={allow}>
              {t('linked.notices-allow')}
            </Button>
            <Button look="quiet" wide onClick={() => goOn(false)}>
              {t('linked.later')}
            </Button>
          </>
        ) : (
          <Button look="primary" wide onClick={() => goOn(false)}>
            {t('linked.next')}
          </Button>
        )
      }
    >
      <ul className="points">
        <li>
          <Icon name="message" />
          <span>{t('linked.notices-what')}</span>
        </li>
        <li>
          <Icon name="lock" />
          <span>{t('linked.notices-private')}</span>
        </li>
      </ul>
      {can === 'not-here' && <Notice>{t('linked.notices-not-here')}</Notice>}
      {can === 'refused' && <Notice live>{t('linked.notices-refused')}</Notice>}
    </LinkScreen>
  );
}
