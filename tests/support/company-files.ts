import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { CompanyImport } from '../../src/modules/companies/imports/contract.ts';
import type { Answer, TestApp } from './app.ts';
import { type TestPerson, unused } from './factory.ts';

/** The days something held, as CVR writes them. */
export const period = (from: string | null, to: string | null = null) => ({ periode: { gyldigFra: from, gyldigTil: to } });

interface Wish {
  cvr: string;
  name?: string;
  street?: string;
  municipality?: number;
  phone?: string;
  protected?: boolean;
  /** DB25 unless the entry says otherwise. */
  industry?: object[];
  size?: string;
  /** Over anything above, in CVR's own words. */
  more?: Record<string, unknown>;
}

const shared = ({ name = 'Bjergager Smede', street = 'Havnevej', municipality = 665, phone = '00120000', industry, size = 'ANTAL_5_9', more, ...wish }: Wish) => ({
  reklamebeskyttet: wish.protected === true,
  navne: [{ navn: name, ...period('2015-03-01') }],
  beliggenhedsadresse: [{ vejnavn: street, husnummerFra: 4, postnummer: 7621, postdistrikt: 'Limvig', kommune: { kommuneKode: municipality }, ...period('2015-03-01') }],
  telefonNummer: [{ kontaktoplysning: phone, hemmelig: false, ...period('2015-03-01') }],
  elektroniskPost: [],
  hovedbranche: industry ?? [{ branchekode: '251100', branchetekst: 'Metalkonstruktioner', ...period('2025-01-01') }],
  livsforloeb: [period('2015-03-01')],
  erstMaanedsbeskaeftigelse: [{ aar: 2026, maaned: 9, intervalKodeAntalAnsatte: size }],
  ...more,
});

/** A company as a hit of CVR's index. */
export const companyHit = (wish: Wish) => ({
  _source: {
    Vrvirksomhed: {
      cvrNummer: Number(wish.cvr),
      virksomhedsform: [{ virksomhedsformkode: 80, langBeskrivelse: 'Anpartsselskab', ...period('2015-03-01') }],
      virksomhedsstatus: [{ status: 'NORMAL', ...period('2015-03-01') }],
      ...shared(wish),
    },
  },
});

/** A production unit as a hit. */
export const unitHit = (pNumber: string, wish: Wish) => ({
  _source: {
    VrproduktionsEnhed: {
      pNummer: Number(pNumber),
      virksomhedsrelation: [{ cvrNummer: Number(wish.cvr), ...period('2015-03-01') }],
      produktionsEnhedMetadata: { sammensatStatus: 'Aktiv' },
      ...shared(wish),
    },
  },
});

export const asJson = (...hits: object[]): string => JSON.stringify({ took: 1, timed_out: false, hits: { total: hits.length, hits } });
export const asTable = (headings: string, ...rows: string[]): string => `${[headings, ...rows].join('\r\n')}\r\n`;

/** A number of a production unit that passes its soft check and that no other test uses. */
export const somePNumber = (): string =>
  unused(() => {
    const number = String(1_000_000_000 + (randomBytes(4).readUInt32BE() % 999_999_999));
    return [4, 3, 2, 7, 6, 5, 4, 3, 2, 1].reduce((sum, weight, index) => sum + weight * Number(number[index]), 0) % 11 === 0 ? number : null;
  });

export const imports = '/api/company-imports';

/** Sends a file and has it read. */
export async function sendFile(app: TestApp, person: TestPerson, content: string | Buffer, query: Record<string, string> = {}): Promise<CompanyImport> {
  const sent = await upload(app, person, content, query);
  expect(sent.status, sent.text).toBe(202);
  await app.jobs.drain();
  return importNow(app, person, sent.body.id);
}

export const upload = (app: TestApp, person: TestPerson | null, content: string | Buffer, query: Record<string, string> = {}): Promise<Answer> =>
  app.request(person).raw({ method: 'POST', url: `${imports}?${new URLSearchParams(query)}`, headers: { 'content-type': 'application/octet-stream' }, payload: content });

export const importNow = async (app: TestApp, person: TestPerson, id: string): Promise<CompanyImport> => (await app.request(person).get(`${imports}/${id}`)).body;

/** Has an import applied, undone or cancelled, and waits for it. */
export async function move(app: TestApp, person: TestPerson, id: string, how: 'apply' | 'undo' | 'cancel'): Promise<CompanyImport> {
  const moved = await app.request(person).post(`${imports}/${id}/${how}`);
  expect(moved.status, moved.text).toBeLessThan(300);
  await app.jobs.drain();
  return importNow(app, person, id);
}

/** Sends a file, has it read and applied. */
export async function bring(app: TestApp, person: TestPerson, content: string | Buffer, query: Record<string, string> = {}): Promise<CompanyImport> {
  const { id } = await sendFile(app, person, content, query);
  return move(app, person, id, 'apply');
}

/** What happened to the rows. */
export const outcome = ({ rows: { read, new: fresh, changed, same, refused } }: CompanyImport) => ({ read, new: fresh, changed, same, refused });
export const outcomeOf = (read: number, over: Partial<ReturnType<typeof outcome>> = {}) => ({ read, new: 0, changed: 0, same: 0, refused: 0, ...over });

/** The whole register as rows, but for the titles of industries. */
export async function register(app: TestApp): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const table of ['company', 'unit', 'company_past', 'unit_past', 'relation', 'contact', 'contact_search'])
    all[table] = (await app.owner.query(`select to_jsonb(t) "row" from vn.${table} t order by to_jsonb(t)::text`)).rows.map(({ row }) => row);
  return all;
}
