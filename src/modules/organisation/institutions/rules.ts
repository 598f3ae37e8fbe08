/** Names under which providers give out civil registration numbers: cpr in any spelling, WAYF's schacPersonalUniqueID, a broker's ssn. Never asked for, kept or logged. */
export const namesCpr = (name: string): boolean => /cpr|personaluniqueid|(^|[^a-z])ssn([^a-z]|$)/i.test(name);

export const kinds = ['mitid_erhverv', 'unilogin', 'wayf', 'other'] as const;
type Kind = (typeof kinds)[number];

/** What the usual providers call things; a centre may write it otherwise. */
export const templates: Record<Kind, { scope: string; idpValues: string; subjectClaim: string; emailClaim: string; companyClaim: string }> = {
  mitid_erhverv: { scope: 'openid nemlogin', idpValues: 'mitid_erhverv', subjectClaim: 'nemlogin.persistent_professional_id', emailClaim: 'nemlogin.email', companyClaim: 'nemlogin.cvr' },
  unilogin: { scope: 'openid', idpValues: '', subjectClaim: 'uniid', emailClaim: '', companyClaim: '' },
  wayf: { scope: 'openid email', idpValues: '', subjectClaim: 'sub', emailClaim: 'mail', companyClaim: 'cvrNumberIdentifier' },
  other: { scope: 'openid email', idpValues: '', subjectClaim: 'sub', emailClaim: 'email', companyClaim: '' },
};

interface Mapping {
  subjectClaim: string;
  emailClaim: string | null;
  companyClaim: string | null;
}
/** The claims that are read, and no other. */
export const wantedClaims = ({ subjectClaim, emailClaim, companyClaim }: Mapping): string[] => [
  ...new Set([subjectClaim, ...(emailClaim === null ? [] : [emailClaim, 'email_verified']), ...(companyClaim === null ? [] : [companyClaim])]),
];

/**
 * Who a provider says it is.
 * @returns null where the claim that tells persons apart is missing. An address counts only where `email_verified` is true itself, not a word that looks like it
 */
export function readClaims(claims: Record<string, unknown>, { subjectClaim, emailClaim, companyClaim }: Mapping): { subject: string; verifiedEmail: string | null; company: string | null } | null {
  const text = (name: string | null) => {
    const value = name === null ? undefined : claims[name];
    const one = Array.isArray(value) && value.length === 1 ? value[0] : value; // WAYF's attributes are lists
    return typeof one === 'string' && one.trim() !== '' && one.length <= 500 ? one.trim() : typeof one === 'number' ? String(one) : null;
  };
  const subject = text(subjectClaim);
  if (subject === null) return null;
  return { subject, verifiedEmail: claims.email_verified === true ? text(emailClaim) : null, company: text(companyClaim)?.replace(/^DK/i, '') ?? null };
}
