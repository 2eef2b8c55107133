import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// Built into the program's crate and checked in: no Node is needed to build Détente.
// No inline script or style, nothing from elsewhere: the server's Content-Security-Policy forbids both.
export default defineConfig({
  plugins: [svelte()],
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
