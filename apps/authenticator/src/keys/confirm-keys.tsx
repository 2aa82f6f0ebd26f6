import { Badge, Button, Notice } from '@sigillo/ui';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSay } from '../app/announcements.tsx';
import { Screen } from '../app/screen.tsx';
import type { FoundKeys } from '../scan/recognise.ts';
import { askToKeepStorage } from '../vault/keep-storage.ts';
import { useVault } from '../vault/use-accounts.ts';
import { KeyList } from './key-list.tsx';

interface ConfirmKeysProps {
  found: FoundKeys;
  /** Back to where they were found. */
  onAgain: () => void;
}

/** Shows what would be added before anything is. */
export function ConfirmKeys({ found: { keys, skipped, part }, onAgain }: ConfirmKeysProps): ReactElement {
  const { t } = useTranslation();
  const vault = useVault();
  const navigate = useNavigate();
  const say = useSay();
  const [isKnown, setIsKnown] = useState<boolean[]>();
  useEffect(() => void vault.findKnown(keys).then(setIsKnown), [vault, keys]);
  const fresh = isKnown?.filter((known) => !known).length ?? 0;

  const add = async (): Promise<void> => {
    const count = await vault.add(keys);
    await navigate('/codes');
    say({ text: t('authenticator.added', { count }) });
    askToKeepStorage();
  };
  return (
    <Screen
      title={t('authenticator.confirm-title', { count: keys.length })}
      lead={fresh > 0 ? t('authenticator.confirm-lead') : undefined}
      onBack={onAgain}
      actions={
        <>
          {fresh > 0 && (
            <Button look="primary" wide onClick={add}>
              {t('authenticator.add-count', { count: fresh })}
            </Button>
          )}
          <Button look="quiet" wide onClick={onAgain}>
            {fresh > 0 ? t('ui.cancel') : t('authenticator.scan-another')}
          </Button>
        </>
      }
    >
      {isKnown && fresh === 0 && <Notice>{t('authenticator.all-known', { count: keys.length })}</Notice>}
      <KeyList names={keys} mark={(index) => isKnown?.[index] && <Badge>{t('authenticator.known')}</Badge>} />
      {skipped > 0 && <Notice>{t('authenticator.skipped', { count: skipped })}</Notice>}
      {part && <Notice>{t('authenticator.part', part)}</Notice>}
    </Screen>
  );
}
