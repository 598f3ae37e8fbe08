import { crc32, deflateRawSync } from 'node:zlib';

interface Part {
  name: string;
  content: Buffer;
  /** What the file says its size is, where it lies. */
  says?: number;
}

/** A packed file as Excel's are. */
export function zip(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const { name, content, says } of parts) {
    const packed = deflateRawSync(content);
    const title = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x0403_4b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(crc32(content), 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(says ?? content.length, 22);
    local.writeUInt16LE(title.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x0201_4b50, 0);
    central.writeUInt16LE(20, 4);
    central.writeUInt16LE(20, 6);
    local.copy(central, 10, 8, 30);
    central.writeUInt16LE(title.length, 28);
    central.writeUInt32LE(at, 42);
    locals.push(local, title, packed);
    centrals.push(central, title);
    at += 30 + title.length + packed.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** A day as Excel counts: days since the end of 1899. */
export const excelDay = (day: string): number => (Date.parse(`${day}T00:00:00Z`) - Date.parse('1899-12-30T00:00:00Z')) / 86_400_000;
const column = (at: number): string => (at < 26 ? String.fromCharCode(65 + at) : column(Math.floor(at / 26) - 1) + column(at % 26));

/** Cells of text and numbers; a day is { day }. */
type Cell = string | number | { day: string } | null;
const cellOf = (cell: Cell, place: string) =>
  cell === null
    ? ''
    : typeof cell === 'number'
      ? `<c r="${place}"><v>${cell}</v></c>`
      : typeof cell === 'string'
        ? `<c r="${place}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`
        : `<c r="${place}" s="1"><v>${excelDay(cell.day)}</v></c>`;

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The smallest workbook that Excel would open, with one sheet. `extra` parts come along, as a hostile one would bring them. */
export const workbook = (rows: readonly (readonly Cell[])[], extra: readonly Part[] = []): Buffer => book({ Hold: rows }, extra);

/** The same with several sheets, by name. */
export function book(sheets: Record<string, readonly (readonly Cell[])[]>, extra: readonly Part[] = []): Buffer {
  const names = Object.keys(sheets);
  const part = (name: string, content: string) => ({ name, content: Buffer.from(head + content) });
  return zip([
    part('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'),
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${names.map((name, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names.map((_name, at) => `<Relationship Id="rId${at + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}<Relationship Id="rIdS" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    ),
    part('xl/styles.xml', `<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`),
    ...names.map((name, at) => {
      const sheet = (sheets[name] ?? []).map((cells, row) => `<row r="${row + 1}">${cells.map((cell, place) => cellOf(cell, `${column(place)}${row + 1}`)).join('')}</row>`).join('');
      return part(`xl/worksheets/sheet${at + 1}.xml`, `<worksheet xmlns="${main}"><sheetData>${sheet}</sheetData></worksheet>`);
    }),
    ...extra,
  ]);
}
