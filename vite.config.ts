import { createHash } from 'node:crypto';
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

/** The worker of the phone page is told by name what the page is made of: its chunks, their styles, and the letters that Danish needs. */
const phoneParts: Plugin = {
  name: 'phone-parts',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const worker = bundle['phone-worker.js'];
    const entry = Object.values(bundle).find((each) => each.type === 'chunk' && each.isEntry && each.name === 'phone');
    if (worker?.type !== 'chunk' || entry === undefined) throw new Error('the phone page or its worker was not built');
    const parts = new Set<string>();
    const add = (name: string) => {
      const part = bundle[name];
      if (part === undefined || parts.has(name)) return;
      parts.add(name);
      if (part.type !== 'chunk') return;
      for (const each of [...part.imports, ...part.dynamicImports, ...(part.viteMetadata?.importedCss ?? []), ...(part.viteMetadata?.importedAssets ?? [])]) add(each);
    };
    add(entry.fileName);
    const letters = (name: string) => !name.endsWith('.woff2') || /-latin(-ext)?-wght/.test(name);
    const needed = [...parts].filter(letters).map((name) => `/${name}`);
    const version = createHash('sha256').update(needed.join()).digest('hex').slice(0, 12);
    worker.code = worker.code.replace(/(["'`])__PHONE_PARTS__\1/, JSON.stringify(JSON.stringify([...needed, '/phone-icon.svg']))).replace('__PHONE_VERSION__', version);
  },
};

export default defineConfig({
  root: entries,
  plugins: [contractsWithoutShapes, react(), phoneParts],
  build: {
    outDir: path.resolve(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    // rrule, which comes with the week view, has a default export in one of its two builds only; the view asks before it uses it.
    rolldownOptions: {
      checks: { importIsUndefined: false },
      input: {
        index: path.join(entries, 'index.html'),
        public: path.join(entries, 'public.html'),
        phone: path.join(entries, 'phone.html'),
        'phone-worker': path.join(entries, 'phone-worker.ts'),
      },
      // A worker serves the addresses below its own, so it cannot lie among the assets; the browser looks for a new one by itself.
      output: { entryFileNames: ({ name }) => (name === 'phone-worker' ? '[name].js' : 'assets/[name]-[hash].js') },
    },
  },
  // For working on the screens: npm run demo in one terminal, vite in another.
  server: { proxy: { '/api': 'http://localhost:3000' } },
});
