import * as z from 'zod';

/** From the year 1000 to 8999, as days of the calendar are: the database has no year 0, and years of five digits are written differently everywhere. */
const inReach = (at: string) => at >= '1000' && at < '9000';
const outOfReach = { params: { code: 'format' } };

/** A moment in time, ISO 8601 in UTC, as `2026-11-17T08:20:00.000Z`. */
export const instant = z.iso.datetime().refine(inReach, outOfReach);

/** A moment that people may also send with an offset, as `2026-11-17T09:20:00+01:00`. */
export const instantAnywhere = z.iso.datetime({ offset: true }).refine(inReach, outOfReach);
