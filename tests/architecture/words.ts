/** Each text of a catalogue with its place; a sentence with facts is looked at as it is written. */
function texts(value: unknown, place: string): [string, string][] {
  if (typeof value === 'string') return [[place, value]];
  if (typeof value === 'function') return [[place, String(value)]];
  if (value === null || typeof value !== 'object') return [[place, '']];
  const inner = Object.entries(value);
  return inner.length === 0 ? [[place, '']] : inner.flatMap(([key, each]) => texts(each, place === '' ? key : `${place}.${key}`));
}

export const emptyWords = (catalogue: unknown): string[] => texts(catalogue, '').flatMap(([place, text]) => (text.trim() === '' ? [place] : []));

/** A visit is guidance, not a sale: the glossary has no lead, deal, customer or pipeline. */
const banned = /kunde-?emne|\bkunder?(ne|n)?\b|\bpipelines?\b|\bdeals?\b|\bsales leads?\b|\bcustomers?\b/i;
export const forbiddenWords = (catalogue: unknown): string[] => texts(catalogue, '').flatMap(([place, text]) => (banned.test(text) ? [place] : []));
