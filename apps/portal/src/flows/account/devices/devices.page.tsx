import { buttonClass, EmptyState, Icon } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DeviceView } from '../../../api/contract.ts';
import { Page } from '../../../app/page.tsx';
import { useBrand } from '../../../app/session.ts';
import { Loaded } from '../../../area/loaded.tsx';
import { useAccount } from '../use-account.ts';
import { useDevices } from '../use-devices.ts';
import { DeviceItem } from './device-item.tsx';
import { GetTheApp } from './get-the-app.tsx';
import { OnlyPhoneLost } from './only-phone-lost.tsx';

/** The apps that confirm for this account: what they run on, which to rename, which to take off (C6, A7). */
export function DevicesPage(): ReactElement {
  const { t } = useTranslation('devices');
  const devices = useDevices();
  const app = useBrand()?.name ?? '';
  return (
    <Page title={t('devices.title')} lead={t('devices.lead', { app })}>
      <Loaded query={devices}>
        {(list) => (
          <>
            <Devices devices={list} />
            {list.length === 0 && <GetTheApp />}
          </>
        )}
      </Loaded>
      <OnlyPhoneLost />
    </Page>
  );
}

function Devices({ devices }: { devices: DeviceView[] }): ReactElement {
  const { t } = useTranslation('devices');
  const app = useBrand()?.name ?? '';
  const others = useAccount().data?.authenticators;
  const isLast = devices.length === 1 && others?.length === 0;
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('devices.yours')}</h2>
        <Link className={buttonClass('secondary', { small: true })} to="/account/devices/add">
          <Icon name="plus" />
          <span>{t('devices.add')}</span>
        </Link>
      </div>
      {devices.length === 0 ? (
        <EmptyState icon="phone">{t('devices.none', { app })}</EmptyState>
      ) : (
        <ul className="items items--cards">
          {devices.map((device) => (
            <DeviceItem key={device.id} device={device} isLast={isLast} />
          ))}
        </ul>
      )}
    </section>
  );
}
