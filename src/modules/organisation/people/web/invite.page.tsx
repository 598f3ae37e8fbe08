import { NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Language } from '../../../../kit/words.ts';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { Page, saying } from '../../../../ui/layout/page.tsx';
import { NoAccess } from '../../../../ui/layout/states.tsx';
import { PathLink } from '../../../../ui/links.tsx';
import { refresh } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { invitePerson, listPeople } from '../contract.ts';
import { peopleWords } from '../words.ts';
import { RoleFields, rolePlace, useGiving } from './role-fields.tsx';

export function InvitePage() {
  const w = useWords(peopleWords);
  const shared = useWords(uiWords);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { initial, offered } = useGiving();
  const on = useServerForm({
    initial: { name: '', email: '', language: 'da' as Language, ...initial },
    sentences: { from_format: shared.dayUnread, to_format: shared.dayUnread },
    async send(values, key) {
      const { name, email, language } = values;
      const person = await call(invitePerson, { body: { name, email, language, ...rolePlace(values) } }, { key });
      await refresh(queries, listPeople);
      await navigate({ to: '/people/$person', params: { person: person.id }, state: saying(w.invited(person.name)) });
    },
  });
  return (
    <Page title={w.invite} lead={w.inviteLead} path={<PathLink to="/people">{w.title}</PathLink>}>
      {offered.length === 0 ? (
        <NoAccess />
      ) : (
        <FormBody on={on} notSaved={w.notInvited} save={w.inviteSave}>
          <TextInput {...on.field('name')} label={w.name} autoComplete="off" />
          <TextInput {...on.field('email')} label={w.email} type="email" inputMode="email" autoComplete="off" />
          <NativeSelect
            {...on.field('language')}
            label={w.language}
            description={w.languageHelp}
            maw={280}
            data={[
              { value: 'da', label: w.languages.da },
              { value: 'en', label: w.languages.en },
            ]}
          />
          <RoleFields on={on} />
        </FormBody>
      )}
    </Page>
  );
}
