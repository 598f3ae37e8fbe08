import * as z from 'zod';

/** One brand per kind of thing, so that a school's id cannot be handed in where a company's is meant. */
export const idOf = <Kind extends string>(_kind: Kind) => z.guid().brand<Kind>();
