import type { APIRequestContext } from '@playwright/test';

/** Where the first thing of a kind is found; its id fills the route. */
const lists = {
  company: '/api/companies?limit=1',
  person: '/api/people?limit=1',
  consultant: '/api/profiles',
  meeting: '/api/meetings',
  report: '/api/visit-reports?limit=1',
  school: '/api/schools',
  import: '/api/company-imports?limit=1',
  classFile: '/api/class-files?limit=1',
  campaign: '/api/campaigns?limit=1',
  hearing: '/api/hearings',
  callable: '/api/calls/campaigns',
  corner: '/api/corners',
  wishForm: '/api/wish-forms',
  event: '/api/events',
  consultantMeeting: '/api/consultant-meetings',
  group: '/api/working-groups',
  referral: '/api/referrals',
  partnership: '/api/partnerships',
  evaluation: '/api/evaluations',
  supplierList: '/api/supplier-lists',
  teacher: '/api/teachers',
  punchCard: '/api/punch-cards',
  course: '/api/courses?limit=1',
  class: '/api/classes?limit=1',
  recruitment: '/api/recruitment-needs',
  agreement: '/api/training-agreements',
  need: '/api/pooled-needs?limit=1',
  poolPlan: '/api/pool-plans',
} as const;
type Kind = keyof typeof lists;
export type Known = Partial<Record<Kind, string>>;

/** Every route of the app, and the kind of thing whose id it takes. */
export const routes: Record<string, Kind | null> = {
  '/': null,
  '/me': null,
  '/calls': null,
  '/calls/$campaign': 'callable',
  '/calls-made': null,
  '/hearings': null,
  '/hearings/$campaign': 'hearing',
  '/campaigns': null,
  '/campaigns/new': null,
  '/campaigns/$campaign': 'campaign',
  '/campaigns/$campaign/edit': 'campaign',
  '/outreach-settings': null,
  '/companies': null,
  '/companies/new': null,
  '/companies/$company': 'company',
  '/companies/$company/call': 'company',
  '/companies/$company/book': 'company',
  '/meetings': null,
  '/meetings/$meeting': 'meeting',
  '/reports': null,
  '/reports/$report': 'report',
  '/training-agreements': null,
  '/training-agreements/$agreement': 'agreement',
  '/barriers': null,
  '/followed': null,
  '/closed-companies': null,
  '/enquiries': null,
  '/suppliers': null,
  '/suppliers/$list': 'supplierList',
  '/advisers': null,
  '/lead-times': null,
  '/provision': null,
  '/services': null,
  '/seat-moves': null,
  '/invoice-lines': null,
  '/teachers': null,
  '/teachers/$teacher': 'teacher',
  '/punch-cards': null,
  '/punch-cards/$punchCard': 'punchCard',
  '/punch-card-settlements': null,
  '/proposals': null,
  '/programmes': null,
  '/funding': null,
  '/idea-bank': null,
  '/idea-bank/$plan': 'poolPlan',
  '/needs': null,
  '/needs/$need': 'need',
  '/courses': null,
  '/courses/$course': 'course',
  '/delivery-forms': null,
  '/recruitment': null,
  '/recruitment/$need': 'recruitment',
  '/classes': null,
  '/classes/$class': 'class',
  '/classes/$class/brief': 'class',
  '/impartial': null,
  '/impartial/$evaluation': 'evaluation',
  '/measures': null,
  '/overlap': null,
  '/referrals': null,
  '/referrals/credits': null,
  '/referrals/$referral': 'referral',
  '/partnerships': null,
  '/partnerships/$partnership': 'partnership',
  '/tasks': null,
  '/consultant-meetings': null,
  '/consultant-meetings/$meeting': 'consultantMeeting',
  '/consultant-meetings/$meeting/board': 'consultantMeeting',
  '/working-groups': null,
  '/working-groups/$group': 'group',
  '/week': null,
  '/staffing': null,
  '/rotas': null,
  '/corners': null,
  '/corners/$corner': 'corner',
  '/events': null,
  '/events/$event': 'event',
  '/wish-forms': null,
  '/wish-forms/$form': 'wishForm',
  '/screenings': null,
  '/rotations': null,
  '/capacity': null,
  '/my-time': null,
  '/assignment-rule': null,
  '/assignment-deviations': null,
  '/imports': null,
  '/imports/$import': 'import',
  '/class-files': null,
  '/class-files/$file': 'classFile',
  '/people': null,
  '/people/invite': null,
  '/people/$person': 'person',
  '/consultants': null,
  '/consultants/$person': 'consultant',
  '/consultants/$person/time': 'consultant',
  '/schools': null,
  '/schools/new': null,
  '/schools/$school': 'school',
  '/teams': null,
  '/processors': null,
  '/centre': null,
  '/sign-in-settings': null,
  '/log': null,
};

/** The first thing of each kind that whoever asks may see. */
export async function knownTo(request: APIRequestContext): Promise<Known> {
  const found = await Promise.all(
    Object.entries(lists).map(async ([kind, address]) => {
      const answer = await request.get(`${process.env.VEJNET_E2E}${address}`);
      const body = answer.ok() ? await answer.json() : [];
      const first = (Array.isArray(body) ? body : body.items)[0];
      return [kind, first === undefined ? undefined : String(first.id ?? first.personId ?? first.campaign?.id ?? first.campaign)] as const;
    }),
  );
  return Object.fromEntries(found.filter(([, id]) => id !== undefined));
}

/** Nothing has this id. */
const nobody = '01990000-0000-7000-8000-ffffffffffff';

/** The address of a route for somebody: with what they see themselves, else with what another sees and they may not, else with an id of nothing. */
export function addressOf(route: string, own: Known, others: Known): string {
  const kind = routes[route];
  return kind == null ? route : route.replace(/\$\w+/, own[kind] ?? others[kind] ?? (kind === 'hearing' || kind === 'callable' ? others.campaign : undefined) ?? nobody);
}
