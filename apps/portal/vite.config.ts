import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import brand from '../../packages/ui/brand.json' with { type: 'json' };

/** The brand's name in the title that stands before the portal has started. */
const brandName: Plugin = {
  name: 'brand-name',
  transformIndexHtml: { order: 'pre', handler: (html) => html.replace('%BRAND_NAME%', brand.name) },
};

export default defineConfig({
  plugins: [react(), brandName],
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
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // How long plugins take says something of this machine, and nothing of the build.
      checks: { bundlerTimings: false },
      input: { portal: 'index.html', passing: 'src/passing.scss' },
      output: {
        // What several pages use travels as one file: thirty small ones cost a phone more than they save.
        codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] },
        // Pages the server renders name their style sheet without knowing the build.
        assetFileNames: (asset) =>
          asset.names.includes('passing.css') ? 'static/passing.css' : 'assets/[name]-[hash][extname]',
      },
    },
  },
});
