import { Button, Notice } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { removeAccount } from '../accounts/remove-account.ts';
import { useLinkedStore } from '../linked/use-linked-accounts.ts';
import { LinkScreen } from './link-screen.tsx';
import type { Link } from './use-link.ts';
import { useLinkTexts } from './use-link-texts.ts';
import { useTask } from './use-task.ts';

/**
 * The app was closed in the moment between linking and the unlock code: the key that approves was in memory only.
 * What is left is removed, at the issuer's too, and the set-up begins again with what was typed.
 */
export function InterruptedStep({ link }: { link: Link }): ReactElement {
  const { t } = useLinkTexts();
  const store = useLinkedStore();
  const { run, isBusy } = useTask();
  const again = () =>
    run(async () => {
      const account = (await store.list()).find(({ id }) => id === link.draft.linked);
      if (account) await removeAccount(store, account);
      await link.restart();
    });
  return (
    <LinkScreen
      draft={link.draft}
      title={t('linked.interrupted-title')}
      actions={
        <Button look="primary" wide busy={isBusy} onClick={again}>
          {t('linked.start-again')}
        </Button>
      }
    >
      <Notice>{t('linked.interrupted')}</Notice>
    </LinkScreen>
  );
}
