import { Icon, type IconName } from '@sigillo/ui';
import type { ReactElement } from 'react';

/** What takes the place of a picture once it is of no use any more: what happened, and what to do. */
export function QrSign({ icon, title, text }: { icon: IconName; title: string; text: string }): ReactElement {
  return (
    <div className="qr-sign">
      <Icon name={icon} />
      <p className="qr-sign-title">{title}</p>
      <p className="muted">{text}</p>
    </div>
  );
}
