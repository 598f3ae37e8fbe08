import { NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useActing } from '../../../../ui/acting.tsx';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { Page, saying } from '../../../../ui/layout/page.tsx';
import { NoAccess } from '../../../../ui/layout/states.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { refresh } from '../../../../ui/read.ts';
import { addSchool, listSchools, type School, schoolKinds } from '../contract.ts';
import { schoolsWords } from '../words.ts';

export function AddSchoolPage() {
  const w = useWords(schoolsWords);
  const { may } = useActing();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const on = useServerForm({
    initial: { name: '', kind: 'technical' as School['kind'], town: '' },
    async send(body, key) {
      const school = await call(addSchool, { body }, { key });
      await refresh(queries, listSchools);
      await navigate({ to: '/schools/$school', params: { school: school.id }, state: saying(w.added(school.name)) });
    },
  });
  return (
    <Page title={w.add} lead={w.addLead} path={<PathLink to="/schools">{w.title}</PathLink>}>
      {!may('administrator') ? (
        <NoAccess />
      ) : (
        <FormBody on={on} notSaved={w.notAdded} save={w.addSave}>
          <TextInput {...on.field('name')} label={w.name} autoComplete="off" />
          <NativeSelect {...on.field('kind')} label={w.kind} data={schoolKinds.map((value) => ({ value, label: w.kinds[value] }))} maw={280} />
          <TextInput {...on.field('town')} label={w.town} autoComplete="off" maw={280} />
        </FormBody>
      )}
    </Page>
  );
}
