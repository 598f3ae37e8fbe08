import { phases, type Service } from './contract.ts';

/**
 * What a company meets around a course, in its order (row 4.08): what clarifies before, what goes on beside, what follows up. Services for any course belong to
 * every chain, those for one course to its own.
 * @param course null: those for any course
 */
export const chainOf = <S extends Pick<Service, 'phase' | 'course' | 'retired'>>(services: readonly S[], course: string | null): { phase: (typeof phases)[number]; services: S[] }[] =>
  phases.map((phase) => ({ phase, services: services.filter((each) => each.phase === phase && !each.retired && (each.course === null || each.course.id === course)) }));
