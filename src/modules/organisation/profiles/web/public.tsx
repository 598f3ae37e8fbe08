import { Stack, Text, Title } from '@mantine/core';
import { useWords } from '../../../../ui/language.tsx';
import { ErrorNotice, Loading } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRead } from '../../../../ui/read.ts';
import { readProfile } from '../contract.ts';
import { profilesWords } from '../words.ts';
import { ProfileFacts } from './profile-facts.tsx';

export { areaChoices, industryChoices } from './choices.tsx';

/** The sections of the industry nomenclature in words, for forms elsewhere. */
export const useIndustryNames = () => useWords(profilesWords).sections;

/** What a consultant knows, to stand beside the person. */
export function ProfilePanel({ person }: { person: string }) {
  const w = useWords(profilesWords);
  const profile = useRead(readProfile, { params: { person } });
  const written = (profile.data?.version ?? 0) > 0;
  return (
    <Stack gap="sm">
      <Title order={2}>{w.panel}</Title>
      {profile.isPending && <Loading lines={5} />}
      {profile.isError && <ErrorNotice error={profile.error} onRetry={() => profile.refetch()} />}
      {profile.data !== undefined && (
        <>
          {written ? <ProfileFacts profile={profile.data} narrow /> : <Text>{w.unwritten}</Text>}
          <NameLink to={`/consultants/${person}`}>{profile.data.can.edit ? (written ? w.edit : w.write) : w.see}</NameLink>
        </>
      )}
    </Stack>
  );
}
