import type { Language } from './words.ts';

/** A moment where the centre is, for mails: "fredag 20. november kl. 12.00", "Friday 20 November at 12:00". */
export function momentInWords(language: Language, zone: string, instant: string): string {
  const at = new Date(instant);
  const day = new Intl.DateTimeFormat(language === 'da' ? 'da-DK' : 'en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: zone }).format(at).replace(' den ', ' ');
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(at);
  return language === 'da' ? `${day} kl. ${time.replace(/^0/, '').replace(':', '.')}` : `${day} at ${time}`;
}
