import { Button, Dialog } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useNavigate } from 'react-router';
import { useSay } from '../app/announcements.tsx';
import { useLinkTexts } from '../link/use-link-texts.ts';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { useLinkedStore } from '../linked/use-linked-accounts.ts';
import { removeAccount } from './remove-account.ts';

/** What it means to take an account off this app, then doing it. */
export function RemoveLinked({
  account,
  onClose,
}: {
  account: LinkedAccount;
  onClose: () => void;
}): ReactElement {
  const { t } = useLinkTexts();
  const store = useLinkedStore();
  const navigate = useNavigate();
  const say = useSay();
  const [isBusy, setIsBusy] = useState(false);
  const { name } = account;
  const remove = async (): Promise<void> => {
    setIsBusy(true);
    const isTold = await removeAccount(store, account);
    await navigate('/', { replace: true });
    say({ text: t(isTold ? 'linked.removed' : 'linked.removed-untold', { name }) });
  };
  return (
    <Dialog title={t('linked.remove-title', { name })} onClose={onClose}>
      <p>{t('linked.remove-consequence')}</p>
      <div className="actions">
        <Button look="danger" wide busy={isBusy} onClick={remove}>
          {t('linked.remove-action')}
        </Button>
        <Button look="quiet" wide onClick={onClose}>
          {t('ui.cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
