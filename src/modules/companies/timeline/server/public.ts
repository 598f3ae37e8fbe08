import { type Context, centreOf } from '../../../../platform/http/context.ts';

interface Entry {
  company: string;
  kind: `${string}.${string}`;
  subject?: string;
  /** Set where only this school may read it. */
  school?: string;
  data?: Record<string, unknown>;
}

/** Writes a line of a company's timeline in the transaction of what happened; every module uses this one. */
export async function writeEntry(context: Context, { company, kind, subject, school, data = {} }: Entry): Promise<void> {
  await context.tx
    .insertInto('timeline_entry')
    .values({
      centre_id: centreOf(context),
      id: context.newId(),
      company_id: company,
      at: context.now.toISOString(),
      kind,
      subject: subject ?? null,
      person_id: context.actor.personId,
      school_id: school ?? null,
      data: JSON.stringify(data),
    })
    .execute();
}
