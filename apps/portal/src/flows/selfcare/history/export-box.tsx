import { Button, buttonClass } from '@sigillo/ui';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ProblemNotice, RequestId } from '../../../forms/problem-notice.tsx';
import { useAction } from '../../../forms/use-action.ts';
import { useStepUp } from '../../../step-up/step-up.tsx';
import { exportHistory } from './history.api.ts';
import { useFilters, wishOf } from './use-filters.ts';

const FORMATS = ['json', 'csv'] as const;

/** The history as a file: with the proof, or for a spreadsheet. */
export function ExportBox(): ReactElement {
  const { t } = useTranslation('history');
  const { filters } = useFilters();
  const withProof = useStepUp();
  const { run, busy, problem, attempt } = useAction();
  const take = (format: (typeof FORMATS)[number]) =>
    run(async () => {
      const file = await withProof(() => exportHistory(format, wishOf(filters)));
      saveFile(file, `access-history.${format}`);
    });

  return (
    <section className="card no-print">
      <h2>{t('history.export-title')}</h2>
      <p className="muted">{t('history.export-text')}</p>
      <ProblemNotice problem={problem} attempt={attempt} />
      <ul className="items">
        {FORMATS.map((format) => (
          <li key={format} className="export-choice">
            <div>
              <p className="item-title">{t(`history.export-${format}`)}</p>
              <p className="muted small">{t(`history.export-${format}-text`)}</p>
            </div>
            <Button
              icon="download"
              busy={busy}
              aria-label={`${t('history.export')}: ${t(`history.export-${format}`)}`}
              onClick={() => take(format)}
            >
              {t('history.export')}
            </Button>
          </li>
        ))}
      </ul>
      <div>
        <Link className={`${buttonClass('quiet', { small: true })} button--start`} to="/verify-history">
          {t('history.export-verify')}
        </Link>
      </div>
      <RequestId problem={problem} />
    </section>
  );
}

/** Has the browser keep a file as any download. */
function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
