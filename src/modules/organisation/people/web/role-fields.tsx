import { Alert, NativeSelect, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useActing } from '../../../../ui/acting.tsx';
import { DayInput } from '../../../../ui/day-input.tsx';
import type { ServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { useRead } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { listProcessors } from '../../centre/contract.ts';
import { listSchools } from '../../schools/contract.ts';
import { centreRoles } from '../contract.ts';
import { mayGive, placeFits } from '../rules.ts';
import { peopleWords } from '../words.ts';

type CentreRole = (typeof centreRoles)[number];
type PlaceValues = { role: CentreRole; schoolId: string; organisationId: string };
export type RoleValues = PlaceValues & { from: string; to: string };

/** The roles that whoever acts may give, and what the fields begin with. */
export function useGiving() {
  const { roles, schoolId, today, may } = useActing();
  const offered = centreRoles.filter((role) => mayGive({ roles, schoolId }, role, schoolId));
  const onlyOwnSchool = !may('administrator', 'coordinator');
  const initial: RoleValues = { role: 'consultant', schoolId: onlyOwnSchool ? (schoolId ?? '') : '', organisationId: '', from: today, to: '' };
  return { offered, onlyOwnSchool, initial };
}

/** What the server is told: only the place that the role has. */
export const placeOf = ({ role, schoolId, organisationId }: PlaceValues) => ({
  schoolId: schoolId !== '' && placeFits(role, schoolId, null) ? schoolId : null,
  organisationId: organisationId !== '' && placeFits(role, null, organisationId) ? organisationId : null,
});
export const rolePlace = (values: RoleValues) => ({ role: values.role, ...placeOf(values), from: values.from, to: values.to === '' ? null : values.to });

/** A role, and where it is held. */
export function RolePlaceFields<V extends PlaceValues>({ on, offered }: { on: ServerForm<V>; offered: readonly CentreRole[] }) {
  const w = useWords(peopleWords);
  const { onlyOwnSchool } = useGiving();
  const { role, organisationId } = on.form.getValues();
  const atSchool = placeFits(role, 'a school', null);
  const atOrganisation = placeFits(role, null, 'an organisation');
  const schools = useRead(listSchools, { query: {} });
  const organisations = useRead(listProcessors, {}, { enabled: atOrganisation });
  const own = schools.data?.find(({ id }) => id === on.form.getValues().schoolId);
  const organisation = organisations.data?.find(({ id }) => id === organisationId);
  return (
    <>
      <NativeSelect {...on.field('role')} label={w.role} data={offered.map((each) => ({ value: each, label: w.roleNames[each] }))} maw={280} />
      {atSchool && onlyOwnSchool && own !== undefined && (
        <Text size="sm">
          {w.school}: {own.name}
        </Text>
      )}
      {atSchool && !onlyOwnSchool && (
        <NativeSelect
          {...on.field('schoolId')}
          label={w.school}
          data={[{ value: '', label: placeFits(role, null, null) ? w.centreItself : w.chooseSchool }, ...(schools.data ?? []).map(({ id, name }) => ({ value: id as string, label: name }))]}
        />
      )}
      {atOrganisation && (
        <NativeSelect
          {...on.field('organisationId')}
          label={w.organisation}
          data={[{ value: '', label: w.chooseOrganisation }, ...(organisations.data ?? []).map(({ id, name }) => ({ value: id as string, label: name }))]}
        />
      )}
      {atOrganisation && organisation?.valid === false && (
        <Alert color="yellow" icon={<IconAlertTriangle size={20} stroke={1.75} />}>
          {w.noAgreement(organisation.name)}
        </Alert>
      )}
    </>
  );
}

/** Role, place and days: what an invitation and a further role have in common. */
export function RoleFields<V extends RoleValues>({ on }: { on: ServerForm<V> }) {
  const w = useWords(peopleWords);
  const shared = useWords(uiWords);
  const { offered } = useGiving();
  return (
    <>
      <RolePlaceFields on={on} offered={offered} />
      {on.form.getValues().role === 'coordinator' && (
        <Text size="sm" c="dimmed">
          {w.rotation}
        </Text>
      )}
      <DayInput {...on.field('from')} label={w.firstDay} />
      <DayInput {...on.field('to')} label={`${w.lastDay} ${shared.optional}`} />
    </>
  );
}
