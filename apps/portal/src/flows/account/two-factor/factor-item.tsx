import { Button, Icon, When } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuthenticatorView } from '../../../api/contract.ts';
import { ConfirmDialog } from '../../../area/confirm-dialog.tsx';
import { isPasskey, methodIcon, unbroken } from '../../../ceremony/method-words.ts';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { RenameDialog } from '../rename-dialog.tsx';
import { refreshAccount } from '../use-account.ts';
import { removeAuthenticator, renameAuthenticator } from './two-factor.api.ts';

interface FactorItemProps {
  factor: AuthenticatorView;
  /** Without it the account has no second factor any more. */
  isLast: boolean;
}

/** One second factor: what it is, when it was used, rename, remove. */
export function FactorItem({ factor, isLast }: FactorItemProps): ReactElement {
  const { t } = useTranslation('two-factor');
  const [open, setOpen] = useState<'rename' | 'remove'>();
  const close = (): void => setOpen(undefined);
  const name = useFactorName(factor);
  const rename = async (to: string) => {
    await renameAuthenticator(factor.id, to);
    await refreshAccount();
  };
  return (
    <li className="item">
      <span className="choice-icon">
        <Icon name={methodIcon(factor.type)} />
      </span>
      <div>
        <p className="item-title">{name}</p>
        <FactorFacts factor={factor} />
      </div>
      <div className="item-actions">
        <Button
          look="quiet"
          small
          aria-label={t('two-factor.rename-named', { name })}
          onClick={() => setOpen('rename')}
        >
          {t('two-factor.rename')}
        </Button>
        <Button
          look="danger-quiet"
          small
          aria-label={t('two-factor.remove-named', { name })}
          onClick={() => setOpen('remove')}
        >
          {t('two-factor.remove')}
        </Button>
      </div>
      {open === 'rename' && <RenameDialog current={factor.label} save={rename} onClose={close} />}
      {open === 'remove' && <RemoveDialog factor={factor} isLast={isLast} onClose={close} />}
    </li>
  );
}

function FactorFacts({ factor }: { factor: AuthenticatorView }): ReactElement {
  const { t } = useTranslation('two-factor');
  return (
    <ul className="item-facts">
      {factor.label && <li>{t(`two-factor.type-${factor.type}`)}</li>}
      {factor.detail && <li>{unbroken(factor.detail)}</li>}
      <li>
        {t('two-factor.since')} <When iso={factor.createdAt} />
      </li>
      <li>
        {factor.lastUsedAt ? (
          <>
            {t('two-factor.last-used')} <When iso={factor.lastUsedAt} />
          </>
        ) : (
          t('two-factor.never-used')
        )}
      </li>
    </ul>
  );
}

/** The name its holder gave it, else what it is. */
function useFactorName({ label, type }: AuthenticatorView): string {
  const { t } = useTranslation('two-factor');
  return label || t(`two-factor.type-${type}`);
}

/** Under which name it is told what removing it means. */
function removal(type: string): string {
  if (isPasskey(type)) return 'passkey';
  return type === 'hardware-token' ? 'token' : 'codes';
}

function RemoveDialog({ factor, isLast, onClose }: FactorItemProps & { onClose: () => void }): ReactElement {
  const { t } = useTranslation('two-factor');
  const withProof = useStepUp();
  const name = useFactorName(factor);
  const remove = async (): Promise<void> => {
    await withProof(() => removeAuthenticator(factor.id));
    await refreshAccount();
  };
  return (
    <ConfirmDialog
      title={t('two-factor.remove-title', { name })}
      action={t('two-factor.remove-action')}
      onConfirm={remove}
      onClose={onClose}
    >
      <ul className="notice-list">
        <li>{t(`two-factor.remove-${removal(factor.type)}`)}</li>
        <li>{t('two-factor.remove-sessions')}</li>
        {isLast && <li>{t('two-factor.remove-last')}</li>}
      </ul>
    </ConfirmDialog>
  );
}
