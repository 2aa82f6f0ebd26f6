import { type MouseEvent, type ReactElement, type ReactNode, useEffect, useRef } from 'react';
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
