import { addMonths } from '../../../../kit/calendar-day.ts';
import { type Context, centreOf } from '../../../../platform/http/context.ts';

/** Who was visited need not be asked again at once: the next time is as many months from today, in the transaction of the report (row 2.32). */
export async function visitedMeanwhile(context: Context, company: string): Promise<void> {
  const key = { centre: centreOf(context), company };
  const plan = await context.tx.selectFrom('keep_up').select(['every_months', 'next_on']).where('centre_id', '=', key.centre).where('company_id', '=', company).executeTakeFirst();
  if (plan === undefined) return;
  const next = addMonths(context.today, plan.every_months);
  if (next <= plan.next_on) return;
  await context.tx
    .updateTable('keep_up')
    .set(({ eb }) => ({ next_on: next, version: eb('version', '+', 1) }))
    .where('centre_id', '=', key.centre)
    .where('company_id', '=', company)
    .execute();
}
