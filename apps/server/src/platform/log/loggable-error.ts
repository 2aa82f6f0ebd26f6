/** What the log keeps of an error: enough to find the line of code, nothing that a user typed. */
export interface LoggableError {
  type: string;
  message: string;
  /** Node's or PostgreSQL's; not `code`, which the log holds for a secret. */
  errorCode?: string;
  /** Where in the program, without the message. */
  stack: string[];
  cause?: LoggableError;
}

const CAUSES = 3;

/** Describes an error, or whatever else was thrown, for the log. */
export function loggableError(thrown: unknown, depth = 0): LoggableError {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: '(not an Error)', stack: [] };
  const errorCode = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined;
  return {
    type: thrown.name,
    message: repeatsInput(thrown, errorCode) ? '(left out: it repeats the input)' : thrown.message,
    ...(errorCode !== undefined && { errorCode }),
    stack: (thrown.stack ?? '').split('\n').flatMap((line) => /^\s+at (.*)$/.exec(line)?.[1] ?? []),
    ...(thrown.cause !== undefined && depth < CAUSES && { cause: loggableError(thrown.cause, depth + 1) }),
  };
}

/**
 * Errors whose message quotes what they were given: JSON.parse and its like (SyntaxError), Node's argument
 * checks, Zod, and PostgreSQL's class 22, "data exception", such as `invalid input syntax for type uuid: "…"`.
 */
function repeatsInput(error: Error, errorCode = ''): boolean {
  return (
    error instanceof SyntaxError ||
    error.name.includes('ZodError') ||
    /^(ERR_INVALID_|22...$)/.test(errorCode)
  );
}
