import { Waiting as WaitingPicture } from '@sigillo/ui';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Screen } from '../app/screen.tsx';
import { AnswerRequest } from './answer-request.tsx';
import { Over } from './outcome.screen.tsx';
import { useRequests, type Waiting } from './requests.tsx';

/** A request that a server sent, as long as it waits; and how it ended, to whoever was looking. */
export default function RequestPage(): ReactElement {
  const { t } = useTranslation();
  const { id } = useParams();
  const { waiting, isLoaded, settle } = useRequests();
  const found = waiting.find(({ request }) => request.id === id);
  const [seen, setSeen] = useState<Waiting>();
  // It stays on the screen when it goes from the list, to say so.
  if (found && found.request !== seen?.request) setSeen(found);
  const shown = found ?? (seen?.request.id === id ? seen : undefined);
  if (shown)
    return (
      <AnswerRequest
        key={shown.request.id}
        {...shown}
        isWaiting={found !== undefined}
        onAnswered={() => settle(shown.request.id)}
      />
    );
  if (!isLoaded)
    return (
      <Screen title={t('requests.sign-in')} back="/">
        <WaitingPicture>{t('requests.looking')}</WaitingPicture>
      </Screen>
    );
  return <Over why="gone" />;
}
