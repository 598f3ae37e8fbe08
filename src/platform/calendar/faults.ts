import { OutsideError, type OutsideFault } from '../outside.ts';

/** Why a calendar outside was not read or written; the words for it stand with whoever shows them. */
export const calendarFaults = [
  'calendar_refused', // 401, 403: the password is wrong, or it is no longer shared
  'calendar_gone', // 404, 410
  'calendar_ill', // the server has a fault of its own, or asks to be left alone
  'calendar_unreachable',
  'calendar_certificate',
  'calendar_inside',
  'calendar_insecure',
  'calendar_slow',
  'calendar_redirects',
  'calendar_garbled',
  'calendar_too_large',
  'calendar_too_many',
  'calendar_endless',
  'calendar_broken',
  'calendar_page', // a web page where a calendar should be
  'calendar_no_account', // no CalDAV server, or one without calendars
  'calendar_read_only',
  'calendar_locked', // sealed under a key that is gone
] as const;
export type CalendarFaultCode = (typeof calendarFaults)[number];

export class CalendarFault extends Error {
  readonly code: CalendarFaultCode;
  constructor(code: CalendarFaultCode) {
    super(code);
    this.code = code;
  }
}

const codes: Record<OutsideFault, CalendarFaultCode> = {
  address: 'calendar_redirects', // the first address was looked at when it was written
  inside: 'calendar_inside',
  insecure: 'calendar_insecure',
  unreachable: 'calendar_unreachable',
  certificate: 'calendar_certificate',
  slow: 'calendar_slow',
  too_large: 'calendar_too_large',
  redirects: 'calendar_redirects',
  unreadable: 'calendar_garbled',
};

export const faultOfStatus = (status: number): CalendarFaultCode => (status === 401 || status === 403 ? 'calendar_refused' : status === 404 || status === 410 ? 'calendar_gone' : 'calendar_ill');

/** Any error on the way to a calendar as one of the above; what the other side said is in none. */
export function calendarFault(error: unknown, otherwise: CalendarFaultCode): CalendarFault {
  if (error instanceof CalendarFault) return error;
  return new CalendarFault(error instanceof OutsideError ? codes[error.fault] : otherwise);
}
