import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const entries = path.resolve(import.meta.dirname, 'src/app/web');

/**
 * Shapes are checked by the server; the browser only needs method, path and status of an endpoint. Leaving zod out of the bundle saves 28 kB of gzip
 * (docs/decisions/0003-contract.md); whoever calls a shape in the browser gets nothing useful, and a test holds that zod stays out.
 */
const contractsWithoutShapes: Plugin = {
  name: 'contracts-without-shapes',
  enforce: 'pre',
  transform: (code, id) => (/\/src\/.+\.tsx?$/.test(id) ? code.replace("import * as z from 'zod';", 'const z = new Proxy(() => z, { get: () => z });') : undefined),
};

export default defineConfig({
  root: entries,
  plugins: [contractsWithoutShapes, react()],
  build: {
    outDir: path.resolve(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    // rrule, which comes with the week view, has a default export in one of its two builds only; the view asks before it uses it.
    rolldownOptions: {
      checks: { importIsUndefined: false },
      input: { index: path.join(entries, 'index.html'), public: path.join(entries, 'public.html') },
    },
  },
  // For working on the screens: npm run demo in one terminal, vite in another.
  server: { proxy: { '/api': 'http://localhost:3000' } },
});
