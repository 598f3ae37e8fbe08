import { words } from '../../../kit/words.ts';

export const settingsProblems = words({ hours_reversed: 'Tiden til skal være senere end tiden fra.' }, { hours_reversed: 'The end must be later than the start.' });
