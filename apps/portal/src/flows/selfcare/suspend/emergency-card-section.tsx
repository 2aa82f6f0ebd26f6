import { Button, CopyButton, Notice, When } from '@sigillo/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../../api/api-problem.ts';
import { ConfirmDialog } from '../../../area/confirm-dialog.tsx';
import { Loaded } from '../../../area/loaded.tsx';
import { saveFile } from '../../../area/save-file.ts';
import { ProblemNotice, RequestId } from '../../../forms/problem-notice.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { useStepUp } from '../../../step-up/step-up.tsx';
import {
  type EmergencyCard,
  getEmergencyCard,
  makeEmergencyCard,
  withdrawEmergencyCard,
} from './suspend.api.ts';

const QUERY_KEY = ['emergency-card'];

/** The card that suspends without signing in: made here, shown once. */
export function EmergencyCardSection(): ReactElement {
  const { t } = useTranslation('suspend');
  const [made, setMade] = useState<EmergencyCard>();
  const standing = useQuery({ queryKey: QUERY_KEY, queryFn: getEmergencyCard });
  return (
    <section className="card" id="emergency-card">
      <h2>{t('suspend.card-title')}</h2>
      <p className="muted">{t('suspend.card-lead')}</p>
      {made ? (
        <MadeCard card={made} />
      ) : (
        <Loaded query={standing}>{({ madeAt }) => <MakeCard madeAt={madeAt} onMade={setMade} />}</Loaded>
      )}
    </section>
  );
}

function MakeCard({ madeAt, onMade }: { madeAt: string | null; onMade: (card: EmergencyCard) => void }) {
  const { t } = useTranslation('suspend');
  const withProof = useStepUp();
  const queryClient = useQueryClient();
  const [withdraws, setWithdraws] = useState(false);
  const { run, busy, problem, attempt, waitSeconds } = useAction();
  const refresh = () => queryClient.invalidateQueries({ queryKey: QUERY_KEY });
  const make = (): Promise<boolean> =>
    run(async () => {
      onMade(await withProof(() => makeEmergencyCard()));
      await refresh();
    });
  const withdraw = async (): Promise<void> => {
    await withProof(() => withdrawEmergencyCard());
    await refresh();
  };

  return (
    <div className="stack">
      {!isProblem(problem, 'proof-given-up') && <ProblemNotice problem={problem} attempt={attempt} />}
      {madeAt ? (
        <p>
          {t('suspend.card-made')} <When iso={madeAt} />
        </p>
      ) : (
        <p>{t('suspend.card-none')}</p>
      )}
      <div className="button-row">
        <Button look="secondary" icon="print" busy={busy} unavailable={waitSeconds > 0} onClick={make}>
          {madeAt ? t('suspend.card-replace') : t('suspend.card-make')}
        </Button>
        {madeAt && (
          <Button look="danger-quiet" onClick={() => setWithdraws(true)}>
            {t('suspend.card-withdraw')}
          </Button>
        )}
      </div>
      {withdraws && (
        <ConfirmDialog
          title={t('suspend.card-withdraw-title')}
          action={t('suspend.card-withdraw')}
          onConfirm={withdraw}
          onClose={() => setWithdraws(false)}
        >
          <p>{t('suspend.card-withdraw-text')}</p>
        </ConfirmDialog>
      )}
      <RequestId problem={problem} />
    </div>
  );
}

/** The card, shown this once: to print, and its link. */
function MadeCard({ card }: { card: EmergencyCard }): ReactElement {
  const { t } = useTranslation('suspend');
  return (
    <div className="stack">
      <Notice tone="success" live>
        {t('suspend.card-ready')}
      </Notice>
      <p>{t('suspend.card-keep')}</p>
      <div className="secret">
        <code>{card.link}</code>
        <CopyButton text={card.link} label={t('suspend.card-copy')} />
      </div>
      <div>
        <Button
          look="primary"
          icon="download"
          onClick={() =>
            saveFile({ name: t('suspend.card-file'), mediaType: 'application/pdf', content: card.card })
          }
        >
          {t('suspend.card-download')}
        </Button>
      </div>
    </div>
  );
}
