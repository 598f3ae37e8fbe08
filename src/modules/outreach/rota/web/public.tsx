import { Stack, Text, Title } from '@mantine/core';
import { capital, longDay, shownTime } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead } from '../../../../ui/read.ts';
import { Rule, Ruled } from '../../../../ui/ruled.tsx';
import { listRotas } from '../contract.ts';
import { rotaWords } from '../words.ts';

/** On a consultant's Today: the own turns to come, the next three; nothing for whoever takes none. */
export function NextTurns() {
  const w = useWords(rotaWords);
  const { language } = useLanguage();
  const asked = useRead(listRotas, {});
  const mine = (asked.data ?? []).flatMap((rota) => rota.turns.filter((turn) => turn.mine).map((turn) => ({ rota, turn }))).sort((a, b) => a.turn.day.localeCompare(b.turn.day));
  if (mine.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="next-turns" maw={720}>
      <Title order={2} id="next-turns">
        {w.next}
      </Title>
      <Ruled>
        {mine.slice(0, 3).map(({ rota, turn }) => (
          <Rule key={`${rota.id} ${turn.day}`}>
            <Text size="sm" c="dimmed">
              {capital(w.at(longDay(language, turn.day), shownTime(language, rota.starts), shownTime(language, rota.ends)))}
            </Text>
            <Text fw={500}>{rota.name}</Text>
            {rota.place !== '' && (
              <Text size="sm" c="var(--vn-ink-2)">
                {rota.place}
              </Text>
            )}
          </Rule>
        ))}
      </Ruled>
      <NameLink to="/rotas">{w.all}</NameLink>
    </Stack>
  );
}
