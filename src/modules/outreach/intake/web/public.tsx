export { IntakeAddress } from './intake-address.tsx';
export { IntakeMail } from './intake-mail.tsx';
