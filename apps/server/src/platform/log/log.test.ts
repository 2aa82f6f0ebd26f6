import pg from 'pg';
import { expect, test } from 'vitest';
import { openLog } from './log.ts';
import { loggableError } from './loggable-error.ts';

function logged(fields: object, message = 'message'): string {
  const lines: string[] = [];
  openLog('info', (line) => lines.push(line)).info(fields, message);
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
}

test('[AUD-3] fields named like secrets are censored, at the top and one level below', () => {
  for (const name of ['password', 'code', 'token', 'secret', 'cookie', 'authorization', 'access_token']) {
    expect(logged({ [name]: 'canary', form: { [name]: 'canary' } })).not.toContain('canary');
  }
});

test('[AUD-3] requests and responses are never written, even when passed to the log', () => {
  expect(logged({ req: { url: 'canary' }, res: { headers: 'canary' } })).not.toContain('canary');
});

test('[AUD-3] [WEB-6] control characters are escaped, and the line still says the same', () => {
  const nasty = 'a\n\u001b[31mred\u007f\u009b2J\u202eright to left\u2028line\u0000\ufeff';
  const line = logged({ account: nasty });
  expect(line.slice(0, -1)).toMatch(/^[^\p{Cc}\p{Cf}\u2028\u2029]*$/u);
  expect(line.endsWith('\n')).toBe(true);
  expect(JSON.parse(line).account).toBe(nasty);
});

test('[AUD-3] an error is logged without what was typed', () => {
  const messages = [
    () => JSON.parse('{"password": canary'),
    () => Buffer.alloc('canary' as unknown as number),
    () => {
      throw Object.assign(new pg.DatabaseError('invalid input syntax for type uuid: "canary"', 1, 'error'), {
        code: '22P02',
        detail: 'Key (email)=(canary)',
      });
    },
    () => {
      throw new Error('outer', { cause: new SyntaxError('near canary') });
    },
    () => {
      throw 'canary';
    },
  ];
  for (const fail of messages) {
    try {
      fail();
    } catch (error) {
      expect(JSON.stringify(loggableError(error))).not.toContain('canary');
    }
  }
});

test('an error is logged with its kind, its code and where it happened', () => {
  const error = Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' });
  const described = loggableError(error);
  expect(described).toMatchObject({
    type: 'Error',
    message: 'connection refused',
    errorCode: 'ECONNREFUSED',
  });
  expect(described.stack[0]).toContain('log.test.ts');
  expect(JSON.parse(logged({ err: error }))).toMatchObject({
    level: 'info',
    err: { errorCode: 'ECONNREFUSED' },
  });
});
