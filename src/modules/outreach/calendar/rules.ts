import { weekdayOf } from '../../../kit/week.ts';

interface Stretch {
  weekday: number;
  starts: string;
  ends: string;
}

/** Working hours end after they begin, and no two stretches of a day overlap; three a day at most. */
export function hoursFit(all: readonly Stretch[]): boolean {
  const sorted = [...all].sort((a, b) => a.weekday - b.weekday || a.starts.localeCompare(b.starts));
  return sorted.every(({ weekday, starts, ends }, at) => {
    const before = sorted[at - 1];
    return starts < ends && (before === undefined || before.weekday !== weekday || before.ends <= starts) && sorted.filter((each) => each.weekday === weekday).length <= 3;
  });
}

const yearOf = (day: string) => Number(day.slice(0, 4));

/** A lesson ends after it begins, and its weekday comes at least once between its days, which are at most two years apart. */
export function lessonFits({ weekday, starts, ends, from, to }: Stretch & { from: string; to: string }): boolean {
  if (starts >= ends || from > to || yearOf(to) - yearOf(from) > 2) return false;
  return from !== to || weekdayOf(from) === weekday;
}

/** Who may write absences: the consultant, the manager of the same school, the coordinator. */
export const mayWriteAbsence = (writer: { personId: string | null; roles: readonly string[]; schoolId: string | null }, person: string, school: string | null): boolean =>
  writer.personId === person || writer.roles.includes('coordinator') || (writer.roles.includes('manager') && school !== null && school === writer.schoolId);
