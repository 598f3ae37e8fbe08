import { sql } from 'kysely';
import { type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { paperKroner, sheetKroner, withVat } from '../../../../kit/money.ts';
import { problem } from '../../../../kit/problem.ts';
import { inLanguage } from '../../../../kit/words.ts';
import { csvLines, csvStart } from '../../../../platform/csv.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { pdfOf } from '../../../../platform/pdf.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import * as contract from '../contract.ts';
import { punchCardsWords } from '../words.ts';

type Card = contract.PunchCard;
type School = Card['school'];
type Row = Omit<Card, 'priceWithVat' | 'state' | 'can'>;

const writesAt = ({ actor }: Context, school: string) => actor.roles.includes('coordinator') || actor.schoolId === school;

const stateOf = ({ validFrom, validTo, balance }: Pick<Row, 'validFrom' | 'validTo' | 'balance'>, today: string): Card['state'] =>
  today > validTo ? 'over' : balance === 0 ? 'empty' : today < validFrom ? 'ahead' : 'open';

function cardOf(context: Context, row: Row): Card {
  const { actor, today } = context;
  const state = stateOf(row, today);
  const honours: School[] = [row.school, ...row.honouring.filter((each) => each.state === 'agreed').map(({ school }) => school)];
  return {
    ...row,
    priceWithVat: withVat(row.price, row.vat),
    state,
    can: {
      useAt: honours.filter(({ id }) => writesAt(context, id)).map(({ id }) => id),
      answer: actor.roles.includes('manager') && row.honouring.some(({ school }) => school.id === actor.schoolId),
    },
  };
}

/** The row policies leave out cards that the own school has nothing to do with. */
async function cards(context: Context, { id, company }: { id?: string; company?: string | undefined }): Promise<Card[]> {
  const found = await sql<Row>`
    select c.id, c.name, json_build_object('id', c.company_id, 'name', k.name) company, json_build_object('id', c.school_id, 'name', s.name) school, c.units, c.balance, c.price, c.vat,
           c.free_because "freeBecause", c.valid_from::text "validFrom", c.valid_to::text "validTo",
           coalesce((select json_agg(json_build_object('school', json_build_object('id', h.school_id, 'name', o.name), 'state', h.state) order by o.name collate "da-x-icu", o.id)
             from vn.punch_card_school h join vn.school o on o.centre_id = h.centre_id and o.id = h.school_id where h.centre_id = c.centre_id and h.card_id = c.id), '[]') honouring
      from vn.punch_card c join vn.company k on k.id = c.company_id join vn.school s on s.centre_id = c.centre_id and s.id = c.school_id
     where c.centre_id = ${centreOf(context)} and (${id ?? null}::uuid is null or c.id = ${id ?? null}) and (${company ?? null}::uuid is null or c.company_id = ${company ?? null})
     order by c.valid_to < ${context.today}::date or c.balance = 0, c.valid_to, k.name collate "da-x-icu", c.id limit 500`.execute(context.tx);
  return found.rows.map((row) => cardOf(context, row));
}

export const listPunchCards = (context: Context, { query }: InputOf<typeof contract.listPunchCards>): Promise<Card[]> => cards(context, query);

type EntryRow = Omit<contract.PunchEntry, 'can'> & { returned: boolean };

/** @throws not_found, also where the card is other schools’ */
export async function punchCardById(context: Context, id: string): Promise<contract.PunchCardPage> {
  const [card] = await cards(context, { id });
  if (card === undefined) throw problem('not_found');
  const found = await sql<EntryRow>`
    select e.id, e.kind, e.units, e.balance, e.amount, e.about, json_build_object('id', e.school_id, 'name', s.name) school, e.of_id "of", e.day::text, vn.person_name(e.by_id) "by",
           exists (select from vn.punch_card_entry r where r.centre_id = e.centre_id and r.of_id = e.id and r.kind = 'given_back') returned
      from vn.punch_card_entry e join vn.school s on s.centre_id = e.centre_id and s.id = e.school_id where e.centre_id = ${centreOf(context)} and e.card_id = ${id} order by e.no desc`.execute(
    context.tx,
  );
  return { ...card, entries: found.rows.map(({ returned, ...row }) => ({ ...row, can: { change: row.kind === 'used' && !returned && writesAt(context, row.school.id) } })) };
}
export const readPunchCard = (context: Context, { params }: InputOf<typeof contract.readPunchCard>) => punchCardById(context, params.punchCard);

/** A download's output is the file, piece by piece. */
const pieces = (...parts: (string | Buffer)[]) => parts as unknown as string;
const words = () => inLanguage(punchCardsWords, 'da');
const danishDay = (day: string) => day.split('-').reverse().join('.');

export async function downloadPunchCard(context: Context, { params }: InputOf<typeof contract.downloadPunchCard>): Promise<string> {
  const card = await punchCardById(context, params.punchCard);
  const w = words();
  context.nameDownload(`klippekort ${card.company.name}.csv`);
  return pieces(
    csvStart,
    csvLines([
      w.file.ledger,
      ...card.entries
        .toReversed()
        .map(({ day, kind, units, balance, amount, about, school }) => [day, w.kinds[kind], units, balance, kind === 'bought' ? null : sheetKroner(amount), about, school.name]),
    ]),
  );
}

interface Statement {
  company: string;
  school: string;
  name: string;
  units: number;
  balance: number;
  validFrom: string;
  validTo: string;
  /** In words; null: it is not told. */
  price: string | null;
  honouredBy: readonly string[];
  /** The newest first. */
  entries: readonly (Pick<contract.PunchEntry, 'kind' | 'units' | 'balance' | 'about' | 'day'> & { school: string })[];
}

async function statement(context: Context, card: Statement, today: string): Promise<string> {
  const w = words();
  context.nameDownload(`klippekort ${card.company}.pdf`);
  const title = w.file.cardTitle(card.company);
  const document = await pdfOf({
    title,
    at: context.now,
    foot: (page, pages) => w.file.foot(danishDay(today), page, pages),
    parts: [
      {
        title,
        facts: [
          [w.name, card.name],
          [w.seller, card.school],
          [w.valid, w.period(danishDay(card.validFrom), danishDay(card.validTo))],
          ...(card.price === null ? [] : ([[w.price, card.price]] as const)),
          [w.honouredBy, [card.school, ...card.honouredBy].join(', ')],
        ],
        table: {
          heads: w.file.printedLedger,
          rows: card.entries.toReversed().map(({ day, kind, units, balance, about, school }) => [danishDay(day), w.kinds[kind], about, school, units, balance]),
          right: [4, 5],
          wide: [2, 3],
        },
        total: w.left(card.balance, card.units),
      },
    ],
  });
  return pieces(document);
}

export async function printPunchCard(context: Context, { params }: InputOf<typeof contract.printPunchCard>): Promise<string> {
  const card = await punchCardById(context, params.punchCard);
  const w = words();
  return statement(
    context,
    {
      ...card,
      company: card.company.name,
      school: card.school.name,
      price: card.freeBecause === null ? w.file.prices(paperKroner(card.price), paperKroner(card.priceWithVat), card.vat) : w.freeFor(card.freeBecause),
      honouredBy: card.honouring.filter(({ state }) => state === 'agreed').map(({ school }) => school.name),
      entries: card.entries.map((entry) => ({ ...entry, school: entry.school.name })),
    },
    context.today,
  );
}

interface OwnPage {
  company: string;
  today: string;
  cards: Omit<contract.OwnPunchCard, 'state'>[];
}
/** @throws page_gone for an address that opens nothing (any more) */
async function ownPage({ tx }: Context, token: string): Promise<OwnPage> {
  const found = await sql<{ page: OwnPage | null }>`select vn.punch_cards_on_page(${tokenHash(token)}) page`.execute(tx);
  const page = found.rows[0]?.page ?? null;
  if (page === null) throw refuse(contract.readOwnPunchCards, 'page_gone');
  return page;
}

export async function readOwnPunchCards(context: Context, { body }: InputOf<typeof contract.readOwnPunchCards>): Promise<contract.OwnPunchCard[]> {
  const { today, cards: own } = await ownPage(context, body.token);
  return own.map((card) => ({ ...card, state: stateOf(card, today), entries: card.entries.slice(0, 5) }));
}

export async function printOwnPunchCard(context: Context, { params, body }: InputOf<typeof contract.printOwnPunchCard>): Promise<string> {
  const { company, today, cards: own } = await ownPage(context, body.token);
  const card = own.find(({ id }) => id === params.punchCard);
  if (card === undefined) throw problem('not_found');
  return statement(context, { ...card, company, price: null }, today);
}

type Line = contract.Settlements['pairs'][number]['lines'][number];
interface SettledRow extends Omit<Line, 'withVat'> {
  seller: School;
  at: School;
}

export async function readSettlements(context: Context, { query }: { query: { from?: string | undefined; to?: string | undefined } }): Promise<contract.Settlements> {
  const to = query.to ?? context.today;
  const from = query.from ?? `${to.slice(0, 8)}01`;
  if (from > to) throw refuse(contract.readSettlements, 'days_reversed', { fields: [{ path: 'from', code: 'days_reversed' }] });
  const { roles, schoolId } = context.actor;
  const found = await sql<SettledRow>`
    select json_build_object('id', s.id, 'name', s.name) seller, json_build_object('id', o.id, 'name', o.name) at, e.day::text, json_build_object('id', c.id, 'name', c.name) card, k.name company, -e.units units, e.amount, c.vat,
           coalesce((select m.about from vn.punch_card_entry m where m.centre_id = e.centre_id and m.of_id = e.id and m.kind = 'moved' order by m.no desc limit 1), e.about) about
      from vn.punch_card_entry e join vn.punch_card c on c.centre_id = e.centre_id and c.id = e.card_id join vn.company k on k.id = c.company_id
      join vn.school s on s.centre_id = c.centre_id and s.id = c.school_id join vn.school o on o.centre_id = e.centre_id and o.id = e.school_id
     where e.centre_id = ${centreOf(context)} and e.kind in ('used', 'given_back') and e.school_id <> c.school_id and e.day between ${from}::date and ${to}::date
       and (${roles.includes('coordinator')} or ${schoolId}::uuid in (c.school_id, e.school_id))
     order by s.name collate "da-x-icu", s.id, o.name collate "da-x-icu", o.id, e.day, c.id, e.no`.execute(context.tx);
  const pairs = [...Map.groupBy(found.rows, ({ seller, at }) => `${seller.id} ${at.id}`).values()].map((rows) => {
    const lines = rows.map(({ seller: _seller, at: _at, ...row }) => ({ ...row, withVat: withVat(row.amount, row.vat) }));
    const sum = (of: (line: Line) => number) => lines.reduce((total, line) => total + of(line), 0);
    const [first] = rows as [SettledRow];
    return { from: first.seller, to: first.at, lines, units: sum(({ units }) => units), amount: sum(({ amount }) => amount), withVat: sum((line) => line.withVat) };
  });
  return { from, to, pairs };
}

export async function downloadSettlements(context: Context, { query }: InputOf<typeof contract.downloadSettlements>): Promise<string> {
  const { from, to, pairs } = await readSettlements(context, { query });
  context.nameDownload(`afregning klippekort ${from} - ${to}.csv`);
  return pieces(
    csvStart,
    csvLines([
      words().file.settled,
      ...pairs.flatMap((pair) =>
        pair.lines.map(({ day, card, company, about, units, amount, vat, withVat: all }) => [
          pair.from.name,
          pair.to.name,
          day,
          card.name,
          company,
          about,
          units,
          sheetKroner(amount),
          vat,
          sheetKroner(all),
        ]),
      ),
    ]),
  );
}

export async function printSettlements(context: Context, { query }: InputOf<typeof contract.printSettlements>): Promise<string> {
  const { from, to, pairs } = await readSettlements(context, { query });
  const w = words();
  context.nameDownload(`afregning klippekort ${from} - ${to}.pdf`);
  const period: [string, string] = [w.file.period, w.period(danishDay(from), danishDay(to))];
  const table = { heads: w.file.printedSettled, right: [4, 5, 6], wide: [1, 2, 3] };
  const document = await pdfOf({
    title: w.settlements,
    at: context.now,
    foot: (page, pages) => w.file.foot(danishDay(context.today), page, pages),
    parts:
      pairs.length === 0
        ? [{ title: w.settlements, facts: [period], table: { ...table, rows: [] }, total: w.noSettlements }]
        : pairs.map((pair) => ({
            title: w.file.pairTitle,
            facts: [period, [w.owes, pair.from.name], [w.isOwed, pair.to.name]],
            table: {
              ...table,
              rows: pair.lines.map(({ day, card, company, about, units, amount, withVat: all }) => [danishDay(day), company, card.name, about, units, paperKroner(amount), paperKroner(all)]),
            },
            total: w.file.owed(paperKroner(pair.amount), paperKroner(pair.withVat)),
          })),
  });
  return pieces(document);
}
