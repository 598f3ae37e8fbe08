import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, transformWithOxc } from 'vite';

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

/**
 * The worker of the phone page is told by name what the page is made of: its one script, its styles, and the letters that Danish needs. It lies beside the
 * assets because a worker serves only what is below its own address.
 */
const phoneWorker: Plugin = {
  name: 'phone-worker',
  enforce: 'post',
  async generateBundle(_options, bundle) {
    const foreign = (name: string) => name.endsWith('.woff2') && !/-latin(-ext)?-wght/.test(name);
    const parts = Object.keys(bundle).filter((name) => name.startsWith('assets/') && !foreign(name));
    const version = createHash('sha256').update(parts.join()).digest('hex').slice(0, 12);
    const file = path.join(entries, 'phone-worker.ts');
    const { code } = await transformWithOxc(readFileSync(file, 'utf8'), file, { sourcemap: false });
    const source = code.replace(/(["'`])__PHONE_PARTS__\1/, JSON.stringify(JSON.stringify([...parts, 'phone-icon.svg'].map((name) => `/${name}`)))).replace('__PHONE_VERSION__', version);
    this.emitFile({ type: 'asset', fileName: 'phone-worker.js', source });
  },
};

/** `--mode phone` builds the phone page alone: one script, because on a slow line and under a worker each further one costs more than it saves. */
export default defineConfig(({ mode }) => {
  const phone = mode === 'phone';
  const input: Record<string, string> = phone ? { phone: path.join(entries, 'phone.html') } : { index: path.join(entries, 'index.html'), public: path.join(entries, 'public.html') };
  return {
    root: entries,
    plugins: [contractsWithoutShapes, react(), ...(phone ? [phoneWorker] : [])],
    build: {
      outDir: path.resolve(import.meta.dirname, 'dist/web'),
      emptyOutDir: !phone,
      copyPublicDir: phone,
      target: 'es2023',
      sourcemap: false,
      // Every page's list of parts would stand in the first page and be 5 kB of it; a page is fetched when a link to it is pointed at, so its parts come in time. Styles are fetched all the same.
      modulePreload: { resolveDependencies: (_file, parts, { hostType }) => (hostType === 'html' ? parts : []) },
      // rrule, which comes with the week view, has a default export in one of its two builds only; the view asks before it uses it.
      rolldownOptions: {
        checks: { importIsUndefined: false },
        // Words that a page does not say are left out of it, and endpoints that it does not call.
        treeshake: { manualPureFunctions: ['words', 'endpoint'] },
        input,
        ...(phone ? { output: { codeSplitting: false } } : {}),
      },
    },
    // For working on the screens: npm run demo in one terminal, vite in another.
    server: { proxy: { '/api': 'http://localhost:3000' } },
  };
});
