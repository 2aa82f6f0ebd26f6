import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useId,
  useRef,
  useState,
} from 'react';
import { Icon } from './icon.tsx';

interface MenuProps {
  /** What the button says: the signed-in name. */
  name: string;
  /** Says what opens, for those who only see the picture. */
  label: string;
  children: ReactNode;
}

/** The menu under the signed-in name: a button that shows and hides a list of links (disclosure pattern). */
export function Menu({ name, label, children }: MenuProps): ReactElement {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const panelId = useId();

  const closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open) return;
    setOpen(false);
    button.current?.focus();
  };
  const closeWhenLeft = (event: FocusEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only watches what its own button and links do
    <div className="menu" onKeyDown={closeOnEscape} onBlur={closeWhenLeft}>
      <button
        type="button"
        ref={button}
        className="header-button"
        aria-label={`${label}: ${name}`}
        aria-expanded={open}
        aria-controls={panelId}
        onClick={() => setOpen(!open)}
      >
        <Icon name="user" />
        <span className="menu-name">{name}</span>
        <Icon name="chevron-down" small />
      </button>
      <div className="menu-panel" id={panelId} hidden={!open} tabIndex={-1}>
        {children}
      </div>
    </div>
  );
}
