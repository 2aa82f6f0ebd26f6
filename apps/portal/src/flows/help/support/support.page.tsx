import { buttonClass, Icon, Outcome, Waiting } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { RelyingPartyView } from '../../../api/contract.ts';
import { queryString } from '../../../api/query-string.ts';
import { Asker } from '../../../app/asker.tsx';
import { useBrand, useSession } from '../../../app/session.ts';
import { getSignIn } from '../../../app/sign-in-view.api.ts';
import { Task } from '../../../app/task.tsx';
import { SupportForm } from './support-form.tsx';

/** Help from a person: a message with the case or claim number, or the operator's live chat. */
export default function SupportPage(): ReactElement {
  const { t } = useTranslation('support');
  const [params] = useSearchParams();
  const interaction = params.get('interaction');
  const session = useSession();
  const [reference, setReference] = useState<string>();
  // Whoever comes from a relying party that has given up on them still gets the form.
  const signIn = useQuery({
    queryKey: ['sign-in', interaction],
    queryFn: () => getSignIn(interaction),
    enabled: interaction !== null,
    retry: false,
  });

  if (session.isPending || (interaction && signIn.isPending)) return <Waiting>{t('shell.loading')}</Waiting>;
  const signedIn = session.data?.signedIn ?? false;
  if (reference) return <Sent reference={reference} interaction={interaction} signedIn={signedIn} />;
  const relyingParty = signIn.data?.relyingParty ?? null;
  return (
    <Task title={t('support.title')} lead={t('support.lead')} before={<Asker relyingParty={relyingParty} />}>
      <LiveChat relyingParty={relyingParty} />
      <SupportForm
        relyingParty={relyingParty}
        interaction={relyingParty ? interaction : null}
        email={session.data?.account?.email ?? ''}
        caseNumber={params.get('caseNumber') ?? ''}
        onSent={setReference}
      />
    </Task>
  );
}

function LiveChat({ relyingParty }: { relyingParty: RelyingPartyView | null }): ReactElement | null {
  const { t } = useTranslation('support');
  const brand = useBrand();
  const chatUrl = relyingParty?.chatUrl ?? brand?.chatUrl;
  if (!chatUrl || !/^https?:/.test(chatUrl)) return null;
  return (
    <a
      className={buttonClass('secondary', { wide: true })}
      href={chatUrl}
      target="_blank"
      rel="noopener noreferrer"
    >
      <Icon name="chat" />
      <span>{t('support.live-chat')}</span>
      <span className="visually-hidden">{t('support.opens-elsewhere')}</span>
      <Icon name="external" />
    </a>
  );
}

interface SentProps {
  reference: string;
  interaction: string | null;
  signedIn: boolean;
}

function Sent({ reference, interaction, signedIn }: SentProps): ReactElement {
  const { t } = useTranslation('support');
  const toAccount = signedIn && interaction === null;
  return (
    <Task
      title={t('support.sent-title')}
      lead={t('support.sent', { reference })}
      before={<Outcome icon="check" />}
    >
      <div className="actions">
        <Link
          className={buttonClass('primary', { wide: true })}
          to={toAccount ? '/account' : `/sign-in${queryString({ interaction })}`}
        >
          {toAccount ? t('shell.my-account') : t('support.back')}
        </Link>
      </div>
    </Task>
  );
}
