import { Badge, buttonClass, Icon } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Route, Routes } from 'react-router';
import { NotFoundPage } from '../../../app/not-found-page.tsx';
import { Page } from '../../../app/page.tsx';
import { useLocalName } from '../../../app/use-local-name.ts';
import { LoadedList } from '../../../area/loaded-list.tsx';
import { AddClientPage, EditClientPage } from './edit-client.page.tsx';
import { RehearsePage } from './rehearse.page.tsx';
import { type ListedClient, listClients } from './relying-parties.api.ts';

/** The portals and applications that have people sign in here. */
export function RelyingPartiesPages(): ReactElement {
  return (
    <Routes>
      <Route index element={<ListPage />} />
      <Route path="add" element={<AddClientPage />} />
      <Route path="edit" element={<EditClientPage />} />
      <Route path="rehearse" element={<RehearsePage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}

function ListPage(): ReactElement {
  const { t } = useTranslation('relying-parties');
  const clients = useQuery({ queryKey: ['relying-parties'], queryFn: listClients });
  return (
    <Page title={t('relying-parties.title')} lead={t('relying-parties.lead')}>
      <div>
        <Link className={buttonClass('primary')} to="/console/relying-parties/add">
          <Icon name="plus" />
          <span>{t('relying-parties.add')}</span>
        </Link>
      </div>
      <LoadedList query={clients} icon="globe" none={t('relying-parties.none')}>
        {(client) => <ClientItem key={client.clientId} client={client} />}
      </LoadedList>
    </Page>
  );
}

function ClientItem({ client }: { client: ListedClient }): ReactElement {
  const { t } = useTranslation('relying-parties');
  const name = useLocalName()(client.name);
  const query = new URLSearchParams({ client: client.clientId });
  return (
    <li className="item">
      <span className="asker-logo" aria-hidden="true">
        {name.charAt(0)}
      </span>
      <div>
        <p className="item-title">
          {name}
          {!client.isEnabled && <Badge tone="warning">{t('relying-parties.disabled')}</Badge>}
        </p>
        <ul className="item-facts">
          <li>
            <code>{client.clientId}</code>
          </li>
          <li>{t(`relying-parties.source-${client.source}`)}</li>
        </ul>
      </div>
      <div className="item-actions">
        <Link
          className={buttonClass('secondary', { small: true })}
          to={`/console/relying-parties/edit?${query}`}
        >
          {t(client.source === 'config' ? 'relying-parties.view' : 'relying-parties.change')}
          <span className="visually-hidden"> {name}</span>
        </Link>
        <Link
          className={buttonClass('quiet', { small: true })}
          to={`/console/relying-parties/rehearse?${query}`}
        >
          {t('relying-parties.rehearse')}
          <span className="visually-hidden"> {name}</span>
        </Link>
      </div>
    </li>
  );
}
