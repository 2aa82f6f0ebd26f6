import { join } from 'node:path';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** `sigillo` in one piece, where the project of the test has it written (server-in-one-piece.ts). */
    sigillo?: string;
  }
}

export const ROOT = join(import.meta.dirname, '../..');

/** `sigillo` as it is installed. */
export const SOURCES = join(ROOT, 'apps/server/src/cli.ts');

/** The program that a test starts as `sigillo`. */
export const program = (): string => inject('sigillo') ?? SOURCES;
