import { type Logger, pino } from 'pino';
import { loggableError } from './loggable-error.ts';

/** The server's log: one JSON object a line, no secrets, nothing that a terminal would obey. */
export type Log = Logger;

/**
 * Names whose values never reach the log, at the top of a line or one level below. The first defence is that
 * bodies, queries, headers and paths are not logged at all.
 */
const SECRET_NAMES = [
  'password',
  'currentPassword',
  'newPassword',
  'code',
  'codes',
  'token',
  'secret',
  'key',
  'cookie',
  'authorization',
  'client_secret',
  'access_token',
  'refresh_token',
  'id_token',
];

/**
 * Opens the log.
 *
 * @param level pino's: trace, debug, info, warn, error, fatal or silent
 * @param write takes each line, its end included; standard output unless told otherwise
 */
export function openLog(level: string, write: (line: string) => void = writeToStandardOutput): Log {
  return pino(
    {
      level,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (name) => ({ level: name }) },
      serializers: { err: loggableError, req: () => undefined, res: () => undefined },
      redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' },
    },
    { write: (line) => write(escapeControls(line)) },
  );
}

function writeToStandardOutput(line: string): void {
  process.stdout.write(line);
}

/**
 * JSON escapes U+0000 to U+001F. A terminal also obeys DEL and the C1 controls, and shows lines in another
 * order for bidirectional ones; all of them stand inside strings, where an escape means the same.
 */
function escapeControls(line: string): string {
  return line.replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
