import type { OutputOf } from '../../../kit/endpoint.ts';
import { inLanguage, type Language } from '../../../kit/words.ts';
import type { PersonData, readRecord, texts } from './contract.ts';
import { dataProtectionWords, protectionTexts } from './words.ts';

/** How somebody is recognised: what was picked says whose rows they are, and what they are called says where others wrote of them. */
export interface Identity {
  /** Rows that were picked, per table, by their keys. */
  picked: Record<string, Record<string, unknown>[]>;
  contacts: string[];
  /** Somebody who works or worked here. */
  person: string | null;
  names: string[];
  emails: string[];
  /** The last eight digits. */
  phones: string[];
  companies: string[];
}

export const eightDigits = (text: string): string => text.replaceAll(/\D/g, '').slice(-8);

/** What a search is for: an address, a number, or a name. Null: too little to find anybody by. */
export function askedFor(text: string): { email: string } | { phone: string } | { words: string[] } | null {
  const said = text.trim().toLowerCase();
  if (said.includes('@')) return said.length >= 6 ? { email: said } : null;
  if (/^[\d\s+().-]+$/.test(said)) return eightDigits(said).length === 8 ? { phone: eightDigits(said) } : null;
  const words = said.split(/\s+/).filter((word) => word !== '');
  return words.join('').length >= 3 ? { words } : null;
}

const quoted = (text: string) => text.replaceAll(/[^\p{L}\p{N}\s]/gu, '\\$&').replaceAll(/\s+/g, '\\s+');

/**
 * PostgreSQL's pattern (case does not matter) of everything a person is called: name, address, number however it is spaced.
 * @param everywhere where nothing says which company a text is about, a first name alone is nobody's
 * @returns null where nothing is left to look for
 */
export function patternOf({ names, emails, phones }: Pick<Identity, 'names' | 'emails' | 'phones'>, everywhere: boolean): string | null {
  const parts = [
    ...emails.map((email) => quoted(email.trim())),
    ...phones.filter((phone) => phone.length === 8).map((phone) => [...phone].join('[ ._-]*')),
    ...names
      .map((name) => name.trim())
      .filter((name) => name.length >= 3 && (!everywhere || /\s/.test(name)))
      .toSorted((a, b) => b.length - a.length)
      .map(quoted),
  ];
  return parts.length === 0 ? null : `\\m(${parts.join('|')})\\M`;
}

/** What of a text is shown around the first place where somebody is named: the words before and after it. */
export function around(text: string, { names, emails }: Pick<Identity, 'names' | 'emails'>, most = 160): string {
  const small = text.toLowerCase();
  const at = Math.min(...[...names, ...emails].map((called) => small.indexOf(called.toLowerCase())).filter((place) => place >= 0));
  if (!Number.isFinite(at)) return text.length <= most ? text : `${text.slice(0, most)}…`;
  const from = Math.max(0, at - most / 2);
  return `${from > 0 ? '…' : ''}${text.slice(from, from + most)}${from + most < text.length ? '…' : ''}`;
}

// ---- What goes out -------------------------------------------------------------------------------------------------------------------------------

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1c1f23}h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}
section{border-top:1px solid #c9ced6;padding:.6rem 0}dl{display:grid;grid-template-columns:minmax(6rem,10rem) 1fr;gap:.2rem 1rem;margin:.3rem 0}dt{color:#4d5561}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f3f5f7;padding:1rem;font-size:.8rem}`;

/** The person file as a page that needs nothing else: to read, and the data as JSON in it. */
export function personPage(data: PersonData, language: Language, zone: string): string {
  const w = inLanguage(dataProtectionWords, language);
  const when = (at: string | null) =>
    at === null ? '' : new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: zone }).format(new Date(at));
  const said = (value: unknown): string =>
    typeof value === 'boolean' ? (value ? w.file.yes : w.file.no) : typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value, null, 1);
  const lines = (list: PersonData['rows']) =>
    list.length === 0
      ? `<p>${w.file.none}</p>`
      : list
          .map(
            ({ kind, at, company, facts }) =>
              `<section><strong>${escaped(w.kinds[kind])}</strong> ${escaped([company ?? '', when(at)].filter((part) => part !== '').join(', '))}<dl>${Object.entries(facts)
                .filter(([, value]) => value !== null && value !== '' && value !== undefined)
                .map(([key, value]) => `<dt>${escaped(w.facts[key] ?? key)}</dt><dd>${escaped(said(value))}</dd>`)
                .join('')}</dl></section>`,
          )
          .join('\n');
  const readers =
    data.readers.length === 0
      ? `<p>${w.file.none}</p>`
      : `<ul>${data.readers.map(({ at, person, endpoint }) => `<li>${escaped(`${when(at)}: ${person}, ${w.looks[endpoint] ?? endpoint}`)}</li>`).join('')}</ul>`;
  const kept = `<ul>${data.kept.map(({ kind, months }) => `<li>${escaped(`${w.kinds[kind]}: ${w.file.months(months)}`)}</li>`).join('')}</ul>`;
  const json = JSON.stringify(data, null, 1);
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(`${w.file.title}: ${data.names.join(', ')}`)}</title><style>${style}</style></head><body>
<h1>${escaped(`${w.file.title}: ${data.names.join(', ')}`)}</h1><p>${escaped(w.file.made(data.centre, when(data.made)))} ${escaped(w.file.lead)}</p>
<h2>${w.file.rows}</h2>${lines(data.rows)}
<h2>${w.file.mentions}</h2>${lines(data.mentions)}
<h2>${w.file.readers}</h2>${readers}
<h2>${w.file.kept}</h2>${kept}
<h2>${w.file.data}</h2><details><summary>JSON</summary><pre>${escaped(json)}</pre></details>
<script type="application/json" id="data">${json.replaceAll('<', '\\u003c')}</script></body></html>
`;
}

/** A text to begin with, with the centre's facts in it. */
export function textOf(
  text: (typeof texts)[number],
  language: Language,
  facts: { centre: string; day: string; schools: readonly { name: string; town: string }[]; processors: readonly string[]; record: OutputOf<typeof readRecord> },
): string {
  const w = inLanguage(dataProtectionWords, language);
  const line = ({ kind, about, months, erasing }: (typeof facts.record)[number]) =>
    `- **${w.kinds[kind]}** (${about.map((each) => w.subjects[each].toLowerCase()).join(', ')}): ${w.texts.months.toLowerCase()} ${months.length === 0 ? w.texts.byHand.toLowerCase() : months.map(w.clocks.monthsOf).join(' / ')}${erasing.length === 0 ? '' : `; ${w.texts.erasing.toLowerCase()}: ${erasing.map((each) => w.erasing[each].toLowerCase()).join(', ')}`}`;
  return inLanguage(protectionTexts, language)[text]({ ...facts, record: facts.record.map(line).join('\n') });
}
