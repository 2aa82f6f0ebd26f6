import { Badge, buttonClass, Icon, type IconName } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CodeDelivery } from '../../../api/contract.ts';

const ICONS: Record<CodeDelivery, IconName> = { app: 'phone', sms: 'message', 'hardware-token': 'key' };

/** Where each is set up. */
const SET_UP: Record<CodeDelivery, string> = {
  app: '/account/devices/add',
  sms: '/account/two-factor/add',
  'hardware-token': '/account/two-factor/add',
};

interface DeliveryChoiceProps {
  way: CodeDelivery;
  /** The account has it; else the way to set it up is shown in its place. */
  isSetUp: boolean;
  checked: boolean;
  onChoose: (way: CodeDelivery) => void;
}

/** One way in which codes may arrive. */
export function DeliveryChoice({ way, isSetUp, checked, onChoose }: DeliveryChoiceProps): ReactElement {
  const { t } = useTranslation('codes');
  const words = (
    <>
      <span className="choice-icon">
        <Icon name={ICONS[way]} />
      </span>
      <span>
        <span className="choice-title">
          {t(`codes.way-${way}`)}
          {!isSetUp && <Badge>{t('codes.not-set-up')}</Badge>}
        </span>
        <span className="choice-text">{t(`codes.way-${way}-text`)}</span>
      </span>
    </>
  );
  if (!isSetUp)
    return (
      <div className="choice choice--unset">
        {words}
        <Link className={buttonClass('secondary', { small: true })} to={SET_UP[way]}>
          {t('codes.set-up')}
          <span className="visually-hidden"> {t(`codes.way-${way}`)}</span>
        </Link>
      </div>
    );
  return (
    <label className="choice">
      {words}
      <input type="radio" name="code-delivery" value={way} checked={checked} onChange={() => onChoose(way)} />
    </label>
  );
}
