import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

const run = promisify(execFile);
const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable'];
const PACKAGE_FOLDER = fileURLToPath(new URL('..', import.meta.resolve('@sparticuz/chromium')));
/** The package's own names folders of another system: without a font, the first text field ends the browser. */
const FONT_SETTINGS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir></fontconfig>
`;
const CACHE_FOLDER = fileURLToPath(new URL('../../../node_modules/.cache/sigillo', import.meta.url));

/** Nothing that talks to the outside, and nothing that weakens the same-origin policy under test. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--font-render-hinting=none',
  '--no-default-browser-check',
  '--no-first-run',
];

/** The carried browser is built for this system alone. */
const CAN_CARRY = process.platform === 'linux' && process.arch === 'x64';

/**
 * Starts the browser of all browser tests: the Chromium carried by `@sparticuz/chromium`, which is the same for
 * everybody and, without windows to draw, a quarter faster than an installed one; where it does not run, the
 * system's. `SIGILLO_CHROMIUM` names another executable.
 *
 * @param more further switches, such as those of a camera that shows a film
 * @throws when the carried browser cannot be unpacked or started on this system
 */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const installed = CAN_CARRY ? undefined : SYSTEM_BROWSERS.find((path) => existsSync(path));
  const executable = process.env.SIGILLO_CHROMIUM ?? installed;
  if (executable) return chromium.launch(launchOptions(executable, more));

  const folder = await unpackCarriedBrowser();
  return chromium.launch({
    ...launchOptions(join(folder, 'chromium'), more),
    env: {
      ...process.env,
      // Its own libraries first: those of the system may be missing or too old.
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_PATH: join(folder, 'fonts'),
    },
  });
}

function launchOptions(executablePath: string, more: readonly string[]): LaunchOptions {
  // Chromium refuses its sandbox to root, and containers often run as root.
  return { executablePath, headless: true, chromiumSandbox: false, args: [...QUIET, ...more] };
}

/**
 * The folder of the unpacked browser. It belongs to this checkout and to one version: the package itself
 * would take whatever lies in the shared temporary folder, however old. Safe when two workers start at once.
 */
async function unpackCarriedBrowser(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(PACKAGE_FOLDER, 'package.json'), 'utf8'));
  const folder = join(CACHE_FOLDER, `chromium-${version}`);
  if (existsSync(folder)) return folder;

  await mkdir(CACHE_FOLDER, { recursive: true });
  const draft = await mkdtemp(join(CACHE_FOLDER, 'unpacking-'));
  await unpackInto(draft);
  await writeFile(join(draft, 'fonts', 'fonts.conf'), FONT_SETTINGS);
  try {
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

async function unpackInto(folder: string): Promise<void> {
  const script = join(import.meta.dirname, 'unpack-browser.ts');
  await run(process.execPath, [script], { env: { ...process.env, TMPDIR: folder } });
}
