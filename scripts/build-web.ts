/** Builds the web into dist/web when its sources changed since the last build; --force builds anyway. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const mark = path.join(root, 'dist/web/.built-from');

/** Everything that can reach the browser: not the server's rooms, not the tests. */
function sources(): string[] {
  const under = (folder: string): string[] => readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name));
  return [...under('src').filter((name) => !/\/(server|platform)\/|\.test\.tsx?$/.test(name) && /\.(ts|tsx|css|html|svg|png|webmanifest)$/.test(name)), 'vite.config.ts', 'package-lock.json'].sort();
}

export function fingerprint(): string {
  const hash = createHash('sha256');
  for (const name of sources())
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(path.join(root, name)));
  return hash.digest('hex');
}

export async function buildWeb(force = false): Promise<boolean> {
  const now = fingerprint();
  if (!force && existsSync(mark) && readFileSync(mark, 'utf8') === now) return false;
  const { build } = await import('vite');
  // The phone page is a build of its own (vite.config.ts); the first empties the folder.
  for (const mode of ['production', 'phone']) await build({ mode, root: path.join(root, 'src/app/web'), configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn' });
  writeFileSync(mark, now);
  return true;
}

if (process.argv[1] === import.meta.filename) await buildWeb(process.argv.includes('--force'));
