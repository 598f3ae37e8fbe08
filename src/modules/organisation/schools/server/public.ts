import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { hasLeft } from '../rules.ts';

/**
 * The schools of the centre on the centre's day of today, by id: those that have left are not among them, and one on its last day is. In SQL the same is asked of
 * `vn.school_here(school, day)`.
 * @param staying only those that have written no last day: what is shared out for the time ahead goes to them alone
 */
export async function schoolsOfToday(context: Context, { staying = false } = {}): Promise<{ id: string; name: string; lastDay: string | null }[]> {
  const rows = await context.tx.selectFrom('school').select(['id', 'name', 'left_on']).where('centre_id', '=', centreOf(context)).orderBy('id').execute();
  return rows.filter(({ left_on }) => !hasLeft(left_on, context.today) && (!staying || left_on === null)).map(({ id, name, left_on }) => ({ id, name, lastDay: left_on }));
}
