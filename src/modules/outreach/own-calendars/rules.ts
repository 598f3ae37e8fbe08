/** So long what was read last still counts; afterwards the owner does as busy. The same as vn.calendar_grace() in the database. */
export const graceHours = 2;
/** Days ahead that are read. */
export const horizonDays = 365;
export const linksAtMost = 5;

/**
 * Seconds until a calendar is read again: about a minute where the server tells whether anything changed, five where everything must be fetched, and twice as
 * long after every failure, up to half an hour. A little less than whole minutes: the house looks once a minute.
 */
export function nextRead(failures: number, tellsChanges: boolean): number {
  if (failures > 0) return Math.min(30, 2 ** Math.min(failures, 5)) * 60 - 10;
  return (tellsChanges ? 1 : 5) * 60 - 10;
}

/** What was read reaches far enough only so long: a series that never ends is worked out up to a day, and the server does not say when that day comes near. */
export const reachesFar = (until: string | null, atLeast: string): boolean => until !== null && until >= atLeast;

/** webcal is https by another name; calendar programs write it so. A server may be named without one. */
export function readAddress(written: string): string {
  const text = written.trim();
  if (/^webcals?:\/\//i.test(text)) return text.replace(/^webcals?/i, 'https');
  return /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[a-z0-9.-]+:\d+(\/|$)/i.test(text) ? text : `https://${text}`;
}

/** How a link is, from what the last tries left. */
export function stateOf(it: { failingSince: Date | null; readAt: Date | null; kind: 'address' | 'account'; chosen: boolean }, now: Date): 'waiting' | 'choose' | 'good' | 'failing' | 'broken' {
  if (it.failingSince !== null) return now.getTime() - it.failingSince.getTime() >= graceHours * 3_600_000 ? 'broken' : 'failing';
  if (it.readAt === null) return 'waiting';
  return it.chosen ? 'good' : 'choose';
}
