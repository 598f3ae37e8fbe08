import { useEffect, useState } from 'react';
import { OwnPartnershipSection } from '../../modules/advice/partnerships/web/own-agreements.tsx';
import { OwnRelationSection } from '../../modules/advice/relations/web/own-relation.tsx';
import { OwnCoursesSection } from '../../modules/catalogue/participants/web/own-courses.tsx';
import { OwnPunchCardsSection } from '../../modules/catalogue/punch-cards/web/own-punch-cards.tsx';
import { OwnRecruitmentSection } from '../../modules/catalogue/recruitment/web/own-recruitment.tsx';
import { OwnPoolSection } from '../../modules/competence/course-pool/web/own-pool.tsx';
import { OwnTrainingSection } from '../../modules/competence/entitlements/web/own-training.tsx';
import { OwnRotationsSection } from '../../modules/competence/rotation/web/own-rotations.tsx';
import { OwnNeedsSection } from '../../modules/idea-bank/needs/web/own-needs.tsx';
import { CompanyOwnPage, type MoreProps, type NextStep } from '../../modules/outreach/company-page/web/company.page.tsx';
import { OwnAgreementsSection } from '../../modules/outreach/training-agreements/web/own-agreements.tsx';

/** What the other modules put on a company's own page: first what runs, then what it has, then how the two work together. */
function More({ token, onNext }: MoreProps) {
  const [names, setNames] = useState<string[]>([]);
  const [toSign, setToSign] = useState<NextStep[]>([]);
  const [courses, setCourses] = useState<NextStep[]>([]);
  useEffect(() => onNext([...toSign, ...courses]), [toSign, courses, onNext]);
  return (
    <>
      <OwnAgreementsSection token={token} />
      <OwnNeedsSection token={token} />
      <OwnCoursesSection token={token} names={names} onNext={setCourses} />
      <OwnTrainingSection token={token} onNames={setNames} />
      <OwnPunchCardsSection token={token} />
      <OwnPoolSection token={token} />
      <OwnRotationsSection token={token} />
      <OwnRecruitmentSection token={token} />
      <OwnPartnershipSection token={token} onNext={setToSign} />
      <OwnRelationSection token={token} />
    </>
  );
}

/** What a company sees behind its link: whom it has, what happens next, what it has agreed and needs, and its own people's training (row X.5). */
export const CompanyOwn = () => <CompanyOwnPage More={More} />;
