import { sql } from 'kysely';
import { type Endpoint, type ErrorOf, type InputOf, refuse } from '../../../../kit/endpoint.ts';
import { problem } from '../../../../kit/problem.ts';
import { type Context, centreOf, personOf } from '../../../../platform/http/context.ts';
import { violates } from '../../../../platform/http/database-problems.ts';
import * as contract from '../contract.ts';
import { punchCardById } from './queries.ts';

type Page = contract.PunchCardPage;

export async function sellPunchCard(context: Context, { body }: InputOf<typeof contract.sellPunchCard>): Promise<Page> {
  const centre = centreOf(context);
  const { actor, tx } = context;
  const schools = await tx
    .selectFrom('school')
    .select('id')
    .where('centre_id', '=', centre)
    .where('id', 'in', [body.school, ...body.schools])
    .execute();
  const known = new Set<string>(schools.map(({ id }) => id));
  const strange = [body.school, ...body.schools].findIndex((each) => !known.has(each));
  if (strange >= 0) throw problem('invalid', { fields: [{ path: strange === 0 ? 'school' : `schools.${strange - 1}`, code: 'unknown' }] });
  if (!actor.roles.includes('coordinator') && actor.schoolId !== body.school) throw refuse(contract.sellPunchCard, 'punch_card_not_yours');
  const company = await tx.selectFrom('relation').select('company_id').where('centre_id', '=', centre).where('company_id', '=', body.company).executeTakeFirst();
  if (company === undefined) throw refuse(contract.sellPunchCard, 'company_unknown', { fields: [{ path: 'company', code: 'company_unknown' }] });
  const id = context.newId();
  await tx
    .insertInto('punch_card')
    .values({
      centre_id: centre,
      id,
      school_id: body.school,
      company_id: body.company,
      name: body.name,
      units: body.units,
      price: body.price,
      vat: body.vat,
      free_because: body.freeBecause,
      valid_from: body.validFrom,
      valid_to: body.validTo,
      schools: [body.school, ...body.schools],
      sold_by: personOf(context),
      sold_at: context.now.toISOString(),
    })
    .execute();
  if (body.schools.length > 0)
    await tx
      .insertInto('punch_card_school')
      .values(body.schools.map((school) => ({ centre_id: centre, card_id: id, school_id: school })))
      .execute();
  await write(context, { id: context.newId(), card: id, kind: 'bought', units: body.units, about: body.name, school: body.school, of: null, day: context.today });
  await context.audit('punch_card.sold', id);
  return punchCardById(context, id);
}

export async function answerPunchCard(context: Context, { params, body }: InputOf<typeof contract.answerPunchCard>): Promise<Page> {
  const card = await punchCardById(context, params.punchCard);
  if (!card.can.answer || context.actor.schoolId === null) throw refuse(contract.answerPunchCard, 'punch_card_not_yours');
  await context.tx
    .updateTable('punch_card_school')
    .set({ state: body.agreed ? 'agreed' : 'declined', answered_by: personOf(context), answered_at: context.now.toISOString() })
    .where('centre_id', '=', centreOf(context))
    .where('card_id', '=', params.punchCard)
    .where('school_id', '=', context.actor.schoolId)
    .execute();
  await context.audit(body.agreed ? 'punch_card.agreed' : 'punch_card.declined', params.punchCard);
  return punchCardById(context, params.punchCard);
}

interface Entry {
  id: string;
  card: string;
  kind: contract.PunchEntry['kind'];
  units: number;
  about: string;
  school: string;
  of: string | null;
  day: string;
}

const write = (context: Context, { id, card, kind, units, about, school, of, day }: Entry) =>
  context.tx
    .insertInto('punch_card_entry')
    .values({ centre_id: centreOf(context), id, card_id: card, kind, units, about, school_id: school, of_id: of, day, by_id: personOf(context), at: context.now.toISOString() })
    .execute();

/** What the ledger says no with, by the name of what stands in the way. */
const refusals = {
  punch_card_balance: 'punch_card_empty',
  punch_card_valid: 'punch_card_not_valid',
  punch_card_honoured: 'punch_card_not_honoured',
  punch_card_use: 'punch_use_gone',
  punch_card_entry_pkey: 'punch_entry_differs',
} as const;

/**
 * Writes an entry under the key that the sender gave, once. Whoever writes waits for the one before, so the same key finds its entry; what may not be is the
 * database's to say.
 * @param make the entry, from the card as it is now; may refuse
 */
async function enter<E extends Endpoint>(context: Context, endpoint: E, card: string, make: (now: Page) => Entry): Promise<Page> {
  await sql`select vn.lock_punch_card(${card})`.execute(context.tx);
  const now = await punchCardById(context, card);
  const entry = make(now);
  const before = now.entries.find(({ id }) => id === entry.id);
  if (before !== undefined) {
    const same =
      before.kind === entry.kind &&
      before.units === entry.units &&
      before.about === entry.about &&
      before.school.id === entry.school &&
      before.of === entry.of &&
      (entry.kind !== 'used' || before.day === entry.day);
    if (!same) throw refuse(endpoint, 'punch_entry_differs' as ErrorOf<E>);
    return now;
  }
  await write(context, entry).catch((error: unknown) => {
    for (const [constraint, code] of Object.entries(refusals)) if (violates(error, constraint)) throw refuse(endpoint, code as ErrorOf<E>);
    throw error;
  });
  await context.audit(`punch_card.${entry.kind}`, card, { entry: entry.id });
  return punchCardById(context, card);
}

export const drawPunchCard = (context: Context, { params, body }: InputOf<typeof contract.drawPunchCard>): Promise<Page> =>
  enter(context, contract.drawPunchCard, params.punchCard, ({ can, school, honouring }) => {
    if (!can.useAt.includes(body.school)) {
      const asked = body.school === school.id || honouring.some((each) => each.school.id === body.school);
      const mine = context.actor.roles.includes('coordinator') || context.actor.schoolId === body.school;
      throw refuse(contract.drawPunchCard, asked && mine ? 'punch_card_not_honoured' : 'punch_card_not_yours');
    }
    return { id: body.entry, card: params.punchCard, kind: 'used', units: -body.units, about: body.about, school: body.school, of: null, day: body.day };
  });

/** A use that whoever asks may give back or move. */
function useIn(context: Context, endpoint: typeof contract.giveBackUnits | typeof contract.moveUnits, { entries }: Page, id: string): contract.PunchEntry {
  const use = entries.find((each) => each.id === id && each.kind === 'used');
  if (use === undefined) throw refuse(endpoint, 'punch_use_gone');
  if (!context.actor.roles.includes('coordinator') && context.actor.schoolId !== use.school.id) throw refuse(endpoint, 'punch_card_not_yours');
  return use;
}

export const giveBackUnits = (context: Context, { params, body }: InputOf<typeof contract.giveBackUnits>): Promise<Page> =>
  enter(context, contract.giveBackUnits, params.punchCard, (now) => {
    const use = useIn(context, contract.giveBackUnits, now, body.use);
    return { id: body.entry, card: params.punchCard, kind: 'given_back', units: -use.units, about: body.because, school: use.school.id, of: use.id, day: context.today };
  });

export const moveUnits = (context: Context, { params, body }: InputOf<typeof contract.moveUnits>): Promise<Page> =>
  enter(context, contract.moveUnits, params.punchCard, (now) => {
    const use = useIn(context, contract.moveUnits, now, body.use);
    return { id: body.entry, card: params.punchCard, kind: 'moved', units: 0, about: body.about, school: use.school.id, of: use.id, day: context.today };
  });
