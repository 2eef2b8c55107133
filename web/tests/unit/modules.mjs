// Loads the page's modules as the build sees them, so that what computes nothing but values is tested without a browser.
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const server = await createServer({
  root,
  logLevel: 'error',
  appType: 'custom',
  optimizeDeps: { noDiscovery: true, include: [] },
  server: { middlewareMode: true, hmr: false, watch: null, ws: false },
});
after(() => server.close());

/** A module of `src`, by its path there. */
export const load = (path) => server.ssrLoadModule(`/src/${path}`);
