import { Icon } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCamera } from './use-camera.ts';

/** What the camera sees, with a frame to put the code in; says so when there is no camera. */
export function Viewfinder({ onTexts }: { onTexts: (texts: string[]) => void }): ReactElement {
  const { t } = useTranslation();
  const { video, state } = useCamera(true, onTexts);
  const hasFailed = state === 'refused' || state === 'missing';
  return (
    <div className="viewfinder" data-state={state}>
      <video
        ref={video}
        muted
        playsInline
        aria-label={t('authenticator.camera-picture')}
        hidden={state !== 'running'}
      />
      {state === 'running' && <span className="viewfinder-frame" aria-hidden="true" />}
      <div className="viewfinder-words" role="status">
        {hasFailed && <Icon name="info" />}
        {state === 'starting' && <p>{t('authenticator.camera-starting')}</p>}
        {state === 'running' && <p className="viewfinder-hint">{t('authenticator.camera-aim')}</p>}
        {state === 'refused' && <p>{t('authenticator.camera-refused')}</p>}
        {state === 'missing' && <p>{t('authenticator.camera-missing')}</p>}
      </div>
    </div>
  );
}
