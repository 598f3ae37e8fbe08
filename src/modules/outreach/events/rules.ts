/** What a letter is about: from what a party was told last to what is so now (see vn.event_letters). Null: nothing worth a mail. */
export type Letter = 'invited' | 'confirmed' | 'waiting' | 'changed' | 'moved_up' | 'cancelled' | 'called_off';

const kindOf = (told: string | null) => (told === null ? null : (/^\D*/.exec(told)?.[0] ?? ''));

/** @param before what was said last, or null: nothing yet */
export function letterFor(before: string | null, now: string): Letter | null {
  const [was, is] = [kindOf(before), kindOf(now)];
  switch (is) {
    case 'invited':
      return was === null ? 'invited' : null;
    case 'in':
      return was === 'in' ? 'changed' : was === 'waiting' ? 'moved_up' : 'confirmed';
    case 'waiting':
      // Whoever waits is told of another day too: perhaps it suits no longer.
      return 'waiting';
    case 'out':
      return was === 'in' || was === 'waiting' ? 'cancelled' : null;
    case 'off':
      return was === 'in' || was === 'waiting' || was === 'invited' ? 'called_off' : null;
    default:
      return null;
  }
}
