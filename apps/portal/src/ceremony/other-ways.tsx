import { Button } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

interface OtherWaysProps {
  onAnother?: (() => void) | undefined;
  /** The step shows several methods at once. */
  many?: boolean;
  onRecover: (() => void) | undefined;
  /** The number a code goes to was mistyped. */
  onCorrect?: (() => void) | undefined;
}

/** The quiet ways out of a step: another method, or none of them works any more. */
export function OtherWays({ onAnother, many, onRecover, onCorrect }: OtherWaysProps): ReactElement | null {
  const { t } = useTranslation('ceremony');
  if (!onAnother && !onRecover && !onCorrect) return null;
  return (
    <div className="actions">
      {onCorrect && (
        <Button look="quiet" wide onClick={onCorrect}>
          {t('ceremony.change-number')}
        </Button>
      )}
      {onAnother && (
        <Button look="quiet" wide onClick={onAnother}>
          {t('ceremony.another-way')}
        </Button>
      )}
      {onRecover && (
        <Button look="quiet" wide onClick={onRecover}>
          {onAnother || many ? t('ceremony.none-works') : t('ceremony.cannot-use')}
        </Button>
      )}
    </div>
  );
}
