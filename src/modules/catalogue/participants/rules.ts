/** So many months after the class ends the names of its participants are forgotten (docs/privacy.md). */
export const keptMonths = 6;

interface Session {
  starts: string;
  ends: string;
}
/** Clock hours of some sessions, to the quarter. */
export const hoursOf = (sessions: readonly Session[]): number => Math.round(sessions.reduce((sum, { starts, ends }) => sum + (Date.parse(ends) - Date.parse(starts)) / 3_600_000, 0) * 4) / 4;
