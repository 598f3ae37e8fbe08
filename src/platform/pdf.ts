import { createRequire } from 'node:module';
import pdfmake, { type Content } from 'pdfmake';

const { resolve } = createRequire(import.meta.url);
/** The font comes along in the package: nothing is fetched, and nothing of the machine is read. */
const font = (style: string) => resolve(`pdfmake/fonts/Roboto/Roboto-${style}.ttf`);
const fonts = { Roboto: { normal: font('Regular'), bold: font('Medium'), italics: font('Italic'), bolditalics: font('MediumItalic') } };
pdfmake.setFonts(fonts);
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path: string) => Object.values(fonts.Roboto).includes(path));

/** A table of a document; every cell is text, numbers to the right. */
export interface PdfTable {
  heads: readonly string[];
  rows: readonly (readonly (string | number)[])[];
  /** Columns of numbers, by place. */
  right: readonly number[];
  /** Columns of text, which share what the others leave of the width. */
  wide: readonly number[];
}
/** One part of a document, each on a page of its own. */
export interface PdfPart {
  title: string;
  facts: readonly (readonly [label: string, value: string])[];
  table: PdfTable;
  total: string;
}

const partOf = ({ title, facts, table, total }: PdfPart, at: number): Content[] => [
  { text: title, style: 'title', ...(at > 0 ? { pageBreak: 'before' as const } : {}) },
  { table: { body: facts.map(([label, value]) => [{ text: label, color: '#555555' }, value]) }, layout: 'noBorders', margin: [0, 0, 0, 14] },
  {
    table: {
      headerRows: 1,
      widths: table.heads.map((_, column) => (table.wide.includes(column) ? '*' : 'auto')),
      body: [
        table.heads.map((head, column) => ({ text: head, bold: true, ...aside(table, column) })),
        ...table.rows.map((row) => row.map((cell, column) => ({ text: `${cell}`, ...aside(table, column) }))),
      ],
    },
    layout: 'lightHorizontalLines',
  },
  { text: total, bold: true, margin: [0, 12, 0, 0], alignment: 'right' },
];
const aside = ({ right }: PdfTable, column: number) => (right.includes(column) ? { alignment: 'right' as const } : {});

/**
 * A PDF for printing and filing: A4, page numbers, Danish letters.
 * @param at when it was made; the same content at the same time is the same document
 */
export async function pdfOf({ title, parts, foot, at }: { title: string; parts: readonly PdfPart[]; foot: (page: number, pages: number) => string; at: Date }): Promise<Buffer> {
  const document: Parameters<typeof pdfmake.createPdf>[0] = {
    info: { title, creationDate: at },
    pageSize: 'A4',
    pageMargins: [48, 48, 48, 60],
    defaultStyle: { font: 'Roboto', fontSize: 10 },
    styles: { title: { fontSize: 18, bold: true, margin: [0, 0, 0, 12] } },
    content: parts.flatMap(partOf),
    footer: (page, pages) => ({ text: foot(page, pages), fontSize: 8, color: '#555555', margin: [48, 20, 48, 0] }),
  };
  return pdfmake.createPdf(document).getBuffer();
}
