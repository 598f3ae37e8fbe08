/** Days within which whoever was written down must be told (GDPR article 14, 3 a: a month). */
export const monthToTell = 30;
