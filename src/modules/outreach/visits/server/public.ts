import { type Context, personOf } from '../../../../platform/http/context.ts';
import * as contract from '../contract.ts';

/**
 * Makes a draft of somebody's mail, in that person's transaction; its number is the mail's, so that a mail makes one.
 * @param files within the limits that the mail was read with
 * @returns false where there is one, or was and was sent
 */
export async function draftFromMail(
  context: Context,
  draft: string,
  { about, visitedOn }: { about: string; visitedOn: string },
  files: readonly { name: string; content: Uint8Array }[],
): Promise<boolean> {
  const { tx, now } = context;
  const own = { centre_id: context.actor.centreId ?? '', person_id: personOf(context) };
  const content = contract.writeDraft.body?.parse({ visitedOn, about });
  const made = await tx
    .insertInto('visit_draft')
    .values({ ...own, id: draft, source: 'mail', content: JSON.stringify(content), written_at: now.toISOString() })
    .onConflict((clash) => clash.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made === undefined) return false;
  for (const file of files)
    await tx
      .insertInto('visit_file')
      .values({ ...own, draft_id: draft, id: context.newId(), name: file.name, bytes: file.content.length, content: Buffer.from(file.content), at: now.toISOString() })
      .execute();
  return true;
}
