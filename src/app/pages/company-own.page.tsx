import { useState } from 'react';
import { OwnCoursesSection } from '../../modules/catalogue/participants/web/own-courses.tsx';
import { OwnPoolSection } from '../../modules/competence/course-pool/web/own-pool.tsx';
import { OwnTrainingSection } from '../../modules/competence/entitlements/web/own-training.tsx';
import { OwnRotationsSection } from '../../modules/competence/rotation/web/own-rotations.tsx';
import { OwnNeedsSection } from '../../modules/idea-bank/needs/web/own-needs.tsx';
import { CompanyOwnPage } from '../../modules/outreach/company-page/web/company.page.tsx';

/** What other modules put on a company's own page. */
function More({ token }: { token: string }) {
  const [names, setNames] = useState<string[]>([]);
  return (
    <>
      <OwnNeedsSection token={token} />
      <OwnCoursesSection token={token} names={names} />
      <OwnTrainingSection token={token} onNames={setNames} />
      <OwnPoolSection token={token} />
      <OwnRotationsSection token={token} />
    </>
  );
}

/** What a company sees behind its link: whom it has, what happens next, what it needs, and its own people's training. */
export const CompanyOwn = () => <CompanyOwnPage More={More} />;
