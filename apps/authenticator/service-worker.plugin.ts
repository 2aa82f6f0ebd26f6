import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';

const SOURCE = 'src/worker/service-worker.ts';

/**
 * Builds the service worker after the app, as one classic script under a fixed name that knows every file of
 * this build by name. A build with other files has another worker, and that is how browsers notice.
 */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    async writeBundle({ dir = 'dist' }, bundle) {
      const files = Object.keys(bundle).filter((name) => name.startsWith('assets/'));
      const precache = ['/', ...files.map((name) => `/${name}`)].sort();
      const shell = readFileSync(join(dir, 'index.html'));
      const version = createHash('sha256').update(precache.join('\n')).update(shell).digest('hex');
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        define: {
          __PRECACHE__: JSON.stringify(precache),
          __VERSION__: JSON.stringify(version.slice(0, 16)),
        },
        build: {
          outDir: dir,
          emptyOutDir: false,
          rolldownOptions: {
            input: join(import.meta.dirname, SOURCE),
            output: { format: 'iife', entryFileNames: 'service-worker.js' },
          },
        },
      });
    },
  };
}
