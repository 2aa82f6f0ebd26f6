/**
 * Unpacks the carried browser below the temporary folder, in a process of its own: the package asks TMPDIR where
 * that is, and whoever else makes temporary folders at that moment must not have them there.
 *
 *   TMPDIR=<folder> node tests/e2e/support/unpack-browser.ts
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflate } from '@sparticuz/chromium';

const PACKAGE_FOLDER = fileURLToPath(new URL('..', import.meta.resolve('@sparticuz/chromium')));
const ARCHIVES = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br'];

await Promise.all(ARCHIVES.map((archive) => inflate(join(PACKAGE_FOLDER, 'bin', archive))));
