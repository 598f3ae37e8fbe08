/** Days between the announcement of an evaluation and the first figure (row 3.07). */
export const noticeDays = 14;

/** Whether an index says anything: 1 lies outside its interval. */
export const leans = ({ low, high }: { low: number; high: number }): 'own' | 'others' | 'even' => (low > 1 ? 'own' : high < 1 ? 'others' : 'even');
