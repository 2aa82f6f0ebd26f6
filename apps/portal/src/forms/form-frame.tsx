import type { ReactElement, ReactNode } from 'react';
import { ProblemNotice, RequestId } from './problem-notice.tsx';
import type { Form } from './use-form.ts';

interface FormFrameProps {
  form: Pick<Form<Record<string, string>>, 'problem' | 'errors' | 'attempt' | 'onSubmit'>;
  children: ReactNode;
}

/**
 * A form with its errors on top and, unless they are for the holder to correct, the request id at the bottom. Our
 * own checks speak, not the browser's.
 */
export function FormFrame({ form, children }: FormFrameProps): ReactElement {
  return (
    <form className="form" noValidate onSubmit={form.onSubmit}>
      <ProblemNotice problem={form.problem} errors={form.errors} attempt={form.attempt} />
      {children}
      {form.errors.length === 0 && <RequestId problem={form.problem} />}
    </form>
  );
}
