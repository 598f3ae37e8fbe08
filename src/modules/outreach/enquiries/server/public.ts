import { sql } from 'kysely';
import { sectionOf } from '../../../../kit/industries.ts';
import type { Context } from '../../../../platform/http/context.ts';
import { assign } from '../../meetings/server/public.ts';

interface Inputs {
  window: number;
  lead: number;
  division: string | null;
  contactPerson: string | null;
  schools: { school: string; share: number; booked: number; weeksIn: number }[];
  consultants: { consultant: string; school: string | null; industries: string[] }[];
}

/**
 * Who gets a company that comes to the centre (rows 2.35, 2.29, 3.05): its contact person, in holidays the deputy; else by the rule that shares out meetings. For the
 * house: it asks with a coordinator's rights.
 * @param seed decides where schools stand equal
 * @returns with what the rule was told, for whoever wants to check it; null when nobody is there today
 */
export async function ownerByRule({ tx }: Context, company: string | null, seed: string) {
  const found = await sql<{ inputs: Inputs }>`select vn.enquiry_inputs(${company}) inputs`.execute(tx);
  const told = found.rows[0]?.inputs;
  if (told === undefined) return null;
  const { contactPerson, consultants } = told;
  if (contactPerson !== null)
    return { consultant: contactPerson, school: consultants.find(({ consultant }) => consultant === contactPerson)?.school ?? null, because: 'contact_person' as const, told };
  const section = sectionOf(told.division);
  const candidates = consultants.map(({ consultant, school, industries }) => ({ consultant, school, knows: section !== null && industries.includes(section) }));
  const ruled = assign(candidates, told.schools, { window: told.window, lead: told.lead }, seed);
  return ruled === null ? null : { consultant: ruled.consultant, school: ruled.school, because: ruled.because, told };
}
