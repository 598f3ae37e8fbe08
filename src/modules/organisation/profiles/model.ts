/** Languages one meets at Danish workplaces, as ISO 639-1. */
export const spoken = ['da', 'en', 'de', 'pl', 'ro', 'uk', 'ar', 'tr', 'so', 'fa', 'bs', 'lt', 'lv', 'es', 'fr', 'it', 'vi', 'th', 'ti', 'ur'] as const;

/** How well: 0 not at all, 1 has tried it, 2 does it, 3 could teach it. */
export const levels = [0, 1, 2, 3] as const;
