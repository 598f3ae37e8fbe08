/** What makes two enquiries one: the same company, or the same way back to whoever asked, within so many days (row 2.35). */
export const joinedWithinDays = 30;

export interface Asked {
  company: string | null;
  cvr: string | null;
  companyName: string;
  town: string | null;
  phone: string | null;
  email: string | null;
  channel: string;
  /** Who handed it over. */
  adviser: string | null;
}

const digits = (phone: string | null) => (phone ?? '').replaceAll(/\D/g, '').slice(-8);
const plain = (name: string) =>
  name
    .toLowerCase()
    .replaceAll(/\b(a\/s|aps|i\/s|ivs|k\/s|amba)\b|[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Whether two come through the same door: a tip about a company is another thing than its own question, and what an adviser handed over is that adviser's. */
const sameDoor = (one: Asked, other: Asked): boolean => (one.channel === 'tip') === (other.channel === 'tip') && one.adviser === other.adviser;

/**
 * Whether a new enquiry belongs to an earlier one that is still open. A name alone is too little: it must come with the same number or address. One adviser who hands
 * over the same name in the same town means the same company.
 */
export function sameEnquiry(one: Asked, other: Asked): boolean {
  if (!sameDoor(one, other)) return false;
  if (one.company !== null && one.company === other.company) return true;
  if (one.cvr !== null && one.cvr === other.cvr) return true;
  const sameWay = (digits(one.phone).length === 8 && digits(one.phone) === digits(other.phone)) || (one.email !== null && one.email.toLowerCase() === other.email?.toLowerCase());
  if (plain(one.companyName) !== plain(other.companyName)) return false;
  return sameWay || (one.adviser !== null && plain(one.town ?? '') === plain(other.town ?? ''));
}

/** Whether somebody waits too long: an urgent one after a working day, others after two. */
export const overdue = (workingDays: number, urgent: boolean): boolean => workingDays >= (urgent ? 1 : 2);
