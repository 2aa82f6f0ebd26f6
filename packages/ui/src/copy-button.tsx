import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type ButtonLook } from './button.tsx';
import { useCopy } from './use-copy.ts';

interface CopyButtonProps {
  text: string;
  /** What is copied, for those who do not see it: "Copy the user id". */
  label: string;
  look?: ButtonLook;
}

/** Copies and says so, also to screen readers. */
export function CopyButton({ text, label, look = 'quiet' }: CopyButtonProps): ReactElement {
  const { t } = useTranslation('ui');
  const { copied, copy } = useCopy(text);
  return (
    <>
      <Button
        look={look}
        small
        icon={copied ? 'check' : 'copy'}
        aria-label={copied ? t('ui.copied') : label}
        title={label}
        onClick={copy}
      >
        {copied ? t('ui.copied') : t('ui.copy')}
      </Button>
      <span className="visually-hidden" role="status">
        {copied ? t('ui.copied') : ''}
      </span>
    </>
  );
}
