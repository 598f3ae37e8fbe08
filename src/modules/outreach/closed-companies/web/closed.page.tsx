import { shortDay, sideBySide } from '../../../../ui/format.ts';
import { useLanguage, useWords } from '../../../../ui/language.tsx';
import { ListState } from '../../../../ui/layout/list-state.tsx';
import { Page } from '../../../../ui/layout/page.tsx';
import { Empty } from '../../../../ui/layout/states.tsx';
import { NameLink } from '../../../../ui/links.tsx';
import { useRows } from '../../../../ui/read.ts';
import { Rows } from '../../../../ui/rows.tsx';
import { listClosed } from '../contract.ts';
import { closedCompaniesWords } from '../words.ts';
import { useOpenParts } from './open-parts.tsx';

/** Closed companies at which something still waits. */
export function ClosedCompaniesPage() {
  const w = useWords(closedCompaniesWords);
  const { language } = useLanguage();
  const parts = useOpenParts();
  const list = useRows(listClosed, {});
  return (
    <Page title={w.title} lead={w.lead}>
      <ListState list={list} count={list.data?.length ?? 0} empty={<Empty title={w.emptyTitle} text={w.emptyText} />}>
        <Rows
          label={w.title}
          rows={list.data ?? []}
          keyOf={({ company }) => company.id}
          name={{ head: w.company, cell: ({ company }) => <NameLink to={`/companies/${company.id}`}>{company.name}</NameLink> }}
          columns={[
            { head: w.why, cell: ({ endedOn, statusText }) => [w.ceased(endedOn === null ? null : shortDay(language, endedOn)), statusText].filter(Boolean).join('. ') },
            { head: w.person, cell: ({ contactPerson }) => contactPerson },
            { head: w.open, cell: ({ open }) => sideBySide(parts(open)) },
          ]}
        />
      </ListState>
    </Page>
  );
}
