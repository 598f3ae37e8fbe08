import { guessColumns, readWrittenDay, realDay, storable } from '../../../kit/columns.ts';
import { newestSize, readCvr, readInterval, readPNumber, readStatus, type Size, type SizePeriod } from '../register/rules.ts';

/** What an import may say about a company, its unit and a person there. Undefined: not said; null: said to be empty. */
export interface Facts {
  cvr: string;
  pNumber?: string | null;
  name?: string | null;
  address?: string | null;
  postcode?: string | null;
  town?: string | null;
  municipality?: string | null;
  phone?: string | null;
  email?: string | null;
  formCode?: number | null;
  form?: string | null;
  status?: 'active' | 'dissolving' | 'ceased';
  statusText?: string | null;
  started?: string | null;
  ended?: string | null;
  scheme?: 'DB07' | 'DB25' | null;
  industryCode?: string | null;
  industryText?: string | null;
  sizeFrom?: number | null;
  sizeTo?: number | null;
  sizePeriod?: SizePeriod | null;
  sizeAsOf?: string | null;
  publicSector?: boolean;
  protected?: boolean;
  contactName?: string | null;
  contactRole?: string | null;
  contactPhone?: string | null;
  contactEmail?: string | null;
}

/** What was true from/to, out of the periods of an extract. */
export interface Past {
  fact: 'name' | 'address' | 'industry' | 'status' | 'form';
  from: string;
  /** The first day it was no longer so. */
  until: string;
  value: string;
}

export type Refusal =
  | 'cvr_missing'
  | 'cvr_check'
  | 'name_missing'
  | 'p_number'
  | 'industry_scheme'
  | 'industry_code'
  | 'size'
  | 'shape'
  | 'duplicate'
  | 'unknown_company'
  | 'too_long'
  | 'day'
  | 'characters';

export interface ReadRow {
  kind: 'company' | 'unit';
  facts: Facts;
  past: Past[];
  /** A P-number that fails its soft check. */
  doubtful: boolean;
}

/** Either a row, or why it is none; the company number where that much could be read. */
export type Reading = { row: ReadRow } | { refusal: Refusal; cvr?: string };

// ---- CVR's own JSON -------------------------------------------------------------------------------------------------------------------------

type Json = Record<string, unknown>;
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter((each): each is Json => typeof each === 'object' && each !== null) : []);
const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : typeof value === 'number' ? String(value) : null);
const object = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {});
/** A text no longer than its column, and no half character at its end. */
const clip = (value: string | null, most: number): string | null => (value === null ? null : value.slice(0, most).replace(/[\ud800-\udbff]$/, ''));
const day = (value: unknown): string | null => (typeof value === 'string' ? realDay(value.slice(0, 10)) : null);

interface Period {
  from: string | null;
  to: string | null;
}
const periodOf = (entry: Json): Period => {
  const period = object(entry.periode);
  return { from: day(period.gyldigFra), to: day(period.gyldigTil) };
};

/** The entry that holds now: open-ended, and of several the one that began last. */
function current(entries: Json[]): Json | null {
  const open = entries.filter((entry) => periodOf(entry).to === null);
  return open.reduce<Json | null>((best, next) => (best === null || (periodOf(next).from ?? '') >= (periodOf(best).from ?? '') ? next : best), null);
}

function addressOf(entry: Json | null): Pick<Facts, 'address' | 'postcode' | 'town' | 'municipality'> {
  if (entry === null) return { address: null, postcode: null, town: null, municipality: null };
  const number = [text(entry.husnummerFra), text(entry.bogstavFra)].filter((part) => part !== null).join('') + (text(entry.husnummerTil) === null ? '' : `-${text(entry.husnummerTil)}`);
  const door = [text(entry.etage) === null ? null : `${text(entry.etage)}.`, text(entry.sidedoer)].filter((part) => part !== null).join(' ');
  const street = [text(entry.vejnavn), number === '' ? null : number].filter((part) => part !== null).join(' ');
  const postcode = text(entry.postnummer)?.padStart(4, '0') ?? null;
  const municipality = text(object(entry.kommune).kommuneKode)?.padStart(4, '0') ?? null;
  return {
    address: clip(street === '' ? text(entry.fritekst) : [street, door].filter((part) => part !== '').join(', '), 300),
    postcode: postcode !== null && /^\d{4}$/.test(postcode) ? postcode : null,
    town: clip(text(entry.postdistrikt), 100),
    municipality: municipality !== null && /^\d{4}$/.test(municipality) ? municipality : null,
  };
}

/** DB25 came into force on 1 January 2025 (Danmarks Statistik); a code's own period says which scheme it is of. */
const schemeOf = (entry: Json): 'DB07' | 'DB25' => ((periodOf(entry).from ?? '') >= '2025-01-01' ? 'DB25' : 'DB07');
/** CVR's words for "not stated". */
const unstated = new Set(['999999', '980000', '0']);

function industryOf(entry: Json | null): Pick<Facts, 'scheme' | 'industryCode' | 'industryText'> {
  const code = text(entry?.branchekode);
  if (entry === null || code === null || unstated.has(code) || !/^\d{1,6}$/.test(code)) return { scheme: null, industryCode: null, industryText: null };
  return { scheme: schemeOf(entry), industryCode: code.padStart(6, '0'), industryText: clip(text(entry.branchetekst), 300) };
}

/** A secret number or address must not be used; one that is too long is none. */
function contactDetail(entries: unknown, most: number): string | null {
  const found = text(current(list(entries).filter((entry) => entry.hemmelig !== true))?.kontaktoplysning);
  return found !== null && found.length <= most ? found : null;
}

const lastDay = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);

function sizesOf(source: Json): Size[] {
  const counts: Size[] = [];
  const take = (entries: unknown, period: SizePeriod, month: (entry: Json) => number) => {
    for (const entry of list(entries)) {
      const interval = readInterval(text(entry.intervalKodeAntalAnsatte) ?? '');
      const year = Number(entry.aar);
      const last = month(entry);
      if (interval !== null && Number.isInteger(year) && year >= 1900 && year < 3000 && Number.isInteger(last) && last >= 1 && last <= 12)
        counts.push({ ...interval, period, asOf: lastDay(year, last) });
    }
  };
  take(source.erstMaanedsbeskaeftigelse, 'month', (entry) => Number(entry.maaned));
  take(source.maanedsbeskaeftigelse, 'month', (entry) => Number(entry.maaned));
  take(source.kvartalsbeskaeftigelse, 'quarter', (entry) => Number(entry.kvartal) * 3);
  take(source.aarsbeskaeftigelse, 'year', () => 12);
  return counts;
}

/** CVR has no form and no state with periods for a production unit. */
function pastOf(source: Json, unit: boolean): Past[] {
  const past: Past[] = [];
  const take = (entries: unknown, fact: Past['fact'], value: (entry: Json) => string | null) => {
    for (const entry of list(entries)) {
      const { from, to } = periodOf(entry);
      const was = value(entry);
      if (from !== null && to !== null && to >= from && was !== null) past.push({ fact, from, until: dayAfter(to), value: clip(was, 500) ?? '' });
    }
  };
  take(source.navne, 'name', (entry) => text(entry.navn));
  take(source.beliggenhedsadresse, 'address', (entry) => {
    const { address, postcode, town } = addressOf(entry);
    return [address, [postcode, town].filter(Boolean).join(' ')].filter(Boolean).join(', ') || null;
  });
  take(source.hovedbranche, 'industry', (entry) => (text(entry.branchekode) === null ? null : `${schemeOf(entry)} ${text(entry.branchekode)} ${text(entry.branchetekst) ?? ''}`.trim()));
  if (unit) return past;
  take(source.virksomhedsstatus, 'status', (entry) => text(entry.status));
  take(source.virksomhedsform, 'form', (entry) => text(entry.langBeskrivelse) ?? text(entry.kortBeskrivelse));
  return past;
}

const dayAfter = (of: string) => new Date(Date.parse(`${of}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** Forms of state, regions, municipalities and the church in CVR (row 2.34). */
const publicForms = new Set([230, 235, 240, 245, 250, 255, 260]);

/**
 * One hit of CVR's own index (distribution.virk.dk): a Vrvirksomhed or a VrproduktionsEnhed, everything with periods, null meaning "still".
 * The newest of month, quarter and year counts as size; secret contact details are left out.
 */
export function fromCvrHit(hit: unknown): Reading {
  const source = object(object(hit)._source ?? hit);
  const company = source.Vrvirksomhed === undefined ? null : object(source.Vrvirksomhed);
  const unit = source.VrproduktionsEnhed === undefined ? null : object(source.VrproduktionsEnhed);
  const entity = company ?? unit;
  if (entity === null) return { refusal: 'shape' };
  const relations = list(entity.virksomhedsrelation);
  const number = text(company === null ? (current(relations) ?? relations.at(-1))?.cvrNummer : entity.cvrNummer);
  if (number === null) return { refusal: 'cvr_missing' };
  const cvr = readCvr(number.padStart(8, '0'));
  if (cvr === null) return { refusal: 'cvr_check' };
  const pNumber = unit === null ? null : readPNumber(text(entity.pNummer)?.padStart(10, '0') ?? '');
  if (unit !== null && pNumber === null) return { refusal: 'p_number', cvr };

  const names = list(entity.navne);
  const meta = object(entity.virksomhedMetadata ?? entity.produktionsEnhedMetadata);
  const name = text(current(names)?.navn) ?? text(object(meta.nyesteNavn).navn) ?? text(names.at(-1)?.navn);
  if (name === null) return { refusal: 'name_missing', cvr };
  const life = list(entity.livsforloeb).map(periodOf);
  const open = life.some(({ to }) => to === null);
  const ended =
    life.length > 0 && !open
      ? (life
          .map(({ to }) => to)
          .sort()
          .at(-1) ?? null)
      : null;
  const statusText = text(current(list(entity.virksomhedsstatus))?.status) ?? text(meta.sammensatStatus);
  const form = current(list(entity.virksomhedsform));
  const formCode = Number(form?.virksomhedsformkode);
  const size = newestSize(sizesOf(entity));
  const past = pastOf(entity, unit !== null);
  const facts: Facts = {
    cvr,
    pNumber: pNumber?.number ?? null,
    name: clip(name, 300),
    ...addressOf(current(list(entity.beliggenhedsadresse))),
    phone: contactDetail(entity.telefonNummer, 30),
    email: contactDetail(entity.elektroniskPost, 320),
    formCode: Number.isInteger(formCode) && formCode > 0 && formCode < 10_000 ? formCode : null,
    form: clip(text(form?.langBeskrivelse) ?? text(form?.kortBeskrivelse), 200),
    status: readStatus(statusText, ended),
    statusText: clip(statusText, 200),
    started:
      life
        .map(({ from }) => from)
        .filter((from) => from !== null)
        .sort()[0] ?? null,
    ended,
    ...industryOf(current(list(entity.hovedbranche))),
    sizeFrom: size?.from ?? null,
    sizeTo: size?.to ?? null,
    sizePeriod: size?.period ?? null,
    sizeAsOf: size?.asOf ?? null,
    publicSector: publicForms.has(formCode),
    protected: entity.reklamebeskyttet === true,
  };
  if (![...Object.values(facts), ...past.map(({ value }) => value)].every(storable)) return { refusal: 'characters', cvr };
  return { row: { kind: unit === null ? 'company' : 'unit', doubtful: pNumber?.doubtful ?? false, past, facts } };
}

// ---- cvrapi.dk ------------------------------------------------------------------------------------------------------------------------------

/** Whether an object is an answer of cvrapi.dk: flat, with the number under "vat". */
export const isFlat = (record: unknown): boolean => Object.hasOwn(object(record), 'vat') && !Object.hasOwn(object(record), 'Vrvirksomhed');

function flatFacts(entry: Json, cvr: string, scheme: 'DB07' | 'DB25' | null, today: string): Facts | Refusal {
  const facts: Facts = {
    cvr,
    name: clip(text(entry.name), 300),
    address: clip(text(entry.address), 300),
    postcode: /^\d{3,4}$/.test(text(entry.zipcode) ?? '') ? (text(entry.zipcode) ?? '').padStart(4, '0') : null,
    town: clip(text(entry.city), 100),
    phone: shortest(text(entry.phone), 30),
    email: shortest(text(entry.email), 320),
    protected: entry.protected === true || /^(1|true)$/.test(text(entry.protected) ?? ''),
  };
  const size = text(entry.employees);
  const interval = size === null ? null : readInterval(size);
  if (size !== null && interval === null) return 'size';
  Object.assign(facts, { sizeFrom: interval?.from ?? null, sizeTo: interval?.to ?? null, sizePeriod: null, sizeAsOf: interval === null ? null : today });
  for (const [key, field] of [
    ['startdate', 'started'],
    ['enddate', 'ended'],
  ] as const) {
    const written = text(entry[key]);
    const found = written === null ? null : readWrittenDay(written);
    if (written !== null && found === null) return 'day';
    facts[field] = found;
  }
  facts.status = readStatus(entry.creditbankrupt === true ? 'UNDER KONKURS' : null, facts.ended ?? null);
  const code = text(entry.industrycode);
  if (code !== null && !unstated.has(code)) {
    if (scheme === null) return 'industry_scheme';
    if (!/^\d{2,6}$/.test(code)) return 'industry_code';
    Object.assign(facts, { scheme, industryCode: code.length === 5 ? `0${code}` : code, industryText: clip(text(entry.industrydesc), 300) });
  } else Object.assign(facts, { scheme: null, industryCode: null, industryText: null });
  return [...Object.values(facts)].every(storable) ? facts : 'characters';
}
const shortest = (value: string | null, most: number) => (value !== null && value.length <= most ? value : null);

/**
 * A company of cvrapi.dk and its production units, each a row of its own. Its flat shape says nothing of municipalities, and not of which nomenclature its codes are.
 * @param scheme which nomenclature the codes are of; without it a code is refused, for the two must never be mixed (AC23)
 * @param today the day that its counts of employees are taken for
 */
export function fromFlat(record: unknown, scheme: 'DB07' | 'DB25' | null, today: string): Reading[] {
  if (!isFlat(record)) return [{ refusal: 'shape' }];
  const entry = object(record);
  const number = text(entry.vat);
  if (number === null) return [{ refusal: 'cvr_missing' }];
  const cvr = readCvr(number.padStart(8, '0'));
  if (cvr === null) return [{ refusal: 'cvr_check' }];
  const company = flatFacts(entry, cvr, scheme, today);
  if (typeof company === 'string') return [{ refusal: company, cvr }];
  if (company.name === null) return [{ refusal: 'name_missing', cvr }];
  const form = Number(text(entry.companycode));
  Object.assign(company, { formCode: Number.isInteger(form) && form > 0 && form < 10_000 ? form : null, form: clip(text(entry.companydesc), 200) });
  const units = list(entry.productionunits).map((unit): Reading => {
    const pNumber = readPNumber(text(unit.pno)?.padStart(10, '0') ?? '');
    if (pNumber === null) return { refusal: 'p_number', cvr };
    const facts = flatFacts({ ...unit, creditbankrupt: false }, cvr, scheme, today);
    if (typeof facts === 'string') return { refusal: facts, cvr };
    return { row: { kind: 'unit', doubtful: pNumber.doubtful, past: [], facts: { ...facts, name: facts.name ?? company.name ?? null, pNumber: pNumber.number } } };
  });
  return [{ row: { kind: 'company', doubtful: false, past: [], facts: company } }, ...units];
}

// ---- Tables with columns --------------------------------------------------------------------------------------------------------------------

/** What a column may hold. */
export const columnFields = [
  'cvr',
  'pNumber',
  'name',
  'address',
  'postcode',
  'town',
  'municipality',
  'phone',
  'email',
  'form',
  'status',
  'started',
  'industryCode',
  'industryText',
  'size',
  'protected',
  'publicSector',
  'contactName',
  'contactRole',
  'contactPhone',
  'contactEmail',
] as const;
export type ColumnField = (typeof columnFields)[number];
/** Column by column, which field it holds; null leaves it out. */
export type Mapping = (ColumnField | null)[];

const known: Record<ColumnField, RegExp> = {
  cvr: /^(cvr|cvr[ _-]?(nr|nummer|no|number)\.?|se[ _-]?nr)$/,
  pNumber: /^(p[ _-]?(nr|nummer|number)\.?|produktionsenhed(snummer)?)$/,
  name: /^(navn|virksomheds?[ _-]?navn|firma(navn)?|name|company([ _-]?name)?)$/,
  address: /^(adresse|vej(navn)?|gade|address|street)$/,
  postcode: /^(post[ _-]?(nr|nummer|kode)\.?|zip(code)?|postcode)$/,
  town: /^(by(navn)?|post[ _-]?distrikt|city|town)$/,
  municipality: /^(kommune([ _-]?(kode|nr|navn))?|municipality)$/,
  phone: /^(telefon(nummer)?|tlf\.?(nr\.?)?|phone|telephone)$/,
  email: /^(e?-?mail|mail[ _-]?adresse)$/,
  form: /^(virksomheds?[ _-]?form|form|company[ _-]?form)$/,
  status: /^(status|virksomheds?[ _-]?status)$/,
  started: /^(stiftet|stiftelses?[ _-]?dato|start[ _-]?dato|startdate|founded)$/,
  industryCode: /^((hoved)?branche[ _-]?kode|branche|industry[ _-]?code)$/,
  industryText: /^((hoved)?branche[ _-]?(tekst|navn)|industry)$/,
  size: /^(ansatte(?:[ _-]?interval)?|antal[ _-]?ansatte|employees)$/,
  protected: /^(reklame[ _-]?beskyttet|reklamebeskyttelse|protected)$/,
  publicSector: /^(offentlig|public([ _-]?sector)?|sektor)$/,
  contactName: /^(kontakt([ _-]?person|[ _-]?navn)?|contact([ _-]?name)?)$/,
  contactRole: /^(kontakt[ _-]?(rolle|titel)|titel|stilling|title|role)$/,
  contactPhone: /^(kontakt[ _-]?(telefon|tlf)|direkte[ _-]?(telefon|nummer)|mobil|mobile)$/,
  contactEmail: /^(kontakt[ _-]?(e?-?mail)|contact[ _-]?e?mail)$/,
};

/** Guesses the mapping from the headings; each field once, the first heading wins. */
export const guessMapping = (headings: readonly string[]): Mapping => guessColumns(headings, columnFields, known);

const yes = /^(1|x|ja|j|yes|y|true|sand|offentlig|public)$/i;
const longest: Partial<Record<ColumnField, number>> = {
  name: 300,
  address: 300,
  town: 100,
  phone: 30,
  email: 320,
  form: 200,
  status: 200,
  industryText: 300,
  contactName: 200,
  contactRole: 100,
  contactPhone: 30,
  contactEmail: 320,
};

/**
 * One row of a table by its mapping. A column that is not mapped says nothing; a mapped empty one says "empty".
 * @param scheme which industry nomenclature the codes are of; without it a code is refused, for the two must never be mixed (AC23)
 * @param today the day that a size without a period is counted for
 */
export function fromColumns(cells: readonly string[], mapping: Mapping, scheme: 'DB07' | 'DB25' | null, today: string): Reading {
  const said = new Map<ColumnField, string>();
  for (const [at, field] of mapping.entries()) if (field !== null) said.set(field, (cells[at] ?? '').trim());
  const get = (field: ColumnField): string | null | undefined => {
    const value = said.get(field);
    return value === undefined ? undefined : value === '' ? null : value;
  };
  const number = get('cvr');
  if (!number) return { refusal: 'cvr_missing' };
  const cvr = readCvr(/^\d{7}$/.test(number) ? `0${number}` : number);
  if (cvr === null) return { refusal: 'cvr_check' };
  for (const [field, value] of said) {
    if (!storable(value)) return { refusal: 'characters', cvr };
    if (value.length > (longest[field] ?? 500)) return { refusal: 'too_long', cvr };
  }
  const facts: Facts = { cvr };
  for (const field of ['name', 'address', 'town', 'phone', 'email', 'form', 'contactName', 'contactRole', 'contactPhone', 'contactEmail'] as const)
    if (said.has(field)) facts[field] = get(field) ?? null;
  let doubtful = false;
  const pNumber = get('pNumber');
  if (pNumber) {
    const read = readPNumber(pNumber);
    if (read === null) return { refusal: 'p_number', cvr };
    facts.pNumber = read.number;
    doubtful = read.doubtful;
  }
  const postcode = get('postcode');
  if (postcode !== undefined) facts.postcode = postcode !== null && /^\d{3,4}$/.test(postcode) ? postcode.padStart(4, '0') : null;
  if (said.has('municipality')) facts.municipality = get('municipality') ?? null;
  const industryCode = get('industryCode')?.replaceAll(/[.\s]/g, '');
  if (said.has('industryCode')) {
    if (industryCode && !unstated.has(industryCode)) {
      if (scheme === null) return { refusal: 'industry_scheme', cvr };
      // A leading zero is lost in a spreadsheet: five digits are six with it.
      const code = industryCode.length === 5 ? `0${industryCode}` : industryCode;
      if (!/^\d{2,6}$/.test(code)) return { refusal: 'industry_code', cvr };
      facts.scheme = scheme;
      facts.industryCode = code;
    } else {
      facts.scheme = null;
      facts.industryCode = null;
    }
    facts.industryText = get('industryText') ?? null;
  }
  const size = get('size');
  if (size) {
    const interval = readInterval(size);
    if (interval === null) return { refusal: 'size', cvr };
    Object.assign(facts, { sizeFrom: interval.from, sizeTo: interval.to, sizePeriod: null, sizeAsOf: today });
  } else if (size === null) Object.assign(facts, { sizeFrom: null, sizeTo: null, sizePeriod: null, sizeAsOf: null });
  const started = get('started');
  if (started) {
    const found = readWrittenDay(started);
    if (found === null) return { refusal: 'day', cvr };
    facts.started = found;
  }
  const status = get('status');
  if (status !== undefined) {
    facts.statusText = status;
    facts.status = readStatus(status, null);
  }
  if (said.has('protected')) facts.protected = yes.test(get('protected') ?? '');
  if (said.has('publicSector')) facts.publicSector = yes.test(get('publicSector') ?? '');
  return { row: { kind: 'company', facts, past: [], doubtful } };
}
