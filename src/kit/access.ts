/** What a person may be in a centre (or, for the ministry reader, nationally). Closed list: row policies and contracts name these words. */
export const roles = ['consultant', 'manager', 'coordinator', 'agent', 'register', 'data_protection', 'administrator', 'ministry'] as const;
export type Role = (typeof roles)[number];

/**
 * The database role that a request runs as. The first wall of tenant separation: what no screen of an audience does, its database role cannot do.
 * visitor: nobody is signed in · staff: people of schools and the centre · agent: the external call centre · ministry: published figures only · post: the job that sends mail · import: the job that reads company files · protection: whoever looks after data protection, in the work that the role brings.
 */
export type Audience = 'visitor' | 'staff' | 'agent' | 'ministry' | 'post' | 'import' | 'protection';

/** Who may ever call an endpoint: anyone, anyone signed in, or holders of one of the roles. Rows and state are asked about later. */
export type Access = 'anyone' | 'signed-in' | readonly Role[];

/** An agent or ministry hat never mixes with a staff hat, so the first role decides. */
export function audienceOf(held: readonly Role[]): Audience {
  if (held.includes('agent')) return 'agent';
  if (held.includes('ministry')) return 'ministry';
  return 'staff';
}
