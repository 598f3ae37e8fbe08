import { type Context, centreOf } from '../../../../platform/http/context.ts';
import { usualForms } from '../contract.ts';

/** Whether a form of delivery is one of the usual ones or one of the centre's own that is not retired (row 4.25). */
export async function deliveryKnown(context: Context, code: string): Promise<boolean> {
  if ((usualForms as readonly string[]).includes(code)) return true;
  const own = await context.tx.selectFrom('delivery_form').select('retired').where('centre_id', '=', centreOf(context)).where('code', '=', code).executeTakeFirst();
  return own !== undefined && !own.retired;
}
