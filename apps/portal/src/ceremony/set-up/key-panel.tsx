import { buttonClass, CopyButton, Icon, Waiting } from '@sigillo/ui';
import { lazy, type ReactElement, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnrolmentView } from '../../api/contract.ts';
import { Disclosure } from '../../app/disclosure.tsx';

const QrCode = lazy(() => import('@sigillo/ui/qr-code'));

/** The key for the app. Nobody can scan their own screen: on a phone the link into the app comes first. */
export function KeyPanel({ enrolment }: { enrolment: EnrolmentView }): ReactElement {
  const { t } = useTranslation('set-up');
  const onPhone = matchMedia('(pointer: coarse)').matches;
  const key = enrolment.key ?? '';
  const uri = enrolment.keyUri ?? '';

  return onPhone ? (
    <div className="stack">
      <strong>{t('set-up.open-app')}</strong>
      <a className={buttonClass('secondary', { wide: true })} href={uri}>
        <Icon name="external" />
        <span>{t('set-up.open-app-here')}</span>
      </a>
      <Key value={key} />
      <Disclosure summary={t('set-up.other-device')}>
        <Qr uri={uri} />
      </Disclosure>
    </div>
  ) : (
    <div className="stack">
      <strong>{t('set-up.scan')}</strong>
      <Qr uri={uri} />
      <Disclosure summary={t('set-up.cannot-scan')}>
        <Key value={key} />
      </Disclosure>
    </div>
  );
}

function Qr({ uri }: { uri: string }): ReactElement {
  const { t } = useTranslation('set-up');
  return (
    <Suspense fallback={<Waiting>{t('ui.loading')}</Waiting>}>
      <QrCode text={uri} label={t('set-up.qr-label')} />
    </Suspense>
  );
}

/** In groups of four, to be typed; copied without the spaces. */
function Key({ value }: { value: string }): ReactElement {
  const { t } = useTranslation('set-up');
  return (
    <div className="stack stack--tight">
      <p className="small muted">{t('set-up.key-hint')}</p>
      <div className="secret">
        <code>{value.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        <CopyButton text={value} label={t('set-up.copy-key')} />
      </div>
    </div>
  );
}
