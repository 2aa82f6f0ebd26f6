import { Button, Icon, type IconName, isLanguage, nameOfLanguage, Waiting } from '@sigillo/ui';
import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { isProblem } from '../../../api/api-problem.ts';
import type { ConsentRequestView } from '../../../api/contract.ts';
import { Asker } from '../../../app/asker.tsx';
import { InteractionGone } from '../../../app/interaction-gone.tsx';
import { Leave } from '../../../app/leave.tsx';
import { ProblemPage } from '../../../app/problem-page.tsx';
import { Task } from '../../../app/task.tsx';
import { useLocalName } from '../../../app/use-local-name.ts';
import { ProblemNotice, RequestId } from '../../../forms/problem-notice.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { decideConsent, getConsent } from './consent.api.ts';

/** A relying party asks to know something of the holder, who sees what before deciding. */
export default function ConsentPage(): ReactElement {
  const { t } = useTranslation('consent');
  const interaction = useSearchParams()[0].get('interaction') ?? '';
  const [leaveTo, setLeaveTo] = useState<string>();
  const localName = useLocalName();
  const consent = useQuery({
    queryKey: ['consent', interaction],
    queryFn: () => getConsent(interaction),
    enabled: !leaveTo,
  });

  if (leaveTo) return <Leave to={leaveTo} name={consent.data && localName(consent.data.relyingParty.name)} />;
  if (isProblem(consent.error, 'interaction-gone')) return <InteractionGone problem={consent.error} />;
  if (consent.error) return <ProblemPage error={consent.error} retry={() => consent.refetch()} />;
  if (!consent.data) return <Waiting>{t('shell.loading')}</Waiting>;
  return <Decide request={consent.data} interaction={interaction} onDecided={setLeaveTo} />;
}

interface DecideProps {
  request: ConsentRequestView;
  interaction: string;
  onDecided: (redirectTo: string) => void;
}

function Decide({ request, interaction, onDecided }: DecideProps): ReactElement {
  const { t } = useTranslation('consent');
  const name = useLocalName()(request.relyingParty.name);
  const { run, busy, problem, attempt, waitSeconds } = useAction();
  const decide = (accept: boolean): Promise<boolean> =>
    run(async () => onDecided(await decideConsent(interaction, accept)));

  return (
    <Task
      title={t('consent.title')}
      lead={t('consent.lead', { name })}
      before={<Asker relyingParty={request.relyingParty} />}
    >
      <ProblemNotice problem={problem} attempt={attempt} />
      <ul className="shared-data">
        {request.scopes.map((scope) => (
          <SharedScope key={scope.name} scope={scope} />
        ))}
      </ul>
      <p className="muted small">{t('consent.can-revoke', { email: request.account.email })}</p>
      <div className="actions">
        <Button look="primary" wide busy={busy} unavailable={waitSeconds > 0} onClick={() => decide(true)}>
          {t('consent.accept')}
        </Button>
        <Button look="quiet" wide unavailable={busy} onClick={() => decide(false)}>
          {t('consent.refuse')}
        </Button>
      </div>
      <RequestId problem={problem} />
    </Task>
  );
}

const ICONS: Record<string, IconName> = {
  openid: 'key',
  email: 'mail',
  phone: 'phone',
  profile: 'user',
  offline_access: 'clock',
};

function SharedScope({ scope }: { scope: { name: string; values: string[] } }): ReactElement {
  const { t } = useTranslation('consent');
  return (
    <li>
      <Icon name={ICONS[scope.name] ?? 'info'} />
      <span>
        {t([`consent.scope-${scope.name}`, 'consent.scope-other'], { scope: scope.name })}
        {scope.values.map((value) => (
          <span key={value} className="value">
            {isLanguage(value) ? nameOfLanguage(value) : value}
          </span>
        ))}
      </span>
    </li>
  );
}
