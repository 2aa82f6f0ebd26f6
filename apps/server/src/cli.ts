#!/usr/bin/env -S node --max-semi-space-size=8 --heap-growing-percent=40
/**
 * `sigillo`: the server and its tools. Only commands here; what they do is elsewhere.
 *
 * Young objects get 8 MiB rather than up to 64, and old ones are collected when they have grown by two fifths rather than
 * severalfold: half of the node's memory under load, for no more processor time.
 *
 * The clock that the development hooks move has to be in place before anything reads it, so everything else is
 * loaded after it.
 */
if (process.env.SIGILLO_PROFILE && process.env.SIGILLO_PROFILE !== 'production')
  await import('./platform/clock/shift-date.ts');

const { runCommandLine } = await import('./command-line.ts');
await runCommandLine(process.argv);
