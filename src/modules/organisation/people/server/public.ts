/** Who may give which role, and where it is held: keys ask the same. */
export { mayGive, placeFits } from '../rules.ts';
