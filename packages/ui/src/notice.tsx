import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

type NoticeTone = 'info' | 'success' | 'warning' | 'danger';

const ICONS: Record<NoticeTone, IconName> = {
  info: 'info',
  success: 'check-circle',
  warning: 'warning',
  danger: 'warning',
};

interface NoticeProps {
  tone?: NoticeTone;
  title?: string;
  /** Appeared by itself: a screen reader should say it. */
  live?: boolean;
  children: ReactNode;
}

/** A few words set apart. Its colour is never the only sign: the icon and the words say the same. */
export function Notice({ tone = 'info', title, live = false, children }: NoticeProps): ReactElement {
  return (
    <div className={`notice notice--${tone}`} role={live ? 'status' : undefined}>
      <Icon name={ICONS[tone]} />
      <div className="notice-body">
        {title && <p className="notice-title">{title}</p>}
        {typeof children === 'string' ? <p>{children}</p> : children}
      </div>
    </div>
  );
}
