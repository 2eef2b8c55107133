import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

// The Latin fonts that every view uses: asked for with the page, so that the first layout is the last.
const fonts: Plugin = {
  name: 'preload-fonts',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle }) =>
      Object.keys(bundle ?? {})
        .filter((name) =>
          /((-sans|-condensed)-latin-(400|500|600)|-mono-latin-400|-serif-4-latin-opsz)-normal-[^.]*\.woff2$/.test(
            name,
          ),
        )
        .map((name) => ({
          tag: 'link',
          injectTo: 'head',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${name}`, crossorigin: '' },
        })),
  },
};

// Built into the program's crate and checked in: no Node is needed to build Détente.
// No inline script or style, nothing from elsewhere: the server's Content-Security-Policy forbids both.
export default defineConfig({
  plugins: [svelte(), fonts],
  build: {
    outDir: '../crates/detente/web/dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    sourcemap: false,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4711' } },
});
