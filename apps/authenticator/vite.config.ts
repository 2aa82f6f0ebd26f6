import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import brand from '../../packages/ui/brand.json' with { type: 'json' };
import { serviceWorker } from './service-worker.plugin.ts';

/** The brand's name in the title that stands before the app has started. */
const brandName: Plugin = {
  name: 'brand-name',
  transformIndexHtml: { order: 'pre', handler: (html) => html.replaceAll('%BRAND_NAME%', brand.name) },
};

export default defineConfig({
  plugins: [react(), brandName, serviceWorker()],
  css: {
    preprocessorOptions: {
      scss: {
        // Bootstrap Italia is written for an older Sass; what it warns about is not ours to mend.
        quietDeps: true,
        silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'],
      },
    },
  },
  build: {
    outDir: 'dist',
    // The content security policy allows neither data: addresses nor inline code.
    assetsInlineLimit: 0,
    // The service worker has every file at hand.
    modulePreload: false,
    // What several screens use travels as one file: thirty small ones cost a phone more than they save.
    rolldownOptions: {
      // How long plugins take says something of this machine, and nothing of the build.
      checks: { bundlerTimings: false },
      output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] } },
    },
  },
});
