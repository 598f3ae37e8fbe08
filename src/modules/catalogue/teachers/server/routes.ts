import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { listClassTeachers, listTeacherClasses, listTeacherLoans, listTeachers, readTeacher } from './queries.ts';

export const routes = [
  route(contract.listClassTeachers, listClassTeachers),
  route(contract.listTeachers, listTeachers),
  route(contract.readTeacher, readTeacher),
  route(contract.addTeacher, commands.addTeacher),
  route(contract.writeTeacher, commands.writeTeacher),
  route(contract.listTeacherLoans, listTeacherLoans),
  route(contract.askTeacherLoan, commands.askTeacherLoan),
  route(contract.answerTeacherLoan, commands.answerTeacherLoan),
  route(contract.endTeacherLoan, commands.endTeacherLoan),
  route(contract.listTeacherClasses, listTeacherClasses),
  route(contract.putTeacherOnClass, commands.putTeacherOnClass),
  route(contract.addTeacherUse, commands.addTeacherUse),
  route(contract.removeTeacherUse, commands.removeTeacherUse),
  route(contract.addTeacherAbsence, commands.addTeacherAbsence),
  route(contract.removeTeacherAbsence, commands.removeTeacherAbsence),
];
