import {
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
  type SyntheticEvent,
  useEffect,
  useId,
  useRef,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';

interface DialogProps {
  title: string;
  /** Pressed Escape, the cross, or beside the dialog. Without it the dialog must be answered. */
  onClose?: () => void;
  children: ReactNode;
}

/**
 * A modal dialog on the browser's own `<dialog>`: it keeps the focus inside, makes the page behind inert and
 * gives the focus back. Render it to open it, remove it to close it.
 */
export function Dialog({ title, onClose, children }: DialogProps): ReactElement {
  const { t } = useTranslation('ui');
  const titleId = useId();
  const { dialog, heading } = useModal();

  const cancel = (event: SyntheticEvent): void => {
    event.preventDefault();
    onClose?.();
  };
  const pressBackdrop = (event: MouseEvent): void => {
    if (event.target === dialog.current) onClose?.();
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keyboards have Escape and the cross; pressing the backdrop is a courtesy to the pointer
    <dialog
      className="dialog"
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={cancel}
      onClick={pressBackdrop}
    >
      <div className="dialog-body">
        <div className="dialog-head">
          <h2 id={titleId} tabIndex={-1} ref={heading}>
            {title}
          </h2>
          {onClose && (
            <Button look="quiet" small icon="close" aria-label={t('ui.close')} onClick={onClose}>
              <span className="visually-hidden">{t('ui.close')}</span>
            </Button>
          )}
        </div>
        {children}
      </div>
    </dialog>
  );
}

/** Opens the element as long as the component is there; the title has the focus first. */
function useModal(): {
  dialog: RefObject<HTMLDialogElement | null>;
  heading: RefObject<HTMLHeadingElement | null>;
} {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element?.showModal();
    // The browser would take the first button, which is the one that closes.
    heading.current?.focus();
    return () => {
      element?.close();
      // Removed at once, the element could not give the focus back by itself.
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return { dialog, heading };
}
