import type { Role } from '../../../kit/access.ts';
import type { PartnershipPage, PartnershipText } from './contract.ts';

type Writing = Pick<PartnershipText, 'companyExpects' | 'centreExpects' | 'companyRole' | 'centreRole' | 'companyDuties' | 'centreDuties'>;

/** What neither side has written yet (row 4.09): both before anybody signs. The database asks the same of every text that leaves the draft. */
export function missingIn({ companyExpects, centreExpects, companyRole, centreRole, companyDuties, centreDuties }: Writing): string[] {
  const empty = (path: string, texts: readonly string[]) => texts.flatMap((text, at) => (text === '' ? [`${path}.${at}`] : []));
  return [
    ...empty('companyExpects', companyExpects),
    ...empty('centreExpects', centreExpects),
    ...Object.entries({ companyRole, centreRole, companyDuties, centreDuties }).flatMap(([path, text]) => (text === '' ? [path] : [])),
  ];
}

interface Who {
  personId: string | null;
  roles: readonly Role[];
}
/** What somebody may do now. The owner and the coordinator write and sign for the centre; `texts` are the newest first. */
export function rightsOver({ personId, roles }: Who, owner: string, texts: readonly Pick<PartnershipText, 'no' | 'state' | 'centreSigned'>[]): PartnershipPage['can'] {
  const mine = mayWrite({ personId, roles }, owner);
  const [newest] = texts;
  const draft = mine && newest?.state === 'draft';
  const awaiting = mine && newest?.state === 'awaiting';
  const holds = mine && texts.some(({ state }) => state === 'signed');
  return {
    write: draft,
    offer: draft,
    reopen: awaiting,
    sign: awaiting && newest.centreSigned === null,
    renew: mine && (newest?.state === 'signed' || (newest?.state === 'ended' && newest.centreSigned !== null)),
    discard: (draft || awaiting) && newest.no > 1,
    review: holds,
    end: draft || awaiting || holds,
    hand: roles.includes('coordinator'),
  };
}

export const mayWrite = ({ personId, roles }: Who, owner: string): boolean => roles.includes('coordinator') || (roles.includes('consultant') && personId === owner);
