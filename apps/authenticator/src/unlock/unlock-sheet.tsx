import { Button, Icon, Notice } from '@sigillo/ui';
import {
  type FormEvent,
  type ReactElement,
  type SyntheticEvent,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkedAccount } from '../linked/linked-account.ts';
import { UnlockCodeField } from './unlock-code-field.tsx';
import { type SheetTrouble, type TryUnlock, useUnlockTries } from './use-unlock-tries.ts';

interface UnlockSheetProps<T> {
  account: LinkedAccount | undefined;
  by: 'code' | 'prf';
  lead: string;
  /** One try; undefined when the secret was wrong. */
  attempt: TryUnlock<T>;
  onOpen: (opened: T) => void;
  onCancel: () => void;
}

/**
 * Asks for the unlock code, or for the device's own lock, over whatever screen was there: it is a modal dialog as
 * large as the app, so that the screen behind keeps all it knows.
 */
export function UnlockSheet<T>(props: UnlockSheetProps<T>): ReactElement {
  const { account, by, lead, onCancel } = props;
  const { t } = useTranslation();
  const titleId = useId();
  const dialog = useOpenDialog();
  const tries = useUnlockTries(props);
  const cancel = (event: SyntheticEvent): void => {
    event.preventDefault();
    onCancel();
  };
  return (
    <dialog className="unlock-sheet" ref={dialog} aria-labelledby={titleId} onCancel={cancel}>
      <div className="screen">
        <div className="screen-bar">
          <button
            className="bar-button"
            type="button"
            onClick={onCancel}
            aria-label={t('authenticator.back')}
          >
            <Icon name="arrow-left" />
          </button>
          <h2 id={titleId}>{t('linked.unlock-title')}</h2>
        </div>
        {tries.trouble === 'stopped' ? (
          <Stopped account={account} onCancel={onCancel} />
        ) : by === 'code' ? (
          <ByCode lead={lead} {...tries} />
        ) : (
          <ByPasskey lead={lead} {...tries} />
        )}
      </div>
    </dialog>
  );
}

interface WayProps {
  lead: string;
  trouble: SheetTrouble | undefined;
  triesLeft: number | undefined;
  isBusy: boolean;
  tryCode: (code: string) => Promise<void>;
  tryPasskey: () => Promise<void>;
}

function ByCode({ lead, trouble, triesLeft, isBusy, tryCode }: WayProps): ReactElement {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [isEmpty, setIsEmpty] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setIsEmpty(code === '');
    if (code !== '') await tryCode(code);
    setCode('');
    document.getElementById('unlock-code')?.focus();
  };
  const wrong = triesLeft !== undefined ? t('linked.unlock-wrong', { count: triesLeft }) : undefined;
  return (
    <>
      <form className="screen-content" id="unlock" onSubmit={submit} noValidate>
        <p className="lead">{lead}</p>
        <UnlockCodeField
          id="unlock-code"
          label={t('linked.unlock-code')}
          value={code}
          error={isEmpty ? t('linked.unlock-empty') : trouble === 'wrong-code' ? wrong : undefined}
          onChange={setCode}
        />
        {trouble === 'unreachable' && <Notice live>{t('linked.unlock-offline')}</Notice>}
      </form>
      <div className="screen-foot">
        <div className="screen-actions">
          <Button look="primary" wide type="submit" form="unlock" busy={isBusy}>
            {t('linked.unlock')}
          </Button>
        </div>
      </div>
    </>
  );
}

function ByPasskey({ lead, trouble, isBusy, tryPasskey }: WayProps): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <div className="screen-content">
        <p className="lead">{lead}</p>
        <p>{t('linked.unlock-passkey')}</p>
        {trouble === 'refused' && <Notice live>{t('linked.unlock-passkey-refused')}</Notice>}
        {trouble === 'wrong-code' && <Notice live>{t('linked.unlock-passkey-wrong')}</Notice>}
        {trouble === 'unreachable' && <Notice live>{t('linked.unlock-offline')}</Notice>}
      </div>
      <div className="screen-foot">
        <div className="screen-actions">
          <Button look="primary" wide icon="passkey" busy={isBusy} onClick={tryPasskey}>
            {t('linked.unlock')}
          </Button>
        </div>
      </div>
    </>
  );
}

function Stopped({
  account,
  onCancel,
}: {
  account: LinkedAccount | undefined;
  onCancel: () => void;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <div className="screen-content">
        <Notice tone="warning" live title={t('linked.stopped-title')}>
          {t('linked.stopped', { name: account?.name ?? '' })}
        </Notice>
      </div>
      <div className="screen-foot">
        <div className="screen-actions">
          <Button look="primary" wide onClick={onCancel}>
            {t('ui.close')}
          </Button>
        </div>
      </div>
    </>
  );
}

function useOpenDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element?.showModal();
    // The browser would take the first button, which is the one that turns back.
    element?.querySelector('input')?.focus();
    return () => {
      element?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return dialog;
}
