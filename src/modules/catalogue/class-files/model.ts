import { guessColumns, readWrittenDay, storable } from '../../../kit/columns.ts';
import type { ClassPart } from '../classes/contract.ts';
import { type CourseKind, courseKinds, type UsualForm, usualForms } from '../courses/contract.ts';

/** How a class is held (row 4.25): the forms that every centre has. */

/** What a column may hold, in the order that the screen offers it. */
export const columnFields = [
  'number',
  'title',
  'courseCode',
  'courseKind',
  'institution',
  'place',
  'street',
  'postcode',
  'town',
  'starts',
  'ends',
  'duration',
  'deadline',
  'delivery',
  'part',
  'minimum',
  'maximum',
  'taken',
  'guaranteed',
  'cancelled',
  'open',
  'price',
  'supplement',
  'supplementFor',
  'text',
  'contactName',
  'contactPhone',
  'contactEmail',
] as const;
export type ColumnField = (typeof columnFields)[number];
/** Column by column, which field it holds; null leaves it out. */
export type Mapping = (ColumnField | null)[];

/** How headings call the fields, the national search's own names among them (voksenuddannelse.dk, holdCardDtos). */
const known: Record<ColumnField, RegExp> = {
  number: /^(kviknummer|kvik[ _-]?(nr|nummer)\.?|hold[ _-]?(nr|nummer|id)\.?|class[ _-]?(no|number))$/,
  title: /^(hold[ _-]?(title|titel|navn)|titel|kursus[ _-]?(titel|navn)?|navn|title)$/,
  courseCode: /^(subject[ _-]?code|fag[ _-]?(kode|nr|nummer)\.?|amu[ _-]?(kode|nr|nummer|mål)\.?|kursus[ _-]?(kode|nr|nummer)\.?|målnummer|course[ _-]?(code|no))$/,
  courseKind: /^(type|uddannelsestype|kursustype|course[ _-]?kind)$/,
  institution: /^(institution(s?navn)?|skole(navn)?|udbyder|school)$/,
  place: /^(lokation[ _-]?sted|sted|lokale|lokation|afholdelsessted|place|location)$/,
  street: /^(lokation[ _-]?gade|gade|vej|adresse|street|address)$/,
  postcode: /^(lokation[ _-]?post[ _-]?nr|post[ _-]?(nr|nummer)\.?|postcode)$/,
  town: /^(lokation[ _-]?by|by(navn)?|town|city)$/,
  starts: /^(start[ _-]?(date|dato)|start|begynder|første[ _-]?dag|fra)$/,
  ends: /^(end[ _-]?date|slut[ _-]?dato|slut|slutter|sidste[ _-]?dag|til|end)$/,
  duration: /^(duration|varighed|dage|antal[ _-]?dage|days)$/,
  deadline: /^(tilmeldings[ _-]?frist|frist|deadline)$/,
  delivery: /^(undervisnings[ _-]?form|form|delivery)$/,
  part: /^(undervisnings[ _-]?tidspunkt|tidspunkt|part)$/,
  minimum: /^(minimum[ _-]?participants|min(imum|\.)?([ _-]?(deltagere|antal))?|mindst)$/,
  maximum: /^(participant[ _-]?capacity|kapacitet|max(imum|\.)?([ _-]?(deltagere|antal))?|pladser|capacity|højst)$/,
  taken: /^(current[ _-]?participant[ _-]?amount|tilmeldte|antal[ _-]?tilmeldte|deltagere|optaget|participants)$/,
  guaranteed: /^(garanti[ _-]?(kursus|hold)?|guaranteed)$/,
  cancelled: /^(aflyst|cancelled)$/,
  open: /^(aabent|åbent([ _-]?hold)?|open)$/,
  price: /^(norm[ _-]?pris|pris|deltager[ _-]?betaling|price)$/,
  supplement: /^(till?ægs?[ _-]?pris|tillaegs?[ _-]?pris|supplement)$/,
  supplementFor: /^(till?ægs?[ _-]?pris[ _-]?(aarsag|årsag)|tillaegs?[ _-]?pris[ _-]?aarsag|tillægspris for)$/,
  text: /^(beskrivelse|tekst|description)$/,
  contactName: /^(kontakt([ _-]?(person|navn))?|contact([ _-]?name)?)$/,
  contactPhone: /^(kontakt[ _-]?(telefon|tlf|nummer)\.?|telefon|tlf\.?|contact[ _-]?phone)$/,
  contactEmail: /^(kontakt[ _-]?(e?-?mail)|e?-?mail|contact[ _-]?e?mail)$/,
};

/** Guesses the mapping from the headings; each field once, the first heading wins. */
export const guessMapping = (headings: readonly string[]): Mapping => guessColumns(headings, columnFields, known);

/** Why a row is not taken. The last ones are found by comparing. */
export const refusals = [
  'shape',
  'number_missing',
  'too_long',
  'characters',
  'day',
  'start_missing',
  'end_missing',
  'end_before_start',
  'count',
  'maximum_missing',
  'minimum_above_maximum',
  'price',
  'currency',
  'vat',
  'course_missing',
  'course_code',
  'course_kind',
  'school_missing',
  'school_unknown',
  'other_school',
  'duplicate',
] as const;
export type Refusal = (typeof refusals)[number];
/** What somebody should look at although the row is taken. */
export const doubtCodes = ['delivery', 'part', 'postcode', 'clipped', 'still_cancelled', 'was_confirmed', 'older_count', 'overfull'] as const;
type Doubt = (typeof doubtCodes)[number];

/** Columns of a class as a file says them; what is not said is not there, so that it empties nothing. Amounts in øre. */
export interface ClassFacts {
  title?: string;
  place?: string;
  street?: string;
  postcode?: string | null;
  town?: string;
  starts?: string;
  ends?: string;
  part?: ClassPart;
  delivery?: string;
  deadline?: string | null;
  minimum?: number;
  maximum?: number;
  guaranteed?: boolean;
  open?: boolean;
  price?: number | null;
  supplement?: number | null;
  supplement_for?: string;
  text?: string;
  contact_name?: string;
  contact_phone?: string;
  contact_email?: string;
}

export interface ClassRow {
  number: string;
  institution: string | null;
  course: { kind: CourseKind; code: string } | null;
  days: number | null;
  /** Seats taken in the other system, as of the file. */
  taken: number | null;
  cancelled: boolean | null;
  facts: ClassFacts;
  doubts: Doubt[];
}
/** Either a row, or why it is none; the number and the institution where that much could be read. */
export type Reading = { row: ClassRow } | { refusal: Refusal; number: string | null; institution: string | null };

/** What a file does not say of itself, and the forms that this centre has beside the usual ones, by their names in small letters. */
export interface Reader {
  course: { kind: CourseKind; code: string } | null;
  forms: ReadonlyMap<string, string>;
}

class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

/** Names of schools are written with and without capitals, hyphens and æøå: "EUC Fjord-Ø" is "euc fjord oe". */
export const institutionKey = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'oe')
    .replaceAll('å', 'aa')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 200);

const largestAmount = 100_000_000;

/**
 * An amount of kroner in øre: "1.234,50 kr.", "436", 436.5. Participants' fees bear no VAT (momsloven § 13), so an amount that speaks of it is none.
 * @throws Refused 'currency', 'vat', or 'price' where it is no amount, below zero or above a million kroner
 */
export function readAmount(written: string): number {
  const text = written.replaceAll(/[\s\u00a0]/g, '').toLowerCase();
  if (/moms|vat|mva/.test(text)) throw new Refused('vat');
  if (/[€$£]|eur|usd|sek|nok|gbp/.test(text)) throw new Refused('currency');
  const bare = text.replace(/^(dkk|kr\.?)/, '').replace(/(dkk|kr\.?|,-)$/, '');
  // A point before exactly three digits divides thousands, as a Danish hand writes it; any other point is a decimal one.
  const decimal = /^\d{1,3}(\.\d{3})+(,\d{1,2})?$/.test(bare)
    ? bare.replaceAll('.', '').replace(',', '.')
    : /^\d{1,3}(,\d{3})+\.\d{1,2}$/.test(bare)
      ? bare.replaceAll(',', '')
      : bare.replace(',', '.');
  if (!/^\d{1,9}(\.\d{1,4})?$/.test(decimal)) throw new Refused('price');
  const amount = Math.round(Number(decimal) * 100);
  if (amount > largestAmount) throw new Refused('price');
  return amount;
}

const partWords: [RegExp, ClassPart][] = [
  [/aften|evening/, 'evening'],
  [/weekend|lørdag|søndag/, 'weekend'],
  [/skift|shift|nat/, 'shift'],
  [/dag|day|formiddag|hele/, 'day'],
];
const formWords: [RegExp, UsualForm][] = [
  [/værksted|workshop/, 'open_workshop'],
  [/skift/, 'shift_change'],
  [/online|fjern|virtuel|e-?læring|distance/, 'online'],
  [/virksomhed|arbejdsplads|workplace/, 'workplace'],
  [/split|delt|opdelt/, 'split'],
  [/aften|evening/, 'evening'],
  [/weekend/, 'weekend'],
  [/hele dage|heldag|dagunder|dagkursus|tilstede|fremmøde|klasse|hold|whole|daghold/, 'whole_days'],
];
const yes = /^(1|x|ja|j|yes|y|true|sand)$/i;

/** "2 dage", "3,5", "1 uge" as days; null where it says something else. */
function readDays(written: string): number | null {
  const found = /^(\d{1,3}(?:[.,]\d)?)\s*(dage?|days?|uger?|weeks?)?\.?$/i.exec(written.trim());
  if (found === null) return null;
  const days = Number((found[1] ?? '').replace(',', '.')) * (/^(u|w)/i.test(found[2] ?? '') ? 5 : 1);
  return days > 0 && days <= 400 ? days : null;
}

/** AMU has five digits; others are called what the school calls them. */
export function readCourse(code: string, kind: string | null): { kind: CourseKind; code: string } {
  const bare = code.replace(/^amu[\s:-]*/i, '').trim();
  const word = (kind ?? '').trim().toLowerCase();
  const given = courseKinds.find((each) => word.startsWith(each));
  if (word !== '' && given === undefined) throw new Refused('course_kind');
  const family = (['fvu', 'obu', 'avu'] as const).find((each) => bare.toLowerCase().startsWith(each));
  const found = given ?? family ?? (/^\d{5}$/.test(bare) ? 'amu' : 'own');
  if (bare === '' || bare.length > 20 || (found === 'amu' && !/^\d{5}$/.test(bare))) throw new Refused('course_code');
  return { kind: found, code: bare };
}

const danishDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen', dateStyle: 'short' });
/** A moment with a zone is the Danish day that it falls on: "2026-11-30T23:00:00Z" is 1 December. */
function localDay(written: string): string {
  const at = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(written) ? Date.parse(written) : Number.NaN;
  return Number.isNaN(at) ? written : danishDay.format(at);
}

/** How a text came: with its tags taken out, for a description may be a piece of a web page. */
const plain = (text: string) =>
  text
    .replaceAll(/<(br|\/p|\/li)\s*\/?>/gi, '\n')
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/&nbsp;/g, ' ')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();

const texts = { title: 200, place: 200, street: 200, town: 100, supplementFor: 300, contactName: 200, contactPhone: 40, contactEmail: 320 } as const;
const columnOf = {
  title: 'title',
  place: 'place',
  street: 'street',
  town: 'town',
  supplementFor: 'supplement_for',
  contactName: 'contact_name',
  contactPhone: 'contact_phone',
  contactEmail: 'contact_email',
} as const;

/**
 * A class out of what a row says, field by field; a field that is not there is not said, one that is null or empty is said to be empty.
 */
export function readClass(said: ReadonlyMap<ColumnField, string>, reader: Reader): Reading {
  const number = (said.get('number') ?? '').normalize('NFC').trim();
  const institution = (said.get('institution') ?? '').normalize('NFC').trim().slice(0, 200) || null;
  const known = { number: storable(number) && number !== '' && number.length <= 40 ? number : null, institution: storable(institution) ? institution : null };
  try {
    if (number === '') throw new Refused('number_missing');
    if (number.length > 40) throw new Refused('too_long');
    if (![...said.values()].every(storable)) throw new Refused('characters');
    return { row: { number, institution, ...rowOf(said, reader) } };
  } catch (error) {
    if (error instanceof Refused) return { refusal: error.refusal, ...known };
    throw error;
  }
}

function rowOf(said: ReadonlyMap<ColumnField, string>, reader: Reader): Omit<ClassRow, 'number' | 'institution'> {
  const doubts: Doubt[] = [];
  const facts: ClassFacts = {};
  const get = (field: ColumnField) => said.get(field)?.normalize('NFC').trim();
  for (const field of Object.keys(texts) as (keyof typeof texts)[]) {
    const text = get(field);
    if (text === undefined) continue;
    if (text.length > texts[field]) throw new Refused('too_long');
    facts[columnOf[field]] = text;
  }
  const text = get('text');
  if (text !== undefined) {
    const whole = plain(text);
    facts.text = whole.slice(0, 4000).replace(/[\ud800-\udbff]$/, '');
    if (whole.length > 4000) doubts.push('clipped');
  }
  const postcode = get('postcode');
  if (postcode !== undefined) {
    const found = /^(?:dk-?)?(\d{3,4})(?:\s+([^\d\s].*))?$/i.exec(postcode);
    facts.postcode = found?.[1]?.padStart(4, '0') ?? null;
    if (found?.[2] !== undefined && !said.has('town')) facts.town = found[2].slice(0, 100);
    if (found === null && postcode !== '') doubts.push('postcode');
  }
  const day = (field: ColumnField) => {
    const written = get(field);
    if (!written) return written === '' ? null : undefined;
    const found = readWrittenDay(localDay(written));
    if (found === null || found < '1990' || found >= '2100') throw new Refused('day');
    return found;
  };
  const [starts, ends, deadline] = [day('starts'), day('ends'), day('deadline')];
  if (starts) facts.starts = starts;
  if (ends) facts.ends = ends;
  if (deadline !== undefined) facts.deadline = deadline;
  const days = readDays(get('duration') ?? '');
  // A class of one day ends on it.
  if (starts && !ends && days !== null && days <= 1) facts.ends = starts;
  if (facts.starts !== undefined && facts.ends !== undefined && facts.ends < facts.starts) throw new Refused('end_before_start');
  const count = (field: ColumnField, least: number) => {
    const written = get(field);
    if (!written) return null;
    const found = /^\d{1,4}([.,]0+)?$/.test(written) ? Number.parseInt(written, 10) : Number.NaN;
    if (!(found >= least && found <= 500)) throw new Refused('count');
    return found;
  };
  const [minimum, maximum, taken] = [count('minimum', 0), count('maximum', 1), count('taken', 0)];
  if (minimum !== null) facts.minimum = minimum;
  if (maximum !== null) facts.maximum = maximum;
  if (minimum !== null && maximum !== null && minimum > maximum) throw new Refused('minimum_above_maximum');
  const amount = (field: ColumnField) => {
    const written = get(field);
    return written === undefined ? undefined : written === '' ? null : readAmount(written);
  };
  const [price, supplement] = [amount('price'), amount('supplement')];
  if (price !== undefined) facts.price = price;
  if (supplement !== undefined) facts.supplement = supplement;
  for (const field of ['guaranteed', 'open'] as const) if (get(field)) facts[field] = yes.test(get(field) ?? '');
  const cancelled = get('cancelled') ? yes.test(get('cancelled') ?? '') : null;
  const part = get('part')?.toLowerCase();
  if (part) {
    const found = partWords.find(([words]) => words.test(part));
    if (found === undefined) doubts.push('part');
    else facts.part = found[1];
  }
  const form = get('delivery')?.toLowerCase();
  if (form) {
    const found = usualForms.find((each) => each === form) ?? reader.forms.get(form) ?? formWords.find(([words]) => words.test(form))?.[1];
    if (found === undefined) doubts.push('delivery');
    else facts.delivery = found;
  }
  const code = get('courseCode');
  const course = code ? readCourse(code, get('courseKind') ?? null) : reader.course;
  return { course, days, taken, cancelled, facts, doubts };
}

/** A row of a table by its mapping. A column that is not mapped says nothing; a mapped empty one says "empty". */
export function fromColumns(cells: readonly string[], mapping: Mapping, reader: Reader): Reading {
  const said = new Map<ColumnField, string>();
  for (const [at, field] of mapping.entries()) if (field !== null) said.set(field, cells[at] ?? '');
  return readClass(said, reader);
}

/** The national search's names of our fields, and those that its answers bear elsewhere. */
const cardFields: Record<string, ColumnField> = {
  kviknummer: 'number',
  holdTitle: 'title',
  subject_code: 'courseCode',
  subjectCode: 'courseCode',
  fagkode: 'courseCode',
  type: 'courseKind',
  institution: 'institution',
  lokationSted: 'place',
  lokationGade: 'street',
  lokationPostNr: 'postcode',
  lokationBy: 'town',
  startDate: 'starts',
  endDate: 'ends',
  duration: 'duration',
  tilmeldingsFrist: 'deadline',
  undervisningsform: 'delivery',
  undervisningstidspunkt: 'part',
  minimumParticipants: 'minimum',
  participantCapacity: 'maximum',
  currentParticipantAmount: 'taken',
  garantiKursus: 'guaranteed',
  aflyst: 'cancelled',
  aabent: 'open',
  normpris: 'price',
  tillaegspris: 'supplement',
  tillaegsprisAarsag: 'supplementFor',
  beskrivelse: 'text',
  kontaktNavn: 'contactName',
  kontaktPerson: 'contactName',
  kontaktTelefon: 'contactPhone',
  kontaktEmail: 'contactEmail',
  kontaktMail: 'contactEmail',
};

/** A card of the national search (holdCardDtos). A list or an object where a value should be is not said. */
export function fromCard(card: unknown, reader: Reader): Reading {
  if (typeof card !== 'object' || card === null || Array.isArray(card)) return { refusal: 'shape', number: null, institution: null };
  const said = new Map<ColumnField, string>();
  for (const [key, value] of Object.entries(card)) {
    const field = Object.hasOwn(cardFields, key) ? cardFields[key] : undefined;
    if (field === undefined || (typeof value === 'object' && value !== null)) continue;
    said.set(field, value === null ? '' : String(value));
  }
  return readClass(said, reader);
}

/** Whether an object is an answer with cards in it rather than a card. */
export const cardsIn = (record: unknown): unknown[] => {
  const cards = typeof record === 'object' && record !== null && 'holdCardDtos' in record ? record.holdCardDtos : null;
  return Array.isArray(cards) ? cards : [record];
};

/** The course that an address of the national search asks for, where it does. */
export function courseInAddress(address: string): { kind: CourseKind; code: string } | null {
  const query = URL.parse(address)?.searchParams;
  const code = query?.get('subject_code') ?? query?.get('fagkode');
  if (!code) return null;
  try {
    return readCourse(code, query?.get('type') ?? null);
  } catch {
    return null;
  }
}
