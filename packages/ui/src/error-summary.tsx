import {
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { Icon } from './icon.tsx';

export interface FieldError {
  /** Id of the field to go to. */
  fieldId: string;
  message: string;
}

interface ErrorSummaryProps {
  title: string;
  errors?: readonly FieldError[];
  /** Changes with each failed try, so that the focus comes back here although the words are the same. */
  attempt: number;
  children?: ReactNode;
}

/** What went wrong, on top of the form; takes the focus, so that it is seen and read out. */
export function ErrorSummary({ title, errors = [], attempt, children }: ErrorSummaryProps): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempt > 0) box.current?.focus();
  }, [attempt]);

  const labels = useLabels(errors);

  const goTo = (event: MouseEvent, fieldId: string): void => {
    event.preventDefault();
    document.getElementById(fieldId)?.focus();
  };

  return (
    <div className="notice notice--danger error-summary" role="alert" tabIndex={-1} ref={box}>
      <Icon name="warning" />
      <div className="notice-body">
        <p className="notice-title">{title}</p>
        {children}
        {errors.length > 0 && (
          <ul>
            {errors.map((error) => (
              <li key={error.fieldId}>
                <a href={`#${error.fieldId}`} onClick={(event) => goTo(event, error.fieldId)}>
                  {isRepeated(error, errors) && labels[error.fieldId] && `${labels[error.fieldId]} – `}
                  {error.message}
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** The same words for several fields: which one is meant has to be said. */
const isRepeated = ({ fieldId, message }: FieldError, errors: readonly FieldError[]): boolean =>
  errors.some((other) => other.fieldId !== fieldId && other.message === message);

/** What the fields with errors are called, by their ids. */
function useLabels(errors: readonly FieldError[]): Record<string, string> {
  const [labels, setLabels] = useState<Record<string, string>>({});
  const ids = errors.map(({ fieldId }) => fieldId).join(' ');
  useLayoutEffect(() => {
    const named = ids.split(' ').map((id) => [id, labelOf(id)] as const);
    setLabels(Object.fromEntries(named));
  }, [ids]);
  return labels;
}

function labelOf(fieldId: string): string {
  const label = document.querySelector(`label[for="${CSS.escape(fieldId)}"]`);
  // The first text alone: "optional" may follow.
  return label?.firstChild?.textContent?.trim() ?? '';
}
