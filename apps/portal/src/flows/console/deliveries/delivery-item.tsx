import { Badge, Button, Icon, When } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../../app/query-client.ts';
import { ProblemNotice } from '../../../forms/problem-notice.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { retryDelivery } from './deliveries.api.ts';
import { channelIcon, type Delivery, stateTone } from './delivery-words.ts';

/** One message: how it went, to whom (masked), what became of it. */
export function DeliveryItem({ delivery }: { delivery: Delivery }): ReactElement {
  const { t } = useTranslation('deliveries');
  const { id, channel, state, recipient, reason, attempts, createdAt, sentAt, isRetriable } = delivery;
  const { run, busy, problem, attempt } = useAction();
  const retry = (): Promise<boolean> =>
    run(async () => {
      await retryDelivery(id);
      await queryClient.invalidateQueries({ queryKey: ['deliveries'] });
    });
  return (
    <li className="item">
      <span className="choice-icon">
        <Icon name={channelIcon(channel)} />
      </span>
      <div>
        <p className="item-title">
          {recipient ?? t('deliveries.to-app')}
          <Badge tone={stateTone(state)}>{t(`deliveries.state-${state}`)}</Badge>
        </p>
        <ul className="item-facts">
          <li>{t(`deliveries.channel-${channel}`)}</li>
          <li>
            {t('deliveries.queued')} <When iso={createdAt} />
          </li>
          {sentAt && (
            <li>
              {t('deliveries.sent')} <When iso={sentAt} />
            </li>
          )}
          {attempts > 1 && <li>{t('deliveries.attempts', { count: attempts })}</li>}
        </ul>
        {reason && state !== 'sent' && state !== 'delivered' && (
          <p className="muted small">{t('deliveries.reason', { reason })}</p>
        )}
        <p className="muted small">
          <code>{id}</code>
        </p>
        <ProblemNotice problem={problem} attempt={attempt} />
      </div>
      {isRetriable && (
        <div className="item-actions">
          <Button small icon="refresh" busy={busy} onClick={() => void retry()}>
            {t('deliveries.retry')}
          </Button>
        </div>
      )}
    </li>
  );
}
