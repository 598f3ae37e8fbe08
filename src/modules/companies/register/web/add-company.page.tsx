import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useActing } from '../../../../ui/acting.tsx';
import { call, Refusal } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { Page, saying } from '../../../../ui/layout/page.tsx';
import { NoAccess } from '../../../../ui/layout/states.tsx';
import { NameLink, PathLink } from '../../../../ui/links.tsx';
import { refresh } from '../../../../ui/read.ts';
import { uiWords } from '../../../../ui/words.ts';
import { FetchCompany } from '../../cvr-source/web/public.tsx';
import { addCompany, companyReaders, listCompanies } from '../contract.ts';
import { readCvr } from '../rules.ts';
import { registerWords } from '../words.ts';

export function AddCompanyPage() {
  const w = useWords(registerWords);
  const { may } = useActing();
  return (
    <Page title={w.addTitle} lead={may(...companyReaders) ? w.addLead : undefined} path={<PathLink to="/companies">{w.title}</PathLink>}>
      {may(...companyReaders) ? <AddCompany /> : <NoAccess />}
    </Page>
  );
}

function AddCompany() {
  const w = useWords(registerWords);
  const shared = useWords(uiWords);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [known, setKnown] = useState<string | null>(null);
  const on = useServerForm({
    initial: { cvr: '', name: '', address: '', postcode: '', town: '', phone: '' },
    sentences: { cvr_cvr: w.wrongCvr },
    async send(body, key) {
      setKnown(null);
      try {
        const company = await call(addCompany, { body }, { key });
        await refresh(queries, listCompanies);
        await navigate({ to: `/companies/${company.id}` as never, state: saying(w.added(company.name)) });
      } catch (error) {
        const about = error instanceof Refusal && error.problem.code === 'company_known' ? error.problem.about?.company : undefined;
        if (typeof about === 'string') setKnown(about);
        throw error;
      }
    },
  });
  const opened = useCallback((company: string) => void navigate({ to: `/companies/${company}` as never }), [navigate]);
  const optional = (label: string) => `${label} ${shared.optional}`;
  return (
    <FormBody on={on} notSaved={w.notSaved} save={w.save}>
      {known !== null && <NameLink to={`/companies/${known}`}>{w.openKnown}</NameLink>}
      <TextInput {...on.field('cvr')} label={w.cvr} description={w.cvrHelp} inputMode="numeric" autoComplete="off" maw={240} />
      <FetchCompany number={readCvr(on.form.getValues().cvr)} onDone={opened} />
      <TextInput {...on.field('name')} label={w.name} autoComplete="off" />
      <TextInput {...on.field('address')} label={optional(w.address)} autoComplete="off" />
      <TextInput {...on.field('postcode')} label={optional(w.postcode)} inputMode="numeric" autoComplete="off" maw={240} />
      <TextInput {...on.field('town')} label={optional(w.town)} autoComplete="off" />
      <TextInput {...on.field('phone')} label={optional(w.phone)} inputMode="tel" autoComplete="off" maw={240} />
    </FormBody>
  );
}
