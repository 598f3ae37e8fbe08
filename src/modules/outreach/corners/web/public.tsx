import { Stack, Text, Title } from '@mantine/core';
import { capital, longDay, shownTime } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listCorners } from '../contract.ts';
import { cornersWords } from '../words.ts';

/** On a consultant's Today: the own corner days to come, the next three, and what is not counted yet; nothing for whoever has none. */
export function NextCorners() {
  const w = useWords(cornersWords);
  const { language } = useLanguage();
  const asked = useRead(listCorners, {});
  const all = asked.data ?? [];
  const mine = all.flatMap((corner) => corner.ahead.filter((day) => day.mine && day.cancelled === null).map((day) => ({ corner, day }))).sort((a, b) => a.day.day.localeCompare(b.day.day));
  const uncounted = all.filter((corner) => corner.uncounted.length > 0);
  if (mine.length === 0 && uncounted.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="next-corners" maw={720}>
      <Title order={2} id="next-corners">
        {w.today}
      </Title>
      <Ruled>
        {uncounted.map(({ id, company, uncounted: days }) => (
          <Rule key={`count ${id}`}>
            <Text fw={500}>
              <NameLink to={`/corners/${id}`}>{`${w.countToday}: ${company.name}`}</NameLink>
            </Text>
            <Text size="sm" c="dimmed">
              {w.toCount(days.length)}
            </Text>
          </Rule>
        ))}
        {mine.slice(0, 3).map(({ corner, day }) => (
          <Rule key={`${corner.id} ${day.day}`}>
            <Text size="sm" c="dimmed">
              {capital(w.at(longDay(language, day.day), shownTime(language, corner.starts), shownTime(language, corner.ends)))}
            </Text>
            <Text fw={500}>{corner.company.name}</Text>
            <Text size="sm" c="var(--vn-ink-2)">
              {[corner.place, day.seats === null ? w.dropIn : `${w.taken}: ${w.takenOf(day.seats.taken, day.seats.all)}`].join(' · ')}
            </Text>
          </Rule>
        ))}
      </Ruled>
      <NameLink to="/corners">{w.all}</NameLink>
    </Stack>
  );
}
