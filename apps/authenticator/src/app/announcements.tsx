import { Button, Icon } from '@sigillo/ui';
import { createContext, type ReactElement, type ReactNode, useContext, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Announcement {
  text: string;
  /** Takes back what was announced. */
  undo?: () => Promise<void>;
}

const Say = createContext<(announcement: Announcement) => void>(() => undefined);

/** Says that something was done, to eyes and to screen readers; it stays until it is closed or the next one comes. */
export const useSay = (): ((announcement: Announcement) => void) => useContext(Say);

/** Holds the one announcement there is, over whatever screen is shown. */
export function Announcements({ children }: { children: ReactNode }): ReactElement {
  const { t } = useTranslation();
  const [said, setSaid] = useState<Announcement & { at: number }>();
  const say = useMemo(() => (announcement: Announcement) => setSaid({ ...announcement, at: Date.now() }), []);
  const close = (): void => setSaid(undefined);
  const undo = async (): Promise<void> => {
    close();
    await said?.undo?.();
  };
  return (
    <Say value={say}>
      {children}
      <section className="announcement" aria-label={t('authenticator.announcements')}>
        <p role="status">{said && <span key={said.at}>{said.text}</span>}</p>
        {said?.undo && (
          <Button look="quiet" small onClick={undo}>
            {t('authenticator.undo')}
          </Button>
        )}
        {said && (
          <button className="bar-button" type="button" aria-label={t('ui.close')} onClick={close}>
            <Icon name="close" />
          </button>
        )}
      </section>
    </Say>
  );
}
