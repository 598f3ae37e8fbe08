import { longDay } from '../../ui/format.ts';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Page } from '../../ui/layout/page.tsx';
import { Empty } from '../../ui/layout/states.tsx';
import { useSession } from '../web/session.tsx';
import { shellWords } from '../words.ts';

/** Home: what the day asks of whoever signed in. */
export function TodayPage() {
  const w = useWords(shellWords);
  const { language } = useLanguage();
  const { person, today } = useSession();
  const hour = new Date().getHours();
  const greeting = hour < 10 ? w.goodMorning : hour < 18 ? w.goodDay : w.goodEvening;
  const day = longDay(language, today);
  return (
    <Page title={`${greeting}, ${person.name.split(' ')[0]}`} lead={`${day.charAt(0).toUpperCase()}${day.slice(1)}.`}>
      <Empty title={w.nothingYet} />
    </Page>
  );
}
