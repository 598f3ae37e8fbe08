/** A centre of many made-up companies for measuring: the same at every run, written as a CSV extract and read by the importer itself. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { cvrNumbers } from '../demo/extract.ts';

const firsts = [
  'Bjerg',
  'Hede',
  'Klit',
  'Sol',
  'Nørre',
  'Vester',
  'Kilde',
  'Ege',
  'Høj',
  'Strand',
  'Lyng',
  'Dal',
  'Birke',
  'Fugl',
  'Havne',
  'Mølle',
  'Eng',
  'Toft',
  'Ravn',
  'Skov',
  'Aa',
  'Ø',
  'Ær',
  'Kro',
];
const seconds = ['gaard', 'lund', 'mark', 'vang', 'bæk', 'mose', 'kær', 'bjerg', 'dal', 'høj', 'holm', 'borg', 'by', 'rup', 'sted', 'lev'];
const trades: [string, string][] = [
  ['Smede', '251100'],
  ['Maskinfabrik', '282900'],
  ['Auto', '953110'],
  ['Bageri', '107100'],
  ['Tømrer', '433200'],
  ['Maler', '433400'],
  ['Transport', '494100'],
  ['Gartneri', '011900'],
  ['Rengøring', '812100'],
  ['Lager', '521000'],
  ['El', '432100'],
  ['VVS', '432200'],
];
const municipalities = ['0615', '0657', '0661', '0665', '0671', '0706', '0707', '0710', '0727', '0730', '0740', '0741', '0746', '0751', '0756', '0760', '0766', '0779', '0787', '0791'];
const intervals = ['0', '1', '2-4', '2-4', '5-9', '5-9', '10-19', '10-19', '20-49', '50-99'];

export const headings = ['cvr_nummer', 'virksomhedsnavn', 'adresse', 'postnummer', 'by', 'kommunekode', 'telefon', 'branchekode', 'branchetekst', 'ansatte_interval', 'status', 'reklamebeskyttet'];

/** Company number `at` as cells of the table. */
export function row(at: number, cvr: string): string[] {
  const [trade, code] = trades[Math.floor(at / 20) % trades.length] as [string, string];
  const town = `${firsts[(at * 5) % firsts.length]}${seconds[(at * 11) % seconds.length]}`;
  const name = `${firsts[at % firsts.length]}${seconds[Math.floor(at / firsts.length) % seconds.length]} ${trade} ${at % 3 === 0 ? 'ApS' : at % 3 === 1 ? 'I/S' : ''}`.trim();
  return [
    cvr,
    `${name} ${at % 997}`,
    `${town}vej ${1 + (at % 120)}`,
    String(7000 + (at % 990)),
    town,
    municipalities[(at * 13) % municipalities.length] as string,
    `00${String(100_000 + (at % 899_999)).padStart(6, '0')}`,
    code,
    trade,
    intervals[Math.floor(at / 7) % intervals.length] as string,
    'NORMAL',
    at % 7 === 0 ? '1' : '0',
  ];
}

export async function writeCsv(file: string, count: number): Promise<void> {
  const out = createWriteStream(file);
  out.write(`\ufeff${headings.join(';')}\r\n`);
  const numbers = cvrNumbers(1_000_000);
  let piece = '';
  for (let at = 0; at < count; at += 1) {
    piece += `${row(at, numbers.next().value as string).join(';')}\r\n`;
    if (piece.length > 1 << 18) {
      if (!out.write(piece)) await once(out, 'drain');
      piece = '';
    }
  }
  out.end(piece);
  await once(out, 'finish');
}
