const breaks = new Set(['br', 'p', 'div', 'li', 'tr', 'table', 'ul', 'ol', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr']);
/** What is in these is no text of whoever wrote; a quotation is somebody else's. */
const silent = new Set(['script', 'style', 'head', 'title', 'template']);
const named: Record<string, string> = {
  nbsp: ' ',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  aelig: 'æ',
  oslash: 'ø',
  aring: 'å',
  AElig: 'Æ',
  Oslash: 'Ø',
  Aring: 'Å',
  eacute: 'é',
  ouml: 'ö',
  auml: 'ä',
  uuml: 'ü',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  rsquo: '’',
  lsquo: '‘',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
};

const character = (whole: string, code: number) => (code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole === '' ? '' : ' ');
const decoded = (text: string) =>
  text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal?: string, hex?: string, name?: string) =>
    decimal !== undefined ? character(whole, Number(decimal)) : hex !== undefined ? character(whole, Number.parseInt(hex, 16)) : (named[name ?? ''] ?? whole),
  );

function written(html: string, skipped: ReadonlySet<string>): string {
  const pieces: string[] = [];
  let inside: { name: string; depth: number } | null = null;
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf('<', at);
    if (inside === null) pieces.push(decoded(html.slice(at, open < 0 ? html.length : open).replaceAll(/\s+/g, ' ')));
    if (open < 0) break;
    if (html.startsWith('<!--', open)) {
      const end = html.indexOf('-->', open + 4);
      if (end < 0) break;
      at = end + 3;
      continue;
    }
    const tag = /^<([/!?]?)([a-z][a-z0-9]*)?/i.exec(html.slice(open, open + 40));
    if (tag === null || (tag[1] === '' && tag[2] === undefined)) {
      if (inside === null) pieces.push('<');
      at = open + 1;
      continue;
    }
    const close = html.indexOf('>', open);
    if (close < 0) break;
    const name = (tag[2] ?? '').toLowerCase();
    const ends = tag[1] === '/';
    if (inside !== null) {
      if (name === inside.name) inside.depth += ends ? -1 : 1;
      if (inside.depth === 0) inside = null;
    } else if (!ends && skipped.has(name)) inside = { name, depth: 1 };
    else if (breaks.has(name)) pieces.push('\n');
    at = close + 1;
  }
  return pieces
    .join('')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** What somebody wrote in a mail that is a page only: its words, without quotations where anything else is there. Nothing is run or fetched; in time linear in its length. */
export const textOfHtml = (html: string): string => written(html, new Set([...silent, 'blockquote'])) || written(html, silent);
