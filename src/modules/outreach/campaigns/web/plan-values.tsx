import type { Campaign, Criteria } from '../contract.ts';

type Plan = Pick<Campaign, 'name' | 'goal' | 'why' | 'aim' | 'routes' | 'starts' | 'ends' | 'pickedBy' | 'criteria' | 'draw' | 'scripts'>;

/** A plan as its form holds it. */
export const valuesOf = ({ name, goal, why, aim, routes: by, starts, ends, pickedBy, criteria, draw, scripts }: Plan) => ({
  name,
  goal,
  why,
  aim,
  routes: by as string[],
  starts,
  ends,
  pickedBy,
  criteria: { ...criteria, sector: criteria.sector ?? ('' as '' | 'private' | 'public') },
  draw: draw === null ? '' : String(draw),
  scripts,
});
export type PlanValues = ReturnType<typeof valuesOf>;
export const criteriaOf = ({ criteria }: PlanValues): Criteria => ({ ...criteria, sector: criteria.sector === '' ? null : criteria.sector });
/** Null takes all; what is no whole number is named before it is sent. */
export const drawOf = ({ draw }: PlanValues): number | null => (/^\d+$/.test(draw.trim()) ? Number(draw.trim()) : null);

export const blank: Plan = {
  name: '',
  goal: '',
  why: '',
  aim: 'breadth',
  routes: ['call_centre'],
  starts: '',
  ends: '',
  pickedBy: 'criteria',
  criteria: { industries: [], sizes: [], municipalities: [], sector: null, neverContacted: false },
  draw: null,
  scripts: [{ language: 'da', text: '' }],
};
