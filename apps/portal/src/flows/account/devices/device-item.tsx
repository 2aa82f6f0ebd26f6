import { Badge, Button, Icon, When } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceView } from '../../../api/contract.ts';
import { kindIcon } from '../kind-icon.ts';
import { countryName } from '../place-name.ts';
import { RenameDialog } from '../rename-dialog.tsx';
import { refreshDevices } from '../use-devices.ts';
import { renameDevice } from './devices.api.ts';
import { RemoveDevice } from './remove-device.tsx';

interface DeviceItemProps {
  device: DeviceView;
  /** Without it the account has no second factor any more. */
  isLast: boolean;
}

/** One linked app: where it runs, when it was used, rename, remove, lost. */
export function DeviceItem({ device, isLast }: DeviceItemProps): ReactElement {
  const { t } = useTranslation('devices');
  const [open, setOpen] = useState<'rename' | 'remove' | 'lost'>();
  const close = (): void => setOpen(undefined);
  const { name } = device;
  const rename = async (to: string) => {
    await renameDevice(device.id, to);
    await refreshDevices();
  };
  return (
    <li className="item">
      <span className="choice-icon">
        <Icon name={kindIcon(device.kind)} />
      </span>
      <div>
        <p className="item-title">
          {name}
          {device.state === 'frozen' && (
            <Badge tone="warning" icon="warning">
              {t('devices.stopped')}
            </Badge>
          )}
        </p>
        <DeviceFacts device={device} />
        {device.state === 'frozen' && <p className="small">{t('devices.stopped-why')}</p>}
      </div>
      <div className="item-actions">
        <Button
          look="quiet"
          small
          aria-label={t('devices.rename-named', { name })}
          onClick={() => setOpen('rename')}
        >
          {t('devices.rename')}
        </Button>
        <Button
          look="danger-quiet"
          small
          aria-label={t('devices.lost-named', { name })}
          onClick={() => setOpen('lost')}
        >
          {t('devices.lost')}
        </Button>
        <Button
          look="danger-quiet"
          small
          aria-label={t('devices.remove-named', { name })}
          onClick={() => setOpen('remove')}
        >
          {t('devices.remove')}
        </Button>
      </div>
      {open === 'rename' && <RenameDialog current={device.name} save={rename} onClose={close} />}
      {(open === 'remove' || open === 'lost') && (
        <RemoveDevice device={device} isLast={isLast} isLost={open === 'lost'} onClose={close} />
      )}
    </li>
  );
}

function DeviceFacts({ device }: { device: DeviceView }): ReactElement {
  const { t, i18n } = useTranslation('devices');
  const { browser, system, place } = device;
  // A browser that does not say what it is has neither.
  const client = browser && system ? t('devices.browser-on', { browser, system }) : browser || system;
  const country = place.local ? t('devices.this-network') : countryName(place.country, i18n.language);
  return (
    <ul className="item-facts">
      {client && <li>{client}</li>}
      {country && <li>{country}</li>}
      <li>
        {t('devices.last-used')} <When iso={device.lastSeenAt} />
      </li>
      <li>{device.wantsPush ? t('devices.push-on') : t('devices.push-off')}</li>
    </ul>
  );
}
