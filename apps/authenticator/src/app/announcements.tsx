import { Button, buttonClass, Icon } from '@sigillo/ui';
import {
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';

interface Announcement {
  text: string;
  /** Takes back what was announced. */
  undo?: () => Promise<void>;
  /** Leads to what it is about. */
  link?: { to: string; text: string };
}

interface Announcing {
  /** What the screen has to show. */
  shown: Announcement | undefined;
  say: (announcement: Announcement) => void;
  close: () => void;
}

const AnnouncingContext = createContext<Announcing>({
  shown: undefined,
  say: () => undefined,
  close: () => undefined,
});

/** Says that something was done, to eyes and to screen readers, as long as the holder stays on the screen. */
export const useSay = (): Announcing['say'] => useContext(AnnouncingContext).say;

/** Holds the one announcement there is. A screen reader hears it from here; eyes find it above the actions. */
export function Announcements({ children }: { children: ReactNode }): ReactElement {
  const { pathname } = useLocation();
  const [said, setSaid] = useState<Announcement & { at: string }>();
  const seen = useRef<Announcement>(undefined);
  useEffect(() => {
    if (said?.at === pathname) seen.current = said;
    else if (seen.current === said) setSaid(undefined);
  }, [said, pathname]);
  const shown = said?.at === pathname ? said : undefined;
  const announcing = useMemo(
    () => ({
      shown,
      // The address is there at once, the screen behind it a moment later.
      say: (announcement: Announcement) => setSaid({ ...announcement, at: location.pathname }),
      close: () => setSaid(undefined),
    }),
    [shown],
  );
  return (
    <AnnouncingContext value={announcing}>
      {children}
      <p className="visually-hidden" role="status">
        {shown?.text}
      </p>
    </AnnouncingContext>
  );
}

/** The announcement where it is seen, with a way to take back what was done. */
export function AnnouncementBar(): ReactElement | null {
  const { t } = useTranslation();
  const { shown, close } = useContext(AnnouncingContext);
  if (!shown) return null;
  const { text, undo, link } = shown;
  const takeBack = async (): Promise<void> => {
    close();
    await undo?.();
  };
  return (
    <div className="announcement">
      <Icon name={link ? 'shield' : 'check-circle'} />
      <p>{text}</p>
      {link && (
        <Link className={buttonClass('quiet', { small: true })} to={link.to}>
          {link.text}
        </Link>
      )}
      {undo && (
        <Button look="quiet" small onClick={takeBack}>
          {t('authenticator.undo')}
        </Button>
      )}
      <button className="bar-button" type="button" aria-label={t('ui.close')} onClick={close}>
        <Icon name="close" />
      </button>
    </div>
  );
}
