import { v7 } from 'uuid';

/** A new uuid v7: sorts by the time it was made. PostgreSQL 15 has none of its own, so the application makes them. */
export const newId = (at: Date): string => v7({ msecs: at.getTime() });
