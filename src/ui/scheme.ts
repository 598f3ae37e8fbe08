export type Scheme = 'light' | 'dark' | 'auto';
/** The key is Mantine's own, so that both web entries follow one choice. */
const key = 'mantine-color-scheme-value';

export function readScheme(): Scheme {
  try {
    const kept = localStorage.getItem(key);
    return kept === 'light' || kept === 'dark' ? kept : 'auto';
  } catch {
    return 'auto';
  }
}

export function applyScheme(): void {
  const scheme = readScheme();
  const dark = scheme === 'dark' || (scheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';
}
