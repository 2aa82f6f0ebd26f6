import { buttonClass, Notice } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { Page } from '../../../app/page.tsx';
import { queryClient } from '../../../app/query-client.ts';
import { useLocalName } from '../../../app/use-local-name.ts';
import { Loaded } from '../../../area/loaded.tsx';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { ClientForm } from './client-form.tsx';
import { ClientSwitches } from './client-switches.tsx';
import { addClient, type ClientView, editClient, type NewClient, showClient } from './relying-parties.api.ts';
import { ShownSecret } from './shown-secret.tsx';

const LIST = '/console/relying-parties';

/** A new relying party; its secret is shown once. */
export function AddClientPage(): ReactElement {
  const { t } = useTranslation('relying-parties');
  const withProof = useStepUp();
  const navigate = useNavigate();
  const [secret, setSecret] = useState<string>();
  const add = async (wanted: NewClient): Promise<void> => {
    const shown = await withProof((approval) => addClient(wanted, approval));
    await queryClient.invalidateQueries({ queryKey: ['relying-parties'] });
    if (shown === null) return void navigate(LIST);
    setSecret(shown);
  };
  return (
    <Page title={t('relying-parties.add')} lead={t('relying-parties.add-lead')}>
      {secret ? (
        <ShownSecret secret={secret} onDone={() => navigate(LIST)} />
      ) : (
        <section className="card">
          <ClientForm onSend={add} />
        </section>
      )}
    </Page>
  );
}

/** One that is there already: read, and changed unless it stands in the clients file. */
export function EditClientPage(): ReactElement {
  const { t } = useTranslation('relying-parties');
  const [params] = useSearchParams();
  const id = params.get('client') ?? '';
  const client = useQuery({ queryKey: ['relying-party', id], queryFn: () => showClient(id) });
  const localName = useLocalName();
  return (
    <Page title={client.data ? localName(client.data.name) : t('relying-parties.one')}>
      <Loaded query={client}>{(found) => <EditClient client={found} />}</Loaded>
    </Page>
  );
}

function EditClient({ client }: { client: ClientView }): ReactElement {
  const { t } = useTranslation('relying-parties');
  const withProof = useStepUp();
  const [isSaved, setSaved] = useState(false);
  const forget = async (): Promise<void> => {
    await queryClient.invalidateQueries({ queryKey: ['relying-parties'] });
    await queryClient.invalidateQueries({ queryKey: ['relying-party', client.clientId] });
  };
  const save = async ({ clientId, tokenEndpointAuthMethod: _, jwksUri: __, ...wanted }: NewClient) => {
    await withProof((approval) => editClient(clientId, wanted, approval));
    await forget();
    setSaved(true);
  };
  return (
    <>
      {client.isFixed && <Notice tone="info">{t('relying-parties.fixed')}</Notice>}
      {isSaved && (
        <Notice tone="success" live>
          {t('relying-parties.saved')}
        </Notice>
      )}
      <section className="card">
        <ClientForm client={client} onSend={save} />
      </section>
      <section className="card">
        <h2>{t('relying-parties.rehearse')}</h2>
        <p className="muted">{t('relying-parties.rehearse-lead')}</p>
        <div>
          <Link
            className={buttonClass('secondary')}
            to={`/console/relying-parties/rehearse?${new URLSearchParams({ client: client.clientId })}`}
          >
            {t('relying-parties.rehearse')}
          </Link>
        </div>
      </section>
      {!client.isFixed && <ClientSwitches client={client} onChanged={forget} />}
    </>
  );
}
