import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/transaction.ts';
import type { DeliveryReport } from '../../../../platform/mail/delivery-report.ts';
import { tokenHash } from '../../../../platform/secret-address.ts';
import { returnedBecause } from '../rules.ts';

/**
 * Keeps what a server reported about a mail of ours. Where nobody has the address, the people of that centre who bear it are marked.
 * @param tx as the postman
 * @param token out of the address that the report came to; one that is nobody's, or whose mail came back before, does nothing
 */
export async function mailCameBack(tx: Tx, token: string, { final, status }: DeliveryReport): Promise<void> {
  await sql`select vn.mail_came_back(${tokenHash(token)}, ${status}, ${final}, ${returnedBecause(status) === 'no_address'})`.execute(tx);
}
