import { buttonClass, Icon, Notice } from '@sigillo/ui';
import { type ChangeEvent, type ReactElement, useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { goToCode } from '../app/go-to-code.ts';
import { Screen } from '../app/screen.tsx';
import { touchFeedback } from '../app/touch-feedback.ts';
import { ConfirmKeys } from '../keys/confirm-keys.tsx';
import { readPictureFile } from './read-picture.ts';
import { type FoundKeys, recogniseFirst } from './recognise.ts';
import { Viewfinder } from './viewfinder.tsx';

type Trouble =
  | 'authenticator.scan-unknown'
  | 'authenticator.picture-empty'
  | 'authenticator.picture-unreadable';

/** Scanning with the camera, and the ways that need none: a picture from a file or the clipboard, typing. */
export default function ScanPage(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [found, setFound] = useState<FoundKeys>();
  const [trouble, setTrouble] = useState<Trouble>();
  const take = (texts: readonly string[]): void => {
    const recognised = recogniseFirst(texts, location.origin);
    if (recognised?.kind === 'ours') {
      touchFeedback();
      goToCode(navigate, recognised.content);
    } else if (recognised?.kind === 'keys') {
      touchFeedback();
      setTrouble(undefined);
      setFound(recognised.found);
    } else setTrouble(recognised ? 'authenticator.scan-unknown' : 'authenticator.picture-empty');
  };
  const takePicture = (picture: Blob): void => {
    readPictureFile(picture).then(take, () => setTrouble('authenticator.picture-unreadable'));
  };
  usePaste(found === undefined, take, takePicture);

  if (found) return <ConfirmKeys key="confirm" found={found} onAgain={() => setFound(undefined)} />;
  return (
    <Screen
      title={t('authenticator.scan-title')}
      back="/"
      actions={
        <>
          <PictureButton onPicture={takePicture} />
          <div className="actions-pair">
            <Link className={buttonClass('quiet')} to="/type">
              {t('authenticator.type-instead')}
            </Link>
            <Link className={buttonClass('quiet')} to="/sign-in/code">
              {t('requests.type-code')}
            </Link>
          </div>
        </>
      }
    >
      {trouble && <Notice live>{t(trouble)}</Notice>}
      <Viewfinder onTexts={take} />
      <p className="muted only-with-keyboard">{t('authenticator.paste-hint')}</p>
    </Screen>
  );
}

/** A button that opens the system's own choice of files, photographs included. */
function PictureButton({ onPicture }: { onPicture: (picture: Blob) => void }): ReactElement {
  const { t } = useTranslation();
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.currentTarget.files?.[0];
    // The same file may be chosen again after a failure.
    event.currentTarget.value = '';
    if (file) onPicture(file);
  };
  return (
    <label className={`${buttonClass('secondary', { wide: true })} file-button`}>
      <Icon name="upload" />
      <span>{t('authenticator.choose-picture')}</span>
      <input type="file" accept="image/*" onChange={choose} />
    </label>
  );
}

/** A picture or an address that is pasted anywhere on the page. */
function usePaste(
  isWanted: boolean,
  onTexts: (texts: string[]) => void,
  onPicture: (picture: Blob) => void,
): void {
  const paste = useEffectEvent((event: ClipboardEvent) => {
    const picture = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (picture) onPicture(picture);
    else if (text) onTexts([text]);
  });
  useEffect(() => {
    if (!isWanted) return;
    const listener = (event: ClipboardEvent): void => paste(event);
    document.addEventListener('paste', listener);
    return () => document.removeEventListener('paste', listener);
  }, [isWanted]);
}
