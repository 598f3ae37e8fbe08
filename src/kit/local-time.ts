import { Temporal } from 'temporal-polyfill';

/**
 * The instant at which a clock on the wall in `zone` shows `time` on `day`. An hour that a spring night skips is read as the hour after it; of one that an
 * autumn night has twice, the first is meant.
 * @param time 'HH:MM'
 * @returns milliseconds since 1970
 */
export const instantOf = (zone: string, day: string, time: string): number => Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).epochMilliseconds;

/** Whether the machine knows a zone by this name. */
export function isZone(name: string): boolean {
  try {
    Temporal.PlainDateTime.from('2026-01-01T00:00').toZonedDateTime(name);
    return true;
  } catch {
    return false;
  }
}
